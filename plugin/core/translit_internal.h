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
#define ALN_TR_BEAM 48
#define ALN_TR_MARK 16  /* a marked letter read as its base: one nat */
#define ALN_TR_SHARE 15 /* sixteenths of the Latin word's own cost that count */
#define ALN_TR_KEYS 16384u
#define ALN_TR_BEGINS 1024u

/* A row of the table that fits the fixed word at one place. */
typedef struct aln_tr_entry {
    uint32_t key;       /* chunk of the free side */
    uint16_t next;      /* in the bucket of its key; 0 = last */
    uint16_t next_here; /* at the same place; 0 = last */
    uint8_t from, take; /* symbols of the fixed word */
    uint8_t cost;
} aln_tr_entry;

/* A beginning of a reading. */
typedef struct aln_tr_partial {
    uint8_t text[40]; /* symbol numbers */
    uint8_t len;
    float cost; /* nats */
} aln_tr_partial;

struct aln_translit_scratch {
    /* the fixed word */
    const aln_model *model;
    int to_latin; /* the fixed word is of the model's script */
    int n;
    uint8_t fixed[ALN_TR_SIDE];
    int16_t fixed_alone[ALN_TR_SIDE]; /* cost of each prefix on its own */
    int16_t hope[ALN_TR_SIDE];        /* the most that the rest from here can still gain */
    int need[ALN_TR_SIDE];            /* gain without which a cell there is cut: aln_tr_floor() */
    uint8_t skip[ALN_TR_SIDE];        /* cost of leaving a symbol of the fixed word out */
    uint8_t insert[256];              /* cost of a symbol of the free side against nothing */
    /* the free side of the model: kept until another model or direction is asked for */
    const aln_model *known;
    int known_latin;
    uint8_t id[0x600];         /* of the symbols up to there; 0 = not yet looked up */
    uint8_t base[256];         /* number of a marked letter's base, of any other symbol its own */
    uint32_t key[ALN_TR_KEYS]; /* chunk << 8 | cost on its own, hashed; 0 = free */
    uint16_t entries;
    uint16_t bucket[ALN_TR_BUCKETS];
    uint16_t here[ALN_TR_SIDE];
    aln_tr_entry entry[ALN_TR_ENTRIES];
    /* columns over the free word */
    uint8_t word[ALN_TR_SIDE];
    int16_t alone[ALN_TR_SIDE];
    uint64_t alive[ALN_TR_SIDE]; /* cells of a column that are not cut, a bit each */
    /* places of the fixed word, a bit each, whose chunks go on behind this symbol, or these two (hashed) */
    uint64_t begins[256], begins2[ALN_TR_BEGINS];
    int16_t cell[ALN_TR_SIDE][ALN_TR_SIDE];
    uint16_t back[ALN_TR_SIDE][ALN_TR_SIDE]; /* taken fixed << 8 | taken free */
    aln_symbols symbols;
    /* readings */
    uint16_t partials[ALN_TR_SIDE];
    aln_tr_partial partial[ALN_TR_SIDE][ALN_TR_BEAM];
    char previous[ALN_TRANSLIT_WORD];
};

/* Makes a word the fixed one. Returns its number of symbols, 0 if it has none. */
int aln_tr_prepare(aln_translit_scratch *s, const aln_model *model, int to_latin, const char *word, size_t len);
/* Number of a symbol on the model's Latin or other side; 255 for one that the model has not seen. */
uint8_t aln_tr_id(const aln_model *model, int latin, uint16_t symbol);
void aln_tr_read(const aln_model *model, int latin, const char *word, size_t len, aln_symbols *out);
/* The same for the free side of the prepared word. */
uint8_t aln_tr_free_id(aln_translit_scratch *s, uint16_t symbol);
/* Cost of a chunk on its own, -1 where no row has it. */
int aln_tr_alone(const aln_model *model, int latin, uint32_t key);
/* Column 0, before any symbol of the free word. */
void aln_tr_first(aln_translit_scratch *s);
/* Sets what gain, in cost steps, a cell needs to live on: that with the most that the rest may bring reaches the floor,
 * and that is at most slack behind the share of the floor that its symbols should have brought. -ALN_TR_DEAD = all
 * live. */
void aln_tr_floor(aln_translit_scratch *s, int floor, int slack);
/* Column j (from 1) for s->word[0..j-1], from the columns before. */
void aln_tr_column(aln_translit_scratch *s, int j, int want_back);
/* Whether no free word that begins with these j symbols can reach the floor. */
int aln_tr_dead(const aln_translit_scratch *s, int j);
/* Gain of the free word of j symbols against the whole fixed word, in cost steps: the score before it is made nats. */
int aln_tr_gain(const aln_translit_scratch *s, int j);

#endif
