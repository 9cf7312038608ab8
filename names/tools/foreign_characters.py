#!/usr/bin/python3
"""Makes names/foreign.tsv, the characters that Chinese writes foreign names with.

usage: foreign_characters.py PAIRS OUTPUT_FILE
  PAIRS   Latin, Chinese and count, a tab between (tokens-chinese.tsv, see docs/transliteration.md)
SPDX-License-Identifier: MIT
"""
import collections
import sys

# Names that a character stands in, at least. The rarer ones are those of Chinese, Japanese and Korean names, of which the pairs have
# some as well.
LEAST = 10


def main(path, output):
    names = collections.defaultdict(set)
    for line in open(path, encoding="utf8"):
        name = line.rstrip("\n").split("\t")[1]
        for character in name:
            if "\u3400" <= character <= "\u9fff":
                names[character].add(name)
    common = sorted(c for c, found in names.items() if len(found) >= LEAST)
    with open(output, "w", encoding="utf8") as f:
        f.write(f"""# Characters that Chinese writes foreign names with, each in {LEAST} names at least. Made by names/tools/foreign_characters.py; plugin/core/gen/foreign.c is
# made of this file by names/tools/gen_foreign.py.
# source    name tokens of Merhav and Ash (COLING 2018) from Wikidata labels (en-chinese)
# licence   CC0-1.0
characters
""")
        for i in range(0, len(common), 50):
            f.write("".join(common[i:i + 50]) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
