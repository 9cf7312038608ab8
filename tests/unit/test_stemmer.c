/*
 * The stemmers through their public functions: the registry, the rows of tests/rows/stem (form, stem), and what must
 * hold for any input to any stemmer.
 *
 * Usage: test_stemmer ROWS_DIR
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <allonym/stemmer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *rows_folder = "tests/rows/stem";

static aln_stemmer *make(const char *language)
{
    aln_stemmer *stemmer = NULL;
    assert_int_equal(aln_stemmer_new(language, &stemmer), ALN_OK);
    assert_non_null(stemmer);
    return stemmer;
}

static void assert_stem(const char *language, const char *word, const char *want)
{
    char out[128];
    aln_stemmer *stemmer = make(language);
    size_t n = aln_stemmer_stem(stemmer, word, strlen(word), out, sizeof(out));
    if (n != strlen(want) || memcmp(out, want, n) != 0)
        fail_msg("%s: %s gives %.*s, not %s", language, word, (int)n, out, want);
    aln_stemmer_free(stemmer);
}

static void test_registry(void **state)
{
    size_t count;
    const aln_stemmer_info *list = aln_stemmer_list(&count);

    (void)state;
    assert_true(count >= 40);
    for (size_t i = 0; i < count; i++) {
        aln_stemmer *by_name = make(list[i].name);
        aln_stemmer *by_tag = make(list[i].language);
        assert_string_equal(aln_stemmer_name(by_name), list[i].name);
        assert_string_equal(aln_stemmer_name(by_tag), list[i].name);
        assert_int_equal(aln_stemmer_version(by_name), list[i].version);
        assert_true(list[i].version >= 1);
        assert_int_equal(strlen(list[i].script), 4);
        aln_stemmer_free(by_name);
        aln_stemmer_free(by_tag);
    }
    assert_non_null(aln_stemmer_list(NULL));
}

static void test_tags(void **state)
{
    static const char *const pairs[][2] = {
        {"uk", "ukrainian"},
        {"UK-ua", "ukrainian"},
        {"uk_UA", "ukrainian"},
        {"uk-Cyrl", "ukrainian"},
        {"sr", "serbian"},
        {"sr-Latn", "croatian"},
        {"sr-Latn-RS", "croatian"},
        {"sr-Cyrl-RS", "serbian"},
        {"bs-Cyrl", "serbian"},
        {"Russian", "russian"},
        {"ru-x-snowball", "russian-snowball"},
        {"nb", "norwegian"},
        {"und-Cyrl", "light-cyrillic"},
        {"und-Latn", "light-latin"},
        {"de-AT", "german"},
    };
    static const char *const unknown[] = {
        "",        "-",  "xx",           "und",      "ru-Latn",
        "uk-Latn", "zh", "ukrainianish", "und-Hani", "a-tag-that-is-far-longer-than-any-tag-of-the-registry"};
    aln_stemmer *stemmer;

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        stemmer = make(pairs[i][0]);
        assert_string_equal(aln_stemmer_name(stemmer), pairs[i][1]);
        aln_stemmer_free(stemmer);
    }
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        stemmer = (aln_stemmer *)&stemmer;
        assert_int_equal(aln_stemmer_new(unknown[i], &stemmer), ALN_EUNKNOWN);
        assert_null(stemmer);
    }
    assert_int_equal(aln_stemmer_new(NULL, &stemmer), ALN_EINVAL);
    assert_null(stemmer);
    assert_int_equal(aln_stemmer_new("uk", NULL), ALN_EINVAL);
    aln_stemmer_free(NULL);
}

/* One row file: every form gives its stem, and there are enough of them. */
static void check_rows(const char *language, unsigned least)
{
    char path[1024], line[512], out[512];
    unsigned number = 0, rows = 0, wrong = 0;
    aln_stemmer *stemmer = make(language);
    FILE *in;

    snprintf(path, sizeof(path), "%s/%s.tsv", rows_folder, language);
    in = fopen(path, "r");
    if (in == NULL)
        fail_msg("%s cannot be opened", path);
    while (fgets(line, sizeof(line), in) != NULL) {
        char *tab = strchr(line, '\t');
        char *want;
        size_t n;
        number++;
        if (line[0] == '#' || tab == NULL)
            continue;
        want = tab + 1;
        want[strcspn(want, "\n")] = '\0';
        n = aln_stemmer_stem(stemmer, line, (size_t)(tab - line), out, sizeof(out));
        rows++;
        if (n != strlen(want) || memcmp(out, want, n) != 0) {
            print_message("%s:%u: %.*s, not %s\n", path, number, (int)n, out, want);
            wrong++;
        }
    }
    fclose(in);
    aln_stemmer_free(stemmer);
    assert_int_equal(wrong, 0);
    if (rows < least)
        fail_msg("%s has %u rows only", path, rows);
}

static void test_rows(void **state)
{
    static const char *const languages[] = {"uk", "be", "bg", "pl", "cs", "sl", "ru", "sk",      "hr",     "sr",
                                            "mk", "kk", "ky", "uz", "tk", "az", "tg", "kk-Latn", "uz-Cyrl"};
    /* light stemmers: case endings only */
    static const char *const light[] = {"el", "et", "fa", "fi", "hu", "hy", "ka", "ko", "lt", "lv", "mn", "ro", "sq"};
    (void)state;
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        check_rows(languages[i], 150);
    for (size_t i = 0; i < sizeof(light) / sizeof(light[0]); i++)
        check_rows(light[i], 60);
}

static void test_borders(void **state)
{
    char out[64];
    aln_stemmer *stemmer = make("uk");

    (void)state;
    assert_int_equal(aln_stemmer_stem(stemmer, "", 0, out, sizeof(out)), 0);
    assert_int_equal(aln_stemmer_stem(stemmer, "київ", 8, out, 0), 0);
    /* Cut inside a letter: the letter goes. */
    assert_int_equal(aln_stemmer_stem(stemmer, "жж", 4, out, 3), 2);
    assert_memory_equal(out, "ж", 2);
    aln_stemmer_free(stemmer);
    assert_stem("uk", "я", "я");
    assert_stem("cs", "a", "a");
    assert_stem("ru", "IBM", "IBM");
    assert_stem("pl", "2024", "2024");
    assert_stem("und-Cyrl", "путиным", "путин");
    assert_stem("und-Latn", "putinem", "putin");
    assert_stem("en", "parliaments", "parliament");
}

/* Exactly as many bytes as allowed, so that a sanitizer sees any other access. */
static void check_any(aln_stemmer *stemmer, const char *word, size_t len, size_t cap)
{
    char *in = malloc(len + 1);
    char *out = malloc(cap + 1);
    char *again = malloc(cap + 1);
    size_t n;

    assert_true(in != NULL && out != NULL && again != NULL);
    memcpy(in + 1, word, len);
    n = aln_stemmer_stem(stemmer, in + 1, len, out + 1, cap);
    assert_true(n <= cap && n <= len + ALN_STEM_SLACK);
    if (cap >= len)
        assert_true(n >= 1 || len == 0);
    /* The same word gives the same stem. */
    assert_int_equal(aln_stemmer_stem(stemmer, in + 1, len, again + 1, cap), n);
    assert_memory_equal(out + 1, again + 1, n);
    free(in);
    free(out);
    free(again);
}

static void test_any_bytes(void **state)
{
    static const char *const parts[] = {"ськ",      "ого",  "ові",    "ами", "овати", "ová", "ých", "iego",
                                        "ność",     "ията", "ського", "i",   "ў",     "nej", "ż",   "\xd0",
                                        "\xe2\x80", "\xff", "\0",     "ing", "а",     "ق",   "س"};
    size_t count;
    const aln_stemmer_info *list = aln_stemmer_list(&count);
    uint32_t seed = 20240717;

    (void)state;
    print_message("seed %u\n", (unsigned)seed);
    for (size_t s = 0; s < count; s++) {
        aln_stemmer *stemmer = make(list[s].name);
        for (unsigned round = 0; round < 2000; round++) {
            char word[256];
            size_t len = 0;
            for (unsigned k = 0; k <= round % 12; k++) {
                const char *part;
                seed = seed * 1664525U + 1013904223U;
                part = parts[(seed >> 16) % (sizeof(parts) / sizeof(parts[0]))];
                if (round % 3 == 0) {
                    word[len++] = (char)(seed >> 24);
                } else {
                    memcpy(word + len, part, strlen(part));
                    len += strlen(part);
                }
            }
            check_any(stemmer, word, len, len + ALN_STEM_SLACK);
            check_any(stemmer, word, len, len);
            check_any(stemmer, word, len, len / 2);
        }
        aln_stemmer_free(stemmer);
    }
}

static void test_lengths(void **state)
{
    static const char *const letters[] = {"а", "a", "с", "ы", "ů", "ń", "ა"};
    size_t count;
    const aln_stemmer_info *list = aln_stemmer_list(&count);

    (void)state;
    for (size_t s = 0; s < count; s++) {
        aln_stemmer *stemmer = make(list[s].name);
        for (size_t l = 0; l < sizeof(letters) / sizeof(letters[0]); l++) {
            char word[3 * 4000];
            size_t bytes = strlen(letters[l]);
            for (size_t i = 0; i < 4000; i++)
                memcpy(word + i * bytes, letters[l], bytes);
            for (size_t n = 0; n <= 200; n++)
                check_any(stemmer, word, n * bytes, n * bytes + ALN_STEM_SLACK);
            check_any(stemmer, word, 4000 * bytes, 4000 * bytes);
        }
        aln_stemmer_free(stemmer);
    }
}

/* Where a nominative ends in what looks like no ending, its stem is its own stem. */
static void test_idempotent(void **state)
{
    static const char *const rows[][2] = {{"uk", "байден"},   {"uk", "порошенк"}, {"ru", "путин"},    {"ru", "лавров"},
                                          {"be", "лукашэнк"}, {"bg", "борисов"},  {"pl", "kaczyńsk"}, {"cs", "prah"},
                                          {"sl", "johnson"},  {"pl", "warszaw"},  {"bg", "радев"}};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_stem(rows[i][0], rows[i][1], rows[i][1]);
}

int main(int argc, char **argv)
{
    static char folder[1024];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registry),   cmocka_unit_test(test_tags),      cmocka_unit_test(test_rows),
        cmocka_unit_test(test_borders),    cmocka_unit_test(test_any_bytes), cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_idempotent),
    };
    if (argc > 1) {
        snprintf(folder, sizeof(folder), "%s/stem", argv[1]);
        rows_folder = folder;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
