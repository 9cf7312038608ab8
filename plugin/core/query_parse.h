/*
 * The query language: words, "phrases", +must -not, AND OR NOT NEAR NEAR/n ( ), field:value, =word. Parsing makes a
 * tree over byte ranges of the query; what the words mean is query_text.c's work.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_QUERY_PARSE_H
#define ALN_CORE_QUERY_PARSE_H

#include "memory.h"
#include <allonym/allonym.h>

typedef enum aln_syntax_kind {
    ALN_SYNTAX_TEXT,   /* neighbouring bare words: start, end */
    ALN_SYNTAX_PHRASE, /* between quotes: start, end without the quotes */
    ALN_SYNTAX_AND,
    ALN_SYNTAX_OR,
    ALN_SYNTAX_NEAR,  /* window words between */
    ALN_SYNTAX_NOT,   /* the child is not wanted; stands in an AND only */
    ALN_SYNTAX_FIELD, /* field, start, end of the value: filters and dates */
    ALN_SYNTAX_RANGE  /* field, start, end, start2, end2 */
} aln_syntax_kind;

typedef struct aln_syntax {
    aln_syntax_kind kind;
    int exact;                    /* =word */
    const aln_query_field *field; /* text in this field; NULL = whole text */
    size_t start, end, start2, end2;
    uint32_t window;
    struct aln_syntax *child, *next;
} aln_syntax;

/* Nested parentheses at most. */
#define ALN_QUERY_DEPTH 32

/* *out may be NULL for a query without words. ALN_ESYNTAX, ALN_ENOMEM. */
aln_status aln_query_parse(aln_arena *arena, const char *query, size_t len, const aln_query_field *fields,
                           size_t field_count, aln_syntax **out, aln_error *err);

#endif
