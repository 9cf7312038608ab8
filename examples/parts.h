/*
 * The parts of a bulk load: databases in a directory beside the index, each of some batches of the input, that are
 * merged into it at the end.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_PARTS_H
#define ALLONYM_PARTS_H

#include "command.h"

#include <stdint.h>

/* Metadata key of the index: which directory of parts belongs to it. */
#define LOAD_KEY "allonym.load"

typedef struct part {
    uint64_t first, last; /* batches */
} part;

typedef struct parts {
    char *dir; /* DB.load */
    part *list;
    size_t count, cap;
} parts;

/* The names of a part, finished and in the making; to be freed. */
char *parts_path(const parts *p, part which);
char *parts_making(const parts *p, part which);

bool parts_init(parts *p, const char *db);
void parts_clear(parts *p);
/* Takes over what an earlier run has left, if it belongs to the index: its parts from the first batch on, without a
 * gap. Everything else is removed. False on failure, after a complaint. */
bool parts_recover(parts *p, const char *tag);
/* Makes the directory. */
bool parts_start(parts *p, const char *tag);
/* Notes a part that is finished, in place of those that it was merged of, which are removed. */
bool parts_note(parts *p, part made);
/* Leaves only the batches before this one. */
void parts_cut(parts *p, uint64_t end);
/* The next batch. */
uint64_t parts_end(const parts *p);
/* The finished parts of this range, as paths for aln_xapian_merge(); to be freed with free_paths(). base (may be NULL)
 * comes before them. */
char **parts_paths(const parts *p, part range, const char *base, size_t *count);
void free_paths(char **paths, size_t count);
/* Removes all, with the directory. */
bool parts_remove(parts *p);

/* Makes the part of a range from its parts; in any thread. */
aln_status parts_merge(const parts *p, char **paths, size_t count, part made, aln_error *err);
/* Gives a part that was written (and closed) its final name, when it is on disk. */
aln_status parts_finish(const parts *p, part made, aln_error *err);

#endif
