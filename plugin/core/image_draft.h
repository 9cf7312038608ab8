/*
 * The gazetteer between its two steps of compiling: read and cut into words (image_build.c), and laid out
 * (image_pack.c).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_IMAGE_DRAFT_H
#define ALN_CORE_IMAGE_DRAFT_H

#include "image.h"
#include "interner.h"
#include "memory.h"

typedef struct aln_draft_entity {
    uint32_t kind; /* number of a text */
    uint32_t name_count, wikidata;
    uint32_t replaces;
    uint16_t country;
    uint8_t size; /* digits of the inhabitants */
} aln_draft_entity;

/* A name in one language. Numbers are those of the interners; periods 0 = none. */
typedef struct aln_draft_name {
    uint32_t entity, text, language, periods, flags;
    uint32_t exact, stem; /* states that its paths end in; equal if there is one path */
    uint32_t row;         /* aln_image_row() */
} aln_draft_name;

typedef struct aln_draft_step {
    uint32_t state, token, next; /* state 0 = free slot */
} aln_draft_step;

typedef struct aln_draft {
    aln_alloc alloc;
    aln_interner ids;   /* number - 1 is the entity's */
    aln_interner texts; /* names, and kinds */
    aln_interner tags;  /* of languages */
    aln_interner tokens;
    aln_interner periods;     /* arrays of aln_period */
    aln_interner notes;       /* texts */
    const char *const *paths; /* of the files */
    size_t path_count;
    aln_draft_entity *entities;
    size_t entity_count, entity_cap;
    aln_draft_name *names;
    size_t name_count, name_cap;
    aln_image_note *note_rows; /* the text is a number of the interner */
    size_t note_count, note_cap;
    aln_draft_step *steps; /* hash table, a power of two of slots */
    size_t step_slots, step_count;
    uint32_t states; /* the last; they count from 1, the root, and a child's number is above its parent's */
} aln_draft;

/* Lays a draft out as an image, to be freed with its own size. ALN_ENOMEM, ALN_ELIMIT. image_pack.c */
aln_status aln_draft_pack(const aln_draft *draft, aln_image **out, aln_error *err);

#endif
