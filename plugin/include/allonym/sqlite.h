/**
 * @file sqlite.h
 * @brief The extension for SQLite FTS5, linked statically.
 *
 * A program that links liballonym_sqlite.a calls, before it opens a connection:
 *
 *     sqlite3_auto_extension((void (*)(void))sqlite3_allonymsqlite_init);
 *
 * and every connection then has the tokenizer "allonym" and the functions that docs/sqlite.md describes. The loadable
 * module allonym_sqlite.so exports the same function, which SQLite calls by itself. SQLite must have FTS5.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_SQLITE_H
#define ALLONYM_SQLITE_H

#include <allonym/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3;
struct sqlite3_api_routines;

/**
 * Registers the tokenizer and the functions with one connection; they live as long as it does.
 * Thread rule: that of the connection. Any number of connections may share the process; the gazetteer is shared by all.
 * @param[out] message  set on failure, in memory of sqlite3_malloc(); may be NULL.
 * @param api           SQLite's functions for a loaded module; NULL when linked statically.
 * @return SQLITE_OK, SQLITE_NOMEM, SQLITE_ERROR (SQLite has no FTS5).
 * @since 0.1.0
 */
ALN_API int sqlite3_allonymsqlite_init(struct sqlite3 *db, char **message, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif
#endif
