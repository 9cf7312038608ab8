#!/usr/bin/python3
"""Pairs of place names to train transliteration models on: Latin spelling, other spelling, count; one word a line.

usage: pairs_places.py SHARE LANG[,LANG...] OUTPUT       the English name beside the name in the languages
       pairs_places.py SHARE latin OUTPUT                names in Latin-script languages beside one another
SHARE is usr/share of Debian's libgeonames-common 0.3.0-1 and unicode-cldr-core 41-0.1, unpacked with dpkg-deb -x.

Names of several words are taken apart where both sides have as many. A place whose two names are no spellings of one another
(Wien, Vienna; translated words) is left to the trainer, which drops implausible pairs; among Latin names, where most of
them would look alike by chance, only names that share half of their letters in order are kept.
SPDX-License-Identifier: MIT
"""
import collections
import difflib
import gettext
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

LATIN = "en de fr it es pt nl sv no da fi et lv lt pl cs sk sl hr hu ro tr az sq bs ca".split()
MIN_RATIO = 0.5
EJECTIVES = "am ti".split() # k', t', ch' of the standards, which print does without


def names_of(share, lang):
    """id -> name"""
    out = {}
    path = os.path.join(share, "locale", lang, "LC_MESSAGES", "geonames.mo")
    if os.path.exists(path):
        with open(path, "rb") as f:
            out.update((k, v) for k, v in gettext.GNUTranslations(f)._catalog.items() if k and isinstance(v, str))
    path = os.path.join(share, "unicode", "cldr", "common", "subdivisions", lang.replace("-", "_") + ".xml")
    if os.path.exists(path):
        for node in ET.parse(path).iter("subdivision"):
            if not node.get("alt"):
                out["cldr:" + node.get("type")] = node.text or ""
    return out


def words(name):
    name = re.sub(r"\(.*?\)|\[.*?\]", " ", unicodedata.normalize("NFKC", name).lower())
    name = re.sub("[\u2018\u2019\u02bb\u02bc\u02bf]", "'", name)
    return [w for w in re.split(r"[\s\-\u2010-\u2015\u30fb\u00b7,./]+", name) if w]


def is_latin(word):
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(c, "") for c in letters)


def other_pairs(share, langs):
    english = names_of(share, "en")
    pairs = collections.Counter()
    for lang in langs:
        for key, name in names_of(share, lang).items():
            a, b = words(english.get(key, "")), words(name)
            if len(a) == len(b):
                for x, y in zip(a, b):
                    if lang in EJECTIVES:
                        x = x.replace("'", "")
                    if len(x) > 1 and is_latin(x) and not any("LATIN" in unicodedata.name(c, "") for c in y):
                        pairs[x, y] += 1
            elif a and b and len(b) == 1 and all(map(is_latin, a)):
                pairs["".join(a), b[0]] += 1 # scripts that write names as one word
    return pairs


def latin_pairs(share):
    by_place = collections.defaultdict(set)
    for lang in LATIN:
        for key, name in names_of(share, lang).items():
            by_place[key].add(tuple(words(name)))
    pairs = collections.Counter()
    for spellings in by_place.values():
        for a in spellings:
            for b in spellings:
                if a != b and len(a) == len(b):
                    for x, y in zip(a, b):
                        if x != y and is_latin(x) and is_latin(y) and len(x) > 2 and len(y) > 2:
                            if difflib.SequenceMatcher(None, x, y).ratio() >= MIN_RATIO:
                                pairs[x, y] += 1
    return pairs


def main(share, langs, output):
    pairs = latin_pairs(share) if langs == "latin" else other_pairs(share, langs.split(","))
    with open(output, "w", encoding="utf8") as f:
        for (x, y), count in sorted(pairs.items()):
            f.write(f"{x}\t{y}\t{count}\n")
    print(f"{output}: {len(pairs)} pairs", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
