/*
 * Finding the spellings of a word in a sorted vocabulary. See translit.h.
 *
 * Neighbours in a sorted vocabulary share prefixes, and so they share columns: only the symbols behind the common
 * prefix are computed. Where neither a cell nor a chunk that has begun is left that could still reach the floor, no
 * word with this prefix can, and the vocabulary is asked for the first word behind all of them. The floor is what a
 * word must score to have the wanted confidence beside those that were found, or to be among as many as are wanted.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include <math.h>
#include <string.h>

#define MAX_STEPS 200000u
/* Candidates so far below the least that could still have the wanted confidence are no longer looked for, in nats: they
 * count a little as others that the word may be. */
#define MARGIN 0.7f
/* Likewise where no confidence is asked for. */
#define BEAM 9.0f
/* How far a beginning may be behind its share of what the whole word must reach, in nats. Of the weight of all
 * spellings that are found without this bound, 5 keeps 99.4 of 100, among a million words and with a sixth of the
 * look-ups; 4 keeps 98.8. */
#define SLACK 5.0f
#define SLACK_NARROW 4.0f

/* Parts of the code space in which a script's words begin, as UTF-8 prefixes: from inclusive, to exclusive. */
typedef struct range {
    uint8_t script;
    char from[4], to[4];
} range;

static const range ranges[] = {
    {ALN_SCRIPT_LATN, "a", "{"},
    {ALN_SCRIPT_LATN, "\xC3\x9F", "\xCA\xB0"},
    {ALN_SCRIPT_LATN, "\xE1\xB8\x80", "\xE1\xBC\x80"},
    {ALN_SCRIPT_GREK, "\xCD\xB0", "\xD0\x80"},
    {ALN_SCRIPT_GREK, "\xE1\xBC\x80", "\xE2\x80\x80"},
    {ALN_SCRIPT_CYRL, "\xD0\x80", "\xD4\xB0"},
    {ALN_SCRIPT_ARMN, "\xD4\xB0", "\xD6\x90"},
    {ALN_SCRIPT_HEBR, "\xD6\x90", "\xD8\x80"},
    {ALN_SCRIPT_ARAB, "\xD8\x80", "\xDC\x80"},
    {ALN_SCRIPT_DEVA, "\xE0\xA4\x80", "\xE0\xA6\x80"},
    {ALN_SCRIPT_THAI, "\xE0\xB8\x80", "\xE0\xBA\x80"},
    {ALN_SCRIPT_GEOR, "\xE1\x82\xA0", "\xE1\x84\x80"},
    {ALN_SCRIPT_KANA, "\xE3\x81\x80", "\xE3\x84\x80"},
    {ALN_SCRIPT_HANI, "\xE3\x90\x80", "\xEA\x80\x80"},
    {ALN_SCRIPT_HANG, "\xEA\xB0\x80", "\xED\x9F\xBF"},
};

typedef struct walk {
    aln_translit_scratch *s;
    const aln_walk_options *options;
    aln_candidate *out;
    size_t cap, count;
    double weight; /* sum of e^score over all that were found, and of "none of these" */
    float beam;    /* candidates that score so far below the logarithm of that are not wanted */
    int floor, slack;
} walk;

static void raise_floor(walk *w)
{
    int floor = (int)(((float)log(w->weight) - w->beam) * ALN_TR_STEP);
    if (w->cap && w->count == w->cap) {
        int worst = (int)(w->out[w->count - 1].score * ALN_TR_STEP);
        if (worst > floor)
            floor = worst;
    }
    if (floor <= w->floor)
        return;
    w->floor = floor;
    aln_tr_floor(w->s, floor, w->slack);
}

static void keep(walk *w, const char *term, size_t len, int gain)
{
    float score = (float)gain / ALN_TR_STEP;
    w->weight += exp((double)score);
    size_t at = w->count;
    while (at && w->out[at - 1].score < score)
        at--;
    if (at < w->cap) {
        size_t last = w->count < w->cap ? w->count : w->cap - 1;
        memmove(&w->out[at + 1], &w->out[at], (last - at) * sizeof(*w->out));
        aln_candidate *c = &w->out[at];
        memcpy(c->text, term, len);
        c->text[len] = 0;
        c->len = len;
        c->score = score;
        c->confidence = 0;
        w->count = last + 1;
    }
    raise_floor(w);
}

/*
 * Reads a term, reusing the columns of the first `shared` symbols of the term before. Returns the number of symbols
 * behind which nothing can follow, 0 if the term was read to its end.
 */
static int read_term(walk *w, const char *term, size_t len, int *columns)
{
    aln_translit_scratch *s = w->s;
    aln_symbols *symbols = &s->symbols;
    aln_tr_read(s->model, s->to_latin, term, len, symbols);
    int m = symbols->count, j = 0;
    if (!m || m > 40) {
        return 0;
    }
    uint8_t ids[ALN_TR_SIDE];
    for (int k = 0; k < m; k++)
        ids[k] = aln_tr_free_id(s, symbols->symbol[k]);
    while (j < m && j < *columns && s->word[j] == ids[j])
        j++;
    *columns = j;
    while (j < m) {
        if (aln_tr_dead(s, j))
            return j;
        s->word[j] = ids[j];
        j++;
        aln_tr_column(s, j, 0);
        *columns = j;
    }
    int gain = aln_tr_gain(s, m);
    if (gain >= w->floor && len < ALN_TRANSLIT_WORD)
        keep(w, term, len, gain);
    return 0;
}

static int walk_range(walk *w, const range *r, const aln_vocabulary *v, size_t *steps, size_t max_steps)
{
    const char *term;
    size_t len;
    uint32_t freq;
    int columns = 0;
    int rc = v->seek(v->ctx, w->options->kind, r->from, strlen(r->from), &term, &len, &freq);
    ++*steps;
    while (!rc && term && *steps < max_steps) {
        size_t to = strlen(r->to);
        if (memcmp(term, r->to, to < len ? to : len) >= 0 && len)
            break;
        int stop = read_term(w, term, len, &columns);
        ++*steps;
        size_t prefix = stop ? w->s->symbols.end[stop - 1] : 0;
        if (prefix && prefix < len && prefix < ALN_TRANSLIT_WORD) {
            char next[ALN_TRANSLIT_WORD];
            memcpy(next, term, prefix);
            /* a byte of UTF-8 is never FF, so that one more is the first string behind all with this prefix */
            next[prefix - 1] = (char)((unsigned char)next[prefix - 1] + 1);
            rc = v->seek(v->ctx, w->options->kind, next, prefix, &term, &len, &freq);
        } else {
            rc = v->next(v->ctx, &term, &len, &freq);
        }
    }
    return rc;
}

/* Whether the vocabulary has a word of a script. */
static int has_script(const aln_vocabulary *v, aln_term_kind kind, unsigned script, size_t *steps, int *any)
{
    int rc = 0;
    *any = 0;
    for (size_t i = 0; !rc && !*any && i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        const char *term;
        size_t len, to = strlen(ranges[i].to);
        uint32_t freq;
        if (ranges[i].script != script)
            continue;
        rc = v->seek(v->ctx, kind, ranges[i].from, strlen(ranges[i].from), &term, &len, &freq);
        ++*steps;
        *any = !rc && term && memcmp(term, ranges[i].to, to < len ? to : len) < 0;
    }
    return rc;
}

int aln_translit_walk(const aln_model *model, int to_latin, const char *word, size_t len,
                      const aln_vocabulary *vocabulary, const aln_walk_options *options, aln_translit_scratch *scratch,
                      aln_candidate *out, size_t cap, size_t *count, size_t *steps)
{
    size_t taken = 0, max_steps = options->max_steps ? options->max_steps : MAX_STEPS;
    unsigned target = to_latin ? ALN_SCRIPT_LATN : model->script;
    int rc, any, n = 0;
    walk w = {scratch, options, out, cap, 0, 0, 0, 0, 0};
    *count = 0;
    /* most indexes have few scripts, and preparing a word costs more than asking */
    rc = has_script(vocabulary, options->kind, target, &taken, &any);
    if (!rc && any && cap)
        n = aln_tr_prepare(scratch, model, to_latin, word, len);
    if (steps)
        *steps = taken;
    if (!n)
        return rc;
    float none = model->none_base + model->none_slope * (float)n;
    w.beam = options->min_confidence > 0 ? MARGIN - logf(options->min_confidence) : BEAM;
    w.weight = exp((double)none);
    w.floor = options->min_score < none - w.beam ? (int)((none - w.beam) * ALN_TR_STEP)
                                                 : (int)(options->min_score * ALN_TR_STEP);
    w.slack = (int)((options->narrow ? SLACK_NARROW : SLACK) * ALN_TR_STEP);
    aln_tr_floor(scratch, w.floor, w.slack);
    aln_tr_first(scratch);
    for (size_t i = 0; !rc && i < sizeof(ranges) / sizeof(ranges[0]) && taken < max_steps; i++)
        if (ranges[i].script == target)
            rc = walk_range(&w, &ranges[i], vocabulary, &taken, max_steps);
    while (*count < w.count) {
        aln_candidate *c = &out[*count];
        c->confidence = (float)(exp((double)c->score) / w.weight);
        if (c->confidence < options->min_confidence)
            break;
        ++*count;
    }
    if (steps)
        *steps = taken;
    return rc;
}
