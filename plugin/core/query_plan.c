/*
 * Planning a query: its operators and phrases, and the languages that its words are read in. What a text of words means
 * is query_text.c's work.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_plan.h"
#include "error.h"
#include "key.h"
#include "query_names.h"
#include <string.h>

/* A known name in a phrase, by other names of its own: beside other words one of them may have several words, of which
 * the phrase meets the first or the last. Such a word alone may be anything, so the documents must have the id. NULL on
 * failure. */
static const aln_query_node *plan_named_place(aln_planner *p, const aln_window *window, size_t unit, uint32_t span,
                                              const aln_query_node *ids, size_t offset, const char *field,
                                              aln_node_list *wanted)
{
    aln_node_list one = {NULL, 0, 0};
    unsigned which = (unit ? ALN_NAMES_FIRST_WORD : 0) | (unit + span < window->unit_count ? ALN_NAMES_LAST_WORD : 0);
    const aln_query_node *own = span == 1 ? aln_plan_place(p, window, unit, offset, field, ALN_FREE) : ids;
    int ok = own && aln_list_add_terms_of(p->arena, &one, own);
    if (ok && which)
        ok = aln_plan_keys_of_ids(p, ids, which, &one) &&
             aln_list_add(p->arena, wanted, aln_node_scale(p->arena, 0.0, ids));
    return ok ? aln_node_group(p->arena, ALN_Q_OR, &one) : NULL;
}

/* A phrase: the words in order, each in any spelling; where a known name stands in it, its other names may stand
 * instead. */
static const aln_query_node *plan_phrase(aln_planner *p, const aln_syntax *syntax)
{
    int exact = (p->options->flags & ALN_QUERY_EXACT) != 0;
    const char *field = syntax->field ? syntax->field->name : NULL;
    size_t offset = syntax->start;
    int status = aln_plan_scan(p, syntax->start, syntax->end);
    if (status)
        return aln_plan_fail(p, status);
    const aln_window *window = &p->analyzer->window;
    aln_node_list ways = {NULL, 0, 0};
    for (int by_ids = 0; by_ids < 2; by_ids++) {
        aln_node_list places = {NULL, 0, 0}, all = {NULL, 0, 0};
        int names = 0;
        for (size_t i = 0; i < window->unit_count;) {
            uint32_t span = 0, flags;
            const aln_query_node *place, *inside,
                *ids = by_ids ? aln_plan_ids(p, window, i, offset, field, &span, &flags, &inside) : NULL;
            if (ids && (span > 1 || span < window->unit_count)) {
                place = plan_named_place(p, window, i, span, ids, offset, field, &all);
                i += span;
                names++;
            } else {
                place = aln_plan_place(p, window, i++, offset, field, exact ? ALN_EXACT : ALN_FREE);
            }
            if (!place || !aln_list_add(p->arena, &places, place))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
        if ((by_ids && !names) || !places.count)
            break;
        const aln_query_node *phrase = aln_node_window(p->arena, ALN_Q_PHRASE, 0, &places);
        if (all.count) /* the phrase first: its terms are what counts */
            phrase = aln_node_pair(p->arena, ALN_Q_AND, phrase, aln_node_group(p->arena, ALN_Q_AND, &all));
        if (!phrase || !aln_list_add(p->arena, &ways, phrase))
            return aln_plan_fail(p, ALN_ENOMEM);
        if (exact)
            break;
    }
    return aln_node_group(p->arena, ALN_Q_OR, &ways);
}

static const aln_query_node *plan(aln_planner *p, const aln_syntax *syntax);

/* NEAR joins words and phrases' words; what has no positions in it (a parenthesis with operators) cannot be near. */
static const aln_query_node *plan_syntax_near(aln_planner *p, const aln_syntax *syntax)
{
    aln_node_list places = {NULL, 0, 0};
    for (const aln_syntax *s = syntax->child; s; s = s->next) {
        if (s->kind != ALN_SYNTAX_TEXT && s->kind != ALN_SYNTAX_PHRASE)
            return aln_plan_fail(p, ALN_ESYNTAX);
        int status = aln_plan_scan(p, s->start, s->end);
        if (status)
            return aln_plan_fail(p, status);
        for (size_t i = 0; i < p->analyzer->window.unit_count; i++) {
            const aln_query_node *place =
                aln_plan_place(p, &p->analyzer->window, i, s->start, s->field ? s->field->name : NULL,
                               s->exact || (p->options->flags & ALN_QUERY_EXACT) ? ALN_EXACT : ALN_FREE);
            if (!place || !aln_list_add(p->arena, &places, place))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
    }
    return aln_node_window(p->arena, ALN_Q_NEAR, syntax->window + (uint32_t)places.count, &places);
}

static const aln_query_node *plan_and(aln_planner *p, const aln_syntax *syntax)
{
    aln_node_list yes = {NULL, 0, 0}, no = {NULL, 0, 0};
    for (const aln_syntax *s = syntax->child; s; s = s->next) {
        int negative = s->kind == ALN_SYNTAX_NOT;
        const aln_query_node *node = plan(p, negative ? s->child : s);
        if (p->code || !aln_list_add(p->arena, negative ? &no : &yes, node))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_AND, &yes);
    if (!no.count)
        return node;
    aln_node_list both = {NULL, 0, 0};
    if (!aln_list_add(p->arena, &both, node ? node : aln_node_empty(p->arena, ALN_Q_ALL)))
        return aln_plan_fail(p, ALN_ENOMEM);
    for (size_t i = 0; i < no.count; i++)
        if (!aln_list_add(p->arena, &both, no.items[i]))
            return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_group(p->arena, ALN_Q_AND_NOT, &both);
}

static const aln_query_node *plan_or(aln_planner *p, const aln_syntax *syntax)
{
    aln_node_list ways = {NULL, 0, 0};
    for (const aln_syntax *s = syntax->child; s; s = s->next) {
        const aln_query_node *node = plan(p, s);
        if (p->code || !aln_list_add(p->arena, &ways, node))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_node_group(p->arena, ALN_Q_OR, &ways);
}

static const aln_query_node *plan(aln_planner *p, const aln_syntax *s)
{
    const char *q = p->query;
    switch (s->kind) {
    case ALN_SYNTAX_TEXT:
        return aln_plan_text(p, s);
    case ALN_SYNTAX_PHRASE:
        return plan_phrase(p, s);
    case ALN_SYNTAX_AND:
        return plan_and(p, s);
    case ALN_SYNTAX_OR:
        return plan_or(p, s);
    case ALN_SYNTAX_NEAR:
        return plan_syntax_near(p, s);
    case ALN_SYNTAX_FIELD:
        return aln_node_range(p->arena, ALN_Q_FILTER, s->field->name, q + s->start, s->end - s->start, "", 0, s->start,
                              s->end);
    case ALN_SYNTAX_RANGE:
        return aln_node_range(p->arena, ALN_Q_RANGE, s->field->name, q + s->start, s->end - s->start, q + s->start2,
                              s->end2 - s->start2, s->start, s->end2);
    case ALN_SYNTAX_NOT: /* stands in an AND only */
        break;
    }
    return NULL;
}

/* The languages to read the query's words in: the one given, those of the index, or the usual ones; and always none in
 * particular. */
static aln_status choose_languages(aln_planner *p, aln_error *err)
{
    const aln_analyzer *a = p->analyzer;
    size_t n = 0;
    const char *list = p->options->language && *p->options->language && strcmp(p->options->language, "und") != 0
                           ? p->options->language
                           : p->options->index_languages;
    uint8_t chosen[ALN_LANGUAGES_MAX] = {0};
    int any = 0;
    for (const char *tag = list; tag && *tag;) {
        size_t len = strcspn(tag, ",");
        unsigned language = aln_language_find(tag, len);
        if (language != ALN_NO_LANGUAGE) {
            chosen[language] = 1;
            any = 1;
            for (unsigned i = 0; i < aln_language_count; i++) /* the language's other scripts */
                if (aln_languages_same(language, i))
                    chosen[i] |= aln_language_in_script(language, aln_languages[i].script) == i;
        } else if (list == p->options->language) {
            return aln_fail(err, ALN_EUNKNOWN, 0, "unknown language \"%.*s\"", (int)(len < 40 ? len : 40), tag);
        }
        tag += len + (tag[len] == ',');
    }
    for (size_t i = 0; i < a->expected_count; i++) {
        unsigned language = a->expected[i];
        int general = strncmp(aln_languages[language].tag, "und", 3) == 0;
        if (general ? aln_languages[language].rank == 1 : any ? chosen[language] : aln_languages[language].rank == 1)
            p->languages[n++] = (uint8_t)language;
    }
    p->scan.languages = p->languages;
    p->scan.language_count = n;
    return ALN_OK;
}

int aln_query_plan(aln_analyzer *analyzer, const aln_query_options *options, const char *query, size_t len,
                   const aln_query_node **out, aln_error *err)
{
    aln_query_options defaults = ALN_QUERY_OPTIONS_INIT;
    if (!out)
        return aln_fail(err, ALN_EINVAL, 0, "no place for the plan");
    *out = NULL;
    if (options && options->struct_size != sizeof *options)
        return aln_fail(err, ALN_EINVAL, 0, "options of another version");
    if (options && options->report) {
        if (options->report->struct_size != sizeof *options->report)
            return aln_fail(err, ALN_EINVAL, 0, "a report of another version");
        options->report->lookups = 0;
        options->report->cut = 0;
    }
    aln_planner p;
    memset(&p, 0, sizeof p);
    p.analyzer = analyzer;
    p.arena = &analyzer->plan;
    p.options = options ? options : &defaults;
    p.query = query;
    p.scan.language = ALN_NO_LANGUAGE;
    p.scan.query = ALN_KEYS_WORD;
    p.scan.names = analyzer->options.names;
    p.scan.as_of = analyzer->options.as_of;
    aln_arena_clear(p.arena);
    aln_status status = choose_languages(&p, err);
    if (status != ALN_OK)
        return status;
    aln_syntax text = {ALN_SYNTAX_TEXT, 0, NULL, 0, len, 0, 0, 0, NULL, NULL}, *syntax = &text;
    if (!(p.options->flags & ALN_QUERY_PLAIN)) {
        status = aln_query_parse(p.arena, query, len, p.options->fields, p.options->field_count, &syntax, err);
        if (status != ALN_OK)
            return status;
    }
    const aln_query_node *node = syntax ? plan(&p, syntax) : NULL;
    if (!p.code && !node)
        node = aln_node_empty(p.arena, ALN_Q_NOTHING);
    if (p.code || !node)
        return aln_fail(err, p.code < 0 ? (aln_status)p.code : ALN_ENOMEM, 0, "%s",
                        p.code == ALN_ESYNTAX ? "query: NEAR joins words and phrases only"
                                              : aln_strerror(p.code ? p.code : ALN_ENOMEM)),
               p.code ? p.code : ALN_ENOMEM;
    *out = node;
    return ALN_OK;
}
