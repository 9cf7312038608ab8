/*
 * A family name alone. Who types Mogherini means her, whom texts of other scripts name in ways that no rule foresees;
 * the gazetteer has her whole name only, as many a family name is that of persons whom it does not know. So her id is
 * asked for beside the word, which goes on to find the others.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"
#include "query_plan.h"
#include "utf8.h"
#include <string.h>

#define FAMILY_LETTERS 3 /* Li, Lee and Kim: too many people */
#define WORDS_MOST 4     /* a longer text is no name */
#define PERSONS_MOST 8   /* more have a common name, which means none of them */

/* Whether a word is a known name of something that is no more likely a family name. */
static int is_other_name(const aln_lexicon *lexicon, const aln_window *window)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const char *kind = aln_entity_kind(lexicon, window->found[i].entity);
        if (strcmp(kind, "city") && strcmp(kind, "region") && !(window->found[i].flags & ALN_FOUND_INNER))
            return 1;
    }
    return 0;
}

/* Whether a name begins with the first letter of a word; without one it does. */
static int begins_with(const char *name, const aln_word *given)
{
    char exact[ALN_FOLD_MAX];
    unsigned flags;
    uint32_t letter, other;
    if (!given)
        return 1;
    size_t len = aln_fold_exact(name, strcspn(name, " "), exact, sizeof exact, &flags);
    if (!len || !given->exact_len)
        return 0;
    (void)aln_utf8_next((const unsigned char *)exact, (const unsigned char *)exact + len, &letter);
    (void)aln_utf8_next((const unsigned char *)given->exact, (const unsigned char *)given->exact + given->exact_len,
                        &other);
    return letter == other;
}

/* Adds those of a layer who have a token as family name, and a given name that begins as this one does. Returns how
 * many there are; more than PERSONS_MOST are not all told. */
static size_t add_persons(const aln_lexicon *lexicon, unsigned layer, uint32_t token, const aln_word *given,
                          uint32_t persons[PERSONS_MOST], size_t count)
{
    const aln_image *image = lexicon->layer[layer];
    uint32_t names;
    const uint32_t *name = aln_image_families_of(image, token, &names);
    for (uint32_t i = 0; i < names; i++) {
        const aln_image_name *full = aln_image_names(image) + name[i];
        uint32_t entity = full->entity;
        if (aln_lexicon_hides(lexicon, layer, entity) || !begins_with(aln_image_string(image, full->text), given))
            continue;
        uint32_t number = aln_lexicon_number(lexicon, layer, entity);
        size_t known = 0;
        while (known < count && persons[known] != number)
            known++;
        if (known < count)
            continue;
        if (count == PERSONS_MOST)
            return count + 1;
        persons[count++] = number;
    }
    return count;
}

/* The unit of a family name that is the whole text, but for initials before it, or given names where documents are
 * texts, which find the family name by itself as well (query_telling.c). SIZE_MAX if there is none. */
static size_t family_unit(const aln_planner *p, const aln_window *window)
{
    size_t last = window->unit_count - 1;
    int given = (p->options->flags & ALN_QUERY_TEXTS) != 0;
    for (size_t i = 0; i < last; i++)
        if (!(window->units[i].word->flags & ALN_FOLD_SOLO) && !(given && aln_unit_is_name_like(&window->units[i])))
            return SIZE_MAX;
    const aln_unit *unit = &window->units[last];
    return last < WORDS_MOST && !(unit->flags & ALN_UNIT_CHAR) && aln_unit_is_name_like(unit) &&
                   aln_utf8_count(unit->word->exact, unit->word->exact_len) >= FAMILY_LETTERS
               ? last
               : SIZE_MAX;
}

const aln_query_node *aln_plan_persons(aln_planner *p, const aln_window *window, size_t offset, const char *field)
{
    const aln_lexicon *lexicon = p->analyzer->lexicon;
    if (!lexicon || p->scan.names == ALN_NAMES_OFF || !window->unit_count || is_other_name(lexicon, window))
        return NULL;
    size_t at = family_unit(p, window), count = 0;
    if (at == SIZE_MAX)
        return NULL;
    const aln_unit *unit = &window->units[at];
    const aln_word *given = at ? window->units[0].word : NULL;
    uint32_t persons[PERSONS_MOST];
    for (unsigned layer = 0; layer < lexicon->layers; layer++)
        for (unsigned i = 0; i < unit->word->token_count[layer] && count <= PERSONS_MOST; i++)
            count = add_persons(lexicon, layer, aln_word_tokens(unit->word, layer)[i], given, persons, count);
    if (!count || count > PERSONS_MOST)
        return NULL;
    aln_node_list ids = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) {
        char id[ALN_ENTITY_TERM];
        size_t len = aln_entity_term(lexicon, persons[i], 0, id);
        aln_term_origin o = {offset + unit->start, offset + unit->end, field, "family name", 0.5, persons[i]};
        if (!aln_list_add_term(p->arena, &ids, ALN_TERM_ENTITY, id, len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_MAX, &ids);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}
