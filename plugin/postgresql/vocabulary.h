/*
 * The words of a GIN index over tsvectors, as the core's planner wants to read them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_POSTGRESQL_VOCABULARY_H
#define ALLONYM_POSTGRESQL_VOCABULARY_H

#include "backend.h"

/* Opens the vocabulary of a GIN index, or of the first such index of a table. Raises an error where there is none or
 * the user may not read the table. Ends with aln_pg_vocabulary_end(). */
extern void aln_pg_vocabulary_begin(Oid relation, aln_vocabulary *vocabulary);
/* Closes it; an error that a callback has caught is raised now. */
extern void aln_pg_vocabulary_end(const aln_vocabulary *vocabulary);

#endif
