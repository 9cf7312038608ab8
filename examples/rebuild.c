/*
 * A rebuilt index is written beside the old one, which answers until the new one is complete, and then takes its place.
 *
 * A database is a directory: two directories change places in one step by renameat2(RENAME_EXCHANGE) on Linux;
 * elsewhere by two renames, with a moment between them. A stub file, which names a database, is replaced by rename(),
 * in one step everywhere; its two databases take turns, so that one on each side of the change stays whole for
 * searchers that have it open.
 *
 * SPDX-License-Identifier: MIT
 */
#define _GNU_SOURCE
#include "rebuild.h"
#include "command.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *with_suffix(const char *path, const char *suffix)
{
    size_t len = strlen(path), more = strlen(suffix);
    while (len > 1 && path[len - 1] == '/')
        len--;
    char *out = malloc(len + more + 1);
    if (out) {
        memcpy(out, path, len);
        memcpy(out + len, suffix, more + 1);
    }
    return out;
}

static bool is_stub(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Whether a stub file has a line that ends in this name. */
static bool stub_names(const char *stub, const char *name)
{
    char line[4096];
    bool found = false;
    FILE *in = fopen(stub, "r");
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\r\n")] = '\0';
        size_t n = strlen(line), m = strlen(name);
        found |= n > m && strcmp(line + n - m, name) == 0 && (line[n - m - 1] == ' ' || line[n - m - 1] == '/');
    }
    if (in)
        fclose(in);
    return found;
}

char *rebuild_path(const char *path)
{
    if (!is_stub(path))
        return with_suffix(path, ".rebuild");
    char *a = with_suffix(path, ".a");
    if (a && stub_names(path, last_part(a)))
        a[strlen(a) - 1] = 'b';
    return a;
}

bool rebuild_remove(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT;
    /* A database has no directories inside: anything else makes rmdir() refuse, rightly. */
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    if (rmdir(path) == 0)
        return true;
    complain_at(path, 0, "cannot be removed: %s", strerror(errno));
    return false;
}

static bool swap_stub(const char *stub, const char *successor)
{
    char *fresh = with_suffix(stub, ".new");
    FILE *out = fresh ? fopen(fresh, "w") : NULL;
    bool good =
        out && fprintf(out, "auto %s\n", last_part(successor)) > 0 && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (out && fclose(out) != 0)
        good = false;
    good = good && rename(fresh, stub) == 0;
    if (!good)
        complain_at(stub, 0, "the stub file cannot be replaced: %s", strerror(errno));
    free(fresh);
    return good;
}

bool rebuild_swap(const char *path, const char *successor)
{
    if (is_stub(path))
        return swap_stub(path, successor);
    if (rename(successor, path) == 0) /* there was none */
        return true;
#ifdef RENAME_EXCHANGE
    if (renameat2(AT_FDCWD, successor, AT_FDCWD, path, RENAME_EXCHANGE) == 0)
        return rebuild_remove(successor);
#endif
    char *old = with_suffix(path, ".old");
    bool good = old && rename(path, old) == 0;
    if (good && rename(successor, path) != 0) {
        good = false;
        if (rename(old, path) != 0)
            complain_at(old, 0, "holds the old index");
    }
    if (!good)
        complain_at(path, 0, "cannot be replaced by %s: %s", successor, strerror(errno));
    else
        rebuild_remove(old);
    free(old);
    return good;
}
