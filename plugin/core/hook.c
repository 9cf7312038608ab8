/*
 * Feeding an engine: a hook is checked, its prefixes are laid out, and the text's words are given to it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "analyzer.h"
#include "ready.h"

int aln_index_text(aln_analyzer *analyzer, const aln_hook *hook, const char *language, const char *text, size_t len,
                   uint32_t *position)
{
    if (!hook || hook->struct_size != sizeof *hook)
        return ALN_EINVAL;
    aln_feed f;
    f.hook = hook;
    f.few_skeletons = (hook->flags & ALN_HOOK_FEW_SKELETONS) != 0;
    f.base = f.last = position ? *position : 0;
    size_t most = hook->max_term_bytes && hook->max_term_bytes < ALN_FEED_BYTES ? hook->max_term_bytes : ALN_FEED_BYTES;
    for (int kind = 0; kind < ALN_TERM_KINDS; kind++) {
        size_t n = hook->prefix[kind] ? strlen(hook->prefix[kind]) : 0;
        if (n > ALN_FEED_PREFIX)
            return ALN_EINVAL;
        if (n)
            memcpy(f.term[kind], hook->prefix[kind], n);
        f.prefix_len[kind] = n;
        f.room[kind] = hook->posting && hook->prefix[kind] && most > n ? most - n : 0;
    }
    f.layout = aln_ready_layout(&analyzer->memo, &f);
    if (!f.layout)
        return ALN_ENOMEM;
    int code = aln_feed_text(analyzer, &f, language, text, len);
    if (!code && hook->length)
        code = hook->length(hook->ctx, f.last - f.base);
    if (position)
        *position = f.last;
    return code;
}
