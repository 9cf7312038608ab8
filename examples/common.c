/*
 * Messages, option values and the opening of an index, as all subcommands of `allonym` need them.
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
    else if (status == ALN_ENOTFOUND)
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

bool parse_names(const char *text, aln_names *names)
{
    for (int n = ALN_NAMES_ALL; n <= ALN_NAMES_OFF; n++) {
        if (strcmp(text, names_text((aln_names)n)) == 0) {
            *names = (aln_names)n;
            return true;
        }
    }
    return false;
}

const char *names_text(aln_names names)
{
    switch (names) {
    case ALN_NAMES_CURRENT:
        return "current";
    case ALN_NAMES_OFF:
        return "off";
    default:
        return "all";
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

aln_analyzer *make_analyzer(aln_names names)
{
    aln_lexicon *lexicon = NULL;
    aln_analyzer *analyzer = NULL;
    aln_options options = ALN_OPTIONS_INIT;
    aln_error err = {ALN_OK, 0, ""};
    options.names = names;
    aln_status status = aln_lexicon_open(NULL, NULL, &lexicon, &err);
    if (status == ALN_OK)
        status = aln_analyzer_new(lexicon, &options, &analyzer, &err);
    if (status != ALN_OK)
        complain("%s", *err.message ? err.message : aln_strerror(status));
    aln_lexicon_unref(lexicon);
    return analyzer;
}

int open_index(const char *path, aln_xapian_mode mode, aln_names *names, bool fixed, aln_xapian **db,
               aln_analyzer **analyzer)
{
    aln_error err = {ALN_OK, 0, ""};
    const char *kept;
    size_t len;
    aln_xapian_counts counts;
    aln_names indexed = *names;
    *analyzer = NULL;
    aln_status status = aln_xapian_open(path, mode, NULL, db, &err);
    if (status == ALN_OK)
        status = aln_xapian_get_metadata(*db, NAMES_KEY, &kept, &len, &err);
    if (status == ALN_OK && len && !parse_names(kept, &indexed))
        indexed = *names;
    if (status == ALN_OK)
        status = aln_xapian_count(*db, &counts, &err);
    if (status == ALN_OK && fixed && counts.documents && indexed != *names) {
        complain_at(path, 0, "indexed with --names %s; --names %s needs --rebuild", names_text(indexed),
                    names_text(*names));
        aln_xapian_close(*db);
        *db = NULL;
        return FAILED;
    }
    if (status == ALN_OK && fixed)
        indexed = *names;
    if (status == ALN_OK) {
        *analyzer = make_analyzer(indexed);
        if (!*analyzer) {
            aln_xapian_close(*db);
            *db = NULL;
            return FAILED;
        }
        status = aln_xapian_check_fingerprint(*db, aln_analyzer_fingerprint(*analyzer), &err);
    }
    if (status != ALN_OK) {
        if (status == ALN_EMISMATCH &&
            aln_xapian_get_metadata(*db, ALN_XAPIAN_FINGERPRINT, &kept, &len, NULL) == ALN_OK && len)
            complain_at(path, 0, "the index has the fingerprint \"%s\", this program \"%s\"", kept,
                        aln_analyzer_fingerprint(*analyzer));
        else
            complain_engine(path, &err, status);
        if (status == ALN_EMISMATCH)
            fprintf(stderr,
                    "'allonym index --rebuild %s' writes it anew from its own documents; 'allonym index NEW --from-db "
                    "%s' leaves it.\n",
                    path, path);
        aln_analyzer_free(*analyzer);
        aln_xapian_close(*db);
        *analyzer = NULL;
        *db = NULL;
        return exit_of(status);
    }
    *names = indexed;
    return DONE;
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
