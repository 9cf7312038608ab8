/*
 * The SQL functions; docs/sqlite.md describes them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <string.h>

SQLITE_EXTENSION_INIT3

#define FIELDS_MAX 64

static void fail(sqlite3_context *context, int rc, char *message)
{
    if (rc == SQLITE_NOMEM) {
        sqlite3_result_error_nomem(context);
    } else {
        sqlite3_result_error(context, message ? message : sqlite3_errstr(rc), -1);
        sqlite3_result_error_code(context, rc);
    }
    sqlite3_free(message);
}

/* The connection's analyzer for these options; made anew when they are others than the last time. */
static int analyzer_for(aln_sqlite *state, const aln_options *options, char **message)
{
    const char *languages = options->languages ? options->languages : "";
    aln_error err = {ALN_OK, 0, ""};
    if (state->analyzer && state->options.names == options->names && strcmp(state->languages, languages) == 0)
        return SQLITE_OK;
    char *copy = sqlite3_mprintf("%s", languages);
    aln_analyzer *fresh = NULL;
    int code = copy ? aln_analyzer_new(state->lexicon, options, &fresh, &err) : ALN_ENOMEM;
    if (code) {
        sqlite3_free(copy);
        *message = sqlite3_mprintf("allonym: %s", err.message);
        return code == ALN_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    aln_analyzer_free(state->analyzer);
    sqlite3_free(state->languages);
    state->analyzer = fresh;
    state->languages = copy;
    state->options = *options;
    state->options.languages = NULL;
    return SQLITE_OK;
}

/* Words of the last argument of allonym_expand() and allonym_explain(). */
typedef struct request {
    uint32_t flags;
    int rules; /* the index's words are not looked at */
    char language[32];
} request;

static int read_request(const char *text, request *r, aln_options *options, char **message)
{
    memset(r, 0, sizeof *r);
    while (text && *text) {
        size_t n = strcspn(text, " ,");
        if (n == 5 && memcmp(text, "plain", n) == 0)
            r->flags |= ALN_QUERY_PLAIN;
        else if (n == 5 && memcmp(text, "exact", n) == 0)
            r->flags |= ALN_QUERY_EXACT;
        else if (n == 5 && memcmp(text, "broad", n) == 0)
            r->flags |= ALN_QUERY_BROAD;
        else if (n == 5 && memcmp(text, "rules", n) == 0)
            r->rules = 1;
        else if (n == 9 && memcmp(text, "names=off", n) == 0)
            options->names = ALN_NAMES_OFF;
        else if (n == 13 && memcmp(text, "names=current", n) == 0)
            options->names = ALN_NAMES_CURRENT;
        else if (n == 9 && memcmp(text, "names=all", n) == 0)
            options->names = ALN_NAMES_ALL;
        else if (n > 5 && n - 5 < sizeof r->language && memcmp(text, "lang=", 5) == 0)
            memcpy(r->language, text + 5, n - 5);
        else if (n) {
            *message = sqlite3_mprintf(
                "allonym: \"%.*s\" is no option: plain, exact, broad, rules, names=, lang=", (int)n, text);
            return SQLITE_ERROR;
        }
        text += n + (text[n] != 0);
    }
    return SQLITE_OK;
}

/* Refuses a table that another version made: by the fingerprint in its definition, or, where that has none, by the
 * marks of its texts. */
static int same_version(aln_sqlite *state, const aln_sqlite_table *table, char **message)
{
    char mark[ALN_SQLITE_MARK_BYTES];
    const char *marks = NULL;
    int rc = analyzer_for(state, &table->options.analyzer, message);
    if (rc)
        return rc;
    aln_sqlite_mark(state->analyzer, mark);
    if (table->options.fingerprint && strcmp(mark, table->options.fingerprint) != 0) {
        *message =
            sqlite3_mprintf("allonym: %s was made by version %s, this is %s: make the table anew and insert its rows",
                            table->name, table->options.fingerprint, mark);
        return SQLITE_MISMATCH;
    }
    rc = aln_sqlite_made_by(state, table, &marks, message);
    if (rc || !*marks || strcmp(marks, mark) == 0)
        return rc;
    *message =
        sqlite3_mprintf("allonym: %s has texts that version %s indexed, this is %s: rebuild", table->name, marks, mark);
    return SQLITE_MISMATCH;
}

/* Plans a query for a table. The plan belongs to the connection's analyzer. */
static int plan_for(aln_sqlite *state, const aln_sqlite_table *table, const char *query, size_t len, const char *words,
                    const aln_query_node **plan, char **message)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    aln_query_field fields[FIELDS_MAX];
    aln_vocabulary vocabulary;
    aln_options analyzer = table->options.analyzer;
    aln_error err = {ALN_OK, 0, ""};
    request r;
    int rc = same_version(state, table, message);
    if (!rc)
        rc = read_request(words, &r, &analyzer, message);
    if (!rc)
        rc = analyzer_for(state, &analyzer, message);
    if (rc)
        return rc;
    for (int i = 0; i < table->column_count && i < FIELDS_MAX; i++) {
        const char *name = table->columns[i];
        fields[i].name = name;
        fields[i].type = strcmp(name, "date") == 0                              ? ALN_FIELD_DATE
                         : strcmp(name, "lang") == 0 || strcmp(name, "id") == 0 ? ALN_FIELD_FILTER
                                                                                : ALN_FIELD_TEXT;
        options.field_count++;
    }
    options.fields = fields;
    options.flags = r.flags;
    options.language = r.language[0] ? r.language : NULL;
    if (!r.rules && !(r.flags & ALN_QUERY_EXACT)) {
        rc = aln_sqlite_vocabulary(state, table, &vocabulary, message);
        if (rc)
            return rc;
        options.vocabulary = &vocabulary;
        options.index_languages = aln_sqlite_languages(&vocabulary);
        if (aln_sqlite_are_texts(&vocabulary))
            options.flags |= ALN_QUERY_TEXTS;
    }
    int code = aln_query_plan(state->analyzer, &options, query, len, plan, &err);
    if (code) {
        *message = sqlite3_mprintf("allonym: %s", err.message);
        return code == ALN_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    return SQLITE_OK;
}

static const char *text_of(sqlite3_value *value, size_t *len)
{
    const char *text = (const char *)sqlite3_value_text(value);
    *len = text ? (size_t)sqlite3_value_bytes(value) : 0;
    return text;
}

/* allonym_expand(table, query [, options]) */
static void expand(sqlite3_context *context, int count, sqlite3_value **values)
{
    aln_sqlite *state = sqlite3_user_data(context);
    aln_sqlite_table table;
    const aln_query_node *plan = NULL;
    char *message = NULL;
    size_t len = 0, ignored;
    const char *name = text_of(values[0], &ignored), *query = text_of(values[1], &len);
    if (!name || !query)
        return; /* NULL in, NULL out */
    int rc = aln_sqlite_table_open(state->db, name, &table, &message);
    if (rc) {
        fail(context, rc, message);
        return;
    }
    rc = plan_for(state, &table, query, len, count > 2 ? text_of(values[2], &ignored) : NULL, &plan, &message);
    if (rc) {
        fail(context, rc, message);
    } else {
        sqlite3_str *out = sqlite3_str_new(state->db);
        aln_sqlite_write_match(out, plan, table.positions);
        int bad = sqlite3_str_errcode(out);
        char *text = sqlite3_str_finish(out);
        if (bad || !text)
            fail(context, bad ? bad : SQLITE_NOMEM, NULL);
        else
            sqlite3_result_text(context, text, -1, sqlite3_free);
        if (bad)
            sqlite3_free(text);
    }
    aln_sqlite_table_free(&table);
}

typedef struct explanation {
    sqlite3_str *out;
    const char *text, *query;
} explanation;

static int take_match(void *ctx, const aln_match *match)
{
    static const char *const kinds[ALN_TERM_KINDS] = {"word", "stem", "key", "name"};
    explanation *e = ctx;
    const aln_query_node *n = match->node;
    sqlite3_str_appendf(e->out, "%s%.*s = %.*s: %s %s, %s %.2f", sqlite3_str_length(e->out) ? "\n" : "",
                        (int)(match->end - match->start), e->text + match->start, (int)(n->end - n->start),
                        e->query + n->start, kinds[n->kind], n->text, n->rule, n->confidence);
    return 0;
}

/* allonym_explain(table, query [, text [, options]]): the plan, or why a text matches it */
static void explain(sqlite3_context *context, int count, sqlite3_value **values)
{
    aln_sqlite *state = sqlite3_user_data(context);
    aln_sqlite_table table;
    const aln_query_node *plan = NULL;
    char *message = NULL;
    size_t len = 0, text_len = 0, ignored;
    const char *name = text_of(values[0], &ignored), *query = text_of(values[1], &len);
    const char *text = count > 2 ? text_of(values[2], &text_len) : NULL;
    if (!name || !query)
        return;
    int rc = aln_sqlite_table_open(state->db, name, &table, &message);
    if (rc) {
        fail(context, rc, message);
        return;
    }
    rc = plan_for(state, &table, query, len, count > 3 ? text_of(values[3], &ignored) : NULL, &plan, &message);
    if (rc) {
        fail(context, rc, message);
    } else if (text) {
        explanation e = {sqlite3_str_new(state->db), text, query};
        int code = aln_highlight(state->analyzer, plan, NULL, text, text_len, take_match, &e);
        char *lines = sqlite3_str_finish(e.out);
        if (code)
            fail(context, code == ALN_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR, NULL);
        else
            sqlite3_result_text(context, lines ? lines : "", -1, SQLITE_TRANSIENT);
        sqlite3_free(lines);
    } else {
        size_t need = aln_query_describe(plan, NULL, 0);
        char *described = sqlite3_malloc64(need + 1);
        if (described) {
            aln_query_describe(plan, described, need + 1);
            sqlite3_result_text(context, described, (int)need, sqlite3_free);
        } else {
            sqlite3_result_error_nomem(context);
        }
    }
    aln_sqlite_table_free(&table);
}

/* allonym_version() */
static void version(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    (void)values;
    sqlite3_result_text(context, aln_version(), -1, SQLITE_STATIC);
}

/* allonym_tokenizer([options]): the same options with this version's fingerprint, for tokenize = '…' */
static void tokenizer(sqlite3_context *context, int count, sqlite3_value **values)
{
    aln_sqlite *state = sqlite3_user_data(context);
    aln_sqlite_options options;
    char mark[ALN_SQLITE_MARK_BYTES], *message = NULL;
    const char *words[32];
    int n = 0;
    size_t len = 0;
    const char *text = count ? text_of(values[0], &len) : NULL;
    /* what FTS5 takes without quotes */
    static const char bare[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    char *copy = sqlite3_mprintf("%s", text ? text : "");
    if (!copy) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (char *at = copy; *at && n < 32;) {
        size_t space = strspn(at, " '"), word = strcspn(at + space, " '");
        at += space;
        if (word)
            words[n++] = at;
        at += word;
        if (*at)
            *at++ = 0;
    }
    int rc = aln_sqlite_read_options(words, n, &options);
    if (rc)
        message = sqlite3_mprintf("allonym: \"%s\" is no option of the tokenizer", options.wrong);
    if (!rc)
        rc = analyzer_for(state, &options.analyzer, &message);
    if (rc) {
        fail(context, rc, message);
    } else {
        aln_sqlite_mark(state->analyzer, mark);
        sqlite3_str *out = sqlite3_str_new(state->db);
        sqlite3_str_appendall(out, ALN_SQLITE_TOKENIZER);
        for (int i = 0; i < n; i++) {
            if (i + 1 < n && strcmp(words[i], "fingerprint") == 0) { /* given by this function before */
                i++;
                continue;
            }
            sqlite3_str_appendf(out, strspn(words[i], bare) == strlen(words[i]) ? " %s" : " '%s'", words[i]);
        }
        sqlite3_str_appendf(out, " fingerprint %s", mark);
        sqlite3_result_text(context, sqlite3_str_finish(out), -1, sqlite3_free);
    }
    sqlite3_free(copy);
}

/* Runs FTS5's own check, which tokenizes every document again; rank 1: external ones as well. */
static int integrity(sqlite3 *db, const aln_sqlite_table *table)
{
    char *sql = sqlite3_mprintf("INSERT INTO \"%w\".\"%w\"(\"%w\", rank) VALUES('integrity-check', 1)", table->schema,
                                table->name, table->name);
    int rc = sql ? sqlite3_exec(db, sql, NULL, NULL, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    return rc;
}

/* allonym_check(table): "ok …", or what is wrong */
static void check(sqlite3_context *context, int count, sqlite3_value **values)
{
    aln_sqlite *state = sqlite3_user_data(context);
    aln_sqlite_table table;
    char *message = NULL, *said = NULL, mark[ALN_SQLITE_MARK_BYTES];
    size_t ignored;
    const char *name = text_of(values[0], &ignored);
    (void)count;
    if (!name)
        return;
    int rc = aln_sqlite_table_open(state->db, name, &table, &message);
    if (rc) {
        fail(context, rc, message);
        return;
    }
    rc = same_version(state, &table, &message);
    if (rc == SQLITE_MISMATCH) {
        said = message;
        message = NULL;
        rc = SQLITE_OK;
    } else if (!rc) {
        int sound = integrity(state->db, &table);
        aln_sqlite_mark(state->analyzer, mark);
        said = sound == SQLITE_OK
                   ? sqlite3_mprintf("ok %s%s", mark,
                                     table.options.fingerprint ? "" : " (no fingerprint in the tokenizer's arguments)")
                   : sqlite3_mprintf("allonym: %s: the index is not that of its documents (%s): rebuild", table.name,
                                     sqlite3_errstr(sound));
    }
    if (rc)
        fail(context, rc, message);
    else
        sqlite3_result_text(context, said, -1, sqlite3_free);
    aln_sqlite_table_free(&table);
}

int aln_sqlite_register_functions(aln_sqlite *state)
{
    static const struct {
        const char *name;
        int arguments, flags;
        void (*fn)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"allonym_expand", 2, 0, expand},
        {"allonym_expand", 3, 0, expand},
        {"allonym_explain", 2, 0, explain},
        {"allonym_explain", 3, 0, explain},
        {"allonym_explain", 4, 0, explain},
        {"allonym_version", 0, SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, version},
        {"allonym_tokenizer", 0, SQLITE_DETERMINISTIC, tokenizer},
        {"allonym_tokenizer", 1, SQLITE_DETERMINISTIC, tokenizer},
        {"allonym_check", 1, SQLITE_DIRECTONLY, check},
    };
    int rc = SQLITE_OK;
    for (size_t i = 0; !rc && i < sizeof functions / sizeof *functions; i++) {
        state->references++; /* SQLite destroys it also when the registration fails */
        rc = sqlite3_create_function_v2(state->db, functions[i].name, functions[i].arguments,
                                        SQLITE_UTF8 | functions[i].flags, state, functions[i].fn, NULL, NULL,
                                        aln_sqlite_release);
    }
    return rc;
}
