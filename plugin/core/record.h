/*
 * Records: texts of a few words, as lists of names have them. See record.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_RECORD_H
#define ALN_CORE_RECORD_H

#include "query_plan.h"

/* The words of a text that is all in the window, as far as a bracket: what stands in one is no part of a name. A run of
 * characters is one word. Of a longer text than a record may be, one word more than that. */
size_t aln_record_words(const char *text, const aln_window *window);

/* Sets the planner's `records` for the text in the window: nothing where the index has no records, or where documents
 * are said to be texts. 0 = failure, recorded. */
int aln_plan_records(aln_planner *p, const char *text, const aln_window *window);

#endif
