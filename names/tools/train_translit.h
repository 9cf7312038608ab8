/*
 * What the parts of the trainer share: pairs of names, the table of chunk pairs, and helpers of a program that may end.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_TRAIN_TRANSLIT_H
#define ALN_TRAIN_TRANSLIT_H

#include "../../plugin/core/symbols.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MAX_IDS 250     /* symbols a side */
#define COST_STEPS 16.0 /* a nat */
#define MAX_COST 255

/* Chunk shapes: symbols of the other side, letters. */
static const unsigned char shapes[][2] = {{1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}, {1, 3},
                                          {3, 1}, {2, 2}, {2, 3}, {3, 2}, {3, 3}};
#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))
#define SHORT_SHAPES 5 /* the first ones: at most three symbols in all */

typedef struct pair {
    const char *latin, *other;
    double count;
    unsigned char x[ALN_SYMBOLS_MAX], e[ALN_SYMBOLS_MAX]; /* numbers of the symbols, from 1 */
    unsigned nx, ne;
    int dropped; /* implausible */
} pair;

typedef struct chunk {
    uint64_t key; /* other side << 24 | Latin side; 0 = free slot */
    double p, expected;
} chunk;

typedef struct trainer {
    pair *pairs;
    size_t pair_count;
    chunk *slots; /* hashed by key */
    size_t slot_count, used;
    size_t shapes;                                   /* how many of them are in use */
    uint16_t x_ids[MAX_IDS + 1], e_ids[MAX_IDS + 1]; /* id - 1 -> code point, sorted */
    unsigned nx_ids, ne_ids;
} trainer;

/* Says what is wrong (detail may be NULL) and ends the program. */
void train_die(const char *what, const char *detail);
/* realloc() that ends the program where there is no memory. */
void *train_take(void *old, size_t count, size_t size);

/* The slot of a chunk pair, or the free one where it would stand. */
chunk *train_slot(trainer *t, uint64_t key);
/* Key of a symbols of the other side from i on beside b letters from j on. */
uint64_t train_key(const pair *p, unsigned i, unsigned j, unsigned a, unsigned b);
/* Keys sorted by this are in the order of their text. */
uint64_t train_reading_order(uint64_t key);
/* The text of one side of a chunk pair. */
void train_write_chunk(FILE *f, const uint16_t *ids, uint64_t ids_key);

/*
 * Which chunk pairs follow one another: counted over the best segmentations of all pairs that were not dropped, by a
 * table of short chunks, and written to path (names/README.md says how). share is passed on to the table.
 */
void train_bigrams(trainer *short_table, const char *name, const char *share, const char *path);

#endif
