/*
 * Queries: rows of plans (tests/rows/core/plans.tsv), rows of malformed queries (tests/rows/core/syntax.tsv), the
 * vocabulary's contract, nodes that point into the query, and any bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"
#include <allonym/allonym.h>

static const char *rows_dir;
static aln_lexicon *lexicon;
static aln_analyzer *analyzer;
static const aln_query_field fields[] = {
    {"title", ALN_FIELD_TEXT}, {"lang", ALN_FIELD_FILTER}, {"date", ALN_FIELD_DATE}};
static char described[1 << 20];

static aln_query_options options_of(char *cell)
{
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    char *save = NULL;
    o.fields = fields;
    o.field_count = sizeof fields / sizeof *fields;
    for (char *word = strtok_r(cell, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        if (!strcmp(word, "exact"))
            o.flags |= ALN_QUERY_EXACT;
        else if (!strcmp(word, "plain"))
            o.flags |= ALN_QUERY_PLAIN;
        else if (!strcmp(word, "broad"))
            o.flags |= ALN_QUERY_BROAD;
        else if (!strcmp(word, "texts"))
            o.flags |= ALN_QUERY_TEXTS;
        else if (!strncmp(word, "lang=", 5))
            o.language = word + 5;
        else if (!strncmp(word, "index=", 6))
            o.index_languages = word + 6;
        else
            fail_msg("unknown option \"%s\" of a row", word);
    }
    return o;
}

/* options, query, plan: whole, or parts that it must have ("~part") or must not have ("!part"), with " | " between */
static void plan_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/plans.tsv");
    while (rows_next(&r)) {
        aln_query_options o = options_of(r.cell[0]);
        const aln_query_node *plan;
        aln_error err;
        if (aln_query_plan(analyzer, &o, r.cell[1], r.len[1], &plan, &err) != ALN_OK) {
            rows_fail(&r, "%s", err.message);
            continue;
        }
        assert_true(aln_query_describe(plan, described, sizeof described) < sizeof described);
        int wrong = 0;
        if (*r.cell[2] != '~' && *r.cell[2] != '!') {
            wrong = strcmp(described, r.cell[2]) != 0;
        } else {
            for (char *part = r.cell[2]; part;) {
                char *next = strstr(part, " | ");
                if (next) {
                    *next = 0;
                    next += 3;
                }
                if ((strstr(described, part + 1) != NULL) != (*part == '~')) {
                    rows_fail(&r, "%s %s", part + 1, *part == '~' ? "is missing" : "is there");
                    wrong = 1;
                }
                part = next;
            }
        }
        if (wrong)
            rows_fail(&r, "the plan is %s", described);
    }
    rows_close(&r);
}

/* query, part of the message */
static void syntax_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/syntax.tsv");
    while (rows_next(&r)) {
        aln_query_options o = options_of(r.cell[2]);
        const aln_query_node *plan = (const aln_query_node *)&o;
        aln_error err = {ALN_OK, 0, ""};
        int code = aln_query_plan(analyzer, &o, r.cell[0], r.len[0], &plan, &err);
        if (code != ALN_ESYNTAX || err.code != ALN_ESYNTAX || plan)
            rows_fail(&r, "status %d, in the error %d; the plan is %sNULL", code, (int)err.code, plan ? "not " : "");
        if (!strstr(err.message, r.cell[1]))
            rows_fail(&r, "the message is \"%s\"", err.message);
        if (aln_query_plan(analyzer, &o, r.cell[0], r.len[0], &plan, NULL) != code)
            rows_fail(&r, "without a place for the error it is another one");
    }
    rows_close(&r);
}

static void check_node(const aln_query_node *n, size_t len, unsigned depth)
{
    assert_true(depth < 200);
    assert_true(n->start <= n->end && n->end <= len);
    assert_true(n->confidence >= 0.0 && n->confidence <= 1.0);
    switch (n->op) {
    case ALN_Q_TERM:
        assert_true(n->text && n->text_len && !n->text[n->text_len] && n->rule);
        assert_true((n->kind == ALN_TERM_ENTITY) == (n->entity != UINT32_MAX));
        break;
    case ALN_Q_NOTHING:
    case ALN_Q_ALL:
    case ALN_Q_FILTER:
    case ALN_Q_RANGE:
        assert_int_equal(n->count, 0);
        break;
    case ALN_Q_SCALE:
        assert_int_equal(n->count, 1);
        assert_true(n->weight >= 0.0);
        break;
    case ALN_Q_PHRASE:
    case ALN_Q_NEAR:
        assert_true(n->window >= n->count);
        for (uint32_t i = 0; i < n->count; i++) {
            const aln_query_node *place = n->children[i];
            assert_true(place->op == ALN_Q_TERM || place->op == ALN_Q_OR);
            for (uint32_t k = 0; k < place->count; k++)
                assert_int_equal(place->children[k]->op, ALN_Q_TERM);
            /* stems have no position, so that none can stand in a phrase */
            assert_true(place->op != ALN_Q_TERM || place->kind != ALN_TERM_STEM);
        }
        break;
    case ALN_Q_SYNONYM:
        for (uint32_t i = 0; i < n->count; i++)
            assert_int_equal(n->children[i]->op, ALN_Q_TERM);
        break;
    default:
        assert_true(n->count > 0);
        break;
    }
    for (uint32_t i = 0; i < n->count; i++)
        check_node(n->children[i], len, depth + 1);
}

/* What the header promises of nodes, for all kinds of queries and for broken pieces of them. */
static void nodes_keep_their_promises(void **state)
{
    static const char *const pieces[] = {"Токаев",     " ",          "\"",
                                         "Xi Jinping", "(",          ")",
                                         " OR ",       " AND ",      " NOT ",
                                         " NEAR ",     " NEAR/3 ",   "-",
                                         "+",          "=",          "习近平",
                                         "title:",     "lang:kk",    "date:2024..2025",
                                         "date:",      "…",          "\xFF",
                                         "\xD0",       "ЕС",         "of",
                                         "ISIS",       "Wizz Air",   "توكاييف",
                                         "\n",         "НАТО",       "Nur-Sultan",
                                         "..",         "Jamaluddin", "Abd al-Rahman",
                                         "عبد الرحمن"};
    uint32_t seed = 424242u;
    (void)state;
    print_message("seed %u\n", (unsigned)seed);
    for (int round = 0; round < 4000; round++) {
        char query[512];
        size_t len = 0;
        for (unsigned i = 0; i < 1 + (seed >> 20) % 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
            size_t n = strlen(piece);
            if (len + n > sizeof query)
                break;
            memcpy(query + len, piece, n);
            len += n;
        }
        aln_query_options o = ALN_QUERY_OPTIONS_INIT;
        o.fields = fields;
        o.field_count = sizeof fields / sizeof *fields;
        o.index_languages = round % 3 ? "ru,en,zh,ar" : NULL;
        o.flags = (uint32_t)(seed >> 13) % 8;
        const aln_query_node *plan;
        int code = aln_query_plan(analyzer, &o, query, len, &plan, NULL);
        if (code == ALN_OK)
            check_node(plan, len, 0);
        else if (code != ALN_ESYNTAX || (o.flags & ALN_QUERY_PLAIN))
            fail_msg("status %d for \"%.*s\", flags %u", code, (int)len, query, (unsigned)o.flags);
    }
}

/* Terms come from whole words of a query of two; what is said of records comes from none. */
static void from_whole_words(const aln_query_node *n, size_t first, size_t space, size_t len)
{
    if (n->op == ALN_Q_TERM && n->end > n->start) {
        assert_true(n->start == first || n->start == space + 1);
        assert_true(n->end == space || n->end == len);
    }
    for (uint32_t i = 0; i < n->count; i++)
        from_whole_words(n->children[i], first, space, len);
}

/* Jamaluddin is also planned as two words, which come from the one that was typed. */
static void compounds_come_from_their_word(void **state)
{
    static const struct {
        const char *query;
        size_t first;
    } asked[] = {{"Jamaluddin Hassan", 0}, {"Hassan Jamaluddin", 0}, {"title:Jamaluddin", 6}};
    (void)state;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const aln_query_node *plan;
        char out[4096];
        const char *query = asked[i].query;
        size_t len = strlen(query), space = strcspn(query, " ");
        aln_query_options o = ALN_QUERY_OPTIONS_INIT;
        o.fields = fields;
        o.field_count = sizeof fields / sizeof *fields;
        assert_int_equal(aln_query_plan(analyzer, &o, query, len, &plan, NULL), ALN_OK);
        check_node(plan, len, 0);
        from_whole_words(plan, asked[i].first, space, len);
        aln_query_describe(plan, out, sizeof out);
        assert_non_null(strstr(out, "din SYNONYM"));
    }
}

static void describe_is_bounded(void **state)
{
    const aln_query_node *plan;
    char out[64];
    (void)state;
    assert_int_equal(aln_query_plan(analyzer, NULL, "Xi Jinping", 10, &plan, NULL), ALN_OK);
    size_t need = aln_query_describe(plan, NULL, 0);
    assert_true(need > sizeof out);
    memset(out, '#', sizeof out);
    assert_int_equal(aln_query_describe(plan, out, 20), need);
    assert_int_equal(out[19], 0);
    assert_int_equal(out[20], '#');
}

static void bad_arguments(void **state)
{
    const aln_query_node *plan;
    aln_error err;
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    (void)state;
    o.language = "tlh";
    assert_int_equal(aln_query_plan(analyzer, &o, "a", 1, &plan, &err), ALN_EUNKNOWN);
    assert_non_null(strstr(err.message, "tlh"));
    o.language = NULL;
    o.struct_size = 1;
    assert_int_equal(aln_query_plan(analyzer, &o, "a", 1, &plan, &err), ALN_EINVAL);
    assert_int_equal(aln_query_plan(analyzer, NULL, "a", 1, NULL, NULL), ALN_EINVAL);
    o.struct_size = sizeof o;
    o.index_languages = "en,no-such-language,ru"; /* an index may have languages that this version does not know */
    assert_int_equal(aln_query_plan(analyzer, &o, "a", 1, &plan, &err), ALN_OK);
}

/* ------------------------------------------------------------- vocabulary */

static const char *const words[] = {"tokaev", "tokayev", "tokayeva",
                                    "tokio",  "tokyo",   "\xD1\x82\xD0\xBE\xD0\xBA\xD0\xB0\xD0\xB5\xD0\xB2"};
enum { WORDS = sizeof words / sizeof *words };
typedef struct vocabulary {
    size_t at, seeks, fail_after;
} vocabulary;

static int give(vocabulary *v, const char **term, size_t *len, uint32_t *freq)
{
    *term = v->at < WORDS ? words[v->at] : NULL;
    *len = *term ? strlen(*term) : 0;
    if (freq)
        *freq = *term ? 3 : 0;
    return v->fail_after && ++v->seeks > v->fail_after ? 91 : 0;
}

static int seek(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len,
                uint32_t *freq)
{
    vocabulary *v = ctx;
    for (v->at = kind == ALN_TERM_EXACT || kind == ALN_TERM_STEM ? 0 : WORDS; v->at < WORDS; v->at++) {
        size_t n = strlen(words[v->at]), k = n < len ? n : len;
        int order = memcmp(words[v->at], text, k);
        if (order > 0 || (order == 0 && n >= len))
            break;
    }
    return give(v, term, term_len, freq);
}

static int next(void *ctx, const char **term, size_t *term_len, uint32_t *freq)
{
    vocabulary *v = ctx;
    v->at++;
    return give(v, term, term_len, freq);
}

static void vocabulary_contract(void **state)
{
    vocabulary v = {0, 0, 0};
    aln_vocabulary vocab = {&v, seek, next, NULL, NULL};
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan;
    (void)state;
    o.vocabulary = &vocab;
    assert_int_equal(aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL), ALN_OK);
    check_node(plan, 12, 0);
    v.fail_after = 1; /* a code of the engine's comes back as it is, if its vocabulary is read at all */
    int code = aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL);
    assert_true(code == ALN_OK ? v.seeks <= 1 : code == 91);
}

/* What expansion may cost, and what it says when that was not enough. */
static void budget(void **state)
{
    vocabulary v = {0, 0, 0};
    aln_vocabulary vocab = {&v, seek, next, NULL, NULL};
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    aln_query_report report = {sizeof report, 99, 1};
    const aln_query_node *plan;
    (void)state;
    o.report = &report;
    assert_int_equal(aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL), ALN_OK);
    assert_int_equal(report.lookups, 0); /* no vocabulary */
    assert_int_equal(report.cut, 0);
    o.vocabulary = &vocab;
    assert_int_equal(aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL), ALN_OK);
    assert_int_equal(report.cut, 0);
    uint32_t all = report.lookups;
    assert_true(all > 3);
    o.lookups = 2;
    assert_int_equal(aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL), ALN_OK);
    assert_int_equal(report.cut, 1);
    assert_true(report.lookups <= all);
    check_node(plan, 12, 0); /* the word itself is looked for all the same */
    report.struct_size = 1;
    assert_int_equal(aln_query_plan(analyzer, &o, "Токаев", 12, &plan, NULL), ALN_EINVAL);
}

static const aln_query_node *term_of(const aln_query_node *n, const char *text)
{
    if (n->op == ALN_Q_TERM && n->spelling && strcmp(n->text, text) == 0)
        return n;
    const aln_query_node *found = NULL;
    for (uint32_t i = 0; i < n->count && !found; i++)
        found = term_of(n->children[i], text);
    return found;
}

static int count_readings(void *ctx, const aln_latin_reading *r)
{
    int *left = ctx;
    assert_int_equal(strlen(r->text), r->text_len);
    assert_string_equal(r->model, "greek");
    assert_true(r->confidence > 0 && r->confidence <= 1);
    return --*left ? 0 : ALN_STOP;
}

static int refuse_reading(void *ctx, const aln_latin_reading *r)
{
    (void)ctx;
    (void)r;
    return 17;
}

/* Why a model made a term: straight, and by way of the word's Latin reading. */
static void spellings(void **state)
{
    static const char greek[] = "\xCF\x84\xCE\xBF\xCE\xBA\xCE\xAC\xCE\xB3\xCE\xB9\xCE\xB5\xCF\x86"; /* Tokayev */
    vocabulary v = {0, 0, 0};
    aln_vocabulary vocab = {&v, seek, next, NULL, NULL};
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan;
    char segments[128], small[4];
    int left = 3;
    (void)state;
    o.vocabulary = &vocab;
    assert_int_equal(aln_query_plan(analyzer, &o, greek, sizeof greek - 1, &plan, NULL), ALN_OK);
    const aln_query_node *t = term_of(plan, "tokayev");
    assert_non_null(t);
    assert_string_equal(t->rule, t->spelling->model);
    assert_string_equal(t->spelling->latin, "tokayev");
    assert_null(t->spelling->pivot);
    assert_true(t->spelling->score > 5 && t->spelling->threshold > 0 &&
                t->spelling->confidence >= t->spelling->threshold);
    size_t n = aln_spelling_segments(analyzer, t->spelling, segments, sizeof segments);
    assert_true(n == strlen(segments) && !strncmp(segments, "to", 2));
    assert_int_equal(aln_spelling_segments(analyzer, t->spelling, small, sizeof small), n);
    assert_int_equal(strlen(small), 3);
    aln_spelling stranger = *t->spelling;
    stranger.model = "no such table";
    assert_int_equal(aln_spelling_segments(analyzer, &stranger, segments, sizeof segments), 0);

    t = term_of(plan, "\xD1\x82\xD0\xBE\xD0\xBA\xD0\xB0\xD0\xB5\xD0\xB2"); /* tokaev in Cyrillic */
    assert_non_null(t);
    assert_string_equal(t->spelling->model, "cyrillic");
    assert_non_null(t->spelling->pivot);
    assert_string_equal(t->spelling->pivot->model, "greek");
    assert_string_equal(t->spelling->pivot->latin, t->spelling->latin);

    assert_int_equal(aln_latin_readings(analyzer, NULL, greek, sizeof greek - 1, 5, count_readings, &left), ALN_OK);
    assert_int_equal(left, 0);
    left = 100;
    assert_int_equal(aln_latin_readings(analyzer, "el", greek, sizeof greek - 1, 99, count_readings, &left), ALN_OK);
    assert_int_equal(left, 84);
    assert_int_equal(aln_latin_readings(analyzer, NULL, greek, sizeof greek - 1, 5, refuse_reading, NULL), 17);
    assert_int_equal(aln_latin_readings(analyzer, NULL, "\xE0\xBA\x81", 3, 5, refuse_reading, NULL), ALN_OK);
    assert_int_equal(aln_latin_readings(analyzer, NULL, "17 ", 3, 5, refuse_reading, NULL), ALN_OK);
    assert_int_equal(aln_latin_readings(analyzer, NULL, "\xFF", 1, 5, refuse_reading, NULL), ALN_OK);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(plan_rows),
                                       cmocka_unit_test(syntax_rows),
                                       cmocka_unit_test(nodes_keep_their_promises),
                                       cmocka_unit_test(compounds_come_from_their_word),
                                       cmocka_unit_test(describe_is_bounded),
                                       cmocka_unit_test(bad_arguments),
                                       cmocka_unit_test(vocabulary_contract),
                                       cmocka_unit_test(budget),
                                       cmocka_unit_test(spellings)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
