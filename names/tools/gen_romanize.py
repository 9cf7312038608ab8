#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes plugin/core/gen/romanize_tables.c from names/schemes/*.tsv (format: names/schemes/README.md).

usage: gen_romanize.py SCHEME_DIR UNICODEDATA_FILE OUTPUT_FILE

UNICODEDATA_FILE (UnicodeData.txt of Unicode 15) gives the base letters of accented Latin letters that no file names.
A bad line stops it with file and line.
"""
import os
import sys
import zlib

SCRIPTS = ("Zyyy Zzzz Latn Cyrl Grek Geor Armn Arab Hebr Syrc Thaa Hani Hira Kana Hang Bopo Thai Laoo Khmr Mymr Deva Beng "
           "Guru Gujr Orya Taml Telu Knda Mlym Sinh Tibt Ethi Mong").split()
KINDS = {"rules": 0, "hangul": 1, "han": 2}
EDGE, VOWEL, CONSONANT, NOT = 1, 2, 4, 8
# Indic blocks are laid out as Devanagari's, 128 code points a block (Unicode 15, section 12.1)
INDIC = {"Beng": 0x0980, "Guru": 0x0A00, "Gujr": 0x0A80, "Orya": 0x0B00, "Taml": 0x0B80, "Telu": 0x0C00, "Knda": 0x0C80,
         "Mlym": 0x0D00}

# whose languages pronounce an inherent a at the end of a word
PRONOUNCED = ("Orya", "Taml", "Telu", "Knda", "Mlym")


class Bad(Exception):
    pass


class Scheme:
    def __init__(self, name):
        self.name = name
        self.script = self.base = None
        self.kind = "rules"
        self.abjad = self.unknown = self.whole = 0
        self.vowels = ""
        self.inherent = None
        self.classes = {}
        self.rules = []  # from, readings, left, right


def expand(text, classes):
    out = ""
    for c in text:
        out += expand(classes[c], classes) if c in classes else c
    return out


def context(text, s):
    """(flags, letters) of one side of a context; None for "anything"."""
    if not text:
        return None
    flags, letters = 0, ""
    if text[0] == "!":
        flags, text = NOT, text[1:]
    if text[0] == "[":
        if text[-1] != "]":
            raise Bad("context without ]")
        text = text[1:-1]
    for c in text:
        if c in "^$":
            flags |= EDGE
        elif c == "V":
            flags |= VOWEL
        elif c == "C":
            flags |= CONSONANT
        elif c in s.classes:
            letters += expand(s.classes[c], s.classes)
        elif c.isascii() and c.isupper():
            raise Bad("no class %s" % c)
        else:
            letters += c
    return flags, "".join(sorted(set(letters)))


def add(s, src, to, ctx):
    left, bar, right = ctx.partition("_")
    if ctx and not bar:
        raise Bad("context without _")
    if not src or any(ord(c) > 0xFFFF for c in src):
        raise Bad("bad letters")
    readings = [] if to == "" else to.split("|")
    readings = ["" if r == "0" else r for r in readings] or [""]
    for r in readings:
        if any(not ("a" <= c <= "z" or c == "'") for c in r):
            raise Bad("reading %r is not a-z" % r)
    s.rules.append((src, readings, context(left, s), context(right, s)))


def load(path):
    s = Scheme(os.path.basename(path)[:-4])
    header = False
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        try:
            if line.startswith("#!"):
                word, _, rest = line[2:].strip().partition(" ")
                rest = rest.strip()
                if word == "script":
                    s.script = rest
                    SCRIPTS.index(rest)
                elif word == "base":
                    s.base = rest
                elif word == "kind":
                    s.kind = rest
                    KINDS[rest]
                elif word == "abjad":
                    s.abjad = 1
                elif word == "whole":
                    s.whole = 1
                elif word == "unknown":
                    s.unknown = int(rest)
                elif word == "vowels":
                    s.vowels = rest.replace(" ", "")
                elif word == "inherent":
                    s.inherent = rest
                elif word == "class":
                    s.classes[rest[0]] = rest[1:].replace(" ", "")
                else:
                    raise Bad("unknown directive %s" % word)
            elif not line or line.startswith("#"):
                continue
            elif not header:
                if line.split("\t")[:3] != ["from", "to", "context"]:
                    raise Bad("header from/to/context/note expected")
                header = True
            else:
                f = line.split("\t")
                if not 2 <= len(f) <= 4:
                    raise Bad("2 to 4 columns expected")
                ctx = f[2] if len(f) > 2 else ""
                if s.inherent and ctx == "*":
                    # a consonant of an alphasyllabary: bare before a vowel sign or virama, and at the end (schwa deletion)
                    add(s, f[0], f[1], "_M")
                    add(s, f[0], f[1], "!^_$")
                    add(s, f[0], "|".join(r + s.inherent for r in f[1].split("|")), "")
                else:
                    add(s, f[0], f[1], ctx)
        except (Bad, KeyError, ValueError, IndexError) as e:
            sys.exit("%s:%d: %s" % (path, n, e))
    if not s.script:
        sys.exit("%s:1: no script" % path)
    return s


def indic(deva):
    """The other Indic scripts by their distance from Devanagari."""
    for script, start in INDIC.items():
        s = Scheme(script)
        s.script, s.unknown = script, 1

        def shift(text, d=start - 0x0900):
            return "".join(chr(ord(c) + d) if 0x0900 <= ord(c) <= 0x097F and ord(c) not in (0x964, 0x965) else c for c in text)

        s.vowels = shift(deva.vowels)
        for src, to, left, right in deva.rules:
            if script in PRONOUNCED and right == (EDGE, ""):
                continue
            s.rules.append((shift(src), to, left and (left[0], shift(left[1])), right and (right[0], shift(right[1]))))
        yield s


def accents(path, have):
    """Accented letters -> base letter, by canonical decomposition (UnicodeData field 5)."""
    dec = {}
    for line in open(path, encoding="ascii"):
        f = line.split(";")
        if f[5] and not f[5].startswith("<"):
            dec[int(f[0], 16)] = [int(x, 16) for x in f[5].split()]
    for cp in sorted(dec):
        if cp > 0xFFFF or chr(cp) in have or chr(cp) != chr(cp).lower():
            continue
        c = cp
        while c in dec and chr(c) not in have:
            c = dec[c][0]
        if chr(c) in have and cp != c:
            yield chr(cp), chr(c)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder, unicodedata, output = sys.argv[1:]
    schemes = {}
    for f in sorted(os.listdir(folder)):
        if f.endswith(".tsv"):
            s = load(os.path.join(folder, f))
            schemes[s.name] = s
    if "Deva" in schemes:
        for s in indic(schemes["Deva"]):
            mine = schemes.setdefault(s.name, s)
            if mine is not s:
                # a file of its own adds what Devanagari has no counterpart of
                mine.vowels = mine.vowels or s.vowels
                have = {(r[0], r[2], r[3]) for r in mine.rules}
                mine.rules += [r for r in s.rules if (r[0], r[2], r[3]) not in have]
    for name in ("Latn", "Grek"):
        s = schemes[name]
        plain = {r[0]: r[1] for r in s.rules if r[2] is None and r[3] is None}
        for c, base in accents(unicodedata, plain):
            s.rules.append((c, plain[base], None, None))
    order = sorted(schemes, key=str.lower)
    letters, text, contexts, rules, rows = [], b"\0", [(0, 0, 0)], [], []
    pool, tpool = {}, {("",): 0}

    def put(word):
        if word not in pool:
            pool[word] = len(letters)
            letters.extend(ord(c) for c in word)
        return pool[word]

    def ctx(c):
        if c is None:
            return 0
        item = (c[0], len(c[1]), put(c[1]) if c[1] else 0)
        if item not in contexts:
            contexts.append(item)
        return contexts.index(item)

    for name in order:
        s = schemes[name]
        if s.base and s.base not in schemes:
            sys.exit("%s.tsv:1: no base %s" % (name, s.base))
        start = len(rules)
        # longer first; with a context before without; then the order of the file
        seen = set()
        for i, (src, to, left, right) in sorted(enumerate(s.rules), key=lambda x: (x[1][0][0], -len(x[1][0]),
                                                -((x[1][2] is not None) + (x[1][3] is not None)), x[0])):
            if (src, left, right) in seen:
                sys.exit("%s.tsv: %s twice" % (name, src))
            seen.add((src, left, right))
            t = tuple(to)
            if t not in tpool:
                tpool[t] = len(text)
                text += b"".join(r.encode() + b"\0" for r in t)
            rules.append((put(src), ord(src[0]), len(src), len(t), ctx(left), ctx(right), tpool[t]))
        vowels = "".join(sorted(set(s.vowels or (schemes[s.base].vowels if s.base else ""))))
        abjad = s.abjad
        b = s.base
        while b:
            abjad |= schemes[b].abjad
            b = schemes[b].base
        rows.append((name, SCRIPTS.index(s.script), KINDS[s.kind], abjad, s.whole, s.unknown, order.index(s.base) if s.base else -1,
                     start, len(rules) - start, put(vowels) if vowels else 0, len(vowels)))
    if len(contexts) > 255 or len(letters) > 65535 or len(text) > 65535 or len(rules) > 65535:
        sys.exit("tables too large: %d contexts, %d letters, %d text" % (len(contexts), len(letters), len(text)))
    h = zlib.crc32(repr((letters, text, contexts, rules, rows)).encode())
    with open(output, "w", encoding="ascii") as o:
        o.write("/* generated by names/tools/gen_romanize.py from the files of names/schemes and UnicodeData.txt */\n")
        o.write("/* SPDX-License-Identifier: MIT */\n/* clang-format off */\n#include \"romanize_tables.h\"\n\n")

        def table(head, items, per):
            o.write(head + " = {\n")
            for i in range(0, len(items), per):
                o.write("    " + " ".join(items[i:i + per]) + "\n")
            o.write("};\n")

        table("const uint16_t aln_rom_letters[]", ["0x%X," % c for c in letters], 16)
        table("const char aln_rom_text[]", ["%d," % c for c in text], 28)
        table("const aln_rom_context aln_rom_contexts[]", ["{%d, %d, %d}," % c for c in contexts], 6)
        table("const aln_rom_rule aln_rom_rules[]", ["{%d, 0x%X, %d, %d, %d, %d, %d}," % r for r in rules], 4)
        table("const struct aln_scheme aln_rom_schemes[]",
              ['{"%s", %d, %d, %d, %d, %d, %d, %d, %d, %d, %d},' % r for r in rows], 1)
        o.write("const uint16_t aln_rom_scheme_count = %d;\nconst uint32_t aln_rom_hash = 0x%08Xu;\n" % (len(rows), h))


main()
