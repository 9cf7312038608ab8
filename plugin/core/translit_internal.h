/*
 * What the files of the transliteration share: a word prepared for a model, and the scratch.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_TRANSLIT_INTERNAL_H
#define ALN_CORE_TRANSLIT_INTERNAL_H

#include "gen/translit_models.h"
#include "translit.h"

#define ALN_TR_SIDE (ALN_SYMBOLS_MAX + 1)
#define ALN_TR_STEP 16.0f  /* cost steps a nat */
#define ALN_TR_MISSING 184 /* a symbol that no row explains: 1e-5 */
#define ALN_TR_DEAD 30000  /* cost of a cell that cannot be reached */
#define ALN_TR_ENTRIES 32000
#define ALN_TR_BUCKETS 16384u
#define ALN_TR_LIVE_BUCKETS 4096u
#define ALN_TR_BEAM 48
#define ALN_TR_MARK 16  /* a marked letter read as its base: one nat */
#define ALN_TR_SHARE 15 /* sixteenths of the Latin word's own cost that count */
#define ALN_TR_PAIRS 1024u
#define ALN_TR_LETTERS 256u

/* A row of the table that fits the fixed word at one place. */
typedef struct aln_tr_entry {
    uint32_t key;       /* chunk of the free side */
    uint16_t next;      /* in its bucket; 0 = last */
    uint8_t from, take; /* symbols of the fixed word */
    uint8_t cost;
    int16_t gain; /* the free chunk's own cost less the pair's; the fixed one's is in fixed_alone */
} aln_tr_entry;

/* Characters and symbols that were asked for last, each at the place of its number. */
typedef struct aln_tr_letter {
    uint16_t cp, symbol; /* a character that is one symbol; symbol 0 = none there */
} aln_tr_letter;

typedef struct aln_tr_number {
    uint16_t symbol;
    uint8_t id;
} aln_tr_number;

/* Where chunks stand in the lists of models, by their hash: made when a list is first asked for, and kept.
 * translit_places.c. */
#define ALN_TR_LISTS 64
#define ALN_TR_SLOTS 480000u /* those of all models: 421,888 */
typedef struct aln_tr_places {
    const uint32_t *keys; /* the list: chunk << 8 | cost of the chunk on its own */
    unsigned shift;       /* bits of a hash that are too many */
    uint32_t first;       /* where its slots begin */
} aln_tr_places;
typedef struct aln_tr_lists {
    uint32_t count, slots;
    aln_tr_places list[ALN_TR_LISTS];
    uint16_t slot[ALN_TR_SLOTS]; /* place in the list + 1; 0 = none there. A chunk is in its own or soon behind */
} aln_tr_lists;

/* Rows of models by their Latin chunk, likewise: translit_reverse.c. */
#define ALN_TR_REVERSED 32
#define ALN_TR_REVERSED_CHUNKS 80000
#define ALN_TR_REVERSED_ROWS 220000
typedef struct aln_tr_reversed {
    const uint32_t *rows; /* the model's, which models of one table share */
    uint32_t first, row;  /* where those of the model begin in the lists below */
} aln_tr_reversed;
typedef struct aln_tr_reverses {
    uint32_t count, chunks, rows;
    aln_tr_reversed model[ALN_TR_REVERSED];
    uint16_t first[ALN_TR_REVERSED_CHUNKS]; /* row of each Latin chunk, and one past the last */
    uint16_t chunk[ALN_TR_REVERSED_ROWS];   /* of the other side, its place in the model's list */
    uint8_t cost[ALN_TR_REVERSED_ROWS];
} aln_tr_reverses;

/* A chunk pair that was asked for, at the place of its hash. */
#define ALN_TR_ASKED 512u
typedef struct aln_tr_asked {
    uint32_t pair;  /* 0 = none there */
    uint16_t place; /* as aln_tr_end.pair */
} aln_tr_asked;

/* What gain a cell must have that goes on with a symbol of the free word: by a row of this symbol alone, and by one
 * that begins with it. */
typedef struct aln_tr_wanted {
    int16_t one, begins;
} aln_tr_wanted;

/* Places, a bit each, that have a row of two symbols of the free word, and one that goes on behind them; and what gain
 * that one wants. Together, as they are asked for together. */
typedef struct aln_tr_two {
    uint64_t whole, begins;
    int16_t wanted;
} aln_tr_two;

/* A beginning of both words that ends with a short chunk pair, by the shape of that: translit_bigrams.c. */
#define ALN_TR_SHAPES 5
typedef struct aln_tr_end {
    uint16_t pair; /* its place among the model's, 0xFFFF for one that is not there */
    int16_t cost;
} aln_tr_end;

/* A beginning of a reading. */
typedef struct aln_tr_partial {
    uint8_t text[40]; /* symbol numbers */
    uint8_t len;
    uint32_t hash; /* of the text */
    float cost;    /* nats */
} aln_tr_partial;

struct aln_translit_scratch {
    /* the fixed word */
    const aln_model *model;
    int to_latin; /* the fixed word is of the model's script */
    int n;
    uint8_t fixed[ALN_TR_SIDE];
    uint8_t fixed_base[ALN_TR_SIDE];  /* the same of letters without their marks */
    int16_t fixed_alone[ALN_TR_SIDE]; /* cost of each prefix on its own */
    int16_t hope[ALN_TR_SIDE];        /* the most that the rest from here can still gain */
    int need[ALN_TR_SIDE];            /* gain without which a cell there is cut: translit_walk.c */
    uint8_t skip[ALN_TR_SIDE];        /* cost of leaving a symbol of the fixed word out */
    uint8_t insert[256];              /* cost of a symbol of the free side against nothing */
    /* the free side of the model: kept until another model or direction is asked for */
    const aln_model *known;
    int known_latin;
    aln_tr_letter letter[ALN_TR_LETTERS];
    aln_tr_number number[ALN_TR_LETTERS];
    aln_tr_places places; /* of its chunks */
    uint8_t alone1[256];  /* cost of a chunk of one symbol on its own */
    uint8_t base[256];    /* number of a marked letter's base, of any other symbol its own */
    uint8_t marked[256];  /* numbers of letters that have a base */
    int marked_count;
    uint16_t entries;
    uint16_t bucket[ALN_TR_BUCKETS];                /* for scores of whole words only */
    uint16_t first[ALN_TR_SIDE], past[ALN_TR_SIDE]; /* of the rows at each place */
    aln_tr_entry entry[ALN_TR_ENTRIES];             /* from 1 */
    /* columns over the free word */
    uint8_t word[ALN_TR_SIDE];
    int16_t alone[ALN_TR_SIDE];
    /* a walk's: cells of a column that are not cut, a bit each, and the most that one of them has above its need; up to
     * which column alone[] is known */
    uint64_t alive[ALN_TR_SIDE];
    int spare[ALN_TR_SIDE];
    int told;
    /* rows of places that had a living cell (a bit each): what a cell must have gained at a place of the fixed word for
     * those with a symbol, also as its base; places that have a row of two or three symbols (hashed), or one that goes
     * on behind two; rows by place and chunk. And what a symbol of the free word gains against nothing. */
    uint64_t ready;
    aln_tr_wanted wanted[ALN_TR_SIDE][256];
    aln_tr_two two[ALN_TR_PAIRS];
    uint64_t three[ALN_TR_PAIRS];
    uint16_t live_bucket[ALN_TR_LIVE_BUCKETS]; /* 0 = none */
    int16_t inserted[256];
    int16_t cell[ALN_TR_SIDE][ALN_TR_SIDE];
    uint16_t back[ALN_TR_SIDE][ALN_TR_SIDE]; /* taken fixed << 8 | taken free */
    aln_symbols symbols;
    const aln_bigrams *asked_of; /* the table of those below */
    aln_tr_asked asked[ALN_TR_ASKED];
    uint64_t ended[ALN_TR_SIDE]; /* beginnings that are not dead, a bit for each number of letters */
    aln_tr_end ends[ALN_TR_SIDE][ALN_TR_SIDE][ALN_TR_SHAPES];
    /* readings */
    uint16_t partials[ALN_TR_SIDE];
    uint32_t partial_hash[ALN_TR_SIDE][ALN_TR_BEAM]; /* of their texts, in the same order */
    uint64_t partial_seen[ALN_TR_SIDE][8];           /* bits by hash: a text with none is not in the list */
    aln_tr_partial partial[ALN_TR_SIDE][ALN_TR_BEAM];
    char previous[ALN_TRANSLIT_WORD];
    /* last: of them the counts only need initial content */
    aln_tr_lists lists;
    aln_tr_reverses reverses;
};

/* Makes a word the fixed one. Returns its number of symbols, 0 if it has none. */
int aln_tr_prepare(aln_translit_scratch *s, const aln_model *model, int to_latin, const char *word, size_t len);
/* Number of a symbol on the model's Latin or other side; 255 for one that the model has not seen. */
uint8_t aln_tr_id(const aln_model *model, int latin, uint16_t symbol);
void aln_tr_read(const aln_model *model, int latin, const char *word, size_t len, aln_symbols *out);
/* The chunks of a model's side. Holds until another list is asked for. */
aln_tr_places aln_tr_places_of(aln_tr_lists *lists, const aln_model *model, int latin);
/* The rows of a model by their Latin chunk. Holds until those of another one are asked for. */
aln_tr_reversed aln_tr_reverse(aln_tr_reverses *r, aln_tr_lists *lists, const aln_model *model);
/* Gain of the free word of j symbols against the whole fixed word, in cost steps: the score before it is made nats. */
int aln_tr_gain(const aln_translit_scratch *s, int j);
/* The same with what the model knows of chunk pairs behind one another, where it does. Where that is below least, it
 * may be any number below least. */
int aln_tr_full_gain(aln_translit_scratch *s, int j, int least);

static inline uint32_t aln_tr_bucket(uint32_t key)
{
    return (key * 2654435761u) >> 18; /* 14 bits */
}

static inline uint32_t aln_tr_live_bucket(uint32_t key, int place)
{
    return ((key << 6 ^ (uint32_t)place) * 2654435761u) >> 20; /* 12 bits */
}

/* aln_tr_id() for the free side of the prepared word. */
static inline uint8_t aln_tr_free_id(aln_translit_scratch *s, uint16_t symbol)
{
    aln_tr_number *n = &s->number[symbol % ALN_TR_LETTERS];
    if (n->symbol != symbol || !n->id)
        *n = (aln_tr_number){symbol, aln_tr_id(s->model, s->to_latin, symbol)};
    return n->id;
}

/* Place of a chunk in its list, -1 where it is not. */
static inline int aln_tr_find(const aln_tr_lists *lists, const aln_tr_places *places, uint32_t chunk)
{
    const uint16_t *slots = lists->slot + places->first;
    const uint32_t last = UINT32_MAX >> places->shift;
    for (uint32_t i = (chunk * 2654435761u) >> places->shift; slots[i]; i = (i + 1) & last)
        if (places->keys[slots[i] - 1] >> 8 == chunk)
            return slots[i] - 1;
    return -1;
}

/* Cost of a chunk of the free side on its own, -1 where no row has it. */
static inline int aln_tr_free_alone(const aln_translit_scratch *s, uint32_t key)
{
    int at = aln_tr_find(&s->lists, &s->places, key);
    return at < 0 ? -1 : (int)(s->places.keys[at] & 0xFF);
}

/* Place of a chunk of two or three symbols in the masks of a walk. */
static inline uint32_t aln_tr_pair(uint32_t pair)
{
    return (pair * 2654435761u) >> 22; /* 10 bits */
}

#endif
