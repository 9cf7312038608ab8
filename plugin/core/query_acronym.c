/*
 * Names of bodies and their acronyms: the keys of acronym.h, of the whole name, and of neighbouring words of it beside
 * its other words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "acronym.h"
#include "query_plan.h"
#include <string.h>

#define WEIGHT_ACRONYM 0.3
#define ACRONYM_CONFIDENCE 0.1

/* What a record has instead: the acronym for a name, the name for an acronym. */
static char other(char mark)
{
    static const char marks[] = {ALN_KEY_INITIALS, ALN_KEY_ACRONYM, ALN_KEY_INITIALS_PART, ALN_KEY_ACRONYM_PART, 0};
    return marks[(strchr(marks, mark) - marks) ^ 1];
}

static int add_key(aln_planner *p, const aln_window *window, const aln_acronym *a, size_t offset, const char *field,
                   aln_node_list *keys)
{
    char key[1 + ALN_ACRONYM_MOST];
    memcpy(key, a->key, a->len);
    key[0] = other(a->key[0]);
    aln_term_origin o = {offset + window->units[a->first].start,
                         offset + window->units[a->last - 1u].end,
                         field,
                         "acronym",
                         ACRONYM_CONFIDENCE,
                         UINT32_MAX};
    return aln_list_add_term(p->arena, keys, ALN_TERM_KEY, key, a->len, &o);
}

/* A part of a name by its letters, and the other words. NULL without failure where there are none. */
static const aln_query_node *plan_part(aln_planner *p, const aln_window *window, const aln_acronym *a, size_t offset,
                                       const char *field, const aln_node_list *words)
{
    aln_node_list parts = {NULL, 0, 0};
    size_t from = offset + window->units[a->first].start, to = offset + window->units[a->last - 1u].end;
    for (size_t i = 0; i < words->count; i++)
        if ((words->items[i]->start < from || words->items[i]->start >= to) &&
            !aln_list_add(p->arena, &parts, words->items[i]))
            return aln_plan_fail(p, ALN_ENOMEM);
    if (!parts.count)
        return NULL;
    if (!add_key(p, window, a, offset, field, &parts))
        return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_group(p->arena, ALN_Q_AND, &parts);
}

const aln_query_node *aln_plan_acronyms(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                        size_t offset, const char *field, const aln_node_list *words)
{
    aln_acronym *found = aln_arena_new(p->arena, ALN_ACRONYMS * sizeof *found);
    aln_node_list whole = {NULL, 0, 0}, ways = {NULL, 0, 0};
    if (!found)
        return aln_plan_fail(p, ALN_ENOMEM);
    size_t count = aln_acronyms(p->analyzer->lexicon, window, optional, found), first = 0, last = window->unit_count;
    while (first < last && optional[first])
        first++;
    while (last > first && optional[last - 1])
        last--;
    for (size_t i = 0; i < count; i++) {
        const aln_acronym *a = &found[i];
        int ok = 1;
        if (a->key[0] == ALN_KEY_ACRONYM || a->key[0] == ALN_KEY_INITIALS)
            ok = add_key(p, window, a, offset, field, &whole);
        else if (a->first == first || a->last == last) /* the generic words stand together at one end */
            ok = aln_list_add(p->arena, &ways, plan_part(p, window, a, offset, field, words));
        if (!ok || p->code)
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    if (!aln_list_add(p->arena, &ways, aln_node_group(p->arena, ALN_Q_SYNONYM, &whole)))
        return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_scale(p->arena, WEIGHT_ACRONYM, aln_node_group(p->arena, ALN_Q_MAX, &ways));
}
