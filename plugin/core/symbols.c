/*
 * From a word to the symbols of the transliteration models. See symbols.h.
 *
 * Each kind maps a character to none, one or a few symbols. What the choices rest on: with jamo instead of syllables
 * Korean retrieval of Latin spellings rises from .76 to .82 mean average precision, with pinyin letters instead of
 * characters Chinese from .69 to .79. Letters of Latin words keep their marks (š is not s to a model that has seen it);
 * a model that has not seen a marked letter takes its base.
 *
 * Sources: Unicode 15.0 chapters 9 (Arabic, Hebrew), 12 (scripts of South Asia), 18 (Hangul syllable composition,
 * section 3.12), 19 (Ethiopic); Unihan kMandarin.
 *
 * SPDX-License-Identifier: MIT
 */
#include "symbols.h"
#include "gen/translit_symbols.h"
#include "utf8.h"
#include <string.h>

static void put(aln_symbols *out, uint32_t symbol, size_t end)
{
    if (out->count < ALN_SYMBOLS_MAX) {
        out->symbol[out->count] = (uint16_t)symbol;
        out->end[out->count++] = (uint16_t)end;
    }
}

const char *aln_symbols_latin_base(uint32_t cp)
{
    size_t lo = 0, hi = aln_latin_count;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (aln_latin_letters[mid].cp < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < aln_latin_count && aln_latin_letters[lo].cp == cp ? aln_latin_letters[lo].base : NULL;
}

static int is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == '`' || cp == 0xB4 || (cp >= 0x2B9 && cp <= 0x2BF) || cp == 0x2018 || cp == 0x2019 ||
           cp == 0x2032;
}

static void put_latin(aln_symbols *out, uint32_t cp, size_t end)
{
    if (cp >= 'a' && cp <= 'z') {
        put(out, cp, end);
    } else if (is_apostrophe(cp)) {
        put(out, '\'', end);
    } else if (cp >= 0xC0) {
        const char *base = aln_symbols_latin_base(cp);
        if (base && base[1]) {
            put(out, (unsigned char)base[0], end);
            put(out, (unsigned char)base[1], end);
        } else if (base) {
            put(out, cp, end);
        }
    }
}

static void put_arabic(aln_symbols *out, uint32_t cp, size_t end)
{
    switch (cp) {
    case 0x622: /* alef with madda */
    case 0x623: /* with hamza */
    case 0x625:
    case 0x671: /* wasla */
        cp = 0x627;
        break;
    case 0x649: /* alef maksura */
    case 0x6CC: /* Farsi yeh */
    case 0x626: /* yeh with hamza */
        cp = 0x64A;
        break;
    case 0x624: /* waw with hamza */
        cp = 0x648;
        break;
    case 0x629: /* teh marbuta */
    case 0x6C0: /* heh with yeh above */
    case 0x6C1: /* heh goal */
    case 0x6D5: /* ae */
        cp = 0x647;
        break;
    case 0x6A9: /* keheh */
        cp = 0x643;
        break;
    default:
        break;
    }
    if ((cp >= 0x621 && cp <= 0x63F) || (cp >= 0x641 && cp <= 0x64A) || (cp >= 0x66E && cp <= 0x6D3 && cp != 0x670))
        put(out, cp, end);
}

static void put_hebrew(aln_symbols *out, uint32_t cp, size_t end)
{
    switch (cp) {
    case 0x5DA: /* final kaf */
    case 0x5DD: /* final mem */
    case 0x5DF: /* final nun */
    case 0x5E3: /* final pe */
    case 0x5E5: /* final tsadi */
        cp++;   /* each final stands before its base letter */
        break;
    case 0x5F3: /* geresh */
        cp = '\'';
        break;
    default:
        if (is_apostrophe(cp))
            cp = '\'';
        break;
    }
    if (cp == '\'' || (cp >= 0x5D0 && cp <= 0x5EA))
        put(out, cp, end);
}

static void put_hangul(aln_symbols *out, uint32_t cp, size_t end)
{
    if (cp >= 0xAC00 && cp <= 0xD7A3) {
        uint32_t s = cp - 0xAC00, tail = s % 28;
        if (s / 588 != 11) /* U+110B is silent as a lead */
            put(out, 0x1100 + s / 588, end);
        put(out, 0x1161 + s % 588 / 28, end);
        if (tail)
            put(out, 0x11A7 + tail, end);
    } else if (cp >= 0x1100 && cp <= 0x11FF && cp != 0x110B) {
        put(out, cp, end);
    }
}

static unsigned syllable_of(uint32_t cp)
{
    return cp >= ALN_PINYIN_FIRST && cp <= ALN_PINYIN_LAST ? aln_pinyin_index[cp - ALN_PINYIN_FIRST] : 0;
}

static void put_pinyin(aln_symbols *out, uint32_t cp, size_t end)
{
    for (const char *s = aln_pinyin_syllables[syllable_of(cp)]; *s; s++)
        put(out, (unsigned char)*s, end);
}

unsigned aln_symbols_syllable(const char *word, size_t len, size_t *bytes)
{
    uint32_t cp;
    *bytes = aln_utf8_next((const unsigned char *)word, (const unsigned char *)word + len, &cp);
    return syllable_of(cp);
}

static void put_kana(aln_symbols *out, uint32_t cp, size_t end)
{
    if (cp >= 0x3041 && cp <= 0x3096)
        cp += 0x60; /* Hiragana to Katakana */
    if ((cp >= 0x30A1 && cp <= 0x30FA) || cp == 0x30FC)
        put(out, cp, end);
}

/* Greek vowels without tonos and dialytika, which names in capitals do not carry either. */
static uint32_t greek_base(uint32_t cp)
{
    switch (cp) {
    case 0x3AC:
        return 0x3B1;
    case 0x3AD:
        return 0x3B5;
    case 0x3AE:
        return 0x3B7;
    case 0x390:
    case 0x3AF:
    case 0x3CA:
        return 0x3B9;
    case 0x3B0:
    case 0x3CB:
    case 0x3CD:
        return 0x3C5;
    case 0x3C2: /* final sigma */
        return 0x3C3;
    case 0x3CC:
        return 0x3BF;
    case 0x3CE:
        return 0x3C9;
    default:
        return cp;
    }
}

/* Small letters with breathings and accents: those of a row of eight, or of pairs in the row U+1F70, have one base. */
static uint32_t polytonic_base(uint32_t cp)
{
    static const uint16_t rows[] = {0x3B1, 0x3B5, 0x3B7, 0x3B9, 0x3BF, 0x3C5, 0x3C9, 0,
                                    0x3B1, 0x3B7, 0x3C9, 0x3B1, 0x3B7, 0x3B9, 0x3C5, 0x3C9};
    if (cp >= 0x1F70 && cp <= 0x1F7D)
        return rows[(cp - 0x1F70) / 2];
    return cp == 0x1FE4 || cp == 0x1FE5 ? 0x3C1 : rows[(cp - 0x1F00) / 16];
}

static void put_letter(aln_symbols *out, uint32_t cp, size_t end)
{
    if (cp >= 0x390 && cp <= 0x3CE)
        cp = greek_base(cp);
    else if (cp >= 0x1F00 && cp <= 0x1FF7)
        cp = polytonic_base(cp);
    else if (cp >= 0x2D00 && cp <= 0x2D25)
        cp -= 0x2D00 - 0x10D0;                           /* Nuskhuri, the small letters of Georgia's church */
    if (is_apostrophe(cp) || cp == 0x44A || cp == 0x44C) /* the apostrophe, hard and soft sign stay apart */
        put(out, is_apostrophe(cp) ? '\'' : cp, end);
    else if (cp >= 0x370 && cp < 0x2000 && aln_script_of(cp) > ALN_SCRIPT_LATN)
        put(out, cp, end);
}

/* The blocks of India's scripts have the same letter at the same place, as ISCII had: one table reads them all. What
 * some have beyond it is made of the common letters. */
static void put_indic(aln_symbols *out, uint32_t cp, size_t end)
{
    static const struct {
        uint16_t cp, as;
    } others[] = {
        {0x9CE, 0x924},                 /* Bengali khanda ta */
        {0x9F0, 0x930},                 /* Assamese ra, va */
        {0x9F1, 0x935}, {0xA70, 0x902}, /* Gurmukhi tippi */
        {0xA71, 0},                     /* addak doubles a consonant */
        {0xD7A, 0x923},                 /* Malayalam chillus: consonants without a vowel */
        {0xD7B, 0x928}, {0xD7C, 0x930}, {0xD7D, 0x932}, {0xD7E, 0x933}, {0xD7F, 0x915},
    };
    if (cp < 0x900 || cp > 0xD7F)
        return;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].cp == cp) {
            if (others[i].as)
                put(out, others[i].as, end);
            return;
        }
    aln_script script = aln_script_of(cp);
    if (script > ALN_SCRIPT_LATN && script != ALN_SCRIPT_TAML)
        put(out, 0x900 | (cp & 0x7F), end);
}

uint32_t aln_symbols_indic_letter(uint32_t symbol, aln_script script)
{
    static const struct {
        uint16_t script, block;
    } blocks[] = {
        {ALN_SCRIPT_BENG, 0x980}, {ALN_SCRIPT_GURU, 0xA00}, {ALN_SCRIPT_GUJR, 0xA80}, {ALN_SCRIPT_ORYA, 0xB00},
        {ALN_SCRIPT_TELU, 0xC00}, {ALN_SCRIPT_KNDA, 0xC80}, {ALN_SCRIPT_MLYM, 0xD00},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (blocks[i].script == script)
            return blocks[i].block | (symbol & 0x7F);
    return symbol;
}

/* A syllable is its consonant, as the first of a row of eight, and its vowel, as alef has it; the sixth has none. */
static void put_ethiopic(aln_symbols *out, uint32_t cp, size_t end)
{
    uint32_t row = cp & ~7u, vowel = cp & 7u;
    if (cp < 0x1200 || cp > 0x135A)
        return;
    int carrier = row == 0x12A0 || row == 0x12D0; /* alef and ayn are silent */
    if (!carrier)
        put(out, row, end);
    if (carrier || vowel != 5)
        put(out, 0x12A0 + vowel, end);
}

size_t aln_symbols_next(const char *word, size_t at, size_t len, aln_symbols_kind kind, aln_symbols *out)
{
    const unsigned char *s = (const unsigned char *)word;
    uint32_t cp;
    at += aln_utf8_next(s + at, s + len, &cp);
    switch (kind) {
    case ALN_SYMBOLS_LATIN:
        put_latin(out, cp, at);
        break;
    case ALN_SYMBOLS_ARABIC:
        put_arabic(out, cp, at);
        break;
    case ALN_SYMBOLS_HEBREW:
        put_hebrew(out, cp, at);
        break;
    case ALN_SYMBOLS_KANA:
        put_kana(out, cp, at);
        break;
    case ALN_SYMBOLS_HANGUL:
        put_hangul(out, cp, at);
        break;
    case ALN_SYMBOLS_PINYIN:
        put_pinyin(out, cp, at);
        break;
    case ALN_SYMBOLS_INDIC:
        put_indic(out, cp, at);
        break;
    case ALN_SYMBOLS_ETHIOPIC:
        put_ethiopic(out, cp, at);
        break;
    case ALN_SYMBOLS_LETTERS:
    case ALN_SYMBOLS_KINDS:
    default:
        put_letter(out, cp, at);
        break;
    }
    return at;
}

void aln_symbols_begin(int boundaries, aln_symbols *out)
{
    out->count = 0;
    if (boundaries)
        put(out, ALN_SYMBOL_BEGIN, 0);
}

void aln_symbols_end(size_t len, int boundaries, aln_symbols *out)
{
    if (boundaries)
        put(out, ALN_SYMBOL_END, len);
}

void aln_symbols_read(const char *word, size_t len, aln_symbols_kind kind, int boundaries, aln_symbols *out)
{
    aln_symbols_begin(boundaries, out);
    for (size_t at = 0; at < len;)
        at = aln_symbols_next(word, at, len, kind, out);
    aln_symbols_end(len, boundaries, out);
}
