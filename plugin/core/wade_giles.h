/*
 * Wade-Giles, the romanization of Taiwan's passports and of older books, from pinyin: jun is chun, xing is hsing.
 * Without marks and apostrophes, as newspapers print it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_WADE_GILES_H
#define ALN_CORE_WADE_GILES_H

#include <stddef.h>

/* Bytes of a syllable at most. */
#define ALN_WADE_GILES_MAX 8

/* A syllable of pinyin (ü as v) into out[ALN_WADE_GILES_MAX]; returns its length, 0 if it is none. */
size_t aln_wade_giles(const char *pinyin, char *out);

#endif
