/*
 * allonym upgrade: names for an index that another program wrote, in place, and their removal.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void help(FILE *out)
{
    fputs(
        "allonym upgrade [OPTION...] DB\n"
        "\n"
        "Lets 'allonym search' find names in a Xapian index of any origin; its documents are not needed.\n"
        "Without an option only a lexicon of its words is written beside them. Run it again when words or documents\n"
        "have been added. A run that was interrupted is taken up by the next. Of a stub file all databases are\n"
        "upgraded, one after the other.\n"
        "\n"
        "      --terms    also name terms for each document, from the positions in the index: names of several words,\n"
        "                 renamings\n"
        "      --remove   takes all of it out again\n"
        "      --quiet    no progress\n"
        "      --batch N  words or documents of a transaction (50000 words, 2000 documents)\n",
        out);
}

typedef struct {
    time_t last;
    bool terminal, quiet;
} progress;

static void show_progress(void *ctx, const char *what, uint64_t done, uint64_t all)
{
    progress *p = ctx;
    time_t now = time(NULL);
    if (p->quiet || (now == p->last && done != all))
        return;
    p->last = now;
    if (all)
        fprintf(stderr, "%s%llu of %llu %s%s", p->terminal ? "\r" : "", (unsigned long long)done,
                (unsigned long long)all, what, p->terminal ? "\033[K" : "\n");
    else
        fprintf(stderr, "%s%llu %s%s", p->terminal ? "\r" : "", (unsigned long long)done, what,
                p->terminal ? "\033[K" : "\n");
}

typedef struct {
    const char *path; /* the database, or the stub file that names several */
    bool remove;
    aln_xapian_upgrade_options options;
    aln_analyzer *analyzer;
    int depth;
} job;

/* Stub files may name stub files. */
enum { DEPTH_MAX = 8 };

static int upgrade_all(job *j, const char *path);

static int upgrade_one(job *j, const char *path)
{
    aln_xapian *db = NULL;
    aln_error err = {ALN_OK, 0, ""};
    aln_status status = aln_xapian_open(path, ALN_XAPIAN_UPDATE, NULL, &db, &err);
    if (status == ALN_OK)
        status = j->remove ? aln_xapian_upgrade_remove(db, &j->options, &err)
                           : aln_xapian_upgrade(db, j->analyzer, &j->options, &err);
    progress *shown = j->options.ctx;
    if (shown->last && shown->terminal)
        fputc('\n', stderr);
    shown->last = 0;
    if (status == ALN_ENOTFOUND && db)
        complain_at(path, 0, "%s", err.message);
    else if (status != ALN_OK)
        complain_engine(path, &err, status);
    aln_xapian_close(db);
    return status == ALN_OK ? DONE : exit_of(status);
}

static int take_shard(void *ctx, size_t line, const char *type, const char *location)
{
    job *j = ctx;
    if (!line) /* no stub file */
        return upgrade_one(j, location);
    if (strcmp(type, "remote") == 0) {
        complain_at(j->path, line, "remote %s: upgrade it where it is", location);
        return BAD_INPUT;
    }
    return upgrade_all(j, location);
}

static int upgrade_all(job *j, const char *path)
{
    aln_error err = {ALN_OK, 0, ""};
    const char *outer = j->path;
    if (j->depth == DEPTH_MAX) {
        complain_at(path, 0, "stub files name one another without end");
        return BAD_INPUT;
    }
    j->path = path;
    j->depth++;
    int result = aln_xapian_each_shard(path, take_shard, j, &err);
    j->depth--;
    j->path = outer;
    if (result >= 0)
        return result;
    complain_engine(path, &err, result);
    return exit_of(result);
}

int command_upgrade(int argc, char **argv)
{
    enum { TERMS = 256, REMOVE, QUIET, BATCH };
    static const struct option table[] = {
        {"terms", no_argument, NULL, TERMS},       {"remove", no_argument, NULL, REMOVE},
        {"quiet", no_argument, NULL, QUIET},       {"help", no_argument, NULL, 'h'},
        {"batch", required_argument, NULL, BATCH}, {NULL, 0, NULL, 0}};
    aln_xapian_upgrade_options options = ALN_XAPIAN_UPGRADE_OPTIONS_INIT;
    progress shown = {0, isatty(STDERR_FILENO) == 1, false};
    bool remove_it = false;
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        switch (c) {
        case TERMS:
            options.terms = 1;
            break;
        case REMOVE:
            remove_it = true;
            break;
        case QUIET:
            shown.quiet = true;
            break;
        case BATCH:
            if (!parse_number(optarg, 1000000, &options.batch)) {
                complain("--batch is a number, not %s", optarg);
                return usage_error("upgrade");
            }
            break;
        case 'h':
            help(stdout);
            return DONE;
        default:
            return usage_error("upgrade");
        }
    }
    if (argc - optind != 1 || (remove_it && options.terms)) {
        complain(argc - optind != 1 ? "upgrade: one database is needed" : "upgrade: --remove takes all of it out");
        return usage_error("upgrade");
    }
    options.progress = show_progress;
    options.ctx = &shown;
    name_options names = {0};
    aln_analyzer *analyzer = make_analyzer(&names);
    if (!analyzer)
        return FAILED;
    job j = {argv[optind], remove_it, options, analyzer, 0};
    int result = upgrade_all(&j, argv[optind]);
    aln_analyzer_free(analyzer);
    return result;
}
