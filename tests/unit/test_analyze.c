/*
 * The analyzer: rows of texts and their terms (tests/rows/core/analyze.tsv), exact byte offsets, ill-formed UTF-8, what
 * a callback may do, options, the hook.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"
#include <allonym/allonym.h>

static const char *rows_dir, *hook_program;
static aln_lexicon *lexicon;

enum { TERM_MAX = 400, TERMS_MAX = 4096 };

/* A term as rows write it: "astana@2", "stem:astan" (no position), "key:…@1", "id:…@1+2" (span). */
typedef struct terms {
    char (*list)[TERM_MAX];
    size_t count, words;
    const char *text;
    size_t len;
    uint32_t last;
    int bad;
} terms;

static int collect(void *ctx, const aln_token *t)
{
    static const char *const kinds[] = {"", "stem:", "key:", "id:"};
    terms *all = ctx;
    char place[32] = "", span[16] = "";
    /* Offsets lie in the text, positions do not go back, the first token at a position is the word and not colocated. A
     * longer name stands at its last word, too. */
    if (t->start >= t->end || t->end > all->len || t->position < 1 || t->span < 1)
        all->bad = 1;
    if (t->kind == ALN_TERM_EXACT && !(t->flags & ALN_TOKEN_COLOCATED)) {
        if (t->position != all->last + 1)
            all->bad = 1;
        all->last = t->position;
        all->words++;
    } else if (!(t->flags & (ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED)) || t->position < all->last) {
        all->bad = 1;
    }
    if ((t->kind == ALN_TERM_ENTITY) != (t->entity != UINT32_MAX))
        all->bad = 1;
    if ((t->kind == ALN_TERM_KEY && t->text[0] == '0') != ((t->flags & ALN_TOKEN_SKELETON) != 0))
        all->bad = 1;
    if (!(t->flags & ALN_TOKEN_UNPLACED))
        snprintf(place, sizeof place, "@%u", (unsigned)t->position);
    if (t->span > 1)
        snprintf(span, sizeof span, "+%u", (unsigned)t->span);
    if (all->count < TERMS_MAX)
        snprintf(all->list[all->count++], TERM_MAX, "%s%.*s%s%s", kinds[t->kind], (int)t->text_len, t->text, place,
                 span);
    return 0;
}

static void terms_of(aln_analyzer *a, const char *language, const char *text, size_t len, terms *out)
{
    memset(out, 0, sizeof *out);
    out->list = calloc(TERMS_MAX, TERM_MAX);
    assert_non_null(out->list);
    out->text = text;
    out->len = len;
    assert_int_equal(aln_analyze(a, language, text, len, collect, out), ALN_OK);
}

static int has(const terms *all, const char *term)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->list[i], term) == 0)
            return 1;
    return 0;
}

static aln_analyzer *analyzer_new(const aln_options *options)
{
    aln_analyzer *a;
    aln_error err;
    if (aln_analyzer_new(lexicon, options, &a, &err) != ALN_OK)
        fail_msg("%s", err.message);
    return a;
}

/* language, text, terms with blanks between: each has to be there; behind a "!" must not be; "N" words in all at the
 * end */
static void term_rows(void **state)
{
    rows r;
    aln_analyzer *a = analyzer_new(NULL);
    (void)state;
    rows_open(&r, rows_dir, "core/analyze.tsv");
    while (rows_next(&r)) {
        terms all;
        int failed = 0;
        terms_of(a, *r.cell[0] ? r.cell[0] : NULL, r.cell[1], r.len[1], &all);
        char *save = NULL;
        for (char *want = strtok_r(r.cell[2], " ", &save); want; want = strtok_r(NULL, " ", &save)) {
            int forbidden = want[0] == '!' && want[1];
            if (has(&all, want + forbidden) == forbidden) {
                rows_fail(&r, "%s is %s", want + forbidden, forbidden ? "there" : "missing");
                failed = 1;
            }
        }
        if (all.bad) {
            rows_fail(&r, "offsets, positions or flags contradict the header");
            failed = 1;
        }
        if (failed) {
            fprintf(stderr, "    has:");
            for (size_t i = 0; i < all.count; i++)
                fprintf(stderr, " %s", all.list[i]);
            fputc('\n', stderr);
        }
        free(all.list);
    }
    rows_close(&r);
    aln_analyzer_free(a);
}

static int check_offset(void *ctx, const aln_token *t)
{
    const char *text = ctx;
    char folded[256];
    if (t->kind != ALN_TERM_EXACT || (t->flags & ALN_TOKEN_COLOCATED))
        return 0;
    size_t n = aln_fold(text + t->start, t->end - t->start, folded, sizeof folded);
    return n == t->text_len && !memcmp(folded, t->text, n) ? 0 : 77;
}

/* The bytes at a word's offsets are the word as it stood, whatever folding made of it, in texts of more than one window
 * too. */
static void offsets_are_of_the_input(void **state)
{
    static const char piece[] = "\xEF\xBB\xBF Токаев, Kazakh\xC2\xADstan\xC2\xA0\xC3 — ＡＳＴＡＮＡ\t“Nur-Sultan”\r\n "
                                "阿斯塔纳。می\xE2\x80\x8Cخواهم \xFF ﬁn ";
    aln_analyzer *a = analyzer_new(NULL);
    enum { TIMES = 4000 };
    size_t n = sizeof piece - 1;
    char *text = malloc(n * TIMES);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + i * n, piece, n);
    assert_int_equal(aln_analyze(a, "ru", text, n * TIMES, check_offset, text), ALN_OK);
    assert_int_equal(aln_analyze(a, NULL, text, n * TIMES, check_offset, text), ALN_OK);
    free(text);
    aln_analyzer_free(a);
}

/* A bad byte in a text is what white space is, and in a query too. */
static void bad_utf8_is_a_separator(void **state)
{
    static const char *const bad[] = {
        "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x87", "\xED\xA0\x80", "\xC0\xAF", "\xF8\x88\x80\x80\x80"};
    aln_analyzer *a = analyzer_new(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[64], with[4096], without[4096];
        terms one, two;
        const aln_query_node *plan;
        aln_query_options options = ALN_QUERY_OPTIONS_INIT;
        options.flags = ALN_QUERY_EXACT;
        int n = snprintf(text, sizeof text, "Astana%sTokayev", bad[i]);
        terms_of(a, "en", text, (size_t)n, &one);
        terms_of(a, "en", "Astana|Tokayev", 14, &two);
        assert_int_equal(one.count, two.count);
        for (size_t k = 0; k < one.count; k++)
            assert_string_equal(one.list[k], two.list[k]);
        free(one.list);
        free(two.list);
        assert_int_equal(aln_query_plan(a, &options, text, (size_t)n, &plan, NULL), ALN_OK);
        aln_query_describe(plan, with, sizeof with);
        assert_int_equal(aln_query_plan(a, &options, "Astana|Tokayev", 14, &plan, NULL), ALN_OK);
        aln_query_describe(plan, without, sizeof without);
        assert_string_equal(with, without);
    }
    aln_analyzer_free(a);
}

static int stop_at(void *ctx, const aln_token *t)
{
    int *left = ctx;
    (void)t;
    return --*left == 0 ? ALN_STOP : *left < 0 ? 99 : 0;
}

static int positive(void *ctx, const aln_token *t)
{
    (void)ctx;
    (void)t;
    return 4711;
}

static void callback_ends_it(void **state)
{
    static const char text[] = "Tokayev met Xi Jinping in Astana";
    aln_analyzer *a = analyzer_new(NULL);
    terms all;
    (void)state;
    terms_of(a, "en", text, strlen(text), &all);
    for (size_t n = 1; n <= all.count; n++) { /* stopping at each token is success, and nothing is given after it */
        int left = (int)n;
        assert_int_equal(aln_analyze(a, "en", text, strlen(text), stop_at, &left), ALN_OK);
        assert_int_equal(left, 0);
    }
    assert_int_equal(aln_analyze(a, "en", text, strlen(text), positive, NULL), 4711);
    terms again;
    terms_of(a, "en", text, strlen(text), &again); /* nothing is left over of what was stopped */
    assert_int_equal(all.count, again.count);
    free(all.list);
    free(again.list);
    aln_analyzer_free(a);
}

static int longest(void *ctx, const aln_token *t)
{
    size_t *max = ctx;
    if (t->text_len > *max)
        *max = t->text_len;
    return 0;
}

static void words_are_cut(void **state)
{
    aln_options options = ALN_OPTIONS_INIT;
    char *text = malloc(1 << 20);
    (void)state;
    assert_non_null(text);
    memset(text, 'a', 1 << 20);
    text[0] = 'A';
    for (size_t max = 8; max <= 64; max += 56) {
        size_t got = 0;
        options.max_word_bytes = max;
        aln_analyzer *a = analyzer_new(&options);
        assert_int_equal(aln_analyze(a, "en", text, 1 << 20, longest, &got), ALN_OK);
        assert_true(got > 0 && got <= max + 16);
        aln_analyzer_free(a);
    }
    free(text);
}

static void empty_and_nul(void **state)
{
    aln_analyzer *a = analyzer_new(NULL);
    terms all;
    (void)state;
    terms_of(a, NULL, "", 0, &all);
    assert_int_equal(all.count, 0);
    free(all.list);
    terms_of(a, "en", "a\0b", 3, &all);
    assert_int_equal(all.words, 2);
    free(all.list);
    terms_of(a, "xx-unknown", "Astana", 6, &all); /* a language that is not built in is identified */
    assert_true(has(&all, "astana@1"));
    free(all.list);
    assert_string_equal(aln_identify(a, "", 0), "und");
    aln_analyzer_free(a);
}

/* The memo is emptied when it is full; terms must not depend on it. */
static void small_memo_gives_the_same(void **state)
{
    aln_options options = ALN_OPTIONS_INIT;
    char text[60000];
    size_t len = 0;
    (void)state;
    for (unsigned i = 0; len + 100 < sizeof text; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "Токаев%u Астана%u встретил ", i * 7919u % 1000u, i);
    aln_analyzer *big = analyzer_new(NULL);
    options.max_memo_bytes = 4096;
    aln_analyzer *small = analyzer_new(&options);
    terms one, two;
    terms_of(big, "ru", text, len, &one);
    terms_of(small, "ru", text, len, &two);
    assert_int_equal(one.count, two.count);
    for (size_t i = 0; i < one.count; i++)
        assert_string_equal(one.list[i], two.list[i]);
    free(one.list);
    free(two.list);
    aln_analyzer_free(big);
    aln_analyzer_free(small);
}

static void options_and_fingerprint(void **state)
{
    static const aln_options variants[] = {
        {sizeof(aln_options), NULL, ALN_NAMES_ALL, 0, 0, 0, 0, 0, 0},
        {sizeof(aln_options), NULL, ALN_NAMES_CURRENT, 0, 0, 0, 0, 0, 0},
        {sizeof(aln_options), NULL, ALN_NAMES_OFF, 0, 0, 0, 0, 0, 0},
        {sizeof(aln_options), "kk,ru", ALN_NAMES_ALL, 0, 0, 0, 0, 0, 0},
        {sizeof(aln_options), "ru,kk", ALN_NAMES_ALL, 0, 0, 0, 0, 0, 0},
        {sizeof(aln_options), NULL, ALN_NAMES_ALL, 32, 0, 0, 0, 0, 0},
        {sizeof(aln_options), NULL, ALN_NAMES_ALL, 0, 0, 2, 0, 0, 0},
    };
    enum { VARIANTS = sizeof variants / sizeof *variants };
    aln_analyzer *a[VARIANTS];
    (void)state;
    for (size_t i = 0; i < VARIANTS; i++) {
        a[i] = analyzer_new(&variants[i]);
        const char *print = aln_analyzer_fingerprint(a[i]);
        for (const char *c = print; *c; c++)
            assert_true(*c >= 0x20 && *c < 0x7F);
        for (size_t k = 0; k < i; k++)
            if (strcmp(print, aln_analyzer_fingerprint(a[k])) == 0)
                fail_msg("options %zu and %zu have one fingerprint: %s", k, i, print);
    }
    aln_analyzer *same = analyzer_new(&variants[3]);
    assert_string_equal(aln_analyzer_fingerprint(same), aln_analyzer_fingerprint(a[3]));
    aln_analyzer_free(same);
    assert_int_equal(aln_analyzer_clone(a[3], &same, NULL), ALN_OK);
    assert_string_equal(aln_analyzer_fingerprint(same), aln_analyzer_fingerprint(a[3]));
    assert_ptr_equal(aln_analyzer_lexicon(same), aln_analyzer_lexicon(a[3]));
    aln_analyzer_free(same);
    assert_int_equal(aln_analyzer_clone(NULL, &same, NULL), ALN_EINVAL);
    assert_null(same);
    /* what decides about memory alone does not change terms */
    aln_options memo = ALN_OPTIONS_INIT;
    memo.max_memo_bytes = 1 << 20;
    same = analyzer_new(&memo);
    assert_string_equal(aln_analyzer_fingerprint(same), aln_analyzer_fingerprint(a[0]));
    aln_analyzer_free(same);
    for (size_t i = 0; i < VARIANTS; i++)
        aln_analyzer_free(a[i]);

    aln_error err;
    aln_analyzer *none = (aln_analyzer *)&err;
    aln_options wrong = ALN_OPTIONS_INIT;
    wrong.languages = "kk,tlh";
    assert_int_equal(aln_analyzer_new(lexicon, &wrong, &none, &err), ALN_EUNKNOWN);
    assert_null(none);
    assert_non_null(strstr(err.message, "tlh"));
    wrong.languages = NULL;
    wrong.struct_size = 3;
    assert_int_equal(aln_analyzer_new(lexicon, &wrong, &none, &err), ALN_EINVAL);
    assert_int_equal(aln_analyzer_new(NULL, NULL, &none, NULL), ALN_EINVAL);
    aln_analyzer_free(NULL);
}

/* ------------------------------------------------------------------- hook */

typedef struct sink {
    size_t postings, positions, keys;
    uint32_t words, last;
    size_t stop_after;
    int bad;
} sink;

static int take_posting(void *ctx, const char *term, size_t len, uint32_t position)
{
    sink *s = ctx;
    s->postings++;
    int entity =
        len > 2 && !memcmp(term, "XE", 2); /* stands at the last word of a name, too, and is given with the first */
    if (position > s->last && s->positions && !entity)
        s->bad = 1; /* position() comes before the postings of a word */
    if (len > 2 && !memcmp(term, "XN", 2))
        s->keys++;
    return s->stop_after && s->postings == s->stop_after ? 42 : 0;
}

static int take_position(void *ctx, uint32_t position, size_t start, size_t end)
{
    sink *s = ctx;
    s->positions++;
    if (position <= s->last || start >= end)
        s->bad = 1;
    s->last = position;
    return 0;
}

static int take_length(void *ctx, uint32_t words)
{
    ((sink *)ctx)->words = words;
    return 0;
}

static void hook_contract(void **state)
{
    static const char text[] = "Tokayev met Xi Jinping";
    aln_analyzer *a = analyzer_new(NULL);
    aln_hook hook = ALN_HOOK_INIT;
    sink s = {0};
    uint32_t position = 0;
    (void)state;
    hook.ctx = &s;
    hook.posting = take_posting;
    hook.position = take_position;
    hook.length = take_length;
    assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), &position), ALN_OK);
    assert_int_equal(position, 4);
    assert_int_equal(s.words, 4);
    assert_int_equal(s.positions, 4);
    assert_true(s.keys >= 3 && !s.bad);
    position = 200; /* a second field goes on behind the first */
    sink second = {0};
    hook.ctx = &second;
    assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), &position), ALN_OK);
    assert_int_equal(position, 204);
    assert_int_equal(second.last, 204);
    sink part = {0}; /* of one of several texts no key says how many words it has */
    hook.ctx = &part;
    hook.flags |= ALN_HOOK_PART;
    assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), &position), ALN_OK);
    assert_int_equal(part.keys + 1, second.keys);
    hook.flags &= ~ALN_HOOK_PART;
    static const char *const records[] = {
        /* keys as long as they get, which the sanitizers watch being copied */
        "\U00020BB7\U00020BB7\U00020BB7\U00020BB7\U00020BB7\U00020BB7\U00020BB7\U00020BB7",
        "\u5C71\u6771\u4E09\u682A\u5F0F\u4F1A\u793E",
        "Kazan Optical Mechanical Electrical Radio Instrument Engine Plant"};
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        sink record = {0};
        uint32_t last = 0;
        hook.ctx = &record;
        assert_int_equal(aln_index_text(a, &hook, "ja", records[i], strlen(records[i]), &last), ALN_OK);
        assert_true(record.keys > 0 && !record.bad);
        sink title = {0}; /* nor what else is for records only */
        hook.ctx = &title;
        hook.flags |= ALN_HOOK_PART;
        assert_int_equal(aln_index_text(a, &hook, "ja", records[i], strlen(records[i]), &last), ALN_OK);
        assert_true(title.keys < record.keys);
        hook.flags &= ~ALN_HOOK_PART;
    }
    hook.prefix[ALN_TERM_KEY] = NULL; /* kinds that are not wanted */
    sink third = {0};
    hook.ctx = &third;
    assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), &position), ALN_OK);
    assert_int_equal(third.keys, 0);
    assert_true(third.postings < second.postings);
    hook.posting = NULL; /* unused functions may be NULL */
    hook.length = NULL;
    assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), &position), ALN_OK);
    aln_hook small = ALN_HOOK_INIT; /* terms longer than the engine takes are left out */
    sink fourth = {0};
    small.ctx = &fourth;
    small.posting = take_posting;
    small.max_term_bytes = 3;
    position = 0;
    assert_int_equal(aln_index_text(a, &small, "en", text, strlen(text), &position), ALN_OK);
    assert_true(fourth.postings > 0 && fourth.postings < 6);
    assert_int_equal(position, 4);
    sink fifth = {0}; /* the engine's own code comes back as it is */
    fifth.stop_after = 3;
    small.ctx = &fifth;
    small.max_term_bytes = 0;
    assert_int_equal(aln_index_text(a, &small, "en", text, strlen(text), &position), 42);
    assert_int_equal(fifth.postings, 3);
    aln_analyzer_free(a);
}

typedef struct field {
    char prefix[8];
    size_t postings, hash;
    int bad;
} field;

static int take_of_field(void *ctx, const char *term, size_t len, uint32_t position)
{
    field *f = ctx;
    size_t n = strlen(f->prefix);
    f->postings++;
    f->bad |= len <= n || memcmp(term, f->prefix, n) != 0;
    for (size_t i = n; i < len; i++)
        f->hash = (f->hash ^ (unsigned char)term[i]) * 1099511628211u;
    f->hash = (f->hash ^ position) * 1099511628211u;
    return 0;
}

/* Each hook gets its own prefixes, however many of them take turns with the same words. */
static void hooks_in_turn(void **state)
{
    static const char text[] = "Tokayev met Xi Jinping in Nur-Sultan; 习近平";
    aln_analyzer *a = analyzer_new(NULL);
    field first = {{0}, 0, 0, 0};
    (void)state;
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 100; i++) {
            field f = {{0}, 0, 0, 0};
            aln_hook hook = ALN_HOOK_INIT;
            snprintf(f.prefix, sizeof f.prefix, "F%d:", i + 100);
            for (int kind = 0; kind < ALN_TERM_KINDS; kind++)
                hook.prefix[kind] = f.prefix;
            hook.ctx = &f;
            hook.posting = take_of_field;
            assert_int_equal(aln_index_text(a, &hook, "en", text, strlen(text), NULL), ALN_OK);
            if (!first.postings)
                first = f;
            assert_int_equal(f.postings, first.postings);
            assert_true(!f.bad && f.hash == first.hash);
        }
    aln_analyzer_free(a);
}

/* examples/hook.c, as a stranger would run it */
static void hook_example(void **state)
{
    char command[1024], line[256];
    int first = 0, third = 0, second = 0;
    (void)state;
    if (!hook_program)
        skip();
    snprintf(command, sizeof command, "'%s' Tokayev 'Тоқаев Астанада' 'Nothing here' 'President Tokaev'", hook_program);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        first |= !strncmp(line, "text 1, word 1:", 15);
        second |= !strncmp(line, "text 2", 6);
        third |= !strncmp(line, "text 3, word 2:", 15);
    }
    assert_int_equal(pclose(f), 0);
    assert_true(first && third && !second);
}

static int open_lexicon(void **state)
{
    (void)state;
    return aln_lexicon_open(NULL, NULL, &lexicon, NULL) != ALN_OK;
}

static int close_lexicon(void **state)
{
    (void)state;
    aln_lexicon_unref(lexicon);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(term_rows),
        cmocka_unit_test(offsets_are_of_the_input),
        cmocka_unit_test(bad_utf8_is_a_separator),
        cmocka_unit_test(callback_ends_it),
        cmocka_unit_test(words_are_cut),
        cmocka_unit_test(empty_and_nul),
        cmocka_unit_test(hook_contract),
        cmocka_unit_test(hooks_in_turn),
        cmocka_unit_test(small_memo_gives_the_same),
        cmocka_unit_test(options_and_fingerprint),
        cmocka_unit_test(hook_example),
    };
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    hook_program = argc > 2 ? argv[2] : NULL;
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
