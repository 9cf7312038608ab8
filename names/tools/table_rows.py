"""Reading a table of names/: comments, a header that names the columns, cells between tabs.

SPDX-License-Identifier: MIT
"""
import sys


def rows(path, columns):
    """The rows of a table as (line number, cells). A header or a row of other columns ends the program with file and line."""
    header = None
    for number, line in enumerate(open(path, encoding="utf8"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != columns:
                sys.exit(f"{path}:{number}: the columns must be {' '.join(columns)}")
            continue
        if len(cells) != len(columns):
            sys.exit(f"{path}:{number}: {len(cells)} columns instead of {len(columns)}")
        yield number, cells
