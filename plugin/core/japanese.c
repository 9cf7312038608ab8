/*
 * Japanese readings of Han characters. See japanese.h.
 *
 * A word is read in the Chinese way or in the native one, hardly ever in both. Sounds that meet change: ki, ku, chi and
 * tsu are doubled consonants before some (特 toku and 機 ki are tokki), and a native word's second part is voiced or
 * not (山田 is Yamada, 小松 Komatsu).
 *
 * SPDX-License-Identifier: MIT
 */
#include "japanese.h"
#include "gen/japanese_readings.h"
#include "utf8.h"
#include <string.h>

typedef struct readings {
    aln_japanese_reading *out;
    size_t count;
} readings;

static const uint16_t *row_of(uint32_t cp)
{
    size_t low = 0, high = aln_japanese_character_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (aln_japanese_characters[middle][0] < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < aln_japanese_character_count && aln_japanese_characters[low][0] == cp ? aln_japanese_characters[low]
                                                                                       : NULL;
}

static void keep(readings *r, const char *text, size_t len)
{
    if (r->count == ALN_JAPANESE_READINGS || !len || len > ALN_JAPANESE_MAX)
        return;
    for (size_t i = 0; i < r->count; i++)
        if (r->out[i].len == len && memcmp(r->out[i].text, text, len) == 0)
            return;
    memcpy(r->out[r->count].text, text, len);
    r->out[r->count++].len = (uint8_t)len;
}

static int ends_with(const char *text, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && memcmp(text + len - n, end, n) == 0;
}

/* Adds a reading of Chinese origin behind others. Returns the new length. */
static size_t add_on(char *text, size_t len, const char *next)
{
    char first = *next;
    size_t dropped = 0;
    const char *doubled = first == 'c' ? "t" : first == 'k' || first == 's' || first == 't' ? next : NULL;
    int h = first == 'h' || first == 'f';
    if (first == 'k' && len > 2 && (ends_with(text, len, "ku") || ends_with(text, len, "ki")))
        dropped = 2;
    else if ((doubled || h) && len > 3 && ends_with(text, len, "tsu"))
        dropped = 3;
    else if ((doubled || h) && len > 3 && ends_with(text, len, "chi"))
        dropped = 3;
    len -= dropped;
    if (dropped)
        text[len++] = h ? 'p' : *doubled;
    size_t n = strlen(next);
    memcpy(text + len, next, n + 1);
    if (dropped && h)
        text[len] = 'p';
    return len + n;
}

/* Adds the voiced form of a native reading; returns the new length, 0 if it has none. */
static size_t add_voiced(char *text, size_t len, const char *next)
{
    static const char *const voiced[][2] = {{"sh", "j"}, {"ch", "j"}, {"ts", "z"}, {"k", "g"}, {"s", "z"},
                                            {"t", "d"},  {"h", "b"},  {"f", "b"},  {"", NULL}};
    size_t i = 0;
    while (strncmp(next, voiced[i][0], strlen(voiced[i][0])) != 0)
        i++;
    if (!voiced[i][1])
        return 0;
    size_t n = strlen(voiced[i][1]), m = strlen(next + strlen(voiced[i][0]));
    memcpy(text + len, voiced[i][1], n);
    memcpy(text + len + n, next + strlen(voiced[i][0]), m + 1);
    return len + n + m;
}

/* All readings of one kind, from the i-th character on. */
static void combine(readings *r, const uint16_t *const *rows, size_t count, size_t i, int native, const char *before,
                    size_t len)
{
    if (i == count) {
        keep(r, before, len);
        return;
    }
    const uint16_t *row = rows[i] + 1 + (native ? ALN_JAPANESE_ON : 0);
    for (int k = 0; k < (native ? ALN_JAPANESE_KUN : ALN_JAPANESE_ON) && row[k]; k++) {
        char text[(ALN_JAPANESE_CHARACTERS + 1) * ALN_JAPANESE_READING];
        const char *syllable = aln_japanese_syllables[row[k]];
        memcpy(text, before, len);
        if (!native) {
            combine(r, rows, count, i + 1, native, text, add_on(text, len, syllable));
            continue;
        }
        size_t n = strlen(syllable), changed;
        memcpy(text + len, syllable, n + 1);
        combine(r, rows, count, i + 1, native, text, len + n);
        if (i && (changed = add_voiced(text, len, syllable)) != 0)
            combine(r, rows, count, i + 1, native, text, changed);
    }
}

size_t aln_japanese_readings(const char *word, size_t len, aln_japanese_reading out[ALN_JAPANESE_READINGS])
{
    readings r = {out, 0};
    const uint16_t *rows[ALN_JAPANESE_CHARACTERS];
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t count = 0;
    while (s < end) {
        char buf[ALN_IMAGE_SPELLING];
        uint32_t cp;
        size_t step = (size_t)aln_utf8_next(s, end, &cp), n = step;
        const char *simple = aln_image_spelling((const char *)s, &n, buf);
        (void)aln_utf8_next((const unsigned char *)simple, (const unsigned char *)simple + n, &cp);
        if (count == ALN_JAPANESE_CHARACTERS || (rows[count++] = row_of(cp)) == NULL)
            return 0;
        s += step;
    }
    if (len == 6 && memcmp(word, "\u65E5\u672C", 6) == 0) { /* Japan is read in ways that its characters have not */
        keep(&r, "nihon", 5);
        keep(&r, "nippon", 6);
        return r.count;
    }
    combine(&r, rows, count, 0, 0, "", 0);
    combine(&r, rows, count, 0, 1, "", 0);
    return r.count;
}

static int is_vowel(char c)
{
    return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

/* Bytes of the consonants of a Japanese syllable at the head of a text: none before a vowel. SIZE_MAX if it has none.
 */
static size_t consonants(const char *s, size_t len)
{
    static const char *const heads[] = {"sh", "ch", "ts", "ky", "gy", "ny", "hy", "by", "py", "my", "ry", "k", "g", "s",
                                        "z",  "j",  "t",  "d",  "n",  "h",  "f",  "b",  "p",  "m",  "y",  "r", "w", ""};
    for (size_t i = 0;; i++) {
        size_t n = strlen(heads[i]);
        if (n < len && memcmp(s, heads[i], n) == 0 && is_vowel(s[n]))
            return n;
        if (!n)
            return SIZE_MAX;
    }
}

size_t aln_japanese_word(const char *word, size_t len, char out[ALN_JAPANESE_MAX])
{
    char plain[2 * ALN_JAPANESE_MAX];
    size_t n = 0, m = 0;
    for (size_t i = 0; i < len; i++) {
        static const char *const macrons[][2] = {
            {"\u0101", "a"}, {"\u012B", "i"}, {"\u016B", "u"}, {"\u0113", "e"}, {"\u014D", "o"}};
        char c = word[i];
        for (size_t k = 0; k < 5; k++)
            if (len - i >= 2 && memcmp(word + i, macrons[k][0], 2) == 0)
                c = *macrons[k][1];
        i += c != word[i];
        if (n == sizeof plain || c < 'a' || c > 'z')
            return 0;
        plain[n++] = c;
    }
    for (size_t i = 0; i < n;) {
        const char *s = plain + i;
        size_t left = n - i, head = consonants(s, left);
        if (head != SIZE_MAX) {
            if (m + head + 1 > ALN_JAPANESE_MAX)
                return 0;
            memcpy(out + m, s, head + 1);
            m += head + 1;
            i += head + 1;
            if (i < n && ((plain[i] == 'u' && (plain[i - 1] == 'o' || plain[i - 1] == 'u')) ||
                          (plain[i] == 'o' && plain[i - 1] == 'o')))
                i++; /* a long vowel */
            continue;
        }
        /* n ends a syllable, m before lips; a doubled consonant */
        int nasal = *s == 'n' || (*s == 'm' && left > 1 && memchr("bpm", s[1], 3));
        int doubled = i && left > 1 && (*s == s[1] || (*s == 't' && s[1] == 'c')) && memchr("kstp", *s, 4);
        if ((!nasal && !doubled) || m == ALN_JAPANESE_MAX)
            return 0;
        out[m++] = nasal ? 'n' : *s;
        i++;
    }
    return m;
}

static int is_character(const aln_unit *unit, const char *simple)
{
    char buf[ALN_IMAGE_SPELLING];
    size_t len = unit->word->exact_len;
    const char *text = aln_image_spelling(unit->word->exact, &len, buf);
    return (unit->flags & ALN_UNIT_CHAR) && len == 3 && memcmp(text, simple, 3) == 0;
}

int aln_is_japanese_firm(const aln_window *window, size_t *form)
{
    if (window->unit_count > ALN_JAPANESE_UNITS)
        return 0;
    for (size_t i = 2; i + 1 < window->unit_count; i++)
        if (is_character(&window->units[i], "\u4F1A") && is_character(&window->units[i + 1], "\u793E")) {
            *form = i - 2;
            return window->unit_count > 4;
        }
    return 0;
}

uint32_t aln_japanese_hash(void)
{
    return aln_japanese_table_hash;
}
