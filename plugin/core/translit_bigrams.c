/*
 * What stands behind what: the second table of a model.
 *
 * The first table takes chunks for independent of one another, and knows only within a chunk what goes together. Here
 * the chunk pairs are short and each depends on the one before. Both tables err in their own way, so the cost of a
 * word's joint segmentation is taken from both: share sixteenths from here. As the best path through this table is
 * looked for among whole words only, it is used where a word was read to its end, not in the walk to it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include <string.h>

#define NO_PAIR 0xFFFF
/* How much more than by the first table a word may cost here, in steps: what is unheard of is no stronger evidence. */
#define LIMIT (10 * 16)

/* How far two beginnings that stand for one another may be from equal shares of their words, in sixteenths of a word,
 * beside a symbol: farther ones were never worth looking at. */
#define ASIDE 5

/* Symbols of the model's side, and letters. */
static const uint8_t shapes[ALN_TR_SHAPES][2] = {{1, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 1}};

/* Place of a chunk pair, NO_PAIR where it is not in the table. */
static unsigned find(const aln_bigrams *b, uint32_t pair)
{
    unsigned at = 0;
    for (unsigned left = b->count; left > 1;) { /* no branch that depends on what is read: those are guessed wrong */
        unsigned half = left / 2;
        at += b->pairs[at + half - 1] < pair ? half : 0;
        left -= half;
    }
    return b->pairs[at] == pair ? at : NO_PAIR;
}

/* The same from what was asked last: spellings of one word have most chunk pairs in common. */
static unsigned find_again(aln_translit_scratch *s, uint32_t pair)
{
    aln_tr_asked *a = &s->asked[(pair * 2654435761u) >> 23]; /* 9 bits */
    if (a->pair != pair)
        *a = (aln_tr_asked){pair, (uint16_t)find(s->model->bigrams, pair)};
    return a->place;
}

static int cost_behind(const aln_bigrams *b, unsigned before, unsigned pair)
{
    int alone = pair == NO_PAIR ? ALN_TR_MISSING : b->costs[pair];
    if (before == NO_PAIR)
        return alone;
    unsigned at = b->first[before], left = b->first[before + 1] - at;
    if (!left)
        return alone + b->others[before];
    for (; left > 1;) {
        unsigned half = left / 2;
        at += b->next[at + half - 1] < pair ? half : 0;
        left -= half;
    }
    return b->next[at] == pair ? b->next_costs[at] : alone + b->others[before];
}

/* One of the words: numbers of its symbols, and of the same without marks. */
typedef struct side {
    const uint8_t *id;
    uint8_t base[ALN_TR_SIDE];
    int count;
} side;

static uint32_t chunk(const uint8_t *id, int from, int to)
{
    uint32_t key = 0;
    for (int k = from; k < to; k++)
        key = key << 8 | id[k];
    return key;
}

/* The end of the beginnings of i symbols and j letters with a chunk pair of a shape. Dead where it costs more than
 * most: costs only grow. */
static aln_tr_end end_at(aln_translit_scratch *s, const side *x, const side *e, int i, int j, const uint8_t *shape,
                         int most)
{
    const aln_bigrams *b = s->model->bigrams;
    const aln_tr_end dead = {NO_PAIR, ALN_TR_DEAD};
    int from_i = i - shape[0], from_j = j - shape[1], extra = 0;
    if (from_i < 0 || from_j < 0 || !(s->ended[from_i] >> from_j & 1))
        return dead;
    uint32_t key = chunk(x->id, from_i, i) << 16, bare = chunk(x->base, from_i, i) << 16;
    key |= chunk(e->id, from_j, j);
    bare |= chunk(e->base, from_j, j);
    unsigned pair = find_again(s, key);
    if (pair == NO_PAIR && bare != key && (pair = find_again(s, bare)) != NO_PAIR)
        extra = ALN_TR_MARK;
    if (pair == NO_PAIR && shape[0] + shape[1] > 1)
        return dead;
    int best = ALN_TR_DEAD;
    if (!from_i && !from_j)
        best = cost_behind(b, NO_PAIR, pair);
    else
        for (int k = 0; k < ALN_TR_SHAPES; k++) {
            aln_tr_end before = s->ends[from_i][from_j][k];
            if (before.cost >= best)
                continue;
            int cost = before.cost + cost_behind(b, before.pair, pair);
            if (cost < best)
                best = cost;
        }
    return best + extra > most ? dead : (aln_tr_end){(uint16_t)pair, (int16_t)(best + extra)};
}

/* Cost of the fixed word and the first count symbols of the free one; ALN_TR_DEAD where it is more than most. */
static int joint_cost(aln_translit_scratch *s, int count, int most)
{
    if (s->asked_of != s->model->bigrams) {
        memset(s->asked, 0, sizeof(s->asked));
        s->asked_of = s->model->bigrams;
    }
    side fixed = {.id = s->fixed, .count = s->n}, free_side = {.id = s->word, .count = count};
    for (int i = 0; i < s->n; i++)
        fixed.base[i] = s->fixed_base[i];
    for (int j = 0; j < count; j++)
        free_side.base[j] = s->base[s->word[j]];
    const side *x = s->to_latin ? &fixed : &free_side, *e = s->to_latin ? &free_side : &fixed;
    int best = ALN_TR_DEAD;
    for (int i = 0; i <= x->count; i++) {
        s->ended[i] = i ? 0 : 1;
        for (int j = i ? 0 : 1; j <= e->count; j++) {
            int aside = i * e->count - j * x->count;
            if ((aside < 0 ? -aside : aside) > x->count * e->count * ASIDE / 16 + x->count + e->count)
                continue;
            best = ALN_TR_DEAD;
            for (int k = 0; k < ALN_TR_SHAPES; k++) {
                s->ends[i][j][k] = end_at(s, x, e, i, j, shapes[k], most);
                if (s->ends[i][j][k].cost < best)
                    best = s->ends[i][j][k].cost;
            }
            s->ended[i] |= (uint64_t)(best < ALN_TR_DEAD) << j;
        }
    }
    return best; /* of the last, which is both words' end */
}

int aln_tr_full_gain(aln_translit_scratch *s, int j, int least)
{
    int gain = aln_tr_gain(s, j), first = s->cell[j][s->n];
    if (!s->model->bigrams || gain <= -ALN_TR_DEAD)
        return gain;
    /* beyond this the word is not good enough, or costs the limit */
    int most = first + (gain - least + 1) * 16 / s->model->bigrams->share + 1;
    int second = joint_cost(s, j, most < first + LIMIT ? most : first + LIMIT);
    if (second > first + LIMIT)
        second = first + LIMIT;
    return gain + (first - second) * s->model->bigrams->share / 16;
}
