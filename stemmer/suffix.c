/*
 * Stemming by ordered suffix rules: an interpreter for the tables that names/tools/gen_stemmers.py makes of
 * rules/suffix/.
 *
 * A table is a list of steps. In a step the longest suffix of the word that has an applicable rule is replaced, once;
 * the rules of one suffix are tried in the order of the file. A rule applies when enough letters remain and when the
 * letters before the suffix are of the classes that it names. A rule may name the step to go on with, always a later
 * one, so that a word takes at most as many replacements as there are steps. A step in which no rule applies does
 * nothing.
 *
 * The suffixes of a step are a trie of their bytes from the last to the first. Walking bytes instead of letters is
 * safe: in well-formed UTF-8 the bytes of one character cannot begin inside those of another, so a suffix matches at
 * character borders only, and in ill-formed text a wrong match removes bytes that form whole characters by themselves.
 *
 * It differs from Snowball's programs in that there are no regions (R1, RV): a rule counts the letters that it leaves.
 * "Ким" keeps its syllable because the rule for -им wants two letters and a language's table says so, not because of
 * where a vowel stands.
 *
 * SPDX-License-Identifier: MIT
 */
#include "suffix.h"

#include "engine.h"

#include <string.h>

/* Bytes that remain when a prefix is dropped: the superlative is of long words, Nej- and Naj- are names. */
#define MIN_AFTER_PREFIX 6

static int is_tail(char byte)
{
    return ((unsigned char)byte & 0xc0U) == 0x80U;
}

static size_t count_letters(const char *word, size_t len)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t n = len, i = 0;
    for (; len - i >= 8; i += 8) { /* a tail's first bit is set and its second is not */
        uint64_t bytes;
        memcpy(&bytes, word + i, 8);
        n -= (size_t)(((bytes & ~(bytes << 1)) >> 7 & ones) * ones >> 56);
    }
    for (; i < len; i++)
        n -= is_tail(word[i]) ? 1U : 0U;
    return n;
}

/* Classes of the letter that ends at *end, which moves to the letter's first byte. Ill-formed text gives some code
 * point, no more. */
static uint32_t classes_before(const aln_suffix_table *t, const char *word, size_t *end)
{
    uint32_t cp = 0;
    unsigned shift = 0;
    size_t i = *end;

    while (i > 0) {
        unsigned char b = (unsigned char)word[--i];
        if (is_tail((char)b) && shift < 18) {
            cp |= (uint32_t)(b & 0x3fU) << shift;
            shift += 6;
            continue;
        }
        cp |= (uint32_t)(shift == 0 ? b : b & (0x3fU >> (shift / 6))) << shift;
        break;
    }
    *end = i;
    if (cp < t->first_letter || cp - t->first_letter >= t->letter_count)
        return t->other;
    return t->classes[cp - t->first_letter];
}

static int applies(const aln_suffix_table *t, const aln_suffix_rule *rule, const char *word, size_t len, size_t letters,
                   size_t cap)
{
    size_t end = len - rule->bytes;

    if (letters < (size_t)rule->letters + rule->min || end + rule->put_bytes > cap || end + rule->put_bytes == 0)
        return 0;
    for (unsigned i = 0; i < rule->before; i++) {
        uint32_t want = t->sets[rule->first_set + i];
        if (want == 0)
            return end == 0;
        if (end == 0 || (classes_before(t, word, &end) & want) == 0)
            return 0;
    }
    return 1;
}

static const aln_suffix_node *child(const aln_suffix_table *t, const aln_suffix_node *node, char last)
{
    const aln_suffix_node *c = t->nodes + node->first_child;
    unsigned char byte = (unsigned char)last;
    unsigned count = node->children;

    while (count > 4) {
        unsigned half = count / 2;
        int above = c[half].byte <= byte;
        c += above ? half : 0;
        count = above ? count - half : half;
    }
    for (unsigned i = 0; i < count; i++)
        if (c[i].byte >= byte)
            return c[i].byte == byte ? c + i : NULL;
    return NULL;
}

/* The rule of the longest suffix that applies, or NULL. */
static const aln_suffix_rule *find_rule(const aln_suffix_table *t, unsigned step, const char *word, size_t len,
                                        size_t letters, size_t cap)
{
    const aln_suffix_node *path[64];
    const aln_suffix_node *node = t->nodes + t->roots[step];
    size_t depth = 0, at = len;

    do {
        if (node->rules > 0 && depth < sizeof(path) / sizeof(path[0]))
            path[depth++] = node;
        node = at > 0 ? child(t, node, word[--at]) : NULL;
    } while (node != NULL);
    while (depth > 0) {
        node = path[--depth];
        for (unsigned i = 0; i < node->rules; i++) {
            const aln_suffix_rule *rule = t->rules + node->first_rule + i;
            if (applies(t, rule, word, len, letters, cap))
                return rule;
        }
    }
    return NULL;
}

/* Replaces every occurrence that fits. */
static size_t map_letter(const aln_suffix_map *map, char *word, size_t len, size_t cap)
{
    size_t from = strlen(map->from), to = strlen(map->to);
    size_t last = map->initial ? 1 : len;

    for (size_t i = 0; i < last && i + from <= len; i++) {
        if (word[i] != map->from[0] || memcmp(word + i, map->from, from) != 0)
            continue;
        if (len - from + to > cap || (to == 0 && len < from + MIN_AFTER_PREFIX))
            break;
        if (from != to) {
            memmove(word + i + to, word + i + from, len - i - from);
            last = last - from + to;
            len = len - from + to;
        }
        memcpy(word + i, map->to, to);
        if (to > 1)
            i += to - 1;
    }
    return len;
}

size_t aln_suffix_stem(const void *table, char *word, size_t len, size_t cap)
{
    const aln_suffix_table *t = table;
    size_t letters;
    unsigned step = 0;

    for (unsigned i = 0; i < t->map_count; i++)
        len = map_letter(&t->maps[i], word, len, cap);
    letters = count_letters(word, len);
    while (step < t->steps) {
        const aln_suffix_rule *rule = find_rule(t, step, word, len, letters, cap);
        if (rule == NULL) {
            step++;
            continue;
        }
        len -= rule->bytes;
        memcpy(word + len, t->pool + rule->put, rule->put_bytes);
        len += rule->put_bytes;
        letters = letters - rule->letters + rule->put_letters;
        step = rule->next;
    }
    return len;
}
