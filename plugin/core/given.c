/*
 * Places that are a person's given name: Milan Zver, Asia Bibi, Florence Parly. Most persons of the news are in no
 * gazetteer, so what tells is the place in the sentence: a town right before a word with a capital that is no known
 * name. In languages that put names into cases two names do not stand so unless they are of one person ("v Miláně
 * Zver" has a preposition before it, which says that it is a town); where nouns or headlines are written with capitals
 * they do, and countries and capitals stand before persons too often (the prime minister of Denmark Lars ...).
 *
 * SPDX-License-Identifier: MIT
 */
#include "language.h"
#include "lexicon.h"
#include "scan.h"
#include "utf8.h"
#include <string.h>

#define PREPOSITION_LETTERS 3
#define SURE_MOST 32 /* pairs of a window that others are compared with */

/* A place that may be a given name, and the word behind it. */
typedef struct pair {
    uint32_t entity;
    const aln_word *family;
} pair;

/* Whether a word is written as a person's name is. */
static int is_written_as_name(const aln_word *word)
{
    return (word->flags & (ALN_FOLD_CAPITAL | ALN_FOLD_ALL_CAPITALS | ALN_FOLD_DIGIT | ALN_FOLD_SOLO)) ==
           ALN_FOLD_CAPITAL;
}

/* The word behind a name, which ends at `unit` - 1, if it may be a family name; NULL if not. `next` is the next of the
 * window's names. */
static const aln_word *family_at(const aln_window *window, size_t unit, size_t next)
{
    const aln_word *family = aln_unit_joined_word(window, unit);
    if (!family || (window->units[unit].flags & ALN_UNIT_HYPHEN) || !is_written_as_name(family) ||
        family->script != window->units[unit - 1].word->script ||
        (next < window->found_count && window->found[next].first == unit))
        return NULL;
    return family;
}

/* Whether a short word before it says that a name is a place: a preposition. */
static int is_behind_preposition(const aln_window *window, size_t unit)
{
    if (!unit || !(window->units[unit].flags & ALN_UNIT_JOINED))
        return 0;
    const aln_word *before = window->units[unit - 1].word;
    return aln_utf8_count(before->exact, before->exact_len) <= PREPOSITION_LETTERS;
}

static int may_be_given(const aln_lexicon *lexicon, const aln_found *found)
{
    const char *kind = aln_entity_kind(lexicon, found->entity);
    return !(found->flags & (ALN_NAME_DEMONYM | ALN_NAME_ABBREVIATION)) &&
           (strcmp(kind, "city") == 0 || strcmp(kind, "region") == 0 || strcmp(kind, "area") == 0);
}

/* The same word, in whatever case. */
static int is_same(const aln_word *a, const aln_word *b)
{
    return a == b || (a->stem_count && b->stem_count && a->stems[0].len == b->stems[0].len &&
                      memcmp(a->stems[0].text, b->stems[0].text, a->stems[0].len) == 0);
}

static int is_known(const pair *sure, size_t count, const aln_found *found, const aln_word *family)
{
    for (size_t i = 0; i < count; i++)
        if (sure[i].entity == found->entity && (!family || is_same(sure[i].family, family)))
            return 1;
    return 0;
}

/* Marks what stands before a family name and behind no preposition; and, the second time, what the pairs found so tell:
 * the same pair behind a preposition ("o Asii Bibi"), and the given name alone behind none. Returns how many pairs. */
static size_t mark(const aln_lexicon *lexicon, aln_window *window, pair sure[SURE_MOST], size_t count)
{
    int again = count > 0; /* before the first time adds to it */
    for (size_t i = 0, end; i < window->found_count; i = end) {
        aln_found *f = &window->found[i];
        for (end = i + 1; end < window->found_count && window->found[end].first == f->first;)
            end++;
        if (f->span != 1 || !is_written_as_name(window->units[f->first].word))
            continue;
        const aln_word *family = family_at(window, f->first + 1, end);
        int placed = is_behind_preposition(window, f->first);
        if (again ? placed && !family : placed || !family)
            continue;
        for (; f < window->found + end; f++) {
            if (!may_be_given(lexicon, f) || (again && !is_known(sure, count, f, placed ? family : NULL)))
                continue;
            f->flags |= ALN_FOUND_INNER;
            if (!again && count < SURE_MOST)
                sure[count++] = (pair){f->entity, family};
        }
    }
    return count;
}

/* A query may name a person whom a text of another script or in other words names so: a place before a word that is
 * no generic one is asked for inside of names, too. */
static void mark_in_query(const aln_lexicon *lexicon, aln_window *window)
{
    for (size_t i = 0; i < window->found_count; i++) {
        aln_found *f = &window->found[i];
        size_t next = i + 1, behind = f->first + f->span;
        while (next < window->found_count && window->found[next].first == f->first)
            next++;
        int generic = next < window->found_count && window->found[next].first == behind &&
                      aln_is_generic_word(window->found[next].flags);
        if (behind < window->unit_count && !generic && may_be_given(lexicon, f))
            f->flags |= ALN_FOUND_INNER;
    }
}

void aln_mark_given_names(const aln_lexicon *lexicon, const aln_scan_options *options, aln_window *window)
{
    if (options->query) {
        mark_in_query(lexicon, window);
        return;
    }
    if (options->language == ALN_NO_LANGUAGE || aln_languages[options->language].names != ALN_NAMES_CASES)
        return;
    pair sure[SURE_MOST];
    size_t count = mark(lexicon, window, sure, 0);
    if (count)
        (void)mark(lexicon, window, sure, count);
}
