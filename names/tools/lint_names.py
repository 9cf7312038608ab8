#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the gazetteer's TSV files before anything is compiled from them.

usage: lint_names.py [--quiet] [FILE...]     (default: the gazetteer files of the folder above; files of yours may also replace)

Errors go to standard error as FILE:LINE: what, and make the exit status 1. Warnings (FILE:LINE: warning: what) are for a person to
judge: a name that two entities share may be right (Georgia), a name that is also a common word may be wanted. --quiet hides them.

Each name is read letter by letter against its language: a name that a human cannot see to be wrong (Latin i in a Ukrainian word,
Arabic yeh in Persian) is exactly the one that never matches.
"""
import os
import re
import sys
import unicodedata

COLUMNS = ["id", "kind", "lang", "names", "dates", "flags", "note"]
KINDS = {"country", "capital", "city", "region", "area", "person", "organisation", "word"}
FLAGS = {"abbr", "demonym", "historic", "colloquial", "common", "optional", "people", "title"}
USER_FLAGS = {"replace"}    # of files that are laid over the built-in names
FILES = ["trades.tsv", "titles.tsv", "places.tsv", "places-generated.tsv", "persons.tsv", "organisations.tsv", "words.tsv",
         "titles-generated.tsv"]
# What a program adds to entities that people wrote, and where these are.
GENERATED = {"places-generated.tsv": ["places.tsv"], "titles-generated.tsv": ["words.tsv", "trades.tsv", "titles.tsv"]}
MAX_ID = 40

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
# BCP 47 as far as the files use it: language, then an optional script, an optional region.
LANG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?\Z")
DATES = re.compile(r"([0-9]{1,4})?-([0-9]{1,4})?\Z")

# Scripts by the first word of a character's Unicode name; the standard library has no Script property.
NAMED = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "ARABIC": "Arab",
         "HEBREW": "Hebr", "CJK": "Hani", "IDEOGRAPHIC": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
         "KATAKANA-HIRAGANA": "Kana", "HANGUL": "Hang", "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml",
         "TELUGU": "Telu", "THAI": "Thai", "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "ETHIOPIC": "Ethi", "GURMUKHI": "Guru",
         "GUJARATI": "Gujr", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "MYANMAR": "Mymr", "KHMER": "Khmr",
         "LAO": "Laoo", "FULLWIDTH": "Fullwidth", "HALFWIDTH": "Fullwidth", "SYRIAC": "Syrc", "THAANA": "Thaa"}
OF_LANGUAGE = {"Cyrl": "ru kk ky tg uk be bg sr mk mn ba tt cv ce os ab udm sah", "Arab": "ar fa ur ps ug ckb sd",
               "Hebr": "he yi", "Grek": "el", "Geor": "ka xmf", "Armn": "hy", "Hani": "zh yue", "Hang": "ko", "Jpan": "ja",
               "Deva": "hi mr ne", "Beng": "bn as", "Thai": "th", "Taml": "ta", "Telu": "te", "Tibt": "bo dz", "Ethi": "am ti",
               "Mymr": "my", "Khmr": "km", "Laoo": "lo", "Guru": "pa", "Gujr": "gu", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
               "Thaa": "dv"}
SCRIPT = {lang: script for script, langs in OF_LANGUAGE.items() for lang in langs.split()}
ALLOWED = {"Jpan": {"Hani", "Hira", "Kana"}, "Hans": {"Hani"}, "Hant": {"Hani"}, "Hang": {"Hang", "Hani"}, "Kore": {"Hang", "Hani"}}

# Alphabets of the standard orthographies. Letters outside them are slips of the neighbouring language's keyboard.
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABET = {
    "ru": RUSSIAN, "kk": RUSSIAN + "әғқңөұүһі", "ky": RUSSIAN + "ңөү", "tg": RUSSIAN + "ғӣқӯҳҷ", "mn": RUSSIAN + "өү",
    "uz-Cyrl": RUSSIAN + "ўқғҳ", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш"}
# Keyboards mix Arabic and Persian letters; folding makes them one, but a list should show what each press writes.
FOREIGN = {"fa": "يىكة", "ar": "یک", "ur": "يك"}

# Names that are a word of everyday language: capitals do not tell them apart at the start of a sentence or in a headline.
COMMON = set("""may of nice mary batman para reading bath hull cork mobile orange split bush brown johnson lee kim park rice west
    east north south best young long major turkey china jordan chad mali man union bar ali can on as is an at it or us who
    march august grant pence price black white king pope lord day moon sun he she so in by be do no if""".split())


def function_words():
    """{word: its languages}, of languages.tsv: they begin sentences in every text"""
    words = {}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "languages.tsv"), encoding="utf-8") as rows:
        for row in rows:
            columns = row.rstrip("\n").split("\t")
            if not row.startswith("#") and len(columns) > 6 and columns[0] != "tag":
                for word in columns[6].split():
                    words.setdefault(word, []).append(columns[0])
    return words


FUNCTION_WORDS = function_words()


def script_of(char):
    """ISO 15924 code of a letter, or None for what belongs to every script."""
    if not unicodedata.category(char).startswith("L") or unicodedata.category(char) == "Lm":
        return None
    return NAMED.get(unicodedata.name(char, "?").split()[0].split("-")[0], "Zzzz")


def expected(lang):
    parts = lang.split("-")
    for part in parts[1:]:
        if len(part) == 4:
            return part
    return SCRIPT.get(parts[0], "Latn")


def is_latin_abbreviation(word):
    """G7, OPEC+, UN: the press of every script writes these in Latin capitals."""
    letters = [c for c in word if script_of(c) == "Latn"]
    return bool(letters) and all(c.isupper() for c in letters) and len(letters) <= 6


def goes_on(path, earlier):
    """places-generated.tsv goes on with entities of places.tsv: what a program adds to those that people wrote."""
    return os.path.basename(earlier) in GENERATED.get(os.path.basename(path), [])


class Linter:
    def __init__(self, flags=FLAGS):
        self.flags = flags
        self.errors = 0
        self.messages = []
        self.kind_of = {}      # id -> (kind, file)
        self.last_line = {}    # id -> line, to see whether an entity's lines are consecutive
        self.last_file = {}    # id -> file
        self.owner = {}        # (lang, name) -> [(id, file, line)]
        self.warned = set()

    def error(self, where, what):
        self.errors += 1
        self.messages.append(f"{where}: {what}")

    def warn(self, where, what):
        self.messages.append(f"{where}: warning: {what}")

    def file(self, path):
        try:
            data = open(path, "rb").read()
        except OSError as problem:
            self.error(path, problem.strerror or "cannot read")
            return
        header = False
        previous = None        # id of the last row
        seen = {}              # (lang, name) of the current entity -> line
        for number, raw in enumerate(data.split(b"\n"), 1):
            where = f"{path}:{number}"
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError as problem:
                self.error(where, f"not UTF-8 at byte {problem.start}")
                continue
            if not line or line.startswith("#"):
                continue
            if "\r" in line:
                self.error(where, "carriage return")
                continue
            if unicodedata.normalize("NFC", line) != line:
                self.error(where, "not NFC")
            columns = line.split("\t")
            if not header:
                header = True
                if columns != COLUMNS:
                    self.error(where, "header is not " + " ".join(COLUMNS))
                    return
                continue
            if len(columns) != len(COLUMNS):
                self.error(where, f"{len(columns)} columns, expected {len(COLUMNS)}")
                continue
            if any(c != c.strip() for c in columns):
                self.error(where, "space at the edge of a column")
            ident = columns[0]
            if ident != previous:
                seen = {}
                if ident in self.kind_of and not goes_on(path, self.last_file[ident]):
                    self.error(where, f"id '{ident}' again, first in {self.last_line[ident]}")
            self.row(where, path, columns, seen)
            previous = ident
            self.last_line[ident] = where
            self.last_file[ident] = path
        if not header:
            self.error(path, "no header")
        elif data and not data.endswith(b"\n"):
            self.error(path, "no newline at the end")

    def row(self, where, path, columns, seen):
        ident, kind, langs, names, dates, flags, _ = columns
        if not ID.match(ident) or len(ident) > MAX_ID:
            self.error(where, f"bad id '{ident}'")
        if kind not in KINDS:
            self.error(where, f"unknown kind '{kind}'")
        first = self.kind_of.setdefault(ident, (kind, path))
        if first[0] != kind:
            self.error(where, f"'{ident}' is {first[0]} before, {kind} here")
        langs = langs.split(",")
        for lang in langs:
            if not LANG.match(lang):
                self.error(where, f"bad language '{lang}'")
        if len(set(langs)) != len(langs):
            self.error(where, "language twice")
        flags = flags.split(",") if flags else []
        for flag in flags:
            if flag not in self.flags:
                self.error(where, f"unknown flag '{flag}'")
        if len(set(flags)) != len(flags):
            self.error(where, "flag twice")
        for span in dates.split(";") if dates else []:
            match = DATES.match(span)
            if not match or not (match.group(1) or match.group(2)):
                self.error(where, f"bad dates '{span}'")
            elif match.group(1) and match.group(2) and int(match.group(1)) > int(match.group(2)):
                self.error(where, f"dates '{span}' end before they begin")
        names = names.split("|")
        for name in names:
            if not name:
                self.error(where, "empty name")
                continue
            self.name(where, name, flags, kind)
            for lang in langs:
                if (lang, name) in seen:
                    self.error(where, f"'{name}' twice for {lang}, first at line {seen[lang, name]}")
                else:
                    seen[lang, name] = where.rsplit(":", 1)[1]
                self.letters(where, name, lang)
                self.owner.setdefault((lang, name), []).append((ident, where))

    def name(self, where, name, flags, kind):
        if name != name.strip() or "  " in name:
            self.error(where, f"stray space in '{name}'")
        for char in name:
            category = unicodedata.category(char)
            # ZWNJ is a letter's neighbour in Persian; any other format or control character is invisible dirt.
            if category in ("Cc", "Cf", "Co", "Cn") and char != "\u200c":
                self.error(where, f"character U+{ord(char):04X} in '{name}'")
            if char in "*;_<>[]{}\\":
                self.error(where, f"'{char}' in '{name}'")
        if not any(unicodedata.category(c)[0] in "LN" for c in name):
            self.error(where, f"no letter in '{name}'")
        cased = [c for c in name if c.lower() != c.upper()]
        if "abbr" in flags and cased and not any(c.isupper() for c in cased):
            self.error(where, f"abbreviation '{name}' without capitals")
        if "abbr" not in flags and kind != "word" and name.lower() in COMMON:
            self.warn(where, f"'{name}' is a common word")
        elif "abbr" not in flags and kind != "word" and name.lower() in FUNCTION_WORDS:
            self.warn(where, f"'{name}' is a function word of {', '.join(FUNCTION_WORDS[name.lower()])}")
        # Names need a capital in running text unless they are common; "von der Leyen" and "papież Franciszek" begin without one.
        if kind != "word" and cased:
            lower = name[0].islower() and script_of(name[0]) != "Geor"
            if lower and not {"common", "demonym", "people"} & set(flags):
                self.warn(where, f"'{name}' begins with a small letter but is not common")
            elif "common" in flags and not lower:
                self.warn(where, f"'{name}' is common although it begins with a capital")

    def letters(self, where, name, lang):
        script = expected(lang)
        allowed = ALLOWED.get(script, {script})
        base = lang.split("-")[0]
        alphabet = ALPHABET.get(lang if lang in ALPHABET else base) if script == "Cyrl" else None
        good = False
        for word in re.split(r"[\s\-\u2013\u2014/.,()]+", name):
            scripts = {s for s in map(script_of, word) if s}
            if not scripts:
                good = good or any(c.isdigit() for c in word)
                continue
            if len(scripts & {"Latn", "Cyrl", "Grek"}) > 1:
                self.error(where, f"'{word}' mixes {' and '.join(sorted(scripts))}: "
                           + " ".join(f"{c}=U+{ord(c):04X}" for c in word if script_of(c) not in allowed))
            elif not scripts <= allowed:
                stray = scripts - allowed
                if stray == {"Latn"} and is_latin_abbreviation(word):
                    good = True
                    continue
                self.error(where, f"'{word}' is {' and '.join(sorted(stray))}, not {script} ({lang})")
            good = True
            if alphabet:
                bad = [c for c in word if script_of(c) == "Cyrl" and c.lower() not in alphabet]
                if bad:
                    self.error(where, f"'{word}': no letter {' '.join(bad)} in {lang}")
            bad = [c for c in word if c in FOREIGN.get(base, "")]
            if bad:
                self.error(where, f"'{word}': U+{ord(bad[0]):04X} is not a letter of {lang}")
        if not good:
            self.error(where, f"'{name}' has no letter of {script} ({lang})")

    def shared(self):
        for (lang, name), owners in sorted(self.owner.items()):
            idents = []
            for ident, where in owners:
                if ident not in idents:
                    idents.append(ident)
            key = (name, tuple(idents))
            if len(idents) > 1 and key not in self.warned:
                self.warned.add(key)
                self.warn(owners[-1][1], f"'{name}' ({lang}) names {', '.join(idents)}")


def main(argv):
    quiet = "--quiet" in argv
    paths = [a for a in argv if not a.startswith("-")]
    unknown = [a for a in argv if a.startswith("-") and a != "--quiet"]
    if unknown:
        print(f"lint_names.py: unknown option {unknown[0]}\n{__doc__.splitlines()[2]}", file=sys.stderr)
        return 2
    users = bool(paths)
    if not paths:
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
        paths = [os.path.relpath(os.path.join(folder, f)) for f in FILES if os.path.exists(os.path.join(folder, f))]
    linter = Linter(FLAGS | USER_FLAGS if users else FLAGS)
    for path in paths:
        linter.file(path)
    linter.shared()
    for message in linter.messages:
        if not quiet or ": warning: " not in message:
            print(message, file=sys.stderr)
    return 1 if linter.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
