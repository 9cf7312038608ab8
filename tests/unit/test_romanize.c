/*
 * Romanization: the rows of tests/rows/romanize (folder in argv[1]), hostile input, bounds.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "gen/romanize_tables.h"
#include "romanize.h"
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *rows_dir;

static aln_script script_by_code(const char *code)
{
    for (int s = 0; s < ALN_SCRIPTS; s++)
        if (!strcmp(aln_script_code((aln_script)s), code))
            return (aln_script)s;
    return ALN_SCRIPT_ZZZZ;
}

static void rows(void **state)
{
    char path[1024], line[1024];
    int number = 0, bad = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/romanize/words.tsv", rows_dir);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char *c[4], *save = NULL;
        number++;
        line[strcspn(line, "\n")] = 0;
        if (!*line || *line == '#')
            continue;
        for (int i = 0; i < 4; i++) {
            c[i] = strtok_r(i ? NULL : line, "\t", &save);
            assert_non_null(c[i]);
        }
        aln_roman r[ALN_ROMANS_MAX];
        const aln_scheme *s = aln_scheme_find(strcmp(c[0], "NULL") ? c[0] : NULL, script_by_code(c[1]));
        size_t n = aln_romanize(s, c[2], strlen(c[2]), r, ALN_ROMANS_MAX);
        int first = 1;
        for (char *want = strtok_r(c[3], "|", &save); want; want = strtok_r(NULL, "|", &save), first = 0) {
            size_t i = 0;
            while (i < n && (r[i].len != strlen(want) || memcmp(r[i].text, want, r[i].len) != 0))
                i++;
            if (i == n || (first && i)) {
                fprintf(stderr, "%s:%d: %s: wanted %s, first is %.*s\n", path, number, c[2], want,
                        n ? (int)r[0].len : 0, r[0].text);
                bad++;
            }
        }
    }
    fclose(f);
    assert_int_equal(bad, 0);
}

static void finds_schemes(void **state)
{
    (void)state;
    assert_string_equal(aln_scheme_name(aln_scheme_find(NULL, ALN_SCRIPT_CYRL)), "Cyrl");
    assert_string_equal(aln_scheme_name(aln_scheme_find("RU", ALN_SCRIPT_CYRL)), "ru");
    assert_string_equal(aln_scheme_name(aln_scheme_find("ru-RU", ALN_SCRIPT_CYRL)), "ru");
    assert_string_equal(aln_scheme_name(aln_scheme_find("ru", ALN_SCRIPT_LATN)), "Latn");
    assert_string_equal(aln_scheme_name(aln_scheme_find("kk", ALN_SCRIPT_LATN)), "kk-Latn");
    assert_string_equal(aln_scheme_name(aln_scheme_find("kk-Latn-2018", ALN_SCRIPT_LATN)), "kk-Latn-2018");
    assert_string_equal(aln_scheme_name(aln_scheme_find("uz", ALN_SCRIPT_CYRL)), "uz-Cyrl");
    assert_string_equal(aln_scheme_name(aln_scheme_find("xx-a-very-long-tag-of-no-language", ALN_SCRIPT_CYRL)), "Cyrl");
    assert_null(aln_scheme_find("en", ALN_SCRIPT_ZYYY));
    const aln_scheme *all[32];
    size_t n = aln_schemes_of(ALN_SCRIPT_LATN, all, 32);
    assert_true(n > 8);
    assert_string_equal(aln_scheme_name(all[0]), "Latn");
    assert_int_equal(aln_schemes_of(ALN_SCRIPT_LATN, all, 2), 2);
}

/* The look-ups are binary searches. */
static void tables_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 0; i < aln_rom_scheme_count; i++) {
        const aln_scheme *s = &aln_rom_schemes[i];
        const aln_rom_rule *r = aln_rom_rules + s->rules;
        if (i)
            assert_true(strcasecmp(s[-1].name, s->name) < 0);
        for (size_t j = 1; j < s->count; j++) {
            assert_true(r[j - 1].first <= r[j].first);
            assert_true(r[j - 1].first < r[j].first || r[j - 1].from_len >= r[j].from_len);
        }
        for (size_t j = 1; j < s->vowel_count; j++)
            assert_true(aln_rom_letters[s->vowels + j - 1] < aln_rom_letters[s->vowels + j]);
    }
}

static void survives_anything(void **state)
{
    static const char *const scripts[] = {"Latn", "Cyrl", "Arab", "Hebr", "Hang",
                                          "Hani", "Deva", "Kana", "Thai", "Grek"};
    (void)state;
    uint32_t seed = 12345;
    aln_roman r[ALN_ROMANS_MAX];
    for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
        const aln_scheme *s = aln_scheme_find(NULL, script_by_code(scripts[k]));
        assert_non_null(s);
        for (int round = 0; round < 3000; round++) {
            char junk[400];
            size_t len = 0;
            seed = seed * 1664525u + 1013904223u;
            size_t want = seed >> 23;
            for (; len < want && len < sizeof junk; len++) {
                seed = seed * 1664525u + 1013904223u;
                /* lead bytes of the scripts in question are likely */
                junk[len] = (char)(seed >> 31 ? 0xD0 | (seed >> 28 & 3) : seed >> 20);
            }
            size_t n = aln_romanize(s, junk, len, r, ALN_ROMANS_MAX);
            assert_true(n <= ALN_ROMANS_MAX);
            for (size_t i = 0; i < n; i++) {
                assert_in_range(r[i].len, 1, ALN_ROMAN_MAX);
                for (size_t j = 0; j < r[i].len; j++)
                    assert_true((r[i].text[j] >= 'a' && r[i].text[j] <= 'z') || r[i].text[j] == '\'');
                if (i)
                    assert_true(r[i].rank >= r[i - 1].rank);
            }
        }
    }
    assert_int_equal(aln_romanize(NULL, "a", 1, r, 1), 0);
    assert_int_equal(aln_romanize(aln_scheme_find(NULL, ALN_SCRIPT_LATN), "", 0, r, 1), 0);
    assert_int_equal(aln_romanize(aln_scheme_find(NULL, ALN_SCRIPT_LATN), "a", 1, r, 0), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows), cmocka_unit_test(finds_schemes),
                                       cmocka_unit_test(tables_are_sorted), cmocka_unit_test(survives_anything)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
