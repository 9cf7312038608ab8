/*
 * The C wrapper over libxapian: life of a database, errors as statuses, plans as queries, the vocabulary.
 *
 * Terms are placed by hand where a test is about libxapian, so that no rule of language decides about it; the analyzer
 * comes in where the test is about the hook.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#define _XOPEN_SOURCE 700
#include <allonym/xapian.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    char dir[64], path[80];
    aln_xapian *db;
    aln_xapian_doc *doc;
    aln_error err;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    strcpy(f->dir, "/tmp/test_xapian.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/db", f->dir);
    *state = f;
    return aln_xapian_open(f->path, ALN_XAPIAN_CREATE, "print-1", &f->db, &f->err) == ALN_OK &&
                   aln_xapian_doc_new(&f->doc, &f->err) == ALN_OK
               ? 0
               : -1;
}

static void remove_directory(const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;)
        unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

static int tear_down(void **state)
{
    fixture *f = *state;
    aln_xapian_doc_free(f->doc);
    aln_xapian_close(f->db);
    remove_directory(f->path);
    remove_directory(f->dir);
    free(f);
    return 0;
}

/* Words are separated by single spaces; each is a term at its position. */
static void put(fixture *f, const char *id, const char *words)
{
    uint32_t position = 0;
    assert_int_equal(aln_xapian_doc_clear(f->doc, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_doc_set_data(f->doc, words, strlen(words), &f->err), ALN_OK);
    for (const char *w = words; *w;) {
        size_t len = strcspn(w, " ");
        assert_int_equal(aln_xapian_doc_add_term(f->doc, w, len, ++position, &f->err), ALN_OK);
        w += len + (w[len] == ' ');
    }
    assert_int_equal(aln_xapian_replace(f->db, id, strlen(id), f->doc, NULL, &f->err), ALN_OK);
}

static aln_query_node term(const char *text)
{
    aln_query_node n = {
        .op = ALN_Q_TERM, .kind = ALN_TERM_EXACT, .text = text, .text_len = strlen(text), .entity = UINT32_MAX};
    return n;
}

/* The ids that a plan finds, sorted, as one string. */
static const char *ids(fixture *f, const aln_query_node *plan)
{
    static char out[256];
    aln_xapian_search_options options = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
    aln_xapian_results *results;
    char seen[128] = {0};
    aln_xapian_hit hit;
    options.limit = 0;
    assert_int_equal(aln_xapian_search(f->db, plan, &options, &results, &f->err), ALN_OK);
    for (uint32_t n = 0; aln_xapian_result(results, n, &hit) == ALN_OK; n++) {
        const char *id;
        size_t len;
        assert_int_equal(aln_xapian_id(f->db, hit.docid, &id, &len, &f->err), ALN_OK);
        assert_int_equal(len, 1);
        seen[(unsigned char)*id & 127] = 1;
    }
    aln_xapian_results_free(results);
    size_t n = 0;
    for (int c = 0; c < 128; c++)
        if (seen[c])
            out[n++] = (char)c;
    out[n] = '\0';
    return out;
}

static void test_replace_delete(void **state)
{
    fixture *f = *state;
    aln_xapian_counts counts;
    aln_docid docid;
    const char *data;
    size_t len;
    put(f, "a", "one two");
    put(f, "b", "two three");
    put(f, "a", "four");
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_count(f->db, &counts, &f->err), ALN_OK);
    assert_int_equal(counts.documents, 2);
    assert_int_equal(aln_xapian_find(f->db, "a", 1, &docid, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_data(f->db, docid, &data, &len, &f->err), ALN_OK);
    assert_string_equal(data, "four");
    aln_query_node two = term("two");
    assert_string_equal(ids(f, &two), "b");
    assert_int_equal(aln_xapian_delete(f->db, "b", 1, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_delete(f->db, "b", 1, &f->err), ALN_ENOTFOUND);
    assert_int_equal(aln_xapian_find(f->db, "b", 1, &docid, &f->err), ALN_ENOTFOUND);
    assert_int_equal(aln_xapian_data(f->db, 99, &data, &len, &f->err), ALN_ENOTFOUND);
    assert_string_equal(ids(f, &two), "");
}

static void test_long_ids(void **state)
{
    fixture *f = *state;
    char a[600], b[600];
    aln_docid first, second;
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[599] = 'y'; /* differs beyond what fits into a term */
    aln_xapian_doc_clear(f->doc, NULL);
    assert_int_equal(aln_xapian_replace(f->db, a, sizeof a, f->doc, &first, &f->err), ALN_OK);
    aln_xapian_doc_clear(f->doc, NULL);
    assert_int_equal(aln_xapian_replace(f->db, b, sizeof b, f->doc, &second, &f->err), ALN_OK);
    assert_int_not_equal(first, second);
    aln_docid found;
    assert_int_equal(aln_xapian_find(f->db, a, sizeof a, &found, &f->err), ALN_OK);
    assert_int_equal(found, first);
    assert_int_equal(aln_xapian_doc_add_term(f->doc, a, sizeof a, 1, &f->err), ALN_ELIMIT);
}

static void test_opening(void **state)
{
    fixture *f = *state;
    aln_xapian *other = (aln_xapian *)f;
    char nowhere[96];
    snprintf(nowhere, sizeof nowhere, "%s/nowhere", f->dir);
    assert_int_equal(aln_xapian_open(nowhere, ALN_XAPIAN_READ, NULL, &other, &f->err), ALN_ENOTFOUND);
    assert_null(other);
    assert_true(*f->err.message);
    assert_int_equal(aln_xapian_open(nowhere, ALN_XAPIAN_UPDATE, NULL, &other, NULL), ALN_ENOTFOUND);
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_UPDATE, NULL, &other, &f->err), ALN_ELOCKED);
    assert_int_equal(aln_xapian_open(NULL, ALN_XAPIAN_READ, NULL, &other, &f->err), ALN_EINVAL);
    aln_xapian_close(f->db);
    f->db = NULL;
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_CREATE, NULL, &other, &f->err), ALN_EINVAL);
    aln_xapian_close(NULL);
    aln_xapian_doc_free(NULL);
    aln_xapian_results_free(NULL);
}

static void test_fingerprint(void **state)
{
    fixture *f = *state;
    aln_xapian *other;
    put(f, "a", "one");
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_READ, "print-1", &other, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_set_metadata(other, "key", "value", 5, &f->err), ALN_EINVAL); /* a reader */
    aln_xapian_close(other);
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_READ, "print-2", &other, &f->err), ALN_EMISMATCH);
    assert_non_null(strstr(f->err.message, "print-1"));
    assert_non_null(strstr(f->err.message, "print-2"));
    assert_int_equal(aln_xapian_set_metadata(f->db, ALN_XAPIAN_FINGERPRINT, "", 0, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_check_fingerprint(f->db, "print-1", &f->err),
                     ALN_EMISMATCH); /* documents of someone else */
}

static int count_keys(void *ctx, const char *key, const char *value, size_t len)
{
    (void)key;
    (void)value;
    *(size_t *)ctx += len;
    return 0;
}

static void test_transactions(void **state)
{
    fixture *f = *state;
    aln_xapian *reader;
    aln_xapian_counts counts;
    const char *value;
    size_t len, total = 0;
    int changed;
    put(f, "a", "one");
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_READ, NULL, &reader, &f->err), ALN_OK);

    assert_int_equal(aln_xapian_begin(f->db, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_begin(f->db, &f->err), ALN_EENGINE); /* no transaction in a transaction */
    put(f, "b", "two");
    assert_int_equal(aln_xapian_set_metadata(f->db, "k.1", "v", 1, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_cancel(f->db, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_count(f->db, &counts, &f->err), ALN_OK);
    assert_int_equal(counts.documents, 1);
    assert_int_equal(aln_xapian_get_metadata(f->db, "k.1", &value, &len, &f->err), ALN_OK);
    assert_int_equal(len, 0);

    assert_int_equal(aln_xapian_begin(f->db, &f->err), ALN_OK);
    put(f, "b", "two");
    assert_int_equal(aln_xapian_note_language(f->db, "ru", &f->err), ALN_OK);
    assert_int_equal(aln_xapian_note_language(f->db, "en", &f->err), ALN_OK);
    assert_int_equal(aln_xapian_set_metadata(f->db, "k.1", "abc", 3, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_set_metadata(f->db, "k.2", "de", 2, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_commit_transaction(f->db, &f->err), ALN_OK);

    assert_int_equal(aln_xapian_count(reader, &counts, &f->err), ALN_OK);
    assert_int_equal(counts.documents, 1); /* what it saw at its opening */
    assert_int_equal(aln_xapian_reopen(reader, &changed, &f->err), ALN_OK);
    assert_true(changed);
    assert_int_equal(aln_xapian_count(reader, &counts, &f->err), ALN_OK);
    assert_int_equal(counts.documents, 2);
    assert_int_equal(aln_xapian_get_metadata(reader, ALN_XAPIAN_LANGUAGES, &value, &len, &f->err), ALN_OK);
    assert_string_equal(value, "en,ru");
    assert_int_equal(aln_xapian_each_metadata(reader, "k.", count_keys, &total, &f->err), 0);
    assert_int_equal(total, 5);
    aln_xapian_close(reader);
}

/* So many that no table fits into one block of libxapian: a reader keeps the root blocks. */
#define CROWD 600

static void commit_all(fixture *f, const char *words)
{
    for (int n = 0; n < CROWD; n++) {
        char id[8], text[96];
        snprintf(id, sizeof id, "%d", n);
        snprintf(text, sizeof text, "%s w%d long-enough-to-fill-some-blocks-%d", words, n, n);
        put(f, id, text);
    }
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
}

typedef struct {
    fixture *f;
    int seen;
} overtaking;

static int overtake(void *ctx, aln_docid docid, const char *data, size_t len)
{
    overtaking *o = ctx;
    (void)docid;
    (void)data;
    (void)len;
    if (++o->seen % 250 == 0) {
        commit_all(o->f, "one two");
        commit_all(o->f, "one three");
        commit_all(o->f, "one four");
    }
    return 0;
}

/* A reader that several commits have overtaken is moved on by whatever it does next. */
static void test_overtaken(void **state)
{
    fixture *f = *state;
    aln_xapian *reader;
    aln_xapian_results *results;
    aln_vocabulary v;
    aln_query_node one = term("one");
    aln_xapian_hit hit;
    const char *text;
    size_t len;
    int exact, has;
    commit_all(f, "one two three");
    assert_int_equal(aln_xapian_open(f->path, ALN_XAPIAN_READ, NULL, &reader, &f->err), ALN_OK);
    for (int round = 0; round < 4; round++) {
        for (int commits = 0; commits < 4; commits++)
            commit_all(f, commits & 1 ? "one five" : "one six seven");
        assert_int_equal(aln_xapian_search(reader, &one, NULL, &results, &f->err), ALN_OK);
        assert_int_equal(aln_xapian_results_count(results), 10);
        assert_int_equal(aln_xapian_results_total(results, &exact), CROWD);
        assert_true(exact);
        assert_int_equal(aln_xapian_result(results, 0, &hit), ALN_OK);
        aln_xapian_results_free(results);
        for (int commits = 0; commits < 4; commits++)
            commit_all(f, "one eight");
        if (round == 0)
            assert_int_equal(aln_xapian_data(reader, hit.docid, &text, &len, &f->err), ALN_OK);
        else if (round == 1)
            assert_int_equal(aln_xapian_id(reader, hit.docid, &text, &len, &f->err), ALN_OK);
        else if (round == 2)
            assert_int_equal(aln_xapian_has_term(reader, hit.docid, &one, &has, &f->err), ALN_OK);
    }
    aln_xapian_vocabulary(reader, &v);
    size_t words = 0;
    assert_int_equal(v.seek(v.ctx, ALN_TERM_EXACT, "w", 1, &text, &len, NULL), 0);
    for (; text; words++) {
        if (words == 20 || words == 500)
            for (int commits = 0; commits < 4; commits++)
                commit_all(f, "one nine");
        assert_int_equal(v.next(v.ctx, &text, &len, NULL), 0);
    }
    assert_int_equal(words, CROWD);
    overtaking o = {f, 0};
    assert_int_equal(aln_xapian_each(reader, 1, overtake, &o, &f->err), 0);
    assert_int_equal(o.seen, CROWD);
    aln_xapian_close(reader);
}

static void test_operators(void **state)
{
    fixture *f = *state;
    put(f, "a", "red green blue");
    put(f, "b", "green red");
    put(f, "c", "blue sky");
    aln_query_node red = term("red"), green = term("green"), blue = term("blue"), sky = term("sky"),
                   none = term("none");
    const aln_query_node *red_green[] = {&red, &green}, *green_blue[] = {&green, &blue}, *sky_red[] = {&sky, &red};
    const aln_query_node *red_none[] = {&red, &none};
    aln_query_node n = {.count = 2, .children = red_green, .entity = UINT32_MAX};
    aln_query_node synonym = {.op = ALN_Q_SYNONYM, .count = 2, .children = red_none};
    aln_query_node max = {.op = ALN_Q_MAX, .count = 2, .children = green_blue};
    aln_query_node scaled = {.op = ALN_Q_SCALE, .count = 1, .children = &red_green[0], .weight = 0.5};

    const struct {
        aln_query_op op;
        const aln_query_node *const *children;
        const char *expect;
    } rows[] = {
        {ALN_Q_AND, red_green, "ab"},    {ALN_Q_OR, sky_red, "abc"},       {ALN_Q_MAX, sky_red, "abc"},
        {ALN_Q_SYNONYM, sky_red, "abc"}, {ALN_Q_AND_NOT, green_blue, "b"}, {ALN_Q_AND_MAYBE, green_blue, "ab"},
        {ALN_Q_PHRASE, red_green, "a"},  {ALN_Q_NEAR, red_green, "ab"},    {ALN_Q_PHRASE, green_blue, "a"},
        {ALN_Q_NOTHING, red_green, ""},  {ALN_Q_ALL, red_green, "abc"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        n.op = rows[i].op;
        n.children = rows[i].children;
        assert_string_equal(ids(f, &n), rows[i].expect);
    }
    n.op = ALN_Q_NOTHING;
    n.count = 0;
    assert_string_equal(ids(f, &n), "");
    assert_string_equal(ids(f, &scaled), "ab");

    /* libxapian refuses OP_SYNONYM and OP_MAX inside a phrase: they become the OR of their terms. */
    const aln_query_node *nested[] = {&synonym, &max};
    aln_query_node phrase = {.op = ALN_Q_PHRASE, .count = 2, .children = nested, .window = 2};
    assert_string_equal(ids(f, &phrase), "a");
    const aln_query_node *deep[] = {&scaled, &max};
    phrase.children = deep;
    phrase.op = ALN_Q_NEAR;
    assert_string_equal(ids(f, &phrase), "ab");
    /* A word that is nowhere spoils a phrase, and alternatives of it do not. */
    const aln_query_node *missing[] = {&red, &none};
    phrase.children = missing;
    assert_string_equal(ids(f, &phrase), "");
    /* A stem has no position. */
    aln_query_node stem = {.op = ALN_Q_TERM, .kind = ALN_TERM_STEM, .text = "gre", .text_len = 3};
    const aln_query_node *stem_or_word[] = {&stem, &green};
    aln_query_node either = {.op = ALN_Q_SYNONYM, .count = 2, .children = stem_or_word};
    const aln_query_node *with_stem[] = {&red, &either};
    phrase.op = ALN_Q_PHRASE;
    phrase.children = with_stem;
    assert_string_equal(ids(f, &phrase), "a");
}

static void test_fields(void **state)
{
    fixture *f = *state;
    const struct {
        const char *id, *lang, *date;
    } documents[] = {{"a", "en", "20241231"}, {"b", "de", "20250615"}, {"c", "de", ""}};
    for (size_t i = 0; i < 3; i++) {
        aln_xapian_doc_clear(f->doc, NULL);
        assert_int_equal(aln_xapian_doc_add_boolean(f->doc, "L", documents[i].lang, 2, &f->err), ALN_OK);
        if (*documents[i].date)
            assert_int_equal(aln_xapian_doc_set_value(f->doc, ALN_XAPIAN_DATE_SLOT, documents[i].date, 8, &f->err),
                             ALN_OK);
        assert_int_equal(aln_xapian_replace(f->db, documents[i].id, 1, f->doc, NULL, &f->err), ALN_OK);
    }
    const struct {
        aln_query_op op;
        const char *field, *from, *to, *expect;
    } rows[] = {
        {ALN_Q_FILTER, "lang", "de", NULL, "bc"},
        {ALN_Q_FILTER, "lang", "DE", NULL, "bc"},
        {ALN_Q_FILTER, "lang", "fr", NULL, ""},
        {ALN_Q_FILTER, "id", "c", NULL, "c"},
        {ALN_Q_RANGE, "date", "2025", "", "b"},
        {ALN_Q_RANGE, "date", "", "2024", "a"},
        {ALN_Q_RANGE, "date", "2024-12-31", "2025-06", "ab"},
        {ALN_Q_RANGE, "date", "20250616", "", ""},
        {ALN_Q_FILTER, "date", "2025-06", NULL, "b"},
        {ALN_Q_RANGE, "date", "", "", "ab"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        aln_query_node n = {
            .op = rows[i].op, .field = rows[i].field, .text = rows[i].from, .text_len = strlen(rows[i].from)};
        n.text2 = rows[i].to;
        assert_string_equal(ids(f, &n), rows[i].expect);
    }
    aln_query_node unknown = {.op = ALN_Q_FILTER, .field = "colour", .text = "red", .text_len = 3};
    aln_xapian_results *results;
    assert_int_equal(aln_xapian_search(f->db, &unknown, NULL, &results, &f->err), ALN_EUNKNOWN);
    assert_null(results);
    assert_non_null(strstr(f->err.message, "colour"));
    unknown.op = ALN_Q_RANGE;
    unknown.field = "lang"; /* has no order */
    assert_int_equal(aln_xapian_search(f->db, &unknown, NULL, &results, &f->err), ALN_EUNKNOWN);
}

/* Parts of OP_MAX that end with the same document, among more matches than are wanted: query.cpp. */
static void test_max_at_the_end(void **state)
{
    fixture *f = *state;
    enum { DOCUMENTS = 3000 };
    aln_query_node one = term("one"), two = term("two"), three = term("three"), four = term("four");
    const aln_query_node *left[] = {&one, &two}, *right[] = {&three, &four};
    aln_query_node max1 = {.op = ALN_Q_MAX, .count = 2, .children = left};
    aln_query_node max2 = {.op = ALN_Q_MAX, .count = 2, .children = right};
    const aln_query_node *both[] = {&max1, &max2};
    for (int i = 0; i < DOCUMENTS; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        put(f, id, i % 7 == 3 ? "one" : i % 5 == 1 ? "three four five six" : "one two three four");
    }
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    static const aln_query_op ops[] = {ALN_Q_OR, ALN_Q_AND, ALN_Q_AND_MAYBE, ALN_Q_MAX, ALN_Q_SYNONYM};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        aln_query_node n = {.op = ops[i], .count = 2, .children = both};
        aln_xapian_results *results;
        assert_int_equal(aln_xapian_search(f->db, &n, NULL, &results, &f->err), ALN_OK);
        assert_int_equal(aln_xapian_results_count(results), 10);
        aln_xapian_results_free(results);
        /* Whether libxapian reads what it has freed depends on sizes and chance; what keeps it from doing so does not. */
        static const char top[] = " FILTER <alldocuments>))";
        char made[512];
        size_t len = aln_xapian_describe(&n, NULL, made, sizeof made);
        assert_in_range(len, sizeof top, sizeof made - 1);
        assert_string_equal(made + len - strlen(top), top);
    }
}

static void test_vocabulary(void **state)
{
    fixture *f = *state;
    aln_vocabulary v;
    const char *text;
    size_t len;
    uint32_t freq;
    char all[64] = "";
    put(f, "a", "1st alpha Zalp XNalpha XEastana \xD1\x8F");
    put(f, "b", "alpha beta Zbet XNbeta Stitle ZStitl");
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    aln_xapian_vocabulary(f->db, &v);
    /* Exact words, without anything that has a prefix, in the order of bytes. */
    assert_int_equal(v.seek(v.ctx, ALN_TERM_EXACT, "", 0, &text, &len, &freq), 0);
    for (; text; assert_int_equal(v.next(v.ctx, &text, &len, &freq), 0)) {
        strncat(all, text, len);
        strcat(all, " ");
        if (len == 5)
            assert_int_equal(freq, 2);
    }
    assert_string_equal(all, "1st alpha beta \xD1\x8F ");
    assert_int_equal(v.seek(v.ctx, ALN_TERM_KEY, "b", 1, &text, &len, NULL), 0);
    assert_memory_equal(text, "beta", len);
    assert_int_equal(v.seek(v.ctx, ALN_TERM_KEY, "a", 1, &text, &len, NULL), 0); /* backwards */
    assert_memory_equal(text, "alpha", len);
    assert_int_equal(v.seek(v.ctx, ALN_TERM_KEY, "alpha", 5, &text, &len, NULL), 0); /* where it stands */
    assert_memory_equal(text, "alpha", len);
    assert_int_equal(v.seek(v.ctx, ALN_TERM_KEY, "c", 1, &text, &len, NULL), 0);
    assert_null(text);
    assert_int_equal(v.seek(v.ctx, ALN_TERM_ENTITY, "", 0, &text, &len, &freq), 0);
    assert_memory_equal(text, "astana", len);
    assert_int_equal(freq, 1);
    assert_int_equal(v.next(v.ctx, &text, &len, &freq), 0);
    assert_null(text);
    assert_int_equal(v.next(v.ctx, &text, &len, &freq), 0); /* past the end stays there */
    assert_null(text);
}

static int see(void *ctx, aln_docid docid, const char *data, size_t len)
{
    char *out = ctx;
    (void)docid;
    strncat(out, data, len);
    strcat(out, ";");
    return strlen(out) > 8 ? 42 : 0;
}

static void test_each(void **state)
{
    fixture *f = *state;
    char all[64] = "";
    put(f, "a", "one");
    put(f, "b", "two");
    put(f, "c", "six");
    assert_int_equal(aln_xapian_each(f->db, 2, see, all, &f->err), 0);
    assert_string_equal(all, "two;six;");
    *all = '\0';
    assert_int_equal(aln_xapian_each(f->db, 0, see, all, &f->err), 42); /* the caller's own code */
    assert_string_equal(all, "one;two;six;");
}

/* The hook: terms of all kinds, with the title's under its prefix; and what the planner asks for is there. */
static void test_hook(void **state)
{
    fixture *f = *state;
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    uint32_t position = 0;
    int has;
    char *snippet;
    const char title[] = "Palace", text[] = "President Tokayev came.";
    const char json[] = "{\"n\":[1,{\"text\":\"no\"}],\"text\":\"President Tokayev c\\u0061me.\"}";
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, &f->err), ALN_OK);
    assert_int_equal(aln_analyzer_new(lexicon, NULL, &analyzer, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_doc_set_data(f->doc, json, strlen(json), &f->err), ALN_OK);
    assert_int_equal(aln_xapian_doc_add_text(f->doc, analyzer, "en", "S", title, strlen(title), &position, &f->err),
                     ALN_OK);
    assert_int_equal(position, 16); /* behind what NEAR reaches from position 0 */
    assert_int_equal(aln_xapian_doc_add_text(f->doc, analyzer, "en", NULL, text, strlen(text), &position, &f->err),
                     ALN_OK);
    assert_int_equal(position, 19);
    aln_docid docid;
    assert_int_equal(aln_xapian_replace(f->db, "a", 1, f->doc, &docid, &f->err), ALN_OK);

    aln_query_node palace = term("palace"), president = term("president");
    assert_int_equal(aln_xapian_has_term(f->db, docid, &palace, &has, &f->err), ALN_OK);
    assert_true(has);
    palace.field = "title";
    assert_int_equal(aln_xapian_has_term(f->db, docid, &palace, &has, &f->err), ALN_OK);
    assert_true(has);
    president.field = "title";
    assert_int_equal(aln_xapian_has_term(f->db, docid, &president, &has, &f->err), ALN_OK);
    assert_false(has);

    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan;
    assert_int_equal(aln_query_plan(analyzer, &options, "Tokayev", 7, &plan, &f->err), ALN_OK);
    assert_string_equal(ids(f, plan), "a");
    assert_int_equal(
        aln_xapian_snippet(f->db, docid, "text", analyzer, plan, "en", 200, "<", ">", "...", &snippet, &f->err),
        ALN_OK);
    assert_string_equal(snippet, "President <Tokayev> came.");
    aln_string_free(analyzer, snippet);
    assert_int_equal(
        aln_xapian_snippet(f->db, docid, "body", analyzer, plan, "en", 200, "<", ">", "...", &snippet, &f->err),
        ALN_ENOTFOUND);
    assert_null(snippet);
    assert_true(aln_xapian_describe(plan, NULL, NULL, 0) > 0);
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
}

static void put_text(fixture *f, aln_analyzer *analyzer, const char *id, const char *language, const char *title,
                     const char *text)
{
    uint32_t position = 0;
    assert_int_equal(aln_xapian_doc_clear(f->doc, &f->err), ALN_OK);
    assert_int_equal(aln_xapian_doc_add_text(f->doc, analyzer, language, "S", title, strlen(title), &position, &f->err),
                     ALN_OK);
    position += 100;
    assert_int_equal(aln_xapian_doc_add_text(f->doc, analyzer, language, NULL, text, strlen(text), &position, &f->err),
                     ALN_OK);
    assert_int_equal(aln_xapian_replace(f->db, id, strlen(id), f->doc, NULL, &f->err), ALN_OK);
}

/* Phrases over terms of which some have no positions: pairs of characters, ids beside keys, what a title has. */
static void test_places(void **state)
{
    static const struct {
        const char *query, *found;
    } rows[] = {
        {"\u6728\u706B\u571F", "a"}, /* a run of three characters: not two pairs apart */
        {"title:\u6728\u706B\u571F", ""},
        {"title:\u706B\u571F\u6728", "b"},
        {"\"Pr\u00E4sident Deutschlands\"", ""}, /* in German no article is wanting */
        {"\"Angela Merkel\"", "de"},
        {"title:\"\u0413\u0443\u043B\u044C\u0431\u0430\u0445\u0430\u0440 "
         "\u0414\u0436\u0430\u0444\u0430\u0440\u043E\u0432\u0430\"",
         "e"},
        {"title:\"Jafarova Gulbahar\"", ""},
        {"\"in Nur-Sultan gesehen\"", "d"},          /* Astana there */
        {"\"President Nursultan Nazarbayev\"", "e"}, /* just Nazarbayev there */
        {"\"Kazakhstan Palace\"", ""},                /* the country is elsewhere, and Palace the first word */
    };
    fixture *f = *state;
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, &f->err), ALN_OK);
    assert_int_equal(aln_analyzer_new(lexicon, NULL, &analyzer, &f->err), ALN_OK);
    put_text(f, analyzer, "a", "zh", "\u6D88\u606F", "\u6728\u706B\u571F\u4F5C");
    put_text(f, analyzer, "b", "zh", "\u706B\u571F\u6728\u706B", "\u4F5C\u6728\u706B\u3002\u706B\u571F\u4F5C");
    put_text(
        f, analyzer, "e", "en", "Palace opened by Gulbahar Jafarova",
        "In the evening President Nazarbayev of Kazakhstan saw how Angela Merkel left again, and then the hall was "
        "closed to the public.");
    put_text(f, analyzer, "d", "de", "Besuch",
             "Gestern wurde auch Angela Merkel in Astana gesehen, und am Abend hat man dort lange auf die G\u00E4ste "
             "gewartet.");
    assert_int_equal(aln_xapian_commit(f->db, &f->err), ALN_OK);
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    size_t count;
    const aln_xapian_field *fields = aln_xapian_fields(&count);
    options.fields = &fields->query;
    options.field_count = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const aln_query_node *plan;
        assert_int_equal(aln_query_plan(analyzer, &options, rows[i].query, strlen(rows[i].query), &plan, &f->err),
                         ALN_OK);
        if (strcmp(ids(f, plan), rows[i].found) != 0)
            fail_msg("%s: %s, not %s", rows[i].query, ids(f, plan), rows[i].found);
    }
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_replace_delete, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_opening, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fingerprint, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_transactions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_overtaken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_operators, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_max_at_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_vocabulary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_places, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
