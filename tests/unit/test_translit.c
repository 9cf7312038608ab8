/*
 * Learned transliteration: pairs that must meet and pairs that must not (tests/rows/translit; rows folder in argv[1]),
 * golden segmentations, the vocabulary walk against scoring each word, readings, symbols, tables that are made of
 * models, hostile input.
 *
 * SPDX-License-Identifier: MIT
 */
#include "rows.h"
#include "symbols.h"
#include "translit_internal.h"
#include "utf8.h"
#include <math.h>

enum { NAMES_MAX = 200 };

static const char *rows_dir;
static aln_translit_scratch *scratch;

static const aln_model *model_of(const char *name)
{
    for (size_t i = 0; aln_model_at(i); i++)
        if (!strcmp(aln_model_name(aln_model_at(i)), name))
            return aln_model_at(i);
    fail_msg("no model %s", name);
    return NULL;
}

/* The same where a table is of several scripts: the model of the word's. */
static const aln_model *model_for(const char *name, const char *word)
{
    uint32_t cp;
    aln_utf8_next((const unsigned char *)word, (const unsigned char *)word + strlen(word), &cp);
    for (size_t i = 0; aln_model_at(i); i++)
        if (!strcmp(aln_model_name(aln_model_at(i)), name) && aln_model_script(aln_model_at(i)) == aln_script_of(cp))
            return aln_model_at(i);
    return model_of(name);
}

static float score(const aln_model *m, const char *x, const char *e)
{
    return aln_translit_score(m, x, strlen(x), e, strlen(e), scratch);
}

static float sure(const aln_model *m, const char *x, const char *e)
{
    float s = score(m, x, e), c;
    aln_translit_confidence(m, &s, 1, aln_translit_symbols(m, x, strlen(x), 0), &c);
    return c;
}

/* Rows of pairs: a file each for a language, read with the model that its words get. */
static const struct {
    const char *name;
    aln_script script;
    const char *lang;
} pairs[] = {
    {"arabic", ALN_SCRIPT_ARAB, "ar"},     {"armenian", ALN_SCRIPT_ARMN, "hy"},  {"belarusian", ALN_SCRIPT_CYRL, "be"},
    {"bulgarian", ALN_SCRIPT_CYRL, "bg"},  {"chinese", ALN_SCRIPT_HANI, "zh"},   {"georgian", ALN_SCRIPT_GEOR, "ka"},
    {"greek", ALN_SCRIPT_GREK, "el"},      {"hebrew", ALN_SCRIPT_HEBR, "he"},    {"hindi", ALN_SCRIPT_DEVA, "hi"},
    {"amharic", ALN_SCRIPT_ETHI, "am"},    {"bengali", ALN_SCRIPT_BENG, "bn"},   {"gujarati", ALN_SCRIPT_GUJR, "gu"},
    {"kannada", ALN_SCRIPT_KNDA, "kn"},    {"malayalam", ALN_SCRIPT_MLYM, "ml"}, {"punjabi", ALN_SCRIPT_GURU, "pa"},
    {"sinhala", ALN_SCRIPT_SINH, "si"},    {"tamil", ALN_SCRIPT_TAML, "ta"},     {"telugu", ALN_SCRIPT_TELU, "te"},
    {"katakana", ALN_SCRIPT_KANA, "ja"},   {"kazakh", ALN_SCRIPT_CYRL, "kk"},    {"korean", ALN_SCRIPT_HANG, "ko"},
    {"kyrgyz", ALN_SCRIPT_CYRL, "ky"},     {"latin", ALN_SCRIPT_LATN, NULL},     {"mongolian", ALN_SCRIPT_CYRL, "mn"},
    {"persian", ALN_SCRIPT_ARAB, "fa"},    {"russian", ALN_SCRIPT_CYRL, "ru"},   {"serbian", ALN_SCRIPT_CYRL, "sr"},
    {"tajik", ALN_SCRIPT_CYRL, "tg"},      {"thai", ALN_SCRIPT_THAI, "th"},      {"ukrainian", ALN_SCRIPT_CYRL, "uk"},
    {"uzbek", ALN_SCRIPT_CYRL, "uz-Cyrl"},
};

/* Each spelling must keep a confidence of 0.015 (the share of "none" is meant for tens of thousands of rivals), and no
 * other name of the file may be likelier by more than a nat; one row in twenty may fail, for a name that a language
 * spells by another rule (Greek endings of towns). */
static void check_pairs(const char *name, const aln_model *m)
{
    static char x[NAMES_MAX][96], e[NAMES_MAX][96];
    char file[64];
    rows r;
    int n = 0, failed = 0;
    snprintf(file, sizeof file, "translit/%s.tsv", name);
    rows_open(&r, rows_dir, file);
    for (; rows_next(&r) && n < NAMES_MAX; n++) {
        size_t len = aln_fold(r.cell[0], r.len[0], x[n], sizeof x[n] - 1);
        x[n][len] = 0;
        snprintf(e[n], sizeof e[n], "%s", r.cell[1]);
    }
    rows_close(&r);
    assert_true(n >= 60);
    for (int i = 0; i < n; i++) {
        float right = score(m, x[i], e[i]), c = sure(m, x[i], e[i]);
        const char *better = NULL;
        for (int j = 0; j < n && m != aln_model_find(ALN_SCRIPT_LATN, NULL); j++)
            if (strcmp(e[j], e[i]) != 0 && score(m, x[i], e[j]) > right + 1)
                better = e[j];
        if (better || c < 0.015f) {
            fprintf(stderr, "%s: %s %s: score %.2f confidence %.2f, better: %s\n", name, x[i], e[i], (double)right,
                    (double)c, better ? better : "none");
            failed++;
        }
    }
    if (failed * 20 > n)
        fail_msg("%s: %d of %d pairs failed", name, failed, n);
}

static void test_pairs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        check_pairs(pairs[i].name, aln_model_find(pairs[i].script, pairs[i].lang));
}

static void test_different(void **state)
{
    (void)state;
    rows r;
    rows_open(&r, rows_dir, "translit/apart.tsv");
    while (rows_next(&r)) {
        float c = sure(model_of(r.cell[0]), r.cell[1], r.cell[2]);
        if (c > 0.5f)
            rows_fail(&r, "%s %s: confidence %.2f", r.cell[1], r.cell[2], (double)c);
    }
    rows_close(&r);
}

static void test_segmentations(void **state)
{
    (void)state;
    rows r;
    unsigned per_table[32] = {0};
    rows_open(&r, rows_dir, "translit/segmentations.tsv");
    while (rows_next(&r)) {
        char buf[256], small[8];
        const aln_model *m = model_for(r.cell[0], r.cell[1]);
        for (size_t i = 0; aln_model_at(i) && i < 32; i++)
            per_table[i] += !strcmp(aln_model_name(aln_model_at(i)), r.cell[0]);
        size_t n = aln_translit_explain(m, r.cell[1], r.len[1], r.cell[2], r.len[2], scratch, buf, sizeof buf);
        if (strcmp(buf, r.cell[3]) != 0)
            rows_fail(&r, "%s", buf);
        assert_int_equal(n, strlen(buf));
        assert_int_equal(
            aln_translit_explain(m, r.cell[1], r.len[1], r.cell[2], r.len[2], scratch, small, sizeof small), n);
        assert_int_equal(strlen(small), sizeof small - 1);
    }
    rows_close(&r);
    for (size_t i = 0; aln_model_at(i) && i < 32; i++)
        if (per_table[i] < 5)
            fail_msg("%s: %u segmentations", aln_model_name(aln_model_at(i)), per_table[i]);
}

/* ------------------------------------------------------------------- walk */

/* What the chunks alone would take for another name: it needs to be known which of them follow one another. */
static void test_what_follows(void **state)
{
    (void)state;
    static const struct {
        aln_script script;
        const char *word, *meant, *other;
    } nearer[] = {{ALN_SCRIPT_KANA, "テヘラン", "tehran", "ehrin"},
                  {ALN_SCRIPT_HANG, "대처", "thatcher", "dacre"},
                  {ALN_SCRIPT_HANI, "塔什干", "tashkent", "tainan"}};
    for (size_t i = 0; i < sizeof nearer / sizeof nearer[0]; i++) {
        const aln_model *m = aln_model_find(nearer[i].script, NULL);
        assert_true(score(m, nearer[i].word, nearer[i].meant) > score(m, nearer[i].word, nearer[i].other) + 1);
        /* whichever of the two words is fixed */
        assert_int_equal(aln_translit_fix(m, 0, nearer[i].meant, strlen(nearer[i].meant), scratch), 1);
        float meant = aln_translit_score_fixed(nearer[i].word, strlen(nearer[i].word), scratch);
        assert_int_equal(aln_translit_fix(m, 0, nearer[i].other, strlen(nearer[i].other), scratch), 1);
        assert_true(meant > aln_translit_score_fixed(nearer[i].word, strlen(nearer[i].word), scratch) + 1);
    }
}

static const char *const words[] = {"alma",    "almaty", "putin",   "putina",   "pyotr", "takaev", "tokaev", "tokarev",
                                    "tokayev", "tokyo",  "zelenka", "zelensky", "žukov", "ауыл",   "путин",  "токаев"};
enum { WORDS = sizeof words / sizeof words[0] };

typedef struct list {
    size_t at;
    int fail_after;
} list;

static int give(list *l, const char **term, size_t *len, uint32_t *freq)
{
    if (l->fail_after && --l->fail_after == 0)
        return 7;
    *term = l->at < WORDS ? words[l->at] : NULL;
    *len = *term ? strlen(*term) : 0;
    if (freq)
        *freq = 1;
    return 0;
}

static int seek_word(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len,
                     uint32_t *freq)
{
    list *l = ctx;
    (void)kind;
    for (l->at = 0; l->at < WORDS; l->at++) {
        size_t n = strlen(words[l->at]);
        int c = memcmp(words[l->at], text, n < len ? n : len);
        if (c > 0 || (!c && n >= len))
            break;
    }
    return give(l, term, term_len, freq);
}

static int next_word(void *ctx, const char **term, size_t *len, uint32_t *freq)
{
    list *l = ctx;
    l->at++;
    return give(l, term, len, freq);
}

static void test_walk(void **state)
{
    (void)state;
    list l = {0, 0};
    aln_vocabulary v = {&l, seek_word, next_word, NULL, NULL};
    aln_walk_options o = {.kind = ALN_TERM_EXACT, .min_score = -1000};
    aln_candidate found[8];
    const aln_model *m = aln_model_find(ALN_SCRIPT_CYRL, "kk");
    const char *word = "токаев";
    size_t n, steps;
    assert_int_equal(aln_translit_walk(m, 1, word, strlen(word), &v, &o, scratch, found, 8, &n, &steps), 0);
    assert_true(n >= 2 && steps > 0);
    assert_true(!strcmp(found[0].text, "tokayev") || !strcmp(found[0].text, "tokaev"));
    for (size_t i = 0; i < n; i++) {
        assert_float_equal(found[i].score, score(m, word, found[i].text), 0.001);
        assert_true(found[i].confidence >= 0 && found[i].confidence <= 1);
        assert_true(!i || found[i - 1].score >= found[i].score);
    }
    /* the other way, where only the words of the script are looked at */
    assert_int_equal(aln_translit_walk(m, 0, "putin", 5, &v, &o, scratch, found, 8, &n, &steps), 0);
    assert_true(n >= 1);
    assert_string_equal(found[0].text, "путин");
    /* a budget of one call, a failing vocabulary, no room */
    o.max_steps = 1;
    assert_int_equal(aln_translit_walk(m, 1, word, strlen(word), &v, &o, scratch, found, 8, &n, &steps), 0);
    assert_int_equal(n, 0);
    o.max_steps = 0;
    l.fail_after = 3;
    assert_int_equal(aln_translit_walk(m, 1, word, strlen(word), &v, &o, scratch, found, 8, &n, &steps), 7);
    l.fail_after = 0;
    assert_int_equal(aln_translit_walk(m, 1, word, strlen(word), &v, &o, scratch, found, 0, &n, &steps), 0);
    assert_int_equal(n, 0);
}

/* --------------------------------------------------------------- readings */

static int has(const aln_reading *r, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(r[i].text, text))
            return 1;
    return 0;
}

static void test_readings(void **state)
{
    (void)state;
    aln_reading r[16];
    const aln_model *cyrillic = model_of("cyrillic"), *korean = model_of("korean"), *hebrew = model_of("hebrew");
    size_t n = aln_translit_readings(cyrillic, "путин", strlen("путин"), scratch, r, 16);
    assert_true(n > 4 && has(r, n, "putin"));
    for (size_t i = 1; i < n; i++)
        assert_true(strcmp(r[i].text, r[0].text) != 0);
    n = aln_translit_spellings(cyrillic, "putin", 5, scratch, r, 16);
    assert_true(has(r, n, "путин"));
    n = aln_translit_spellings(korean, "berlin", 6, scratch, r, 16);
    assert_true(has(r, n, "베를린"));
    n = aln_translit_spellings(hebrew, "berlin", 6, scratch, r, 16); /* with a final nun */
    assert_true(has(r, n, "ברלין"));
    n = aln_translit_spellings(aln_model_find(ALN_SCRIPT_BENG, "bn"), "berlin", 6, scratch, r, 16);
    assert_true(has(r, n, "বের্লিন"));
    assert_int_equal(aln_translit_spellings(model_of("amharic"), "berlin", 6, scratch, r, 16), 0);
    assert_int_equal(aln_translit_spellings(model_of("chinese"), "berlin", 6, scratch, r, 16), 0);
}

/* ---------------------------------------------------------------- symbols */

static void check_symbols(aln_symbols_kind kind, const char *word, const char *expect)
{
    aln_symbols s;
    char text[256] = "";
    size_t len = 0;
    aln_symbols_read(word, strlen(word), kind, 1, &s);
    for (unsigned i = 0; i < s.count; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%X", i ? " " : "", s.symbol[i]);
    assert_string_equal(text, expect);
}

static void test_symbols(void **state)
{
    (void)state;
    check_symbols(ALN_SYMBOLS_LATIN, "a\xC3\x9F\xC5\xA1", "5E 61 73 73 161 24"); /* sharp s is ss, s with caron stays */
    check_symbols(ALN_SYMBOLS_ARABIC, "\xD8\xA3\xD9\x89", "5E 627 64A 24");      /* alef with hamza, alef maksura */
    check_symbols(ALN_SYMBOLS_HEBREW, "\xD7\x9F", "5E 5E0 24");                  /* final nun */
    check_symbols(ALN_SYMBOLS_HANGUL, "\xEC\x9D\x80", "5E 1173 11AB 24");        /* eun: silent lead left out */
    check_symbols(ALN_SYMBOLS_KANA, "\xE3\x81\x82\xE3\x83\xBC", "5E 30A2 30FC 24"); /* hiragana a, long mark */
    check_symbols(ALN_SYMBOLS_INDIC, "\xE0\xA6\xAA\xE0\xA7\x8E", "5E 92A 924 24");  /* Bengali pa, khanda ta */
    check_symbols(ALN_SYMBOLS_INDIC, "\xE0\xB4\xAA\xE0\xB5\xBB", "5E 92A 928 24");  /* Malayalam pa, chillu n */
    check_symbols(ALN_SYMBOLS_INDIC, "\xE0\xA9\xB1\xE0\xAE\x95", "5E 24");          /* addak; Tamil is none */
    check_symbols(ALN_SYMBOLS_ETHIOPIC, "\xE1\x8A\xA0\xE1\x89\xA2\xE1\x8B\xAD", "5E 12A0 1260 12A2 12E8 24"); /* Abiy */
    check_symbols(ALN_SYMBOLS_PINYIN, "\xE5\x8C\x97", "5E 62 65 69 24");                                      /* bei */
    check_symbols(ALN_SYMBOLS_LETTERS, "\xCE\xAC\xCF\x82", "5E 3B1 3C3 24"); /* alpha with tonos, final sigma */
}

/* Each chunk is found at its place, and each row, once, by its Latin chunk. */
static void check_tables(const aln_model *m)
{
    for (int latin = 0; latin < 2; latin++) {
        const aln_tr_places places = aln_tr_places_of(&scratch->lists, m, latin);
        const uint32_t *keys = latin ? m->e_keys : m->x_keys;
        for (uint32_t k = 0; k < (latin ? m->e_chunks : m->x_chunks); k++)
            assert_int_equal(aln_tr_find(&scratch->lists, &places, keys[k] >> 8), (int)k);
        assert_int_equal(aln_tr_find(&scratch->lists, &places, 0xFFFFFF), -1);
    }
    const aln_tr_reversed reversed = aln_tr_reverse(&scratch->reverses, &scratch->lists, m);
    const uint16_t *first = scratch->reverses.first + reversed.first;
    assert_int_equal(first[0], 0);
    assert_int_equal(first[m->e_chunks], m->row_count);
    for (uint32_t e = 0; e < m->e_chunks; e++)
        for (uint32_t at = first[e]; at < first[e + 1]; at++) {
            const uint32_t x = scratch->reverses.chunk[reversed.row + at];
            const uint32_t row = m->e_keys[e] >> 8 << 8 | scratch->reverses.cost[reversed.row + at];
            uint32_t r = m->x_first[x];
            while (r < m->x_first[x + 1] && m->rows[r] != row)
                r++;
            assert_true(r < m->x_first[x + 1]);
            assert_true(at == first[e] || x > scratch->reverses.chunk[reversed.row + at - 1]);
        }
}

static void *copy_of(const void *bytes, size_t size)
{
    void *copy = malloc(size);
    assert_non_null(copy);
    return memcpy(copy, bytes, size);
}

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; aln_model_at(i); i++)
        check_tables(aln_model_at(i));
    /* more than there is room for: older ones give way */
    enum { COPIES = 12 };
    const aln_model *m = model_of("cyrillic");
    aln_model copy[COPIES];
    for (int c = 0; c < COPIES; c++) {
        copy[c] = *m;
        copy[c].x_keys = copy_of(m->x_keys, m->x_chunks * sizeof *m->x_keys);
        copy[c].e_keys = copy_of(m->e_keys, m->e_chunks * sizeof *m->e_keys);
        copy[c].rows = copy_of(m->rows, m->row_count * sizeof *m->rows);
        check_tables(&copy[c]);
        assert_true(score(&copy[c], "\xD0\xBF\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD", "putin") > 0);
    }
    aln_translit_scratch_init(scratch);
    for (int c = 0; c < COPIES; c++) {
        free((void *)(uintptr_t)copy[c].x_keys);
        free((void *)(uintptr_t)copy[c].e_keys);
        free((void *)(uintptr_t)copy[c].rows);
    }
}

static void test_hostile(void **state)
{
    (void)state;
    char longest[4096], buf[8];
    aln_reading r[4];
    memset(longest, 'a', sizeof longest);
    for (size_t i = 0; aln_model_at(i); i++) {
        const aln_model *m = aln_model_at(i);
        static const char *const odd[] = {"", "\xFF\xFE", "123", "\xD0", "^$", "a", "\xD0\xB0", "\xE4\xB8\x80"};
        assert_true(strlen(aln_model_version(m)) > 0);
        for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
            assert_false(isnan(score(m, odd[k], "abc")));
            assert_false(isnan(score(m, "abc", odd[k])));
            aln_translit_readings(m, odd[k], strlen(odd[k]), scratch, r, 4);
            aln_translit_spellings(m, odd[k], strlen(odd[k]), scratch, r, 4);
            aln_translit_explain(m, odd[k], strlen(odd[k]), odd[k], strlen(odd[k]), scratch, buf, sizeof buf);
        }
        assert_false(isnan(aln_translit_score(m, longest, sizeof longest, longest, sizeof longest, scratch)));
        aln_translit_readings(m, longest, sizeof longest, scratch, r, 4);
    }
    assert_null(aln_model_find(ALN_SCRIPT_LAOO, "lo"));
    assert_string_equal(aln_model_name(aln_model_find(ALN_SCRIPT_ARAB, "fa-IR")), "persian");
    assert_string_equal(aln_model_name(aln_model_find(ALN_SCRIPT_ARAB, NULL)), "arabic");
    assert_string_equal(aln_model_name(aln_model_find(ALN_SCRIPT_HIRA, NULL)), "katakana");
}

/* The lists of all models have room in a scratch at once, or a search would make them anew for each word. */
static void test_room(void **state)
{
    (void)state;
    const aln_model *m;
    size_t models = 0;
    aln_translit_scratch_init(scratch);
    for (size_t i = 0; (m = aln_model_at(i)) != NULL; i++) {
        models++;
        aln_tr_places_of(&scratch->lists, m, 0);
        aln_tr_places_of(&scratch->lists, m, 1);
        if (aln_model_script(m) != ALN_SCRIPT_LATN)
            aln_tr_reverse(&scratch->reverses, &scratch->lists, m);
    }
    uint32_t slots = scratch->lists.slots, reversed = scratch->reverses.rows;
    assert_true(models > 20);
    for (size_t i = 0; (m = aln_model_at(i)) != NULL; i++) {
        aln_tr_places_of(&scratch->lists, m, 0);
        aln_tr_places_of(&scratch->lists, m, 1);
        if (aln_model_script(m) != ALN_SCRIPT_LATN)
            aln_tr_reverse(&scratch->reverses, &scratch->lists, m);
        assert_int_equal(scratch->lists.slots, slots);
        assert_int_equal(scratch->reverses.rows, reversed);
    }
}

int main(int argc, char **argv)
{
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    scratch = malloc(aln_translit_scratch_size());
    if (!scratch)
        return 1;
    aln_translit_scratch_init(scratch);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_symbols),       cmocka_unit_test(test_pairs),        cmocka_unit_test(test_different),
        cmocka_unit_test(test_segmentations), cmocka_unit_test(test_what_follows), cmocka_unit_test(test_walk),
        cmocka_unit_test(test_readings),      cmocka_unit_test(test_tables),       cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_room),
    };
    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    free(scratch);
    return rc;
}
