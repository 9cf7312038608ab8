/*
 * From text to a row of words with their forms, a window at a time, and the gazetteer's names found in it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SCAN_H
#define ALN_CORE_SCAN_H

#include "image.h"
#include "language.h"
#include "memo.h"
#include "phrases.h"
#include "word.h"

/* Words of one window; a name does not reach over its end, which is put at a line break where there is one. */
#define ALN_WINDOW_WORDS 16384

#define ALN_UNIT_CHAR 1u    /* one character of a script without spaces */
#define ALN_UNIT_JOINED 2u  /* nothing but space or a hyphen stands between it and the word before */
#define ALN_UNIT_TOUCHES 4u /* nothing at all stands between it and the word before */
#define ALN_UNIT_HYPHEN 8u  /* just a hyphen stands between it and the word before */
#define ALN_UNIT_WITHIN 16u /* joined, or behind a comma: not where a sentence begins */

typedef struct aln_unit {
    aln_word *word;
    size_t start, end; /* bytes of the text */
    uint32_t flags;
} aln_unit;

/* How a name stands for its entity, above the flags that image.h has. */
#define ALN_FOUND_FORMER 0x10000u  /* not in use today */
#define ALN_FOUND_INNER 0x20000u   /* inside a longer name: New York in New York Times */
#define ALN_FOUND_OTHER 0x40000u   /* less likely than another entity of that name here */
#define ALN_FOUND_FORM 0x80000u    /* of an adjective: also a form of the place's own name */
#define ALN_FOUND_HOME 0x100000u   /* a query's name of a body, in the language of its country */
#define ALN_FOUND_ABROAD 0x200000u /* a form of a word that is a name in other languages than the text's */

/* The term of an entity: its id, and a mark behind it that lets a search choose: ~ where an adjective stands for the
 * place (Kazakh), ~p where its people do (Kazakhs), ~f for a name that is not in use today, ~i inside a longer name, ~a
 * where another entity of that name is likelier. Returns its length. */
#define ALN_ENTITY_TERM 64
size_t aln_entity_term(const aln_lexicon *lexicon, uint32_t entity, uint32_t flags, char out[ALN_ENTITY_TERM]);
/* The mark alone, of two bytes at most. */
size_t aln_entity_mark(uint32_t flags, char *out);

typedef struct aln_window {
    aln_alloc alloc;
    aln_unit *units;
    size_t unit_count, unit_cap;
    aln_found *found; /* in the order of first */
    size_t found_count, found_cap;
    aln_found *inner; /* those inside of the found, in the order of first; documents only */
    size_t inner_count, inner_cap;
    uint64_t *as_it_is;   /* what match.c has found out about names; NULL = nothing yet */
    aln_phrases *phrases; /* that the words were in before; NULL = not kept. The memo's */
} aln_window;

#define ALN_AS_IT_IS_BITS 12 /* entries, as a power of two */

typedef struct aln_scan_options {
    uint8_t language;         /* of the text, or ALN_NO_LANGUAGE */
    const uint8_t *languages; /* query: those to read each word in; NULL for a document */
    size_t language_count;
    int query;
    aln_names names;
    int as_of; /* year; 0 = none */
} aln_scan_options;

/*
 * Fills the window with the words from *pos on and moves *pos behind them. ALN_OK or ALN_ENOMEM. Words belong to the
 * memo and are valid until the next scan.
 */
aln_status aln_scan(aln_memo *memo, const char *text, size_t len, size_t *pos, const aln_scan_options *options,
                    aln_window *window);

void aln_window_free(aln_window *window);

/* The languages to read a query's word of a script in: those asked for that write it, else the script's default.
 * Returns how many. */
size_t aln_query_languages(const aln_scan_options *options, aln_script script, uint8_t out[ALN_LANGUAGES_MAX]);

/* The word of a unit that may go on with a name, or NULL. */
static inline const aln_word *aln_unit_joined_word(const aln_window *window, size_t unit)
{
    return unit < window->unit_count && (window->units[unit].flags & ALN_UNIT_JOINED) ? window->units[unit].word : NULL;
}

/* Whether a unit goes on with the run of characters that the unit before is of. */
static inline int aln_unit_goes_on(const aln_unit *unit)
{
    return (unit->flags & (ALN_UNIT_CHAR | ALN_UNIT_TOUCHES)) == (ALN_UNIT_CHAR | ALN_UNIT_TOUCHES);
}

/*
 * A run of characters often begins with a name that generic words follow (奥什科什防务公司, Oshkosh Defense), and known
 * names may look as if they were in it (奥什, Osh). Returns the unit at which the first generic word begins, two
 * characters or more behind the run's beginning `first` and before `end`; 0 if there is none. `from` is the first of
 * the window's names that may be it. run_head.c
 */
size_t aln_run_head(const aln_window *window, size_t first, size_t end, size_t from);

/*
 * Which of the entities that share a name is meant: what the text has named before, and where its language is spoken,
 * tell (Georgia beside Tbilisi, or beside Atlanta). One for a text. context.c
 */
typedef struct aln_context {
    const aln_lexicon *lexicon;
    uint16_t home; /* the country of the text's language, see aln_image_country(); 0 = none */
    uint16_t mentions[ALN_IMAGE_COUNTRIES];
} aln_context;

void aln_context_begin(aln_context *context, const aln_lexicon *lexicon, uint8_t language);
/* Takes in what a window names, and puts the likeliest entity of each name first; the others are ALN_FOUND_OTHER. */
void aln_context_order(aln_context *context, aln_window *window);
/* Whether a name of an entity may be another's, too. */
int aln_entity_shares(const aln_lexicon *lexicon, uint32_t entity);

/* Finds names in the units of a window, leftmost longest. match.c */
aln_status aln_find_names(const aln_lexicon *lexicon, const aln_scan_options *options, aln_window *window);
/* A place right before a family name is a person's given name (Milan Zver): one that stands inside a longer name.
 * given.c */
void aln_mark_given_names(const aln_lexicon *lexicon, const aln_scan_options *options, aln_window *window);

#endif
