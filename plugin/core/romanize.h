/*
 * Romanization: words of any script, and words of Latin orthographies, in one common readable Latin spelling (ASCII,
 * close to BGN/PCGN: sh ch zh kh gh ts y), so that a name key can be taken from it. Knows no engine.
 *
 * A scheme is the table of one language and script, made of names/schemes/NAME.tsv by names/tools/gen_romanize.py; Han
 * and Hangul are read by code. Everything is const and any number of threads may use it; nothing allocates.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_ROMANIZE_H
#define ALN_CORE_ROMANIZE_H

#include "script.h"
#include <stddef.h>
#include <stdint.h>

/* Bytes of one reading at most; longer words are cut. */
#define ALN_ROMAN_MAX 96
/* More readings than this are never given. */
#define ALN_ROMANS_MAX 8

typedef struct aln_scheme aln_scheme;

typedef struct aln_roman {
    char text[ALN_ROMAN_MAX]; /* a-z and ' (syllable border, soft sign); not terminated */
    uint8_t len;
    uint8_t rank; /* 0 = the usual reading; otherwise how many letters were read in a less usual way */
} aln_roman;

/*
 * The scheme for a language (BCP 47, any case; "kk-Latn-2018", "kk", NULL = unknown) in a script: by the whole tag, by
 * its first subtag, else the one that serves the script when the language is not known. NULL where the script has none.
 */
const aln_scheme *aln_scheme_find(const char *lang, aln_script script);

/* The name of a scheme ("ru", "kk-Latn-2018", "Latn"); static. */
const char *aln_scheme_name(const aln_scheme *scheme);

/* Whether the script leaves vowels out (Arabic, Hebrew): see key.h for what that means for keys. */
int aln_scheme_is_abjad(const aln_scheme *scheme);

/* The schemes that a word of unknown language may follow, the likeliest first. Returns how many were written. */
size_t aln_schemes_of(aln_script script, const aln_scheme **out, size_t max);

/*
 * The readings of a folded (lower case, NFC) word or stem, best first, none twice. Code points without a rule are left
 * out. Returns how many were written, at most max; 0 where nothing of the word can be read.
 */
size_t aln_romanize(const aln_scheme *scheme, const char *word, size_t len, aln_roman *out, size_t max);

/* Hash of all tables and of the version of the code that reads them; part of the analyzer's fingerprint. */
uint32_t aln_romanize_version(void);

#endif
