/*
 * A hook for an engine of one's own, whole: an inverted index in memory. docs/hooks.md explains it line by line.
 * Usage: hook WORD TEXT... prints which texts contain a name like WORD, by the name keys that both share.
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *term;
    unsigned document, position;
} posting;

typedef struct {
    posting *postings; /* a real engine sorts or hashes them */
    size_t count, cap;
    unsigned document;
} engine;

/* The one function that a hook needs: keep a term of the document in hand. position 0 = it has no place of its own. */
static int take_posting(void *ctx, const char *term, size_t len, uint32_t position)
{
    engine *e = ctx;
    if (e->count == e->cap) {
        size_t cap = e->cap ? e->cap * 2 : 64;
        posting *grown = realloc(e->postings, cap * sizeof *grown);
        if (!grown)
            return ALN_ENOMEM; /* comes back from aln_index_text() */
        e->postings = grown;
        e->cap = cap;
    }
    char *copy = malloc(len + 1); /* term is valid during the call only */
    if (!copy)
        return ALN_ENOMEM;
    memcpy(copy, term, len);
    copy[len] = '\0';
    e->postings[e->count++] = (posting){copy, e->document, position};
    return 0;
}

int main(int argc, char **argv)
{
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    engine texts = {0}, word = {0};
    aln_hook hook = ALN_HOOK_INIT;
    int code = argc < 3 ? ALN_EINVAL : aln_lexicon_open(NULL, NULL, &lexicon, NULL);
    if (code == ALN_OK)
        code = aln_analyzer_new(lexicon, NULL, &analyzer, NULL);

    hook.ctx = &texts;
    hook.posting = take_posting;
    for (int i = 2; i < argc && code == ALN_OK; i++) {
        uint32_t position = 0;
        texts.document = (unsigned)(i - 1);
        code = aln_index_text(analyzer, &hook, NULL, argv[i], strlen(argv[i]), &position);
    }
    hook.ctx = &word; /* the query goes the same way as the texts */
    uint32_t position = 0;
    if (code == ALN_OK)
        code = aln_index_text(analyzer, &hook, NULL, argv[1], strlen(argv[1]), &position);

    for (size_t q = 0; code == ALN_OK && q < word.count; q++)
        for (size_t t = 0; t < texts.count; t++)
            if (strcmp(word.postings[q].term, texts.postings[t].term) == 0)
                printf("text %u, word %u: %s\n", texts.postings[t].document, texts.postings[t].position,
                       word.postings[q].term);

    for (size_t i = 0; i < texts.count; i++)
        free(texts.postings[i].term);
    for (size_t i = 0; i < word.count; i++)
        free(word.postings[i].term);
    free(texts.postings);
    free(word.postings);
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
    if (code != ALN_OK)
        fprintf(stderr, "hook: %s\n", aln_strerror(code));
    return code == ALN_OK ? 0 : 2;
}
