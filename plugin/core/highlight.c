/*
 * Where in a text a plan's terms stand: the text is analyzed again and its tokens are compared with the terms of the
 * plan, so what is marked is the word of the text in its own script, whatever the query looked like.
 *
 * SPDX-License-Identifier: MIT
 */
#include "analyzer.h"
#include <string.h>

/* The terms of a plan, by hash. */
typedef struct term_set {
    const aln_query_node **slots;
    size_t count, mask;
} term_set;

/* The first match at a place, held back until it is known how far it reaches. */
typedef struct highlighter {
    const term_set *set;
    aln_match held;
    int holding, stopped;
    uint32_t bigrams; /* of a run that the held match is made of; 0 = it is no run */
    aln_match_fn fn;
    void *ctx;
} highlighter;

static size_t count_terms(const aln_query_node *node)
{
    size_t n = node->op == ALN_Q_TERM;
    /* what a document must not have is nothing to mark */
    uint32_t count = node->op == ALN_Q_AND_NOT ? 1 : node->count;
    for (uint32_t i = 0; i < count; i++)
        n += count_terms(node->children[i]);
    return n;
}

static void add_terms(term_set *set, const aln_query_node *node)
{
    if (node->op == ALN_Q_TERM) {
        size_t at = (aln_image_hash(node->text, node->text_len) + (size_t)node->kind) & set->mask;
        while (set->slots[at])
            at = (at + 1) & set->mask;
        set->slots[at] = node;
        return;
    }
    uint32_t count = node->op == ALN_Q_AND_NOT ? 1 : node->count;
    for (uint32_t i = 0; i < count; i++)
        add_terms(set, node->children[i]);
}

static const aln_query_node *find_term(const term_set *set, const aln_token *token)
{
    size_t at = (aln_image_hash(token->text, token->text_len) + (size_t)token->kind) & set->mask;
    for (; set->slots[at]; at = (at + 1) & set->mask) {
        const aln_query_node *t = set->slots[at];
        if (t->kind == token->kind && t->text_len == token->text_len &&
            memcmp(t->text, token->text, token->text_len) == 0)
            return t;
    }
    return NULL;
}

static int flush(highlighter *h)
{
    if (!h->holding || h->stopped)
        return 0;
    h->holding = 0;
    if (h->bigrams &&
        h->bigrams < h->held.node->window) /* a part of the run only: other words have these two characters too */
        return 0;
    int code = h->fn(h->ctx, &h->held);
    h->stopped = code != 0;
    return code;
}

static int look(void *ctx, const aln_token *token)
{
    highlighter *h = ctx;
    const aln_query_node *node = find_term(h->set, token);
    if (!node)
        return 0;
    if (h->holding && token->start < h->held.end) { /* the same words: the longer reach wins */
        if (token->end > h->held.end)
            h->held.end = token->end;
        h->bigrams = h->bigrams && node->window ? h->bigrams + 1 : 0;
        return 0;
    }
    int code = flush(h);
    h->held = (aln_match){token->start, token->end, token->position, node};
    h->holding = 1;
    h->bigrams = node->window ? 1 : 0;
    return code;
}

int aln_highlight(aln_analyzer *analyzer, const aln_query_node *plan, const char *language, const char *text,
                  size_t len, aln_match_fn fn, void *ctx)
{
    term_set set = {NULL, 0, 0};
    set.count = 16;
    while (set.count < 2 * count_terms(plan) + 1)
        set.count *= 2;
    set.mask = set.count - 1;
    set.slots = aln_mem_zero(&analyzer->alloc, set.count * sizeof *set.slots);
    if (!set.slots)
        return ALN_ENOMEM;
    add_terms(&set, plan);
    highlighter h = {&set, {0, 0, 0, NULL}, 0, 0, 0, fn, ctx};
    int code = aln_analyze(analyzer, language, text, len, look, &h);
    if (!code)
        code = flush(&h);
    aln_mem_free(&analyzer->alloc, set.slots, set.count * sizeof *set.slots);
    return code == ALN_STOP ? ALN_OK : code;
}
