/*
 * Models, the score of two words, and its explanation. See translit.h.
 *
 * One word is fixed: all rows of the table that fit one of its chunks are collected once, in buckets by the chunk of
 * the other side. A free word is then read symbol by symbol; each symbol adds a column of Viterbi cells (cost of the
 * best joint segmentation of a prefix of the fixed and a prefix of the free word), for which only three buckets need be
 * looked at.
 *
 * score = log p(x, e) - log p(x) - log p(e), each by its best segmentation: pointwise mutual information. Dividing by
 * the free word's own probability is what keeps short and common spellings from winning; the fixed word's is the same
 * for all candidates and makes scores of different words comparable, which the share for "none of these" needs.
 *
 * Method: a joint source-channel model over chunk pairs (Li, Zhang and Su, ACL 2004) with fractional EM.
 *
 * SPDX-License-Identifier: MIT
 */
#include "translit_internal.h"
#include "utf8.h"
#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ models */

const aln_model *aln_model_at(size_t n)
{
    return n < aln_models_count ? aln_models[n] : NULL;
}

const char *aln_model_name(const aln_model *model)
{
    return model->name;
}

int aln_model_knows_systems(const aln_model *model)
{
    return model->systems;
}

const char *aln_model_version(const aln_model *model)
{
    return model->version;
}

aln_script aln_model_script(const aln_model *model)
{
    return (aln_script)model->script;
}

/* Whether a list ",ru,be," holds a language, given as a tag or the beginning of one. */
static int lists(const char *languages, const char *lang, size_t len)
{
    for (const char *s = languages; (s = strchr(s, ',')) != NULL && s[1]; s++)
        if (!strncmp(s + 1, lang, len) && s[1 + len] == ',')
            return 1;
    return 0;
}

const aln_model *aln_model_find(aln_script script, const char *lang)
{
    if (script == ALN_SCRIPT_HIRA)
        script = ALN_SCRIPT_KANA;
    const aln_model *general = NULL;
    for (size_t len = lang ? strlen(lang) : 0;;) {
        for (size_t i = 0; i < aln_models_count; i++) {
            const aln_model *m = aln_models[i];
            if (m->script != script)
                continue;
            if (len && lists(m->languages, lang, len))
                return m;
            if (lists(m->languages, "*", 1))
                general = m;
            else if (!general)
                general = m;
        }
        /* a tag falls back to its language: uz-Cyrl-UZ, uz-Cyrl, uz */
        while (len && lang[len - 1] != '-')
            len--;
        if (!len)
            return general;
        len--;
    }
}

uint8_t aln_tr_id(const aln_model *m, int latin, uint16_t symbol)
{
    const uint16_t *symbols = latin ? m->e_symbols : m->x_symbols;
    unsigned lo = 0, count = latin ? m->e_ids : m->x_ids, hi = count;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (symbols[mid] < symbol)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < count && symbols[lo] == symbol)
        return (uint8_t)(lo + 1);
    const char *base = symbol >= 0xC0 && symbol < 0x1F00 ? aln_symbols_latin_base(symbol) : NULL;
    return base ? aln_tr_id(m, latin, (unsigned char)base[0]) : 255;
}

void aln_tr_read(const aln_model *m, int latin, const char *word, size_t len, aln_symbols *out)
{
    aln_symbols_read(word, len, latin ? ALN_SYMBOLS_LATIN : (aln_symbols_kind)m->kind, m->boundaries, out);
    if (out->count <= (m->boundaries ? 2 : 0))
        out->count = 0;
}

/* ----------------------------------------------------------------- prepare */

size_t aln_translit_scratch_size(void)
{
    return sizeof(aln_translit_scratch);
}

void aln_translit_scratch_init(aln_translit_scratch *scratch)
{
    memset(scratch, 0, offsetof(aln_translit_scratch, lists));
    scratch->lists.count = 0;
    scratch->reverses.count = 0;
}

/* The free side of a model. */
static void know(aln_translit_scratch *s, const aln_model *m, int latin)
{
    if (s->known == m && s->known_latin == latin)
        return;
    s->known = m;
    s->known_latin = latin;
    memset(s->letter, 0, sizeof(s->letter));
    memset(s->number, 0, sizeof(s->number));
    memset(s->alone1, ALN_TR_MISSING, sizeof(s->alone1));
    for (int i = 0; i < 256; i++)
        s->base[i] = (uint8_t)i;
    s->marked_count = 0;
    if (latin || m->kind == ALN_SYMBOLS_LATIN)
        for (int i = 0; i < (latin ? m->e_ids : m->x_ids); i++) {
            uint16_t symbol = latin ? m->e_symbols[i] : m->x_symbols[i];
            const char *base = symbol >= 0xC0 ? aln_symbols_latin_base(symbol) : NULL;
            if (!base)
                continue;
            s->base[i + 1] = aln_tr_id(m, latin, (unsigned char)base[0]);
            s->marked[s->marked_count++] = (uint8_t)(i + 1);
        }
    const uint32_t *keys = latin ? m->e_keys : m->x_keys;
    uint32_t count = latin ? m->e_chunks : m->x_chunks;
    for (uint32_t k = 0; k < count && !(keys[k] >> 16); k++)
        s->alone1[keys[k] >> 8] = (uint8_t)(keys[k] & 0xFF);
}

static void first_column(aln_translit_scratch *s)
{
    s->cell[0][0] = 0;
    s->alone[0] = 0;
    for (int i = 1; i <= s->n; i++) {
        int cost = s->cell[0][i - 1] + s->skip[i - 1];
        s->cell[0][i] = (int16_t)(cost < ALN_TR_DEAD ? cost : ALN_TR_DEAD);
        s->back[0][i] = 1 << 8;
    }
}

static void add_entry(aln_translit_scratch *s, int from, int take, uint32_t key, uint32_t cost, int alone)
{
    if (!key) {
        if (take == 1 && cost < s->skip[from])
            s->skip[from] = (uint8_t)cost;
        return;
    }
    if (!take) {
        if (key < 256)
            s->insert[key] = (uint8_t)cost;
        return;
    }
    if (s->entries + 1 >= ALN_TR_ENTRIES)
        return;
    aln_tr_entry *e = &s->entry[++s->entries];
    e->key = key;
    e->from = (uint8_t)from;
    e->take = (uint8_t)take;
    e->cost = (uint8_t)cost;
    e->gain = (int16_t)(alone - (int)cost);
    if (e->gain + s->hope[from + take] > s->hope[from])
        s->hope[from] = (int16_t)(e->gain + s->hope[from + take]);
}

static uint32_t chunk_key(const uint8_t *ids, int from, int take)
{
    uint32_t key = 0;
    for (int k = from; k < from + take; k++)
        key = key << 8 | ids[k];
    return key;
}

/* Rows of a chunk of the fixed word at a place, of the model's script; of an empty one, a symbol against nothing. */
static void add_rows(aln_translit_scratch *s, const aln_model *m, const aln_tr_places *fixed, int i, int a)
{
    int c = aln_tr_find(&s->lists, fixed, chunk_key(s->fixed, i, a));
    for (uint32_t r = c < 0 ? 0 : m->x_first[c]; c >= 0 && r < m->x_first[c + 1]; r++)
        add_entry(s, i, a, m->rows[r] >> 8, m->rows[r] & 0xFF, aln_tr_free_alone(s, m->rows[r] >> 8));
}

/* The same where the fixed word is Latin. */
static void add_rows_reversed(aln_translit_scratch *s, const aln_model *m, const aln_tr_places *fixed,
                              const aln_tr_reversed *rows, int i, int a)
{
    int c = aln_tr_find(&s->lists, fixed, chunk_key(s->fixed, i, a));
    if (c < 0)
        return;
    const uint16_t *first = s->reverses.first + rows->first + c;
    for (uint32_t r = rows->row + first[0]; r < rows->row + first[1]; r++) {
        uint32_t free_key = m->x_keys[s->reverses.chunk[r]];
        add_entry(s, i, a, free_key >> 8, s->reverses.cost[r], (int)(free_key & 0xFF));
    }
}

/* All rows of the table that fit one of the fixed word's chunks, from its end, so that hope of later places is known.
 */
static void add_all_rows(aln_translit_scratch *s, const aln_model *m, const aln_tr_places *fixed)
{
    const aln_tr_reversed reversed = s->to_latin ? (aln_tr_reversed){0} : aln_tr_reverse(&s->reverses, &s->lists, m);
    for (int i = s->n - 1; i >= 0; i--) {
        s->first[i] = (uint16_t)(s->entries + 1);
        for (int a = 1; a <= 3 && i + a <= s->n; a++)
            if (s->to_latin)
                add_rows(s, m, fixed, i, a);
            else
                add_rows_reversed(s, m, fixed, &reversed, i, a);
        s->past[i] = (uint16_t)(s->entries + 1);
        int left_out = s->hope[i + 1] - s->skip[i];
        if (left_out > s->hope[i])
            s->hope[i] = (int16_t)left_out;
    }
    if (s->to_latin)
        add_rows(s, m, fixed, 0, 0);
    else
        add_rows_reversed(s, m, fixed, &reversed, 0, 0);
}

/* The rows in buckets by the free side's chunk. */
static void chain(aln_translit_scratch *s)
{
    memset(s->bucket, 0, sizeof(s->bucket));
    for (unsigned k = 1; k <= s->entries; k++) {
        uint16_t *bucket = &s->bucket[aln_tr_bucket(s->entry[k].key)];
        s->entry[k].next = *bucket;
        *bucket = (uint16_t)k;
    }
}

int aln_tr_prepare(aln_translit_scratch *s, const aln_model *m, int to_latin, const char *word, size_t len)
{
    s->model = m;
    s->to_latin = to_latin;
    aln_tr_read(m, !to_latin, word, len, &s->symbols);
    s->n = s->symbols.count > 40 ? 40 : s->symbols.count;
    for (int i = 0; i < s->n; i++) {
        uint16_t symbol = s->symbols.symbol[i];
        const char *base = symbol >= 0xC0 ? aln_symbols_latin_base(symbol) : NULL;
        s->fixed[i] = aln_tr_id(m, !to_latin, symbol);
        s->fixed_base[i] = base ? aln_tr_id(m, !to_latin, (unsigned char)base[0]) : s->fixed[i];
    }
    memset(s->skip, ALN_TR_MISSING, sizeof(s->skip));
    memset(s->insert, ALN_TR_MISSING, sizeof(s->insert));
    s->entries = 0;
    know(s, m, to_latin);
    s->places = aln_tr_places_of(&s->lists, m, to_latin);
    const aln_tr_places fixed = aln_tr_places_of(&s->lists, m, !to_latin);
    s->places = aln_tr_places_of(&s->lists, m, to_latin); /* the other one may have taken its room */
    s->fixed_alone[0] = 0;
    for (int i = 1; i <= s->n; i++) {
        int best = s->fixed_alone[i - 1] + ALN_TR_MISSING;
        for (int a = 1; a <= 3 && a <= i; a++) {
            int c = aln_tr_find(&s->lists, &fixed, chunk_key(s->fixed, i - a, a));
            int cost = c < 0 ? ALN_TR_DEAD : (int)(fixed.keys[c] & 0xFF);
            if (s->fixed_alone[i - a] + cost < best)
                best = s->fixed_alone[i - a] + cost;
        }
        s->fixed_alone[i] = (int16_t)best;
    }
    for (int i = 0; i <= s->n; i++)
        s->hope[i] = (int16_t)(i == s->n ? 0 : -ALN_TR_DEAD);
    add_all_rows(s, m, &fixed);
    return s->n;
}

/* ----------------------------------------------------------------- columns */

static void relax(aln_translit_scratch *s, int j, int b, uint32_t key, int penalty)
{
    int16_t *cell = s->cell[j];
    const int16_t *from = s->cell[j - b];
    for (unsigned k = s->bucket[aln_tr_bucket(key)]; k; k = s->entry[k].next) {
        const aln_tr_entry *e = &s->entry[k];
        if (e->key != key)
            continue;
        int total = from[e->from] + e->cost + penalty, at = e->from + e->take;
        if (total < cell[at]) {
            cell[at] = (int16_t)total;
            s->back[j][at] = (uint16_t)(e->take << 8 | b);
        }
    }
}

static void add_column(aln_translit_scratch *s, int j)
{
    int n = s->n, best_alone = s->alone[j - 1] + ALN_TR_MISSING;
    int16_t *cell = s->cell[j];
    const int16_t *last = s->cell[j - 1];
    int insert = s->insert[s->word[j - 1]];
    for (int i = 0; i <= n; i++) {
        int cost = last[i] + insert;
        cell[i] = (int16_t)(cost < ALN_TR_DEAD ? cost : ALN_TR_DEAD);
        s->back[j][i] = 1;
    }
    uint32_t key = 0, base_key = 0;
    for (int b = 1; b <= 3 && b <= j; b++) {
        key |= (uint32_t)s->word[j - b] << (8 * (b - 1));
        base_key |= (uint32_t)s->base[s->word[j - b]] << (8 * (b - 1));
        int cost = aln_tr_free_alone(s, key);
        if (cost >= 0 && s->alone[j - b] + cost < best_alone)
            best_alone = s->alone[j - b] + cost;
        relax(s, j, b, key, 0);
        if (base_key == key)
            continue;
        /* a chunk with a mark that the table does not have is as good as the same without, but for a nat */
        cost = aln_tr_free_alone(s, base_key);
        if (cost >= 0 && s->alone[j - b] + cost + ALN_TR_MARK < best_alone)
            best_alone = s->alone[j - b] + cost + ALN_TR_MARK;
        relax(s, j, b, base_key, ALN_TR_MARK);
    }
    s->alone[j] = (int16_t)best_alone;
    for (int i = 1; i <= n; i++) {
        if (cell[i - 1] + s->skip[i - 1] < cell[i]) {
            cell[i] = (int16_t)(cell[i - 1] + s->skip[i - 1]);
            s->back[j][i] = 1 << 8;
        }
    }
}

int aln_tr_gain(const aln_translit_scratch *s, int j)
{
    if (s->cell[j][s->n] >= ALN_TR_DEAD)
        return -ALN_TR_DEAD;
    int free_share = s->to_latin ? ALN_TR_SHARE : 16, fixed_share = s->to_latin ? 16 : ALN_TR_SHARE;
    return s->alone[j] * free_share / 16 + s->fixed_alone[s->n] * fixed_share / 16 - s->cell[j][s->n];
}

/* Columns over a whole free word; returns its number of symbols, which it leaves in s->symbols. */
static int all_columns(aln_translit_scratch *s, const char *word, size_t len)
{
    aln_tr_read(s->model, s->to_latin, word, len, &s->symbols);
    int m = s->symbols.count > 40 ? 40 : s->symbols.count;
    first_column(s);
    for (int j = 1; j <= m; j++) {
        s->word[j - 1] = aln_tr_free_id(s, s->symbols.symbol[j - 1]);
        add_column(s, j);
    }
    return m;
}

int aln_translit_fix(const aln_model *model, int to_latin, const char *word, size_t len, aln_translit_scratch *scratch)
{
    if (!aln_tr_prepare(scratch, model, to_latin, word, len))
        return 0;
    chain(scratch);
    return 1;
}

float aln_translit_score_fixed(const char *spelling, size_t len, aln_translit_scratch *scratch)
{
    int m = scratch->n ? all_columns(scratch, spelling, len) : 0;
    return m ? (float)aln_tr_full_gain(scratch, m, -ALN_TR_DEAD) / ALN_TR_STEP : -(float)ALN_TR_DEAD / ALN_TR_STEP;
}

float aln_translit_score(const aln_model *model, const char *x, size_t x_len, const char *e, size_t e_len,
                         aln_translit_scratch *scratch)
{
    aln_translit_fix(model, 1, x, x_len, scratch);
    return aln_translit_score_fixed(e, e_len, scratch);
}

/* ----------------------------------------------------------------- explain */

typedef struct writer {
    char *buf;
    size_t cap, len;
} writer;

static void add_text(writer *w, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++, w->len++)
        if (w->len + 1 < w->cap)
            w->buf[w->len] = s[i];
}

/* One side of the segmentation: sizes[] symbols a chunk, boundaries left out. script: whose letters symbols of several
 * scripts are written with. */
static void add_side(writer *w, const aln_symbols *symbols, const uint8_t *sizes, int chunks, aln_script script)
{
    int at = 0, first = 1;
    for (int c = 0; c < chunks; c++) {
        char text[16];
        size_t len = 0;
        int boundary = 0;
        for (int k = 0; k < sizes[c]; k++, at++) {
            uint16_t symbol = symbols->symbol[at];
            if (symbol == ALN_SYMBOL_BEGIN || symbol == ALN_SYMBOL_END)
                boundary = 1;
            else
                len += aln_utf8_put(aln_symbols_indic_letter(symbol, script), text + len);
        }
        if (!len && boundary)
            continue;
        if (!first)
            add_text(w, "\xC2\xB7", 2); /* middle dot */
        first = 0;
        if (len)
            add_text(w, text, len);
        else
            add_text(w, "-", 1);
    }
}

size_t aln_translit_explain(const aln_model *model, const char *x, size_t x_len, const char *e, size_t e_len,
                            aln_translit_scratch *scratch, char *buf, size_t cap)
{
    writer w = {buf, cap, 0};
    uint8_t fixed[ALN_TR_SIDE * 2], free_side[ALN_TR_SIDE * 2];
    int chunks = 0;
    if (cap)
        buf[0] = 0;
    if (!aln_translit_fix(model, 1, x, x_len, scratch))
        return 0;
    aln_symbols x_symbols = scratch->symbols;
    int i = scratch->n, j = all_columns(scratch, e, e_len);
    if (!j || aln_tr_gain(scratch, j) <= -ALN_TR_DEAD)
        return 0;
    while ((i || j) && chunks < ALN_TR_SIDE * 2) {
        uint16_t step = scratch->back[j][i];
        fixed[chunks] = (uint8_t)(step >> 8);
        free_side[chunks] = (uint8_t)(step & 0xFF);
        i -= step >> 8;
        j -= step & 0xFF;
        chunks++;
    }
    for (int a = 0, b = chunks - 1; a < b; a++, b--) {
        uint8_t t = fixed[a];
        fixed[a] = fixed[b];
        fixed[b] = t;
        t = free_side[a];
        free_side[a] = free_side[b];
        free_side[b] = t;
    }
    add_side(&w, &scratch->symbols, free_side, chunks, ALN_SCRIPT_LATN);
    add_text(&w, " \xE2\x86\x94 ", 5); /* left right arrow */
    add_side(&w, &x_symbols, fixed, chunks, (aln_script)model->script);
    if (cap)
        buf[w.len < cap ? w.len : cap - 1] = 0;
    return w.len;
}

/* -------------------------------------------------------------- confidence */

void aln_translit_confidence(const aln_model *model, const float *scores, size_t n, size_t symbols, float *confidence)
{
    double none = (double)model->none_base + (double)model->none_slope * (double)symbols, top = none, sum;
    for (size_t i = 0; i < n; i++)
        if ((double)scores[i] > top)
            top = (double)scores[i];
    sum = exp(none - top);
    for (size_t i = 0; i < n; i++)
        sum += exp((double)scores[i] - top);
    for (size_t i = 0; i < n; i++)
        confidence[i] = (float)(exp((double)scores[i] - top) / sum);
}

size_t aln_translit_symbols(const aln_model *model, const char *word, size_t len, int latin)
{
    aln_symbols symbols;
    aln_tr_read(model, latin, word, len, &symbols);
    return symbols.count;
}
