/*
 * The text search parsers: "allonym" for documents and "allonym_query" for queries.
 *
 * PostgreSQL cuts a text by a parser and gives each token to a dictionary, which sees that token alone. Names do not
 * work that way: the language of the text decides about a word's stem, its neighbours about a name of several words. So
 * the parser analyzes the text as a whole and keeps all terms; a token points into the parser's own copy of the text,
 * and by that address the dictionary finds the terms again (aln_pg_parsed). The copy makes this sound: as long as a
 * parse is listed its memory is not given back, so nothing else can have an address in it. A parse is taken off the
 * list when its memory context goes, at its end and after an error alike.
 *
 * Tokens cover the text without gaps, as ts_headline() needs. Their types have the numbers that the default parser
 * gives to the same things, since its headline function is used for ours (headline.c).
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "tsearch/ts_public.h"
#include "utils/memutils.h"

#define TYPE_CHARACTER 1
#define TYPE_WORD 2
#define TYPE_BLANK 12

/* Longer tokens are dropped with a notice by PostgreSQL, and from headlines without one. */
#define TOKEN_MAX ((uint32)MAXSTRLEN - 1)

PG_FUNCTION_INFO_V1(allonym_start);
PG_FUNCTION_INFO_V1(allonym_query_start);
PG_FUNCTION_INFO_V1(allonym_token);
PG_FUNCTION_INFO_V1(allonym_end);
PG_FUNCTION_INFO_V1(allonym_types);

typedef struct parse {
    MemoryContextCallback gone;
    struct parse *below;
    bool query;
    char *text;
    uint32 len;
    uint32 at;   /* bytes given so far */
    uint32 next; /* word to come */
    aln_pg_terms terms;
} parse;

/* Parses under way, the newest first. */
static parse *parses;

static void forget(void *arg)
{
    for (parse **p = &parses; *p; p = &(*p)->below)
        if (*p == arg) {
            *p = (*p)->below;
            return;
        }
}

static parse *start(const char *text, int len, bool query)
{
    MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "allonym parse", ALLOCSET_DEFAULT_SIZES);
    parse *p = MemoryContextAllocZero(context, sizeof *p);

    p->query = query;
    p->len = (uint32)len;
    p->text = MemoryContextAllocHuge(context, (Size)len + 1);
    memcpy(p->text, text, (size_t)len);
    p->text[len] = 0;
    p->terms.context = context;
    if (query)
        aln_pg_query_terms(&p->terms, p->text, p->len);
    else
        aln_pg_document_terms(&p->terms, NULL, p->text, p->len);
    p->gone.func = forget;
    p->gone.arg = p;
    MemoryContextRegisterResetCallback(context, &p->gone);
    p->below = parses;
    parses = p;
    return p;
}

Datum allonym_start(PG_FUNCTION_ARGS)
{
    PG_RETURN_POINTER(start((const char *)PG_GETARG_POINTER(0), PG_GETARG_INT32(1), false));
}

Datum allonym_query_start(PG_FUNCTION_ARGS)
{
    PG_RETURN_POINTER(start((const char *)PG_GETARG_POINTER(0), PG_GETARG_INT32(1), true));
}

Datum allonym_token(PG_FUNCTION_ARGS)
{
    parse *p = (parse *)PG_GETARG_POINTER(0);
    char **token = (char **)PG_GETARG_POINTER(1);
    int *len = (int *)PG_GETARG_POINTER(2);
    uint32 end = p->len;
    int type = TYPE_BLANK;

    *token = p->text + p->at;
    *len = 0;
    if (p->at == p->len)
        PG_RETURN_INT32(0);
    if (p->next < p->terms.word_count) {
        const aln_pg_word *w = &p->terms.words[p->next];
        if (p->at == w->start) {
            type = w->character ? TYPE_CHARACTER : TYPE_WORD;
            end = w->end;
            p->next++;
        } else {
            end = w->start;
        }
    }
    if (end - p->at > TOKEN_MAX) /* what is left of a word is a blank then */
        end = p->at + (uint32)pg_mbcliplen(*token, (int)(end - p->at), (int)TOKEN_MAX);
    *len = (int)(end - p->at);
    p->at = end;
    PG_RETURN_INT32(type);
}

Datum allonym_end(PG_FUNCTION_ARGS)
{
    parse *p = (parse *)PG_GETARG_POINTER(0);
    MemoryContextDelete(p->terms.context);
    PG_RETURN_VOID();
}

Datum allonym_types(PG_FUNCTION_ARGS)
{
    static const struct {
        int id;
        const char *alias, *what;
    } types[] = {
        {TYPE_CHARACTER, "character", "Character of a script that is written without spaces"},
        {TYPE_WORD, "word", "Word or number"},
        {TYPE_BLANK, "blank", "What stands between words"},
    };
    LexDescr *list = palloc0(sizeof *list * (lengthof(types) + 1));
    (void)fcinfo;
    for (size_t i = 0; i < lengthof(types); i++) {
        list[i].lexid = types[i].id;
        list[i].alias = pstrdup(types[i].alias);
        list[i].descr = pstrdup(types[i].what);
    }
    PG_RETURN_POINTER(list);
}

const aln_pg_terms *aln_pg_parsed(const char *token, bool query, uint32 *word)
{
    for (const parse *p = parses; p; p = p->below) {
        uintptr_t begin = (uintptr_t)p->text, here = (uintptr_t)token;
        uint32 low = 0, high = p->terms.word_count;
        if (here < begin || here >= begin + p->len)
            continue;
        if (p->query != query)
            return NULL;
        /* mostly the word that was given last */
        if (p->next && p->terms.words[p->next - 1].start == here - begin) {
            *word = p->next - 1;
            return &p->terms;
        }
        while (low < high) {
            uint32 middle = low + (high - low) / 2;
            if (p->terms.words[middle].start < here - begin)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == p->terms.word_count || p->terms.words[low].start != here - begin)
            return NULL;
        *word = low;
        return &p->terms;
    }
    return NULL;
}
