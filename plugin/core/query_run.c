/*
 * Names written in one run: 習近平, 습근평, 阿末马斯兰, which other scripts write in words.
 *
 * A run is looked for as it stands, by its reading, and as a whole in other scripts. Beside that its parts may be words
 * elsewhere: a Chinese or Korean name is a family name of one syllable and a given name of one or two, which are one
 * word or two (Tsai Chi-chang, Chen Mingwen), and a long run may be a foreign name without the dot between its words.
 * The other way round the words of a Latin name are looked for as one run, in both orders.
 *
 * SPDX-License-Identifier: MIT
 */
#include "han.h"
#include "japanese.h"
#include "key.h"
#include "query_evidence.h"
#include "same.h"
#include "utf8.h"
#include "wade_giles.h"
#include <string.h>

/* Syllables of a name of East Asia. */
#define WEIGHT_KEY_GUIDED 0.1 /* as in query_words.c */
#define SYLLABLES_MAX 4
/* What a syllable must be told by: it has to stand beside the others. */
#define SYLLABLE_CONFIDENCE 0.001
#define SYLLABLE_SPELLINGS 8
/* Documents that have the rarest of the syllables, at most: an and da are words of many languages, of whose neighbours
 * in hundred thousands of documents few are 安达. A number and no share of the index: a search reads the positions of
 * so many documents, and what it may take does not grow with the index. At 200 thousand documents 500 names of a known
 * corpus have the same recall with 300, 1,000, 10,000 and without a bound. */
#define SYLLABLE_DOCUMENTS 10000u
/* A family name's spelling from the table. */
#define FAMILY_CONFIDENCE 0.5
#define WEIGHT_SYLLABLES 0.6
/* A foreign name's words have at least so many characters, and the run at most. */
#define HALF_LEAST 2
#define HALVES_MOST 8
#define HALF_CONFIDENCE 0.001
#define HALF_SPELLINGS 8
/* A name of so many words may be one run elsewhere. */
#define ONE_RUN_WORDS 4
#define ONE_RUN_CONFIDENCE 0.05
/* Regular readings of one spelling of a family name (Chan is Chen or Zeng). */
#define READINGS_MAX 2
/* A longer run is no word of a firm's name. */
#define RUN_CHARACTERS 8
/* Of a run of Han as a Korean name. */
#define READING_CONFIDENCE 0.5

/* The pair of characters at two units, as the index has it. */
static const aln_query_node *pair_term(aln_planner *p, const aln_unit *a, const aln_unit *b, uint32_t pairs,
                                       size_t offset, const char *field)
{
    char pair[2 * ALN_WORD_BYTES];
    size_t n = a->word->exact_len, m = b->word->exact_len;
    aln_term_origin o = {offset + a->start, offset + b->end, field, "bigram", 1.0, UINT32_MAX};
    if (n + m > sizeof pair)
        return NULL;
    memcpy(pair, a->word->exact, n);
    memcpy(pair + n, b->word->exact, m);
    aln_query_node *node = aln_node_term(p->arena, ALN_TERM_EXACT, pair, n + m, &o);
    if (node) {
        node->window = pairs;
        node->text2 = node->text + n;
    }
    return node;
}

/* Where the characters of a word begin, and where it ends: at most `most` of them. 0 = more. */
static size_t character_starts(const char *word, size_t len, size_t *starts, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)word[i] & 0xC0) != 0x80) {
            if (n == most)
                return 0;
            starts[n++] = i;
        }
    starts[n] = len;
    return n;
}

/* The Latin spellings that the index has of a part of a run: as words with positions (kind EXACT) or as stems. */
static const aln_query_node *latin_part(aln_planner *p, const aln_model *model, const char *part, size_t len,
                                        double least, aln_term_kind kind, const aln_term_origin *origin)
{
    aln_candidate found[SYLLABLE_SPELLINGS];
    size_t count = 0;
    aln_node_list spellings = {NULL, 0, 0};
    if (!aln_plan_spellings(p, model, 1, part, len, least, found, SYLLABLE_SPELLINGS, &count))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        aln_term_origin o = *origin;
        o.confidence = (double)found[i].confidence;
        o.rule = aln_model_name(model);
        const aln_query_node *node = NULL;
        aln_query_node *term = aln_node_term(p->arena, kind, found[i].text, found[i].len, &o);
        if (term && (term->spelling = aln_plan_found(p, model, 1, part, len, &found[i], least, NULL)) != NULL)
            node = kind == ALN_TERM_STEM ? aln_plan_weighed(p, term) : term;
        if (!node || !aln_list_add(p->arena, &spellings, node))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_node_group(p->arena, kind == ALN_TERM_STEM ? ALN_Q_MAX : ALN_Q_OR, &spellings);
}

/* The Latin spellings of a family name that its reading does not tell, among the words with positions. */
static int family_spellings(aln_planner *p, const char *name, size_t len, const aln_term_origin *origin,
                            aln_node_list *spellings)
{
    size_t count, first = aln_same_find(name, len, &count);
    aln_term_origin o = *origin;
    o.confidence = FAMILY_CONFIDENCE;
    o.rule = "same name";
    for (size_t i = first; i < first + count; i++) {
        unsigned row = aln_same_forms[i].row;
        for (unsigned m = aln_same_rows[row]; m < aln_same_rows[row + 1u] && row >= aln_same_first_family; m++) {
            const char *text;
            const aln_same_form *form = aln_same_member(m, &text);
            if ((unsigned char)text[0] < 0xE0 &&
                !aln_list_add_term(p->arena, spellings, ALN_TERM_EXACT, text, form->len, &o))
                return 0;
        }
    }
    return 1;
}

/* A part of a run of Han as Taiwan writes it: 俊廷 is Chun-ting. */
static int taiwan_spelling(aln_planner *p, const char *part, size_t len, const aln_term_origin *origin,
                           aln_node_list *spellings)
{
    char text[SYLLABLES_MAX * ALN_WADE_GILES_MAX];
    size_t n = 0;
    const unsigned char *at = (const unsigned char *)part, *end = at + len;
    while (at < end && n + ALN_WADE_GILES_MAX <= sizeof text) {
        uint32_t cp;
        at += aln_utf8_next(at, end, &cp);
        n += aln_wade_giles(aln_han_pinyin_taiwan(cp), text + n);
    }
    for (size_t i = 0; i < spellings->count; i++)
        if (spellings->items[i]->text_len == n && memcmp(spellings->items[i]->text, text, n) == 0)
            return 1;
    aln_term_origin o = *origin;
    o.confidence = FAMILY_CONFIDENCE;
    o.rule = "Wade-Giles";
    return !n || aln_list_add_term(p->arena, spellings, ALN_TERM_EXACT, text, n, &o);
}

/* How many documents have one of the words, as stems, at most. 0 = failure, recorded. */
static int documents_of(aln_planner *p, const aln_node_list *words, uint64_t *documents)
{
    *documents = 0;
    for (size_t i = 0; i < words->count; i++) {
        uint32_t found;
        if (!aln_plan_documents(p, words->items[i]->text, words->items[i]->text_len, &found))
            return 0;
        *documents += found;
    }
    return 1;
}

/* The parts of a run between the places in cuts, of which the last is its end, as Latin words that stand together. */
static int plan_syllables(aln_planner *p, const aln_model *model, const char *word, const size_t *cuts, size_t parts,
                          const aln_term_origin *origin, aln_node_list *alternatives)
{
    aln_node_list places = {NULL, 0, 0};
    uint64_t fewest = UINT64_MAX, documents;
    for (size_t i = 0, from = 0; i < parts; from = cuts[i++]) {
        const aln_query_node *part =
            latin_part(p, model, word + from, cuts[i] - from, SYLLABLE_CONFIDENCE, ALN_TERM_EXACT, origin);
        aln_node_list spellings = {NULL, 0, 0};
        if (p->code || (part && !aln_list_add_terms_of(p->arena, &spellings, part)) ||
            (i == 0 && !family_spellings(p, word, cuts[0], origin, &spellings)) ||
            (aln_model_script(model) == ALN_SCRIPT_HANI &&
             !taiwan_spelling(p, word + from, cuts[i] - from, origin, &spellings)))
            return 0;
        if (!spellings.count)
            return 1;
        if (!documents_of(p, &spellings, &documents) ||
            !aln_list_add(p->arena, &places, aln_node_group(p->arena, ALN_Q_OR, &spellings)))
            return 0;
        fewest = documents < fewest ? documents : fewest;
    }
    if (fewest > SYLLABLE_DOCUMENTS)
        return 1;
    return aln_list_add(p->arena, alternatives,
                        aln_node_scale(p->arena, WEIGHT_SYLLABLES,
                                       aln_node_window(p->arena, ALN_Q_NEAR, (uint32_t)parts + 1, &places)));
}

/* Two words of a foreign name. */
static int plan_halves(aln_planner *p, const aln_model *model, const char *word, size_t cut, size_t len,
                       const aln_term_origin *origin, aln_node_list *alternatives)
{
    aln_node_list halves = {NULL, 0, 0};
    for (int i = 0; i < 2; i++) {
        const aln_query_node *half =
            latin_part(p, model, word + (i ? cut : 0), i ? len - cut : cut, HALF_CONFIDENCE, ALN_TERM_STEM, origin);
        if (!half)
            return !p->code;
        if (!aln_list_add(p->arena, &halves, half))
            return 0;
    }
    return aln_list_add(p->arena, alternatives, aln_plan_together(p, &halves));
}

int aln_plan_parts_of_run(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                          aln_node_list *alternatives)
{
    const aln_word *word = unit->word;
    aln_script script = (aln_script)word->script;
    const aln_model *model = aln_model_find(script, NULL);
    size_t starts[HALVES_MOST + 1], count = character_starts(word->exact, word->exact_len, starts, HALVES_MOST);
    if (!model || (script != ALN_SCRIPT_HANI && script != ALN_SCRIPT_HANG) || count < 2)
        return 1;
    aln_term_origin o = {offset + unit->start, offset + unit->end, field, NULL, 1.0, UINT32_MAX};
    int ok = 1;
    if (count <= SYLLABLES_MAX) {
        size_t two[] = {starts[count == SYLLABLES_MAX ? 2 : 1], word->exact_len};
        ok = plan_syllables(p, model, word->exact, two, 2, &o, alternatives);
        if (ok && count > 2)
            ok = plan_syllables(p, model, word->exact, starts + 1, count, &o, alternatives);
    }
    if (script == ALN_SCRIPT_HANI)
        for (size_t cut = HALF_LEAST; ok && cut + HALF_LEAST <= count; cut++)
            ok = plan_halves(p, model, word->exact, starts[cut], word->exact_len, &o, alternatives);
    if (!ok)
        aln_plan_fail(p, ALN_ENOMEM);
    return ok && !p->code;
}

/* A run as other languages read it, and that in words. */
static int plan_other_readings(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                               aln_node_list *alternatives)
{
    for (unsigned i = 0; i < unit->word->stem_count; i++) {
        const aln_form *stem = &unit->word->stems[i];
        if (stem->language == ALN_NO_LANGUAGE || aln_languages[stem->language].script == unit->word->script)
            continue;
        aln_term_origin o = {offset + unit->start, offset + unit->end, field,
                             stem->rule,           READING_CONFIDENCE, UINT32_MAX};
        const aln_query_node *term = aln_node_term(p->arena, ALN_TERM_STEM, stem->text, stem->len, &o);
        aln_word read = *unit->word;
        aln_unit as_read = {&read, unit->start, unit->end, unit->flags};
        read.exact = stem->text;
        read.exact_len = stem->len;
        read.script = (uint8_t)aln_languages[stem->language].script;
        if (!term || !aln_list_add(p->arena, alternatives, aln_plan_weighed(p, term))) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
        if (p->options->vocabulary && !aln_plan_parts_of_run(p, &as_read, offset, field, alternatives))
            return 0;
    }
    return 1;
}

const aln_query_node *aln_plan_run(aln_planner *p, const aln_window *window, size_t first, size_t last, size_t offset,
                                   const char *field, aln_freedom freedom)
{
    const aln_unit *u = window->units;
    aln_node_list pairs = {NULL, 0, 0}, keys = {NULL, 0, 0};
    aln_script script = (aln_script)u[first].word->script;
    const aln_query_node *node;
    if (last - first == 1) {
        aln_term_origin o = {offset + u[first].start, offset + u[first].end, field, "exact", 1.0, UINT32_MAX};
        node = aln_node_term(p->arena, ALN_TERM_EXACT, u[first].word->exact, u[first].word->exact_len, &o);
    } else {
        for (size_t i = first; i + 1 < last; i++) {
            const aln_query_node *pair = pair_term(p, &u[i], &u[i + 1], (uint32_t)(last - first - 1), offset, field);
            if (!pair || !aln_list_add(p->arena, &pairs, pair))
                return aln_plan_fail(p, ALN_ENOMEM);
        }
        node = aln_node_window(p->arena, ALN_Q_PHRASE, 0, &pairs);
    }
    if (!node)
        return aln_plan_fail(p, ALN_ENOMEM);
    size_t form;
    int japanese =
        p->firm && script == ALN_SCRIPT_HANI && last - first <= RUN_CHARACTERS && aln_is_japanese_firm(window, &form);
    if ((last - first == 1 && p->scan.query == ALN_KEYS_WORD && !japanese) || freedom == ALN_EXACT ||
        !aln_scheme_find(NULL, script))
        return node;
    /* a whole run may be a name: its reading */
    uint8_t languages[ALN_LANGUAGES_MAX];
    size_t languages_count = aln_query_languages(&p->scan, script, languages);
    aln_reading_in in = {languages, languages_count, p->scan.query, 0, 1};
    aln_word *whole = aln_memo_word(&p->analyzer->query_memo, p->query + offset + u[first].start,
                                    u[last - 1].end - u[first].start, script, &in, 0x10000u | (uint32_t)script);
    if (!whole)
        return aln_plan_fail(p, ALN_ENOMEM);
    aln_unit unit = {whole, u[first].start, u[last - 1].end, 0};
    aln_node_list alternatives = {NULL, 0, 0};
    aln_term_origin o = {offset + unit.start, offset + unit.end, field, "run", 1.0, UINT32_MAX};
    int ok = aln_list_add(p->arena, &alternatives, node);
    for (unsigned i = 0; i < whole->key_count && ok && last - first > 1; i++) {
        o.rule = whole->keys[i].rule;
        o.confidence = aln_key_confidence(whole->keys[i].text, whole->keys[i].len);
        ok = aln_list_add_term(p->arena, &keys, ALN_TERM_KEY, whole->keys[i].text, whole->keys[i].len, &o);
    }
    if (ok && japanese)
        ok = aln_list_add(p->arena, &alternatives, aln_plan_japanese_run(p, window, first, last, offset, field));
    /* beside the models a key of the reading need only find what they do not know */
    double weight = p->options->vocabulary && p->scan.query == ALN_KEYS_WORD && aln_model_find(script, NULL)
                        ? WEIGHT_KEY_GUIDED
                        : 1.0;
    const aln_query_node *same = aln_node_scale(p->arena, weight, aln_node_group(p->arena, ALN_Q_SYNONYM, &keys));
    if (!ok || !aln_list_add(p->arena, &alternatives, same))
        return aln_plan_fail(p, ALN_ENOMEM);
    if (p->options->vocabulary &&
        (!aln_plan_expand(p, &unit, offset, field, freedom, &alternatives) ||
         (freedom == ALN_FREE && !aln_plan_parts_of_run(p, &unit, offset, field, &alternatives))))
        return NULL;
    if (!plan_other_readings(p, &unit, offset, field, &alternatives))
        return NULL;
    node = aln_node_group(p->arena, ALN_Q_MAX, &alternatives);
    return node ? node : aln_plan_fail(p, ALN_ENOMEM);
}

/* Whether a row of names has a form in a script of characters. */
static int row_has(unsigned row, aln_script script)
{
    const char *text;
    for (unsigned m = aln_same_rows[row]; m < aln_same_rows[row + 1u]; m++) {
        (void)aln_same_member(m, &text);
        unsigned char lead = (unsigned char)text[0]; /* of UTF-8: Han U+4E00.., Hangul U+AC00.. */
        if (lead >= 0xE4 && (lead >= 0xEA) == (script == ALN_SCRIPT_HANG))
            return 1;
    }
    return 0;
}

/* The regular readings of a Latin family name that is written in a script: Park is read Pak. Returns how many. */
static size_t regular_readings(const aln_word *word, aln_script script, const aln_same_form **out)
{
    size_t count, n = 0, first = aln_same_find(word->exact, word->exact_len, &count);
    for (size_t i = first; i < first + count && n < READINGS_MAX; i++) {
        const char *text;
        unsigned row = aln_same_forms[i].row;
        const aln_same_form *regular = aln_same_member(aln_same_rows[row], &text);
        if (row >= aln_same_first_family && regular != &aln_same_forms[i] && row_has(row, script))
            out[n++] = regular;
    }
    return n;
}

/* Words of a text written as one, from the word `from` on and around; `family`, if not NULL, stands for the first.
 * Returns the length, 0 if there is no room. */
static size_t as_one(const aln_window *window, const uint8_t *left_out, size_t from, const aln_same_form *family,
                     char *out)
{
    size_t len = 0, n = window->unit_count;
    for (size_t i = 0; i < n; i++) {
        const aln_word *word = window->units[(from + i) % n].word;
        const char *text = word->exact;
        size_t text_len = word->exact_len;
        if (left_out[(from + i) % n])
            continue;
        if (!len && family) {
            text = (const char *)aln_same_text + family->text;
            text_len = family->len;
        }
        if (len + text_len > ALN_WORD_BYTES)
            return 0;
        memcpy(out + len, text, text_len);
        len += text_len;
    }
    return len;
}

/* The runs of a script that the index has of a text written as one. 0 = failure, recorded. */
static int find_runs(aln_planner *p, aln_script script, const char *text, size_t len, const aln_term_origin *origin,
                     aln_node_list *spellings)
{
    const aln_model *model = aln_model_find(script, NULL);
    aln_candidate found[SYLLABLE_SPELLINGS];
    size_t count = 0;
    if (!len || !model)
        return 1;
    if (!aln_plan_spellings(p, model, 0, text, len, ONE_RUN_CONFIDENCE, found, SYLLABLE_SPELLINGS, &count))
        return 0;
    for (size_t i = 0; i < count; i++) {
        aln_term_origin o = *origin;
        o.rule = aln_model_name(model);
        o.confidence = (double)found[i].confidence;
        aln_query_node *term = aln_node_term(p->arena, ALN_TERM_STEM, found[i].text, found[i].len, &o);
        if (term)
            term->spelling = aln_plan_found(p, model, 0, text, len, &found[i], ONE_RUN_CONFIDENCE, NULL);
        if (!term || !term->spelling || !aln_list_add(p->arena, spellings, aln_plan_weighed(p, term))) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

const aln_query_node *aln_plan_as_one_run(aln_planner *p, const aln_window *window, const uint8_t *left_out,
                                          size_t offset, const char *field)
{
    static const aln_script scripts[] = {ALN_SCRIPT_HANI, ALN_SCRIPT_HANG};
    aln_node_list spellings = {NULL, 0, 0};
    size_t n = window->unit_count, words = 0;
    for (size_t i = 0; i < n; i++) {
        const aln_word *word = window->units[i].word;
        if (word->script != ALN_SCRIPT_LATN || (word->flags & ALN_FOLD_DIGIT))
            return NULL;
        words += !left_out[i];
    }
    if (words < 2 || words > ONE_RUN_WORDS)
        return NULL;
    aln_term_origin o = {
        offset + window->units[0].start, offset + window->units[n - 1].end, field, NULL, 1.0, UINT32_MAX};
    /* the family name, which stands first in such a run, is the first word or the last */
    for (int last_first = 0; last_first < 2; last_first++)
        for (size_t s = 0; s < sizeof scripts / sizeof *scripts; s++) {
            char text[ALN_WORD_BYTES];
            const aln_same_form *read[READINGS_MAX + 1] = {NULL};
            size_t from = last_first ? n - 1 : 0;
            while (left_out[from])
                from = last_first ? from - 1 : from + 1;
            size_t readings = 1 + regular_readings(window->units[from].word, scripts[s], read + 1);
            for (size_t r = 0; r < readings; r++)
                if (!find_runs(p, scripts[s], text, as_one(window, left_out, from, read[r], text), &o, &spellings))
                    return NULL;
        }
    const aln_query_node *run = aln_node_group(p->arena, ALN_Q_MAX, &spellings);
    /* of a record it is all */
    return run && p->records.several ? aln_node_pair(p->arena, ALN_Q_AND_NOT, run, p->records.several) : run;
}
