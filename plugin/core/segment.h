/*
 * Cutting text into segments by Unicode's word boundaries (UAX #29, rules WB1-WB999), over raw bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_SEGMENT_H
#define ALN_CORE_SEGMENT_H

#include "script.h"
#include <stddef.h>

typedef enum aln_segment_kind {
    ALN_SEGMENT_NONE, /* white space, punctuation, symbols, ill-formed bytes */
    ALN_SEGMENT_WORD, /* has a letter or a digit */
    ALN_SEGMENT_CHAR  /* one character of a script that is written without spaces (Han, Hiragana, Thai ...) */
} aln_segment_kind;

typedef struct aln_segment {
    size_t start, end; /* bytes */
    aln_segment_kind kind;
    aln_script script; /* of the first letter; ALN_SCRIPT_ZYYY for numbers */
} aln_segment;

/* The segment that begins at pos, which must be 0 or the end of another segment, and below len. */
aln_segment aln_segment_next(const char *text, size_t len, size_t pos);

#endif
