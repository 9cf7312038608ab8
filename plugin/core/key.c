/*
 * The name key, and why it joins what it joins.
 *
 * A key is read off the common romanization in three passes over at most KEY_WORK letters.
 *
 * 1. Consonants. A sound that the common form writes with two letters becomes one: sh w, ch q, zh j, ts c, kh h.
 *    Joined:
 *    - q k c ck, w v, ph f, x ks: letters differ, not sounds
 *    - kh h: Cyrillic х, Arabic خ ح ه are both
 *    - gh g, th t, dh d, dz z: most receiving scripts have no such sounds
 *    - zh j dzh dj: Kazakh ж is all of them (Jomart, Zhomart; Dzhaparov, Japarov)
 *    - shch sh: щ is shch, sch, šč, ŝ
 *    - nb mb, np mp: Istanbul, Istambul; Shinbashi, Shimbashi
 *    - doubled letters: Kassym, Kasym
 *
 * 2. Vowels. y is i everywhere (ы й и і ij -iy -yi -ii: Zelenskyy, Zelensky, Zelenski). Joined:
 *    - ou oo u, ee i, aa a: French, English and Arabic-based long vowels
 *    - eo o, eu u: Korean
 *    - au av before no vowel: Greek αυ, Belarusian ў, Latin words in Slavic languages (Australia, Avstraliya)
 *    - eu ev at the beginning: Europe, Evropa; Eugene, Yevgeniy; not Korean Eun
 *    - i before e, o, u: iotation is written or not (Yeltsin, Eltsin; Medvedev, Miedviediev; Lyudmila, Ludmila)
 *    - i between vowels: Tokayev, Tokaev, Tokaiev
 *    - e i: Greek η, Turkic vowels, unstressed e and i in Russian
 *    But i before a stays after a consonant: it alone keeps Jiang apart from Zhang. And a, e, o, u differ: Karimov is
 *    not Kerimov.
 *
 * 3. Ends.
 *    - h after a vowel is mute: Fatimah
 *    - a, o, u go if enough is left: a stem in one language has lost them, the word in another has not (Warszawa,
 *      Варшав). The vowel before stays, and Nigeria is not Niger
 *    - likewise i, if one sound more is left: Зеленск(ий), Zelensky, Zełenski
 *    - f is v: Romanoff
 *    - ov after a husher is ev: Khrushchov
 *
 * Unlike Double Metaphone, which keeps no vowels, a key keeps Iran from Iraq, Tokayev from Tokarev, Xi'an from Xiamen.
 * Unlike Beider-Morse it does not guess the language: schemes have read it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "key.h"
#include <string.h>

#define KEY_WORK ALN_ROMAN_MAX
#define KEY_CODE_VERSION 4u
/* Keys of so few letters keep their last vowel. */
#define END_KEPT 3
/* A skeleton of fewer letters is only asked for in a name of several words. */
#define SKELETON_ALONE 2

static int is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Letters of common romanization that are one sound, longest first within a letter, letters in their order. */
static const struct digraph {
    char from[5];
    char to[3];
} digraphs[] = {
    {"ck", "k"}, {"ch", "q"}, {"dzh", "j"}, {"dj", "j"},  {"dz", "z"}, {"dh", "d"}, {"gh", "g"}, {"kh", "h"},
    {"ph", "f"}, {"sh", "w"}, {"tch", "q"}, {"tsh", "q"}, {"ts", "c"}, {"tz", "c"}, {"th", "t"}, {"zh", "j"},
};

#define DIGRAPHS (sizeof digraphs / sizeof *digraphs)

/* Their second letters, c h j k s z, a bit for each from a on: most letters stand before another one. */
#define SECONDS (1u << 2 | 1u << 7 | 1u << 9 | 1u << 10 | 1u << 18 | 1u << 25)

static int may_be_digraph(const char *at, size_t len)
{
    return len > 1 && at[1] >= 'a' && at[1] <= 'z' && (SECONDS >> (at[1] - 'a') & 1);
}

/* The first of each letter, and one: none. */
static const uint8_t digraphs_of[26] = {['c' - 'a'] = 1, ['d' - 'a'] = 3,  ['g' - 'a'] = 7,  ['k' - 'a'] = 8,
                                        ['p' - 'a'] = 9, ['s' - 'a'] = 10, ['t' - 'a'] = 11, ['z' - 'a'] = 16};
/* A letter alone: c, q and x (before s) are k, w is v, y is i. */
static const char alone[27] = "abkdefghijklmnopkrstuvvkiz";

/* Pass 1: into out[KEY_WORK]; returns the length. */
static size_t consonants(const char *r, size_t len, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < len && n + 2 <= KEY_WORK;) {
        char c = r[i], first;
        size_t used = 1;
        if (c < 'a' || c > 'z') {
            i++;
            continue;
        }
        first = alone[c - 'a'];
        size_t d = may_be_digraph(r + i, len - i) ? digraphs_of[c - 'a'] : 0;
        for (; d && d <= DIGRAPHS && digraphs[d - 1].from[0] == c; d++) {
            size_t l = strlen(digraphs[d - 1].from);
            if (l <= len - i && !memcmp(r + i, digraphs[d - 1].from, l)) {
                first = digraphs[d - 1].to[0];
                used = l;
                break;
            }
        }
        i += used;
        if (first == 'q' && n && out[n - 1] == 'w')
            continue; /* shch */
        if ((first == 'b' || first == 'p') && n && out[n - 1] == 'n')
            out[n - 1] = 'm';
        if (n && out[n - 1] == first && !is_vowel(first))
            continue;
        out[n++] = first;
        if (used == 1 && c == 'x')
            out[n++] = 's';
    }
    return n;
}

/* Pass 2, in place. */
static size_t vowels(char *k, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = k[i], next = i + 1 < len ? k[i + 1] : 0;
        if (c == 'o' && (next == 'u' || next == 'o')) {
            c = 'u';
            i++;
        } else if (c == 'e' && next == 'e') {
            c = 'i';
            i++;
        } else if (c == 'e' && next == 'u' && i == 0 && len > 3 && k[2] != 'n' && !is_vowel(k[2])) {
            k[1] = 'v';
        } else if (c == 'e' && (next == 'o' || next == 'u')) {
            c = next;
            i++;
        } else if (is_vowel(c) && next == c) {
            while (i + 1 < len && k[i + 1] == c)
                i++;
        }
        next = i + 1 < len ? k[i + 1] : 0;
        if (c == 'i' && (next == 'e' || next == 'o' || next == 'u'))
            continue;
        if (c == 'i' && next == 'a' && n && is_vowel(k[n - 1]) && k[n - 1] != 'i')
            continue;
        if (c == 'e')
            c = 'i';
        if (c == 'u' && n && k[n - 1] == 'a' && !is_vowel(next))
            c = 'v';
        if (c == 'i' && n && k[n - 1] == 'i')
            continue;
        k[n++] = c;
    }
    return n;
}

/* Pass 3, in place. */
static size_t ends(char *k, size_t n)
{
    if (n > 2 && k[n - 1] == 'h' && is_vowel(k[n - 2]))
        n--;
    if ((n > END_KEPT && (k[n - 1] == 'a' || k[n - 1] == 'o' || k[n - 1] == 'u')) ||
        (n > END_KEPT + 1 && k[n - 1] == 'i'))
        n--;
    if (n > 2 && k[n - 1] == 'f')
        k[n - 1] = 'v';
    if (n > 3 && k[n - 1] == 'v' && k[n - 2] == 'o' && (k[n - 3] == 'q' || k[n - 3] == 'w' || k[n - 3] == 'j'))
        k[n - 2] = 'i';
    return n;
}

size_t aln_key_of(const char *roman, size_t len, char *out)
{
    char k[KEY_WORK];
    size_t n = ends(k, vowels(k, consonants(roman, len, k)));
    if (n > ALN_KEY_MAX)
        n = ALN_KEY_MAX;
    memcpy(out, k, n);
    return n;
}

size_t aln_skeleton_of(const char *roman, size_t len, char *out)
{
    char k[KEY_WORK];
    size_t n = 0, m;
    /* h at the end is mute or a feminine ending, kh is a consonant */
    if (len > 1 && roman[len - 1] == 'h' && (is_vowel(roman[len - 2]) || roman[len - 2] == 'l'))
        len--;
    m = consonants(roman, len, k);
    for (size_t i = 0; i < m && n < ALN_KEY_MAX - 1; i++) {
        char c = k[i];
        if (is_vowel(c)) {
            if (i)
                continue;
            /* one carrier letter stands for any vowel at the beginning; y is a letter there */
            c = roman[0] == 'y' || (c == 'i' && i + 1 < m && is_vowel(k[i + 1])) ? 'i' : 'a';
        } else if (c == 'p') {
            c = 'b';
        } else if (c == 'v') {
            c = 'f';
        } else if (c == 'j') {
            c = 'g';
        }
        if (n && out[n - 1] == c)
            continue;
        out[n++] = c;
    }
    return n;
}

static size_t put(aln_key *out, size_t n, size_t max, const char *text, size_t len, unsigned rank,
                  const aln_scheme *scheme)
{
    if (!len || n >= max)
        return n;
    for (size_t i = 0; i < n; i++)
        if (out[i].len == len && !memcmp(out[i].text, text, len))
            return n;
    memcpy(out[n].text, text, len);
    out[n].len = (uint8_t)len;
    out[n].rank = (uint8_t)rank;
    out[n].scheme = scheme;
    return n + 1;
}

/* The Arabic article, alif and lam. */
static int has_article(const char *word, size_t len)
{
    return len > 8 && !memcmp(word, "\xD8\xA7\xD9\x84", 4);
}

/* Keys of a word in a script that leaves vowels out. */
static size_t abjad_keys(const aln_roman *romans, size_t count, int purpose, const aln_scheme *scheme, aln_key *out,
                         size_t n, size_t max)
{
    char text[ALN_KEY_MAX];
    for (size_t r = 0; r < count; r++) {
        size_t l = aln_skeleton_of(romans[r].text, romans[r].len, text + 1);
        text[0] = '1';
        if (l < SKELETON_ALONE && purpose == ALN_KEYS_WORD)
            continue;
        n = put(out, n, max, text, l ? l + 1 : 0, romans[r].rank, scheme);
        text[0] = '0';
        if (l && purpose != ALN_KEYS_FILE)
            n = put(out, n, max, text, l + 1, romans[r].rank + 1u, scheme);
    }
    return n;
}

size_t aln_word_keys(const aln_scheme *const *schemes, size_t n_schemes, const char *word, size_t len, int purpose,
                     aln_key *out, size_t max)
{
    aln_roman romans[ALN_ROMANS_MAX];
    char text[ALN_KEY_MAX];
    size_t n = 0, skeleton = 0, bound = purpose == ALN_KEYS_FILE ? ALN_KEYS_DOCUMENT : ALN_KEYS_QUERY;
    const aln_scheme *skeleton_scheme = NULL;
    char skeleton_text[ALN_KEY_MAX];
    if (max > bound)
        max = bound;
    for (size_t s = 0; s < n_schemes && n < max; s++) {
        const aln_scheme *scheme = schemes[s];
        if (!scheme)
            continue;
        size_t count =
            aln_romanize(scheme, word, len, romans, purpose == ALN_KEYS_FILE ? ALN_KEYS_DOCUMENT : ALN_ROMANS_MAX);
        if (aln_scheme_is_abjad(scheme)) {
            n = abjad_keys(romans, count, purpose, scheme, out, n, max);
            /* the article is a word of its own in other scripts: it is filed as one */
            if (purpose == ALN_KEYS_FILE && has_article(word, len))
                n = put(out, n, max, "1al", 3, 1, scheme);
            continue;
        }
        for (size_t r = 0; r < count; r++)
            n = put(out, n, max, text, aln_key_of(romans[r].text, romans[r].len, text), (unsigned)(romans[r].rank + s),
                    scheme);
        if (count && !skeleton_scheme) {
            skeleton_scheme = scheme;
            skeleton = aln_skeleton_of(romans->text, romans->len, skeleton_text + 1);
        }
    }
    if (skeleton && max && (skeleton >= SKELETON_ALONE || purpose != ALN_KEYS_WORD)) {
        /* the least likely readings give way */
        size_t room = purpose == ALN_KEYS_NAME ? 2 : 1;
        if (n + room > max)
            n = max > room ? max - room : 0;
        skeleton_text[0] = purpose == ALN_KEYS_FILE ? '0' : '1';
        n = put(out, n, max, skeleton_text, skeleton + 1, 2, skeleton_scheme);
        skeleton_text[0] = '0';
        if (purpose == ALN_KEYS_NAME)
            n = put(out, n, max, skeleton_text, skeleton + 1, 3, skeleton_scheme);
    }
    return n;
}

uint32_t aln_key_version(void)
{
    return KEY_CODE_VERSION;
}
