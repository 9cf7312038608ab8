/*
 * The analyzer: making one, and giving the terms of a text.
 *
 * SPDX-License-Identifier: MIT
 */
#include "analyzer.h"
#include "error.h"
#include "foreign.h"
#include "key.h"
#include "optional.h"
#include "patronymic.h"
#include "unicode.h"
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* Of a text that is not read twice these tell the language. */
#define START_BYTES 512
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

/* Of the small tables of words that decide what becomes of a name. */
static uint32_t tables_hash(void)
{
    return (aln_patronymics_hash * 31u + aln_foreign_hash) * 31u + aln_optional_hash;
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
             "allonym-terms:%d unicode:%s/%s languages:%08x stemmers:%08x romanization:%08x keys:%u tables:%08x "
             "names:%08x/%d word:%zu/%u as-of:%d",
             ALN_TERM_VERSION, aln_unicode_version, utf8proc_unicode_version(), languages, stemmers_hash(),
             aln_romanize_version(), aln_key_version(), tables_hash(), names, (int)a->options.names,
             a->options.max_word_bytes, a->options.max_keys, (int)a->options.as_of);
}

/* Names all that decides what becomes of a word: the fingerprint, and the gazetteer also where its names do not count,
 * since words have their numbers there. */
static uint64_t words_key(const aln_analyzer *a)
{
    uint64_t h = a->lexicon->layers;
    for (unsigned i = 0; i < a->lexicon->layers; i++)
        h = (h ^ a->lexicon->layer[i]->hash) * 0x9E3779B97F4A7C15u;
    for (const char *s = a->fingerprint; *s; s++)
        h = (h ^ h >> 32 ^ (unsigned char)*s) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
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
    a->memo.maker.finds_names = a->options.names == ALN_NAMES_ALL && !a->options.as_of;
    make_fingerprint(a);
    aln_shared_memo_init(&a->memo.shared, a->options.shared_memo, a->options.shared_memo_bytes, words_key(a));
    *out = a;
    return ALN_OK;
}

aln_status aln_analyzer_clone(const aln_analyzer *analyzer, aln_analyzer **out, aln_error *err)
{
    if (out)
        *out = NULL;
    return analyzer ? aln_analyzer_new(analyzer->lexicon, &analyzer->options, out, err)
                    : aln_fail(err, ALN_EINVAL, 0, "no analyzer");
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

const char *aln_identify_start(aln_analyzer *analyzer, const char *text, size_t len)
{
    size_t n = len < START_BYTES ? len : START_BYTES;
    while (n < len && n && ((unsigned char)text[n] & 0xC0) == 0x80) /* not inside of a character */
        n--;
    return aln_identify(analyzer, text, n);
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

size_t aln_fold(const char *text, size_t len, char *buf, size_t cap)
{
    unsigned flags;
    char out[ALN_WORD_BYTES];
    size_t n = aln_fold_exact(text, len, out, sizeof out, &flags);
    if (n && cap)
        memcpy(buf, out, n < cap ? n : cap);
    return n;
}
