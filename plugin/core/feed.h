/*
 * Terms for a hook: each with its kind's prefix before it. This is the way of every word that is indexed, so it goes
 * straight from the memo's forms to the engine.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_FEED_H
#define ALN_CORE_FEED_H

#include "memory.h"
#include <allonym/allonym.h>
#include <string.h>

#define ALN_FEED_BYTES 512 /* the longest term with its prefix */
#define ALN_FEED_PREFIX 64 /* the longest prefix */

typedef struct aln_feed {
    const aln_hook *hook;
    int few_skeletons;
    uint32_t layout;     /* ready.h */
    uint32_t base, last; /* positions before this text; of its last word */
    size_t prefix_len[ALN_TERM_KINDS];
    size_t room[ALN_TERM_KINDS]; /* bytes that a term may have behind its prefix; 0 = the kind is not wanted */
    char term[ALN_TERM_KINDS][ALN_FEED_BYTES + ALN_ARENA_SLACK]; /* each begins with its prefix */
} aln_feed;

#define ALN_COPY_STEP 16

/* A copy without a call, sixteen bytes at a time: what is read and written beyond the last is within the slack. */
static inline void aln_copy_form(char *to, const char *from, size_t len)
{
    size_t i = 0;
    do {
        memcpy(to + i, from + i, ALN_COPY_STEP);
        i += ALN_COPY_STEP;
    } while (i < len);
}

/* A copy of few bytes without a call: the ends of it overlap. */
static inline void aln_copy_short(char *to, const char *from, size_t len)
{
    if (len >= 8) {
        size_t i = 0;
        for (; i + 8 < len; i += 8)
            memcpy(to + i, from + i, 8);
        memcpy(to + len - 8, from + len - 8, 8);
    } else if (len >= 4) {
        memcpy(to, from, 4);
        memcpy(to + len - 4, from + len - 4, 4);
    } else {
        for (size_t i = 0; i < len; i++)
            to[i] = from[i];
    }
}

/* A term, whose text is in an arena, at a position of the text, from 1; 0 = without. */
static inline int aln_feed_term(aln_feed *f, aln_term_kind kind, const char *text, size_t len, uint32_t position)
{
    const aln_hook *hook = f->hook;
    if (len > f->room[kind])
        return 0;
    size_t n = f->prefix_len[kind];
    const char *term = text;
    if (n) {
        aln_copy_form(f->term[kind] + n, text, len);
        term = f->term[kind];
    }
    return hook->posting(hook->ctx, term, n + len, position ? f->base + position : 0);
}

#endif
