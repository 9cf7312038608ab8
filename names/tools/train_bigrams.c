/*
 * The second table of a model: how likely one chunk pair follows another.
 *
 * The long chunks of the first table know what stands beside what, as far as they were seen. Pairs of short chunks know
 * it for words that no long chunk fits. Probabilities are smoothed as Witten and Bell do (IEEE Transactions on
 * Information Theory 37, 1991, method C): what was never seen behind a chunk pair has together the weight of as many
 * occurrences as there are different ones that were.
 *
 * SPDX-License-Identifier: MIT
 */
#include "train_translit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SELDOM 2 /* what was counted less often is not worth its row */

typedef struct follow {
    uint64_t first, next; /* first: 0 at the beginning of a word */
    double count;
} follow;

typedef struct follows {
    follow *of;
    size_t count, room;
} follows;

typedef struct unit {
    uint64_t key;
    double count;          /* occurrences, each by the count of its pair */
    double before, others; /* of chunk pairs behind it, and how many different ones */
    double p;
} unit;

/* ---------------------------------------------------------------- counting */

static void add_follow(follows *f, uint64_t first, uint64_t next, double count)
{
    if (f->count == f->room)
        f->of = train_take(f->of, f->room = f->room ? f->room * 2 : 1 << 16, sizeof(follow));
    f->of[f->count++] = (follow){first, next, count};
}

#define SIDE (ALN_SYMBOLS_MAX + 1)

/* Counts the chunk pairs of a pair's best segmentation. */
static void segment(trainer *t, const pair *p, follows *f)
{
    static double best[SIDE][SIDE];
    static unsigned char shape[SIDE][SIDE];
    uint64_t keys[SIDE * 2];
    size_t n = 0;
    for (unsigned i = 0; i <= p->nx; i++)
        for (unsigned j = 0; j <= p->ne; j++)
            best[i][j] = i || j ? -1e9 : 0;
    for (unsigned i = 0; i <= p->nx; i++)
        for (unsigned j = 0; j <= p->ne; j++)
            for (unsigned char s = 0; s < SHORT_SHAPES && best[i][j] > -1e8; s++) {
                unsigned a = shapes[s][0], b = shapes[s][1];
                if (i + a > p->nx || j + b > p->ne)
                    continue;
                const chunk *c = train_slot(t, train_key(p, i, j, a, b));
                double sum = c->key ? best[i][j] + log(c->p) : -1e9;
                if (sum > best[i + a][j + b]) {
                    best[i + a][j + b] = sum;
                    shape[i + a][j + b] = s;
                }
            }
    if (best[p->nx][p->ne] < -1e8)
        return;
    for (unsigned i = p->nx, j = p->ne; i || j;) {
        unsigned a = shapes[shape[i][j]][0], b = shapes[shape[i][j]][1];
        i -= a;
        j -= b;
        keys[n++] = train_key(p, i, j, a, b);
    }
    for (size_t k = n; k-- > 0;)
        add_follow(f, k + 1 < n ? keys[k + 1] : 0, keys[k], p->count);
}

static int compare(uint64_t a, uint64_t b)
{
    uint64_t x = train_reading_order(a), y = train_reading_order(b);
    return (x > y) - (x < y);
}

static int by_follow(const void *a, const void *b)
{
    const follow *x = a, *y = b;
    int order = compare(x->first, y->first);
    return order ? order : compare(x->next, y->next);
}

/* Adds up what stands more than once. Counts are whole numbers, so that the order of equal ones does not matter. */
static void merge(follows *f)
{
    size_t n = 0;
    qsort(f->of, f->count, sizeof(follow), by_follow);
    for (size_t i = 0; i < f->count; i++) {
        if (n && !by_follow(&f->of[n - 1], &f->of[i]))
            f->of[n - 1].count += f->of[i].count;
        else
            f->of[n++] = f->of[i];
    }
    f->count = n;
}

static int by_key(const void *a, const void *b)
{
    return compare(((const unit *)a)->key, ((const unit *)b)->key);
}

static unit *find(unit *units, size_t count, uint64_t key)
{
    unit wanted = {.key = key};
    return bsearch(&wanted, units, count, sizeof(unit), by_key);
}

static unit *count_units(const follows *f, size_t *count)
{
    unit *units = train_take(NULL, f->count + 1, sizeof(unit));
    size_t n = 0;
    double total = 0;
    for (size_t i = 0; i < f->count; i++)
        units[i] = (unit){.key = f->of[i].next, .count = f->of[i].count};
    qsort(units, f->count, sizeof(unit), by_key);
    for (size_t i = 0; i < f->count; i++) {
        total += units[i].count;
        if (n && units[n - 1].key == units[i].key)
            units[n - 1].count += units[i].count;
        else
            units[n++] = units[i];
    }
    for (size_t i = 0; i < n; i++)
        units[i].p = (units[i].count + 1) / (total + (double)n);
    for (size_t i = 0; i < f->count; i++)
        if (f->of[i].first) {
            unit *u = find(units, n, f->of[i].first);
            u->before += f->of[i].count;
            u->others++;
        }
    *count = n;
    return units;
}

/* ------------------------------------------------------------------ output */

static void write_pair(FILE *f, const trainer *t, uint64_t key)
{
    train_write_chunk(f, t->x_ids, key >> 24);
    putc('\t', f);
    train_write_chunk(f, t->e_ids, key & 0xFFFFFF);
    putc('\t', f);
}

static int cost(double p)
{
    double steps = -log(p) * COST_STEPS + 0.5;
    return steps < MAX_COST ? (int)steps : MAX_COST;
}

void train_bigrams(trainer *t, const char *name, const char *share, const char *path)
{
    follows f = {0};
    size_t count;
    for (size_t i = 0; i < t->pair_count; i++)
        if (!t->pairs[i].dropped)
            segment(t, &t->pairs[i], &f);
    merge(&f);
    unit *units = count_units(&f, &count);
    FILE *out = fopen(path, "wb");
    if (!out)
        train_die("cannot write", path);
    fprintf(out, "# name\t%s\n# share\t%s\n", name, share);
    for (size_t i = 0, k = 0; i < count; i++) {
        const unit *u = &units[i];
        if (u->count < SELDOM)
            continue;
        write_pair(out, t, u->key);
        fprintf(out, "%d\t%d\n", cost(u->p), u->before > 0 ? cost(u->others / (u->before + u->others)) : 0);
        while (k < f.count && compare(f.of[k].first, u->key) < 0)
            k++;
        for (; k < f.count && f.of[k].first == u->key; k++) {
            const unit *next = find(units, count, f.of[k].next);
            if (f.of[k].count < SELDOM)
                continue;
            write_pair(out, t, u->key);
            write_pair(out, t, next->key);
            fprintf(out, "%d\n", cost((f.of[k].count + u->others * next->p) / (u->before + u->others)));
        }
    }
    if (fclose(out))
        train_die("cannot write", path);
    free(units);
    free(f.of);
}
