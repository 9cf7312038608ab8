/*
 * Puts documents into an index.
 *
 * Writes go in transactions that end every COMMIT_BYTES of text, so that memory is bounded, searchers see whole states
 * only, and a run that is killed loses the last batch at most. Each commit holds, with the documents, how far in the
 * source it is: the next run on the same unchanged file goes on there. A document whose id is known is replaced in one
 * step; searchers see the old one or the new one.
 *
 * SPDX-License-Identifier: MIT
 */
#define _XOPEN_SOURCE 700
#include "indexer.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMIT_BYTES ((size_t)48 << 20)
/* A document costs memory besides its text. */
#define DOCUMENT_BYTES 1024u
/* A whole archive may have the same slip in each document. */
#define MAX_NOTES 10u
/* Between title and text, so that no phrase reaches from one into the other. */
#define FIELD_GAP 100u

static volatile sig_atomic_t stop_wanted;

static void on_signal(int number)
{
    (void)number;
    stop_wanted = 1;
}

bool interrupted(void)
{
    return stop_wanted != 0;
}

void watch_interrupts(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = (int)SA_RESETHAND; /* the second one kills */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int engine_failed(const indexer *x, const aln_error *err, int status)
{
    complain_engine(x->path, err, status);
    return FAILED;
}

int indexer_begin(indexer *x, const char *path, aln_xapian *db, aln_analyzer *analyzer, bool strict)
{
    aln_error err = {ALN_OK, 0, ""};
    memset(x, 0, sizeof *x);
    x->path = path;
    x->db = db;
    x->analyzer = analyzer;
    x->strict = strict;
    x->show = isatty(STDERR_FILENO);
    x->start_ms = now_ms();
    aln_status status = aln_xapian_doc_new(&x->doc, &err);
    return status == ALN_OK ? DONE : engine_failed(x, &err, status);
}

/* FNV-1a: keys of metadata are short, paths are not. */
static uint64_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return h;
}

/* Notes in the transaction how far the source in hand is. */
static aln_status note_place(indexer *x, aln_error *err)
{
    char value[256];
    if (!*x->resume_key)
        return ALN_OK;
    int n = snprintf(value, sizeof value, "%zu %s %s", x->at, x->resume_identity, x->source);
    return aln_xapian_set_metadata(x->db, x->resume_key, value, n < (int)sizeof value ? (size_t)n : sizeof value - 1,
                                   err);
}

size_t indexer_source(indexer *x, const char *name, const char *identity)
{
    const char *kept;
    size_t len;
    if (x->in_transaction)
        note_place(x, NULL);
    x->source = name;
    x->at = 0;
    x->share = 0;
    *x->resume_key = '\0';
    char *full = identity ? realpath(name, NULL) : NULL;
    if (!full)
        return 0;
    snprintf(x->resume_key, sizeof x->resume_key, "%s%016" PRIx64, RESUME_KEY, hash(full));
    snprintf(x->resume_identity, sizeof x->resume_identity, "%s", identity);
    free(full);
    if (aln_xapian_get_metadata(x->db, x->resume_key, &kept, &len, NULL) != ALN_OK || !len)
        return 0;
    /* LINES IDENTITY NAME */
    char *rest;
    unsigned long long done = strtoull(kept, &rest, 10);
    size_t id_len = strlen(identity);
    if (*rest != ' ' || strncmp(rest + 1, identity, id_len) != 0 || rest[1 + id_len] != ' ')
        return 0;
    x->at = (size_t)done;
    return x->at;
}

void indexer_progress(indexer *x, bool last)
{
    if (!x->show)
        return;
    uint64_t now = now_ms();
    if (last) {
        if (x->shown_ms)
            fputs("\r\033[K", stderr);
        return;
    }
    if (now - x->shown_ms < 200 && x->shown_ms)
        return;
    x->shown_ms = now;
    uint64_t took = now - x->start_ms + 1;
    fprintf(stderr, "\r\033[K%" PRIu64 " documents, %" PRIu64 " a second", x->indexed, x->indexed * 1000 / took);
    if (x->share > 0)
        fprintf(stderr, ", %s %.0f %%", x->source, x->share * 100);
    fflush(stderr);
}

static aln_status fill(indexer *x, const record *r, const char *data, size_t data_len, aln_error *err)
{
    const char *language = *r->language ? r->language : aln_identify(x->analyzer, r->text, r->text_len);
    bool known = strcmp(language, "und") != 0;
    const char *given = known ? language : NULL;
    uint32_t position = 0;
    aln_status s;
    if ((s = aln_xapian_doc_clear(x->doc, err)) != ALN_OK ||
        (s = aln_xapian_doc_set_data(x->doc, data, data_len, err)) != ALN_OK)
        return s;
    if (r->title_len) {
        s = aln_xapian_doc_add_text(x->doc, x->analyzer, given, "S", r->title, r->title_len, &position, err);
        if (s != ALN_OK)
            return s;
        position += FIELD_GAP;
    }
    s = aln_xapian_doc_add_text(x->doc, x->analyzer, given, NULL, r->text, r->text_len, &position, err);
    if (s != ALN_OK)
        return s;
    if (known) {
        char tag[36];
        if (parse_language(language, strlen(language), tag, sizeof tag)) {
            if ((s = aln_xapian_doc_add_boolean(x->doc, "L", tag, strlen(tag), err)) != ALN_OK)
                return s;
            /* lang:kk also finds what is tagged kk-Latn. */
            size_t primary = strcspn(tag, "-");
            if (tag[primary] && (s = aln_xapian_doc_add_boolean(x->doc, "L", tag, primary, err)) != ALN_OK)
                return s;
            tag[primary] = '\0';
            if ((s = aln_xapian_note_language(x->db, tag, err)) != ALN_OK)
                return s;
        }
    }
    if (*r->date) {
        size_t len = strlen(r->date);
        if ((s = aln_xapian_doc_set_value(x->doc, ALN_XAPIAN_DATE_SLOT, r->date, len, err)) != ALN_OK)
            return s;
        if (len == 8 && (s = aln_xapian_doc_add_boolean(x->doc, "D", r->date, len, err)) != ALN_OK)
            return s;
    }
    return aln_xapian_replace(x->db, r->id, r->id_len, x->doc, NULL, err);
}

int indexer_add(indexer *x, size_t at, const record *r, const char *data, size_t data_len)
{
    aln_error err = {ALN_OK, 0, ""};
    aln_status status = ALN_OK;
    if (*r->note) {
        if (x->strict)
            return indexer_skip(x, at, r->note);
        if (x->noted++ < MAX_NOTES) {
            indexer_progress(x, true);
            complain_at(x->source, at, "%s", r->note);
        }
    }
    if (!x->in_transaction) {
        status = aln_xapian_begin(x->db, &err);
        if (status != ALN_OK)
            return engine_failed(x, &err, status);
        x->in_transaction = true;
    }
    status = fill(x, r, data, data_len, &err);
    /* libxapian refuses a document that is too big for it before it has changed anything. */
    if (status == ALN_EINVAL || status == ALN_ELIMIT)
        return indexer_skip(x, at, err.message);
    if (status != ALN_OK)
        return engine_failed(x, &err, status);
    x->at = at;
    x->indexed++;
    x->pending_bytes += r->text_len + r->title_len + data_len + DOCUMENT_BYTES;
    indexer_progress(x, false);
    return x->pending_bytes >= COMMIT_BYTES ? indexer_commit(x) : DONE;
}

int indexer_skip(indexer *x, size_t at, const char *why)
{
    indexer_progress(x, true);
    complain_at(x->source, at, "%s", why);
    x->skipped++;
    if (x->strict)
        return BAD_INPUT;
    x->at = at;
    return DONE;
}

int indexer_unread(indexer *x, size_t at, const char *why)
{
    indexer_progress(x, true);
    complain_at(x->source, at, "%s", why);
    x->unread++;
    return x->strict ? BAD_INPUT : DONE;
}

int indexer_commit(indexer *x)
{
    aln_error err = {ALN_OK, 0, ""};
    aln_status status = ALN_OK;
    if (!x->in_transaction)
        status = aln_xapian_begin(x->db, &err);
    if (status == ALN_OK)
        status = note_place(x, &err);
    if (status == ALN_OK)
        status = aln_xapian_commit_transaction(x->db, &err);
    x->in_transaction = false;
    x->pending_bytes = 0;
    return status == ALN_OK ? DONE : engine_failed(x, &err, status);
}

static int forget(void *ctx, const char *key, const char *value, size_t len)
{
    indexer *x = ctx;
    (void)value;
    (void)len;
    return aln_xapian_set_metadata(x->db, key, "", 0, NULL);
}

int indexer_end(indexer *x, bool complete)
{
    aln_error err = {ALN_OK, 0, ""};
    indexer_progress(x, true);
    if (!complete)
        return indexer_commit(x);
    *x->resume_key = '\0';
    aln_status status = ALN_OK;
    if (!x->in_transaction)
        status = aln_xapian_begin(x->db, &err);
    x->in_transaction = status == ALN_OK;
    if (status == ALN_OK)
        status = (aln_status)aln_xapian_each_metadata(x->db, RESUME_KEY, forget, x, &err);
    return status == ALN_OK ? indexer_commit(x) : engine_failed(x, &err, status);
}

void indexer_free(indexer *x)
{
    aln_xapian_doc_free(x->doc);
    x->doc = NULL;
}
