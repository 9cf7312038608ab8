/*
 * The symbols that the transliteration models read: a word as a short sequence of letters, with what a script writes in
 * more than one way made one. Latin words become a-z, the apostrophe and a few marked letters that sound unlike their
 * base; Arabic alefs become one, Hebrew finals their base letter, Hangul syllables their jamo, Han characters the
 * letters of their Mandarin reading.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SYMBOLS_H
#define ALN_CORE_SYMBOLS_H

#include "script.h"
#include <stddef.h>
#include <stdint.h>

/* Symbols of one word, boundaries included; the rest of a longer word is left out. */
#define ALN_SYMBOLS_MAX 62

/* Boundaries of a word; no word has these letters. */
#define ALN_SYMBOL_BEGIN '^'
#define ALN_SYMBOL_END '$'

/* How words are read. A model names the kind of its other side; its Latin side is always ALN_SYMBOLS_LATIN. */
typedef enum aln_symbols_kind {
    ALN_SYMBOLS_LATIN,
    ALN_SYMBOLS_LETTERS, /* Cyrillic, Greek, Georgian, Armenian, Tamil, Thai ...: letters as they stand */
    ALN_SYMBOLS_INDIC,   /* Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Telugu, Kannada, Malayalam: as Devanagari */
    ALN_SYMBOLS_ETHIOPIC, /* syllables as consonant and vowel */
    ALN_SYMBOLS_ARABIC,
    ALN_SYMBOLS_HEBREW,
    ALN_SYMBOLS_KANA,   /* Hiragana is read as Katakana */
    ALN_SYMBOLS_HANGUL, /* conjoining jamo without the silent lead */
    ALN_SYMBOLS_PINYIN, /* Han: letters of the Mandarin reading */
    ALN_SYMBOLS_KINDS
} aln_symbols_kind;

typedef struct aln_symbols {
    uint16_t count;
    uint16_t symbol[ALN_SYMBOLS_MAX]; /* code points */
    uint16_t end[ALN_SYMBOLS_MAX];    /* byte of the word behind the character that the symbol is made of */
} aln_symbols;

/*
 * Reads a word (UTF-8, NFKC, lower case: the exact form of fold.h) into *out. Characters that carry no sound of the
 * script (digits, punctuation, optional vowel marks) give nothing. With boundaries, ^ and $ stand around the word.
 */
void aln_symbols_read(const char *word, size_t len, aln_symbols_kind kind, int boundaries, aln_symbols *out);

/* The same in steps: the boundary before a word, a character at byte `at` (returns where it ends), the boundary behind.
 */
void aln_symbols_begin(int boundaries, aln_symbols *out);
size_t aln_symbols_next(const char *word, size_t at, size_t len, aln_symbols_kind kind, aln_symbols *out);
void aln_symbols_end(size_t len, int boundaries, aln_symbols *out);

/* ALN_SYMBOLS_PINYIN: number of the syllable that the first character of a word is read as, 0 where it has none; below
 * ALN_SYMBOLS_SYLLABLES. *bytes: of the character. */
#define ALN_SYMBOLS_SYLLABLES 512u
unsigned aln_symbols_syllable(const char *word, size_t len, size_t *bytes);

/* A symbol of ALN_SYMBOLS_INDIC as a letter of one of its scripts; for any other script as it is. */
uint32_t aln_symbols_indic_letter(uint32_t symbol, aln_script script);

/* The one or two letters a-z of a marked Latin letter (lower case), NULL where cp is none. */
const char *aln_symbols_latin_base(uint32_t cp);

#endif
