/*
 * The compiled gazetteer: one position-independent block of constants, so that a file or a section of the library can be mapped and
 * shared by all processes and used as it is. names/tools and aln_lexicon_open() make it (image_build.h), lexicon.c reads it.
 *
 * Names are paths of tokens in a trie. A token is a word's exact form or its stem; a name is entered with both, so that inflected
 * text finds it by its stems in the name's own language, and other languages' texts find it as it stands.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_IMAGE_H
#define ALN_CORE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define ALN_IMAGE_MAGIC 0x314E4C41u /* "ALN1" in the machine's byte order: an image of the other order is refused */
#define ALN_IMAGE_VERSION 1u

/* A name's flags above those of allonym.h. */
#define ALN_NAME_CAPITAL 0x100u /* must begin with a capital in text */
#define ALN_NAME_GENERIC 0x200u /* a common word of the language: counts in texts of that language only */

typedef struct aln_image_entity {
    uint32_t id, kind; /* offsets in the pool */
    uint32_t first_name, name_count;
} aln_image_entity;

typedef struct aln_image_name {
    uint32_t text, lang; /* offsets in the pool */
    int16_t from, to;
    uint32_t flags, entity;
} aln_image_name;

typedef struct aln_image_token {
    uint32_t hash, text; /* text: offset in the pool, 0 = free slot */
} aln_image_token;

typedef struct aln_image_step {
    uint32_t state, token, next; /* state 0 = free slot; states count from 1, the root */
} aln_image_step;

typedef struct aln_image_state {
    uint32_t first, count; /* of outputs: names that end here */
} aln_image_state;

/* Offsets are bytes from the head. Slots are powers of two. */
typedef struct aln_image {
    uint32_t magic, version, size, hash; /* hash of all behind the head */
    uint32_t entity_count, entities;
    uint32_t name_count, names;
    uint32_t token_slots, tokens;
    uint32_t step_slots, steps;
    uint32_t state_count, states;
    uint32_t output_count, outputs; /* name numbers */
    uint32_t pool_size, pool;       /* NUL-terminated strings; offset 0 is the empty one */
    uint32_t ids;                   /* entity numbers in the order of their ids */
} aln_image;

/* FNV-1a with a final mix, the hash of the token table. */
static inline uint32_t aln_image_hash(const char *text, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x85EBCA6Bu;
    return h ^ h >> 13;
}

static inline uint32_t aln_image_step_hash(uint32_t state, uint32_t token)
{
    uint32_t h = state * 0x9E3779B1u ^ token * 0x85EBCA77u;
    h ^= h >> 15;
    h *= 0xC2B2AE3Du;
    return h ^ h >> 13;
}

/* The token of a string, 0 = none. */
uint32_t aln_image_token_of(const aln_image *image, const char *text, size_t len);
/* The state behind a state and a token, 0 = none. The root is state 1. */
uint32_t aln_image_step_of(const aln_image *image, uint32_t state, uint32_t token);

static inline const void *aln_image_at(const aln_image *image, uint32_t offset)
{
    return (const char *)image + offset;
}
static inline const char *aln_image_string(const aln_image *image, uint32_t offset)
{
    return (const char *)image + image->pool + offset;
}
static inline const aln_image_name *aln_image_names(const aln_image *image)
{
    return aln_image_at(image, image->names);
}
static inline const aln_image_entity *aln_image_entities(const aln_image *image)
{
    return aln_image_at(image, image->entities);
}

#endif
