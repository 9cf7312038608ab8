/*
 * The memo. Open addressing with linear probing; when the memory bound is reached all is forgotten and begun anew,
 * which costs less than keeping an order of use, since frequent words come back at once.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ready.h"
#include <string.h>

#define SLOTS_MIN ((size_t)512)
/* A bound is reached in steps of a sixteenth at most; the smallest step is an arena's first block. */
#define STEPS 16

int aln_memo_init(aln_memo *memo, const aln_alloc *alloc, const aln_lexicon *lexicon, size_t max_bytes)
{
    memset(memo, 0, sizeof *memo);
    aln_arena_init(&memo->arena, alloc);
    memo->max_bytes = max_bytes;
    if (memo->arena.block_max > max_bytes / STEPS)
        memo->arena.block_max = max_bytes / STEPS;
    if (!aln_word_maker_init(&memo->maker, alloc, lexicon))
        return 0;
    memo->slots = aln_mem_zero(&memo->arena.alloc, SLOTS_MIN * sizeof *memo->slots);
    memo->slot_count = SLOTS_MIN;
    return memo->slots != NULL;
}

void aln_memo_free(aln_memo *memo)
{
    aln_mem_free(&memo->arena.alloc, memo->slots, memo->slot_count * sizeof *memo->slots);
    aln_word_maker_free(&memo->maker);
    aln_phrases_free(&memo->phrases, &memo->arena.alloc);
    aln_mem_free(&memo->arena.alloc, memo->layouts, memo->layout_cap * sizeof *memo->layouts);
    aln_arena_free(&memo->arena);
    memo->slots = NULL;
}

static void forget(aln_memo *memo)
{
    memset(memo->slots, 0, memo->slot_count * sizeof *memo->slots);
    memo->used = 0;
    aln_phrases_clear(&memo->phrases);
}

int aln_memo_keep_phrases(aln_memo *memo)
{
    return memo->phrases.list || aln_phrases_init(&memo->phrases, &memo->arena.alloc, memo->max_bytes / STEPS);
}

void aln_memo_clear(aln_memo *memo)
{
    forget(memo);
    aln_arena_clear(&memo->arena);
}

void aln_memo_rest(aln_memo *memo)
{
    if (memo->arena.total + memo->slot_count * sizeof *memo->slots > memo->max_bytes) {
        forget(memo);
        aln_arena_empty(&memo->arena);
    }
}

static int grow(aln_memo *memo)
{
    size_t count = memo->slot_count * 2;
    aln_memo_slot *slots = aln_mem_zero(&memo->arena.alloc, count * sizeof *slots);
    if (!slots)
        return 0;
    for (size_t i = 0; i < memo->slot_count; i++) {
        if (!memo->slots[i].hash)
            continue;
        size_t at = (size_t)memo->slots[i].hash & (count - 1);
        while (slots[at].hash)
            at = (at + 1) & (count - 1);
        slots[at] = memo->slots[i];
    }
    aln_mem_free(&memo->arena.alloc, memo->slots, memo->slot_count * sizeof *memo->slots);
    memo->slots = slots;
    memo->slot_count = count;
    return 1;
}

aln_word *aln_memo_word(aln_memo *memo, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                        uint32_t reading)
{
    char place[ALN_HEAD_BYTES];
    const char *at = aln_word_with_room(raw, len, len, place);
    uint64_t hash = aln_word_hash(at, len, reading);
    aln_word *known = aln_memo_find(memo, hash, at, len, reading);
    return known ? known : aln_memo_add(memo, hash, raw, len, script, in, reading);
}

/* Takes a word that others have made, or makes it, for others, too. */
static aln_word *make_word(aln_memo *memo, uint64_t hash, const aln_memo_entry *entry, aln_script script,
                           const aln_reading_in *in)
{
    aln_shared_name name = {entry->raw, hash, entry->len, entry->reading, (uint32_t)in->keys, (uint32_t)in->guessed};
    int failed = 0;
    aln_word *word = memo->shared.head
                         ? aln_shared_memo_take(&memo->shared, &name, memo->maker.lexicon, &memo->arena, &failed)
                         : NULL;
    if (word || failed)
        return word;
    word = aln_word_make(&memo->maker, entry->raw, entry->len, script, in, &memo->arena);
    if (word && memo->shared.head)
        aln_shared_memo_give(&memo->shared, &name, word);
    return word;
}

aln_word *aln_memo_add(aln_memo *memo, uint64_t hash, const char *raw, size_t len, aln_script script,
                       const aln_reading_in *in, uint32_t reading)
{
    size_t at = (size_t)hash & (memo->slot_count - 1);
    while (memo->slots[at].hash)
        at = (at + 1) & (memo->slot_count - 1);
    if ((memo->used + 1) * 3 > memo->slot_count * 2) {
        if (!grow(memo))
            return NULL;
        at = (size_t)hash & (memo->slot_count - 1);
        while (memo->slots[at].hash)
            at = (at + 1) & (memo->slot_count - 1);
    }
    aln_memo_entry *entry = aln_arena_new(&memo->arena, sizeof *entry + len + 1);
    if (!entry)
        return NULL;
    memcpy(entry->raw, raw, len);
    entry->raw[len] = 0;
    entry->len = (uint32_t)len;
    entry->reading = reading;
    entry->word = make_word(memo, hash, entry, script, in);
    if (!entry->word)
        return NULL;
    memo->slots[at] = (aln_memo_slot){hash, entry};
    memo->used++;
    return entry->word;
}
