/*
 * Trains a transliteration model: from pairs of names to a readable table of chunk pairs.
 *
 *   train_translit --name russian --script Cyrl --kind letters [--langs ru,...] [--source TEXT] [--licence TEXT]
 * [--date DATE]
 *                  [--none "BASE SLOPE"] [--no-boundaries] [--systems] [--marks N] [--clean WIDTH] [--max-rows N]
 * [--fold N/M] [--held FILE] [--bigrams FILE --share SHARE] PAIRS.tsv TABLE.tsv
 *
 * PAIRS.tsv: Latin spelling, other spelling, count; lower case. Each pair may be cut into chunks of 1-3 symbols against
 * 0-3 letters (or one letter against nothing) in many ways. Fractional EM: all ways of a pair share its count by their
 * probability under the present table, the table is what was counted. Rounds of it sharpen a first guess that only
 * prefers chunks at equal relative positions. Halfway, pairs that the table finds implausible (family and given name
 * swapped, translations) are dropped. The same input gives the same bytes: single-threaded, sums in the order of the
 * input, no hash order in the output.
 *
 * --none is the score of "none of these" by the number of symbols, fitted on pairs kept apart and passed on to the
 * table. --systems: so is that the pairs have the words as published systems romanize them.
 * --marks N: a marked Latin letter that stands in fewer than N words becomes its base. --clean: how many spreads below
 * the median a pair must be to be dropped; 3 measures best, without it nothing is. --max-rows keeps the likeliest rows
 * only.
 *
 * --bigrams FILE: which chunk pairs follow one another (train_bigrams.c); --share is how much of a word's cost is taken
 * from there, in sixteenths, and passed on to the table.
 * --fold N/M leaves out the Latin words whose hash is N modulo M (and writes them to --held), to measure on what was
 * not seen.
 *
 * SPDX-License-Identifier: MIT
 */
#include "train_translit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TRAINER_VERSION "1"
#define ROUNDS 8
#define CLEAN_ROUND 4    /* pairs are judged after this many rounds */
#define MAX_COUNT 5.0    /* a frequent pair is no better evidence of spelling than this */
#define MAX_OFFSET 0.35  /* relative positions of the centres of a chunk pair at the start */
#define DROP_LONG 0.3    /* expected count below which a chunk pair is forgotten */
#define DROP_SHORT 0.09  /* the same for at most one symbol a side */
#define SHORT_SHARE 0.12 /* of the short table in the final one */

void train_die(const char *what, const char *detail)
{
    fprintf(stderr, "train_translit: %s%s%s\n", what, detail ? ": " : "", detail ? detail : "");
    exit(3);
}

void *train_take(void *old, size_t count, size_t size)
{
    void *p = count && size > SIZE_MAX / count ? NULL : realloc(old, count ? count * size : 1);
    if (!p)
        train_die("no memory", NULL);
    return p;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

/* FNV-1a, so that a word is on the same side of a split everywhere. */
static uint32_t hash_word(const char *s)
{
    uint32_t h = 2166136261u;
    while (*s)
        h = (h ^ (unsigned char)*s++) * 16777619u;
    return (uint32_t)mix(h);
}

/* ------------------------------------------------------------- chunk table */

chunk *train_slot(trainer *t, uint64_t key)
{
    size_t mask = t->slot_count - 1, i = (size_t)mix(key) & mask;
    while (t->slots[i].key && t->slots[i].key != key)
        i = (i + 1) & mask;
    return &t->slots[i];
}

static void resize(trainer *t, size_t slot_count)
{
    chunk *old = t->slots;
    size_t n = t->slot_count;
    t->slots = train_take(NULL, slot_count, sizeof(chunk));
    memset(t->slots, 0, slot_count * sizeof(chunk));
    t->slot_count = slot_count;
    t->used = 0;
    for (size_t i = 0; i < n; i++)
        if (old[i].key) {
            *train_slot(t, old[i].key) = old[i];
            t->used++;
        }
    free(old);
}

static void add_expected(trainer *t, uint64_t key, double value)
{
    chunk *c = train_slot(t, key);
    if (!c->key) {
        if (t->used * 2 > t->slot_count) {
            resize(t, t->slot_count * 2);
            c = train_slot(t, key);
        }
        c->key = key;
        t->used++;
    }
    c->expected += value;
}

uint64_t train_key(const pair *p, unsigned i, unsigned j, unsigned a, unsigned b)
{
    uint64_t key = 0;
    for (unsigned k = i; k < i + a; k++)
        key = key << 8 | p->x[k];
    uint64_t e = 0;
    for (unsigned k = j; k < j + b; k++)
        e = e << 8 | p->e[k];
    return key << 24 | e;
}

static int is_short(uint64_t key)
{
    return (key >> 24) < 256 && (key & 0xFFFFFF) < 256;
}

/* From expected counts to probabilities; what is too rare is forgotten when drop is set. */
static void normalise(trainer *t, int drop)
{
    double sum = 0;
    size_t kept = 0;
    for (size_t i = 0; i < t->slot_count; i++) {
        chunk *c = &t->slots[i];
        if (!c->key)
            continue;
        if (drop && c->expected < (is_short(c->key) ? DROP_SHORT : DROP_LONG))
            c->key = 0;
        else {
            sum += c->expected;
            kept++;
        }
    }
    for (size_t i = 0; i < t->slot_count; i++) {
        t->slots[i].p = t->slots[i].key ? t->slots[i].expected / sum : 0;
        t->slots[i].expected = 0;
    }
    /* freeing slots breaks the probe chains: insert anew */
    size_t size = 1024;
    while (size < kept * 3)
        size *= 2;
    resize(t, size);
}

/* ---------------------------------------------------------------- training */

static void start(trainer *t)
{
    for (size_t n = 0; n < t->pair_count; n++) {
        const pair *p = &t->pairs[n];
        for (unsigned i = 0; i <= p->nx; i++)
            for (unsigned j = 0; j <= p->ne; j++)
                for (size_t s = 0; s < t->shapes; s++) {
                    unsigned a = shapes[s][0], b = shapes[s][1];
                    if (i + a > p->nx || j + b > p->ne)
                        continue;
                    double d = fabs((i + a / 2.0) / p->nx - (j + b / 2.0) / p->ne);
                    if (d > MAX_OFFSET)
                        continue;
                    double w = a == 1 && b == 1 ? 1 : !a || !b ? 0.1 : a + b == 3 ? 0.5 : 0.05;
                    add_expected(t, train_key(p, i, j, a, b), p->count * exp(-8 * d) * w);
                }
    }
    normalise(t, 0);
}

#define SIDE (ALN_SYMBOLS_MAX + 1)

/* Shares the count of a pair among its segmentations; returns the log probability of the pair. */
static double expect(trainer *t, const pair *p)
{
    static double alpha[SIDE][SIDE], beta[SIDE][SIDE];
    static chunk *found[SIDE][SIDE][SHAPES];
    for (unsigned i = 0; i <= p->nx; i++)
        for (unsigned j = 0; j <= p->ne; j++)
            alpha[i][j] = beta[i][j] = 0;
    alpha[0][0] = beta[p->nx][p->ne] = 1;
    for (unsigned i = 0; i <= p->nx; i++)
        for (unsigned j = 0; j <= p->ne; j++)
            for (size_t s = 0; s < t->shapes; s++) {
                unsigned a = shapes[s][0], b = shapes[s][1];
                found[i][j][s] = NULL;
                if (alpha[i][j] <= 0 || i + a > p->nx || j + b > p->ne)
                    continue;
                chunk *c = train_slot(t, train_key(p, i, j, a, b));
                if (c->key) {
                    found[i][j][s] = c;
                    alpha[i + a][j + b] += alpha[i][j] * c->p;
                }
            }
    double total = alpha[p->nx][p->ne];
    if (!(total > 1e-290))
        return -1e9;
    for (unsigned i = p->nx + 1; i-- > 0;)
        for (unsigned j = p->ne + 1; j-- > 0;)
            for (size_t s = 0; s < t->shapes; s++) {
                chunk *c = found[i][j][s];
                if (!c)
                    continue;
                unsigned a = shapes[s][0], b = shapes[s][1];
                beta[i][j] += c->p * beta[i + a][j + b];
                if (!p->dropped)
                    c->expected += p->count * alpha[i][j] * c->p * beta[i + a][j + b] / total;
            }
    return log(total);
}

/* How well the table explains a pair: mean log probability a symbol and letter. */
static double plausibility(const pair *p, double log_p)
{
    return log_p / (p->nx + p->ne);
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Drops pairs far below the median of plausibility: spread is measured on the better half, which has no noise. */
static size_t clean(trainer *t, double *plausible, double width)
{
    double *sorted = train_take(NULL, t->pair_count, sizeof(double));
    memcpy(sorted, plausible, t->pair_count * sizeof(double));
    qsort(sorted, t->pair_count, sizeof(double), by_double);
    double median = sorted[t->pair_count / 2], upper = sorted[t->pair_count * 9 / 10];
    size_t dropped = 0;
    for (size_t i = 0; i < t->pair_count; i++)
        if (plausible[i] < median - width * (upper - median)) {
            if (t->pairs[i].count < 3) {
                t->pairs[i].dropped = 1;
                dropped++;
            }
        }
    free(sorted);
    return dropped;
}

static size_t train_rounds(trainer *t, double clean_width)
{
    double *plausible = train_take(NULL, t->pair_count, sizeof(double));
    size_t dropped = 0;
    start(t);
    for (int round = 0; round < ROUNDS; round++) {
        double sum = 0;
        size_t fit = 0;
        for (size_t i = 0; i < t->pair_count; i++) {
            double l = expect(t, &t->pairs[i]);
            plausible[i] = plausibility(&t->pairs[i], l);
            if (l > -1e8) {
                sum += l;
                fit++;
            }
        }
        fprintf(stderr, "round %d: %zu chunk pairs, %zu pairs, mean log p %.4f\n", round + 1, t->used, fit,
                fit ? sum / (double)fit : 0);
        normalise(t, 1);
        if (round + 1 == CLEAN_ROUND && clean_width > 0)
            dropped = clean(t, plausible, clean_width);
    }
    free(plausible);
    return dropped;
}

/*
 * Long chunks explain the training pairs best, so that a rare letter may be left without a chunk of its own and a new
 * word with it without a segmentation. A table of short chunks, trained first, gets a small share of the final one. It
 * is left to the caller.
 */
static size_t train(trainer *t, double clean_width, trainer *short_table)
{
    t->shapes = SHORT_SHAPES;
    train_rounds(t, 0);
    *short_table = *t;
    t->slots = NULL;
    t->slot_count = t->used = 0;
    resize(t, 1 << 16);
    t->shapes = SHAPES;
    size_t dropped = train_rounds(t, clean_width);
    for (size_t i = 0; i < t->slot_count; i++)
        t->slots[i].p *= 1 - SHORT_SHARE;
    for (size_t i = 0; i < short_table->slot_count; i++) {
        const chunk *c = &short_table->slots[i];
        if (c->key) {
            add_expected(t, c->key, 0);
            train_slot(t, c->key)->p += SHORT_SHARE * c->p;
        }
    }
    return dropped;
}

/* ------------------------------------------------------------------- input */

typedef struct options {
    const char *name, *script, *langs, *source, *licence, *date, *none, *held, *bigrams, *share, *input, *output;
    aln_symbols_kind kind;
    int boundaries;
    int systems; /* the pairs have the words as published systems romanize them */
    unsigned long marks, fold, folds, max_rows;
    double clean_width;
} options;

static const char *const kinds[ALN_SYMBOLS_KINDS] = {"latin",  "letters", "indic",  "ethiopic", "arabic",
                                                     "hebrew", "kana",    "hangul", "pinyin"};

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    size_t len = 0, cap = 1 << 16, got;
    char *text = train_take(NULL, cap, 1);
    if (!f)
        train_die("cannot read", path);
    while ((got = fread(text + len, 1, cap - len - 1, f)) > 0) {
        len += got;
        if (len + 1 == cap)
            text = train_take(text, cap *= 2, 1);
    }
    if (ferror(f))
        train_die("cannot read", path);
    fclose(f);
    text[len] = 0;
    return text;
}

static unsigned id_of(const uint16_t *ids, unsigned count, uint32_t cp)
{
    for (unsigned i = 0; i < count; i++)
        if (ids[i] == cp)
            return i + 1;
    return 0;
}

/* Symbols of at least min occurrences get a number, in the order of code points. */
static unsigned choose_ids(const size_t *seen, size_t min, uint16_t *ids)
{
    unsigned n = 0;
    for (uint32_t cp = 1; cp < 0x10000 && n < MAX_IDS; cp++)
        if (seen[cp] >= min)
            ids[n++] = (uint16_t)cp;
    return n;
}

/* Marked letters that are too rare to learn become their base. */
static uint32_t settle(const size_t *seen, unsigned long marks, uint32_t cp)
{
    const char *base = cp >= 0xC0 && (!marks || seen[cp] < marks) ? aln_symbols_latin_base(cp) : NULL;
    return base ? (unsigned char)base[0] : cp;
}

static size_t load(trainer *t, const options *o, char *text)
{
    size_t lines = 0, *seen_x = train_take(NULL, 0x10000, sizeof(size_t)),
           *seen_e = train_take(NULL, 0x10000, sizeof(size_t));
    memset(seen_x, 0, 0x10000 * sizeof(size_t));
    memset(seen_e, 0, 0x10000 * sizeof(size_t));
    FILE *held = o->held ? fopen(o->held, "wb") : NULL;
    if (o->held && !held)
        train_die("cannot write", o->held);
    for (char *s = text; *s; s++)
        lines += *s == '\n';
    t->pairs = train_take(NULL, lines + 1, sizeof(pair));
    size_t number = 0;
    for (char *line = text, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        number++;
        char *other = strchr(line, '\t'), *count = other ? strchr(other + 1, '\t') : NULL;
        if (line[0] == '#' || !line[0])
            continue;
        if (!count) {
            char where[32];
            snprintf(where, sizeof(where), "line %zu", number);
            train_die("three columns wanted", where);
        }
        *other++ = 0;
        *count++ = 0;
        if (o->folds && hash_word(line) % o->folds == o->fold) {
            if (held)
                fprintf(held, "%s\t%s\t%s\n", line, other, count);
            continue;
        }
        pair *p = &t->pairs[t->pair_count++];
        memset(p, 0, sizeof(*p));
        p->latin = line;
        p->other = other;
        p->count = strtod(count, NULL);
        if (p->count > MAX_COUNT)
            p->count = MAX_COUNT;
        aln_symbols e, x;
        aln_symbols_read(line, strlen(line), ALN_SYMBOLS_LATIN, o->boundaries, &e);
        aln_symbols_read(other, strlen(other), o->kind, o->boundaries, &x);
        for (unsigned i = 0; i < e.count; i++)
            seen_e[e.symbol[i]]++;
        for (unsigned i = 0; i < x.count; i++)
            seen_x[x.symbol[i]]++;
    }
    if (held && fclose(held))
        train_die("cannot write", o->held);
    size_t *final_e = train_take(NULL, 0x10000, sizeof(size_t)), *final_x = train_take(NULL, 0x10000, sizeof(size_t));
    memset(final_e, 0, 0x10000 * sizeof(size_t));
    memset(final_x, 0, 0x10000 * sizeof(size_t));
    int latin = o->kind == ALN_SYMBOLS_LATIN;
    for (uint32_t cp = 1; cp < 0x10000; cp++) {
        final_e[settle(seen_e, o->marks, cp)] += seen_e[cp];
        final_x[latin ? settle(seen_x, o->marks, cp) : cp] += seen_x[cp];
    }
    t->ne_ids = choose_ids(final_e, 1, t->e_ids);
    t->nx_ids = choose_ids(final_x, 5, t->x_ids);
    size_t kept = 0;
    for (size_t n = 0; n < t->pair_count; n++) {
        pair p = t->pairs[n];
        aln_symbols e, x;
        aln_symbols_read(p.latin, strlen(p.latin), ALN_SYMBOLS_LATIN, o->boundaries, &e);
        aln_symbols_read(p.other, strlen(p.other), o->kind, o->boundaries, &x);
        unsigned least = o->boundaries ? 3 : 1;
        int good = e.count >= least && x.count >= least && e.count <= 40 && x.count <= 40;
        for (unsigned i = 0; i < e.count; i++)
            good &= (p.e[i] = (unsigned char)id_of(t->e_ids, t->ne_ids, settle(seen_e, o->marks, e.symbol[i]))) != 0;
        for (unsigned i = 0; i < x.count; i++)
            good &= (p.x[i] = (unsigned char)id_of(t->x_ids, t->nx_ids,
                                                   latin ? settle(seen_x, o->marks, x.symbol[i]) : x.symbol[i])) != 0;
        p.ne = e.count;
        p.nx = x.count;
        if (good)
            t->pairs[kept++] = p;
    }
    t->pair_count = kept;
    free(seen_x);
    free(seen_e);
    free(final_x);
    free(final_e);
    return number;
}

/* ------------------------------------------------------------------ output */

static void write_cp(FILE *f, uint32_t cp)
{
    if (cp < 0x80) {
        putc((int)cp, f);
    } else if (cp < 0x800) {
        putc((int)(0xC0 | cp >> 6), f);
        putc((int)(0x80 | (cp & 0x3F)), f);
    } else {
        putc((int)(0xE0 | cp >> 12), f);
        putc((int)(0x80 | (cp >> 6 & 0x3F)), f);
        putc((int)(0x80 | (cp & 0x3F)), f);
    }
}

void train_write_chunk(FILE *f, const uint16_t *ids, uint64_t ids_key)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        if (ids_key >> shift & 0xFF)
            write_cp(f, ids[(ids_key >> shift & 0xFF) - 1]);
}

/* Chunks in the order of their text: shorter first symbols left-aligned, so that the table reads as a dictionary. */
uint64_t train_reading_order(uint64_t key)
{
    uint64_t x = key >> 24, e = key & 0xFFFFFF;
    while (x && x < 0x10000)
        x <<= 8;
    while (e && e < 0x10000)
        e <<= 8;
    return x << 24 | e;
}

static int by_reading(const void *a, const void *b)
{
    uint64_t x = train_reading_order(((const chunk *)a)->key), y = train_reading_order(((const chunk *)b)->key);
    return (x > y) - (x < y);
}

static int by_probability(const void *a, const void *b)
{
    const chunk *x = a, *y = b;
    if (x->p < y->p || x->p > y->p)
        return x->p < y->p ? 1 : -1;
    return (x->key > y->key) - (x->key < y->key);
}

static void save(trainer *t, const options *o, size_t lines, size_t dropped)
{
    chunk *rows = train_take(NULL, t->used + 1, sizeof(chunk));
    size_t n = 0;
    for (size_t i = 0; i < t->slot_count; i++)
        if (t->slots[i].key && -log(t->slots[i].p) * COST_STEPS < MAX_COST + 0.5)
            rows[n++] = t->slots[i];
    if (o->max_rows && n > o->max_rows) {
        qsort(rows, n, sizeof(chunk), by_probability);
        n = o->max_rows;
    }
    qsort(rows, n, sizeof(chunk), by_reading);
    FILE *f = fopen(o->output, "wb");
    if (!f)
        train_die("cannot write", o->output);
    fprintf(f, "# name\t%s\n# script\t%s\n# languages\t%s\n# symbols\t%s\n# boundaries\t%d\n", o->name, o->script,
            o->langs, kinds[o->kind], o->boundaries);
    if (o->systems)
        fprintf(f, "# systems\t1\n");
    fprintf(f, "# source\t%s\n# licence\t%s\n# date\t%s\n", o->source, o->licence, o->date);
    fprintf(f,
            "# pairs\t%zu read, %zu kept, %zu dropped as implausible\n# none\t%s\n# rows\t%zu\n# "
            "trainer\ttrain_translit %s\n",
            lines, t->pair_count, dropped, o->none, n, TRAINER_VERSION);
    fprintf(f, "other\tlatin\tcost\n");
    for (size_t i = 0; i < n; i++) {
        train_write_chunk(f, t->x_ids, rows[i].key >> 24);
        putc('\t', f);
        train_write_chunk(f, t->e_ids, rows[i].key & 0xFFFFFF);
        fprintf(f, "\t%d\n", (int)(-log(rows[i].p) * COST_STEPS + 0.5));
    }
    if (fclose(f))
        train_die("cannot write", o->output);
    free(rows);
}

static const char usage[] =
    "usage: train_translit --name N --script CODE[,CODE]\n"
    "       --kind latin|letters|indic|ethiopic|arabic|hebrew|kana|hangul|pinyin [--langs L,L]\n"
    "       [--source T] [--licence T] [--date D] [--none N] [--no-boundaries] [--systems] [--marks N] [--clean "
    "WIDTH]\n"
    "       [--bigrams FILE --share SHARE] [--fold N/M] [--held FILE]\n"
    "       PAIRS.tsv TABLE.tsv\n";

static void parse(options *o, int argc, char **argv)
{
    struct {
        const char *flag, **value;
    } texts[] = {{"--name", &o->name},       {"--script", &o->script}, {"--langs", &o->langs}, {"--source", &o->source},
                 {"--licence", &o->licence}, {"--date", &o->date},     {"--held", &o->held},   {"--none", &o->none},
                 {"--bigrams", &o->bigrams}, {"--share", &o->share}};
    int i = 1;
    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strcmp(argv[i], "--no-boundaries")) {
            o->boundaries = 0;
            continue;
        }
        if (!strcmp(argv[i], "--systems")) {
            o->systems = 1;
            continue;
        }
        if (i + 1 >= argc)
            train_die(usage, argv[i]);
        size_t k = 0;
        for (; k < sizeof(texts) / sizeof(texts[0]) && strcmp(argv[i], texts[k].flag) != 0; k++)
            ;
        if (k < sizeof(texts) / sizeof(texts[0])) {
            *texts[k].value = argv[++i];
        } else if (!strcmp(argv[i], "--marks")) {
            o->marks = strtoul(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--max-rows")) {
            o->max_rows = strtoul(argv[++i], NULL, 10);
        } else if (!strcmp(argv[i], "--clean")) {
            o->clean_width = strtod(argv[++i], NULL);
        } else if (!strcmp(argv[i], "--fold")) {
            char *rest;
            o->fold = strtoul(argv[++i], &rest, 10);
            o->folds = *rest == '/' ? strtoul(rest + 1, NULL, 10) : 0;
        } else if (!strcmp(argv[i], "--kind")) {
            int kind = 0;
            for (i++; kind < ALN_SYMBOLS_KINDS && strcmp(argv[i], kinds[kind]) != 0; kind++)
                ;
            if (kind == ALN_SYMBOLS_KINDS)
                train_die("no such kind", argv[i]);
            o->kind = (aln_symbols_kind)kind;
        } else {
            train_die(usage, argv[i]);
        }
    }
    if (argc - i != 2)
        train_die(usage, NULL);
    o->input = argv[i];
    o->output = argv[i + 1];
}

int main(int argc, char **argv)
{
    options o = {.name = "unnamed",
                 .script = "Zzzz",
                 .langs = "",
                 .source = "",
                 .licence = "",
                 .date = "",
                 .none = "0 0",
                 .share = "0",
                 .kind = ALN_SYMBOLS_LETTERS,
                 .boundaries = 1,
                 .clean_width = 0};
    trainer t = {0}, short_table;
    parse(&o, argc, argv);
    char *text = read_file(o.input);
    size_t lines = load(&t, &o, text);
    if (!t.pair_count)
        train_die("no usable pair", o.input);
    resize(&t, 1 << 16);
    size_t dropped = train(&t, o.clean_width, &short_table);
    save(&t, &o, lines, dropped);
    if (o.bigrams)
        train_bigrams(&short_table, o.name, o.share, o.bigrams);
    free(t.pairs);
    free(short_table.slots);
    free(t.slots);
    free(text);
    return 0;
}
