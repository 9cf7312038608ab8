#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds names/tools/lint_names.py to tests/rows/names/lint.tsv: lint.py TOP_OF_THE_SOURCE

A failure names the row's file and line, as everywhere.
"""
import os
import re
import subprocess
import sys
import tempfile

top = sys.argv[1]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(top, "names", "tools"))
import lint_names  # noqa: E402


def written(cell):
    """A cell of the table as a file has it."""
    if not cell.startswith("!"):
        cell = "\\t".join(lint_names.COLUMNS) + "\\n" + cell + "\\n"
    cell = cell.lstrip("!").replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r")
    cell = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), cell).encode()
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m.group(1), 16)]), cell)


def failure(path, expected):
    """What is wrong with what the linter says of the file, or None."""
    linter = lint_names.Linter(lint_names.FLAGS | lint_names.USER_FLAGS)
    linter.file(path)
    linter.shared()
    if expected == "fine":
        return "; ".join(linter.messages) or None
    kind, _, part = expected.partition(" ")
    for message in linter.messages:
        where, _, said = message.partition(": ")
        if part in said and said.startswith("warning: ") == (kind == "warning"):
            return None if bool(linter.errors) == (kind == "error") else f"{linter.errors} errors"
    return f"no {kind} '{part}' in: " + ("; ".join(linter.messages) or "nothing")


def main():
    rows = os.path.join(top, "tests", "rows", "names", "lint.tsv")
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "names.tsv")
        for number, line in enumerate(open(rows, encoding="utf-8"), 1):
            if line.startswith("#") or not line.strip():
                continue
            content, expected = line.rstrip("\n").split("\t")
            with open(path, "wb") as out:
                out.write(written(content))
            count += 1
            wrong = failure(path, expected)
            if wrong:
                failed += 1
                print(f"{rows}:{number}: {wrong}", file=sys.stderr)
        with open(path, "w", encoding="utf-8") as out:
            out.write("\t".join(lint_names.COLUMNS) + "\nx-town\tcity\tru\tXtown\t\t\t\n")
        run = subprocess.run([sys.executable, lint_names.__file__, path], stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode != 1 or f"{path}:2: " not in run.stderr:
            failed += 1
            print(f"lint_names.py of a bad file: status {run.returncode}, {run.stderr!r}", file=sys.stderr)
    print(f"{count} rows, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
