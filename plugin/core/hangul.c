/*
 * Romanization of Hangul syllables: Revised Romanization of Korean (Ministry of Culture and Tourism, notice 2000-8),
 * reduced to what matters to a name key. Syllables are taken apart arithmetically (Unicode 15, section 3.12). A final
 * consonant before a silent lead moves over to the next syllable; finals are otherwise unreleased (k, t, p); n and l,
 * and stops before nasals, assimilate as the Revised Romanization's section 3 has it, except in what it does not mark
 * in names (tensing).
 *
 * SPDX-License-Identifier: MIT
 */
#include "hangul.h"
#include "utf8.h"
#include <string.h>

enum {
    L_SILENT = 11,
    T_NONE = 0,
    T_N = 4,
    T_L = 8,
    T_M = 16,
    T_NG = 21,
    LEAD_N = 2,
    LEAD_R = 5,
    LEAD_M = 6,
    LEAD_S = 9,
    LEAD_SS = 10
};

static const char lead[19][4] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                 "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
static const char vowel[21][4] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
                                  "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"};
static const char tail[28][4] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                 "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
/* what a final becomes before a vowel */
static const char linked[28][4] = {"",   "g", "kk", "ks", "n",  "nj", "n",  "d",  "r", "lg", "lm", "lb", "ls", "lt",
                                   "lp", "r", "m",  "b",  "ps", "s",  "ss", "ng", "j", "ch", "k",  "t",  "p",  ""};
/* and before n, m */
static const char nasal[28][4] = {"",  "ng", "ng", "ng", "n", "n", "n", "n",  "l", "ng", "m",  "l", "l", "l",
                                  "m", "l",  "m",  "m",  "m", "n", "n", "ng", "n", "n",  "ng", "n", "m", "n"};

/* How the plain stops and the affricate are written where they begin a syllable: RR, press (Kim, Park, Jung),
 * McCune-Reischauer. */
enum { REVISED, PRESS, REISCHAUER, STYLES };

static const char *lead_of(unsigned l, int style, int voiced)
{
    enum { G = 0, D = 3, B = 7, J = 12 };
    if (style == REVISED || voiced)
        return lead[l];
    if (l == G)
        return "k";
    if (l == D)
        return "t";
    if (l == B)
        return "p";
    return l == J && style == REISCHAUER ? "ch" : lead[l];
}

/* Adds a string; returns the new length, or the old one if there is no room. */
static size_t add(char *text, size_t n, const char *s)
{
    size_t l = strlen(s);
    if (n + l > ALN_ROMAN_MAX)
        return n;
    memcpy(text + n, s, l);
    return n + l;
}

static size_t romanize(const char *word, size_t len, int style, char *text)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t n = 0;
    unsigned before = T_NONE;
    int inside = 0; /* after a syllable */
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp < 0xAC00 || cp > 0xD7A3) {
            n = add(text, n, tail[before]);
            before = T_NONE;
            inside = 0;
            continue;
        }
        unsigned i = (unsigned)(cp - 0xAC00), l = i / 588;
        if (l == L_SILENT) {
            n = add(text, n, linked[before]);
        } else {
            int liquid = l == LEAD_R && (before == T_N || before == T_L);
            /* McCune-Reischauer writes stops voiced after a vowel and after m, n, ng, l */
            int voiced =
                inside && (before == T_NONE || before == T_N || before == T_L || before == T_M || before == T_NG);
            const char *end_before = liquid ? "l" : l == LEAD_N || l == LEAD_M ? nasal[before] : tail[before];
            /* a stop made with the tongue's tip is lost in s */
            if ((l == LEAD_S || l == LEAD_SS) && end_before[0] == 't')
                end_before = "";
            n = add(text, n, end_before);
            n = add(text, n, liquid || (l == LEAD_N && before == T_L) ? "l" : lead_of(l, style, voiced));
        }
        n = add(text, n, vowel[i % 588 / 28]);
        before = i % 28;
        inside = 1;
    }
    return add(text, n, tail[before]);
}

size_t aln_hangul_romanize(const char *word, size_t len, aln_roman *out, size_t max)
{
    static const int order[STYLES] = {PRESS, REVISED, REISCHAUER};
    size_t n = 0;
    for (int k = 0; k < STYLES && n < max; k++) {
        size_t i = 0, l = romanize(word, len, order[k], out[n].text);
        while (i < n && (out[i].len != l || memcmp(out[i].text, out[n].text, l) != 0))
            i++;
        if (!l || i < n)
            continue;
        out[n].len = (uint8_t)l;
        out[n++].rank = (uint8_t)k;
    }
    return n;
}
