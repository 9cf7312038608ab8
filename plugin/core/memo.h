/*
 * The memo: each distinct word, as it stands in the text, has its forms made once. News repeats its words, so nearly
 * all the work of analysis is one look-up here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_MEMO_H
#define ALN_CORE_MEMO_H

#include "phrases.h"
#include "word.h"
#include <string.h>

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
    size_t max_bytes; /* emptied when the arena and the slots pass this */
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

static inline uint64_t aln_eight_bytes(const char *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return w;
}

/* Up to seven bytes as one number, without a call for a copy of unknown length: words are short, and there are many. */
static inline uint64_t aln_few_bytes(const char *s, size_t len)
{
    if (len >= 4) {
        uint32_t a, b;
        memcpy(&a, s, sizeof a);
        memcpy(&b, s + len - 4, sizeof b);
        return (uint64_t)a << 32 | b;
    }
    if (!len)
        return 0;
    const unsigned char *u = (const unsigned char *)s;
    return (uint64_t)u[0] << 16 | (uint64_t)u[len / 2] << 8 | u[len - 1];
}

static inline int aln_same_bytes(const char *a, const char *b, size_t len)
{
    if (len < 8)
        return aln_few_bytes(a, len) == aln_few_bytes(b, len);
    for (size_t i = 0; i + 8 < len; i += 8)
        if (aln_eight_bytes(a + i) != aln_eight_bytes(b + i))
            return 0;
    return aln_eight_bytes(a + len - 8) == aln_eight_bytes(b + len - 8);
}

/* A word that is known already, or NULL. */
static inline aln_word *aln_memo_find(const aln_memo *memo, uint64_t hash, const char *raw, size_t len,
                                      uint32_t reading)
{
    for (size_t at = (size_t)hash & (memo->slot_count - 1); memo->slots[at].hash;
         at = (at + 1) & (memo->slot_count - 1)) {
        if (memo->slots[at].hash != hash)
            continue;
        const aln_memo_entry *e = memo->slots[at].entry;
        if (e->len == len && e->reading == reading && aln_same_bytes(e->raw, raw, len))
            return e->word;
    }
    return NULL;
}

/* The word; reading tells apart readings of the same bytes in other languages. NULL = out of memory. */
aln_word *aln_memo_word(aln_memo *memo, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                        uint32_t reading);

/* The same in three steps, so that several words can be on their way from memory at once: the look-ups of a large
 * vocabulary are waiting for memory and little else. */
aln_word *aln_memo_hashed(aln_memo *memo, uint64_t hash, const char *raw, size_t len, aln_script script,
                          const aln_reading_in *in, uint32_t reading);

/* Eight bytes at a time: a multiply and a fold of the high half, after wyhash's mixing step. */
static inline uint64_t aln_memo_mix(uint64_t a, uint64_t b)
{
    a ^= b;
    a *= 0x9E3779B97F4A7C15u;
    return a ^ a >> 32;
}

static inline uint64_t aln_memo_hash(const char *raw, size_t len, uint32_t reading)
{
    uint64_t h = (uint64_t)reading << 32 | (uint32_t)len;
    if (len < 8) {
        h = aln_memo_mix(h * 0x9E3779B97F4A7C15u, aln_few_bytes(raw, len));
    } else { /* the last eight overlap those before */
        h = aln_memo_mix(h * 0x9E3779B97F4A7C15u, aln_eight_bytes(raw));
        for (size_t i = 8; i + 8 < len; i += 8)
            h = aln_memo_mix(h, aln_eight_bytes(raw + i));
        h = aln_memo_mix(h, aln_eight_bytes(raw + len - 8));
    }
    h ^= h >> 29;
    return h ? h : 1;
}

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
