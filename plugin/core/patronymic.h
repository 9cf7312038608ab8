/*
 * What tells a patronymic from the other parts of a name: its ending, or a word of its own behind the father's name.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_PATRONYMIC_H
#define ALN_CORE_PATRONYMIC_H

#include "script.h"
#include <stddef.h>
#include <stdint.h>

/* An ending, or a word of its own; names/patronymics.tsv. */
typedef struct aln_patronymic {
    const char *text; /* folded */
    uint8_t len;
    uint8_t script; /* aln_script */
    uint8_t word;   /* a word behind the father's name; else an ending */
} aln_patronymic;

extern const aln_patronymic aln_patronymics[];
extern const unsigned aln_patronymic_count;
extern const uint32_t aln_patronymics_hash;

/* Whether a folded word is a patronymic by its ending. */
int aln_is_patronymic(aln_script script, const char *word, size_t len);

/* Whether a folded word makes a patronymic of the word before. */
int aln_makes_patronymic(aln_script script, const char *word, size_t len);

#endif
