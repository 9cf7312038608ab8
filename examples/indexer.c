/*
 * Puts documents into an index.
 *
 * The caller reads; what it reads goes in batches to workers, in threads where there are several, and comes back in the
 * order in which it was read, so that the index, and the messages, are the same with any number of threads. Two ways
 * lead from there:
 *
 * Into the index itself: workers make documents, the caller's thread writes them, in transactions that end every
 * COMMIT_BYTES of text, so that memory is bounded, searchers see whole states only, and a run that is killed loses the
 * last batches at most. A document whose id is known is replaced in one step; searchers see the old one or the new one.
 *
 * Or, where the index is new and the input longer than one batch, by a bulk load (bulk.c).
 *
 * Each commit holds, with the documents, how far in the source it is: the next run on the same unchanged file goes on
 * there.
 *
 * SPDX-License-Identifier: MIT
 */
#define _XOPEN_SOURCE 700
#include "indexer.h"
#include "bulk.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A bulk load's batch becomes a part, which is made in some seconds. Compaction takes over the pieces of a posting list
 * as the parts have them, so that fewer and larger parts make a smaller index (of 16 MB, 2 MB each: 7 % larger than 8
 * MB each). The first one is small, so that threads soon have something to do. */
#define FIRST_BATCH_BYTES ((size_t)2 << 20)
#define BULK_BATCH_BYTES ((size_t)8 << 20)
#define FIRST_BATCHES 1u
/* A batch's documents in memory take some 50 times its bytes. */
#define DIRECT_BATCH_BYTES ((size_t)256 << 10)
#define COMMIT_BYTES ((size_t)48 << 20)
/* A document costs memory besides its text. */
#define DOCUMENT_BYTES 1024u
/* A whole archive may have the same slip in each document. */
#define MAX_NOTES 10u
/* Jobs in hand: while a merge takes one thread for long, the others go on. */
#define ROOM_PER_THREAD 4u
#define ROOM_MORE 12u

/* What goes through the pool: a batch, or a range of parts of one shard to be merged. */
typedef struct job {
    batch *b;
    size_t shard;
    part range;
    char **paths;
    size_t path_count;
    aln_status status;
    aln_error err;
} job;

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

int indexer_engine_failed(indexer *x, const char *path, const aln_error *err, int status)
{
    if (x->status != FAILED)
        complain_engine(path, err, status);
    x->status = FAILED;
    return FAILED;
}

static int out_of_memory(indexer *x)
{
    const aln_error none = {ALN_OK, 0, ""};
    return indexer_engine_failed(x, x->shards[0].path, &none, ALN_ENOMEM);
}

static void indexer_progress(indexer *x, bool last)
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
        fprintf(stderr, ", %s %.0f %%", x->sources[x->source_count - 1]->name, x->share * 100);
    fflush(stderr);
}

/* ------------------------------------------------------------------- shards */

/* FNV-1a, 64 bits: fixed for good, as the documents of an index in shards lie by it (docs/scaling.md). */
static uint64_t hash(const char *text, size_t len)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    return h;
}

size_t indexer_route(const indexer *x, const char *id, size_t len)
{
    return x->shard_count > 1 ? (size_t)(hash(id, len) % x->shard_count) : 0;
}

aln_status indexer_order(const indexer *x, const batch *b, size_t number, aln_xapian_doc *doc, aln_error *err)
{
    if (x->shard_count < 2)
        return ALN_OK;
    /* A batch has less than 2^20 lines: a line with an id takes ten bytes at least. */
    uint64_t n = ((x->first_order + b->number) << 20) + number;
    char order[6];
    for (size_t i = 0; i < sizeof order; i++)
        order[i] = (char)(unsigned char)(n >> (8 * (sizeof order - 1 - i)));
    return aln_xapian_doc_set_value(doc, ALN_XAPIAN_ORDER_SLOT, order, sizeof order, err);
}

aln_status indexer_note_order(const indexer *x, aln_xapian *db, uint64_t batches, aln_error *err)
{
    char text[32];
    if (x->shard_count < 2)
        return ALN_OK;
    int n = snprintf(text, sizeof text, "%" PRIu64, x->first_order + batches);
    return aln_xapian_set_metadata(db, ORDER_KEY, text, (size_t)n, err);
}

/* --------------------------------------------------------------- resumption */

bool indexer_remember(indexer *x, const char *key, const char *value, size_t len)
{
    size_t i = 0;
    while (i < x->resumption_count && strcmp(x->resumptions[i].key, key) != 0)
        i++;
    if (i == x->resumption_cap) {
        size_t cap = i ? i * 2 : 16;
        resumption *grown = realloc(x->resumptions, cap * sizeof *grown);
        if (!grown)
            return false;
        x->resumptions = grown;
        x->resumption_cap = cap;
    }
    resumption *r = &x->resumptions[i];
    char *copy = malloc(len + 1), *name = i < x->resumption_count ? r->key : strdup(key);
    if (!copy || !name) {
        free(copy);
        if (i == x->resumption_count)
            free(name);
        return false;
    }
    memcpy(copy, value, len);
    copy[len] = '\0';
    if (i < x->resumption_count)
        free(r->value);
    else
        x->resumption_count++;
    r->key = name;
    r->value = copy;
    return true;
}

aln_status indexer_note_place(aln_xapian *db, const place *p, aln_error *err)
{
    char value[256];
    if (!*p->source->key)
        return ALN_OK;
    int n = snprintf(value, sizeof value, "%zu %s %s", p->at, p->source->identity, p->source->name);
    return aln_xapian_set_metadata(db, p->source->key, value, n < (int)sizeof value ? (size_t)n : sizeof value - 1,
                                   err);
}

/* The line that an earlier run reached, if the source is still the same. LINES IDENTITY NAME */
static size_t parse_place(const char *kept, const char *identity)
{
    char *rest;
    unsigned long long done = strtoull(kept, &rest, 10);
    size_t len = strlen(identity);
    return *rest == ' ' && strncmp(rest + 1, identity, len) == 0 && rest[1 + len] == ' ' ? (size_t)done : 0;
}

static size_t find_place(const indexer *x, const source *s)
{
    size_t done = 0;
    for (size_t i = 0; i < x->resumption_count; i++)
        if (strcmp(x->resumptions[i].key, s->key) == 0)
            return parse_place(x->resumptions[i].value, s->identity);
    /* Shards are committed one after the other: what all have counts. */
    for (size_t i = 0; i < x->shard_count; i++) {
        const char *kept;
        size_t len;
        if (aln_xapian_get_metadata(x->shards[i].db, s->key, &kept, &len, NULL) != ALN_OK || !len)
            return 0;
        size_t here = parse_place(kept, s->identity);
        done = !i || here < done ? here : done;
    }
    return done;
}

/* ------------------------------------------------------------------ writing */

void indexer_report(indexer *x, const batch *b)
{
    if (b->remark_count)
        indexer_progress(x, true);
    for (size_t i = 0; i < b->remark_count; i++) {
        const remark *r = &b->remarks[i];
        if (r->kind != ITEM_LINE || x->noted < MAX_NOTES)
            complain_at(r->source->name, r->at, "%s", r->text);
        x->skipped += r->kind == ITEM_SKIP;
        x->unread += r->kind == ITEM_UNREAD;
        x->noted += r->kind == ITEM_LINE;
    }
    x->indexed += b->indexed;
    if (b->stopped && x->status == DONE)
        x->status = BAD_INPUT;
}

static int begin(indexer *x)
{
    for (size_t s = 0; s < x->shard_count && !x->in_transaction; s++) {
        aln_error err = {ALN_OK, 0, ""};
        aln_status status = aln_xapian_begin(x->shards[s].db, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, x->shards[s].path, &err, status);
    }
    x->in_transaction = true;
    return DONE;
}

static int commit(indexer *x)
{
    if (begin(x) != DONE)
        return FAILED;
    x->in_transaction = false;
    x->pending_bytes = 0;
    for (size_t s = 0; s < x->shard_count; s++) {
        aln_error err = {ALN_OK, 0, ""};
        aln_status status = indexer_note_order(x, x->shards[s].db, x->next_batch, &err);
        if (status == ALN_OK)
            status = aln_xapian_commit_transaction(x->shards[s].db, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, x->shards[s].path, &err, status);
    }
    return DONE;
}

/* A document that libxapian refuses (it is too big) has changed nothing. */
static int refuse(indexer *x, const item *i, const aln_error *err)
{
    indexer_progress(x, true);
    complain_at(i->source->name, i->at, "%s", err->message);
    x->skipped++;
    x->indexed--;
    if (x->strict && x->status == DONE)
        x->status = BAD_INPUT;
    return x->status;
}

static int write_batch(indexer *x, const batch *b)
{
    aln_error err = {ALN_OK, 0, ""};
    if (begin(x) != DONE)
        return FAILED;
    for (size_t i = 0; i < b->ready_count; i++) {
        const ready *r = &b->ready[i];
        shard *it = &x->shards[indexer_route(x, r->id, r->id_len)];
        aln_status status = aln_xapian_replace(it->db, r->id, r->id_len, r->doc, NULL, &err);
        if (status == ALN_EINVAL || status == ALN_ELIMIT) {
            if (refuse(x, &b->items[r->item], &err) != DONE)
                return x->status;
            continue;
        }
        if (status == ALN_OK && *r->language)
            status = aln_xapian_note_language(it->db, r->language, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, it->path, &err, status);
        x->pending_bytes += b->items[r->item].len * 2 + DOCUMENT_BYTES;
    }
    for (size_t i = 0; i < b->place_count; i++)
        for (size_t s = 0; s < x->shard_count; s++)
            if (indexer_note_place(x->shards[s].db, &b->places[i], &err) != ALN_OK)
                return indexer_engine_failed(x, x->shards[s].path, &err, err.code);
    return x->pending_bytes >= COMMIT_BYTES ? commit(x) : DONE;
}

/* ------------------------------------------------------------------ workers */

typedef struct {
    const indexer *x;
    worker *w;
    batch *b;
} keeper;

static aln_status keep(void *ctx, size_t n, const record *r, const char *language, aln_error *err)
{
    keeper *k = ctx;
    aln_status status = indexer_order(k->x, k->b, n, k->w->doc, err);
    if (status != ALN_OK)
        return status;
    ready *made = batch_ready(k->b);
    if (!made || !(made->id = malloc(r->id_len + 1)))
        return ALN_ENOMEM;
    memcpy(made->id, r->id, r->id_len);
    made->id[r->id_len] = '\0';
    made->id_len = r->id_len;
    made->item = n;
    snprintf(made->language, sizeof made->language, "%s", language);
    made->doc = k->w->doc;
    k->w->doc = NULL;
    return ALN_OK;
}

/* In a worker's thread. */
static void work(void *ctx, size_t number, void *given)
{
    indexer *x = ctx;
    worker *w = &x->workers[number];
    job *j = given;
    if (!j->b) {
        j->status = parts_merge(&x->shards[j->shard].parts, j->paths, j->path_count, j->range, &j->err);
    } else if (x->mode == MODE_BULK) {
        bulk_work(x, w, j->b);
    } else {
        keeper k = {x, w, j->b};
        const batch_sink sink = {&k, keep};
        batch_work(j->b, w->analyzer, &w->doc, x->strict, &sink);
    }
}

static void free_job(job *j)
{
    batch_free(j->b);
    if (j->paths)
        free_paths(j->paths, j->path_count);
    free(j);
}

static int start_workers(indexer *x)
{
    /* Into the index: one thread writes, and the others work for it. */
    size_t threads = x->jobs == 1 ? 0 : x->mode == MODE_BULK ? x->jobs : x->jobs - 1;
    size_t count = threads ? threads : 1;
    while (x->worker_count < count) {
        aln_error err = {ALN_OK, 0, ""};
        aln_status status = aln_analyzer_clone(x->workers[0].analyzer, &x->workers[x->worker_count].analyzer, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, x->shards[0].path, &err, status);
        x->worker_count++;
    }
    x->pool = pool_new(threads, threads ? threads * ROOM_PER_THREAD + ROOM_MORE : 1, work, x);
    if (x->pool)
        return DONE;
    complain("threads cannot be started");
    return x->status = FAILED;
}

static int give(indexer *x, job *j);

/* Merges a range of parts, in each shard, and perhaps the next wider range behind it. */
static int give_merges(indexer *x, part range)
{
    for (size_t s = 0; s < x->shard_count; s++) {
        job *j = calloc(1, sizeof *j);
        if (!j)
            return out_of_memory(x);
        j->shard = s;
        j->range = range;
        j->paths = parts_paths(&x->shards[s].parts, range, NULL, &j->path_count);
        if (!j->paths) {
            free_job(j);
            return out_of_memory(x);
        }
        if (give(x, j) != DONE)
            return x->status;
    }
    return DONE;
}

/* The oldest job in hand; after a failure or a stop those behind it count for nothing. */
static int take(indexer *x)
{
    job *j = pool_take(x->pool);
    part merge;
    bool due = false;
    if (!j)
        return x->status;
    if (x->status == DONE && !j->b) {
        if (j->status != ALN_OK)
            indexer_engine_failed(x, x->shards[j->shard].path, &j->err, j->status);
        else if (j->shard + 1 == x->shard_count && bulk_note(x, j->range.first, j->range.last, &merge, &due) != DONE)
            x->status = FAILED;
    } else if (x->status == DONE) {
        batch *b = j->b;
        indexer_report(x, b);
        if (b->status != ALN_OK)
            indexer_engine_failed(x, b->failed_at ? b->failed_at : x->shards[0].path, &b->err, b->status);
        else if (x->mode != MODE_BULK)
            write_batch(x, b);
        else if (bulk_note(x, b->number, b->number, &merge, &due) != DONE)
            x->status = FAILED;
        indexer_progress(x, false);
    }
    free_job(j);
    return due && x->status == DONE ? give_merges(x, merge) : x->status;
}

static int give(indexer *x, job *j)
{
    while (pool_full(x->pool))
        if (take(x) != DONE) {
            free_job(j);
            return x->status;
        }
    pool_give(x->pool, j);
    return x->status;
}

static int give_batch(indexer *x, batch *b)
{
    job *j = calloc(1, sizeof *j);
    if (!j) {
        batch_free(b);
        return out_of_memory(x);
    }
    j->b = b;
    return give(x, j);
}

/* Cuts a batch that turned out to be all of the input into smaller ones, whose documents can stand in memory. */
static int give_slices(indexer *x, const batch *b)
{
    batch *slice = NULL;
    for (size_t i = 0; i < b->count && x->status == DONE; i++) {
        const item *it = &b->items[i];
        if (!slice)
            slice = batch_new(x->next_batch++, i ? b->items[i - 1].source : b->source);
        if (!slice || !batch_add(slice, it->kind, it->source, it->at, b->bytes + it->text, it->len)) {
            batch_free(slice);
            return out_of_memory(x);
        }
        if (slice->bytes_len >= DIRECT_BATCH_BYTES || i + 1 == b->count) {
            give_batch(x, slice);
            slice = NULL;
        }
    }
    batch_free(slice);
    return x->status;
}

/* Sends the batch in hand to the workers. last: the input ends with it. */
static int send(indexer *x, bool last)
{
    batch *b = x->filling;
    if (!b)
        return x->status;
    x->filling = NULL;
    if (x->mode == MODE_OPEN && last) {
        x->mode = MODE_DIRECT;
        int status = start_workers(x) == DONE ? give_slices(x, b) : FAILED;
        batch_free(b);
        return status;
    }
    if (x->mode == MODE_OPEN && bulk_start(x) != DONE)
        x->status = FAILED;
    if (x->status == DONE && !x->pool)
        start_workers(x);
    if (x->status != DONE) {
        batch_free(b);
        return x->status;
    }
    b->number = x->next_batch++;
    return give_batch(x, b);
}

/* ------------------------------------------------------------------- reading */

int indexer_begin(indexer *x, shard *shards, size_t count, aln_analyzer *analyzer, const name_options *names,
                  size_t jobs, bool strict)
{
    memset(x, 0, sizeof *x);
    x->shards = shards;
    x->shard_count = count;
    x->names = names;
    x->jobs = jobs ? jobs : 1;
    x->strict = strict;
    x->show = isatty(STDERR_FILENO);
    x->start_ms = now_ms();
    x->workers = calloc(x->jobs, sizeof *x->workers);
    if (!x->workers)
        return out_of_memory(x);
    x->workers[0].analyzer = analyzer;
    x->worker_count = 1;
    for (size_t s = 0; s < count && count > 1; s++) {
        const char *kept;
        size_t len;
        if (aln_xapian_get_metadata(shards[s].db, ORDER_KEY, &kept, &len, NULL) == ALN_OK && len) {
            uint64_t n = strtoull(kept, NULL, 10);
            x->first_order = n > x->first_order ? n : x->first_order;
        }
    }
    int status = bulk_prepare(x);
    x->small_batches = x->mode == MODE_DIRECT;
    return status;
}

/* The text with which the batch that is being filled is full. */
static size_t batch_bytes(const indexer *x)
{
    if (x->small_batches)
        return DIRECT_BATCH_BYTES;
    uint64_t n = x->next_batch; /* the number that this one will get */
    return n < FIRST_BATCHES ? FIRST_BATCH_BYTES : BULK_BATCH_BYTES;
}

static int add(indexer *x, item_kind kind, size_t at, const char *text, size_t len)
{
    if (x->status != DONE)
        return x->status;
    const source *from = x->source_count ? x->sources[x->source_count - 1] : NULL;
    if (!x->filling)
        x->filling = batch_new(0, from);
    if (!x->filling || !batch_add(x->filling, kind, from, at, text, len))
        return out_of_memory(x);
    return x->filling->bytes_len >= batch_bytes(x) ? send(x, false) : x->status;
}

size_t indexer_source(indexer *x, const char *name, const char *identity)
{
    if (x->source_count == x->source_cap) {
        size_t cap = x->source_cap ? x->source_cap * 2 : 16;
        source **grown = realloc(x->sources, cap * sizeof *grown);
        if (!grown) {
            out_of_memory(x);
            return 0;
        }
        x->sources = grown;
        x->source_cap = cap;
    }
    source *s = calloc(1, sizeof *s);
    if (!s || !(s->name = strdup(name))) {
        free(s);
        out_of_memory(x);
        return 0;
    }
    x->sources[x->source_count++] = s;
    x->share = 0;
    char *full = identity ? realpath(name, NULL) : NULL;
    if (full) {
        snprintf(s->key, sizeof s->key, "%s%016" PRIx64, RESUME_KEY, hash(full, strlen(full)));
        snprintf(s->identity, sizeof s->identity, "%s", identity);
        free(full);
    }
    add(x, ITEM_SOURCE, 0, NULL, 0);
    return *s->key ? find_place(x, s) : 0;
}

int indexer_line(indexer *x, size_t at, const char *text, size_t len)
{
    return add(x, ITEM_LINE, at, text, len);
}

int indexer_skip(indexer *x, size_t at, const char *why)
{
    int status = add(x, ITEM_SKIP, at, why, strlen(why));
    return status == DONE && x->strict ? BAD_INPUT : status;
}

int indexer_unread(indexer *x, size_t at, const char *why)
{
    int status = add(x, ITEM_UNREAD, at, why, strlen(why));
    return status == DONE && x->strict ? BAD_INPUT : status;
}

static int forget(void *ctx, const char *key, const char *value, size_t len)
{
    (void)value;
    (void)len;
    return aln_xapian_set_metadata(ctx, key, "", 0, NULL);
}

static int forget_places(indexer *x)
{
    if (begin(x) != DONE)
        return FAILED;
    for (size_t s = 0; s < x->shard_count; s++) {
        aln_error err = {ALN_OK, 0, ""};
        aln_status status =
            (aln_status)aln_xapian_each_metadata(x->shards[s].db, RESUME_KEY, forget, x->shards[s].db, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, x->shards[s].path, &err, status);
    }
    return DONE;
}

int indexer_end(indexer *x, bool complete)
{
    if (x->status == DONE)
        send(x, true);
    while (x->pool && x->status == DONE && !pool_empty(x->pool))
        take(x);
    indexer_progress(x, true);
    if (x->status == FAILED)
        return FAILED;
    complete = complete && x->status == DONE;
    int status;
    if (x->mode == MODE_BULK) {
        /* What stands behind a bad document, and was worked on already, waits for the next run. */
        while (x->pool && !pool_empty(x->pool))
            free_job(pool_take(x->pool));
        status = bulk_finish(x, complete);
    } else {
        status = complete ? forget_places(x) : DONE;
        if (status == DONE)
            status = commit(x);
    }
    return status == DONE ? x->status : status;
}

void indexer_free(indexer *x)
{
    for (job *j; x->pool && (j = pool_take(x->pool)) != NULL;)
        free_job(j);
    pool_free(x->pool);
    for (size_t i = 0; i < x->worker_count; i++) {
        aln_xapian_doc_free(x->workers[i].doc);
        if (i) /* the first is the caller's */
            aln_analyzer_free(x->workers[i].analyzer);
    }
    for (size_t i = 0; i < x->source_count; i++) {
        free(x->sources[i]->name);
        free(x->sources[i]);
    }
    for (size_t i = 0; i < x->resumption_count; i++) {
        free(x->resumptions[i].key);
        free(x->resumptions[i].value);
    }
    for (size_t s = 0; s < x->shard_count; s++)
        parts_clear(&x->shards[s].parts);
    batch_free(x->filling);
    free(x->sources);
    free(x->resumptions);
    free(x->workers);
    memset(x, 0, sizeof *x);
}
