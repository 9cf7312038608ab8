/*
 * Languages: the table of those that are told apart, finding one by its tag, and telling the language of a text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_LANGUAGE_H
#define ALN_CORE_LANGUAGE_H

#include "script.h"
#include <stddef.h>
#include <stdint.h>

/* How proper names change in running text. */
typedef enum aln_names_in_text {
    ALN_NAMES_PLAIN,    /* not at all */
    ALN_NAMES_GENITIVE, /* a final s may be one */
    ALN_NAMES_CASES     /* by case suffixes, which the stemmer removes */
} aln_names_in_text;

typedef struct aln_language {
    const char *tag, *name; /* BCP 47; English */
    aln_script script;
    aln_names_in_text names;
    unsigned rank;
    const char *home;      /* ISO 3166-1 in lower case; empty = nowhere in particular */
    const char *particles; /* function words, lower case, a space between; empty = none known */
    const char *common;    /* words that are no names, each behind a byte with its length, shorter ones first */
    const char *frequent;  /* words that are no form of a name, the same, beside these */
} aln_language;

/* A language by its index here. */
#define ALN_LANGUAGES_MAX 128
extern const aln_language aln_languages[];
extern const unsigned aln_language_count;

#define ALN_NO_LANGUAGE 0xFFu

/* The language of a tag ("kk", "KK", "kk_KZ", "zh-Hant-TW"), by the longest part of it that the table has;
 * ALN_NO_LANGUAGE. */
unsigned aln_language_find(const char *tag, size_t len);
/* Whether two of the table are one language, in whatever script: uz and uz-Cyrl. */
int aln_languages_same(unsigned a, unsigned b);
/* The form of a language for words in a script: Uzbek and Cyrl give uz-Cyrl; where there is none, ALN_NO_LANGUAGE. */
unsigned aln_language_in_script(unsigned language, aln_script script);
/* Whether a word (exact form) is a function word of the language. */
int aln_language_particle(unsigned language, const char *word, size_t len);
/* Whether a word (exact form) is so common in the language, and no name nor part of one, that it needs no name key. */
int aln_language_common(unsigned language, const char *word, size_t len);
/* Whether it is a frequent word of the language, common ones among them, which is no form of a name. */
int aln_language_frequent(unsigned language, const char *word, size_t len);
/* Hash of the table: what it says of a language decides about terms. */
uint32_t aln_languages_hash(void);
/* Whether words of the script can be of the language: its own script, or kana beside Han for Japanese. */
int aln_language_writes(unsigned language, aln_script script);

#ifdef __cplusplus
extern "C" {
#endif
/* The same where the text's letters alone tell it, else NULL. letters.c */
const char *aln_identify_by_letters(const char *text, size_t len);
/* Identifies the language of UTF-8 text: a BCP 47 tag, static; "und" when not sure. identify.cc, by CLD2. */
const char *aln_identify_text(const char *text, size_t len);
#ifdef __cplusplus
}
#endif

#endif
