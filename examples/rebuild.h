/*
 * Where a rebuilt index is written, and how it takes the old one's place.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_REBUILD_H
#define ALLONYM_REBUILD_H

#include <stdbool.h>

/* The path beside an index where its successor is written: "DB.rebuild" for a directory, "STUB.a" or "STUB.b" (the one
 * that is not in use) for a stub file. NULL without memory. */
char *rebuild_path(const char *path);
/* Removes a database directory that rebuild_path() named; true if it is gone or never was. */
bool rebuild_remove(const char *path);
/* Puts the successor in the place of the index, in one step where the system can. Complains; false on failure. */
bool rebuild_swap(const char *path, const char *successor);

#endif
