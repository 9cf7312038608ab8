/*
 * What the files of the SQLite extension share: one state per connection, tables' definitions, terms as FTS5 stores
 * them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_SQLITE_MODULE_H
#define ALLONYM_SQLITE_MODULE_H

#include <allonym/allonym.h>
#include <sqlite3ext.h>

/* The name of the tokenizer, and what tables' definitions are searched for. */
#define ALN_SQLITE_TOKENIZER "allonym"

/* A term's prefix by its kind, as in ALN_HOOK_INIT; words are folded, so a capital at the start is no word's. */
extern const char *const aln_sqlite_prefix[ALN_TERM_KINDS];

/* Stands at the first word of every text, followed by the mark of the version that indexed it. */
#define ALN_SQLITE_MARK "XF"
/* Likewise, followed by the language of the text. */
#define ALN_SQLITE_LANGUAGE "XL"
/* A string of a query that begins with this holds terms as they are stored, separated by spaces: one position. */
#define ALN_SQLITE_RAW "=="

#define ALN_SQLITE_MARK_BYTES 64

/* The words of one table, read for the planner. vocabulary.c. */
typedef struct aln_sqlite_words aln_sqlite_words;

/* One connection's. Counted: SQLite destroys functions and tokenizers in no order that could be relied on. */
typedef struct aln_sqlite {
    sqlite3 *db;
    unsigned references;
    aln_lexicon *lexicon;
    aln_analyzer *analyzer; /* of the options that a query was planned with last */
    aln_options options;
    char *languages;
    aln_sqlite_words *words; /* of the table that a query was planned for last */
} aln_sqlite;

void aln_sqlite_release(void *state);

/* Options of a tokenizer, as a list of words: lang kk+ru names on fingerprint X. */
typedef struct aln_sqlite_options {
    aln_options analyzer;    /* languages points into storage */
    const char *fingerprint; /* of the version that made the table; NULL = not said */
    char languages[512];
    char wrong[80]; /* the word that is no option; empty = all were */
} aln_sqlite_options;

/* Reads options; SQLITE_ERROR with wrong filled in. The strings of words must outlive *out. */
int aln_sqlite_read_options(const char *const *words, int count, aln_sqlite_options *out);

/* "0_1_0_" and eight digits of the fingerprint: short, since every text carries it. In capitals, as the porter
 * tokenizer around ours would take an ending off small letters. */
void aln_sqlite_mark(const aln_analyzer *analyzer, char mark[ALN_SQLITE_MARK_BYTES]);

/* Registers the tokenizer. tokenizer.c */
int aln_sqlite_register_tokenizer(aln_sqlite *state, char **message);
/* Registers allonym_bm25(). rank.c */
int aln_sqlite_register_rank(aln_sqlite *state, fts5_api *api);
/* Registers the functions. functions.c */
int aln_sqlite_register_functions(aln_sqlite *state);

/* A table of FTS5 whose tokenizer is ours, found by name ("news" or "main.news"). Freed with aln_sqlite_table_free().
 */
typedef struct aln_sqlite_table {
    char *schema, *name;
    char *sql;       /* as stored; NULL for none */
    char *arguments; /* of the tokenizer, words ended by NUL */
    const char *words[32];
    int word_count;
    aln_sqlite_options options;
    char **columns;
    int column_count;
    int positions; /* whether phrases can be searched: detail=full */
} aln_sqlite_table;
/* SQLITE_OK, or a code with *message set (to be freed with sqlite3_free()). table.c */
int aln_sqlite_table_open(sqlite3 *db, const char *name, aln_sqlite_table *table, char **message);
void aln_sqlite_table_free(aln_sqlite_table *table);

/* Fills a vocabulary for the planner, valid until the next call and as long as the table does not change. vocabulary.c
 */
int aln_sqlite_vocabulary(aln_sqlite *state, const aln_sqlite_table *table, aln_vocabulary *out, char **message);
void aln_sqlite_words_free(aln_sqlite_words *words);
/* The marks of the versions that made the table's index, with commas between; valid as long as a vocabulary. */
int aln_sqlite_made_by(aln_sqlite *state, const aln_sqlite_table *table, const char **marks, char **message);
/* What occurs in a table's index behind a prefix, in at least one text for so many of the commonest, separated by
 * commas: the marks of versions, the languages. *out is freed with sqlite3_free(). */
int aln_sqlite_marks(sqlite3 *db, const aln_sqlite_table *table, const char *prefix, int one_of, char **out,
                     char **message);
/* The languages of the table of aln_sqlite_vocabulary(); lives as long as that. */
const char *aln_sqlite_languages(const aln_vocabulary *vocabulary);
/* Whether its rows are texts, no list of names. */
int aln_sqlite_are_texts(const aln_vocabulary *vocabulary);

/* Writes a plan as a MATCH expression. positions: whether the table has them. match.c */
void aln_sqlite_write_match(sqlite3_str *out, const aln_query_node *plan, int positions);

#endif
