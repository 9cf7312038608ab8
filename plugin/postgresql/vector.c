/*
 * allonym_vector(): a document's tsvector, with its language given, and made without the detour by which to_tsvector()
 * goes: token by token through a dictionary, every lexeme an allocation of its own, all occurrences sorted. Here equal
 * lexemes are found by hashing, and only distinct ones are sorted. The result is the one of to_tsvector() where the
 * language is what the parser would have identified.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(allonym_vector);

/* A distinct lexeme and where it stands: positions are a list through the occurrences. */
typedef struct lexeme {
    const char *text;
    uint64 head; /* the first eight bytes, so that most comparisons look no further */
    uint32 len, hash;
    uint32 first, last, count; /* occurrences */
} lexeme;

typedef struct occurrence {
    uint32 next;
    WordEntryPos position;
} occurrence;

typedef struct table {
    lexeme *lexemes;
    uint32 count;
    uint32 *slots; /* number of a lexeme plus one */
    uint32 mask;
    occurrence *occurrences;
    uint32 occurrence_count;
} table;

static uint64 head_of(const char *text, uint32 len)
{
    uint64 head = 0;
    for (uint32 i = 0; i < 8; i++)
        head = head << 8 | (i < len ? (unsigned char)text[i] : 0);
    return head;
}

static void add(table *t, const char *text, uint32 len, uint32 position)
{
    uint32 hash = 2166136261u, at;
    lexeme *l;
    occurrence *o;
    for (uint32 i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    for (at = hash & t->mask; t->slots[at]; at = (at + 1) & t->mask) {
        l = &t->lexemes[t->slots[at] - 1];
        if (l->hash == hash && l->len == len && memcmp(l->text, text, len) == 0)
            break;
    }
    l = t->slots[at] ? &t->lexemes[t->slots[at] - 1] : &t->lexemes[t->count];
    if (!t->slots[at]) {
        t->slots[at] = ++t->count;
        l->text = text;
        l->len = len;
        l->hash = hash;
        l->head = head_of(text, len);
        l->count = 0;
    }
    position = LIMITPOS(position);
    /* as PostgreSQL: the last position that a vector can hold stands once, and so many of one lexeme at most */
    if (l->count == MAXNUMPOS - 1 || (l->count && WEP_GETPOS(t->occurrences[l->last].position) == position))
        return;
    o = &t->occurrences[t->occurrence_count];
    o->position = 0;
    WEP_SETPOS(o->position, position);
    if (l->count)
        t->occurrences[l->last].next = t->occurrence_count;
    else
        l->first = t->occurrence_count;
    l->last = t->occurrence_count++;
    l->count++;
}

static int compare(const void *a, const void *b)
{
    const lexeme *x = a, *y = b;
    int c;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    c = memcmp(x->text, y->text, Min(x->len, y->len));
    return c ? c : x->len < y->len ? -1 : x->len > y->len;
}

static TSVector make(const table *t)
{
    Size bytes = 0, size;
    TSVector out;
    WordEntry *entry;
    char *start, *at;
    for (uint32 i = 0; i < t->count; i++)
        bytes = SHORTALIGN(bytes + t->lexemes[i].len) + sizeof(uint16) + t->lexemes[i].count * sizeof(WordEntryPos);
    if (bytes > MAXSTRPOS)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("string is too long for tsvector (%zu bytes, max %d bytes)", bytes, MAXSTRPOS)));
    size = CALCDATASIZE(t->count, bytes);
    out = palloc0(size);
    SET_VARSIZE(out, size);
    out->size = (int32)t->count;
    entry = ARRPTR(out);
    start = at = (char *)(entry + t->count);
    for (uint32 i = 0; i < t->count; i++, entry++) {
        const lexeme *l = &t->lexemes[i];
        uint16 *count;
        WordEntryPos *positions;
        entry->haspos = 1;
        entry->len = l->len & ((1u << 11) - 1);
        entry->pos = (uint32)(at - start) & ((1u << 20) - 1);
        memcpy(at, l->text, l->len);
        at = start + SHORTALIGN((Size)(at - start) + l->len);
        count = (uint16 *)(void *)at;
        *count = (uint16)l->count;
        positions = (WordEntryPos *)(void *)(at + sizeof *count);
        for (uint32 k = 0, o = l->first; k < l->count; k++, o = t->occurrences[o].next)
            positions[k] = t->occurrences[o].position;
        at += sizeof *count + l->count * sizeof *positions;
    }
    return out;
}

Datum allonym_vector(PG_FUNCTION_ARGS)
{
    MemoryContext context, caller = CurrentMemoryContext;
    aln_pg_terms terms = {0};
    table t = {0};
    text *body;
    char *language;
    TSVector out;
    const char *mark = aln_pg_mark();

    if (PG_ARGISNULL(0))
        PG_RETURN_NULL();
    context = AllocSetContextCreate(caller, "allonym vector", ALLOCSET_DEFAULT_SIZES);
    MemoryContextSwitchTo(context);
    body = PG_GETARG_TEXT_PP(0);
    language = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));
    terms.context = context;
    aln_pg_document_terms(&terms, language && *language ? language : NULL, VARDATA_ANY(body),
                          (size_t)VARSIZE_ANY_EXHDR(body));
    t.mask = 63;
    while (t.mask / 2 < terms.term_count)
        t.mask = t.mask * 2 + 1;
    t.slots =
        MemoryContextAllocExtended(context, ((Size)t.mask + 1) * sizeof *t.slots, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
    t.lexemes = MemoryContextAllocHuge(context, ((Size)terms.term_count + 1) * sizeof *t.lexemes);
    t.occurrences = MemoryContextAllocHuge(context, ((Size)terms.term_count + 1) * sizeof *t.occurrences);
    for (uint32 i = 0; i < terms.word_count; i++) {
        const aln_pg_word *w = &terms.words[i];
        for (uint32 k = w->first; k < w->first + w->count; k++) {
            const char *term = terms.bytes + terms.terms[k];
            add(&t, term, aln_pg_term_size(&terms, k) - 1, i + 1);
        }
        if (i == 0)
            add(&t, mark, (uint32)strlen(mark), 1);
    }
    CHECK_FOR_INTERRUPTS();
    if (t.count)
        qsort(t.lexemes, t.count, sizeof *t.lexemes, compare);
    MemoryContextSwitchTo(caller);
    out = make(&t);
    MemoryContextDelete(context);
    PG_RETURN_TSVECTOR(out);
}
