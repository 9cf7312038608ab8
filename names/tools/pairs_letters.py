#!/usr/bin/python3
"""Pairs for letters of Cyrillic alphabets that hardly occur in lists of place names (GeoNames writes Kazakh places in Russian).

usage: pairs_letters.py OUTPUT
Each letter stands with each of its Latin spellings in a few frames of letters that are spelled one way. The spellings are
those of BGN/PCGN (Kazakh 1979, Kyrgyz 1979, Tajik 1994, Uzbek Cyrillic 1979, Mongolian 1964, Serbian and Macedonian agreements),
of the Latin alphabets of Kazakhstan (2021) and Uzbekistan (1995), and what the English press writes.
SPDX-License-Identifier: MIT
"""
import sys

CONSONANTS = {"қ": "k q", "ғ": "g gh ğ", "ң": "n ng ñ", "һ": "h kh", "ҳ": "h kh", "ҷ": "j dj", "җ": "j", "ђ": "dj đ", "ћ": "c ć",
              "ѓ": "gj", "ќ": "kj", "љ": "lj", "њ": "nj", "џ": "dz dž", "ј": "j y", "ґ": "g", "ў": "u w"}
VOWELS = {"ө": "o ö u", "ұ": "u ū", "ү": "u ü", "ә": "a ä e", "і": "i y", "ї": "yi i ji", "є": "ye ie e je", "ӣ": "i ī",
          "ӯ": "u ū", "ё": "yo e io jo", "ы": "y i", "э": "e", "й": "y i j"}
AROUND_CONSONANTS = [("", "", "а", "a"), ("а", "a", "", ""), ("а", "a", "а", "a"), ("та", "ta", "а", "a"), ("а", "a", "та", "ta"),
                     ("", "", "ара", "ara"), ("бо", "bo", "ор", "or"), ("му", "mu", "а", "a")]
AROUND_VOWELS = [("б", "b", "", ""), ("", "", "т", "t"), ("б", "b", "р", "r"), ("т", "t", "л", "l"), ("", "", "рт", "rt"),
                 ("бар", "bar", "н", "n"), ("к", "k", "л", "l"), ("м", "m", "на", "na")]


def main(output):
    rows = set()
    for letters, frames in ((CONSONANTS, AROUND_CONSONANTS), (VOWELS, AROUND_VOWELS)):
        for letter, spellings in letters.items():
            for rank, spelling in enumerate(spellings.split()):
                for before, latin_before, after, latin_after in frames:
                    rows.add((latin_before + spelling + latin_after, before + letter + after, 5 - 2 * min(rank, 2)))
    with open(output, "w", encoding="utf8") as f:
        for latin, other, count in sorted(rows):
            f.write(f"{latin}\t{other}\t{count}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
