/*
 * Given names that are the same name: short forms and forms in other languages (William, Bill, Guillaume, Vilém). Made
 * of names/given.tsv.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_GIVEN_H
#define ALN_CORE_GIVEN_H

#include <stddef.h>
#include <stdint.h>

/* A form of a name: its text, lower case, and the row that it is of. Sorted by text. */
typedef struct aln_given_form {
    uint16_t text; /* in aln_given_text */
    uint8_t len;
    uint8_t row;
} aln_given_form;

extern const unsigned char aln_given_text[];
extern const aln_given_form aln_given_forms[];
extern const unsigned aln_given_form_count;
extern const uint16_t aln_given_members[]; /* indexes of forms, by row */
extern const uint16_t aln_given_rows[];    /* where a row's members begin; one more behind the last */

/* The rows that have a word in lower case, as a range of aln_given_forms: returns the first, *count how many. */
size_t aln_given_find(const char *word, size_t len, size_t *count);

#endif
