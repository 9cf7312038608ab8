"""Reading a file of the Unihan database.

SPDX-License-Identifier: MIT
"""
import bz2
import os
import sys


def rows(path):
    """The rows of a Unihan_*.txt, or of its .bz2 where there is no plain one, as (code point, key, value)."""
    if not os.path.exists(path) and os.path.exists(path + ".bz2"):
        path += ".bz2"
    opened = bz2.open if path.endswith(".bz2") else open
    with opened(path, "rt", encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            if not line.startswith("U+"):
                continue
            cells = line.rstrip("\n").split("\t")
            if len(cells) != 3:
                sys.exit(f"{path}:{n}: 3 columns expected")
            yield int(cells[0][2:], 16), cells[1], cells[2]
