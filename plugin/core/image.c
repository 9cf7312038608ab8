/*
 * Looking things up in the compiled gazetteer (image.h).
 *
 * SPDX-License-Identifier: MIT
 */
#include "image.h"
#include "fold.h"
#include "gen/han_variants.h"
#include <stdlib.h>
#include <string.h>

/* A character of the blocks that the table has takes three bytes, of which the first is E3 to E9. */
const char *aln_image_spelling(const char *text, size_t *len, char buf[ALN_IMAGE_SPELLING])
{
    const unsigned char *s = (const unsigned char *)text;
    if (*len > ALN_IMAGE_TOKEN_BYTES)
        *len = ALN_IMAGE_TOKEN_BYTES;
    if (*len != 3 || s[0] < 0xE3 || s[0] > 0xE9)
        return text;
    unsigned cp = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu), lo = 0, hi = aln_han_variant_count;
    while (lo < hi) {
        unsigned mid = lo + (hi - lo) / 2;
        if (aln_han_variants[mid][0] < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == aln_han_variant_count || aln_han_variants[lo][0] != cp)
        return text;
    cp = aln_han_variants[lo][1];
    buf[0] = (char)(0xE0 | cp >> 12);
    buf[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    buf[2] = (char)(0x80 | (cp & 0x3F));
    return buf;
}

void aln_image_fetch(const aln_image *image, uint32_t hash)
{
    __builtin_prefetch((const uint32_t *)aln_image_at(image, image->filters) +
                       aln_image_bucket_of(image->bucket_count, hash));
}

uint32_t aln_image_token_hashed(const aln_image *image, uint32_t hash, const char *text, size_t len)
{
    char buf[ALN_IMAGE_SPELLING];
    const char *given = text;
    const size_t given_len = len;
    text = aln_image_spelling(text, &len, buf);
    if (text != given || len != given_len)
        hash = aln_image_hash(text, len);
    uint32_t number = aln_image_bucket_of(image->bucket_count, hash);
    if (!(((const uint32_t *)aln_image_at(image, image->filters))[number] & aln_image_filter_bit(hash)))
        return 0;
    const aln_image_bucket *bucket = (const aln_image_bucket *)aln_image_at(image, image->buckets) + number;
    const unsigned char *s = (const unsigned char *)aln_image_at(image, image->strings) + bucket[0].string;
    for (uint32_t token = bucket[0].token; token < bucket[1].token; token++, s += 1 + *s)
        if (*s == len && memcmp(s + 1, text, len) == 0)
            return token + 1;
    return 0;
}

uint32_t aln_image_step_of(const aln_image *image, uint32_t state, uint32_t token)
{
    const aln_image_state *states = aln_image_at(image, image->states);
    if (state == 1) { /* tokens that begin no name have an empty state, too */
        const aln_image_state *next = &states[token + 1];
        return next->output != ALN_IMAGE_NO_OUTPUT || next[0].step < next[1].step ? token + 1 : 0;
    }
    const uint32_t *steps = aln_image_at(image, image->steps);
    uint32_t lo = states[state].step, hi = states[state + 1].step, end = hi;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (steps[mid] < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < end && steps[lo] == token ? image->token_count + 2 + lo : 0;
}

const uint32_t *aln_image_outputs_of(const aln_image *image, uint32_t state, uint32_t *count)
{
    const uint32_t *output = &((const aln_image_state *)aln_image_at(image, image->states))[state].output;
    *count = 0;
    if (*output == ALN_IMAGE_NO_OUTPUT)
        return output;
    if (*output & ALN_IMAGE_MANY_OUTPUTS) {
        output = (const uint32_t *)aln_image_at(image, image->outputs) + (*output - ALN_IMAGE_MANY_OUTPUTS);
        *count = *output;
        return output + 1;
    }
    *count = 1;
    return output;
}

uint32_t aln_image_last_token(const aln_image *image, const char *name)
{
    char exact[ALN_FOLD_MAX];
    unsigned flags;
    const char *last = strrchr(name, ' ');
    size_t len = last ? aln_fold_exact(last + 1, strlen(last + 1), exact, sizeof exact, &flags) : 0;
    return len ? aln_image_token_of(image, exact, len) : 0;
}

const uint32_t *aln_image_families_of(const aln_image *image, uint32_t token, uint32_t *count)
{
    const uint32_t *families = aln_image_at(image, image->families);
    uint32_t lo = 0, hi = image->family_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        const aln_image_name *name = aln_image_names(image) + families[mid];
        if (aln_image_last_token(image, aln_image_string(image, name->text)) < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; hi < image->family_count; hi++) {
        const aln_image_name *name = aln_image_names(image) + families[hi];
        if (aln_image_last_token(image, aln_image_string(image, name->text)) != token)
            break;
    }
    *count = hi - lo;
    return families + lo;
}

uint32_t aln_image_find(const aln_image *image, const char *id, size_t len)
{
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
            return ids[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return UINT32_MAX;
}

uint32_t aln_image_name_languages(const aln_image *image, const aln_image_name *name)
{
    const uint32_t *first = (const uint32_t *)aln_image_at(image, image->language_lists) + name->languages;
    return first[1] - first[0];
}

const char *aln_image_name_language(const aln_image *image, const aln_image_name *name, uint32_t n)
{
    const uint32_t *first = (const uint32_t *)aln_image_at(image, image->language_lists) + name->languages;
    if (n >= first[1] - first[0])
        return NULL;
    const uint16_t *tags = aln_image_at(image, image->languages);
    return aln_image_string(image, ((const uint32_t *)aln_image_at(image, image->tags))[tags[first[0] + n]]);
}

int aln_image_name_has_language(const aln_image *image, const aln_image_name *name, const char *tag)
{
    size_t len = strcspn(tag, "-");
    const char *own;
    for (uint32_t i = 0; (own = aln_image_name_language(image, name, i)) != NULL; i++)
        if (strncmp(own, tag, len) == 0 && (own[len] == 0 || own[len] == '-'))
            return 1;
    return 0;
}

const aln_period *aln_image_name_periods(const aln_image *image, const aln_image_name *name, uint32_t *count)
{
    const uint32_t *first = (const uint32_t *)aln_image_at(image, image->period_lists) + name->periods;
    *count = first[1] - first[0];
    return (const aln_period *)aln_image_at(image, image->periods) + first[0];
}

int aln_image_name_in_use(const aln_image *image, const aln_image_name *name, int year)
{
    uint32_t count;
    const aln_period *periods = aln_image_name_periods(image, name, &count);
    for (uint32_t i = 0; i < count; i++)
        if ((!periods[i].from || periods[i].from <= year) && (!periods[i].to || year <= periods[i].to))
            return 1;
    return !count && !(name->flags & ALN_NAME_HISTORIC);
}

static int by_row(const void *row, const void *note)
{
    uint32_t a = *(const uint32_t *)row, b = ((const aln_image_note *)note)->row;
    return (a > b) - (a < b);
}

const char *aln_image_name_note(const aln_image *image, const aln_image_name *name)
{
    const uint32_t *row = (const uint32_t *)aln_image_at(image, image->rows) + (name - aln_image_names(image));
    const aln_image_note *note =
        bsearch(row, aln_image_at(image, image->notes), image->note_count, sizeof *note, by_row);
    return note ? (const char *)aln_image_at(image, image->note_texts) + note->text : "";
}

const char *aln_image_name_source(const aln_image *image, const aln_image_name *name, uint32_t *line)
{
    uint32_t row = ((const uint32_t *)aln_image_at(image, image->rows))[name - aln_image_names(image)];
    const char *path = aln_image_at(image, image->files);
    for (uint32_t i = row / ALN_IMAGE_LINES; i; i--)
        path += strlen(path) + 1;
    *line = row % ALN_IMAGE_LINES;
    return path;
}
