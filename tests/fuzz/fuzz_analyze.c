/*
 * Fuzzer: any bytes as a text. The first byte chooses the language; the rest is analyzed, highlighted and cut to a
 * snippet.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct bounds {
    size_t len;
    uint32_t position;
} bounds;

static int check(void *ctx, const aln_token *t)
{
    bounds *b = ctx;
    if (t->start >= t->end || t->end > b->len || !t->span || !t->rule || !t->language || !t->script ||
        t->position < b->position)
        abort();
    if (t->kind == ALN_TERM_EXACT && !(t->flags & ALN_TOKEN_COLOCATED))
        b->position = t->position;
    return 0;
}

static int check_match(void *ctx, const aln_match *m)
{
    bounds *b = ctx;
    if (m->start >= m->end || m->end > b->len || !m->node)
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {NULL, "ru", "kk", "tr", "ar", "fa", "he", "zh",
                                            "ja", "ko", "de", "el", "hy", "ka", "uz", "th"};
    static aln_lexicon *lexicon; /* made once: opening it each time would be most of the work */
    static aln_analyzer *analyzer;
    if (!analyzer && (aln_lexicon_open(NULL, NULL, &lexicon, NULL) != ALN_OK ||
                      aln_analyzer_new(lexicon, NULL, &analyzer, NULL) != ALN_OK))
        abort();
    if (!size)
        return 0;
    const char *language = languages[data[0] % (sizeof languages / sizeof *languages)], *text = (const char *)data + 1;
    bounds b = {size - 1, 0};
    const aln_query_node *plan;
    char *snippet;
    if (aln_analyze(analyzer, language, text, size - 1, check, &b) != ALN_OK)
        abort();
    static const char query[] = "Токаев OR \"Xi Jinping\" OR Astana OR 中国";
    if (aln_query_plan(analyzer, NULL, query, sizeof query - 1, &plan, NULL) != ALN_OK ||
        aln_highlight(analyzer, plan, language, text, size - 1, check_match, &b) != ALN_OK ||
        aln_snippet(analyzer, plan, language, text, size - 1, data[0], "[", "]", "...", &snippet) != ALN_OK)
        abort();
    aln_string_free(analyzer, snippet);
    return 0;
}
