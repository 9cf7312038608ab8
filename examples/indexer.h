/*
 * Puts documents into an index, or into the shards of one: batches for workers, commits, progress, resumption.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_INDEXER_H
#define ALLONYM_INDEXER_H

#include "batch.h"
#include "command.h"
#include "parts.h"
#include "pool.h"

/* Threads at most. */
#define MAX_JOBS 64u

/* A database that documents are written to. */
typedef struct shard {
    const char *path;
    aln_xapian *db; /* the caller's; a bulk load opens it anew */
    parts parts;    /* of a bulk load */
} shard;

/* What a thread has for itself. */
typedef struct worker {
    aln_analyzer *analyzer;
    aln_xapian_doc *doc;
} worker;

/* How far an earlier run came in a source, as metadata has it. */
typedef struct resumption {
    char *key, *value;
} resumption;

typedef enum {
    MODE_OPEN,   /* a bulk load, if the input does not end with its first batch */
    MODE_DIRECT, /* documents go into the index, in transactions */
    MODE_BULK    /* batches become parts, which are merged at the end */
} index_mode;

typedef struct indexer {
    shard *shards;
    size_t shard_count;
    const name_options *names;
    size_t jobs;
    bool strict;
    index_mode mode;
    worker *workers;
    size_t worker_count;
    pool *pool;
    /* reading */
    source **sources;
    size_t source_count, source_cap;
    batch *filling;
    bool small_batches; /* documents are written one by one */
    uint64_t next_batch;
    uint64_t first_order; /* batches that earlier runs wrote to these shards */
    resumption *resumptions;
    size_t resumption_count, resumption_cap;
    /* writing */
    bool in_transaction;
    size_t pending_bytes;                     /* of text since the last commit */
    uint64_t indexed, skipped, noted, unread; /* documents; sources */
    int status;                               /* BAD_INPUT: stopped (strict); FAILED */
    /* progress */
    bool show;
    uint64_t shown_ms, start_ms;
    double share; /* of the source in hand, 0 to 1 */
} indexer;

/*
 * Takes shards (of which path and db are set) and analyzer over for the time being; complains. jobs is the number of
 * threads. Results are the same with any number.
 */
int indexer_begin(indexer *x, shard *shards, size_t count, aln_analyzer *analyzer, const name_options *names,
                  size_t jobs, bool strict);
/* Starts a source; identity tells a changed file from the same one. Returns how many lines of it an earlier run has
 * done. */
size_t indexer_source(indexer *x, const char *name, const char *identity);
/* Indexes a document in JSON that was read at line (or number) at; it may be reported as bad later. All return DONE to
 * go on. */
int indexer_line(indexer *x, size_t at, const char *text, size_t len);
/* Counts a bad document, with FILE:LINE: what. */
int indexer_skip(indexer *x, size_t at, const char *why);
/* The same for a source that cannot be read, or not to its end. */
int indexer_unread(indexer *x, size_t at, const char *why);
/* Writes what is in hand. complete: also forgets how far the sources were, if nothing stopped the run. */
int indexer_end(indexer *x, bool complete);
void indexer_free(indexer *x);

/* Whether the user wants to stop (SIGINT, SIGTERM). */
bool interrupted(void);
void watch_interrupts(void);

/* For bulk.c. */
int indexer_engine_failed(indexer *x, const char *path, const aln_error *err, int status);
bool indexer_remember(indexer *x, const char *key, const char *value, size_t len);
void indexer_report(indexer *x, const batch *b);
size_t indexer_route(const indexer *x, const char *id, size_t len);
aln_status indexer_order(const indexer *x, const batch *b, size_t number, aln_xapian_doc *doc, aln_error *err);
aln_status indexer_note_place(aln_xapian *db, const place *p, aln_error *err);
aln_status indexer_note_order(const indexer *x, aln_xapian *db, uint64_t batches, aln_error *err);

#endif
