/*
 * Whether a run of Han may be a foreign name by its characters: Chinese writes those with a few hundred, so that a run
 * of three with another one (姜錫勳) is a name of China, Korea or Japan, however like a foreign one it sounds.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_FOREIGN_H
#define ALN_CORE_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

/* The characters, sorted; names/foreign.tsv. */
extern const uint16_t aln_foreign_characters[];
extern const unsigned aln_foreign_character_count;
extern const uint32_t aln_foreign_hash;

/* Whether all characters of a word are such. */
int aln_may_be_foreign(const char *word, size_t len);

#endif
