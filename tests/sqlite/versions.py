#!/usr/bin/env python3
"""Tables that another version or other options made: versions.py MODULE ROWS. The rows say what they hold.
SPDX-License-Identifier: MIT
"""
import os
import sqlite3
import sys
import tempfile

SKIP = 77
TEXTS = ("Тоқаев Астанада", "President Tokaev", "Снег")


def connect(path, module):
    db = sqlite3.connect(path, isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(module)
    return db


def tokenizer(db, arguments):
    words = arguments.split()
    if words[0] == "THIS":
        return db.execute("SELECT allonym_tokenizer(?)", (" ".join(words[1:]),)).fetchone()[0]
    return "allonym " + arguments.replace("OTHER", "fingerprint 0_0_9_00000000")


def outcome(path, module, made, opened, statement):
    db = connect(path, module)
    first, then = tokenizer(db, made), tokenizer(db, opened)
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5(text, tokenize = '{first}')")
    db.execute("CREATE VIRTUAL TABLE fts5vocab_t USING fts5vocab(t, row)")
    db.executemany("INSERT INTO t VALUES (?)", [(t,) for t in TEXTS])
    db.execute("PRAGMA writable_schema = on")
    db.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 't'", (first, then))
    db.close()
    db = connect(path, module)
    try:
        for each in statement.split("; "):
            row = db.execute(each).fetchone()
        return "" if row is None else str(row[0])
    except sqlite3.Error as error:
        return "!" + str(error)
    finally:
        db.close()


def main(module, path):
    if not hasattr(sqlite3.connect(":memory:"), "enable_load_extension"):
        print("skipped: this Python's sqlite3 cannot load extensions")
        return SKIP
    count = failed = 0
    with open(path, encoding="utf-8") as rows, tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(rows, 1):
            if line.startswith("#") or not line.strip():
                continue
            made, opened, statement, expected = line.rstrip("\n").split("\t")
            got = outcome(os.path.join(folder, f"{number}.db"), module, made, opened, statement)
            count += 1
            if not (expected[1:] in got and got[:1] == "!" if expected.startswith("!") else got == expected):
                failed += 1
                print(f"{path}:{number}: {statement}\n    expected {expected}\n    got      {got}")
    print(f"{count} rows, {failed} failed")
    return 0 if count and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
