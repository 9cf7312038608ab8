/*
 * Results for people and for programs.
 *
 * Marks around matched words are bold on a terminal; elsewhere **, because quotation marks and brackets of any kind
 * occur in the texts themselves. Texts are other people's: no control character of theirs reaches the terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "show.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SNIPPET_BYTES 320

/* Marks that no text contains, as JSON from the outside cannot hold them unescaped and the analyzer makes white space
 * of them. */
#define RAW_START "\x01"
#define RAW_END "\x02"

style style_of_output(void)
{
    static const style terminal = {"\033[1;4m", "\033[22;24m", "\033[1m", "\033[2m", "\033[0m"};
    static const style paper = {"**", "**", "", "", ""};
    const char *off = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(off && *off) ? terminal : paper;
}

/* Whether a control character begins at p: C0, DEL, or C1 as two bytes of UTF-8. */
static size_t control(const char *p, const char *end)
{
    unsigned char c = (unsigned char)*p;
    if (c < 0x20 || c == 0x7f)
        return 1;
    return c == 0xC2 && end - p > 1 && (unsigned char)p[1] < 0xA0 ? 2 : 0;
}

static void print_marked(const char *text, size_t len, const style *s)
{
    const char *end = text + len;
    for (const char *p = text; p < end;) {
        size_t skip = control(p, end);
        if (!skip) {
            putchar(*p++);
            continue;
        }
        if (s && *p == *RAW_START)
            fputs(s->mark_start, stdout);
        else if (s && *p == *RAW_END)
            fputs(s->mark_end, stdout);
        else
            putchar(' ');
        p += skip;
    }
}

void print_clean(const char *text, size_t len)
{
    print_marked(text, len, NULL);
}

typedef struct {
    json_t *json;
    const char *id, *title, *text, *language;
    size_t text_len;
} document;

static const char *member(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

static int load(query_context *q, aln_docid docid, document *d)
{
    aln_error err = {ALN_OK, 0, ""};
    const char *data, *id;
    size_t len, id_len;
    aln_status status = aln_xapian_data(q->db, docid, &data, &len, &err);
    memset(d, 0, sizeof *d);
    if (status != ALN_OK) {
        complain("document %u: %s", (unsigned)docid, err.message);
        return exit_of(status);
    }
    d->json = json_loadb(data, len, 0, NULL);
    if (!d->json)
        d->json = json_object();
    if (!json_object_get(d->json, "id") && aln_xapian_id(q->db, docid, &id, &id_len, NULL) == ALN_OK)
        json_object_set_new(d->json, "id", json_stringn(id, id_len));
    if (json_is_integer(json_object_get(d->json, "id")))
        json_object_set_new(d->json, "id",
                            json_sprintf("%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(d->json, "id"))));
    d->id = member(d->json, "id");
    d->title = member(d->json, "title");
    d->text = member(d->json, "text");
    d->text_len = json_string_length(json_object_get(d->json, "text"));
    d->language = member(d->json, "lang");
    return DONE;
}

static char *passage(query_context *q, const aln_query_node *plan, const document *d, const char *text, size_t len,
                     size_t bytes)
{
    char *out = NULL;
    const char *language = d->language && *d->language ? d->language : NULL;
    if (!text ||
        aln_snippet(q->analyzer, plan, language, text, len, bytes, RAW_START, RAW_END, "\xE2\x80\xA6", &out) != ALN_OK)
        return NULL;
    return out;
}

int show_text(query_context *q, const aln_query_node *plan, const aln_xapian_hit *hit, const style *s)
{
    document d;
    int status = load(q, hit->docid, &d);
    if (status != DONE)
        return status;
    printf("%3u. %s", (unsigned)hit->rank, s->strong);
    const char *title = d.title && *d.title ? d.title : d.id ? d.id : "";
    char *marked = d.title && *d.title ? passage(q, plan, &d, d.title, strlen(d.title), strlen(d.title) + 1) : NULL;
    const style in_title = {s->mark_start, *s->plain ? "\033[24m" : s->mark_end, "", "", ""};
    print_marked(marked ? marked : title, strlen(marked ? marked : title), &in_title);
    printf("%s\n     %s", s->plain, s->faint);
    const char *const names[] = {"date", "lang", "url", "id"};
    bool first = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = member(d.json, names[i]);
        if (!value || !*value)
            continue;
        if (!first)
            fputs("  ", stdout);
        first = false;
        if (i == 3)
            fputs("id ", stdout);
        print_clean(value, strlen(value));
    }
    printf("%s\n", s->plain);
    char *text = passage(q, plan, &d, d.text, d.text_len, SNIPPET_BYTES);
    if (text && *text) {
        fputs("     ", stdout);
        print_marked(text, strlen(text), s);
        putchar('\n');
    }
    aln_string_free(q->analyzer, marked);
    aln_string_free(q->analyzer, text);
    json_decref(d.json);
    return DONE;
}

/* The passage with ** in place of the raw marks. */
static json_t *marked_string(const char *raw)
{
    size_t len = strlen(raw), n = 0;
    char *out = malloc(len * 2 + 1);
    if (!out)
        return NULL;
    for (; *raw; raw++) {
        if (*raw == *RAW_START || *raw == *RAW_END) {
            out[n++] = '*';
            out[n++] = '*';
        } else {
            out[n++] = *raw;
        }
    }
    json_t *string = json_stringn(out, n);
    free(out);
    return string;
}

int show_json(query_context *q, const aln_query_node *plan, const aln_xapian_hit *hit)
{
    document d;
    int status = load(q, hit->docid, &d);
    if (status != DONE)
        return status;
    json_t *out = json_object();
    json_object_set_new(out, "rank", json_integer(hit->rank));
    json_object_set_new(out, "score", json_real(hit->weight));
    json_object_set_new(out, "percent", json_integer(hit->percent));
    const char *name;
    json_t *value;
    json_object_foreach(d.json, name, value)
    {
        if (strcmp(name, "text") != 0)
            json_object_set(out, name, value);
    }
    char *text = passage(q, plan, &d, d.text, d.text_len, SNIPPET_BYTES);
    if (text)
        json_object_set_new(out, "snippet", marked_string(text));
    if (json_dumpf(out, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) != 0)
        status = FAILED;
    putchar('\n');
    aln_string_free(q->analyzer, text);
    json_decref(out);
    json_decref(d.json);
    return status;
}
