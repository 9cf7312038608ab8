/*
 * Packed words and the cursor over an index's words: whatever form they come in, it moves as one over a sorted array.
 *
 * SPDX-License-Identifier: MIT
 */
#include "vocabulary.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* behind the four above, which it needs */
#include <cmocka.h>

#define WORDS 3000
#define PART_WORDS 170 /* some parts end within a group */
#define PARTS (WORDS / PART_WORDS + 2)

typedef struct words {
    char *word[WORDS];
    size_t count, at;
    unsigned char *part[PARTS];
    size_t size[PARTS], parts;
    int packed; /* -1: not from now on */
} words;

static uint32_t seed;

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Few letters, so that much is shared; some words are long, for which two numbers take three bytes. */
static void make_word(char *out)
{
    size_t n = chance(20) ? 1 + chance(9) : 10 + chance(40);
    for (size_t i = 0; i < n; i++)
        *out++ = "abz\xD0"[chance(4)];
    *out = 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t shared(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    return i;
}

/* words from to to - 1 */
static unsigned char *pack(const words *w, size_t from, size_t to, size_t *size)
{
    unsigned char *out = malloc((to - from) * 64), *at = out;
    assert_non_null(out);
    for (size_t i = from; i < to;) {
        unsigned char *head = at;
        size_t least = SIZE_MAX;
        at += ALN_PACKED_HEAD;
        for (size_t n = 0; n < ALN_PACKED_GROUP && i < to; n++, i++) {
            size_t same = i > from ? shared(w->word[i - 1], w->word[i]) : 0, more = strlen(w->word[i]) - same;
            least = same < least ? same : least;
            at += aln_packed_head(same, more, at);
            memcpy(at, w->word[i] + same, more);
            at += more;
        }
        aln_packed_group(least, (size_t)(at - head) - ALN_PACKED_HEAD, head);
    }
    *size = (size_t)(at - out);
    return out;
}

static int set_up(void **state)
{
    words *w = calloc(1, sizeof *w);
    char word[64];
    seed = 7;
    for (size_t i = 0; i < WORDS; i++) {
        make_word(word);
        w->word[i] = malloc(64);
        assert_non_null(w->word[i]);
        strcpy(w->word[i], word);
    }
    qsort(w->word, WORDS, sizeof *w->word, by_bytes);
    for (size_t i = 0; i < WORDS; i++)
        if (w->count && !strcmp(w->word[w->count - 1], w->word[i])) {
            free(w->word[i]);
        } else {
            w->word[w->count++] = w->word[i];
        }
    for (size_t from = 0; from < w->count; from += PART_WORDS, w->parts++)
        w->part[w->parts] =
            pack(w, from, from + PART_WORDS < w->count ? from + PART_WORDS : w->count, &w->size[w->parts]);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    words *w = *state;
    for (size_t i = 0; i < w->count; i++)
        free(w->word[i]);
    for (size_t i = 0; i < w->parts; i++)
        free(w->part[i]);
    free(w);
    return 0;
}

static size_t place_of(const words *w, const char *text, size_t len)
{
    size_t i = 0;
    for (; i < w->count; i++) {
        size_t n = strlen(w->word[i]);
        int order = memcmp(w->word[i], text, n < len ? n : len);
        if (order > 0 || (!order && n >= len))
            break;
    }
    return i;
}

static int give(words *w, const char **term, size_t *len)
{
    *term = w->at < w->count ? w->word[w->at] : NULL;
    *len = *term ? strlen(*term) : 0;
    return 0;
}

static int seek(void *ctx, aln_term_kind kind, const char *text, size_t text_len, const char **term, size_t *len,
                uint32_t *freq)
{
    words *w = ctx;
    (void)kind;
    (void)freq;
    w->at = place_of(w, text, text_len);
    return give(w, term, len);
}

static int next(void *ctx, const char **term, size_t *len, uint32_t *freq)
{
    words *w = ctx;
    (void)freq;
    w->at += w->at < w->count;
    return give(w, term, len);
}

static int part(void *ctx, aln_term_kind kind, const char *text, size_t len, const unsigned char **packed, size_t *size,
                const char **limit, size_t *limit_len)
{
    words *w = ctx;
    (void)kind;
    if (w->packed < 0)
        return ALN_ENOTFOUND;
    size_t at = place_of(w, text, len), n = at / PART_WORDS;
    *packed = at < w->count ? w->part[n] : NULL;
    if (!*packed)
        return 0;
    size_t last = (n + 1) * PART_WORDS < w->count ? (n + 1) * PART_WORDS : w->count;
    *size = w->size[n];
    *limit = w->word[last - 1];
    *limit_len = strlen(*limit);
    return 0;
}

/* Moves a cursor at random, beside the array. losing: the packed form is gone for a while, now and then. */
static void roam(words *w, const aln_vocabulary *v, int losing)
{
    aln_word_cursor c;
    size_t at = w->count;
    char before[64] = "";
    aln_cursor_begin(&c, v, ALN_TERM_STEM);
    for (int step = 0; step < 20000; step++) {
        if (losing && !chance(50))
            w->packed = -w->packed;
        if (at == w->count || !chance(8)) {
            char goal[64];
            make_word(goal);
            assert_int_equal(aln_cursor_seek(&c, goal, strlen(goal)), 0);
            at = place_of(w, goal, strlen(goal));
        } else if (chance(2)) {
            assert_int_equal(aln_cursor_next(&c), 0);
            at++;
        } else {
            size_t bytes = 1 + chance((uint32_t)strlen(w->word[at]));
            const char *word = w->word[at];
            assert_int_equal(aln_cursor_skip(&c, bytes), 0);
            while (at < w->count && !strncmp(w->word[at], word, bytes))
                at++;
        }
        assert_int_equal(c.past_end, at == w->count);
        if (c.past_end) { /* behind which nothing is known of the word before */
            *before = 0;
            continue;
        }
        assert_int_equal(c.at.len, strlen(w->word[at]));
        assert_memory_equal(c.at.word, w->word[at], c.at.len);
        if (*before)
            assert_int_equal(c.at.same, shared(before, w->word[at]));
        strcpy(before, w->word[at]);
    }
}

static void test_word_by_word(void **state)
{
    aln_vocabulary v = {*state, seek, next, NULL, NULL};
    roam(*state, &v, 0);
}

static void test_packed(void **state)
{
    words *w = *state;
    aln_vocabulary v = {w, seek, next, NULL, part};
    w->packed = 1;
    roam(w, &v, 0);
}

static void test_packed_at_times(void **state)
{
    words *w = *state;
    aln_vocabulary v = {w, seek, next, NULL, part};
    w->packed = 1;
    roam(w, &v, 1);
}

/* Whatever the bytes are, none beside them is read (the sanitizers tell), and reading ends. */
static void test_damaged(void **state)
{
    const words *w = *state;
    for (int round = 0; round < 3000; round++) {
        size_t n = chance((uint32_t)w->parts), size = 1 + chance((uint32_t)w->size[n]);
        unsigned char *bytes = malloc(size);
        aln_packed_reader r;
        assert_non_null(bytes);
        memcpy(bytes, w->part[n], size);
        for (uint32_t damage = chance(4); damage; damage--)
            bytes[chance((uint32_t)size)] = (unsigned char)chance(256);
        aln_packed_begin(&r, bytes, size);
        while (aln_packed_pass(&r, chance(3) ? SIZE_MAX : 1 + chance(4)))
            assert_true(r.len <= 510 && r.same <= r.len);
        aln_packed_begin(&r, bytes, size);
        aln_packed_seek(&r, "bazz", 4);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_word_by_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_packed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_packed_at_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
