/*
 * Romanization by rule tables.
 *
 * At each letter the longest rule of the scheme whose contexts hold is taken, then those of the scheme's base, then
 * those of the international Latin table (Latin look-alikes and accents turn up in words of any script); a letter that
 * none of them knows is left out. A rule may give several readings: the word's readings are enumerated by how many
 * letters depart from their usual one, so the best come first and the work is bounded whatever the word.
 *
 * Sources of the rules: names/schemes/README.md.
 *
 * SPDX-License-Identifier: MIT
 */
#include "romanize.h"
#include "gen/romanize_tables.h"
#include "han.h"
#include "hangul.h"
#include "japanese.h"
#include "utf8.h"
#include <string.h>

/* Letters read of one word; longer words are cut. */
#define LETTERS_MAX 64
/* Letters of one word that may have several readings; the others keep their first. */
#define CHOICES_MAX 10
/* Changes with the code here that changes readings. */
#define CODE_VERSION 1u

typedef struct piece {
    const char *text; /* NUL-separated readings */
    uint8_t readings;
} piece;

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Compares name with the first len bytes of tag, case aside. */
static int compare(const char *name, const char *tag, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char a = (unsigned char)ascii_lower(name[i]), b = (unsigned char)ascii_lower(tag[i]);
        if (a != b)
            return a < b ? -1 : 1;
    }
    return name[len] != 0;
}

static const aln_scheme *by_name(const char *tag, size_t len)
{
    size_t lo = 0, hi = aln_rom_scheme_count;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = compare(aln_rom_schemes[mid].name, tag, len);
        if (c == 0)
            return &aln_rom_schemes[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static const aln_scheme *by_script(const char *tag, size_t len, const char *code)
{
    char full[24];
    if (len + 6 > sizeof full)
        return NULL;
    memcpy(full, tag, len);
    full[len] = '-';
    memcpy(full + len + 1, code, 4);
    return by_name(full, len + 5);
}

const aln_scheme *aln_scheme_find(const char *lang, aln_script script)
{
    const char *code = aln_script_code(script);
    if (lang && *lang) {
        size_t len = strlen(lang), first = strcspn(lang, "-_");
        const aln_scheme *s = by_name(lang, len);
        if (s && s->script == script)
            return s;
        s = by_script(lang, first, code);
        if (!s)
            s = by_name(lang, first);
        if (s && s->script == script)
            return s;
    }
    return by_name(code, 4);
}

const char *aln_scheme_name(const aln_scheme *scheme)
{
    return scheme->name;
}

int aln_scheme_is_abjad(const aln_scheme *scheme)
{
    return scheme->abjad;
}

size_t aln_schemes_of(aln_script script, const aln_scheme **out, size_t max)
{
    size_t n = 0;
    for (unsigned place = 1; place < 32 && n < max; place++)
        for (size_t i = 0; i < aln_rom_scheme_count && n < max; i++)
            if (aln_rom_schemes[i].script == script && aln_rom_schemes[i].unknown == place)
                out[n++] = &aln_rom_schemes[i];
    return n;
}

static int has(const uint16_t *set, size_t n, uint16_t c)
{
    for (size_t i = 0; i < n && set[i] <= c; i++)
        if (set[i] == c)
            return 1;
    return 0;
}

static int context_holds(const aln_scheme *s, unsigned which, const uint16_t *letter /* NULL = edge */)
{
    const aln_rom_context *c = &aln_rom_contexts[which];
    int yes;
    if (!letter) {
        yes = (c->flags & ALN_CTX_EDGE) != 0;
    } else {
        yes = has(aln_rom_letters + c->start, c->count, *letter);
        if (!yes && (c->flags & (ALN_CTX_VOWEL | ALN_CTX_CONSONANT)) != 0)
            yes = (c->flags & (has(aln_rom_letters + s->vowels, s->vowel_count, *letter) ? ALN_CTX_VOWEL
                                                                                         : ALN_CTX_CONSONANT)) != 0;
    }
    return (c->flags & ALN_CTX_NOT) != 0 ? !yes : yes;
}

/* The rule of one scheme that fits the letters at i, and ends where ends says one may (NULL = anywhere); NULL if none.
 */
static const aln_rom_rule *rule_at(const aln_scheme *s, const uint16_t *w, size_t n, size_t i, const uint8_t *ends)
{
    const aln_rom_rule *r = aln_rom_rules + s->rules, *end = r + s->count;
    /* The first rule of the letter, by halves, and without a branch, since each is as likely as not. */
    for (size_t left = s->count; left;) {
        size_t half = (left + 1) / 2;
        r += r[half - 1].first < w[i] ? half : 0;
        left -= half;
    }
    for (; r < end && r->first == w[i]; r++) {
        size_t k = 1;
        if (r->from_len > n - i || (ends && !ends[i + r->from_len]))
            continue;
        while (k < r->from_len && aln_rom_letters[r->from + k] == w[i + k])
            k++;
        if (k == r->from_len && (!r->left || context_holds(s, r->left, i ? &w[i - 1] : NULL)) &&
            (!r->right || context_holds(s, r->right, i + k < n ? &w[i + k] : NULL)))
            return r;
    }
    return NULL;
}

/* Cuts a word that the scheme's own rules must cover from end to end, as syllables do; returns 0 if they do not. */
static size_t cut_whole(const aln_scheme *s, const uint16_t *w, size_t n, piece *p)
{
    uint8_t ends[LETTERS_MAX + 1] = {0};
    size_t count = 0;
    ends[n] = 1;
    for (size_t i = n; i-- > 0;)
        ends[i] = rule_at(s, w, n, i, ends) != NULL;
    for (size_t i = 0; ends[0] && i < n; count++) {
        const aln_rom_rule *r = rule_at(s, w, n, i, ends);
        p[count].text = aln_rom_text + r->to;
        p[count].readings = r->readings;
        i += r->from_len;
    }
    return count;
}

/* Cuts a word into pieces with readings; returns how many. */
static size_t cut(const aln_scheme *scheme, const uint16_t *w, size_t n, piece *p)
{
    const aln_scheme *latin = NULL;
    size_t count = 0;
    if (scheme->whole)
        return cut_whole(scheme, w, n, p);
    for (size_t i = 0; i < n;) {
        const aln_rom_rule *r = NULL;
        const aln_scheme *s = scheme, *last = NULL;
        while (!r && s) {
            r = rule_at(s, w, n, i, NULL);
            last = s;
            s = s->base >= 0 ? &aln_rom_schemes[s->base] : NULL;
        }
        if (!r && last != latin) { /* which is asked for few letters, and not sought before */
            latin = latin ? latin : by_name("Latn", 4);
            r = last == latin ? NULL : rule_at(latin, w, n, i, NULL);
        }
        if (!r) {
            i++;
            continue;
        }
        p[count].text = aln_rom_text + r->to;
        p[count++].readings = r->readings;
        i += r->from_len;
    }
    return count;
}

/* Writes the reading that the choices name; returns 0 if nothing is left or it was given before. */
static int write_reading(const piece *p, size_t count, const uint8_t *at, const uint8_t *choice, size_t choices,
                         unsigned rank, aln_roman *out, size_t n)
{
    aln_roman *o = &out[n];
    size_t len = 0, c = 0;
    for (size_t i = 0; i < count; i++) {
        const char *t = p[i].text;
        if (c < choices && at[c] == i) {
            for (unsigned k = choice[c]; k; k--)
                t += strlen(t) + 1;
            c++;
        }
        for (; *t && len < ALN_ROMAN_MAX; t++)
            o->text[len++] = *t;
    }
    if (!len)
        return 0;
    o->len = (uint8_t)len;
    o->rank = (uint8_t)rank;
    for (size_t i = 0; i < n; i++)
        if (out[i].len == len && !memcmp(out[i].text, o->text, len))
            return 0;
    return 1;
}

/*
 * All readings in the order of their rank: the sum over the letters of the number of the reading chosen. Each round
 * counts through the combinations of one rank as an odometer whose last wheel takes what is left of the sum.
 */
static size_t enumerate(const piece *p, size_t count, aln_roman *out, size_t max)
{
    uint8_t at[CHOICES_MAX], choice[CHOICES_MAX];
    size_t choices = 0, n = 0;
    unsigned most = 0, tries = 0;
    for (size_t i = 0; i < count && choices < CHOICES_MAX; i++)
        if (p[i].readings > 1) {
            at[choices++] = (uint8_t)i;
            most += p[i].readings - 1u;
        }
    for (unsigned rank = 0; rank <= most && n < max; rank++) {
        memset(choice, 0, sizeof choice);
        size_t k = 0;
        unsigned left = rank;
        /* first combination: as much as fits into the first letters */
        for (; k < choices && left; k++) {
            unsigned room = p[at[k]].readings - 1u;
            choice[k] = (uint8_t)(left < room ? left : room);
            left -= choice[k];
        }
        for (;;) {
            n += (size_t)write_reading(p, count, at, choice, choices, rank, out, n);
            if (n == max || ++tries == 4 * ALN_ROMANS_MAX)
                return n;
            /* next combination with the same sum: take one from the last letter that can give it to a later one */
            unsigned sum = 0, room = 0;
            size_t j = choices;
            while (j > 0) {
                j--;
                if (choice[j] && sum < room)
                    break;
                sum += choice[j];
                room += p[at[j]].readings - 1u;
                if (j == 0) {
                    j = choices;
                    break;
                }
            }
            if (j == choices)
                break;
            choice[j]--;
            sum++;
            for (size_t i = j + 1; i < choices; i++) {
                unsigned r = p[at[i]].readings - 1u;
                choice[i] = (uint8_t)(sum < r ? sum : r);
                sum -= choice[i];
            }
        }
    }
    return n;
}

size_t aln_romanize(const aln_scheme *scheme, const char *word, size_t len, aln_roman *out, size_t max)
{
    uint16_t w[LETTERS_MAX];
    piece p[LETTERS_MAX];
    char pinyin[LETTERS_MAX];
    size_t n = 0;
    int cyrillic = 0;
    const unsigned char *s = (const unsigned char *)word, *end = s + len;
    if (!scheme || !max)
        return 0;
    if (max > ALN_ROMANS_MAX)
        max = ALN_ROMANS_MAX;
    if (scheme->kind == ALN_ROM_HANGUL)
        return aln_hangul_romanize(word, len, out, max);
    if (scheme->kind == ALN_ROM_HAN) {
        len = aln_han_pinyin_of(word, len, pinyin, sizeof pinyin);
        s = (const unsigned char *)pinyin;
        end = s + len;
        scheme = &aln_rom_schemes[scheme->base];
    }
    while (s < end && n < LETTERS_MAX) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp < 0x10000)
            w[n++] = (uint16_t)cp;
        cyrillic |= cp >= 0x0400 && cp < 0x0530;
    }
    /* a Cyrillic word that begins with a Latin look-alike passes for Latin */
    if (cyrillic && scheme->script == ALN_SCRIPT_LATN)
        scheme = by_name("Cyrl", 4);
    return enumerate(p, cut(scheme, w, n, p), out, max);
}

uint32_t aln_romanize_version(void)
{
    return aln_rom_hash * 31u + (aln_han_hash() ^ aln_japanese_hash()) * 7u + CODE_VERSION;
}
