/*
 * Words that several analyzers share, in memory of the caller's: see aln_options.shared_memo. What was analyzed once
 * need not be analyzed again by another process.
 *
 * Nothing is ever changed or taken away there, so reading needs no lock: a word is written where nobody else writes,
 * and then its place is put into a free slot in one step. A process that dies in between leaves bytes that nobody looks
 * at. When the memory is full, it is read only.
 *
 * Words point to one another's bytes, and to static data of the library. Both have the same addresses in all processes
 * that were forked after the memory was mapped and the library loaded, and who is not one of these sees that in the
 * first line of the memory and keeps away.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SHARED_MEMO_H
#define ALN_CORE_SHARED_MEMO_H

#include "word.h"
#include <stdatomic.h>

typedef struct aln_shared_entry aln_shared_entry;

/* Entities without their ids, which are each lexicon's. The first who has an answer writes it; other options have none.
 */
typedef struct aln_shared_answer {
    _Atomic uint32_t state; /* 0 = nobody has asked yet, ALN_ANSWER_… */
    uint32_t asked, found_count;
    uint32_t entity[ALN_FOUND_PER_NAME], flags[ALN_FOUND_PER_NAME];
} aln_shared_answer;
#define ALN_ANSWER_BEGUN 1u
#define ALN_ANSWER_READY 2u

typedef struct aln_shared_head {
    _Atomic uint64_t owner; /* which memory and library this is; 0 = nobody has used it yet */
    _Atomic uint64_t used;  /* bytes given to words; may pass the end */
} aln_shared_head;

typedef struct aln_shared_memo {
    aln_shared_head *head;   /* NULL = there is none */
    uint64_t key;            /* of all that decides what becomes of a word */
    _Atomic uint64_t *slots; /* half of a hash, and where the word is, in eights of bytes; 0 = free */
    size_t slot_count;       /* a power of two */
    char *words;
    size_t word_bytes;
} aln_shared_memo;

/* What tells a word apart from others: how it stands in the text, and how it is read. */
typedef struct aln_shared_name {
    const char *raw;
    uint64_t hash;
    uint32_t len, reading;
    uint32_t keys, guessed; /* as in aln_reading_in */
} aln_shared_name;

/* Begins to use memory that the caller gave; too little is none. key: of all that decides what becomes of a word. */
void aln_shared_memo_init(aln_shared_memo *memo, void *memory, size_t bytes, uint64_t key);

/* A copy of a word that is known, in the arena; its forms are the shared ones. *failed is set where there is no memory.
 * NULL = not known. */
aln_word *aln_shared_memo_take(const aln_shared_memo *memo, const aln_shared_name *name, const aln_lexicon *lexicon,
                               aln_arena *arena, int *failed);

/* Shares a word that was made, if there is room. */
void aln_shared_memo_give(const aln_shared_memo *memo, const aln_shared_name *name, aln_word *word);

/* Shares what a word means alone, unless that is known for some options. */
void aln_shared_memo_answer(const aln_word_starts *starts);

/* The slots of the next words are on their way from memory while others are looked up. */
static inline size_t aln_shared_memo_place(const aln_shared_memo *memo, uint64_t hash)
{
    return (size_t)(hash ^ memo->key) & (memo->slot_count - 1);
}

#endif
