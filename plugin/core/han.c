/*
 * Pinyin of Han characters from the packed table of Unihan's kMandarin (UAX #38). One reading a character: names with
 * characters of several readings (单 shan, 曾 zeng) are the gazetteer's work. ü is written u, as the press does (Lü Bu,
 * Lu Bu).
 *
 * SPDX-License-Identifier: MIT
 */
#include "han.h"
#include "gen/han_readings.h"
#include "utf8.h"

const char *aln_han_pinyin(uint32_t cp)
{
    if (cp >= 0x4E00 && cp <= 0x9FFF)
        return aln_han_syllables[aln_han_main[cp - 0x4E00]];
    if (cp >= 0x3400 && cp <= 0x4DBF)
        return aln_han_syllables[aln_han_a[cp - 0x3400]];
    return "";
}

size_t aln_han_pinyin_of(const char *word, size_t len, char *out, size_t cap)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t n = 0;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        for (const char *p = aln_han_pinyin(cp); *p && n < cap; p++)
            out[n++] = *p == 'v' ? 'u' : *p;
    }
    return n;
}

uint32_t aln_han_hash(void)
{
    return aln_han_table_hash;
}
