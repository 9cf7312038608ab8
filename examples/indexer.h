/*
 * Puts documents into an index: terms, commits, progress, resumption.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_INDEXER_H
#define ALLONYM_INDEXER_H

#include "command.h"
#include "record.h"

typedef struct indexer {
    aln_xapian *db;
    aln_analyzer *analyzer;
    aln_xapian_doc *doc;
    const char *path;   /* of the database, for messages */
    const char *source; /* file in hand, likewise */
    bool strict;
    bool in_transaction;
    size_t pending_bytes;                     /* of text since the last commit */
    uint64_t indexed, skipped, noted, unread; /* documents; sources */
    /* resumption: how far the source in hand is */
    char resume_key[sizeof RESUME_KEY + 16]; /* "" = the source cannot be resumed */
    char resume_identity[64];
    size_t at; /* line or document number that is done */
    /* progress */
    bool show;
    uint64_t shown_ms, start_ms;
    double share; /* of the source in hand, 0 to 1 */
} indexer;

/* Takes db and analyzer over for the time being; complains. */
int indexer_begin(indexer *x, const char *path, aln_xapian *db, aln_analyzer *analyzer, bool strict);
/* Starts a source; identity tells a changed file from the same one. Returns how many lines of it an earlier run has
 * done. */
size_t indexer_source(indexer *x, const char *name, const char *identity);
/* Indexes a document that was read at line (or number) at. data is what is kept with it. */
int indexer_add(indexer *x, size_t at, const record *r, const char *data, size_t data_len);
/* Counts a bad document, with FILE:LINE: what. Returns DONE, or BAD_INPUT when strict. */
int indexer_skip(indexer *x, size_t at, const char *why);
/* The same for a source that cannot be read, or not to its end. */
int indexer_unread(indexer *x, size_t at, const char *why);
int indexer_commit(indexer *x);
/* Ends with a commit. complete: also forgets how far the sources were. */
int indexer_end(indexer *x, bool complete);
void indexer_free(indexer *x);
void indexer_progress(indexer *x, bool last);

/* Whether the user wants to stop (SIGINT, SIGTERM). */
bool interrupted(void);
void watch_interrupts(void);

#endif
