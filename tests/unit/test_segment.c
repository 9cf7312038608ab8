/*
 * Word boundaries: the Unicode consortium's own rows (WordBreakTest.txt in the folder argv[2], line by line),
 * ill-formed UTF-8, and what must hold for any bytes: segments cover the text without gap, a word never holds an
 * ill-formed byte, and the fast way through text finds the words that the rules find.
 *
 * SPDX-License-Identifier: MIT
 */
#include "language.h"
#include "rows.h"
#include "runs.h"
#include "scan.h"

static const char *rows_dir, *ucd;

/* WB3a-3d and WB999 make many boundaries that are of no interest to words, and the segmenter may join what is not a
 * word (runs of white space). What it must agree on is every boundary that touches a word. */
static void official_rows(void **state)
{
    char path[512], line[4096];
    unsigned number = 0, count = 0, bad = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/auxiliary/WordBreakTest.txt", ucd);
    FILE *f = fopen(path, "r");
    if (!f) {
        print_message("SKIPPED: no %s (Debian package unicode-data)\n", path);
        skip();
    }
    while (fgets(line, sizeof line, f)) {
        char text[256], *save = NULL;
        unsigned char want[256] = {0}; /* whether there is a boundary before this byte */
        size_t len = 0, start = 0;
        number++;
        line[strcspn(line, "#\n")] = 0;
        for (char *part = strtok_r(line, " \t", &save); part; part = strtok_r(NULL, " \t", &save)) {
            if (!strcmp(part, "\xC3\xB7")) /* DIVISION SIGN: a boundary */
                want[len] = 1;
            else if (strcmp(part, "\xC3\x97") != 0) /* MULTIPLICATION SIGN: none */
                len += aln_utf8_put((uint32_t)strtoul(part, NULL, 16), text + len);
        }
        if (!len)
            continue;
        count++;
        unsigned char got[256] = {0};
        for (size_t pos = 0; pos < len; pos = start) {
            aln_segment s = aln_segment_next(text, len, pos);
            assert_true(s.start == pos && s.end > pos && s.end <= len);
            got[s.start] = got[s.end] = 1;
            start = s.end;
        }
        if (memcmp(want, got, len + 1) != 0) {
            fprintf(stderr, "%s:%u: boundaries", path, number);
            for (size_t i = 0; i <= len; i++)
                if (want[i] != got[i])
                    fprintf(stderr, " %s at byte %zu", want[i] ? "missing" : "too many", i);
            fputc('\n', stderr);
            bad++;
        }
    }
    fclose(f);
    print_message("%u rows of WordBreakTest.txt\n", count);
    assert_true(count > 1000);
    assert_int_equal(bad, 0);
}

/* text, then the words that it has as START-END, nothing else */
static void word_rows(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/segments.tsv");
    while (rows_next(&r)) {
        char got[2048] = "";
        size_t n = 0;
        for (size_t pos = 0; pos < r.len[0];) {
            aln_segment s = aln_segment_next(r.cell[0], r.len[0], pos);
            if (s.kind != ALN_SEGMENT_NONE && n < sizeof got)
                n += (size_t)snprintf(got + n, sizeof got - n, "%s%zu-%zu%s", n ? " " : "", s.start, s.end,
                                      s.kind == ALN_SEGMENT_CHAR ? "c" : "");
            pos = s.end;
        }
        if (strcmp(got, r.cell[1]) != 0)
            rows_fail(&r, "expected %s, got %s", r.cell[1], got);
    }
    rows_close(&r);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Pieces of text that the rules look at, mixed with ill-formed bytes. */
static size_t junk(uint32_t *seed, char *out, size_t cap)
{
    static const char *const pieces[] = {
        "a",      "Б",      "我", "か",          "カ",   "한",   "ก",        "ש\"ב",     "'",
        "’",      ".",      ",",  "3",           "_",    " ",    "\n",       "\r\n",     "\xC2\xAD",
        "\u0301", "\u200D", "🇰🇿", "👩‍💻", "\x80", "\xC3", "\xE2\x82", "\xF0\x9F", "\xED\xA0\x80",
        "\xFF",   "-",      "ё"};
    size_t len = 0, n = next_random(seed) % 40;
    for (size_t i = 0; i < n; i++) {
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        size_t k = strlen(piece);
        if (len + k + 1 > cap)
            break;
        memcpy(out + len, piece, k);
        len += k;
        if (next_random(seed) % 50 == 0)
            out[len++] = 0;
    }
    return len;
}

static void any_bytes(void **state)
{
    uint32_t seed = 20241124u;
    (void)state;
    print_message("seed %u\n", (unsigned)seed);
    for (int round = 0; round < 20000; round++) {
        char text[512];
        size_t len = junk(&seed, text, sizeof text);
        for (size_t pos = 0; pos < len;) {
            aln_segment s = aln_segment_next(text, len, pos);
            assert_int_equal(s.start, pos);
            assert_true(s.end > pos && s.end <= len);
            if (s.kind != ALN_SEGMENT_NONE) {
                const unsigned char *at = (const unsigned char *)text + s.start,
                                    *end = (const unsigned char *)text + s.end;
                while (at < end) {
                    uint32_t cp;
                    at += aln_utf8_next(at, (const unsigned char *)text + len, &cp);
                    assert_int_not_equal(cp, ALN_BAD_CP);
                }
                assert_ptr_equal(at, end);
            }
            pos = s.end;
        }
    }
}

/* Text as it is read, by its runs of letters, has the words that the rules find. */
static void scanned_words(void **state)
{
    uint32_t seed = 20251124u;
    aln_alloc alloc = aln_alloc_or_default(NULL);
    aln_memo memo;
    aln_window window = {.alloc = alloc};
    aln_scan_options options = {.language = ALN_NO_LANGUAGE};
    (void)state;
    print_message("seed %u\n", (unsigned)seed);
    assert_true(aln_memo_init(&memo, &alloc, NULL, 1 << 20));
    for (int round = 0; round < 20000; round++) {
        char text[1024], folded[ALN_WORD_BYTES];
        unsigned flags;
        size_t len = 0, unit = 0, scanned = 0;
        while (len < 400) /* longer than what is read at once */
            len += junk(&seed, text + len, sizeof text - len);
        assert_int_equal(aln_scan(&memo, text, len, &scanned, &options, &window), ALN_OK);
        assert_int_equal(scanned, len);
        for (size_t pos = 0; pos < len;) {
            aln_segment s = aln_segment_next(text, len, pos);
            pos = s.end;
            if (s.kind == ALN_SEGMENT_NONE || !aln_fold_exact(text + s.start, s.end - s.start, folded, 64, &flags))
                continue;
            assert_true(unit < window.unit_count);
            assert_int_equal(window.units[unit].start, s.start);
            assert_int_equal(window.units[unit].end, s.end);
            assert_int_equal((window.units[unit].flags & ALN_UNIT_CHAR) != 0, s.kind == ALN_SEGMENT_CHAR);
            unit++;
        }
        assert_int_equal(unit, window.unit_count);
    }
    aln_window_free(&window);
    aln_memo_free(&memo);
}

/* Letters told sixteen bytes at a time are those told one by one. */
static void runs_of_letters(void **state)
{
    static const char *const pieces[] = {"a", "Z", "ж", "Я", "ң", "ұ", "é",    "ß",    "ł",    "ə",
                                         "×", "÷", "҃",  "҂", "α", "ا", "א",    "ა",    "한",   "漢",
                                         " ", ".", "1", "_", "«", "’", "\xC3", "\xD0", "\x97", "\xD2"};
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 50000; round++) {
        char text[256];
        size_t len = 0;
        while (len < 64) {
            /* mostly letters, so that runs are long */
            uint32_t r = next_random(&seed);
            const char *piece = pieces[r % 5 ? r / 8 % 10 : r / 8 % (sizeof pieces / sizeof *pieces)];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        const unsigned char *at = (const unsigned char *)text, *end = at + len;
        assert_ptr_equal(aln_letters_end(at, end), aln_letters_by_one(at, end));
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(official_rows), cmocka_unit_test(word_rows),
                                       cmocka_unit_test(any_bytes), cmocka_unit_test(scanned_words),
                                       cmocka_unit_test(runs_of_letters)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    ucd = argc > 2 ? argv[2] : "/usr/share/unicode";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
