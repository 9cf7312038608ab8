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

/* Room for a key of aln_record_core(), as it is copied. */
#define ALN_RECORD_CORE 80

/* The key of what a record's name is but for the units that need not match (ALN_KEY_ALONE): of one word of a script
 * with capitals, or of the id of a body. Returns its length, 0 if the record is neither. as_id: which of the two. */
size_t aln_record_core(const aln_lexicon *lexicon, const aln_window *window, const uint8_t *optional, int as_id,
                       char key[ALN_RECORD_CORE]);

#endif
