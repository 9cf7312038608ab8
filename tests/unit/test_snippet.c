/*
 * Highlighting and snippets: rows of language, query, text and the text with marks (tests/rows/core/highlight.tsv),
 * rows of passages (snippets.tsv), and what must hold for any bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"
#include "utf8.h"
#include <allonym/allonym.h>

static const char *rows_dir;
static aln_lexicon *lexicon;
static aln_analyzer *analyzer;

typedef struct marked {
    const char *text;
    size_t len, at, n;
    char out[8192];
    int bad;
} marked;

static void put(marked *o, const char *text, size_t len)
{
    assert_true(o->n + len < sizeof o->out);
    memcpy(o->out + o->n, text, len); /* may hold NULs */
    o->n += len;
}

static int mark(void *ctx, const aln_match *m)
{
    marked *o = ctx;
    if (m->start < o->at || m->end <= m->start || m->end > o->len || !m->node || m->node->op != ALN_Q_TERM ||
        m->position < 1) {
        o->bad = 1;
        return 0;
    }
    put(o, o->text + o->at, m->start - o->at);
    put(o, "[", 1);
    put(o, o->text + m->start, m->end - m->start);
    put(o, "]", 1);
    o->at = m->end;
    return 0;
}

static const aln_query_node *plan_of(rows *r, const char *query, size_t len)
{
    const aln_query_node *plan;
    aln_error err;
    if (aln_query_plan(analyzer, NULL, query, len, &plan, &err) != ALN_OK) {
        rows_fail(r, "%s", err.message);
        return NULL;
    }
    return plan;
}

/* language, query, text with [marks] */
static void highlight_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/highlight.tsv");
    while (rows_next(&r)) {
        static marked o;
        char text[4096];
        size_t n = 0;
        const aln_query_node *plan = plan_of(&r, r.cell[1], r.len[1]);
        for (size_t i = 0; i < r.len[2]; i++)
            if (r.cell[2][i] != '[' && r.cell[2][i] != ']')
                text[n++] = r.cell[2][i];
        if (!plan)
            continue;
        memset(&o, 0, sizeof o);
        o.text = text;
        o.len = n;
        assert_int_equal(aln_highlight(analyzer, plan, *r.cell[0] ? r.cell[0] : NULL, text, n, mark, &o), ALN_OK);
        put(&o, text + o.at, n - o.at);
        if (o.bad)
            rows_fail(&r, "matches overlap, go back or leave the text");
        if (o.n != r.len[2] || memcmp(o.out, r.cell[2], o.n) != 0)
            rows_fail(&r, "marked is: %s", o.out);
    }
    rows_close(&r);
}

/* language, query, bytes, text, passage */
static void snippet_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/snippets.tsv");
    while (rows_next(&r)) {
        const aln_query_node *plan = plan_of(&r, r.cell[1], r.len[1]);
        char *out = NULL;
        if (!plan)
            continue;
        assert_int_equal(aln_snippet(analyzer, plan, *r.cell[0] ? r.cell[0] : NULL, r.cell[3], r.len[3],
                                     (size_t)atoi(r.cell[2]), "[", "]", "…", &out),
                         ALN_OK);
        if (strcmp(out, r.cell[4]) != 0)
            rows_fail(&r, "the passage is: %s", out);
        aln_string_free(analyzer, out);
    }
    rows_close(&r);
}

static int stop(void *ctx, const aln_match *m)
{
    (void)m;
    return --*(int *)ctx ? 0 : ALN_STOP;
}

static int own_code(void *ctx, const aln_match *m)
{
    (void)ctx;
    (void)m;
    return 55;
}

static void callback_ends_it(void **state)
{
    static const char text[] = "Astana, Astana, Astana";
    const aln_query_node *plan;
    int left = 2;
    (void)state;
    assert_int_equal(aln_query_plan(analyzer, NULL, "Astana", 6, &plan, NULL), ALN_OK);
    assert_int_equal(aln_highlight(analyzer, plan, "en", text, sizeof text - 1, stop, &left), ALN_OK);
    assert_int_equal(left, 0);
    assert_int_equal(aln_highlight(analyzer, plan, "en", text, sizeof text - 1, own_code, NULL), 55);
}

/* A snippet is always well-formed UTF-8 of about the length asked for, with marks in pairs, whatever the text is. */
static void any_text(void **state)
{
    static const char *const pieces[] = {"Tokayev ", "Токаеву, ", "托卡耶夫",    "\xFF",       "\xE2\x82",
                                         "\n\n\t ",  ". ",        "Xi Jinping ", "…",          "wordwordwordwordword ",
                                         "Nur-",     "Sultan ",   "ﷺ",           "e\xCC\x81 ", "said that "};
    uint32_t seed = 99u;
    (void)state;
    print_message("seed %u\n", (unsigned)seed);
    for (int round = 0; round < 2000; round++) {
        char text[2048], *out;
        size_t len = 0, bytes = (seed >> 9) % 300;
        const aln_query_node *plan;
        for (unsigned i = 0; i < (seed >> 20) % 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        seed = seed * 1664525u + 1013904223u;
        assert_int_equal(aln_query_plan(analyzer, NULL, round % 2 ? "Tokayev Xi Jinping" : "\"Nur-Sultan\"",
                                        round % 2 ? 18 : 12, &plan, NULL),
                         ALN_OK);
        assert_int_equal(aln_snippet(analyzer, plan, NULL, text, len, bytes, "\x01", "\x02", "...", &out), ALN_OK);
        const unsigned char *at = (const unsigned char *)out, *end = at + strlen(out);
        int open = 0;
        while (at < end) {
            uint32_t cp;
            at += aln_utf8_next(at, end, &cp);
            assert_int_not_equal(cp, ALN_BAD_CP);
            open += cp == 1 ? 1 : cp == 2 ? -1 : 0;
            assert_true(open == 0 || open == 1);
        }
        assert_int_equal(open, 0);
        if (strlen(out) > 3 * bytes + 400)
            fail_msg("%zu bytes where %zu were asked for", strlen(out), bytes);
        aln_string_free(analyzer, out);
    }
    aln_string_free(analyzer, NULL);
}

static int open_analyzer(void **state)
{
    (void)state;
    return aln_lexicon_open(NULL, NULL, &lexicon, NULL) != ALN_OK ||
           aln_analyzer_new(lexicon, NULL, &analyzer, NULL) != ALN_OK;
}

static int close_analyzer(void **state)
{
    (void)state;
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(highlight_rows), cmocka_unit_test(snippet_rows),
                                       cmocka_unit_test(callback_ends_it), cmocka_unit_test(any_text)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
