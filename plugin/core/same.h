/*
 * Names that are the same name and share too few sounds for rules and models: given names with their short forms and
 * forms in other languages (William, Bill, Guillaume, Vilém), and East Asian family names with the spellings of their
 * dialects (黃: Huang, Wong, Ng). Made of names/given.tsv, names/fathers.tsv and names/families.tsv.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SAME_H
#define ALN_CORE_SAME_H

#include <stddef.h>
#include <stdint.h>

/* A form of a name: its text, lower case, and the row that it is of. Sorted by text. */
typedef struct aln_same_form {
    uint16_t text; /* in aln_same_text */
    uint16_t row;
    uint8_t len;
} aln_same_form;

extern const unsigned char aln_same_text[];
extern const aln_same_form aln_same_forms[];
extern const unsigned aln_same_form_count;
extern const unsigned aln_same_first_family; /* rows before it are given names */
extern const uint16_t aln_same_members[];    /* indexes of forms, by row, in the order of the table */
extern const uint16_t aln_same_rows[];       /* where a row's members begin; one more behind the last */

/* The rows that have a word in lower case, as a range of aln_same_forms: returns the first, *count how many. */
size_t aln_same_find(const char *word, size_t len, size_t *count);

/* Whether a word in lower case has a row among given names and patronymics, or among the family names of East Asia. */
int aln_is_given_name(const char *word, size_t len);
int aln_is_family_name(const char *word, size_t len);

/* The m-th member of all. */
static inline const aln_same_form *aln_same_member(unsigned m, const char **text)
{
    const aln_same_form *form = &aln_same_forms[aln_same_members[m]];
    *text = (const char *)aln_same_text + form->text;
    return form;
}

#endif
