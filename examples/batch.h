/*
 * A batch of input: lines as they were read, which one worker parses and analyzes, and what became of them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_BATCH_H
#define ALLONYM_BATCH_H

#include "command.h"
#include "record.h"

/* A file or database that is read; lives as long as the run. */
typedef struct source {
    char *name;
    char key[sizeof RESUME_KEY + 16]; /* metadata key of how far it is; "" = it cannot be resumed */
    char identity[64];                /* tells a changed file from the same one */
} source;

typedef enum {
    ITEM_SOURCE, /* from here on the items are of this source */
    ITEM_LINE,   /* text is a document in JSON */
    ITEM_SKIP,   /* text says why it is no document */
    ITEM_UNREAD  /* text says why the source cannot be read further */
} item_kind;

typedef struct item {
    item_kind kind;
    size_t at; /* line or number in the source */
    const source *source;
    size_t text, len; /* in the batch's bytes */
} item;

/* A document that is ready to be written. */
typedef struct ready {
    size_t item;
    char *id;
    size_t id_len;
    char language[36]; /* primary subtag; "" = not known */
    aln_xapian_doc *doc;
} ready;

/* Something to tell the user, in the order of the items. */
typedef struct remark {
    const source *source;
    size_t at;
    item_kind kind; /* ITEM_SKIP, ITEM_UNREAD; ITEM_LINE: the document is indexed all the same */
    char *text;
} remark;

/* How far a source is with this batch. */
typedef struct place {
    const source *source;
    size_t at;
} place;

typedef struct batch {
    uint64_t number;      /* from 0 */
    const source *source; /* of the first item, unless that is ITEM_SOURCE */
    char *bytes;
    size_t bytes_len, bytes_cap;
    item *items;
    size_t count, cap;
    ready *ready;
    size_t ready_count, ready_cap;
    remark *remarks;
    size_t remark_count, remark_cap;
    place *places;
    size_t place_count, place_cap;
    uint64_t indexed;
    bool stopped;      /* strict: nothing behind this item counts */
    aln_status status; /* a failure, described in err */
    aln_error err;
    const char *failed_at; /* path of the database that failed */
} batch;

batch *batch_new(uint64_t number, const source *current);
void batch_free(batch *b);
/* Both copy; false without memory. */
bool batch_add(batch *b, item_kind kind, const source *from, size_t at, const char *text, size_t len);
bool batch_remark(batch *b, const source *from, size_t at, item_kind kind, const char *text);
/* Room for one more ready document, zeroed; NULL without memory. */
ready *batch_ready(batch *b);

/*
 * Gives each good document of a batch to take(), in order; the others become remarks, and how far the sources are
 * becomes places. take() returns a status: ALN_EINVAL and ALN_ELIMIT are faults of the document, others end the batch.
 * It may take the document itself, and leave NULL in *doc.
 */
typedef struct batch_sink {
    void *ctx;
    aln_status (*take)(void *ctx, size_t number, const record *r, const char *language, aln_error *err);
} batch_sink;
void batch_work(batch *b, aln_analyzer *analyzer, aln_xapian_doc **doc, bool strict, const batch_sink *sink);

#endif
