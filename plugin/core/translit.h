/*
 * Learned transliteration: how likely a word of one script and a Latin word are the same name.
 *
 * A model is a table of chunk pairs (1-3 symbols of the other script beside 0-3 Latin letters) with their costs,
 * learned by names/tools/train_translit.c and packed as constant data in gen/; some also know which chunk pairs follow
 * one another. The score of two words is the best sum over a joint segmentation, made independent of how common the
 * letters of either word are; docs/transliteration.md tells it in full. The Latin model has Latin words on both sides:
 * spellings of one name in two orthographies (Jelzin, Yeltsin).
 *
 * Words are exact forms (NFKC, lower case; see fold.h). Models are constant and may be shared; a scratch belongs to one
 * thread. Nothing here allocates: all memory is the caller's scratch.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_TRANSLIT_H
#define ALN_CORE_TRANSLIT_H

#include "script.h"
#include "symbols.h"
#include <allonym/allonym.h>
#include <stddef.h>
#include <stdint.h>

/* ------------------------------------------------------------------ models */

typedef struct aln_model aln_model;

/* The model for words of a script in a language (BCP 47; NULL = the script's most general one). ALN_SCRIPT_LATN gives
 * the Latin model. NULL where there is none: such a script keeps its rules. A language without a model of its own gets
 * its script's. */
const aln_model *aln_model_find(aln_script script, const char *lang);
/* The n-th model, NULL past the last. Sorted by name. */
const aln_model *aln_model_at(size_t n);
/* "cyrillic"; static. A table that several scripts share is a model for each of them, of one name. */
const char *aln_model_name(const aln_model *model);
/* Changes when the table does. No term of a document depends on it. Static. */
const char *aln_model_version(const aln_model *model);
/* The script of the model's other side. */
aln_script aln_model_script(const aln_model *model);
/* Whether it has learned words as published systems romanize them, of which any may be meant: "systems" in the head of
 * its table. */
int aln_model_knows_systems(const aln_model *model);

/* ----------------------------------------------------------------- scratch */

/* Working memory of all functions below, 2.6 MB. */
typedef struct aln_translit_scratch aln_translit_scratch;
/* Bytes of a scratch; aligned as malloc() aligns. It needs no initial content but aln_translit_scratch_init(). */
size_t aln_translit_scratch_size(void);
void aln_translit_scratch_init(aln_translit_scratch *scratch);

/* ------------------------------------------------------------------- score */

/* Bytes of a word in results; longer ones are left out. */
#define ALN_TRANSLIT_WORD 128

/* Score in nats of two words, of which x is of the model's script and e is Latin: how much likelier they are as one
 * name than as two words by chance. A good pair has about 2 a symbol; pairs of different names are about 0 or below.
 * Never NaN. */
float aln_translit_score(const aln_model *model, const char *x, size_t x_len, const char *e, size_t e_len,
                         aln_translit_scratch *scratch);

/* The same of one word with many: fix the word (to_latin 1: it is of the model's script), then score spellings until
 * the scratch is used for something else. aln_translit_fix() returns 0 if the word has no symbol of the model. */
int aln_translit_fix(const aln_model *model, int to_latin, const char *word, size_t len, aln_translit_scratch *scratch);
float aln_translit_score_fixed(const char *spelling, size_t len, aln_translit_scratch *scratch);

/* The segmentation behind a score, "t·o·k·a·ye·v ↔ т·о·к·а·е·в": chunks stand one against the other, an empty one is
 * "-". Writes at most cap bytes with the NUL; returns the bytes needed without it, as snprintf. */
size_t aln_translit_explain(const aln_model *model, const char *x, size_t x_len, const char *e, size_t e_len,
                            aln_translit_scratch *scratch, char *buf, size_t cap);

/* How sure each of n scores of candidates for one word is, between 0 and 1: softmax with a share for "none of these".
 * symbols is the word's number of symbols (aln_translit_symbols). Scores need no order. */
void aln_translit_confidence(const aln_model *model, const float *scores, size_t n, size_t symbols, float *confidence);

/* Symbols of a word on the model's other side (latin = 0) or its Latin side (latin = 1), for aln_translit_confidence().
 */
size_t aln_translit_symbols(const aln_model *model, const char *word, size_t len, int latin);

/* ---------------------------------------------------------------- readings */

typedef struct aln_reading {
    char text[ALN_TRANSLIT_WORD]; /* NUL-terminated */
    size_t len;
    float score; /* log probability of this reading, length-free part: only differences between readings of a word count
                  */
    float confidence; /* its share among all readings */
} aln_reading;

/* The best k different Latin spellings (a-z only) of a word of the model's script, best first. Returns their number. */
size_t aln_translit_readings(const aln_model *model, const char *x, size_t len, aln_translit_scratch *scratch,
                             aln_reading *out, size_t k);
/* The best k spellings of a Latin word in the model's script. 0 for models over the sounds of
 * characters (Chinese, Amharic). */
size_t aln_translit_spellings(const aln_model *model, const char *e, size_t len, aln_translit_scratch *scratch,
                              aln_reading *out, size_t k);

/* -------------------------------------------------------------- vocabulary */

/* A spelling found in a vocabulary. */
typedef struct aln_candidate {
    char text[ALN_TRANSLIT_WORD]; /* as it stands in the vocabulary; NUL-terminated */
    size_t len;
    float score;
    float confidence; /* by aln_translit_confidence() among all that were found, also those that did not fit into the
                         result */
} aln_candidate;

typedef struct aln_walk_options {
    aln_term_kind kind; /* of the vocabulary's terms that are walked */
    size_t max_steps; /* seek and next calls at most; 0 = 200000. When they are used up the best so far is the result */
    float min_confidence; /* candidates below are left out */
    float slack;          /* nats that a beginning may be behind its share; less is faster and misses more. 0 = 5 */
    float min_score;      /* likewise; 0 = no limit (scores are seldom above 0) */
} aln_walk_options;

/*
 * Looks for the spellings of a word in a sorted vocabulary, best first.
 * to_latin 1: the word is of the model's script and Latin words are looked for; 0: the word is Latin and words of the
 * model's script are looked for. Only the part of the vocabulary that may hold the script is visited. Returns 0 or the
 * vocabulary's own code; *count candidates, at most cap. *steps (may be NULL) is how many calls it took.
 */
int aln_translit_walk(const aln_model *model, int to_latin, const char *word, size_t len,
                      const aln_vocabulary *vocabulary, const aln_walk_options *options, aln_translit_scratch *scratch,
                      aln_candidate *out, size_t cap, size_t *count, size_t *steps);

#endif
