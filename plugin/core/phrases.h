/*
 * Names of several words that were found before. News says the same names again and again, and the trie that has them
 * all is read from far memory; so what begins with two words is kept, with all words that the search looked at, for as
 * long as the memo keeps these. Documents only.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_PHRASES_H
#define ALN_CORE_PHRASES_H

#include "memory.h"
#include "word.h"

/* What reaches further, or has more names in it, is looked for each time. */
#define ALN_PHRASE_WORDS 7
#define ALN_PHRASE_NAMES 5

typedef struct aln_phrase {
    /* Those that decided, in their order; NULL where no word of one name with them came. The first is NULL in an empty
     * place. */
    const aln_word *words[ALN_PHRASE_WORDS];
    uint32_t asked; /* options, as aln_word_starts has them */
    uint8_t looked_at, span, found_count, inner_count;
    aln_found names[ALN_PHRASE_NAMES]; /* the longest name's entities, and those inside of it; from the first word on */
} aln_phrase;

typedef struct aln_phrases {
    aln_phrase *list; /* NULL = none are kept */
    size_t count;     /* a power of two */
    size_t turn;      /* which of the places of a phrase is to be given up next */
} aln_phrases;

/* Makes room in at most so many bytes; 0 = out of memory. */
int aln_phrases_init(aln_phrases *phrases, const aln_alloc *alloc, size_t max_bytes);
void aln_phrases_free(aln_phrases *phrases, const aln_alloc *alloc);
/* Forgets all, since their words are gone. */
void aln_phrases_clear(aln_phrases *phrases);

struct aln_window;

/* The phrase that begins at a unit with the one behind it, asked for with these options; NULL = not known. */
const aln_phrase *aln_phrase_find(const struct aln_window *window, size_t unit, uint32_t asked);
/* Adds its names to the window's. */
aln_status aln_phrase_take(const aln_phrase *phrase, size_t unit, struct aln_window *window);
/* Keeps what was found at a unit: the window's names from found and inner on. */
void aln_phrase_keep(const struct aln_window *window, size_t unit, uint32_t asked, size_t looked_at, size_t span,
                     size_t found, size_t inner);

#endif
