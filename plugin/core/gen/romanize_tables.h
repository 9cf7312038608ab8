/*
 * Layout of the tables that names/tools/gen_romanize.py makes for romanize.c. Code points are 16 bits wide: every
 * script with a table is in the Basic Multilingual Plane.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_ROMANIZE_TABLES_H
#define ALN_GEN_ROMANIZE_TABLES_H

#include <stdint.h>

/* What stands before or after: any of the flags, or one of the letters. */
#define ALN_CTX_EDGE 1u
#define ALN_CTX_VOWEL 2u
#define ALN_CTX_CONSONANT 4u
#define ALN_CTX_NOT 8u /* none of them */

typedef struct aln_rom_context {
    uint8_t flags;
    uint8_t count;  /* letters */
    uint16_t start; /* in aln_rom_letters */
} aln_rom_context;

typedef struct aln_rom_rule {
    uint16_t from;       /* in aln_rom_letters */
    uint16_t first;      /* its first letter; rules of a scheme are sorted by it */
    uint8_t from_len;    /* longer ones stand first */
    uint8_t readings;    /* how many, NUL-separated */
    uint8_t left, right; /* contexts; 0 = any */
    uint16_t to;         /* in aln_rom_text */
} aln_rom_rule;

/* How a scheme reads words. */
enum { ALN_ROM_RULES, ALN_ROM_HANGUL, ALN_ROM_HAN };

struct aln_scheme {
    const char *name;
    uint8_t script; /* aln_script */
    uint8_t kind;
    uint8_t abjad;
    uint8_t whole; /* gives no reading of a word that its own rules do not cover */
    uint8_t unknown; /* place among the schemes for an unknown language, from 1; 0 = none of them */
    int16_t base;    /* scheme to ask when no rule fits; -1 = none */
    uint16_t rules;  /* first in aln_rom_rules */
    uint16_t count;  /* of rules */
    uint16_t vowels; /* first in aln_rom_letters, sorted */
    uint16_t vowel_count;
};

extern const uint16_t aln_rom_letters[];
extern const char aln_rom_text[];
extern const aln_rom_context aln_rom_contexts[];
extern const aln_rom_rule aln_rom_rules[];
extern const struct aln_scheme aln_rom_schemes[]; /* sorted by name, ASCII lower case */
extern const uint16_t aln_rom_scheme_count;
extern const uint32_t aln_rom_hash;

#endif
