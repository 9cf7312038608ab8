/*
 * Nodes of a query plan. See query_build.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_build.h"
#include <stdint.h>
#include <string.h>

static aln_query_node *new_node(aln_arena *arena, aln_query_op op)
{
    aln_query_node *node = aln_arena_new(arena, sizeof *node);
    if (node) {
        memset(node, 0, sizeof *node);
        node->op = op;
        node->weight = node->confidence = 1.0;
        node->entity = UINT32_MAX;
    }
    return node;
}

int aln_list_add(aln_arena *arena, aln_node_list *list, const aln_query_node *node)
{
    if (!node)
        return 1;
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 8;
        const aln_query_node **items = aln_arena_new(arena, cap * sizeof *items);
        if (!items)
            return 0;
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->cap = cap;
    }
    list->items[list->count++] = node;
    return 1;
}

static const aln_query_node *with_children(aln_arena *arena, aln_query_op op, const aln_node_list *list)
{
    aln_query_node *node = new_node(arena, op);
    const aln_query_node **children = aln_arena_new(arena, list->count * sizeof *children);
    if (!node || !children)
        return NULL;
    memcpy(children, list->items, list->count * sizeof *children);
    node->children = children;
    node->count = (uint32_t)list->count;
    node->start = children[0]->start;
    node->end = children[0]->end;
    for (size_t i = 1; i < list->count; i++) {
        if (children[i]->start < node->start)
            node->start = children[i]->start;
        if (children[i]->end > node->end)
            node->end = children[i]->end;
    }
    return node;
}

const aln_query_node *aln_node_group(aln_arena *arena, aln_query_op op, const aln_node_list *list)
{
    if (!list->count)
        return NULL;
    return list->count == 1 ? list->items[0] : with_children(arena, op, list);
}

const aln_query_node *aln_node_pair(aln_arena *arena, aln_query_op op, const aln_query_node *a, const aln_query_node *b)
{
    aln_node_list list = {NULL, 0, 0};
    if (!aln_list_add(arena, &list, a) || !aln_list_add(arena, &list, b))
        return NULL;
    return aln_node_group(arena, op, &list);
}

const aln_query_node *aln_node_scale(aln_arena *arena, double weight, const aln_query_node *child)
{
    aln_node_list list = {NULL, 0, 0};
    if (!child || !aln_list_add(arena, &list, child))
        return NULL;
    aln_query_node *node = new_node(arena, ALN_Q_SCALE);
    if (!node)
        return NULL;
    node->children = list.items;
    node->count = 1;
    node->weight = weight;
    node->start = child->start;
    node->end = child->end;
    return node;
}

const aln_query_node *aln_node_window(aln_arena *arena, aln_query_op op, uint32_t window, const aln_node_list *list)
{
    if (list->count < 2)
        return aln_node_group(arena, op, list);
    const aln_query_node *node = with_children(arena, op, list);
    if (node) {
        aln_query_node *own = aln_arena_new(arena, sizeof *own);
        if (!own)
            return NULL;
        *own = *node;
        own->window = window < list->count ? (uint32_t)list->count : window;
        node = own;
    }
    return node;
}

const aln_query_node *aln_node_empty(aln_arena *arena, aln_query_op op)
{
    return new_node(arena, op);
}

aln_query_node *aln_node_term(aln_arena *arena, aln_term_kind kind, const char *text, size_t len,
                              const aln_term_origin *origin)
{
    aln_query_node *node = new_node(arena, ALN_Q_TERM);
    const char *copy = aln_arena_text(arena, text, len);
    if (!node || !copy)
        return NULL;
    node->kind = kind;
    node->text = copy;
    node->text_len = len;
    node->start = origin->start;
    node->end = origin->end;
    node->field = origin->field;
    node->rule = origin->rule;
    node->confidence = origin->confidence;
    node->entity = kind == ALN_TERM_ENTITY ? origin->entity : UINT32_MAX;
    return node;
}

int aln_list_add_term(aln_arena *arena, aln_node_list *list, aln_term_kind kind, const char *text, size_t len,
                      const aln_term_origin *origin)
{
    for (size_t i = 0; i < list->count; i++) {
        const aln_query_node *t = list->items[i];
        if (t->op == ALN_Q_TERM && t->kind == kind && t->text_len == len && memcmp(t->text, text, len) == 0)
            return 1;
    }
    const aln_query_node *node = aln_node_term(arena, kind, text, len, origin);
    return node && aln_list_add(arena, list, node);
}

const aln_query_node *aln_node_range(aln_arena *arena, aln_query_op op, const char *field, const char *low,
                                     size_t low_len, const char *high, size_t high_len, size_t start, size_t end)
{
    aln_query_node *node = new_node(arena, op);
    const char *a = aln_arena_text(arena, low, low_len), *b = aln_arena_text(arena, high, high_len);
    if (!node || !a || !b)
        return NULL;
    node->field = field;
    node->text = a;
    node->text_len = low_len;
    node->text2 = b;
    node->start = start;
    node->end = end;
    return node;
}

int aln_list_add_terms_of(aln_arena *arena, aln_node_list *list, const aln_query_node *node)
{
    if (node->op == ALN_Q_TERM)
        return aln_list_add(arena, list, node);
    for (uint32_t i = 0; i < node->count; i++)
        if (!aln_list_add_terms_of(arena, list, node->children[i]))
            return 0;
    return 1;
}

/* Nodes may be below several others: the highest bit of the start says that a node was moved already. */
#define MOVED (~(SIZE_MAX >> 1))

static void move(const aln_query_node *node, const size_t *from, const size_t *to, size_t len)
{
    aln_query_node *own = (aln_query_node *)(uintptr_t)node; /* of the arena, where nodes are made */
    if (own->start & MOVED)
        return;
    if (own->start < own->end && own->end <= len) {
        const size_t last = own->end - 1;
        own->start = from[own->start];
        own->end = to[last];
    }
    own->start |= MOVED;
    for (uint32_t i = 0; i < node->count; i++)
        move(node->children[i], from, to, len);
}

static void settle(const aln_query_node *node)
{
    if (!(node->start & MOVED))
        return;
    ((aln_query_node *)(uintptr_t)node)->start &= ~MOVED;
    for (uint32_t i = 0; i < node->count; i++)
        settle(node->children[i]);
}

void aln_node_move(const aln_query_node *node, const size_t *from, const size_t *to, size_t len)
{
    move(node, from, to, len);
    settle(node);
}
