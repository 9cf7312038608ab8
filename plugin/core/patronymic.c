/*
 * Telling patronymics. See patronymic.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "patronymic.h"
#include "utf8.h"
#include <string.h>

/* Letters before a patronymic's ending: Ilyich has two. */
#define LETTERS_BEFORE 2

int aln_is_patronymic(aln_script script, const char *word, size_t len)
{
    for (unsigned i = 0; i < aln_patronymic_count; i++) {
        const aln_patronymic *p = &aln_patronymics[i];
        if (p->script == script && !p->word && len > p->len && memcmp(word + len - p->len, p->text, p->len) == 0 &&
            aln_utf8_count(word, len - p->len) >= LETTERS_BEFORE)
            return 1;
    }
    return 0;
}

int aln_makes_patronymic(aln_script script, const char *word, size_t len)
{
    for (unsigned i = 0; i < aln_patronymic_count; i++) {
        const aln_patronymic *p = &aln_patronymics[i];
        if (p->script == script && p->word && len == p->len && memcmp(word, p->text, len) == 0)
            return 1;
    }
    return 0;
}
