/*
 * Reads a file line by line, plain or gzip'd, with a bound on the memory that a line may take.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_LINES_H
#define ALLONYM_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer lines are not held; a news item has some thousand bytes, and libxapian keeps a document in one piece. */
#define MAX_LINE ((size_t)64 << 20)

typedef struct lines lines;

typedef enum { LINE_OK, LINE_END, LINE_TOO_LONG, LINE_ERROR } line_status;

/* "-" is standard input. NULL on failure, with the reason in *why (static or errno's). */
lines *lines_open(const char *path, const char **why);
/* The next line without its end, valid until the next call; its number is lines_number(). LINE_ERROR: lines_error()
 * says what. */
line_status lines_next(lines *in, char **text, size_t *len);
size_t lines_number(const lines *in);
const char *lines_error(lines *in);
/* Size and time of last change (nanoseconds) of a file; false where it is none (a pipe). */
bool lines_identity(const lines *in, uint64_t *size, uint64_t *changed);
/* Bytes of the file read so far, before decompression. */
uint64_t lines_offset(const lines *in);
void lines_close(lines *in);

#endif
