/*
 * Known phrases. See phrases.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scan.h"
#include <string.h>

#define PHRASES_MIN ((size_t)16)
#define PHRASES_MAX ((size_t)2048) /* more would not stay in the processor's cache */

int aln_phrases_init(aln_phrases *phrases, const aln_alloc *alloc, size_t max_bytes)
{
    phrases->count = PHRASES_MIN;
    while (phrases->count < PHRASES_MAX && phrases->count * 2 * sizeof *phrases->list <= max_bytes)
        phrases->count *= 2;
    phrases->list = aln_mem_zero(alloc, phrases->count * sizeof *phrases->list);
    return phrases->list != NULL;
}

void aln_phrases_free(aln_phrases *phrases, const aln_alloc *alloc)
{
    aln_mem_free(alloc, phrases->list, phrases->count * sizeof *phrases->list);
    phrases->list = NULL;
}

void aln_phrases_clear(aln_phrases *phrases)
{
    for (size_t i = 0; phrases->list && i < phrases->count; i++)
        phrases->list[i].words[0] = NULL;
}

/* Places in which what begins with two words may be: several phrases may, and others share the first place. */
#define PLACES 4

static size_t first_place(const aln_phrases *phrases, const aln_word *first, const aln_word *second)
{
    uint64_t h = (uint64_t)(uintptr_t)first * 0x9E3779B97F4A7C15u + (uint64_t)(uintptr_t)second;
    return (size_t)(h * 0x9E3779B97F4A7C15u >> 32) & (phrases->count - 1);
}

static int begins_at(const aln_phrase *phrase, const aln_window *window, size_t unit, uint32_t asked)
{
    if (phrase->words[0] != window->units[unit].word || phrase->asked != asked)
        return 0;
    for (size_t i = 1; i <= phrase->looked_at; i++)
        if (phrase->words[i] != aln_unit_joined_word(window, unit + i))
            return 0;
    return 1;
}

const aln_phrase *aln_phrase_find(const aln_window *window, size_t unit, uint32_t asked)
{
    const aln_phrases *phrases = window->phrases;
    if (!phrases)
        return NULL;
    size_t at = first_place(phrases, window->units[unit].word, window->units[unit + 1].word);
    for (size_t i = 0; i < PLACES; i++) {
        const aln_phrase *phrase = &phrases->list[(at + i) & (phrases->count - 1)];
        if (!phrase->words[0])
            return NULL;
        if (begins_at(phrase, window, unit, asked))
            return phrase;
    }
    return NULL;
}

/* A free place, or that of another phrase, each of them in turn. */
static aln_phrase *place_for(aln_phrases *phrases, const aln_word *first, const aln_word *second)
{
    size_t at = first_place(phrases, first, second);
    for (size_t i = 0; i < PLACES; i++)
        if (!phrases->list[(at + i) & (phrases->count - 1)].words[0])
            return &phrases->list[(at + i) & (phrases->count - 1)];
    return &phrases->list[(at + phrases->turn++ % PLACES) & (phrases->count - 1)];
}

aln_status aln_phrase_take(const aln_phrase *phrase, size_t unit, aln_window *window)
{
    size_t count = phrase->found_count, inners = phrase->inner_count;
    if (!aln_grow(&window->alloc, (void **)&window->found, &window->found_cap, window->found_count + count,
                  sizeof *window->found) ||
        !aln_grow(&window->alloc, (void **)&window->inner, &window->inner_cap, window->inner_count + inners,
                  sizeof *window->inner))
        return ALN_ENOMEM;
    for (size_t i = 0; i < count + inners; i++) {
        aln_found *to = i < count ? &window->found[window->found_count++] : &window->inner[window->inner_count++];
        *to = phrase->names[i];
        to->first += (uint32_t)unit;
    }
    return ALN_OK;
}

void aln_phrase_keep(const aln_window *window, size_t unit, uint32_t asked, size_t looked_at, size_t span, size_t found,
                     size_t inner)
{
    /* a word alone is known without */
    size_t count = span > 1 ? window->found_count - found : 0, inners = window->inner_count - inner;
    if (!window->phrases || looked_at >= ALN_PHRASE_WORDS || count + inners > ALN_PHRASE_NAMES)
        return;
    const aln_word *first = window->units[unit].word;
    aln_phrase *phrase = place_for(window->phrases, first, window->units[unit + 1].word);
    phrase->words[0] = first;
    for (size_t i = 1; i <= looked_at; i++)
        phrase->words[i] = aln_unit_joined_word(window, unit + i);
    phrase->asked = asked;
    phrase->looked_at = (uint8_t)looked_at;
    phrase->span = (uint8_t)span;
    phrase->found_count = (uint8_t)count;
    phrase->inner_count = (uint8_t)inners;
    for (size_t i = 0; i < count + inners; i++) {
        phrase->names[i] = i < count ? window->found[found + i] : window->inner[inner + i - count];
        phrase->names[i].first -= (uint32_t)unit;
    }
}
