/*
 * The smallest program that uses allonym: prints the entities that a text names.
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <allonym/stemmer.h>
#include <stdio.h>
#include <string.h>

static int print_entity(void *ctx, const aln_token *token)
{
    const char *text = ctx;
    if (token->kind == ALN_TERM_ENTITY)
        printf("%.*s: %.*s\n", (int)(token->end - token->start), text + token->start, (int)token->text_len,
               token->text);
    return 0;
}

int main(void)
{
    char text[] = "\xD0\x90\xD1\x81\xD1\x82\xD0\xB0\xD0\xBD\xD0\xB5 and Tokayev"; /* Астане */
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    aln_stemmer *stemmer = NULL;
    aln_error error;

    if (aln_abi_version() != ALN_ABI_VERSION) {
        fprintf(stderr, "consumer: built for another version of allonym\n");
        return 1;
    }
    int code = aln_lexicon_open(NULL, NULL, &lexicon, &error);
    if (code == ALN_OK)
        code = aln_analyzer_new(lexicon, NULL, &analyzer, &error);
    if (code == ALN_OK)
        code = aln_analyze(analyzer, "ru", text, strlen(text), print_entity, text);
    if (code == ALN_OK)
        code = aln_stemmer_new("ru", &stemmer);
    aln_stemmer_free(stemmer);
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
    if (code != ALN_OK)
        fprintf(stderr, "consumer: %s\n", aln_strerror(code));
    return code == ALN_OK ? 0 : 1;
}
