/**
 * @file xapian.h
 * @brief libxapian 1.4 in C, with allonym's terms in and allonym's query plans out.
 *
 * libxapian is C++ and has no C interface; this header wraps what a search program needs of it: opening (also stub
 * files, and remote databases through them), writing under transactions, searching with a plan of aln_query_plan(), and
 * reading documents back. No C++ exception leaves a function: each becomes a status, and a message in aln_error (err
 * may be NULL everywhere).
 *
 * Text is UTF-8 as pointer and length in bytes, as in allonym.h. Handles are used by one thread at a time; different
 * handles do not disturb one another. Names of languages, metadata keys and paths are NUL-terminated.
 *
 * The terms of a document are Omega's where Omega has a convention, so that its tools keep working on the same index:
 * "" exact words, "Z" stems, "S" title, "Q" unique id, "L" language, "D" date as YYYYMMDD; ours are "XN" (name keys)
 * and "XE" (entities). docs/xapian.md describes the format.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALLONYM_XAPIAN_H
#define ALLONYM_XAPIAN_H

#include <allonym/allonym.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Number of a document in its database, from 1. @since 0.1.0 */
typedef uint32_t aln_docid;

/** Metadata key under which the analyzer's fingerprint is kept. @since 0.1.0 */
#define ALN_XAPIAN_FINGERPRINT "allonym.fingerprint"
/** Metadata key of the languages that occur, "en,kk,ru" in the order of bytes; of all shards, where several
 * databases are open as one. @since 0.1.0 */
#define ALN_XAPIAN_LANGUAGES "allonym.languages"
/** Metadata key of an index of another program that was upgraded: "lexicon" or "terms". @since 0.1.0 */
#define ALN_XAPIAN_UPGRADE "allonym.upgrade"
/** Value slot of the date, as YYYYMMDD; the slot that Omega's DATEVALUE=0 reads. @since 0.1.0 */
#define ALN_XAPIAN_DATE_SLOT 0u
/** Value slot of the order in which documents came, in indexes of several shards: results of one weight stand in this
 * order, as they do in one database by their numbers. @since 0.1.0 */
#define ALN_XAPIAN_ORDER_SLOT 1u
/** No term may be longer, in bytes with its prefix (a NUL byte counts twice). @since 0.1.0 */
#define ALN_XAPIAN_MAX_TERM 245u

/* ---------------------------------------------------------------- database */

/** A database, open for reading or for writing. @since 0.1.0 */
typedef struct aln_xapian aln_xapian;

/** @since 0.1.0 */
typedef enum aln_xapian_mode {
    ALN_XAPIAN_READ = 0,        /**< searching; sees the last commit before the opening */
    ALN_XAPIAN_UPDATE = 1,      /**< writing; the database must exist */
    ALN_XAPIAN_CREATE = 2,      /**< writing; it must not */
    ALN_XAPIAN_OPEN_CREATE = 3, /**< writing; created if it does not exist */
    /** Writing a part of a bulk load; it must not exist, and nobody may read it before it is closed. Commits do not
     * wait for the disk: a crash may spoil it, until aln_xapian_sync() has returned. */
    ALN_XAPIAN_LOAD = 4,
    /** Searching; shards of a stub file that cannot be reached are left out: aln_xapian_shard_at() tells which. */
    ALN_XAPIAN_PARTIAL = 5
} aln_xapian_mode;

/**
 * Opens a database.
 * @param path         a database directory, or a stub file (which may name several, local or remote).
 * @param fingerprint  aln_analyzer_fingerprint() of the analyzer that will be used, to be compared as
 *                     aln_xapian_check_fingerprint() does; NULL = not now.
 * @param[out] out     to be closed with aln_xapian_close(); NULL on failure.
 * @return ALN_OK, ALN_ENOTFOUND (no database there), ALN_ELOCKED (another writer), ALN_EMISMATCH, ALN_EINVAL
 * (ALN_XAPIAN_CREATE and it exists), ALN_EIO, ALN_ENOMEM, ALN_EENGINE.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_open(const char *path, aln_xapian_mode mode, const char *fingerprint, aln_xapian **out,
                                   aln_error *err);

/** Closes; NULL is fine. An open transaction is lost; other writes are committed, but nobody learns whether that
 * failed: call aln_xapian_commit() first. @since 0.1.0 */
ALN_API void aln_xapian_close(aln_xapian *db);

/**
 * Compares a fingerprint with the one that the index was written with. An empty index matches every fingerprint; one
 * that is open for writing takes it on, with its first commit.
 * @return ALN_OK, or ALN_EMISMATCH with both named in the message; also where documents are there but no fingerprint.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_check_fingerprint(aln_xapian *db, const char *fingerprint, aln_error *err);

/**
 * Moves a reader to the last commit; and to other databases, where another stub file has taken the place of the one
 * that was opened. Databases of another stub file that have not the fingerprint with which the reader was compared
 * are not moved to: what was open goes on.
 * @param[out] changed  whether it has moved; may be NULL.
 * @return ALN_OK, ALN_EMISMATCH, ALN_EIO, ALN_ENOMEM, ALN_EENGINE.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_reopen(aln_xapian *db, int *changed, aln_error *err);

/** A line of a stub file. Pointers are valid until the next call on the handle that moves it to another state:
 * reopening, or reading where a shard is lost. @since 0.1.0 */
typedef struct aln_xapian_shard {
    const char *location; /**< type and place, as the line has them: "remote 10.0.0.7:4711" */
    size_t line;          /**< its number in the stub file; 0 = there is no stub file */
    int present;          /**< 0 = left out (ALN_XAPIAN_PARTIAL) */
    const char *replica;  /**< what is read in its place; NULL = itself */
    const char *message;  /**< why it is left out or replaced; "" = it is not */
} aln_xapian_shard;
/** How many databases a reader reads as one, with those that are left out. @since 0.1.0 */
ALN_API size_t aln_xapian_shards(const aln_xapian *db);
/** The n-th of them, from 0. @return ALN_OK, ALN_ENOTFOUND. @since 0.1.0 */
ALN_API aln_status aln_xapian_shard_at(const aln_xapian *db, size_t n, aln_xapian_shard *out);
/**
 * Calls fn for each shard that a stub file names, without opening it; for what is no stub file, once, with the path and
 * line 0. fn's non-zero ends it and is returned.
 * @param type  "auto", "glass", "remote"; location is then a path, or HOST:PORT, or :PROGRAM ARGUMENTS.
 * @since 0.1.0
 */
ALN_API int aln_xapian_each_shard(const char *path,
                                  int (*fn)(void *ctx, size_t line, const char *type, const char *location), void *ctx,
                                  aln_error *err);

/** @since 0.1.0 */
typedef struct aln_xapian_counts {
    uint32_t documents;
    aln_docid last;        /**< highest number ever given */
    double average_length; /**< of a document, in terms */
} aln_xapian_counts;
/** @since 0.1.0 */
ALN_API aln_status aln_xapian_count(aln_xapian *db, aln_xapian_counts *out, aln_error *err);

/** Reads metadata; an unknown key gives "" and length 0. *value is valid until the next call on this handle. @since
 * 0.1.0 */
ALN_API aln_status aln_xapian_get_metadata(aln_xapian *db, const char *key, const char **value, size_t *len,
                                           aln_error *err);
/** Sets metadata, with the next commit; length 0 removes it. @since 0.1.0 */
ALN_API aln_status aln_xapian_set_metadata(aln_xapian *db, const char *key, const char *value, size_t len,
                                           aln_error *err);
/** Calls fn for each metadata key that begins with prefix, in order of bytes; fn's non-zero ends it and is returned.
 * @since 0.1.0 */
ALN_API int aln_xapian_each_metadata(aln_xapian *db, const char *prefix,
                                     int (*fn)(void *ctx, const char *key, const char *value, size_t len), void *ctx,
                                     aln_error *err);

/**
 * Lets libxapian verify a local database, all its tables.
 * @param[out] faults  how many it found.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_verify(const char *path, size_t *faults, aln_error *err);

/* ----------------------------------------------------------------- writing */

/** All writes until aln_xapian_commit_transaction() become visible together, or not at all. @since 0.1.0 */
ALN_API aln_status aln_xapian_begin(aln_xapian *db, aln_error *err);
/** Ends a transaction and commits it to disk. @since 0.1.0 */
ALN_API aln_status aln_xapian_commit_transaction(aln_xapian *db, aln_error *err);
/** Ends a transaction and forgets its writes. @since 0.1.0 */
ALN_API aln_status aln_xapian_cancel(aln_xapian *db, aln_error *err);
/** Commits to disk, outside of a transaction. @since 0.1.0 */
ALN_API aln_status aln_xapian_commit(aln_xapian *db, aln_error *err);

/** A document being made; made once, cleared and used again for the next. @since 0.1.0 */
typedef struct aln_xapian_doc aln_xapian_doc;

/** @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_new(aln_xapian_doc **out, aln_error *err);
/** NULL is fine. @since 0.1.0 */
ALN_API void aln_xapian_doc_free(aln_xapian_doc *doc);
/** Empties it. @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_clear(aln_xapian_doc *doc, aln_error *err);
/** What is given back with a result; copied. @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_set_data(aln_xapian_doc *doc, const char *data, size_t len, aln_error *err);
/** A value for sorting and ranges; copied. @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_set_value(aln_xapian_doc *doc, uint32_t slot, const char *value, size_t len,
                                            aln_error *err);
/** A filter term: prefix ("L") and value; no weight, no position. One that is longer than ALN_XAPIAN_MAX_TERM is
 * hashed. @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_add_boolean(aln_xapian_doc *doc, const char *prefix, const char *value, size_t len,
                                              aln_error *err);
/** A term as it is, at a position or (0) without. ALN_ELIMIT where it is too long. @since 0.1.0 */
ALN_API aln_status aln_xapian_doc_add_term(aln_xapian_doc *doc, const char *term, size_t len, uint32_t position,
                                           aln_error *err);

/**
 * Analyzes a text into the document. One with a field, or with a position behind the first text's, is taken for one of several (ALN_HOOK_PART).
 * @param language  as for aln_analyze().
 * @param field     NULL for the text alone; the prefix of a field ("S") to add each term under that prefix as well.
 * @param position  as for aln_index_text().
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_doc_add_text(aln_xapian_doc *doc, aln_analyzer *analyzer, const char *language,
                                           const char *field, const char *text, size_t len, uint32_t *position,
                                           aln_error *err);
/** The hook that aln_xapian_doc_add_text() uses, for those who call aln_index_text() themselves. Valid as long as the
 * document; field as above, not copied. @since 0.1.0 */
ALN_API void aln_xapian_doc_hook(aln_xapian_doc *doc, const char *field, aln_hook *hook);

/** Notes a language that occurs, for ALN_XAPIAN_LANGUAGES; written with the next commit. @since 0.1.0 */
ALN_API aln_status aln_xapian_note_language(aln_xapian *db, const char *language, aln_error *err);

/** Adds a document as a new one. @param[out] docid  may be NULL. @since 0.1.0 */
ALN_API aln_status aln_xapian_add(aln_xapian *db, const aln_xapian_doc *doc, aln_docid *docid, aln_error *err);
/**
 * Adds a document under an id, in place of the one that has it. The term of the id ("Q" and the id, hashed as Omega
 * does where it is longer than a term may be) is added to the document. @param[out] docid  may be NULL.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_replace(aln_xapian *db, const char *id, size_t id_len, aln_xapian_doc *doc,
                                      aln_docid *docid, aln_error *err);
/** Deletes the document with an id. @return ALN_OK, ALN_ENOTFOUND. @since 0.1.0 */
ALN_API aln_status aln_xapian_delete(aln_xapian *db, const char *id, size_t id_len, aln_error *err);

/* ------------------------------------------------------------ bulk loading */

/** Waits until all of a closed local database is on disk. @return ALN_OK, ALN_EIO. @since 0.1.0 */
ALN_API aln_status aln_xapian_sync(const char *path, aln_error *err);

/**
 * Makes one dense database of several local ones, by Xapian's compaction. Documents are numbered anew in the order of
 * the sources. Metadata is that of all; where they differ, the value with the greatest number at its beginning counts, but
 * ALN_XAPIAN_LANGUAGES is united.
 * An id that several sources have is there as often as before: aln_xapian_unite_ids(). The output is not synced.
 * @param target  must not exist.
 * @return ALN_OK, ALN_ENOTFOUND, ALN_EIO, ALN_ENOMEM, ALN_EENGINE.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_merge(const char *const *sources, size_t count, const char *target, aln_error *err);

/** Where several documents have one id, puts the last of them in the place of the first and removes the others, as
 * aln_xapian_replace() would have done one after the other. Part of the next commit.
 * @param[out] replaced  how many documents have gone.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_unite_ids(aln_xapian *db, uint32_t *replaced, aln_error *err);

/* ---------------------------------------------------------- upgrade in place */

/** @since 0.1.0 */
typedef struct aln_xapian_upgrade_options {
    size_t struct_size;
    int terms;      /**< 1: name terms for the documents, too */
    uint32_t batch; /**< words or documents of a transaction; 0 = 50000 words, 2000 documents */
    /** Called after each transaction; all = 0 where it is not known. May be NULL; must not throw. */
    void (*progress)(void *ctx, const char *what, uint64_t done, uint64_t all);
    void *ctx;
} aln_xapian_upgrade_options;
#define ALN_XAPIAN_UPGRADE_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        sizeof(aln_xapian_upgrade_options), 0, 0, 0, 0                                                                 \
    }

/**
 * Gives an index that another program wrote the names that allonym searches by, without its documents: first a lexicon
 * of its words, in metadata; then, if wanted, name keys and entities at the positions of each document's words. Works
 * in transactions: whatever ends it, the next call goes on from the last of them, and readers are not disturbed.
 * Called again, it adds what is new.
 * @param db  one local database, open for writing, outside of a transaction.
 * @return ALN_OK, ALN_EINVAL (allonym's own index, several databases, or, for name terms, another program's terms under
 * all prefixes that ours could have), ALN_EMISMATCH (upgraded by another version), ALN_EIO, ALN_ENOMEM, ALN_EENGINE.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_upgrade(aln_xapian *db, aln_analyzer *analyzer, const aln_xapian_upgrade_options *options,
                                      aln_error *err);
/** Takes out all that aln_xapian_upgrade() has put in; likewise in transactions. @return as there; ALN_ENOTFOUND if
 * there is nothing. @since 0.1.0 */
ALN_API aln_status aln_xapian_upgrade_remove(aln_xapian *db, const aln_xapian_upgrade_options *options, aln_error *err);

/* ----------------------------------------------------------------- reading */

/** The number of the document with an id; where no document has the id, that of a document without an id whose number
 * it is. @return ALN_OK, ALN_ENOTFOUND. @since 0.1.0 */
ALN_API aln_status aln_xapian_find(aln_xapian *db, const char *id, size_t id_len, aln_docid *docid, aln_error *err);
/** What the application kept with a document; valid until the next call on this handle. @since 0.1.0 */
ALN_API aln_status aln_xapian_data(aln_xapian *db, aln_docid docid, const char **data, size_t *len, aln_error *err);
/** The id of a document, from its "Q" term (for a hashed one, that hash); its number in decimal if it has none. Valid
 * until the next call on this handle. @since 0.1.0 */
ALN_API aln_status aln_xapian_id(aln_xapian *db, aln_docid docid, const char **id, size_t *len, aln_error *err);
/** Whether a document has the term of a plan's ALN_Q_TERM, in the fields of aln_xapian_fields(). @since 0.1.0 */
ALN_API aln_status aln_xapian_has_term(aln_xapian *db, aln_docid docid, const aln_query_node *term, int *has,
                                       aln_error *err);
/** Calls fn for each document, in the order of numbers from first on; fn's non-zero ends it and is returned. fn may
 * call the reading functions on this handle; data is valid until then. @since 0.1.0 */
ALN_API int aln_xapian_each(aln_xapian *db, aln_docid first,
                            int (*fn)(void *ctx, aln_docid docid, const char *data, size_t len), void *ctx,
                            aln_error *err);
/** Calls fn for each term of a document, in the order of bytes. @since 0.1.0 */
ALN_API int aln_xapian_each_term(aln_xapian *db, aln_docid docid, int (*fn)(void *ctx, const char *term, size_t len),
                                 void *ctx, aln_error *err);

/** Fills *out with the words of this database, for aln_query_options.vocabulary; valid until it is closed. @since 0.1.0
 */
ALN_API void aln_xapian_vocabulary(aln_xapian *db, aln_vocabulary *out);

/* --------------------------------------------------------------- searching */

/** How a field of queries is kept in the index. @since 0.1.0 */
typedef struct aln_xapian_field {
    aln_query_field query; /**< name and type, as the planner wants them */
    const char *prefix;    /**< ALN_FIELD_TEXT, ALN_FIELD_FILTER: of its terms */
    uint32_t slot;         /**< ALN_FIELD_DATE: value slot with YYYYMMDD */
} aln_xapian_field;

/** title ("S"), lang ("L"), date (ALN_XAPIAN_DATE_SLOT), id ("Q"): what allonym's own indexes have. Static. @since
 * 0.1.0 */
ALN_API const aln_xapian_field *aln_xapian_fields(size_t *count);

/** @since 0.1.0 */
typedef struct aln_xapian_search_options {
    size_t struct_size;
    uint32_t limit;                 /**< results at most; 0 = all */
    uint32_t offset;                /**< results to leave out at the front */
    const aln_xapian_field *fields; /**< NULL = aln_xapian_fields() */
    size_t field_count;
    double k1, b; /**< of BM25; negative = .5 and .25, which suit names best */
} aln_xapian_search_options;
#define ALN_XAPIAN_SEARCH_OPTIONS_INIT                                                                                 \
    {                                                                                                                  \
        sizeof(aln_xapian_search_options), 10, 0, 0, 0, -1.0, -1.0                                                     \
    }

/** @since 0.1.0 */
typedef struct aln_xapian_results aln_xapian_results;

/** @since 0.1.0 */
typedef struct aln_xapian_hit {
    aln_docid docid;
    uint32_t rank; /**< from 1 */
    double weight; /**< sum of the scores */
    int percent;   /**< of the best possible, 1 to 100 */
} aln_xapian_hit;

/**
 * Searches. A reader that a writer has overtaken is moved to the last commit and the search repeated.
 * @param plan      of aln_query_plan(), or the caller's own nodes.
 * @param options   NULL for the defaults.
 * @param[out] out  to be freed with aln_xapian_results_free(), before the database is closed; NULL on failure.
 * @return ALN_OK (also with no result), ALN_EUNKNOWN (a field that the index does not have), ALN_EIO, ALN_ENOMEM,
 * ALN_EENGINE.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_search(aln_xapian *db, const aln_query_node *plan,
                                     const aln_xapian_search_options *options, aln_xapian_results **out,
                                     aln_error *err);
/** NULL is fine. @since 0.1.0 */
ALN_API void aln_xapian_results_free(aln_xapian_results *results);
/** How many results there are in hand. @since 0.1.0 */
ALN_API uint32_t aln_xapian_results_count(const aln_xapian_results *results);
/** How many documents match in all, as far as it is known. @param[out] exact  whether it is; may be NULL. @since 0.1.0
 */
ALN_API uint32_t aln_xapian_results_total(const aln_xapian_results *results, int *exact);
/** The n-th result, from 0. @return ALN_OK or ALN_ENOTFOUND past the last. @since 0.1.0 */
ALN_API aln_status aln_xapian_result(const aln_xapian_results *results, uint32_t n, aln_xapian_hit *hit);

/**
 * Passage of a field of a document that shows best why it matched; as aln_snippet(), with the text taken from the
 * document's data.
 * @param field  name of the member that holds the text, where data is JSON or lines of name=value as Omega's; NULL =
 * all of data is text.
 * @return as aln_snippet(); ALN_ENOTFOUND where data has no such field.
 * @since 0.1.0
 */
ALN_API aln_status aln_xapian_snippet(aln_xapian *db, aln_docid docid, const char *field, aln_analyzer *analyzer,
                                      const aln_query_node *plan, const char *language, size_t bytes,
                                      const char *mark_start, const char *mark_end, const char *omit, char **out,
                                      aln_error *err);

/** The query that libxapian is given for a plan, in its own notation; as snprintf. For people and tests. @since 0.1.0
 */
ALN_API size_t aln_xapian_describe(const aln_query_node *plan, const aln_xapian_search_options *options, char *buf,
                                   size_t cap);

#ifdef __cplusplus
}
#endif
#endif
