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
#define ALN_TR_KEYS 16384u
#define ALN_TR_PAIRS 1024u
#define ALN_TR_IDS 0x3100u /* up to Kana; Han is read as Latin letters */

/* A row of the table that fits the fixed word at one place. */
typedef struct aln_tr_entry {
    uint32_t key;       /* chunk of the free side */
    uint16_t next;      /* in the bucket of its key; 0 = last */
    uint16_t next_here; /* at the same place; 0 = last */
    uint8_t from, take; /* symbols of the fixed word */
    uint8_t cost;
    int16_t gain; /* the free chunk's own cost less the pair's; the fixed one's is in fixed_alone */
} aln_tr_entry;

/* A row that a walk may still use, beside the others of its bucket. */
typedef struct aln_tr_live {
    uint32_t key;                   /* chunk of the free side */
    uint8_t from, take, cost, last; /* last: of the bucket */
} aln_tr_live;

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
    uint8_t id[ALN_TR_IDS]; /* of the symbols up to there; 0 = not yet looked up */
    /* symbols of the characters of one or two bytes that are one symbol; 0 = another, or not yet read */
    uint16_t symbol[0x800];
    uint8_t alone1[256];       /* cost of a chunk of one symbol on its own */
    uint8_t base[256];         /* number of a marked letter's base, of any other symbol its own */
    uint32_t key[ALN_TR_KEYS]; /* chunk << 8 | cost on its own, hashed; 0 = free */
    uint16_t entries;
    uint16_t bucket[ALN_TR_BUCKETS];
    uint16_t here[ALN_TR_SIDE];
    aln_tr_entry entry[ALN_TR_ENTRIES];
    /* columns over the free word */
    uint8_t word[ALN_TR_SIDE];
    int16_t alone[ALN_TR_SIDE];
    /* a walk's: cells of a column that are not cut, a bit each, and the most that one of them has above its need; up to
     * which column alone[] is known */
    uint64_t alive[ALN_TR_SIDE];
    int spare[ALN_TR_SIDE];
    int told;
    /* and of the rows that may still count: places of the fixed word, a bit each, that have a row of this one symbol of
     * the free word, of these two or three (hashed), or one that goes on behind them; of one symbol also as its base,
     * and what it gains against nothing */
    uint64_t one[256], begins[256], two[ALN_TR_PAIRS], begins2[ALN_TR_PAIRS], three[ALN_TR_PAIRS];
    int16_t inserted[256];
    uint16_t live_bucket[ALN_TR_LIVE_BUCKETS]; /* the first one's place; 0 = none */
    aln_tr_live live[ALN_TR_ENTRIES + 1];      /* from 1 */
    int16_t cell[ALN_TR_SIDE][ALN_TR_SIDE];
    uint16_t back[ALN_TR_SIDE][ALN_TR_SIDE]; /* taken fixed << 8 | taken free */
    aln_symbols symbols;
    aln_tr_end ends[ALN_TR_SIDE][ALN_TR_SIDE][ALN_TR_SHAPES];
    /* readings */
    uint16_t partials[ALN_TR_SIDE];
    uint32_t partial_hash[ALN_TR_SIDE][ALN_TR_BEAM]; /* of their texts, in the same order */
    aln_tr_partial partial[ALN_TR_SIDE][ALN_TR_BEAM];
    char previous[ALN_TRANSLIT_WORD];
};

/* Makes a word the fixed one. Returns its number of symbols, 0 if it has none. */
int aln_tr_prepare(aln_translit_scratch *s, const aln_model *model, int to_latin, const char *word, size_t len);
/* Number of a symbol on the model's Latin or other side; 255 for one that the model has not seen. */
uint8_t aln_tr_id(const aln_model *model, int latin, uint16_t symbol);
void aln_tr_read(const aln_model *model, int latin, const char *word, size_t len, aln_symbols *out);
/* aln_tr_id() for the free side of the prepared word. */
uint8_t aln_tr_free_id(aln_translit_scratch *s, uint16_t symbol);
/* Cost of a chunk on its own, -1 where no row has it. */
int aln_tr_alone(const aln_model *model, int latin, uint32_t key);
/* Gain of the free word of j symbols against the whole fixed word, in cost steps: the score before it is made nats. */
int aln_tr_gain(const aln_translit_scratch *s, int j);
/* The same with what the model knows of chunk pairs behind one another, where it does. */
int aln_tr_full_gain(aln_translit_scratch *s, int j);

static inline uint32_t aln_tr_bucket(uint32_t key)
{
    return (key * 2654435761u) >> 18; /* 14 bits */
}

static inline uint32_t aln_tr_live_bucket(uint32_t key)
{
    return (key * 2654435761u) >> 20; /* 12 bits */
}

/* Cost of a chunk of the free side on its own, -1 where no row has it; as aln_tr_alone(), in a tenth of its time. */
static inline int aln_tr_free_alone(const aln_translit_scratch *s, uint32_t key)
{
    uint32_t i = aln_tr_bucket(key);
    while (s->key[i] && s->key[i] >> 8 != key)
        i = (i + 1) % ALN_TR_KEYS;
    return s->key[i] ? (int)(s->key[i] & 0xFF) : -1;
}

/* Place of a chunk of two or three symbols in the masks of a walk. */
static inline uint32_t aln_tr_pair(uint32_t pair)
{
    return (pair * 2654435761u) >> 22; /* 10 bits */
}

#endif
