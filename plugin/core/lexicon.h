/*
 * The lexicon as the core sees it: the built-in image and, above it, the user's.
 *
 * A user's entity with the id of a built-in one is the same entity, with the same number: its names are added to the
 * built-in ones, or, if it is marked so, replace them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_LEXICON_H
#define ALN_CORE_LEXICON_H

#include "image.h"
#include "memory.h"
#include <allonym/allonym.h>

#define ALN_LAYERS 2 /* built in; the user's */

struct aln_lexicon {
    aln_alloc alloc;
    int refs; /* changed atomically */
    const aln_image *layer[ALN_LAYERS];
    unsigned layers;
    aln_image *own;    /* the user's layer, in our memory */
    uint32_t *numbers; /* of the user's entities over all layers; behind them: which of the user's entities those above
                          the built-in numbers are. NULL without a layer below */
    uint32_t added;    /* how many of those there are */
    unsigned char *replaced; /* a bit for each built-in entity that the user's replaces; NULL = none */
};

/* The built-in image; NULL in the tool that makes it. */
const aln_image *aln_builtin_image(void);

/* Whether a kind of entities is one of places. */
int aln_kind_is_place(const char *kind);

/* Whether a word or a stem is a name of the gazetteer by itself, wherever it stands. lexicon: may be NULL. */
int aln_lexicon_is_name(const aln_lexicon *lexicon, const char *text, size_t len);

/* An entity's number over all layers. */
static inline uint32_t aln_lexicon_number(const aln_lexicon *lexicon, unsigned layer, uint32_t entity)
{
    return layer ? lexicon->numbers[entity] : entity;
}

/* Whether the names of an entity in a layer do not count, since the user's replace them. */
static inline int aln_lexicon_hides(const aln_lexicon *lexicon, unsigned layer, uint32_t entity)
{
    return lexicon->replaced && !layer && (lexicon->replaced[entity >> 3] >> (entity & 7) & 1);
}

#endif
