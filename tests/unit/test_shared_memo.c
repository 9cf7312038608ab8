/*
 * Memory that analyzers share (aln_options.shared_memo): terms are the same to the byte with and without it, whatever
 * its size and whoever uses it at the same time: other options, other threads of work, processes that are killed.
 *
 * SPDX-License-Identifier: MIT
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "rows.h"
#include <allonym/allonym.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXTS "examples/news/news.jsonl" /* a line of JSON is a text in its language, too */
#define MEMORY ((size_t)4 << 20)

typedef struct options_row {
    const char *what;
    const char *languages;
    aln_names names;
    uint32_t max_keys;
    int16_t as_of;
} options_row;

static const options_row option_rows[] = {
    {"defaults", NULL, ALN_NAMES_ALL, 0, 0},
    {"no names", NULL, ALN_NAMES_OFF, 0, 0},
    {"names in use", NULL, ALN_NAMES_CURRENT, 0, 0},
    {"a year", NULL, ALN_NAMES_ALL, 0, 2020},
    {"three languages", "kk,ru,en", ALN_NAMES_ALL, 0, 0},
    {"few keys", NULL, ALN_NAMES_ALL, 1, 0},
};
enum { OPTION_ROWS = sizeof option_rows / sizeof *option_rows };

static char *lines[1024];
static size_t line_count;
static aln_lexicon *lexicon;

static void add(uint64_t *h, const void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        *h = (*h ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
}

static int add_token(void *ctx, const aln_token *t)
{
    uint64_t *h = ctx;
    uint64_t numbers[] = {(uint64_t)t->kind, t->start, t->end, t->position, t->span, t->flags, t->entity};
    add(h, numbers, sizeof numbers);
    add(h, t->text, t->text_len);
    add(h, t->language, strlen(t->language));
    add(h, t->rule, strlen(t->rule));
    add(h, t->script, strlen(t->script));
    return 0;
}

static int add_posting(void *ctx, const char *term, size_t len, uint32_t position)
{
    add(ctx, term, len);
    add(ctx, &position, sizeof position);
    return 0;
}

/* All terms of all texts, by the language that they look like and as Russian, as tokens and for an engine.
 * private_bytes: a small memo of its own forgets, so that words are taken from the shared one again and again. */
static uint64_t terms(const options_row *row, void *shared, size_t bytes, size_t private_bytes)
{
    aln_options options = ALN_OPTIONS_INIT;
    aln_hook hook = ALN_HOOK_INIT;
    aln_analyzer *analyzer = NULL;
    uint64_t h = 14695981039346656037u;
    options.languages = row->languages;
    options.names = row->names;
    options.max_keys = row->max_keys;
    options.as_of = row->as_of;
    options.max_memo_bytes = private_bytes;
    options.shared_memo = shared;
    options.shared_memo_bytes = bytes;
    assert_int_equal(aln_analyzer_new(lexicon, &options, &analyzer, NULL), ALN_OK);
    hook.ctx = &h;
    hook.posting = add_posting;
    for (size_t i = 0; i < line_count; i++) {
        size_t len = strlen(lines[i]);
        uint32_t position = 0;
        assert_int_equal(aln_analyze(analyzer, NULL, lines[i], len, add_token, &h), ALN_OK);
        if (i % 4 == 0)
            assert_int_equal(aln_analyze(analyzer, "ru", lines[i], len, add_token, &h), ALN_OK);
        if (i % 4 == 1)
            assert_true(aln_index_text(analyzer, &hook, NULL, lines[i], len, &position) == ALN_OK);
    }
    aln_analyzer_free(analyzer);
    return h;
}

static void *map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(memory != MAP_FAILED);
    return memory;
}

static int is_used(const void *memory, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (((const char *)memory)[i])
            return 1;
    return 0;
}

static uint64_t expected[OPTION_ROWS];

static int begin(void **state)
{
    char *line = NULL;
    size_t cap = 0;
    FILE *file = fopen(TEXTS, "r");
    (void)state;
    assert_non_null(file);
    while (line_count < sizeof lines / sizeof *lines && getline(&line, &cap, file) > 0) {
        lines[line_count++] = line;
        line = NULL;
        cap = 0;
    }
    free(line);
    fclose(file);
    assert_true(line_count > 100);
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, NULL), ALN_OK);
    for (size_t i = 0; i < OPTION_ROWS; i++)
        expected[i] = terms(&option_rows[i], NULL, 0, 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < line_count; i++)
        free(lines[i]);
    aln_lexicon_unref(lexicon);
    return 0;
}

static void sizes(void **state)
{
    static const struct {
        size_t bytes;
        int used;
    } rows_[] = {{0, 0}, {100, 0}, {16 << 10, 1}, {100001, 1}, {1 << 20, 1}, {MEMORY, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
        void *memory = map(MEMORY);
        for (int turn = 0; turn < 2; turn++)
            assert_int_equal(terms(&option_rows[0], memory, rows_[i].bytes, (size_t)64 << 10), expected[0]);
        assert_int_equal(is_used(memory, MEMORY), rows_[i].used);
        assert_false(is_used((char *)memory + rows_[i].bytes, MEMORY - rows_[i].bytes)); /* nothing behind the end */
        munmap(memory, MEMORY);
    }
}

static void options_do_not_mix(void **state)
{
    void *memory = map(MEMORY);
    (void)state;
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < OPTION_ROWS; i++)
            if (terms(&option_rows[i], memory, MEMORY, (size_t)64 << 10) != expected[i])
                fail_msg("%s: other terms with shared memory", option_rows[i].what);
    munmap(memory, MEMORY);
}

/* Processes at the same time, of which one after another is killed. */
static void processes(void **state)
{
    enum { KILLED = 6, LIVING = 4 };
    void *memory = map(MEMORY);
    pid_t pids[KILLED + LIVING];
    (void)state;
    for (size_t i = 0; i < KILLED + LIVING; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (!pids[i]) {
            const size_t row = i % 2;
            do
                if (terms(&option_rows[row], memory, MEMORY, (size_t)64 << 10) != expected[row])
                    _exit(1);
            while (i < KILLED);
            _exit(0);
        }
    }
    for (size_t i = 0; i < KILLED; i++) {
        struct timespec wait = {0, 20000000};
        nanosleep(&wait, NULL);
        kill(pids[i], SIGKILL);
    }
    for (size_t i = 0; i < KILLED + LIVING; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        if (i < KILLED)
            assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        else
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(terms(&option_rows[0], memory, MEMORY, 0), expected[0]);
    munmap(memory, MEMORY);
}

/* Pointers into it would be wrong: who has it elsewhere sees that. */
static void another_address(void **state)
{
    char path[] = "/tmp/test_shared_memo.XXXXXX";
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    unlink(path);
    assert_int_equal(ftruncate(file, (off_t)MEMORY), 0);
    void *one = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    void *other = mmap(NULL, MEMORY, PROT_READ, MAP_SHARED, file, 0); /* writing would be a signal */
    assert_true(one != MAP_FAILED && other != MAP_FAILED);
    assert_int_equal(terms(&option_rows[0], one, MEMORY, 0), expected[0]);
    void *copy = map(MEMORY);
    memcpy(copy, one, MEMORY);
    munmap(one, MEMORY);
    assert_int_equal(terms(&option_rows[0], copy, MEMORY, 0), expected[0]);
    assert_memory_equal(copy, other, MEMORY);
    munmap(copy, MEMORY);
    munmap(other, MEMORY);
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes),
        cmocka_unit_test(options_do_not_mix),
        cmocka_unit_test(processes),
        cmocka_unit_test(another_address),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
