/*
 * Memory through the caller's allocator, and an arena for what lives and dies together.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_MEMORY_H
#define ALN_CORE_MEMORY_H

#include <allonym/allonym.h>
#include <stddef.h>

/* The C library's allocator when alloc is NULL. */
aln_alloc aln_alloc_or_default(const aln_alloc *alloc);

void *aln_mem_new(const aln_alloc *alloc, size_t size);            /* NULL on failure */
void *aln_mem_zero(const aln_alloc *alloc, size_t size);           /* the same, zeroed */
void aln_mem_free(const aln_alloc *alloc, void *ptr, size_t size); /* NULL is fine */
void *aln_mem_resize(const aln_alloc *alloc, void *ptr, size_t old_size, size_t new_size);

/* Memory that is only given back as a whole; pieces are aligned to 8 bytes. ALN_ARENA_SLACK bytes behind each can be
 * read. */
#define ALN_ARENA_SLACK 32
typedef struct aln_arena_block aln_arena_block;
typedef struct aln_arena {
    aln_alloc alloc;
    aln_arena_block *head, *spare; /* in use; kept for later */
    size_t block_max;              /* blocks double up to here */
    size_t used, total;            /* bytes in the head block; bytes of all blocks in use */
} aln_arena;

void aln_arena_init(aln_arena *arena, const aln_alloc *alloc);
void *aln_arena_new(aln_arena *arena, size_t size);                   /* NULL on failure */
char *aln_arena_text(aln_arena *arena, const char *text, size_t len); /* a copy with a NUL behind it */
void aln_arena_clear(aln_arena *arena);                               /* keeps one block for the next use */
void aln_arena_empty(aln_arena *arena); /* keeps all blocks: for one that fills up again and again */
void aln_arena_free(aln_arena *arena);

/* Grows an array of the caller's so that it holds at least want elements. Returns 0 on failure, with the array as it
 * was. */
int aln_grow(const aln_alloc *alloc, void **array, size_t *cap, size_t want, size_t element);

#endif
