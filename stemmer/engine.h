/*
 * What a stemming engine is inside this library, and how the registry finds it.
 *
 * An engine is one function that interprets a constant table; a language is a table. Conventions, on which the
 * generated registry (gen/registry.c, made from stemmers.tsv by names/tools/gen_stemmers.py) relies, for a manifest row
 * of engine E and table T:
 *
 *   E.h            declares `typedef struct aln_E_table aln_E_table;` and the function
 *                  `size_t aln_E_stem(const void *table, char *word, size_t len, size_t cap);`
 *   gen/E_T.c      defines `const aln_E_table aln_E_T`, with '-' of T written as '_' (table "kk-Latn":
 * aln_turkic_kk_Latn) rules/E/T.tsv  what people edit; a program in names/tools/ makes gen/E_T.c of it
 *
 * The engine "snowball" is the exception: libstemmer's stemmers carry state, so stemmer.c calls them through
 * snowball.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_STEMMER_ENGINE_H
#define ALN_STEMMER_ENGINE_H

#include <allonym/stemmer.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Stems in place.
 * @param table  the language's table: constant, shared by all threads.
 * @param word   lower-case NFC UTF-8 as a rule, but any bytes at all must be safe; not terminated. Never empty.
 * @param len    bytes of the word.
 * @param cap    bytes at word, >= len. A stem may grow by ALN_STEM_SLACK at most, and never beyond cap: a rule whose
 * result does not fit does not apply.
 * @return bytes of the stem, >= 1. It must not allocate, and its time must be linear in len.
 */
typedef size_t (*aln_stem_fn)(const void *table, char *word, size_t len, size_t cap);

/** A row of the registry. */
typedef struct aln_stem_entry {
    aln_stemmer_info info;
    aln_stem_fn stem;  /**< NULL: Snowball */
    const void *table; /**< for Snowball: its name of the algorithm, as a string */
} aln_stem_entry;

/** A tag or name, in lower case, and its row. Sorted by tag (bytes). */
typedef struct aln_stem_alias {
    const char *tag;
    uint16_t entry;
} aln_stem_alias;

extern const aln_stem_entry aln_stem_entries[];
extern const size_t aln_stem_entry_count;
extern const aln_stemmer_info aln_stem_infos[];
extern const aln_stem_alias aln_stem_aliases[];
extern const size_t aln_stem_alias_count;

#endif
