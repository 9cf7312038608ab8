/*
 * The gazetteer opened: the built-in image, a user's names above it, and what can be asked of the two together.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"
#include "error.h"
#include "image_build.h"
#include <string.h>

/* Numbers the user's entities: those with a built-in id as that is, the others on from the last. */
static aln_status lay_over(aln_lexicon *lexicon, const aln_image *below, aln_error *err)
{
    const aln_image *own = lexicon->own;
    const aln_image_entity *entities = aln_image_entities(own);
    size_t hidden_bytes = below->entity_count / 8 + 1;
    lexicon->numbers = aln_mem_zero(&lexicon->alloc, (size_t)own->entity_count * 2 * sizeof *lexicon->numbers + 1);
    if (!lexicon->numbers)
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    for (uint32_t i = 0; i < own->entity_count; i++) {
        const char *id = aln_image_string(own, entities[i].id);
        uint32_t number = aln_image_find(below, id, strlen(id));
        if (number == UINT32_MAX) {
            number = below->entity_count + lexicon->added;
            lexicon->numbers[own->entity_count + lexicon->added++] = i;
        } else if (entities[i].replaces) {
            if (!lexicon->replaced && !(lexicon->replaced = aln_mem_zero(&lexicon->alloc, hidden_bytes)))
                return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
            lexicon->replaced[number >> 3] |= (unsigned char)(1u << (number & 7));
        }
        lexicon->numbers[i] = number;
    }
    return ALN_OK;
}

aln_status aln_lexicon_open(const aln_alloc *alloc, const char *names_path, aln_lexicon **out, aln_error *err)
{
    return aln_lexicon_open_files(alloc, &names_path, names_path != NULL, out, err);
}

aln_status aln_lexicon_open_files(const aln_alloc *alloc, const char *const *paths, size_t count, aln_lexicon **out,
                                  aln_error *err)
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
    if (count) {
        aln_status status = aln_image_build(&a, paths, count, builtin, &lexicon->own, err);
        if (status == ALN_OK && builtin)
            status = lay_over(lexicon, builtin, err);
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
    if (lexicon->own) {
        aln_mem_free(&a, lexicon->numbers, (size_t)lexicon->own->entity_count * 2 * sizeof *lexicon->numbers + 1);
        aln_mem_free(&a, lexicon->own, lexicon->own->size);
    }
    if (lexicon->replaced)
        aln_mem_free(&a, lexicon->replaced, lexicon->layer[0]->entity_count / 8 + 1);
    aln_mem_free(&a, lexicon, sizeof *lexicon);
}

/* What the layers have of one entity, the lowest first. */
typedef struct parts {
    const aln_image *image[ALN_LAYERS];
    uint32_t entity[ALN_LAYERS];
    unsigned count;
} parts;

static void add_part(parts *p, const aln_image *image, uint32_t entity)
{
    p->image[p->count] = image;
    p->entity[p->count++] = entity;
}

static const aln_image_entity *entity_in(const parts *p, unsigned part)
{
    return &aln_image_entities(p->image[part])[p->entity[part]];
}

/* The parts of an entity, without those that do not count; none for a number out of range. */
static parts parts_of(const aln_lexicon *lexicon, uint32_t entity)
{
    parts p = {{NULL, NULL}, {0, 0}, 0};
    if (!lexicon->layers)
        return p;
    const aln_image *first = lexicon->layer[0];
    if (entity >= first->entity_count) {
        uint32_t number = entity - first->entity_count;
        if (number < lexicon->added)
            add_part(&p, lexicon->own, lexicon->numbers[lexicon->own->entity_count + number]);
        return p;
    }
    if (!aln_lexicon_hides(lexicon, 0, entity))
        add_part(&p, first, entity);
    if (lexicon->layers > 1) {
        const char *id = aln_image_string(first, aln_image_entities(first)[entity].id);
        uint32_t own = aln_image_find(lexicon->own, id, strlen(id));
        if (own != UINT32_MAX)
            add_part(&p, lexicon->own, own);
    }
    return p;
}

uint32_t aln_lexicon_count(const aln_lexicon *lexicon)
{
    return lexicon->layers ? lexicon->layer[0]->entity_count + lexicon->added : 0;
}

uint32_t aln_lexicon_find(const aln_lexicon *lexicon, const char *id, size_t len)
{
    for (unsigned i = 0; i < lexicon->layers; i++) {
        uint32_t entity = aln_image_find(lexicon->layer[i], id, len);
        if (entity != UINT32_MAX)
            return aln_lexicon_number(lexicon, i, entity);
    }
    return UINT32_MAX;
}

const char *aln_entity_id(const aln_lexicon *lexicon, uint32_t entity)
{
    if (lexicon->layers && entity < lexicon->layer[0]->entity_count) /* asked of each name found, so without parts */
        return aln_image_string(lexicon->layer[0], aln_image_entities(lexicon->layer[0])[entity].id);
    parts p = parts_of(lexicon, entity);
    return p.count ? aln_image_string(p.image[0], entity_in(&p, 0)->id) : NULL;
}

const char *aln_entity_kind(const aln_lexicon *lexicon, uint32_t entity)
{
    parts p = parts_of(lexicon, entity);
    return p.count ? aln_image_string(p.image[0], entity_in(&p, 0)->kind) : NULL;
}

int aln_kind_is_place(const char *kind)
{
    static const char *const kinds[] = {"country", "capital", "city", "region", "area"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return 1;
    return 0;
}

uint32_t aln_entity_wikidata(const aln_lexicon *lexicon, uint32_t entity)
{
    parts p = parts_of(lexicon, entity);
    uint32_t number = 0;
    for (unsigned i = 0; i < p.count && !number; i++)
        number = entity_in(&p, i)->wikidata;
    return number;
}

aln_status aln_entity_name_at(const aln_lexicon *lexicon, uint32_t entity, uint32_t n, aln_entity_name *name)
{
    parts p = parts_of(lexicon, entity);
    memset(name, 0, sizeof *name);
    for (unsigned i = 0; i < p.count; i++) {
        const aln_image *image = p.image[i];
        const aln_image_entity *e = entity_in(&p, i);
        const aln_image_name *row = aln_image_names(image) + e->first_name;
        for (const aln_image_name *end = row + e->name_count; row < end; row++) {
            uint32_t languages = aln_image_name_languages(image, row);
            if (n >= languages) {
                n -= languages;
                continue;
            }
            name->text = aln_image_string(image, row->text);
            name->language = aln_image_name_language(image, row, n);
            name->flags = row->flags & 0xFFu;
            name->file = aln_image_name_source(image, row, &name->line);
            name->note = aln_image_name_note(image, row);
            name->periods = aln_image_name_periods(image, row, &name->period_count);
            if (name->period_count) {
                name->from = name->periods[name->period_count - 1].from;
                name->to = name->periods[name->period_count - 1].to;
            }
            return ALN_OK;
        }
    }
    return ALN_ENOTFOUND;
}

int aln_lexicon_is_name(const aln_lexicon *lexicon, const char *text, size_t len)
{
    for (unsigned layer = 0; lexicon && layer < lexicon->layers; layer++) {
        const aln_image *image = lexicon->layer[layer];
        uint32_t count = 0, token = aln_image_token_of(image, text, len);
        uint32_t state = token ? aln_image_step_of(image, 1, token) : 0;
        const uint32_t *outputs = state ? aln_image_outputs_of(image, state, &count) : NULL;
        for (uint32_t i = 0; outputs && i < count; i++)
            if (!(aln_image_names(image)[outputs[i]].flags & ALN_NAME_TITLE))
                return 1;
    }
    return 0;
}
