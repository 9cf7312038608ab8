/*
 * Reading the TSV files of the gazetteer: columns id, kind, lang, names, dates, flags, note. names/README.md describes
 * them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_NAMES_FILE_H
#define ALN_CORE_NAMES_FILE_H

#include "memory.h"
#include <stdint.h>

#define ALN_NAME_PERIODS 16 /* of one line at most */

/* One name in one language. Pointers into the reader's line: valid during the callback. */
typedef struct aln_names_row {
    const char *id, *kind, *lang, *name;
    const aln_period *periods;
    size_t period_count;
    uint32_t flags;    /* ALN_NAME_… */
    unsigned replace;  /* the flag of that name */
    uint32_t wikidata; /* the number behind the Q of the note; 0 = none */
    uint16_t country;  /* behind "in:" in the note, as aln_image_country() packs it; 0 = none */
    uint8_t size;      /* decimal digits of the inhabitants behind "pop:" in the note; 0 = not known */
    const char *note;  /* the words of the note: without what the fields above are made of; "" = none */
    const char *path;
    size_t line;
} aln_names_row;

typedef aln_status (*aln_names_fn)(void *ctx, const aln_names_row *row, aln_error *err);

aln_status aln_names_read(const aln_alloc *alloc, const char *path, aln_names_fn fn, void *ctx, aln_error *err);

#endif
