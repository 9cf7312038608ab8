/*
 * What a table of FTS5 says about itself: the arguments of its tokenizer, its columns, whether it has positions.
 *
 * FTS5 has no function that tells; the definition in sqlite_schema does. Columns come from pragma_table_info, and
 * whether phrases can be searched is found by trying one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <string.h>

SQLITE_EXTENSION_INIT3

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Copies a quoted or bare word of SQL without its quotes; *at moves behind it. */
static size_t unquote(const char **at, char *out)
{
    const char *s = *at;
    size_t n = 0;
    char quote = *s == '[' ? ']' : *s;
    if (quote == '\'' || quote == '"' || quote == '`' || quote == ']') {
        for (s++; *s; s++) {
            if (*s == quote && *++s != quote)
                break;
            out[n++] = *s;
        }
    } else {
        while (*s && !is_space(*s) && *s != ',' && *s != ')')
            out[n++] = *s++;
    }
    out[n] = 0;
    *at = s;
    return n;
}

/* The value of the option "tokenize" in a definition, without its quotes; 0 = there is none. */
static int find_tokenize(const char *sql, char *out)
{
    for (const char *s = sql; *s;) {
        if (*s == '\'' || *s == '"' || *s == '`' || *s == '[') { /* a column may have any name */
            unquote(&s, out);
        } else if (sqlite3_strnicmp(s, "tokenize", 8) == 0) {
            for (s += 8; is_space(*s); s++)
                ;
            if (*s == '=') {
                for (s++; is_space(*s); s++)
                    ;
                unquote(&s, out);
                return 1;
            }
        } else {
            s++;
        }
    }
    return 0;
}

/* Splits the tokenizer's arguments behind our name. A tokenizer may wrap ours: porter allonym. 0 = not ours. */
static int split(aln_sqlite_table *table)
{
    char *at = table->arguments;
    int ours = 0;
    while (*at) {
        while (is_space(*at))
            at++;
        if (!*at)
            break;
        char *word = at;
        if (*at == '\'' || *at == '"') {
            const char *s = at;
            unquote(&s, word); /* never longer than what it replaces */
            at += s - at;
        } else {
            while (*at && !is_space(*at))
                at++;
            if (*at)
                *at++ = 0;
        }
        if (ours && table->word_count < (int)(sizeof table->words / sizeof *table->words))
            table->words[table->word_count++] = word;
        ours |= sqlite3_stricmp(word, ALN_SQLITE_TOKENIZER) == 0;
    }
    return ours;
}

static int read_definition(sqlite3 *db, const char *schema, const char *name, aln_sqlite_table *table)
{
    sqlite3_stmt *s = NULL;
    char *sql = sqlite3_mprintf(
        "SELECT name, sql FROM \"%w\".sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE", schema);
    if (!sql)
        return SQLITE_NOMEM;
    int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    sqlite3_free(sql);
    if (rc)
        return rc;
    sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
    rc = sqlite3_step(s);
    if (rc == SQLITE_ROW) {
        table->schema = sqlite3_mprintf("%s", schema);
        table->name = sqlite3_mprintf("%s", (const char *)sqlite3_column_text(s, 0));
        table->sql = sqlite3_mprintf("%s", sqlite3_column_text(s, 1) ? (const char *)sqlite3_column_text(s, 1) : "");
        rc = table->schema && table->name && table->sql ? SQLITE_OK : SQLITE_NOMEM;
    } else if (rc == SQLITE_DONE) {
        rc = SQLITE_NOTFOUND;
    }
    sqlite3_finalize(s);
    return rc;
}

/* Looks for a name in the schemas, in the order in which SQLite does. */
static int find(sqlite3 *db, const char *name, aln_sqlite_table *table)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(
        db, "SELECT name FROM pragma_database_list ORDER BY name = 'temp' DESC, name = 'main' DESC, seq", -1, &s, NULL);
    int found = SQLITE_NOTFOUND;
    while (!rc && found == SQLITE_NOTFOUND && sqlite3_step(s) == SQLITE_ROW) {
        const char *schema = (const char *)sqlite3_column_text(s, 0);
        size_t n = schema ? strlen(schema) : 0;
        if (!schema)
            continue;
        found = read_definition(db, schema, name, table);
        if (found == SQLITE_NOTFOUND && sqlite3_strnicmp(name, schema, (int)n) == 0 && name[n] == '.')
            found = read_definition(db, schema, name + n + 1, table);
    }
    sqlite3_finalize(s);
    return rc ? rc : found;
}

static int read_columns(sqlite3 *db, aln_sqlite_table *table)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db, "SELECT name FROM pragma_table_info(?1, ?2)", -1, &s, NULL);
    if (rc)
        return rc;
    sqlite3_bind_text(s, 1, table->name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(s, 2, table->schema, -1, SQLITE_TRANSIENT);
    while (!rc && sqlite3_step(s) == SQLITE_ROW) {
        char **grown = sqlite3_realloc64(table->columns, (size_t)(table->column_count + 1) * sizeof *grown);
        char *name = sqlite3_mprintf("%s", (const char *)sqlite3_column_text(s, 0));
        if (grown)
            table->columns = grown;
        if (!grown || !name) {
            sqlite3_free(name);
            rc = SQLITE_NOMEM;
            break;
        }
        table->columns[table->column_count++] = name;
    }
    sqlite3_finalize(s);
    return rc;
}

/* A phrase of terms that no index has: FTS5 refuses it where there are no positions. */
static int has_positions(sqlite3 *db, const aln_sqlite_table *table)
{
    sqlite3_stmt *s = NULL;
    char *sql = sqlite3_mprintf("SELECT rowid FROM \"%w\".\"%w\" WHERE \"%w\" MATCH '\"==XX1\" + \"==XX2\"'",
                                table->schema, table->name, table->name);
    int rc = sql ? sqlite3_prepare_v2(db, sql, -1, &s, NULL) : SQLITE_NOMEM;
    if (!rc)
        rc = sqlite3_step(s);
    sqlite3_finalize(s);
    sqlite3_free(sql);
    return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

int aln_sqlite_table_open(sqlite3 *db, const char *name, aln_sqlite_table *table, char **message)
{
    memset(table, 0, sizeof *table);
    *message = NULL;
    int rc = find(db, name, table);
    if (rc == SQLITE_NOTFOUND) {
        *message = sqlite3_mprintf("allonym: no such table: %s", name);
        rc = SQLITE_ERROR;
    }
    if (!rc && !(table->arguments = sqlite3_malloc64(strlen(table->sql) + 1)))
        rc = SQLITE_NOMEM;
    if (!rc && (!find_tokenize(table->sql, table->arguments) || !split(table))) {
        *message = sqlite3_mprintf("allonym: %s is no table of FTS5 whose tokenizer is %s", name, ALN_SQLITE_TOKENIZER);
        rc = SQLITE_ERROR;
    }
    if (!rc && aln_sqlite_read_options(table->words, table->word_count, &table->options)) {
        *message = sqlite3_mprintf("allonym: %s: \"%s\" is no option of the tokenizer", name, table->options.wrong);
        rc = SQLITE_ERROR;
    }
    if (!rc)
        rc = read_columns(db, table);
    if (!rc)
        table->positions = has_positions(db, table);
    if (rc)
        aln_sqlite_table_free(table);
    return rc;
}

void aln_sqlite_table_free(aln_sqlite_table *table)
{
    for (int i = 0; i < table->column_count; i++)
        sqlite3_free(table->columns[i]);
    sqlite3_free(table->columns);
    sqlite3_free(table->schema);
    sqlite3_free(table->name);
    sqlite3_free(table->sql);
    sqlite3_free(table->arguments);
    memset(table, 0, sizeof *table);
}
