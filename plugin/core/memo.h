/*
 * The memo: each distinct word, as it stands in the text, has its forms made once. News repeats its words, so nearly all the work of
 * analysis is one look-up here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_MEMO_H
#define ALN_CORE_MEMO_H

#include "word.h"

typedef struct aln_memo_slot {
    uint64_t hash; /* of the raw word and how it was read; 0 = free */
    const char *raw;
    const aln_word *word;
    uint32_t len, reading;
} aln_memo_slot;

typedef struct aln_memo {
    aln_word_maker maker;
    aln_arena arena;
    aln_memo_slot *slots;
    size_t slot_count, used;
    size_t max_bytes; /* emptied when the arena and the slots pass this */
} aln_memo;

int aln_memo_init(aln_memo *memo, const aln_alloc *alloc, const aln_lexicon *lexicon, size_t max_bytes); /* 0 = out of memory */
void aln_memo_free(aln_memo *memo);
/* Empties the memo if it is full; between windows only, since words are borrowed. */
void aln_memo_rest(aln_memo *memo);
/* Empties it. */
void aln_memo_clear(aln_memo *memo);

/* The word; reading tells apart readings of the same bytes in other languages. NULL = out of memory. */
const aln_word *aln_memo_word(aln_memo *memo, const char *raw, size_t len, aln_script script, const aln_reading_in *in, uint32_t reading);

#endif
