/*
 * allonym_query() and allonym_expand(): the core's plan of a query as a tsquery.
 *
 *   TERM            its lexeme; in the field title: with label A
 *   MAX OR SYNONYM  |       AND  &      AND_NOT  & !      PHRASE  <->
 *   NEAR            | of the orders and distances, for two or three places; else &
 *   SCALE           its child, AND_MAYBE its first: a tsquery has no weights. Therefore nothing is said of the documents
 *                   being texts (ALN_QUERY_TEXTS): a family name alone would count as the whole name
 *   FILTER          the lexeme that allonym_filter() puts into the document
 *   RANGE           prefixes that make up the range of dates: 2019 is 'date:2019':*
 *
 * The tsquery is written as text and read by PostgreSQL's own input function, which checks all its limits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"
#include "vocabulary.h"

#include "../core/day.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(allonym_query);
PG_FUNCTION_INFO_V1(allonym_expand);
PG_FUNCTION_INFO_V1(allonym_filter_text);
PG_FUNCTION_INFO_V1(allonym_filter_date);

/* More places near each other have too many orders to write down. */
#define NEAR_PLACES_MAX 3
/* Likewise more alternatives in all. */
#define NEAR_WAYS_MAX 200

static const aln_query_field fields[] = {
    {"title", ALN_FIELD_TEXT},
    {"lang", ALN_FIELD_FILTER},
    {"id", ALN_FIELD_FILTER},
    {"date", ALN_FIELD_DATE},
};

static void append_quoted(StringInfo out, const char *prefix, const char *text, size_t len)
{
    appendStringInfoChar(out, '\'');
    appendStringInfoString(out, prefix);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\'' || text[i] == '\\')
            appendStringInfoChar(out, text[i]);
        appendStringInfoChar(out, text[i]);
    }
    appendStringInfoChar(out, '\'');
}

/* What a node matches, besides what is written for it. */
typedef enum extent { NOTHING, SOME, EVERYTHING } extent;

static extent write_node(StringInfo out, const aln_query_node *node);

/* Writes the children with an operator between; those that match nothing decide an AND and fall out of an OR. */
static extent write_group(StringInfo out, const aln_query_node *node, const char *op, bool all)
{
    int begin = out->len;
    uint32 written = 0;
    appendStringInfoChar(out, '(');
    for (uint32 i = 0; i < node->count; i++) {
        int before = out->len;
        extent e;
        if (written)
            appendStringInfoString(out, op);
        e = write_node(out, node->children[i]);
        if (e == (all ? NOTHING : EVERYTHING)) {
            out->len = begin;
            out->data[begin] = 0;
            return e;
        }
        if (e != SOME) {
            out->len = before;
            out->data[before] = 0;
            continue;
        }
        written++;
    }
    if (!written) {
        out->len = begin;
        out->data[begin] = 0;
        return all ? EVERYTHING : NOTHING;
    }
    appendStringInfoChar(out, ')');
    return SOME;
}

/* One order of the places, with every sum of gaps that stays in the window. */
static void write_gaps(StringInfo out, char *const *places, const uint32 *order, uint32 count, uint32 free_gaps,
                       uint32 *gaps, uint32 done, uint32 *ways)
{
    CHECK_FOR_INTERRUPTS();
    if (*ways > NEAR_WAYS_MAX)
        return;
    if (done + 1 == count) {
        if ((*ways)++)
            appendStringInfoString(out, " | ");
        appendStringInfoChar(out, '(');
        appendStringInfoString(out, places[order[0]]);
        for (uint32 i = 1; i < count; i++)
            appendStringInfo(out, " <%u> %s", gaps[i - 1] + 1, places[order[i]]);
        appendStringInfoChar(out, ')');
        return;
    }
    for (uint32 gap = 0; gap <= free_gaps; gap++) {
        gaps[done] = gap;
        write_gaps(out, places, order, count, free_gaps - gap, gaps, done + 1, ways);
    }
}

static extent write_near(StringInfo out, const aln_query_node *node)
{
    static const uint32 orders[][NEAR_PLACES_MAX] = {{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    char *places[NEAR_PLACES_MAX];
    uint32 gaps[NEAR_PLACES_MAX], ways = 0, count = node->count, window = Max(node->window, count);
    StringInfoData all;

    if (count < 2 || count > NEAR_PLACES_MAX)
        return write_group(out, node, " & ", true);
    for (uint32 i = 0; i < count; i++) {
        StringInfoData place;
        initStringInfo(&place);
        if (write_node(&place, node->children[i]) != SOME)
            return NOTHING;
        places[i] = place.data;
    }
    initStringInfo(&all);
    for (uint32 i = 0; i < (count == 2 ? 2 : lengthof(orders)); i++)
        write_gaps(&all, places, orders[i], count, window - count, gaps, 0, &ways);
    if (ways > NEAR_WAYS_MAX)
        return write_group(out, node, " & ", true);
    appendStringInfo(out, "(%s)", all.data);
    return SOME;
}

/* The prefixes of all numbers of eight digits from low to high, one after the other. */
static void write_range(StringInfo out, const char *field, uint32 low, uint32 high)
{
    bool first = true;
    appendStringInfoChar(out, '(');
    while (low <= high) {
        uint32 unit = 1;
        int digits = 8;
        char number[16];
        while (unit < 100000000 && low % (unit * 10) == 0 && low + unit * 10 - 1 <= high) {
            unit *= 10;
            digits--;
        }
        if (!first)
            appendStringInfoString(out, " | ");
        first = false;
        snprintf(number, sizeof number, "%08u", low);
        appendStringInfo(out, "'%s:%.*s':*", field, digits, number);
        low += unit;
    }
    appendStringInfoChar(out, ')');
}

static extent write_node(StringInfo out, const aln_query_node *node)
{
    int begin = out->len;
    extent e;
    check_stack_depth();
    CHECK_FOR_INTERRUPTS();
    switch (node->op) {
    case ALN_Q_NOTHING:
        return NOTHING;
    case ALN_Q_ALL:
        return EVERYTHING;
    case ALN_Q_TERM:
        if (!node->text_len || memchr(node->text, 0, node->text_len) || node->text_len + 2 >= MAXSTRLEN)
            return NOTHING;                /* not in any vector: terms.c leaves it out as well */
        if (node->kind == ALN_TERM_STEM) { /* of a word that is its own stem a document has the word only */
            appendStringInfoChar(out, '(');
            append_quoted(out, "", node->text, node->text_len);
            appendStringInfoString(out, node->field ? ":A | " : " | ");
        }
        append_quoted(out, aln_pg_prefix[node->kind], node->text, node->text_len);
        if (node->field)
            appendStringInfoString(out, ":A");
        if (node->kind == ALN_TERM_STEM)
            appendStringInfoChar(out, ')');
        return SOME;
    case ALN_Q_AND:
        return write_group(out, node, " & ", true);
    case ALN_Q_PHRASE:
        return write_group(out, node, " <-> ", true);
    case ALN_Q_OR:
    case ALN_Q_MAX:
    case ALN_Q_SYNONYM:
        return write_group(out, node, " | ", false);
    case ALN_Q_NEAR:
        return write_near(out, node);
    case ALN_Q_SCALE:
    case ALN_Q_AND_MAYBE:
        return write_node(out, node->children[0]);
    case ALN_Q_AND_NOT: {
        bool some;
        appendStringInfoChar(out, '(');
        e = write_node(out, node->children[0]);
        some = e == SOME;
        for (uint32 i = 1; i < node->count && e != NOTHING; i++) {
            int before = out->len;
            extent no;
            appendStringInfoString(out, some ? " & !" : "!");
            no = write_node(out, node->children[i]);
            if (no == SOME) {
                some = true;
                continue;
            }
            out->len = before;
            out->data[before] = 0;
            if (no == EVERYTHING)
                e = NOTHING;
        }
        if (e == NOTHING || !some) {
            out->len = begin;
            out->data[begin] = 0;
            return e;
        }
        appendStringInfoChar(out, ')');
        return SOME;
    }
    case ALN_Q_FILTER: {
        StringInfoData prefix;
        initStringInfo(&prefix);
        appendStringInfo(&prefix, "%s:", node->field);
        append_quoted(out, prefix.data, node->text, node->text_len);
        return SOME;
    }
    case ALN_Q_RANGE: {
        size_t upper = node->text2 ? strlen(node->text2) : 0;
        write_range(out, node->field, aln_day(node->text, node->text_len, false), aln_day(node->text2, upper, true));
        return SOME;
    }
    }
    elog(ERROR, "allonym: unknown operator %d in a plan", (int)node->op);
}

/* Words of the options argument. */
static uint32 flags_of(text *options, char **language, aln_names *names)
{
    char *words = text_to_cstring(options), *word, *rest = NULL;
    uint32 flags = 0;
    for (word = strtok_r(words, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest)) {
        if (strcmp(word, "plain") == 0)
            flags |= ALN_QUERY_PLAIN;
        else if (strcmp(word, "exact") == 0)
            flags |= ALN_QUERY_EXACT;
        else if (strcmp(word, "broad") == 0)
            flags |= ALN_QUERY_BROAD;
        else if (strcmp(word, "names=all") == 0)
            *names = ALN_NAMES_ALL;
        else if (strcmp(word, "names=current") == 0)
            *names = ALN_NAMES_CURRENT;
        else if (strcmp(word, "names=off") == 0)
            *names = ALN_NAMES_OFF;
        else if (strncmp(word, "lang=", 5) == 0)
            *language = word + 5;
        else
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                            errmsg("unrecognized option of allonym_query: \"%s\"", word),
                            errhint("The options are plain, exact, broad, names=all|current|off, and lang=LANGUAGE.")));
    }
    return flags;
}

static Datum query_of(text *query, text *words, const aln_vocabulary *vocabulary)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    aln_error err = {ALN_OK, 0, ""};
    const aln_query_node *plan = NULL;
    char *language = NULL;
    aln_names names = ALN_NAMES_ALL;
    MemoryContext context, caller = CurrentMemoryContext;
    Datum result;
    StringInfoData out;
    extent e;
    int code;

    context = AllocSetContextCreate(caller, "allonym query", ALLOCSET_DEFAULT_SIZES);
    MemoryContextSwitchTo(context);
    options.flags = flags_of(words, &language, &names);
    options.language = language;
    options.fields = fields;
    options.field_count = lengthof(fields);
    options.vocabulary = vocabulary;
    code = aln_query_plan(aln_pg_query_analyzer(names), &options, VARDATA_ANY(query), (size_t)VARSIZE_ANY_EXHDR(query),
                          &plan, &err);
    if (vocabulary)
        aln_pg_vocabulary_end(vocabulary);
    if (code)
        aln_pg_fail(code, &err);
    initStringInfo(&out);
    e = write_node(&out, plan);
    MemoryContextSwitchTo(caller);
    if (e == NOTHING) {
        TSQuery none = palloc0(HDRSIZETQ);
        SET_VARSIZE(none, HDRSIZETQ);
        result = TSQueryGetDatum(none);
    } else {
        if (e == EVERYTHING) /* a tsquery cannot say so but by what no document has */
            appendStringInfo(&out, "!'%s'", ALN_PG_MARK);
        result = DirectFunctionCall1(tsqueryin, CStringGetDatum(out.data));
    }
    MemoryContextDelete(context);
    return result;
}

Datum allonym_query(PG_FUNCTION_ARGS)
{
    PG_RETURN_DATUM(query_of(PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(1), NULL));
}

Datum allonym_expand(PG_FUNCTION_ARGS)
{
    aln_vocabulary vocabulary;
    aln_pg_vocabulary_begin(PG_GETARG_OID(0), &vocabulary);
    PG_RETURN_DATUM(query_of(PG_GETARG_TEXT_PP(1), PG_GETARG_TEXT_PP(2), &vocabulary));
}

static Datum filter(const char *field, const char *value, size_t len)
{
    StringInfoData out;
    StringInfoData prefix;
    initStringInfo(&out);
    initStringInfo(&prefix);
    appendStringInfo(&prefix, "%s:", field);
    append_quoted(&out, prefix.data, value, len);
    return DirectFunctionCall1(tsvectorin, CStringGetDatum(out.data));
}

Datum allonym_filter_text(PG_FUNCTION_ARGS)
{
    text *value = PG_GETARG_TEXT_PP(1);
    PG_RETURN_DATUM(
        filter(text_to_cstring(PG_GETARG_TEXT_PP(0)), VARDATA_ANY(value), (size_t)VARSIZE_ANY_EXHDR(value)));
}

Datum allonym_filter_date(PG_FUNCTION_ARGS)
{
    DateADT date = PG_GETARG_DATEADT(1);
    char digits[16];
    int year, month, mday;
    if (DATE_NOT_FINITE(date))
        ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("allonym_filter needs a finite date")));
    j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &mday);
    if (year < 0 || year > 9999)
        ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
                        errmsg("allonym_filter needs a date of the years 1 to 9999")));
    snprintf(digits, sizeof digits, "%04d%02d%02d", year, month, mday);
    PG_RETURN_DATUM(filter(text_to_cstring(PG_GETARG_TEXT_PP(0)), digits, strlen(digits)));
}
