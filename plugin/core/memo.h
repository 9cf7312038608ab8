/*
 * The memo: each distinct word, as it stands in the text, has its forms made once. News repeats its words, so nearly
 * all the work of analysis is one look-up here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_MEMO_H
#define ALN_CORE_MEMO_H

#include "phrases.h"
#include "shared_memo.h"
#include "word.h"
#include "word_bytes.h"

/* A word as it stands in the text, and what became of it, which lies behind it in the arena. */
typedef struct aln_memo_entry {
    aln_word *word;
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
    aln_phrases phrases;        /* of these words; none in a memo for queries */
    struct aln_layout *layouts; /* that words have terms ready in, see ready.h */
    size_t layout_count, layout_cap;
    size_t max_bytes;       /* emptied when the arena and the slots pass this */
    aln_shared_memo shared; /* where words are looked for that are met for the first time */
} aln_memo;

int aln_memo_init(aln_memo *memo, const aln_alloc *alloc, const aln_lexicon *lexicon,
                  size_t max_bytes); /* 0 = out of memory */
void aln_memo_free(aln_memo *memo);
/* Empties the memo if it is full; between windows only, since words are borrowed. */
void aln_memo_rest(aln_memo *memo);
/* Empties it. */
void aln_memo_clear(aln_memo *memo);
/* From now on phrases are kept, too; 0 = out of memory. */
int aln_memo_keep_phrases(aln_memo *memo);

/* A word that is known already, or NULL. ALN_HEAD_BYTES from `raw` on can be read. */
static inline aln_word *aln_memo_find(const aln_memo *memo, uint64_t hash, const char *raw, size_t len,
                                      uint32_t reading)
{
    for (size_t at = (size_t)hash & (memo->slot_count - 1); memo->slots[at].hash;
         at = (at + 1) & (memo->slot_count - 1)) {
        if (memo->slots[at].hash != hash)
            continue;
        const aln_memo_entry *e = memo->slots[at].entry;
        if (e->len == len && e->reading == reading && aln_word_same(raw, e->raw, len))
            return e->word;
    }
    return NULL;
}

/* The word; reading tells apart readings of the same bytes in other languages. NULL = out of memory. */
aln_word *aln_memo_word(aln_memo *memo, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                        uint32_t reading);

/* The same for a word that is not known. NULL = out of memory. */
aln_word *aln_memo_add(aln_memo *memo, uint64_t hash, const char *raw, size_t len, aln_script script,
                       const aln_reading_in *in, uint32_t reading);

/* Look-ups of a large vocabulary are waiting for memory and little else. So several words are on their way from there
 * at once: first their slots, and when these have come, their entries. */

static inline void aln_memo_fetch_slot(const aln_memo *memo, uint64_t hash)
{
    __builtin_prefetch(&memo->slots[hash & (memo->slot_count - 1)]);
}
static inline void aln_memo_fetch_entry(const aln_memo *memo, uint64_t hash)
{
    const aln_memo_slot *slot = &memo->slots[hash & (memo->slot_count - 1)];
    const char *entry = (const char *)slot->entry;
    if (memo->shared.head && slot->hash != hash)
        __builtin_prefetch(&memo->shared.slots[aln_shared_memo_place(&memo->shared, hash)]);
    __builtin_prefetch(entry);
    __builtin_prefetch(entry + 64);
    __builtin_prefetch(entry + 128);
}

#endif
