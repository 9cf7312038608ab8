/*
 * Snowball's stemmers, as libstemmer compiles them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_STEMMER_SNOWBALL_H
#define ALN_STEMMER_SNOWBALL_H

#include <stddef.h>

/* Longer words come back unchanged: they are no words, and libstemmer counts in int. */
#define ALN_SNOWBALL_MAX_BYTES 1024

struct sb_stemmer;

/* NULL: libstemmer has no such algorithm. libstemmer does not tell that from a lack of memory; the algorithms of the
 * manifest exist in every libstemmer since 2.0, so the caller takes NULL for a lack of memory. */
struct sb_stemmer *aln_snowball_new(const char *algorithm);
void aln_snowball_free(struct sb_stemmer *stemmer);
/* Stems in place; returns the length. */
size_t aln_snowball_stem(struct sb_stemmer *stemmer, char *word, size_t len, size_t cap);

#endif
