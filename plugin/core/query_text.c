/*
 * A text of words in a query: what to look for, and with which weights.
 *
 *   each word   the best of its exact form and stems, its keys, and the spellings that the index has of it
 *   each name of the gazetteer   the best of its words and its ids
 *   the text    AND of these, or one of the ways below that finds more at a lower weight
 * docs/ranking.md says why each weight is there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "key.h"
#include "optional.h"
#include "query_evidence.h"
#include "query_plan.h"
#include <string.h>

#define WEIGHT_WHOLE_NAME 2.0    /* ids, when the whole text is one name */
#define WEIGHT_WORDS_OF_NAME 0.7 /* the words of a known name, when its ids are not there */
#define WEIGHT_GENERIC 0.8       /* ids of generic words (president) */
#define WEIGHT_FORM 0.3          /* a legal form, which need not match */
#define RUN_CHARS 8              /* a longer run of Han is no name */
#define WEIGHT_PERSONS 0.5       /* ids of those who have the only word as family name */
#define WEIGHT_NEAR 0.5          /* words that stand together */
#define NEAR_DOCUMENTS 2000      /* of a place's id, each of which takes six microseconds */
#define COMMON_DOCUMENTS 4       /* a place that more have tells no body */
#define WEIGHT_ALONE 2.0         /* a record that is the known body and nothing else */
#define WEIGHT_CORE 0.1          /* one whose name is a body's own word */
#define LONG_WORDS 5
#define WEIGHT_EITHER 0.5   /* one of two names that a slash parts */
#define WEIGHT_COMPOUND 0.3 /* an Arabic name of two words written as one, or as two */
#define WEIGHT_PARTIAL 0.1  /* broad mode: some of the words; in texts: the one that tells */

#define OTHER_TEXTS 2 /* one with compounds joined, one with compounds apart */

/* What the planning of one text collects. */
typedef struct text_plan {
    const uint8_t *optional;    /* units that need not match */
    aln_node_list words, maybe; /* of the others, and of those */
    aln_node_list fathers;      /* patronymics among those, also as less sure guesses */
    aln_node_list parts;        /* words and names that must match, with all that they may be */
    aln_node_list generic;      /* those of them that are generic words */
    size_t places;              /* how many of the others are places */
    size_t common;              /* and of those, that many documents have */
    const aln_query_node *name; /* ids, if the whole text is one name */
    int is_long;                /* so many words bear each other out that guesses need no other support */
} text_plan;

/* Function words that a query for a name may have and a translation may not: they need not match. Only as parts of
 * longer texts; a character only within a run, where it joins what stands beside it (导弹与防务). */
static int is_particle(const aln_planner *p, const aln_unit *unit)
{
    const aln_word *w = unit->word;
    if ((w->flags & ALN_FOLD_ALL_CAPITALS) || ((unit->flags & ALN_UNIT_CHAR) && !aln_unit_goes_on(unit)))
        return 0;
    for (size_t i = 0; i < p->scan.language_count; i++)
        if (aln_language_particle(p->scan.languages[i], w->exact, w->exact_len))
            return 1;
    return 0;
}

/* Whether units first to last - 1 are function words only. */
static int all_particles(const aln_planner *p, const aln_window *window, size_t first, size_t last)
{
    while (first < last && is_particle(p, &window->units[first]))
        first++;
    return first == last;
}

/* One word, or a run of characters without spaces, as far as all of it must match or none: units i to *end - 1. */
static const aln_query_node *plan_item(aln_planner *p, const aln_window *window, size_t i, size_t limit, size_t *end,
                                       size_t offset, const char *field, aln_freedom freedom, const uint8_t *optional)
{
    *end = i + 1;
    if (!(window->units[i].flags & ALN_UNIT_CHAR))
        return aln_plan_word(p, &window->units[i], offset, field, freedom);
    while (*end < limit && aln_unit_goes_on(&window->units[*end]) && optional[*end] == optional[i])
        ++*end;
    return aln_plan_run(p, window, i, *end, offset, field, freedom);
}

/* The words of units first to last - 1, without the function words unless there is nothing else, to the list of those
 * that must match, and to that of all words; where a word need not match, to that of the optional ones only. 0 =
 * failure, recorded. */
static int plan_words(aln_planner *p, const aln_window *window, size_t first, size_t last, size_t offset,
                      const char *field, aln_freedom freedom, text_plan *text, aln_node_list *must)
{
    int every = freedom == ALN_EXACT || all_particles(p, window, first, last);
    for (size_t i = first, end; i < last; i = end) {
        const aln_query_node *item = plan_item(p, window, i, last, &end, offset, field, freedom, text->optional);
        if (!item)
            return 0;
        if (!every && all_particles(p, window, i, end))
            continue;
        const aln_query_node *sure = text->is_long ? item : aln_plan_sure(p, item);
        int ok = text->optional[i] == ALN_FATHERS ? aln_list_add(p->arena, &text->fathers, item) : 1;
        ok = ok &&
             (text->optional[i] ? aln_list_add(p->arena, &text->maybe, sure)
                                : aln_list_add(p->arena, must, item) && aln_list_add(p->arena, &text->words, sure));
        if (!ok) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

/* How many documents have an entity's id, whatever stands behind it. 0 = failure, recorded. */
static int documents_with(aln_planner *p, uint32_t entity, uint64_t *documents)
{
    const aln_vocabulary *v = p->options->vocabulary;
    char id[ALN_ENTITY_TERM];
    const char *term;
    size_t found_len, len = aln_entity_term(p->analyzer->lexicon, entity, 0, id);
    uint32_t found = 0;
    int code = v->seek(v->ctx, ALN_TERM_ENTITY, id, len, &term, &found_len, &found);
    while (!code && term && found_len >= len && !memcmp(term, id, len)) {
        if (found_len == len || term[len] == '~')
            *documents += found;
        code = v->next(v->ctx, &term, &found_len, &found);
    }
    if (code)
        aln_plan_fail(p, code);
    return !code;
}

/* Whether it is known without reading positions that the words of the name that the text begins with stand together: a
 * person's do where the id is, and positions are dear to read in the many documents of who is often in the news, as of
 * places with so many. Of a body more names are unknown. */
static int stands_together(aln_planner *p, const aln_window *window)
{
    uint64_t documents = 0;
    for (size_t i = 0; i < window->found_count && !window->found[i].first; i++) {
        const char *kind = aln_entity_kind(p->analyzer->lexicon, window->found[i].entity);
        if (!i && strcmp(kind, "person") == 0)
            return 1;
        if (!p->options->vocabulary || (!i && !aln_kind_is_place(kind)) ||
            !documents_with(p, window->found[i].entity, &documents))
            return 0;
    }
    return documents > NEAR_DOCUMENTS;
}

/* Terms of the words with positions, for NEAR. */
static const aln_query_node *plan_near(aln_planner *p, const aln_window *window, size_t offset, const char *field,
                                       const text_plan *text)
{
    aln_node_list places = {NULL, 0, 0};
    for (size_t i = 0; i < window->unit_count; i++) {
        if (text->optional[i] || is_particle(p, &window->units[i]))
            continue;
        const aln_query_node *place = aln_plan_place(p, window, i, offset, field, ALN_FREE);
        if (!place || !aln_list_add(p->arena, &places, place))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    if (places.count < 2)
        return NULL;
    return aln_node_window(p->arena, ALN_Q_NEAR, (uint32_t)places.count + 1, &places);
}

/* Scans a part of the query into the analyzer's window, to be looked for as a word or as a name of several. */
static int scan_as(aln_planner *p, size_t start, size_t end, int purpose)
{
    size_t pos = 0, len = end - start;
    p->scan.query = purpose;
    aln_memo_clear(&p->analyzer->query_memo);
    int status = aln_scan(&p->analyzer->query_memo, p->query + start, len, &pos, &p->scan, &p->analyzer->window);
    if (!status)
        status = aln_find_names(p->analyzer->lexicon, &p->scan, &p->analyzer->window);
    if (!status) {
        aln_context context;
        aln_context_begin(&context, p->analyzer->lexicon, p->scan.language);
        aln_context_order(&context, &p->analyzer->window);
    }
    return status;
}

int aln_plan_scan(aln_planner *p, size_t start, size_t end)
{
    size_t words = 0, pos = 0, len = end - start, run_end = SIZE_MAX;
    p->demonyms = (p->options->flags & ALN_QUERY_BROAD) != 0;
    p->firm = p->form = 0;
    while (pos < len) { /* a name of several words is stronger evidence, so its words may be looser */
        aln_segment seg = aln_segment_next(p->query + start, len, pos);
        pos = seg.end;
        words += seg.kind == ALN_SEGMENT_WORD || (seg.kind == ALN_SEGMENT_CHAR && seg.start != run_end);
        if (seg.kind == ALN_SEGMENT_CHAR)
            run_end = seg.end;
    }
    return scan_as(p, start, end, words > 1 ? ALN_KEYS_NAME : ALN_KEYS_WORD);
}

/* The unit behind this one at which the next name begins; the end of the window if there is none. */
static size_t next_name(const aln_window *window, size_t unit)
{
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].first > unit)
            return window->found[i].first;
    return window->unit_count;
}

static int all_optional(const text_plan *text, size_t first, size_t end)
{
    while (first < end && text->optional[first])
        first++;
    return first == end;
}

/* A name of the gazetteer at units first to end - 1: its words or its ids. NULL without failure if it need not match.
 */
static const aln_query_node *plan_name(aln_planner *p, const aln_window *window, size_t first, size_t end,
                                       const aln_query_node *ids, const aln_query_node *inside, uint32_t flags,
                                       size_t offset, const char *field, text_plan *text)
{
    if (aln_is_generic_word(flags))
        ids = aln_node_scale(p->arena, WEIGHT_GENERIC, ids);
    if (!ids)
        return aln_plan_fail(p, ALN_ENOMEM);
    if (all_optional(text, first, end)) {
        if (!aln_list_add(p->arena, &text->maybe, aln_node_scale(p->arena, WEIGHT_FORM, ids)))
            return aln_plan_fail(p, ALN_ENOMEM);
        return NULL;
    }
    /* One word of several that happens to be a name may as well be a part of another's: David Owen, Mel Martinez; what
     * names of bodies are made of as well be their own word: Drake LLC. Beside a legal form a place is a firm: Epirus,
     * Inc. */
    aln_freedom freedom =
        (end - first == 1 && (p->scan.query == ALN_KEYS_NAME || (p->form && !aln_is_generic_word(flags)))) ||
                (flags & ALN_NAME_TITLE)
            ? ALN_FREE
            : ALN_KNOWN;
    aln_node_list must = {NULL, 0, 0};
    if (!plan_words(p, window, first, end, offset, field, freedom, text, &must))
        return NULL;
    if (!must.count)
        return ids;
    const aln_query_node *words = aln_plan_together(p, &must);
    if (end - first > 1)
        words = aln_node_scale(p->arena, WEIGHT_WORDS_OF_NAME, words);
    /* Where that is all that was asked for, its words inside of a longer name are not meant. */
    if (words && inside && text->name == ids)
        words = aln_node_pair(p->arena, ALN_Q_AND_NOT, words, inside);
    const aln_query_node *node = words ? aln_node_pair(p->arena, ALN_Q_MAX, words, ids) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

/* Counts the name at a unit if it is that of a place. 0 = failure, recorded. */
static int count_place(aln_planner *p, const aln_window *window, size_t unit, text_plan *text)
{
    uint64_t documents = 0;
    for (size_t i = 0; i < window->found_count; i++) {
        if (window->found[i].first != unit)
            continue;
        if (!aln_kind_is_place(aln_entity_kind(p->analyzer->lexicon, window->found[i].entity)))
            return 1;
        if (p->options->vocabulary && !documents_with(p, window->found[i].entity, &documents))
            return 0;
    }
    text->places++;
    text->common += documents > COMMON_DOCUMENTS;
    return 1;
}

/* The names and the words between them, units first to last - 1, into the list of parts that must match. 0 = failure,
 * recorded. */
static int plan_parts(aln_planner *p, const aln_window *window, size_t first, size_t last, int exact, size_t offset,
                      const char *field, text_plan *text, aln_node_list *parts)
{
    for (size_t i = first, end; i < last; i = end) {
        uint32_t span = 0, flags = 0;
        const aln_query_node *inside = NULL,
                             *ids = exact ? NULL : aln_plan_ids(p, window, i, offset, field, &span, &flags, &inside);
        int ok;
        if (ids) {
            end = i + span;
            if (i == 0 && all_optional(text, end, window->unit_count))
                text->name = ids;
            const aln_query_node *name = plan_name(p, window, i, end, ids, inside, flags, offset, field, text);
            ok = aln_list_add(p->arena, parts, name) &&
                 (!aln_is_generic_word(flags) || aln_list_add(p->arena, &text->generic, name));
            if (name && !aln_is_generic_word(flags))
                ok = ok && count_place(p, window, i, text);
        } else {
            end = exact ? window->unit_count : next_name(window, i);
            if (end > last)
                end = last;
            /* beside other parts function words need not match */
            if (!exact && (i > 0 || end < window->unit_count) && all_particles(p, window, i, end))
                continue;
            ok = plan_words(p, window, i, end, offset, field, exact ? ALN_EXACT : ALN_FREE, text, parts);
        }
        if (p->code || !ok) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

/* The end of a run of characters at a unit that begins with known names but may be another name as a whole, or up to
 * *head, where generic words follow (else the run's end). 0 if there is none. */
static size_t name_in_run(const aln_window *window, size_t first, size_t *head)
{
    const aln_unit *u = window->units;
    if (!(u[first].flags & ALN_UNIT_CHAR) || (first && aln_unit_goes_on(&u[first])))
        return 0;
    size_t end = first + 1;
    while (end < window->unit_count && aln_unit_goes_on(&u[end]))
        end++;
    *head = aln_run_head(window, first, end, 0);
    if (!*head)
        *head = end;
    int within = 0;
    for (size_t i = 0; i < window->found_count; i++) {
        size_t from = window->found[i].first, to = from + window->found[i].span;
        if (from >= end || to <= first)
            continue;
        if (from < first || to > end || (from == first && to == end))
            return 0;
        within |= from < *head;
    }
    return within && *head - first <= RUN_CHARS ? end : 0;
}

/* All of a text that must match. */
static const aln_query_node *plan_all(aln_planner *p, const aln_window *window, int exact, size_t offset,
                                      const char *field, text_plan *text)
{
    aln_node_list parts = {NULL, 0, 0};
    for (size_t i = 0, end, head; i < window->unit_count; i = end) {
        size_t run = exact ? 0 : name_in_run(window, i, &head);
        if (!run) {
            for (end = i + 1; end < window->unit_count && (exact || !name_in_run(window, end, &head));)
                end++;
            if (!plan_parts(p, window, i, end, exact, offset, field, text, &parts))
                return NULL;
            continue;
        }
        end = run;
        aln_node_list inner = {NULL, 0, 0};
        const aln_query_node *whole = aln_plan_run(p, window, i, head, offset, field, ALN_FREE);
        if (!whole || !plan_parts(p, window, i, head, 0, offset, field, text, &inner))
            return aln_plan_fail(p, ALN_ENOMEM);
        const aln_query_node *either = aln_node_pair(p->arena, ALN_Q_MAX, aln_plan_together(p, &inner), whole);
        if (!either || !aln_list_add(p->arena, &parts, either))
            return aln_plan_fail(p, ALN_ENOMEM);
        if (head < end && !plan_parts(p, window, head, end, 0, offset, field, text, &parts))
            return NULL;
    }
    text->parts = parts;
    return exact ? aln_node_group(p->arena, ALN_Q_AND, &parts) : aln_plan_whole(p, parts.count ? &parts : &text->maybe);
}

/* Whether a text names a body: it has a generic word that must match, and something else. */
static int names_body(const aln_window *window, const uint8_t *optional)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (aln_is_generic_word(f->flags) && !optional[f->first] && f->span < window->unit_count)
            return 1;
    }
    return 0;
}

/* Whether documents may be names and nothing else. */
static int has_records(const aln_planner *p)
{
    return !(p->options->flags & ALN_QUERY_TEXTS) && (!p->options->vocabulary || p->records.several);
}

/* Whether a text has a legal form, which need not match. */
static int has_form(const aln_window *window, const uint8_t *optional)
{
    for (size_t i = 0; i < window->found_count; i++)
        if ((window->found[i].flags & ALN_NAME_OPTIONAL) && optional[window->found[i].first])
            return 1;
    return 0;
}

/* A name with a patronymic, which documents may lack; but a record of as many words that has it not has another one. */
static const aln_query_node *plan_fathers(aln_planner *p, const aln_query_node *name, const text_plan *text)
{
    aln_node_list all = {NULL, 0, 0};
    if (!p->records.as_long)
        return name;
    int ok = aln_list_add(p->arena, &all, name);
    for (size_t i = 0; ok && i < text->fathers.count; i++)
        ok = aln_list_add(p->arena, &all, text->fathers.items[i]);
    const aln_query_node *with = ok ? aln_node_group(p->arena, ALN_Q_AND, &all) : NULL,
                         *without = aln_node_pair(p->arena, ALN_Q_AND_NOT, name, p->records.as_long),
                         *node = with && without ? aln_node_pair(p->arena, ALN_Q_MAX, with, without) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

static int is_among(const aln_node_list *list, const aln_query_node *node)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == node)
            return 1;
    return 0;
}

/* The first part that is no generic word; NULL if there is none. */
static const aln_query_node *own_part(const text_plan *text)
{
    for (size_t i = 0; i < text->parts.count; i++)
        if (!is_among(&text->generic, text->parts.items[i]))
            return text->parts.items[i];
    return NULL;
}

/* Ways in which a record of a list is the same body, though words of the name are wanting in it. 0 = failure, which is
 * recorded, or out of memory. */
static int add_records(aln_planner *p, const aln_window *window, size_t offset, const char *field,
                       const text_plan *text, aln_node_list *ways)
{
    const size_t parts = text->parts.count, generic = text->generic.count;
    if (!has_records(p))
        return 1;
    if (!aln_list_add(p->arena, ways, aln_plan_acronyms(p, window, text->optional, offset, field, &text->words)) ||
        p->code)
        return 0;
    if (text->name)
        return aln_list_add(p->arena, ways,
                            aln_node_scale(p->arena, WEIGHT_ALONE,
                                           aln_plan_body_alone(p, window, text->optional, offset, field))) &&
               !p->code;
    if (!p->firm)
        return 1;
    if (parts == generic + 1 && !text->places &&
        (!aln_list_add(p->arena, ways, aln_node_scale(p->arena, WEIGHT_CORE, aln_plan_core(p, own_part(text)))) ||
         p->code))
        return 0;
    return parts <= generic + text->common ||
           (aln_list_add(p->arena, ways, aln_plan_but_generic(p, &text->parts, &text->generic)) && !p->code);
}

/* Ways in which words may be wanting, of a person's name as well; what is asked for is said in the options' flags. 0 as
 * add_records(). */
static int add_partial(aln_planner *p, const aln_window *window, size_t offset, const text_plan *text,
                       aln_node_list *ways)
{
    const aln_query_node *partial = NULL;
    if (!text->name && !aln_list_add(p->arena, ways, aln_plan_but_one(p, window, &text->words)))
        return 0;
    if (!text->name && !(p->options->flags & ALN_QUERY_TEXTS) &&
        !aln_list_add(p->arena, ways, aln_plan_most(p, window, &text->words)))
        return 0;
    if (!text->name && !p->firm && !aln_list_add(p->arena, ways, aln_plan_two(p, window, &text->words)))
        return 0;
    if ((p->options->flags & ALN_QUERY_BROAD) && text->words.count > 1)
        partial = aln_node_group(p->arena, ALN_Q_OR, &text->words);
    else if (p->options->flags & ALN_QUERY_TEXTS)
        partial = aln_plan_telling(p, window, &text->words, offset);
    else if (p->options->vocabulary)
        partial = aln_plan_family_alone(p, window, &text->words, offset);
    return aln_list_add(p->arena, ways, aln_node_scale(p->arena, WEIGHT_PARTIAL, partial)) && !p->code;
}

/* others: texts to plan as well, which it tells; NULL where this is one of them, in which nothing may be wanting that
 * is there in the text itself. */
static const aln_query_node *plan_one_text(aln_planner *p, const aln_syntax *syntax, aln_other_text *others)
{
    int exact = syntax->exact || (p->options->flags & ALN_QUERY_EXACT) != 0;
    const char *field = syntax->field ? syntax->field->name : NULL;
    size_t offset = syntax->start;
    int status = aln_plan_scan(p, syntax->start, syntax->end);
    if (status)
        return aln_plan_fail(p, status);
    const aln_window *window = &p->analyzer->window;
    for (int apart = 0; others && !exact && apart < OTHER_TEXTS; apart++)
        if (!aln_plan_other_text(p, window, syntax->start, syntax->end, apart, &others[apart]))
            return NULL;
    uint8_t *optional = aln_arena_new(p->arena, window->unit_count + 1);
    if (!optional)
        return aln_plan_fail(p, ALN_ENOMEM);
    if (exact) {
        memset(optional, 0, window->unit_count);
    } else {
        aln_mark_optional(window, optional);
        aln_mark_articles(window, optional);
        aln_mark_country(p->analyzer->lexicon, window, optional);
        aln_mark_division(window, p->query + offset, optional);
        aln_mark_qualifier(p->analyzer->lexicon, window, p->query + offset, optional);
        aln_mark_outside_quotes(window, p->query + offset, syntax->end - syntax->start, optional);
    }
    /* One word that counts is a word alone, whatever stands beside it. */
    size_t wanted = 0;
    for (size_t i = 0; i < window->unit_count; i++)
        wanted += !optional[i] && !is_particle(p, &window->units[i]) && !(i && aln_unit_goes_on(&window->units[i]));
    if (wanted < 2 && p->scan.query == ALN_KEYS_NAME &&
        (status = scan_as(p, syntax->start, syntax->end, ALN_KEYS_WORD)) != ALN_OK)
        return aln_plan_fail(p, status);
    /* the Kazakh parliament is Kazakhstan's, and 美国光子公司 American Photonics */
    int body = names_body(window, optional);
    p->demonyms |= body;
    p->form = has_form(window, optional);
    p->firm = body || p->form;
    memset(&p->records, 0, sizeof p->records);
    if (!exact && !aln_plan_records(p, p->query + offset, window))
        return NULL;
    text_plan text = {.optional = optional, .is_long = wanted >= LONG_WORDS};
    const aln_query_node *node = plan_all(p, window, exact, offset, field, &text);
    if (!node || exact)
        return node;
    if (text.fathers.count && text.words.count && !(node = plan_fathers(p, node, &text)))
        return NULL;
    aln_node_list ways = {NULL, 0, 0};
    const aln_query_node *near =
        window->unit_count > 1 && window->unit_count <= 8 && !(text.name && stands_together(p, window))
            ? plan_near(p, window, offset, field, &text)
            : NULL;
    if (text.maybe.count && text.words.count)
        node = aln_node_pair(p->arena, ALN_Q_AND_MAYBE, node, aln_node_group(p->arena, ALN_Q_OR, &text.maybe));
    if (near)
        node = aln_node_pair(p->arena, ALN_Q_AND_MAYBE, node, aln_node_scale(p->arena, WEIGHT_NEAR, near));
    int ok = node && aln_list_add(p->arena, &ways, node);
    if (text.name)
        ok = ok && aln_list_add(p->arena, &ways, aln_node_scale(p->arena, WEIGHT_WHOLE_NAME, text.name));
    ok = ok && aln_list_add(p->arena, &ways,
                            aln_node_scale(p->arena, WEIGHT_PERSONS, aln_plan_persons(p, window, offset, field)));
    ok = ok && aln_plan_joined(p, window, offset, field, &text.words, &ways);
    ok = ok && add_records(p, window, offset, field, &text, &ways);
    if (ok && p->firm)
        ok = aln_list_add(p->arena, &ways, aln_plan_japanese_firm(p, window, optional, offset, field));
    if (ok && p->options->vocabulary && p->scan.query == ALN_KEYS_NAME)
        ok = aln_list_add(p->arena, &ways, aln_plan_as_one_run(p, window, optional, offset, field));
    ok = ok && (!others || add_partial(p, window, offset, &text, &ways));
    node = ok && !p->code ? aln_node_group(p->arena, ALN_Q_OR, &ways) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

/* Leaves out the spaces at a part's ends; whether several words are left. */
static int trim(const char *query, size_t *start, size_t *end)
{
    while (*start < *end && query[*start] == ' ')
        ++*start;
    while (*start < *end && query[*end - 1] == ' ')
        --*end;
    return memchr(query + *start, ' ', *end - *start) != NULL;
}

/* A text, also with its Arabic names of two words written as one, or those of one as two. */
static const aln_query_node *plan_text(aln_planner *p, const aln_syntax *syntax)
{
    aln_other_text others[OTHER_TEXTS] = {{0}};
    aln_node_list ways = {NULL, 0, 0};
    const char *query = p->query;
    int ok = aln_list_add(p->arena, &ways, plan_one_text(p, syntax, others));
    for (size_t i = 0; ok && !p->code && i < OTHER_TEXTS; i++) {
        if (!others[i].len)
            continue;
        aln_syntax whole = *syntax;
        whole.start = 0;
        whole.end = others[i].len;
        p->query = others[i].text;
        const aln_query_node *node = plan_one_text(p, &whole, NULL);
        p->query = query;
        if (node)
            aln_node_move(node, others[i].from, others[i].to, others[i].len);
        ok = aln_list_add(p->arena, &ways, aln_node_scale(p->arena, WEIGHT_COMPOUND, node));
    }
    if (!ok)
        return aln_plan_fail(p, ALN_ENOMEM);
    return p->code ? NULL : aln_node_group(p->arena, ALN_Q_MAX, &ways);
}

/* A text; where a slash parts it in two names, each of several words, they are two names of one, and either will do. */
const aln_query_node *aln_plan_text(aln_planner *p, const aln_syntax *syntax)
{
    const char *slash = memchr(p->query + syntax->start, '/', syntax->end - syntax->start);
    aln_syntax part[2] = {*syntax, *syntax};
    aln_node_list ways = {NULL, 0, 0};
    if (slash) {
        part[0].end = (size_t)(slash - p->query);
        part[1].start = part[0].end + 1;
    }
    if (!slash || syntax->exact || (p->options->flags & ALN_QUERY_EXACT) ||
        !trim(p->query, &part[0].start, &part[0].end) || !trim(p->query, &part[1].start, &part[1].end))
        return plan_text(p, syntax);
    int ok = aln_list_add(p->arena, &ways, plan_text(p, syntax));
    for (int i = 0; ok && i < 2; i++)
        ok = aln_list_add(p->arena, &ways, aln_node_scale(p->arena, WEIGHT_EITHER, plan_text(p, &part[i])));
    return ok && !p->code ? aln_node_group(p->arena, ALN_Q_OR, &ways) : aln_plan_fail(p, ALN_ENOMEM);
}
