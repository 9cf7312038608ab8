/*
 * Pinyin of Han characters from the packed table of Unihan's kMandarin (UAX #38). One reading a character: names with
 * characters of several readings (单 shan, 曾 zeng) are the gazetteer's work. ü is written u, as the press does (Lü Bu,
 * Lu Bu). Korean syllables are those of kHangul; at the head of a name, and of a given name of two syllables, l and n
 * change as the Orthography of Korean (Ministry of Education, notice 88-1, sections 10 to 12) has it: 李 is I, not Ri.
 *
 * SPDX-License-Identifier: MIT
 */
#include "han.h"
#include "gen/han_readings.h"
#include "utf8.h"
#include <string.h>

const char *aln_han_pinyin(uint32_t cp)
{
    if (cp >= 0x4E00 && cp <= 0x9FFF)
        return aln_han_syllables[aln_han_main[cp - 0x4E00]];
    if (cp >= 0x3400 && cp <= 0x4DBF)
        return aln_han_syllables[aln_han_a[cp - 0x3400]];
    return "";
}

const char *aln_han_pinyin_taiwan(uint32_t cp)
{
    for (unsigned i = 0; i < aln_han_taiwan_count; i++)
        if (aln_han_taiwan[i][0] == cp)
            return aln_han_syllables[aln_han_taiwan[i][1]];
    return aln_han_pinyin(cp);
}

int aln_is_pinyin(const char *word, size_t len, unsigned syllables)
{
    if (!syllables)
        return !len;
    for (unsigned i = 1; i < aln_han_syllable_count; i++) {
        size_t n = strlen(aln_han_syllables[i]);
        if (strcspn(aln_han_syllables[i], "aeiouv") == n) /* an interjection: hm, ng */
            continue;
        if (n <= len && memcmp(word, aln_han_syllables[i], n) == 0 && aln_is_pinyin(word + n, len - n, syllables - 1))
            return 1;
    }
    return 0;
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

/* The syllable at the head of a name: r becomes n, and r and n are lost before i and y. */
static uint32_t head_syllable(uint32_t syllable)
{
    enum { N = 2, R = 5, SILENT = 11 };
    uint32_t i = syllable - 0xAC00, lead = i / 588, vowel = i % 588 / 28;
    int soft = vowel == 2 || vowel == 3 || vowel == 6 || vowel == 7 || vowel == 12 || vowel == 17 || vowel == 20;
    if (lead == R)
        lead = soft ? SILENT : N;
    else if (lead == N && soft)
        lead = SILENT;
    return 0xAC00 + lead * 588 + i % 588;
}

static uint32_t family_syllable(uint32_t cp, uint32_t usual)
{
    for (unsigned i = 0; i < aln_han_surname_count; i++)
        if (aln_han_surnames[i][0] == cp)
            return aln_han_surnames[i][1];
    return usual;
}

/* Family names that are written with one syllable, those of more than ten thousand people in the census of 2015
 * (Statistics Korea). */
static const char families[] =
    "김이박정최조강장윤임한오서신권황안송유홍전고문손양배백허남심노하곽성차주우구나민진지엄"
    "채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부황복"
    "태목형두감음빈동온호범좌";

static int is_family(const char *syllable)
{
    for (const char *f = families; *f; f += 3)
        if (memcmp(f, syllable, 3) == 0)
            return 1;
    return 0;
}

size_t aln_han_hangul_of(const char *word, size_t len, char *out, size_t cap)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    size_t n = 0, count = aln_utf8_count(word, len);
    if (count < 2 || count > 4)
        return 0;
    for (size_t i = 0; s < end; i++) {
        uint32_t cp, syllable;
        s += aln_utf8_next(s, end, &cp);
        if (cp < 0x4E00 || cp > 0x9FFF || !aln_han_hangul[cp - 0x4E00] || cap - n < 3)
            return 0;
        syllable = 0xABFFu + aln_han_hangul[cp - 0x4E00];
        if (i == 0)
            syllable = family_syllable(cp, syllable);
        if (i == 0 || (i == 1 && count == 3))
            syllable = head_syllable(syllable);
        out[n++] = (char)(0xE0 | syllable >> 12);
        out[n++] = (char)(0x80 | (syllable >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (syllable & 0x3F));
        if (i == 0 && !is_family(out))
            return 0;
    }
    return n;
}

uint32_t aln_han_hash(void)
{
    return aln_han_table_hash;
}
