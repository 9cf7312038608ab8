/*
 * Feeding an engine: the tokens of a text become prefixed terms and positions for a hook.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <string.h>

#define TERM_BYTES 512 /* the longest term with its prefix */

typedef struct feed {
    const aln_hook *hook;
    uint32_t base, last; /* positions before this text; of its last word */
    size_t prefix_len[ALN_TERM_KINDS];
    char term[TERM_BYTES];
} feed;

static int take(void *ctx, const aln_token *token)
{
    feed *f = ctx;
    const aln_hook *hook = f->hook;
    uint32_t position = f->base + token->position;
    if (!(token->flags & ALN_TOKEN_COLOCATED)) { /* the exact word, the first of its position */
        f->last = position;
        int code = hook->position ? hook->position(hook->ctx, position, token->start, token->end) : 0;
        if (code)
            return code;
    }
    const char *prefix = hook->prefix[token->kind];
    size_t n = f->prefix_len[token->kind], len = n + token->text_len;
    if (!prefix || !hook->posting || len > TERM_BYTES || (hook->max_term_bytes && len > hook->max_term_bytes))
        return 0;
    const char *term = token->text;
    if (n) {
        memcpy(f->term, prefix, n);
        memcpy(f->term + n, token->text, token->text_len);
        term = f->term;
    }
    return hook->posting(hook->ctx, term, len, token->flags & ALN_TOKEN_UNPLACED ? 0 : position);
}

int aln_index_text(aln_analyzer *analyzer, const aln_hook *hook, const char *language, const char *text, size_t len,
                   uint32_t *position)
{
    if (!hook || hook->struct_size != sizeof *hook)
        return ALN_EINVAL;
    feed f;
    f.hook = hook;
    f.base = f.last = position ? *position : 0;
    for (int kind = 0; kind < ALN_TERM_KINDS; kind++) {
        f.prefix_len[kind] = hook->prefix[kind] ? strlen(hook->prefix[kind]) : 0;
        if (f.prefix_len[kind] > 64)
            return ALN_EINVAL;
    }
    int code = aln_analyze(analyzer, language, text, len, take, &f);
    if (!code && hook->length)
        code = hook->length(hook->ctx, f.last - f.base);
    if (position)
        *position = f.last;
    return code;
}
