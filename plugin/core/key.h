/*
 * Name keys: what is left of a name when the differences between its spellings are taken away. key.c says which and
 * why.
 *
 * There are two kinds. A full key keeps classes of vowels. A skeleton has consonants only; it joins scripts that leave
 * vowels out (Arabic, Hebrew) with those that write them, and is marked so that it joins nothing else: a word in a
 * vowelled script is filed under '0' and asks for '1', a word in a vowelless script is filed under '1' and asks for '0'
 * and '1'. Two Latin words therefore never meet by their consonants alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_KEY_H
#define ALN_CORE_KEY_H

#include "romanize.h"
#include <stddef.h>
#include <stdint.h>

/* What keys are wanted for. */
enum {
    ALN_KEYS_FILE = 0, /* to file a document's word under: at most ALN_KEYS_DOCUMENT */
    ALN_KEYS_WORD = 1, /* to look for a word: at most ALN_KEYS_QUERY */
    ALN_KEYS_NAME = 2  /* to look for a word of a name of several words: likewise, with skeletons of any script */
};

/* Bytes of a key at most; keys of longer words are cut. */
#define ALN_KEY_MAX 24
/* Keys of one word at most, in a document and in a query. */
#define ALN_KEYS_DOCUMENT 3
#define ALN_KEYS_QUERY 8

/* Stands before a run of characters that is a whole text, and before what a record's name is but for a legal form and
 * a country, in a key of its own: a word, or the id of a body behind another mark (Skydio Inc., =skydio). */
#define ALN_KEY_ALONE '='
#define ALN_KEY_ALONE_ID '@'
/* Stands before the number of words of a text of a few, in a key of its own: a digit, from first to last. A list of
 * names has such texts, and of how many words they are tells a name from a longer one. */
#define ALN_KEY_WORDS '#'
#define ALN_KEY_WORDS_FIRST 2
#define ALN_KEY_WORDS_LAST 8

typedef struct aln_key {
    char text[ALN_KEY_MAX]; /* a-z, or a digit and a-z for a skeleton; not terminated */
    uint8_t len;
    uint8_t rank;             /* 0 = usual reading of the first scheme; grows with doubt */
    const aln_scheme *scheme; /* which gave it */
} aln_key;

/* Whether a key is a skeleton. */
static inline int aln_key_is_skeleton(const aln_key *key)
{
    return key->text[0] == '0' || key->text[0] == '1';
}

/* The full key of a common romanization, into out[ALN_KEY_MAX]; returns its length, 0 if there is none. */
size_t aln_key_of(const char *roman, size_t len, char *out);

/* The skeleton of a common romanization, without the digit that marks its kind; 0 if it would be too short to mean
 * anything. */
size_t aln_skeleton_of(const char *roman, size_t len, char *out);

/*
 * The keys of a folded word (lower case, NFC) under one or more schemes, best first, none twice.
 * purpose  ALN_KEYS_FILE, ALN_KEYS_WORD or ALN_KEYS_NAME.
 * Returns how many were written, at most max.
 */
size_t aln_word_keys(const aln_scheme *const *schemes, size_t n_schemes, const char *word, size_t len, int purpose,
                     aln_key *out, size_t max);

/* Grows whenever a key may have changed; part of the analyzer's fingerprint. */
uint32_t aln_key_version(void);

#endif
