/*
 * The `allonym` command: names and forwards to its subcommands, each in a file of its own. docs/command.md is its
 * manual.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} commands[] = {
    {"index", command_index, "DB [FILE...]      index JSON lines"},
    {"search", command_search, "DB QUERY...       ranked results with passages"},
    {"explain", command_explain, "DB QUERY ID       why that document matches"},
    {"analyze", command_analyze, "[TEXT...]         the terms of a text"},
    {"names", command_names, "NAME-OR-ID        what the gazetteer knows of a name"},
    {"export", command_export, "FORMAT           the gazetteer as synonyms for another engine"},
    {"stem", command_stem, "LANG              a word a line in, a stem a line out"},
    {"check", command_check, "DB                fingerprint, counts, health"},
    {"upgrade", command_upgrade, "DB                names for another program's index, in place"},
};

static void help(FILE *out)
{
    fputs("allonym finds a political name in all its spellings, scripts, inflections and renamings.\n\n", out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  allonym %-8s %s\n", commands[i].name, commands[i].summary);
    fputs("\nEach has --help. Exit status: 0 done, 1 nothing found, 2 wrong usage or bad input, 3 failure.\n", out);
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return BAD_INPUT;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("allonym %s\n", aln_version());
        return DONE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        help(stdout);
        return DONE;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(name, commands[i].name) == 0) {
            char self[] = "allonym";
            argv[1] = self; /* getopt_long() begins its messages with it */
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    complain("no such command: %s", name);
    help(stderr);
    return BAD_INPUT;
}

int main(int argc, char **argv)
{
    int status = run(argc, argv);
    /* A full disk or a closed pipe shows at the last write only. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        complain("standard output cannot be written");
        return FAILED;
    }
    return status;
}
