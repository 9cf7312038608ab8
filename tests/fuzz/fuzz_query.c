/*
 * Fuzzer: any bytes as a query. The first byte chooses the flags and whether the languages of the index are known.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const aln_query_node *n, size_t len)
{
    if (n->start > n->end || n->end > len || (n->op == ALN_Q_TERM && (!n->text || n->text[n->text_len])))
        abort();
    for (uint32_t i = 0; i < n->count; i++)
        check(n->children[i], len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const aln_query_field fields[] = {
        {"title", ALN_FIELD_TEXT}, {"lang", ALN_FIELD_FILTER}, {"date", ALN_FIELD_DATE}};
    static aln_lexicon *lexicon;
    static aln_analyzer *analyzer;
    static char described[1 << 16];
    aln_query_options o = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan;
    if (!analyzer && (aln_lexicon_open(NULL, NULL, &lexicon, NULL) != ALN_OK ||
                      aln_analyzer_new(lexicon, NULL, &analyzer, NULL) != ALN_OK))
        abort();
    if (!size)
        return 0;
    o.flags = data[0] & 7u;
    o.fields = fields;
    o.field_count = sizeof fields / sizeof *fields;
    o.index_languages = data[0] & 8u ? "en,kk,ru,zh" : NULL;
    aln_error err;
    int code = aln_query_plan(analyzer, &o, (const char *)data + 1, size - 1, &plan, &err);
    if (code == ALN_OK) {
        check(plan, size - 1);
        aln_query_describe(plan, described, sizeof described);
    } else if (code != ALN_ESYNTAX || err.code != code || !memchr(err.message, 0, sizeof err.message)) {
        abort();
    }
    return 0;
}
