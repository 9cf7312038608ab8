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

/* Terms of a document that has some twenty words: names in a list are shorter, news is longer. */
#define TERMS_OF_TEXT 100
/* How much the length of a document counts (BM25). News items name what they are about whatever their length. */
#define B_OF_TEXTS 0.25
#define B_OF_LISTS 0.75

/* What depends on the databases that are open. */
static void look_around(query_context *q)
{
    const char *value = NULL;
    size_t len = 0;
    aln_xapian_counts counts;
    q->are_texts = aln_xapian_count(q->db, &counts, NULL) == ALN_OK && counts.average_length >= TERMS_OF_TEXT;
    q->b = q->are_texts ? B_OF_TEXTS : B_OF_LISTS;
    free(q->index_languages);
    q->index_languages = NULL;
    if (aln_xapian_get_metadata(q->db, ALN_XAPIAN_LANGUAGES, &value, &len, NULL) == ALN_OK && len)
        q->index_languages = strdup(value);
    if (q->told_count != aln_xapian_shards(q->db)) {
        free(q->told);
        q->told_count = aln_xapian_shards(q->db);
        q->told = calloc(q->told_count, 1);
    }
    query_tell_shards(q);
}

int query_open(query_context *q, const char *path, name_options *names, const query_options *options)
{
    memset(q, 0, sizeof *q);
    q->names = *names; /* without its files, unless the index has some */
    for (size_t i = 0; i < names->file_count; i++)
        if (!(q->names.files[i] = strdup(names->files[i])))
            q->names.file_count = i;
    bool copied = q->names.file_count == names->file_count;
    int status = open_index(path, options->partial ? ALN_XAPIAN_PARTIAL : ALN_XAPIAN_READ, &q->names, false, &q->db,
                            &q->analyzer);
    if (status != DONE || !copied) {
        query_close(q);
        free_names(names);
        return status != DONE ? status : FAILED;
    }
    name_options asked = *names;
    memset(names, 0, sizeof *names);
    bool more = asked.file_count && !q->names.file_count;
    if (more) {
        memcpy(q->names.files, asked.files, sizeof asked.files);
        q->names.file_count = asked.file_count;
    } else {
        free_names(&asked);
    }
    if (more || (asked.names_given && asked.names != q->names.names) ||
        (asked.as_of_given && asked.as_of != q->names.as_of)) {
        if (asked.names_given)
            q->names.names = asked.names;
        if (asked.as_of_given)
            q->names.as_of = asked.as_of;
        aln_analyzer_free(q->analyzer);
        q->analyzer = make_analyzer(&q->names);
    }
    if (!q->analyzer) {
        query_close(q);
        return FAILED;
    }
    aln_xapian_vocabulary(q->db, &q->vocabulary);
    q->options = options;
    q->path = path;
    look_around(q);
    return DONE;
}

int query_follow(query_context *q)
{
    aln_error err = {ALN_OK, 0, ""};
    int moved;
    aln_status status = aln_xapian_reopen(q->db, &moved, &err);
    if (moved)
        look_around(q);
    /* A shard that is lost is told by the search, which asks its replica. A stub file of another version's databases
     * is not moved to; the old ones go on answering. */
    if (status == ALN_EMISMATCH)
        complain_engine(q->path, &err, status);
    return status == ALN_EMISMATCH && moved ? exit_of(status) : DONE;
}

void query_tell_shards(query_context *q)
{
    enum { PRESENT, LEFT_OUT, REPLACED };
    aln_xapian_shard shard;
    size_t missing = 0, count = aln_xapian_shards(q->db);
    bool news = false;
    for (size_t i = 0; q->told && i < count && i < q->told_count; i++) {
        if (aln_xapian_shard_at(q->db, i, &shard) != ALN_OK)
            continue;
        unsigned char state = !shard.present ? LEFT_OUT : shard.replica ? REPLACED : PRESENT;
        missing += state == LEFT_OUT;
        if (state == q->told[i])
            continue;
        q->told[i] = state;
        news |= state == LEFT_OUT;
        if (state == LEFT_OUT)
            complain_at(q->path, shard.line, "%s: %s", shard.location, shard.message);
        else if (state == REPLACED)
            complain_at(q->path, shard.line, "%s: %s; its replica %s answers", shard.location, shard.message,
                        shard.replica);
    }
    if (news)
        complain_at(q->path, 0, "%zu of %zu shards are left out of the results", missing, count);
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
    if (q->are_texts)
        options.flags |= ALN_QUERY_TEXTS;
    options.index_languages = q->index_languages;
    options.fields = q->fields;
    options.field_count = count;
    options.vocabulary = &q->vocabulary;
    options.lookups = q->options->lookups;
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
    free(q->told);
    aln_analyzer_free(q->analyzer);
    aln_xapian_close(q->db);
    free_names(&q->names);
    memset(q, 0, sizeof *q);
}
