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

enum { L_SILENT = 11, T_NONE = 0, T_N = 4, T_L = 8, T_NG = 21, LEAD_N = 2, LEAD_R = 5, LEAD_M = 6, LEAD_H = 18 };

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

size_t aln_hangul_romanize(const char *word, size_t len, aln_roman *out, size_t max)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t n = 0;
    unsigned before = T_NONE;
    int started = 0;
    if (!max)
        return 0;
    for (;;) {
        uint32_t cp = 0;
        unsigned l = L_SILENT, v = 0, t = T_NONE;
        int syllable = 0;
        if (s < end) {
            s += aln_utf8_next(s, end, &cp);
            syllable = cp >= 0xAC00 && cp <= 0xD7A3;
        } else if (!started) {
            break;
        }
        const char *a, *b = "", *c = "";
        if (syllable) {
            unsigned i = (unsigned)(cp - 0xAC00);
            l = i / 588;
            v = i % 588 / 28;
            t = i % 28;
        }
        if (!syllable) {
            a = tail[before];
        } else if (l == L_SILENT) {
            a = linked[before];
            c = vowel[v];
        } else {
            int liquid = l == LEAD_R && (before == T_N || before == T_L);
            a = liquid ? "l" : l == LEAD_N || l == LEAD_M ? nasal[before] : tail[before];
            b = liquid || (l == LEAD_N && before == T_L) ? "l" : lead[l];
            c = vowel[v];
        }
        size_t la = strlen(a), lb = strlen(b), lc = strlen(c);
        if (n + la + lb + lc > ALN_ROMAN_MAX)
            break;
        memcpy(out->text + n, a, la);
        memcpy(out->text + n + la, b, lb);
        memcpy(out->text + n + la + lb, c, lc);
        n += la + lb + lc;
        before = syllable ? t : T_NONE;
        started = syllable;
        if (!syllable && s >= end)
            break;
    }
    out->len = (uint8_t)n;
    out->rank = 0;
    return n > 0;
}
