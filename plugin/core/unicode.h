/*
 * Properties of code points that utf8proc does not have: Word_Break (UAX #29), Script (UAX #24), Extended_Pictographic
 * (UTS #51). Categories, case and normalization come from utf8proc. The table is made by names/tools/gen_unicode.py.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_UNICODE_H
#define ALN_CORE_UNICODE_H

#include "script.h"
#include <stddef.h>
#include <stdint.h>

/* Word_Break values, in the order of the generator. */
typedef enum aln_wb {
    ALN_WB_OTHER,
    ALN_WB_CR,
    ALN_WB_LF,
    ALN_WB_NEWLINE,
    ALN_WB_EXTEND,
    ALN_WB_ZWJ,
    ALN_WB_FORMAT,
    ALN_WB_KATAKANA,
    ALN_WB_HEBREW_LETTER,
    ALN_WB_ALETTER,
    ALN_WB_SINGLE_QUOTE,
    ALN_WB_DOUBLE_QUOTE,
    ALN_WB_MIDNUMLET,
    ALN_WB_MIDLETTER,
    ALN_WB_MIDNUM,
    ALN_WB_NUMERIC,
    ALN_WB_EXTENDNUMLET,
    ALN_WB_REGIONAL_INDICATOR,
    ALN_WB_WSEGSPACE
} aln_wb;

extern const char aln_unicode_version[];
extern const uint8_t aln_unicode_index[];
extern const uint16_t aln_unicode_cells[][128];
/* For each lead byte from C0 to DF the continuation bytes that make a letter (AHLetter) of it, from the lowest bit. */
extern const uint64_t aln_unicode_letters[32];
/* What folding makes of the code points below ALN_FOLDS that normalization (NFKC) does not touch unless a mark follows:
 * the lower case and ALN_FOLDS_…; 0 = not that simple. */
#define ALN_FOLDS 0x700u
#define ALN_FOLDS_LOWER 0x7FFu
#define ALN_FOLDS_LETTER (1u << 12)
#define ALN_FOLDS_CAPITAL (1u << 13)
#define ALN_FOLDS_DIGIT (1u << 14)
#define ALN_FOLDS_LEFT_OUT (1u << 15)
extern const uint16_t aln_unicode_folds[ALN_FOLDS];

/* All properties of a code point in one cell; cp must be below 0x110000. */
static inline uint16_t aln_unicode_cell(uint32_t cp)
{
    return aln_unicode_cells[aln_unicode_index[cp >> 7]][cp & 127];
}
static inline aln_wb aln_cell_wb(uint16_t cell)
{
    return (aln_wb)(cell & 31);
}
static inline aln_script aln_cell_script(uint16_t cell)
{
    return (aln_script)((cell >> 5) & 63);
}
static inline int aln_cell_pictographic(uint16_t cell)
{
    return (cell >> 11) & 1;
}

#endif
