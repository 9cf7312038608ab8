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

/* Which pairs of short chunks follow one another: translit_bigrams.c. */
typedef struct aln_bigrams {
    uint8_t share;         /* sixteenths of a word's cost that are taken from here */
    uint16_t count;        /* of the chunk pairs */
    const uint32_t *pairs; /* sorted: chunk of the other side << 16 | chunk of letters, of two symbols at most */
    const uint8_t *costs;  /* of each on its own */
    const uint8_t *others; /* what is added to the cost of a pair that does not stand in the list of those behind it */
    const uint16_t *first; /* first of the pairs behind each, and one past the last */
    const uint16_t *next;  /* places of those, sorted */
    const uint8_t *next_costs;
} aln_bigrams;

struct aln_model {
    const char *name, *version, *languages; /* languages: ",ru,be," */
    uint8_t script, kind, boundaries;
    uint8_t systems; /* learned from the words as published systems romanize them, too */
    uint8_t x_ids, e_ids;
    const uint16_t *x_symbols, *e_symbols;
    uint32_t x_chunks, row_count, e_chunks;
    const uint32_t *x_keys;   /* sorted: chunk << 8 | cost of the chunk on its own */
    const uint16_t *x_first;  /* first row of each chunk, and one past the last */
    const uint32_t *rows;     /* letters' chunk << 8 | cost, sorted within a chunk of the other side */
    const uint32_t *e_keys;   /* sorted: chunk << 8 | cost of the chunk on its own */
    float none_base, none_slope; /* score of "none of these": base + slope * symbols */
    const aln_bigrams *bigrams;  /* NULL where there are none */
};

extern const aln_model *const aln_models[];
extern const uint32_t aln_models_count;

#endif
