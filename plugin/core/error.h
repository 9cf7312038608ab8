/*
 * Filling an aln_error.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_ERROR_H
#define ALN_CORE_ERROR_H

#include <allonym/allonym.h>

#if defined(__GNUC__)
#define ALN_PRINTF(a, b) __attribute__((format(printf, a, b)))
#else
#define ALN_PRINTF(a, b)
#endif

/* Fills *err, which may be NULL, and returns the code. */
aln_status aln_fail(aln_error *err, aln_status code, size_t line, const char *format, ...) ALN_PRINTF(4, 5);

#endif
