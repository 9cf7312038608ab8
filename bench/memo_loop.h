/*
 * The innermost loop of the analyzer alone: in C, since the core's headers are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_BENCH_MEMO_LOOP_H
#define ALLONYM_BENCH_MEMO_LOOP_H

#include <allonym/allonym.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Cuts a text into words and looks each up in the memo; adds their number to *words. */
aln_status memo_loop(aln_analyzer *analyzer, const char *language, const char *text, size_t len, size_t *words);

#ifdef __cplusplus
}
#endif
#endif
