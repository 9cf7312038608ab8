/*
 * The core's plan of a query as a MATCH expression of FTS5.
 *
 *   TERM            "==term": as it is stored; in a field  {column} : "==term"
 *   SYNONYM         alternatives at one position, "==a b c", which bm25() counts as one phrase
 *   MAX, OR         OR, so that a text with several of the alternatives scores higher than one with any of them: bm25()
 *                   adds up phrases. Alternatives that weigh less than the others are one phrase together
 *   AND             AND       AND_NOT  NOT        PHRASE  "==a b" + "==c"      NEAR  NEAR("==a" "==b", n)
 *   SCALE           bm25() has no weights but repetition: what weighs twice is written twice
 *   AND_MAYBE       OR, as NEAR of words is among the places where the words are
 *   FILTER, RANGE   in an indexed column: a phrase at its beginning, and the phrases that make up the range of dates
 *
 * A rare reading keeps the score of a rare word by being a phrase of its own; in one phrase with a common one it would
 * count as the common one.
 *
 * Where a table has no positions (detail=none, detail=column), PHRASE and NEAR become AND.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../core/day.h"
#include "module.h"
#include <string.h>

SQLITE_EXTENSION_INIT3

#define ALTERNATIVES_MAX 512
/* What weighs as much is asked for twice. */
#define TWICE 2.0

typedef struct writer {
    sqlite3_str *out;
    int positions;
} writer;

/* What a node matches, besides what is written for it. */
typedef enum extent { NOTHING, SOME, EVERYTHING } extent;

static extent write_node(const writer *w, const aln_query_node *node);

/* Inside of a string of FTS5, in which quotes are doubled. */
static void write_text(sqlite3_str *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        sqlite3_str_append(out, text + i, text[i] == '"' ? (sqlite3_str_append(out, "\"", 1), 1) : 1);
}

static int usable(const aln_query_node *term)
{
    return term->text_len && !memchr(term->text, 0, term->text_len) && !memchr(term->text, ' ', term->text_len);
}

/* Terms of one field, each once. */
typedef struct alternatives {
    size_t count;
    const aln_query_node *items[ALTERNATIVES_MAX];
} alternatives;

static int same_field(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* 0 = there is no room, or the term is of another field. */
static int add(alternatives *a, const aln_query_node *term)
{
    if (!usable(term))
        return 1;
    if (a->count && !same_field(a->items[0]->field, term->field))
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        const aln_query_node *t = a->items[i];
        if (t->kind == term->kind && t->text_len == term->text_len && memcmp(t->text, term->text, t->text_len) == 0)
            return 1;
    }
    if (a->count == ALTERNATIVES_MAX)
        return 0;
    a->items[a->count++] = term;
    return 1;
}

/* Adds the terms below a node if they are alternatives only, all in one field; else none of them. */
static int gather(alternatives *a, const aln_query_node *node)
{
    const size_t before = a->count;
    switch (node->op) {
    case ALN_Q_TERM:
        return add(a, node);
    case ALN_Q_SCALE:
    case ALN_Q_MAX:
    case ALN_Q_SYNONYM:
    case ALN_Q_OR:
        for (uint32_t i = 0; i < node->count; i++)
            if (!gather(a, node->children[i])) {
                a->count = before;
                return 0;
            }
        return 1;
    default:
        return 0;
    }
}

static void write_field(sqlite3_str *out, const char *field)
{
    sqlite3_str_appendf(out, "{\"%w\"} : ", field);
}

static void write_place(sqlite3_str *out, const alternatives *a)
{
    const char *before = "\"" ALN_SQLITE_RAW;
    for (size_t i = 0; i < a->count; i++) {
        const aln_query_node *term = a->items[i];
        sqlite3_str_appendall(out, before);
        sqlite3_str_appendall(out, aln_sqlite_prefix[term->kind]);
        write_text(out, term->text, term->text_len);
        before = " ";
        if (term->kind != ALN_TERM_STEM)
            continue;
        /* of a word that is its own stem the index has the word only; asked for twice, it is given once */
        sqlite3_str_appendall(out, before);
        write_text(out, term->text, term->text_len);
    }
    sqlite3_str_append(out, "\"", 1);
}

/* Alternatives at one position, as one phrase. */
static extent write_alternatives(sqlite3_str *out, const alternatives *a)
{
    if (!a->count)
        return NOTHING;
    if (a->items[0]->field)
        write_field(out, a->items[0]->field);
    write_place(out, a);
    return SOME;
}

/* Text that may be dropped again: sqlite3_str cannot be cut, so each child is written by itself first. */
static char *write_apart(const writer *w, const aln_query_node *node, extent *e)
{
    writer apart = {sqlite3_str_new(NULL), w->positions};
    *e = write_node(&apart, node);
    return sqlite3_str_finish(apart.out);
}

/* A part of a group. Those that match nothing decide an AND and fall out of an OR. 0 = the group is decided. */
static int join(sqlite3_str *group, const char *op, const char *part, extent e, extent *result)
{
    const int all = op[1] == 'A';
    if (e == SOME) {
        sqlite3_str_appendf(group, "%s%s", *result == SOME ? op : "", part);
        *result = SOME;
    }
    if (e != (all ? NOTHING : EVERYTHING))
        return 1;
    *result = e;
    return 0;
}

static extent close_group(const writer *w, sqlite3_str *group, extent result)
{
    char *text = sqlite3_str_finish(group);
    if (result == SOME && text)
        sqlite3_str_appendf(w->out, "(%s)", text);
    sqlite3_free(text);
    return result;
}

static extent write_and(const writer *w, const aln_query_node *node)
{
    sqlite3_str *group = sqlite3_str_new(NULL);
    extent result = EVERYTHING;
    int open = 1;
    for (uint32_t i = 0; open && i < node->count; i++) {
        extent e;
        char *child = write_apart(w, node->children[i], &e);
        open = join(group, " AND ", child ? child : "", e, &result);
        sqlite3_free(child);
    }
    return close_group(w, group, result);
}

static extent write_or(const writer *w, const aln_query_node *node)
{
    sqlite3_str *group = sqlite3_str_new(NULL);
    alternatives *light = sqlite3_malloc64(sizeof *light);
    extent result = NOTHING;
    int open = 1;
    if (light)
        light->count = 0;
    for (uint32_t i = 0; open && i < node->count; i++) {
        const aln_query_node *n = node->children[i];
        extent e;
        if (light && n->op == ALN_Q_SCALE && n->weight < 1 && gather(light, n))
            continue;
        char *child = write_apart(w, n, &e);
        open = join(group, " OR ", child ? child : "", e, &result);
        sqlite3_free(child);
    }
    if (light && open) {
        sqlite3_str *place = sqlite3_str_new(NULL);
        extent e = write_alternatives(place, light);
        char *text = sqlite3_str_finish(place);
        join(group, " OR ", text ? text : "", e, &result);
        sqlite3_free(text);
    }
    sqlite3_free(light);
    return close_group(w, group, result);
}

/* Terms as one phrase; what is none as OR. */
static extent write_terms(const writer *w, const aln_query_node *node)
{
    alternatives *a = sqlite3_malloc64(sizeof *a);
    if (!a)
        return NOTHING;
    a->count = 0;
    int ok = gather(a, node);
    extent e = ok ? write_alternatives(w->out, a) : NOTHING;
    sqlite3_free(a);
    return ok ? e : write_or(w, node);
}

/* PHRASE and NEAR: places, each of alternatives. */
static extent write_places(const writer *w, const aln_query_node *node, int near)
{
    alternatives *a = sqlite3_malloc64(sizeof *a);
    sqlite3_str *places = sqlite3_str_new(NULL);
    const char *field = NULL;
    extent e = a ? SOME : NOTHING;
    for (uint32_t i = 0; e == SOME && i < node->count; i++) {
        a->count = 0;
        if (!gather(a, node->children[i]) || !a->count) {
            e = NOTHING;
            break;
        }
        field = a->items[0]->field;
        if (i)
            sqlite3_str_appendall(places, near ? " " : " + ");
        write_place(places, a);
    }
    char *text = sqlite3_str_finish(places);
    if (e == SOME && text) {
        if (field)
            write_field(w->out, field);
        if (near) /* FTS5 counts the words between the first and the last */
            sqlite3_str_appendf(w->out, "NEAR(%s, %u)", text, node->window > 2 ? node->window - 2 : 0);
        else
            sqlite3_str_appendall(w->out, text);
    }
    sqlite3_free(text);
    sqlite3_free(a);
    return e;
}

/* The beginnings of all numbers of eight digits from low to high, as phrases: 20190 is "2019 0"*. */
static void write_range(const writer *w, const char *field, unsigned low, unsigned high)
{
    const char *before = "(";
    while (low <= high) {
        unsigned unit = 1;
        int digits = 8;
        char number[16], part[24];
        while (unit < 100000000u && low % (unit * 10) == 0 && low + unit * 10 - 1 <= high) {
            unit *= 10;
            digits--;
        }
        sqlite3_snprintf(sizeof number, number, "%08u", low);
        sqlite3_snprintf(sizeof part, part, "%.*s", digits < 4 ? digits : 4, number);
        if (digits > 4)
            sqlite3_snprintf(sizeof part, part, "%.4s %.*s", number, digits < 6 ? digits - 4 : 2, number + 4);
        if (digits > 6)
            sqlite3_snprintf(sizeof part, part, "%.4s %.2s %.*s", number, number + 4, digits - 6, number + 6);
        sqlite3_str_appendall(w->out, before);
        write_field(w->out, field);
        sqlite3_str_appendf(w->out, "%s\"=%s\"%s", w->positions ? "^" : "", part,
                            digits % 2 && digits > 4 ? " *"
                            : digits < 4             ? " *"
                                                     : "");
        before = " OR ";
        low += unit;
    }
    sqlite3_str_append(w->out, ")", 1);
}

static extent write_not(const writer *w, const aln_query_node *node)
{
    extent e;
    char *yes = write_apart(w, node->children[0], &e);
    if (e == EVERYTHING && !yes)
        yes = sqlite3_mprintf("\"" ALN_SQLITE_RAW ALN_SQLITE_MARK "\" *");
    sqlite3_str *out = sqlite3_str_new(NULL);
    sqlite3_str_appendf(out, "(%s", yes ? yes : "");
    for (uint32_t i = 1; i < node->count && e != NOTHING; i++) {
        extent no;
        char *text = write_apart(w, node->children[i], &no);
        if (no == SOME && text) {
            sqlite3_str_appendf(out, " NOT %s", text);
            e = SOME;
        } else if (no == EVERYTHING) {
            e = NOTHING;
        }
        sqlite3_free(text);
    }
    sqlite3_str_append(out, ")", 1);
    char *all = sqlite3_str_finish(out);
    if (e == SOME && all)
        sqlite3_str_appendall(w->out, all);
    sqlite3_free(all);
    sqlite3_free(yes);
    return e;
}

static extent write_scaled(const writer *w, const aln_query_node *node)
{
    extent e;
    char *child = write_apart(w, node->children[0], &e);
    if (e == SOME && child && node->weight >= TWICE)
        sqlite3_str_appendf(w->out, "(%s OR %s)", child, child);
    else if (e == SOME && child)
        sqlite3_str_appendall(w->out, child);
    sqlite3_free(child);
    return e;
}

static extent write_node(const writer *w, const aln_query_node *node)
{
    switch (node->op) {
    case ALN_Q_NOTHING:
        return NOTHING;
    case ALN_Q_ALL:
        return EVERYTHING;
    case ALN_Q_AND:
        return write_and(w, node);
    case ALN_Q_PHRASE:
        return w->positions ? write_places(w, node, 0) : write_and(w, node);
    case ALN_Q_NEAR:
        return w->positions ? write_places(w, node, 1) : write_and(w, node);
    case ALN_Q_TERM:
    case ALN_Q_SYNONYM:
        return write_terms(w, node);
    case ALN_Q_OR:
    case ALN_Q_MAX:
    case ALN_Q_AND_MAYBE:
        return write_or(w, node);
    case ALN_Q_SCALE:
        return write_scaled(w, node);
    case ALN_Q_AND_NOT:
        return write_not(w, node);
    case ALN_Q_FILTER:
        write_field(w->out, node->field);
        sqlite3_str_appendf(w->out, "%s\"=", w->positions ? "^" : "");
        write_text(w->out, node->text, node->text_len);
        sqlite3_str_append(w->out, "\"", 1);
        return SOME;
    case ALN_Q_RANGE:
        write_range(w, node->field, aln_day(node->text, node->text_len, 0),
                    aln_day(node->text2, node->text2 ? strlen(node->text2) : 0, 1));
        return SOME;
    }
    return NOTHING;
}

void aln_sqlite_write_match(sqlite3_str *out, const aln_query_node *plan, int positions)
{
    writer w = {out, positions};
    extent e = write_node(&w, plan);
    if (e == NOTHING)
        sqlite3_str_appendall(out, "\"\"");
    else if (e == EVERYTHING) /* each text has a mark at its first word */
        sqlite3_str_appendall(out, "\"" ALN_SQLITE_RAW ALN_SQLITE_MARK "\" *");
}
