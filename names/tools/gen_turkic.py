#!/usr/bin/env python3
"""Makes stemmer/gen/turkic_*.c of stemmer/rules/turkic/*.tsv: tables for the engine of stemmer/turkic.c.

Usage: gen_turkic.py STEMMER_DIR

A rule file has rows of these kinds, columns separated by tabs, items by blanks. Harmonies are lower-case ASCII letters, categories
of letters upper-case ones; V is the category of vowels.
    vowel HARMONIES LETTERS [CATEGORY]   letters after which suffixes have one of these harmonies; each makes a syllable
    cons CATEGORY LETTERS
    modifier LETTERS                     signs without a category of their own: ь, ʼ
    same LETTERS                         spellings of the first letter
    arch NAME KEY=LETTER ...             an archiphoneme: one capital, which patterns contain. A KEY is categories and harmonies,
                                         either left out for any, * for both; the first that fits wins; a/b gives both
    class NAME LETTERS/SYLLABLES BEFORE  a class of suffixes, what must remain, and the classes before it (STEM, VERB: the stem;
                                         what remains before a class with STEM is cut again)
    end CLASSES                          the classes that may end a word
    sfx CLASS PATTERNS [CATEGORIES]      suffixes; (X) is a letter that stands after a consonant if a vowel, after a vowel if not
    keep PATTERNS                        endings where cutting stops; ^ is the beginning of the word
    fix PATTERN PUT [WHEN [CATEGORIES]]  repair of a stem: always, stripped (a suffix was removed), vowel (one that begins
                                         so) or verb (one of a verb); a PUT of - removes
    rules FILE                           take arch, class, end, sfx, keep, fix and the letters they need from FILE ...
    spell A=B ...                        ... and write its patterns in these letters; several such rows are several orthographies

SPDX-License-Identifier: MIT
"""
import os
import sys
import unicodedata

LAST, WHOLE, STRIPPED, VOWEL, OF_VERB = 1, 2, 4, 8, 16
STEMS = {"STEM": 1, "VERB": 2}
QUOTES = "\u2018\u2019"


class BadLine(Exception):
    pass


class Rules:
    def __init__(self, path):
        self.harmony, self.category, self.vowels = {}, {}, set()
        self.order, self.same = [], {}
        self.arch, self.classes, self.end = {}, {}, []
        self.sfx, self.keep, self.fix, self.spell, self.base = [], [], [], [], None
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = unicodedata.normalize("NFC", line.rstrip("\n"))
                if not line.strip() or line.startswith("#"):
                    continue
                try:
                    self.row(os.path.dirname(path), *line.split("\t"))
                except (BadLine, TypeError, KeyError, ValueError) as why:
                    sys.exit("%s:%d: %s" % (path, number, why))

    def row(self, folder, kind, *cells):
        getattr(self, "do_" + kind)(*cells) if kind != "rules" else self.do_rules(os.path.join(folder, cells[0]))

    def letters(self, cell):
        for letter in cell.split():
            if letter in self.category:
                raise BadLine("letter %s twice" % letter)
            self.order.append(letter)
            yield letter

    def do_vowel(self, harmonies, letters, category="V"):
        for letter in self.letters(letters):
            self.harmony[letter], self.category[letter] = harmonies, category
            self.vowels.add(letter)

    def do_cons(self, category, letters):
        for letter in self.letters(letters):
            self.category[letter] = category

    def do_modifier(self, letters):
        for letter in self.letters(letters):
            self.category[letter] = ""

    def do_same(self, letters):
        first, *others = letters.split()
        for other in others:
            self.same[other] = first

    def do_arch(self, name, keys):
        self.arch[name] = [key.split("=") for key in keys.split()]

    def do_class(self, name, least, before):
        letters, syllables = least.split("/")
        self.classes[name] = (int(letters), int(syllables), before.split())
        if int(letters) < 1:
            raise BadLine("a stem has a letter at least")

    def do_end(self, classes):
        self.end += classes.split()

    def do_sfx(self, name, patterns, left=""):
        if name not in self.classes:
            raise BadLine("no class " + name)
        self.sfx += [(name, pattern, left) for pattern in patterns.split()]

    def do_keep(self, patterns):
        self.keep += patterns.split()

    def do_fix(self, pattern, put, when="always", left=""):
        flags = {"always": 0, "stripped": STRIPPED, "vowel": VOWEL, "verb": OF_VERB}[when]
        self.fix.append((pattern, "" if put == "-" else put, flags, left))

    def do_rules(self, path):
        self.base = Rules(path)

    def do_spell(self, pairs):
        self.spell.append(dict(pair.split("=") for pair in pairs.split()))

    # Expansion of archiphonemes.

    def harmonies(self):
        return sorted(set("".join(self.harmony.values())))

    def categories(self):
        return sorted(set(self.category.values()) - {""})

    def choose(self, name, category, harmony):
        for key, letters in self.arch[name]:
            upper = [c for c in key if c.isupper()]
            lower = [c for c in key if c.islower()]
            if (not upper or category in upper) and (not lower or harmony in lower):
                return ["" if x == "0" else x for x in letters.split("/")]
        raise BadLine("%s has no letter after %s in %s" % (name, category, harmony))

    def realize(self, pattern, category, harmony):
        """All shapes of a pattern after a letter of this category in this harmony."""
        if not pattern:
            yield ""
            return
        optional = pattern[0] == "("
        name, rest = (pattern[1], pattern[3:]) if optional else (pattern[0], pattern[1:])
        for letter in self.choose(name, category, harmony) if name in self.arch else [name]:
            if optional and (letter in self.vowels) == (category == "V"):
                letter = ""
            c, h = category, harmony
            for sign in letter:
                c = self.category[sign] or c
                own = self.harmony.get(sign, "")
                h = h if not own or h in own else own[0]
            for tail in self.realize(rest, c, h):
                yield letter + tail

    def patterns(self):
        """(text, class, left categories, harmonies, flags, replacement), archiphonemes expanded."""
        where = {}
        for name, pattern, left in self.sfx:
            for category in self.categories():
                if left and category not in left:
                    continue
                for harmony in self.harmonies():
                    for text in self.realize(pattern, category, harmony):
                        where.setdefault((text, name), {}).setdefault(category, set()).add(harmony)
        for (text, name), by_category in sorted(where.items()):
            groups = {}
            for category, harmonies in by_category.items():
                groups.setdefault(tuple(sorted(harmonies)), []).append(category)
            for harmonies, categories in sorted(groups.items()):
                yield text, name, "".join(sorted(categories)), "".join(harmonies), 0, ""
        every = "".join(self.categories()), "".join(self.harmonies())
        for pattern in self.keep:
            yield pattern.lstrip("^"), "KEEP", *every, WHOLE if pattern[0] == "^" else 0, ""
        for pattern, put, flags, left in self.fix:
            yield (pattern.lstrip("^"), "FIX", left or every[0], every[1],
                   flags | (WHOLE if pattern[0] == "^" else 0), put)

    def all_patterns(self):
        if not self.base:
            return sorted(set(self.patterns()))
        out = set(self.patterns())
        for text, name, left, harmonies, flags, put in self.base.patterns():
            for spelling in self.spell:
                out.add((respell(text, spelling), name, left, harmonies, flags, respell(put, spelling)))
        return sorted(out)


def respell(text, spelling):
    """The text in another orthography, the longest letters first."""
    out, at, longest = "", 0, max(map(len, spelling))
    while at < len(text):
        for size in range(longest, 0, -1):
            if text[at:at + size] in spelling and at + size <= len(text):
                out += spelling[text[at:at + size]].replace("0", "")
                at += size
                break
        else:
            out += text[at]
            at += 1
    return out


def mask(names, order):
    return sum(1 << order.index(name) for name in set(names))


def c_string(data):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else "\\%03o" % b for b in data) + '"'


def wrapped(items, per_line):
    return "".join("    " + " ".join(items[i:i + per_line]) + "\n" for i in range(0, len(items), per_line))


def compile_table(name, rules):
    source = rules.base or rules
    harmonies, categories = source.harmonies(), source.categories()
    if len(harmonies) > 8 or len(categories) > 16 or len(rules.order) > 63:
        sys.exit(name + ": too many letters, categories or harmonies")
    classes = ["KEEP", "FIX"] + list(source.classes) + [c for c in rules.classes if c not in source.classes]
    number = {letter: i for i, letter in enumerate(rules.order, 1)}
    number.update({other: number[first] for other, first in rules.same.items()})

    patterns = rules.all_patterns()
    trie = [({}, [])]
    for pattern in patterns:
        at = 0
        for letter in reversed(pattern[0]):
            if letter not in number:
                sys.exit("%s: letter %s of %s is not declared" % (name, letter, pattern[0]))
            children = trie[at][0]
            if number[letter] not in children:
                children[number[letter]] = len(trie)
                trie.append(({}, []))
            at = children[number[letter]]
        trie[at][1].append(pattern)

    fixes, put_at = b"", {}
    for pattern in patterns:
        put = pattern[5]
        if put not in put_at:
            put_at[put] = len(fixes)
            fixes += put.encode() + b"\0"

    order, nodes, rows = [0], [], ["{0, 0, 0, 1, 0}"]
    for node in order:  # breadth first: the children of a node lie together
        children, ends = trie[node]
        first = len(order)
        order += [children[letter] for letter in sorted(children)]
        nodes.append((sum(1 << letter for letter in children), first if children else 0, len(rows) if ends else 0))
        # The same suffix in two spellings of one letter is one row.
        ends = sorted({(classes.index(p[1]), mask(p[2], categories), mask(p[3], harmonies), p[4], put_at[p[5]]) for p in ends})
        for i, (class_id, left, harmony, flags, put) in enumerate(ends):
            flags |= LAST if i == len(ends) - 1 else 0
            rows.append("{0x%x, 0x%x, %d, %d, %d}" % (left, harmony, class_id, flags, put))

    every = (1 << len(harmonies)) - 1
    letters = ["{0x%x, 0x%x, 0}" % ((1 << len(categories)) - 1, every)]
    for letter in rules.order:
        category = rules.category[letter]
        letters.append("{0x%x, 0x%x, %d}" % (mask(category, categories), mask(rules.harmony.get(letter, ""), harmonies),
                                             letter in rules.vowels))
    codes = {ord(letter): i for letter, i in number.items() if letter not in QUOTES}
    first, last = min(codes), max(codes)
    quote = max([number.get(q, 0) for q in QUOTES])

    def class_row(row):
        least_letters, syllables, before = row
        return "{0x%xu, %d, %d, %d}" % (mask([b for b in before if b not in STEMS], classes), sum(STEMS.get(b, 0) for b in before),
                                        least_letters, syllables)
    table = dict(source.classes)
    table.update(rules.classes)
    class_rows = ["{0, 0, 0, 0}", "{0, 0, 0, 0}"] + [class_row(table[c]) for c in classes[2:]]
    end = mask(rules.end or source.end, classes)
    ident = name.replace("-", "_")
    path = "rules/turkic/%s.tsv" % name
    return "".join([
        "/* generated by names/tools/gen_turkic.py from stemmer/%s; do not edit. SPDX-License-Identifier: MIT */\n" % path,
        "/* clang-format off */\n",
        '#include "../turkic.h"\n\n',
        "extern const aln_turkic_table aln_turkic_%s;\n\n" % ident,
        "static const uint8_t letter_of[] = {\n%s};\n\n" % wrapped(["%d," % codes.get(c, 0) for c in range(first, last + 1)], 30),
        "static const aln_turkic_letter letters[] = {\n%s};\n\n" % wrapped([x + "," for x in letters], 6),
        "/* %s */\n" % " ".join(classes),
        "static const aln_turkic_class classes[] = {\n%s};\n\n" % wrapped([x + "," for x in class_rows], 4),
        "static const aln_turkic_node nodes[] = {\n%s};\n\n" % wrapped(["{0x%xu, %d, %d}," % n for n in nodes], 5),
        "static const aln_turkic_pattern patterns[] = {\n%s};\n\n" % wrapped([x + "," for x in rows], 6),
        "static const char fixes[] =\n%s    ;\n\n" % wrapped([c_string(x + b"\0") for x in fixes.split(b"\0")[:-1]], 4),
        "const aln_turkic_table aln_turkic_%s = {0x%xu, letter_of, 0x%x, %d, %d, letters, classes, nodes, patterns, fixes};\n"
        % (ident, end, first, last - first + 1, quote),
    ])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = os.path.join(sys.argv[1], "rules", "turkic")
    for file in sorted(os.listdir(folder)):
        if file.endswith(".tsv"):
            name = file[:-4]
            text = compile_table(name, Rules(os.path.join(folder, file)))
            with open(os.path.join(sys.argv[1], "gen", "turkic_%s.c" % name.replace("-", "_")), "w", encoding="utf-8") as out:
                out.write(text)


if __name__ == "__main__":
    main()
