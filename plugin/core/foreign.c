/*
 * Telling foreign names by their characters. See foreign.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "foreign.h"
#include "utf8.h"

static int is_one(uint32_t cp)
{
    size_t low = 0, high = aln_foreign_character_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (aln_foreign_characters[middle] < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low < aln_foreign_character_count && aln_foreign_characters[low] == cp;
}

int aln_may_be_foreign(const char *word, size_t len)
{
    const unsigned char *at = (const unsigned char *)word, *end = at + len;
    while (at < end) {
        uint32_t cp;
        at += aln_utf8_next(at, end, &cp);
        if (!is_one(cp))
            return 0;
    }
    return 1;
}
