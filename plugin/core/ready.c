/*
 * Making what a hook takes of a word. See ready.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "ready.h"

/* Hooks in turn, as each field of a document may have its own. */
#define LAYOUTS_MAX 32

uint32_t aln_ready_layout(aln_memo *memo, const aln_feed *feed)
{
    aln_layout want;
    memset(&want, 0, sizeof want);
    want.few_skeletons = feed->few_skeletons;
    for (int kind = 0; kind < ALN_READY_KINDS; kind++) {
        want.room[kind] = feed->room[kind];
        want.prefix_len[kind] = feed->prefix_len[kind];
        memcpy(want.prefix[kind], feed->term[kind], feed->prefix_len[kind]);
    }
    for (size_t i = 0; i < memo->layout_count; i++)
        if (memcmp(&memo->layouts[i], &want, sizeof want) == 0)
            return (uint32_t)i + 1;
    if (memo->layout_count == LAYOUTS_MAX) { /* their numbers are used anew, so the words must not know them */
        aln_memo_clear(memo);
        memo->layout_count = 0;
    }
    if (!aln_grow(&memo->arena.alloc, (void **)&memo->layouts, &memo->layout_cap, memo->layout_count + 1, sizeof want))
        return 0;
    memo->layouts[memo->layout_count] = want;
    return (uint32_t)++memo->layout_count;
}

/* Terms being written. */
typedef struct writer {
    const aln_feed *feed;
    size_t used;
    char bytes[(ALN_WORD_STEMS + ALN_WORD_KEYS + 1) * (2 + ALN_FEED_BYTES) + ALN_ARENA_SLACK];
} writer;

static void add(writer *w, aln_term_kind kind, const char *text, size_t len, int placed)
{
    const aln_feed *f = w->feed;
    if (len > f->room[kind])
        return;
    uint16_t head = (uint16_t)((f->prefix_len[kind] + len) | (placed ? ALN_READY_PLACED : 0));
    char *to = w->bytes + w->used;
    memcpy(to, &head, sizeof head);
    to += sizeof head;
    memcpy(to, f->term[kind], f->prefix_len[kind]);
    memcpy(to + f->prefix_len[kind], text, len);
    w->used += sizeof head + f->prefix_len[kind] + len;
}

const aln_ready *aln_ready_make(aln_memo *memo, aln_word *word, const aln_feed *feed)
{
    writer w;
    w.feed = feed;
    w.used = 0;
    add(&w, ALN_TERM_EXACT, word->exact, word->exact_len, 1);
    size_t exact_end = w.used;
    for (unsigned i = 0; i < word->key_count; i++)
        if (!(feed->few_skeletons && aln_key_is_spare(word, &word->keys[i])))
            add(&w, ALN_TERM_KEY, word->keys[i].text, word->keys[i].len, aln_key_has_places(word, &word->keys[i]));
    for (unsigned i = 0; i < word->stem_count; i++)
        add(&w, ALN_TERM_STEM, word->stems[i].text, word->stems[i].len, 0);
    aln_ready *ready = aln_arena_new(&memo->arena, sizeof *ready + w.used);
    if (!ready)
        return NULL;
    ready->next = word->ready;
    ready->layout = feed->layout;
    ready->exact_end = (uint16_t)exact_end;
    ready->end = (uint16_t)w.used;
    memcpy(ready->terms, w.bytes, w.used);
    word->ready = ready;
    return ready;
}
