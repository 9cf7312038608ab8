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

static int is_key(const char *word)
{
    return strcmp(word, "lang") == 0 || strcmp(word, "names") == 0 || strcmp(word, "fingerprint") == 0;
}

/* Appends languages written kk_ru, kk+ru, kk,ru or kk; the analyzer wants commas. FTS5's bare words have of these the
 * underscore only, which belongs to a tag where a capital follows: sr_Latn. 0 = done. */
static int add_languages(aln_sqlite_options *out, const char *value)
{
    size_t used = strlen(out->languages), n = strlen(value);
    if (!n || used + n + 2 > sizeof out->languages)
        return 1;
    if (used)
        out->languages[used++] = ',';
    for (size_t k = 0; k <= n; k++)
        out->languages[used + k] =
            value[k] == '+' || (value[k] == '_' && (value[k + 1] < 'A' || value[k + 1] > 'Z')) ? ',' : value[k];
    return 0;
}

int aln_sqlite_read_options(const char *const *words, int count, aln_sqlite_options *out)
{
    static const aln_options defaults = ALN_OPTIONS_INIT;
    memset(out, 0, sizeof *out);
    out->analyzer = defaults;
    for (int i = 0; i < count; i++) {
        const char *key = words[i];
        if (i + 1 == count || !is_key(key))
            return wrong(out, key);
        const char *value = words[++i];
        if (key[0] == 'l') {
            if (out->analyzer.languages)
                return wrong(out, key);
            out->analyzer.languages = out->languages;
            if (add_languages(out, value))
                return wrong(out, value);
            while (i + 1 < count && !is_key(words[i + 1]))
                if (add_languages(out, words[++i]))
                    return wrong(out, words[i]);
        } else if (key[0] == 'f') {
            out->fingerprint = value;
        } else if (strcmp(value, "on") == 0 || strcmp(value, "all") == 0) {
            out->analyzer.names = ALN_NAMES_ALL;
        } else if (strcmp(value, "current") == 0) {
            out->analyzer.names = ALN_NAMES_CURRENT;
        } else if (strcmp(value, "off") == 0) {
            out->analyzer.names = ALN_NAMES_OFF;
        } else {
            return wrong(out, value);
        }
    }
    return SQLITE_OK;
}

/* Raised when this plugin changes what it stores of the same terms. */
#define TERMS_VERSION 3u

void aln_sqlite_mark(const aln_analyzer *analyzer, char mark[ALN_SQLITE_MARK_BYTES])
{
    uint32_t h = 2166136261u ^ TERMS_VERSION; /* FNV-1a */
    for (const char *f = aln_analyzer_fingerprint(analyzer); *f; f++)
        h = (h ^ (unsigned char)*f) * 16777619u;
    snprintf(mark, ALN_SQLITE_MARK_BYTES, "%s_%08X", aln_version(), (unsigned)h);
    for (char *c = mark; *c; c++) /* FTS5 takes it without quotes then */
        if (*c == '.')
            *c = '_';
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
