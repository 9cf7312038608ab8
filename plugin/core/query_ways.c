/*
 * Other ways to find a text than all its words: two of them written as one, all but one, two of each three.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_evidence.h"
#include "query_plan.h"
#include "same.h"
#include <string.h>

#define WEIGHT_JOINED 0.8  /* two words written as one */
#define JOINED_WORDS 4     /* a longer text is no name of a person */
#define WEIGHT_BUT_ONE 0.3 /* all words of a long text but one */
#define BUT_ONE_WORDS 3
#define BUT_ONE_WORDS_MAX 24
#define WEIGHT_BUT_GENERIC 0.2 /* a body without one of its generic words */
#define WEIGHT_TWO 0.1         /* two words of a longer text, which are all that a record has */
#define TWO_WORDS 3
#define TWO_WORDS_MAX 6
#define TWO_DOCUMENTS 20 /* of the rarer one at most */
#define WEIGHT_MOST 0.2  /* two of each three */
#define MOST_WORDS 8

/* Whether a word has a key by itself: what looks like the other word may have gone as an ending. */
static int has_key(const aln_word *word, const aln_form *key)
{
    for (unsigned i = 0; i < word->key_count; i++)
        if (word->keys[i].len == key->len && memcmp(word->keys[i].text, key->text, key->len) == 0)
            return 1;
    return 0;
}

/* The keys of two neighbours written as one; NULL without failure where they are no such words. */
static const aln_query_node *plan_pair(aln_planner *p, const aln_unit *u, size_t offset, const char *field)
{
    if ((u[0].flags & ALN_UNIT_CHAR) || u[0].word->script != u[1].word->script || u[0].word->script == ALN_SCRIPT_ZYYY)
        return NULL;
    uint8_t languages[ALN_LANGUAGES_MAX];
    size_t count = aln_query_languages(&p->scan, (aln_script)u[0].word->script, languages);
    aln_reading_in in = {languages, count, p->scan.query, 0, 1};
    const aln_word *word = aln_joined_word(&p->analyzer->query_memo, p->query + offset, &u[0], &u[1], &in,
                                           0x20000u | (uint32_t)u[0].word->script);
    aln_node_list keys = {NULL, 0, 0};
    aln_term_origin o = {offset + u[0].start, offset + u[1].end, field, "joined", 1.0, UINT32_MAX};
    if (!word)
        return NULL;
    if (!aln_list_add_term(p->arena, &keys, ALN_TERM_EXACT, word->exact, word->exact_len, &o))
        return aln_plan_fail(p, ALN_ENOMEM);
    for (unsigned i = 0; i < word->key_count; i++)
        if (word->keys[i].text[0] > '9' && !has_key(u[0].word, &word->keys[i]) && !has_key(u[1].word, &word->keys[i]) &&
            !aln_list_add_term(p->arena, &keys, ALN_TERM_KEY, word->keys[i].text, word->keys[i].len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_SYNONYM, &keys);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

int aln_plan_joined(aln_planner *p, const aln_window *window, size_t offset, const char *field,
                    const aln_node_list *words, aln_node_list *ways)
{
    size_t count = window->unit_count;
    /* beside other words, each must be a word of its own: no part of a known name, none left out */
    if (count < 2 || count > JOINED_WORDS || (count > 2 && words->count != count))
        return 1;
    for (size_t i = 0; i + 1 < count; i++) {
        const aln_unit *u = &window->units[i];
        size_t least = count > 2 ? 2 : 3; /* bytes */
        if (u[0].end - u[0].start < least || u[1].end - u[1].start < least)
            continue;
        const aln_query_node *node = plan_pair(p, u, offset, field);
        aln_node_list parts = {NULL, 0, 0};
        if (node && count > 2) {
            for (size_t k = 0; k < count; k++)
                if (k != i + 1 && !aln_list_add(p->arena, &parts, k == i ? node : words->items[k]))
                    aln_plan_fail(p, ALN_ENOMEM);
            node = aln_plan_whole(p, &parts);
        }
        if (node && p->records.as_long) /* a record of as many words has nothing joined */
            node = aln_node_pair(p->arena, ALN_Q_AND_NOT, node, p->records.as_long);
        if (node && !aln_list_add(p->arena, ways, aln_node_scale(p->arena, WEIGHT_JOINED, node)))
            aln_plan_fail(p, ALN_ENOMEM);
    }
    return !p->code;
}

/* How many documents have a word as it was typed, by its commonest stem; 0 where the index has it not. 0 = failure,
 * recorded. */
static int documents_of(aln_planner *p, const aln_query_node *node, uint32_t *documents)
{
    if (node->op != ALN_Q_TERM) {
        for (uint32_t i = 0; i < node->count; i++)
            if (!documents_of(p, node->children[i], documents))
                return 0;
        return 1;
    }
    if (node->kind != ALN_TERM_STEM || node->confidence < 1.0)
        return 1;
    uint32_t found;
    if (!aln_plan_documents(p, node->text, node->text_len, &found))
        return 0;
    if (found > *documents)
        *documents = found;
    return 1;
}

/* One syllable: one group of vowels. */
static int is_syllable(const aln_word *word)
{
    unsigned groups = 0;
    int within = 0;
    for (size_t i = 0; i < word->exact_len; i++) {
        int vowel = memchr("aeiouy", word->exact[i], 6) != NULL;
        groups += (unsigned)(vowel && !within);
        within = vowel;
    }
    return groups == 1;
}

/* Whether three Latin words are a name of China or Korea: a family name and a given name of two syllables, of which
 * none may be wanting. */
static int is_east_asian(const aln_window *window)
{
    if (window->unit_count != 3)
        return 0;
    for (size_t i = 0; i < 3; i++)
        if (window->units[i].word->script != ALN_SCRIPT_LATN || !is_syllable(window->units[i].word))
            return 0;
    const aln_word *first = window->units[0].word, *last = window->units[2].word;
    return aln_is_family_name(first->exact, first->exact_len) || aln_is_family_name(last->exact, last->exact_len);
}

const aln_query_node *aln_plan_but_one(aln_planner *p, const aln_window *window, const aln_node_list *words)
{
    if (words->count < BUT_ONE_WORDS || words->count > BUT_ONE_WORDS_MAX || is_east_asian(window))
        return NULL;
    aln_node_list ways = {NULL, 0, 0};
    size_t first = words->count == 3 ? 1 : 0, last = words->count == 3 ? 2 : words->count, rarest = SIZE_MAX;
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; p->options->vocabulary && words->count > 3 && i < words->count; i++) {
        uint32_t documents = 0;
        if (!documents_of(p, words->items[i], &documents))
            return NULL;
        if (documents && documents < least) {
            least = documents;
            rarest = i;
        }
    }
    for (size_t out = first; out < last; out++) {
        if (out == rarest)
            continue;
        aln_node_list rest = {NULL, 0, 0};
        for (size_t i = 0; i < words->count; i++)
            if (i != out && !aln_list_add(p->arena, &rest, words->items[i]))
                return aln_plan_fail(p, ALN_ENOMEM);
        const aln_query_node *way =
            rest.count == 2 ? aln_plan_together(p, &rest) : aln_node_group(p->arena, ALN_Q_AND, &rest);
        if (!aln_list_add(p->arena, &ways, way))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_MAX, &ways);
    if (node && words->count == 3 && p->records.as_long) /* which has another word there */
        node = aln_node_pair(p->arena, ALN_Q_AND_NOT, node, p->records.as_long);
    return node || p->code ? aln_node_scale(p->arena, WEIGHT_BUT_ONE, node) : NULL;
}

const aln_query_node *aln_plan_but_generic(aln_planner *p, const aln_node_list *parts, const aln_node_list *generic)
{
    aln_node_list ways = {NULL, 0, 0};
    if (generic->count < 2 || generic->count >= parts->count)
        return NULL;
    for (size_t out = 0; out < generic->count; out++) {
        aln_node_list rest = {NULL, 0, 0};
        for (size_t i = 0; i < parts->count; i++)
            if (parts->items[i] != generic->items[out] &&
                !aln_list_add(p->arena, &rest, aln_plan_sure(p, parts->items[i])))
                return aln_plan_fail(p, ALN_ENOMEM);
        if (!aln_list_add(p->arena, &ways, aln_plan_whole(p, &rest)))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_node_scale(p->arena, WEIGHT_BUT_GENERIC, aln_node_group(p->arena, ALN_Q_MAX, &ways));
}

const aln_query_node *aln_plan_two(aln_planner *p, const aln_window *window, const aln_node_list *words)
{
    aln_node_list ways = {NULL, 0, 0};
    uint32_t documents[TWO_WORDS_MAX] = {0};
    if (!p->records.two || words->count < TWO_WORDS || words->count > TWO_WORDS_MAX || is_east_asian(window))
        return NULL;
    for (size_t i = 0; i < words->count; i++)
        if (!documents_of(p, words->items[i], &documents[i]))
            return NULL;
    for (size_t i = 0; i < words->count; i++)
        for (size_t k = i + 1; k < words->count; k++) {
            aln_node_list pair = {NULL, 0, 0};
            if ((!documents[i] || documents[i] > TWO_DOCUMENTS) && (!documents[k] || documents[k] > TWO_DOCUMENTS))
                continue;
            const aln_query_node *one = aln_plan_likely(p, words->items[i]),
                                 *other = aln_plan_likely(p, words->items[k]);
            if (one && other && !aln_plan_alike(one, other) && !aln_plan_alike(other, one) &&
                (!aln_list_add(p->arena, &pair, one) || !aln_list_add(p->arena, &pair, other) ||
                 !aln_list_add(p->arena, &ways, aln_plan_together(p, &pair))))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_MAX, &ways);
    return node
               ? aln_node_scale(p->arena, WEIGHT_TWO,
                                aln_node_pair(p->arena, ALN_Q_AND, node, aln_node_scale(p->arena, 0.0, p->records.two)))
               : NULL;
}

const aln_query_node *aln_plan_most(aln_planner *p, const aln_window *window, const aln_node_list *words)
{
    aln_node_list all = {NULL, 0, 0};
    if (words->count < MOST_WORDS || is_east_asian(window))
        return NULL;
    for (size_t i = 0; i + 2 < words->count; i += 3) {
        aln_node_list ways = {NULL, 0, 0};
        for (size_t out = 0; out < 3; out++) {
            const aln_query_node *pair =
                aln_node_pair(p->arena, ALN_Q_AND, words->items[i + (out == 0)], words->items[i + (out == 2 ? 1 : 2)]);
            if (!pair || !aln_list_add(p->arena, &ways, pair))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
        if (!aln_list_add(p->arena, &all, aln_node_group(p->arena, ALN_Q_MAX, &ways)))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_node_scale(p->arena, WEIGHT_MOST, aln_node_group(p->arena, ALN_Q_AND, &all));
}
