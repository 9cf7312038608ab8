/*
 * The word of a name that tells it by itself. A text says Angela Merkel once and goes on with Merkel, and where the two
 * words are spelled in an unforeseen way only the family name may be within reach; of a body's name it is the word
 * that is no generic one: Stansted in letališče Stansted. A list of names is another matter: there a name that lacks a
 * word is another name. So this is done only for queries that say that documents are texts (ALN_QUERY_TEXTS).
 *
 * SPDX-License-Identifier: MIT
 */
#include "foreign.h"
#include "image.h"
#include "key.h"
#include "lexicon.h"
#include "query_plan.h"
#include "record.h"
#include "utf8.h"
#include <string.h>

#define TELLING_WORDS 4   /* a longer text is no name */
#define TELLING_LETTERS 3 /* Li, Lee and Kim: too many people */

static size_t unit_at(const aln_window *window, size_t start)
{
    size_t i = 0;
    while (i < window->unit_count && window->units[i].start != start)
        i++;
    return i;
}

/* What a unit is beside a name's own words: a word that many names have, or a name that was asked for as well. */
typedef enum what { OWN, COMMON, ANOTHER } what;

/* Towns and families have names in common, so a town is a name's own word. */
static what what_is(const aln_lexicon *lexicon, const aln_window *window, size_t unit)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (unit < f->first || unit >= f->first + f->span)
            continue;
        const char *kind = aln_entity_kind(lexicon, f->entity);
        if (strcmp(kind, "person") == 0 ||
            (f->span == 1 && strcmp(kind, "city") == 0 && !(f->flags & ALN_NAME_DEMONYM)))
            continue;
        return aln_is_generic_word(f->flags) || (f->flags & ALN_NAME_DEMONYM) ? COMMON : ANOTHER;
    }
    return OWN;
}

/* Whether two persons are asked for. */
static int are_two(const aln_lexicon *lexicon, const aln_window *window)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < window->found_count; i++) {
        if (strcmp(aln_entity_kind(lexicon, window->found[i].entity), "person") != 0)
            continue;
        if (first != SIZE_MAX && window->found[i].first != first)
            return 1;
        first = window->found[i].first;
    }
    return 0;
}

const aln_query_node *aln_plan_telling(const aln_planner *p, const aln_window *window, const aln_node_list *words,
                                       size_t offset)
{
    const aln_query_node *telling = NULL;
    size_t told = 0;
    if (words->count < 2 || words->count > TELLING_WORDS || are_two(p->analyzer->lexicon, window))
        return NULL;
    for (size_t i = 0; i < words->count; i++) {
        size_t at = unit_at(window, words->items[i]->start - offset);
        what is = at == window->unit_count ? ANOTHER : what_is(p->analyzer->lexicon, window, at);
        if (is == ANOTHER)
            return NULL;
        if (is == COMMON)
            continue;
        const aln_word *word = window->units[at].word;
        if (!(word->flags & ALN_FOLD_CAPITAL))
            return NULL;
        told++;
        telling = aln_utf8_count(word->exact, word->exact_len) < TELLING_LETTERS ? NULL : words->items[i];
    }
    return told == 1 || told == words->count ? telling : NULL;
}

/* ------------------------------------------------ a record that is a family name */

/* A less sure spelling is too often that of another name; less still where the characters are those of foreign names.
 */
#define ALONE_CONFIDENCE 0.1
#define ALONE_FOREIGN_CONFIDENCE 0.03

/* Whether a word may belong to a person's name: no word of institutions, and no part of another known name. */
static int may_be_persons(const aln_lexicon *lexicon, const aln_window *window, size_t unit)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (unit < f->first || unit >= f->first + f->span)
            continue;
        if (aln_is_generic_word(f->flags) || (f->flags & ALN_NAME_DEMONYM) ||
            (f->span > 1 && strcmp(aln_entity_kind(lexicon, f->entity), "person") != 0))
            return 0;
    }
    return (window->units[unit].word->flags & ALN_FOLD_CAPITAL) != 0;
}

/* The family name of a person: the word in capitals where others are not, or the last one. NULL if it is no person's
 * name, or too short. */
static const aln_query_node *family_name(const aln_planner *p, const aln_window *window, const aln_node_list *words,
                                         size_t offset)
{
    size_t capitals = 0, which = 0;
    for (size_t i = 0; i < words->count; i++) {
        size_t at = unit_at(window, words->items[i]->start - offset);
        if (at == window->unit_count || !may_be_persons(p->analyzer->lexicon, window, at))
            return NULL;
        if (window->units[at].word->flags & ALN_FOLD_ALL_CAPITALS) {
            capitals++;
            which = i;
        }
    }
    const aln_query_node *family = words->items[capitals == 1 ? which : words->count - 1];
    const aln_word *word = window->units[unit_at(window, family->start - offset)].word;
    return aln_utf8_count(word->exact, word->exact_len) < TELLING_LETTERS ? NULL : family;
}

/* Adds the key of a record whose name is a term's text, of less than ALN_WORD_BYTES, and nothing else. 0 = out of
 * memory. */
static int add_key_alone(aln_planner *p, const aln_query_node *node, aln_node_list *list)
{
    char key[ALN_WORD_BYTES + ALN_ARENA_SLACK] = {ALN_KEY_ALONE};
    memcpy(key + 1, node->text, node->text_len);
    aln_term_origin o = {node->start, node->end, node->field, "alone", node->confidence, UINT32_MAX};
    aln_query_node *term = aln_node_term(p->arena, ALN_TERM_KEY, key, node->text_len + 1, &o);
    if (!term)
        return 0;
    term->spelling = node->spelling;
    const aln_query_node *weighed = node->spelling ? aln_plan_weighed(p, term) : term;
    return weighed && aln_list_add(p->arena, list, weighed);
}

/* Adds the keys that records have which are one of the spellings found below a node. 0 = out of memory. */
static int add_alone(aln_planner *p, const aln_query_node *node, aln_node_list *list)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (!add_alone(p, node->children[i], list))
            return 0;
    if (node->op != ALN_Q_TERM || node->kind != ALN_TERM_STEM || node->confidence < ALONE_FOREIGN_CONFIDENCE ||
        (node->confidence < ALONE_CONFIDENCE && !aln_may_be_foreign(node->text, node->text_len)) ||
        node->text_len >= ALN_WORD_BYTES || aln_main_script(node->text, node->text_len) != ALN_SCRIPT_HANI)
        return 1;
    return add_key_alone(p, node, list);
}

/* The person whom the whole text names; UINT32_MAX if it is no known one. */
static uint32_t person_of(const aln_lexicon *lexicon, const aln_window *window)
{
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].span == window->unit_count &&
            strcmp(aln_entity_kind(lexicon, window->found[i].entity), "person") == 0)
            return window->found[i].entity;
    return UINT32_MAX;
}

/* Adds the keys of a known person's family name in Han, which stands behind the last dot of the whole one. *told:
 * whether the gazetteer has a name in Han. 0 = out of memory. */
static int add_alone_of_person(aln_planner *p, uint32_t person, const aln_query_node *family, aln_node_list *list,
                               int *told)
{
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(p->analyzer->lexicon, person, n, &name) == ALN_OK; n++) {
        const char *part = name.text;
        if (aln_main_script(part, strlen(part)) != ALN_SCRIPT_HANI)
            continue;
        *told = 1;
        for (const char *dot = strstr(part, "\u00B7"); dot; dot = strstr(part, "\u00B7"))
            part = dot + strlen("\u00B7");
        size_t len = strlen(part);
        if (part == name.text || len >= ALN_WORD_BYTES)
            continue;
        char key[ALN_WORD_BYTES] = {ALN_KEY_ALONE};
        memcpy(key + 1, part, len);
        aln_term_origin o = {family->start, family->end, family->field, "alone", 1.0, person};
        if (!aln_list_add_term(p->arena, list, ALN_TERM_KEY, key, len + 1, &o))
            return 0;
    }
    return 1;
}

const aln_query_node *aln_plan_family_alone(aln_planner *p, const aln_window *window, const aln_node_list *words,
                                            size_t offset)
{
    aln_node_list list = {NULL, 0, 0};
    if (words->count < 2 || words->count > TELLING_WORDS)
        return NULL;
    const aln_query_node *family = family_name(p, window, words, offset);
    uint32_t person = family ? person_of(p->analyzer->lexicon, window) : UINT32_MAX;
    int told = 0;
    if (person != UINT32_MAX && !add_alone_of_person(p, person, family, &list, &told))
        return aln_plan_fail(p, ALN_ENOMEM);
    if (person != UINT32_MAX && !told) /* the words of a known name are no free guesses otherwise */
        family =
            aln_plan_word(p, &window->units[unit_at(window, family->start - offset)], offset, family->field, ALN_FREE);
    if (p->code || (family && !add_alone(p, family, &list)))
        return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_group(p->arena, ALN_Q_MAX, &list);
}

/* ------------------------------------------------ a record that is a body's own word */

/* Adds the keys that records have whose name is a word: as it was typed, or one of its likely spellings. In a script
 * without capitals such a record may be a person (布兰德雷斯). 0 = out of memory. */
static int add_core(aln_planner *p, const aln_query_node *node, aln_node_list *list)
{
    for (uint32_t i = 0; i < node->count; i++)
        if (!add_core(p, node->children[i], list))
            return 0;
    if (node->op != ALN_Q_TERM || node->confidence < ALONE_CONFIDENCE ||
        (node->kind == ALN_TERM_EXACT ? node->confidence < 1.0 : node->kind != ALN_TERM_STEM || !node->spelling) ||
        node->text_len + 1 > ALN_RECORD_CORE - ALN_ARENA_SLACK ||
        !aln_script_has_case(aln_main_script(node->text, node->text_len)))
        return 1;
    return add_key_alone(p, node, list);
}

const aln_query_node *aln_plan_core(aln_planner *p, const aln_query_node *part)
{
    aln_node_list list = {NULL, 0, 0};
    if (!add_core(p, part, &list))
        return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_group(p->arena, ALN_Q_MAX, &list);
}

const aln_query_node *aln_plan_body_alone(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                          size_t offset, const char *field)
{
    char key[ALN_RECORD_CORE];
    size_t len = aln_record_core(p->analyzer->lexicon, window, optional, 1, key);
    if (!len)
        return NULL;
    const aln_unit *u = window->units;
    aln_term_origin o = {offset + u[0].start, offset + u[window->unit_count - 1].end, field, "alone", 1.0, UINT32_MAX};
    const aln_query_node *node = aln_node_term(p->arena, ALN_TERM_KEY, key, len, &o);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}
