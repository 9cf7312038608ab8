/*
 * Dates of a query as numbers YYYYMMDD, for engines that compare numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_DAY_H
#define ALN_CORE_DAY_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* "2019-06" or "2019" as its first or its last day; of an open end, 0 or 99999999. */
static inline uint32_t aln_day(const char *text, size_t len, int last)
{
    char digits[9] = "00000000";
    size_t n = 0;
    for (size_t i = 0; i < len && n < 8; i++)
        if (text[i] >= '0' && text[i] <= '9')
            digits[n++] = text[i];
    if (last) /* no month has a day 99, but all numbers that begin with the month are in the range */
        memset(digits + n, '9', 8 - n);
    return (uint32_t)strtoul(digits, NULL, 10);
}

#endif
