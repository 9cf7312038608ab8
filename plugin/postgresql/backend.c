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
#include "utils/guc.h"
#include "utils/memutils.h"

#include <sys/mman.h>

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(allonym_version);
PG_FUNCTION_INFO_V1(allonym_fingerprint);
PG_FUNCTION_INFO_V1(allonym_mark);

/* A backend is a process with one thread, and every one of PostgreSQL's caches is such a static. */
static aln_analyzer *analyzer;
static MemoryContext analyzer_context;
static int analyzer_memory; /* what allonym.memory was when it was made */
static char mark[32];

/* Distinct words are remembered up to here, in kB. The default keeps a backend below one megabyte, of which the
 * relocations of libraries take 400 kB where the server has not loaded them for all. It decides about no lexeme. */
#define MEMORY 320
#define MEMORY_PRELOADED 704
static int memory_setting = MEMORY;

void _PG_init(void);

void _PG_init(void)
{
    DefineCustomIntVariable("allonym.memory", "How much memory a backend uses to remember words.",
                            "Words that are remembered need not be analyzed again.", &memory_setting,
                            process_shared_preload_libraries_in_progress ? MEMORY_PRELOADED : MEMORY, 128, 1 << 20,
                            PGC_USERSET, GUC_UNIT_KB, NULL, NULL, NULL);
    if (process_shared_preload_libraries_in_progress)
        aln_pg_shared_init();
    MarkGUCPrefixReserved("allonym");
}

const char *const aln_pg_prefix[ALN_TERM_KINDS] = {"", "Z", "XN", "XE"};

void *aln_pg_try_alloc(MemoryContext context, size_t size)
{
    return MemoryContextAllocExtended(context, size, MCXT_ALLOC_NO_OOM | MCXT_ALLOC_HUGE);
}

/*
 * Large blocks come from the system and go back to it. On malloc's heap they would come to lie behind what a statement
 * needed for a moment, and keep all of that from being given back. They are listed, to go with their context.
 */
#define LARGE ((size_t)8192)

typedef struct large_block {
    struct large_block *next, **link; /* link: what points here */
    size_t size;
} large_block;

typedef struct analyzer_memory_of {
    MemoryContextCallback gone;
    MemoryContext context;
    large_block *large;
} analyzer_memory_of;

static void *new_large(analyzer_memory_of *m, size_t size)
{
    large_block *b;
    size += sizeof *b;
    b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b == MAP_FAILED)
        return NULL;
    b->size = size;
    b->next = m->large;
    b->link = &m->large;
    if (b->next)
        b->next->link = &b->next;
    m->large = b;
    return b + 1;
}

static void free_large(void *ptr)
{
    large_block *b = (large_block *)ptr - 1;
    *b->link = b->next;
    if (b->next)
        b->next->link = b->link;
    munmap(b, b->size);
}

static void free_all_large(void *arg)
{
    analyzer_memory_of *m = arg;
    while (m->large)
        free_large(m->large + 1);
}

static void *backend_alloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    analyzer_memory_of *m = ctx;
    void *fresh = NULL;
    if (new_size && AllocHugeSizeIsValid(new_size)) {
        fresh = new_size < LARGE ? aln_pg_try_alloc(m->context, new_size) : new_large(m, new_size);
        if (!fresh)
            return NULL;
        if (ptr)
            memcpy(fresh, ptr, Min(old_size, new_size));
    } else if (new_size) {
        return NULL;
    }
    if (ptr && old_size < LARGE)
        pfree(ptr);
    else if (ptr)
        free_large(ptr);
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

/* Raised when this plugin changes what lexemes a text gets from the same terms. */
#define LEXEMES_VERSION 3

/* FNV-1a of the fingerprint: a lexeme has to be short, since each document carries it. */
static void make_mark(const char *fingerprint)
{
    uint32 h = 2166136261u ^ LEXEMES_VERSION;
    for (; *fingerprint; fingerprint++)
        h = (h ^ (unsigned char)*fingerprint) * 16777619u;
    snprintf(mark, sizeof mark, ALN_PG_MARK "%s-%08x", aln_version(), h);
}

/* An analyzer with all its memory in a context of its own, a child of parent. */
static aln_analyzer *make_analyzer(MemoryContext parent, aln_options *options, MemoryContext *context)
{
    aln_error err = {ALN_OK, 0, ""};
    aln_lexicon *lexicon = NULL;
    aln_analyzer *made = NULL;
    aln_alloc alloc = {backend_alloc, NULL};
    analyzer_memory_of *memory;
    int code;

    if (GetDatabaseEncoding() != PG_UTF8)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("allonym needs a database whose encoding is UTF8, and this one's is %s",
                               GetDatabaseEncodingName()),
                        errhint("Create the database with ENCODING 'UTF8' TEMPLATE template0.")));
    *context = AllocSetContextCreate(parent, "allonym", ALLOCSET_DEFAULT_SIZES);
    alloc.ctx = memory = MemoryContextAllocZero(*context, sizeof *memory);
    memory->context = *context;
    memory->gone.func = free_all_large;
    memory->gone.arg = memory;
    MemoryContextRegisterResetCallback(*context, &memory->gone);
    code = aln_lexicon_open(&alloc, NULL, &lexicon, &err);
    if (code == ALN_OK) {
        code = aln_analyzer_new(lexicon, options, &made, &err);
        aln_lexicon_unref(lexicon);
    }
    if (code != ALN_OK) {
        MemoryContextDelete(*context);
        aln_pg_fail(code, &err);
    }
    return made;
}

aln_analyzer *aln_pg_analyzer(void)
{
    aln_options options = ALN_OPTIONS_INIT;
    if (analyzer && analyzer_memory == memory_setting)
        return analyzer;
    if (analyzer) {
        analyzer = NULL;
        MemoryContextDelete(analyzer_context);
    }
    options.max_memo_bytes = (size_t)memory_setting << 10;
    options.shared_memo = aln_pg_shared_memo(&options.shared_memo_bytes);
    analyzer = make_analyzer(TopMemoryContext, &options, &analyzer_context);
    analyzer_memory = memory_setting;
    make_mark(aln_analyzer_fingerprint(analyzer));
    return analyzer;
}

aln_analyzer *aln_pg_query_analyzer(aln_names names)
{
    aln_options options = ALN_OPTIONS_INIT;
    MemoryContext context;
    options.names = names;
    options.max_memo_bytes = 1; /* emptied after each text */
    return make_analyzer(CurrentMemoryContext, &options, &context);
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
