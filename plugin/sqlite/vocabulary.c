/*
 * The words of a table, for the planner: its learned models look for spellings among the stems.
 *
 * They are read through fts5vocab, whose cursors are too slow for the planner's many short steps, so that they are kept
 * in memory, sorted as they come, for the table that was asked for last. FTS5 changes its structure record (row 10 of
 * the %_data table) whenever it writes to the index; as long as that is the same, so are the words.
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <string.h>

SQLITE_EXTENSION_INIT3

struct aln_sqlite_words {
    char *table; /* schema.name */
    void *structure;
    size_t structure_len;
    char *marks;     /* of the versions that made it, with commas between */
    int are_texts;   /* its rows are longer than names in a list */
    int loaded;      /* what follows was read */
    char *languages; /* kk,ru,en: of its texts */
    char *bytes;
    size_t byte_count, byte_room;
    struct entry {
        size_t at;
        uint32_t len, freq;
    } * entries;
    size_t count, room;
    size_t cursor, end;
};

void aln_sqlite_words_free(aln_sqlite_words *words)
{
    if (!words)
        return;
    sqlite3_free(words->table);
    sqlite3_free(words->structure);
    sqlite3_free(words->marks);
    sqlite3_free(words->languages);
    sqlite3_free(words->bytes);
    sqlite3_free(words->entries);
    sqlite3_free(words);
}

/* A statement over the table's vocabulary, which is made in the temporary schema when it is not there. */
static int prepare(sqlite3 *db, const aln_sqlite_table *table, const char *rest, sqlite3_stmt **out, char **message)
{
    char *name = sqlite3_mprintf("allonym_vocabulary:%s.%s", table->schema, table->name);
    char *sql = name ? sqlite3_mprintf("SELECT term, doc FROM temp.\"%w\" %s", name, rest) : NULL;
    char *make =
        name ? sqlite3_mprintf("CREATE VIRTUAL TABLE IF NOT EXISTS temp.\"%w\" USING fts5vocab(\"%w\", \"%w\", row)",
                               name, table->schema, table->name)
             : NULL;
    int rc = sql && make ? sqlite3_prepare_v2(db, sql, -1, out, NULL) : SQLITE_NOMEM;
    if (rc == SQLITE_ERROR) {
        rc = sqlite3_exec(db, make, NULL, NULL, NULL);
        if (!rc)
            rc = sqlite3_prepare_v2(db, sql, -1, out, NULL);
        if (rc)
            *message = sqlite3_mprintf("allonym: the words of %s cannot be read: %s", table->name, sqlite3_errmsg(db));
    }
    sqlite3_free(name);
    sqlite3_free(sql);
    sqlite3_free(make);
    return rc;
}

/* Rows of the %_data table that are no pages of the index: fts5_index.c, "FTS5 table data". */
enum { AVERAGES = 1, STRUCTURE = 10 };

/* Reads one of them; after a cursor was opened, which writes what is still in memory. */
static int read_record(sqlite3 *db, const aln_sqlite_table *table, int id, void **out, size_t *len)
{
    sqlite3_stmt *s = NULL;
    char *sql = sqlite3_mprintf("SELECT block FROM \"%w\".\"%w_data\" WHERE id = %d", table->schema, table->name, id);
    int rc = sql ? sqlite3_prepare_v2(db, sql, -1, &s, NULL) : SQLITE_NOMEM;
    *out = NULL;
    *len = 0;
    if (!rc && sqlite3_step(s) == SQLITE_ROW) {
        *len = (size_t)sqlite3_column_bytes(s, 0);
        *out = sqlite3_malloc64(*len + 1);
        if (*out && *len)
            memcpy(*out, sqlite3_column_blob(s, 0), *len);
        else if (!*out)
            rc = SQLITE_NOMEM;
    }
    sqlite3_finalize(s);
    sqlite3_free(sql);
    return rc;
}

/* A number as FTS5 writes it: seven bits a byte, the first one first, all but the last with the eighth bit. (Its ninth
 * byte would have eight, for numbers that no table comes to.) 0 past the end. */
static uint64_t read_number(const unsigned char *bytes, size_t len, size_t *at)
{
    uint64_t number = 0;
    while (*at < len) {
        unsigned char byte = bytes[(*at)++];
        number = number << 7 | (byte & 0x7F);
        if (byte < 0x80)
            return number;
    }
    return 0;
}

/* Words of a row that is a text: names in a list are shorter, news is longer. */
#define WORDS_OF_TEXT 20

/* The record of averages has the number of rows, and of words in each column. */
static int read_length(sqlite3 *db, const aln_sqlite_table *table, int *are_texts)
{
    void *bytes = NULL;
    size_t len = 0, at = 0;
    int rc = read_record(db, table, AVERAGES, &bytes, &len);
    if (!rc) {
        uint64_t rows = read_number(bytes, len, &at), words = 0;
        while (at < len)
            words += read_number(bytes, len, &at);
        *are_texts = rows && words / rows >= WORDS_OF_TEXT;
    }
    sqlite3_free(bytes);
    return rc;
}

static int add(aln_sqlite_words *w, const char *text, size_t len, uint32_t freq)
{
    if (w->count == w->room) {
        size_t room = w->room ? 2 * w->room : 1024;
        void *fresh = sqlite3_realloc64(w->entries, room * sizeof *w->entries);
        if (!fresh)
            return SQLITE_NOMEM;
        w->entries = fresh;
        w->room = room;
    }
    if (w->byte_count + len > w->byte_room) {
        size_t room = 2 * (w->byte_room + len) + 8192;
        void *fresh = sqlite3_realloc64(w->bytes, room);
        if (!fresh)
            return SQLITE_NOMEM;
        w->bytes = fresh;
        w->byte_room = room;
    }
    memcpy(w->bytes + w->byte_count, text, len);
    w->entries[w->count].at = w->byte_count;
    w->entries[w->count].len = (uint32_t)len;
    w->entries[w->count++].freq = freq;
    w->byte_count += len;
    return SQLITE_OK;
}

static int load(aln_sqlite_words *w, sqlite3 *db, const aln_sqlite_table *table, char **message)
{
    sqlite3_stmt *s = NULL;
    size_t skip = strlen(aln_sqlite_prefix[ALN_TERM_STEM]);
    /* stems only: all begin with Z, and no word begins with a capital */
    int rc = prepare(db, table, "WHERE term >= 'Z' AND term < '['", &s, message);
    while (!rc && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        size_t len = (size_t)sqlite3_column_bytes(s, 0);
        rc = len < skip ? SQLITE_OK : add(w, text + skip, len - skip, (uint32_t)sqlite3_column_int64(s, 1));
    }
    sqlite3_finalize(s);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int compare(const aln_sqlite_words *w, size_t i, const char *text, size_t len)
{
    size_t n = w->entries[i].len;
    int c = memcmp(w->bytes + w->entries[i].at, text, n < len ? n : len);
    return c ? c : n < len ? -1 : n > len;
}

static int present(const aln_sqlite_words *w, const char **term, size_t *len, uint32_t *freq)
{
    *term = NULL;
    *len = 0;
    if (w->cursor < w->end) {
        *term = w->bytes + w->entries[w->cursor].at;
        *len = w->entries[w->cursor].len;
        if (freq)
            *freq = w->entries[w->cursor].freq;
    }
    return 0;
}

static int seek(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len,
                uint32_t *freq)
{
    aln_sqlite_words *w = ctx;
    size_t low = 0, high = w->count;
    w->end = kind == ALN_TERM_STEM ? w->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(w, middle, text, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    w->cursor = low;
    return present(w, term, term_len, freq);
}

static int next(void *ctx, const char **term, size_t *len, uint32_t *freq)
{
    aln_sqlite_words *w = ctx;
    w->cursor++;
    return present(w, term, len, freq);
}

/* The table's own, made anew when the index is another than the last time; its words are not read yet. */
static int open_words(aln_sqlite *state, const aln_sqlite_table *table, aln_sqlite_words **out, char **message)
{
    sqlite3_stmt *s = NULL;
    void *structure = NULL;
    size_t len = 0;
    char *name = sqlite3_mprintf("%s.%s", table->schema, table->name);
    int rc = name ? prepare(state->db, table, "WHERE term = 'Z'", &s, message) : SQLITE_NOMEM;
    if (!rc) {
        sqlite3_step(s); /* what is pending is written now */
        rc = sqlite3_finalize(s);
    }
    if (!rc)
        rc = read_record(state->db, table, STRUCTURE, &structure, &len);
    aln_sqlite_words *w = state->words;
    if (!rc &&
        !(w && strcmp(w->table, name) == 0 && w->structure_len == len && memcmp(w->structure, structure, len) == 0)) {
        aln_sqlite_words_free(w);
        state->words = w = sqlite3_malloc64(sizeof *w);
        if (w) {
            memset(w, 0, sizeof *w);
            w->table = name;
            w->structure = structure;
            w->structure_len = len;
            name = NULL;
            structure = NULL;
            rc = read_length(state->db, table, &w->are_texts);
            if (!rc)
                rc = aln_sqlite_marks(state->db, table, ALN_SQLITE_MARK, 0, &w->marks, message);
        } else {
            rc = SQLITE_NOMEM;
        }
        if (rc) {
            aln_sqlite_words_free(w);
            state->words = NULL;
        }
    }
    sqlite3_free(structure);
    sqlite3_free(name);
    *out = w;
    return rc;
}

int aln_sqlite_made_by(aln_sqlite *state, const aln_sqlite_table *table, const char **marks, char **message)
{
    aln_sqlite_words *w = NULL;
    int rc = open_words(state, table, &w, message);
    *marks = rc ? NULL : w->marks;
    return rc;
}

int aln_sqlite_vocabulary(aln_sqlite *state, const aln_sqlite_table *table, aln_vocabulary *out, char **message)
{
    aln_sqlite_words *w = NULL;
    int rc = open_words(state, table, &w, message);
    if (!rc && !w->loaded) {
        rc = load(w, state->db, table, message);
        if (!rc) /* one text in 250 is a language; fewer are short texts that were taken for it */
            rc = aln_sqlite_marks(state->db, table, ALN_SQLITE_LANGUAGE, 250, &w->languages, message);
        w->loaded = !rc;
        if (rc) {
            aln_sqlite_words_free(w);
            state->words = NULL;
        }
    }
    if (rc)
        return rc;
    out->ctx = w;
    out->seek = seek;
    out->next = next;
    out->skip = NULL;
    out->part = NULL;
    return SQLITE_OK;
}

int aln_sqlite_marks(sqlite3 *db, const aln_sqlite_table *table, const char *prefix, int one_of, char **out,
                     char **message)
{
    sqlite3_stmt *s = NULL;
    char *list = sqlite3_mprintf("");
    char *where = sqlite3_mprintf("WHERE term > %Q AND term < '%s~' ORDER BY doc DESC", prefix, prefix);
    sqlite3_int64 most = 0;
    int rc = list && where ? prepare(db, table, where, &s, message) : SQLITE_NOMEM;
    while (!rc && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *what = (const char *)sqlite3_column_text(s, 0) + strlen(prefix);
        sqlite3_int64 texts = sqlite3_column_int64(s, 1);
        rc = SQLITE_OK;
        if (strncmp(what, "und", 3) == 0) /* no language was told */
            continue;
        most = texts > most ? texts : most;
        if (one_of && texts * one_of < most)
            continue;
        char *longer = sqlite3_mprintf("%s%s%s", list, *list ? "," : "", what);
        sqlite3_free(list);
        list = longer;
        rc = list ? SQLITE_OK : SQLITE_NOMEM;
    }
    sqlite3_finalize(s);
    sqlite3_free(where);
    *out = list;
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

const char *aln_sqlite_languages(const aln_vocabulary *vocabulary)
{
    return ((const aln_sqlite_words *)vocabulary->ctx)->languages;
}

int aln_sqlite_are_texts(const aln_vocabulary *vocabulary)
{
    return ((const aln_sqlite_words *)vocabulary->ctx)->are_texts;
}
