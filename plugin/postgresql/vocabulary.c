/*
 * The vocabulary of a GIN index, read from its entry tree.
 *
 * The learned models of the planner find spellings in the index's own words. A GIN index over a tsvector keeps each
 * lexeme once, in the order of bytes: just what the planner wants, always up to date, and without a copy. SQL cannot
 * read it, but the functions by which GIN itself descends its tree can be called; this is the only place that depends
 * on the index's layout (access/gin/README in PostgreSQL's source).
 *
 * One leaf page at a time is copied under a share lock, which is given back at once. A page that is split meanwhile
 * loses nothing: the link to the right was copied with it. GIN deletes no entry page. Words whose documents were
 * deleted stay until they are vacuumed, without postings, and are passed over; words of documents that are still in the
 * pending list (fastupdate) are not seen until it is merged.
 *
 * The callbacks run below the core, so that no error may pass: each is caught, kept, and raised by the end function.
 *
 * SPDX-License-Identifier: MIT
 */
#include "vocabulary.h"

#include "access/genam.h"
#include "access/gin_private.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/pg_am_d.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type_d.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(allonym_index_marks);

/* One leaf page's words. */
typedef struct leaf {
    uint32 count;
    uint32 text[MaxIndexTuplesPerPage + 1]; /* where each begins in bytes; the last: their end */
    uint32 freq[MaxIndexTuplesPerPage];
    char bytes[BLCKSZ * 4]; /* keys may be stored with short headers or compressed; checked when filled */
    BlockNumber right;
} leaf;

typedef struct reader {
    Relation index;
    OffsetNumber attribute;
    GinState state;
    leaf page;
    uint32 at;
    const char *prefix; /* of the kind that was asked for last */
    MemoryContext scratch, caller;
    ErrorData *error;
} reader;

/* Copies a leaf page that is locked. Words below low are left out. */
static void copy_leaf(reader *r, Buffer buffer)
{
    Page page = BufferGetPage(buffer);
    OffsetNumber last = PageGetMaxOffsetNumber(page);
    leaf *p = &r->page;

    p->count = 0;
    p->text[0] = 0;
    p->right = GinPageRightMost(page) ? InvalidBlockNumber : GinPageGetOpaque(page)->rightlink;
    for (OffsetNumber i = FirstOffsetNumber; i <= last && p->count < MaxIndexTuplesPerPage; i++) {
        IndexTuple tuple = (IndexTuple)PageGetItem(page, PageGetItemId(page, i));
        GinNullCategory category;
        Datum key;
        text *word;
        size_t len;
        if (gintuple_get_attrnum(&r->state, tuple) != r->attribute)
            continue;
        key = gintuple_get_key(&r->state, tuple, &category);
        if (category != GIN_CAT_NORM_KEY || (!GinIsPostingTree(tuple) && GinGetNPosting(tuple) == 0))
            continue;
        word = DatumGetTextPP(key);
        len = VARSIZE_ANY_EXHDR(word);
        if (p->text[p->count] + len > sizeof p->bytes)
            continue;
        memcpy(p->bytes + p->text[p->count], VARDATA_ANY(word), len);
        /* how many, where it is many, would cost a walk over the posting tree */
        p->freq[p->count] = GinIsPostingTree(tuple) ? PG_UINT16_MAX : GinGetNPosting(tuple);
        p->count++;
        p->text[p->count] = p->text[p->count - 1] + (uint32)len;
    }
}

static void descend(reader *r, const char *word, size_t len)
{
    GinBtreeData btree;
    GinBtreeStack *stack;
    Datum key = PointerGetDatum(cstring_to_text_with_len(word, (int)len));
    ginPrepareEntryScan(&btree, r->attribute, key, GIN_CAT_NORM_KEY, &r->state);
    stack = ginFindLeafPage(&btree, true, false, NULL);
    copy_leaf(r, stack->buffer);
    LockBuffer(stack->buffer, GIN_UNLOCK);
    freeGinBtreeStack(stack);
}

static void step_right(reader *r)
{
    Buffer buffer = ReadBuffer(r->index, r->page.right);
    LockBuffer(buffer, GIN_SHARE);
    copy_leaf(r, buffer);
    UnlockReleaseBuffer(buffer);
}

static int compare(const reader *r, uint32 at, const char *word, size_t len)
{
    size_t n = r->page.text[at + 1] - r->page.text[at];
    int c = memcmp(r->page.bytes + r->page.text[at], word, Min(n, len));
    return c ? c : n < len ? -1 : n > len;
}

/* Moves to the first word of the page that is not below this one. */
static void find(reader *r, const char *word, size_t len)
{
    uint32 low = 0, high = r->page.count;
    while (low < high) {
        uint32 middle = low + (high - low) / 2;
        if (compare(r, middle, word, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    r->at = low;
}

/* Gives the word at hand, going on to the next pages as needed. */
static void give(reader *r, const char **term, size_t *len, uint32_t *freq)
{
    size_t n = strlen(r->prefix);
    *term = NULL;
    *len = 0;
    while (r->at == r->page.count) {
        if (r->page.right == InvalidBlockNumber)
            return;
        CHECK_FOR_INTERRUPTS();
        step_right(r);
        r->at = 0;
    }
    {
        const char *word = r->page.bytes + r->page.text[r->at];
        size_t all = r->page.text[r->at + 1] - r->page.text[r->at];
        if (all < n || memcmp(word, r->prefix, n) != 0)
            return;
        *term = word + n;
        *len = all - n;
        if (freq)
            *freq = r->page.freq[r->at];
    }
}

static void seek_word(reader *r, const char *word, size_t len, const char **term, size_t *term_len, uint32_t *freq)
{
    /* near the last one, mostly */
    if (!r->page.count || compare(r, 0, word, len) > 0 || compare(r, r->page.count - 1, word, len) < 0)
        descend(r, word, len);
    find(r, word, len);
    give(r, term, term_len, freq);
}

/* Runs one step where an error is caught. kind < 0: the next word. */
static int step(reader *r, int kind, const char *text, size_t len, const char **term, size_t *term_len, uint32_t *freq)
{
    volatile int code = 0;
    MemoryContext before = CurrentMemoryContext;
    if (r->error)
        return ALN_PG_CAUGHT;
    MemoryContextSwitchTo(r->scratch);
    PG_TRY();
    {
        if (kind < 0) {
            if (r->at < r->page.count)
                r->at++;
            give(r, term, term_len, freq);
        } else {
            StringInfoData word;
            CHECK_FOR_INTERRUPTS();
            r->prefix = aln_pg_prefix[kind];
            initStringInfo(&word);
            appendStringInfoString(&word, r->prefix);
            appendBinaryStringInfo(&word, text, (int)len);
            seek_word(r, word.data, (size_t)word.len, term, term_len, freq);
        }
    }
    PG_CATCH();
    {
        MemoryContextSwitchTo(r->caller);
        r->error = CopyErrorData();
        FlushErrorState();
        code = ALN_PG_CAUGHT;
    }
    PG_END_TRY();
    MemoryContextSwitchTo(before);
    MemoryContextReset(r->scratch);
    return code;
}

static int seek(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len,
                uint32_t *freq)
{
    return step(ctx, (int)kind, text, len, term, term_len, freq);
}

static int next(void *ctx, const char **term, size_t *term_len, uint32_t *freq)
{
    return step(ctx, -1, NULL, 0, term, term_len, freq);
}

/* The column of a GIN index that has tsvectors; 0 = it is no such index. */
static OffsetNumber tsvector_column(Relation index)
{
    if (index->rd_rel->relkind != RELKIND_INDEX || index->rd_rel->relam != GIN_AM_OID || !index->rd_index->indisvalid)
        return 0;
    for (int i = 0; i < IndexRelationGetNumberOfKeyAttributes(index); i++)
        if (index->rd_opcintype[i] == TSVECTOROID)
            return (OffsetNumber)(i + 1);
    return 0;
}

/* A table's first GIN index over tsvectors, locked; NULL if there is none. */
static Relation index_of_table(Oid table)
{
    Relation rel = relation_open(table, AccessShareLock), found = NULL;
    if (rel->rd_rel->relkind == RELKIND_RELATION || rel->rd_rel->relkind == RELKIND_MATVIEW) {
        List *list = RelationGetIndexList(rel);
        ListCell *cell;
        foreach (cell, list) {
            Relation index = index_open(lfirst_oid(cell), AccessShareLock);
            if (tsvector_column(index)) {
                found = index;
                break;
            }
            index_close(index, AccessShareLock);
        }
        list_free(list);
    }
    relation_close(rel, AccessShareLock);
    return found;
}

static void may_read(Oid table)
{
    AclResult allowed = pg_class_aclcheck(table, GetUserId(), ACL_SELECT);
    if (allowed != ACLCHECK_OK)
        aclcheck_error(allowed, OBJECT_TABLE, get_rel_name(table));
    if (check_enable_rls(table, InvalidOid, false) == RLS_ENABLED)
        ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
                        errmsg("the words of \"%s\" cannot be read: its rows have policies", get_rel_name(table)),
                        errhint("allonym_query() needs no index.")));
}

static reader *begin(Oid relation)
{
    reader *r = palloc0(sizeof *r);
    char kind = get_rel_relkind(relation);

    if (kind == RELKIND_INDEX)
        r->index = index_open(relation, AccessShareLock);
    else if (kind)
        r->index = index_of_table(relation);
    if (r->index)
        r->attribute = tsvector_column(r->index);
    if (!r->attribute)
        ereport(ERROR, (errcode(ERRCODE_WRONG_OBJECT_TYPE),
                        errmsg("%s is no GIN index over a tsvector, nor a table that has one",
                               kind ? quote_identifier(get_rel_name(relation)) : "this relation")));
    may_read(r->index->rd_index->indrelid);
    if (RELATION_IS_OTHER_TEMP(r->index))
        ereport(ERROR,
                (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("temporary tables of other sessions cannot be read")));
    initGinState(&r->state, r->index);
    r->caller = CurrentMemoryContext;
    r->scratch = AllocSetContextCreate(CurrentMemoryContext, "allonym vocabulary", ALLOCSET_DEFAULT_SIZES);
    r->prefix = "";
    return r;
}

static void end(reader *r)
{
    ErrorData *error = r->error;
    index_close(r->index, AccessShareLock);
    MemoryContextDelete(r->scratch);
    pfree(r);
    if (error)
        ReThrowError(error);
}

void aln_pg_vocabulary_begin(Oid relation, aln_vocabulary *vocabulary)
{
    vocabulary->ctx = begin(relation);
    vocabulary->seek = seek;
    vocabulary->next = next;
    vocabulary->skip = NULL;
    vocabulary->part = NULL;
}

void aln_pg_vocabulary_end(const aln_vocabulary *vocabulary)
{
    end(vocabulary->ctx);
}

/* The marks of versions that occur in an index. */
Datum allonym_index_marks(PG_FUNCTION_ARGS)
{
    reader *r = begin(PG_GETARG_OID(0));
    ArrayBuildState *marks = NULL;
    const char *word;
    size_t len;
    uint32_t freq;

    r->prefix = ALN_PG_MARK;
    seek_word(r, ALN_PG_MARK, strlen(ALN_PG_MARK), &word, &len, &freq);
    while (word) {
        text *mark = cstring_to_text_with_len(word - strlen(ALN_PG_MARK), (int)(len + strlen(ALN_PG_MARK)));
        marks = accumArrayResult(marks, PointerGetDatum(mark), false, TEXTOID, CurrentMemoryContext);
        r->at++;
        give(r, &word, &len, &freq);
    }
    end(r);
    if (!marks)
        PG_RETURN_ARRAYTYPE_P(construct_empty_array(TEXTOID));
    PG_RETURN_DATUM(makeArrayResult(marks, CurrentMemoryContext));
}
