/*
 * Results for people and for programs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_SHOW_H
#define ALLONYM_SHOW_H

#include "query.h"

#include <stdbool.h>

typedef struct style {
    const char *mark_start, *mark_end; /* around matched words */
    const char *strong, *faint, *plain;
} style;

/* Bold where standard output is a terminal (and NO_COLOR is not set), else **. */
style style_of_output(void);
/* Prints text with control characters as spaces. */
void print_clean(const char *text, size_t len);
/* A result as lines of text. */
int show_text(query_context *q, const aln_query_node *plan, const aln_xapian_hit *hit, const style *s);
/* A result as a line of JSON. */
int show_json(query_context *q, const aln_query_node *plan, const aln_xapian_hit *hit);

#endif
