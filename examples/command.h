/*
 * What the subcommands of `allonym` share: exit statuses, messages, the analyzer with the options of an index.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_COMMAND_H
#define ALLONYM_COMMAND_H

#include <allonym/allonym.h>
#include <allonym/xapian.h>
#include <stdbool.h>
#include <stddef.h>

/* Exit statuses; docs/command.md promises them. */
enum { DONE = 0, NOTHING_FOUND = 1, BAD_INPUT = 2, FAILED = 3 };

/* Metadata key: which names of the gazetteer the documents were indexed with. */
#define NAMES_KEY "allonym.names"
/* Beginning of the metadata keys that say how far an unfinished run came in a file. */
#define RESUME_KEY "allonym.resume:"

/* Metadata key of an index in shards: how many batches of input its order of documents counts. */
#define ORDER_KEY "allonym.batches"

int command_index(int argc, char **argv);
int command_search(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_analyze(int argc, char **argv);
int command_names(int argc, char **argv);
int command_export(int argc, char **argv);
int command_stem(int argc, char **argv);
int command_check(int argc, char **argv);
int command_upgrade(int argc, char **argv);

/* "allonym: …" on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "allonym: FILE:LINE: …"; line 0 leaves the line out. */
void complain_at(const char *file, size_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A status of the database at path, in words. */
void complain_engine(const char *path, const aln_error *err, int status);
/* After a complaint about usage: says where help is, and returns BAD_INPUT. */
int usage_error(const char *command);

/* The exit status for a library's status: what the caller typed is BAD_INPUT, what the world refused is FAILED. */
int exit_of(int status);

/* Which names of the gazetteer count: what --names and --as-of say. */
#define NAMES_FILES 8
typedef struct name_options {
    aln_names names;
    int16_t as_of;            /* year; 0 = none */
    char *files[NAMES_FILES]; /* of the user's, absolute paths; owned */
    size_t file_count;
    bool names_given, as_of_given; /* rather than taken from an index */
} name_options;
#define NAME_OPTIONS_HELP                                                                                              \
    "      --names all|current|off  names of the gazetteer that count\n"                                               \
    "      --names FILE             names of your own above them, as names/README.md says; may be repeated\n"          \
    "      --as-of YEAR[-MM[-DD]]   only names that were in use in that year\n"

/* The values of --names and --as-of; complains. */
bool read_names(const char *text, name_options *names);
bool read_as_of(const char *text, name_options *names);
/* Whether any of them was given. */
bool names_are_given(const name_options *names);
void free_names(name_options *names);
const char *names_text(aln_names names);
/* As an index keeps them: a line of words, and a line a file. NULL without memory; freed by the caller. */
char *describe_names(const name_options *names);
/* Takes what an index keeps where nothing was given; false without memory. */
bool take_names(const char *kept, name_options *names);

/* A number from 0 to max in decimal; false for anything else. */
bool parse_number(const char *text, uint32_t max, uint32_t *out);

/* An analyzer with these names; complains. NULL on failure. */
aln_analyzer *make_analyzer(const name_options *names);

/* Opens a database, and makes an analyzer that uses the names that it was indexed with; or, where it is new, those of
 * *names. *names becomes what is used. fixed: other names than the index's are a mismatch; else files that are given
 * stand for those that the index names, which may have moved. Complains; returns an exit status. */
int open_index(const char *path, aln_xapian_mode mode, name_options *names, bool fixed, aln_xapian **db,
               aln_analyzer **analyzer);

/* A JSON language tag as a plan or a term has it, lower case; false if it is not of the form of BCP 47. cap includes
 * the NUL. */
bool parse_language(const char *text, size_t len, char *out, size_t cap);

/* Reads a date (YYYY, YYYY-MM, YYYY-MM-DD, YYYYMMDD, each with anything after a T or a space) into digits: 4, 6 or 8 of
 * them. */
bool parse_date(const char *text, char digits[9]);

/* Joins arguments with spaces; NULL without memory. */
char *join_arguments(int count, char **arguments);

#endif
