/*
 * Readings of Han characters: the first kMandarin reading of Unihan, without tones, ü as v in the table and u in a
 * romanization.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_HAN_H
#define ALN_CORE_HAN_H

#include "romanize.h"
#include <stddef.h>
#include <stdint.h>

/* Pinyin of a character without tone, "zhong"; "" if it has none. Static, NUL-terminated. */
const char *aln_han_pinyin(uint32_t cp);

/* The one reading of a run of Han characters, syllables joined; anything else in it is left out. As aln_romanize(). */
size_t aln_han_romanize(const char *word, size_t len, aln_roman *out, size_t max);

/* Hash of the table. */
uint32_t aln_han_hash(void);

#endif
