/*
 * Compiling the gazetteer, second step: the draft is laid out as one block (image.h says how it is meant to lie).
 * Tokens are numbered by buckets of their hashes, states by levels, so that most of the trie need not be written down;
 * the names of an entity that differ in language alone become one. All work is done in an arena; the block is filled at
 * the end.
 *
 * SPDX-License-Identifier: MIT
 */
#include "error.h"
#include "fold.h"
#include "image_build.h"
#include "image_draft.h"
#include "utf8.h"
#include <stdlib.h>
#include <string.h>

/* The mean of tokens in a bucket: more would save a few bytes a token and cost a line of memory a look-up. */
#define BUCKET_TOKENS 3

typedef struct packer {
    const aln_draft *draft;
    aln_arena arena;
    uint32_t *token_number; /* by the draft's number */
    uint32_t *state_number;
    uint32_t *name_number; /* by the draft's index */
    aln_image_bucket *buckets;
    uint32_t *filters;
    uint32_t bucket_count;
    unsigned char *strings;
    size_t string_bytes;
    aln_image_state *states;
    size_t state_count; /* slots: from 0, which is not in use, to the one behind the last */
    uint32_t *steps;
    size_t step_count;
    uint32_t *outputs;
    size_t output_count;
    aln_image_name *names;
    uint32_t *rows; /* of the names */
    size_t name_count;
    uint32_t *families; /* numbers of names */
    size_t family_count;
    uint32_t *first_name; /* by entity, one more for the end */
    uint8_t *shares;      /* by entity: whether a name of it is another's, too */
    aln_interner lists;   /* of languages, as uint16_t */
} packer;

static void *zeroed(packer *p, size_t count, size_t element)
{
    void *array = count < SIZE_MAX / element ? aln_arena_new(&p->arena, count * element) : NULL;
    if (array)
        memset(array, 0, count * element);
    return array;
}

static int pack_tokens(packer *p)
{
    const aln_interner *tokens = &p->draft->tokens;
    p->bucket_count = (uint32_t)(tokens->count / BUCKET_TOKENS + 1);
    p->string_bytes = tokens->len; /* a length instead of the NUL */
    p->buckets = zeroed(p, p->bucket_count + 1u, sizeof *p->buckets);
    p->filters = zeroed(p, p->bucket_count, sizeof *p->filters);
    p->token_number = zeroed(p, tokens->count + 1, sizeof *p->token_number);
    uint32_t *order = zeroed(p, tokens->count + 1, sizeof *order);
    uint32_t *next = zeroed(p, p->bucket_count + 1u, sizeof *next);
    p->strings = zeroed(p, p->string_bytes + 1, 1);
    if (!p->buckets || !p->filters || !p->token_number || !order || !next || !p->strings)
        return 0;
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t hash = aln_image_hash(tokens->bytes + tokens->items[i].offset, tokens->items[i].len);
        uint32_t bucket = aln_image_bucket_of(p->bucket_count, hash);
        p->filters[bucket] |= aln_image_filter_bit(hash);
        next[bucket + 1]++;
    }
    for (uint32_t i = 0; i < p->bucket_count; i++) {
        next[i + 1] += next[i];
        p->buckets[i + 1].token = next[i + 1];
    }
    for (uint32_t i = 0; i < tokens->count; i++) {
        uint32_t bucket = aln_image_bucket_of(
            p->bucket_count, aln_image_hash(tokens->bytes + tokens->items[i].offset, tokens->items[i].len));
        order[next[bucket]] = i;
        p->token_number[i + 1] = ++next[bucket];
    }
    uint32_t at = 0;
    for (uint32_t bucket = 0; bucket <= p->bucket_count; bucket++) {
        p->buckets[bucket].string = at;
        if (bucket == p->bucket_count)
            break;
        for (uint32_t i = p->buckets[bucket].token; i < p->buckets[bucket + 1].token; i++) {
            const aln_interned *token = &tokens->items[order[i]];
            p->strings[at++] = (unsigned char)token->len;
            memcpy(p->strings + at, tokens->bytes + token->offset, token->len);
            at += token->len;
        }
    }
    return 1;
}

/* A step as it is sorted: by the parent's number and the token. */
typedef struct branch {
    uint32_t parent, token, state;
} branch;

static int by_branch(const void *a, const void *b)
{
    const branch *x = a, *y = b;
    return x->parent != y->parent ? (x->parent < y->parent ? -1 : 1) : (x->token > y->token) - (x->token < y->token);
}

static int pack_states(packer *p)
{
    const aln_draft *d = p->draft;
    uint32_t count = d->states, tokens = (uint32_t)d->tokens.count;
    branch *in = zeroed(p, count + 1u, sizeof *in); /* by state: the step into it */
    uint8_t *depth = zeroed(p, count + 1u, sizeof *depth);
    branch *level = zeroed(p, count + 1u, sizeof *level);
    p->state_number = zeroed(p, count + 1u, sizeof *p->state_number);
    if (!in || !depth || !level || !p->state_number)
        return 0;
    for (size_t i = 0; i < d->step_slots; i++)
        if (d->steps[i].state)
            in[d->steps[i].next] = (branch){d->steps[i].state, p->token_number[d->steps[i].token], d->steps[i].next};
    uint32_t deep = 0;
    size_t first[ALN_NAME_WORDS + 2] = {0}; /* of each level below the root's children */
    p->state_number[1] = 1;
    for (uint32_t s = 2; s <= count; s++) { /* a parent comes before its children */
        depth[s] = (uint8_t)(depth[in[s].parent] + 1);
        if (depth[s] == 1) {
            p->state_number[s] = in[s].token + 1;
        } else {
            first[depth[s]]++;
            deep++;
        }
    }
    size_t sum = 0;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        size_t n = first[i];
        first[i] = sum;
        sum += n;
    }
    size_t next[sizeof first / sizeof *first];
    memcpy(next, first, sizeof next);
    for (uint32_t s = 2; s <= count; s++)
        if (depth[s] > 1)
            level[next[depth[s]]++] = in[s];
    p->step_count = deep;
    p->state_count = (size_t)tokens + deep + 3;
    p->steps = zeroed(p, deep + 1u, sizeof *p->steps);
    p->states = zeroed(p, p->state_count, sizeof *p->states);
    if (!p->steps || !p->states)
        return 0;
    uint32_t state = 0;
    for (size_t i = 2; i < sizeof first / sizeof *first; i++) {
        for (size_t k = first[i]; k < next[i]; k++)
            level[k].parent = p->state_number[level[k].parent];
        qsort(level + first[i], next[i] - first[i], sizeof *level, by_branch);
        for (size_t k = first[i]; k < next[i]; k++) {
            p->state_number[level[k].state] = tokens + 2 + (uint32_t)k;
            p->steps[k] = level[k].token;
            while (state <= level[k].parent)
                p->states[state++].step = (uint32_t)k;
        }
    }
    while (state < p->state_count)
        p->states[state++].step = deep;
    return 1;
}

/* A name as it is sorted, so that those which differ in language alone stand together in the order of the files. */
typedef struct entry {
    uint32_t entity, text, flags, periods;
    uint32_t exact, stem; /* of generic words: in another language the stem may be another word's */
    uint32_t index;
} entry;

static int by_entry(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    const uint32_t xs[] = {x->entity, x->text, x->flags, x->periods, x->exact, x->stem, x->index};
    const uint32_t ys[] = {y->entity, y->text, y->flags, y->periods, y->exact, y->stem, y->index};
    for (size_t i = 0; i < sizeof xs / sizeof *xs; i++)
        if (xs[i] != ys[i])
            return xs[i] < ys[i] ? -1 : 1;
    return 0;
}

static int same_name(const entry *x, const entry *y)
{
    return x->entity == y->entity && x->text == y->text && x->flags == y->flags && x->periods == y->periods &&
           x->exact == y->exact && x->stem == y->stem;
}

typedef struct group {
    uint32_t entity, leader; /* the first of the names by index */
    uint32_t first, count;   /* entries */
} group;

static int by_leader(const void *a, const void *b)
{
    const group *x = a, *y = b;
    return x->entity != y->entity ? (x->entity < y->entity ? -1 : 1)
                                  : (x->leader > y->leader) - (x->leader < y->leader);
}

static int pack_names(packer *p)
{
    const aln_draft *d = p->draft;
    size_t count = d->name_count, groups = 0;
    entry *entries = zeroed(p, count + 1, sizeof *entries);
    group *group_of = zeroed(p, count + 1, sizeof *group_of);
    uint16_t *tags = zeroed(p, d->tags.count + 1, sizeof *tags);
    p->name_number = zeroed(p, count + 1, sizeof *p->name_number);
    p->names = zeroed(p, count + 1, sizeof *p->names);
    p->rows = zeroed(p, count + 1, sizeof *p->rows);
    p->first_name = zeroed(p, d->entity_count + 1, sizeof *p->first_name);
    if (!entries || !group_of || !tags || !p->name_number || !p->names || !p->rows || !p->first_name)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        const aln_draft_name *n = &d->names[i];
        int generic = (n->flags & ALN_NAME_GENERIC) != 0;
        entries[i] =
            (entry){n->entity, n->text, n->flags, n->periods, generic ? n->exact : 0, generic ? n->stem : 0, i};
    }
    qsort(entries, count, sizeof *entries, by_entry);
    for (uint32_t i = 0; i < count; i++) {
        if (!i || !same_name(&entries[i - 1], &entries[i]))
            group_of[groups++] = (group){entries[i].entity, entries[i].index, i, 0};
        group_of[groups - 1].count++;
    }
    qsort(group_of, groups, sizeof *group_of, by_leader);
    for (uint32_t i = 0; i < groups; i++) {
        const group *g = &group_of[i];
        uint32_t languages = 0;
        for (uint32_t k = g->first; k < g->first + g->count; k++) {
            uint16_t tag = (uint16_t)(d->names[entries[k].index].language - 1);
            uint32_t at = 0;
            while (at < languages && tags[at] != tag)
                at++;
            if (at == languages)
                tags[languages++] = tag;
            p->name_number[entries[k].index] = i;
        }
        uint32_t list = aln_intern(&p->lists, tags, languages * sizeof *tags);
        if (!list)
            return 0;
        const entry *e = &entries[g->first];
        p->names[i] = (aln_image_name){1 + d->texts.items[e->text - 1].offset, e->entity & (ALN_IMAGE_ENTITIES - 1),
                                       e->flags & 0x3FFu, (uint16_t)(list - 1), (uint16_t)e->periods};
        p->rows[i] = d->names[g->leader].row;
        p->first_name[g->entity + 1] = i + 1;
    }
    for (size_t i = 0; i < d->entity_count; i++) /* an entity has a name at least, but its row may have failed */
        if (p->first_name[i + 1] < p->first_name[i])
            p->first_name[i + 1] = p->first_name[i];
    p->name_count = groups;
    return 1;
}

/* Letters of a family name, at least: Li and Kim are too many people, and an ordinal is no name. */
#define FAMILY_LETTERS 3

typedef struct family {
    uint32_t token, entity, name;
} family;

static int by_family(const void *a, const void *b)
{
    const family *x = a, *y = b;
    if (x->token != y->token)
        return x->token < y->token ? -1 : 1;
    return x->entity != y->entity ? (x->entity < y->entity ? -1 : 1) : (x->name > y->name) - (x->name < y->name);
}

/* The number of the token of a name's last word, if that may be a family name; 0 if not. Hungarians have theirs first.
 */
static uint32_t family_token(const packer *p, const aln_draft_name *name, const char *text)
{
    const char *last = strrchr(text, ' ');
    char exact[ALN_FOLD_MAX];
    unsigned flags;
    if (!last || (name->flags & ALN_NAME_ABBREVIATION) ||
        strcmp(aln_interned_text(&p->draft->tags, name->language), "hu") == 0)
        return 0;
    size_t len = aln_fold_exact(last + 1, strlen(last + 1), exact, sizeof exact, &flags);
    if (aln_utf8_count(exact, len) < FAMILY_LETTERS || (flags & (ALN_FOLD_ALL_CAPITALS | ALN_FOLD_DIGIT)))
        return 0;
    uint32_t number = aln_interned_find(&p->draft->tokens, exact, len);
    return number ? p->token_number[number] : 0;
}

/* Behind pack_names(). */
static int pack_families(packer *p)
{
    const aln_draft *d = p->draft;
    family *all = zeroed(p, d->name_count + 1, sizeof *all);
    p->families = zeroed(p, d->name_count + 1, sizeof *p->families);
    if (!all || !p->families)
        return 0;
    size_t count = 0;
    for (size_t i = 0; i < d->name_count; i++) {
        const aln_draft_name *n = &d->names[i];
        if (strcmp(aln_interned_text(&d->texts, d->entities[n->entity].kind), "person") != 0)
            continue;
        uint32_t token = family_token(p, n, aln_interned_text(&d->texts, n->text));
        if (token)
            all[count++] = (family){token, n->entity, p->name_number[i]};
    }
    qsort(all, count, sizeof *all, by_family);
    for (size_t i = 0; i < count; i++)
        if (!i || all[i].token != all[i - 1].token || all[i].entity != all[i - 1].entity)
            p->families[p->family_count++] = all[i].name;
    return 1;
}

typedef struct ending {
    uint32_t state, name;
} ending;

static int by_ending(const void *a, const void *b)
{
    const ending *x = a, *y = b;
    return x->state != y->state ? (x->state < y->state ? -1 : 1) : (x->name > y->name) - (x->name < y->name);
}

static int pack_outputs(packer *p)
{
    const aln_draft *d = p->draft;
    ending *endings = zeroed(p, 2 * d->name_count + 1, sizeof *endings);
    if (!endings)
        return 0;
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < d->name_count; i++) {
        endings[count++] = (ending){p->state_number[d->names[i].exact], p->name_number[i]};
        if (d->names[i].stem != d->names[i].exact)
            endings[count++] = (ending){p->state_number[d->names[i].stem], p->name_number[i]};
    }
    qsort(endings, count, sizeof *endings, by_ending);
    for (size_t i = 0; i < count; i++)
        if (!i || by_ending(&endings[i - 1], &endings[i]) != 0)
            endings[kept++] = endings[i];
    p->outputs = zeroed(p, 2 * kept + 1, sizeof *p->outputs); /* no more than a count a name */
    p->shares = zeroed(p, d->entity_count + 1, 1);
    if (!p->outputs || !p->shares)
        return 0;
    for (size_t i = 0; i < p->state_count; i++)
        p->states[i].output = ALN_IMAGE_NO_OUTPUT;
    for (size_t i = 0, end; i < kept; i = end) {
        for (end = i + 1; end < kept && endings[end].state == endings[i].state;)
            end++;
        if (end == i + 1) {
            p->states[endings[i].state].output = endings[i].name;
            continue;
        }
        for (size_t k = i; k < end; k++)
            if (p->names[endings[k].name].entity != p->names[endings[i].name].entity)
                p->shares[p->names[endings[k].name].entity] = p->shares[p->names[endings[i].name].entity] = 1;
        p->states[endings[i].state].output = ALN_IMAGE_MANY_OUTPUTS + (uint32_t)p->output_count;
        p->outputs[p->output_count++] = (uint32_t)(end - i);
        for (size_t k = i; k < end; k++)
            p->outputs[p->output_count++] = endings[k].name;
    }
    return 1;
}

/* What is known by more names in more languages is more often meant; a country more often than what has its name, and a
 * town more often than the region around it. */
static uint16_t prior_of(const char *kind, const aln_draft_entity *e)
{
    static const struct {
        const char *kind;
        uint16_t prior;
    } known[] = {{"country", 9}, {"capital", 7}, {"city", 4}, {"area", 4}, {"person", 4}, {"organisation", 4}};
    uint16_t prior = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(kind, known[i].kind) == 0)
            prior = known[i].prior;
    for (uint32_t names = e->name_count; names > 1; names = names * 2 / 3) /* a step for each half more */
        prior++;
    return (uint16_t)(prior + (e->size > 5 ? (e->size - 5) * 2 : 0));
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

/* Room for so many elements behind what there is; what would pass 4 GiB is seen at the end. */
static uint32_t place(uint64_t *size, size_t count, size_t element)
{
    uint64_t at = (*size + 7) & ~(uint64_t)7;
    *size = at + (uint64_t)count * element;
    return (uint32_t)at;
}

static void *at_offset(aln_image *image, uint32_t offset)
{
    return (char *)image + offset;
}

/* Writes lists of elements as offsets and elements. */
static void put_lists(const aln_interner *lists, size_t element, uint32_t *offsets, char *elements)
{
    uint32_t n = 0;
    for (size_t i = 0; i < lists->count; i++) {
        offsets[i] = n;
        memcpy(elements + n * element, lists->bytes + lists->items[i].offset, lists->items[i].len);
        n += lists->items[i].len / (uint32_t)element;
    }
    offsets[lists->count] = n;
}

static void copy(aln_image *image, uint32_t offset, const void *from, size_t bytes)
{
    if (bytes)
        memcpy(at_offset(image, offset), from, bytes);
}

static aln_status fill(packer *p, aln_image **out, aln_error *err)
{
    const aln_draft *d = p->draft;
    uint64_t size = sizeof(aln_image);
    aln_image head;
    memset(&head, 0, sizeof head);
    /* The pool: an empty string, texts, tags, ids. */
    uint32_t tags = 1 + (uint32_t)d->texts.len, ids = tags + (uint32_t)d->tags.len;
    size_t pool = 1 + d->texts.len + d->tags.len + d->ids.len;
    size_t lists = p->lists.len / sizeof(uint16_t) + 1, periods = d->periods.len / sizeof(aln_period) + 1;
    head.magic = ALN_IMAGE_MAGIC;
    head.version = ALN_IMAGE_VERSION;
    head.entity_count = (uint32_t)d->entity_count;
    head.entities = place(&size, d->entity_count, sizeof(aln_image_entity));
    head.name_count = (uint32_t)p->name_count;
    head.names = place(&size, p->name_count, sizeof *p->names);
    head.bucket_count = p->bucket_count;
    head.buckets = place(&size, p->bucket_count + 1u, sizeof *p->buckets);
    head.filters = place(&size, p->bucket_count, sizeof *p->filters);
    head.token_count = (uint32_t)d->tokens.count;
    head.strings = place(&size, p->string_bytes, 1);
    head.step_count = (uint32_t)p->step_count;
    head.steps = place(&size, p->step_count, sizeof *p->steps);
    head.state_count = (uint32_t)p->state_count;
    head.states = place(&size, p->state_count, sizeof *p->states);
    head.output_count = (uint32_t)p->output_count;
    head.outputs = place(&size, p->output_count, sizeof *p->outputs);
    head.language_lists = place(&size, p->lists.count + 1, sizeof(uint32_t));
    head.languages = place(&size, lists, sizeof(uint16_t));
    head.period_lists = place(&size, d->periods.count + 2, sizeof(uint32_t));
    head.periods = place(&size, periods, sizeof(aln_period));
    head.tags = place(&size, d->tags.count, sizeof(uint32_t));
    head.ids = place(&size, d->entity_count, sizeof(uint32_t));
    head.family_count = (uint32_t)p->family_count;
    head.families = place(&size, p->family_count, sizeof *p->families);
    head.pool_size = (uint32_t)pool;
    head.pool = place(&size, pool, 1);
    uint64_t rows = (size + 7) & ~(uint64_t)7;
    head.rows = place(&size, p->name_count, sizeof *p->rows);
    size_t paths = 0;
    for (size_t i = 0; i < d->path_count; i++)
        paths += strlen(d->paths[i]) + 1;
    head.file_count = (uint32_t)d->path_count;
    head.files = place(&size, paths + 1, 1);
    head.note_count = (uint32_t)d->note_count;
    head.notes = place(&size, d->note_count, sizeof *d->note_rows);
    head.note_texts = place(&size, d->notes.len + 1, 1);
    if (size > UINT32_MAX || pool > UINT32_MAX)
        return aln_fail(err, ALN_ELIMIT, 0, "the gazetteer is larger than 4 GiB");
    head.size = (uint32_t)size;
    named *order = zeroed(p, d->entity_count + 1, sizeof *order);
    aln_image *image = order ? aln_mem_zero(&d->alloc, (size_t)size) : NULL;
    if (!image)
        return aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    *image = head;
    aln_image_entity *entities = at_offset(image, head.entities);
    for (uint32_t i = 0; i < d->entity_count; i++) {
        const aln_draft_entity *e = &d->entities[i];
        entities[i] = (aln_image_entity){ids + d->ids.items[i].offset,
                                         1 + d->texts.items[e->kind - 1].offset,
                                         p->first_name[i],
                                         (p->first_name[i + 1] - p->first_name[i]) & 0x3FFFFFFFu,
                                         e->replaces & 1u,
                                         p->shares[i] & 1u,
                                         e->wikidata,
                                         e->country,
                                         prior_of(d->texts.bytes + d->texts.items[e->kind - 1].offset, e)};
        order[i] = (named){d->ids.bytes + d->ids.items[i].offset, i};
    }
    qsort(order, d->entity_count, sizeof *order, by_id);
    uint32_t *sorted = at_offset(image, head.ids);
    for (size_t i = 0; i < d->entity_count; i++)
        sorted[i] = order[i].entity;
    uint32_t *tag_offsets = at_offset(image, head.tags);
    for (size_t i = 0; i < d->tags.count; i++)
        tag_offsets[i] = tags + d->tags.items[i].offset;
    uint32_t *period_lists = at_offset(image, head.period_lists); /* list 0 is that of no periods */
    put_lists(&d->periods, sizeof(aln_period), period_lists + 1, at_offset(image, head.periods));
    put_lists(&p->lists, sizeof(uint16_t), at_offset(image, head.language_lists), at_offset(image, head.languages));
    copy(image, head.names, p->names, p->name_count * sizeof *p->names);
    copy(image, head.buckets, p->buckets, (p->bucket_count + 1u) * sizeof *p->buckets);
    copy(image, head.filters, p->filters, p->bucket_count * sizeof *p->filters);
    copy(image, head.strings, p->strings, p->string_bytes);
    copy(image, head.steps, p->steps, p->step_count * sizeof *p->steps);
    copy(image, head.states, p->states, p->state_count * sizeof *p->states);
    copy(image, head.outputs, p->outputs, p->output_count * sizeof *p->outputs);
    copy(image, head.families, p->families, p->family_count * sizeof *p->families);
    copy(image, head.pool + 1, d->texts.bytes, d->texts.len);
    copy(image, head.pool + tags, d->tags.bytes, d->tags.len);
    copy(image, head.pool + ids, d->ids.bytes, d->ids.len);
    copy(image, head.rows, p->rows, p->name_count * sizeof *p->rows);
    char *path = at_offset(image, head.files);
    for (size_t i = 0; i < d->path_count; i++) {
        size_t len = strlen(d->paths[i]) + 1;
        memcpy(path, d->paths[i], len);
        path += len;
    }
    aln_image_note *notes = at_offset(image, head.notes);
    for (size_t i = 0; i < d->note_count; i++)
        notes[i] = (aln_image_note){d->note_rows[i].row, d->notes.items[d->note_rows[i].text - 1].offset};
    copy(image, head.note_texts, d->notes.bytes, d->notes.len);
    image->hash = aln_image_hash((const char *)image + sizeof head, (size_t)rows - sizeof head);
    *out = image;
    return ALN_OK;
}

aln_status aln_draft_pack(const aln_draft *draft, aln_image **out, aln_error *err)
{
    if (draft->entity_count >= ALN_IMAGE_ENTITIES || draft->tags.count > ALN_IMAGE_LISTS ||
        draft->periods.count > ALN_IMAGE_LISTS)
        return aln_fail(err, ALN_ELIMIT, 0, "the gazetteer has too many entities, languages or periods");
    packer p;
    memset(&p, 0, sizeof p);
    p.draft = draft;
    aln_arena_init(&p.arena, &draft->alloc);
    aln_interner_init(&p.lists, &draft->alloc);
    aln_status status;
    if (!pack_tokens(&p) || !pack_states(&p) || !pack_names(&p) || !pack_families(&p) || !pack_outputs(&p))
        status = aln_fail(err, ALN_ENOMEM, 0, "out of memory");
    else if (p.lists.count > ALN_IMAGE_LISTS)
        status =
            aln_fail(err, ALN_ELIMIT, 0, "the gazetteer's names have more than %u sets of languages", ALN_IMAGE_LISTS);
    else
        status = fill(&p, out, err);
    aln_interner_free(&p.lists);
    aln_arena_free(&p.arena);
    return status;
}
