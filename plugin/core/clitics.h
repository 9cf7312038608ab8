/*
 * What stands before or behind a word without a space and is no part of it: the article of l'Ukraine, the 's of
 * Putin's, the suffix that Turkish sets off from a name (Erdoğan'ın), the conjunctions and prepositions that Arabic and
 * Hebrew write together with the next word.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_CLITICS_H
#define ALN_CORE_CLITICS_H

#include "script.h"
#include <stddef.h>

typedef struct aln_span {
    size_t start, len;
} aln_span;

#define ALN_CLITIC_SPANS 3

/*
 * The parts of a base form that may be the word itself, the whole form among them where it may be meant. Sure cuts
 * (Putin's) replace the whole; possible ones (Arabic wa-, which many words begin with) stand beside it. lang may be
 * NULL. Returns how many, at least 1.
 */
size_t aln_clitics(const char *base, size_t len, aln_script script, const char *lang, aln_span out[ALN_CLITIC_SPANS]);

#endif
