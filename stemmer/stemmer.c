/*
 * The registry of stemmers and their public functions.
 *
 * A language tag is looked up among the tags and names of the manifest, then with its last subtag cut off, and so on
 * (RFC 4647, 3.4 "lookup"): "uk-UA" is Ukrainian. A script that was cut off must be the one that the stemmer is for:
 * "ru-Cyrl" is Russian, but "ru-Latn" is unknown, since Russian rules know no Latin letter.
 *
 * SPDX-License-Identifier: MIT
 */
#include "engine.h"
#include "snowball.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TAG 40

struct aln_stemmer {
    const aln_stem_entry *entry;
    struct sb_stemmer *snowball;
};

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static const aln_stem_entry *find_alias(const char *tag)
{
    size_t low = 0, high = aln_stem_alias_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(tag, aln_stem_aliases[mid].tag);
        if (order == 0)
            return &aln_stem_entries[aln_stem_aliases[mid].entry];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

static int same_script(const char *subtag, const char *script)
{
    for (size_t i = 0; i < 4; i++)
        if (subtag[i] != ascii_lower(script[i]))
            return 0;
    return 1;
}

static const aln_stem_entry *find_entry(const char *language)
{
    char tag[MAX_TAG + 1];
    char script[5] = "";
    size_t len = strlen(language);

    if (len == 0 || len > MAX_TAG)
        return NULL;
    for (size_t i = 0; i <= len; i++)
        tag[i] = language[i] == '_' ? '-' : ascii_lower(language[i]);
    for (;;) {
        const aln_stem_entry *entry = find_alias(tag);
        char *cut;
        if (entry != NULL)
            return script[0] == '\0' || same_script(script, entry->info.script) ? entry : NULL;
        cut = strrchr(tag, '-');
        if (cut == NULL)
            return NULL;
        if (strlen(cut + 1) == 4 && cut[1] >= 'a' && cut[1] <= 'z')
            memcpy(script, cut + 1, 5);
        *cut = '\0';
    }
}

aln_status aln_stemmer_new(const char *language, aln_stemmer **out)
{
    const aln_stem_entry *entry;
    aln_stemmer *stemmer;

    if (out == NULL)
        return ALN_EINVAL;
    *out = NULL;
    if (language == NULL)
        return ALN_EINVAL;
    entry = find_entry(language);
    if (entry == NULL)
        return ALN_EUNKNOWN;
    stemmer = malloc(sizeof(*stemmer));
    if (stemmer == NULL)
        return ALN_ENOMEM;
    stemmer->entry = entry;
    stemmer->snowball = NULL;
    if (entry->stem == NULL) {
        stemmer->snowball = aln_snowball_new(entry->table);
        if (stemmer->snowball == NULL) {
            free(stemmer);
            return ALN_ENOMEM;
        }
    }
    *out = stemmer;
    return ALN_OK;
}

void aln_stemmer_free(aln_stemmer *stemmer)
{
    if (stemmer == NULL)
        return;
    if (stemmer->snowball != NULL)
        aln_snowball_free(stemmer->snowball);
    free(stemmer);
}

size_t aln_stemmer_stem(aln_stemmer *stemmer, const char *word, size_t len, char *out, size_t cap)
{
    if (len > cap) {
        len = cap;
        while (len > 0 && ((unsigned char)word[len] & 0xc0U) == 0x80U)
            len--;
    }
    if (len == 0)
        return 0;
    memcpy(out, word, len);
    if (cap - len > ALN_STEM_SLACK)
        cap = len + ALN_STEM_SLACK;
    if (stemmer->snowball != NULL)
        return aln_snowball_stem(stemmer->snowball, out, len, cap);
    return stemmer->entry->stem(stemmer->entry->table, out, len, cap);
}

const char *aln_stemmer_name(const aln_stemmer *stemmer)
{
    return stemmer->entry->info.name;
}

uint32_t aln_stemmer_version(const aln_stemmer *stemmer)
{
    return stemmer->entry->info.version;
}

const aln_stemmer_info *aln_stemmer_list(size_t *count)
{
    if (count != NULL)
        *count = aln_stem_entry_count;
    return aln_stem_infos;
}
