/*
 * Looking up names that have other forms. See same.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "same.h"
#include <limits.h>
#include <string.h>

static int compare(const aln_same_form *form, const char *word, size_t len)
{
    int order = memcmp(aln_same_text + form->text, word, form->len < len ? form->len : len);
    return order ? order : (form->len > len) - (form->len < len);
}

size_t aln_same_find(const char *word, size_t len, size_t *count)
{
    size_t low = 0, high = aln_same_form_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare(&aln_same_forms[middle], word, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < aln_same_form_count && compare(&aln_same_forms[end], word, len) == 0)
        end++;
    *count = end - low;
    return low;
}

/* Whether a word has a row from `first` to `end` - 1. */
static int has_row(const char *word, size_t len, unsigned first, unsigned end)
{
    size_t count, at = aln_same_find(word, len, &count);
    for (size_t i = at; i < at + count; i++)
        if (aln_same_forms[i].row >= first && aln_same_forms[i].row < end)
            return 1;
    return 0;
}

int aln_is_given_name(const char *word, size_t len)
{
    return has_row(word, len, 0, aln_same_first_family);
}

int aln_is_family_name(const char *word, size_t len)
{
    return has_row(word, len, aln_same_first_family, UINT_MAX);
}
