/**
 * @file allonym.h
 * @brief The analyzer: from text to terms, and from a query to a query plan. Knows no engine.
 *
 * All text is UTF-8 given as pointer and length in bytes; it is not NUL-terminated and may hold NUL bytes. Each maximal
 * ill-formed sequence is a separator between words, when indexing and when querying alike. Offsets are bytes of the caller's own
 * input, end exclusive, whatever folding did to the word.
 *
 * Threads: an aln_lexicon is immutable and may be shared by any number of threads; an aln_analyzer belongs to one thread at a
 * time. There is no global state, and nothing depends on the locale or on the environment.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_ALLONYM_H
#define ALLONYM_ALLONYM_H

#include <allonym/status.h>
#include <allonym/version.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ common */

/** ALN_ABI_VERSION of the library that is loaded, to be compared with the header's. @since 0.1.0 */
ALN_API unsigned aln_abi_version(void);

/** The library's version, "0.1.0"; static storage. @since 0.1.0 */
ALN_API const char *aln_version(void);

/** A short description of a status; static storage, never NULL. @since 0.1.0 */
ALN_API const char *aln_strerror(int code);

/**
 * The caller's allocator: one function that grows, shrinks and frees. size 0 frees and returns NULL; on failure it returns NULL
 * and ptr stays valid. It must not throw or jump. A NULL aln_alloc pointer anywhere stands for the C library's.
 * @since 0.1.0
 */
typedef struct aln_alloc {
    void *(*fn)(void *ctx, void *ptr, size_t old_size, size_t new_size);
    void *ctx;
} aln_alloc;

/** What went wrong, in the caller's memory. message is UTF-8, NUL-terminated and cut to fit. @since 0.1.0 */
typedef struct aln_error {
    aln_status code;
    size_t line;        /**< of the data file or 0 */
    char message[256];
} aln_error;

/* ----------------------------------------------------------------- lexicon */

/** The compiled gazetteer, built in, and a user's own names above it. @since 0.1.0 */
typedef struct aln_lexicon aln_lexicon;

/**
 * Opens the built-in gazetteer, and lays a user's file of names over it.
 * @param alloc       NULL for the C library's; copied.
 * @param names_path  a TSV file as names/README.md describes, or NULL for the built-in names alone.
 * @param[out] out    a new reference, to be given back with aln_lexicon_unref(); NULL on failure.
 * @param[out] err    may be NULL.
 * @return ALN_OK, ALN_ENOMEM, ALN_EIO (no such file), ALN_EDATA (message "FILE:LINE: what").
 * @since 0.1.0
 */
ALN_API aln_status aln_lexicon_open(const aln_alloc *alloc, const char *names_path, aln_lexicon **out, aln_error *err);
/**
 * The same with several files of names, read in this order as if they were one.
 * @param paths  count of them, 64 at most; not kept. 0 = the built-in names alone.
 * @return as aln_lexicon_open(), or ALN_ELIMIT.
 * @since 0.1.0
 */
ALN_API aln_status aln_lexicon_open_files(const aln_alloc *alloc, const char *const *paths, size_t count, aln_lexicon **out,
                                          aln_error *err);
/** Another reference; thread-safe. @since 0.1.0 */
ALN_API aln_lexicon *aln_lexicon_ref(aln_lexicon *lexicon);
/** Gives a reference back; NULL is fine; thread-safe. @since 0.1.0 */
ALN_API void aln_lexicon_unref(aln_lexicon *lexicon);

/** Years from and to, both inclusive; 0 = open. @since 0.1.0 */
typedef struct aln_period {
    int16_t from, to;
} aln_period;

/** One name of an entity in one language. What it points to lives as long as the lexicon. @since 0.1.0 */
typedef struct aln_entity_name {
    const char *text;
    const char *language; /**< BCP 47 */
    int16_t from, to;     /**< the last period of official use */
    uint32_t flags;       /**< ALN_NAME_… */
    uint32_t period_count;
    const aln_period *periods; /**< all periods of official use; none = not known, or always */
    const char *file;          /**< where it is written: a file of names/ (its path in the source), or the user's as it was given */
    uint32_t line;             /**< in that file, from 1; of several equal names the first */
    const char *note;          /**< what that line says besides for people; "" = nothing */
} aln_entity_name;

#define ALN_NAME_ABBREVIATION 0x01u /**< matches in capitals only */
#define ALN_NAME_DEMONYM 0x02u      /**< inhabitant or adjective */
#define ALN_NAME_HISTORIC 0x04u     /**< no longer in official use */
#define ALN_NAME_COLLOQUIAL 0x08u   /**< nickname or journalese */
#define ALN_NAME_COMMON 0x10u       /**< a generic word, not a proper name: matches in lower case as well */
#define ALN_NAME_OPTIONAL 0x20u     /**< a legal form or the like: other names of the same thing may lack it */
#define ALN_NAME_PEOPLE 0x40u       /**< inhabitants alone, no adjective: Kazakhs; with ALN_NAME_DEMONYM */
#define ALN_NAME_TITLE 0x80u        /**< counts only in queries and in a text that is hardly more than a name, beside a generic word without it */

/** @return the entity's number, or UINT32_MAX if there is no such id. @since 0.1.0 */
ALN_API uint32_t aln_lexicon_find(const aln_lexicon *lexicon, const char *id, size_t len);
/** @return how many entities there are; their numbers are 0 to that less one. @since 0.1.0 */
ALN_API uint32_t aln_lexicon_count(const aln_lexicon *lexicon);
/** Stable id of an entity ("astana"); NULL for a number out of range. @since 0.1.0 */
ALN_API const char *aln_entity_id(const aln_lexicon *lexicon, uint32_t entity);
/** Kind of an entity ("city"); NULL for a number out of range. @since 0.1.0 */
ALN_API const char *aln_entity_kind(const aln_lexicon *lexicon, uint32_t entity);
/** Wikidata's number for an entity, 1520 for Q1520; 0 = not known, or a number out of range. @since 0.1.0 */
ALN_API uint32_t aln_entity_wikidata(const aln_lexicon *lexicon, uint32_t entity);
/** Fills *name with the entity's n-th name. @return ALN_OK or ALN_ENOTFOUND past the last. @since 0.1.0 */
ALN_API aln_status aln_entity_name_at(const aln_lexicon *lexicon, uint32_t entity, uint32_t n, aln_entity_name *name);

/* ---------------------------------------------------------------- analyzer */

/** Which names of the gazetteer count. @since 0.1.0 */
typedef enum aln_names {
    ALN_NAMES_ALL = 0,     /**< historic names too: Nur-Sultan finds Astana */
    ALN_NAMES_CURRENT = 1, /**< only names in use today: in a query also over an index of all names */
    ALN_NAMES_OFF = 2      /**< no gazetteer */
} aln_names;

/** Options of an analyzer; start from ALN_OPTIONS_INIT. Strings are copied. @since 0.1.0 */
typedef struct aln_options {
    size_t struct_size;
    const char *languages; /**< "kk,ru,en": the languages to expect, BCP 47; NULL = all that are built in */
    aln_names names;
    size_t max_word_bytes;   /**< longer words are cut for terms, in bytes of UTF-8; 0 = 64 */
    size_t max_memo_bytes;   /**< memory for the memo of distinct words; 0 = 64 MiB. It is emptied when full */
    uint32_t max_keys;       /**< name keys of one word at most; 0 = 4 */
    int16_t as_of;           /**< only names that were in use in this year, 1 to 9999; 0 = as names says */
    /**
     * Memory in which analyzers remember words for one another, beside max_memo_bytes of their own; NULL = none. It is for
     * servers of many processes: map it (MAP_SHARED) and load the library, then fork. Zeroed at first, aligned to 8 bytes,
     * not touched by the caller as long as an analyzer uses it. Analyzers with any options, in any processes and threads,
     * may use the same memory at the same time; there is no lock, and a process that is killed harms nobody. Nothing is
     * ever forgotten in it: when it is full, further words are each analyzer's own. It decides about no term. A process
     * that has the memory or the library at another address does not use it.
     */
    void *shared_memo;
    size_t shared_memo_bytes; /**< 16 KiB at least, or it is not used; 16 to 32 MiB have a large newspaper's frequent words */
} aln_options;
#define ALN_OPTIONS_INIT { sizeof(aln_options), 0, ALN_NAMES_ALL, 0, 0, 0, 0, 0, 0 }

/** @since 0.1.0 */
typedef struct aln_analyzer aln_analyzer;

/**
 * Makes an analyzer.
 * @param lexicon  a reference is taken, not consumed.
 * @param options  NULL for the defaults; copied.
 * @return ALN_OK, ALN_ENOMEM, ALN_EUNKNOWN (a language that is not built in), ALN_EINVAL.
 * @since 0.1.0
 */
ALN_API aln_status aln_analyzer_new(aln_lexicon *lexicon, const aln_options *options, aln_analyzer **out, aln_error *err);
/**
 * Makes another analyzer with the lexicon and the options of this one, for another thread: files of names are not read again.
 * @return ALN_OK, ALN_ENOMEM, ALN_EINVAL (no analyzer, or no place for the new one).
 * @since 0.1.0
 */
ALN_API aln_status aln_analyzer_clone(const aln_analyzer *analyzer, aln_analyzer **out, aln_error *err);
/** NULL is fine. @since 0.1.0 */
ALN_API void aln_analyzer_free(aln_analyzer *analyzer);
/** Names everything that decides about terms: code, tables, stemmers, options. ASCII, to be stored in every index and compared at
 *  every open. Lives as long as the analyzer. @since 0.1.0 */
ALN_API const char *aln_analyzer_fingerprint(const aln_analyzer *analyzer);
/**
 * Folds one word as the exact term is folded: NFKC, lower case, apostrophes as U+0027, no optional marks.
 * @param[out] buf  at most cap bytes are written, no NUL.
 * @return the bytes of the folded word, at most 256; more than cap if it was cut.
 * @since 0.1.0
 */
ALN_API size_t aln_fold(const char *text, size_t len, char *buf, size_t cap);
/** The lexicon of an analyzer; borrowed. @since 0.1.0 */
ALN_API const aln_lexicon *aln_analyzer_lexicon(const aln_analyzer *analyzer);

/** What a term is. @since 0.1.0 */
typedef enum aln_term_kind {
    ALN_TERM_EXACT = 0,  /**< the folded word as it stands */
    ALN_TERM_STEM = 1,   /**< its stem in its own script; carries no position */
    ALN_TERM_KEY = 2,    /**< name key: spellings and scripts meet */
    ALN_TERM_ENTITY = 3, /**< id of a gazetteer entity */
    ALN_TERM_KINDS = 4
} aln_term_kind;

#define ALN_TOKEN_COLOCATED 0x01u  /**< stands at the position of the token before it */
#define ALN_TOKEN_UNPLACED 0x02u   /**< has no position of its own in the index (stems, joined words) */
#define ALN_TOKEN_CAPITAL 0x04u    /**< the word begins with a capital, or its script has none */
#define ALN_TOKEN_JOINED 0x08u     /**< a key of two neighbouring words written as one */
/** A key of the consonants of a word whose vowels are written: words of scripts without vowels ask for it, if they find no spelling with an
 *  aln_query_options.vocabulary. An index that has one may go without. */
#define ALN_TOKEN_SKELETON 0x10u

/** One term of a text. Grows at the end only. @since 0.1.0 */
typedef struct aln_token {
    aln_term_kind kind;
    const char *text;     /**< the term without any engine's prefix; valid until the callback returns */
    size_t text_len;      /**< in bytes */
    size_t start, end;    /**< byte range in the caller's input */
    uint32_t position;    /**< of the word, from 1 */
    uint32_t span;        /**< words covered, >= 1 */
    uint32_t flags;       /**< ALN_TOKEN_… */
    uint32_t entity;      /**< number in the lexicon, or UINT32_MAX */
    const char *script;   /**< ISO 15924 of the word */
    const char *language; /**< BCP 47 of the language that its stem was made in */
    const char *rule;     /**< which rule made the term: "uax29", "kazakh", "ru", "names" …; static */
} aln_token;

/** Receives a token; 0 = go on, ALN_STOP = enough, anything else ends the analysis and is returned. Must not throw or jump. */
typedef int (*aln_token_fn)(void *ctx, const aln_token *token);

/**
 * Cuts a text into words and gives all their terms, in the order of positions; the exact word is the first at its position.
 * An entity of several words is given at its first word and again at its last, with the bytes of all of them.
 * @param language  BCP 47 of the text, or NULL to identify it; language_len bytes.
 * @return ALN_OK (also after ALN_STOP), ALN_ENOMEM, or the callback's own code.
 * @since 0.1.0
 */
ALN_API int aln_analyze(aln_analyzer *analyzer, const char *language, const char *text, size_t len, aln_token_fn fn, void *ctx);

/** Identifies the language of a text. @return BCP 47, static storage; "und" where it cannot be told. @since 0.1.0 */
ALN_API const char *aln_identify(aln_analyzer *analyzer, const char *text, size_t len);

/** The same by the first 512 bytes: for engines that cannot say a text's language, where reading all of it for that would cost as much as
 *  the rest. @since 0.1.0 */
ALN_API const char *aln_identify_start(aln_analyzer *analyzer, const char *text, size_t len);

/* -------------------------------------------------------------------- hook */

/**
 * What an engine implements to take terms into its index: docs/hooks.md shows how, examples/hook.c is one.
 * Functions return 0 to go on; anything else ends the indexing and is returned by aln_index_text(). Unused ones may be NULL.
 * @since 0.1.0
 */
typedef struct aln_hook {
    size_t struct_size;
    void *ctx;
    const char *prefix[ALN_TERM_KINDS]; /**< put before a term of each kind: Xapian's are "", "Z", "XN", "XE". NULL = terms of that kind are not wanted */
    size_t max_term_bytes;              /**< longer terms, prefix included, are left out; 0 = no limit */
    /** A term; position 0 = without position. text is valid during the call only. */
    int (*posting)(void *ctx, const char *term, size_t term_len, uint32_t position);
    /** A word of the text, before its postings. */
    int (*position)(void *ctx, uint32_t position, size_t start, size_t end);
    /** The end of a text: how many words it had. */
    int (*length)(void *ctx, uint32_t words);
    uint32_t flags; /**< ALN_HOOK_… */
} aln_hook;
#define ALN_HOOK_INIT { sizeof(aln_hook), 0, { "", "Z", "XN", "XE" }, 245, 0, 0, 0, 0 }

/** Leaves out most keys of consonants: for engines whose words a query can look through (aln_query_options.vocabulary). They are for words
 *  of scripts without vowels, whose spellings the learned models then tell better. Latin and Cyrillic words keep theirs: the languages of
 *  these scripts differ in vowels among themselves (Романов, Раманаў), and many scripts without a model meet them only there. What is a name of
 *  the gazetteer by itself has none: its id joins the scripts. */
#define ALN_HOOK_FEW_SKELETONS 0x01u
/** The text is one of several of its document, a title beside a body. Without, a short text may be a record of a list of names, and has keys for
 *  that: of how many words it is, of the first letters of a body's words, of a firm's readings in Japanese, and of a family name alone. */
#define ALN_HOOK_PART 0x02u

/**
 * Analyzes a text and gives its terms to a hook.
 * @param position  words are numbered from position + 1, so that several fields can follow one another; on return the last
 *                  number used.
 * @return ALN_OK, ALN_ENOMEM, or the hook's own code.
 * @since 0.1.0
 */
ALN_API int aln_index_text(aln_analyzer *analyzer, const aln_hook *hook, const char *language, const char *text, size_t len,
                           uint32_t *position);

/* ------------------------------------------------------------------- query */

/** Operators of a query plan, engine-neutral. @since 0.1.0 */
typedef enum aln_query_op {
    ALN_Q_NOTHING = 0, /**< matches no document */
    ALN_Q_ALL,         /**< matches every document (a query of filters only) */
    ALN_Q_TERM,        /**< kind, text: a term */
    ALN_Q_AND,         /**< children */
    ALN_Q_OR,          /**< children; scores add */
    ALN_Q_MAX,         /**< children; the best score counts */
    ALN_Q_SYNONYM,     /**< children are terms: as if they were one term */
    ALN_Q_AND_NOT,     /**< first child without the others */
    ALN_Q_AND_MAYBE,   /**< first child; the others add to its score only */
    ALN_Q_PHRASE,      /**< children (terms, or OR of terms) in order within window positions */
    ALN_Q_NEAR,        /**< children in any order within window positions */
    ALN_Q_SCALE,       /**< one child, weight */
    ALN_Q_FILTER,      /**< field, text: documents whose field has just this value; no score */
    ALN_Q_RANGE        /**< field, text to text2, both inclusive, either may be empty: no score. Dates are as typed,
                            YYYY[-MM[-DD]] with or without hyphens; a part stands for all days in it */
} aln_query_op;

/**
 * Why a learned model takes a term for a spelling of a word of the query: docs/transliteration.md says what the numbers mean.
 * What it points to lives as long as the plan. Grows at the end only.
 * @since 0.1.0
 */
typedef struct aln_spelling {
    const char *model;       /**< the table: "cyrillic"; NUL-terminated, static */
    const char *other;       /**< of the two words the one in the model's script (for "latin" the one in the other orthography); folded,
                                  NUL-terminated */
    const char *latin;       /**< the Latin one */
    double score;            /**< of the two as one name, in nats: about 2 a symbol is a good pair */
    double confidence;       /**< 0 to 1, among what the index has and "none of these" */
    double threshold;        /**< the confidence that was asked for; 0 = none: the word's best reading, which the index need not have */
    const struct aln_spelling *pivot; /**< how the query's word led to the Latin one, where neither of the two is the query's; else NULL */
} aln_spelling;

/** A node of a query plan. Grows at the end only. @since 0.1.0 */
typedef struct aln_query_node {
    aln_query_op op;
    uint32_t count;                                   /**< of children */
    const struct aln_query_node *const *children;
    double weight;                                    /**< ALN_Q_SCALE */
    uint32_t window;                                  /**< ALN_Q_PHRASE, ALN_Q_NEAR: in word positions. ALN_Q_TERM: if it is a pair of
                                                           characters, how many pairs its run has; else 0 */
    aln_term_kind kind;                               /**< ALN_Q_TERM */
    const char *text;                                 /**< term or value; UTF-8, text_len bytes, also NUL-terminated */
    size_t text_len;
    const char *text2;                                /**< ALN_Q_RANGE: upper end, NUL-terminated. ALN_Q_TERM: in a pair of characters,
                                                           where its second begins */
    const char *field;                                /**< NUL-terminated; NULL = the whole text. For terms: the field searched */
    size_t start, end;                                /**< byte range in the query that it comes from */
    const char *rule;                                 /**< which rule made the term; NUL-terminated */
    double confidence;                                /**< 0 to 1: how sure the rule is */
    uint32_t entity;                                  /**< ALN_TERM_ENTITY: number in the lexicon, else UINT32_MAX */
    const aln_spelling *spelling;                     /**< ALN_Q_TERM made by a learned model: why; else NULL */
} aln_query_node;

/** Fields that a query may name. @since 0.1.0 */
typedef struct aln_query_field {
    const char *name;  /**< "title", "lang", "date" */
    enum { ALN_FIELD_TEXT, ALN_FIELD_FILTER, ALN_FIELD_DATE } type; /**< words; one exact value; YYYY[-MM[-DD]] or a..b */
} aln_query_field;

/**
 * The words of an index, where the engine lets them be read: expansion looks for spellings in it. The order is that of bytes.
 * @since 0.1.0
 */
typedef struct aln_vocabulary {
    void *ctx;
    /** Moves to the first term of this kind that is not below text; sets *term (valid until the next call), *len and *freq (documents;
     *  NULL where nobody wants to know), with *term = NULL past the last. @return 0, or a code that ends the expansion and is returned. */
    int (*seek)(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len, uint32_t *freq);
    /** The next term in order. */
    int (*next)(void *ctx, const char **term, size_t *term_len, uint32_t *freq);
    /** To the first term behind all that begin as `last` does, the term of this kind that was given last, up to so many bytes of it. NULL: seek is
     *  asked, which has more to compare. */
    int (*skip)(void *ctx, aln_term_kind kind, const char *last, size_t bytes, const char **term, size_t *term_len, uint32_t *freq);
    /**
     * The same words in packed form (allonym/packed_words.h), which the core reads by itself several times as fast; NULL: there is none. They
     * stand in parts of some kilobytes, each with a limit: nothing in it is above the limit, all in later ones is. Sets *bytes to the first
     * part whose limit is not below text (NULL: there is none), *size, *limit and *limit_len. All stays valid until the next call. @return 0;
     * ALN_ENOTFOUND: this kind is not packed, or not now, and seek is to be asked; any other code ends the expansion and is returned.
     */
    int (*part)(void *ctx, aln_term_kind kind, const char *text, size_t len, const unsigned char **bytes, size_t *size, const char **limit,
                size_t *limit_len);
} aln_vocabulary;

#define ALN_QUERY_PLAIN 0x01u /**< no query language: the words as they stand */
#define ALN_QUERY_EXACT 0x02u /**< the typed spelling only */
#define ALN_QUERY_BROAD 0x04u /**< partial matches too */
/** The documents are texts, no list of names: of a name of several words the one that tells (the family name) counts alone as well, at a low weight. */
#define ALN_QUERY_TEXTS 0x08u

/** What planning a query took, and whether it went short of anything; start from {sizeof report}. @since 0.1.0 */
typedef struct aln_query_report {
    size_t struct_size;
    uint32_t lookups; /**< calls of the vocabulary */
    int cut;          /**< 1: some word's spellings were not all looked for, as aln_query_options.lookups were used up */
} aln_query_report;

/** @since 0.1.0 */
typedef struct aln_query_options {
    size_t struct_size;
    uint32_t flags;                       /**< ALN_QUERY_… */
    const char *language;                 /**< of the query; NULL = all plausible ones of each word's script */
    const char *index_languages;          /**< "kk,ru,en": languages that occur in the index, to try no others; NULL = unknown */
    const aln_query_field *fields;        /**< may be NULL */
    size_t field_count;
    const aln_vocabulary *vocabulary;     /**< NULL = the rules alone */
    uint32_t lookups;                     /**< calls of the vocabulary for each word of the query at most; 0 = 60000 */
    aln_query_report *report;             /**< filled, also on failure; may be NULL */
} aln_query_options;
#define ALN_QUERY_OPTIONS_INIT { sizeof(aln_query_options), 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * Parses a query and plans it.
 * @param[out] plan  belongs to the analyzer and is valid until its next aln_query_plan() or its end; NULL on failure.
 * @return ALN_OK, ALN_ENOMEM, ALN_ESYNTAX (message with the byte offset), ALN_EUNKNOWN, or the vocabulary's own code.
 * @since 0.1.0
 */
ALN_API int aln_query_plan(aln_analyzer *analyzer, const aln_query_options *options, const char *query, size_t len,
                           const aln_query_node **plan, aln_error *err);

/** Writes a plan as text, for people and tests. @return bytes needed without the NUL; as snprintf. @since 0.1.0 */
ALN_API size_t aln_query_describe(const aln_query_node *plan, char *buf, size_t cap);

/* --------------------------------------------------------- transliteration */

/**
 * Writes the segmentation behind a spelling's score, Latin side first: "to·ka·yev ↔ то·ка·ев". Chunks stand one against the other, an empty one
 * is "-".
 * @param analyzer  any; its working memory is used.
 * @param[out] buf  at most cap bytes are written, with the NUL.
 * @return bytes needed without the NUL, as snprintf; 0 where there is none, or no memory.
 * @since 0.1.0
 */
ALN_API size_t aln_spelling_segments(aln_analyzer *analyzer, const aln_spelling *spelling, char *buf, size_t cap);

/** A likely Latin spelling of a word, by a learned model. Grows at the end only. @since 0.1.0 */
typedef struct aln_latin_reading {
    const char *text;    /**< a-z only; NUL-terminated, valid until the callback returns */
    size_t text_len;     /**< in bytes */
    const char *model;   /**< "cyrillic"; static */
    double confidence;   /**< its share among all readings of the word */
} aln_latin_reading;
/** As aln_token_fn. */
typedef int (*aln_reading_fn)(void *ctx, const aln_latin_reading *reading);

/**
 * Gives the likeliest Latin spellings of a word, the best first; of a Latin word those of other orthographies (Jelzin, Yeltsin). None where
 * its script has no model. It may be called while aln_analyze() of the same analyzer gives its tokens.
 * @param language  BCP 47 of the word, or NULL: Persian and Arabic are read differently.
 * @param word      one word, or a run of characters written without spaces; folded or as it stands.
 * @param count     readings at most; not more than 16 are given.
 * @return ALN_OK (also after ALN_STOP), ALN_ENOMEM, or the callback's own code.
 * @since 0.1.0
 */
ALN_API int aln_latin_readings(aln_analyzer *analyzer, const char *language, const char *word, size_t len, uint32_t count,
                               aln_reading_fn fn, void *ctx);

/* ----------------------------------------------------------------- snippet */

/** A place in a text where a term of the plan stands. @since 0.1.0 */
typedef struct aln_match {
    size_t start, end;           /**< bytes of the text; whole words, the span of an entity is one match */
    uint32_t position;
    const aln_query_node *node;  /**< the plan's term; lives as long as the plan */
} aln_match;
/** As aln_token_fn. */
typedef int (*aln_match_fn)(void *ctx, const aln_match *match);

/**
 * Finds the places in a text that a plan matches, in order and without overlap.
 * @since 0.1.0
 */
ALN_API int aln_highlight(aln_analyzer *analyzer, const aln_query_node *plan, const char *language, const char *text, size_t len,
                          aln_match_fn fn, void *ctx);

/**
 * The passage of a text that shows best why it matched, with the matched words between marks.
 * @param bytes     about how long, in bytes of the text without marks.
 * @param[out] out  NUL-terminated; freed with aln_string_free(); NULL on failure. White space runs become one space.
 * @since 0.1.0
 */
ALN_API aln_status aln_snippet(aln_analyzer *analyzer, const aln_query_node *plan, const char *language, const char *text, size_t len,
                               size_t bytes, const char *mark_start, const char *mark_end, const char *omit, char **out);
/** Frees a string made with this analyzer; NULL is fine. @since 0.1.0 */
ALN_API void aln_string_free(aln_analyzer *analyzer, char *string);

#ifdef __cplusplus
}
#endif
#endif
