/*
 * A batch of input on its way through a worker: record.c parses a line, fill() makes a document of it.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* Between title and text, so that no phrase reaches from one into the other. */
#define FIELD_GAP 100u

/* Room for one more element; false without memory. */
static bool grow(void **array, size_t *cap, size_t count, size_t size)
{
    if (count < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 16;
    void *grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *cap = more;
    return true;
}

batch *batch_new(uint64_t number, const source *current)
{
    batch *b = calloc(1, sizeof *b);
    if (b) {
        b->number = number;
        b->source = current;
    }
    return b;
}

void batch_free(batch *b)
{
    if (!b)
        return;
    for (size_t i = 0; i < b->ready_count; i++) {
        free(b->ready[i].id);
        aln_xapian_doc_free(b->ready[i].doc);
    }
    for (size_t i = 0; i < b->remark_count; i++)
        free(b->remarks[i].text);
    free(b->ready);
    free(b->remarks);
    free(b->places);
    free(b->items);
    free(b->bytes);
    free(b);
}

bool batch_add(batch *b, item_kind kind, const source *from, size_t at, const char *text, size_t len)
{
    if (b->bytes_len + len + 1 > b->bytes_cap) {
        size_t cap = b->bytes_cap ? b->bytes_cap : 64u << 10;
        while (cap < b->bytes_len + len + 1)
            cap *= 2;
        char *grown = realloc(b->bytes, cap);
        if (!grown)
            return false;
        b->bytes = grown;
        b->bytes_cap = cap;
    }
    void *items = b->items;
    bool good = grow(&items, &b->cap, b->count, sizeof *b->items);
    b->items = items;
    if (!good)
        return false;
    b->items[b->count++] = (item){kind, at, from, b->bytes_len, len};
    if (len)
        memcpy(b->bytes + b->bytes_len, text, len);
    b->bytes_len += len;
    b->bytes[b->bytes_len++] = '\0';
    return true;
}

bool batch_remark(batch *b, const source *from, size_t at, item_kind kind, const char *text)
{
    void *remarks = b->remarks;
    bool good = grow(&remarks, &b->remark_cap, b->remark_count, sizeof *b->remarks);
    b->remarks = remarks;
    char *copy = good ? strdup(text) : NULL;
    if (!copy)
        return false;
    b->remarks[b->remark_count++] = (remark){from, at, kind, copy};
    return true;
}

ready *batch_ready(batch *b)
{
    void *array = b->ready;
    bool good = grow(&array, &b->ready_cap, b->ready_count, sizeof *b->ready);
    b->ready = array;
    if (!good)
        return NULL;
    ready *r = &b->ready[b->ready_count++];
    memset(r, 0, sizeof *r);
    return r;
}

/* Terms, values and data of a document. language becomes the primary subtag of its language, "" if that is not known.
 */
static aln_status fill(aln_xapian_doc *doc, aln_analyzer *analyzer, const record *r, const char *data, size_t data_len,
                       char language[36], aln_error *err)
{
    const char *found = *r->language ? r->language : aln_identify(analyzer, r->text, r->text_len);
    bool known = strcmp(found, "und") != 0;
    const char *given = known ? found : NULL;
    uint32_t position = 0;
    aln_status s;
    *language = '\0';
    if ((s = aln_xapian_doc_clear(doc, err)) != ALN_OK ||
        (s = aln_xapian_doc_set_data(doc, data, data_len, err)) != ALN_OK)
        return s;
    if (r->title_len) {
        s = aln_xapian_doc_add_text(doc, analyzer, given, "S", r->title, r->title_len, &position, err);
        if (s != ALN_OK)
            return s;
        position += FIELD_GAP;
    }
    s = aln_xapian_doc_add_text(doc, analyzer, given, NULL, r->text, r->text_len, &position, err);
    if (s != ALN_OK)
        return s;
    char tag[36];
    if (known && parse_language(found, strlen(found), tag, sizeof tag)) {
        if ((s = aln_xapian_doc_add_boolean(doc, "L", tag, strlen(tag), err)) != ALN_OK)
            return s;
        /* lang:kk also finds what is tagged kk-Latn. */
        size_t primary = strcspn(tag, "-");
        if (tag[primary] && (s = aln_xapian_doc_add_boolean(doc, "L", tag, primary, err)) != ALN_OK)
            return s;
        memcpy(language, tag, primary);
        language[primary] = '\0';
    }
    if (*r->date) {
        size_t len = strlen(r->date);
        if ((s = aln_xapian_doc_set_value(doc, ALN_XAPIAN_DATE_SLOT, r->date, len, err)) != ALN_OK)
            return s;
        if (len == 8 && (s = aln_xapian_doc_add_boolean(doc, "D", r->date, len, err)) != ALN_OK)
            return s;
    }
    return ALN_OK;
}

static bool fail(batch *b, aln_status status)
{
    b->status = status;
    return false;
}

/* A document that is left out. False where the batch ends with it. */
static bool leave_out(batch *b, const item *i, item_kind kind, const char *why, bool strict)
{
    if (!batch_remark(b, i->source, i->at, kind, why))
        return fail(b, ALN_ENOMEM);
    b->stopped = strict;
    return !strict;
}

static bool work_line(batch *b, size_t n, aln_analyzer *analyzer, aln_xapian_doc **doc, bool strict,
                      const batch_sink *sink)
{
    const item *i = &b->items[n];
    const char *text = b->bytes + i->text;
    char reason[256], language[36];
    record r;
    if (!record_parse(&r, text, i->len, reason, sizeof reason))
        return leave_out(b, i, ITEM_SKIP, reason, strict);
    bool good = true;
    if (*r.note && strict) {
        good = leave_out(b, i, ITEM_SKIP, r.note, strict);
    } else {
        aln_status status = *doc ? ALN_OK : aln_xapian_doc_new(doc, &b->err);
        if (status == ALN_OK)
            status = fill(*doc, analyzer, &r, text, i->len, language, &b->err);
        if (status == ALN_OK)
            status = sink->take(sink->ctx, n, &r, language, &b->err);
        /* libxapian refuses a document that is too big for it before it has changed anything. */
        if (status == ALN_EINVAL || status == ALN_ELIMIT)
            good = leave_out(b, i, ITEM_SKIP, b->err.message, strict);
        else if (status != ALN_OK)
            good = fail(b, status);
        else if (*r.note && !batch_remark(b, i->source, i->at, ITEM_LINE, r.note))
            good = fail(b, ALN_ENOMEM);
        b->indexed += status == ALN_OK;
    }
    record_clear(&r);
    return good;
}

static void reach(batch *b, const source *from, size_t at)
{
    void *places = b->places;
    bool good = grow(&places, &b->place_cap, b->place_count, sizeof *b->places);
    b->places = places;
    if (good)
        b->places[b->place_count++] = (place){from, at};
    else
        fail(b, ALN_ENOMEM);
}

void batch_work(batch *b, aln_analyzer *analyzer, aln_xapian_doc **doc, bool strict, const batch_sink *sink)
{
    const source *current = b->source;
    size_t at = 0;
    bool good = true;
    for (size_t n = 0; n < b->count && good; n++) {
        const item *i = &b->items[n];
        switch (i->kind) {
        case ITEM_SOURCE:
            if (current && at)
                reach(b, current, at);
            current = i->source;
            at = 0;
            break;
        case ITEM_SKIP:
        case ITEM_UNREAD:
            good = leave_out(b, i, i->kind, b->bytes + i->text, strict);
            break;
        case ITEM_LINE:
            good = work_line(b, n, analyzer, doc, strict, sink);
            break;
        }
        /* A line that stops the run comes again in the next one. */
        if (good && (i->kind == ITEM_SKIP || i->kind == ITEM_LINE))
            at = i->at;
    }
    if (current && at)
        reach(b, current, at);
}
