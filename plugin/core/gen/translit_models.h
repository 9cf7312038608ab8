/*
 * Packed transliteration models: what pack_models.py writes and translit.c reads.
 *
 * A chunk is up to three symbols, each a number from 1 into a sorted list of code points, 8 bits a symbol, the last in the
 * low bits; 0 is the empty chunk. Costs are -log p in steps of 1/16 nat.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_TRANSLIT_MODELS_H
#define ALN_GEN_TRANSLIT_MODELS_H

#include "../translit.h"

struct aln_model {
    const char *name, *version, *languages; /* languages: ",ru,be," */
    uint8_t script, kind, boundaries;
    uint8_t x_ids, e_ids;
    const uint16_t *x_symbols, *e_symbols;
    uint32_t x_chunks, row_count, e_chunks;
    const uint32_t *x_keys;   /* sorted: chunk << 8 | cost of the chunk on its own */
    const uint16_t *x_first;  /* first row of each chunk, and one past the last */
    const uint32_t *rows;     /* letters' chunk << 8 | cost, sorted within a chunk of the other side */
    const uint32_t *e_keys;   /* sorted: chunk << 8 | cost of the chunk on its own */
    float none_base, none_slope; /* score of "none of these": base + slope * symbols */
};

extern const aln_model *const aln_models[];
extern const uint32_t aln_models_count;

#endif
