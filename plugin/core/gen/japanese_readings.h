/*
 * Layout of the table that names/tools/gen_japanese.py makes for japanese.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_JAPANESE_READINGS_H
#define ALN_GEN_JAPANESE_READINGS_H

#include <stdint.h>

#define ALN_JAPANESE_READING 8
#define ALN_JAPANESE_ON 2
#define ALN_JAPANESE_KUN 2

extern const char aln_japanese_syllables[][ALN_JAPANESE_READING];
/* A character, sorted, then its readings of Chinese origin and its native ones as numbers of syllables; 0 = none. */
extern const uint16_t aln_japanese_characters[][1 + ALN_JAPANESE_ON + ALN_JAPANESE_KUN];
extern const unsigned aln_japanese_character_count;
extern const uint32_t aln_japanese_table_hash;

#endif
