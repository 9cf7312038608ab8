/*
 * The analyzer: making one, and giving the terms of a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "analyzer.h"
#include "error.h"
#include "key.h"
#include "unicode.h"
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define MEMO_DEFAULT ((size_t)64 << 20)

/* Reads "kk,ru,en" into the set of languages; empty or NULL = all. */
static aln_status parse_languages(const char *list, uint8_t *out, size_t *count, aln_error *err)
{
    *count = 0;
    if (!list || !*list) {
        for (unsigned i = 0; i < aln_language_count; i++)
            out[(*count)++] = (uint8_t)i;
        return ALN_OK;
    }
    while (*list) {
        size_t len = strcspn(list, ",");
        unsigned language = aln_language_find(list, len);
        if (language == ALN_NO_LANGUAGE)
            return aln_fail(err, ALN_EUNKNOWN, 0, "unknown language \"%.*s\"", (int)(len < 40 ? len : 40), list);
        out[(*count)++] = (uint8_t)language;
        if (*count == ALN_LANGUAGES_MAX)
            return aln_fail(err, ALN_ELIMIT, 0, "more than %d languages", ALN_LANGUAGES_MAX);
        list += len + (list[len] == ',');
    }
    return ALN_OK;
}

static uint32_t stemmers_hash(void)
{
    size_t count;
    const aln_stemmer_info *list = aln_stemmer_list(&count);
    uint32_t h = 0;
    for (size_t i = 0; i < count; i++)
        h = (h ^ aln_image_hash(list[i].name, strlen(list[i].name)) ^ list[i].version * 0x9E3779B1u) * 16777619u;
    return h;
}

static void make_fingerprint(aln_analyzer *a)
{
    uint32_t names = 0;
    for (unsigned i = 0; i < a->lexicon->layers && a->options.names != ALN_NAMES_OFF; i++)
        names = names * 31u + a->lexicon->layer[i]->hash;
    uint32_t languages = aln_languages_hash();
    if (a->languages_option)
        languages = languages * 31u ^ aln_image_hash(a->languages_option, strlen(a->languages_option));
    /* Words are cut by our tables and normalized by utf8proc's, which may be of another version of Unicode. */
    snprintf(a->fingerprint, sizeof a->fingerprint,
             "allonym-terms:%d unicode:%s/%s languages:%08x stemmers:%08x romanization:%08x keys:%u names:%08x/%d "
             "word:%zu/%u as-of:%d",
             ALN_TERM_VERSION, aln_unicode_version, utf8proc_unicode_version(), languages, stemmers_hash(),
             aln_romanize_version(), aln_key_version(), names, (int)a->options.names, a->options.max_word_bytes,
             a->options.max_keys, (int)a->options.as_of);
}

aln_status aln_analyzer_new(aln_lexicon *lexicon, const aln_options *options, aln_analyzer **out, aln_error *err)
{
    if (!out)
        return aln_fail(err, ALN_EINVAL, 0, "no place for the analyzer");
    *out = NULL;
    if (!lexicon || (options && options->struct_size != sizeof *options))
        return aln_fail(err, ALN_EINVAL, 0, "no lexicon, or options of another version");
    if (options && (options->as_of < 0 || options->as_of > 9999))
        return aln_fail(err, ALN_EINVAL, 0, "as_of is a year from 1 to 9999, or 0");
    aln_analyzer *a = aln_mem_zero(&lexicon->alloc, sizeof *a);
    if (!a)
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    aln_options defaults = ALN_OPTIONS_INIT;
    a->alloc = lexicon->alloc;
    a->lexicon = aln_lexicon_ref(lexicon);
    a->options = options ? *options : defaults;
    if (!a->options.max_word_bytes)
        a->options.max_word_bytes = 64;
    if (!a->options.max_memo_bytes)
        a->options.max_memo_bytes = MEMO_DEFAULT;
    if (!a->options.max_keys)
        a->options.max_keys = 4;
    a->window.alloc = a->alloc;
    aln_arena_init(&a->plan, &a->alloc);
    aln_status status = parse_languages(a->options.languages, a->expected, &a->expected_count, err);
    if (status == ALN_OK && a->options.languages && *a->options.languages) {
        size_t len = strlen(a->options.languages);
        a->languages_option = aln_mem_new(&a->alloc, len + 1);
        if (a->languages_option)
            memcpy(a->languages_option, a->options.languages, len + 1);
        else
            status = aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    }
    a->options.languages = a->languages_option;
    if (status == ALN_OK && (!aln_memo_init(&a->memo, &a->alloc, lexicon, a->options.max_memo_bytes) ||
                             !aln_memo_init(&a->query_memo, &a->alloc, lexicon, (size_t)1 << 20)))
        status = aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    if (status != ALN_OK) {
        aln_analyzer_free(a);
        return status;
    }
    a->memo.maker.max_word_bytes = a->query_memo.maker.max_word_bytes = a->options.max_word_bytes;
    a->memo.maker.max_keys = a->options.max_keys;
    make_fingerprint(a);
    *out = a;
    return ALN_OK;
}

void aln_analyzer_free(aln_analyzer *a)
{
    if (!a)
        return;
    aln_alloc alloc = a->alloc;
    aln_memo_free(&a->memo);
    aln_memo_free(&a->query_memo);
    aln_window_free(&a->window);
    aln_arena_free(&a->plan);
    aln_mem_free(&alloc, a->scratch, aln_translit_scratch_size());
    if (a->languages_option)
        aln_mem_free(&alloc, a->languages_option, strlen(a->languages_option) + 1);
    aln_lexicon_unref(a->lexicon);
    aln_mem_free(&alloc, a, sizeof *a);
}

const char *aln_analyzer_fingerprint(const aln_analyzer *analyzer)
{
    return analyzer->fingerprint;
}

const aln_lexicon *aln_analyzer_lexicon(const aln_analyzer *analyzer)
{
    return analyzer->lexicon;
}

const char *aln_identify(aln_analyzer *analyzer, const char *text, size_t len)
{
    uint8_t language = aln_text_language(analyzer, NULL, text, len);
    return language == ALN_NO_LANGUAGE ? "und" : aln_languages[language].tag;
}

uint8_t aln_text_language(const aln_analyzer *analyzer, const char *language, const char *text, size_t len)
{
    unsigned found = ALN_NO_LANGUAGE;
    if (language && *language && strcmp(language, "und") != 0)
        found = aln_language_find(language, strlen(language));
    if (found == ALN_NO_LANGUAGE) {
        const char *tag = aln_identify_text(text, len);
        found = aln_language_find(tag, strlen(tag));
        for (size_t i = 0; analyzer->languages_option && i < analyzer->expected_count; i++)
            if (analyzer->expected[i] == found)
                return (uint8_t)found;
        if (analyzer->languages_option)
            found = ALN_NO_LANGUAGE; /* identified as one that the user does not expect: the script decides */
    }
    return (uint8_t)found;
}

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
    uint32_t position; /* of the last word */
    aln_token_fn fn;
    void *ctx;
    aln_feed *feed; /* NULL: to the callback */
} emitter;

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
        code = emit(e, &t, ALN_TERM_ENTITY, id, len, ALN_TOKEN_COLOCATED, ALN_NO_LANGUAGE, "names");
    }
    return code;
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
        code = emit(e, &t, ALN_TERM_KEY, joined->keys[i].text, joined->keys[i].len,
                    ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED | ALN_TOKEN_JOINED, joined->keys[i].language,
                    joined->keys[i].rule);
    return code;
}

static uint32_t placed(const aln_form *key)
{
    return aln_key_has_places(key) ? 0 : ALN_TOKEN_UNPLACED;
}

/* Scripts without spaces: each character, each pair of neighbours; and a whole short run may be a name. */
#define RUN_NAME_MAX 8
static int emit_char(emitter *e, const aln_window *window, size_t unit, aln_token *token)
{
    const aln_unit *u = &window->units[unit], *next = u + 1;
    const aln_unit *end = window->units + window->unit_count;
    int code = 0;
    if (next < end && aln_unit_goes_on(next)) {
        char pair[2 * ALN_WORD_BYTES];
        size_t n = u->word->exact_len, m = next->word->exact_len;
        if (n + m <= sizeof pair) {
            memcpy(pair, u->word->exact, n);
            memcpy(pair + n, next->word->exact, m);
            aln_token t = *token;
            t.end = next->end;
            code = emit(e, &t, ALN_TERM_EXACT, pair, n + m, ALN_TOKEN_COLOCATED, u->word->language, "bigram");
        }
    }
    int begins = !(u->flags & ALN_UNIT_TOUCHES) || unit == 0;
    aln_script script = (aln_script)u->word->script;
    if (code || !begins || !aln_scheme_find(NULL, script))
        return code;
    size_t run = 1;
    while (u + run < end && aln_unit_goes_on(&u[run]) && u[run].word->script == script && run <= RUN_NAME_MAX)
        run++;
    if (run < 2 || run > RUN_NAME_MAX)
        return 0;
    uint8_t language = u->word->language;
    aln_reading_in in = {&language, language != ALN_NO_LANGUAGE, 0, 0, 1};
    const aln_word *whole = aln_memo_word(&e->analyzer->memo, e->text + u->start, u[run - 1].end - u->start, script,
                                          &in, 1u << 16 | (uint32_t)language << 8 | (uint32_t)script);
    if (!whole)
        return ALN_ENOMEM;
    aln_token t = *token;
    t.span = (uint32_t)run;
    t.end = u[run - 1].end;
    for (unsigned i = 0; i < whole->key_count && !code; i++)
        code = emit(e, &t, ALN_TERM_KEY, whole->keys[i].text, whole->keys[i].len,
                    ALN_TOKEN_COLOCATED | placed(&whole->keys[i]), whole->keys[i].language, whole->keys[i].rule);
    /* and as it stands, for the models to find in the vocabulary */
    if (!code)
        code = emit(e, &t, ALN_TERM_STEM, whole->exact, whole->exact_len, ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED,
                    language, "run");
    return code;
}

/* What a word has beside its terms: the hook is told its place, a token its properties. */
static int begin_unit(emitter *e, const aln_unit *unit, aln_token *token)
{
    aln_feed *feed = e->feed;
    if (feed) {
        feed->last = feed->base + token->position;
        return feed->hook->position ? feed->hook->position(feed->hook->ctx, feed->last, unit->start, unit->end) : 0;
    }
    token->script = aln_script_code((aln_script)unit->word->script);
    token->flags = aln_unit_is_name_like(unit) ? ALN_TOKEN_CAPITAL : 0;
    return 0;
}

static int emit_window(emitter *e, const aln_window *window)
{
    size_t begun = 0, ended = 0, inner = 0;
    for (size_t i = 0; i < window->unit_count; i++) {
        const aln_unit *unit = &window->units[i];
        const aln_word *word = unit->word;
        aln_token token = {ALN_TERM_EXACT, NULL, 0,     unit->start, unit->end, ++e->position, 1, 0,
                           UINT32_MAX,     NULL, "und", "uax29"};
        int code = begin_unit(e, unit, &token);
        if (!code)
            code = emit(e, &token, ALN_TERM_EXACT, word->exact, word->exact_len, 0, word->language, "uax29");
        if (!code && begun < window->found_count)
            code = emit_entities(e, window, window->found, window->found_count, i, &token, 0, &begun);
        if (!code && ended < window->found_count)
            code = emit_entities(e, window, window->found, window->found_count, i, &token, 1, &ended);
        if (!code && inner < window->inner_count)
            code = emit_entities(e, window, window->inner, window->inner_count, i, &token, 0, &inner);
        if (unit->flags & ALN_UNIT_CHAR) {
            if (!code)
                code = emit_char(e, window, i, &token);
        } else {
            for (unsigned k = 0; k < word->key_count && !code; k++)
                code = emit(e, &token, ALN_TERM_KEY, word->keys[k].text, word->keys[k].len,
                            ALN_TOKEN_COLOCATED | placed(&word->keys[k]), word->keys[k].language, word->keys[k].rule);
            for (unsigned k = 0; k < word->stem_count && !code; k++)
                code = emit(e, &token, ALN_TERM_STEM, word->stems[k].text, word->stems[k].len,
                            ALN_TOKEN_COLOCATED | ALN_TOKEN_UNPLACED, word->stems[k].language, word->stems[k].rule);
            if (!code && (unit->flags & ALN_UNIT_HYPHEN) && i)
                code = emit_joined(e, window, i, &token);
        }
        if (code)
            return code;
    }
    return ALN_OK;
}

static int emit_text(emitter *e, const char *language, size_t len)
{
    aln_analyzer *analyzer = e->analyzer;
    const char *text = e->text;
    aln_scan_options options = {ALN_NO_LANGUAGE, NULL, 0, 0, analyzer->options.names, analyzer->options.as_of};
    options.language = aln_text_language(analyzer, language, text, len);
    for (size_t pos = 0; pos < len;) {
        int code = aln_scan(&analyzer->memo, text, len, &pos, &options, &analyzer->window);
        if (!code)
            code = aln_find_names(analyzer->lexicon, &options, &analyzer->window);
        if (!code)
            code = emit_window(e, &analyzer->window);
        if (code)
            return code == ALN_STOP ? ALN_OK : code;
    }
    return ALN_OK;
}

int aln_analyze(aln_analyzer *analyzer, const char *language, const char *text, size_t len, aln_token_fn fn, void *ctx)
{
    emitter e = {analyzer, text, 0, fn, ctx, NULL};
    return emit_text(&e, language, len);
}

int aln_feed_text(aln_analyzer *analyzer, aln_feed *feed, const char *language, const char *text, size_t len)
{
    emitter e = {analyzer, text, 0, NULL, NULL, feed};
    return emit_text(&e, language, len);
}

size_t aln_fold(const char *text, size_t len, char *buf, size_t cap)
{
    unsigned flags;
    char out[ALN_WORD_BYTES];
    size_t n = aln_fold_exact(text, len, out, sizeof out, &flags);
    if (n && cap)
        memcpy(buf, out, n < cap ? n : cap);
    return n;
}
