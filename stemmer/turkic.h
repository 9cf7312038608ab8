/*
 * The table of one agglutinative language for the Turkic stemming engine (turkic.c), as names/tools/gen_turkic.py
 * compiles it of rules/turkic/LANG.tsv. Letters are numbered per language, so that all sets of letters, classes and
 * harmonies are bit masks.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_STEMMER_TURKIC_H
#define ALN_STEMMER_TURKIC_H

#include "engine.h"

/* Classes of suffixes with a meaning for the engine; the others are the language's own. */
enum { ALN_TURKIC_KEEP = 0, ALN_TURKIC_FIX = 1, ALN_TURKIC_FIRST_CLASS = 2, ALN_TURKIC_MAX_CLASSES = 64 };

/* Stems: what remains of a verb is not cut again. */
enum { ALN_TURKIC_NOUN = 1, ALN_TURKIC_VERB = 2 };

/* When a pattern counts. */
enum {
    ALN_TURKIC_LAST = 1,     /* the pattern is the last of its node */
    ALN_TURKIC_WHOLE = 2,    /* only where it begins the word */
    ALN_TURKIC_STRIPPED = 4, /* FIX: only after a suffix was removed */
    ALN_TURKIC_VOWEL = 8,    /* FIX: only after a suffix was removed that begins with a vowel */
    ALN_TURKIC_OF_VERB = 16  /* FIX: only where what was removed makes the stem a verb's */
};

typedef struct aln_turkic_letter {
    uint16_t
        category;    /* one bit: vowel or kind of consonant, by which the next suffix begins; 0 a modifier such as ʻ */
    uint8_t harmony; /* the harmonies that a suffix after this vowel may have; 0 a consonant */
    uint8_t vowel;   /* 1 where the letter makes a syllable */
} aln_turkic_letter;

/* A node of the trie of reversed patterns: its children lie together, in the order of their letters' bits. */
typedef struct aln_turkic_node {
    uint64_t letters;
    uint16_t child;
    uint16_t pattern; /* the first pattern that ends here; 0 none */
} aln_turkic_node;

typedef struct aln_turkic_pattern {
    uint16_t left;   /* categories that may stand before it */
    uint8_t harmony; /* harmonies that may stand before it */
    uint8_t class_id;
    uint8_t flags;
    uint16_t fix; /* FIX: the offset of its NUL-terminated replacement in fixes */
} aln_turkic_pattern;

typedef struct aln_turkic_class {
    uint64_t before;     /* the classes that may stand before it */
    uint8_t stem;        /* ALN_TURKIC_NOUN or _VERB where the stem itself may stand before it */
    uint8_t min_letters; /* what must remain before it */
    uint8_t min_syllables;
} aln_turkic_class;

typedef struct aln_turkic_table {
    uint64_t end;             /* the classes that may end a word */
    const uint8_t *letter_of; /* code point - first → letter */
    uint16_t first, count;
    uint16_t right_quote; /* U+2019 and U+2018 are far from the others: their letter, 0 none */
    const aln_turkic_letter *letters;
    const aln_turkic_class *classes;
    const aln_turkic_node *nodes;
    const aln_turkic_pattern *patterns;
    const char *fixes;
} aln_turkic_table;

/* An aln_stem_fn. */
size_t aln_turkic_stem(const void *table, char *word, size_t len, size_t cap);

#endif
