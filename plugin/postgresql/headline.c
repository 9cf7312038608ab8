/*
 * ts_headline() for our parsers: PostgreSQL's own choice of fragments, with whole names marked.
 *
 * PostgreSQL marks tokens whose lexemes are in the query. A term that covers several tokens (an entity, a pair of
 * characters, two words written as one) has its lexeme at the first of them, or at the first and the last, so that the
 * others would stay unmarked. Hence the text is analyzed once more, each term of the query found in it gives a stretch
 * of bytes, and the tokens in that stretch are made one: <b>Нур-Султан</b>, not <b>Нур</b>-<b>Султан</b>.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "tsearch/ts_public.h"
#include "tsearch/ts_utils.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(allonym_headline);

/* A stretch of the text that one term of the query covers. */
typedef struct stretch {
    size_t start, end;
} stretch;

typedef struct finder {
    TSQuery query;
    QueryOperand **operands; /* sorted by text */
    int operand_count;
    char term[MAXSTRLEN];
    size_t word_start, word_end; /* of the word in hand */
    stretch *found;
    size_t count, room;
    MemoryContext context;
} finder;

/* GETOPERAND, without its change of sign. */
static const char *text_of(TSQuery query, const QueryOperand *operand)
{
    return (const char *)(GETQUERY(query) + query->size) + operand->distance;
}

static int compare(TSQuery query, const QueryOperand *operand, const char *term, size_t len)
{
    size_t n = operand->length;
    int c = memcmp(text_of(query, operand), term, Min(n, len));
    return c ? c : n < len ? -1 : n > len;
}

static int by_text(const void *a, const void *b, void *query)
{
    const QueryOperand *x = *(QueryOperand *const *)a, *y = *(QueryOperand *const *)b;
    return compare(query, x, text_of((TSQuery)query, y), y->length);
}

static bool asked_for(const finder *f, const char *term, size_t len)
{
    int low = 0, high = f->operand_count;
    while (low < high) {
        int middle = low + (high - low) / 2, c = compare(f->query, f->operands[middle], term, len);
        if (c == 0)
            return true;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static int take_token(void *ctx, const aln_token *token)
{
    finder *f = ctx;
    const char *prefix = aln_pg_prefix[token->kind];
    size_t n = strlen(prefix);
    if (!(token->flags & ALN_TOKEN_COLOCATED)) {
        if (aln_pg_interrupted())
            return ALN_PG_INTERRUPTED;
        f->word_start = token->start;
        f->word_end = token->end;
    }
    if ((token->start >= f->word_start && token->end <= f->word_end) || n + token->text_len >= sizeof f->term)
        return 0; /* one word: PostgreSQL marks it */
    memcpy(f->term, prefix, n);
    memcpy(f->term + n, token->text, token->text_len);
    if (!asked_for(f, f->term, n + token->text_len))
        return 0;
    if (f->count && token->start <= f->found[f->count - 1].end && token->start >= f->found[f->count - 1].start) {
        /* the same name by another term, or the next pair of the run */
        if (token->end > f->found[f->count - 1].end && token->start < f->found[f->count - 1].end)
            f->found[f->count - 1].end = token->end;
        if (token->start < f->found[f->count - 1].end)
            return 0;
    }
    if (f->count == f->room) {
        size_t room = f->room ? 2 * f->room : 32;
        stretch *fresh = aln_pg_try_alloc(f->context, room * sizeof *fresh);
        if (!fresh)
            return ALN_ENOMEM;
        if (f->count)
            memcpy(fresh, f->found, f->count * sizeof *fresh);
        f->found = fresh;
        f->room = room;
    }
    f->found[f->count].start = token->start;
    f->found[f->count++].end = token->end;
    return 0;
}

static void find(finder *f, TSQuery query, const char *text, size_t len)
{
    QueryItem *items = GETQUERY(query);
    const char *language = aln_pg_language(text, len);
    int code;
    f->query = query;
    f->operands = palloc((size_t)query->size * sizeof *f->operands);
    for (int i = 0; i < query->size; i++)
        if (items[i].type == QI_VAL)
            f->operands[f->operand_count++] = &items[i].qoperand;
    qsort_arg(f->operands, (size_t)f->operand_count, sizeof *f->operands, by_text, query);
    do {
        CHECK_FOR_INTERRUPTS();
        f->count = 0;
        code = aln_analyze(aln_pg_analyzer(), language, text, len, take_token, f);
    } while (code == ALN_PG_INTERRUPTED);
    if (code)
        aln_pg_fail(code, NULL);
}

/* Makes the marked tokens of a stretch one, and of those that PostgreSQL did not mark a part of it. */
static void join(HeadlineParsedText *prs, int first, int last)
{
    HeadlineWordEntry *to = &prs->words[first];
    StringInfoData all;
    bool marked = false;
    for (int i = first; i <= last; i++) {
        if (prs->words[i].repeated)
            continue;
        if (!prs->words[i].in || prs->words[i].replace || prs->words[i].skip)
            return; /* cut by the edge of a fragment */
        marked |= prs->words[i].selected;
    }
    if (!marked)
        return;
    initStringInfo(&all);
    for (int i = first; i <= last; i++)
        if (!prs->words[i].repeated)
            appendBinaryStringInfo(&all, prs->words[i].word, prs->words[i].len);
    if (all.len > PG_UINT16_MAX)
        return;
    to->word = all.data;
    to->len = (uint16)all.len;
    to->selected = 1;
    for (int i = first + 1; i <= last; i++) {
        prs->words[i].selected = 0;
        prs->words[i].skip = !prs->words[i].repeated;
    }
}

Datum allonym_headline(PG_FUNCTION_ARGS)
{
    HeadlineParsedText *prs = (HeadlineParsedText *)PG_GETARG_POINTER(0);
    TSQuery query = PG_GETARG_TSQUERY(2);
    StringInfoData text;
    finder f = {0};
    size_t at = 0, next = 0;

    initStringInfo(&text);
    for (int i = 0; i < prs->curwords; i++)
        if (!prs->words[i].repeated)
            appendBinaryStringInfo(&text, prs->words[i].word, prs->words[i].len);
    DirectFunctionCall3(prsd_headline, PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), TSQueryGetDatum(query));
    f.context = CurrentMemoryContext;
    if (query->size > 0)
        find(&f, query, text.data, (size_t)text.len);
    for (int i = 0; i < prs->curwords && next < f.count;) {
        int last = i;
        size_t end = at + (prs->words[i].repeated ? 0 : prs->words[i].len);
        while (next < f.count && f.found[next].end <= at)
            next++;
        if (next == f.count || prs->words[i].repeated || f.found[next].start != at) {
            at = end;
            i++;
            continue;
        }
        while (last + 1 < prs->curwords && (prs->words[last + 1].repeated || end < f.found[next].end)) {
            last++;
            end += prs->words[last].repeated ? 0 : prs->words[last].len;
        }
        join(prs, i, last);
        at = end;
        i = last + 1;
        next++;
    }
    PG_FREE_IF_COPY(query, 2);
    PG_RETURN_POINTER(prs);
}
