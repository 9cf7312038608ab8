#!/usr/bin/python3
"""Speed of indexing in SQLite FTS5: the tokenizer allonym beside unicode61, on the same texts.

    bench/fts5.py BUILD [FILE [ROUNDS]]

FILE has JSON lines with "text" (and "title"); default examples/news/news.jsonl, repeated to 8 MB. Ways alternate, each
round in a new table in memory; processor time, medians, and the median of the rounds' ratios. "lang" is the tokenizer
with the language of the texts given, so that it need not be identified (of the first text's, if FILE has one).
SPDX-License-Identifier: MIT
"""
import json
import os
import sqlite3
import statistics
import sys
import time


def index(module, tokenizer, rows):
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(module)
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize = '{tokenizer}')")
    start = time.process_time()
    db.executemany("INSERT INTO t VALUES (?, ?)", rows)
    db.commit()
    seconds = time.process_time() - start
    size = db.execute("SELECT sum(length(block)) FROM t_data").fetchone()[0]
    db.close()
    return seconds, size


def main(build, file=None, rounds="3"):
    path = file or os.path.join(os.path.dirname(__file__), "..", "examples", "news", "news.jsonl")
    with open(path, encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    rows = [(d.get("title", ""), d["text"]) for d in docs]
    size = sum(len(a.encode()) + len(b.encode()) for a, b in rows)
    if not file:
        rows *= 1 + (8 << 20) // size
        size = size * len(rows) // len(docs)
    ways = {"unicode61": "unicode61", "allonym": "allonym", "allonym, names off": "allonym names off"}
    if file and docs[0].get("lang"):
        ways["allonym, lang"] = f"allonym lang {docs[0]['lang']}"
    module = os.path.join(os.path.abspath(build), "lib", "allonym_sqlite")
    times = {way: [] for way in ways}
    sizes = {}
    for _ in range(int(rounds)):
        for way, tokenizer in ways.items():
            seconds, sizes[way] = index(module, tokenizer, rows)
            times[way].append(seconds)
    print(f"{len(rows)} rows, {size / 1e6:.1f} MB")
    for way in ways:
        ratio = statistics.median(b / a for a, b in zip(times[way], times["unicode61"]))
        print(f"{way:20} {statistics.median(times[way]):6.2f} s, {ratio:.2f} x unicode61, index {sizes[way] / 1e6:.1f} MB")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
