/*
 * The reader of gazetteer files. It is strict: whatever it does not understand ends the load with file and line, since
 * a name that was silently skipped would silently not be found.
 *
 * SPDX-License-Identifier: MIT
 */
#include "names_file.h"
#include "error.h"
#include "image.h"
#include "utf8.h"
#include <stdio.h>
#include <string.h>

#define COLUMNS 7
#define LINE_MAX_BYTES ((size_t)1 << 16)

/* Reads a line without its end into a growing buffer; 0 = end of file, -1 = out of memory, -2 = too long. */
static int read_line(FILE *file, const aln_alloc *alloc, char **line, size_t *cap, size_t *len)
{
    size_t n = 0;
    int c;
    while ((c = getc(file)) != EOF && c != '\n') {
        if (n == LINE_MAX_BYTES)
            return -2;
        if (!aln_grow(alloc, (void **)line, cap, n + 2, 1))
            return -1;
        (*line)[n++] = (char)c;
    }
    if (c == EOF && !n)
        return 0;
    if (!aln_grow(alloc, (void **)line, cap, n + 2, 1))
        return -1;
    if (n && (*line)[n - 1] == '\r')
        n--;
    (*line)[n] = 0;
    *len = n;
    return 1;
}

/* The next part of a list, cut out of *list at the separator; NULL past the last. */
static char *next_part(char **list, char separator)
{
    char *part = *list;
    if (!part)
        return NULL;
    char *end = strchr(part, separator);
    if (end)
        *end++ = 0;
    *list = end;
    return part;
}

static int parse_year(const char **s, int16_t *year)
{
    int n = 0, digits = 0;
    while (**s >= '0' && **s <= '9' && digits < 4) {
        n = n * 10 + (**s - '0');
        (*s)++;
        digits++;
    }
    *year = (int16_t)n;
    return digits > 0;
}

/* "1961-1992;1998-". Returns how many periods there are, or -1. */
static int parse_dates(const char *s, aln_period periods[ALN_NAME_PERIODS])
{
    int count = 0;
    while (*s) {
        if (count == ALN_NAME_PERIODS)
            return -1;
        aln_period *p = &periods[count++];
        int any = parse_year(&s, &p->from);
        p->to = p->from;
        if (*s == '-') {
            s++;
            any |= parse_year(&s, &p->to);
        }
        if (!any || (p->from && p->to && p->to < p->from) || (*s && *s != ';'))
            return -1;
        if (*s && !*++s)
            return -1;
    }
    return count;
}

static int parse_flags(char *list, aln_names_row *row, const char **bad)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } known[] = {{"abbr", ALN_NAME_ABBREVIATION},
                 {"demonym", ALN_NAME_DEMONYM},
                 {"historic", ALN_NAME_HISTORIC},
                 {"colloquial", ALN_NAME_COLLOQUIAL},
                 {"common", ALN_NAME_COMMON},
                 {"optional", ALN_NAME_OPTIONAL},
                 {"title", ALN_NAME_TITLE},
                 {"people", ALN_NAME_DEMONYM | ALN_NAME_PEOPLE},
                 {"replace", 0}};
    row->flags = 0;
    row->replace = 0;
    for (char *part; *list && (part = next_part(&list, ',')) != NULL;) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i].name, part) != 0)
            i++;
        if (i == sizeof known / sizeof *known) {
            *bad = part;
            return 0;
        }
        row->flags |= known[i].flag;
        row->replace |= known[i].flag == 0;
        if (!list)
            break;
    }
    return 1;
}

/* The first word of a note that is a Wikidata number: Q1520. */
static uint32_t parse_note(const char *s)
{
    for (; *s; s += strcspn(s, " ,;"), s += strspn(s, " ,;")) {
        uint64_t n = 0;
        size_t digits = *s == 'Q' ? strspn(s + 1, "0123456789") : 0;
        if (!digits || digits > 10 || (s[1 + digits] && !strchr(" ,;", s[1 + digits])))
            continue;
        for (size_t i = 1; i <= digits; i++)
            n = n * 10 + (uint64_t)(s[i] - '0');
        if (n && n <= UINT32_MAX)
            return (uint32_t)n;
    }
    return 0;
}

/* What a note says of where a place is and how large: in:kz pop:247900. */
static void parse_place(const char *s, aln_names_row *row)
{
    row->country = 0;
    row->size = 0;
    for (; *s; s += strcspn(s, " ,;"), s += strspn(s, " ,;")) {
        if (strncmp(s, "in:", 3) == 0 && strcspn(s + 3, " ,;") == 2)
            row->country = aln_image_country(s + 3);
        else if (strncmp(s, "pop:", 4) == 0 && strspn(s + 4, "0123456789") < 12)
            row->size = (uint8_t)strspn(s + 4, "0123456789");
    }
}

/* Leaves in a note what people wrote for people. */
static void keep_words(char *note)
{
    char *to = note;
    for (const char *s = note; *s;) {
        size_t len = strcspn(s, " "), core = strcspn(s, " ,;");
        int place = (strncmp(s, "in:", 3) == 0 && core == 5) || strncmp(s, "pop:", 4) == 0 ||
                    strncmp(s, "iso:", 4) == 0 || strncmp(s, "geonames:", 9) == 0;
        int number = *s == 'Q' && core > 1 && 1 + strspn(s + 1, "0123456789") == core;
        if (!place && !number && len) {
            if (to > note)
                *to++ = ' ';
            memmove(to, s, len);
            to += len;
        }
        s += len;
        s += strspn(s, " ");
    }
    *to = 0;
}

static int good_id(const char *id)
{
    size_t n = strlen(id);
    return n > 0 && n <= 40 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static int good_utf8(const char *text)
{
    const unsigned char *s = (const unsigned char *)text, *end = s + strlen(text);
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == ALN_BAD_CP)
            return 0;
    }
    return 1;
}

static aln_status read_row(char *line, aln_names_row *row, aln_names_fn fn, void *ctx, aln_error *err)
{
    char *cell[COLUMNS], *rest = line;
    size_t n = 0;
    for (char *part; (part = next_part(&rest, '\t')) != NULL; n++)
        if (n < COLUMNS)
            cell[n] = part;
    if (n != COLUMNS)
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: %zu columns instead of %d", row->path, row->line, n,
                        COLUMNS);
    row->id = cell[0];
    row->kind = cell[1];
    const char *bad = NULL;
    if (!good_id(row->id))
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: \"%s\" is no id: a-z, 0-9 and -, at most 40", row->path,
                        row->line, row->id);
    if (!*row->kind || !*cell[2] || !*cell[3])
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: kind, lang and names must not be empty", row->path,
                        row->line);
    if (!good_utf8(cell[3]))
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: the names are not UTF-8", row->path, row->line);
    if (!good_utf8(cell[6]))
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: the note is not UTF-8", row->path, row->line);
    aln_period periods[ALN_NAME_PERIODS];
    int period_count = parse_dates(cell[4], periods);
    if (period_count < 0)
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: \"%s\" are no dates: 1961-1992;1998-", row->path, row->line,
                        cell[4]);
    if (!parse_flags(cell[5], row, &bad))
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: unknown flag \"%s\"", row->path, row->line, bad);
    row->periods = periods;
    row->period_count = (size_t)period_count;
    row->wikidata = parse_note(cell[6]);
    parse_place(cell[6], row);
    keep_words(cell[6]);
    row->note = cell[6];
    /* each name in each language */
    for (char *names = cell[3], *name; (name = next_part(&names, '|')) != NULL;) {
        row->name = name;
        const char *lang = cell[2];
        while (*lang) {
            char tag[16];
            size_t len = strcspn(lang, ",");
            if (!len || len >= sizeof tag)
                return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: bad language in \"%s\"", row->path, row->line,
                                cell[2]);
            memcpy(tag, lang, len);
            tag[len] = 0;
            row->lang = tag;
            aln_status status = fn(ctx, row, err);
            if (status != ALN_OK)
                return status;
            lang += len + (lang[len] == ',');
        }
    }
    return ALN_OK;
}

aln_status aln_names_read(const aln_alloc *alloc, const char *path, aln_names_fn fn, void *ctx, aln_error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return aln_fail(err, ALN_EIO, 0, "%s: cannot be opened", path);
    char *line = NULL;
    size_t cap = 0, len = 0;
    aln_names_row row = {0};
    aln_status status = ALN_OK;
    int got, header = 0;
    row.path = path;
    while (status == ALN_OK && (got = read_line(file, alloc, &line, &cap, &len)) != 0) {
        row.line++;
        if (got == -1)
            status = aln_fail(err, ALN_ENOMEM, row.line, "out of memory");
        else if (got == -2)
            status = aln_fail(err, ALN_EDATA, row.line, "%s:%zu: the line is longer than %zu bytes", path, row.line,
                              LINE_MAX_BYTES);
        else if (strlen(line) != len)
            status = aln_fail(err, ALN_EDATA, row.line, "%s:%zu: a NUL byte", path, row.line);
        else if (!len || line[0] == '#')
            continue;
        else if (!header) {
            header = 1;
            if (strcmp(line, "id\tkind\tlang\tnames\tdates\tflags\tnote") != 0)
                status = aln_fail(err, ALN_EDATA, row.line,
                                  "%s:%zu: the first line must name the columns: id kind lang names dates flags note",
                                  path, row.line);
        } else {
            status = read_row(line, &row, fn, ctx, err);
        }
    }
    if (status == ALN_OK && ferror(file))
        status = aln_fail(err, ALN_EIO, row.line, "%s: read error", path);
    aln_mem_free(alloc, line, cap);
    fclose(file);
    return status;
}
