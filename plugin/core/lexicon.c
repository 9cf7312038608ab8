/*
 * Reading the compiled gazetteer, and opening it with a user's names above.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"
#include "error.h"
#include "image_build.h"
#include <string.h>

uint32_t aln_image_token_of(const aln_image *image, const char *text, size_t len)
{
    const aln_image_token *slots = aln_image_at(image, image->tokens);
    uint32_t mask = image->token_slots - 1, hash = aln_image_hash(text, len);
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        if (!slots[i].text)
            return 0;
        if (slots[i].hash == hash) {
            const char *s = aln_image_string(image, slots[i].text);
            if (strncmp(s, text, len) == 0 && s[len] == 0)
                return i + 1;
        }
    }
}

uint32_t aln_image_step_of(const aln_image *image, uint32_t state, uint32_t token)
{
    const aln_image_step *slots = aln_image_at(image, image->steps);
    uint32_t mask = image->step_slots - 1;
    for (uint32_t i = aln_image_step_hash(state, token) & mask;; i = (i + 1) & mask) {
        if (!slots[i].state)
            return 0;
        if (slots[i].state == state && slots[i].token == token)
            return slots[i].next;
    }
}

aln_status aln_lexicon_open(const aln_alloc *alloc, const char *names_path, aln_lexicon **out, aln_error *err)
{
    if (!out)
        return aln_fail(err, ALN_EINVAL, 0, "no place for the lexicon");
    *out = NULL;
    aln_alloc a = aln_alloc_or_default(alloc);
    aln_lexicon *lexicon = aln_mem_zero(&a, sizeof *lexicon);
    if (!lexicon)
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    lexicon->alloc = a;
    lexicon->refs = 1;
    const aln_image *builtin = aln_builtin_image();
    if (builtin)
        lexicon->layer[lexicon->layers++] = builtin;
    if (names_path) {
        aln_status status = aln_image_build(&a, &names_path, 1, &lexicon->own, err);
        if (status != ALN_OK) {
            aln_lexicon_unref(lexicon);
            return status;
        }
        lexicon->layer[lexicon->layers++] = lexicon->own;
    }
    *out = lexicon;
    return ALN_OK;
}

aln_lexicon *aln_lexicon_ref(aln_lexicon *lexicon)
{
    if (lexicon)
        __atomic_add_fetch(&lexicon->refs, 1, __ATOMIC_RELAXED);
    return lexicon;
}

void aln_lexicon_unref(aln_lexicon *lexicon)
{
    if (!lexicon || __atomic_sub_fetch(&lexicon->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    aln_alloc a = lexicon->alloc;
    if (lexicon->own)
        aln_mem_free(&a, lexicon->own, lexicon->own->size);
    aln_mem_free(&a, lexicon, sizeof *lexicon);
}

/* The layer that a number belongs to, and the number in it; NULL out of range. */
static const aln_image *layer_of(const aln_lexicon *lexicon, uint32_t *entity)
{
    for (unsigned i = 0; i < lexicon->layers; i++) {
        if (*entity < lexicon->layer[i]->entity_count)
            return lexicon->layer[i];
        *entity -= lexicon->layer[i]->entity_count;
    }
    return NULL;
}

uint32_t aln_lexicon_count(const aln_lexicon *lexicon)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < lexicon->layers; i++)
        n += lexicon->layer[i]->entity_count;
    return n;
}

uint32_t aln_lexicon_find(const aln_lexicon *lexicon, const char *id, size_t len)
{
    for (unsigned i = lexicon->layers; i-- > 0;) { /* the user's first */
        const aln_image *image = lexicon->layer[i];
        const aln_image_entity *entities = aln_image_entities(image);
        const uint32_t *ids = aln_image_at(image, image->ids);
        uint32_t lo = 0, hi = image->entity_count;
        while (lo < hi) {
            uint32_t mid = lo + (hi - lo) / 2;
            const char *s = aln_image_string(image, entities[ids[mid]].id);
            int c = strncmp(s, id, len);
            if (!c && s[len])
                c = 1;
            if (!c)
                return aln_lexicon_number(lexicon, i, ids[mid]);
            if (c < 0)
                lo = mid + 1;
            else
                hi = mid;
        }
    }
    return UINT32_MAX;
}

const char *aln_entity_id(const aln_lexicon *lexicon, uint32_t entity)
{
    const aln_image *image = layer_of(lexicon, &entity);
    return image ? aln_image_string(image, aln_image_entities(image)[entity].id) : NULL;
}

const char *aln_entity_kind(const aln_lexicon *lexicon, uint32_t entity)
{
    const aln_image *image = layer_of(lexicon, &entity);
    return image ? aln_image_string(image, aln_image_entities(image)[entity].kind) : NULL;
}

aln_status aln_entity_name_at(const aln_lexicon *lexicon, uint32_t entity, uint32_t n, aln_entity_name *name)
{
    const aln_image *image = layer_of(lexicon, &entity);
    memset(name, 0, sizeof *name);
    if (!image || n >= aln_image_entities(image)[entity].name_count)
        return ALN_ENOTFOUND;
    const aln_image_name *row = aln_image_names(image) + aln_image_entities(image)[entity].first_name + n;
    name->text = aln_image_string(image, row->text);
    name->language = aln_image_string(image, row->lang);
    name->from = row->from;
    name->to = row->to;
    name->flags = row->flags & 0xFFu;
    return ALN_OK;
}
