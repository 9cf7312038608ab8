/*
 * A hash table of byte strings: open addressing, doubled when half full.
 *
 * SPDX-License-Identifier: MIT
 */
#include "interner.h"
#include "image.h"
#include <string.h>

void aln_interner_init(aln_interner *in, const aln_alloc *alloc)
{
    memset(in, 0, sizeof *in);
    in->alloc = *alloc;
}

void aln_interner_free(aln_interner *in)
{
    aln_mem_free(&in->alloc, in->bytes, in->cap);
    aln_mem_free(&in->alloc, in->items, in->item_cap * sizeof *in->items);
    aln_mem_free(&in->alloc, in->slots, in->slot_count * sizeof *in->slots);
    memset(in, 0, sizeof *in);
}

static int more_slots(aln_interner *in)
{
    size_t count = in->slot_count ? in->slot_count * 2 : 64;
    uint32_t *slots = aln_mem_zero(&in->alloc, count * sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < in->count; i++) {
        size_t at = in->items[i].hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    aln_mem_free(&in->alloc, in->slots, in->slot_count * sizeof *in->slots);
    in->slots = slots;
    in->slot_count = count;
    return 1;
}

uint32_t aln_interned_find(const aln_interner *in, const void *bytes, size_t len)
{
    uint32_t hash = aln_image_hash(bytes, len);
    size_t at = in->slot_count ? hash & (in->slot_count - 1) : 0;
    for (; in->slot_count && in->slots[at]; at = (at + 1) & (in->slot_count - 1)) {
        const aln_interned *item = &in->items[in->slots[at] - 1];
        if (item->hash == hash && item->len == len && (!len || memcmp(in->bytes + item->offset, bytes, len) == 0))
            return in->slots[at];
    }
    return 0;
}

uint32_t aln_intern(aln_interner *in, const void *bytes, size_t len)
{
    if ((in->count + 1) * 2 > in->slot_count && !more_slots(in))
        return 0;
    uint32_t hash = aln_image_hash(bytes, len);
    size_t at = hash & (in->slot_count - 1);
    for (; in->slots[at]; at = (at + 1) & (in->slot_count - 1)) {
        const aln_interned *item = &in->items[in->slots[at] - 1];
        if (item->hash == hash && item->len == len && (!len || memcmp(in->bytes + item->offset, bytes, len) == 0))
            return in->slots[at];
    }
    if (len >= UINT32_MAX - in->len || !aln_grow(&in->alloc, (void **)&in->bytes, &in->cap, in->len + len + 1, 1) ||
        !aln_grow(&in->alloc, (void **)&in->items, &in->item_cap, in->count + 1, sizeof *in->items))
        return 0;
    in->items[in->count++] = (aln_interned){(uint32_t)in->len, (uint32_t)len, hash};
    if (len)
        memcpy(in->bytes + in->len, bytes, len);
    in->bytes[in->len + len] = 0;
    in->len += len + 1;
    in->slots[at] = (uint32_t)in->count;
    return in->slots[at];
}
