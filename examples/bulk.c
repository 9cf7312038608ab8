/*
 * Bulk load. libxapian's writer slows down as its tables grow, and one database has one writer. So each batch of input
 * becomes a small database of its own, whose tables stay in the processor's cache while they are made, by whichever
 * thread is free; and the small ones are merged in the order of the batches, FAN at a time, by Xapian's compaction,
 * which reads and writes in sequence. Each document is written log(batches)/log(FAN) + 1 times, so that time per
 * document hardly depends on their number.
 *
 * Parts do not wait for the disk while they are written; each is synced before it gets its name, and counts only then.
 * The index itself stays open (and locked) as it was until the end, and is then replaced in one step. What a crash
 * leaves is taken up by the next run.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "bulk.h"
#include "rebuild.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Parts merged at a time. libxapian holds about five files open for each: 64 stay below the usual limit of 1,024. */
#define FAN 64u
/* Text after which a part's changes are taken out of libxapian's memory: its maps, which every posting looks up, are
 * some 30 times as large. Those of 128 kB are mostly in a processor's second cache; a sixth faster than those of a
 * megabyte, which are in its third at best. Less would write the tables of large parts more often than it saves. */
#define FLUSH_BYTES ((size_t)128 << 10)

/* -------------------------------------------------------------- in a worker */

typedef struct {
    indexer *x;
    worker *w;
    batch *b;
    aln_xapian **db;
    size_t unflushed;
} load;

static aln_status failed(load *l, size_t s, aln_status status)
{
    if (status != ALN_OK)
        l->b->failed_at = l->x->shards[s].path;
    return status;
}

static aln_status take(void *ctx, size_t number, const record *r, const char *language, aln_error *err)
{
    load *l = ctx;
    size_t s = indexer_route(l->x, r->id, r->id_len);
    aln_status status = indexer_order(l->x, l->b, number, l->w->doc, err);
    if (status == ALN_OK && *language)
        status = aln_xapian_note_language(l->db[s], language, err);
    if (status == ALN_OK)
        status = aln_xapian_replace(l->db[s], r->id, r->id_len, l->w->doc, NULL, err);
    if (status != ALN_OK)
        return failed(l, s, status);
    l->unflushed += l->b->items[number].len;
    for (s = 0; l->unflushed >= FLUSH_BYTES && s < l->x->shard_count; s++)
        if ((status = aln_xapian_commit(l->db[s], err)) != ALN_OK)
            return failed(l, s, status);
    if (l->unflushed >= FLUSH_BYTES)
        l->unflushed = 0;
    return ALN_OK;
}

static aln_status open_part(const indexer *x, const worker *w, size_t s, part which, aln_xapian **db, aln_error *err)
{
    char *path = parts_making(&x->shards[s].parts, which);
    if (!path)
        return ALN_ENOMEM;
    aln_status status = aln_xapian_open(path, ALN_XAPIAN_LOAD, aln_analyzer_fingerprint(w->analyzer), db, err);
    free(path);
    return status;
}

static aln_status close_part(load *l, size_t s, part which, aln_error *err)
{
    aln_status status = ALN_OK;
    for (size_t i = 0; status == ALN_OK && i < l->b->place_count; i++)
        status = indexer_note_place(l->db[s], &l->b->places[i], err);
    if (status == ALN_OK)
        status = indexer_note_order(l->x, l->db[s], l->b->number + 1, err);
    if (status == ALN_OK)
        status = aln_xapian_commit(l->db[s], err);
    aln_xapian_close(l->db[s]);
    l->db[s] = NULL;
    return status == ALN_OK ? parts_finish(&l->x->shards[s].parts, which, err) : status;
}

void bulk_work(indexer *x, worker *w, batch *b)
{
    load l = {x, w, b, calloc(x->shard_count, sizeof *l.db), 0};
    const part which = {b->number, b->number};
    const batch_sink sink = {&l, take};
    if (!l.db)
        b->status = ALN_ENOMEM;
    for (size_t s = 0; b->status == ALN_OK && s < x->shard_count; s++)
        b->status = failed(&l, s, open_part(x, w, s, which, &l.db[s], &b->err));
    if (b->status == ALN_OK)
        batch_work(b, w->analyzer, &w->doc, x->strict, &sink);
    for (size_t s = 0; b->status == ALN_OK && s < x->shard_count; s++)
        b->status = failed(&l, s, close_part(&l, s, which, &b->err));
    for (size_t s = 0; l.db && s < x->shard_count; s++)
        aln_xapian_close(l.db[s]);
    free(l.db);
}

/* -------------------------------------------------------- in the main thread */

static int remember(void *ctx, const char *key, const char *value, size_t len)
{
    return indexer_remember(ctx, key, value, len) ? 0 : ALN_ENOMEM;
}

static int count_keys(void *ctx, const char *key, const char *value, size_t len)
{
    (void)key;
    (void)value;
    (void)len;
    ++*(int *)ctx;
    return 0;
}

/* Empty, or with what an unfinished run has left. */
static bool is_open(const shard *s)
{
    struct stat info;
    aln_xapian_counts counts;
    int unfinished = 0;
    if (stat(s->path, &info) != 0 || !S_ISDIR(info.st_mode) || aln_xapian_count(s->db, &counts, NULL) != ALN_OK)
        return false;
    aln_xapian_each_metadata(s->db, RESUME_KEY, count_keys, &unfinished, NULL);
    return !counts.documents || unfinished;
}

static int read_places(indexer *x)
{
    for (size_t i = 0; i < x->shards[0].parts.count; i++) {
        aln_error err = {ALN_OK, 0, ""};
        aln_xapian *db = NULL;
        char *path = parts_path(&x->shards[0].parts, x->shards[0].parts.list[i]);
        int status = path ? aln_xapian_open(path, ALN_XAPIAN_READ, NULL, &db, &err) : ALN_ENOMEM;
        if (status == ALN_OK)
            status = aln_xapian_each_metadata(db, RESUME_KEY, remember, x, &err);
        if (status != ALN_OK)
            indexer_engine_failed(x, path ? path : x->shards[0].path, &err, status);
        aln_xapian_close(db);
        free(path);
        if (status != ALN_OK)
            return FAILED;
    }
    return DONE;
}

int bulk_prepare(indexer *x)
{
    bool open = true;
    uint64_t end = UINT64_MAX;
    for (size_t s = 0; s < x->shard_count; s++)
        open &= is_open(&x->shards[s]);
    if (!open) {
        x->mode = MODE_DIRECT;
        return DONE;
    }
    x->mode = MODE_OPEN;
    for (size_t s = 0; s < x->shard_count; s++) {
        const char *tag;
        size_t len;
        shard *it = &x->shards[s];
        if (aln_xapian_get_metadata(it->db, LOAD_KEY, &tag, &len, NULL) != ALN_OK)
            tag = "";
        if (!parts_init(&it->parts, it->path) || !parts_recover(&it->parts, tag))
            return FAILED;
        uint64_t mine = parts_end(&it->parts);
        end = mine < end ? mine : end;
    }
    if (!end)
        return DONE;
    for (size_t s = 0; s < x->shard_count; s++)
        parts_cut(&x->shards[s].parts, end);
    x->next_batch = end;
    x->mode = MODE_BULK;
    return read_places(x);
}

int bulk_start(indexer *x)
{
    char tag[64];
    aln_error err = {ALN_OK, 0, ""};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(tag, sizeof tag, "%" PRIx64 "-%lx-%lx", (uint64_t)now.tv_sec, (unsigned long)now.tv_nsec,
             (unsigned long)getpid());
    for (size_t s = 0; s < x->shard_count; s++) {
        shard *it = &x->shards[s];
        if (!parts_start(&it->parts, tag))
            return FAILED;
        aln_status status = aln_xapian_set_metadata(it->db, LOAD_KEY, tag, strlen(tag), &err);
        if (status == ALN_OK)
            status = aln_xapian_commit(it->db, &err);
        if (status != ALN_OK)
            return indexer_engine_failed(x, it->path, &err, status);
    }
    x->mode = MODE_BULK;
    return DONE;
}

int bulk_note(indexer *x, uint64_t first, uint64_t last, part *merge, bool *due)
{
    const part made = {first, last};
    *due = false;
    for (size_t s = 0; s < x->shard_count; s++) {
        if (!parts_note(&x->shards[s].parts, made)) {
            complain_at(x->shards[s].parts.dir, 0, "a part cannot be removed");
            return FAILED;
        }
    }
    uint64_t span = (last - first + 1) * FAN;
    if (span >= FAN && (last + 1) % span == 0 && ((last - first + 1) & (last - first)) == 0) {
        *merge = (part){last + 1 - span, last};
        *due = true;
    }
    return DONE;
}

static int forget(void *ctx, const char *key, const char *value, size_t len)
{
    (void)value;
    (void)len;
    return aln_xapian_set_metadata(ctx, key, "", 0, NULL);
}

/* Makes the successor of a shard: its documents, then those of the parts; and sets right what merging cannot. */
static aln_status make_successor(const shard *it, const char *path, bool complete, aln_error *err)
{
    size_t count = 0;
    uint32_t replaced;
    aln_xapian *db = NULL;
    const part all = {0, UINT64_MAX};
    char **paths = parts_paths(&it->parts, all, it->path, &count);
    if (!paths)
        return ALN_ENOMEM;
    const char **sources = malloc(count * sizeof *sources);
    aln_status status = sources && rebuild_remove(path) ? ALN_OK : ALN_ENOMEM;
    for (size_t i = 0; sources && i < count; i++)
        sources[i] = paths[i];
    if (status == ALN_OK)
        status = aln_xapian_merge(sources, count, path, err);
    free(sources);
    free_paths(paths, count);
    if (status == ALN_OK)
        status = aln_xapian_open(path, ALN_XAPIAN_UPDATE, NULL, &db, err);
    if (status == ALN_OK)
        status = aln_xapian_unite_ids(db, &replaced, err);
    if (status == ALN_OK)
        status = aln_xapian_set_metadata(db, LOAD_KEY, "", 0, err);
    if (status == ALN_OK && complete)
        status = (aln_status)aln_xapian_each_metadata(db, RESUME_KEY, forget, db, err);
    if (status == ALN_OK)
        status = aln_xapian_commit(db, err);
    aln_xapian_close(db);
    return status == ALN_OK ? aln_xapian_sync(path, err) : status;
}

static char *successor_path(const shard *it)
{
    size_t size = strlen(it->parts.dir) + sizeof "/all";
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s/all", it->parts.dir);
    return path;
}

int bulk_finish(indexer *x, bool complete)
{
    aln_error err = {ALN_OK, 0, ""};
    int result = DONE;
    for (size_t s = 0; s < x->shard_count && result == DONE; s++) {
        char *path = successor_path(&x->shards[s]);
        aln_status status = path ? make_successor(&x->shards[s], path, complete, &err) : ALN_ENOMEM;
        if (status != ALN_OK)
            result = indexer_engine_failed(x, x->shards[s].path, &err, status);
        free(path);
    }
    /* All are there before the first is used. */
    for (size_t s = 0; s < x->shard_count && result == DONE; s++) {
        shard *it = &x->shards[s];
        char *path = successor_path(it);
        aln_xapian_close(it->db);
        it->db = NULL;
        aln_status status = ALN_OK;
        if (!path || !rebuild_swap(it->path, path) || !parts_remove(&it->parts))
            result = FAILED;
        else
            status = aln_xapian_open(it->path, ALN_XAPIAN_UPDATE, NULL, &it->db, &err);
        if (status != ALN_OK)
            result = indexer_engine_failed(x, it->path, &err, status);
        free(path);
    }
    return result;
}
