/*
 * The bulk load of an index that has nothing yet (or an unfinished load only).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_BULK_H
#define ALLONYM_BULK_H

#include "indexer.h"

/* Whether these shards can be loaded in bulk; takes up a load that was interrupted. Complains; DONE or FAILED. */
int bulk_prepare(indexer *x);
/* Begins one. */
int bulk_start(indexer *x);
/* A batch, in a worker's thread: becomes a part of each shard. */
void bulk_work(indexer *x, worker *w, batch *b);
/* The batch is done and in order: notes its parts. *merge becomes a range to be merged now, if there is one. */
int bulk_note(indexer *x, uint64_t first, uint64_t last, part *merge, bool *due);
/* Merges all parts into the shards. complete: see indexer_end(). */
int bulk_finish(indexer *x, bool complete);

#endif
