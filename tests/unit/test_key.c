/*
 * Name keys: pairs of spellings that must meet and pairs of names that must not (tests/rows/keys; folder in argv[1]),
 * bounds.
 *
 * SPDX-License-Identifier: MIT
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "key.h"
#include "utf8.h"
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { SCHEMES_MAX = 20 };

static const char *rows_dir;

static aln_script script_of(const char *word)
{
    const unsigned char *s = (const unsigned char *)word, *end = s + strlen(word);
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp != ALN_BAD_CP && aln_script_of(cp) != ALN_SCRIPT_ZYYY)
            return aln_script_of(cp);
    }
    return ALN_SCRIPT_ZYYY;
}

/* The schemes as the analyzer picks them: that of the language, the international one for Latin letters, in a query all
 * others. */
static size_t keys(const char *lang, const char *word, int purpose, aln_key *out)
{
    const aln_scheme *s[SCHEMES_MAX], *all[SCHEMES_MAX];
    aln_script script = script_of(word);
    size_t n = 0, count = purpose == ALN_KEYS_FILE ? 0 : aln_schemes_of(script, all, SCHEMES_MAX);
    if (strcmp(lang, "NULL") != 0)
        s[n++] = aln_scheme_find(lang, script);
    if (script == ALN_SCRIPT_LATN || !n)
        s[n++] = aln_scheme_find(NULL, script);
    for (size_t i = 0; i < count && n < SCHEMES_MAX; i++)
        s[n++] = all[i];
    return aln_word_keys(s, n, word, strlen(word), purpose, out, ALN_KEYS_QUERY);
}

static int share(const aln_key *a, size_t na, const aln_key *b, size_t nb)
{
    for (size_t i = 0; i < na; i++)
        for (size_t j = 0; j < nb; j++)
            if (a[i].len == b[j].len && !memcmp(a[i].text, b[j].text, a[i].len))
                return 1;
    return 0;
}

static void show(const char *what, const aln_key *k, size_t n)
{
    fprintf(stderr, " %s", what);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, " %.*s", (int)k[i].len, k[i].text);
}

static void pairs(const char *name, int must_share)
{
    char path[1024], line[1024];
    int number = 0, bad = 0;
    snprintf(path, sizeof path, "%s/keys/%s", rows_dir, name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char *c[4], *save = NULL;
        aln_key a[ALN_KEYS_QUERY], b[ALN_KEYS_QUERY];
        number++;
        line[strcspn(line, "\n")] = 0;
        if (!*line || *line == '#')
            continue;
        for (int i = 0; i < 4; i++) {
            c[i] = strtok_r(i ? NULL : line, "\t", &save);
            assert_non_null(c[i]);
        }
        size_t na = keys(c[0], c[1], ALN_KEYS_WORD, a), nb = keys(c[2], c[3], ALN_KEYS_FILE, b);
        assert_true(na <= ALN_KEYS_QUERY && nb <= ALN_KEYS_DOCUMENT);
        if (share(a, na, b, nb) != must_share) {
            fprintf(stderr, "%s:%d: %s, %s:", path, number, c[1], c[3]);
            show("asked", a, na);
            show("filed", b, nb);
            fprintf(stderr, "\n");
            bad++;
        }
    }
    fclose(f);
    assert_int_equal(bad, 0);
}

static void spellings_meet(void **state)
{
    (void)state;
    pairs("join.tsv", 1);
}

static void others_do_not(void **state)
{
    (void)state;
    pairs("apart.tsv", 0);
}

static void same_word_meets_itself(void **state)
{
    static const char *const words[] = {"tokayev",    "а",    "токаев", "الرياض", "ירושלים", "東京",
                                        "とうきょう", "서울", "i",      "x",      "'"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        aln_key a[ALN_KEYS_QUERY], b[ALN_KEYS_QUERY];
        size_t na = keys("NULL", words[i], ALN_KEYS_NAME, a), nb = keys("NULL", words[i], ALN_KEYS_FILE, b);
        assert_true(!nb || share(a, na, b, nb));
    }
}

static void is_bounded(void **state)
{
    char word[300], out[ALN_KEY_MAX];
    aln_key k[ALN_KEYS_QUERY];
    (void)state;
    for (size_t i = 0; i < sizeof word; i++)
        word[i] = (char)("xaqcyoszj"[i % 9]);
    for (size_t len = 0; len <= sizeof word; len++) {
        assert_true(aln_key_of(word, len, out) <= ALN_KEY_MAX);
        assert_true(aln_skeleton_of(word, len, out) < ALN_KEY_MAX);
    }
    const aln_scheme *s = aln_scheme_find(NULL, ALN_SCRIPT_LATN);
    for (size_t max = 0; max <= ALN_KEYS_QUERY; max++)
        for (int purpose = ALN_KEYS_FILE; purpose <= ALN_KEYS_NAME; purpose++)
            assert_true(aln_word_keys(&s, 1, word, sizeof word, purpose, k, max) <= max);
    assert_int_equal(aln_word_keys(NULL, 0, "a", 1, ALN_KEYS_WORD, k, ALN_KEYS_QUERY), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spellings_meet), cmocka_unit_test(others_do_not),
                                       cmocka_unit_test(same_word_meets_itself), cmocka_unit_test(is_bounded)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
