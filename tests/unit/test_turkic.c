/*
 * The Turkic stemming engine: rows of tests/rows/stem (form, stem), and what must hold for any input: no byte beyond
 * the buffer is touched, a stem is never empty, and the stem of a kept name is itself. The tables are used directly,
 * without the registry. ALN_TEST_ROWS is the folder of the rows; the working directory's tests/rows/stem by default.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "turkic.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ALN_TEST_ROWS
#define ALN_TEST_ROWS "tests/rows/stem"
#endif

extern const aln_turkic_table aln_turkic_kk, aln_turkic_kk_Latn, aln_turkic_ky, aln_turkic_uz, aln_turkic_uz_Cyrl,
    aln_turkic_tk, aln_turkic_az, aln_turkic_tg, aln_turkic_tr;

static const struct language {
    const char *name;
    const aln_turkic_table *table;
} languages[] = {
    {"kk", &aln_turkic_kk}, {"kk-Latn", &aln_turkic_kk_Latn}, {"ky", &aln_turkic_ky},
    {"uz", &aln_turkic_uz}, {"uz-Cyrl", &aln_turkic_uz_Cyrl}, {"tk", &aln_turkic_tk},
    {"az", &aln_turkic_az}, {"tg", &aln_turkic_tg},           {"tr", &aln_turkic_tr},
};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < LANGUAGES; i++) {
        char path[512], line[512];
        unsigned number = 0, rows = 0, wrong = 0;
        snprintf(path, sizeof path, "%s/%s.tsv", ALN_TEST_ROWS, languages[i].name);
        FILE *in = fopen(path, "r");
        assert_non_null(in);
        while (fgets(line, sizeof line, in)) {
            number++;
            char *tab = strchr(line, '\t');
            if (line[0] == '#' || !tab)
                continue;
            char word[512];
            size_t len = (size_t)(tab - line);
            memcpy(word, line, len);
            len = aln_turkic_stem(languages[i].table, word, len, sizeof word);
            char *want = tab + 1;
            want[strcspn(want, "\n")] = '\0';
            rows++;
            if (len != strlen(want) || memcmp(word, want, len) != 0) {
                print_message("%s:%u: got %.*s, want %s\n", path, number, (int)len, word, want);
                wrong++;
            }
        }
        fclose(in);
        assert_true(rows >= 150);
        assert_int_equal(wrong, 0);
    }
}

/* Exactly as many bytes as the word has, so that a sanitizer sees any other access. */
static void check(const aln_turkic_table *table, const char *word, size_t len, size_t cap)
{
    char *buffer = malloc(cap);
    assert_non_null(buffer);
    memcpy(buffer, word, len);
    size_t n = aln_turkic_stem(table, buffer, len, cap);
    assert_true(n >= 1 && n <= cap && n <= len + ALN_STEM_SLACK);
    free(buffer);
}

static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const parts[] = {"лар", "дың", "стан", "ға",       "lar",  "ning", "ʻ", "’",
                                        "и",   "ı",   "\xd0", "\xe2\x80", "\xff", "а",    "q"};
    uint32_t seed = 20211124;
    for (unsigned round = 0; round < 20000; round++) {
        char word[600];
        size_t len = 0;
        unsigned pieces = 1 + round % 12;
        for (unsigned k = 0; k < pieces; k++) {
            seed = seed * 1664525u + 1013904223u;
            if (round % 3 == 0) {
                word[len++] = (char)(seed >> 24);
                continue;
            }
            const char *part = parts[(seed >> 16) % (sizeof parts / sizeof parts[0])];
            memcpy(word + len, part, strlen(part));
            len += strlen(part);
        }
        for (size_t i = 0; i < LANGUAGES; i++) {
            check(languages[i].table, word, len, len);
            check(languages[i].table, word, len, len + ALN_STEM_SLACK);
        }
    }
}

static void test_lengths(void **state)
{
    (void)state;
    char word[400];
    for (size_t i = 0; i < 200; i++)
        memcpy(word + 2 * i, "а", 2);
    for (size_t i = 0; i < LANGUAGES; i++) {
        for (size_t letters = 1; letters <= 200; letters++)
            check(languages[i].table, word, 2 * letters, 2 * letters);
        check(languages[i].table, "a", 1, 1);
        char same[400];
        memcpy(same, word, sizeof same);
        assert_int_equal(aln_turkic_stem(languages[i].table, same, sizeof same, sizeof same), sizeof same);
        assert_memory_equal(same, word, sizeof same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
