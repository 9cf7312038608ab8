/*
 * How Japanese reads the characters of its firms' names. Firms are named in Latin letters by sound (光和興業 is Kowa
 * Kogyo), and no reading in Mandarin leads there. So the words of two characters that such a name is made of have keys
 * of their Japanese readings in a record that has a Japanese legal form.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_JAPANESE_H
#define ALN_CORE_JAPANESE_H

#include "scan.h"

/* Stands before a Japanese reading, in a key of its own. */
#define ALN_KEY_JAPANESE '<'
/* Bytes of a word's reading, and readings of a word, at most. */
#define ALN_JAPANESE_MAX 23
#define ALN_JAPANESE_READINGS 12
/* Characters of a word at most; units of a text that is a firm's name. */
#define ALN_JAPANESE_CHARACTERS 3
#define ALN_JAPANESE_UNITS 24

typedef struct aln_japanese_reading {
    char text[ALN_JAPANESE_MAX];
    uint8_t len;
} aln_japanese_reading;

/* The readings of a word of one to three characters, the likeliest first, in Hepburn's romanization without long
 * vowels. Returns how many. */
size_t aln_japanese_readings(const char *word, size_t len, aln_japanese_reading out[ALN_JAPANESE_READINGS]);

/* A Latin word in small letters as such a reading: Kōgyō, Kougyou and Kogyo are one. Returns its length, 0 if it has
 * sounds that Japanese has not, or is too long. */
size_t aln_japanese_word(const char *word, size_t len, char out[ALN_JAPANESE_MAX]);

/* Whether a window is the name of a firm with a Japanese legal form (株式会社), which has four units from *form on. */
int aln_is_japanese_firm(const aln_window *window, size_t *form);

/* Hash of the table. */
uint32_t aln_japanese_hash(void);

#endif
