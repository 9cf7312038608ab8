/*
 * The dictionary: the lexemes of a token. Several at one position are different variants, which PostgreSQL joins by OR
 * in a query; lexemes of one variant would all have to match.
 *
 * A token of our parsers has its terms already, found in the context of its text. One of another parser, and
 * ts_lexize()'s, is analyzed alone: then its further words take further positions.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "commands/defrem.h"
#include "fmgr.h"
#include "tsearch/ts_public.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(allonym_init);
PG_FUNCTION_INFO_V1(allonym_lexize);

typedef struct dictionary {
    bool query; /* gives what to search for, not what to store */
} dictionary;

Datum allonym_init(PG_FUNCTION_ARGS)
{
    List *options = (List *)PG_GETARG_POINTER(0);
    dictionary *d = palloc0(sizeof *d);
    bool seen = false;
    ListCell *cell;

    aln_pg_analyzer(); /* raises what is wrong with the database now, not at the first document */
    foreach (cell, options) {
        DefElem *option = (DefElem *)lfirst(cell);
        if (strcmp(option->defname, "query") != 0)
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                            errmsg("unrecognized allonym parameter: \"%s\"", option->defname)));
        if (seen)
            ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("multiple Query parameters")));
        seen = true;
        d->query = defGetBoolean(option);
    }
    PG_RETURN_POINTER(d);
}

/* Lexemes of the words first to last - 1. mark is one more, at the first. */
static TSLexeme *lexemes(const aln_pg_terms *terms, uint32 first, uint32 last, const char *mark)
{
    uint32 count = mark ? 1 : 0;
    TSLexeme *list, *out;
    for (uint32 i = first; i < last; i++)
        count += terms->words[i].count;
    list = out = palloc0((count + 1) * sizeof *list);
    for (uint32 i = first; i < last; i++) {
        const aln_pg_word *w = &terms->words[i];
        for (uint32 k = 0; k < w->count; k++, out++) {
            out->nvariant = (uint16)(k + 1);
            out->flags = k == 0 && i > first ? TSL_ADDPOS : 0;
            uint32 size = aln_pg_term_size(terms, w->first + k);
            out->lexeme = memcpy(palloc(size), terms->bytes + terms->terms[w->first + k], size);
        }
        if (mark && i == first) {
            out->nvariant = (uint16)(w->count + 1);
            out->lexeme = pstrdup(mark);
            out++;
        }
    }
    return list;
}

Datum allonym_lexize(PG_FUNCTION_ARGS)
{
    const dictionary *d = (const dictionary *)PG_GETARG_POINTER(0);
    const char *token = (const char *)PG_GETARG_POINTER(1);
    int32 len = PG_GETARG_INT32(2);
    uint32 word;
    const aln_pg_terms *parsed = aln_pg_parsed(token, d->query, &word);
    aln_pg_terms alone = {0};
    TSLexeme *list;

    if (parsed) /* a word without terms is a function word: an empty list says so */
        PG_RETURN_POINTER(lexemes(parsed, word, word + 1, word == 0 && !d->query ? aln_pg_mark() : NULL));
    alone.context = AllocSetContextCreate(CurrentMemoryContext, "allonym word", ALLOCSET_SMALL_SIZES);
    if (d->query)
        aln_pg_query_terms(&alone, token, (size_t)len);
    else
        aln_pg_document_terms(&alone, NULL, token, (size_t)len);
    list = alone.word_count ? lexemes(&alone, 0, alone.word_count, NULL) : NULL;
    MemoryContextDelete(alone.context);
    PG_RETURN_POINTER(list);
}
