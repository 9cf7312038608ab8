/*
 * Compiling the gazetteer. Growing arrays while the files are read, hash tables for strings and steps that are doubled when half
 * full, and one copy into the final block at the end. Deterministic: the same files give the same bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image_build.h"
#include "error.h"
#include "language.h"
#include "names_file.h"
#include "utf8.h"
#include "word.h"
#include <stdlib.h>
#include <string.h>

/* A shorter stem is shared by too many words to stand for a name: ауған and ауданы both become ау. */
#define STEM_LETTERS 3
#define STEM_LETTERS_SMALL 4
/* Beside ALN_FOLD_…: the first word's script has no capitals. */
#define NO_CASE 0x80u

typedef struct ending {
    uint32_t state, name;
} ending;

typedef struct builder {
    aln_alloc alloc;
    aln_word_maker maker;
    aln_arena arena;
    char *pool;
    size_t pool_len, pool_cap;
    aln_image_entity *entities;
    size_t entity_count, entity_cap;
    aln_image_name *names;
    size_t name_count, name_cap;
    aln_image_token *tokens; /* all strings of the pool: ids, languages and names too, so that equal ones are kept once */
    size_t token_slots, token_count;
    aln_image_step *steps;
    size_t step_slots, step_count;
    uint32_t states;
    ending *endings;
    size_t ending_count, ending_cap;
} builder;

/* The pool offset of a string, entering it if it is new; 0 = out of memory. */
static uint32_t intern(builder *b, const char *text, size_t len, uint32_t *token)
{
    if ((b->token_count + 1) * 2 > b->token_slots) {
        size_t slots = b->token_slots ? b->token_slots * 2 : 1024;
        aln_image_token *bigger = aln_mem_zero(&b->alloc, slots * sizeof *bigger);
        if (!bigger)
            return 0;
        for (size_t i = 0; i < b->token_slots; i++) {
            if (!b->tokens[i].text)
                continue;
            size_t at = b->tokens[i].hash & (slots - 1);
            while (bigger[at].text)
                at = (at + 1) & (slots - 1);
            bigger[at] = b->tokens[i];
        }
        aln_mem_free(&b->alloc, b->tokens, b->token_slots * sizeof *b->tokens);
        b->tokens = bigger;
        b->token_slots = slots;
    }
    uint32_t hash = aln_image_hash(text, len);
    size_t at = hash & (b->token_slots - 1);
    for (; b->tokens[at].text; at = (at + 1) & (b->token_slots - 1)) {
        const char *s = b->pool + b->tokens[at].text;
        if (b->tokens[at].hash == hash && strncmp(s, text, len) == 0 && s[len] == 0) {
            *token = b->tokens[at].text;
            return *token;
        }
    }
    if (!aln_grow(&b->alloc, (void **)&b->pool, &b->pool_cap, b->pool_len + len + 2, 1))
        return 0;
    if (!b->pool_len)
        b->pool[b->pool_len++] = 0; /* offset 0 stands for none */
    uint32_t offset = (uint32_t)b->pool_len;
    memcpy(b->pool + offset, text, len);
    b->pool[offset + len] = 0;
    b->pool_len += len + 1;
    b->tokens[at] = (aln_image_token){hash, offset};
    b->token_count++;
    *token = offset;
    return offset;
}

/* The state behind a step; while building, a token is known by its string's offset, since slots still move. 0 = out of memory. */
static uint32_t step(builder *b, uint32_t state, uint32_t token)
{
    if ((b->step_count + 1) * 2 > b->step_slots) {
        size_t slots = b->step_slots ? b->step_slots * 2 : 1024;
        aln_image_step *bigger = aln_mem_zero(&b->alloc, slots * sizeof *bigger);
        if (!bigger)
            return 0;
        for (size_t i = 0; i < b->step_slots; i++) {
            if (!b->steps[i].state)
                continue;
            size_t at = aln_image_step_hash(b->steps[i].state, b->steps[i].token) & (slots - 1);
            while (bigger[at].state)
                at = (at + 1) & (slots - 1);
            bigger[at] = b->steps[i];
        }
        aln_mem_free(&b->alloc, b->steps, b->step_slots * sizeof *b->steps);
        b->steps = bigger;
        b->step_slots = slots;
    }
    size_t at = aln_image_step_hash(state, token) & (b->step_slots - 1);
    for (; b->steps[at].state; at = (at + 1) & (b->step_slots - 1))
        if (b->steps[at].state == state && b->steps[at].token == token)
            return b->steps[at].next;
    b->steps[at] = (aln_image_step){state, token, ++b->states};
    b->step_count++;
    return b->states;
}

/* Enters a path of strings that ends in a name. 0 = out of memory. */
static int enter(builder *b, const char *const *words, const size_t *lens, size_t count, uint32_t name)
{
    uint32_t state = 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t token;
        if (!intern(b, words[i], lens[i], &token) || !(state = step(b, state, token)))
            return 0;
    }
    if (!aln_grow(&b->alloc, (void **)&b->endings, &b->ending_cap, b->ending_count + 1, sizeof *b->endings))
        return 0;
    b->endings[b->ending_count++] = (ending){state, name};
    return 1;
}

/* The words of a name in its language: exact forms and stems. Returns how many, 0 with *status set on failure. */
static size_t words_of(builder *b, const aln_names_row *row, const char **exact, size_t *exact_len, const char **stem, size_t *stem_len,
                       unsigned *first_flags, aln_status *status, aln_error *err)
{
    size_t len = strlen(row->name), count = 0;
    uint8_t language = (uint8_t)aln_language_find(row->lang, strlen(row->lang));
    for (size_t pos = 0; pos < len;) {
        aln_segment seg = aln_segment_next(row->name, len, pos);
        pos = seg.end;
        if (seg.kind == ALN_SEGMENT_NONE)
            continue;
        if (count == ALN_NAME_WORDS) {
            *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: \"%s\" has more than %d words", row->path, row->line, row->name,
                               ALN_NAME_WORDS);
            return 0;
        }
        uint8_t own = language == ALN_NO_LANGUAGE ? ALN_NO_LANGUAGE : (uint8_t)aln_language_in_script(language, seg.script);
        aln_reading_in in = {&own, own != ALN_NO_LANGUAGE && seg.kind == ALN_SEGMENT_WORD, 0, 0, 0};
        const aln_word *word = aln_word_make(&b->maker, row->name + seg.start, seg.end - seg.start, seg.script, &in, &b->arena);
        if (!word) {
            *status = aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
            return 0;
        }
        if (!word->exact_len)
            continue;
        if (!count)
            *first_flags = word->flags | (aln_script_has_case((aln_script)word->script) ? 0 : NO_CASE);
        exact[count] = word->exact;
        exact_len[count] = word->exact_len;
        stem[count] = word->stem_count ? word->stems[0].text : word->exact;
        stem_len[count] = word->stem_count ? word->stems[0].len : word->exact_len;
        count++;
    }
    if (!count)
        *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: the name \"%s\" has no word", row->path, row->line, row->name);
    return count;
}

static aln_status add_row(void *ctx, const aln_names_row *row, aln_error *err)
{
    builder *b = ctx;
    uint32_t id, kind, text, lang;
    if (!intern(b, row->id, strlen(row->id), &id) || !intern(b, row->kind, strlen(row->kind), &kind) ||
        !intern(b, row->name, strlen(row->name), &text) || !intern(b, row->lang, strlen(row->lang), &lang))
        return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
    uint32_t entity = (uint32_t)b->entity_count;
    if (!entity || b->entities[entity - 1].id != id) {
        for (uint32_t i = 0; i < entity; i++) { /* a later file goes on with an entity of an earlier one */
            if (b->entities[i].id == id) {
                entity = i;
                break;
            }
        }
        if (entity == b->entity_count) {
            if (!aln_grow(&b->alloc, (void **)&b->entities, &b->entity_cap, entity + 1u, sizeof *b->entities))
                return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
            b->entities[b->entity_count++] = (aln_image_entity){id, kind, 0, 0};
        }
    } else {
        entity--;
    }
    if (b->entities[entity].kind != kind)
        return aln_fail(err, ALN_EDATA, row->line, "%s:%zu: %s is a %s elsewhere, not a %s", row->path, row->line, row->id,
                        b->pool + b->entities[entity].kind, row->kind);
    const char *exact[ALN_NAME_WORDS], *stem[ALN_NAME_WORDS];
    size_t exact_len[ALN_NAME_WORDS], stem_len[ALN_NAME_WORDS];
    unsigned first = 0;
    aln_status status = ALN_OK;
    size_t count = words_of(b, row, exact, exact_len, stem, stem_len, &first, &status, err);
    if (!count)
        return status;
    uint32_t flags = row->flags;
    if (!(flags & ALN_NAME_COMMON) && (first & ALN_FOLD_CAPITAL))
        flags |= ALN_NAME_CAPITAL;
    /* Without a capital a name cannot be told from the words of other languages; several words hardly stand there by chance. */
    int small = !(first & (ALN_FOLD_CAPITAL | NO_CASE));
    if (((flags & ALN_NAME_COMMON) && strcmp(row->kind, "word") == 0) || (small && count == 1))
        flags |= ALN_NAME_GENERIC;
    if (!aln_grow(&b->alloc, (void **)&b->names, &b->name_cap, b->name_count + 1, sizeof *b->names))
        return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
    uint32_t name = (uint32_t)b->name_count++;
    b->names[name] = (aln_image_name){text, lang, row->from, row->to, flags, entity};
    b->entities[entity].name_count++;
    int stems_differ = 0, stems_tell = count > 1;
    for (size_t i = 0; i < count; i++) {
        stems_differ |= exact_len[i] != stem_len[i] || memcmp(exact[i], stem[i], exact_len[i]) != 0;
        stems_tell |= aln_utf8_count(stem[i], stem_len[i]) >= (small ? STEM_LETTERS_SMALL : STEM_LETTERS);
    }
    /* An abbreviation stands as it is: its stem would be another word (ЕС, US). */
    if (!enter(b, exact, exact_len, count, name) ||
        (stems_differ && stems_tell && !(flags & ALN_NAME_ABBREVIATION) && !enter(b, stem, stem_len, count, name)))
        return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
    aln_arena_clear(&b->arena);
    return ALN_OK;
}

static int by_state(const void *a, const void *b)
{
    const ending *x = a, *y = b;
    return x->state != y->state ? (x->state < y->state ? -1 : 1) : x->name != y->name ? (x->name < y->name ? -1 : 1) : 0;
}

/* For sorting numbers of entities by id. */
typedef struct named {
    const char *id;
    uint32_t entity;
} named;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const named *)a)->id, ((const named *)b)->id);
}

/* Names of one entity stand together in the image, whatever files they came from. */
static int group_names(builder *b)
{
    uint32_t *moved = aln_mem_new(&b->alloc, b->name_count * sizeof *moved);
    aln_image_name *grouped = aln_mem_new(&b->alloc, b->name_cap * sizeof *grouped);
    if (!moved || !grouped) {
        aln_mem_free(&b->alloc, moved, b->name_count * sizeof *moved);
        aln_mem_free(&b->alloc, grouped, b->name_cap * sizeof *grouped);
        return 0;
    }
    uint32_t next = 0;
    for (size_t i = 0; i < b->entity_count; i++) {
        b->entities[i].first_name = next;
        next += b->entities[i].name_count;
        b->entities[i].name_count = 0;
    }
    for (size_t i = 0; i < b->name_count; i++) {
        aln_image_entity *e = &b->entities[b->names[i].entity];
        moved[i] = e->first_name + e->name_count++;
        grouped[moved[i]] = b->names[i];
    }
    for (size_t i = 0; i < b->ending_count; i++)
        b->endings[i].name = moved[b->endings[i].name];
    aln_mem_free(&b->alloc, b->names, b->name_cap * sizeof *b->names);
    b->names = grouped;
    aln_mem_free(&b->alloc, moved, b->name_count * sizeof *moved);
    return 1;
}

static uint32_t place(size_t *size, size_t bytes)
{
    size_t at = (*size + 7) & ~(size_t)7;
    *size = at + bytes;
    return (uint32_t)at;
}

static aln_status finish(builder *b, aln_image **out, aln_error *err)
{
    uint32_t none;
    if (!intern(b, "", 0, &none) || !step(b, 0xFFFFFFFFu, 0) || !group_names(b)) /* so that no table is empty */
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    qsort(b->endings, b->ending_count, sizeof *b->endings, by_state);
    size_t size = sizeof(aln_image);
    aln_image head = {ALN_IMAGE_MAGIC, ALN_IMAGE_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    head.entity_count = (uint32_t)b->entity_count;
    head.entities = place(&size, b->entity_count * sizeof *b->entities);
    head.name_count = (uint32_t)b->name_count;
    head.names = place(&size, b->name_count * sizeof *b->names);
    head.token_slots = (uint32_t)b->token_slots;
    head.tokens = place(&size, b->token_slots * sizeof *b->tokens);
    head.step_slots = (uint32_t)b->step_slots;
    head.steps = place(&size, b->step_slots * sizeof *b->steps);
    head.state_count = b->states + 1;
    head.states = place(&size, (b->states + 1) * sizeof(aln_image_state));
    head.output_count = (uint32_t)b->ending_count;
    head.outputs = place(&size, b->ending_count * sizeof(uint32_t));
    head.ids = place(&size, b->entity_count * sizeof(uint32_t));
    head.pool_size = (uint32_t)b->pool_len;
    head.pool = place(&size, b->pool_len);
    if (size > UINT32_MAX)
        return aln_fail(err, ALN_ELIMIT, 0, "the gazetteer is larger than 4 GiB");
    head.size = (uint32_t)size;
    aln_image *image = aln_mem_zero(&b->alloc, size);
    named *ids = aln_mem_new(&b->alloc, b->entity_count * sizeof *ids);
    if (!image || !ids) {
        aln_mem_free(&b->alloc, image, size);
        aln_mem_free(&b->alloc, ids, b->entity_count * sizeof *ids);
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    }
    char *base = (char *)image;
    *image = head;
    memcpy(base + head.entities, b->entities, b->entity_count * sizeof *b->entities);
    memcpy(base + head.names, b->names, b->name_count * sizeof *b->names);
    memcpy(base + head.tokens, b->tokens, b->token_slots * sizeof *b->tokens);
    memcpy(base + head.pool, b->pool, b->pool_len);
    /* steps by slots of tokens, now that they have come to rest */
    aln_image_step *steps = (aln_image_step *)(void *)(base + head.steps);
    for (size_t i = 0; i < b->step_slots; i++) {
        if (!b->steps[i].state || b->steps[i].state == 0xFFFFFFFFu)
            continue;
        const char *text = b->pool + b->steps[i].token;
        uint32_t token = aln_image_token_of(image, text, strlen(text));
        size_t at = aln_image_step_hash(b->steps[i].state, token) & (b->step_slots - 1);
        while (steps[at].state)
            at = (at + 1) & (b->step_slots - 1);
        steps[at] = (aln_image_step){b->steps[i].state, token, b->steps[i].next};
    }
    aln_image_state *states = (aln_image_state *)(void *)(base + head.states);
    uint32_t *outputs = (uint32_t *)(void *)(base + head.outputs);
    for (size_t i = 0; i < b->ending_count; i++) {
        aln_image_state *s = &states[b->endings[i].state];
        if (!s->count)
            s->first = (uint32_t)i;
        s->count++;
        outputs[i] = b->endings[i].name;
    }
    for (uint32_t i = 0; i < head.entity_count; i++)
        ids[i] = (named){b->pool + b->entities[i].id, i};
    qsort(ids, b->entity_count, sizeof *ids, by_id);
    uint32_t *sorted = (uint32_t *)(void *)(base + head.ids);
    for (uint32_t i = 0; i < head.entity_count; i++)
        sorted[i] = ids[i].entity;
    aln_mem_free(&b->alloc, ids, b->entity_count * sizeof *ids);
    image->hash = aln_image_hash(base + sizeof head, size - sizeof head);
    *out = image;
    return ALN_OK;
}

aln_status aln_image_build(const aln_alloc *alloc, const char *const *paths, size_t count, aln_image **out, aln_error *err)
{
    builder b;
    memset(&b, 0, sizeof b);
    b.alloc = aln_alloc_or_default(alloc);
    b.states = 1;
    *out = NULL;
    aln_arena_init(&b.arena, &b.alloc);
    aln_status status = ALN_OK;
    if (!aln_word_maker_init(&b.maker, &b.alloc, NULL))
        status = aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    for (size_t i = 0; i < count && status == ALN_OK; i++)
        status = aln_names_read(&b.alloc, paths[i], add_row, &b, err);
    if (status == ALN_OK)
        status = finish(&b, out, err);
    aln_word_maker_free(&b.maker);
    aln_arena_free(&b.arena);
    aln_mem_free(&b.alloc, b.pool, b.pool_cap);
    aln_mem_free(&b.alloc, b.entities, b.entity_cap * sizeof *b.entities);
    aln_mem_free(&b.alloc, b.names, b.name_cap * sizeof *b.names);
    aln_mem_free(&b.alloc, b.tokens, b.token_slots * sizeof *b.tokens);
    aln_mem_free(&b.alloc, b.steps, b.step_slots * sizeof *b.steps);
    aln_mem_free(&b.alloc, b.endings, b.ending_cap * sizeof *b.endings);
    return status;
}
