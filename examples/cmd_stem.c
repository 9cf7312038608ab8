/*
 * allonym stem: a word a line in, a stem a line out.
 *
 * Stemmers expect folded words; so each word is folded first as the analyzer does it, where it is one word to it. What
 * is not (two words, punctuation) goes to the stemmer as it stands, so that lines in and out correspond.
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

typedef struct {
    char *text;
    size_t len, cap, words;
} folded;

static int take_exact(void *ctx, const aln_token *token)
{
    folded *f = ctx;
    if (token->kind != ALN_TERM_EXACT)
        return 0;
    if (f->words++)
        return ALN_STOP;
    if (token->text_len > f->cap) {
        char *grown = realloc(f->text, token->text_len);
        if (!grown)
            return ALN_ENOMEM;
        f->text = grown;
        f->cap = token->text_len;
    }
    memcpy(f->text, token->text, token->text_len);
    f->len = token->text_len;
    return 0;
}

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
    aln_analyzer *analyzer = make_analyzer(ALN_NAMES_OFF);
    char *line = NULL, *stem = NULL;
    size_t line_cap = 0, stem_cap = 0;
    folded f = {NULL, 0, 0, 0};
    int status = analyzer ? DONE : FAILED;
    for (ssize_t got; status == DONE && (got = getline(&line, &line_cap, stdin)) >= 0;) {
        size_t len = (size_t)got;
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        f.words = 0;
        int code = aln_analyze(analyzer, language, line, len, take_exact, &f);
        const char *word = code == ALN_OK && f.words == 1 ? f.text : line;
        size_t word_len = word == line ? len : f.len;
        if (word_len + ALN_STEM_SLACK > stem_cap) {
            char *grown = realloc(stem, word_len + ALN_STEM_SLACK);
            if (!grown) {
                complain("out of memory");
                status = FAILED;
                break;
            }
            stem = grown;
            stem_cap = word_len + ALN_STEM_SLACK;
        }
        size_t n = aln_stemmer_stem(stemmer, word, word_len, stem, stem_cap);
        fwrite(stem, 1, n, stdout);
        putchar('\n');
    }
    free(f.text);
    free(stem);
    free(line);
    aln_analyzer_free(analyzer);
    aln_stemmer_free(stemmer);
    return status;
}
