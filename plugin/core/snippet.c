/*
 * The passage of a text that shows best why it matched. All matches are found first; the window that holds the most
 * different terms wins, the earliest among equals; it is then set to word and sentence borders and written with marks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "analyzer.h"
#include "utf8.h"
#include <string.h>

/* Matches kept of one text: a passage is chosen among these. */
#define MATCHES_MAX 4096

typedef struct place {
    size_t start, end;
    const aln_query_node *node;
} place;

typedef struct places {
    aln_alloc alloc;
    place *items;
    size_t count, cap;
} places;

typedef struct output {
    aln_alloc alloc;
    char *text;
    size_t len, cap;
    int failed, space; /* space: white space waits to be written as one space */
} output;

static int collect(void *ctx, const aln_match *match)
{
    places *p = ctx;
    if (p->count == MATCHES_MAX)
        return ALN_STOP;
    if (!aln_grow(&p->alloc, (void **)&p->items, &p->cap, p->count + 1, sizeof *p->items))
        return ALN_ENOMEM;
    p->items[p->count++] = (place){match->start, match->end, match->node};
    return 0;
}

static void put(output *o, const char *text, size_t len)
{
    if (o->failed || !aln_grow(&o->alloc, (void **)&o->text, &o->cap, o->len + len + 1, 1)) {
        o->failed = 1;
        return;
    }
    if (len)
        memcpy(o->text + o->len, text, len);
    o->len += len;
    o->text[o->len] = 0;
}

/* Copies text with runs of white space as one space; ill-formed bytes become U+FFFD, since the result goes to people.
 */
static void put_text(output *o, const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text, *end = s + len;
    while (s < end) {
        uint32_t cp;
        size_t n = aln_utf8_next(s, end, &cp);
        if (cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x3000 || cp < 0x20) {
            o->space = o->len > 0;
        } else {
            if (o->space)
                put(o, " ", 1);
            o->space = 0;
            if (cp == ALN_BAD_CP)
                put(o, "\xEF\xBF\xBD", 3);
            else
                put(o, (const char *)s, n);
        }
        s += n;
    }
}

/* The first match of the best window of so many bytes. */
static size_t best_window(const places *p, size_t bytes)
{
    size_t best = 0, best_score = 0;
    for (size_t i = 0; i < p->count; i++) {
        size_t score = 0;
        for (size_t j = i; j < p->count && j < i + 32 && p->items[j].end <= p->items[i].start + bytes; j++) {
            int seen = 0;
            for (size_t k = i; k < j; k++)
                seen |= p->items[k].node == p->items[j].node || p->items[k].node->start == p->items[j].node->start;
            score += seen ? 1 : 8;
        }
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return best;
}

static int is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Moves to the nearest border of a word at or behind `at`, not past limit. */
static size_t word_border(const char *text, size_t len, size_t at, size_t limit)
{
    while (at < len && is_continuation(text[at]))
        at++;
    size_t i = at;
    while (i < limit && i < len && text[i] != ' ' && text[i] != '\n')
        i++;
    return i < limit && i < len ? i : at;
}

aln_status aln_snippet(aln_analyzer *analyzer, const aln_query_node *plan, const char *language, const char *text,
                       size_t len, size_t bytes, const char *mark_start, const char *mark_end, const char *omit,
                       char **out)
{
    places p = {analyzer->alloc, NULL, 0, 0};
    output o = {analyzer->alloc, NULL, 0, 0, 0, 0};
    *out = NULL;
    int code = aln_highlight(analyzer, plan, language, text, len, collect, &p);
    if (code) {
        aln_mem_free(&p.alloc, p.items, p.cap * sizeof *p.items);
        return code < 0 ? (aln_status)code : ALN_EINVAL;
    }
    size_t first = best_window(&p, bytes), start = 0, end = bytes < len ? bytes : len;
    if (p.count && p.items[first].end > end) {
        /* a third of the passage before the first match */
        start = p.items[first].start > bytes / 3 ? p.items[first].start - bytes / 3 : 0;
        if (start)
            start = word_border(text, len, start, p.items[first].start);
        end = start + bytes < len ? start + bytes : len;
    }
    if (end < len)
        end = word_border(text, len, end, end + 40);
    if (start)
        put(&o, omit, strlen(omit));
    size_t at = start;
    for (size_t i = 0; i < p.count; i++) {
        const place *m = &p.items[i];
        if (m->start < at)
            continue;
        if (m->end > end)
            break;
        put_text(&o, text + at, m->start - at);
        if (o.space)
            put(&o, " ", 1);
        o.space = 0;
        put(&o, mark_start, strlen(mark_start));
        put_text(&o, text + m->start, m->end - m->start);
        put(&o, mark_end, strlen(mark_end));
        at = m->end;
    }
    put_text(&o, text + at, end - at);
    if (end < len)
        put(&o, omit, strlen(omit));
    put(&o, "", 0);
    aln_mem_free(&p.alloc, p.items, p.cap * sizeof *p.items);
    if (o.failed) {
        aln_mem_free(&o.alloc, o.text, o.cap);
        return ALN_ENOMEM;
    }
    /* of the size that aln_string_free() will tell the allocator */
    char *exact = aln_mem_resize(&o.alloc, o.text, o.cap, o.len + 1);
    if (!exact) {
        aln_mem_free(&o.alloc, o.text, o.cap);
        return ALN_ENOMEM;
    }
    *out = exact;
    return ALN_OK;
}

void aln_string_free(aln_analyzer *analyzer, char *string)
{
    if (string)
        aln_mem_free(&analyzer->alloc, string, strlen(string) + 1);
}
