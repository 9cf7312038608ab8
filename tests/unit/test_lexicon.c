/*
 * The lexicon: what it tells of entities, a user's names over the built-in ones, every kind of fault in a file of names
 * (tests/rows/core/bad-names.tsv), names by date, threads that share one lexicon.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"
#include "rows.h"
#include <allonym/allonym.h>
#include <pthread.h>
#include <unistd.h>

static const char *rows_dir;
static char path[] = "/tmp/test_lexicon.XXXXXX";
static const char header[] = "id\tkind\tlang\tnames\tdates\tflags\tnote\n";

static void write_file(const char *text, size_t len)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* file ("H" = the header's line before it), part of the message; %s is the file's path */
static void bad_files(void **state)
{
    rows r;
    (void)state;
    rows_open(&r, rows_dir, "core/bad-names.tsv");
    while (rows_next(&r)) {
        char text[8192], want[512];
        size_t n = 0;
        int with_header = r.cell[0][0] == 'H';
        if (with_header) {
            memcpy(text, header, n = sizeof header - 1);
        }
        assert_true(r.len[1] < sizeof text - n);
        memcpy(text + n, r.cell[1], r.len[1]);
        write_file(text, n + r.len[1]);
        aln_lexicon *lexicon = (aln_lexicon *)&r;
        aln_error err = {ALN_OK, 0, ""};
        aln_status status = aln_lexicon_open(NULL, path, &lexicon, &err);
        if (!strcmp(r.cell[2], "fine")) {
            if (status != ALN_OK)
                rows_fail(&r, "%s", err.message);
            aln_lexicon_unref(lexicon);
            continue;
        }
        snprintf(want, sizeof want, "%s:%s", path, r.cell[2]);
        if (status != ALN_EDATA || err.code != ALN_EDATA || lexicon)
            rows_fail(&r, "status %d, the lexicon is %sNULL", (int)status, lexicon ? "not " : "");
        if (strncmp(err.message, want, strlen(want)) != 0)
            rows_fail(&r, "the message is \"%s\"", err.message);
        if (err.line != strtoul(r.cell[2], NULL, 10))
            rows_fail(&r, "line %zu in the error", err.line);
        aln_lexicon_unref(lexicon == (aln_lexicon *)&r ? NULL : lexicon);
    }
    rows_close(&r);
}

static void no_such_file(void **state)
{
    aln_lexicon *lexicon;
    aln_error err;
    (void)state;
    assert_int_equal(aln_lexicon_open(NULL, "/no/such/file.tsv", &lexicon, &err), ALN_EIO);
    assert_null(lexicon);
    assert_non_null(strstr(err.message, "/no/such/file.tsv"));
    assert_int_equal(aln_lexicon_open(NULL, NULL, NULL, NULL), ALN_EINVAL);
}

/* A line of a megabyte and more is refused, a very long one that is no bomb is not needed. */
static void huge_line(void **state)
{
    size_t n = 3u << 20;
    char *text = malloc(n);
    aln_lexicon *lexicon;
    aln_error err;
    (void)state;
    assert_non_null(text);
    memset(text, 'a', n);
    memcpy(text, header, sizeof header - 1);
    write_file(text, n);
    free(text);
    assert_int_equal(aln_lexicon_open(NULL, path, &lexicon, &err), ALN_EDATA);
    assert_int_equal(err.line, 2);
}

static void entities(void **state)
{
    aln_lexicon *lexicon;
    aln_entity_name name;
    (void)state;
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, NULL), ALN_OK);
    uint32_t count = aln_lexicon_count(lexicon), astana = aln_lexicon_find(lexicon, "astana", 6);
    assert_true(count > 300 && astana < count);
    assert_string_equal(aln_entity_id(lexicon, astana), "astana");
    assert_int_equal(aln_lexicon_find(lexicon, "astanaX", 6), astana); /* the length counts */
    assert_int_equal(aln_lexicon_find(lexicon, "no-such-entity", 14), UINT32_MAX);
    assert_int_equal(aln_lexicon_find(lexicon, "", 0), UINT32_MAX);
    assert_null(aln_entity_id(lexicon, count));
    assert_null(aln_entity_kind(lexicon, UINT32_MAX));
    int dated = 0;
    uint32_t n = 0;
    for (; aln_entity_name_at(lexicon, astana, n, &name) == ALN_OK; n++) {
        assert_true(name.text && *name.text && name.language && *name.language);
        if (!strcmp(name.text, "Astana") && !strcmp(name.language, "en")) { /* twice so called */
            assert_int_equal(name.period_count, 2);
            assert_true(name.periods[0].from == 1998 && name.periods[0].to == 2019);
            assert_true(name.periods[1].from == 2022 && name.periods[1].to == 0 && name.from == 2022);
        }
        dated |= !strcmp(name.text, "Nur-Sultan") && name.from == 2019 && name.to == 2022 &&
                 (name.flags & ALN_NAME_HISTORIC);
    }
    assert_true(n > 10 && dated);
    assert_int_equal(aln_entity_wikidata(lexicon, astana), 1520);
    assert_int_equal(aln_entity_wikidata(lexicon, count), 0);
    assert_int_equal(aln_entity_name_at(lexicon, astana, UINT32_MAX, &name), ALN_ENOTFOUND);
    assert_int_equal(aln_entity_name_at(lexicon, count, 0, &name), ALN_ENOTFOUND);
    for (uint32_t i = 0; i < count; i++) { /* every id leads back to its entity */
        const char *id = aln_entity_id(lexicon, i);
        assert_non_null(aln_entity_kind(lexicon, i));
        assert_int_equal(aln_lexicon_find(lexicon, id, strlen(id)), i);
        assert_int_equal(aln_entity_name_at(lexicon, i, 0, &name), ALN_OK);
    }
    assert_ptr_equal(aln_lexicon_ref(lexicon), lexicon);
    aln_lexicon_unref(lexicon);
    assert_string_equal(aln_entity_id(lexicon, astana), "astana");
    aln_lexicon_unref(lexicon);
    aln_lexicon_unref(NULL);
}

typedef struct wanted {
    const char *id;
    int found;
    uint32_t span;
} wanted;

static int look(void *ctx, const aln_token *t)
{
    wanted *w = ctx;
    if (t->kind == ALN_TERM_ENTITY && t->text_len == strlen(w->id) && !memcmp(t->text, w->id, t->text_len)) {
        w->found++;
        w->span = t->span;
    }
    return 0;
}

static int mentions(aln_analyzer *a, const char *language, const char *text, const char *id)
{
    wanted w = {id, 0, 0};
    assert_int_equal(aln_analyze(a, language, text, strlen(text), look, &w), ALN_OK);
    return w.found;
}

static uint32_t names_of(const aln_lexicon *lexicon, uint32_t entity)
{
    aln_entity_name name;
    uint32_t n = 0;
    while (aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK)
        n++;
    return n;
}

static aln_lexicon *open_text(const char *text)
{
    aln_lexicon *lexicon;
    aln_error err;
    write_file(text, strlen(text));
    if (aln_lexicon_open(NULL, path, &lexicon, &err) != ALN_OK)
        fail_msg("%s", err.message);
    return lexicon;
}

static void names_of_the_user(void **state)
{
    static const char file[] = "id\tkind\tlang\tnames\tdates\tflags\tnote\r\n"
                               "# comment\n\n"
                               "zorbland\tcountry\ten\tZorbland|Republic of Zorbland\t\t\ta country of ours\n"
                               "zorbland\tcountry\tru\tЗорбландия\t\t\t\n"
                               "zorb-party\torganisation\ten\tZPX\t\tabbr\t\n"
                               "w-zorbing\tword\ten\tzorbing\t\tcommon\t\n"
                               "astana\tcapital\ten\tQorbopolis\t2031-\t\ta name that comes\n" /* of a known entity */
                               "astana\tcapital\ten\tAstana\t\t\tand one that is there\n";
    aln_lexicon *plain, *own;
    aln_analyzer *a, *b;
    aln_error err;
    (void)state;
    write_file(file, sizeof file - 1);
    assert_int_equal(aln_lexicon_open(NULL, NULL, &plain, NULL), ALN_OK);
    if (aln_lexicon_open(NULL, path, &own, &err) != ALN_OK)
        fail_msg("%s", err.message);
    assert_int_equal(aln_analyzer_new(plain, NULL, &a, NULL), ALN_OK);
    assert_int_equal(aln_analyzer_new(own, NULL, &b, NULL), ALN_OK);
    assert_string_not_equal(aln_analyzer_fingerprint(a), aln_analyzer_fingerprint(b));
    assert_int_equal(aln_lexicon_count(own), aln_lexicon_count(plain) + 3);
    assert_int_equal(mentions(a, "en", "The Republic of Zorbland", "zorbland"), 0);
    assert_int_equal(mentions(b, "en", "The Republic of Zorbland", "zorbland"), 2); /* at its first word and its last */
    assert_int_equal(mentions(b, "ru", "в Зорбландии", "zorbland"), 1);
    assert_int_equal(mentions(b, "en", "ZPX won", "zorb-party"), 1);
    assert_int_equal(mentions(b, "en", "Zpx won", "zorb-party"), 0); /* an abbreviation is in capitals */
    assert_int_equal(mentions(b, "en", "they like zorbing", "w-zorbing"), 1);
    assert_int_equal(mentions(b, "en", "they like zorbland", "zorbland"), 0); /* a name is not */
    assert_int_equal(mentions(b, "en", "in Qorbopolis", "astana"), 1);
    assert_int_equal(mentions(b, "en", "in Astana", "astana"), 1); /* what was there stays */
    uint32_t astana = aln_lexicon_find(own, "astana", 6);
    assert_int_equal(astana, aln_lexicon_find(plain, "astana", 6));
    assert_int_equal(names_of(own, astana), names_of(plain, astana) + 2);
    uint32_t zorbland = aln_lexicon_find(own, "zorbland", 8);
    assert_string_equal(aln_entity_kind(own, zorbland), "country");
    aln_analyzer_free(a);
    aln_analyzer_free(b);
    aln_lexicon_unref(plain);
    aln_lexicon_unref(own);
}

/* replace: the built-in names of the entity count no more; the others' do. */
static void names_replaced(void **state)
{
    aln_lexicon *own = open_text("id\tkind\tlang\tnames\tdates\tflags\tnote\n"
                                 "astana\tplanet\ten\tQorbopolis\t\treplace,colloquial\tQ77\n"
                                 "astana\tplanet\tru\tКорбополь\t\t\t\n"
                                 "zorbland\tcountry\ten\tZorbland\t\treplace\tof nothing: no harm\n");
    aln_analyzer *a;
    aln_entity_name name;
    (void)state;
    assert_int_equal(aln_analyzer_new(own, NULL, &a, NULL), ALN_OK);
    uint32_t astana = aln_lexicon_find(own, "astana", 6);
    assert_int_equal(names_of(own, astana), 2);
    assert_int_equal(aln_entity_name_at(own, astana, 0, &name), ALN_OK);
    assert_string_equal(name.text, "Qorbopolis");
    assert_int_equal(name.flags, ALN_NAME_COLLOQUIAL);
    assert_string_equal(aln_entity_id(own, astana), "astana");
    assert_string_equal(aln_entity_kind(own, astana), "planet");
    assert_int_equal(aln_entity_wikidata(own, astana), 77);
    assert_int_equal(mentions(a, "en", "in Qorbopolis", "astana"), 1);
    assert_int_equal(mentions(a, "ru", "в Корбополе", "astana"), 1);
    assert_int_equal(mentions(a, "en", "in Astana", "astana"), 0);
    assert_int_equal(mentions(a, "en", "in Nur-Sultan", "astana"), 0);
    assert_true(mentions(a, "en", "in Kazakhstan", "kz") > 0);
    assert_int_equal(mentions(a, "en", "in Zorbland", "zorbland"), 1);
    aln_analyzer_free(a);
    aln_lexicon_unref(own);
}

/* What the compiler merges and what it keeps apart, through the functions of the core. */
static void compiled_names(void **state)
{
    aln_lexicon *own = open_text("id\tkind\tlang\tnames\tdates\tflags\tnote\n"
                                 "x\tcity\ten,zh-Hant,sr\tXtown|Xville\t-1924;1950;1991-1998;2022-\t\t\n"
                                 "y\tcity\ten\tXtown\t\thistoric\t\n"
                                 "x\tcity\tde,en\tXtown\t-1924;1950;1991-1998;2022-\t\tagain\n"
                                 "x\tcity\tfr\tXtown\t1950\t\tat another time\n");
    (void)state;
    const aln_image *image = own->own;
    assert_int_equal(image->entity_count, 2);
    assert_int_equal(image->name_count, 4);
    const aln_image_name *names = aln_image_names(image), *town = names;
    assert_string_equal(aln_image_string(image, town->text), "Xtown");
    assert_int_equal(aln_image_name_languages(image, town), 4);
    assert_string_equal(aln_image_name_language(image, town, 3), "de");
    assert_null(aln_image_name_language(image, town, 4));
    assert_true(aln_image_name_has_language(image, town, "zh"));
    assert_true(aln_image_name_has_language(image, town, "sr-Latn"));
    assert_false(aln_image_name_has_language(image, town, "s"));
    assert_false(aln_image_name_has_language(image, town, "fr"));
    static const struct {
        int year, in_use;
    } years[] = {{1800, 1}, {1924, 1}, {1925, 0}, {1950, 1}, {1990, 0},
                 {1991, 1}, {1998, 1}, {1999, 0}, {2022, 1}, {2100, 1}};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        assert_int_equal(aln_image_name_in_use(image, town, years[i].year), years[i].in_use);
    assert_false(aln_image_name_in_use(image, &names[3], 2000)); /* historic, without years */
    uint32_t count, token = aln_image_token_of(image, "xtown", 5);
    assert_int_not_equal(token, 0);
    assert_int_equal(aln_image_token_of(image, "xtow", 4), 0);
    assert_int_equal(aln_image_token_of(image, "", 0), 0);
    uint32_t end = aln_image_step_of(image, 1, token);
    const uint32_t *outputs = aln_image_outputs_of(image, end, &count);
    assert_int_equal(count, 3); /* x at two times, y */
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(aln_image_string(image, names[outputs[i]].text), "Xtown");
    assert_int_equal(aln_image_step_of(image, end, token), 0);
    aln_lexicon_unref(own);
}

static void *count_bytes(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)old_size;
    *(size_t *)ctx += new_size;
    if (new_size)
        return realloc(ptr, new_size);
    free(ptr);
    return NULL;
}

/* Every one of many names is found, and no other: wide states, deep paths. */
static void many_names(void **state)
{
    enum { NAMES = 3000 };
    char *text = malloc(NAMES * 64 + sizeof header);
    size_t n = sizeof header - 1;
    (void)state;
    assert_non_null(text);
    memcpy(text, header, n);
    for (int i = 0; i < NAMES; i++)
        n +=
            (size_t)sprintf(text + n, "many-%d\tcity\ten\tQzor %dq%s\t\t\t\n", i, i, i % 3 ? "" : " 1 2 3 4 5 6 7 8 9");
    aln_lexicon *own = open_text(text);
    free(text);
    const aln_image *image = own->own;
    uint32_t count, first = aln_image_step_of(image, 1, aln_image_token_of(image, "qzor", 4));
    assert_int_not_equal(first, 0);
    for (int i = 0; i < NAMES; i++) {
        char word[16];
        int len = sprintf(word, "%dq", i);
        uint32_t token = aln_image_token_of(image, word, (size_t)len);
        assert_int_equal(aln_image_step_of(image, 1, token), 0); /* begins no name */
        uint32_t at = aln_image_step_of(image, first, token);
        assert_int_not_equal(at, 0);
        for (char digit[2] = "1"; i % 3 == 0 && digit[0] <= '9'; digit[0]++) {
            aln_image_outputs_of(image, at, &count);
            assert_int_equal(count, 0);
            at = aln_image_step_of(image, at, aln_image_token_of(image, digit, 1));
            assert_int_not_equal(at, 0);
        }
        const uint32_t *outputs = aln_image_outputs_of(image, at, &count);
        assert_int_equal(count, 1);
        assert_int_equal(aln_image_names(image)[*outputs].entity, i);
    }
    aln_lexicon_unref(own);
}

/* The built-in names are in the library as they are used: opening them reads and copies nothing. */
static void opening(void **state)
{
    enum { TIMES = 1000, BYTES_AT_MOST = 4096 };
    struct timespec start, end;
    size_t bytes = 0;
    aln_alloc counting = {count_bytes, &bytes};
    (void)state;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start), 0);
    for (int i = 0; i < TIMES; i++) {
        aln_lexicon *lexicon = NULL;
        assert_int_equal(aln_lexicon_open(&counting, NULL, &lexicon, NULL), ALN_OK);
        assert_true(aln_lexicon_count(lexicon) > 0);
        aln_lexicon_unref(lexicon);
    }
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end), 0);
    double ms = ((double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6) / TIMES;
    printf("opening the gazetteer: %.4f ms, %zu bytes of memory, image %u bytes\n", ms, bytes / TIMES,
           (unsigned)aln_builtin_image()->size);
    assert_true(ms < 1.0);
    assert_true(bytes / TIMES < BYTES_AT_MOST);
    assert_true(aln_builtin_image()->size <= 24u << 20);
}

static void names_by_date(void **state)
{
    aln_lexicon *lexicon;
    aln_analyzer *all, *current, *off, *year;
    aln_options options = ALN_OPTIONS_INIT;
    (void)state;
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, NULL), ALN_OK);
    assert_int_equal(aln_analyzer_new(lexicon, &options, &all, NULL), ALN_OK);
    options.names = ALN_NAMES_CURRENT;
    assert_int_equal(aln_analyzer_new(lexicon, &options, &current, NULL), ALN_OK);
    options.names = ALN_NAMES_OFF;
    assert_int_equal(aln_analyzer_new(lexicon, &options, &off, NULL), ALN_OK);
    options.names = ALN_NAMES_ALL;
    options.as_of = 1995;
    assert_int_equal(aln_analyzer_new(lexicon, &options, &year, NULL), ALN_OK);
    assert_string_not_equal(aln_analyzer_fingerprint(all), aln_analyzer_fingerprint(year));
    assert_true(mentions(all, "en", "in Nur-Sultan", "astana~f") > 0);
    assert_int_equal(mentions(all, "en", "in Nur-Sultan", "astana"), 0); /* marked as a former name */
    assert_int_equal(mentions(current, "en", "in Nur-Sultan", "astana"), 0);
    assert_int_equal(mentions(current, "en", "in Nur-Sultan", "astana~f"), 0);
    assert_int_equal(mentions(year, "en", "in Akmola and Nur-Sultan", "astana~f"), 1);
    assert_int_equal(mentions(year, "en", "in Astana", "astana"), 0);
    assert_int_equal(mentions(current, "en", "in Astana", "astana"), 1);
    assert_int_equal(mentions(off, "en", "in Astana", "astana"), 0);
    aln_analyzer_free(all);
    aln_analyzer_free(current);
    aln_analyzer_free(off);
    aln_analyzer_free(year);
    aln_lexicon_unref(lexicon);
}

/* ---------------------------------------------------------------- threads */

enum { THREADS = 6, ROUNDS = 40 };
typedef struct worker {
    pthread_t thread;
    aln_lexicon *lexicon;
    size_t hash;
    int failed;
} worker;

static int hash_token(void *ctx, const aln_token *t)
{
    size_t *h = ctx;
    for (size_t i = 0; i < t->text_len; i++)
        *h = (*h ^ (unsigned char)t->text[i]) * 1099511628211u;
    *h = (*h ^ t->position ^ (size_t)t->kind << 8) * 1099511628211u;
    return 0;
}

static void *work(void *arg)
{
    static const char *const texts[] = {"Президент Токаев прилетел в Нур-Султан",
                                        "Xi Jinping met Mirziyoyev in Samarkand", "托卡耶夫在阿斯塔纳",
                                        "توكاييف في أستانا", "Тоқаев Астанада"};
    worker *w = arg;
    for (int i = 0; i < ROUNDS && !w->failed; i++) {
        aln_analyzer *a;
        aln_lexicon *mine = aln_lexicon_ref(w->lexicon);
        const aln_query_node *plan;
        char *snippet;
        size_t hash = 14695981039346656037u;
        if (aln_analyzer_new(mine, NULL, &a, NULL) != ALN_OK) {
            w->failed = 1;
            aln_lexicon_unref(mine);
            break;
        }
        aln_lexicon_unref(mine);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            size_t n = strlen(texts[k]);
            w->failed |= aln_analyze(a, NULL, texts[k], n, hash_token, &hash) != ALN_OK;
            w->failed |= aln_query_plan(a, NULL, "Токаев", 12, &plan, NULL) != ALN_OK;
            w->failed |= aln_snippet(a, plan, NULL, texts[k], n, 80, "[", "]", "...", &snippet) != ALN_OK;
            aln_string_free(a, snippet);
        }
        w->failed |= i && hash != w->hash;
        w->hash = hash;
        aln_analyzer_free(a);
    }
    return NULL;
}

static void threads_share_a_lexicon(void **state)
{
    worker workers[THREADS];
    aln_lexicon *lexicon;
    (void)state;
    assert_int_equal(aln_lexicon_open(NULL, NULL, &lexicon, NULL), ALN_OK);
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.lexicon = lexicon};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_false(workers[i].failed);
        assert_true(workers[i].hash == workers[0].hash);
    }
    aln_lexicon_unref(lexicon);
}

static int make_file(void **state)
{
    int fd = mkstemp(path);
    (void)state;
    return fd < 0 || close(fd) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return remove(path);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_files),
                                       cmocka_unit_test(no_such_file),
                                       cmocka_unit_test(huge_line),
                                       cmocka_unit_test(entities),
                                       cmocka_unit_test(names_of_the_user),
                                       cmocka_unit_test(names_replaced),
                                       cmocka_unit_test(compiled_names),
                                       cmocka_unit_test(many_names),
                                       cmocka_unit_test(names_by_date),
                                       cmocka_unit_test(opening),
                                       cmocka_unit_test(threads_share_a_lexicon)};
    rows_dir = argc > 1 ? argv[1] : "tests/rows";
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
