/*
 * Layout of the table that names/tools/gen_han.py makes for han.c: a syllable number for each character of two blocks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_HAN_READINGS_H
#define ALN_GEN_HAN_READINGS_H

#include <stdint.h>

extern const char aln_han_syllables[][8];
extern const uint16_t aln_han_a[0x19C0];    /* from U+3400, CJK Unified Ideographs Extension A */
extern const uint16_t aln_han_main[0x5200]; /* from U+4E00, CJK Unified Ideographs */
extern const uint16_t aln_han_hangul[0x5200]; /* likewise: the Korean syllable less U+ABFF, 0 = none */
extern const uint16_t aln_han_surnames[][2];  /* characters read otherwise as a family name, sorted; the syllable */
extern const unsigned aln_han_surname_count;
extern const uint16_t aln_han_taiwan[][2];    /* characters that Taiwan reads otherwise, sorted; number of the syllable */
extern const unsigned aln_han_taiwan_count;
extern const unsigned aln_han_syllable_count; /* sorted; the first is empty */
extern const uint32_t aln_han_table_hash;

#endif
