/*
 * Byte strings, each kept once and numbered from 1 in the order of their first coming: what the compiler of the
 * gazetteer knows ids, words, texts and lists by.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_INTERNER_H
#define ALN_CORE_INTERNER_H

#include "memory.h"
#include <stdint.h>

typedef struct aln_interned {
    uint32_t offset, len, hash; /* a NUL stands behind the bytes */
} aln_interned;

typedef struct aln_interner {
    aln_alloc alloc;
    char *bytes;
    size_t len, cap;
    aln_interned *items; /* by number - 1 */
    size_t count, item_cap;
    uint32_t *slots; /* numbers; a power of two of them, at most half in use */
    size_t slot_count;
} aln_interner;

void aln_interner_init(aln_interner *in, const aln_alloc *alloc);
void aln_interner_free(aln_interner *in);

/* The number of these bytes; 0 = out of memory, or beyond 4 GiB of bytes. */
uint32_t aln_intern(aln_interner *in, const void *bytes, size_t len);

/* The number that these bytes have; 0 = none. */
uint32_t aln_interned_find(const aln_interner *in, const void *bytes, size_t len);

static inline const char *aln_interned_text(const aln_interner *in, uint32_t number)
{
    return in->bytes + in->items[number - 1].offset;
}

#endif
