/*
 * SQLite 3.47 and newer tell a tokenizer the locale of a text: the extension, and an SQLite of its own, in one program.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/sqlite.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int failures;

/* Runs statements; the first columns of all rows, joined by commas, have to be these. */
static void expect(sqlite3 *db, const char *sql, const char *wanted)
{
    char got[1024] = "";
    for (const char *rest = sql; *rest;) {
        sqlite3_stmt *s = NULL;
        int rc = sqlite3_prepare_v2(db, rest, -1, &s, &rest);
        while (rc == SQLITE_OK && s && (rc = sqlite3_step(s)) == SQLITE_ROW) {
            size_t n = strlen(got);
            const char *text = (const char *)sqlite3_column_text(s, 0);
            snprintf(got + n, sizeof got - n, "%s%s", n ? "," : "", text ? text : "NULL");
            rc = SQLITE_OK;
        }
        if (rc != SQLITE_OK && rc != SQLITE_DONE) {
            snprintf(got, sizeof got, "error: %s", sqlite3_errmsg(db));
            rest = "";
        }
        sqlite3_finalize(s);
    }
    if (strcmp(got, wanted) == 0)
        return;
    printf("%s\n  wanted %s\n  got    %s\n", sql, wanted, got);
    failures++;
}

int main(void)
{
    sqlite3 *db = NULL;
    sqlite3_auto_extension((void (*)(void))sqlite3_allonymsqlite_init);
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        return 1;
    printf("SQLite %s\n", sqlite3_libversion());
    expect(
        db,
        "CREATE VIRTUAL TABLE t USING fts5(a, locale = 1, tokenize = 'allonym');"
        "CREATE VIRTUAL TABLE v USING fts5vocab(t, row);"
        "INSERT INTO t VALUES (fts5_locale('kk_KZ', 'жапырақтардың')), (fts5_locale('ru', 'тетрадями')), ('тетрадями'),"
        "    (fts5_locale('xx', 'Снег')), (fts5_locale('sr-Latn', 'sveskama'));",
        "");
    /* a short text does not tell its language; the locale does, by its language alone */
    expect(db, "SELECT term FROM v WHERE term GLOB 'XL*'", "XLkk,XLru,XLsr-Latn,XLund-Cyrl");
    expect(db, "SELECT doc FROM v WHERE term = 'XLund-Cyrl'", "2");
    expect(db, "SELECT doc FROM v WHERE term = 'Zжапырақ'", "1");
    expect(db, "SELECT rowid FROM t WHERE t MATCH 'жапырақ'", "1");
    /* a query has one, too */
    expect(db, "SELECT rowid FROM t WHERE t MATCH fts5_locale('ru', 'тетрадь') ORDER BY rowid", "2,3");
    expect(db, "SELECT rowid FROM t WHERE t MATCH fts5_locale('xx', 'тетрадь') ORDER BY rowid", "2,3");
    expect(db, "SELECT highlight(t, 0, '<', '>') FROM t WHERE t MATCH fts5_locale('kk', 'жапыраққа')",
           "<жапырақтардың>");
    expect(db, "SELECT rowid FROM t WHERE t MATCH allonym_expand('t', 'жапыраққа')", "1");
    /* what is taken out again is read in the same language */
    expect(db,
           "UPDATE t SET a = fts5_locale('ru', 'Снега') WHERE rowid = 1;"
           "DELETE FROM t WHERE rowid > 1;"
           "INSERT INTO t(t) VALUES ('integrity-check');"
           "SELECT rowid FROM t WHERE t MATCH 'снегом'",
           "1");
    expect(db, "SELECT substr(allonym_check('t'), 1, 3)", "ok ");
    expect(db, "INSERT INTO t(t) VALUES ('rebuild'); INSERT INTO t(t) VALUES ('integrity-check');", "");
    /* a table without locales */
    expect(db,
           "CREATE VIRTUAL TABLE plain USING fts5(a, tokenize = 'allonym lang kk_ru_sr_Latn');"
           "INSERT INTO plain VALUES ('Тоқаев Астанада'), ('President Tokaev');"
           "SELECT rowid FROM plain WHERE plain MATCH 'Tokajew' ORDER BY rowid",
           "1,2");
    sqlite3_close(db);
    printf("%s\n", failures ? "FAILED" : "ok");
    return failures != 0;
}
