/*
 * allonym index: JSON lines, or the documents of another Xapian database, into an index.
 *
 * A rebuild (--rebuild) goes into a database beside the index, which answers until the new one is complete and takes
 * its place (rebuild.c). All else goes into the index itself, in steps that searchers see whole (indexer.c).
 *
 * SPDX-License-Identifier: MIT
 */
#define _XOPEN_SOURCE 700
#include "command.h"
#include "indexer.h"
#include "lines.h"
#include "olddoc.h"
#include "rebuild.h"
#include "record.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const char *db, *from_db;
    const char *stub; /* to be written when all shards are complete */
    char **shards;    /* paths; without them db alone */
    size_t shard_count;
    char **files;
    int file_count;
    bool strict, rebuild;
    name_options names;
    uint32_t jobs;
} index_options;

static void help(FILE *out)
{
    fputs("allonym index [OPTION...] DB [FILE...]\n"
          "allonym index [OPTION...] --shards DB,DB... [FILE...]\n"
          "\n"
          "Indexes JSON lines (\"id\" and \"text\" required; \"title\", \"date\", \"lang\", \"url\"; other fields are "
          "kept),\n"
          "plain or gzip'd; - or no FILE is standard input. A document with a known id is replaced.\n"
          "\n"
          "      --from-db OLD            read the documents of an existing Xapian database instead of files\n"
          "      --rebuild                write the index anew beside the old one, which answers until the new one is\n"
          "                               complete; without FILE from its own documents\n"
          "      --shards DB,DB...        lay documents by their id into several databases, to be searched as one "
          "through a\n"
          "                               stub file; a DB that is a stub file of several does the same\n"
          "      --stub FILE              with --shards: write (or replace) this stub file when all are "
          "complete\n" NAME_OPTIONS_HELP "                               (all; kept in the index for later runs)\n"
          "  -j, --jobs N                 threads that analyze and write (1; 0 = as many as there are processors)\n"
          "      --strict                 stop at the first bad document\n"
          "\n"
          "A run that was interrupted goes on where it was when it is started again on the same files.\n",
          out);
}

static bool add_shard(index_options *o, const char *path, size_t len)
{
    char **grown = realloc(o->shards, (o->shard_count + 1) * sizeof *grown);
    if (!grown)
        return false;
    o->shards = grown;
    char *copy = malloc(len + 1);
    if (!copy)
        return false;
    memcpy(copy, path, len);
    copy[len] = '\0';
    o->shards[o->shard_count++] = copy;
    return true;
}

static bool split_shards(const char *text, index_options *o)
{
    for (;; text++) {
        size_t len = strcspn(text, ",");
        if (!len || !add_shard(o, text, len))
            return false;
        text += len;
        if (!*text)
            return true;
    }
}

static void free_shards(index_options *o)
{
    for (size_t i = 0; i < o->shard_count; i++)
        free(o->shards[i]);
    free(o->shards);
}

/* A stub file of several databases: they become the shards. */
static int take_stub_line(void *ctx, size_t line, const char *type, const char *location)
{
    index_options *o = ctx;
    if (!line) /* no stub file */
        return 0;
    if (strcmp(type, "remote") == 0) {
        complain_at(o->db, line, "a remote shard is written where it lies");
        return ALN_EINVAL;
    }
    return add_shard(o, location, strlen(location)) ? 0 : ALN_ENOMEM;
}

/* 0 = go on, -1 = help was asked for, else the exit status */
static int read_options(int argc, char **argv, index_options *o)
{
    enum { FROM_DB = 256, REBUILD, NAMES, AS_OF, STRICT, SHARDS, STUB };
    static const struct option table[] = {{"from-db", required_argument, NULL, FROM_DB},
                                          {"rebuild", no_argument, NULL, REBUILD},
                                          {"names", required_argument, NULL, NAMES},
                                          {"as-of", required_argument, NULL, AS_OF},
                                          {"jobs", required_argument, NULL, 'j'},
                                          {"strict", no_argument, NULL, STRICT},
                                          {"shards", required_argument, NULL, SHARDS},
                                          {"stub", required_argument, NULL, STUB},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    memset(o, 0, sizeof *o);
    o->jobs = 1;
    for (int c; (c = getopt_long(argc, argv, "j:h", table, NULL)) != -1;) {
        switch (c) {
        case FROM_DB:
            o->from_db = optarg;
            break;
        case REBUILD:
            o->rebuild = true;
            break;
        case NAMES:
        case AS_OF:
            if (!(c == NAMES ? read_names(optarg, &o->names) : read_as_of(optarg, &o->names)))
                return usage_error("index");
            break;
        case 'j':
            if (!parse_number(optarg, MAX_JOBS, &o->jobs)) {
                complain("--jobs is a number up to %u, not %s", MAX_JOBS, optarg);
                return usage_error("index");
            }
            if (!o->jobs) {
                long processors = sysconf(_SC_NPROCESSORS_ONLN);
                o->jobs = processors < 1 ? 1 : processors > (long)MAX_JOBS ? MAX_JOBS : (uint32_t)processors;
            }
            break;
        case STRICT:
            o->strict = true;
            break;
        case SHARDS:
            if (!split_shards(optarg, o)) {
                complain("--shards is paths with commas between them, not %s", optarg);
                return usage_error("index");
            }
            break;
        case STUB:
            o->stub = optarg;
            break;
        case 'h':
            help(stdout);
            return -1;
        default:
            return usage_error("index");
        }
    }
    if (optind == argc && !o->shard_count) {
        complain("index: no database named");
        return usage_error("index");
    }
    if (o->rebuild && o->shard_count) {
        complain("index: --rebuild is of one database: for shards write new ones with --shards, --from-db and --stub");
        return usage_error("index");
    }
    if (o->stub && !o->shard_count) {
        complain("index: --stub goes with --shards");
        return usage_error("index");
    }
    o->db = o->shard_count ? o->shards[0] : argv[optind++];
    o->files = argv + optind;
    o->file_count = argc - optind;
    if (o->from_db && o->file_count) {
        complain("index: --from-db and files exclude each other");
        return usage_error("index");
    }
    return 0;
}

/* ------------------------------------------------------------------- files */

static int index_file(indexer *x, const char *path)
{
    const char *why = "";
    char reason[256], identity[64];
    uint64_t size = 0, changed = 0;
    int status = DONE;
    lines *in = lines_open(path, &why);
    if (!in) {
        indexer_source(x, path, NULL);
        return indexer_unread(x, 0, why);
    }
    bool regular = lines_identity(in, &size, &changed);
    snprintf(identity, sizeof identity, "%" PRIu64 ":%" PRIu64, size, changed);
    size_t done = indexer_source(x, path, regular && strcmp(path, "-") != 0 ? identity : NULL);
    if (done)
        complain_at(path, done, "an earlier run came so far; going on from here");
    while (status == DONE && !interrupted()) {
        char *text;
        size_t len;
        line_status got = lines_next(in, &text, &len);
        size_t number = lines_number(in);
        if (got == LINE_END)
            break;
        if (size)
            x->share = (double)lines_offset(in) / (double)size;
        if (got == LINE_ERROR) {
            status = indexer_unread(x, number, lines_error(in));
            break;
        }
        if (number <= done)
            continue;
        if (got == LINE_TOO_LONG) {
            snprintf(reason, sizeof reason, "the line is longer than %zu MiB", MAX_LINE >> 20);
            status = indexer_skip(x, number, reason);
            continue;
        }
        if (!len || strspn(text, " \t") == len)
            continue;
        status = indexer_line(x, number, text, len);
    }
    lines_close(in);
    return status;
}

/* ----------------------------------------------------------- another database */

typedef struct {
    indexer *x;
    aln_xapian *old;
    uint64_t partial; /* documents with a part of their text only */
    int status;
} old_database;

static int index_old(void *ctx, aln_docid docid, const char *data, size_t len)
{
    old_database *o = ctx;
    old_text found;
    json_t *object = olddoc_convert(o->old, docid, data, len, &found);
    if (interrupted())
        o->status = FAILED;
    else if (!object)
        o->status = indexer_skip(o->x, docid, "out of memory");
    else if (found == OLD_NONE && !json_object_get(object, "text"))
        o->status =
            indexer_skip(o->x, docid, "its text is in its terms only, not in its data: index it from its source");
    else {
        char *line = json_dumps(object, JSON_COMPACT);
        o->partial += found == OLD_SAMPLE || found == OLD_NONE;
        o->status = line ? indexer_line(o->x, docid, line, strlen(line)) : indexer_skip(o->x, docid, "out of memory");
        free(line);
    }
    json_decref(object);
    return o->status;
}

static int index_database(indexer *x, aln_xapian *old, const char *path, uint64_t *partial)
{
    aln_error err = {ALN_OK, 0, ""};
    old_database o = {x, old, 0, DONE};
    aln_xapian_counts counts;
    char identity[64];
    int status = aln_xapian_count(old, &counts, &err);
    if (status != ALN_OK) {
        complain_engine(path, &err, status);
        return FAILED;
    }
    snprintf(identity, sizeof identity, "%u:%u", (unsigned)counts.documents, (unsigned)counts.last);
    size_t done = indexer_source(x, path, identity);
    if (done)
        complain_at(path, done, "an earlier run came so far; going on from here");
    status = aln_xapian_each(old, (aln_docid)done + 1, index_old, &o, &err);
    *partial = o.partial;
    if (o.partial)
        complain_at(path, 0,
                    "%" PRIu64
                    " documents have only a part of their text in their data: the rest is not in the new index",
                    o.partial);
    if (status < 0) {
        complain_engine(path, &err, status);
        return FAILED;
    }
    return status;
}

/* --------------------------------------------------------------------- run */

/* What a rebuild is made from: an unfinished one goes on only if that is the same. */
static char *describe_sources(const index_options *o)
{
    char *files = join_arguments(o->file_count, o->files);
    size_t size = (files ? strlen(files) : 0) + (o->from_db ? strlen(o->from_db) : 0) + 16;
    char *out = malloc(size);
    if (files && out)
        snprintf(out, size, "%s %s", o->from_db ? o->from_db : "-", files);
    free(files);
    return out;
}

/* Opens the database to write: the index itself, or its successor. */
static int open_target(const index_options *o, const char *target, name_options *names, aln_xapian **db,
                       aln_analyzer **analyzer)
{
    static const char sources_key[] = "allonym.rebuild";
    const char *kept;
    size_t len;
    if (!o->rebuild)
        return open_index(target, ALN_XAPIAN_OPEN_CREATE, names, names_are_given(names), db, analyzer);
    char *sources = describe_sources(o);
    if (!sources) {
        complain("out of memory");
        return FAILED;
    }
    /* The leftover of an interrupted rebuild is used if it fits: same sources, names and analyzer. */
    aln_xapian *left = NULL;
    bool fits = false;
    if (aln_xapian_open(target, ALN_XAPIAN_READ, NULL, &left, NULL) == ALN_OK) {
        *analyzer = make_analyzer(names);
        fits = *analyzer && aln_xapian_check_fingerprint(left, aln_analyzer_fingerprint(*analyzer), NULL) == ALN_OK &&
               aln_xapian_get_metadata(left, sources_key, &kept, &len, NULL) == ALN_OK && len == strlen(sources) &&
               memcmp(kept, sources, len) == 0;
        aln_analyzer_free(*analyzer);
    }
    aln_xapian_close(left);
    int status = fits || rebuild_remove(target) ? DONE : FAILED;
    if (status == DONE)
        status = open_index(target, ALN_XAPIAN_OPEN_CREATE, names, true, db, analyzer);
    if (status == DONE && !fits) {
        aln_error err = {ALN_OK, 0, ""};
        if (aln_xapian_set_metadata(*db, sources_key, sources, strlen(sources), &err) != ALN_OK) {
            complain_engine(target, &err, err.code);
            status = FAILED;
        }
    }
    free(sources);
    return status;
}

static void summary(const indexer *x, const shard *shards, size_t count, const char *path)
{
    uint64_t documents = 0;
    aln_xapian_counts counts;
    if (x->skipped)
        complain("%" PRIu64 " of %" PRIu64 " documents skipped", x->skipped, x->skipped + x->indexed);
    if (x->noted)
        complain("%" PRIu64 " documents with a field that is not used", x->noted);
    if (x->unread)
        complain("%" PRIu64 " files not read to their end", x->unread);
    for (size_t i = 0; i < count; i++)
        if (aln_xapian_count(shards[i].db, &counts, NULL) == ALN_OK)
            documents += counts.documents;
    if (count > 1)
        printf("%" PRIu64 " documents indexed, %" PRIu64 " in %zu shards\n", x->indexed, documents, count);
    else
        printf("%" PRIu64 " documents indexed, %" PRIu64 " in %s\n", x->indexed, documents, path);
}

/* Notes in a shard which of how many it is. A document whose id leads elsewhere would be there twice in the end, so one
 * that was written as another is refused. */
static int claim_shard(const shard *it, size_t number, size_t count)
{
    static const char key[] = "allonym.shard";
    char mine[48];
    const char *kept;
    size_t len;
    aln_error err = {ALN_OK, 0, ""};
    aln_xapian_counts counts;
    snprintf(mine, sizeof mine, "%zu of %zu", number + 1, count);
    aln_status status = aln_xapian_count(it->db, &counts, &err);
    if (status == ALN_OK)
        status = aln_xapian_get_metadata(it->db, key, &kept, &len, &err);
    if (status == ALN_OK && counts.documents && strcmp(kept, mine) != 0 && (count > 1 || len)) {
        complain_at(it->path, 0, len ? "was written as shard %s, and is to be %s" : "%sis no shard, and is to be %s",
                    kept, mine);
        return BAD_INPUT;
    }
    if (status == ALN_OK && count > 1)
        status = aln_xapian_set_metadata(it->db, key, mine, strlen(mine), &err);
    if (status == ALN_OK)
        return DONE;
    complain_engine(it->path, &err, status);
    return FAILED;
}

/* Opens all shards (or the one database, which may be the successor of an index). */
static int open_targets(const index_options *o, const char *target, name_options *names, shard *shards, size_t count,
                        aln_analyzer **analyzer)
{
    bool fixed = names_are_given(names);
    char *kept = NULL;
    for (size_t i = 0; i < count; i++) {
        aln_error err = {ALN_OK, 0, ""};
        aln_analyzer *made = NULL;
        shards[i].path = o->shard_count ? o->shards[i] : target;
        int status = o->shard_count
                         ? open_index(shards[i].path, ALN_XAPIAN_OPEN_CREATE, names, fixed, &shards[i].db, &made)
                         : open_target(o, target, names, &shards[i].db, &made);
        if (status != DONE) {
            free(kept);
            return status;
        }
        fixed = true; /* the first one's names are those of all */
        if (i)
            aln_analyzer_free(made);
        else
            *analyzer = made;
        status = claim_shard(&shards[i], i, count);
        if (status != DONE) {
            free(kept);
            return status;
        }
        if (!kept && !(kept = describe_names(names))) {
            complain("out of memory");
            return FAILED;
        }
        if (aln_xapian_set_metadata(shards[i].db, NAMES_KEY, kept, strlen(kept), &err) != ALN_OK) {
            complain_engine(shards[i].path, &err, err.code);
            free(kept);
            return FAILED;
        }
    }
    free(kept);
    return DONE;
}

/* Replaces a stub file in one step by one that names the shards. Paths are as seen from its directory. */
static int write_stub(const index_options *o)
{
    size_t size = strlen(o->stub) + sizeof ".new";
    char *fresh = malloc(size);
    if (fresh)
        snprintf(fresh, size, "%s.new", o->stub);
    FILE *out = fresh ? fopen(fresh, "w") : NULL;
    bool good = out != NULL;
    for (size_t i = 0; i < o->shard_count && good; i++) {
        char *full = realpath(o->shards[i], NULL);
        good = full && fprintf(out, "auto %s\n", full) > 0;
        free(full);
    }
    good = good && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (out && fclose(out) != 0)
        good = false;
    good = good && rename(fresh, o->stub) == 0;
    if (!good)
        complain_at(o->stub, 0, "the stub file cannot be written: %s", strerror(errno));
    free(fresh);
    return good ? DONE : FAILED;
}

/* What is left to do when all documents are in the index. */
static int put_in_place(const index_options *o, bool lacking, const char *target)
{
    if (o->stub)
        return write_stub(o);
    if (!o->rebuild)
        return DONE;
    /* An index that is rebuilt from itself has no other source: nothing of it may go. */
    if (lacking) {
        complain_at(o->db, 0, "stays as it is, because the new index in %s lacks something", target);
        return BAD_INPUT;
    }
    return rebuild_swap(o->db, target) ? DONE : FAILED;
}

static int read_all(indexer *x, const index_options *o, aln_xapian *old, const char *old_path, uint64_t *partial)
{
    if (old)
        return index_database(x, old, old_path, partial);
    if (!o->file_count)
        return index_file(x, "-");
    int status = DONE;
    for (int i = 0; i < o->file_count && status == DONE && !interrupted(); i++)
        status = index_file(x, o->files[i]);
    return status;
}

static int run(index_options *o, aln_xapian *old, const char *old_path, const char *target)
{
    const size_t count = o->shard_count ? o->shard_count : 1;
    shard *shards = calloc(count, sizeof *shards);
    aln_analyzer *analyzer = NULL;
    uint64_t partial = 0;
    indexer x;
    memset(&x, 0, sizeof x);
    int status = shards ? open_targets(o, target, &o->names, shards, count, &analyzer) : FAILED;
    if (status == DONE)
        status = indexer_begin(&x, shards, count, analyzer, &o->names, o->jobs, o->strict);
    if (status == DONE) {
        status = read_all(&x, o, old, old_path, &partial);
        bool complete = status == DONE && !interrupted();
        if (status != FAILED || interrupted()) {
            int end = indexer_end(&x, complete);
            if (end != DONE)
                status = end;
            complete &= end == DONE;
        }
        if (interrupted()) {
            complain("interrupted; the same command goes on from here");
            status = FAILED;
        } else if (status == BAD_INPUT) {
            complain("stopped (--strict)");
        }
        if (status != FAILED)
            summary(&x, shards, count, o->db);
        if (status == DONE && (x.skipped || x.unread))
            status = BAD_INPUT;
        for (size_t i = 0; i < count; i++) {
            aln_xapian_close(shards[i].db);
            shards[i].db = NULL;
        }
        if (complete && status != FAILED) {
            int end = put_in_place(o, old && old_path == o->db && (x.skipped || partial), target);
            status = end == DONE ? status : end;
        }
    }
    indexer_free(&x);
    for (size_t i = 0; shards && i < count; i++)
        aln_xapian_close(shards[i].db);
    free(shards);
    aln_analyzer_free(analyzer);
    return status;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static int index_into(index_options *o)
{
    int status = DONE;
    aln_error err = {ALN_OK, 0, ""};
    aln_xapian *lock = NULL, *from = NULL, *old = NULL;
    const char *old_path = o->from_db;
    char *target = NULL;
    if (o->from_db && same_file(o->from_db, o->db)) {
        complain("index: %s is the same database: use --rebuild", o->from_db);
        return usage_error("index");
    }
    watch_interrupts();
    /* The commits are ours, by bytes of text (indexer.c). libxapian's own threshold, documents after which it takes its
     * changes out of memory, matters for speed: its maps of 10,000 documents, which is the default, do not fit into the
     * processor's cache. */
    setenv("XAPIAN_FLUSH_THRESHOLD", "2000", 0);
    if (o->rebuild) {
        /* The old index is kept from other writers, whose work would be lost with it. */
        aln_status opened = aln_xapian_open(o->db, ALN_XAPIAN_UPDATE, NULL, &lock, &err);
        if (opened == ALN_ENOTFOUND && (o->file_count || o->from_db))
            opened = ALN_OK;
        if (opened != ALN_OK) {
            complain_engine(o->db, &err, opened);
            return exit_of(opened);
        }
        if (!o->from_db && !o->file_count) {
            old = lock;
            old_path = o->db;
            const char *kept;
            size_t len;
            if (aln_xapian_get_metadata(lock, NAMES_KEY, &kept, &len, NULL) == ALN_OK && len)
                take_names(kept, &o->names);
        }
        target = rebuild_path(o->db);
    }
    if (o->from_db) {
        aln_status opened = aln_xapian_open(o->from_db, ALN_XAPIAN_READ, NULL, &from, &err);
        if (opened != ALN_OK) {
            complain_engine(o->from_db, &err, opened);
            status = exit_of(opened);
        }
        old = from;
    }
    if (status == DONE && o->rebuild && !target) {
        complain("out of memory");
        status = FAILED;
    }
    if (status == DONE)
        status = run(o, old, old_path, target ? target : o->db);
    aln_xapian_close(from);
    aln_xapian_close(lock);
    free(target);
    return status;
}

int command_index(int argc, char **argv)
{
    index_options o;
    int status = read_options(argc, argv, &o);
    if (status == DONE && !o.shard_count) {
        aln_error stub_err = {ALN_OK, 0, ""};
        status = aln_xapian_each_shard(o.db, take_stub_line, &o, &stub_err);
        if (status == ALN_EINVAL)
            status = BAD_INPUT;
        else if (status != ALN_OK) {
            complain_engine(o.db, &stub_err, status);
            status = exit_of(status);
        }
        if (o.shard_count == 1) { /* another name for one database, as to libxapian */
            free_shards(&o);
            o.shards = NULL;
            o.shard_count = 0;
        }
        if (status == DONE && o.shard_count && o.rebuild) {
            complain(
                "index: --rebuild is of one database: for shards write new ones with --shards, --from-db and --stub");
            status = usage_error("index");
        }
    }
    if (status == DONE)
        status = index_into(&o);
    free_shards(&o);
    free_names(&o.names);
    return status < 0 ? DONE : status;
}
