/*
 * Documents of existing Xapian databases.
 *
 * What applications keep in a document's data: JSON; lines of name=value as Omega's omindex and scriptindex write them;
 * or plain text. Id, language and date may stand in terms only, under Omega's prefixes (Q, L, D). Names of fields
 * differ by application, so several are tried for each of ours, the surest first. A text of which data has only the
 * first part ("sample" of omindex) or nothing is in its terms alone, without order of lines, capitals and marks: it
 * cannot be had back, and the caller says so.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "olddoc.h"
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const id_names[] = {"id", "uid", "guid", "url", "path", NULL};
static const char *const title_names[] = {"title", "caption", "headline", "subject", NULL};
static const char *const text_names[] = {"text", "body", "content", "fulltext", "description", NULL};
static const char *const sample_names[] = {"sample", "summary", "snippet", "abstract", NULL};
static const char *const date_names[] = {"date", "published", "created", "modtime", NULL};
static const char *const language_names[] = {"lang", "language", NULL};

/* A JSON string out of bytes that may be no UTF-8: what is ill-formed becomes U+FFFD, NUL a space. */
static json_t *clean_string(const char *text, size_t len)
{
    json_t *out = memchr(text, '\0', len) ? NULL : json_stringn(text, len);
    if (out)
        return out;
    char *copy = malloc(len * 3 + 1);
    size_t n = 0;
    if (!copy)
        return NULL;
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        size_t size = c < 0x80                ? 1
                      : c >= 0xC2 && c < 0xE0 ? 2
                      : c >= 0xE0 && c < 0xF0 ? 3
                      : c >= 0xF0 && c < 0xF5 ? 4
                                              : 0;
        bool good = size != 0 && i + size <= len;
        for (size_t k = 1; good && k < size; k++)
            good = ((unsigned char)text[i + k] & 0xC0) == 0x80;
        /* overlong forms and surrogates */
        if (good && size == 3)
            good =
                !(c == 0xE0 && (unsigned char)text[i + 1] < 0xA0) && !(c == 0xED && (unsigned char)text[i + 1] >= 0xA0);
        if (good && size == 4)
            good =
                !(c == 0xF0 && (unsigned char)text[i + 1] < 0x90) && !(c == 0xF4 && (unsigned char)text[i + 1] >= 0x90);
        if (good && c) {
            memcpy(copy + n, text + i, size);
            n += size;
            i += size;
        } else {
            memcpy(copy + n, c ? "\xEF\xBF\xBD" : " ", c ? 3 : 1);
            n += c ? 3 : 1;
            i++;
        }
    }
    out = json_stringn(copy, n);
    free(copy);
    return out;
}

/* Lines of name=value; a name is a word of ASCII. False if data is not of that form. */
static bool read_lines(json_t *object, const char *data, size_t len)
{
    const char *end = data + len;
    for (const char *line = data; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop)
            stop = end;
        const char *equals = memchr(line, '=', (size_t)(stop - line));
        if (!equals && stop > line)
            return false;
        if (equals) {
            char name[64];
            size_t n = (size_t)(equals - line);
            if (!n || n >= sizeof name)
                return false;
            for (size_t i = 0; i < n; i++) {
                char c = line[i];
                if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                      c == '-' || c == '.'))
                    return false;
                name[i] = c;
            }
            name[n] = '\0';
            json_t *value = clean_string(equals + 1, (size_t)(stop - equals - 1));
            const json_t *earlier = json_object_get(object, name);
            if (value && earlier && json_is_string(earlier)) { /* given twice: one below the other */
                json_t *both = json_sprintf("%s\n%s", json_string_value(earlier), json_string_value(value));
                json_decref(value);
                value = both;
            }
            if (!value || json_object_set_new(object, name, value) != 0)
                return false;
        }
        line = stop + 1;
    }
    return true;
}

static json_t *find(const json_t *object, const char *const *names)
{
    for (; *names; names++) {
        json_t *value = json_object_get(object, *names);
        if (json_is_integer(value) || (json_is_string(value) && json_string_length(value)))
            return value;
    }
    return NULL;
}

typedef struct {
    json_t *object;
    bool id, language, date;
} from_terms;

static int take_term(void *ctx, const char *term, size_t len)
{
    from_terms *t = ctx;
    char tag[36], digits[9];
    if (term[0] > 'Q') /* terms come in the order of bytes */
        return ALN_STOP;
    if (len < 2)
        return 0;
    if (term[0] == 'Q' && t->id) {
        json_object_set_new(t->object, "id", clean_string(term + 1, len - 1));
        t->id = false;
    } else if (term[0] == 'L' && t->language && parse_language(term + 1, len - 1, tag, sizeof tag)) {
        json_object_set_new(t->object, "lang", json_string(tag));
        t->language = false;
    } else if (term[0] == 'D' && len == 9 && t->date) {
        memcpy(digits, term + 1, 8);
        digits[8] = '\0';
        char again[9];
        if (parse_date(digits, again)) {
            json_object_set_new(t->object, "date", json_sprintf("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6));
            t->date = false;
        }
    }
    return 0;
}

/* A date as we want it, from a date or from seconds since 1970. False if it is neither. */
static bool set_date(json_t *object, const json_t *value)
{
    char digits[9];
    const char *text = json_string_value(value);
    if (text && parse_date(text, digits)) {
        json_object_set_new(object, "date", json_string(text));
        return true;
    }
    long long seconds = json_is_integer(value) ? json_integer_value(value) : 0;
    char *end = NULL;
    if (text) {
        seconds = strtoll(text, &end, 10);
        if (!*text || *end)
            return false;
    }
    time_t when = (time_t)seconds;
    struct tm utc;
    if (seconds < 100000000 || !gmtime_r(&when, &utc)) /* smaller numbers are no times of documents */
        return false;
    char day[32];
    strftime(day, sizeof day, "%Y-%m-%d", &utc);
    json_object_set_new(object, "date", json_string(day));
    return true;
}

json_t *olddoc_convert(aln_xapian *db, aln_docid docid, const char *data, size_t len, old_text *found)
{
    json_t *old = json_loadb(data, len, JSON_ALLOW_NUL, NULL);
    *found = OLD_WHOLE;
    if (!json_is_object(old)) {
        json_decref(old);
        old = json_object();
        if (old && !read_lines(old, data, len)) {
            json_object_clear(old);
            json_object_set_new(old, "text", clean_string(data, len));
        }
    }
    json_t *out = json_object();
    if (!old || !out)
        goto failed;

    from_terms terms = {out, true, true, true};
    json_t *id = find(old, id_names), *title = find(old, title_names), *text = find(old, text_names);
    json_t *sample = find(old, sample_names), *date = find(old, date_names), *language = find(old, language_names);
    char tag[36];
    if (id) {
        json_object_set(out, "id", id);
        terms.id = false;
    }
    if (title && json_is_string(title))
        json_object_set(out, "title", title);
    if (date && set_date(out, date))
        terms.date = false;
    if (language && json_is_string(language) &&
        parse_language(json_string_value(language), json_string_length(language), tag, sizeof tag)) {
        json_object_set_new(out, "lang", json_string(tag));
        terms.language = false;
    }
    /* The one surest sign of a unique id is the term, which omindex fills with a path or address. */
    aln_xapian_each_term(db, docid, take_term, &terms, NULL);
    if (terms.id)
        json_object_set_new(out, "id", json_sprintf("%u", (unsigned)docid));
    if (!text || !json_is_string(text)) {
        text = sample && json_is_string(sample) ? sample : NULL;
        *found = text ? OLD_SAMPLE : OLD_NONE;
    }
    if (text)
        json_object_set(out, "text", text);
    else if (title)
        json_object_set_new(out, "text", json_string(""));

    /* All other fields are kept as they are. */
    const char *name;
    json_t *value;
    json_object_foreach(old, name, value)
    {
        if (!json_object_get(out, name) && value != text && value != title && strcmp(name, "date") != 0 &&
            strcmp(name, "lang") != 0)
            json_object_set(out, name, value);
    }
    json_decref(old);
    return out;
failed:
    json_decref(old);
    json_decref(out);
    return NULL;
}
