/*
 * Memory. See memory.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *libc_alloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx;
    (void)old_size;
    if (!new_size) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

aln_alloc aln_alloc_or_default(const aln_alloc *alloc)
{
    aln_alloc libc = {libc_alloc, NULL};
    return alloc && alloc->fn ? *alloc : libc;
}

void *aln_mem_new(const aln_alloc *alloc, size_t size)
{
    return alloc->fn(alloc->ctx, NULL, 0, size ? size : 1);
}

void *aln_mem_zero(const aln_alloc *alloc, size_t size)
{
    void *p = aln_mem_new(alloc, size);
    if (p)
        memset(p, 0, size);
    return p;
}

void aln_mem_free(const aln_alloc *alloc, void *ptr, size_t size)
{
    if (ptr)
        alloc->fn(alloc->ctx, ptr, size, 0);
}

void *aln_mem_resize(const aln_alloc *alloc, void *ptr, size_t old_size, size_t new_size)
{
    return alloc->fn(alloc->ctx, ptr, old_size, new_size);
}

struct aln_arena_block {
    aln_arena_block *next;
    size_t size; /* of the whole block */
};

#define BLOCK_HEAD ((sizeof(aln_arena_block) + 7) & ~(size_t)7)
#define BLOCK_MIN ((size_t)16 << 10)
#define BLOCK_MAX ((size_t)1 << 20)

void aln_arena_init(aln_arena *arena, const aln_alloc *alloc)
{
    arena->alloc = aln_alloc_or_default(alloc);
    arena->head = arena->spare = NULL;
    arena->block_max = BLOCK_MAX;
    arena->used = arena->total = 0;
}

void *aln_arena_new(aln_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + 7) & ~(size_t)7;
    if (!arena->head || arena->head->size - arena->used < size + ALN_ARENA_SLACK) {
        size_t want = arena->total < arena->block_max ? arena->total : arena->block_max;
        if (want < BLOCK_MIN)
            want = BLOCK_MIN;
        if (want < size + BLOCK_HEAD + ALN_ARENA_SLACK)
            want = size + BLOCK_HEAD + ALN_ARENA_SLACK;
        aln_arena_block *block = arena->spare;
        if (block)
            arena->spare = block->next;
        if (!block || block->size < size + BLOCK_HEAD + ALN_ARENA_SLACK) {
            aln_mem_free(&arena->alloc, block, block ? block->size : 0);
            block = aln_mem_new(&arena->alloc, want);
            if (!block)
                return NULL;
            block->size = want;
        }
        block->next = arena->head;
        arena->head = block;
        arena->used = BLOCK_HEAD;
        arena->total += block->size;
    }
    void *p = (char *)arena->head + arena->used;
    arena->used += size;
    return p;
}

char *aln_arena_text(aln_arena *arena, const char *text, size_t len)
{
    char *copy = aln_arena_new(arena, len + 1);
    if (copy) {
        if (len)
            memcpy(copy, text, len);
        copy[len] = 0;
    }
    return copy;
}

static void free_blocks(aln_arena *arena, aln_arena_block *block)
{
    while (block) {
        aln_arena_block *next = block->next;
        aln_mem_free(&arena->alloc, block, block->size);
        block = next;
    }
}

void aln_arena_empty(aln_arena *arena)
{
    while (arena->head) {
        aln_arena_block *block = arena->head;
        arena->head = block->next;
        if (block->size > arena->block_max && block->size > BLOCK_MIN) { /* for one large piece */
            aln_mem_free(&arena->alloc, block, block->size);
            continue;
        }
        block->next = arena->spare;
        arena->spare = block;
    }
    arena->used = arena->total = 0;
}

void aln_arena_clear(aln_arena *arena)
{
    while (arena->head && arena->head->next) {
        aln_arena_block *next = arena->head->next;
        arena->total -= arena->head->size;
        aln_mem_free(&arena->alloc, arena->head, arena->head->size);
        arena->head = next;
    }
    arena->used = arena->head ? BLOCK_HEAD : 0;
}

void aln_arena_free(aln_arena *arena)
{
    free_blocks(arena, arena->head);
    free_blocks(arena, arena->spare);
    arena->head = arena->spare = NULL;
    arena->used = arena->total = 0;
}

int aln_grow(const aln_alloc *alloc, void **array, size_t *cap, size_t want, size_t element)
{
    if (want <= *cap)
        return 1;
    size_t n = *cap < 16 ? 16 : *cap;
    while (n < want) {
        if (n > SIZE_MAX / 2 / element)
            return 0;
        n *= 2;
    }
    void *p = aln_mem_resize(alloc, *array, *cap * element, n * element);
    if (!p)
        return 0;
    *array = p;
    *cap = n;
    return 1;
}
