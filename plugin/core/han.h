/*
 * Readings of Han characters: the first kMandarin reading of Unihan, without tones, ü as v in the table and u in a
 * romanization; and the Korean one, as Korean names that are written in Han are read.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_HAN_H
#define ALN_CORE_HAN_H

#include <stddef.h>
#include <stdint.h>

/* Pinyin of a character without tone, "zhong"; "" if it has none. Static, NUL-terminated. */
const char *aln_han_pinyin(uint32_t cp);

/* The same as Taiwan reads it: 柏 is bo there. */
const char *aln_han_pinyin_taiwan(uint32_t cp);

/* Whether a word in small Latin letters is so many syllables of pinyin. */
int aln_is_pinyin(const char *word, size_t len, unsigned syllables);

/* Pinyin of a run of Han characters, syllables joined, cut to fit; anything else in it is left out. Returns the length.
 */
size_t aln_han_pinyin_of(const char *word, size_t len, char *out, size_t cap);

/* A Korean name of two to four characters in Hangul, the family name first. Returns its length in bytes; 0 if a
 * character has no reading, the first is no family name, or `out` is too small. */
size_t aln_han_hangul_of(const char *word, size_t len, char *out, size_t cap);

/* Hash of the table. */
uint32_t aln_han_hash(void);

#endif
