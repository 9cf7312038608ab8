/*
 * Compiling the gazetteer, first step: the files are read, and each name is entered as paths of words, exact and
 * stemmed, in a trie. Arrays and hash tables that grow; image_pack.c makes the final block of them. Deterministic: the
 * same files give the same bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image_build.h"
#include "error.h"
#include "image_draft.h"
#include "language.h"
#include "names_file.h"
#include "utf8.h"
#include "word.h"
#include <string.h>

/* A shorter stem is shared by too many words to stand for a name: ауған and ауданы both become ау. */
#define STEM_LETTERS 3
#define STEM_LETTERS_SMALL 4
/* Beside ALN_FOLD_…: the first word's script has no capitals. */
#define NO_CASE 0x80u

typedef struct builder {
    aln_draft draft;
    const aln_image *below; /* the built-in names that these are laid over, or NULL */
    aln_word_maker maker;
    aln_arena arena;
    uint32_t file; /* number of the one that is read */
} builder;

static uint32_t step_hash(uint32_t state, uint32_t token)
{
    uint32_t h = state * 0x9E3779B1u ^ token * 0x85EBCA77u;
    h ^= h >> 15;
    h *= 0xC2B2AE3Du;
    return h ^ h >> 13;
}

/* The state behind a step, new or known. 0 = out of memory. */
static uint32_t step(aln_draft *d, uint32_t state, uint32_t token)
{
    if ((d->step_count + 1) * 2 > d->step_slots) {
        size_t slots = d->step_slots ? d->step_slots * 2 : 64;
        aln_draft_step *bigger = aln_mem_zero(&d->alloc, slots * sizeof *bigger);
        if (!bigger)
            return 0;
        for (size_t i = 0; i < d->step_slots; i++) {
            if (!d->steps[i].state)
                continue;
            size_t at = step_hash(d->steps[i].state, d->steps[i].token) & (slots - 1);
            while (bigger[at].state)
                at = (at + 1) & (slots - 1);
            bigger[at] = d->steps[i];
        }
        aln_mem_free(&d->alloc, d->steps, d->step_slots * sizeof *d->steps);
        d->steps = bigger;
        d->step_slots = slots;
    }
    size_t at = step_hash(state, token) & (d->step_slots - 1);
    for (; d->steps[at].state; at = (at + 1) & (d->step_slots - 1))
        if (d->steps[at].state == state && d->steps[at].token == token)
            return d->steps[at].next;
    d->steps[at] = (aln_draft_step){state, token, ++d->states};
    d->step_count++;
    return d->states;
}

/* Enters a path of words and returns the state at its end; 0 = out of memory. */
static uint32_t enter(aln_draft *d, const char *const *words, const size_t *lens, size_t count)
{
    uint32_t state = 1;
    for (size_t i = 0; i < count && state; i++) {
        char buf[ALN_IMAGE_SPELLING];
        size_t len = lens[i];
        const char *spelling = aln_image_spelling(words[i], &len, buf);
        uint32_t token = aln_intern(&d->tokens, spelling, len);
        state = token ? step(d, state, token) : 0;
    }
    return state;
}

/* The words of a name in its language: exact forms and stems. Returns how many, 0 with *status set on failure. */
static size_t words_of(builder *b, const aln_names_row *row, const char **exact, size_t *exact_len, const char **stem,
                       size_t *stem_len, unsigned *first_flags, aln_status *status, aln_error *err)
{
    size_t len = strlen(row->name), count = 0;
    uint8_t language = (uint8_t)aln_language_find(row->lang, strlen(row->lang));
    for (size_t pos = 0; pos < len;) {
        aln_segment seg = aln_segment_next(row->name, len, pos);
        pos = seg.end;
        if (seg.kind == ALN_SEGMENT_NONE)
            continue;
        if (count == ALN_NAME_WORDS) {
            *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: \"%s\" has more than %d words", row->path, row->line,
                               row->name, ALN_NAME_WORDS);
            return 0;
        }
        uint8_t own =
            language == ALN_NO_LANGUAGE ? ALN_NO_LANGUAGE : (uint8_t)aln_language_in_script(language, seg.script);
        aln_reading_in in = {.languages = &own, .count = own != ALN_NO_LANGUAGE && seg.kind == ALN_SEGMENT_WORD};
        const aln_word *word =
            aln_word_make(&b->maker, row->name + seg.start, seg.end - seg.start, seg.script, &in, &b->arena);
        if (!word) {
            *status = aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
            return 0;
        }
        if (!word->exact_len)
            continue;
        if (!count)
            *first_flags = word->flags | (aln_script_has_case((aln_script)word->script) ? 0u : NO_CASE);
        exact[count] = word->exact;
        exact_len[count] = word->exact_len;
        stem[count] = word->stem_count ? word->stems[0].text : word->exact;
        stem_len[count] = word->stem_count ? word->stems[0].len : word->exact_len;
        count++;
    }
    if (!count)
        *status =
            aln_fail(err, ALN_EDATA, row->line, "%s:%zu: the name \"%s\" has no word", row->path, row->line, row->name);
    return count;
}

/* Where an entity is by its id, see docs/gazetteer-places.md: kz is a country, kz-akm a region. */
static uint16_t country_of(const aln_names_row *row)
{
    size_t len = strlen(row->id);
    int place = (len == 2 && strcmp(row->kind, "country") == 0) ||
                (len > 2 && row->id[2] == '-' && strcmp(row->kind, "region") == 0);
    return place ? aln_image_country(row->id) : 0;
}

/* The entity of a row, new or known; UINT32_MAX with *status set on failure. */
static uint32_t entity_of(builder *b, const aln_names_row *row, aln_status *status, aln_error *err)
{
    aln_draft *d = &b->draft;
    size_t len = strlen(row->id);
    uint32_t id = aln_intern(&d->ids, row->id, len), kind = aln_intern(&d->texts, row->kind, strlen(row->kind));
    if (!id || !kind)
        goto no_memory;
    if (row->replace && !b->below) {
        *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: there is nothing below that %s could replace", row->path,
                           row->line, row->id);
        return UINT32_MAX;
    }
    const char *other = NULL; /* its kind elsewhere */
    if (id > d->entity_count) {
        if (!aln_grow(&d->alloc, (void **)&d->entities, &d->entity_cap, id, sizeof *d->entities))
            goto no_memory;
        d->entities[d->entity_count++] = (aln_draft_entity){kind, 0, 0, row->replace, country_of(row), 0};
        uint32_t built_in = b->below && !row->replace ? aln_image_find(b->below, row->id, len) : UINT32_MAX;
        if (built_in != UINT32_MAX)
            other = aln_image_string(b->below, aln_image_entities(b->below)[built_in].kind);
        if (other && strcmp(other, row->kind) == 0)
            other = NULL;
    } else if (d->entities[id - 1].kind != kind) {
        other = aln_interned_text(&d->texts, d->entities[id - 1].kind);
    } else if (row->replace && !d->entities[id - 1].replaces) {
        *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: replace belongs on the first line of %s", row->path,
                           row->line, row->id);
        return UINT32_MAX;
    }
    if (other) {
        *status = aln_fail(err, ALN_EDATA, row->line, "%s:%zu: %s is a %s elsewhere, not a %s", row->path, row->line,
                           row->id, other, row->kind);
        return UINT32_MAX;
    }
    if (!d->entities[id - 1].wikidata)
        d->entities[id - 1].wikidata = row->wikidata;
    if (row->country)
        d->entities[id - 1].country = row->country;
    if (row->size)
        d->entities[id - 1].size = row->size;
    return id - 1;

no_memory:
    *status = aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
    return UINT32_MAX;
}

static aln_status add_row(void *ctx, const aln_names_row *row, aln_error *err)
{
    builder *b = ctx;
    aln_draft *d = &b->draft;
    aln_status status = ALN_OK;
    uint32_t entity = entity_of(b, row, &status, err);
    if (entity == UINT32_MAX)
        return status;
    const char *exact[ALN_NAME_WORDS], *stem[ALN_NAME_WORDS];
    size_t exact_len[ALN_NAME_WORDS], stem_len[ALN_NAME_WORDS];
    unsigned first = 0;
    size_t count = words_of(b, row, exact, exact_len, stem, stem_len, &first, &status, err);
    if (!count)
        return status;
    uint32_t flags = row->flags;
    if (!(flags & ALN_NAME_COMMON) && (first & ALN_FOLD_CAPITAL))
        flags |= ALN_NAME_CAPITAL;
    /* Without a capital a name cannot be told from the words of other languages; several words hardly stand there by
     * chance. */
    int small = !(first & (ALN_FOLD_CAPITAL | NO_CASE));
    int weighs_less = (flags & ALN_NAME_COMMON) || !(flags & ALN_NAME_OPTIONAL); /* forms have a weight of their own */
    if ((weighs_less && strcmp(row->kind, "word") == 0) || (small && count == 1))
        flags |= ALN_NAME_GENERIC;
    int stems_differ = 0, stems_tell = count > 1;
    for (size_t i = 0; i < count; i++) {
        stems_differ |= exact_len[i] != stem_len[i] || memcmp(exact[i], stem[i], exact_len[i]) != 0;
        stems_tell |= aln_utf8_count(stem[i], stem_len[i]) >= (small ? STEM_LETTERS_SMALL : STEM_LETTERS);
    }
    aln_draft_name name = {entity,
                           aln_intern(&d->texts, row->name, strlen(row->name)),
                           aln_intern(&d->tags, row->lang, strlen(row->lang)),
                           0,
                           flags,
                           0,
                           0,
                           aln_image_row(b->file, row->line)};
    if (row->period_count)
        name.periods = aln_intern(&d->periods, row->periods, row->period_count * sizeof *row->periods);
    name.exact = name.stem = enter(d, exact, exact_len, count);
    /* An abbreviation stands as it is: its stem would be another word (ЕС, US). */
    if (name.exact && stems_differ && stems_tell && !(flags & ALN_NAME_ABBREVIATION))
        name.stem = enter(d, stem, stem_len, count);
    aln_arena_clear(&b->arena);
    if (*row->note && (!d->note_count || d->note_rows[d->note_count - 1].row != name.row)) {
        uint32_t text = aln_intern(&d->notes, row->note, strlen(row->note));
        if (!text ||
            !aln_grow(&d->alloc, (void **)&d->note_rows, &d->note_cap, d->note_count + 1, sizeof *d->note_rows))
            return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
        d->note_rows[d->note_count++] = (aln_image_note){name.row, text};
    }
    if (!name.text || !name.language || (row->period_count && !name.periods) || !name.stem ||
        !aln_grow(&d->alloc, (void **)&d->names, &d->name_cap, d->name_count + 1, sizeof *d->names))
        return aln_fail(err, ALN_ENOMEM, row->line, "out of memory");
    d->names[d->name_count++] = name;
    d->entities[entity].name_count++;
    return ALN_OK;
}

aln_status aln_image_build(const aln_alloc *alloc, const char *const *paths, size_t count, const aln_image *below,
                           aln_image **out, aln_error *err)
{
    builder b;
    aln_draft *d = &b.draft;
    memset(&b, 0, sizeof b);
    d->alloc = aln_alloc_or_default(alloc);
    d->states = 1;
    b.below = below;
    *out = NULL;
    aln_interner *const interners[] = {&d->ids, &d->texts, &d->tags, &d->tokens, &d->periods, &d->notes};
    for (size_t i = 0; i < sizeof interners / sizeof *interners; i++)
        aln_interner_init(interners[i], &d->alloc);
    aln_arena_init(&b.arena, &d->alloc);
    aln_status status = ALN_OK;
    if (!aln_word_maker_init(&b.maker, &d->alloc, NULL))
        status = aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    if (status == ALN_OK && count > ALN_IMAGE_FILES)
        status = aln_fail(err, ALN_ELIMIT, 0, "more than %u files of names", ALN_IMAGE_FILES);
    d->paths = paths;
    d->path_count = count;
    for (size_t i = 0; i < count && status == ALN_OK; i++) {
        b.file = (uint32_t)i;
        status = aln_names_read(&d->alloc, paths[i], add_row, &b, err);
    }
    aln_word_maker_free(&b.maker);
    aln_arena_free(&b.arena);
    if (status == ALN_OK)
        status = aln_draft_pack(d, out, err);
    for (size_t i = 0; i < sizeof interners / sizeof *interners; i++)
        aln_interner_free(interners[i]);
    aln_mem_free(&d->alloc, d->entities, d->entity_cap * sizeof *d->entities);
    aln_mem_free(&d->alloc, d->names, d->name_cap * sizeof *d->names);
    aln_mem_free(&d->alloc, d->note_rows, d->note_cap * sizeof *d->note_rows);
    aln_mem_free(&d->alloc, d->steps, d->step_slots * sizeof *d->steps);
    return status;
}
