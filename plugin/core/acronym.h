/*
 * Acronyms of the names of bodies. Registers and lists of names have a body by its name and by the first letters of
 * that, in its own language and in others: Kazan Optical and Mechanical Plant is АО «КОМЗ», of Казанский
 * оптико-механический завод. Both have a key of the letters, in one spelling for Latin and Cyrillic.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_ACRONYM_H
#define ALN_CORE_ACRONYM_H

#include "scan.h"

/* Stand before the letters: of a whole name, and of a part of one; of words that give them, and of an acronym as it is
 * written. What is asked for is the other one: two names of the same letters are no more alike than by chance. */
#define ALN_KEY_INITIALS '^'
#define ALN_KEY_INITIALS_PART '~'
#define ALN_KEY_ACRONYM '!'
#define ALN_KEY_ACRONYM_PART '?'
/* Letters of a whole name, and of a part, at least; of both at most. */
#define ALN_ACRONYM_LEAST 3
#define ALN_ACRONYM_PART_LEAST 2
#define ALN_ACRONYM_MOST 8
#define ALN_ACRONYMS 128
/* Units of a text that is the name of a body, at most. */
#define ALN_ACRONYM_UNITS 24

typedef struct aln_acronym {
    char key[1 + ALN_ACRONYM_MOST + ALN_ARENA_SLACK]; /* as a term is copied */
    uint8_t len;
    uint8_t first, last; /* units; the last is behind it */
} aln_acronym;

/* The acronyms that a window has or may have: of all its words but those marked as optional, and of neighbours among
 * them. None where it names no body. Returns how many. */
size_t aln_acronyms(const aln_lexicon *lexicon, const aln_window *window, const uint8_t *optional,
                    aln_acronym out[ALN_ACRONYMS]);

/* Whether a word is written as an acronym is. */
int aln_is_acronym(const aln_word *word);

#endif
