/*
 * A recursive descent parser. AND binds closer than OR; neighbouring words are ANDed, and stay together as one text, so
 * that names of several words are seen whole. Operators are in capitals, as in Xapian's and Lucene's query languages.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_parse.h"
#include "error.h"
#include <string.h>

typedef struct parser {
    aln_arena *arena;
    const char *query;
    size_t len, at;
    const aln_query_field *fields;
    size_t field_count;
    unsigned depth;
    aln_status status;
    aln_error *err;
} parser;

static aln_syntax *parse_or(parser *p);

static aln_syntax *fail(parser *p, aln_status status, const char *what, size_t at)
{
    if (p->status == ALN_OK)
        p->status = aln_fail(p->err, status, 0, "query: %s at byte %zu", what, at);
    return NULL;
}

static aln_syntax *new_node(parser *p, aln_syntax_kind kind, size_t start, size_t end)
{
    aln_syntax *node = aln_arena_new(p->arena, sizeof *node);
    if (!node)
        return fail(p, ALN_ENOMEM, "out of memory", start);
    memset(node, 0, sizeof *node);
    node->kind = kind;
    node->start = start;
    node->end = end;
    return node;
}

static int is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(parser *p)
{
    while (p->at < p->len && is_space(p->query[p->at]))
        p->at++;
}

/* The end of the bare word that begins here. */
static size_t word_end(const parser *p, size_t at)
{
    while (at < p->len && !is_space(p->query[at]) && p->query[at] != '"' && p->query[at] != '(' && p->query[at] != ')')
        at++;
    return at;
}

/* Whether the word here is this operator; NEAR may have /n behind it. */
static int is_operator(const parser *p, size_t at, const char *name)
{
    size_t n = strlen(name), end = word_end(p, at);
    if (end - at < n || memcmp(p->query + at, name, n) != 0)
        return 0;
    return end - at == n || (strcmp(name, "NEAR") == 0 && p->query[at + n] == '/');
}

static int at_operator(const parser *p)
{
    return is_operator(p, p->at, "AND") || is_operator(p, p->at, "OR") || is_operator(p, p->at, "NOT") ||
           is_operator(p, p->at, "NEAR");
}

static const aln_query_field *field_at(const parser *p, size_t at, size_t end, size_t *value)
{
    const char *colon = memchr(p->query + at, ':', end - at);
    if (!colon)
        return NULL;
    size_t n = (size_t)(colon - (p->query + at));
    for (size_t i = 0; i < p->field_count; i++) {
        if (strlen(p->fields[i].name) == n && memcmp(p->fields[i].name, p->query + at, n) == 0) {
            *value = at + n + 1;
            return &p->fields[i];
        }
    }
    return NULL;
}

static aln_syntax *parse_quoted(parser *p)
{
    size_t open = p->at++;
    const char *close = memchr(p->query + p->at, '"', p->len - p->at);
    if (!close)
        return fail(p, ALN_ESYNTAX, "a quotation mark without its partner", open);
    size_t end = (size_t)(close - p->query);
    aln_syntax *node = new_node(p, ALN_SYNTAX_PHRASE, p->at, end);
    p->at = end + 1;
    return node;
}

static aln_syntax *parse_field(parser *p, const aln_query_field *field, size_t value)
{
    aln_syntax *node;
    p->at = value;
    if (p->at < p->len && p->query[p->at] == '"') {
        node = parse_quoted(p);
        if (node && field->type != ALN_FIELD_TEXT)
            node->kind = ALN_SYNTAX_FIELD;
    } else {
        size_t end = word_end(p, value);
        if (end == value)
            return fail(p, ALN_ESYNTAX, "a field without a value", value);
        p->at = end;
        node = new_node(p, field->type == ALN_FIELD_TEXT ? ALN_SYNTAX_TEXT : ALN_SYNTAX_FIELD, value, end);
        if (node && field->type == ALN_FIELD_DATE) {
            node->kind = ALN_SYNTAX_RANGE;
            node->start2 = value;
            node->end2 = end;
            for (size_t i = value; i + 1 < end; i++) {
                if (p->query[i] == '.' && p->query[i + 1] == '.') {
                    node->end = i;
                    node->start2 = i + 2;
                    break;
                }
            }
        }
    }
    if (node)
        node->field = field;
    return node;
}

/* Whether NEAR follows behind this place. */
static int near_follows(const parser *p, size_t at)
{
    parser ahead = *p;
    ahead.at = at;
    skip_space(&ahead);
    return ahead.at < ahead.len && is_operator(&ahead, ahead.at, "NEAR");
}

/* One word, phrase, field or parenthesis; several bare words become one text, but NEAR takes the words next to it only.
 */
static aln_syntax *parse_unit(parser *p, int single)
{
    if (p->query[p->at] == '"')
        return parse_quoted(p);
    if (p->query[p->at] == '(') {
        size_t open = p->at++;
        if (++p->depth > ALN_QUERY_DEPTH)
            return fail(p, ALN_ESYNTAX, "too many parentheses", open);
        aln_syntax *inner = parse_or(p);
        p->depth--;
        if (p->status != ALN_OK)
            return NULL;
        if (p->at >= p->len || p->query[p->at] != ')')
            return fail(p, ALN_ESYNTAX, "a parenthesis that is not closed", open);
        p->at++;
        return inner ? inner : new_node(p, ALN_SYNTAX_TEXT, open, open);
    }
    size_t start = p->at, end = word_end(p, start), value = 0;
    const aln_query_field *field = field_at(p, start, end, &value);
    if (field)
        return parse_field(p, field, value);
    if (p->query[start] == '=' && end > start + 1) {
        p->at = end;
        aln_syntax *node = new_node(p, ALN_SYNTAX_TEXT, start + 1, end);
        if (node)
            node->exact = 1;
        return node;
    }
    p->at = end;
    while (!single && !near_follows(p, end)) { /* the words that follow, up to an operator or anything marked */
        parser ahead = *p;
        skip_space(&ahead);
        if (ahead.at >= ahead.len || strchr("\"()+-=", ahead.query[ahead.at]) || at_operator(&ahead))
            break;
        size_t next = word_end(&ahead, ahead.at);
        if (field_at(&ahead, ahead.at, next, &value) || near_follows(p, next))
            break;
        p->at = end = next;
    }
    return new_node(p, ALN_SYNTAX_TEXT, start, end);
}

static void append(aln_syntax *parent, aln_syntax *child)
{
    aln_syntax **last = &parent->child;
    while (*last)
        last = &(*last)->next;
    *last = child;
}

static aln_syntax *parse_near(parser *p)
{
    aln_syntax *first = parse_unit(p, 0), *near = NULL;
    for (;;) {
        parser ahead = *p;
        skip_space(&ahead);
        if (!first || ahead.at >= ahead.len || !is_operator(&ahead, ahead.at, "NEAR"))
            return near ? near : first;
        size_t end = word_end(&ahead, ahead.at), start = ahead.at;
        uint32_t window = 10;
        if (end > start + 5) {
            window = 0;
            for (size_t i = start + 5; i < end; i++) {
                if (p->query[i] < '0' || p->query[i] > '9' || window > 1000)
                    return fail(p, ALN_ESYNTAX, "NEAR/ wants a number of words", start);
                window = window * 10 + (uint32_t)(p->query[i] - '0');
            }
        }
        p->at = end;
        skip_space(p);
        if (p->at >= p->len || p->query[p->at] == ')' || at_operator(p))
            return fail(p, ALN_ESYNTAX, "NEAR without a right side", start);
        aln_syntax *right = parse_unit(p, 1);
        if (!right)
            return NULL;
        if (!near) {
            near = new_node(p, ALN_SYNTAX_NEAR, first->start, right->end);
            if (!near)
                return NULL;
            append(near, first);
        }
        if (window > near->window)
            near->window = window;
        append(near, right);
    }
}

static aln_syntax *parse_and(parser *p)
{
    aln_syntax *all = NULL;
    for (;;) {
        skip_space(p);
        if (p->status != ALN_OK || p->at >= p->len || p->query[p->at] == ')' || is_operator(p, p->at, "OR"))
            return p->status == ALN_OK ? all : NULL;
        int negative = 0;
        if (is_operator(p, p->at, "AND")) {
            p->at += 3;
            continue;
        }
        if (is_operator(p, p->at, "NEAR"))
            return fail(p, ALN_ESYNTAX, "NEAR without a left side", p->at);
        if (is_operator(p, p->at, "NOT")) {
            negative = 1;
            p->at += 3;
            skip_space(p);
        } else if ((p->query[p->at] == '-' || p->query[p->at] == '+') && p->at + 1 < p->len &&
                   !is_space(p->query[p->at + 1])) {
            negative = p->query[p->at] == '-';
            p->at++;
        }
        if (p->at >= p->len || p->query[p->at] == ')')
            return negative ? fail(p, ALN_ESYNTAX, "NOT without a word", p->at) : all;
        size_t before = p->at;
        aln_syntax *unit = parse_near(p);
        if (!unit)
            return fail(p, ALN_ESYNTAX, "an operator without its words", before);
        if (negative) {
            aln_syntax *no = new_node(p, ALN_SYNTAX_NOT, unit->start, unit->end);
            if (!no)
                return NULL;
            no->child = unit;
            unit = no;
        }
        if (!all && !(all = new_node(p, ALN_SYNTAX_AND, unit->start, unit->end)))
            return NULL;
        append(all, unit);
    }
}

static aln_syntax *parse_or(parser *p)
{
    aln_syntax *first = parse_and(p), * or = NULL;
    while (p->status == ALN_OK && p->at < p->len && is_operator(p, p->at, "OR")) {
        size_t at = p->at;
        p->at += 2;
        aln_syntax *right = parse_and(p);
        if (p->status != ALN_OK)
            return NULL;
        if (!first || !right)
            return fail(p, ALN_ESYNTAX, "OR without its words", at);
        if (! or) {
            or = new_node(p, ALN_SYNTAX_OR, first->start, right->end);
            if (! or)
                return NULL;
            append(or, first);
        }
        append(or, right);
    }
    return p->status != ALN_OK ? NULL : or ? or : first;
}

aln_status aln_query_parse(aln_arena *arena, const char *query, size_t len, const aln_query_field *fields,
                           size_t field_count, aln_syntax **out, aln_error *err)
{
    parser p = {arena, query, len, 0, fields, field_count, 0, ALN_OK, err};
    *out = parse_or(&p);
    if (p.status == ALN_OK && p.at < p.len)
        fail(&p, ALN_ESYNTAX, "a parenthesis that was not opened", p.at);
    if (p.status != ALN_OK)
        *out = NULL;
    return p.status;
}
