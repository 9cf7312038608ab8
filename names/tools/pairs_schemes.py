#!/usr/bin/python3
"""Pairs of words and their romanizations by published systems, which lists of places hardly have: GeoNames writes what the press writes.

usage: pairs_schemes.py PAIRS_DIR
Reads the words of places-LANG.tsv there (pairs_places.py) and writes schemes-el.tsv, schemes-am.tsv; schemes-mn.tsv and schemes-dv.tsv
are of words that are put together by the vowel harmony of Mongolian and of the syllables of Maldivian, since no list in these scripts is
at hand. The systems are
  Greek      ELOT 743:1982 (= ISO 843 type 2, BGN/PCGN 1996, UN 1987) with its table by letters (type 1), BGN/PCGN 1962,
             ALA-LC 2010, DIN 31634, and the letters of the International Phonetic Association with the UN table
  Ethiopic   BGN/PCGN 1967 (Amharic) and 2007 (Tigrinya), UN 2016, ALA-LC 1997, Encyclopaedia Aethiopica 2003
  Thaana     BGN/PCGN 1988 (= the government's of 1987, which has an apostrophe behind n without a vowel), ALA-LC 1997
  Mongolian  UN 2013 and SASM 1978 (with q for ch, x for sh), Poppe and Vladimirtsov (q, gamma), Lessing 1960 (x, y for u with diaeresis)
SPDX-License-Identifier: MIT
"""
import sys
import unicodedata

# ------------------------------------------------------------------ Greek
VOICELESS = "θκξπσςτφχψ"
LETTERS = {"α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
           "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
           "χ": "ch", "ψ": "ps", "ω": "o"}
# letters that a system writes otherwise, and groups; "v|f" by the sound that follows, "b|mp" by whether the word begins
GREEK = {
    "ELOT": ({}, {"ου": "ou", "αυ": "av|af", "ευ": "ev|ef", "ηυ": "iv|if", "γγ": "ng", "γξ": "nx", "γχ": "nch", "μπ": "b|mp"}),
    "ELOT letters": ({"η": "ī", "ω": "ō"}, {"ου": "ou", "αυ": "au", "ευ": "eu", "ηυ": "īu"}),
    "BGN 1962": ({"υ": "i", "δ": "dh", "χ": "kh"},
                 {"ου": "ou", "αυ": "av|af", "ευ": "ev|ef", "ηυ": "iv|if", "αι": "e", "ει": "i", "οι": "i", "υι": "i", "γγ": "ng",
                  "γξ": "nx", "γχ": "nkh", "γκ": "g|ng", "μπ": "b|mb", "ντ": "d|nd", "τζ": "tz", "γε": "ye", "γι": "yi",
                  "γη": "yi", "γυ": "yi", "γει": "yi", "γαι": "ye"}),
    "ALA-LC": ({"η": "ē", "ω": "ō", "φ": "ph"}, {"ου": "ou", "αυ": "au", "ευ": "eu", "ηυ": "ēu", "γγ": "ng", "γκ": "gk|nk",
                                                 "γξ": "nx", "γχ": "nch", "μπ": "b|mp"}),
    "DIN": ({"β": "b", "η": "ē", "ω": "ō", "φ": "ph"}, {"ου": "ou", "αυ": "au", "ευ": "eu", "ηυ": "ēu", "γγ": "ng", "γκ": "nk",
                                                        "γξ": "nx", "γχ": "nch"}),
    "phonetic": ({"α": "ɑ", "γ": "ɣ", "δ": "ð", "ε": "ɛ", "θ": "θ", "ξ": "ks", "υ": "i", "χ": "x"},
                 {"ου": "u", "αυ": "ɑv|ɑf", "ευ": "ɛv|ɛf", "ηυ": "iv|if", "αι": "ɛ", "ει": "i", "οι": "i", "υι": "i", "γγ": "ŋɡ",
                  "γξ": "ŋks", "γχ": "nx", "γκ": "ɡ|ŋɡ", "μπ": "b|mb", "ντ": "d|nd", "τζ": "dz"})}


ACCENTED = ("ELOT", "ELOT letters", "BGN 1962")
ACUTE = dict(zip("aeiouy", "áéíóúý"))


def accented(latin):
    """With an acute on the last vowel that has no mark yet."""
    for i in range(len(latin) - 1, -1, -1):
        if latin[i] in ACUTE:
            return latin[:i] + ACUTE[latin[i]] + latin[i + 1:]
    return latin


def plain(word):
    """Without accents, the letters that have one, and those that a diaeresis or an accent on the first of two vowels parts."""
    letters = []
    for c in unicodedata.normalize("NFD", word):
        if c == "\u0308" and letters:
            letters[-1] = letters[-1][0], True
        elif not unicodedata.combining(c):
            letters.append((c, False))
        elif letters and c == "\u0301":
            letters[-1] = letters[-1][0], letters[-1][1], True
    text = "".join(x[0] for x in letters)
    apart = {i + 1 for i, x in enumerate(letters) if len(x) == 3} | {i for i, x in enumerate(letters) if x[1]}
    stressed = {i for i, x in enumerate(letters) if len(x) == 3}
    return text, stressed, apart


def greek(word, system):
    text, stressed, apart = plain(word)
    letters, groups = GREEK[system]
    stressed = stressed if system in ACCENTED else set()
    out, i = "", 0
    while i < len(text):
        for n in (3, 2):
            group = text[i:i + n]
            if len(group) == n and group in groups and not any(k in apart for k in range(i + 1, i + n)):
                spelled = groups[group].split("|")
                voiceless = i + 2 == len(text) or text[i + 2] in VOICELESS
                which = voiceless if group[0] in "αεη" else i > 0
                chosen = spelled[min(len(spelled) - 1, which)]
                out += accented(chosen) if stressed & set(range(i, i + n)) else chosen
                i += n
                break
        else:
            c = text[i]
            if c not in LETTERS:
                return ""
            chosen = letters.get(c, LETTERS[c])
            out += accented(chosen) if i in stressed else chosen
            i += 1
    return out


def bare(latin):
    return "".join(c for c in unicodedata.normalize("NFD", latin) if not unicodedata.combining(c))


def native_greek(folder):
    """Words that the press writes as one of the systems has it, too: Aachen and Manchester are spelled by sound in Greek."""
    words = set()
    for line in open(f"{folder}/places-el.tsv", encoding="utf8"):
        latin, word = line.rstrip("\n").split("\t")[:2]
        if bare(latin) in {bare(greek(word, system)) for system in ("ELOT", "BGN 1962", "ALA-LC")}:
            words.add(word)
    return sorted(words)


# ------------------------------------------------------------------ Ethiopic
CONSONANTS = "ህልሕምሥርስሽቅብትችኅንኝእክኽውዕዝዥይድጅግጥጭጵጽፅፍፕ"
ETHIOPIC = { # the seven vowels, the consonants in the order above
    "BGN am": ("e u ī a ē - o", "h l h m s r s sh k’ b t ch h n ny - k h w ‘ z zh y d j g t’ ch’ p’ ts’ ts’ f p"),
    "BGN ti": ("e u i a ie ĭ o", "h l ḥ m s r s sh k’ b t ch h n ny ’ k x w ‘ z zh y d j g t’ ch’ p’ ts’ ts’ f p"),
    "UN": ("e u i a ē i o", "h l h m s r s sh k’ b t ch h n ny - k h w - z zh y d j g t’ ch’ p’ ts’ ts’ f p"),
    "ALA-LC": ("a u i ā é e o", "h l ḥ m ś r s š q b t č ḫ n ñ ʼ k x w ʻ z ž y d ǧ g ṭ ċ p̣ ṣ ṡ f p"),
    "EAE": ("ä u i a e ə o", "h l ḥ m ś r s š q b t č ḫ n ñ ʾ k ḵ w ʿ z ž y d ǧ g ṭ č̣ p̣ ṣ ṣ́ f p")}


def ethiopic(word, system):
    vowels, spelled = (x.split() for x in ETHIOPIC[system])
    out = ""
    for c in word:
        name = unicodedata.name(c, "")
        row = ord(c) & ~7
        if not name.startswith("ETHIOPIC SYLLABLE ") or not 0x1200 <= ord(c) < 0x1358:
            return ""
        sixth, order = chr(row | 5), ord(c) & 7
        if sixth not in CONSONANTS or order > 6:
            return ""
        consonant = spelled[CONSONANTS.index(sixth)]
        guttural = sixth in "ህሕኅእዕ" and order == 0 # the first order is a there
        vowel = vowels[3] if guttural and system != "EAE" else vowels[order]
        if vowel == "-" and consonant == "-":
            vowel = "i"
        out += consonant.replace("-", "") + vowel.replace("-", "")
    return out


# ------------------------------------------------------------------ Mongolian
MONGOL = { # UN 2013, UN 2013 phonetic, Poppe, Lessing
    "ᠠ": "a a a a", "ᠡ": "e e e e", "ᠢ": "i i i i", "ᠣ": "o ô o o", "ᠤ": "u û u u", "ᠥ": "o o ö ø", "ᠦ": "u u ü y",
    "ᠨ": "n n n n", "ᠩ": "ng ng ng ng", "ᠪ": "b b b b", "ᠫ": "p p p p", "ᠬ": "h h q x", "ᠭ": "g g γ γ", "ᠮ": "m m m m",
    "ᠯ": "l l l l", "ᠰ": "s s s s", "ᠱ": "x x š š", "ᠲ": "t t t t", "ᠳ": "d d d d", "ᠴ": "q q č c", "ᠵ": "j j ǰ z",
    "ᠶ": "y y y j", "ᠷ": "r r r r", "ᠸ": "w w v v", "ᠹ": "f f f f"}
FRONT = {"ᠬ": "h h k k", "ᠭ": "g g g g"} # before e, i, ö, ü
HARMONY = ("ᠠᠣᠤᠢ", "ᠡᠥᠦᠢ")
FINALS = ("", "", "ᠨ", "ᠷ", "ᠯ", "ᠭ", "ᠩ", "ᠮ", "ᠰ", "ᠳ", "ᠪ", "ᠳᠤ")


def mongol_words(count):
    """Words of two and three syllables, each consonant and vowel as often as any other; the same ones each time."""
    starts = [c for c in MONGOL if c not in "ᠠᠡᠢᠣᠤᠥᠦᠩ"]
    state = 1
    for n in range(count):
        word, kind = "", HARMONY[n % 2]
        for _ in range(2 + n % 2):
            state = state * 1103515245 + 12345 & 0x7FFFFFFF
            r = state >> 8
            word += starts[r % len(starts)] + kind[r // 32 % 4] + FINALS[r // 1024 % len(FINALS)][:1]
        yield word


def mongol(word, system):
    out = ""
    for i, c in enumerate(word):
        around = word[i + 1:i + 2] if word[i + 1:i + 2] in set("ᠠᠡᠢᠣᠤᠥᠦ") else word[i - 1:i]
        out += (FRONT[c] if c in FRONT and around in set("ᠡᠥᠦᠢ") else MONGOL[c]).split()[system]
    return out


# ------------------------------------------------------------------ Thaana
THAANA = { # BGN/PCGN, ALA-LC
    "ހ": "h h", "ށ": "sh ṣ", "ނ": "n n", "ރ": "r r", "ބ": "b b", "ޅ": "lh ḷ", "ކ": "k k", "ވ": "v v", "މ": "m m", "ފ": "f f",
    "ދ": "dh d", "ތ": "th t", "ލ": "l l", "ގ": "g g", "ޏ": "gn ñ", "ސ": "s s", "ޑ": "d ḍ", "ޒ": "z z", "ޓ": "t ṭ", "ޔ": "y y",
    "ޕ": "p p", "ޖ": "j j", "ޗ": "ch c",
    # letters with dots, for Arabic ones, by BGN/PCGN only
    "ޘ": "th", "ޙ": "h", "ޚ": "kh", "ޛ": "dh", "ޜ": "zh", "ޝ": "sh", "ޞ": "s", "ޟ": "d", "ޠ": "t", "ޡ": "z", "ޣ": "gh", "ޤ": "q", "ޥ": "w"}
THAANA_VOWELS = {"\u07a6": "a a", "\u07a7": "aa ā", "\u07a8": "i i", "\u07a9": "ee ī", "\u07aa": "u u", "\u07ab": "oo ū", "\u07ac": "e e",
                 "\u07ad": "ey ē", "\u07ae": "o o", "\u07af": "oa ō"}
CARRIER, SUKUN = "އ", "\u07b0" # alifu carries a vowel; no vowel
CODAS = ("", "", "", "", "", "", "ނ", "ނ", CARRIER, CARRIER, "ށ", "ސ", "ތ", "ލ", "ރ", "މ")


def thaana_words(count):
    """Words of two to four syllables, each consonant and vowel as often as any other; the same ones each time."""
    starts, marks = [CARRIER] + list(THAANA), list(THAANA_VOWELS)
    state = 1
    for n in range(count):
        word = ""
        for k in range(2 + n % 3):
            state = state * 1103515245 + 12345 & 0x7FFFFFFF
            r = state >> 8
            coda = CODAS[r // 4096 % len(CODAS)]
            word += starts[r % len(starts)] + marks[r // 64 % len(marks)] + (coda + SUKUN if coda else "")
        yield word


SHORT = {"aa": "a", "ee": "i", "oo": "u", "ey": "e", "oa": "o"} # as the press writes: Malé, Addu


def thaana(word, system, apostrophe="", short=False):
    if system and any(" " not in THAANA.get(c, " ") for c in word):
        return ""
    out = ""
    for i, c in enumerate(word):
        mute = word[i + 1:i + 2] == SUKUN
        behind = THAANA.get(word[i + 2:i + 3], "").split()
        if c in THAANA_VOWELS:
            vowel = THAANA_VOWELS[c].split()[system]
            out += SHORT.get(vowel, vowel) if short else vowel
        elif mute and (c == CARRIER or c == "ށ" and system == 0): # doubles what follows, or is heard as h; a glottal stop
            out += "’" if system else behind[system][0] if behind else "h"
        elif mute and c == "ތ" and system == 0:
            out += "iy" if not behind else behind[system][0]
        elif c in THAANA:
            out += THAANA[c].split()[system] + (apostrophe if mute and c == "ނ" else "")
    return out


def words_of(folder, *languages):
    return sorted({line.rstrip("\n").split("\t")[1] for lang in languages for line in open(f"{folder}/places-{lang}.tsv", encoding="utf8")})


def write(path, rows):
    with open(path, "w", encoding="utf8") as f:
        for latin, other, count in sorted(rows):
            f.write(f"{latin}\t{other}\t{count}\n")


def main(folder):
    rows = set()
    for word in native_greek(folder):
        rows |= {(greek(word, system), word, 1) for system in GREEK if greek(word, system)}
    write(f"{folder}/schemes-el.tsv", rows)
    write(f"{folder}/schemes-am.tsv", {(ethiopic(word, system), word, 1) for word in words_of(folder, "am", "ti")
                                       for system in ETHIOPIC if ethiopic(word, system)})
    write(f"{folder}/schemes-mn.tsv", {(mongol(word, system), word, 1) for word in mongol_words(1500) for system in range(4)})
    write(f"{folder}/schemes-dv.tsv", {(latin, word, 1) for word in thaana_words(2500)
                                       for latin in (thaana(word, 0), thaana(word, 0, "’"), thaana(word, 0, short=True), thaana(word, 1))
                                       if latin})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
