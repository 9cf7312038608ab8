/*
 * The memo: each distinct word, as it stands in the text, has its forms made once. News repeats its words, so nearly
 * all the work of analysis is one look-up here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_MEMO_H
#define ALN_CORE_MEMO_H

#include "word.h"

/* A word as it stands in the text, and what became of it, which lies behind it in the arena. */
typedef struct aln_memo_entry {
    const aln_word *word;
    uint32_t len, reading;
    char raw[];
} aln_memo_entry;

/* Small, so that most of the table stays in the processor's cache. */
typedef struct aln_memo_slot {
    uint64_t hash; /* of the raw word and how it was read; 0 = free */
    const aln_memo_entry *entry;
} aln_memo_slot;

typedef struct aln_memo {
    aln_word_maker maker;
    aln_arena arena;
    aln_memo_slot *slots;
    size_t slot_count, used;
    size_t max_bytes; /* emptied when the arena and the slots pass this */
} aln_memo;

int aln_memo_init(aln_memo *memo, const aln_alloc *alloc, const aln_lexicon *lexicon,
                  size_t max_bytes); /* 0 = out of memory */
void aln_memo_free(aln_memo *memo);
/* Empties the memo if it is full; between windows only, since words are borrowed. */
void aln_memo_rest(aln_memo *memo);
/* Empties it. */
void aln_memo_clear(aln_memo *memo);

/* The word; reading tells apart readings of the same bytes in other languages. NULL = out of memory. */
const aln_word *aln_memo_word(aln_memo *memo, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                              uint32_t reading);

/* The same in three steps, so that several words can be on their way from memory at once: the look-ups of a large
 * vocabulary are waiting for memory and little else. */
uint64_t aln_memo_hash(const char *raw, size_t len, uint32_t reading);
const aln_word *aln_memo_hashed(aln_memo *memo, uint64_t hash, const char *raw, size_t len, aln_script script,
                                const aln_reading_in *in, uint32_t reading);
static inline void aln_memo_fetch_slot(const aln_memo *memo, uint64_t hash)
{
    __builtin_prefetch(&memo->slots[hash & (memo->slot_count - 1)]);
}
static inline void aln_memo_fetch_entry(const aln_memo *memo, uint64_t hash)
{
    const char *entry = (const char *)memo->slots[hash & (memo->slot_count - 1)].entry;
    __builtin_prefetch(entry);
    __builtin_prefetch(entry + 64);
    __builtin_prefetch(entry + 128);
}

#endif
