#!/usr/bin/python3
"""Runs examples/news/queries.tsv through a stock program over libxapian, with allonym preloaded.

news.py ENGINE ALLONYM_RUN CORPUS QUERIES DIFFERENCES

ENGINE is omega (scriptindex and the CGI) or notmuch. A row passes if all ids of its `must` are found and none of its
`must_not`. DIFFERENCES (engine, query, reason) lists the rows that do not, and why; one of them that passes fails the
run, and so do more than 3 % of all rows. Rows with options of `allonym search` are its own and are not run.

Exit status: 0, 1 a row failed, 77 the program is not installed.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import csv
import os
import re
import sys
import tempfile

from engines import Notmuch, Omega, Skip, read_corpus

MOST_DIFFERENT = 0.03


def read_rows(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line == "#" or line.startswith("# ") or line.startswith("query\toptions\t"):
                continue
            query, options, must, must_not = (line.split("\t") + [""] * 4)[:4]
            if not options:
                yield number, query, must.split(), must_not.split()


def read_differences(path, engine):
    reasons = {}
    with open(path, encoding="utf-8") as lines:
        for row in csv.reader((l for l in lines if not l.startswith("# ")), delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 3 and row[0] == engine:
                reasons[row[1]] = row[2]
    return reasons


def main():
    engine, runner, corpus, queries, differences = sys.argv[1:6]
    reasons = read_differences(differences, engine)
    rows = list(read_rows(queries))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            program = {"omega": Omega, "notmuch": Notmuch}[engine](folder, runner, read_corpus(corpus))
        except Skip as why:
            print(f"SKIPPED: {why}")
            return 77
        for number, query, must, must_not in rows:
            found = set(program.search(query))
            missing = [i for i in must if i not in found]
            forbidden = [i for i in must_not if i in found]
            wrong = missing or forbidden
            reason = reasons.pop(query, None)
            if wrong and reason is None:
                print(f"{queries}:{number}: {query}")
                if missing:
                    print("    missing:", *missing)
                if forbidden:
                    print("    must not:", *forbidden)
                failed += 1
            elif reason is not None and not wrong:
                print(f"{queries}:{number}: {query}\n    passes, though it is listed: {reason}")
                failed += 1
            elif reason is not None:
                print(f"known: {query}: {reason}")
    for query in reasons:
        print(f"{differences}: no such row: {query}")
        failed += 1
    known = len(read_differences(differences, engine))
    print(f"{engine}: {len(rows)} rows, {failed} failed, {known} differ as listed")
    if known > MOST_DIFFERENT * len(rows):
        print(f"more than {MOST_DIFFERENT:.0%} differ")
        failed += 1
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
