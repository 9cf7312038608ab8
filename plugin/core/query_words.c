/*
 * What one word of a query may be: its exact form, its stems in every language that may be meant, its name keys, the
 * gazetteer's ids.
 *
 * SPDX-License-Identifier: MIT
 */
#include "key.h"
#include "lexicon.h"
#include "query_evidence.h"
#include "query_names.h"
#include "same.h"
#include "utf8.h"
#include <string.h>

/* Shorter keys of a word that stands alone say nothing: a skeleton's mark and three consonants, or three sounds. */
#define SKELETON_BYTES 4
#define KEY_BYTES 3
/* Of a name whose ids are searched as well. */
#define SKELETON_BYTES_KNOWN 5
#define KEY_BYTES_KNOWN 5
/* Of a word in a script that has vowels, for others that have them. */
#define OWN_SKELETON_BYTES 5
/* Of a Latin word as some language reads it, where the model tells its spellings: Chen is no French Shen, nor Wen the
 * transcription of a Russian Vin. */
#define KEY_BYTES_IN_LANGUAGE 4
#define WEIGHT_KEY 0.5      /* another spelling, by rule */
#define WEIGHT_SKELETON 0.3 /* the same consonants in a script that leaves vowels out */
#define WEIGHT_SAME 0.3     /* another form of the name: Bill, William */
#define SAME_CONFIDENCE 0.1
/* Keys with vowels of a word alone in a script that has a learned model, where the index's own words tell which
 * spellings it has: the model tells Byer from Baj and Baiul, a key does not, and one of consonants least of all. */
#define WEIGHT_KEY_GUIDED 0.1
#define WEIGHT_PEOPLE 0.5  /* inhabitants, when the place was asked for */
#define WEIGHT_DEMONYM 0.4 /* adjectives, the same */
#define WEIGHT_INNER 0.2   /* broad mode: inside a longer name */
#define WEIGHT_OTHER 0.5   /* where another entity of the name is likelier, in the text or in the query */

static aln_term_origin origin_of(const aln_unit *unit, size_t offset, const char *field, const char *rule)
{
    aln_term_origin o = {offset + unit->start, offset + unit->end, field, rule, 1.0, UINT32_MAX};
    return o;
}

const aln_query_node *aln_plan_fail(aln_planner *p, int code)
{
    if (!p->code)
        p->code = code;
    return NULL;
}

/* Keys with vowels, or the skeletons of consonants, which say much less: short ones for other scripts with vowels join
 * too many words (for those without there is the other mark). Every script that has keys has a model, which tells more.
 */
static const aln_query_node *key_terms(aln_planner *p, const aln_word *word, const aln_term_origin *origin,
                                       int skeletons, unsigned least)
{
    aln_node_list keys = {NULL, 0, 0};
    aln_script script = (aln_script)word->script;
    const aln_scheme *scheme = aln_scheme_find(NULL, script);
    int strict = scheme && !aln_scheme_is_abjad(scheme);
    int in_language = script == ALN_SCRIPT_LATN && p->options->vocabulary && p->scan.query == ALN_KEYS_WORD;
    for (unsigned i = 0; i < word->key_count; i++) {
        const aln_form *key = &word->keys[i];
        aln_term_origin o = *origin;
        o.rule = key->rule;
        o.confidence = aln_key_confidence(key->text, key->len);
        int skeleton = key->text[0] >= '0' && key->text[0] <= '9';
        if (skeleton != skeletons || key->len < least ||
            (strict && key->text[0] == '0' && key->len < OWN_SKELETON_BYTES) ||
            (in_language && !skeleton && key->len < KEY_BYTES_IN_LANGUAGE &&
             strcmp(key->rule, aln_script_code(script)) != 0))
            continue;
        if (!aln_list_add_term(p->arena, &keys, ALN_TERM_KEY, key->text, key->len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_node_group(p->arena, ALN_Q_SYNONYM, &keys);
}

/* The other forms of a name: Bill, William; Wong, 黃. */
static const aln_query_node *other_forms(aln_planner *p, const aln_word *word, const aln_term_origin *origin)
{
    aln_node_list forms = {NULL, 0, 0};
    size_t count, first = aln_same_find(word->exact, word->exact_len, &count);
    aln_term_origin o = *origin;
    o.rule = "same name";
    o.confidence = SAME_CONFIDENCE;
    for (size_t i = first; i < first + count; i++) {
        unsigned row = aln_same_forms[i].row;
        for (unsigned m = aln_same_rows[row]; m < aln_same_rows[row + 1u]; m++) {
            const char *text;
            const aln_same_form *form = aln_same_member(m, &text);
            if (form != &aln_same_forms[i] &&
                (!aln_list_add_term(p->arena, &forms, ALN_TERM_STEM, text, form->len, &o) ||
                 !aln_list_add_term(p->arena, &forms, ALN_TERM_EXACT, text, form->len, &o)))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
    }
    return aln_node_group(p->arena, ALN_Q_SYNONYM, &forms);
}

/* Whether the models look for a word's spellings, so that its keys need only find what they do not know. Latin words
 * keep theirs: a key's spelling of Latin letters is as good as a model's. So do Hangul words of three syllables, a
 * whole name's. */
static int is_guided(const aln_planner *p, const aln_word *word)
{
    aln_script script = (aln_script)word->script;
    if (!p->options->vocabulary || p->scan.query != ALN_KEYS_WORD || script == ALN_SCRIPT_LATN ||
        !aln_model_find(script, NULL))
        return 0;
    return script != ALN_SCRIPT_HANG || aln_utf8_count(word->exact, word->exact_len) < 3;
}

/* Whether a word is a country's name: the gazetteer has those of every language, and what only sounds like one is
 * another (Niger, Нигерия). */
static int is_country(const aln_planner *p, const aln_unit *unit)
{
    const aln_window *window = &p->analyzer->window;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (f->span == 1 && &window->units[f->first] == unit &&
            strcmp(aln_entity_kind(p->analyzer->lexicon, f->entity), "country") == 0)
            return 1;
    }
    return 0;
}

const aln_query_node *aln_plan_word(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                                    aln_freedom freedom)
{
    const aln_word *word = unit->word;
    aln_term_origin o = origin_of(unit, offset, field, "exact");
    aln_node_list same = {NULL, 0, 0}, alternatives = {NULL, 0, 0};
    if (freedom != ALN_EXACT && aln_word_is_abbreviation(word) && p->scan.query == ALN_KEYS_WORD) {
        /* alone and in capitals it is not the word that it may be in small letters */
        o.rule = "abbreviation";
        const aln_query_node *node =
            word->key_count ? aln_node_term(p->arena, ALN_TERM_KEY, word->keys[0].text, word->keys[0].len, &o)
                            : aln_node_term(p->arena, ALN_TERM_EXACT, word->exact, word->exact_len, &o);
        return node ? node : aln_plan_fail(p, ALN_ENOMEM);
    }
    int ok = aln_list_add_term(p->arena, &same, ALN_TERM_EXACT, word->exact, word->exact_len, &o);
    for (unsigned i = 0; i < word->stem_count && ok && freedom != ALN_EXACT; i++) {
        o.rule = word->stems[i].rule;
        ok = aln_list_add_term(p->arena, &same, ALN_TERM_STEM, word->stems[i].text, word->stems[i].len, &o);
    }
    ok = ok && aln_list_add(p->arena, &alternatives, aln_node_group(p->arena, ALN_Q_SYNONYM, &same));
    if (ok && freedom != ALN_EXACT) {
        int alone = p->scan.query == ALN_KEYS_WORD, guided = is_guided(p, word);
        unsigned vowelled = !alone ? 0 : freedom == ALN_KNOWN ? KEY_BYTES_KNOWN : KEY_BYTES;
        unsigned bare = freedom == ALN_KNOWN ? SKELETON_BYTES_KNOWN : alone ? SKELETON_BYTES : 0;
        if (freedom == ALN_KNOWN && alone && !(p->options->flags & ALN_QUERY_BROAD) && is_country(p, unit))
            vowelled = bare = ALN_FOLD_MAX; /* no key is as long */
        ok = aln_list_add(
            p->arena, &alternatives,
            aln_node_scale(p->arena, guided ? WEIGHT_KEY_GUIDED : WEIGHT_KEY, key_terms(p, word, &o, 0, vowelled)));
        if (ok && !guided)
            ok = aln_list_add(p->arena, &alternatives,
                              aln_node_scale(p->arena, WEIGHT_SKELETON, key_terms(p, word, &o, 1, bare)));
        if (ok && !alone)
            ok = aln_list_add(p->arena, &alternatives, aln_node_scale(p->arena, WEIGHT_SAME, other_forms(p, word, &o)));
        ok = ok && aln_plan_japanese_key(p, unit, offset, field, &alternatives);
        if (ok && p->options->vocabulary &&
            (!aln_plan_expand(p, unit, offset, field, freedom, &alternatives) ||
             (freedom == ALN_FREE && !aln_plan_parts_of_run(p, unit, offset, field, &alternatives))))
            return NULL;
    }
    const aln_query_node *node = ok && !p->code ? aln_node_group(p->arena, ALN_Q_MAX, &alternatives) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

const aln_query_node *aln_plan_place(aln_planner *p, const aln_window *window, size_t unit, size_t offset,
                                     const char *field, aln_freedom freedom)
{
    const aln_unit *u = &window->units[unit];
    const aln_word *word = u->word;
    aln_term_origin o = origin_of(u, offset, field, "exact");
    aln_node_list places = {NULL, 0, 0};
    int ok = aln_list_add_term(p->arena, &places, ALN_TERM_EXACT, word->exact, word->exact_len, &o);
    for (unsigned i = 0; i < word->key_count && ok && freedom != ALN_EXACT; i++) {
        if (!aln_key_tells_place(&word->keys[i]))
            continue;
        o.rule = word->keys[i].rule;
        ok = aln_list_add_term(p->arena, &places, ALN_TERM_KEY, word->keys[i].text, word->keys[i].len, &o);
    }
    uint32_t span = 0, flags;
    const aln_query_node *inside,
        *ids = freedom == ALN_EXACT ? NULL : aln_plan_ids(p, window, unit, offset, field, &span, &flags, &inside);
    if (ids && span == 1)
        ok = ok && aln_list_add_terms_of(p->arena, &places, ids) && aln_plan_keys_of_ids(p, ids, 0, &places);
    const aln_query_node *node = ok ? aln_node_group(p->arena, ALN_Q_OR, &places) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

/* Whether an entity has names that are no longer in use: most have none, and their term is not asked for. */
static int has_former_names(const aln_lexicon *lexicon, uint32_t entity)
{
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        int now = !name.period_count && !(name.flags & ALN_NAME_HISTORIC);
        for (uint32_t i = 0; i < name.period_count; i++)
            now |= !name.periods[i].to;
        if (!now)
            return 1;
    }
    return 0;
}

/* The same of names of its inhabitants. */
static int has_people(const aln_lexicon *lexicon, uint32_t entity)
{
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        if (name.flags & ALN_NAME_PEOPLE)
            return 1;
    }
    return 0;
}

/* One of the ways in which an entity may be mentioned: terms that weigh the same. */
static int add_way(aln_planner *p, aln_node_list *ways, double weight, const aln_node_list *terms)
{
    if (!terms->count)
        return 1;
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_SYNONYM, terms);
    if (weight != 1)
        node = aln_node_scale(p->arena, weight, node);
    return node && aln_list_add(p->arena, ways, node);
}

const aln_query_node *aln_plan_ids(aln_planner *p, const aln_window *window, size_t unit, size_t offset,
                                   const char *field, uint32_t *span, uint32_t *flags, const aln_query_node **inside)
{
    aln_node_list ids = {NULL, 0, 0}, demonyms = {NULL, 0, 0}, people = {NULL, 0, 0}, inner = {NULL, 0, 0},
                  others = {NULL, 0, 0}, no_words = {NULL, 0, 0};
    int former = p->scan.names != ALN_NAMES_CURRENT, broad = (p->options->flags & ALN_QUERY_BROAD) != 0;
    *span = 0;
    *flags = 0;
    *inside = NULL;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (f->first != unit)
            continue;
        char id[ALN_ENTITY_TERM];
        aln_term_origin o = {offset + window->units[unit].start,
                             offset + window->units[unit + f->span - 1].end,
                             field,
                             "names",
                             1.0,
                             f->entity};
        *span = f->span;
        *flags |= f->flags;
        aln_node_list *meant = f->flags & ALN_FOUND_OTHER ? &others : &ids;
        size_t plain = aln_entity_term(p->analyzer->lexicon, f->entity, 0, id);
        if (!aln_list_add_term(p->arena, meant, ALN_TERM_ENTITY, id, plain, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        size_t marked = aln_entity_term(p->analyzer->lexicon, f->entity, ALN_NAME_DEMONYM, id);
        o.rule = "demonym";
        if (!aln_list_add_term(p->arena, f->flags & ALN_NAME_DEMONYM ? meant : &demonyms, ALN_TERM_ENTITY, id, marked,
                               &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        o.rule = "inhabitant";
        marked = aln_entity_term(p->analyzer->lexicon, f->entity, ALN_NAME_DEMONYM | ALN_NAME_PEOPLE, id);
        if (has_people(p->analyzer->lexicon, f->entity) &&
            !aln_list_add_term(p->arena, f->flags & ALN_NAME_DEMONYM ? meant : &people, ALN_TERM_ENTITY, id, marked,
                               &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        o.rule = "former name";
        size_t len = aln_entity_term(p->analyzer->lexicon, f->entity, ALN_FOUND_FORMER, id);
        if (former && has_former_names(p->analyzer->lexicon, f->entity) &&
            !aln_list_add_term(p->arena, meant, ALN_TERM_ENTITY, id, len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        o.rule = "shared name";
        len = aln_entity_term(p->analyzer->lexicon, f->entity, ALN_FOUND_OTHER, id);
        if (aln_entity_shares(p->analyzer->lexicon, f->entity) &&
            !aln_list_add_term(p->arena, &others, ALN_TERM_ENTITY, id, len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        o.rule = "inside a name";
        o.confidence = 0.5;
        len = aln_entity_term(p->analyzer->lexicon, f->entity, ALN_FOUND_INNER, id);
        /* a family name is inside of many a full name */
        const char *kind = aln_entity_kind(p->analyzer->lexicon, f->entity);
        int given = (f->flags & ALN_FOUND_INNER) != 0; /* Milan Zver */
        if ((given || broad || aln_kind_is_place(kind) || strcmp(kind, "organisation") == 0) &&
            !aln_list_add_term(p->arena, given ? meant : &inner, ALN_TERM_ENTITY, id, len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
        /* in the broad mode these are found, and weigh what they weigh: New York in New York Times */
        if (!given &&
            (broad ? aln_kind_is_place(kind) && !(f->flags & ALN_NAME_DEMONYM)
                   : aln_kind_is_place(kind) || strcmp(kind, "organisation") == 0) &&
            !aln_list_add_term(p->arena, &no_words, ALN_TERM_ENTITY, id, len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    if (!ids.count)
        return NULL;
    aln_node_list ways = {NULL, 0, 0};
    *inside = aln_node_group(p->arena, ALN_Q_OR, &no_words);
    int ok = (!no_words.count || *inside) && add_way(p, &ways, 1, &ids) && add_way(p, &ways, WEIGHT_OTHER, &others) &&
             add_way(p, &ways, WEIGHT_PEOPLE, &people) &&
             (!p->demonyms || add_way(p, &ways, WEIGHT_DEMONYM, &demonyms)) &&
             (!broad || add_way(p, &ways, WEIGHT_INNER, &inner));
    const aln_query_node *node = ok ? aln_node_group(p->arena, ALN_Q_MAX, &ways) : NULL;
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}
