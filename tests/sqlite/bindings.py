#!/usr/bin/env python3
"""The module in Python's sqlite3: bindings.py MODULE. Connections, threads, a file that is opened again.
SPDX-License-Identifier: MIT
"""
import os
import sqlite3
import sys
import tempfile
import threading


def connect(path, module):
    db = sqlite3.connect(path, uri=path.startswith("file:"))
    db.enable_load_extension(True)
    db.load_extension(module)
    return db


def find(db, query):
    return [r[0] for r in db.execute("SELECT rowid FROM t WHERE t MATCH allonym_expand('t', ?) ORDER BY rowid", (query,))]


def main(module):
    if not hasattr(sqlite3.connect(":memory:"), "enable_load_extension"):
        print("skipped: this Python's sqlite3 cannot load extensions")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.db")
        db = connect(path, module)
        tokenizer = db.execute("SELECT allonym_tokenizer('lang kk ru en sr-Latn')").fetchone()[0]
        db.execute(f'CREATE VIRTUAL TABLE t USING fts5(text, tokenize = "{tokenizer}")')
        db.executemany("INSERT INTO t VALUES (?)", [("Тоқаев Астанада",), ("President Tokaev",), ("Снег",)])
        db.commit()
        assert find(db, "Tokajew") == [1, 2], find(db, "Tokajew")
        # another connection's changes are seen by the vocabulary of this one
        other = connect(path, module)
        other.execute("INSERT INTO t VALUES ('Łukaszenka')")
        other.commit()
        assert find(db, "Лукашенко") == [4], find(db, "Лукашенко")
        # opened to be read only
        assert find(connect(f"file:{path}?mode=ro", module), "Tokajew") == [1, 2]
        found = []

        def search():
            mine = connect(path, module)
            for _ in range(20):
                found.append(find(mine, "Токаев"))
            mine.close()

        threads = [threading.Thread(target=search) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert len(found) == 80 and all(f == [1, 2] for f in found)
        # many tables, connections that come and go
        for _ in range(20):
            connect(path, module).close()
        assert db.execute("SELECT allonym_check('t')").fetchone()[0].startswith("ok ")
    # without the module the table says which tokenizer it wants
    plain = sqlite3.connect(":memory:")
    try:
        plain.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'allonym')")
        raise AssertionError("a table without its tokenizer")
    except sqlite3.OperationalError as error:
        assert "allonym" in str(error), error
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
