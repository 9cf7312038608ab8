/*
 * Finding the gazetteer's names in a row of words: leftmost, longest. A word may stand for several tokens (its exact
 * form, its stem, the word behind a proclitic), so the trie is walked depth first over all of them; names are short, so
 * the walk is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image_build.h"
#include "language.h"
#include "scan.h"
#include <string.h>

typedef struct search {
    const aln_lexicon *lexicon;
    const aln_scan_options *options;
    const aln_window *window;
    unsigned layer;
    size_t first;
    size_t best;   /* units of the longest name so far */
    int inflected; /* whether it was found by a stem only: a name that stands as it is comes first (Niger before
                      Nigerian) */
    uint32_t names[ALN_LAYERS * 16];
    uint8_t layers[ALN_LAYERS * 16];
    size_t name_count;
} search;

/* Whether a generic word is of the text's language: the war of English is no war in German. */
static int is_of_language(const search *s, const aln_image_name *name)
{
    if (s->options->language == ALN_NO_LANGUAGE)
        return 0;
    return aln_image_name_has_language(s->lexicon->layer[s->layer], name, aln_languages[s->options->language].tag);
}

/* Whether a name may be meant by the words at this place. */
static int allowed(const search *s, const aln_image_name *name)
{
    const aln_word *word = s->window->units[s->first].word;
    if (s->options->names == ALN_NAMES_CURRENT && (name->flags & ALN_NAME_HISTORIC))
        return 0;
    if (s->options->query) /* people type queries in lower case, and in any language */
        return 1;
    if ((name->flags & ALN_NAME_GENERIC) && !is_of_language(s, name))
        return 0;
    if (!aln_script_has_case((aln_script)word->script))
        return 1;
    if (name->flags & ALN_NAME_ABBREVIATION)
        return (word->flags & ALN_FOLD_ALL_CAPITALS) != 0 ||
               (word->flags & (ALN_FOLD_DIGIT | ALN_FOLD_CAPITAL)) == (ALN_FOLD_DIGIT | ALN_FOLD_CAPITAL);
    if (name->flags & ALN_NAME_CAPITAL)
        return (word->flags & ALN_FOLD_CAPITAL) != 0;
    return 1;
}

/* A word that is a name as it stands is not found by another name's stem: Niger is no form of Nigerian. */
static int stands_as_it_is(const search *s, const aln_image_name *name)
{
    const aln_word *word = s->window->units[s->first].word;
    const char *text = aln_image_string(s->lexicon->layer[s->layer], name->text);
    char exact[ALN_WORD_BYTES];
    unsigned flags;
    size_t len = aln_fold_exact(text, strlen(text), exact, sizeof exact, &flags);
    return len == word->exact_len && memcmp(exact, word->exact, len) == 0;
}

static void take_outputs(search *s, uint32_t state, size_t length, int by_stem)
{
    const aln_image *image = s->lexicon->layer[s->layer];
    uint32_t count;
    const uint32_t *outputs = aln_image_outputs_of(image, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = outputs[i];
        const aln_image_name *name = aln_image_names(image) + number;
        if (length < s->best || aln_lexicon_hides(s->lexicon, s->layer, name->entity) || !allowed(s, name))
            continue;
        int inflected = by_stem || (length == 1 && !stands_as_it_is(s, name));
        if (length == s->best && inflected > s->inflected)
            continue;
        if (length > s->best || inflected < s->inflected) {
            s->best = length;
            s->inflected = inflected;
            s->name_count = 0;
        }
        if (s->name_count < sizeof s->names / sizeof *s->names) {
            s->layers[s->name_count] = (uint8_t)s->layer;
            s->names[s->name_count++] = number;
        }
    }
}

static void walk(search *s, uint32_t state, size_t depth, int inflected)
{
    const aln_image *image = s->lexicon->layer[s->layer];
    size_t at = s->first + depth;
    if (at >= s->window->unit_count || depth == ALN_NAME_WORDS || !aln_image_goes_on(image, state))
        return;
    const aln_unit *unit = &s->window->units[at];
    if (!(unit->flags & ALN_UNIT_JOINED))
        return;
    const aln_word *word = unit->word;
    for (unsigned i = 0; i < word->token_count[s->layer]; i++) {
        uint32_t next = aln_image_step_of(image, state, word->tokens[s->layer][i]);
        if (!next)
            continue;
        int by_stem = inflected || i > 0 || !word->exact_token[s->layer];
        take_outputs(s, next, depth + 1, by_stem);
        walk(s, next, depth + 1, by_stem);
    }
}

/* How far a name is from the usual one: a name in force before an inhabitant's, that before a historic one. */
static int distance_of(const aln_image_name *name)
{
    return name->flags & ALN_NAME_HISTORIC ? 2 : name->flags & ALN_NAME_DEMONYM ? 1 : 0;
}

/* The entities of the names found at one place, each once, the nearest first. */
static size_t choose(const search *s, aln_found_entity out[ALN_FOUND_PER_NAME])
{
    size_t n = 0;
    for (int distance = 0; distance <= 2; distance++) {
        for (size_t i = 0; i < s->name_count && n < ALN_FOUND_PER_NAME; i++) {
            const aln_image *image = s->lexicon->layer[s->layers[i]];
            const aln_image_name *name = aln_image_names(image) + s->names[i];
            if (distance_of(name) != distance)
                continue;
            uint32_t entity = aln_lexicon_number(s->lexicon, s->layers[i], name->entity);
            int known = 0;
            for (size_t j = 0; j < n; j++)
                known |= out[j].entity == entity;
            if (!known)
                out[n++] = (aln_found_entity){entity, name->flags, aln_image_name_language(image, name, 0)};
        }
    }
    return n;
}

/* What a word means alone. */
static void ask_alone(search *s, aln_word_starts *starts)
{
    uint32_t asked = 1u | (uint32_t)s->options->language << 8 | (uint32_t)s->options->names << 16 |
                     (uint32_t)(s->options->query != 0) << 24;
    if (starts->asked == asked)
        return;
    s->best = 0;
    s->inflected = 1;
    s->name_count = 0;
    for (unsigned i = 0; i < starts->count; i++) {
        s->layer = starts->start[i].layer;
        take_outputs(s, starts->start[i].state, 1, starts->start[i].by_stem);
    }
    starts->found_count = (uint8_t)choose(s, starts->found);
    starts->asked = asked;
}

static int follows_joined(const aln_window *window, size_t unit)
{
    return unit + 1 < window->unit_count && (window->units[unit + 1].flags & ALN_UNIT_JOINED);
}

size_t aln_entity_term(const aln_lexicon *lexicon, uint32_t entity, uint32_t flags, char out[ALN_ENTITY_TERM])
{
    const char *id = aln_entity_id(lexicon, entity);
    size_t len = 0;
    for (; id[len]; len++) /* at most 40, as the reader of names sees to */
        out[len] = id[len];
    if (flags & ALN_NAME_DEMONYM)
        out[len++] = '~';
    return len;
}

aln_status aln_find_names(const aln_lexicon *lexicon, const aln_scan_options *options, aln_window *window)
{
    search s = {lexicon, options, window, 0, 0, 0, 0, {0}, {0}, 0};
    window->found_count = 0;
    if (!lexicon || options->names == ALN_NAMES_OFF)
        return ALN_OK;
    for (size_t i = 0; i < window->unit_count;) {
        aln_word_starts *starts = window->units[i].word->starts;
        if (!starts) {
            i++;
            continue;
        }
        s.first = i;
        ask_alone(&s, starts);
        const aln_found_entity *found = starts->found;
        size_t count = starts->found_count, span = 1;
        aln_found_entity longer[ALN_FOUND_PER_NAME];
        if (starts->deep && follows_joined(window, i) && aln_word_leads_to(starts, window->units[i + 1].word)) {
            s.best = 1; /* what is no longer than that was asked */
            s.inflected = 0;
            s.name_count = 0;
            for (unsigned k = 0; k < starts->count; k++) {
                s.layer = starts->start[k].layer;
                walk(&s, starts->start[k].state, 1, starts->start[k].by_stem);
            }
            if (s.best > 1) {
                found = longer;
                count = choose(&s, longer);
                span = s.best;
            }
        }
        if (!aln_grow(&window->alloc, (void **)&window->found, &window->found_cap, window->found_count + count,
                      sizeof *window->found))
            return ALN_ENOMEM;
        for (size_t k = 0; k < count; k++)
            window->found[window->found_count++] =
                (aln_found){(uint32_t)i, (uint32_t)span, found[k].entity, found[k].flags, found[k].lang};
        i += span;
    }
    return ALN_OK;
}
