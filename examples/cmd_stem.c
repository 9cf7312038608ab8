/*
 * allonym stem: a word a line in, a stem a line out.
 *
 * Stemmers expect folded words, so each line is folded first, as the analyzer folds words.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include <allonym/stemmer.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void help(FILE *out)
{
    size_t count;
    const aln_stemmer_info *list = aln_stemmer_list(&count);
    fputs("allonym stem LANG\n\nReads a word a line on standard input, writes a stem a line. Languages:\n", out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "  %-8s %s (%s, %s)\n", list[i].language, list[i].name, list[i].script, list[i].engine);
}

#define FOLDED_BYTES 256 /* aln_fold() gives no more */

int command_stem(int argc, char **argv)
{
    static const struct option table[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        if (c != 'h')
            return usage_error("stem");
        help(stdout);
        return DONE;
    }
    if (argc - optind != 1) {
        complain("stem: one language is needed");
        return usage_error("stem");
    }
    const char *language = argv[optind];
    aln_stemmer *stemmer = NULL;
    aln_status made = aln_stemmer_new(language, &stemmer);
    if (made != ALN_OK) {
        complain("stem: %s: %s", language, made == ALN_EUNKNOWN ? "no stemmer of this language" : aln_strerror(made));
        return exit_of(made);
    }
    char *line = NULL, folded[FOLDED_BYTES], stem[FOLDED_BYTES + ALN_STEM_SLACK];
    size_t cap = 0;
    for (ssize_t got; (got = getline(&line, &cap, stdin)) >= 0;) {
        size_t len = (size_t)got;
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        size_t n = aln_fold(line, len, folded, sizeof folded);
        if (n > sizeof folded)
            n = sizeof folded;
        n = aln_stemmer_stem(stemmer, folded, n, stem, sizeof stem);
        fwrite(stem, 1, n, stdout);
        putchar('\n');
    }
    free(line);
    aln_stemmer_free(stemmer);
    return DONE;
}
