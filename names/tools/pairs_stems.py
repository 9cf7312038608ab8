#!/usr/bin/python3
"""Pairs of Latin spellings and stems: the models walk through the stems of an index, and there Πεύκη is πευκ.

usage: pairs_stems.py PAIRS_DIR ALLONYM LANG FILE...
Reads FILE.tsv in PAIRS_DIR and writes stems-LANG.tsv there: their rows with the stem instead of the word where the stemmer of the
language takes an ending off. ALLONYM is the command (allonym stem LANG).
SPDX-License-Identifier: MIT
"""
import subprocess
import sys
import unicodedata


def bare(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def main(folder, command, lang, *files):
    rows = sorted({tuple(line.rstrip("\n").split("\t")) for name in files for line in open(f"{folder}/{name}.tsv", encoding="utf8")})
    words = sorted({row[1] for row in rows})
    run = subprocess.run([command, "stem", lang], input="".join(w + "\n" for w in words), text=True, encoding="utf8", check=True,
                         capture_output=True)
    stem = dict(zip(words, run.stdout.split("\n")))
    with open(f"{folder}/stems-{lang}.tsv", "w", encoding="utf8") as f:
        for latin, word, count in rows:
            if len(stem[word]) > 1 and len(bare(stem[word])) < len(bare(word)):
                f.write(f"{latin}\t{stem[word]}\t{count}\n")


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
