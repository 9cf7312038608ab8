/*
 * Making the forms of a word, in the order that matters: exact form, base form in the language, clitics off, stem in
 * the source script, romanize, key, gazetteer tokens.
 *
 * A name's key is made of the stem where the language inflects names by case, of the word itself elsewhere: the English
 * stemmer's "gate" would part Gates from Гейтс.
 *
 * SPDX-License-Identifier: MIT
 */
#include "word.h"
#include "clitics.h"
#include "han.h"
#include "key.h"
#include "language.h"
#include "patronymic.h"
#include "surname.h"
#include "utf8.h"
#include <string.h>

typedef struct aln_word_stemmer {
    aln_stemmer *stemmer;
    const aln_scheme *scheme[2]; /* of the language; of the script */
    uint8_t opened, schemes;
} aln_word_stemmer;

int aln_word_maker_init(aln_word_maker *maker, const aln_alloc *alloc, const aln_lexicon *lexicon)
{
    maker->alloc = aln_alloc_or_default(alloc);
    maker->lexicon = lexicon;
    maker->max_word_bytes = 64;
    maker->max_keys = 4;
    maker->stemmers = aln_mem_zero(&maker->alloc, aln_language_count * sizeof *maker->stemmers);
    return maker->stemmers != NULL;
}

void aln_word_maker_free(aln_word_maker *maker)
{
    if (!maker->stemmers)
        return;
    for (unsigned i = 0; i < aln_language_count; i++)
        aln_stemmer_free(maker->stemmers[i].stemmer);
    aln_mem_free(&maker->alloc, maker->stemmers, aln_language_count * sizeof *maker->stemmers);
    maker->stemmers = NULL;
}

/* What belongs to a language, opened at its first word. A language without a stemmer takes its script's light one. */
static aln_word_stemmer *of_language(aln_word_maker *maker, unsigned language)
{
    aln_word_stemmer *s = &maker->stemmers[language];
    if (s->opened)
        return s;
    s->opened = 1;
    const aln_language *l = &aln_languages[language];
    if (aln_stemmer_new(l->tag, &s->stemmer) == ALN_EUNKNOWN && l->names == ALN_NAMES_CASES) {
        char light[] = "und-Xxxx";
        memcpy(light + 4, aln_script_code(l->script), 4);
        (void)aln_stemmer_new(light, &s->stemmer);
    }
    const aln_scheme *own = strncmp(l->tag, "und", 3) == 0 ? NULL : aln_scheme_find(l->tag, l->script);
    const aln_scheme *general = aln_scheme_find(NULL, l->script);
    if (own)
        s->scheme[s->schemes++] = own;
    if (general && general != own)
        s->scheme[s->schemes++] = general;
    return s;
}

size_t aln_word_stem(aln_word_maker *maker, unsigned language, const char *base, size_t len, char *out, size_t cap,
                     const char **rule)
{
    aln_word_stemmer *s = of_language(maker, language);
    if (s->stemmer) {
        size_t n = aln_stemmer_stem(s->stemmer, base, len, out, cap);
        if (rule)
            *rule = aln_stemmer_name(s->stemmer);
        /* A stem of one or two letters is shared by too much to be the word's */
        if (n >= len || n > 2 * 4 || aln_utf8_count(out, n) >= 3 || aln_utf8_count(base, len) < 5)
            return n;
    }
    size_t n = len < cap ? len : cap;
    memcpy(out, base, n);
    if (rule)
        *rule = "none";
    return n;
}

/* Orthographies that a word of unknown language may follow. */
#define ALN_SCHEMES_OF_SCRIPT 64

int aln_word_is_abbreviation(const aln_word *word)
{
    return (word->flags & ALN_FOLD_ALL_CAPITALS) && aln_script_has_case((aln_script)word->script) &&
           aln_utf8_count(word->exact, word->exact_len) <= ALN_ABBREVIATION_LETTERS;
}

/* The word under construction. */
typedef struct draft {
    aln_form stems[ALN_WORD_STEMS], keys[ALN_WORD_KEYS];
    uint32_t tokens[ALN_LAYERS][ALN_WORD_TOKENS];
    size_t stem_count, key_count, token_count[ALN_LAYERS];
    const char *exact; /* the exact form, in the arena */
    size_t exact_len;
    uint32_t exact_hash;
    aln_arena *arena;
    int exact_asked;      /* whether the exact form's tokens were looked up */
    uint8_t exact_tokens; /* as aln_word has them */
    int failed;           /* out of memory */
} draft;

static void add_form(draft *d, aln_form *forms, size_t *count, size_t max, const char *text, size_t len,
                     unsigned language, unsigned rank, const char *rule)
{
    if (!len || len > 255)
        return;
    for (size_t i = 0; i < *count; i++) {
        if (forms[i].len == len && memcmp(forms[i].text, text, len) == 0) {
            if (rank < forms[i].rank)
                forms[i].rank = (uint8_t)rank;
            return;
        }
    }
    if (*count == max)
        return;
    const char *copy =
        len <= d->exact_len && memcmp(text, d->exact, len) == 0 ? d->exact : aln_arena_text(d->arena, text, len);
    if (!copy) {
        d->failed = 1;
        return;
    }
    forms[(*count)++] = (aln_form){copy, (uint8_t)len, (uint8_t)language, (uint8_t)(rank < 255 ? rank : 255), rule};
}

static void add_tokens(draft *d, const aln_lexicon *lexicon, uint32_t hash, const char *text, size_t len)
{
    for (unsigned layer = 0; lexicon && layer < lexicon->layers; layer++) {
        uint32_t token = aln_image_token_hashed(lexicon->layer[layer], hash, text, len);
        size_t n = d->token_count[layer], i = 0;
        while (i < n && d->tokens[layer][i] != token)
            i++;
        if (token && i == n && n < ALN_WORD_TOKENS)
            d->tokens[layer][d->token_count[layer]++] = token;
    }
}

/* To be looked up soon: most of the time that this takes, memory is on its way. Returns the hash, to look it up with.
 */
static uint32_t fetch_tokens(const aln_lexicon *lexicon, const char *text, size_t len)
{
    uint32_t hash = lexicon ? aln_image_hash(text, len) : 0;
    for (unsigned layer = 0; lexicon && layer < lexicon->layers; layer++)
        aln_image_fetch(lexicon->layer[layer], hash);
    return hash;
}

/* Those of the exact form come first. */
static void add_exact_tokens(draft *d, const aln_lexicon *lexicon)
{
    if (d->exact_asked)
        return;
    d->exact_asked = 1;
    add_tokens(d, lexicon, d->exact_hash, d->exact, d->exact_len);
    for (unsigned layer = 0; layer < ALN_LAYERS; layer++)
        d->exact_tokens |= (uint8_t)((d->token_count[layer] > 0) << layer);
}

static void add_keys(draft *d, const aln_word_stemmer *s, const char *text, size_t len, unsigned language, int query,
                     size_t max)
{
    aln_key keys[ALN_KEYS_QUERY];
    size_t n = aln_word_keys(s->scheme, s->schemes, text, len, query, keys, query ? ALN_KEYS_QUERY : ALN_KEYS_DOCUMENT);
    if (max > ALN_WORD_KEYS)
        max = ALN_WORD_KEYS;
    for (size_t i = 0; i < n; i++)
        add_form(d, d->keys, &d->key_count, max, keys[i].text, keys[i].len, language, keys[i].rank,
                 keys[i].scheme ? aln_scheme_name(keys[i].scheme) : "key");
}

/* The keys of a word, or of its stem where the language inflects names. */
static void add_keys_of(draft *d, const aln_word_stemmer *s, const aln_language *l, aln_script script, const char *word,
                        size_t word_len, const char *stem, size_t stem_len, const aln_reading_in *in, size_t max)
{
    unsigned language = (unsigned)(l - aln_languages);
    const char *source = l->names == ALN_NAMES_CASES ? stem : word;
    size_t len = l->names == ALN_NAMES_CASES ? stem_len : word_len;
    if (source == stem && in->guessed) /* what looks like an ending may be none, as in most lists: its readings first */
        add_keys(d, s, word, word_len, language, in->query, max);
    add_keys(d, s, source, len, language, in->query, max);
    if (l->names == ALN_NAMES_GENITIVE && script == ALN_SCRIPT_LATN && len > 4 && source[len - 1] == 's')
        add_keys(d, s, source, len - 1, language, in->query, max);
}

/* Whether a word of a text is known to be no name: the capital of The and После is that of a sentence. In capitals it
 * may be an abbreviation. */
static int is_common(const char *exact, size_t len, unsigned flags, unsigned language, const aln_reading_in *in)
{
    return !in->query && !in->guessed && (!(flags & ALN_FOLD_ALL_CAPITALS) || aln_utf8_count(exact, len) == 1) &&
           aln_language_common(language, exact, len);
}

static void read_in_language(aln_word_maker *maker, draft *d, const char *exact, size_t exact_len, aln_script script,
                             unsigned flags, unsigned language, const aln_reading_in *in)
{
    const aln_language *l = &aln_languages[language];
    aln_word_stemmer *s = of_language(maker, language);
    char base[ALN_WORD_BYTES], stem[ALN_WORD_BYTES + ALN_STEM_SLACK];
    size_t len = aln_fold_base(exact, exact_len, script, l->tag, (flags & ALN_FOLD_CAPITAL) && exact[0] == 'i', base,
                               sizeof base);
    aln_span spans[ALN_CLITIC_SPANS];
    size_t count = aln_clitics(base, len, script, l->tag, spans);
    aln_word_stemmer kana; /* Japanese is Han by its table; its other scripts have schemes of their own */
    if (script != l->script && (kana.scheme[0] = aln_scheme_find(l->tag, script)) != NULL) {
        kana.stemmer = s->stemmer;
        kana.schemes = 1;
        kana.opened = 1;
        s = &kana;
    }
    int wants_keys = in->keys &&
                     (in->query || in->keys == 2 || !aln_script_has_case(script) || (flags & ALN_FOLD_CAPITAL)) &&
                     !is_common(exact, exact_len, flags, language, in);
    size_t max_keys = in->query ? ALN_WORD_KEYS : maker->max_keys;
    for (size_t i = 0; i < count; i++) {
        const char *rule, *word = base + spans[i].start;
        size_t word_len = spans[i].len;
        size_t n = word_len;
        /* A query of no language in particular: the word as it stands, for the other languages take off its endings. */
        if (in->query && strncmp(l->tag, "und", 3) == 0) {
            memcpy(stem, word, word_len);
            rule = "none";
        } else {
            n = aln_word_stem(maker, language, word, word_len, stem, sizeof stem, &rule);
            /* A query in some language: where both are names, Niger is no stem of Nigeria. */
            if (in->query && n != word_len && aln_lexicon_is_name(maker->lexicon, word, word_len) &&
                aln_lexicon_is_name(maker->lexicon, stem, n)) {
                memcpy(stem, word, word_len);
                n = word_len;
            }
            /* The stem of a patronymic in an unknown orthography would be a family name: Vladimirov. */
            if (!in->query && n != word_len && script == ALN_SCRIPT_LATN && in->guessed && (flags & ALN_FOLD_CAPITAL) &&
                aln_is_patronymic(script, word, word_len)) {
                memcpy(stem, word, word_len);
                n = word_len;
                rule = "patronymic";
            }
        }
        add_form(d, d->stems, &d->stem_count, ALN_WORD_STEMS, stem, n, language, (unsigned)i, rule);
        /* A name that the language does not inflect is its own stem: the models would not know Mary in mari. */
        if (l->names != ALN_NAMES_CASES && (flags & ALN_FOLD_CAPITAL) && !in->query)
            add_form(d, d->stems, &d->stem_count, ALN_WORD_STEMS, word, word_len, language, (unsigned)i + 1, "name");
        size_t surname = flags & ALN_FOLD_CAPITAL ? aln_surname_of(l->tag, word, word_len) : 0;
        if (surname) {
            char other[ALN_WORD_BYTES + ALN_STEM_SLACK];
            const char *by;
            size_t m = aln_word_stem(maker, language, word, surname, other, sizeof other, &by);
            add_form(d, d->stems, &d->stem_count, ALN_WORD_STEMS, other, m, language, (unsigned)i + 1, "surname");
        }
        int same = n == word_len && memcmp(stem, word, n) == 0;
        int is_exact = word_len == exact_len && memcmp(word, exact, exact_len) == 0;
        uint32_t word_hash = is_exact ? d->exact_hash : fetch_tokens(maker->lexicon, word, word_len);
        uint32_t stem_hash = same ? word_hash : fetch_tokens(maker->lexicon, stem, n);
        if (wants_keys)
            add_keys_of(d, s, l, script, word, word_len, stem, n, in, max_keys);
        add_exact_tokens(d, maker->lexicon);
        if (!is_exact)
            add_tokens(d, maker->lexicon, word_hash, word, word_len);
        if (!same)
            add_tokens(d, maker->lexicon, stem_hash, stem, n);
        if (surname)
            add_tokens(d, maker->lexicon, fetch_tokens(maker->lexicon, word, surname), word, surname);
    }
}

/* A query word's language is a guess, so it is read by every orthography of its script as well, as it stands. */
static void add_keys_of_script(draft *d, const char *exact, size_t len, aln_script script, const aln_reading_in *in)
{
    const aln_scheme *schemes[ALN_SCHEMES_OF_SCRIPT];
    size_t n = aln_schemes_of(script, schemes, ALN_SCHEMES_OF_SCRIPT);
    aln_key keys[ALN_KEYS_QUERY];
    n = aln_word_keys(schemes, n, exact, len, in->query, keys, ALN_KEYS_QUERY);
    for (size_t i = 0; i < n; i++)
        add_form(d, d->keys, &d->key_count, ALN_WORD_KEYS, keys[i].text, keys[i].len,
                 in->count ? in->languages[0] : ALN_NO_LANGUAGE, keys[i].rank,
                 keys[i].scheme ? aln_scheme_name(keys[i].scheme) : "key");
}

/* A short run of Han may be a Korean name: what it is in Hangul is a stem beside its own, which words in Hangul have
 * and models find. */
static void add_korean_reading(draft *d, const char *exact, size_t len)
{
    char hangul[4 * 3];
    size_t n = aln_han_hangul_of(exact, len, hangul, sizeof hangul);
    if (n)
        add_form(d, d->stems, &d->stem_count, ALN_WORD_STEMS, hangul, n, aln_language_find("ko", 2), 1, "Sino-Korean");
}

/* l'OTAN: what the capitals tell is said by the word behind the elided article. */
static unsigned flags_behind_apostrophe(const char *raw, size_t len)
{
    char folded[ALN_WORD_BYTES];
    unsigned flags = 0;
    for (size_t i = 1; i < len && i < 8; i++) {
        size_t step = raw[i] == '\'' ? 1 : len - i > 3 && memcmp(raw + i, "\xE2\x80\x99", 3) == 0 ? 3 : 0; /* U+2019 */
        if (step) {
            (void)aln_fold_exact(raw + i + step, len - i - step, folded, sizeof folded, &flags);
            break;
        }
    }
    return flags;
}

/* What aln_word_leads_to() looks at. */
static int add_nexts(const aln_lexicon *lexicon, aln_word_starts *starts, aln_arena *arena)
{
    size_t total = 0, count, words = 1;
    for (unsigned i = 0; i < starts->count; i++) {
        (void)aln_image_steps_of(lexicon->layer[starts->start[i].layer], starts->start[i].state, &count);
        total += count;
    }
    while (words * 8 < total)
        words *= 2;
    starts->nexts = aln_arena_new(arena, words * sizeof *starts->nexts);
    if (!starts->nexts)
        return 0;
    memset(starts->nexts, 0, words * sizeof *starts->nexts);
    starts->nexts_mask = (uint32_t)words - 1;
    for (unsigned i = 0; i < starts->count; i++) {
        const uint32_t *tokens =
            aln_image_steps_of(lexicon->layer[starts->start[i].layer], starts->start[i].state, &count);
        for (size_t k = 0; k < count; k++) {
            uint32_t h = aln_token_hash(tokens[k]);
            starts->nexts[h >> 6 & starts->nexts_mask] |= (uint64_t)1 << (h & 63);
        }
    }
    return 1;
}

/* Whether a name ends at a state whose id says all that a word is likely to mean. A family name is also that of persons
 * whom the gazetteer does not know, and many a town or region has a person's name: Бари, Andrew, Patrick. */
static int is_known(const aln_image *image, uint32_t state)
{
    uint32_t count = 0;
    const uint32_t *names = aln_image_outputs_of(image, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        const aln_image_name *name = &aln_image_names(image)[names[i]];
        const char *kind = aln_image_string(image, aln_image_entities(image)[name->entity].kind);
        if (strcmp(kind, "country") && strcmp(kind, "capital") && strcmp(kind, "organisation") && strcmp(kind, "word"))
            return 0;
    }
    return count > 0;
}

/* Which of the word's tokens begin a name: few do, so that the search for names need not look at most words. */
static int add_starts(const aln_word_maker *maker, aln_word *word, aln_arena *arena)
{
    const aln_lexicon *lexicon = maker->lexicon;
    uint32_t states[ALN_LAYERS][ALN_WORD_TOKENS];
    size_t count = 0;
    for (unsigned layer = 0; layer < ALN_LAYERS; layer++)
        for (unsigned i = 0; i < word->token_count[layer]; i++) {
            states[layer][i] = aln_image_step_of(lexicon->layer[layer], 1, aln_word_tokens(word, layer)[i]);
            count += states[layer][i] != 0;
        }
    if (!count)
        return 1;
    aln_word_starts *starts = aln_arena_new(arena, sizeof *starts + count * sizeof starts->start[0]);
    if (!starts)
        return 0;
    memset(starts, 0, sizeof *starts);
    for (unsigned layer = 0; layer < ALN_LAYERS; layer++)
        for (unsigned i = 0; i < word->token_count[layer]; i++) {
            uint32_t state = states[layer][i];
            if (!state)
                continue;
            starts->start[starts->count].state = state;
            starts->start[starts->count].layer = (uint8_t)layer;
            starts->start[starts->count++].by_stem = i > 0 || !(word->exact_tokens >> layer & 1);
            starts->deep |= (uint8_t)aln_image_goes_on(lexicon->layer[layer], state);
            word->is_known |= maker->finds_names && is_known(lexicon->layer[layer], state);
        }
    word->starts = starts;
    return !starts->deep || add_nexts(lexicon, starts, arena);
}

aln_word *aln_word_make(aln_word_maker *maker, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                        aln_arena *arena)
{
    char exact[ALN_WORD_BYTES];
    unsigned flags;
    size_t cap = maker->max_word_bytes < sizeof exact ? maker->max_word_bytes : sizeof exact;
    size_t n = aln_fold_exact(raw, len, exact, cap, &flags);
    if (script == ALN_SCRIPT_LATN || script == ALN_SCRIPT_CYRL) {
        /* Latin letters inside a Cyrillic word, or the other way round: the majority decides */
        aln_script most = aln_main_script(exact, n);
        if (most == ALN_SCRIPT_LATN || most == ALN_SCRIPT_CYRL)
            script = most;
    }
    if (script == ALN_SCRIPT_LATN && !(flags & ALN_FOLD_CAPITAL))
        flags |= flags_behind_apostrophe(raw, len);
    draft d;
    d.stem_count = d.key_count = 0;
    memset(d.token_count, 0, sizeof d.token_count);
    d.arena = arena;
    d.failed = d.exact_asked = d.exact_tokens = 0;
    aln_word *word = aln_arena_new(arena, sizeof *word);
    if (!word)
        return NULL;
    memset(word, 0, sizeof *word);
    word->exact = n == len && memcmp(exact, raw, n) == 0 ? raw : aln_arena_text(arena, exact, n);
    d.exact = word->exact;
    d.exact_len = n;
    word->exact_len = (uint16_t)n;
    word->script = (uint8_t)script;
    word->flags = (uint8_t)flags;
    word->language = ALN_NO_LANGUAGE;
    if (!word->exact)
        return NULL;
    d.exact_hash = fetch_tokens(maker->lexicon, exact, n);
    if (in->keys && aln_word_is_abbreviation(word)) {
        char starred[ALN_WORD_BYTES + 1] = "*";
        memcpy(starred + 1, exact, n);
        add_form(&d, d.keys, &d.key_count, ALN_WORD_KEYS, starred, n + 1, ALN_NO_LANGUAGE, 0, "abbreviation");
    }
    if (n && script != ALN_SCRIPT_ZYYY) { /* numbers have no stem and no key */
        for (size_t i = 0; i < in->count; i++)
            read_in_language(maker, &d, exact, n, script, flags, in->languages[i], in);
        if (in->count)
            word->language = in->languages[0];
        if (in->query && in->keys)
            add_keys_of_script(&d, exact, n, script, in);
        if (in->keys && script == ALN_SCRIPT_HANI)
            add_korean_reading(&d, exact, n);
    }
    add_exact_tokens(&d, maker->lexicon);
    word->exact_tokens = d.exact_tokens;
    aln_form *forms = aln_arena_new(arena, (d.stem_count + d.key_count) * sizeof *forms);
    if (!forms || d.failed)
        return NULL;
    memcpy(forms, d.stems, d.stem_count * sizeof *forms);
    memcpy(forms + d.stem_count, d.keys, d.key_count * sizeof *forms);
    word->stems = forms;
    word->keys = forms + d.stem_count;
    word->stem_count = (uint8_t)d.stem_count;
    word->key_count = (uint8_t)d.key_count;
    for (size_t i = 0; i < d.key_count; i++)
        word->has_place |= (uint8_t)aln_key_has_places(word, &word->keys[i]);
    uint32_t *tokens = aln_arena_new(arena, (d.token_count[0] + d.token_count[1]) * sizeof *tokens);
    if (!tokens)
        return NULL;
    for (unsigned layer = 0; layer < ALN_LAYERS; layer++) {
        word->token_count[layer] = (uint8_t)d.token_count[layer];
        memcpy(tokens + (layer ? d.token_count[0] : 0), d.tokens[layer], d.token_count[layer] * sizeof *tokens);
    }
    word->tokens = tokens;
    if (maker->lexicon && !add_starts(maker, word, arena))
        return NULL;
    return word;
}
