/*
 * How much the words of a name must tell together.
 *
 * One word may be a wild guess where the other stands as it was typed, or both may be fair ones; two wild guesses are
 * another name. So each alternative of a word has a doubt, the logarithm of its confidence, and the doubts of the words
 * of a name may add up to a bound: more words allow more of it, since each of them is seldom right by chance. As an
 * engine knows AND and OR only, the plan has the combinations of bounds for the single words: MAX of ANDs.
 *
 * A spelling that two words of a name are both guessed to be is left to the likelier one: otherwise one word of a
 * document would stand for two of the query.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_evidence.h"
#include <math.h>
#include <string.h>

/* Doubt is counted in half decades: 2 is a confidence of one tenth. */
#define STEPS_A_DECADE 2.0
#define NO_DOUBT 0.2 /* this confidence has none */
#define DOUBT_MAX 12
/* What the words of a name may have together: this, and so much for each word behind the second. */
#define DOUBT_OF_TWO 10
#define DOUBT_OF_MORE 6
/* A word's doubt where nothing may make up for it. */
#define DOUBT_SURE 3
/* Combinations of bounds at most. The words of a longer text bear each other out without. */
#define WAYS_MAX 24
#define WORDS_MAX 6

double aln_key_confidence(const char *key, size_t len)
{
    static const double consonants[] = {0.0001, 0.0001, 0.0005, 0.01, 0.1, 0.4},
                        sounds[] = {0.003, 0.003, 0.003, 0.03, 0.15, 0.5};
    int skeleton = len && key[0] >= '0' && key[0] <= '9';
    size_t n = len - (skeleton != 0);
    return (skeleton ? consonants : sounds)[n < 5 ? n : 5];
}

static unsigned doubt_of(double confidence)
{
    if (confidence >= NO_DOUBT)
        return 0;
    double steps = -STEPS_A_DECADE * log10(confidence > 1e-9 ? confidence : 1e-9) + 0.5;
    return steps < DOUBT_MAX ? (unsigned)steps : DOUBT_MAX;
}

static int is_alternatives(const aln_query_node *node)
{
    return node->op == ALN_Q_MAX || node->op == ALN_Q_SYNONYM || node->op == ALN_Q_SCALE;
}

/* The doubts that the alternatives of a part have, as a set of bits. */
static unsigned doubts_in(const aln_query_node *node)
{
    unsigned set = 0;
    if (node->op == ALN_Q_TERM)
        return 1u << doubt_of(node->confidence);
    if (!is_alternatives(node))
        return 1u;
    for (uint32_t i = 0; i < node->count; i++)
        set |= doubts_in(node->children[i]);
    return set;
}

/* A part without the alternatives of a greater doubt; NULL if none is left, or on failure. */
static const aln_query_node *within(aln_planner *p, const aln_query_node *node, unsigned most)
{
    if (node->op == ALN_Q_TERM)
        return doubt_of(node->confidence) <= most ? node : NULL;
    if (!is_alternatives(node) || !(doubts_in(node) >> most >> 1))
        return node;
    aln_node_list left = {NULL, 0, 0};
    for (uint32_t i = 0; i < node->count; i++)
        if (!aln_list_add(p->arena, &left, within(p, node->children[i], most)))
            return aln_plan_fail(p, ALN_ENOMEM);
    if (!left.count)
        return NULL;
    const aln_query_node *rest = node->op == ALN_Q_SCALE ? aln_node_scale(p->arena, node->weight, left.items[0])
                                                         : aln_node_group(p->arena, node->op, &left);
    return rest ? rest : aln_plan_fail(p, ALN_ENOMEM);
}

const aln_query_node *aln_plan_sure(aln_planner *p, const aln_query_node *part)
{
    const aln_query_node *sure = within(p, part, DOUBT_SURE);
    return sure || p->code ? sure : part;
}

/* Whether a term is among the alternatives of a part, more surely. */
static int has_surer(const aln_query_node *node, const aln_query_node *term)
{
    if (node->op == ALN_Q_TERM)
        return node->kind == term->kind && node->confidence > term->confidence && node->text_len == term->text_len &&
               memcmp(node->text, term->text, term->text_len) == 0;
    for (uint32_t i = 0; is_alternatives(node) && i < node->count; i++)
        if (has_surer(node->children[i], term))
            return 1;
    return 0;
}

/* A part without the guesses that other parts have more surely. */
static const aln_query_node *not_taken(aln_planner *p, const aln_query_node *node, const aln_node_list *parts,
                                       size_t own)
{
    if (node->op == ALN_Q_TERM) {
        for (size_t i = 0; node->kind == ALN_TERM_STEM && node->confidence < 1.0 && i < parts->count; i++)
            if (i != own && has_surer(parts->items[i], node))
                return NULL;
        return node;
    }
    if (!is_alternatives(node))
        return node;
    aln_node_list left = {NULL, 0, 0};
    uint32_t same = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        const aln_query_node *child = not_taken(p, node->children[i], parts, own);
        if (!aln_list_add(p->arena, &left, child))
            return aln_plan_fail(p, ALN_ENOMEM);
        same += child == node->children[i];
    }
    if (same == node->count)
        return node;
    if (!left.count)
        return NULL;
    return node->op == ALN_Q_SCALE ? aln_node_scale(p->arena, node->weight, left.items[0])
                                   : aln_node_group(p->arena, node->op, &left);
}

/* The combinations under construction. */
typedef struct bounds {
    aln_planner *p;
    const aln_node_list *parts;
    unsigned set[WORDS_MAX];    /* of doubts */
    unsigned chosen[WORDS_MAX]; /* of the words before */
    aln_node_list ways;
} bounds;

/* The greatest doubt of a set that is at most this one; -1 if there is none. */
static int greatest(unsigned set, unsigned most)
{
    for (int doubt = (int)most; doubt >= 0; doubt--)
        if (set >> doubt & 1)
            return doubt;
    return -1;
}

/* The next greater doubt of a set; DOUBT_MAX + 1 if there is none. */
static unsigned greater(unsigned set, unsigned doubt)
{
    do
        doubt++;
    while (doubt <= DOUBT_MAX && !(set >> doubt & 1));
    return doubt;
}

static int add_way(bounds *b, unsigned left)
{
    aln_node_list way = {NULL, 0, 0};
    size_t n = b->parts->count;
    for (size_t i = 0; i < n; i++) /* one that could have more is part of another */
        if (greater(b->set[i], b->chosen[i]) - b->chosen[i] <= left && greater(b->set[i], b->chosen[i]) <= DOUBT_MAX)
            return 1;
    for (size_t i = 0; i < n; i++)
        if (!aln_list_add(b->p->arena, &way, within(b->p, b->parts->items[i], b->chosen[i])))
            return 0;
    return aln_list_add(b->p->arena, &b->ways, aln_node_group(b->p->arena, ALN_Q_AND, &way));
}

/* Chooses the bounds of the words from this one on. 0 = failure. */
static int choose(bounds *b, size_t word, unsigned left)
{
    if (word == b->parts->count)
        return add_way(b, left);
    for (int doubt = greatest(b->set[word], left < DOUBT_MAX ? left : DOUBT_MAX); doubt >= 0;
         doubt = doubt ? greatest(b->set[word], (unsigned)doubt - 1) : -1) {
        b->chosen[word] = (unsigned)doubt;
        if (b->ways.count < WAYS_MAX && !choose(b, word + 1, left - (unsigned)doubt))
            return 0;
    }
    return 1;
}

const aln_query_node *aln_plan_together(aln_planner *p, const aln_node_list *parts)
{
    if (parts->count < 2 || parts->count > WORDS_MAX)
        return aln_node_group(p->arena, ALN_Q_AND, parts);
    aln_node_list own = {NULL, 0, 0};
    for (size_t i = 0; i < parts->count; i++) {
        const aln_query_node *part = not_taken(p, parts->items[i], parts, i);
        if (!aln_list_add(p->arena, &own, part ? part : parts->items[i]))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    bounds b = {p, &own, {0}, {0}, {NULL, 0, 0}};
    for (size_t i = 0; i < own.count; i++)
        b.set[i] = doubts_in(own.items[i]);
    unsigned doubt = DOUBT_OF_TWO + DOUBT_OF_MORE * (unsigned)(own.count - 2);
    if (!choose(&b, 0, doubt))
        return aln_plan_fail(p, ALN_ENOMEM);
    if (!b.ways.count)
        return NULL;
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_MAX, &b.ways);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}
