/*
 * allonym check: what an index is, whether this program can use it, and whether it is whole.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void help(FILE *out)
{
    fputs("allonym check [--names FILE] DB\n\nPrints fingerprint, counts, languages, unfinished runs, and lets "
          "libxapian verify the "
          "tables.\n"
          "Exit status 3 where something is wrong.\n"
          "--names FILE stands for the file of names that the index was made with, if it has moved.\n",
          out);
}

static int unfinished(void *ctx, const char *key, const char *value, size_t len)
{
    int *count = ctx;
    (void)key;
    /* LINES IDENTITY NAME */
    const char *identity = memchr(value, ' ', len);
    const char *name = identity ? strchr(identity + 1, ' ') : NULL;
    if (name)
        printf("unfinished   %s, done to line %.*s\n", name + 1, (int)(identity - value), value);
    ++*count;
    return 0;
}

/* Counts the different terms of a kind; the vocabulary is read once. */
static int count_terms(const aln_vocabulary *vocabulary, aln_term_kind kind, size_t *count)
{
    const char *term;
    size_t len;
    *count = 0;
    int code = vocabulary->seek(vocabulary->ctx, kind, "", 0, &term, &len, NULL);
    for (; code == 0 && term; code = vocabulary->next(vocabulary->ctx, &term, &len, NULL))
        ++*count;
    return code;
}

int command_check(int argc, char **argv)
{
    static const struct option table[] = {
        {"names", required_argument, NULL, 'n'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    static const char *const kinds[ALN_TERM_KINDS] = {"words", "stems", "keys", "entities"};
    name_options names = {.names = ALN_NAMES_ALL};
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        if (c == 'n') {
            if (!read_names(optarg, &names))
                return usage_error("check");
            continue;
        }
        if (c != 'h')
            return usage_error("check");
        help(stdout);
        return DONE;
    }
    if (argc - optind != 1) {
        complain("check: one database is needed");
        return usage_error("check");
    }
    const char *path = argv[optind];
    aln_xapian *db = NULL;
    aln_error err = {ALN_OK, 0, ""};
    aln_status status = aln_xapian_open(path, ALN_XAPIAN_READ, NULL, &db, &err);
    if (status != ALN_OK) {
        complain_engine(path, &err, status);
        return exit_of(status);
    }
    int result = DONE, runs = 0;
    aln_xapian_counts counts;
    const char *value;
    size_t len;
    if (aln_xapian_get_metadata(db, NAMES_KEY, &value, &len, NULL) == ALN_OK && len)
        take_names(value, &names);
    aln_analyzer *analyzer = make_analyzer(&names);
    if (aln_xapian_get_metadata(db, ALN_XAPIAN_FINGERPRINT, &value, &len, &err) == ALN_OK)
        printf("fingerprint  %s\n", len ? value : "none");
    if (!analyzer || aln_xapian_check_fingerprint(db, aln_analyzer_fingerprint(analyzer), &err) != ALN_OK) {
        if (analyzer)
            complain_at(path, 0, "%s", err.message);
        result = FAILED;
    }
    printf("names        %s", names_text(names.names));
    if (names.as_of)
        printf(" as of %d", names.as_of);
    for (size_t i = 0; i < names.file_count; i++)
        printf(", %s", names.files[i]);
    putchar('\n');
    free_names(&names);
    if (aln_xapian_get_metadata(db, ALN_XAPIAN_LANGUAGES, &value, &len, &err) == ALN_OK)
        printf("languages    %s\n", len ? value : "not known");
    if (aln_xapian_count(db, &counts, &err) == ALN_OK)
        printf("documents    %u, %.0f terms on average\n", (unsigned)counts.documents, counts.average_length);
    aln_xapian_shard shard;
    for (size_t i = 0; aln_xapian_shards(db) > 1 && aln_xapian_shard_at(db, i, &shard) == ALN_OK; i++)
        printf("shard        %s%s%s\n", shard.location, shard.replica ? ", in its place " : "",
               shard.replica ? shard.replica : "");
    aln_vocabulary vocabulary;
    aln_xapian_vocabulary(db, &vocabulary);
    for (int kind = 0; kind < ALN_TERM_KINDS; kind++) {
        size_t count;
        if (count_terms(&vocabulary, (aln_term_kind)kind, &count) == 0)
            printf("%-12s %zu different\n", kinds[kind], count);
    }
    aln_xapian_each_metadata(db, RESUME_KEY, unfinished, &runs, NULL);
    aln_xapian_close(db);
    aln_analyzer_free(analyzer);

    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        size_t faults = 0;
        fflush(stdout);
        status = aln_xapian_verify(path, &faults, &err);
        if (status != ALN_OK || faults) {
            complain_at(path, 0, "%zu faults%s%s", faults, status != ALN_OK ? ": " : "",
                        status != ALN_OK ? err.message : "");
            result = FAILED;
        } else {
            printf("health       good\n");
        }
    } else {
        printf("health       not looked at: a stub file; check the databases that it names\n");
    }
    return result;
}
