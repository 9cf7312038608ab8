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
        "have been added. A run that was interrupted is taken up by the next.\n"
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
    const char *path = argv[optind];
    aln_xapian *db = NULL;
    aln_error err = {ALN_OK, 0, ""};
    options.progress = show_progress;
    options.ctx = &shown;
    name_options names = {0};
    aln_analyzer *analyzer = make_analyzer(&names);
    if (!analyzer)
        return FAILED;
    aln_status status = aln_xapian_open(path, ALN_XAPIAN_UPDATE, NULL, &db, &err);
    if (status == ALN_OK)
        status = remove_it ? aln_xapian_upgrade_remove(db, &options, &err)
                           : aln_xapian_upgrade(db, analyzer, &options, &err);
    if (shown.last && shown.terminal)
        fputc('\n', stderr);
    if (status == ALN_ENOTFOUND && db)
        complain_at(path, 0, "%s", err.message);
    else if (status != ALN_OK)
        complain_engine(path, &err, status);
    aln_xapian_close(db);
    aln_analyzer_free(analyzer);
    return status == ALN_OK ? DONE : exit_of(status);
}
