/*
 * Records: texts of a few words, as lists of names have them. A key says of how many words each is (ALN_KEY_WORDS).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_RECORD_H
#define ALN_CORE_RECORD_H

#include "scan.h"

/* The words of a text that is all in the window, as far as a bracket: what stands in one is no part of a name. An
 * initial is none: Edward M. Kennedy is Edward Kennedy, and Edward Moore Kennedy. runs: whether a run of characters is
 * one word, or each of its characters. No more are counted than a record may have and one: most texts are longer. */
size_t aln_record_words(const char *text, const aln_window *window, int runs);

#endif
