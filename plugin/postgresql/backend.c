/*
 * The backend's analyzer, its memory, and errors.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(allonym_version);
PG_FUNCTION_INFO_V1(allonym_fingerprint);
PG_FUNCTION_INFO_V1(allonym_mark);

/* Distinct words are remembered up to here, so that a backend stays below one megabyte; twice as much gains little. */
#define MEMO_BYTES ((size_t)384 << 10)

/* A backend is a process with one thread, and every one of PostgreSQL's caches is such a static. */
static aln_analyzer *analyzer;
static char mark[32];

const char *const aln_pg_prefix[ALN_TERM_KINDS] = {"", "Z", "XN", "XE"};

void *aln_pg_try_alloc(MemoryContext context, size_t size)
{
    return MemoryContextAllocExtended(context, size, MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
}

static void *backend_alloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    void *fresh = NULL;
    if (new_size && AllocHugeSizeIsValid(new_size)) {
        fresh = aln_pg_try_alloc(ctx, new_size);
        if (!fresh)
            return NULL;
        if (ptr)
            memcpy(fresh, ptr, Min(old_size, new_size));
    } else if (new_size) {
        return NULL;
    }
    if (ptr)
        pfree(ptr);
    return fresh;
}

bool aln_pg_interrupted(void)
{
    return InterruptPending && InterruptHoldoffCount == 0 && CritSectionCount == 0;
}

void aln_pg_fail(int code, const aln_error *err)
{
    const char *what = err && err->message[0] ? err->message : aln_strerror(code);
    int state = code == ALN_ENOMEM    ? ERRCODE_OUT_OF_MEMORY
                : code == ALN_ESYNTAX ? ERRCODE_SYNTAX_ERROR
                : code == ALN_ELIMIT  ? ERRCODE_PROGRAM_LIMIT_EXCEEDED
                                      : ERRCODE_INVALID_PARAMETER_VALUE;
    ereport(ERROR, (errcode(state), errmsg("allonym: %s", what)));
}

/* FNV-1a of the fingerprint: a lexeme has to be short, since each document carries it. */
static void make_mark(const char *fingerprint)
{
    uint32 h = 2166136261u;
    for (; *fingerprint; fingerprint++)
        h = (h ^ (unsigned char)*fingerprint) * 16777619u;
    snprintf(mark, sizeof mark, ALN_PG_MARK "%s-%08x", aln_version(), h);
}

aln_analyzer *aln_pg_analyzer(void)
{
    aln_options options = ALN_OPTIONS_INIT;
    aln_error err = {ALN_OK, 0, ""};
    aln_lexicon *lexicon = NULL;
    aln_alloc alloc = {backend_alloc, NULL};
    MemoryContext context;
    int code;

    if (analyzer)
        return analyzer;
    if (GetDatabaseEncoding() != PG_UTF8)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("allonym needs a database whose encoding is UTF8, and this one's is %s",
                               GetDatabaseEncodingName()),
                        errhint("Create the database with ENCODING 'UTF8' TEMPLATE template0.")));
    context = AllocSetContextCreate(TopMemoryContext, "allonym", ALLOCSET_DEFAULT_SIZES);
    alloc.ctx = context;
    options.max_memo_bytes = MEMO_BYTES;
    code = aln_lexicon_open(&alloc, NULL, &lexicon, &err);
    if (code == ALN_OK) {
        code = aln_analyzer_new(lexicon, &options, &analyzer, &err);
        aln_lexicon_unref(lexicon);
    }
    if (code != ALN_OK) {
        analyzer = NULL;
        MemoryContextDelete(context);
        aln_pg_fail(code, &err);
    }
    make_mark(aln_analyzer_fingerprint(analyzer));
    return analyzer;
}

const char *aln_pg_mark(void)
{
    aln_pg_analyzer();
    return mark;
}

Datum allonym_version(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(aln_version()));
}

Datum allonym_fingerprint(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(aln_analyzer_fingerprint(aln_pg_analyzer())));
}

Datum allonym_mark(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(aln_pg_mark()));
}
