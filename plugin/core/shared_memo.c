/*
 * Words that several analyzers share. See shared_memo.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "shared_memo.h"
#include <string.h>

/* A word with all its forms takes some 300 bytes, and a slot should be free more often than not. */
#define BYTES_PER_SLOT 128
#define SLOTS_MIN ((size_t)64)
#define PROBES 32

struct aln_shared_entry {
    uint64_t hash, key;
    uint32_t len, reading;
    uint32_t keys, guessed;
    const char *raw;
    aln_word word;
};

/* Pieces are aligned as an arena's are, with as much to be read behind them. */
static size_t rounded(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

/* Where the memory and the library's static data are: who has them elsewhere would follow wrong pointers. */
static uint64_t owner_of(const void *memory, size_t bytes)
{
    static const char library = 0;
    uint64_t h = (uint64_t)(uintptr_t)memory * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 32 ^ (uint64_t)bytes) * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 32 ^ (uint64_t)(uintptr_t)&library) * 0x9E3779B97F4A7C15u;
    return h | 1;
}

void aln_shared_memo_init(aln_shared_memo *memo, void *memory, size_t bytes, uint64_t key)
{
    memset(memo, 0, sizeof *memo);
    if (!memory || (uintptr_t)memory % 8)
        return;
    size_t slots = SLOTS_MIN;
    while (slots < (size_t)1 << 31 && slots * 2 * BYTES_PER_SLOT <= bytes)
        slots *= 2;
    size_t begin = rounded(sizeof(aln_shared_head)) + slots * sizeof *memo->slots;
    if (bytes < begin + SLOTS_MIN * BYTES_PER_SLOT)
        return;
    aln_shared_head *head = memory;
    uint64_t owner = 0, own = owner_of(memory, bytes);
    if (!atomic_compare_exchange_strong(&head->owner, &owner, own) && owner != own)
        return;
    memo->head = head;
    memo->key = key;
    memo->slots = (_Atomic uint64_t *)(void *)((char *)memory + rounded(sizeof *head));
    memo->slot_count = slots;
    memo->words = (char *)memory + begin;
    memo->word_bytes = bytes - begin;
    if (memo->word_bytes / 8 > UINT32_MAX) /* what a slot can say */
        memo->word_bytes = (size_t)UINT32_MAX * 8;
}

static uint64_t hash_of(const aln_shared_memo *memo, const aln_shared_name *name)
{
    return name->hash ^ memo->key;
}

/* The word of a slot, if it is the one. */
static const aln_shared_entry *entry_of(const aln_shared_memo *memo, uint64_t slot, uint64_t hash,
                                        const aln_shared_name *name)
{
    if (slot >> 32 != hash >> 32)
        return NULL;
    const aln_shared_entry *e =
        (const aln_shared_entry *)(const void *)(memo->words + ((size_t)(uint32_t)slot - 1) * 8);
    return e->hash == name->hash && e->key == memo->key && e->len == name->len && e->reading == name->reading &&
                   e->keys == name->keys && e->guessed == name->guessed && memcmp(e->raw, name->raw, name->len) == 0
               ? e
               : NULL;
}

static size_t starts_size(const aln_word_starts *starts)
{
    return sizeof *starts + starts->count * sizeof starts->start[0];
}

/* What the word means alone, if that has been asked. */
static void take_answer(aln_word_starts *starts, const aln_lexicon *lexicon)
{
    aln_shared_answer *answer = starts->shared;
    if (atomic_load_explicit(&answer->state, memory_order_acquire) != ALN_ANSWER_READY)
        return;
    starts->asked = answer->asked;
    starts->found_count = (uint8_t)answer->found_count;
    for (unsigned i = 0; i < starts->found_count; i++) {
        const char *id = aln_entity_id(lexicon, answer->entity[i]);
        starts->found[i] = (aln_found_entity){.id = id,
                                              .entity = answer->entity[i],
                                              .flags = answer->flags[i] & 0xFFFFFFu,
                                              .id_len = (uint8_t)strlen(id)};
    }
}

void aln_shared_memo_answer(const aln_word_starts *starts)
{
    aln_shared_answer *answer = starts->shared;
    uint32_t nobody = 0;
    if (atomic_load_explicit(&answer->state, memory_order_relaxed) ||
        !atomic_compare_exchange_strong_explicit(&answer->state, &nobody, ALN_ANSWER_BEGUN, memory_order_acquire,
                                                 memory_order_relaxed))
        return;
    answer->asked = starts->asked;
    answer->found_count = starts->found_count;
    for (unsigned i = 0; i < starts->found_count; i++) {
        answer->entity[i] = starts->found[i].entity;
        answer->flags[i] = starts->found[i].flags;
    }
    atomic_store_explicit(&answer->state, ALN_ANSWER_READY, memory_order_release);
}

aln_word *aln_shared_memo_take(const aln_shared_memo *memo, const aln_shared_name *name, const aln_lexicon *lexicon,
                               aln_arena *arena, int *failed)
{
    uint64_t hash = hash_of(memo, name);
    const aln_shared_entry *found = NULL;
    for (size_t i = 0, at = aln_shared_memo_place(memo, name->hash); i < PROBES && !found;
         i++, at = (at + 1) & (memo->slot_count - 1)) {
        uint64_t slot = atomic_load_explicit(&memo->slots[at], memory_order_acquire);
        if (!slot)
            return NULL;
        found = entry_of(memo, slot, hash, name);
    }
    if (!found)
        return NULL;
    /* What an analyzer writes into a word is its own: terms for hooks, and what the word means alone. */
    const aln_word_starts *starts = found->word.starts;
    aln_word *word = aln_arena_new(arena, sizeof *word + (starts ? starts_size(starts) : 0));
    if (!word) {
        *failed = 1;
        return NULL;
    }
    *word = found->word;
    if (starts) {
        word->starts = (aln_word_starts *)(void *)(word + 1);
        memcpy(word->starts, starts, starts_size(starts));
        take_answer(word->starts, lexicon);
    }
    return word;
}

/* Bytes of a word's copy being counted, or, where `at` is set, written. */
typedef struct copier {
    char *at;
    size_t size;
} copier;

static void *copy(copier *c, const void *from, size_t size)
{
    void *to = c->at ? c->at + c->size : NULL;
    if (to && size)
        memcpy(to, from, size);
    c->size += rounded(size);
    return to;
}

/* Text shares the bytes of what it begins with, as in the original. */
static const char *copy_text(copier *c, const char *text, size_t len, const char *whole, const char *whole_copy)
{
    return text == whole ? whole_copy : copy(c, text, len);
}

static aln_shared_entry *copy_word(copier *c, const aln_shared_memo *memo, const aln_shared_name *name,
                                   const aln_word *word)
{
    aln_shared_entry *e = copy(
        c, &(aln_shared_entry){name->hash, memo->key, name->len, name->reading, name->keys, name->guessed, NULL, *word},
        sizeof *e);
    const char *raw = copy(c, name->raw, name->len);
    const char *exact = copy_text(c, word->exact, word->exact_len, name->raw, raw);
    aln_form *forms = copy(c, word->stems, ((size_t)word->stem_count + word->key_count) * sizeof *forms);
    for (size_t i = 0; i < (size_t)word->stem_count + word->key_count; i++) {
        const aln_form *form = &word->stems[i]; /* the keys are behind the stems */
        const char *text = copy_text(c, form->text, form->len, word->exact, exact);
        if (forms)
            forms[i].text = text;
    }
    uint32_t *tokens =
        copy(c, word->tokens, ((size_t)word->token_count[0] + word->token_count[1]) * sizeof *word->tokens);
    aln_word_starts *starts = word->starts ? copy(c, word->starts, starts_size(word->starts)) : NULL;
    uint64_t *nexts = word->starts && word->starts->nexts
                          ? copy(c, word->starts->nexts, ((size_t)word->starts->nexts_mask + 1) * sizeof *nexts)
                          : NULL;
    aln_shared_answer *answer = word->starts ? copy(c, &(aln_shared_answer){0}, sizeof *answer) : NULL;
    if (!e)
        return NULL;
    e->raw = raw;
    e->word.exact = exact;
    e->word.stems = forms;
    e->word.keys = forms + word->stem_count;
    e->word.tokens = tokens;
    e->word.starts = starts;
    e->word.ready = NULL;
    if (starts) {
        starts->nexts = nexts;
        starts->asked = starts->found_count = 0;
        starts->shared = answer;
    }
    return e;
}

void aln_shared_memo_give(const aln_shared_memo *memo, const aln_shared_name *name, aln_word *word)
{
    copier c = {NULL, 0};
    (void)copy_word(&c, memo, name, word);
    size_t size = c.size + ALN_ARENA_SLACK;
    /* Looked at first, so that the number of the used bytes does not run over. */
    if (atomic_load_explicit(&memo->head->used, memory_order_relaxed) + size > memo->word_bytes)
        return;
    uint64_t begin = atomic_fetch_add_explicit(&memo->head->used, c.size, memory_order_relaxed);
    if (begin + size > memo->word_bytes)
        return;
    c.at = memo->words + begin;
    c.size = 0;
    const aln_shared_entry *e = copy_word(&c, memo, name, word);
    uint64_t hash = hash_of(memo, name), slot = hash >> 32 << 32 | (uint32_t)(begin / 8 + 1);
    for (size_t i = 0, at = aln_shared_memo_place(memo, name->hash); i < PROBES;
         i++, at = (at + 1) & (memo->slot_count - 1)) {
        uint64_t there = 0;
        if (atomic_compare_exchange_strong_explicit(&memo->slots[at], &there, slot, memory_order_release,
                                                    memory_order_acquire)) {
            if (word->starts)
                word->starts->shared = e->word.starts->shared;
            return;
        }
        if (entry_of(memo, there, hash, name))
            return; /* another process was faster */
    }
}
