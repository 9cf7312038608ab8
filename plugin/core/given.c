/*
 * Looking up given names. See given.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "given.h"
#include <string.h>

static int compare(const aln_given_form *form, const char *word, size_t len)
{
    int order = memcmp(aln_given_text + form->text, word, form->len < len ? form->len : len);
    return order ? order : (form->len > len) - (form->len < len);
}

size_t aln_given_find(const char *word, size_t len, size_t *count)
{
    size_t low = 0, high = aln_given_form_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare(&aln_given_forms[middle], word, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < aln_given_form_count && compare(&aln_given_forms[end], word, len) == 0)
        end++;
    *count = end - low;
    return low;
}
