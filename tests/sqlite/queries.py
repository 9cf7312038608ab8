#!/usr/bin/env python3
"""Runs the rows of a file of queries in SQLite FTS5: queries.py MODULE CORPUS QUERIES COMMON KNOWN

As tests/queries/run.sh does with the allonym program: a row fails if an id of `must` is not found, or one of `must_not`
is. COMMON lists the rows that fail in the allonym program as well, KNOWN (query, options, reason) those that differ in
FTS5, and why; one of these that passes fails the run, and so do more of them than 3 % of all.
SPDX-License-Identifier: MIT
"""
import json
import sqlite3
import sys

SKIP = 77
OPTIONS = {"--exact": "exact", "--broad": "broad", "--names": "names=", "--plain": "plain"}


def rows(path, columns):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line and not line.startswith(("#", "query\toptions")):
                yield number, (line.split("\t") + [""] * columns)[:columns]


def options_of(words):
    out, words = [], words.split()
    while words:
        word = words.pop(0)
        name = OPTIONS[word]
        out.append(name + words.pop(0) if name.endswith("=") else name)
    return " ".join(out)


def main(module, corpus, queries, common, known):
    db = sqlite3.connect(":memory:")
    if not hasattr(db, "enable_load_extension"):
        print("skipped: this Python's sqlite3 cannot load extensions")
        return SKIP
    db.enable_load_extension(True)
    db.load_extension(module)
    tokenizer = db.execute("SELECT allonym_tokenizer()").fetchone()[0]
    db.execute(f'CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, lang, date, title, text, tokenize = "{tokenizer}")')
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            d = json.loads(line)
            db.execute("INSERT INTO news VALUES (?, ?, ?, ?, ?)",
                       [d.get(k, "") for k in ("id", "lang", "date", "title", "text")])
    elsewhere = {(r[0], r[1]) for _, r in rows(common, 3)}
    reasons = {(r[0], r[1]): r[2] for _, r in rows(known, 3)}
    total = failed = 0
    for number, (query, options, must, must_not) in rows(queries, 4):
        if (query, options) in elsewhere:
            continue
        total += 1
        try:
            match = db.execute("SELECT allonym_expand('news', ?, ?)", (query, options_of(options))).fetchone()[0]
            found = {r[0] for r in db.execute("SELECT id FROM news WHERE news MATCH ?", (match,))}
            problem = [f"missing: {i}" for i in must.split() if i not in found]
            problem += [f"must not: {i}" for i in must_not.split() if i in found]
        except sqlite3.Error as error:
            problem = [str(error)]
        reason = reasons.pop((query, options), None)
        if reason and not problem:
            problem = [f"passes, though it is listed in {known}: {reason}"]
        elif reason:
            continue
        if problem:
            failed += 1
            print(f"{queries}:{number}: {query} {options}", *problem, sep="\n    ")
    for query, _ in reasons:
        failed += 1
        print(f"{known}: no such row in {queries}: {query}")
    allowed = sum(1 for _ in rows(known, 3))
    print(f"{total} rows, {failed} failed, {allowed} known to differ")
    return 0 if total and not failed and allowed <= 0.03 * total else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
