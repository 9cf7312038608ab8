/*
 * What stands before the generic words of a run of characters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image.h"
#include "scan.h"

size_t aln_run_head(const aln_window *window, size_t first, size_t end, size_t from)
{
    for (size_t i = from; i < window->found_count && window->found[i].first < end; i++) {
        const aln_found *f = &window->found[i];
        if (f->first >= first + 2 && aln_is_generic_word(f->flags))
            return f->first;
    }
    return 0;
}
