/*
 * Folding. Normalization, case and categories are utf8proc's; what is added here are the foldings that names in news
 * need and Unicode leaves to applications: apostrophes, look-alikes, optional marks, the letters that Arabic and
 * Persian keyboards share.
 *
 * NFKC before lower case, so that full-width and ligature forms meet their plain letters (UAX #15, UAX #31).
 *
 * SPDX-License-Identifier: MIT
 */
#include "fold.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>
#include <utf8proc.h>

/* Apostrophes as the press types them: U+0060, U+00B4, U+02B9, U+02BB, U+02BC, U+02BD, U+2018, U+2019, U+201B, U+2032,
 * U+FF07. */
static int is_apostrophe(uint32_t cp)
{
    switch (cp) {
    case 0x60:
    case 0xB4:
    case 0x2B9:
    case 0x2BB:
    case 0x2BC:
    case 0x2BD:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
        return 1;
    default:
        return 0;
    }
}

/* Marks that a writer may leave out without making another word. */
static int is_optional(uint32_t cp)
{
    return cp == 0xAD || cp == 0x640 ||                   /* SOFT HYPHEN, ARABIC TATWEEL */
           (cp >= 0x200B && cp <= 0x200F) ||              /* ZERO WIDTH SPACE .. RIGHT-TO-LEFT MARK */
           (cp >= 0x202A && cp <= 0x202E) ||              /* bidirectional embeddings */
           (cp >= 0x2060 && cp <= 0x2064) ||              /* WORD JOINER .. INVISIBLE PLUS */
           cp == 0xFEFF ||                                /* ZERO WIDTH NO-BREAK SPACE */
           (cp >= 0xFE00 && cp <= 0xFE0F) ||              /* variation selectors */
           (cp >= 0x64B && cp <= 0x652) || cp == 0x670 || /* Arabic harakat, superscript alef */
           (cp >= 0x591 && cp <= 0x5BD) || cp == 0x5BF || cp == 0x5C1 || cp == 0x5C2 || cp == 0x5C4 || cp == 0x5C5 ||
           cp == 0x5C7; /* Hebrew accents and points */
}

/* Ranges in which NFKC changes nothing as long as no mark follows: the letters of most news. */
static int is_plain(uint32_t cp)
{
    return cp < 0x80 || (cp >= 0xC0 && cp < 0x132) || (cp >= 0x134 && cp < 0x13F) || (cp >= 0x141 && cp < 0x149) ||
           (cp >= 0x14A && cp < 0x17F) || (cp >= 0x180 && cp < 0x1C4) || (cp >= 0x3AC && cp <= 0x3CE) ||
           (cp >= 0x400 && cp < 0x483) || (cp >= 0x48A && cp < 0x530) || (cp >= 0x5D0 && cp <= 0x5EA) ||
           (cp >= 0x621 && cp <= 0x64A) || (cp >= 0x671 && cp <= 0x674) || (cp >= 0x679 && cp <= 0x6D3) ||
           (cp >= 0x10D0 && cp <= 0x10FA) || (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x30A1 && cp <= 0x30FC) ||
           (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3);
}

/* Decodes up to ALN_FOLD_MAX code points, normalized; returns their number. */
static size_t decode(const char *word, size_t len, utf8proc_int32_t *out)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t n = 0;
    int plain = 1;
    while (s < end && n < ALN_FOLD_MAX) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == ALN_BAD_CP)
            continue;
        if (!is_plain(cp))
            plain = 0;
        out[n++] = (utf8proc_int32_t)cp;
    }
    if (plain)
        return n;
    /* One code point decomposes to at most 18 (U+FDFA); what does not fit is left as it was. */
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE;
    utf8proc_int32_t wide[ALN_FOLD_MAX * 4];
    utf8proc_ssize_t m = 0;
    for (size_t i = 0; i < n; i++) {
        int boundclass = 0;
        utf8proc_ssize_t room = (utf8proc_ssize_t)(ALN_FOLD_MAX * 4) - m;
        utf8proc_ssize_t k =
            utf8proc_decompose_char(out[i], wide + m, room, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundclass);
        if (k < 0 || k > room)
            break;
        m += k;
    }
    /* Canonical order of marks, which utf8proc does only in its whole-string call: insertion sort by class. */
    for (utf8proc_ssize_t i = 1; i < m; i++) {
        int class = utf8proc_get_property(wide[i])->combining_class;
        utf8proc_ssize_t j = i;
        utf8proc_int32_t cp = wide[i];
        while (class && j > 0 && utf8proc_get_property(wide[j - 1])->combining_class > class) {
            wide[j] = wide[j - 1];
            j--;
        }
        wide[j] = cp;
    }
    m = utf8proc_normalize_utf32(wide, m, how);
    if (m < 0)
        return n;
    n = (size_t)m < ALN_FOLD_MAX ? (size_t)m : ALN_FOLD_MAX;
    memcpy(out, wide, n * sizeof *out);
    return n;
}

static int is_capital(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

static int is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 32) >= 'a' && (cp | 32) <= 'z';
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

static unsigned flags_of(unsigned letters, unsigned capitals, unsigned first_capital)
{
    if (letters == 1)
        return (first_capital ? ALN_FOLD_CAPITAL : 0) | ALN_FOLD_SOLO;
    return (first_capital ? ALN_FOLD_CAPITAL : 0) | (capitals == letters && letters ? ALN_FOLD_ALL_CAPITALS
                                                     : capitals > first_capital     ? ALN_FOLD_INNER_CAPITAL
                                                                                    : 0);
}

/* Words of letters below U+0700, Georgian, Hangul and Han as they mostly are. Returns 0 where it is not that simple. */
static size_t fold_simple(const unsigned char *s, size_t len, char *out, size_t cap, unsigned *flags)
{
    const unsigned char *end = s + len;
    unsigned letters = 0, capitals = 0, first_capital = 0, seen = 0;
    size_t n = 0, bytes = 0;
    if (len + 4 > cap) /* lower case is longer in some cases */
        return 0;
    for (; s < end; n++) {
        uint32_t c = *s, cp = c, fold;
        if (c >= 0x80) {
            if (end - s < 2 || (s[1] & 0xC0) != 0x80)
                return 0;
            if (c >= 0xE1 && c <= 0xED) {
                cp = end - s < 3 || (s[2] & 0xC0) != 0x80 ? 0 : (c & 15) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
                if (!((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
                      (cp >= 0x10D0 && cp <= 0x10FA)))
                    return 0;
                memcpy(out + bytes, s, 3);
                bytes += 3;
                s += 3;
                letters++;
                continue;
            }
            cp = (c & 31) << 6 | (s[1] & 63u);
            if (c < 0xC2 || cp >= ALN_FOLDS)
                return 0;
        }
        fold = aln_unicode_folds[cp];
        if (!fold)
            return 0;
        s += c < 0x80 ? 1 : 2;
        if (fold & ALN_FOLDS_LEFT_OUT)
            continue;
        if (fold & ALN_FOLDS_LETTER) {
            unsigned capital = fold >> 13 & 1;
            if (!letters)
                first_capital = capital;
            letters++;
            capitals += capital;
        }
        seen |= fold;
        cp = fold & ALN_FOLDS_LOWER;
        if (cp < 0x80) {
            out[bytes++] = (char)cp;
        } else {
            out[bytes++] = (char)(0xC0 | cp >> 6);
            out[bytes++] = (char)(0x80 | (cp & 63));
        }
    }
    *flags = flags_of(letters, capitals, first_capital) | (seen & ALN_FOLDS_DIGIT ? ALN_FOLD_DIGIT : 0);
    return n <= ALN_FOLD_MAX ? bytes : 0;
}

/* Whether a word is nothing but small letters of ASCII, or of Cyrillic's main part (U+0430 to U+045F): most are. */
static int is_ascii_word(const unsigned char *s, const unsigned char *end)
{
    while (s < end && *s - (unsigned)'a' <= 25u)
        s++;
    return s == end;
}

static int is_cyrillic_word(const unsigned char *s, const unsigned char *end)
{
    while (end - s > 1 &&
           ((*s == 0xD0 && s[1] >= 0xB0 && s[1] <= 0xBF) || (*s == 0xD1 && s[1] >= 0x80 && s[1] <= 0x9F)))
        s += 2;
    return s == end;
}

/* The value of a decimal digit. Each set of ten stands in one row of sixteen in order (Unicode's stability policies),
 * from its first place or from its seventh. */
static uint32_t digit_value(uint32_t cp)
{
    uint32_t place = cp & 15;
    int from_first = place < 6 || utf8proc_category((utf8proc_int32_t)(cp & ~15u)) == UTF8PROC_CATEGORY_ND;
    return from_first ? place : place - 6;
}

/* Ethiopic numbers have no zero: ones, tens, a sign for a hundred and one for ten thousand, each times what stands
 * before it (The Unicode Standard, chapter 19.1). What is more than the most is no number and stops there. */
#define ETHIOPIC_ONE 0x1369u
#define ETHIOPIC_TEN 0x1372u
#define ETHIOPIC_HUNDRED 0x137Bu
#define ETHIOPIC_TEN_THOUSAND 0x137Cu
#define ETHIOPIC_MOST 100000000u

static int is_ethiopic_number(uint32_t cp)
{
    return cp >= ETHIOPIC_ONE && cp <= ETHIOPIC_TEN_THOUSAND;
}

/* Writes the number that begins at cps in digits of ASCII, and sets *signs to how many it is made of. Returns the
 * bytes; 0 = no room. */
static size_t put_ethiopic(const utf8proc_int32_t *cps, size_t n, char *out, size_t room, size_t *signs)
{
    uint64_t whole = 0, hundreds = 0, last = 0;
    size_t k = 0;
    for (; k < n && is_ethiopic_number((uint32_t)cps[k]); k++) {
        uint32_t cp = (uint32_t)cps[k];
        if (cp < ETHIOPIC_TEN) {
            last += cp - ETHIOPIC_ONE + 1;
        } else if (cp < ETHIOPIC_HUNDRED) {
            last += 10 * (cp - ETHIOPIC_TEN + 1);
        } else if (cp == ETHIOPIC_HUNDRED) {
            hundreds += 100 * (last ? last : 1);
            last = 0;
        } else {
            whole += hundreds + last;
            whole = 10000 * (whole > ETHIOPIC_MOST ? ETHIOPIC_MOST : whole ? whole : 1);
            hundreds = last = 0;
        }
    }
    char digits[20];
    size_t at = sizeof digits;
    for (whole += hundreds + last; whole || at == sizeof digits; whole /= 10)
        digits[--at] = (char)('0' + whole % 10);
    if (sizeof digits - at > room)
        return 0;
    memcpy(out, digits + at, sizeof digits - at);
    *signs = k;
    return sizeof digits - at;
}

size_t aln_fold_exact(const char *word, size_t len, char *out, size_t cap, unsigned *flags)
{
    const unsigned char *s = (const unsigned char *)word;
    if (len && len <= cap && len <= ALN_FOLD_MAX && (is_ascii_word(s, s + len) || is_cyrillic_word(s, s + len))) {
        memcpy(out, word, len);
        *flags = flags_of(*s < 0x80 ? (unsigned)len : (unsigned)len / 2, 0, 0);
        return len;
    }
    size_t simple = fold_simple(s, len, out, cap, flags);
    if (simple)
        return simple;
    utf8proc_int32_t cps[ALN_FOLD_MAX];
    size_t n = decode(word, len, cps), bytes = 0;
    unsigned letters = 0, capitals = 0, first_capital = 0, digit = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t cp = (uint32_t)cps[i];
        if (is_optional(cp))
            continue;
        if (is_ethiopic_number(cp)) {
            size_t signs, put = put_ethiopic(cps + i, n - i, out + bytes, cap - bytes, &signs);
            digit = ALN_FOLD_DIGIT;
            if (!put)
                break;
            bytes += put;
            i += signs - 1;
            continue;
        }
        if (is_letter(cp)) {
            unsigned capital = (unsigned)is_capital(cp);
            if (!letters)
                first_capital = capital;
            letters++;
            capitals += capital;
        } else if (utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ND) {
            digit = ALN_FOLD_DIGIT;
            cp = '0' + digit_value(cp);
        }
        cp = is_apostrophe(cp) ? '\'' : cp == 0x3C2 ? 0x3C3 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
        if (bytes + 4 > cap) {
            char last[4];
            size_t k = aln_utf8_put(cp, last);
            if (bytes + k > cap)
                break;
            memcpy(out + bytes, last, k);
            bytes += k;
        } else {
            bytes += aln_utf8_put(cp, out + bytes);
        }
    }
    *flags = flags_of(letters, capitals, first_capital) | digit;
    return bytes;
}

aln_script aln_main_script(const char *word, size_t len)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    if (!len)
        return ALN_SCRIPT_ZYYY;
    if (is_ascii_word(s, end))
        return ALN_SCRIPT_LATN;
    if (is_cyrillic_word(s, end))
        return ALN_SCRIPT_CYRL;
    unsigned count[ALN_SCRIPTS] = {0};
    aln_script best = ALN_SCRIPT_ZYYY;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == ALN_BAD_CP || !is_letter(cp))
            continue;
        aln_script script = aln_script_of(cp);
        if (script == ALN_SCRIPT_ZYYY)
            continue;
        if (++count[script] > count[best] || best == ALN_SCRIPT_ZYYY)
            best = script;
    }
    return best;
}

/* Small letters that look alike, Latin then Cyrillic (UTS #39 confusables, the pairs that one sees in typed names). */
static const uint16_t look_alike[][2] = {
    {'a', 0x430}, {'c', 0x441}, {'e', 0x435}, {'i', 0x456},  {'j', 0x458},  {'k', 0x43A},
    {'m', 0x43C}, {'o', 0x43E}, {'p', 0x440}, {'s', 0x455},  {'t', 0x442},  {'x', 0x445},
    {'y', 0x443}, {'b', 0x432}, {'h', 0x43D}, {0xEB, 0x451}, {0xEF, 0x457}, {0x259, 0x4D9},
};

static uint32_t own_letter(uint32_t cp, aln_script script)
{
    int to_cyrillic = script == ALN_SCRIPT_CYRL;
    for (size_t i = 0; i < sizeof look_alike / sizeof *look_alike; i++)
        if (look_alike[i][!to_cyrillic] == cp)
            return look_alike[i][to_cyrillic];
    return cp;
}

static int is_lang(const char *lang, const char *tag)
{
    return lang && strncmp(lang, tag, 2) == 0 && (lang[2] == 0 || lang[2] == '-');
}

size_t aln_fold_base(const char *exact, size_t len, aln_script script, const char *lang, int had_capital_i, char *out,
                     size_t cap)
{
    const unsigned char *s = (const unsigned char *)exact, *end = s + len;
    size_t bytes = 0;
    int persian = is_lang(lang, "fa") || is_lang(lang, "ur") || is_lang(lang, "ps");
    /* In Turkish and Azerbaijani the capital of dotless ı is I; plain lower case has made an i of it. Only the first
     * letter can be told without the original, which is where names have their capital. */
    int dotless = had_capital_i && (is_lang(lang, "tr") || is_lang(lang, "az"));
    if (len <= cap && !dotless &&
        ((script == ALN_SCRIPT_LATN && is_ascii_word(s, end)) ||
         (script == ALN_SCRIPT_CYRL && is_cyrillic_word(s, end)))) {
        memcpy(out, exact, len);
        return len;
    }
    while (s < end) {
        uint32_t cp;
        size_t step = aln_utf8_next(s, end, &cp);
        if (dotless && s == (const unsigned char *)exact && cp == 'i')
            cp = 0x131;
        else if (script == ALN_SCRIPT_CYRL && cp < 0x400 && cp != '\'')
            cp = own_letter(cp, script);
        else if (script == ALN_SCRIPT_LATN && cp >= 0x400 && cp < 0x500)
            cp = own_letter(cp, script);
        else if (script == ALN_SCRIPT_ARAB) {
            if (cp == 0x643 || cp == 0x6A9 || cp == 0x6AA) /* KAF, KEHEH, SWASH KAF */
                cp = persian ? 0x6A9 : 0x643;
            else if (cp == 0x64A || cp == 0x6CC || cp == 0x649) /* YEH, FARSI YEH, ALEF MAKSURA */
                cp = persian ? 0x6CC : cp == 0x649 ? 0x649 : 0x64A;
            else if (cp == 0x6C0 || cp == 0x6D5) /* HEH WITH YEH ABOVE, AE */
                cp = 0x647;
        } else if (script == ALN_SCRIPT_GEOR && cp >= 0x2D00 && cp <= 0x2D25)
            cp -= 0x2D00 - 0x10D0; /* the church's alphabets, Nuskhuri and its capitals, letter for letter */
        char put[4];
        size_t k = cp == ALN_BAD_CP ? 0 : aln_utf8_put(cp, put);
        if (bytes + k > cap)
            break;
        memcpy(out + bytes, put, k);
        bytes += k;
        s += step;
    }
    return bytes;
}
