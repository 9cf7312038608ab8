/*
 * Parts of a bulk load on disk.
 *
 * A part is a directory named after its batches, "00000000-0000003f". In the making it has another name, and gets this
 * one when it is on disk, so that what is found after a crash is whole. A part that was merged from others has their
 * range; a crash between its naming and their removal leaves both, of which the wider one counts. The tag, also kept
 * in the index, tells whether the directory belongs to the index that is there.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "parts.h"
#include "rebuild.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAG_PREFIX "tag-"
#define MAKING ".new"

static char *join(const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *out = malloc(size);
    if (out)
        snprintf(out, size, "%s%s%s", a, b, c);
    return out;
}

static char *named(const parts *p, part which, const char *suffix)
{
    char name[64];
    snprintf(name, sizeof name, "/%08" PRIx64 "-%08" PRIx64, which.first, which.last);
    return join(p->dir, name, suffix);
}

char *parts_path(const parts *p, part which)
{
    return named(p, which, "");
}

char *parts_making(const parts *p, part which)
{
    return named(p, which, MAKING);
}

bool parts_init(parts *p, const char *db)
{
    memset(p, 0, sizeof *p);
    size_t len = strlen(db);
    char *plain = strdup(db);
    while (plain && len > 1 && plain[len - 1] == '/')
        plain[--len] = '\0';
    p->dir = plain ? join(plain, ".load", "") : NULL;
    free(plain);
    return p->dir != NULL;
}

void parts_clear(parts *p)
{
    free(p->dir);
    free(p->list);
    memset(p, 0, sizeof *p);
}

static bool remove_part(const parts *p, part which)
{
    char *path = parts_path(p, which);
    bool good = path && rebuild_remove(path);
    free(path);
    return good;
}

/* Wider parts first among those that begin together. */
static int by_range(const void *a, const void *b)
{
    const part *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->last > y->last ? -1 : x->last < y->last;
}

static bool append(parts *p, part which)
{
    if (p->count == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 64;
        part *grown = realloc(p->list, cap * sizeof *grown);
        if (!grown)
            return false;
        p->list = grown;
        p->cap = cap;
    }
    p->list[p->count++] = which;
    return true;
}

/* Reads the directory: its parts, and whether it has the tag. What is in the making goes. */
static bool scan(parts *p, const char *tag, bool *mine)
{
    *mine = false;
    DIR *dir = opendir(p->dir);
    if (!dir)
        return errno == ENOENT;
    bool good = true;
    for (struct dirent *e; good && (e = readdir(dir)) != NULL;) {
        part found;
        int used = 0;
        if (sscanf(e->d_name, "%8" SCNx64 "-%8" SCNx64 "%n", &found.first, &found.last, &used) == 2 && used > 0) {
            if (e->d_name[used] == '\0') {
                good = append(p, found);
            } else {
                char *path = parts_making(p, found);
                good = path && rebuild_remove(path);
                free(path);
            }
        } else if (strncmp(e->d_name, TAG_PREFIX, strlen(TAG_PREFIX)) == 0) {
            *mine |= *tag && strcmp(e->d_name + strlen(TAG_PREFIX), tag) == 0;
        }
    }
    closedir(dir);
    return good;
}

bool parts_recover(parts *p, const char *tag)
{
    bool mine;
    if (!scan(p, tag, &mine)) {
        complain_at(p->dir, 0, "cannot be read: %s", strerror(errno));
        return false;
    }
    if (!mine)
        return parts_remove(p);
    if (p->count)
        qsort(p->list, p->count, sizeof *p->list, by_range);
    size_t kept = 0;
    uint64_t next = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->list[i].first == next) {
            next = p->list[i].last + 1;
            p->list[kept++] = p->list[i];
        } else if (!remove_part(p, p->list[i])) {
            return false;
        }
    }
    p->count = kept;
    return true;
}

bool parts_start(parts *p, const char *tag)
{
    char *file = join(p->dir, "/" TAG_PREFIX, tag);
    bool good = file && (mkdir(p->dir, 0777) == 0 || errno == EEXIST);
    FILE *out = good ? fopen(file, "w") : NULL;
    good = out && fclose(out) == 0;
    if (!good)
        complain_at(p->dir, 0, "cannot be made: %s", strerror(errno));
    free(file);
    return good;
}

bool parts_note(parts *p, part made)
{
    size_t kept = 0;
    bool good = true;
    for (size_t i = 0; i < p->count; i++) {
        if (p->list[i].first >= made.first && p->list[i].last <= made.last)
            good &= remove_part(p, p->list[i]);
        else
            p->list[kept++] = p->list[i];
    }
    p->count = kept;
    return append(p, made) && good;
}

void parts_cut(parts *p, uint64_t end)
{
    while (p->count && p->list[p->count - 1].last >= end)
        remove_part(p, p->list[--p->count]);
}

uint64_t parts_end(const parts *p)
{
    return p->count ? p->list[p->count - 1].last + 1 : 0;
}

char **parts_paths(const parts *p, part range, const char *base, size_t *count)
{
    char **paths = calloc(p->count + 1, sizeof *paths);
    size_t n = 0;
    bool good = paths != NULL;
    if (good && base)
        good = (paths[n++] = strdup(base)) != NULL;
    for (size_t i = 0; good && i < p->count; i++)
        if (p->list[i].first >= range.first && p->list[i].last <= range.last)
            good = (paths[n++] = parts_path(p, p->list[i])) != NULL;
    *count = n;
    if (good)
        return paths;
    if (paths)
        free_paths(paths, n);
    return NULL;
}

void free_paths(char **paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
}

bool parts_remove(parts *p)
{
    DIR *dir = opendir(p->dir);
    p->count = 0;
    if (!dir)
        return errno == ENOENT;
    bool good = true;
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.' || unlinkat(dirfd(dir), e->d_name, 0) == 0)
            continue;
        char *path = join(p->dir, "/", e->d_name);
        good &= path && rebuild_remove(path);
        free(path);
    }
    closedir(dir);
    return rmdir(p->dir) == 0 && good;
}

static aln_status out_of_memory(aln_error *err)
{
    err->code = ALN_ENOMEM;
    snprintf(err->message, sizeof err->message, "out of memory");
    return ALN_ENOMEM;
}

aln_status parts_finish(const parts *p, part made, aln_error *err)
{
    char *from = parts_making(p, made), *to = parts_path(p, made);
    aln_status status = from && to ? aln_xapian_sync(from, err) : out_of_memory(err);
    if (status == ALN_OK && rename(from, to) != 0) {
        status = err->code = ALN_EIO;
        snprintf(err->message, sizeof err->message, "%.100s: %s", to, strerror(errno));
    }
    free(from);
    free(to);
    return status;
}

aln_status parts_merge(const parts *p, char **paths, size_t count, part made, aln_error *err)
{
    char *to = parts_making(p, made);
    const char **sources = malloc((count ? count : 1) * sizeof *sources);
    aln_status status = to && sources ? ALN_OK : out_of_memory(err);
    for (size_t i = 0; status == ALN_OK && i < count; i++)
        sources[i] = paths[i];
    if (status == ALN_OK)
        status = aln_xapian_merge(sources, count, to, err);
    if (status == ALN_OK)
        status = parts_finish(p, made, err);
    free(sources);
    free(to);
    return status;
}
