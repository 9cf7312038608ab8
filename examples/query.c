/*
 * A query with the filters of the command line, planned against an index.
 *
 * The fingerprint is compared with the names that the index was made with; a search may then use other names, as
 * --names says: that changes which terms it asks for, and none of the terms that are there.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "query.h"

#include <stdlib.h>
#include <string.h>

int query_open(query_context *q, const char *path, const aln_names *names, const query_options *options)
{
    memset(q, 0, sizeof *q);
    aln_names indexed = ALN_NAMES_ALL;
    int status = open_index(path, ALN_XAPIAN_READ, &indexed, false, &q->db, &q->analyzer);
    if (status != DONE)
        return status;
    if (names && *names != indexed) {
        aln_analyzer_free(q->analyzer);
        q->analyzer = make_analyzer(*names);
    }
    const char *value = NULL;
    size_t len = 0;
    if (aln_xapian_get_metadata(q->db, ALN_XAPIAN_LANGUAGES, &value, &len, NULL) == ALN_OK && len)
        q->index_languages = strdup(value);
    if (!q->analyzer) {
        query_close(q);
        return FAILED;
    }
    aln_xapian_vocabulary(q->db, &q->vocabulary);
    q->options = options;
    return DONE;
}

int query_plan(query_context *q, const char *text, size_t len, const aln_query_node **plan,
               const aln_query_node **filtered, aln_error *err)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    size_t count;
    const aln_xapian_field *fields = aln_xapian_fields(&count);
    for (size_t i = 0; i < count && i < sizeof q->fields / sizeof *q->fields; i++)
        q->fields[i] = fields[i].query;
    options.flags = q->options->flags;
    options.index_languages = q->index_languages;
    options.fields = q->fields;
    options.field_count = count;
    options.vocabulary = &q->vocabulary;
    q->report.struct_size = sizeof q->report;
    options.report = &q->report;
    int status = aln_query_plan(q->analyzer, &options, text, len, plan, err);
    if (status != ALN_OK)
        return status;
    uint32_t n = 0;
    q->children[n++] = *plan;
    if (*q->options->language) {
        aln_query_node *f = &q->filters[1];
        f->op = ALN_Q_FILTER;
        f->field = "lang";
        f->text = q->options->language;
        f->text_len = strlen(f->text);
        q->children[n++] = f;
    }
    if (*q->options->since || *q->options->until) {
        aln_query_node *f = &q->filters[2];
        f->op = ALN_Q_RANGE;
        f->field = "date";
        f->text = q->options->since;
        f->text_len = strlen(f->text);
        f->text2 = q->options->until;
        q->children[n++] = f;
    }
    q->filters[0].op = ALN_Q_AND;
    q->filters[0].children = q->children;
    q->filters[0].count = n;
    *filtered = n > 1 ? &q->filters[0] : *plan;
    return ALN_OK;
}

void query_close(query_context *q)
{
    free(q->index_languages);
    aln_analyzer_free(q->analyzer);
    aln_xapian_close(q->db);
    memset(q, 0, sizeof *q);
}
