/*
 * The surname that another one is made of: Bibi, of a woman called Bibiová.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SURNAME_H
#define ALN_CORE_SURNAME_H

#include <stddef.h>

/* How many bytes of a word (lower case) are the surname that a woman's, in any case, is made of in a language (BCP 47);
 * 0 where it is none, or the language does not do so. */
size_t aln_surname_of(const char *lang, const char *word, size_t len);

#endif
