/*
 * Tables of symbols.c: base letters of Latin letters and Mandarin readings of Han characters. translit_symbols.c is made by
 * names/tools/gen_symbols.py.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_TRANSLIT_SYMBOLS_H
#define ALN_GEN_TRANSLIT_SYMBOLS_H

#include <stdint.h>

typedef struct aln_latin_letter {
    uint16_t cp;
    char base[3];
} aln_latin_letter;

#define ALN_PINYIN_FIRST 0x3400u
#define ALN_PINYIN_LAST 0x9FFFu

extern const uint16_t aln_latin_count;
extern const aln_latin_letter aln_latin_letters[]; /* sorted by code point */
extern const char aln_pinyin_syllables[][7];
extern const uint16_t aln_pinyin_index[]; /* from ALN_PINYIN_FIRST on: number of a syllable, 0 = none */

#endif
