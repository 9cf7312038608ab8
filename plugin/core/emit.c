/*
 * The terms of a text, window by window: to a hook, straight from the memo's forms, which is the way of every word that
 * is indexed; or as tokens with all that is known of them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "acronym.h"
#include "analyzer.h"
#include "foreign.h"
#include "japanese.h"
#include "key.h"
#include "optional.h"
#include "ready.h"
#include "record.h"
#include <string.h>

int aln_unit_is_name_like(const aln_unit *unit)
{
    return !aln_script_has_case((aln_script)unit->word->script) || (unit->word->flags & ALN_FOLD_CAPITAL) != 0;
}

const aln_word *aln_joined_word(aln_memo *memo, const char *text, const aln_unit *first, const aln_unit *second,
                                const aln_reading_in *in, uint32_t reading)
{
    char raw[ALN_WORD_BYTES];
    size_t n = first->end - first->start, m = second->end - second->start;
    if (n + m > sizeof raw || first->word->script != second->word->script)
        return NULL;
    memcpy(raw, text + first->start, n);
    memcpy(raw + n, text + second->start, m);
    return aln_memo_word(memo, raw, n + m, (aln_script)first->word->script, in, reading);
}

/* Gives the terms of a window to a hook, or as tokens to a callback. */
typedef struct emitter {
    aln_analyzer *analyzer;
    const char *text;
    size_t len;
    uint32_t position; /* of the last word */
    aln_token_fn fn;
    void *ctx;
    aln_feed *feed;       /* NULL: to the callback */
    uint64_t asked, have; /* scripts, a bit for each: whether it has a romanization */
    int whole;            /* the window is the whole text, and that its document's only one */
    int japanese;         /* which is the name of a Japanese firm, with a legal form of four units from `form` on */
    size_t form;
} emitter;

_Static_assert(ALN_SCRIPTS <= 64, "a bit for each script");

static int has_scheme(emitter *e, aln_script script)
{
    uint64_t bit = (uint64_t)1 << script;
    if (!(e->asked & bit)) {
        e->asked |= bit;
        e->have |= aln_scheme_find(NULL, script) ? bit : 0;
    }
    return (e->have & bit) != 0;
}

static int emit_token(emitter *e, aln_token *token, aln_term_kind kind, const char *text, size_t len, uint32_t flags,
                      unsigned language, const char *rule)
{
    token->kind = kind;
    token->text = text;
    token->text_len = len;
    token->flags = (token->flags & ALN_TOKEN_CAPITAL) | flags;
    token->language = language < aln_language_count ? aln_languages[language].tag : "und";
    token->rule = rule;
    return e->fn(e->ctx, token);
}

static inline int emit(emitter *e, aln_token *token, aln_term_kind kind, const char *text, size_t len, uint32_t flags,
                       unsigned language, const char *rule)
{
    if (e->feed)
        return aln_feed_term(e->feed, kind, text, len, flags & ALN_TOKEN_UNPLACED ? 0 : token->position);
    return emit_token(e, token, kind, text, len, flags, language, rule);
}

/* Whether an id has the position of a word that its name begins or ends with: no key says what stands there. */
static inline int is_placed(const aln_found *name, const aln_unit *unit)
{
    return !(name->flags & ALN_FOUND_INNER) && ((unit->flags & ALN_UNIT_CHAR) || !aln_word_has_place(unit->word));
}

/* Gives the ids of names that begin at this unit, or, at its last word, those of names that end here, so that a phrase
 * may go on behind the name. Names do not overlap, so each cursor moves on once. */
static int emit_entities(emitter *e, const aln_window *window, const aln_found *list, size_t count, size_t unit,
                         const aln_token *token, int ending, size_t *found)
{
    int code = 0;
    for (; !code && *found < count; ++*found) {
        const aln_found *f = &list[*found];
        size_t last = f->first + f->span - 1;
        if (ending ? last > unit : f->first > unit)
            break;
        if (ending && f->span == 1)
            continue; /* begins where it ends */
        char id[ALN_ENTITY_TERM];
        size_t len = aln_entity_term(e->analyzer->lexicon, f->entity, f->flags, id);
        aln_token t = *token;
        t.span = f->span;
        t.entity = f->entity;
        t.start = window->units[f->first].start;
        t.end = window->units[last].end;
        code = emit_token(e, &t, ALN_TERM_ENTITY, id, len,
                          ALN_TOKEN_COLOCATED | (is_placed(f, &window->units[unit]) ? 0 : ALN_TOKEN_UNPLACED),
                          ALN_NO_LANGUAGE, "names");
    }
    return code;
}

/* Whether a hook goes without a key: ALN_HOOK_FEW_SKELETONS. */
static inline int is_left_out(const emitter *e, const aln_word *word, const aln_form *key)
{
    return e->feed && e->feed->few_skeletons && aln_key_is_spare(word, key);
}

static uint32_t key_flags(const aln_word *word, const aln_form *key)
{
    return (aln_key_has_places(word, key) ? 0 : ALN_TOKEN_UNPLACED) |
           (aln_key_tells_place(key) ? 0 : ALN_TOKEN_SKELETON);
}

/* Keys of two words with a hyphen between them: Нур-Султан is Нурсултан elsewhere. */
static int emit_joined(emitter *e, const aln_window *window, size_t unit, aln_token *token)
{
    const aln_unit *last = &window->units[unit - 1], *this = &window->units[unit];
    uint8_t language = this->word->language;
    if (!(this->flags & ALN_UNIT_HYPHEN) || language == ALN_NO_LANGUAGE || !aln_unit_is_name_like(last))
        return 0;
    aln_reading_in in = {&language, 1, 0, 0, 1};
    const aln_word *joined = aln_joined_word(&e->analyzer->memo, e->text, last, this, &in,
                                             1u << 16 | (uint32_t)language << 8 | (uint32_t)this->word->script);
    if (!joined)
        return 0;
    aln_token t = *token;
    t.start = last->start;
    t.span = 2;
    int code = 0;
    for (unsigned i = 0; i < joined->key_count && !code; i++)
        code = is_left_out(e, joined, &joined->keys[i])
                   ? 0
                   : emit(e, &t, ALN_TERM_KEY, joined->keys[i].text, joined->keys[i].len,
                          ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED | ALN_TOKEN_JOINED |
                              key_flags(joined, &joined->keys[i]),
                          joined->keys[i].language, joined->keys[i].rule);
    return code;
}

/* Scripts without spaces: each pair of neighbours. */
static size_t pair_of(const aln_unit *first, char *out)
{
    size_t n = first->word->exact_len, m = first[1].word->exact_len;
    if (n + m > 2 * ALN_WORD_BYTES)
        return 0;
    memcpy(out, first->word->exact, n);
    memcpy(out + n, first[1].word->exact, m);
    return n + m;
}

/* Characters of a run that may be a name, at most. */
#define RUN_NAME_MAX 8

/* How a run is read, for the memo: a character alone has keys as a run, and none as the scan's word. */
#define RUN_READING (4u << 16)

/* A short run of characters as one word: its keys, its readings in other languages, and as it stands, for the models to
 * find in the vocabulary. One character is a word of a foreign name (丹·奎尔). */
static int emit_run(emitter *e, const aln_window *window, size_t unit, size_t count, const aln_token *token)
{
    const aln_unit *u = &window->units[unit];
    aln_script script = (aln_script)u->word->script;
    uint8_t language = u->word->language;
    aln_reading_in in = {&language, language != ALN_NO_LANGUAGE, 0, 0, 1};
    const aln_word *whole = aln_memo_word(&e->analyzer->memo, e->text + u->start, u[count - 1].end - u->start, script,
                                          &in, RUN_READING | (uint32_t)language << 8 | (uint32_t)script);
    int code = 0;
    if (!whole)
        return ALN_ENOMEM;
    aln_token t = *token;
    t.span = (uint32_t)count;
    t.end = u[count - 1].end;
    for (unsigned i = 0; i < whole->key_count && !code && count > 1; i++)
        code = is_left_out(e, whole, &whole->keys[i])
                   ? 0
                   : emit(e, &t, ALN_TERM_KEY, whole->keys[i].text, whole->keys[i].len,
                          ALN_TOKEN_COLOCATED | key_flags(whole, &whole->keys[i]), whole->keys[i].language,
                          whole->keys[i].rule);
    for (unsigned i = 0; i < whole->stem_count && !code; i++)
        if (whole->stems[i].language != language)
            code = emit(e, &t, ALN_TERM_STEM, whole->stems[i].text, whole->stems[i].len,
                        ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, whole->stems[i].language, whole->stems[i].rule);
    if (!code)
        code = emit(e, &t, ALN_TERM_STEM, whole->exact, whole->exact_len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED,
                    language, "run");
    return code;
}

/* A record that is one short run and nothing else: a family name, as the Chinese press and its lists name foreigners.
 * The key tells it from the same word within a name. A known person's whole name is none, unless it is a foreign one:
 * who else has it is named so as well (奥布莱恩). */
static int emit_alone(emitter *e, const aln_window *window, const aln_token *token)
{
    size_t count = window->unit_count;
    char key[4 * RUN_NAME_MAX + 1 + ALN_ARENA_SLACK]; /* as the copy reads it */
    const aln_unit *u = window->units;
    size_t len = 0;
    int known = 0;
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].span == count && !(window->found[i].flags & ALN_FOUND_OTHER) &&
            strcmp(aln_entity_kind(e->analyzer->lexicon, window->found[i].entity), "person") == 0)
            known = 1;
    key[len++] = ALN_KEY_ALONE;
    for (size_t i = 0; i < count; i++) {
        if (u[i].word->exact_len > sizeof key - ALN_ARENA_SLACK - len)
            return 0;
        memcpy(key + len, u[i].word->exact, u[i].word->exact_len);
        len += u[i].word->exact_len;
    }
    if (known && !aln_may_be_foreign(key + 1, len - 1))
        return 0;
    aln_token t = *token;
    t.span = (uint32_t)count;
    t.end = u[count - 1].end;
    return emit(e, &t, ALN_TERM_KEY, key, len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, u->word->language, "alone");
}

/* Keys of the Japanese readings of a firm's words that may begin at a unit: two characters, and at the head of a run
 * also one or three. */
static int emit_japanese(emitter *e, const aln_window *window, size_t unit, const aln_token *token)
{
    const aln_unit *u = &window->units[unit];
    int head = !aln_unit_goes_on(u), code = 0;
    size_t most = unit < e->form ? e->form - unit : window->unit_count - unit;
    if (u->word->script != ALN_SCRIPT_HANI || (unit >= e->form && unit < e->form + 4))
        return 0;
    for (size_t n = 1; n <= ALN_JAPANESE_CHARACTERS && n <= most && (n == 1 || aln_unit_goes_on(&u[n - 1])); n++) {
        aln_japanese_reading readings[ALN_JAPANESE_READINGS];
        size_t count =
            n == 2 || head ? aln_japanese_readings(e->text + u->start, u[n - 1].end - u->start, readings) : 0;
        aln_token t = *token;
        t.span = (uint32_t)n;
        t.end = u[n - 1].end;
        for (size_t i = 0; i < count && !code; i++) {
            char key[1 + ALN_JAPANESE_MAX + ALN_ARENA_SLACK] = {ALN_KEY_JAPANESE}; /* likewise */
            memcpy(key + 1, readings[i].text, readings[i].len);
            code = readings[i].len < 2 ? 0
                                       : emit(e, &t, ALN_TERM_KEY, key, 1u + readings[i].len,
                                              ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, u->word->language, "Japanese");
        }
    }
    return code;
}

/* What may be a name written without spaces: a whole short run, what known names leave of one (杰亚 in 杰亚机器人公司),
 * and what stands before generic words. `begun` is how many of the window's names begin here or before. */
static int emit_runs(emitter *e, const aln_window *window, size_t unit, size_t begun, const aln_token *token)
{
    const aln_unit *u = &window->units[unit], *end = window->units + window->unit_count;
    const aln_found *name = begun ? &window->found[begun - 1] : NULL;
    size_t name_end = name ? name->first + name->span : 0, run = 1, part = 0;
    int begins = !(u->flags & ALN_UNIT_TOUCHES) || unit == 0, behind_name = name && name_end == unit;
    aln_script script = (aln_script)u->word->script;
    if ((!begins && !behind_name) || !has_scheme(e, script))
        return 0;
    while (u + run < end && aln_unit_goes_on(&u[run]) && u[run].word->script == script && run <= RUN_NAME_MAX)
        run++;
    if (unit >= name_end)
        part = begun < window->found_count && window->found[begun].first - unit < run
                   ? window->found[begun].first - unit
                   : run;
    int code = begins && run <= RUN_NAME_MAX ? emit_run(e, window, unit, run, token) : 0;
    if (!code && e->whole && run > 1 && run == window->unit_count && run <= RUN_NAME_MAX)
        code = emit_alone(e, window, token);
    if (!code && part > 1 && part <= RUN_NAME_MAX && !(begins && part == run))
        code = emit_run(e, window, unit, part, token);
    size_t head = begins ? aln_run_head(window, unit, unit + run, begun) : 0;
    if (!code && head && head - unit != part && head - unit <= RUN_NAME_MAX)
        code = emit_run(e, window, unit, head - unit, token);
    return code;
}

static int emit_char(emitter *e, const aln_window *window, size_t unit, size_t begun, aln_token *token)
{
    const aln_unit *u = &window->units[unit];
    int code = 0;
    if (unit + 1 < window->unit_count && aln_unit_goes_on(u + 1)) {
        char pair[2 * ALN_WORD_BYTES];
        size_t len = pair_of(u, pair);
        aln_token t = *token;
        t.end = u[1].end;
        if (len)
            code = emit_token(e, &t, ALN_TERM_EXACT, pair, len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED,
                              u->word->language, "bigram");
    }
    if (!code && e->japanese)
        code = emit_japanese(e, window, unit, token);
    return code ? code : emit_runs(e, window, unit, begun, token);
}

/* Letters of an abbreviation that a full stop stands behind, at most: Ltd., Corp. */
#define ABBREVIATION_LETTERS 4

/* Whether a text is a sentence, and so no name. */
static int is_sentence(const emitter *e, const aln_window *window)
{
    const aln_unit *last = &window->units[window->unit_count - 1];
    const char behind = last->end < e->len ? e->text[last->end] : 0;
    return (behind == '.' || behind == '!' || behind == '?') && last->word->exact_len > ABBREVIATION_LETTERS;
}

/* Keys of the acronyms of a text that is the name of a body. */
static int emit_acronyms(emitter *e, const aln_window *window, const aln_token *token)
{
    aln_acronym found[ALN_ACRONYMS];
    uint8_t optional[ALN_ACRONYM_UNITS];
    int code = 0;
    if (!window->unit_count || window->unit_count > ALN_ACRONYM_UNITS || is_sentence(e, window))
        return 0;
    aln_mark_optional(window, optional);
    size_t count = aln_acronyms(e->analyzer->lexicon, window, optional, found);
    for (size_t i = 0; i < count && !code; i++) {
        aln_token t = *token;
        t.start = window->units[found[i].first].start;
        t.end = window->units[found[i].last - 1u].end;
        t.span = (uint32_t)(found[i].last - found[i].first);
        code = emit(e, &t, ALN_TERM_KEY, found[i].key, found[i].len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED,
                    window->units[0].word->language, "acronym");
    }
    return code;
}

static aln_token token_of(const aln_unit *unit, uint32_t position)
{
    return (aln_token){ALN_TERM_EXACT, NULL, 0,     unit->start, unit->end, position, 1, 0,
                       UINT32_MAX,     NULL, "und", "uax29"};
}

/* Whether the next of a list of names begins at a unit, or before. */
static inline int begins_here(const aln_found *list, size_t count, size_t next, size_t unit)
{
    return next < count && list[next].first <= unit;
}

static int emit_window(emitter *e, const aln_window *window)
{
    size_t begun = 0, ended = 0, inner = 0;
    for (size_t i = 0; i < window->unit_count; i++) {
        const aln_unit *unit = &window->units[i];
        const aln_word *word = unit->word;
        aln_token token = token_of(unit, ++e->position);
        token.script = aln_script_code((aln_script)word->script);
        token.flags = aln_unit_is_name_like(unit) ? ALN_TOKEN_CAPITAL : 0;
        int code = emit_token(e, &token, ALN_TERM_EXACT, word->exact, word->exact_len, 0, word->language, "uax29");
        if (!code && begins_here(window->found, window->found_count, begun, i))
            code = emit_entities(e, window, window->found, window->found_count, i, &token, 0, &begun);
        if (!code && ended < begun)
            code = emit_entities(e, window, window->found, begun, i, &token, 1, &ended);
        if (!code && begins_here(window->inner, window->inner_count, inner, i))
            code = emit_entities(e, window, window->inner, window->inner_count, i, &token, 0, &inner);
        if (unit->flags & ALN_UNIT_CHAR) {
            if (!code)
                code = emit_char(e, window, i, begun, &token);
        } else {
            for (unsigned k = 0; k < word->key_count && !code; k++)
                code = emit_token(e, &token, ALN_TERM_KEY, word->keys[k].text, word->keys[k].len,
                                  ALN_TOKEN_COLOCATED | key_flags(word, &word->keys[k]), word->keys[k].language,
                                  word->keys[k].rule);
            for (unsigned k = 0; k < word->stem_count && !code; k++)
                code =
                    emit_token(e, &token, ALN_TERM_STEM, word->stems[k].text, word->stems[k].len,
                               ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, word->stems[k].language, word->stems[k].rule);
            if (!code && (unit->flags & ALN_UNIT_HYPHEN) && i)
                code = emit_joined(e, window, i, &token);
        }
        if (!code && i == 0 && e->whole)
            code = emit_acronyms(e, window, &token);
        if (code)
            return code;
    }
    return ALN_OK;
}

/* A list of names on its way through the units of a window: in the order of their first units, or, as names do not
 * overlap, of their last ones. */
typedef struct names_ahead {
    const aln_found *name, *end;
    uint32_t unit; /* at which the next one is due, or UINT32_MAX: one comparison tells that most units have none */
    int ending;
} names_ahead;

static inline void look_ahead(names_ahead *a)
{
    while (a->ending && a->name < a->end && a->name->span == 1)
        a->name++; /* begins where it ends */
    a->unit = a->name == a->end ? UINT32_MAX : a->name->first + (a->ending ? a->name->span - 1 : 0);
}

static names_ahead names_of(const aln_found *list, size_t count, int ending)
{
    names_ahead a = {list, count ? list + count : list, 0, ending};
    look_ahead(&a);
    return a;
}

/* Gives those that are due at unit i. */
static int feed_entities(aln_feed *f, names_ahead *a, const aln_unit *unit, size_t i, uint32_t position)
{
    while (a->unit <= i) {
        const aln_found *name = a->name++;
        char *id = f->term[ALN_TERM_ENTITY] + f->prefix_len[ALN_TERM_ENTITY];
        aln_copy_short(id, name->id, name->id_len);
        size_t len = name->id_len + aln_entity_mark(name->flags, id + name->id_len);
        int code = len > f->room[ALN_TERM_ENTITY]
                       ? 0
                       : f->hook->posting(f->hook->ctx, f->term[ALN_TERM_ENTITY], f->prefix_len[ALN_TERM_ENTITY] + len,
                                          is_placed(name, unit) ? f->base + position : 0);
        if (code)
            return code;
        look_ahead(a);
    }
    return 0;
}

/* The same terms in the same order as emit_window() gives. */
static int feed_window(emitter *e, const aln_window *window)
{
    aln_feed *f = e->feed;
    const aln_hook *hook = f->hook;
    size_t count = window->unit_count;
    names_ahead begin = names_of(window->found, window->found_count, 0),
                end = names_of(window->found, window->found_count, 1),
                inner = names_of(window->inner, window->inner_count, 0);
    for (size_t i = 0; i < count; i++) {
        const aln_unit *unit = &window->units[i];
        const aln_word *word = unit->word;
        uint32_t position = ++e->position;
        int code = 0;
        f->last = f->base + position;
        const aln_ready *ready = aln_ready_of(word, f->layout);
        if (!ready && !(ready = aln_ready_make(&e->analyzer->memo, unit->word, f)))
            return ALN_ENOMEM;
        if (hook->position)
            code = hook->position(hook->ctx, f->last, unit->start, unit->end);
        if (!code)
            code = aln_ready_give(f, ready, 0, ready->exact_end, position);
        if (!code && begin.unit <= i)
            code = feed_entities(f, &begin, unit, i, position);
        if (!code && end.unit <= i)
            code = feed_entities(f, &end, unit, i, position);
        if (!code && inner.unit <= i)
            code = feed_entities(f, &inner, unit, i, position);
        if (code)
            return code;
        if (unit->flags & ALN_UNIT_CHAR) {
            char pair[2 * ALN_WORD_BYTES + ALN_ARENA_SLACK];
            size_t len = i + 1 < count && aln_unit_goes_on(unit + 1) ? pair_of(unit, pair) : 0;
            if (len)
                code = aln_feed_term(f, ALN_TERM_EXACT, pair, len, 0); /* the characters have positions */
            if (!code) {
                aln_token token = token_of(unit, position);
                code = e->japanese ? emit_japanese(e, window, i, &token) : 0;
                if (!code)
                    code =
                        emit_runs(e, window, i, window->found_count ? (size_t)(begin.name - window->found) : 0, &token);
            }
        } else {
            code = aln_ready_give(f, ready, ready->exact_end, ready->end, position);
            if (!code && (unit->flags & ALN_UNIT_HYPHEN) && i) {
                aln_token token = token_of(unit, position);
                code = emit_joined(e, window, i, &token);
            }
        }
        if (!code && i == 0 && e->whole) {
            aln_token token = token_of(unit, position);
            code = emit_acronyms(e, window, &token);
        }
        if (code)
            return code;
    }
    return ALN_OK;
}

/* A longer text has something else beside a name; characters are units. */
#define CORE_UNITS 16

/* How many words a short text has that is all of its document: a record of a list of names. */
static int emit_length(emitter *e, const aln_window *window)
{
    size_t words = aln_record_words(e->text, window, 1), count = window->unit_count;
    if (words < ALN_KEY_WORDS_FIRST || words > ALN_KEY_WORDS_LAST)
        return 0;
    const char key[ALN_COPY_STEP] = {ALN_KEY_WORDS, (char)('0' + words)}; /* as the copy reads it */
    aln_token t = token_of(window->units, e->position);
    t.script = aln_script_code((aln_script)window->units->word->script);
    t.span = (uint32_t)count;
    t.end = window->units[count - 1].end;
    return emit(e, &t, ALN_TERM_KEY, key, 2, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, ALN_NO_LANGUAGE, "words");
}

/* What a record's name is but for what it need not have. */
static int emit_core(emitter *e, const aln_window *window)
{
    uint8_t optional[CORE_UNITS];
    int code = 0;
    if (!window->unit_count || window->unit_count > CORE_UNITS)
        return 0;
    aln_mark_optional(window, optional);
    aln_mark_country(e->analyzer->lexicon, window, optional);
    for (int as_id = 0; as_id < 2 && !code; as_id++) {
        char key[ALN_RECORD_CORE];
        size_t len = aln_record_core(e->analyzer->lexicon, window, optional, as_id, key);
        aln_token t = token_of(window->units, e->position);
        t.script = aln_script_code((aln_script)window->units->word->script);
        t.span = (uint32_t)window->unit_count;
        t.end = window->units[window->unit_count - 1].end;
        if (len)
            code =
                emit(e, &t, ALN_TERM_KEY, key, len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, ALN_NO_LANGUAGE, "alone");
    }
    return code;
}

static int emit_text(emitter *e, const char *language, size_t len)
{
    aln_analyzer *analyzer = e->analyzer;
    const char *text = e->text;
    aln_scan_options options = {ALN_NO_LANGUAGE, NULL, 0, 0, analyzer->options.names, analyzer->options.as_of};
    options.language = aln_text_language(analyzer, language, text, len);
    aln_context context;
    aln_context_begin(&context, analyzer->lexicon, options.language);
    for (size_t pos = 0; pos < len;) {
        int code = aln_scan(&analyzer->memo, text, len, &pos, &options, &analyzer->window);
        if (!code)
            code = aln_find_names(analyzer->lexicon, &options, &analyzer->window);
        e->whole = !e->position && pos == len && !(e->feed && (e->feed->hook->flags & ALN_HOOK_PART));
        e->japanese = !code && e->whole && aln_is_japanese_firm(&analyzer->window, &e->form);
        if (!code)
            aln_context_order(&context, &analyzer->window);
        if (!code)
            code = e->feed ? feed_window(e, &analyzer->window) : emit_window(e, &analyzer->window);
        if (!code && e->whole)
            code = emit_length(e, &analyzer->window);
        if (!code && e->whole)
            code = emit_core(e, &analyzer->window);
        if (code)
            return code == ALN_STOP ? ALN_OK : code;
    }
    return ALN_OK;
}

int aln_analyze(aln_analyzer *analyzer, const char *language, const char *text, size_t len, aln_token_fn fn, void *ctx)
{
    emitter e = {.analyzer = analyzer, .text = text, .len = len, .fn = fn, .ctx = ctx};
    return emit_text(&e, language, len);
}

int aln_feed_text(aln_analyzer *analyzer, aln_feed *feed, const char *language, const char *text, size_t len)
{
    emitter e = {.analyzer = analyzer, .text = text, .len = len, .feed = feed};
    return emit_text(&e, language, len);
}
