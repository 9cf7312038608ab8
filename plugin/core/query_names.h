/*
 * What stands at a place of a phrase where a known name may stand.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_QUERY_NAMES_H
#define ALN_CORE_QUERY_NAMES_H

#include "query_plan.h"

/* Of names of several words: those that a phrase may go on to, or on behind. */
#define ALN_NAMES_FIRST_WORD 1u
#define ALN_NAMES_LAST_WORD 2u

/* Adds the keys with positions of the names of the entities below a node: those of one word, and of longer ones the
 * words asked for. 0 = out of memory. */
int aln_plan_keys_of_ids(aln_planner *p, const aln_query_node *ids, unsigned which, aln_node_list *list);

#endif
