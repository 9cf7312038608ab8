#!/usr/bin/python3
"""omindex on files, searched by omega and quest: test_omindex.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import html
import os
import re
import sys

from check import check, equal, run_test
from engines import OMEGA, need, read_corpus, run

RUNNER, CORPUS = sys.argv[1:3]


def main(folder):
    need("omindex", "quest", OMEGA)
    os.makedirs(f"{folder}/files")
    kept = [doc for doc in read_corpus(CORPUS) if doc["lang"] in ("kk", "ru", "en", "zh")]
    for n, doc in enumerate(kept):
        if n % 2:
            with open(f"{folder}/files/{doc['id']}.txt", "w", encoding="utf-8") as out:
                out.write(doc["text"] + "\n")
        else:
            with open(f"{folder}/files/{doc['id']}.html", "w", encoding="utf-8") as out:
                out.write(f'<html><head><meta charset="utf-8"><title>{html.escape(doc["title"])}</title></head>'
                          f'<body><p>{html.escape(doc["text"])}</p></body></html>\n')
    command = ["omindex", "--url", "/", f"{folder}/files"]
    run([RUNNER, *command, "--db", f"{folder}/with"])
    run([*command, "--db", f"{folder}/without"])

    def quest(query, db="with", preload=True):
        found = run(([RUNNER] if preload else []) + ["quest", "-d", f"{folder}/{db}", "-m", "1000", query])
        return set(re.findall(r"^\s*url=/(\S+)\.(?:txt|html)$", found, re.M)) or \
            set(re.findall(r"url=/([^\s.]+)\.(?:txt|html)", found))

    found = quest("toqaev")
    check({"astana-summit-kk", "astana-summit-ru"} <= found, "toqaev", found)
    equal("Toqaev", quest("Toqaev"), found)
    check("astana-again-en" in quest("Нур-Султан"), "a renamed capital")
    for query in ["toqaev", "president", "Astana", '"Kassym-Jomart Tokayev"', "china AND NOT russia"]:
        equal(f"not preloaded: {query}", quest(query, preload=False), quest(query, "without", preload=False))
    check(quest("toqaev", preload=False) < found, "the plain program finds less")


run_test(main)
