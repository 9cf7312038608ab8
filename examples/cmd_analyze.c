/*
 * allonym analyze: the terms of a text as JSON lines, one line a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Latin readings of a word that are shown. */
#define READINGS 5

static void help(FILE *out)
{
    fputs(
        "allonym analyze [--lang L] [--names all|current|off|FILE] [--as-of YEAR] [TEXT...]\n"
        "\n"
        "Prints the terms of a text (or of standard input), a JSON object a word: start, end (bytes), position, word,\n"
        "script, language, exact, stem, keys, entities; for a word with keys also its likeliest Latin readings.\n",
        out);
}

typedef struct {
    const char *text;
    const char *language; /* of the text, if it was given; else NULL */
    aln_analyzer *analyzer;
    json_t *word; /* the word whose terms are coming; NULL before the first */
    bool failed;
} printer;

static int add_reading(void *ctx, const aln_latin_reading *r)
{
    json_t *item =
        json_pack("{s:s%,s:s,s:f}", "reading", r->text, r->text_len, "model", r->model, "confidence", r->confidence);
    return json_array_append_new(ctx, item) == 0 ? 0 : ALN_ENOMEM;
}

/* Readings of what the models are asked with: the word, or the whole run where there are no spaces. */
static void add_readings(printer *p)
{
    const json_t *asked = json_object_get(p->word, "exact"), *stem;
    size_t i;
    json_array_foreach(json_object_get(p->word, "stems"), i, stem)
    {
        const char *rule = json_string_value(json_object_get(stem, "rule"));
        if (rule && strcmp(rule, "run") == 0)
            asked = json_object_get(stem, "stem");
    }
    json_t *readings = json_array();
    if (aln_latin_readings(p->analyzer, p->language, json_string_value(asked), json_string_length(asked), READINGS,
                           add_reading, readings) != ALN_OK)
        p->failed = true;
    if (json_array_size(readings))
        json_object_set(p->word, "readings", readings);
    json_decref(readings);
}

static void print_word(printer *p)
{
    if (!p->word)
        return;
    if (json_object_get(p->word, "keys"))
        add_readings(p);
    if (json_dumpf(p->word, stdout, JSON_COMPACT | JSON_REAL_PRECISION(4)) != 0)
        p->failed = true;
    putchar('\n');
    json_decref(p->word);
    p->word = NULL;
}

static void set_text(json_t *object, const char *name, const char *text, size_t len)
{
    /* Words of a text that is no UTF-8 at this place: none, as ill-formed bytes separate words. */
    json_object_set_new(object, name, json_stringn(text, len));
}

static json_t *list_of(json_t *object, const char *name)
{
    json_t *list = json_object_get(object, name);
    if (!list) {
        json_object_set_new(object, name, json_array());
        list = json_object_get(object, name);
    }
    return list;
}

static int take(void *ctx, const aln_token *t)
{
    printer *p = ctx;
    if (!(t->flags & ALN_TOKEN_COLOCATED)) { /* the exact word, the first at its position */
        print_word(p);
        p->word = json_pack("{s:I,s:I,s:i}", "start", (json_int_t)t->start, "end", (json_int_t)t->end, "position",
                            (int)t->position);
    }
    json_t *word = p->word, *item;
    if (!word)
        return ALN_ENOMEM;
    switch (t->kind) {
    case ALN_TERM_EXACT:
        if (t->flags & ALN_TOKEN_COLOCATED) { /* with the next character of a script without spaces */
            json_array_append_new(list_of(word, "pairs"), json_stringn(t->text, t->text_len));
            break;
        }
        set_text(word, "word", p->text + t->start, t->end - t->start);
        if (t->script)
            json_object_set_new(word, "script", json_string(t->script));
        if (t->flags & ALN_TOKEN_CAPITAL)
            json_object_set_new(word, "capital", json_true());
        set_text(word, "exact", t->text, t->text_len);
        break;
    case ALN_TERM_STEM:
        item = json_object();
        set_text(item, "stem", t->text, t->text_len);
        if (t->language)
            json_object_set_new(item, "language", json_string(t->language));
        if (t->rule)
            json_object_set_new(item, "rule", json_string(t->rule));
        json_array_append_new(list_of(word, "stems"), item);
        break;
    case ALN_TERM_KEY:
        item = json_object();
        set_text(item, "key", t->text, t->text_len);
        if (t->rule)
            json_object_set_new(item, "rule", json_string(t->rule));
        if (t->flags & ALN_TOKEN_JOINED) {
            json_object_set_new(item, "joined", json_true());
            json_object_set_new(item, "span", json_integer(t->span));
        }
        json_array_append_new(list_of(word, "keys"), item);
        break;
    case ALN_TERM_ENTITY:
        item = json_object();
        set_text(item, "id", t->text, t->text_len);
        const char *kind = aln_entity_kind(aln_analyzer_lexicon(p->analyzer), t->entity);
        if (kind)
            json_object_set_new(item, "kind", json_string(kind));
        json_object_set_new(item, "span", json_integer(t->span));
        json_array_append_new(list_of(word, "entities"), item);
        break;
    default:
        break;
    }
    return p->failed ? ALN_EIO : 0;
}

static char *read_all(FILE *in, size_t *len)
{
    size_t cap = 1 << 16, n = 0;
    char *out = malloc(cap);
    for (size_t got; out && (got = fread(out + n, 1, cap - n, in)) > 0;) {
        n += got;
        if (n == cap) {
            char *grown = realloc(out, cap * 2);
            if (!grown) {
                free(out);
                return NULL;
            }
            out = grown;
            cap *= 2;
        }
    }
    *len = n;
    return out;
}

int command_analyze(int argc, char **argv)
{
    enum { LANG = 256, NAMES, AS_OF };
    static const struct option table[] = {{"lang", required_argument, NULL, LANG},
                                          {"names", required_argument, NULL, NAMES},
                                          {"as-of", required_argument, NULL, AS_OF},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    char language[36] = "";
    name_options names = {.names = ALN_NAMES_ALL};
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        switch (c) {
        case LANG:
            if (!parse_language(optarg, strlen(optarg), language, sizeof language)) {
                complain("--lang is a language tag such as kk or uz-Cyrl, not %s", optarg);
                return usage_error("analyze");
            }
            break;
        case NAMES:
        case AS_OF:
            if (!(c == NAMES ? read_names(optarg, &names) : read_as_of(optarg, &names)))
                return usage_error("analyze");
            break;
        case 'h':
            help(stdout);
            return DONE;
        default:
            return usage_error("analyze");
        }
    }
    aln_analyzer *analyzer = make_analyzer(&names);
    free_names(&names);
    if (!analyzer)
        return FAILED;
    size_t len = 0;
    char *text = optind < argc ? join_arguments(argc - optind, argv + optind) : read_all(stdin, &len);
    int status = DONE;
    if (!text) {
        complain("out of memory");
        status = FAILED;
    } else {
        if (optind < argc)
            len = strlen(text);
        printer p = {.text = text, .language = *language ? language : NULL, .analyzer = analyzer};
        int code = aln_analyze(analyzer, p.language, text, len, take, &p);
        print_word(&p);
        if (code != ALN_OK) {
            complain("analyze: %s", aln_strerror(code));
            status = exit_of(code);
        }
    }
    free(text);
    aln_analyzer_free(analyzer);
    return status;
}
