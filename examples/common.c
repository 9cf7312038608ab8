/*
 * Messages and option values, as all subcommands of `allonym` need them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_message(const char *format, va_list arguments)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    /* Parts of a message come from input: no control character reaches the terminal. */
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    fputs(text, stderr);
    fputc('\n', stderr);
}

void complain(const char *format, ...)
{
    va_list arguments;
    fputs("allonym: ", stderr);
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
}

void complain_at(const char *file, size_t line, const char *format, ...)
{
    va_list arguments;
    if (line)
        fprintf(stderr, "allonym: %s:%zu: ", file, line);
    else
        fprintf(stderr, "allonym: %s: ", file);
    va_start(arguments, format);
    print_message(format, arguments);
    va_end(arguments);
}

void complain_engine(const char *path, const aln_error *err, int status)
{
    const char *what = *err->message ? err->message : aln_strerror(status);
    size_t len = strlen(path);
    if (status == ALN_ELOCKED)
        what = "another process is writing this database";
    else if (status == ALN_ENOTFOUND && strncmp(what, "line ", 5) != 0) /* not a shard's */
        what = "no database here";
    else if (strncmp(what, path, len) == 0 && what[len] == ':') /* libxapian names the path itself at times */
        what += len + 1 + strspn(what + len + 1, " ");
    complain_at(path, 0, "%s", what);
}

int usage_error(const char *command)
{
    fprintf(stderr, "Try 'allonym %s --help'.\n", command);
    return BAD_INPUT;
}

int exit_of(int status)
{
    switch (status) {
    case ALN_OK:
        return DONE;
    case ALN_EINVAL:
    case ALN_EUNKNOWN:
    case ALN_EDATA:
    case ALN_ELIMIT:
    case ALN_ENOTFOUND:
    case ALN_ESYNTAX:
        return BAD_INPUT;
    default:
        return FAILED;
    }
}

bool parse_number(const char *text, uint32_t max, uint32_t *out)
{
    uint64_t n = 0;
    const char *p = text;
    for (; *p >= '0' && *p <= '9'; p++) {
        n = n * 10 + (uint64_t)(*p - '0');
        if (n > max)
            return false;
    }
    if (p == text || *p)
        return false;
    *out = (uint32_t)n;
    return true;
}

bool parse_language(const char *text, size_t len, char *out, size_t cap)
{
    size_t part = 0;
    if (!len || len >= cap)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '_') /* POSIX writes kk_KZ */
            c = '-';
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c == '-') {
            if (!part)
                return false;
            part = 0;
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            /* RFC 5646: subtags have at most eight characters, a language at least two. */
            if (++part > 8)
                return false;
        } else {
            return false;
        }
        out[i] = c;
    }
    out[len] = '\0';
    return part > 0 && strcspn(out, "-") >= 2;
}

/* Reads up to max digits; how many there were. */
static size_t read_digits(const char **p, size_t max, unsigned *out)
{
    size_t n = 0;
    *out = 0;
    for (; n < max && **p >= '0' && **p <= '9'; n++)
        *out = *out * 10 + (unsigned)(*(*p)++ - '0');
    return n;
}

static void skip_spaces(const char **p)
{
    while (**p == ' ')
        ++*p;
}

bool parse_date(const char *text, char digits[9])
{
    unsigned year, month = 0, day = 0;
    const char *p = text;
    digits[0] = '\0';
    size_t n = read_digits(&p, 8, &year);
    if (n == 8) { /* 20260617 */
        day = year % 100;
        month = year / 100 % 100;
        year /= 10000;
    } else if (n == 4) { /* 2026, 2026-06, 2026-06-17; also with . or / */
        char mark = *p;
        if (mark == '-' || mark == '.' || mark == '/') {
            p++;
            if (!read_digits(&p, 2, &month) || !month)
                return false;
            if (*p == mark) {
                p++;
                if (!read_digits(&p, 2, &day) || !day)
                    return false;
            }
        }
    } else if (n == 1 || n == 2) { /* 17.06.2026, 17. 6. 2026: no other order is written with full stops */
        day = year;
        if (*p++ != '.')
            return false;
        skip_spaces(&p);
        if (!read_digits(&p, 2, &month) || *p++ != '.')
            return false;
        skip_spaces(&p);
        if (read_digits(&p, 4, &year) != 4 || !month || !day)
            return false;
    } else {
        return false;
    }
    if ((*p && *p != 'T' && *p != ' ') || month > 12 || day > 31)
        return false;
    if (n == 8 && (!month || !day))
        return false;
    if (!month)
        snprintf(digits, 9, "%04u", year % 10000);
    else if (!day)
        snprintf(digits, 9, "%04u%02u", year % 10000, month % 100);
    else
        snprintf(digits, 9, "%04u%02u%02u", year % 10000, month % 100, day % 100);
    return true;
}

char *join_arguments(int count, char **arguments)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(arguments[i]) + 1;
    char *out = malloc(size), *end = out;
    if (!out)
        return NULL;
    for (int i = 0; i < count; i++) {
        size_t len = strlen(arguments[i]);
        if (i)
            *end++ = ' ';
        memcpy(end, arguments[i], len);
        end += len;
    }
    *end = '\0';
    return out;
}
