#!/usr/bin/python3
"""Pairs of Latin spellings of one name: those that one word of another script is paired with.

usage: pairs_latin.py TOKENS.tsv OUTPUT
TOKENS.tsv: Latin spelling, other spelling, count (name tokens of Merhav and Ash, COLING 2018; CC0). Russian serves best: its
spelling is close to the sound, so that two Latin spellings behind one Russian word are seldom two names. Each pair is
written in both directions. Spellings that share less than 0.4 of their letters in order are two names or noise.
SPDX-License-Identifier: MIT
"""
import collections
import difflib
import sys

MIN_RATIO = 0.4
MAX_SPELLINGS = 12 # of one word; the most frequent ones


def main(tokens, output):
    groups = collections.defaultdict(list)
    for line in open(tokens, encoding="utf8"):
        latin, other, count = line.rstrip("\n").split("\t")
        if len(other) > 3:
            groups[other].append((-int(count), latin))
    pairs = collections.Counter()
    for spellings in groups.values():
        spellings = sorted(spellings)[:MAX_SPELLINGS]
        for n, a in spellings:
            for m, b in spellings:
                if a != b and difflib.SequenceMatcher(None, a, b).ratio() >= MIN_RATIO:
                    pairs[a, b] += min(-n, -m)
    with open(output, "w", encoding="utf8") as f:
        for (a, b), count in sorted(pairs.items()):
            f.write(f"{a}\t{b}\t{count}\n")
    print(f"{output}: {len(pairs)} pairs", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
