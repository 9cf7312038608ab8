/*
 * Records: texts of a few words, as lists of names have them. See record.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "record.h"
#include "key.h"
#include "optional.h"

size_t aln_record_words(const char *text, const aln_window *window, int runs)
{
    const aln_unit *u = window->units;
    size_t words = 0;
    for (size_t i = 0; i < window->unit_count && words <= ALN_KEY_WORDS_LAST; i++) {
        if (i && aln_opens_bracket(text, u[i - 1].end, u[i].start))
            break;
        words += !(runs && i && aln_unit_goes_on(&u[i])) && !aln_is_initial(&u[i]);
    }
    return words;
}
