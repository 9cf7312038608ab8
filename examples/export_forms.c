/*
 * The inflected forms of names that an index shows: a word of its vocabulary is a form of a name if both have the same
 * stem in a language of the index. Other engines have no stemmer for most of these languages, so the forms go into
 * their lists of synonyms.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "export.h"

#include <allonym/stemmer.h>
#include <stdlib.h>
#include <string.h>

#define WORD_BYTES 256
#define STEM_BYTES_LEAST 4 /* two letters of Cyrillic, four of Latin: a shorter stem is that of many words */

typedef struct form {
    char *stem, *word; /* one block */
} form;

typedef struct language_forms {
    char *language;
    aln_stemmer *stemmer;
    form *forms;
    size_t count, cap;
} language_forms;

struct forms {
    language_forms *languages;
    size_t count;
};

static int by_stem(const void *a, const void *b)
{
    const form *x = a, *y = b;
    int c = strcmp(x->stem, y->stem);
    return c ? c : strcmp(x->word, y->word);
}

static bool add_form(language_forms *l, const char *word, size_t len)
{
    char stem[WORD_BYTES + ALN_STEM_SLACK];
    if (len > WORD_BYTES)
        return true;
    size_t n = aln_stemmer_stem(l->stemmer, word, len, stem, sizeof stem);
    if (n < STEM_BYTES_LEAST)
        return true;
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 1024;
        form *grown = realloc(l->forms, cap * sizeof *grown);
        if (!grown)
            return false;
        l->forms = grown;
        l->cap = cap;
    }
    char *block = malloc(n + len + 2);
    if (!block)
        return false;
    memcpy(block, stem, n);
    block[n] = '\0';
    memcpy(block + n + 1, word, len);
    block[n + 1 + len] = '\0';
    l->forms[l->count++] = (form){block, block + n + 1};
    return true;
}

/* A stemmer for each language of the list "en,kk,ru" that has one. */
static bool open_languages(forms *f, const char *list)
{
    size_t most = 1;
    for (const char *p = list; *p; p++)
        most += *p == ',';
    f->languages = calloc(most, sizeof *f->languages);
    while (f->languages && *list) {
        size_t len = strcspn(list, ",");
        language_forms *l = &f->languages[f->count];
        l->language = strndup(list, len);
        if (!l->language)
            return false;
        if (aln_stemmer_new(l->language, &l->stemmer) == ALN_OK)
            f->count++;
        else
            free(l->language);
        list += len + (list[len] == ',');
    }
    return f->languages != NULL;
}

forms *forms_read(const char *path)
{
    forms *f = calloc(1, sizeof *f);
    aln_xapian *db = NULL;
    aln_error err = {ALN_OK, 0, ""};
    aln_vocabulary vocabulary;
    const char *value, *term;
    size_t len;
    bool good = f != NULL;
    aln_status status = aln_xapian_open(path, ALN_XAPIAN_READ, NULL, &db, &err);
    if (status == ALN_OK)
        status = aln_xapian_get_metadata(db, ALN_XAPIAN_LANGUAGES, &value, &len, &err);
    if (status != ALN_OK) {
        complain_engine(path, &err, status);
        forms_free(f);
        aln_xapian_close(db);
        return NULL;
    }
    good = good && open_languages(f, len ? value : "");
    aln_xapian_vocabulary(db, &vocabulary);
    int code = vocabulary.seek(vocabulary.ctx, ALN_TERM_EXACT, "", 0, &term, &len, NULL);
    for (; good && !code && term; code = vocabulary.next(vocabulary.ctx, &term, &len, NULL))
        for (size_t i = 0; i < f->count && good; i++)
            good = add_form(&f->languages[i], term, len);
    if (!good || code) {
        complain_at(path, 0, "%s", good ? "the vocabulary cannot be read" : "out of memory");
        forms_free(f);
        f = NULL;
    }
    aln_xapian_close(db);
    for (size_t i = 0; f && i < f->count; i++)
        if (f->languages[i].count)
            qsort(f->languages[i].forms, f->languages[i].count, sizeof(form), by_stem);
    return f;
}

bool forms_add(const forms *f, const char *language, const char *name, name_group *group)
{
    char folded[WORD_BYTES], stem[WORD_BYTES + ALN_STEM_SLACK + 1];
    size_t len = fold_name(name, strlen(name), folded, sizeof folded), base = strcspn(language, "-");
    if (!len || len == sizeof folded || memchr(folded, ' ', len))
        return true;
    for (size_t i = 0; i < f->count; i++) {
        const language_forms *l = &f->languages[i];
        if (strcspn(l->language, "-") != base || strncmp(l->language, language, base) != 0)
            continue;
        size_t n = aln_stemmer_stem(l->stemmer, folded, len, stem, sizeof stem - 1);
        stem[n] = '\0';
        size_t lo = 0, hi = l->count;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (strcmp(l->forms[mid].stem, stem) < 0)
                lo = mid + 1;
            else
                hi = mid;
        }
        for (; lo < l->count && strcmp(l->forms[lo].stem, stem) == 0; lo++)
            if (!group_add(group, l->forms[lo].word, strlen(l->forms[lo].word)))
                return false;
    }
    return true;
}

void forms_free(forms *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++) {
        language_forms *l = &f->languages[i];
        for (size_t k = 0; k < l->count; k++)
            free(l->forms[k].stem);
        free(l->forms);
        free(l->language);
        aln_stemmer_free(l->stemmer);
    }
    free(f->languages);
    free(f);
}
