/*
 * Spellings of a query word that the index has, found by the learned models in the index's own vocabulary of stems:
 * Latin spellings of a word in another script, spellings of a Latin word in every other script, and, between two
 * scripts that are not Latin, by way of the word's best Latin reading and of the Latin spellings that the index has.
 *
 * A spelling weighs by the model's confidence; below a bound it is left out, so that a name that is not in the index
 * finds nothing rather than its neighbours.
 *
 * SPDX-License-Identifier: MIT
 */
#include "fold.h"
#include "foreign.h"
#include "key.h"
#include "lexicon.h"
#include "patronymic.h"
#include "query_plan.h"
#include "same.h"
#include "utf8.h"
#include <string.h>

/* A word alone must be told more surely than one of a name, whose other words tell as well. Latin texts have many
 * spellings of a name in another script, of which the less likely come last; the other way round there are few, and in
 * two orthographies of Latin what differs by a vowel is more often another name: Orban and Urban. Where the name is not
 * in the index, these bounds are what keeps its neighbours out. */
#define MIN_CONFIDENCE_WORD 0.0005
#define MIN_CONFIDENCE_SCRIPT 0.02
#define MIN_CONFIDENCE_LATIN 0.3
/* Of two romanizations of a word that the index has in its own script as well, that word tells; all the more in scripts
 * whose models have learned what published systems make of them: there are many, and each may be meant. */
#define MIN_CONFIDENCE_ROMANIZED 0.02
#define MIN_CONFIDENCE_BY_SYSTEM 0.0003
/* A whole name, of which little else is found by chance. */
#define MIN_CONFIDENCE_RUN 0.01
/* The same in Hangul, and in Han, where characters tell, of a name of Korea or China. */
#define MIN_CONFIDENCE_KOREAN 0.05
#define MIN_CONFIDENCE_CHINESE 0.2
#define MIN_CONFIDENCE_NAME 0.000002
/* A known name has its spellings in the gazetteer. */
#define MIN_CONFIDENCE_KNOWN 0.30
/* Of a known place alone in Latin letters, of which systems make more spellings than the gazetteer has (Miṣr), if what
 * is found is not itself a name: Hunan is none of 河南. */
#define MIN_CONFIDENCE_KNOWN_PLACE 0.1
/* What must be as sure as that needs no wide search (slack of aln_walk_options); still less where a reading of it is
 * looked for in a third script, beside the gazetteer's own spellings. */
#define CONFIDENCE_SURE 0.3
#define SLACK_SURE 3.0F
#define SLACK_KNOWN_READING 1.0F
/* A spelling weighs from the first to the sum of both, by confidence. */
#define WEIGHT_BASE 0.1
#define WEIGHT_CONFIDENCE 0.8
/* What a spelling keeps of its confidence when it was found by way of the word's best Latin reading. */
#define SHARE_BY_READING 0.9
/* Of what a word alone may be in a third script by its Latin spellings: a guess by way of a guess stands behind those
 * between two scripts. */
#define WEIGHT_THIRD_SCRIPT 0.1
/* Latin spellings found in the index that lead on to the other scripts: how many, and how sure they must be. What is
 * written there knows what a reading cannot: Chirac for a word that reads Shirak. For a Latin word alone the spellings
 * in other scripts that lead on to Latin ones: Metsobo by way of Μέτσοβο to Metsovo. */
#define LATIN_LEADS 2
#define LEAD_CONFIDENCE 0.1
/* Where a model knows many spellings of each sound a lead must be surer: Quinton is no Κλίντον. */
#define LEAD_CONFIDENCE_SYSTEMS 0.15
/* A word of a longer name leads on so only by what is nearly sure. */
#define LEAD_CONFIDENCE_NAME 0.5
/* Spellings of one word and script at most. */
#define SPELLINGS_MAX 20
/* A word alone that the gazetteer does not know is a name of it by a spelling so sure, and another one by a spelling
 * that has so much of that at least: ஆஸ்திரியா is Austria, and no Australia. */
#define NAMED_CONFIDENCE 0.3
#define NAMED_SHARE 0.2
/* How much less sure a stem may be before it is weighed by its words than after. */
#define STEM_SHARE 0.03
/* A Latin spelling of a word alone (a run of Han is one) that has so much of what all candidates have together is meant
 * if anything is: it may be so much less sure. */
#define CLEAR_SHARE 0.2
#define CLEAR_LEAST 0.2
/* Calls of the vocabulary for a word, if the caller does not say: three times what a name takes among a million. */
#define LOOKUPS 60000u

typedef struct lead {
    char text[ALN_WORD_BYTES];
    size_t len;
    double share;
    const aln_spelling *why;
} lead;

typedef struct expansion {
    aln_planner *p;
    const aln_unit *unit;
    size_t offset;
    const char *field;
    aln_node_list *alternatives;
    double least;
    int alone;     /* a word alone, or a spelling in another script that a Latin word leads to: its Latin spellings are
                      attested, and the likeliest of them may be less sure: CLEAR_LEAST */
    float slack;   /* of aln_walk_options; 0 = by confidence */
    size_t left;   /* look-ups */
    uint64_t told; /* scripts, a bit each, in which the gazetteer has the name */
    int place; /* the word is a known place: guesses that are names themselves must be as sure as those of any name */
} expansion;

static int need_scratch(aln_planner *p)
{
    if (aln_analyzer_scratch(p->analyzer))
        return 1;
    aln_plan_fail(p, ALN_ENOMEM);
    return 0;
}

static void note(const aln_planner *p, size_t taken, int cut)
{
    aln_query_report *report = p->options->report;
    if (!report)
        return;
    report->lookups += (uint32_t)taken;
    report->cut |= cut;
}

/* Looks into the vocabulary, with `left` look-ups at most, of which what it took is taken off. 0 = failure, recorded.
 */
static int walk(aln_planner *p, const aln_model *model, int to_latin, const char *text, size_t len, double least,
                float slack, size_t *left, aln_candidate *out, size_t cap, size_t *count)
{
    size_t taken = 0;
    aln_walk_options options = {0};
    options.max_steps = *left;
    options.kind = ALN_TERM_STEM;
    options.min_confidence = (float)least;
    options.slack = slack;
    options.min_score = -1000.0f; /* the confidence decides */
    int code = aln_translit_walk(model, to_latin, text, len, p->options->vocabulary, &options, p->analyzer->scratch,
                                 out, cap, count, &taken);
    note(p, taken, taken >= *left);
    *left -= taken < *left ? taken : *left;
    if (code)
        aln_plan_fail(p, code);
    return !code;
}

/* Keeps the surest leads, none twice. */
static void keep_lead(lead *leads, size_t *count, const aln_candidate *found, double share, const aln_spelling *why)
{
    size_t at = 0;
    while (at < *count && (leads[at].len != found->len || memcmp(leads[at].text, found->text, found->len) != 0))
        at++;
    if (at == *count && *count < LATIN_LEADS)
        leads[(*count)++].share = 0;
    if (at == *count) /* another one gives way: the last, which is the least sure */
        at--;
    if (leads[at].share >= share)
        return;
    for (; at && leads[at - 1].share < share; at--)
        leads[at] = leads[at - 1];
    memcpy(leads[at].text, found->text, found->len);
    leads[at].len = found->len;
    leads[at].share = share;
    leads[at].why = why;
}

/* Whether a word may well be a person's whole name: three characters of Han or more, three syllables of Hangul. */
static int is_whole_name(const aln_word *word)
{
    size_t count = aln_utf8_count(word->exact, word->exact_len);
    return (word->script == ALN_SCRIPT_HANI && count >= 3) || (word->script == ALN_SCRIPT_HANG && count == 3);
}

/* How sure a spelling of a whole name must be. One of China or Korea is no word of another's name: three syllables of
 * which the first is a family name, and in Han a character that no foreign name is written with. */
static double least_of_whole_name(const aln_word *word)
{
    const unsigned char *at = (const unsigned char *)word->exact;
    uint32_t cp;
    size_t count;
    aln_same_find(word->exact, (size_t)aln_utf8_next(at, at + word->exact_len, &cp), &count);
    if (!count || aln_utf8_count(word->exact, word->exact_len) != 3)
        return MIN_CONFIDENCE_RUN;
    if (word->script == ALN_SCRIPT_HANG)
        return MIN_CONFIDENCE_KOREAN;
    return aln_may_be_foreign(word->exact, word->exact_len) ? MIN_CONFIDENCE_RUN : MIN_CONFIDENCE_CHINESE;
}

/* Whether a spelling is a patronymic where the query's word is none: Ivanovich is no guess of Иванов. Of other scripts'
 * words no ending tells. */
static int is_fathers(const expansion *e, aln_script script, const aln_candidate *found)
{
    const aln_word *word = e->unit->word;
    aln_script own = (aln_script)word->script;
    return (own == ALN_SCRIPT_LATN || own == ALN_SCRIPT_CYRL) && aln_is_patronymic(script, found->text, found->len) &&
           !aln_is_patronymic(own, word->exact, word->exact_len);
}

/* Whether a guess is a name of the gazetteer where a likelier one is another: of a known place, which has its own
 * names, or of a word alone. Guesses come in order; *named: confidence of the surest that is a name, 0 before. */
static int is_less_likely_name(const expansion *e, int alone, const aln_candidate *found, double confidence,
                               double *named)
{
    const double least = e->place ? MIN_CONFIDENCE_KNOWN : NAMED_SHARE * *named;
    const int first = alone && !e->place && *named <= 0 && confidence >= NAMED_CONFIDENCE;
    if ((confidence >= least && !first) || e->p->scan.names == ALN_NAMES_OFF ||
        !aln_lexicon_is_name(e->p->analyzer->lexicon, found->text, found->len))
        return 0;
    if (first)
        *named = confidence;
    return !first;
}

/* Looks for a word in the vocabulary with one model; what is found counts with this share. The best of it goes to
 * `leads` as well, if not NULL. pivot: how the query's word led to this one, if it is another. 0 = failure, recorded.
 */
static int look(expansion *e, const aln_model *model, int to_latin, const char *word, size_t len, double share,
                const aln_spelling *pivot, lead *leads, size_t *lead_count)
{
    aln_candidate found[ALN_STEMS_MAX];
    size_t count = 0;
    if (e->told >> (to_latin ? ALN_SCRIPT_LATN : aln_model_script(model)) & 1)
        return 1;
    if (!e->left) {
        note(e->p, 0, 1);
        return 1;
    }
    const int alone = e->alone && to_latin;
    const float slack = e->slack > 0 ? e->slack : e->least >= CONFIDENCE_SURE ? SLACK_SURE : 0;
    if (!walk(e->p, model, to_latin, word, len, e->least * (alone ? STEM_SHARE : 1), slack, &e->left, found,
              alone ? ALN_STEMS_MAX : SPELLINGS_MAX, &count))
        return 0;
    if (alone) {
        size_t before = e->left;
        int code = aln_query_attest(model, word, len, e->p->options->vocabulary, e->p->analyzer->scratch, &e->left,
                                    found, count);
        note(e->p, before - e->left, 0);
        if (code) {
            aln_plan_fail(e->p, code);
            return 0;
        }
    }
    double all = 0, named = 0;
    for (size_t i = 0; i < count; i++)
        all += (double)found[i].confidence;
    for (size_t i = 0; i < count && i < SPELLINGS_MAX; i++) {
        double confidence = (double)found[i].confidence * share;
        int clear = alone && (double)found[i].confidence >= CLEAR_SHARE * all;
        double least = (clear ? CLEAR_LEAST : 1) * e->least;
        if (is_less_likely_name(e, alone, &found[i], confidence, &named))
            continue;
        if (confidence < least || is_fathers(e, to_latin ? ALN_SCRIPT_LATN : aln_model_script(model), &found[i]))
            continue;
        const aln_spelling *why = aln_plan_found(e->p, model, to_latin, word, len, &found[i], least, pivot);
        if (e->alone && pivot && !to_latin)
            confidence *= WEIGHT_THIRD_SCRIPT;
        const int leads_on =
            confidence >= (aln_model_knows_systems(model) && !to_latin ? LEAD_CONFIDENCE_SYSTEMS : LEAD_CONFIDENCE);
        if (why && leads && leads_on && found[i].len <= ALN_WORD_BYTES)
            keep_lead(leads, lead_count, &found[i], SHARE_BY_READING * confidence, why);
        aln_term_origin o = {e->offset + e->unit->start,
                             e->offset + e->unit->end,
                             e->field,
                             aln_model_name(model),
                             confidence,
                             UINT32_MAX};
        aln_query_node *term = aln_node_term(e->p->arena, ALN_TERM_STEM, found[i].text, found[i].len, &o);
        if (term)
            term->spelling = why;
        const aln_query_node *scaled = term && why ? aln_plan_weighed(e->p, term) : NULL;
        if (!scaled || !aln_list_add(e->p->arena, e->alternatives, scaled)) {
            aln_plan_fail(e->p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

/* A Latin word in all other scripts but one, its own; the best of what is found in those that write vowels (Karimov is
 * كريموف, and Kerimov too) to `leads` as well, if not NULL. */
static int look_in_scripts(expansion *e, aln_script but, const char *word, size_t len, double share,
                           const aln_spelling *pivot, lead *leads, size_t *lead_count)
{
    const aln_model *model;
    for (size_t i = 0; (model = aln_model_at(i)) != NULL; i++) {
        aln_script script = aln_model_script(model);
        if (script == but || script == ALN_SCRIPT_LATN)
            continue;
        const int leads_on = leads && !aln_scheme_is_abjad(aln_scheme_find(NULL, script));
        if (!look(e, model, 0, word, len, share, pivot, leads_on ? leads : NULL, lead_count))
            return 0;
    }
    return 1;
}

/* Characters without which a word says too little to be read. A Hangul syllable is a name by itself (김), and where
 * vowels are not written or a character is a syllable two may be one. */
static size_t least_characters(aln_script script, int purpose)
{
    switch (script) {
    case ALN_SCRIPT_HANG:
        return 1;
    case ALN_SCRIPT_HANI: /* 丹·奎尔 */
        return purpose == ALN_KEYS_NAME ? 1 : 2;
    case ALN_SCRIPT_KANA:
    case ALN_SCRIPT_HIRA:
    case ALN_SCRIPT_ARAB:
    case ALN_SCRIPT_HEBR:
        return 2;
    default:
        return 3;
    }
}

/* Whether the index has a name of the gazetteer that the word is part of, under any of its names. Where it has none,
 * the word may be another name that reads alike (فوكي is Phuket, and Foeke). 1 also where the vocabulary has no ids. */
static int known_is_here(aln_planner *p, const aln_unit *unit, int *here)
{
    const aln_vocabulary *v = p->options->vocabulary;
    const aln_window *window = &p->analyzer->window;
    const char *term;
    size_t len;
    uint32_t freq;
    int code = v->seek(v->ctx, ALN_TERM_ENTITY, "", 0, &term, &len, &freq);
    *here = !term;
    for (size_t i = 0; i < window->found_count && !code && !*here; i++) {
        const aln_found *f = &window->found[i];
        char id[ALN_ENTITY_TERM];
        if (window->units[f->first].start > unit->start || window->units[f->first + f->span - 1].end < unit->end)
            continue;
        size_t n = aln_entity_term(p->analyzer->lexicon, f->entity, 0, id);
        code = v->seek(v->ctx, ALN_TERM_ENTITY, id, n, &term, &len, &freq);
        *here = !code && term && len >= n && !memcmp(term, id, n) && (len == n || term[n] == '~');
    }
    if (code)
        aln_plan_fail(p, code);
    return !code;
}

/* A script that many languages write, each in its own way, has told a name when it has so many of its spellings. Latin
 * never has: romanizations are as many as standards (Al Qāhirah is Cairo). */
static uint8_t names_enough(aln_script script)
{
    return script == ALN_SCRIPT_LATN ? UINT8_MAX : script == ALN_SCRIPT_CYRL || script == ALN_SCRIPT_ARAB ? 2 : 1;
}

/* Scripts in which the gazetteer has enough names of an entity to do without others. */
static uint64_t scripts_of(const aln_lexicon *lexicon, uint32_t entity)
{
    uint8_t count[ALN_SCRIPTS] = {0};
    const char *last = NULL;
    uint64_t told = 0;
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        if (name.text == last || (name.flags & (ALN_NAME_ABBREVIATION | ALN_NAME_DEMONYM)))
            continue;
        last = name.text;
        aln_script script = aln_main_script(name.text, strlen(name.text));
        if (count[script] < names_enough(script) && ++count[script] == names_enough(script))
            told |= (uint64_t)1 << script;
    }
    return told;
}

/* The same of all entities that the word may be or belong to. Persons are spelled in more ways than the gazetteer has:
 * Äliev is Алиев in one of Kazakh's Latin alphabets. */
static uint64_t scripts_told(const aln_planner *p, const aln_unit *unit)
{
    const aln_window *window = &p->analyzer->window;
    uint64_t told = UINT64_MAX;
    int any = 0;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (window->units[f->first].start > unit->start || window->units[f->first + f->span - 1].end < unit->end)
            continue;
        if (strcmp(aln_entity_kind(p->analyzer->lexicon, f->entity), "person") == 0)
            return 0;
        any = 1;
        told &= scripts_of(p->analyzer->lexicon, f->entity);
    }
    return any ? told : 0;
}

/* Whether all that the word may be or belong to are places. */
static int is_place(const aln_planner *p, const aln_unit *unit)
{
    const aln_window *window = &p->analyzer->window;
    int any = 0;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (window->units[f->first].start > unit->start || window->units[f->first + f->span - 1].end < unit->end)
            continue;
        if (!aln_kind_is_place(aln_entity_kind(p->analyzer->lexicon, f->entity)))
            return 0;
        any = 1;
    }
    return any;
}

static double least_confidence(const aln_planner *p, const aln_word *word, int known)
{
    if (known)
        return MIN_CONFIDENCE_KNOWN;
    if (p->scan.query == ALN_KEYS_NAME)
        return MIN_CONFIDENCE_NAME;
    if (word->script == ALN_SCRIPT_LATN)
        return MIN_CONFIDENCE_SCRIPT;
    return is_whole_name(word) ? least_of_whole_name(word) : MIN_CONFIDENCE_WORD;
}

/* Letters of Persian, Urdu, Pashto, Kurdish or Uyghur that Arabic has not, or writes with another character. */
static int has_persian_letter(const char *word, size_t len)
{
    const unsigned char *at = (const unsigned char *)word, *end = at + len;
    while (at < end) {
        uint32_t cp;
        at += aln_utf8_next(at, end, &cp);
        if (cp >= 0x679 && cp <= 0x6D5)
            return 1;
    }
    return 0;
}

/* A name of the gazetteer in a script that is romanized in many ways, if the index has it and it sounds as the Latin
 * word does, leads on to Latin words as one that a model has found: Édessa by way of Έδεσσα to Édhessa. 0 = failure,
 * recorded. */
static int keep_told(expansion *e, const char *name, lead *leads, size_t *lead_count)
{
    aln_planner *p = e->p;
    const aln_word *word = e->unit->word;
    const aln_script script = aln_main_script(name, strlen(name));
    const aln_model *model = script == ALN_SCRIPT_LATN ? NULL : aln_model_find(script, NULL);
    if (!model || !aln_model_knows_systems(model) || strchr(name, ' '))
        return 1;
    aln_candidate told;
    unsigned flags;
    told.len = aln_fold_exact(name, strlen(name), told.text, ALN_TRANSLIT_WORD - 1, &flags);
    told.text[told.len] = 0;
    const aln_vocabulary *v = p->options->vocabulary;
    const char *term;
    size_t len;
    uint32_t freq;
    int code = v->seek(v->ctx, ALN_TERM_EXACT, told.text, told.len, &term, &len, &freq);
    if (code) {
        aln_plan_fail(p, code);
        return 0;
    }
    if (!term || len != told.len || memcmp(term, told.text, len) != 0)
        return 1;
    told.score = aln_translit_score(model, told.text, told.len, word->exact, word->exact_len, p->analyzer->scratch);
    aln_translit_confidence(model, &told.score, 1, aln_translit_symbols(model, word->exact, word->exact_len, 1),
                            &told.confidence);
    if ((double)told.confidence < LEAD_CONFIDENCE)
        return 1;
    const aln_spelling *why = aln_plan_found(p, model, 0, word->exact, word->exact_len, &told, LEAD_CONFIDENCE, NULL);
    if (why)
        keep_lead(leads, lead_count, &told, SHARE_BY_READING * (double)told.confidence, why);
    else
        aln_plan_fail(p, ALN_ENOMEM);
    return why != NULL;
}

/* The names that the gazetteer has for a known place. 0 = failure, recorded. */
static int told_leads(expansion *e, lead *leads, size_t *lead_count)
{
    const aln_window *window = &e->p->analyzer->window;
    const aln_lexicon *lexicon = e->p->analyzer->lexicon;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (window->units[f->first].start > e->unit->start ||
            window->units[f->first + f->span - 1].end < e->unit->end ||
            !aln_kind_is_place(aln_entity_kind(lexicon, f->entity)))
            continue;
        const char *last = NULL;
        aln_entity_name name;
        for (uint32_t n = 0; aln_entity_name_at(lexicon, f->entity, n, &name) == ALN_OK; n++) {
            if (name.text == last || (name.flags & (ALN_NAME_ABBREVIATION | ALN_NAME_DEMONYM)))
                continue;
            last = name.text;
            if (!keep_told(e, name.text, leads, lead_count))
                return 0;
        }
    }
    return 1;
}

int aln_plan_expand(aln_planner *p, const aln_unit *unit, size_t offset, const char *field, aln_freedom freedom,
                    aln_node_list *alternatives)
{
    const aln_word *word = unit->word;
    aln_script script = (aln_script)word->script;
    if (script == ALN_SCRIPT_ZYYY || (word->flags & ALN_FOLD_DIGIT) ||
        aln_utf8_count(word->exact, word->exact_len) < least_characters(script, p->scan.query))
        return 1;
    int here = 1;
    if (!need_scratch(p) || (freedom == ALN_KNOWN && !known_is_here(p, unit, &here)))
        return 0;
    const int known = freedom == ALN_KNOWN && here;
    const int alone = p->scan.query == ALN_KEYS_WORD && !known && script != ALN_SCRIPT_LATN;
    expansion e = {p,
                   unit,
                   offset,
                   field,
                   alternatives,
                   least_confidence(p, word, known),
                   alone,
                   0,
                   p->options->lookups ? p->options->lookups : LOOKUPS,
                   known ? scripts_told(p, unit) : 0,
                   0};
    lead leads[LATIN_LEADS];
    size_t lead_count = 0;
    if (script == ALN_SCRIPT_LATN) {
        const aln_model *latin = aln_model_find(ALN_SCRIPT_LATN, NULL);
        double least = e.least;
        if (p->scan.query != ALN_KEYS_NAME && least < MIN_CONFIDENCE_LATIN)
            e.least = MIN_CONFIDENCE_LATIN;
        if (latin && !look(&e, latin, 1, word->exact, word->exact_len, 1.0, NULL, NULL, NULL))
            return 0;
        e.least = least;
        if (!look_in_scripts(&e, script, word->exact, word->exact_len, 1.0, NULL, known ? NULL : leads, &lead_count))
            return 0;
        if (known && !told_leads(&e, leads, &lead_count))
            return 0;
        const int single = p->scan.query == ALN_KEYS_WORD && p->analyzer->window.unit_count == 1;
        e.told = 0;
        e.alone = 1;
        e.slack = SLACK_KNOWN_READING;
        for (size_t i = 0; i < lead_count; i++) {
            const aln_model *model = aln_model_find(aln_main_script(leads[i].text, leads[i].len), NULL);
            const int systems = model && aln_model_knows_systems(model);
            e.least = systems && !known ? MIN_CONFIDENCE_BY_SYSTEM : MIN_CONFIDENCE_ROMANIZED;
            e.slack = systems && !known ? SLACK_SURE : SLACK_KNOWN_READING;
            if (!single && !systems && leads[i].share < LEAD_CONFIDENCE_NAME)
                continue;
            if (model && !look(&e, model, 1, leads[i].text, leads[i].len, leads[i].share, leads[i].why, NULL, NULL))
                return 0;
        }
    } else {
        /* a script's languages may read it differently (Arabic, Persian) */
        int persian = script == ALN_SCRIPT_ARAB && has_persian_letter(word->exact, word->exact_len);
        aln_reading best, reading;
        const aln_model *model, *best_model = NULL;
        best.len = 0;
        for (size_t i = 0; (model = aln_model_at(i)) != NULL; i++) {
            if (aln_model_script(model) != (script == ALN_SCRIPT_HIRA ? ALN_SCRIPT_KANA : script))
                continue;
            /* A word of a name may be of any of them, one alone is of the script's usual language unless letters tell.
             */
            int usual = model == aln_model_find(script, persian ? "fa" : NULL);
            if (!usual && p->scan.query == ALN_KEYS_WORD)
                continue;
            const double least = e.least;
            e.place = known && p->scan.query == ALN_KEYS_WORD && is_place(p, unit);
            if (e.place) {
                e.least = MIN_CONFIDENCE_KNOWN_PLACE;
                e.alone = 1;
            }
            if (!look(&e, model, 1, word->exact, word->exact_len, 1.0, NULL, leads, &lead_count))
                return 0;
            e.least = least;
            e.alone = alone;
            e.place = 0;
            if (aln_translit_readings(model, word->exact, word->exact_len, p->analyzer->scratch, &reading, 1) &&
                (!best.len || reading.score > best.score)) {
                best = reading;
                best_model = model;
            }
        }
        if (known) { /* the surest lead is enough to find what the gazetteer has not */
            e.slack = SLACK_KNOWN_READING;
            lead_count = lead_count ? 1 : 0;
        }
        for (size_t i = 0; i < lead_count; i++)
            if (!(best.len == leads[i].len && memcmp(best.text, leads[i].text, best.len) == 0) &&
                !look_in_scripts(&e, script, leads[i].text, leads[i].len, leads[i].share, leads[i].why, NULL, NULL))
                return 0;
        if (best.len) {
            const aln_spelling *read = aln_plan_read(p, best_model, word->exact, word->exact_len, &best);
            if (!read) {
                aln_plan_fail(p, ALN_ENOMEM);
                return 0;
            }
            if (!look_in_scripts(&e, script, best.text, best.len, SHARE_BY_READING, read, NULL, NULL))
                return 0;
        }
    }
    return 1;
}

const aln_query_node *aln_plan_weighed(aln_planner *p, const aln_query_node *spelling)
{
    return aln_node_scale(p->arena, WEIGHT_BASE + WEIGHT_CONFIDENCE * spelling->confidence, spelling);
}

int aln_plan_spellings(aln_planner *p, const aln_model *model, int to_latin, const char *text, size_t len, double least,
                       aln_candidate *out, size_t cap, size_t *count)
{
    size_t left = p->options->lookups ? p->options->lookups : LOOKUPS;
    *count = 0;
    return need_scratch(p) && walk(p, model, to_latin, text, len, least, 0, &left, out, cap, count);
}

int aln_plan_documents(aln_planner *p, const char *stem, size_t len, uint32_t *documents)
{
    const aln_vocabulary *v = p->options->vocabulary;
    const char *term;
    size_t found_len;
    uint32_t found = 0;
    int code = v->seek(v->ctx, ALN_TERM_STEM, stem, len, &term, &found_len, &found);
    if (code)
        aln_plan_fail(p, code);
    *documents = !code && term && found_len == len && !memcmp(term, stem, len) ? found : 0;
    return !code;
}
