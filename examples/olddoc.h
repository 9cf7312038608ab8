/*
 * Documents of existing Xapian databases, as `allonym index --from-db` takes them over.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_OLDDOC_H
#define ALLONYM_OLDDOC_H

#include <allonym/xapian.h>
#include <jansson.h>

/* How much of a document's text was found in its data. */
typedef enum { OLD_WHOLE, OLD_SAMPLE, OLD_NONE } old_text;

/* Makes a JSON object as `allonym index` reads it, out of data and terms; NULL without memory. */
json_t *olddoc_convert(aln_xapian *db, aln_docid docid, const char *data, size_t len, old_text *found);

#endif
