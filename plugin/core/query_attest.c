/*
 * Stems are no spellings: rowling, of which the index keeps rowl, is no ראול, and kyle is the קיל that kyl looks like
 * without its e. What a walk through the stems has found is weighed anew here by the words that the index has.
 *
 * A stem that stands in the texts as a word keeps its score. Any other one gets that of the best word that begins with
 * it; where all of those are inflected, it keeps its own less what an ending costs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_plan.h"
#include <math.h>
#include <string.h>

/* Bytes that a word may have behind its stem, and words looked at for a stem. */
#define ENDING_MAX 6
#define WORDS_MAX 6
/* What a stem loses, in nats, that never stands alone. */
#define ENDING_COST 2.0F

typedef struct attestation {
    const aln_vocabulary *vocabulary;
    const aln_model *model;
    int ready;
    const char *word;
    size_t len;
    aln_translit_scratch *scratch;
    size_t *left;
} attestation;

static float score_of(attestation *a, const char *spelling, size_t len)
{
    if (!a->ready) {
        aln_translit_fix(a->model, 1, a->word, a->len, a->scratch);
        a->ready = 1;
    }
    return aln_translit_score_fixed(spelling, len, a->scratch);
}

/* Raises *best to the best score of the words that begin with a stem; *stands: the stem itself is one. 0 or the
 * vocabulary's code. */
static int best_word(attestation *a, const char *stem, size_t stem_len, float *best, int *stands)
{
    const aln_vocabulary *v = a->vocabulary;
    const char *term;
    size_t len;
    int code = v->seek(v->ctx, ALN_TERM_EXACT, stem, stem_len, &term, &len, NULL);
    *stands = !code && term && len == stem_len && !memcmp(term, stem, len);
    for (size_t i = 0; !code && term && i < WORDS_MAX && *a->left; i++) {
        --*a->left;
        if (len < stem_len || memcmp(term, stem, stem_len) != 0)
            break;
        if (len <= stem_len + ENDING_MAX && len < ALN_TRANSLIT_WORD) {
            float found = score_of(a, term, len);
            if (found > *best)
                *best = found;
        }
        code = v->next(v->ctx, &term, &len, NULL);
    }
    return code;
}

/* The score of a stem by the words that have it. 0 or the vocabulary's code. */
static int attest(attestation *a, const aln_candidate *stem, float *score)
{
    int stands = 0;
    *score = stem->score - ENDING_COST;
    int code = best_word(a, stem->text, stem->len, score, &stands);
    if (stands) {
        *score = stem->score;
    } else if (!code && stem->len > 1 && stem->text[stem->len - 1] == 'i') {
        /* English stems have i for a final y: dancy, danci */
        char word[ALN_TRANSLIT_WORD];
        memcpy(word, stem->text, stem->len);
        word[stem->len - 1] = 'y';
        code = best_word(a, word, stem->len, score, &stands);
    }
    return code;
}

static void sort(aln_candidate *found, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k && found[k - 1].score < found[k].score; k--) {
            aln_candidate t = found[k];
            found[k] = found[k - 1];
            found[k - 1] = t;
        }
}

int aln_query_attest(const aln_model *model, const char *word, size_t len, const aln_vocabulary *vocabulary,
                     aln_translit_scratch *scratch, size_t *left, aln_candidate *found, size_t count)
{
    attestation a = {vocabulary, model, 0, word, len, scratch, left};
    double sum = 1;
    int code = 0;
    for (size_t i = 0; i < count && !code; i++) {
        float score;
        code = attest(&a, &found[i], &score);
        double grown = exp((double)(score - found[i].score)), before = (double)found[i].confidence;
        found[i].score = score;
        found[i].confidence = (float)(before * grown);
        sum += before * (grown - 1);
    }
    for (size_t i = 0; i < count; i++)
        found[i].confidence = (float)((double)found[i].confidence / sum);
    sort(found, count);
    return code;
}
