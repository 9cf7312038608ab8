/*
 * How much the words of a name must tell together. See query_evidence.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_QUERY_EVIDENCE_H
#define ALN_CORE_QUERY_EVIDENCE_H

#include "query_plan.h"

/* How sure a name key of these bytes is: one of many consonants is as good as a spelling, one of two is not. */
double aln_key_confidence(const char *key, size_t len);

/* AND of the parts of a text, without the combinations of guesses that are too unsure together. NULL for no parts, for
 * parts that are all too unsure, or on failure, which is recorded. */
const aln_query_node *aln_plan_together(aln_planner *p, const aln_node_list *parts);

/* The same of all parts of a text: a document that is a record of a longer name (aln_planner.records) must be surer. */
const aln_query_node *aln_plan_whole(aln_planner *p, const aln_node_list *parts);

/* A part without the guesses that count only beside others that are sure. */
const aln_query_node *aln_plan_sure(aln_planner *p, const aln_query_node *part);

/* A part without all guesses that have any doubt; NULL if none is left, or on failure, which is recorded. */
const aln_query_node *aln_plan_likely(aln_planner *p, const aln_query_node *part);

/* Whether one word of a document may be two parts, by a guess without doubt of the first. */
int aln_plan_alike(const aln_query_node *one, const aln_query_node *other);

#endif
