/*
 * The lexicon as the core sees it: the built-in image and, above it, the user's.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_LEXICON_H
#define ALN_CORE_LEXICON_H

#include "image.h"
#include "memory.h"
#include <allonym/allonym.h>

#define ALN_LAYERS 2 /* built in; the user's */

/* Where a user's entity hides a built-in one of the same id, the numbers are those of the user's layer. */
struct aln_lexicon {
    aln_alloc alloc;
    int refs; /* changed atomically */
    const aln_image *layer[ALN_LAYERS];
    unsigned layers;
    aln_image *own; /* the user's layer, in our memory */
};

/* The built-in image; NULL in the tool that makes it. */
const aln_image *aln_builtin_image(void);

/* An entity's number over all layers. */
static inline uint32_t aln_lexicon_number(const aln_lexicon *lexicon, unsigned layer, uint32_t entity)
{
    return layer ? lexicon->layer[0]->entity_count + entity : entity;
}

#endif
