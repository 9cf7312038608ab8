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
/* What the words of a name may have together: this, one less among records, which are all names, and so much for each
 * word behind the second. */
#define DOUBT_OF_TWO 10
#define DOUBT_OF_TWO_RECORDS 9
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

const aln_query_node *aln_plan_likely(aln_planner *p, const aln_query_node *part)
{
    return within(p, part, 0);
}

/* A term among the alternatives of a part, as the surest; or NULL. */
static const aln_query_node *find(const aln_query_node *node, aln_term_kind kind, const char *text, size_t len)
{
    if (node->op == ALN_Q_TERM)
        return node->kind == kind && node->text_len == len && memcmp(node->text, text, len) == 0 ? node : NULL;
    const aln_query_node *surest = NULL;
    for (uint32_t i = 0; is_alternatives(node) && i < node->count; i++) {
        const aln_query_node *found = find(node->children[i], kind, text, len);
        if (found && (!surest || found->confidence > surest->confidence))
            surest = found;
    }
    return surest;
}

/* A part's word as it was typed, or NULL. */
static const aln_query_node *typed(const aln_query_node *node)
{
    if (node->op == ALN_Q_TERM)
        return node->kind == ALN_TERM_EXACT && node->confidence >= 1.0 ? node : NULL;
    return is_alternatives(node) && node->count ? typed(node->children[0]) : NULL;
}

/* Whether a term of one word is left to another word of the name, so that one word of a document does not stand for
 * both: a guess to the word that it is surer for; a stem to the word that is typed so, or to the first (Ахмед,
 * Ахмедов); a key to the first (Georgiou, Giorgos), and consonants alone to neither. */
static int is_left_to(const aln_query_node *node, const aln_query_node *own, const aln_query_node *other, int is_first)
{
    const aln_query_node *word = typed(own), *others = find(other, node->kind, node->text, node->text_len);
    if (!others || node->kind == ALN_TERM_EXACT || node->kind == ALN_TERM_ENTITY ||
        (word && find(other, ALN_TERM_EXACT, word->text, word->text_len)))
        return 0;
    if (node->kind == ALN_TERM_STEM && node->confidence < 1.0)
        return others->confidence > node->confidence;
    if (node->kind == ALN_TERM_STEM)
        return others->confidence >= 1.0 && !find(own, ALN_TERM_EXACT, node->text, node->text_len) &&
               (is_first || find(other, ALN_TERM_EXACT, node->text, node->text_len));
    return is_first || (node->text_len && node->text[0] >= '0' && node->text[0] <= '9');
}

/* A part without what is left to others. */
static const aln_query_node *not_taken(aln_planner *p, const aln_query_node *node, const aln_node_list *parts,
                                       size_t own)
{
    if (node->op == ALN_Q_TERM) {
        for (size_t i = 0; i < parts->count; i++)
            if (i != own && is_left_to(node, parts->items[own], parts->items[i], i < own))
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

int aln_plan_alike(const aln_query_node *one, const aln_query_node *other)
{
    if (one->op == ALN_Q_TERM)
        return one->confidence >= NO_DOUBT && one->kind != ALN_TERM_ENTITY &&
               find(other, one->kind, one->text, one->text_len) != NULL;
    for (uint32_t i = 0; is_alternatives(one) && i < one->count; i++)
        if (aln_plan_alike(one->children[i], other))
            return 1;
    return 0;
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

/* AND of the parts, of the alternatives whose doubts add up to this at most; NULL if there are none, or on failure,
 * which is recorded. */
static const aln_query_node *within_doubt(aln_planner *p, const aln_node_list *parts, unsigned most)
{
    bounds b = {p, parts, {0}, {0}, {NULL, 0, 0}};
    for (size_t i = 0; i < parts->count; i++)
        b.set[i] = doubts_in(parts->items[i]);
    if (!choose(&b, 0, most))
        return aln_plan_fail(p, ALN_ENOMEM);
    if (!b.ways.count)
        return NULL;
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_MAX, &b.ways);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

/* The greatest doubt that the parts may have together, whatever is allowed. */
static unsigned doubt_of_all(const aln_node_list *parts)
{
    unsigned doubt = 0;
    for (size_t i = 0; i < parts->count; i++)
        doubt += (unsigned)greatest(doubts_in(parts->items[i]), DOUBT_MAX);
    return doubt;
}

/* The parts without the guesses that others have more surely. 0 = failure, recorded. */
static int apart(aln_planner *p, const aln_node_list *parts, aln_node_list *own)
{
    for (size_t i = 0; i < parts->count; i++) {
        const aln_query_node *part = not_taken(p, parts->items[i], parts, i);
        if (!aln_list_add(p->arena, own, part ? part : parts->items[i])) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

static unsigned doubt_of_more(const aln_node_list *parts)
{
    return DOUBT_OF_MORE * (unsigned)(parts->count > 2 ? parts->count - 2 : 0);
}

const aln_query_node *aln_plan_together(aln_planner *p, const aln_node_list *parts)
{
    aln_node_list own = {NULL, 0, 0};
    if (parts->count < 2 || parts->count > WORDS_MAX)
        return aln_node_group(p->arena, ALN_Q_AND, parts);
    const unsigned two = p->records.several ? DOUBT_OF_TWO_RECORDS : DOUBT_OF_TWO;
    return apart(p, parts, &own) ? within_doubt(p, &own, two + doubt_of_more(&own)) : NULL;
}

const aln_query_node *aln_plan_whole(aln_planner *p, const aln_node_list *parts)
{
    aln_node_list own = {NULL, 0, 0};
    const aln_query_node *node = aln_plan_together(p, parts);
    if (!node || !p->records.longer || parts->count > WORDS_MAX || !apart(p, parts, &own))
        return node;
    const unsigned most = p->records.longer_doubt + doubt_of_more(&own);
    if (doubt_of_all(&own) <= most)
        return node;
    node = aln_node_pair(p->arena, ALN_Q_AND_NOT, node, p->records.longer);
    const aln_query_node *sure = within_doubt(p, &own, most);
    if (sure && node)
        node = aln_node_pair(p->arena, ALN_Q_MAX, sure, node);
    return node || p->code ? node : aln_plan_fail(p, ALN_ENOMEM);
}
