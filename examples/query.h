/*
 * A query with the filters of the command line, planned against an index.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_QUERY_H
#define ALLONYM_QUERY_H

#include "command.h"

typedef struct query_options {
    uint32_t flags;          /* ALN_QUERY_… */
    char language[36];       /* of the documents; "" = any */
    char since[9], until[9]; /* digits; "" = open */
    bool partial;            /* shards that cannot be reached are left out */
    uint32_t lookups;        /* for spellings of a word; 0 = the library's */
} query_options;

/* What stays the same over many queries. */
typedef struct query_context {
    aln_xapian *db;
    aln_analyzer *analyzer;
    name_options names;
    aln_vocabulary vocabulary;
    char *index_languages;
    bool are_texts; /* the documents, and no list of names */
    double b;       /* of BM25: in a list what is longer than the name is another name */
    const query_options *options;
    aln_query_report report; /* of the last plan */
    aln_query_field fields[8];
    aln_query_node filters[3]; /* AND, language, range */
    const aln_query_node *children[3];
    const char *path;
    unsigned char *told; /* of each shard: what was said of it */
    size_t told_count;
} query_context;

/* Opens the index, with an analyzer whose names are those of *names that are given, else the index's; *names is taken
 * over. Complains; an exit status. */
int query_open(query_context *q, const char *path, name_options *names, const query_options *options);
/* Plans a query. *plan is the query, *filtered the same under the filters. As aln_query_plan(). */
int query_plan(query_context *q, const char *text, size_t len, const aln_query_node **plan,
               const aln_query_node **filtered, aln_error *err);
/* Moves to the last commit, or to the databases of a stub file that has taken this one's place, so that a program that
 * stays sees what is new. Complains where what is there now was made by other rules; an exit status. */
int query_follow(query_context *q);
/* Says which shards are left out, and which are replaced by a replica, if that is news. Before and after searching. */
void query_tell_shards(query_context *q);
void query_close(query_context *q);

#endif
