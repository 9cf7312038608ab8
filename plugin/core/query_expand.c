/*
 * Spellings of a query word that the index has.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_plan.h"

int aln_plan_expand(aln_planner *p, const aln_unit *unit, size_t offset, const char *field, aln_node_list *alternatives)
{
    (void)p;
    (void)unit;
    (void)offset;
    (void)field;
    (void)alternatives;
    return 1;
}
