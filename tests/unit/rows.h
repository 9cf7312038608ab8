/*
 * What the tests of the core share: cmocka with what it needs before it, and a reader for files of rows.
 *
 * A row is a line of columns with tabs between; a line that begins with "# " and an empty one are none. In a column
 * \xNN is a byte, \t a tab, \n a line feed and \\ a backslash, so that a row may hold what a line cannot. Each failing
 * row is printed as FILE:LINE, all of them before the test fails.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_TEST_ROWS_H
#define ALN_TEST_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

enum { ROW_COLUMNS = 8 };

typedef struct rows {
    FILE *file;
    char path[512];
    unsigned line, count, failed;
    char *buf;
    size_t cap;
    char *cell[ROW_COLUMNS]; /* "" where the row has fewer */
    size_t len[ROW_COLUMNS]; /* in bytes: a cell may hold NULs */
    unsigned columns;
} rows;

static inline void rows_open(rows *r, const char *dir, const char *name)
{
    memset(r, 0, sizeof *r);
    snprintf(r->path, sizeof r->path, "%s/%s", dir, name);
    r->file = fopen(r->path, "rb");
    if (!r->file)
        fail_msg("%s: cannot be opened", r->path);
}

/* Replaces escapes in place; returns the length. */
static inline size_t rows_unescape(char *s)
{
    char *out = s, *from = s;
    while (*from) {
        if (from[0] != '\\' || !from[1]) {
            *out++ = *from++;
        } else if (from[1] == 'x' && from[2] && from[3]) {
            char hex[3] = {from[2], from[3], 0};
            *out++ = (char)strtoul(hex, NULL, 16);
            from += 4;
        } else {
            *out++ = from[1] == 't' ? '\t' : from[1] == 'n' ? '\n' : from[1];
            from += 2;
        }
    }
    *out = 0;
    return (size_t)(out - s);
}

/* The next row; 0 at the end. */
static inline int rows_next(rows *r)
{
    ssize_t n;
    while ((n = getline(&r->buf, &r->cap, r->file)) > 0) {
        r->line++;
        r->buf[strcspn(r->buf, "\n")] = 0;
        if (!*r->buf || (r->buf[0] == '#' && (r->buf[1] == ' ' || !r->buf[1])))
            continue;
        r->columns = 0;
        char *at = r->buf;
        while (r->columns < ROW_COLUMNS) {
            char *tab = strchr(at, '\t');
            if (tab)
                *tab = 0;
            r->cell[r->columns] = at;
            r->len[r->columns++] = rows_unescape(at);
            if (!tab)
                break;
            at = tab + 1;
        }
        for (unsigned i = r->columns; i < ROW_COLUMNS; i++) {
            r->cell[i] = r->buf + n; /* the NUL that getline() wrote */
            r->len[i] = 0;
        }
        r->count++;
        return 1;
    }
    return 0;
}

/* Says what is wrong with the row in hand. */
__attribute__((format(printf, 2, 3))) static inline void rows_fail(rows *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%u: ", r->path, r->line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    r->failed++;
}

/* Ends the test: fails if any row did, or if there was none. */
static inline void rows_close(rows *r)
{
    unsigned failed = r->failed, count = r->count;
    fclose(r->file);
    free(r->buf);
    if (!count || failed)
        fail_msg("%s: %u of %u rows failed", r->path, failed, count);
}

#endif
