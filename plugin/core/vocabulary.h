/*
 * The words of an index one after another, in whichever form the engine gives them: word by word, or packed in parts
 * that are read here, without asking it for each.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_VOCABULARY_H
#define ALN_CORE_VOCABULARY_H

#include <allonym/allonym.h>
#include <allonym/packed_words.h>

/* A place among the words; aln_cursor_begin() makes one. */
typedef struct aln_word_cursor {
    const aln_vocabulary *vocabulary;
    aln_term_kind kind;
    int packed; /* whether `at` is in a part */
    int past_end;
    const char *limit; /* of the part */
    size_t limit_len;
    aln_packed_reader at; /* the word; longer ones are cut, which no name is */
} aln_word_cursor;

static inline void aln_cursor_begin(aln_word_cursor *c, const aln_vocabulary *vocabulary, aln_term_kind kind)
{
    c->vocabulary = vocabulary;
    c->kind = kind;
    c->packed = 0;
    c->past_end = 1;
    c->at.len = c->at.same = 0;
}

/* To the first word that is not below the text. Here and below: 0, or the vocabulary's code. */
int aln_cursor_seek(aln_word_cursor *c, const char *text, size_t len);

/* aln_cursor_next() and aln_cursor_skip() where the part does not tell. */
int aln_cursor_leave(aln_word_cursor *c);
int aln_cursor_leave_all(aln_word_cursor *c, size_t bytes);

/* The next word; the cursor stands at one. */
static inline int aln_cursor_next(aln_word_cursor *c)
{
    return c->packed && aln_packed_pass(&c->at, SIZE_MAX) ? 0 : aln_cursor_leave(c);
}

/* To the first word behind all that begin with so many bytes of the one at which the cursor stands. */
static inline int aln_cursor_skip(aln_word_cursor *c, size_t bytes)
{
    return c->packed && aln_packed_pass(&c->at, bytes) ? 0 : aln_cursor_leave_all(c, bytes);
}

#endif
