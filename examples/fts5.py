#!/usr/bin/python3
"""Names across spellings in SQLite: fts5.py MODULE [QUERY…]

    examples/fts5.py build/lib/allonym_sqlite Tokayev "Nur-Sultan"

indexes the bundled news in memory and shows what each query finds, and why.
SPDX-License-Identifier: MIT
"""
import json
import os
import sqlite3
import sys

module, *queries = sys.argv[1:] or sys.exit(__doc__)
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(module)
tokenizer = db.execute("SELECT allonym_tokenizer()").fetchone()[0]
db.execute(f'CREATE VIRTUAL TABLE news USING fts5(lang, date, title, text, tokenize = "{tokenizer}")')
db.execute("INSERT INTO news(news, rank) VALUES ('rank', 'allonym_bm25()')")
with open(os.path.join(os.path.dirname(__file__), "news", "news.jsonl"), encoding="utf-8") as lines:
    items = [json.loads(line) for line in lines]
    db.executemany("INSERT INTO news VALUES (?, ?, ?, ?)", [[d[k] for k in ("lang", "date", "title", "text")] for d in items])
for query in queries or ["Tokayev"]:
    print(f"== {query}")
    for lang, title, why in db.execute(
            "SELECT lang, highlight(news, 2, '[', ']'), allonym_explain('news', ?1, text) FROM news"
            " WHERE news MATCH allonym_expand('news', ?1) ORDER BY rank LIMIT 8", (query,)):
        print(f"{lang}  {title}\n      {why.splitlines()[0] if why else ''}")
