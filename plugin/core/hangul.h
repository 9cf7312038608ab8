/*
 * Romanization of Hangul by its jamo, with the changes of sound at syllable borders.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_HANGUL_H
#define ALN_CORE_HANGUL_H

#include "romanize.h"
#include <stddef.h>

/* As aln_romanize(): the usual reading of a run of Hangul syllables. */
size_t aln_hangul_romanize(const char *word, size_t len, aln_roman *out, size_t max);

#endif
