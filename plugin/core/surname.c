/*
 * Czech and Slovak make a woman's surname of her father's or husband's by -ová, and foreign ones too: Bibiová, Bibiové,
 * Bibiovou. Many a text leaves foreign names as they are, so that both forms are to meet.
 *
 * SPDX-License-Identifier: MIT
 */
#include "surname.h"
#include "utf8.h"
#include <string.h>

/* Letters of a surname at least. */
#define SURNAME_LETTERS 3

size_t aln_surname_of(const char *lang, const char *word, size_t len)
{
    static const char *const endings[] = {"ová", "ové", "ovou", "ovej", NULL};
    if (strcmp(lang, "cs") != 0 && strcmp(lang, "sk") != 0)
        return 0;
    for (const char *const *e = endings; *e; e++) {
        size_t n = strlen(*e);
        if (len > n && memcmp(word + len - n, *e, n) == 0)
            return aln_utf8_count(word, len - n) < SURNAME_LETTERS ? 0 : len - n;
    }
    return 0;
}
