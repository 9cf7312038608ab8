/*
 * Where the chunks of models stand in their lists.
 *
 * Models list chunks sorted; a query asks for hundreds of them, of each model in turn, and to bisect takes ten times as
 * long as a hash. The tables are made when a model is first asked for, as the models would be larger with them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include <string.h>

/* At most half of the slots are taken. */
static unsigned bits_for(uint32_t count)
{
    unsigned bits = 1;
    while (((uint32_t)1 << bits) < 2 * count)
        bits++;
    return bits;
}

static void fill(aln_tr_lists *lists, const aln_tr_places *places, uint32_t count)
{
    uint16_t *slots = lists->slot + places->first;
    const uint32_t last = UINT32_MAX >> places->shift;
    memset(slots, 0, (last + 1) * sizeof(*slots));
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = ((places->keys[k] >> 8) * 2654435761u) >> places->shift;
        while (slots[i])
            i = (i + 1) & last;
        slots[i] = (uint16_t)(k + 1);
    }
}

aln_tr_places aln_tr_places_of(aln_tr_lists *lists, const aln_model *m, int latin)
{
    const uint32_t *keys = latin ? m->e_keys : m->x_keys, count = latin ? m->e_chunks : m->x_chunks;
    for (uint32_t i = 0; i < lists->count; i++)
        if (lists->list[i].keys == keys)
            return lists->list[i];
    const unsigned bits = bits_for(count);
    /* there is room for what queries of most languages ask for; else all begins anew */
    if (lists->count == ALN_TR_LISTS || lists->slots + ((uint32_t)1 << bits) > ALN_TR_SLOTS)
        lists->count = 0;
    if (!lists->count)
        lists->slots = 0;
    aln_tr_places *places = &lists->list[lists->count++];
    *places = (aln_tr_places){keys, 32 - bits, lists->slots};
    lists->slots += (uint32_t)1 << bits;
    fill(lists, places, count);
    return *places;
}
