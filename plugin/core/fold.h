/*
 * Folding a word: the exact form that is indexed as it stands, and the base form that stemming and romanization start
 * from.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_FOLD_H
#define ALN_CORE_FOLD_H

#include "script.h"
#include <stddef.h>

/* Code points of a word that folding looks at; what is longer is cut. */
#define ALN_FOLD_MAX 128

/* What folding saw in the word. */
#define ALN_FOLD_CAPITAL 1u        /* begins with a capital (or title case) letter */
#define ALN_FOLD_ALL_CAPITALS 2u   /* two letters or more, all of them capitals */
#define ALN_FOLD_DIGIT 4u          /* has a digit */
#define ALN_FOLD_SOLO 8u           /* one letter */
#define ALN_FOLD_INNER_CAPITAL 16u /* capitals behind the first letter, not all of them: GmbH, McCain */

/*
 * The exact form: NFKC, lower case, apostrophes as U+0027, decimal digits and Ethiopic numbers as digits of ASCII, no
 * format characters (soft hyphen, ZWNJ, tatweel) and no optional vowel marks (Arabic harakat, Hebrew points). Returns
 * its bytes (at most cap, cut at a character border) and sets *flags.
 */
size_t aln_fold_exact(const char *word, size_t len, char *out, size_t cap, unsigned *flags);

/*
 * From an exact form to the base form in a language (BCP 47, may be NULL): look-alike letters of the other script
 * become the word's own, ё and ґ keep their place for the stemmer, Arabic and Persian letters take the shape the
 * language writes, final sigma is sigma. Returns its bytes.
 */
size_t aln_fold_base(const char *exact, size_t len, aln_script script, const char *lang, int had_capital_i, char *out,
                     size_t cap);

/* The script that most letters of a word are of; ALN_SCRIPT_ZYYY without letters. */
aln_script aln_main_script(const char *word, size_t len);

#endif
