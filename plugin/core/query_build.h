/*
 * Building the nodes of a query plan in an arena.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_QUERY_BUILD_H
#define ALN_CORE_QUERY_BUILD_H

#include "memory.h"
#include <allonym/allonym.h>

/* Children under construction. After a failure everything stays NULL, and only the end is checked. */
typedef struct aln_node_list {
    const aln_query_node **items;
    size_t count, cap;
} aln_node_list;

/* Appends a node; NULL is left out. 0 = out of memory. */
int aln_list_add(aln_arena *arena, aln_node_list *list, const aln_query_node *node);

/* A node of an operator over a list; a single child stands for itself, none gives NULL. */
const aln_query_node *aln_node_group(aln_arena *arena, aln_query_op op, const aln_node_list *list);
const aln_query_node *aln_node_pair(aln_arena *arena, aln_query_op op, const aln_query_node *a,
                                    const aln_query_node *b);
const aln_query_node *aln_node_scale(aln_arena *arena, double weight, const aln_query_node *child);
/* PHRASE or NEAR within a window. */
const aln_query_node *aln_node_window(aln_arena *arena, aln_query_op op, uint32_t window, const aln_node_list *list);
const aln_query_node *aln_node_empty(aln_arena *arena, aln_query_op op);

typedef struct aln_term_origin {
    size_t start, end;
    const char *field; /* NULL = whole text */
    const char *rule;
    double confidence;
    uint32_t entity;
} aln_term_origin;
aln_query_node *aln_node_term(aln_arena *arena, aln_term_kind kind, const char *text, size_t len,
                              const aln_term_origin *origin);
/* Nodes that were planned of another text than the query: the bytes of the query that each byte of that stands for. */
void aln_node_move(const aln_query_node *node, const size_t *from, const size_t *to, size_t len);
/* Adds a term unless the list has it. */
int aln_list_add_term(aln_arena *arena, aln_node_list *list, aln_term_kind kind, const char *text, size_t len,
                      const aln_term_origin *origin);
/* Adds all terms below a node: for places of a phrase, which take terms only. */
int aln_list_add_terms_of(aln_arena *arena, aln_node_list *list, const aln_query_node *node);
const aln_query_node *aln_node_range(aln_arena *arena, aln_query_op op, const char *field, const char *low,
                                     size_t low_len, const char *high, size_t high_len, size_t start, size_t end);

#endif
