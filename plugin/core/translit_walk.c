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
#include "vocabulary.h"
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

/* Parts of the code space in which a script's words begin, as UTF-8 prefixes: from inclusive, to exclusive. */
#define RANGE_BYTES 3
typedef struct range {
    uint8_t script;
    char from[RANGE_BYTES + 1], to[RANGE_BYTES + 1];
} range;

static int is_behind(const range *r, const char *term, size_t len)
{
    for (size_t i = 0; r->to[i]; i++)
        if (i == len || term[i] != r->to[i])
            return i < len && (unsigned char)term[i] > (unsigned char)r->to[i];
    return 1;
}

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
    {ALN_SCRIPT_THAA, "\xDE\x80", "\xDF\x80"},
    {ALN_SCRIPT_DEVA, "\xE0\xA4\x80", "\xE0\xA6\x80"},
    {ALN_SCRIPT_BENG, "\xE0\xA6\x80", "\xE0\xA8\x80"},
    {ALN_SCRIPT_GURU, "\xE0\xA8\x80", "\xE0\xAA\x80"},
    {ALN_SCRIPT_GUJR, "\xE0\xAA\x80", "\xE0\xAC\x80"},
    {ALN_SCRIPT_ORYA, "\xE0\xAC\x80", "\xE0\xAE\x80"},
    {ALN_SCRIPT_TAML, "\xE0\xAE\x80", "\xE0\xB0\x80"},
    {ALN_SCRIPT_TELU, "\xE0\xB0\x80", "\xE0\xB2\x80"},
    {ALN_SCRIPT_KNDA, "\xE0\xB2\x80", "\xE0\xB4\x80"},
    {ALN_SCRIPT_MLYM, "\xE0\xB4\x80", "\xE0\xB6\x80"},
    {ALN_SCRIPT_SINH, "\xE0\xB6\x80", "\xE0\xB8\x80"},
    {ALN_SCRIPT_THAI, "\xE0\xB8\x80", "\xE0\xBA\x80"},
    {ALN_SCRIPT_GEOR, "\xE1\x82\xA0", "\xE1\x84\x80"},
    {ALN_SCRIPT_ETHI, "\xE1\x88\x80", "\xE1\x8E\x80"},
    {ALN_SCRIPT_MONG, "\xE1\xA0\x80", "\xE1\xA2\xB0"},
    {ALN_SCRIPT_KANA, "\xE3\x81\x80", "\xE3\x84\x80"},
    {ALN_SCRIPT_HANI, "\xE3\x90\x80", "\xEA\x80\x80"},
    {ALN_SCRIPT_HANG, "\xEA\xB0\x80", "\xED\x9F\xBF"},
};

typedef struct walk {
    aln_translit_scratch *s;
    aln_candidate *out;
    size_t cap, count;
    double weight; /* sum of e^score over all that were found, and of "none of these" */
    float beam;    /* candidates that score so far below the logarithm of that are not wanted */
    int floor, slack;
    int wanted;  /* the floor for which it was told last what rows want */
    int columns; /* that hold for the word at the cursor before */
    /* symbols of that word that end at a byte of it or before, for the bytes that were read: two words may have half a
     * character in common */
    uint8_t begun[ALN_PACKED_WORD + 4];
    size_t read;
    /* Words of Han stand by character, of which many are read alike: syllables that no word may begin with, a bit each
     */
    uint64_t dead[ALN_SYMBOLS_SYLLABLES / 64];
} walk;

/* ----------------------------------------------------------------- columns */

#define PLACE(i) ((uint64_t)1 << (i))
/* Symbols of a term at most; longer ones are no names. */
#define LONGEST 40

/* What gain, in cost steps, a cell needs to live on: with the most that the rest may bring it must reach the floor, and
 * it may be at most slack behind the share of the floor that its symbols should have brought. */
static void set_floor(aln_translit_scratch *s, int floor, int slack)
{
    /* twelfths, by place: at the beginning there is less to be behind in, and most of the vocabulary to be spared;
     * towards the end what is still behind seldom comes up. As spellings of 2,000 names of lists had it: one in 1,000
     * is lost. */
    static const uint8_t shares[] = {4, 6, 8, 10, 11, 9, 8, 5};
    for (int i = 0; i <= s->n; i++) {
        int hoped = floor - s->fixed_alone[s->n] - s->hope[i];
        int early = slack * shares[i < 7 ? i : 7] / 12;
        int line = floor * i / s->n - early - s->fixed_alone[i];
        s->need[i] = hoped > line ? hoped : line;
    }
}

static void lower(int16_t *wanted, int gain)
{
    *wanted = (int16_t)(gain < *wanted ? gain : *wanted); /* stored either way: which it is cannot be guessed */
}

/* What the rows of a place want of the cell that they begin at: with less gain, none of them leads to a cell that
 * lives. A marked letter is also read as its base. */
static void tell_wanted(aln_translit_scratch *s, int i)
{
    aln_tr_wanted *here = s->wanted[i];
    for (int x = 0; x < 256; x++)
        here[x] = (aln_tr_wanted){ALN_TR_DEAD, ALN_TR_DEAD};
    for (unsigned k = s->first[i]; k < s->past[i]; k++) {
        const aln_tr_entry *e = &s->entry[k];
        const int wanted = s->need[i + e->take] - e->gain;
        if (e->key > 0xFFFF)
            lower(&here[e->key >> 16].begins, wanted);
        else if (e->key > 0xFF)
            lower(&here[e->key >> 8].begins, wanted);
        else
            lower(&here[e->key].one, wanted);
    }
    for (int m = 0; m < s->marked_count; m++) {
        const int x = s->marked[m], base = s->base[x];
        lower(&here[x].one, here[base].one);
        lower(&here[x].begins, here[base].begins);
    }
}

/* Makes the rows of a place ready, when it has its first living cell: of most scripts' words, most places never have.
 */
static void add_place(aln_translit_scratch *s, int i)
{
    const uint64_t place = PLACE(i);
    s->ready |= place;
    tell_wanted(s, i);
    for (unsigned k = s->first[i]; k < s->past[i]; k++) {
        aln_tr_entry *e = &s->entry[k];
        const int wanted = s->need[i + e->take] - e->gain;
        uint16_t *bucket = &s->live_bucket[aln_tr_live_bucket(e->key, i)];
        e->next = *bucket;
        *bucket = (uint16_t)k;
        if (e->key > 0xFFFF) {
            aln_tr_two *two = &s->two[aln_tr_pair(e->key >> 8)];
            two->begins |= place;
            lower(&two->wanted, wanted);
            s->three[aln_tr_pair(e->key)] |= place;
        } else if (e->key > 0xFF) {
            s->two[aln_tr_pair(e->key)].whole |= place;
        }
    }
}

/* No place is ready. */
static void no_rows(aln_translit_scratch *s)
{
    s->ready = 0;
    memset(s->live_bucket, 0, sizeof(s->live_bucket));
    memset(s->three, 0, sizeof(s->three));
    for (unsigned p = 0; p < ALN_TR_PAIRS; p++)
        s->two[p] = (aln_tr_two){0, 0, ALN_TR_DEAD};
    for (int x = 0; x < 256; x++)
        s->inserted[x] = (int16_t)(s->alone1[x] - s->insert[x]);
}

/* Of the cells that were reached, those that live; a symbol of the fixed word that is left out reaches the next one. */
static void settle(aln_translit_scratch *s, int j, uint64_t reached)
{
    int16_t *cell = s->cell[j];
    s->alive[j] = 0;
    s->spare[j] = -ALN_TR_DEAD;
    while (reached) {
        int i = __builtin_ctzll(reached);
        int spare = s->alone[j] - cell[i] - s->need[i], next = cell[i] + s->skip[i];
        reached &= reached - 1;
        if (spare < 0)
            continue;
        s->alive[j] |= PLACE(i);
        if (spare > s->spare[j])
            s->spare[j] = spare;
        if (i < s->n && (!(reached & PLACE(i + 1)) || next < cell[i + 1])) {
            cell[i + 1] = (int16_t)next;
            reached |= PLACE(i + 1);
        }
    }
    for (uint64_t rest = s->alive[j] & ~s->ready & ~PLACE(s->n); rest; rest &= rest - 1)
        add_place(s, __builtin_ctzll(rest));
}

static void first_column(aln_translit_scratch *s)
{
    s->cell[0][0] = 0;
    s->alone[0] = 0;
    s->told = 0;
    settle(s, 0, PLACE(0));
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* What i symbols of the free word cost alone where the last ones are one chunk, or the same without marks: as good as
 * a chunk that the table does not have, but for a nat. */
static int alone_by(const aln_translit_scratch *s, int i, int count, uint32_t key, uint32_t base)
{
    const int before = s->alone[i - count], cost = aln_tr_free_alone(s, key);
    int by = cost < 0 ? ALN_TR_DEAD : before + cost;
    if (base != key) {
        const int bare = aln_tr_free_alone(s, base);
        by = least(by, bare < 0 ? ALN_TR_DEAD : before + bare + ALN_TR_MARK);
    }
    return by;
}

/* What j symbols of the free word cost alone. Most columns have no cell that asks. */
static void tell_alone(aln_translit_scratch *s, int j)
{
    while (s->told < j) {
        const int i = ++s->told;
        uint32_t key = s->word[i - 1], base = s->base[key];
        int alone = s->alone[i - 1] + least(least(s->alone1[key], s->alone1[base] + ALN_TR_MARK), ALN_TR_MISSING);
        if (i > 1) {
            key |= (uint32_t)s->word[i - 2] << 8;
            base |= (uint32_t)s->base[s->word[i - 2]] << 8;
            alone = least(alone, alone_by(s, i, 2, key, base));
        }
        if (i > 2) {
            key |= (uint32_t)s->word[i - 3] << 16;
            base |= (uint32_t)s->base[s->word[i - 3]] << 16;
            alone = least(alone, alone_by(s, i, 3, key, base));
        }
        s->alone[i] = (int16_t)alone;
    }
}

/* Cells that the rows of a chunk reach from those of an earlier column at some places. */
static uint64_t reach_by(aln_translit_scratch *s, int j, int b, uint64_t places, uint32_t key, int penalty,
                         uint64_t reached)
{
    int16_t *cell = s->cell[j];
    for (; places; places &= places - 1) {
        const int i = __builtin_ctzll(places), from = s->cell[j - b][i], gain = s->alone[j - b] - from;
        for (unsigned k = s->live_bucket[aln_tr_live_bucket(key, i)]; k; k = s->entry[k].next) {
            const aln_tr_entry *e = &s->entry[k];
            const int at = i + e->take, total = from + e->cost + penalty;
            if (e->key != key || e->from != i || gain + e->gain < s->need[at])
                continue;
            if (!(reached & PLACE(at)) || total < cell[at]) {
                cell[at] = (int16_t)total;
                reached |= PLACE(at);
            }
        }
    }
    return reached;
}

static uint64_t reach(aln_translit_scratch *s, int j, int b, uint64_t places, uint32_t key, uint32_t base,
                      uint64_t reached)
{
    reached = reach_by(s, j, b, places, key, 0, reached);
    return base == key ? reached : reach_by(s, j, b, places, base, ALN_TR_MARK, reached);
}

/* Whether a living cell of a column may go on with a row of which two symbols stand behind it. */
static int goes_on(const aln_translit_scratch *s, int j, const aln_tr_two *two)
{
    for (uint64_t rest = s->alive[j] & two->begins; rest; rest &= rest - 1)
        if (s->alone[j] - s->cell[j][__builtin_ctzll(rest)] >= two->wanted)
            return 1;
    return 0;
}

/*
 * Column j for s->word[0..j-1], as add_column() of translit.c has it, but of living cells only: of a large vocabulary
 * two columns of three have none, and the others one or two, so that masks tell first whether there is anything to be
 * done. A chunk spans up to three symbols: a cell one or two columns back counts where a chunk may begin with what
 * stands since. Returns 0 where no word with this beginning can reach the floor.
 */
static int add_column(aln_translit_scratch *s, int j)
{
    const uint32_t last = s->word[j - 1], last_base = s->base[last];
    const uint64_t alive = s->alive[j - 1];
    uint32_t two = 0, two_base = 0, three = 0, three_base = 0;
    uint64_t by_one = 0, by_two = 0, by_three = 0;
    int on = 0;
    for (uint64_t rest = alive & ~PLACE(s->n); rest; rest &= rest - 1) { /* no row begins at the end */
        const int i = __builtin_ctzll(rest), gain = s->alone[j - 1] - s->cell[j - 1][i];
        by_one |= (uint64_t)(gain >= s->wanted[i][last].one) << i;
        on |= gain >= s->wanted[i][last].begins;
    }
    if (j > 1) {
        const uint32_t before = s->word[j - 2];
        const uint64_t alive2 = s->alive[j - 2];
        two = before << 8 | last;
        two_base = (uint32_t)s->base[before] << 8 | last_base;
        if (alive2) {
            const aln_tr_two *rows = &s->two[aln_tr_pair(two)];
            by_two = alive2 & rows->whole;
            on |= goes_on(s, j - 2, rows);
            if (two != two_base) {
                rows = &s->two[aln_tr_pair(two_base)];
                by_two |= alive2 & rows->whole;
                on |= goes_on(s, j - 2, rows);
            }
        }
    }
    if (j > 2) {
        const uint32_t first = s->word[j - 3];
        three = first << 16 | two;
        three_base = (uint32_t)s->base[first] << 16 | two_base;
        by_three = s->alive[j - 3];
        if (by_three)
            by_three &= s->three[aln_tr_pair(three)] | s->three[aln_tr_pair(three_base)];
    }
    const int insert = alive && s->spare[j - 1] + s->inserted[last] >= 0;
    s->alive[j] = 0;
    s->spare[j] = -ALN_TR_DEAD;
    if (!(by_one | by_two | by_three) && !insert)
        return on;
    uint64_t reached = 0;
    if (insert) {
        for (uint64_t rest = alive; rest; rest &= rest - 1) {
            int i = __builtin_ctzll(rest);
            s->cell[j][i] = (int16_t)(s->cell[j - 1][i] + s->insert[last]);
        }
        reached = alive;
    }
    if (by_one)
        reached = reach(s, j, 1, by_one, last, last_base, reached);
    if (by_two)
        reached = reach(s, j, 2, by_two, two, two_base, reached);
    if (by_three)
        reached = reach(s, j, 3, by_three, three, three_base, reached);
    if (reached) {
        tell_alone(s, j);
        settle(s, j, reached);
    }
    return s->alive[j] || on;
}

/* ------------------------------------------------------------------- terms */

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
    set_floor(w->s, floor, w->slack);
    if (floor - w->wanted >= (int)ALN_TR_STEP) {
        for (uint64_t rest = w->s->ready; rest; rest &= rest - 1)
            tell_wanted(w->s, __builtin_ctzll(rest));
        w->wanted = floor;
    }
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

/* Drops the symbols, and columns, that a word does not share with the one before. Returns where it is to be read from.
 */
static size_t share(walk *w, size_t same)
{
    aln_translit_scratch *s = w->s;
    aln_symbols *symbols = &s->symbols;
    const int kept = w->begun[same < w->read ? same : w->read];
    symbols->count = (uint16_t)kept;
    if (w->columns > kept)
        w->columns = kept;
    if (s->told > w->columns)
        s->told = w->columns;
    return kept ? symbols->end[kept - 1] : 0;
}

/* As aln_symbols_next(), which most letters need once. */
static size_t next_symbol(aln_translit_scratch *s, const char *word, size_t at, size_t len, aln_symbols_kind kind)
{
    aln_symbols *symbols = &s->symbols;
    const unsigned char *c = (const unsigned char *)word + at;
    size_t bytes = *c < 0x80 ? 1 : 2;
    const int count = symbols->count;
    if (*c >= 0x80 && (*c < 0xC2 || *c >= 0xE0 || at + 2 > len || (c[1] & 0xC0) != 0x80))
        return aln_symbols_next(word, at, len, kind, symbols);
    uint32_t cp = bytes == 1 ? *c : (*c & 0x1Fu) << 6 | (c[1] & 0x3Fu);
    aln_tr_letter *letter = &s->letter[cp % ALN_TR_LETTERS];
    if (letter->cp == cp && letter->symbol && count < ALN_SYMBOLS_MAX) {
        symbols->symbol[count] = letter->symbol;
        symbols->end[count] = (uint16_t)(at + bytes);
        symbols->count++;
        return at + bytes;
    }
    at = aln_symbols_next(word, at, len, kind, symbols);
    if (symbols->count == count + 1)
        *letter = (aln_tr_letter){(uint16_t)cp, symbols->symbol[count]};
    return at;
}

/* Reads a word, no further than it is worth, reusing the columns of the symbols that it shares with the word before.
 * Returns the bytes behind which nothing can follow, 0 if the word was read to its end. */
static size_t read_word(walk *w, const char *word, size_t len, size_t same)
{
    aln_translit_scratch *s = w->s;
    aln_symbols *symbols = &s->symbols;
    const aln_model *m = s->model;
    aln_symbols_kind kind = s->to_latin ? ALN_SYMBOLS_LATIN : (aln_symbols_kind)m->kind;
    size_t at = share(w, same), first = 0;
    unsigned syllable = 0;
    int j = w->columns, ended = 0;
    w->read = at;
    if (!at && kind == ALN_SYMBOLS_PINYIN) {
        syllable = aln_symbols_syllable(word, len, &first);
        if (w->dead[syllable / 64] >> syllable % 64 & 1)
            return first;
    }
    for (;;) {
        while (j == symbols->count && at < len) {
            const size_t behind = next_symbol(s, word, at, len, kind);
            /* a character has at most four bytes; what is written behind is written again */
            memset(w->begun + at + 1, j, 3);
            at = behind;
            w->begun[at] = (uint8_t)symbols->count;
            w->read = at;
        }
        if (j == symbols->count && !ended) {
            aln_symbols_end(len, m->boundaries, symbols);
            ended = 1;
        }
        if (j == symbols->count || j == LONGEST)
            break;
        s->word[j] = aln_tr_free_id(s, symbols->symbol[j]);
        w->columns = ++j;
        if (!add_column(s, j)) {
            size_t dead = symbols->symbol[j - 1] == ALN_SYMBOL_END ? 0 : symbols->end[j - 1];
            if (syllable && dead == first)
                w->dead[syllable / 64] |= (uint64_t)1 << syllable % 64;
            return dead;
        }
    }
    if (ended && j == symbols->count && j > (m->boundaries ? 2 : 0) && s->alive[j] & PLACE(s->n)) {
        int gain = aln_tr_gain(s, j);
        if (gain >= w->floor && len < ALN_TRANSLIT_WORD && (gain = aln_tr_full_gain(s, j, w->floor)) >= w->floor)
            keep(w, word, len, gain);
    }
    return 0;
}

/* ------------------------------------------------------------------- ranges */

static int walk_range(walk *w, const range *r, aln_word_cursor *c, size_t *steps, size_t max_steps)
{
    int rc = aln_cursor_seek(c, r->from, strlen(r->from));
    ++*steps;
    c->at.same = 0; /* the word before was not read */
    while (!rc && !c->past_end && *steps < max_steps) {
        if (c->at.same < RANGE_BYTES && is_behind(r, c->at.word, c->at.len))
            break;
        size_t dead = read_word(w, c->at.word, c->at.len, c->at.same);
        ++*steps;
        rc = dead ? aln_cursor_skip(c, dead) : aln_cursor_next(c);
    }
    return rc;
}

/* Whether the vocabulary has a word of a script. */
static int has_script(aln_word_cursor *c, unsigned script, size_t *steps, int *any)
{
    int rc = 0;
    *any = 0;
    for (size_t i = 0; !rc && !*any && i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (ranges[i].script != script)
            continue;
        rc = aln_cursor_seek(c, ranges[i].from, strlen(ranges[i].from));
        ++*steps;
        *any = !rc && !c->past_end && !is_behind(&ranges[i], c->at.word, c->at.len);
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
    walk w = {.s = scratch, .out = out, .cap = cap};
    aln_word_cursor cursor;
    aln_cursor_begin(&cursor, vocabulary, options->kind);
    *count = 0;
    /* most indexes have few scripts, and preparing a word costs more than asking */
    rc = has_script(&cursor, target, &taken, &any);
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
    w.slack = (int)((options->slack > 0 ? options->slack : SLACK) * ALN_TR_STEP);
    set_floor(scratch, w.floor, w.slack);
    no_rows(scratch);
    w.wanted = w.floor;
    first_column(scratch);
    aln_symbols_begin(model->boundaries, &scratch->symbols);
    w.begun[0] = (uint8_t)scratch->symbols.count;
    for (size_t i = 0; !rc && i < sizeof(ranges) / sizeof(ranges[0]) && taken < max_steps; i++)
        if (ranges[i].script == target)
            rc = walk_range(&w, &ranges[i], &cursor, &taken, max_steps);
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
