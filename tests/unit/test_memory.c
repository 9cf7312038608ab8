/*
 * Out of memory: each function is called with an allocator that fails at allocation 1, 2, 3 … until it succeeds. It
 * must say ALN_ENOMEM or succeed with the same result as ever, leave nothing behind, and leave its objects usable.
 *
 * The allocator also checks what the header promises it: sizes given back are the sizes asked for.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"
#include <allonym/allonym.h>
#include <unistd.h>

typedef struct meter {
    size_t calls, fail_at; /* the call that fails; 0 = none */
    size_t live, live_bytes, wrong_sizes;
    int forever; /* all calls from fail_at on fail */
} meter;

/* The size asked for stands before the block. */
typedef union head {
    size_t size;
    max_align_t align;
} head;

static void *metered(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    meter *m = ctx;
    head *old = ptr ? (head *)ptr - 1 : NULL;
    if (old && old->size != old_size)
        m->wrong_sizes++;
    if (!new_size) {
        if (old) {
            m->live--;
            m->live_bytes -= old->size;
            free(old);
        }
        return NULL;
    }
    m->calls++;
    if (m->fail_at && (m->forever ? m->calls >= m->fail_at : m->calls == m->fail_at))
        return NULL;
    size_t before = old ? old->size : 0;
    head *grown = realloc(old, sizeof *grown + new_size);
    assert_non_null(grown);
    grown->size = new_size;
    m->live += !old;
    m->live_bytes += new_size - before;
    return grown + 1;
}

static const char text[] =
    "Касым-Жомарт Токаев and Xi Jinping met in Нур-Султан. 托卡耶夫在阿斯塔纳 Wizz Air, توكاييف، ЕС";
static const char query[] = "\"Касым-Жомарт Токаев\" OR (Xi Jinping NEAR/3 Astana) Jamaluddin -\"Wizz Air\" title:ЕС";
static const aln_query_field fields[] = {{"title", ALN_FIELD_TEXT}};
static char names_path[] = "/tmp/test_memory.XXXXXX";

static int hash_token(void *ctx, const aln_token *t)
{
    size_t *h = ctx;
    for (size_t i = 0; i < t->text_len; i++)
        *h = (*h ^ (unsigned char)t->text[i]) * 1099511628211u;
    *h = (*h ^ t->position ^ (size_t)t->kind << 8 ^ t->start << 16) * 1099511628211u;
    return 0;
}

static int hash_posting(void *ctx, const char *term, size_t len, uint32_t position)
{
    size_t *h = ctx;
    for (size_t i = 0; i < len; i++)
        *h = (*h ^ (unsigned char)term[i]) * 1099511628211u;
    *h = (*h ^ position) * 1099511628211u;
    return 0;
}

static int hash_match(void *ctx, const aln_match *match)
{
    size_t *h = ctx;
    *h = (*h ^ match->start ^ match->end << 16) * 1099511628211u;
    return 0;
}

typedef struct result {
    size_t terms, marks;
    char plan[65536], snippet[1024];
} result;

/* Everything once. The status of the first call that failed, or ALN_OK. */
static int whole_life(const aln_alloc *alloc, result *out)
{
    aln_lexicon *lexicon = NULL;
    aln_analyzer *a = NULL;
    const aln_query_node *plan = NULL;
    char *snippet = NULL;
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    aln_options options = ALN_OPTIONS_INIT;
    memset(out, 0, sizeof *out);
    o.fields = fields;
    o.field_count = 1;
    options.languages = "ru,en,zh,ar,kk";
    int code = aln_lexicon_open(alloc, names_path, &lexicon, NULL);
    assert_true((code == ALN_OK) == (lexicon != NULL));
    if (!code)
        code = aln_analyzer_new(lexicon, &options, &a, NULL);
    assert_true((code == ALN_OK) == (a != NULL));
    if (!code)
        code = aln_analyze(a, NULL, text, sizeof text - 1, hash_token, &out->terms);
    aln_hook hook = ALN_HOOK_INIT;
    hook.ctx = &out->terms;
    hook.posting = hash_posting;
    if (!code)
        code = aln_index_text(a, &hook, NULL, text, sizeof text - 1, NULL);
    if (!code) {
        code = aln_query_plan(a, &o, query, sizeof query - 1, &plan, NULL);
        assert_true((code == ALN_OK) == (plan != NULL));
    }
    if (!code)
        aln_query_describe(plan, out->plan, sizeof out->plan);
    if (!code)
        code = aln_highlight(a, plan, NULL, text, sizeof text - 1, hash_match, &out->marks);
    if (!code) {
        code = aln_snippet(a, plan, NULL, text, sizeof text - 1, 60, "[", "]", "...", &snippet);
        assert_true((code == ALN_OK) == (snippet != NULL));
    }
    if (!code)
        snprintf(out->snippet, sizeof out->snippet, "%s", snippet);
    aln_string_free(a, snippet);
    aln_analyzer_free(a);
    aln_lexicon_unref(lexicon);
    return code;
}

static void every_allocation_may_fail(void **state)
{
    static result want, got;
    (void)state;
    meter m = {0, 0, 0, 0, 0, 0};
    aln_alloc alloc = {metered, &m};
    assert_int_equal(whole_life(&alloc, &want), ALN_OK);
    size_t calls = m.calls;
    print_message("%zu allocations\n", calls);
    assert_int_equal(m.live, 0);
    assert_int_equal(m.live_bytes, 0);
    assert_int_equal(m.wrong_sizes, 0);
    for (int forever = 0; forever < 2; forever++) {
        for (size_t n = 1; n <= calls; n++) {
            m = (meter){0, n, 0, 0, 0, forever};
            int code = whole_life(&alloc, &got);
            if (code != ALN_ENOMEM && (code != ALN_OK || forever))
                fail_msg("allocation %zu failing gives %d", n, code);
            if (code == ALN_OK && memcmp(&want, &got, sizeof want) != 0)
                fail_msg("allocation %zu failing is taken for success, with another result: terms %d, marks %d, "
                         "snippet %d\n%s\n%s",
                         n, want.terms != got.terms, want.marks != got.marks, strcmp(want.snippet, got.snippet),
                         want.plan, got.plan);
            if (m.live || m.live_bytes || m.wrong_sizes)
                fail_msg("allocation %zu failing leaves %zu blocks, %zu bytes; %zu given back with another size", n,
                         m.live, m.live_bytes, m.wrong_sizes);
        }
    }
}

/* An analyzer outlives a failure: the next call gives what it always gives. */
static void usable_afterwards(void **state)
{
    (void)state;
    for (size_t n = 1; n < 60; n++) {
        meter m = {0, 0, 0, 0, 0, 0};
        aln_alloc alloc = {metered, &m};
        aln_lexicon *lexicon;
        aln_analyzer *a;
        const aln_query_node *plan;
        size_t want = 0, got = 0, nothing = 0;
        static char one[65536], two[65536];
        assert_int_equal(aln_lexicon_open(&alloc, NULL, &lexicon, NULL), ALN_OK);
        assert_int_equal(aln_analyzer_new(lexicon, NULL, &a, NULL), ALN_OK);
        m.calls = 0;
        m.fail_at = n;
        int failed = aln_analyze(a, NULL, text, sizeof text - 1, hash_token, &nothing);
        failed |= aln_query_plan(a, NULL, "Токаев Xi Jinping", 23, &plan, NULL);
        m.fail_at = 0;
        assert_int_equal(aln_analyze(a, NULL, text, sizeof text - 1, hash_token, &want), ALN_OK);
        assert_int_equal(aln_query_plan(a, NULL, "Токаев Xi Jinping", 23, &plan, NULL), ALN_OK);
        aln_query_describe(plan, one, sizeof one);
        aln_analyzer_free(a);
        assert_int_equal(aln_analyzer_new(lexicon, NULL, &a, NULL), ALN_OK);
        assert_int_equal(aln_analyze(a, NULL, text, sizeof text - 1, hash_token, &got), ALN_OK);
        assert_int_equal(aln_query_plan(a, NULL, "Токаев Xi Jinping", 23, &plan, NULL), ALN_OK);
        aln_query_describe(plan, two, sizeof two);
        assert_true(want == got);
        assert_string_equal(one, two);
        aln_analyzer_free(a);
        aln_lexicon_unref(lexicon);
        assert_int_equal(m.live, 0);
        if (!failed)
            break;
    }
}

/* Once warm, an analyzer takes no memory for texts whose words it knows. */
static void hot_path_takes_no_memory(void **state)
{
    meter m = {0, 0, 0, 0, 0, 0};
    aln_alloc alloc = {metered, &m};
    aln_lexicon *lexicon;
    aln_analyzer *a;
    size_t hash = 0;
    (void)state;
    assert_int_equal(aln_lexicon_open(&alloc, NULL, &lexicon, NULL), ALN_OK);
    assert_int_equal(aln_analyzer_new(lexicon, NULL, &a, NULL), ALN_OK);
    assert_int_equal(aln_analyze(a, "ru", text, sizeof text - 1, hash_token, &hash), ALN_OK);
    size_t before = m.calls;
    for (int i = 0; i < 100; i++)
        assert_int_equal(aln_analyze(a, "ru", text, sizeof text - 1, hash_token, &hash), ALN_OK);
    assert_int_equal(m.calls, before);
    aln_analyzer_free(a);
    aln_lexicon_unref(lexicon);
}

static int make_names(void **state)
{
    static const char names[] = "id\tkind\tlang\tnames\tdates\tflags\tnote\n"
                                "zorbland\tcountry\ten\tZorbland|Republic of Zorbland\t1998-\t\t\n"
                                "zorbland\tcountry\tru\tЗорбландия\t\thistoric\t\n";
    int fd = mkstemp(names_path);
    (void)state;
    return fd < 0 || write(fd, names, sizeof names - 1) != (ssize_t)(sizeof names - 1) || close(fd) != 0;
}

static int remove_names(void **state)
{
    (void)state;
    return remove(names_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail), cmocka_unit_test(usable_afterwards),
                                       cmocka_unit_test(hot_path_takes_no_memory)};
    return cmocka_run_group_tests(tests, make_names, remove_names);
}
