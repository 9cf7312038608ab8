/* Finds a name in a text, in whatever spelling and script: minimal NAME TEXT
 * Build: cc minimal.c $(pkg-config --cflags --libs allonym). SPDX-License-Identifier: MIT */
#include <allonym/allonym.h>
#include <stdio.h>
#include <string.h>

static int print_match(void *ctx, const aln_match *match) /* offsets are bytes of the text; 0 = go on */
{
    const char *text = ctx;
    printf("%zu\t%.*s\t%s\n", match->start, (int)(match->end - match->start), text + match->start, match->node->rule);
    return 0;
}

int main(int argc, char **argv)
{
    aln_lexicon *lexicon = NULL;   /* the gazetteer: never changes, any number of threads may share it */
    aln_analyzer *analyzer = NULL; /* one for each thread */
    const aln_query_node *plan;    /* what the name may be; belongs to the analyzer */
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    aln_error error = {ALN_OK, 0, ""};

    if (argc != 3) {
        fprintf(stderr, "usage: minimal NAME TEXT\n");
        return 2;
    }
    options.flags = ALN_QUERY_PLAIN; /* words as they stand, no query language */
    int code = aln_lexicon_open(NULL, NULL, &lexicon, &error);
    if (code == ALN_OK)
        code = aln_analyzer_new(lexicon, NULL, &analyzer, &error);
    if (code == ALN_OK)
        code = aln_query_plan(analyzer, &options, argv[1], strlen(argv[1]), &plan, &error);
    if (code == ALN_OK) /* NULL: the text's language is told from the text */
        code = aln_highlight(analyzer, plan, NULL, argv[2], strlen(argv[2]), print_match, argv[2]);
    if (code != ALN_OK)
        fprintf(stderr, "minimal: %s\n", error.message[0] ? error.message : aln_strerror(code));
    aln_analyzer_free(analyzer); /* NULL is fine */
    aln_lexicon_unref(lexicon);
    return code == ALN_OK ? 0 : 3;
}
