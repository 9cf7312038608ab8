/*
 * The compiled gazetteer: one position-independent block of constants, so that a file or a section of the library can
 * be mapped and shared by all processes and used as it is. image_build.h makes it, image.c reads it.
 *
 * Names are paths of tokens in a trie. A token is a word's exact form or its stem; a name is entered with both, so that
 * inflected text finds it by its stems in the name's own language, and other languages' texts find it as it stands.
 *
 * It is dense, since most of it is looked at once in a blue moon. Tokens stand in the order of their hashes, in buckets
 * of three or so, and their strings one behind another: a look-up reads a bucket's head and a line or two of strings.
 * States are numbered so that the trie needs no pointers: the root's child behind token t is state t + 1, and the step
 * number k of all others, in the order of parents and tokens, leads to the k-th state behind those (the idea of
 * level-order succinct trees: Jacobson, "Space-efficient static trees and graphs", 1989). A name stands once for each
 * entity, with a list of its languages; equal lists are kept once.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_IMAGE_H
#define ALN_CORE_IMAGE_H

#include <allonym/allonym.h>
#include <stddef.h>
#include <stdint.h>

#define ALN_IMAGE_MAGIC 0x314E4C41u /* "ALN1" in the machine's byte order: an image of the other order is refused */
#define ALN_IMAGE_VERSION 7u

/* A name's flags above those of allonym.h. */
#define ALN_NAME_CAPITAL 0x100u /* must begin with a capital in text */
#define ALN_NAME_GENERIC 0x200u /* a common word: counts in texts of its language only, unless a capital is due */

/* Whether a name with these flags is a generic word: no proper name, though it may have a capital in names (Bank). */
static inline int aln_is_generic_word(uint32_t flags)
{
    const uint32_t in_names = ALN_NAME_CAPITAL | ALN_NAME_GENERIC;
    return (flags & ALN_NAME_COMMON) || (flags & in_names) == in_names;
}

#define ALN_IMAGE_ENTITIES (1u << 22) /* fewer than that in an image */
#define ALN_IMAGE_LISTS 0xFFFFu       /* lists of languages, and of periods, at most */

typedef struct aln_image_entity {
    uint32_t id, kind; /* offsets in the pool */
    uint32_t first_name;
    uint32_t name_count : 30;
    uint32_t replaces : 1; /* a user's entity that hides what is built in under its id */
    uint32_t shares : 1;   /* one of its names is another entity's, too */
    uint32_t wikidata;     /* the number behind the Q; 0 = not known */
    uint16_t country;      /* where it is, see aln_image_country(); 0 = not known, or nowhere in particular */
    uint16_t prior;        /* how likely it is meant by a name that others have, too */
} aln_image_entity;

typedef struct aln_image_name {
    uint32_t text; /* offset in the pool */
    uint32_t entity : 22, flags : 10;
    uint16_t languages, periods; /* numbers of lists; that of no periods is 0 */
} aln_image_name;

/* The last one is behind all tokens. */
typedef struct aln_image_bucket {
    uint32_t string; /* of its first token: a byte with the length, and the bytes; offset from the strings */
    uint32_t token;  /* how many tokens stand before it */
} aln_image_bucket;

#define ALN_IMAGE_NO_OUTPUT 0xFFFFFFFFu
#define ALN_IMAGE_MANY_OUTPUTS 0x80000000u

/* States count from 1, the root; one more stands behind the last. */
typedef struct aln_image_state {
    uint32_t step; /* its first step; they end where the next state's begin. The root's are not in the list */
    uint32_t
        output; /* a name, or ALN_IMAGE_MANY_OUTPUTS + index of their count, which they follow; ALN_IMAGE_NO_OUTPUT */
} aln_image_state;

/* Offsets are bytes from the head. */
typedef struct aln_image {
    uint32_t magic, version, size, hash; /* hash of all that decides about terms: from the head to the rows */
    uint32_t entity_count, entities;
    uint32_t name_count, names;
    uint32_t bucket_count, buckets;
    uint32_t filters; /* for each bucket the bits of its tokens' hashes: most words are no token, and this table is
                         small enough to stay in a processor's cache */
    uint32_t token_count, strings;
    uint32_t step_count, steps; /* tokens */
    uint32_t state_count, states;
    uint32_t output_count, outputs;
    uint32_t language_lists,
        languages;                  /* where each list begins, one more for the end; the lists, of numbers of tags */
    uint32_t period_lists, periods; /* the same of aln_period */
    uint32_t tags;                  /* offsets in the pool */
    uint32_t pool_size, pool;       /* NUL-terminated strings; offset 0 is the empty one */
    uint32_t ids;                   /* entity numbers in the order of their ids */
    uint32_t family_count, families; /* names of persons, in the order of the tokens of their last words */
    uint32_t rows;                  /* for each name the line that it comes from */
    uint32_t file_count, files;     /* one path behind another, each with a NUL */
    uint32_t note_count, notes;     /* of the rows that have one, in their order */
    uint32_t note_texts;            /* NUL-terminated */
} aln_image;

/* What a row says for people. */
typedef struct aln_image_note {
    uint32_t row;
    uint32_t text; /* offset in the texts */
} aln_image_note;

/* A row as it is kept: the file's number and its line. */
#define ALN_IMAGE_FILES 64u
#define ALN_IMAGE_LINES (1u << 26)
static inline uint32_t aln_image_row(uint32_t file, size_t line)
{
    return file * ALN_IMAGE_LINES + (line < ALN_IMAGE_LINES ? (uint32_t)line : ALN_IMAGE_LINES - 1);
}

/* A country's two letters of ISO 3166-1, in lower case, as a number from 1 to 676; 0 if they are none. */
#define ALN_IMAGE_COUNTRIES 677u
static inline uint16_t aln_image_country(const char *code)
{
    int known = code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z';
    return (uint16_t)(known ? 1 + (code[0] - 'a') * 26 + (code[1] - 'a') : 0);
}

/* FNV-1a with a final mix. */
static inline uint32_t aln_image_hash(const char *text, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x85EBCA6Bu;
    return h ^ h >> 13;
}

#define ALN_IMAGE_TOKEN_BYTES 255 /* what is longer is cut, here and there alike */

static inline uint32_t aln_image_bucket_of(uint32_t bucket_count, uint32_t hash)
{
    return (uint32_t)((uint64_t)hash * bucket_count >> 32);
}
/* The bit of a hash in the filter of its bucket, which the high bits chose. */
static inline uint32_t aln_image_filter_bit(uint32_t hash)
{
    return 1u << (hash & 31);
}

/* A word as tokens are spelled: a traditional Han character in its simplified form, and what is too long cut. `text`,
 * or `buf`; *len is its length. */
#define ALN_IMAGE_SPELLING 3
const char *aln_image_spelling(const char *text, size_t *len, char buf[ALN_IMAGE_SPELLING]);
/* The token of a word whose hash is at hand, 0 = none. */
uint32_t aln_image_token_hashed(const aln_image *image, uint32_t hash, const char *text, size_t len);
static inline uint32_t aln_image_token_of(const aln_image *image, const char *text, size_t len)
{
    return aln_image_token_hashed(image, aln_image_hash(text, len), text, len);
}
/* Calls for the memory that tells whether what has this hash is a token; a traditional Han character has another one.
 */
void aln_image_fetch(const aln_image *image, uint32_t hash);
/* The state behind a state and a token, 0 = none. The root is state 1. */
uint32_t aln_image_step_of(const aln_image *image, uint32_t state, uint32_t token);
/* Whether there are longer names that begin with the words of a state; not for the root. */
static inline int aln_image_goes_on(const aln_image *image, uint32_t state)
{
    const aln_image_state *s = (const aln_image_state *)(const void *)((const char *)image + image->states) + state;
    return s[0].step < s[1].step;
}
/* The tokens that lead on from a state, *count of them; not for the root. */
static inline const uint32_t *aln_image_steps_of(const aln_image *image, uint32_t state, size_t *count)
{
    const aln_image_state *s = (const aln_image_state *)(const void *)((const char *)image + image->states) + state;
    *count = s[1].step - s[0].step;
    return (const uint32_t *)(const void *)((const char *)image + image->steps) + s[0].step;
}
/* The names that end at a state; *count of them. */
const uint32_t *aln_image_outputs_of(const aln_image *image, uint32_t state, uint32_t *count);

/* The token of the last of the words of a name, 0 = there is none: it has one word, or the last one begins no name. */
uint32_t aln_image_last_token(const aln_image *image, const char *name);
/* Names of persons, one for each, whose last word is this token: as a rule their family name. *count of them. */
const uint32_t *aln_image_families_of(const aln_image *image, uint32_t token, uint32_t *count);

/* The number of the entity with this id; UINT32_MAX = none. */
uint32_t aln_image_find(const aln_image *image, const char *id, size_t len);

/* The languages of a name: the n-th one's tag; NULL past the last. */
const char *aln_image_name_language(const aln_image *image, const aln_image_name *name, uint32_t n);
uint32_t aln_image_name_languages(const aln_image *image, const aln_image_name *name);
/* Whether a name is one of a language, whatever the script or the region: zh-Hant is zh. */
int aln_image_name_has_language(const aln_image *image, const aln_image_name *name, const char *tag);
/* The periods in which a name is official; none = not known, or always. */
const aln_period *aln_image_name_periods(const aln_image *image, const aln_image_name *name, uint32_t *count);
/* Whether a name was in official use in a year. Without dates: unless it is marked as historic. */
int aln_image_name_in_use(const aln_image *image, const aln_image_name *name, int year);
/* The year to ask for names in use today: later than all that have an end. */
#define ALN_YEAR_NOW INT16_MAX
/* The file and the line of a name. */
const char *aln_image_name_source(const aln_image *image, const aln_image_name *name, uint32_t *line);
/* What the note of its line says for people; "" = nothing. */
const char *aln_image_name_note(const aln_image *image, const aln_image_name *name);

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
