/*
 * A word's terms as a hook takes them, one behind another with the prefixes of their kinds before them: a known word is
 * given to an engine without being put together again. Made when a word first meets a hook, and kept with it in the
 * memo. Hooks that want the same are of one layout.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_READY_H
#define ALN_CORE_READY_H

#include "feed.h"
#include "memo.h"

/* Entities are no word's own. */
#define ALN_READY_KINDS 3
_Static_assert(ALN_TERM_ENTITY == ALN_READY_KINDS, "the kinds of a word's terms are the first ones");

/* All that decides how a word's terms look. */
typedef struct aln_layout {
    int few_skeletons;
    size_t room[ALN_READY_KINDS], prefix_len[ALN_READY_KINDS];
    char prefix[ALN_READY_KINDS][ALN_FEED_PREFIX];
} aln_layout;

typedef struct aln_ready {
    struct aln_ready *next; /* the same word for another layout */
    uint32_t layout;
    uint16_t exact_end, end; /* bytes: of the exact form; of all */
    char terms[];            /* each behind its length and ALN_READY_PLACED, two bytes */
} aln_ready;

#define ALN_READY_PLACED 0x8000u /* has positions */
#define ALN_READY_LENGTH 0x0FFFu

_Static_assert(ALN_FEED_BYTES < ALN_READY_LENGTH, "a term's length and a flag in two bytes");

/* The number of a hook's layout; 0 = out of memory. The memo may be emptied: between texts only. */
uint32_t aln_ready_layout(aln_memo *memo, const aln_feed *feed);

/* Makes the terms of a word for a hook; NULL = out of memory. */
const aln_ready *aln_ready_make(aln_memo *memo, aln_word *word, const aln_feed *feed);

static inline const aln_ready *aln_ready_of(const aln_word *word, uint32_t layout)
{
    const aln_ready *ready = word->ready;
    while (ready && ready->layout != layout)
        ready = ready->next;
    return ready;
}

/* Gives the terms from one byte up to another to the hook. */
static inline int aln_ready_give(const aln_feed *feed, const aln_ready *ready, size_t from, size_t to,
                                 uint32_t position)
{
    const aln_hook *hook = feed->hook;
    int code = 0;
    while (from < to && !code) {
        uint16_t head;
        memcpy(&head, ready->terms + from, sizeof head);
        size_t len = head & ALN_READY_LENGTH;
        code = hook->posting(hook->ctx, ready->terms + from + sizeof head, len,
                             head & ALN_READY_PLACED ? feed->base + position : 0);
        from += sizeof head + len;
    }
    return code;
}

#endif
