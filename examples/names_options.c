/*
 * Which names of the gazetteer count, and the opening of an index with them.
 *
 * An index keeps what it was made with, so that no later run has to say it again: a line of words ("all", and
 * "as-of=2020"), and a line for each file of the user's, with its absolute path. Whether a file still says the same is
 * for the fingerprint to tell.
 *
 * SPDX-License-Identifier: MIT
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *names_text(aln_names names)
{
    switch (names) {
    case ALN_NAMES_CURRENT:
        return "current";
    case ALN_NAMES_OFF:
        return "off";
    default:
        return "all";
    }
}

static bool parse_names(const char *text, size_t len, aln_names *names)
{
    for (int n = ALN_NAMES_ALL; n <= ALN_NAMES_OFF; n++) {
        const char *word = names_text((aln_names)n);
        if (strlen(word) == len && memcmp(text, word, len) == 0) {
            *names = (aln_names)n;
            return true;
        }
    }
    return false;
}

bool read_names(const char *text, name_options *names)
{
    if (parse_names(text, strlen(text), &names->names)) {
        names->names_given = true;
        return true;
    }
    char *path = realpath(text, NULL);
    if (!path) {
        complain("--names is all, current, off or a file, not %s: %s", text, strerror(errno));
        return false;
    }
    if (names->file_count == NAMES_FILES) {
        complain("--names: more than %d files", NAMES_FILES);
        free(path);
        return false;
    }
    names->files[names->file_count++] = path;
    return true;
}

bool read_as_of(const char *text, name_options *names)
{
    char digits[9];
    uint32_t year = 0;
    bool good = parse_date(text, digits);
    digits[4] = '\0'; /* names have years */
    if (!good || !parse_number(digits, 9999, &year) || !year) {
        complain("--as-of is YYYY, YYYY-MM or YYYY-MM-DD, not %s", text);
        return false;
    }
    names->as_of = (int16_t)year;
    names->as_of_given = true;
    return true;
}

bool names_are_given(const name_options *names)
{
    return names->names_given || names->as_of_given || names->file_count > 0;
}

void free_names(name_options *names)
{
    while (names->file_count)
        free(names->files[--names->file_count]);
}

char *describe_names(const name_options *names)
{
    size_t size = 64;
    for (size_t i = 0; i < names->file_count; i++)
        size += strlen(names->files[i]) + 1;
    char *out = malloc(size), *end = out;
    if (!out)
        return NULL;
    end += sprintf(end, "%s", names_text(names->names));
    if (names->as_of)
        end += sprintf(end, " as-of=%d", names->as_of);
    for (size_t i = 0; i < names->file_count; i++)
        end += sprintf(end, "\n%s", names->files[i]);
    return out;
}

bool take_names(const char *kept, name_options *names)
{
    static const char year[] = " as-of=";
    size_t line = strcspn(kept, "\n"), word = strcspn(kept, " \n");
    if (!names->names_given && !parse_names(kept, word, &names->names))
        return true; /* none of ours */
    if (!names->as_of_given && strncmp(kept + word, year, sizeof year - 1) == 0)
        names->as_of = (int16_t)strtol(kept + word + sizeof year - 1, NULL, 10);
    if (names->file_count)
        return true;
    while (kept[line] && names->file_count < NAMES_FILES) {
        kept += line + 1;
        line = strcspn(kept, "\n");
        char *path = malloc(line + 1);
        if (!path)
            return false;
        memcpy(path, kept, line);
        path[line] = '\0';
        names->files[names->file_count++] = path;
    }
    return true;
}

aln_analyzer *make_analyzer(const name_options *names)
{
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    aln_options options = ALN_OPTIONS_INIT;
    aln_error err = {ALN_OK, 0, ""};
    options.names = names->names;
    options.as_of = names->as_of;
    aln_status status =
        aln_lexicon_open_files(NULL, (const char *const *)names->files, names->file_count, &lexicon, &err);
    if (status == ALN_OK)
        status = aln_analyzer_new(lexicon, &options, &analyzer, &err);
    if (status != ALN_OK) { /* a bad line's message begins with FILE:LINE */
        complain("%s", *err.message ? err.message : aln_strerror(status));
    }
    aln_lexicon_unref(lexicon);
    return analyzer;
}

/* The names to open an index with: those that it keeps where nothing else is given. DONE, or an exit status. */
static int settle(aln_xapian *db, const char *path, name_options *names, bool fixed)
{
    aln_error err = {ALN_OK, 0, ""};
    const char *kept;
    size_t len;
    aln_xapian_counts counts;
    aln_status status = aln_xapian_get_metadata(db, NAMES_KEY, &kept, &len, &err);
    if (status == ALN_OK && len) {
        name_options indexed = {.names = ALN_NAMES_ALL};
        char *copy = malloc(len + 1); /* the next metadata read takes kept's place */
        if (!copy || !take_names(memcpy(copy, kept, len + 1), &indexed)) {
            complain("out of memory");
            free(copy);
            free_names(&indexed);
            return FAILED;
        }
        status = aln_xapian_count(db, &counts, &err);
        if (status == ALN_OK && fixed && counts.documents) {
            char *asked = describe_names(names);
            int same = asked && strcmp(asked, copy) == 0;
            if (!same && asked) {
                for (char *p = asked; *p; p++)
                    *p = *p == '\n' ? ' ' : *p;
                for (char *p = copy; *p; p++)
                    *p = *p == '\n' ? ' ' : *p;
                complain_at(path, 0, "indexed with --names %s; --names %s needs --rebuild", copy, asked);
            }
            free(asked);
            free(copy);
            free_names(&indexed);
            return same ? DONE : FAILED;
        }
        if (!fixed) {
            if (!indexed.file_count || !names->file_count) {
                free_names(names);
                memcpy(names->files, indexed.files, sizeof indexed.files);
                names->file_count = indexed.file_count;
                indexed.file_count = 0;
            }
            names->names = indexed.names;
            names->as_of = indexed.as_of;
        }
        free(copy);
        free_names(&indexed);
    }
    if (status != ALN_OK) {
        complain_engine(path, &err, status);
        return exit_of(status);
    }
    return DONE;
}

int open_index(const char *path, aln_xapian_mode mode, name_options *names, bool fixed, aln_xapian **db,
               aln_analyzer **analyzer)
{
    aln_error err = {ALN_OK, 0, ""};
    const char *kept;
    size_t len;
    *analyzer = NULL;
    aln_status status = aln_xapian_open(path, mode, NULL, db, &err);
    if (status != ALN_OK) {
        complain_engine(path, &err, status);
        *db = NULL;
        return exit_of(status);
    }
    int result = settle(*db, path, names, fixed);
    if (result == DONE && !(*analyzer = make_analyzer(names)))
        result = FAILED;
    if (result == DONE) {
        status = aln_xapian_check_fingerprint(*db, aln_analyzer_fingerprint(*analyzer), &err);
        if (status == ALN_EMISMATCH && aln_xapian_shards(*db) < 2 &&
            aln_xapian_get_metadata(*db, ALN_XAPIAN_FINGERPRINT, &kept, &len, NULL) == ALN_OK && len)
            complain_at(path, 0, "the index has the fingerprint \"%s\", this program \"%s\"", kept,
                        aln_analyzer_fingerprint(*analyzer));
        else if (status != ALN_OK)
            complain_engine(path, &err, status);
        if (status == ALN_EMISMATCH)
            fprintf(stderr,
                    "'allonym index --rebuild %s' writes it anew from its own documents; 'allonym index NEW --from-db "
                    "%s' leaves it.\n",
                    path, path);
        if (status != ALN_OK)
            result = exit_of(status);
    }
    if (result != DONE) {
        aln_analyzer_free(*analyzer);
        aln_xapian_close(*db);
        *analyzer = NULL;
        *db = NULL;
    }
    return result;
}
