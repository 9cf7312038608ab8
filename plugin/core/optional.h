/*
 * Parts of a name that another spelling of it may lack: patronymics, initials, legal forms, and where a place
 * is or what kind of administrative division.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_OPTIONAL_H
#define ALN_CORE_OPTIONAL_H

#include "scan.h"

/* Words beside a name that need not match: folded, sorted by bytes. */
typedef struct aln_optional_words {
    const char *const *words;
    unsigned count;
} aln_optional_words;

extern const aln_optional_words aln_words_division; /* administrative; names/divisions.tsv */
/* Of names/honorifics.tsv: before a name, behind another such word, at a name's end. */
extern const aln_optional_words aln_words_before, aln_words_second, aln_words_behind;

extern const uint32_t aln_optional_hash; /* of all these */

/*
 * Marks the units of a window that need not match: optional[i] = ALN_OPTIONAL, or ALN_FATHERS for a patronymic, else
 * ALN_WANTED, for all units. What is left is never empty: a text of nothing else is wanted as it stands. `optional` has
 * room for window->unit_count.
 */
enum { ALN_WANTED = 0, ALN_OPTIONAL = 1, ALN_FATHERS = 2 };

void aln_mark_optional(const aln_window *window, uint8_t *optional);

/*
 * Marks likewise the country that Chinese puts before a foreign firm's name, or before the word for its branch, beside
 * a legal form and a name of its own: 美国波音公司 is Boeing. After aln_mark_optional().
 */
void aln_mark_country(const aln_lexicon *lexicon, const aln_window *window, uint8_t *optional);

/*
 * Marks likewise a word for an administrative division that begins or ends a text without a known name: Provincia de
 * Phongsali. `text` is what the window's units have their places in. After aln_mark_optional().
 */
void aln_mark_division(const aln_window *window, const char *text, uint8_t *optional);

/*
 * Marks likewise what only tells which of that name is meant: Paris, Texas; Santa Cruz (Bolivia); John Fahey (homme
 * politique); and what a title begins behind a comma. After aln_mark_optional(). `text` is what the window's units have
 * their places in.
 */
void aln_mark_qualifier(const aln_lexicon *lexicon, const aln_window *window, const char *text, uint8_t *optional);

/*
 * Marks likewise what stands before the innermost quotation marks, if these end the text of len bytes: the name of
 * Joint Stock Company "Central Research Institute "Burevestnik"" is the last word, and what it is goes by many words.
 */
void aln_mark_outside_quotes(const aln_window *window, const char *text, size_t len, uint8_t *optional);

/* Whether a unit is a capital alone. */
int aln_is_initial(const aln_unit *unit);

/* Whether a bracket opens in bytes from to to - 1 of a text. */
int aln_opens_bracket(const char *text, size_t from, size_t to);

#endif
