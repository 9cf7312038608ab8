/*
 * Lines of a plain or gzip'd file. zlib tells the two apart by the first bytes and reads both.
 *
 * A line that passes MAX_LINE is read to its end but not kept, so that a file without line ends costs no memory and the
 * lines after it keep their numbers. A byte order mark at the start and CR before LF are dropped.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define BUFFER_BYTES (256u << 10)

struct lines {
    gzFile file;
    struct stat info;
    size_t number;
    char *chunk; /* of the file */
    size_t at, filled;
    char *line; /* grows up to MAX_LINE */
    size_t line_cap;
    bool failed;
};

lines *lines_open(const char *path, const char **why)
{
    lines *in = calloc(1, sizeof *in);
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (!in || fd < 0 || fstat(fd, &in->info) != 0) {
        *why = in ? strerror(errno) : "out of memory";
        goto failed;
    }
    if (S_ISDIR(in->info.st_mode)) {
        *why = "is a directory";
        goto failed;
    }
    in->chunk = malloc(BUFFER_BYTES);
    in->file = in->chunk ? gzdopen(fd, "rb") : NULL;
    if (!in->file) {
        *why = "out of memory";
        goto failed;
    }
    gzbuffer(in->file, BUFFER_BYTES);
    return in;
failed:
    if (fd >= 0)
        close(fd);
    if (in)
        free(in->chunk);
    free(in);
    return NULL;
}

static bool keep(lines *in, size_t have, const char *text, size_t len)
{
    if (have + len + 1 > in->line_cap) {
        size_t cap = in->line_cap ? in->line_cap : 4096;
        while (cap < have + len + 1)
            cap *= 2;
        char *grown = realloc(in->line, cap);
        if (!grown)
            return false;
        in->line = grown;
        in->line_cap = cap;
    }
    memcpy(in->line + have, text, len);
    return true;
}

line_status lines_next(lines *in, char **text, size_t *len)
{
    size_t have = 0;
    bool any = false, too_long = false;
    for (;;) {
        if (in->at == in->filled) {
            int got = in->failed ? -1 : gzread(in->file, in->chunk, BUFFER_BYTES);
            int code = Z_OK;
            gzerror(in->file, &code);
            /* A truncated gzip file gives what there is, then Z_BUF_ERROR. */
            if (got < 0 || (got == 0 && code != Z_OK && code != Z_STREAM_END)) {
                in->failed = true;
                in->number++;
                return LINE_ERROR;
            }
            in->at = 0;
            in->filled = (size_t)got;
            if (!got)
                break;
        }
        any = true;
        const char *start = in->chunk + in->at, *end = memchr(start, '\n', in->filled - in->at);
        size_t run = end ? (size_t)(end - start) : in->filled - in->at;
        in->at += run + (end ? 1 : 0);
        if (have + run > MAX_LINE)
            too_long = true;
        if (!too_long) {
            if (!keep(in, have, start, run))
                too_long = true;
            else
                have += run;
        }
        if (end)
            break;
    }
    if (!any)
        return LINE_END;
    in->number++;
    if (too_long)
        return LINE_TOO_LONG;
    *text = in->line;
    *len = have;
    in->line[have] = '\0';
    if (in->number == 1 && have >= 3 && memcmp(in->line, "\xEF\xBB\xBF", 3) == 0) {
        *text += 3;
        *len -= 3;
    }
    while (*len && (*text)[*len - 1] == '\r')
        (*text)[--*len] = '\0';
    return LINE_OK;
}

size_t lines_number(const lines *in)
{
    return in->number;
}

const char *lines_error(lines *in)
{
    int code = Z_OK;
    const char *message = gzerror(in->file, &code);
    if (code == Z_ERRNO)
        return strerror(errno);
    if (code == Z_BUF_ERROR)
        return "the compressed file ends too early";
    return message && *message ? message : "cannot be read";
}

bool lines_identity(const lines *in, uint64_t *size, uint64_t *changed)
{
    if (!S_ISREG(in->info.st_mode))
        return false;
    *size = (uint64_t)in->info.st_size;
    *changed = (uint64_t)in->info.st_mtim.tv_sec * 1000000000u + (uint64_t)in->info.st_mtim.tv_nsec;
    return true;
}

uint64_t lines_offset(const lines *in)
{
    z_off_t at = gzoffset(in->file);
    return at < 0 ? 0 : (uint64_t)at;
}

void lines_close(lines *in)
{
    if (!in)
        return;
    gzclose(in->file);
    free(in->chunk);
    free(in->line);
    free(in);
}
