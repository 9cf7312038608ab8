/*
 * The likeliest spellings of a word on the other side of a model. See translit.h.
 *
 * A beam search over the places of the fixed word: at each place the best beginnings so far are kept, and each row of
 * the table that fits there extends them. Beginnings of equal text are one, and their probabilities add: what counts is
 * the spelling, not the segmentation that leads to it. Letters without a symbol behind them (rows with an empty other
 * side) are not tried: they never belong to a best reading.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include "utf8.h"
#include <math.h>
#include <string.h>

/* Rows that cost so much more than the cheapest at the same place are not tried, in cost steps. */
#define SPREAD 80

/* Log of the sum of two probabilities that are given as costs. */
static float both(float a, float b)
{
    float low = a < b ? a : b, d = a < b ? b - a : a - b;
    return low - log1pf(expf(-d));
}

/* A beginning, and behind it the symbols of a row. Most that are offered are too dear, or there already: they are not
 * put together. */
static void offer(aln_translit_scratch *s, int place, const aln_tr_partial *from, uint32_t key, float cost)
{
    aln_tr_partial *list = s->partial[place];
    uint32_t *hashes = s->partial_hash[place], hash = from->hash;
    uint64_t *seen = s->partial_seen[place];
    uint8_t more[3];
    int count = s->partials[place], at = 0, added = 0;
    for (int shift = 16; shift >= 0; shift -= 8)
        if (key >> shift & 0xFF) {
            more[added++] = (uint8_t)(key >> shift & 0xFF);
            hash = (hash ^ (key >> shift & 0xFF)) * 16777619u;
        }
    const size_t len = (size_t)from->len + (size_t)added;
    if (len > sizeof(from->text))
        return;
    cost += from->cost;
    const uint32_t bit = (hash * 2654435761u) >> 23; /* 9 bits */
    if (!(seen[bit / 64] >> bit % 64 & 1)) {
        if (count == ALN_TR_BEAM && list[count - 1].cost <= cost)
            return;
        seen[bit / 64] |= (uint64_t)1 << bit % 64;
        at = count;
    }
    for (; at < count; at++)
        if (hashes[at] == hash && list[at].len == len && !memcmp(list[at].text, from->text, from->len) &&
            !memcmp(list[at].text + from->len, more, (size_t)added))
            break;
    if (at < count) {
        cost = both(list[at].cost, cost);
    } else if (count < ALN_TR_BEAM) {
        s->partials[place]++;
    } else {
        if (list[count - 1].cost <= cost)
            return;
        at = count - 1;
    }
    /* sorted by cost, so that the worst is last */
    for (; at && list[at - 1].cost > cost; at--) {
        list[at] = list[at - 1];
        hashes[at] = hashes[at - 1];
    }
    memcpy(list[at].text, from->text, sizeof(from->text));
    memcpy(list[at].text + from->len, more, (size_t)added);
    list[at].len = (uint8_t)len;
    list[at].hash = hashes[at] = hash;
    list[at].cost = cost;
}

/* Jamo of a spelling as syllables; 0 if they are none. A vowel that begins a syllable gets the silent lead back. */
static int compose(const uint32_t *jamo, int count, uint32_t *out)
{
    int n = 0;
    for (int i = 0; i < count;) {
        uint32_t lead = 11;
        if (jamo[i] >= 0x1100 && jamo[i] <= 0x1112)
            lead = jamo[i++] - 0x1100;
        if (i == count || jamo[i] < 0x1161 || jamo[i] > 0x1175)
            return 0;
        uint32_t syllable = 0xAC00 + (lead * 21 + jamo[i++] - 0x1161) * 28;
        if (i < count && jamo[i] >= 0x11A8 && jamo[i] <= 0x11C2)
            syllable += jamo[i++] - 0x11A7;
        out[n++] = syllable;
    }
    return n;
}

/* Kaf, mem, nun, pe and tsadi at the end of a Hebrew word take their final form, which stands before them in Unicode.
 */
static uint32_t hebrew_final(uint32_t cp)
{
    return cp == 0x5DB || cp == 0x5DE || cp == 0x5E0 || cp == 0x5E4 || cp == 0x5E6 ? cp - 1 : cp;
}

/* Text of a reading; 0 if it is none. */
static int spell(const aln_translit_scratch *s, const aln_tr_partial *p, aln_reading *out)
{
    const aln_model *m = s->model;
    const uint16_t *symbols = s->to_latin ? m->e_symbols : m->x_symbols;
    uint32_t letters[sizeof(p->text)], syllables[sizeof(p->text)], *text = letters;
    size_t len = 0;
    int count = 0;
    for (int i = 0; i < p->len; i++) {
        uint32_t cp = symbols[p->text[i] - 1];
        if (cp == ALN_SYMBOL_BEGIN || cp == ALN_SYMBOL_END)
            continue;
        if (!s->to_latin && m->kind == ALN_SYMBOLS_INDIC)
            cp = aln_symbols_indic_letter(cp, (aln_script)m->script);
        const char *base = cp >= 0xC0 && cp < 0x1F00 && s->to_latin ? aln_symbols_latin_base(cp) : NULL;
        letters[count++] = base ? (unsigned char)base[0] : cp;
    }
    if (!s->to_latin && m->kind == ALN_SYMBOLS_HANGUL) {
        count = compose(letters, count, syllables);
        text = syllables;
    } else if (!s->to_latin && m->kind == ALN_SYMBOLS_HEBREW && count) {
        letters[count - 1] = hebrew_final(letters[count - 1]);
    }
    for (int i = 0; i < count && len + 5 <= sizeof(out->text); i++)
        len += aln_utf8_put(text[i], out->text + len);
    out->text[len] = 0;
    out->len = len;
    return len > 0;
}

static size_t best(aln_translit_scratch *s, aln_reading *out, size_t k)
{
    memset(s->partials, 0, sizeof(s->partials));
    s->partials[0] = 1;
    memset(&s->partial[0][0], 0, sizeof(s->partial[0][0]));
    memset(s->partial_seen, 0, sizeof(s->partial_seen));
    for (int i = 0; i < s->n; i++) {
        unsigned lowest[4] = {255, 255, 255, 255};
        for (unsigned e = s->past[i]; e-- > s->first[i];)
            if (s->entry[e].cost < lowest[s->entry[e].take])
                lowest[s->entry[e].take] = s->entry[e].cost;
        for (int p = 0; p < s->partials[i]; p++) {
            const aln_tr_partial *from = &s->partial[i][p];
            offer(s, i + 1, from, 0, (float)s->skip[i] / ALN_TR_STEP);
            for (unsigned e = s->past[i]; e-- > s->first[i];)
                if (s->entry[e].cost <= lowest[s->entry[e].take] + SPREAD)
                    offer(s, i + s->entry[e].take, from, s->entry[e].key, (float)s->entry[e].cost / ALN_TR_STEP);
        }
    }
    size_t count = 0;
    double sum = 0;
    for (int p = 0; p < s->partials[s->n]; p++) {
        const aln_tr_partial *from = &s->partial[s->n][p];
        aln_reading r;
        sum += exp(-(double)from->cost);
        if (count == k || !spell(s, from, &r))
            continue;
        r.score = -from->cost;
        r.confidence = 0;
        size_t same = 0;
        while (same < count && strcmp(out[same].text, r.text) != 0)
            same++;
        if (same == count)
            out[count++] = r;
        else /* two spellings that differ in marks only */
            out[same].score = -both(-out[same].score, from->cost);
    }
    for (size_t i = 0; i < count; i++)
        out[i].confidence = (float)(exp((double)out[i].score) / sum);
    return count;
}

size_t aln_translit_readings(const aln_model *model, const char *x, size_t len, aln_translit_scratch *scratch,
                             aln_reading *out, size_t k)
{
    return aln_tr_prepare(scratch, model, 1, x, len) ? best(scratch, out, k) : 0;
}

size_t aln_translit_spellings(const aln_model *model, const char *e, size_t len, aln_translit_scratch *scratch,
                              aln_reading *out, size_t k)
{
    int of_characters = model->kind == ALN_SYMBOLS_PINYIN || model->kind == ALN_SYMBOLS_ETHIOPIC;
    if (of_characters || !aln_tr_prepare(scratch, model, 0, e, len))
        return 0;
    return best(scratch, out, k);
}
