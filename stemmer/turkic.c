/*
 * Stemmer for agglutinative languages: Kazakh, Kyrgyz, Uzbek, Turkmen, Azerbaijani, Turkish, and Tajik, whose few
 * endings chain too.
 *
 * A word is a stem and a chain of suffixes, each of a class (plural, possessive, case, ...). A class tells which
 * classes may stand before it and whether the stem may; a suffix tells after which kinds of letter and in which vowel
 * harmony it has this shape. The engine walks from the end of the word through a trie of reversed suffixes, tries every
 * chain, and cuts the longest: the rules are so strict about what may precede what that a wrong long chain is rarer
 * than a right long one missed. What remains of a noun is cut again until nothing changes, because a nominative that
 * looks inflected (a place in -tan) must meet its own inflected forms, of which the first round removes the real case
 * only. Patterns of the class KEEP end the cutting (-stan is no ablative), those of the class FIX repair the stem (kk
 * кітаб- → кітап, халқ- → халық).
 *
 * Each class is tried once at a position (`seen`), so the time is linear in the length of the word. Words of more
 * letters than MAX_LETTERS come back unchanged: no language here has them.
 *
 * Sources: docs/stemmers-turkic.md.
 *
 * SPDX-License-Identifier: MIT
 */
#include "turkic.h"

#include <string.h>

enum { MAX_LETTERS = 48, MAX_MATCHES = 24, ANY = 0xff };

typedef struct search {
    const aln_turkic_table *table;
    unsigned best;  /* where the stem ends, in letters */
    unsigned floor; /* where a KEEP ends that some chain led to: no chain may cut into it */
    unsigned vowel; /* whether the last suffix removed begins with a vowel */
    unsigned kind;  /* of the stem: ALN_TURKIC_NOUN, _VERB */
    uint8_t letter[MAX_LETTERS];
    /* Of position i, that is before letter i: its byte; syllables and harmony of what precedes it. */
    uint16_t offset[MAX_LETTERS + 1];
    uint8_t syllables[MAX_LETTERS + 1];
    uint8_t harmony[MAX_LETTERS + 1];
    uint16_t category[MAX_LETTERS + 1];
    uint64_t seen[MAX_LETTERS + 1];
} search;

typedef struct match {
    const aln_turkic_pattern *pattern;
    unsigned start;
} match;

static unsigned bits(uint64_t x)
{
    x -= (x >> 1) & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (unsigned)((x * 0x0101010101010101u) >> 56);
}

/* One code point of at most three bytes; anything else is a byte that no rule knows. */
static size_t decode(const unsigned char *s, size_t left, uint32_t *cp)
{
    *cp = s[0];
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xc2 && s[0] < 0xe0 && left > 1 && (s[1] & 0xc0) == 0x80) {
        *cp = (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3fu);
        return 2;
    }
    if (s[0] >= 0xe0 && s[0] < 0xf0 && left > 2 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80) {
        *cp = (uint32_t)(s[0] & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3fu);
        return 3;
    }
    *cp = 0xffff;
    return 1;
}

/* Letters and, for each position, what the conditions of rules ask. Returns their number, or 0 when there are too many.
 */
static unsigned read_word(search *s, const char *word, size_t len)
{
    const aln_turkic_table *t = s->table;
    unsigned n = 0;
    size_t at = 0;
    s->syllables[0] = 0;
    s->harmony[0] = ANY;
    s->category[0] = 0;
    s->offset[0] = 0;
    while (at < len) {
        if (n == MAX_LETTERS)
            return 0;
        uint32_t cp;
        at += decode((const unsigned char *)word + at, len - at, &cp);
        uint8_t letter = 0;
        if (cp - t->first < t->count)
            letter = t->letter_of[cp - t->first];
        else if (cp == 0x2018 || cp == 0x2019) /* QUOTATION MARKS that serve as the Uzbek ʻ and the Kazakh ʼ of 2017 */
            letter = (uint8_t)t->right_quote;
        const aln_turkic_letter *l = &t->letters[letter];
        s->letter[n] = letter;
        s->syllables[n + 1] = (uint8_t)(s->syllables[n] + l->vowel);
        /* A modifier may have moved the vowel to the other side, so both are allowed then. */
        s->category[n + 1] = l->category ? l->category : s->category[n];
        if (s->syllables[n + 1] == 0) /* an abbreviation: its last letter's name decides, not its sound */
            s->category[n + 1] = 0xffff;
        s->harmony[n + 1] = l->harmony ? l->harmony : l->category ? s->harmony[n] : ANY;
        s->offset[++n] = (uint16_t)at;
    }
    return n;
}

/* The patterns of the wanted classes that end at a position, the shortest first. */
static size_t collect(const search *s, unsigned end, uint64_t wanted, match *out)
{
    const aln_turkic_table *t = s->table;
    const aln_turkic_node *node = t->nodes;
    size_t count = 0;
    for (unsigned at = end; at > 0;) {
        uint64_t bit = (uint64_t)1 << s->letter[--at];
        if (!(node->letters & bit))
            break;
        node = &t->nodes[node->child + bits(node->letters & (bit - 1))];
        if (!node->pattern)
            continue;
        for (const aln_turkic_pattern *p = &t->patterns[node->pattern];; p++) {
            if ((wanted >> p->class_id & 1) && (p->harmony & s->harmony[at]) && count < MAX_MATCHES &&
                ((p->flags & ALN_TURKIC_WHOLE) ? at == 0 : at == 0 || (p->left & s->category[at])))
                out[count++] = (match){p, at};
            if (p->flags & ALN_TURKIC_LAST)
                break;
        }
    }
    return count;
}

static void cut(search *s, unsigned end, uint64_t wanted)
{
    match found[MAX_MATCHES];
    wanted &= ~s->seen[end];
    if (!wanted)
        return;
    s->seen[end] |= wanted;
    size_t count = collect(s, end, wanted | (uint64_t)1 << ALN_TURKIC_KEEP, found);
    for (size_t i = 0; i < count; i++)
        if (found[i].pattern->class_id == ALN_TURKIC_KEEP) {
            if (s->floor < end)
                s->floor = end;
            if (s->best < end) {
                s->best = end;
                s->vowel = s->table->letters[s->letter[end]].vowel;
                s->kind = ALN_TURKIC_NOUN;
            }
            return;
        }
    for (size_t i = 0; i < count; i++) {
        const aln_turkic_class *c = &s->table->classes[found[i].pattern->class_id];
        unsigned start = found[i].start;
        if (start < c->min_letters || s->syllables[start] < c->min_syllables)
            continue;
        if (c->stem && start < s->best && start >= s->floor) {
            s->best = start;
            s->kind = c->stem;
            s->vowel = s->table->letters[s->letter[start]].vowel;
        }
        cut(s, start, c->before);
    }
}

/* Repairs the end of the stem: the longest pattern that fits. Returns the new length in bytes. */
static size_t repair(const search *s, char *word, size_t len, size_t cap, int stripped)
{
    match found[MAX_MATCHES];
    size_t count = collect(s, s->best, (uint64_t)1 << ALN_TURKIC_FIX, found);
    while (count-- > 0) {
        unsigned flags = found[count].pattern->flags;
        if (((flags & ALN_TURKIC_STRIPPED) && !stripped) || ((flags & ALN_TURKIC_VOWEL) && !(stripped && s->vowel)) ||
            ((flags & ALN_TURKIC_OF_VERB) && s->kind != ALN_TURKIC_VERB))
            continue;
        const char *put = s->table->fixes + found[count].pattern->fix;
        size_t at = s->offset[found[count].start], n = strlen(put);
        if (at + n > cap || at + n > len + ALN_STEM_SLACK || at + n == 0)
            continue;
        memcpy(word + at, put, n);
        return at + n;
    }
    return s->offset[s->best];
}

size_t aln_turkic_stem(const void *table, char *word, size_t len, size_t cap)
{
    search s;
    s.table = table;
    unsigned letters = read_word(&s, word, len);
    if (letters == 0)
        return len;
    s.best = letters;
    s.floor = 0;
    s.vowel = 0;
    s.kind = ALN_TURKIC_NOUN;
    for (;;) {
        unsigned end = s.best;
        memset(s.seen, 0, (end + 1) * sizeof s.seen[0]);
        cut(&s, end, s.table->end);
        if (s.best == end || s.kind == ALN_TURKIC_VERB)
            break;
    }
    return repair(&s, word, len, cap, s.best < letters);
}
