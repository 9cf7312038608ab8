/*
 * Records: texts of a few words, as lists of names have them. See record.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "record.h"
#include "key.h"
#include "optional.h"
#include "utf8.h"
#include <string.h>

#define CORE_LETTERS 3 /* a shorter word is an abbreviation of many things */

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

/* The known body that units first to last - 1 name; NULL if there is none. */
static const aln_found *body_of(const aln_lexicon *lexicon, const aln_window *window, size_t first, size_t last)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (f->first == first && f->first + f->span == last && !(f->flags & ALN_FOUND_OTHER) &&
            strcmp(aln_entity_kind(lexicon, f->entity), "organisation") == 0)
            return f;
    }
    return NULL;
}

size_t aln_record_core(const aln_lexicon *lexicon, const aln_window *window, const uint8_t *optional, int as_id,
                       char key[ALN_RECORD_CORE])
{
    size_t first = 0, last = window->unit_count, len;
    while (first < last && optional[first])
        first++;
    while (last > first && optional[last - 1])
        last--;
    for (size_t i = first; i < last; i++)
        if (optional[i])
            return 0;
    if (first == last)
        return 0;
    key[0] = ALN_KEY_ALONE;
    if (as_id) {
        const aln_found *body = body_of(lexicon, window, first, last);
        char id[ALN_ENTITY_TERM];
        if (!body)
            return 0;
        len = aln_entity_term(lexicon, body->entity, 0, id);
        key[1] = ALN_KEY_ALONE_ID;
        memcpy(key + 2, id, len);
        return len + 2;
    }
    const aln_word *word = window->units[first].word;
    len = word->exact_len;
    if (last - first > 1 || !aln_script_has_case((aln_script)word->script) || len + 1 > ALN_RECORD_CORE - 32 ||
        aln_utf8_count(word->exact, len) < CORE_LETTERS)
        return 0;
    memcpy(key + 1, word->exact, len);
    return len + 1;
}
