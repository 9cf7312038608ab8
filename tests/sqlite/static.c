/*
 * The extension linked statically: every connection has it by sqlite3_auto_extension(), with FTS5 of libsqlite3.
 * Also what a loaded module cannot be tried for: running out of memory at each allocation of SQLite's.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/sqlite.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

/* The first column of all rows, joined by commas; or "error". */
static void query(sqlite3 *db, const char *sql, char *out, size_t cap)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    out[0] = 0;
    while (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        size_t n = strlen(out);
        const char *text = (const char *)sqlite3_column_text(s, 0);
        snprintf(out + n, cap - n, "%s%s", n ? "," : "", text ? text : "NULL");
        rc = SQLITE_OK;
    }
    if (rc != SQLITE_DONE)
        snprintf(out, cap, "error");
    sqlite3_finalize(s);
}

static void expect(sqlite3 *db, const char *sql, const char *wanted)
{
    char got[1024];
    query(db, sql, got, sizeof got);
    if (strcmp(got, wanted) == 0)
        return;
    printf("%s\n  wanted %s\n  got    %s (%s)\n", sql, wanted, got, sqlite3_errmsg(db));
    failures++;
}

/* SQLite's allocator, which fails at the n-th request. */
static sqlite3_mem_methods real;
static long until_failure;

static int fails(void)
{
    return until_failure && --until_failure == 0;
}

static void *faulty_malloc(int n)
{
    return fails() ? NULL : real.xMalloc(n);
}

static void *faulty_realloc(void *p, int n)
{
    return fails() ? NULL : real.xRealloc(p, n);
}

static sqlite3 *filled(void)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        return db;
    sqlite3_exec(db,
                 "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'allonym lang kk ru en');"
                 "INSERT INTO t VALUES ('Тоқаев Астанада'), ('President Tokaev in Nur-Sultan'), ('Снег');",
                 NULL, NULL, NULL);
    return db;
}

/* Nothing may crash or leak, and what is told is either right or an error. Failures come one at a time. */
static void without_memory(void)
{
    static const char *const statements[] = {
        "SELECT rowid FROM t WHERE t MATCH 'Tokayev' ORDER BY rowid",
        "SELECT rowid FROM t WHERE t MATCH allonym_expand('t', 'Tokayev') ORDER BY rowid",
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        long n = 1;
        for (;; n += n < 200 ? 1 : 13) {
            char got[256];
            sqlite3 *db = filled();
            until_failure = n;
            query(db, statements[i], got, sizeof got);
            int reached = until_failure == 0;
            until_failure = 0;
            sqlite3_close(db);
            if (strcmp(got, "1,2") != 0 && strcmp(got, "error") != 0) {
                printf("allocation %ld of \"%s\": %s\n", n, statements[i], got);
                failures++;
            }
            if (!reached)
                break;
        }
        if (n < 10) {
            printf("only %ld allocations were tried\n", n);
            failures++;
        }
    }
}

int main(void)
{
    sqlite3 *db, *second;
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
    sqlite3_mem_methods faulty = real;
    faulty.xMalloc = faulty_malloc;
    faulty.xRealloc = faulty_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
    sqlite3_auto_extension((void (*)(void))sqlite3_allonymsqlite_init);
    db = filled();
    second = filled();
    expect(db, "SELECT rowid FROM t WHERE t MATCH 'Tokajew' ORDER BY rowid", "1,2");
    expect(db, "SELECT rowid FROM t WHERE t MATCH allonym_expand('t', 'Tokajew') ORDER BY rowid", "1,2");
    expect(db, "SELECT highlight(t, 0, '<', '>') FROM t WHERE t MATCH 'Токаев' AND rowid = 2",
           "President <Tokaev> in Nur-Sultan");
    sqlite3_close(db);
    expect(second, "SELECT rowid FROM t WHERE t MATCH '\"nur sultan\"' ORDER BY rowid", "1,2");
    expect(second, "SELECT length(allonym_version()) > 0", "1");
    expect(second, "SELECT substr(allonym_check('t'), 1, 3)", "ok ");
    expect(second, "SELECT group_concat(allonym_explain('t', 'Tokayev', a)) IS NOT NULL FROM t", "1");
    sqlite3_close(second);
    without_memory();
    printf("%s\n", failures ? "FAILED" : "ok");
    return failures != 0;
}
