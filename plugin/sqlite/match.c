/*
 * The core's plan of a query as a MATCH expression of FTS5.
 *
 *   TERM            "==term": as it is stored; in a field  {column} : "==term"
 *   MAX, SYNONYM    terms become alternatives at one position, "==a b c", which bm25() counts as one phrase; else OR
 *   AND, OR         AND, OR       AND_NOT  NOT        PHRASE  "==a b" + "==c"      NEAR  NEAR("==a" "==b", n)
 *   SCALE           bm25() has no weights but repetition: of alternatives the heavy ones are asked for once more, and
 *                   what weighs twice is written twice
 *   AND_MAYBE       OR, as NEAR of words is among the places where the words are
 *   FILTER, RANGE   in an indexed column: a phrase at its beginning, and the phrases that make up the range of dates
 *
 * Where a table has no positions (detail=none, detail=column), PHRASE and NEAR become AND.
 *
 * SPDX-License-Identifier: MIT
 */
#include "module.h"
#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

#define ALTERNATIVES_MAX 512
/* A term is asked for once, and once more for each of these that its weight reaches. */
static const double again[] = {0.4, 0.75, 1.5, 2.5};

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

typedef struct alternatives {
    size_t count;
    struct {
        const aln_query_node *term;
        double weight;
    } items[ALTERNATIVES_MAX];
} alternatives;

/* Adds a term, or weight to one that is there: among alternatives of MAX the best counts, among those of OR the sum;
 * mark: how many terms the earlier children of the OR gave. */
static int add(alternatives *a, const aln_query_node *term, double weight, size_t mark)
{
    if (!usable(term))
        return 1;
    for (size_t i = 0; i < a->count; i++) {
        const aln_query_node *t = a->items[i].term;
        if (t->kind != term->kind || t->text_len != term->text_len || memcmp(t->text, term->text, t->text_len) != 0)
            continue;
        if (i < mark)
            a->items[i].weight += weight;
        else if (a->items[i].weight < weight)
            a->items[i].weight = weight;
        return 1;
    }
    if (a->count == ALTERNATIVES_MAX)
        return 0;
    a->items[a->count].term = term;
    a->items[a->count++].weight = weight;
    return 1;
}

/* Collects the terms below a node if there are alternatives only, all in one field. */
static int gather(alternatives *a, const aln_query_node *node, double weight, size_t mark)
{
    const char *field;
    switch (node->op) {
    case ALN_Q_TERM:
        field = a->count ? a->items[0].term->field : node->field;
        if ((field == NULL) != (node->field == NULL) || (field && strcmp(field, node->field) != 0))
            return 0;
        return add(a, node, weight, mark);
    case ALN_Q_SCALE:
        return gather(a, node->children[0], weight * node->weight, mark);
    case ALN_Q_MAX:
    case ALN_Q_SYNONYM:
    case ALN_Q_OR:
        for (uint32_t i = 0; i < node->count; i++)
            if (!gather(a, node->children[i], weight, node->op == ALN_Q_OR ? a->count : mark))
                return 0;
        return 1;
    default:
        return 0;
    }
}

static void write_field(sqlite3_str *out, const char *field)
{
    sqlite3_str_appendf(out, "{\"%w\"} : ", field);
}

static void write_place(sqlite3_str *out, const alternatives *a, double least)
{
    const char *before = "\"" ALN_SQLITE_RAW;
    for (size_t i = 0; i < a->count; i++) {
        if (a->items[i].weight < least)
            continue;
        const aln_query_node *term = a->items[i].term;
        sqlite3_str_appendall(out, before);
        sqlite3_str_appendall(out, aln_sqlite_prefix[term->kind]);
        write_text(out, term->text, term->text_len);
        before = " ";
    }
    sqlite3_str_append(out, "\"", 1);
}

/* Alternatives at one position. 0 = the node is something else. */
static int write_alternatives(const writer *w, const aln_query_node *node, extent *e)
{
    alternatives *a = sqlite3_malloc64(sizeof *a);
    if (!a)
        return 0;
    a->count = 0;
    int ok = gather(a, node, 1.0, 0);
    *e = ok && a->count ? SOME : NOTHING;
    if (*e == SOME) {
        double most = 0;
        for (size_t i = 0; i < a->count; i++)
            most = a->items[i].weight > most ? a->items[i].weight : most;
        sqlite3_str_append(w->out, "(", 1);
        if (a->items[0].term->field)
            write_field(w->out, a->items[0].term->field);
        write_place(w->out, a, 0);
        for (size_t i = 0; i < sizeof again / sizeof *again && most >= again[i]; i++) {
            sqlite3_str_appendall(w->out, " OR ");
            if (a->items[0].term->field)
                write_field(w->out, a->items[0].term->field);
            write_place(w->out, a, again[i]);
        }
        sqlite3_str_append(w->out, ")", 1);
    }
    sqlite3_free(a);
    return ok;
}

/* Text that may be dropped again: sqlite3_str cannot be cut, so each child is written by itself first. */
static char *write_apart(const writer *w, const aln_query_node *node, extent *e)
{
    writer apart = {sqlite3_str_new(NULL), w->positions};
    *e = write_node(&apart, node);
    return sqlite3_str_finish(apart.out);
}

/* Writes the children with an operator between; those that match nothing decide an AND and fall out of an OR. */
static extent write_group(const writer *w, const aln_query_node *node, const char *op, int all)
{
    sqlite3_str *group = sqlite3_str_new(NULL);
    extent result = all ? EVERYTHING : NOTHING;
    for (uint32_t i = 0; i < node->count; i++) {
        extent e;
        char *child = write_apart(w, node->children[i], &e);
        if (e == SOME && child) {
            sqlite3_str_appendf(group, "%s%s", result == SOME ? op : "", child);
            result = SOME;
        }
        sqlite3_free(child);
        if (e == (all ? NOTHING : EVERYTHING)) {
            result = e;
            break;
        }
    }
    char *text = sqlite3_str_finish(group);
    if (result == SOME && text)
        sqlite3_str_appendf(w->out, "(%s)", text);
    sqlite3_free(text);
    return result;
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
        if (!gather(a, node->children[i], 1.0, 0) || !a->count) {
            e = NOTHING;
            break;
        }
        field = a->items[0].term->field;
        if (i)
            sqlite3_str_appendall(places, near ? " " : " + ");
        write_place(places, a, 0);
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

/* "2019-06" or "2019" as its first or last day, YYYYMMDD. */
static unsigned day(const char *text, size_t len, int last)
{
    char digits[9] = "00000000";
    int n = 0;
    for (size_t i = 0; i < len && n < 8; i++)
        if (text[i] >= '0' && text[i] <= '9')
            digits[n++] = text[i];
    if (last) /* no month has a day 99, but all numbers that begin with the month are in the range */
        memset(digits + n, '9', (size_t)(8 - n));
    return n || last ? (unsigned)strtoul(digits, NULL, 10) : 0;
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

static extent write_node(const writer *w, const aln_query_node *node)
{
    extent e = NOTHING;
    switch (node->op) {
    case ALN_Q_NOTHING:
        return NOTHING;
    case ALN_Q_ALL:
        return EVERYTHING;
    case ALN_Q_AND:
        return write_group(w, node, " AND ", 1);
    case ALN_Q_PHRASE:
        return w->positions ? write_places(w, node, 0) : write_group(w, node, " AND ", 1);
    case ALN_Q_NEAR:
        return w->positions ? write_places(w, node, 1) : write_group(w, node, " AND ", 1);
    case ALN_Q_TERM:
    case ALN_Q_OR:
    case ALN_Q_MAX:
    case ALN_Q_SYNONYM:
        return write_alternatives(w, node, &e) ? e : write_group(w, node, " OR ", 0);
    case ALN_Q_SCALE:
        e = write_node(w, node->children[0]);
        if (e == SOME && node->weight >= 2) {
            sqlite3_str_appendall(w->out, " OR ");
            write_node(w, node->children[0]);
        }
        return e;
    case ALN_Q_AND_MAYBE:
        return write_group(w, node, " OR ", 0);
    case ALN_Q_AND_NOT:
        return write_not(w, node);
    case ALN_Q_FILTER:
        write_field(w->out, node->field);
        sqlite3_str_appendf(w->out, "%s\"=", w->positions ? "^" : "");
        write_text(w->out, node->text, node->text_len);
        sqlite3_str_append(w->out, "\"", 1);
        return SOME;
    case ALN_Q_RANGE:
        write_range(w, node->field, day(node->text, node->text_len, 0),
                    day(node->text2, node->text2 ? strlen(node->text2) : 0, 1));
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
