/*
 * Folding: the Unicode consortium's NormalizationTest.txt (folder argv[2]) through aln_fold(), rows, and what must hold
 * for any bytes.
 *
 * Columns of NormalizationTest.txt are source; NFC; NFD; NFKC; NFKD. Folding is NFKC, lower case and a few foldings of
 * ours, so all five forms of a line must fold alike. It applies to lines whose forms have at most ALN_FOLD_MAX code
 * points and fold to at most 256 bytes, which are all; and the normalized form must be the official one where no letter
 * of it is changed by lower case or by the foldings of ours: there fold(source) is NFKC itself.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fold.h"
#include "rows.h"
#include "unicode.h"
#include "utf8.h"
#include <allonym/allonym.h>
#include <utf8proc.h>

enum { FORMS = 5, FOLDED_MAX = 256 };

static const char *rows_dir, *ucd;

/* Whether a form has a character that folding changes or leaves out beyond normalization. */
static int is_folded_further(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + len;
    while (at < end) {
        uint32_t cp;
        char one[4], folded[FOLDED_MAX];
        at += aln_utf8_next(at, end, &cp);
        size_t n = aln_utf8_put(cp, one), m = aln_fold(one, n, folded, sizeof folded);
        utf8proc_int32_t nfkc[32];
        utf8proc_ssize_t k = utf8proc_decompose((const utf8proc_uint8_t *)one, (utf8proc_ssize_t)n, nfkc, 32,
                                                UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
        if (k > 0)
            k = utf8proc_reencode(nfkc, k, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
        if (k < 0 || (size_t)k != m || memcmp(nfkc, folded, m) != 0)
            return 1;
    }
    return 0;
}

static void official_rows(void **state)
{
    char command[600], line[4096];
    unsigned number = 0, count = 0, bad = 0, whole = 0;
    (void)state;
    snprintf(command, sizeof command, "bzip2 -dc '%s/NormalizationTest.txt.bz2' 2>/dev/null", ucd);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char form[FORMS][512], folded[FORMS][FOLDED_MAX];
        size_t len[FORMS], n[FORMS], forms = 0;
        char *rest = line;
        number++;
        if (line[0] == '#' || line[0] == '@' || line[0] == '\n')
            continue;
        for (; forms < FORMS; forms++) {
            char *end = strchr(rest, ';'), *save = NULL;
            assert_non_null(end);
            *end = 0;
            len[forms] = 0;
            for (char *part = strtok_r(rest, " ", &save); part; part = strtok_r(NULL, " ", &save))
                len[forms] += aln_utf8_put((uint32_t)strtoul(part, NULL, 16), form[forms] + len[forms]);
            n[forms] = aln_fold(form[forms], len[forms], folded[forms], FOLDED_MAX);
            rest = end + 1;
        }
        count++;
        for (size_t i = 1; i < FORMS; i++) {
            if (n[i] != n[0] || memcmp(folded[i], folded[0], n[0]) != 0) {
                fprintf(stderr, "NormalizationTest.txt:%u: column %zu folds to %.*s, the source to %.*s\n", number,
                        i + 1, (int)n[i], folded[i], (int)n[0], folded[0]);
                bad++;
                break;
            }
        }
        if (!is_folded_further(form[3], len[3])) {
            whole++;
            if (n[0] != len[3] || memcmp(folded[0], form[3], n[0]) != 0) {
                fprintf(stderr, "NormalizationTest.txt:%u: folds to %.*s, which is not NFKC\n", number, (int)n[0],
                        folded[0]);
                bad++;
            }
        }
    }
    pclose(f);
    if (!count) {
        print_message("SKIPPED: no NormalizationTest.txt.bz2 in %s, or no bzip2\n", ucd);
        skip();
    }
    print_message("%u rows of NormalizationTest.txt, %u of them NFKC to the byte\n", count, whole);
    assert_true(count > 18000);
    assert_int_equal(bad, 0);
}

/* word, folded */
static void fold_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/fold.tsv");
    while (rows_next(&r)) {
        char out[FOLDED_MAX], again[FOLDED_MAX];
        size_t n = aln_fold(r.cell[0], r.len[0], out, sizeof out);
        if (n != r.len[1] || memcmp(out, r.cell[1], n) != 0)
            rows_fail(&r, "expected %s, got %.*s", r.cell[1], (int)n, out);
        size_t m = aln_fold(out, n, again, sizeof again);
        if (m != n || memcmp(again, out, n) != 0)
            rows_fail(&r, "folded twice it is %.*s", (int)m, again);
    }
    rows_close(&r);
}

/* The table that words are folded by as a rule says what utf8proc says. */
static void table_rows(void **state)
{
    (void)state;
    unsigned simple = 0;
    for (uint32_t cp = 0; cp < ALN_FOLDS; cp++) {
        unsigned fold = aln_unicode_folds[cp];
        if (!fold)
            continue;
        utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)cp);
        int letter = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
        int capital = kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
        uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
        if (cp == 0x60 || cp == 0x2B9 || cp == 0x2BB || cp == 0x2BC || cp == 0x2BD)
            lower = '\'';
        if (cp == 0x3C2)
            lower = 0x3C3;
        if (kind == UTF8PROC_CATEGORY_ND && cp >= 0x80) /* U+0660 to U+0669, U+06F0 to U+06F9 */
            lower = '0' + (cp & 15);
        if ((fold & ALN_FOLDS_LOWER) != lower || (fold & ALN_FOLDS_LETTER) != (letter ? ALN_FOLDS_LETTER : 0) ||
            (fold & ALN_FOLDS_CAPITAL) != (capital ? ALN_FOLDS_CAPITAL : 0) ||
            (fold & ALN_FOLDS_DIGIT) != (kind == UTF8PROC_CATEGORY_ND ? ALN_FOLDS_DIGIT : 0) ||
            utf8proc_get_property((utf8proc_int32_t)cp)->combining_class != 0)
            fail_msg("U+%04X is not folded as utf8proc folds it", (unsigned)cp);
        simple++;
    }
    assert_true(simple > 1000);
}

static void is_bounded(void **state)
{
    uint32_t seed = 7u;
    char big[4096], out[FOLDED_MAX + 1];
    (void)state;
    print_message("seed 7\n");
    for (size_t i = 0; i < sizeof big; i++) {
        seed = seed * 1664525u + 1013904223u;
        big[i] = (char)(seed >> 24);
    }
    for (size_t len = 0; len < sizeof big; len += 61) {
        size_t n = aln_fold(big, len, NULL, 0);
        assert_true(n <= FOLDED_MAX);
        for (size_t cap = 0; cap <= FOLDED_MAX; cap += 17) {
            memset(out, '#', sizeof out);
            assert_int_equal(aln_fold(big, len, out, cap), n);
            assert_int_equal(out[cap], '#');
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(official_rows), cmocka_unit_test(fold_rows),
                                       cmocka_unit_test(table_rows), cmocka_unit_test(is_bounded)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    ucd = argc > 2 ? argv[2] : "/usr/share/unicode";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
