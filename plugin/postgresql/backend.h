/*
 * What the files of the PostgreSQL extension share: the backend's analyzer, errors, terms of a text.
 *
 * Two rules of PostgreSQL shape everything here. An error is a longjmp, which must not pass through the core: what the
 * core calls back never raises one, it returns a code, and the error is raised after the core has returned. And memory
 * belongs to a context: the analyzer's lives as long as the backend, all else as long as the call.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_POSTGRESQL_BACKEND_H
#define ALLONYM_POSTGRESQL_BACKEND_H

#include "postgres.h"

#include "tsearch/ts_type.h"
#include "utils/palloc.h"

#include <allonym/allonym.h>

/* A term's prefix by its kind, as in ALN_HOOK_INIT; words are folded, so a capital at the start is no word's. */
extern const char *const aln_pg_prefix[ALN_TERM_KINDS];

/* The fingerprint as a lexeme begins with this. */
#define ALN_PG_MARK "XF"

/* Positive, so that it is none of the core's codes: an interrupt is waiting. */
#define ALN_PG_INTERRUPTED 1
/* Likewise: an error was caught in a callback and waits to be raised. */
#define ALN_PG_CAUGHT 2

/* The analyzer of this backend, made at the first call. Raises an error where the database's encoding is not UTF8. */
extern aln_analyzer *aln_pg_analyzer(void);

/* To be called where the server loads the module before it forks: asks for memory that all backends share. */
extern void aln_pg_shared_init(void);
/* That memory, or NULL. */
extern void *aln_pg_shared_memo(size_t *bytes);

/* An analyzer for one query, in the current memory context and gone with it: what planning needs is more than a
 * backend should keep, and it leaves nothing behind after an error. */
extern aln_analyzer *aln_pg_query_analyzer(aln_names names);

/* The lexeme that names the version which made a vector: "XF0.1.0-" and eight digits. */
extern const char *aln_pg_mark(void);

/* Raises the error of a code that the core returned. err may be NULL. */
extern void aln_pg_fail(int code, const aln_error *err) pg_attribute_noreturn();

/* palloc that returns NULL instead of raising an error: for what the core calls. */
extern void *aln_pg_try_alloc(MemoryContext context, size_t size);

/* Whether the backend has been asked to stop and may: then a callback returns ALN_PG_INTERRUPTED, and the caller
 * of the core calls CHECK_FOR_INTERRUPTS() and, if that returns, begins again. */
extern bool aln_pg_interrupted(void);

/* The language of a text, as the parser identifies it; static storage. */
extern const char *aln_pg_language(const char *text, size_t len);

/* One word of a text and its terms, numbers first to first + count - 1. */
typedef struct aln_pg_word {
    uint32 start, end; /* bytes of the text */
    uint32 first, count;
    bool character; /* of a script that is written without spaces */
} aln_pg_word;

/* The words of a text. Everything is in one memory context. */
typedef struct aln_pg_terms {
    MemoryContext context;
    aln_pg_word *words;
    uint32 word_count, word_room;
    uint32 *terms; /* where in bytes each begins; NUL-terminated, prefix included */
    uint32 term_count, term_room;
    char *bytes;
    uint32 byte_count, byte_room;
    bool key_seen;   /* the last word has a name key */
    uint32 pair_end; /* where the last pair of characters ends; 0 = there was none */
} aln_pg_terms;

/* Bytes of a term with its NUL. */
static inline uint32 aln_pg_term_size(const aln_pg_terms *terms, uint32 i)
{
    return (i + 1 < terms->term_count ? terms->terms[i + 1] : terms->byte_count) - terms->terms[i];
}

/* Fills *terms with a document's words, or with a query's: what each of its words may be in a document. text may be
 * up to PostgreSQL's 1 GB; language is BCP 47, or NULL to identify it. */
extern void aln_pg_document_terms(aln_pg_terms *terms, const char *language, const char *text, size_t len);
extern void aln_pg_query_terms(aln_pg_terms *terms, const char *text, size_t len);

/* The words that the parser found for a token that it gave, if that parse is still under way; NULL if the text is none
 * of a parser's. *word is the number of the word. */
extern const aln_pg_terms *aln_pg_parsed(const char *token, bool query, uint32 *word);

#endif
