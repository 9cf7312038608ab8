/*
 * The extension for SQLite FTS5: its entry point, the state of a connection, the options of a tokenizer.
 *
 * Loaded, SQLite derives the entry point from the file's name: of allonym_sqlite.so it keeps the letters.
 * Linked statically (SQLITE_CORE defined), a program gives the same function to sqlite3_auto_extension().
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <allonym/sqlite.h>
#include <stdio.h>
#include <string.h>

SQLITE_EXTENSION_INIT1

const char *const aln_sqlite_prefix[ALN_TERM_KINDS] = {"", "Z", "XN", "XE"};

void aln_sqlite_release(void *state)
{
    aln_sqlite *s = state;
    if (--s->references)
        return;
    aln_sqlite_words_free(s->words);
    aln_analyzer_free(s->analyzer);
    aln_lexicon_unref(s->lexicon);
    sqlite3_free(s->languages);
    sqlite3_free(s);
}

static int wrong(aln_sqlite_options *out, const char *word)
{
    snprintf(out->wrong, sizeof out->wrong, "%s", word);
    return SQLITE_ERROR;
}

int aln_sqlite_read_options(const char *const *words, int count, aln_sqlite_options *out)
{
    static const aln_options defaults = ALN_OPTIONS_INIT;
    memset(out, 0, sizeof *out);
    out->analyzer = defaults;
    for (int i = 0; i < count; i += 2) {
        const char *key = words[i], *value = i + 1 < count ? words[i + 1] : NULL;
        if (!value)
            return wrong(out, key);
        if (strcmp(key, "lang") == 0) {
            size_t n = strlen(value);
            if (!n || n >= sizeof out->languages || out->analyzer.languages)
                return wrong(out, value);
            for (size_t k = 0; k <= n; k++) /* a comma would end FTS5's own option */
                out->languages[k] = value[k] == '+' ? ',' : value[k];
            out->analyzer.languages = out->languages;
        } else if (strcmp(key, "names") == 0) {
            if (strcmp(value, "on") == 0 || strcmp(value, "all") == 0)
                out->analyzer.names = ALN_NAMES_ALL;
            else if (strcmp(value, "current") == 0)
                out->analyzer.names = ALN_NAMES_CURRENT;
            else if (strcmp(value, "off") == 0)
                out->analyzer.names = ALN_NAMES_OFF;
            else
                return wrong(out, value);
        } else if (strcmp(key, "fingerprint") == 0) {
            out->fingerprint = value;
        } else {
            return wrong(out, key);
        }
    }
    return SQLITE_OK;
}

void aln_sqlite_mark(const aln_analyzer *analyzer, char mark[ALN_SQLITE_MARK_BYTES])
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (const char *f = aln_analyzer_fingerprint(analyzer); *f; f++)
        h = (h ^ (unsigned char)*f) * 16777619u;
    snprintf(mark, ALN_SQLITE_MARK_BYTES, "%s-%08x", aln_version(), (unsigned)h);
}

int sqlite3_allonymsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    aln_error err = {ALN_OK, 0, ""};
    (void)api; /* not used when linked statically */
    SQLITE_EXTENSION_INIT2(api);
    aln_sqlite *state = sqlite3_malloc64(sizeof *state);
    if (!state)
        return SQLITE_NOMEM;
    memset(state, 0, sizeof *state);
    state->db = db;
    state->references = 1;
    int rc = aln_lexicon_open(NULL, NULL, &state->lexicon, &err) == ALN_OK ? SQLITE_OK : SQLITE_ERROR;
    if (rc && message)
        *message = sqlite3_mprintf("allonym: %s", err.message);
    if (!rc)
        rc = aln_sqlite_register_tokenizer(state, message);
    if (!rc)
        rc = aln_sqlite_register_functions(state);
    aln_sqlite_release(state);
    return rc;
}
