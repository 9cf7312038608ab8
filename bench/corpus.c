/*
 * News of any size, made up by rule and seed, with known answers: a corpus to measure speed and recall on at scale.
 *
 *     corpus [--documents N] [--words N] [--seed N] [--queries N] [--answers DIR] NAMES NEWS
 *
 * JSON lines on standard output; the same arguments give the same bytes. NAMES is the folder with names/ TSV files,
 * NEWS the bundled news. With --answers, DIR/queries holds names to search for, a line each, and DIR/answers the ids of
 * all documents that name the same person, place or organisation, in whatever language and spelling, on the same line.
 *
 * Words. A document has one of the languages of NEWS, as often as there. Its words are drawn from those that this
 * language had so far, so that frequent ones stay frequent, and new ones are made up whenever the vocabulary of n
 * running words is below V(n) = 30 n^0.6, Heaps' law as in items.hpp; this way of drawing (H. A. Simon: On a class of
 * skew distribution functions, Biometrika 42, 1955) gives Zipf's law besides. A new word is the head of one word joined
 * to the tail of another of the same language, so that endings and capitals are as stemmers meet them. Han, Kana and
 * Thai are drawn in pieces between punctuation, and none made up.
 *
 * Names. A document names one to six things; which, follows Zipf's law over all things that have a name in its
 * language. The spelling is the usual one most times, else one of the others. Names stand in the nominative, as the
 * tables have them: this measures spellings, scripts and renamings, not inflection.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LANGUAGES = 64, MAX_SPELLINGS = 8, RING = 1 << 17, MAX_ANSWERS = 2000, MAX_WORD = 48 };

typedef struct {
    char *text;
    size_t len;
} word;

typedef struct {
    char tag[16];
    bool spaced;
    unsigned weight;
    uint32_t *base, *ring; /* numbers of words */
    size_t base_count, base_cap, ring_at;
    uint32_t *things; /* with a name in this language, the frequent ones first */
    size_t thing_count, thing_cap;
} language;

typedef struct {
    uint8_t language, count;
    char *text[MAX_SPELLINGS];
} spellings;

typedef struct {
    char id[48];
    spellings *names;
    size_t count;
    uint64_t order; /* random: which thing is frequent is not for the tables to say */
    uint32_t *documents;
    size_t document_count, document_cap;
} thing;

static language languages[MAX_LANGUAGES];
static size_t language_count;
static unsigned weight_sum;
static word *words;
static size_t word_count, word_cap;
static thing *things;
static size_t thing_count, thing_cap;

static void die(const char *what, const char *path)
{
    fprintf(stderr, "corpus: %s%s%s\n", what, path ? ": " : "", path ? path : "");
    exit(3);
}

static void *grown(void *array, size_t *cap, size_t count, size_t size)
{
    if (count < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 64;
    array = realloc(array, *cap * size);
    if (!array)
        die("out of memory", NULL);
    return array;
}

static char *copy(const char *text, size_t len)
{
    char *out = malloc(len + 1);
    if (!out)
        die("out of memory", NULL);
    memcpy(out, text, len);
    out[len] = '\0';
    return out;
}

/* ------------------------------------------------------------------- chance */

static uint64_t state;

/* splitmix64 */
static uint64_t chance(void)
{
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return (size_t)(((chance() >> 32) * (uint64_t)n) >> 32);
}

static double unit(void)
{
    return (double)(chance() >> 11) * 0x1p-53;
}

/* A rank from 0 by Zipf's law, exponent 1: the continuous law inverted. */
static size_t zipf(size_t n)
{
    size_t r = (size_t)exp(unit() * log((double)n + 1)) - 1;
    return r < n ? r : n - 1;
}

/* ------------------------------------------------------------------ sources */

static language *find_language(const char *tag)
{
    for (size_t i = 0; i < language_count; i++)
        if (strcmp(languages[i].tag, tag) == 0)
            return &languages[i];
    return NULL;
}

static uint32_t add_word(const char *text, size_t len)
{
    words = grown(words, &word_cap, word_count, sizeof *words);
    words[word_count] = (word){copy(text, len), len};
    return (uint32_t)word_count++;
}

/* Bytes of a character that ends a piece: a space, or punctuation of ASCII, General Punctuation and CJK. */
static size_t mark_at(const char *p, const char *end)
{
    unsigned char c = (unsigned char)*p;
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '\'' ? 0
                                                                                                                   : 1;
    if (end - p >= 2 && c == 0xC2 && (unsigned char)p[1] < 0xC0) /* U+0080 to U+00BF: « » and others */
        return 2;
    if (end - p < 3)
        return 0;
    if (c == 0xE2 && (unsigned char)p[1] == 0x80 && (unsigned char)p[2] != 0x99) /* – — “ ” …, not the apostrophe */
        return 3;
    if ((c == 0xE3 && (unsigned char)p[1] == 0x80) || (c == 0xEF && (unsigned char)p[1] == 0xBC)) /* 、 。 「 」 ， */
        return 3;
    return 0;
}

/* The distinct words of a language are few here: a linear look-up by hash would be no faster than this is once. */
static void add_text(language *l, const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    while (p < end) {
        size_t skip = mark_at(p, end);
        if (skip) {
            p += skip;
            continue;
        }
        const char *start = p;
        while (p < end && !mark_at(p, end))
            p++;
        size_t n = (size_t)(p - start);
        if (n > MAX_WORD && l->spaced)
            continue;
        uint32_t found = UINT32_MAX;
        for (size_t i = 0; i < l->base_count && found == UINT32_MAX; i++) {
            const word *w = &words[l->base[i]];
            if (w->len == n && memcmp(w->text, start, n) == 0)
                found = l->base[i];
        }
        l->base = grown(l->base, &l->base_cap, l->base_count, sizeof *l->base);
        l->base[l->base_count++] = found != UINT32_MAX ? found : add_word(start, n);
    }
}

static void read_news(const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    if (!in)
        die("cannot be read", path);
    while (getline(&line, &cap, in) > 0) {
        json_t *object = json_loads(line, 0, NULL);
        const char *tag = json_string_value(json_object_get(object, "lang"));
        const json_t *text = json_object_get(object, "text");
        if (tag && json_is_string(text)) {
            language *l = find_language(tag);
            if (!l && language_count < MAX_LANGUAGES) {
                l = &languages[language_count++];
                snprintf(l->tag, sizeof l->tag, "%s", tag);
                l->spaced = strncmp(tag, "zh", 2) != 0 && strcmp(tag, "ja") != 0 && strcmp(tag, "th") != 0;
            }
            if (l) {
                l->weight++;
                weight_sum++;
                add_text(l, json_string_value(text), json_string_length(text));
            }
        }
        json_decref(object);
    }
    free(line);
    fclose(in);
    if (!language_count)
        die("no news", path);
    /* From the first document on words are drawn from a past of this length: from a short one a few would rule. */
    for (size_t i = 0; i < language_count; i++) {
        language *l = &languages[i];
        if (!(l->ring = malloc(RING * sizeof *l->ring)))
            die("out of memory", NULL);
        for (size_t k = 0; k < RING; k++)
            l->ring[k] = l->base[below(l->base_count)];
    }
}

/* Those names of a row that belong to one language. */
static void add_names(thing *t, size_t l, const char *names)
{
    spellings *s = NULL;
    for (size_t i = 0; i < t->count && !s; i++)
        if (t->names[i].language == l)
            s = &t->names[i];
    if (!s) {
        t->names = realloc(t->names, (t->count + 1) * sizeof *t->names);
        if (!t->names)
            die("out of memory", NULL);
        s = &t->names[t->count++];
        memset(s, 0, sizeof *s);
        s->language = (uint8_t)l;
    }
    while (*names && s->count < MAX_SPELLINGS) {
        size_t n = strcspn(names, "|");
        if (n && !memchr(names, '"', n) && !memchr(names, '\\', n))
            s->text[s->count++] = copy(names, n);
        names += n + (names[n] == '|');
    }
}

static void read_names(const char *folder, const char *file)
{
    char path[1024];
    char *line = NULL;
    size_t cap = 0;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *in = fopen(path, "r");
    if (!in)
        die("cannot be read", path);
    while (getline(&line, &cap, in) > 0) {
        char *column[7] = {0}, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        if (*line == '#' || !*line)
            continue;
        for (size_t i = 0; i < 7 && rest; i++) {
            column[i] = rest;
            rest = strchr(rest, '\t');
            if (rest)
                *rest++ = '\0';
        }
        /* Abbreviations, inhabitants and nicknames are other words than the name. */
        if (!column[3] || strcmp(column[0], "id") == 0 ||
            (column[5] && *column[5] && strcmp(column[5], "historic") != 0))
            continue;
        if (!thing_count || strcmp(things[thing_count - 1].id, column[0]) != 0) {
            things = grown(things, &thing_cap, thing_count, sizeof *things);
            memset(&things[thing_count], 0, sizeof *things);
            snprintf(things[thing_count].id, sizeof things->id, "%s", column[0]);
            things[thing_count++].order = chance();
        }
        for (char *save = NULL, *tag = strtok_r(column[2], ",", &save); tag; tag = strtok_r(NULL, ",", &save)) {
            const language *l = find_language(tag);
            if (l)
                add_names(&things[thing_count - 1], (size_t)(l - languages), column[3]);
        }
    }
    free(line);
    fclose(in);
}

static int by_order(const void *a, const void *b)
{
    const thing *x = a, *y = b;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void rank_things(void)
{
    if (!thing_count)
        die("no names", NULL);
    qsort(things, thing_count, sizeof *things, by_order);
    for (size_t i = 0; i < thing_count; i++) {
        for (size_t k = 0; k < things[i].count; k++) {
            language *l = &languages[things[i].names[k].language];
            l->things = grown(l->things, &l->thing_cap, l->thing_count, sizeof *l->things);
            l->things[l->thing_count++] = (uint32_t)i;
        }
    }
}

/* ---------------------------------------------------------------- documents */

static uint64_t running;     /* words so far */
static double next_new = 0.; /* with so many running words a new one is due */

static size_t step_back(const char *text, size_t at)
{
    while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static uint32_t known_word(const language *l)
{
    return chance() & 1 ? l->ring[below(RING)] : l->base[below(l->base_count)];
}

static uint32_t new_word(const language *l)
{
    char text[2 * MAX_WORD];
    const word *a = &words[known_word(l)], *b = &words[known_word(l)];
    size_t head = step_back(a->text, a->len / 4 + below(a->len / 2 + 1));
    size_t tail = step_back(b->text, b->len / 4 + below(b->len / 2 + 1));
    if (!head)
        head = a->len;
    if (head + b->len - tail > MAX_WORD) /* words would grow with each generation */
        return known_word(l);
    memcpy(text, a->text, head);
    memcpy(text + head, b->text + tail, b->len - tail);
    return add_word(text, head + b->len - tail);
}

static uint32_t draw(language *l)
{
    uint32_t w;
    running++;
    if (l->spaced && (double)running >= next_new) {
        w = new_word(l);
        next_new = pow((double)word_count / 30., 1 / .6);
    } else {
        w = known_word(l);
    }
    l->ring[l->ring_at] = w;
    l->ring_at = (l->ring_at + 1) % RING;
    return w;
}

static char *out;
static size_t out_len, out_cap;

static void put(const char *text, size_t len)
{
    if (out_len + len > out_cap) {
        out_cap = (out_len + len) * 2 + 4096;
        out = realloc(out, out_cap);
        if (!out)
            die("out of memory", NULL);
    }
    memcpy(out + out_len, text, len);
    out_len += len;
}

static void put_text(const char *text)
{
    put(text, strlen(text));
}

static void note_document(thing *t, uint32_t number)
{
    if ((t->document_count && t->documents[t->document_count - 1] == number) || t->document_count > MAX_ANSWERS)
        return;
    t->documents = grown(t->documents, &t->document_cap, t->document_count, sizeof *t->documents);
    t->documents[t->document_count++] = number;
}

static void put_name(const language *l, uint32_t number)
{
    thing *t = &things[l->things[zipf(l->thing_count)]];
    for (size_t i = 0; i < t->count; i++) {
        const spellings *s = &t->names[i];
        if (&languages[s->language] != l || !s->count)
            continue;
        size_t k = 0;
        while (k + 1 < s->count && chance() % 5 < 2)
            k++;
        put_text(s->text[k]);
        note_document(t, number);
    }
}

static void put_words(language *l, size_t count, size_t names, uint32_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            put_text(l->spaced ? " " : "，");
        if (names && l->thing_count && below(count - i) < names) {
            put_name(l, number);
            put_text(l->spaced ? " " : "");
            names--;
        }
        uint32_t drawn = draw(l);
        put(words[drawn].text, words[drawn].len);
        if (i + 1 == count || chance() % 14 == 0)
            put_text(l->spaced ? "." : "。");
    }
}

static void put_document(uint32_t number, size_t mean)
{
    char head[160];
    size_t l = 0;
    for (unsigned pick = (unsigned)below(weight_sum); pick >= languages[l].weight; l++)
        pick -= languages[l].weight;
    double share = .3 - .7 * log(1. - unit());
    size_t count = (size_t)((double)mean * (share > 6 ? 6 : share));
    if (!languages[l].spaced)
        count = count / 6; /* pieces are some words long */
    snprintf(head, sizeof head,
             "{\"id\":\"n%" PRIu32 "\",\"lang\":\"%s\",\"date\":\"20%02zu-%02zu-%02zu\",\"title\":\"", number,
             languages[l].tag, 10 + below(16), 1 + below(12), 1 + below(28));
    put_text(head);
    put_words(&languages[l], languages[l].spaced ? 6 : 1, chance() & 1, number);
    put_text("\",\"text\":\"");
    put_words(&languages[l], count ? count : 1, 1 + below(6), number);
    put_text("\"}\n");
    if (out_len > 1u << 20) {
        fwrite(out, 1, out_len, stdout);
        out_len = 0;
    }
}

/* ------------------------------------------------------------------ answers */

static size_t words_of(const char *name)
{
    size_t n = 1;
    for (; *name; name++)
        n += *name == ' ';
    return n;
}

/* Names of one to three words, in a language by chance, of things that are neither too rare nor in too many documents.
 */
static void write_answers(const char *dir, size_t wanted)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/queries", dir);
    FILE *queries = fopen(path, "w");
    snprintf(path, sizeof path, "%s/answers", dir);
    FILE *answers = fopen(path, "w");
    if (!queries || !answers)
        die("cannot be written", path);
    for (size_t tries = 1000 * wanted; wanted && tries; tries--) {
        const thing *t = &things[below(thing_count)];
        if (!t->count || t->document_count < 3 || t->document_count > MAX_ANSWERS)
            continue;
        const spellings *s = &t->names[below(t->count)];
        if (!s->count || words_of(s->text[0]) > 3)
            continue;
        fprintf(queries, "%s\n", s->text[0]);
        for (size_t i = 0; i < t->document_count; i++)
            fprintf(answers, "%sn%" PRIu32, i ? " " : "", t->documents[i]);
        fputc('\n', answers);
        wanted--;
    }
    if (fclose(queries) != 0 || fclose(answers) != 0)
        die("cannot be written", dir);
}

static size_t number_of(const char *text)
{
    char *end;
    unsigned long long n = strtoull(text, &end, 10);
    if (!*text || *end || n > UINT32_MAX) {
        fprintf(stderr, "corpus: not a number: %s\n", text);
        exit(2);
    }
    return (size_t)n;
}

int main(int argc, char **argv)
{
    static const char *const files[] = {"persons.tsv", "places.tsv", "organisations.tsv", "places-generated.tsv"};
    size_t documents = 10000, mean = 80, queries = 500;
    const char *answers = NULL, *paths[2] = {NULL, NULL};
    size_t path_count = 0;
    state = 1;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--documents") == 0)
            documents = number_of(value), i++;
        else if (strcmp(argv[i], "--words") == 0)
            mean = number_of(value), i++;
        else if (strcmp(argv[i], "--seed") == 0)
            state = number_of(value), i++;
        else if (strcmp(argv[i], "--queries") == 0)
            queries = number_of(value), i++;
        else if (strcmp(argv[i], "--answers") == 0)
            answers = value, i++;
        else if (*argv[i] != '-' && path_count < 2)
            paths[path_count++] = argv[i];
        else
            path_count = 3;
    }
    if (path_count != 2) {
        fputs("usage: corpus [--documents N] [--words N] [--seed N] [--queries N] [--answers DIR] NAMES NEWS\n",
              stderr);
        return 2;
    }
    read_news(paths[1]);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        read_names(paths[0], files[i]);
    rank_things();
    for (size_t n = 1; n <= documents; n++)
        put_document((uint32_t)n, mean);
    fwrite(out, 1, out_len, stdout);
    if (fflush(stdout) != 0 || ferror(stdout))
        die("standard output cannot be written", NULL);
    if (answers)
        write_answers(answers, queries);
    return 0;
}
