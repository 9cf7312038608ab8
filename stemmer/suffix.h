/*
 * Stemming by ordered suffix rules: the engine of the Slavic stemmers and of the light ones. See suffix.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_STEMMER_SUFFIX_H
#define ALN_STEMMER_SUFFIX_H

#include <stddef.h>
#include <stdint.h>

#define ALN_SUFFIX_END 0xff

/* A node of the tries of reversed suffixes: byte leads to it from its parent. Children lie side by side, sorted by
 * byte. */
typedef struct aln_suffix_node {
    uint8_t byte;
    uint8_t children;
    uint8_t rules;
    uint16_t first_child;
    uint16_t first_rule;
} aln_suffix_node;

typedef struct aln_suffix_rule {
    uint8_t bytes;     /* to remove from the end */
    uint8_t letters;   /* the same in code points */
    uint8_t min;       /* letters that must remain, not counting the replacement */
    uint8_t put_bytes; /* replacement */
    uint8_t put_letters;
    uint8_t before;     /* how many sets must match what remains, from its end backwards */
    uint8_t next;       /* step to go on with, or ALN_SUFFIX_END */
    uint16_t put;       /* offset in pool */
    uint16_t first_set; /* in sets */
} aln_suffix_rule;

/* Letters that are written in two ways (Latin i in Cyrillic words) or that vary with what stands before the word
 * (Belarusian initial u/ŭ): from becomes to before the first step. */
typedef struct aln_suffix_map {
    char from[4], to[4]; /* NUL-terminated */
    uint8_t initial;     /* only at the beginning of the word */
} aln_suffix_map;

typedef struct aln_suffix_table {
    const aln_suffix_node *nodes;
    const aln_suffix_rule *rules;
    const uint16_t *roots;   /* of each step, in nodes */
    const uint32_t *sets;    /* masks of letter classes; 0 = the beginning of the word */
    const uint32_t *classes; /* of the letters from first_letter on: which classes a letter is in */
    const char *pool;
    uint32_t first_letter;
    uint16_t letter_count;
    uint32_t other; /* classes of all other letters: those that a negated set made */
    const aln_suffix_map *maps;
    uint8_t map_count;
    uint8_t steps;
} aln_suffix_table;

/* As aln_stem_fn of engine.h; table is an aln_suffix_table. */
size_t aln_suffix_stem(const void *table, char *word, size_t len, size_t cap);

#endif
