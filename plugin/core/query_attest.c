/*
 * Stems are no spellings: rowling, of which the index keeps rowl, is no ראול, and kyle is the קיל that kyl looks like
 * without its e. What a walk through the stems has found is weighed anew here by the words that the index has.
 *
 * A stem that stands in the texts as a word keeps its score. Any other one gets that of the best word that begins with
 * it; where all of those are inflected, it keeps its own less what an ending costs. A word that was found as a stem
 * itself, as names are that their language does not inflect, speaks for itself alone: lancry is no reason to take lanc,
 * which is the stem of lance.
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
/* The score of a stem that has no words but those that were found themselves. */
#define NOTHING (-1000.0F)

typedef struct attestation {
    const aln_vocabulary *vocabulary;
    const aln_model *model;
    int ready;
    const char *word;
    size_t len;
    aln_translit_scratch *scratch;
    size_t *left;
    const aln_candidate *found;
    size_t count;
} attestation;

/* The words that begin with a stem. */
typedef struct stem_words {
    int stands; /* the stem itself is one */
    int found;  /* one was found as a stem itself */
    int others; /* one was not, or may be behind those looked at */
    float best; /* the best score of those that were not */
} stem_words;

/* Whether a word was found as a stem itself. */
static int was_found(const attestation *a, const char *word, size_t len)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->found[i].len == len && !memcmp(a->found[i].text, word, len))
            return 1;
    return 0;
}

static float score_of(attestation *a, const char *spelling, size_t len)
{
    if (!a->ready) {
        aln_translit_fix(a->model, 1, a->word, a->len, a->scratch);
        a->ready = 1;
    }
    return aln_translit_score_fixed(spelling, len, a->scratch);
}

/* Looks at the words that begin with a stem; enough: where it stands itself, the others do not count. 0 or the
 * vocabulary's code. */
static int look_at_words(attestation *a, const char *stem, size_t stem_len, int enough, stem_words *words)
{
    const aln_vocabulary *v = a->vocabulary;
    const char *term;
    size_t len;
    int code = v->seek(v->ctx, ALN_TERM_EXACT, stem, stem_len, &term, &len, NULL);
    words->stands = !code && term && len == stem_len && !memcmp(term, stem, len);
    if (words->stands && enough) {
        *a->left -= *a->left > 0;
        return 0;
    }
    for (size_t i = 0; !code && term; i++) {
        if (i == WORDS_MAX || !*a->left) {
            words->others = 1;
            break;
        }
        --*a->left;
        if (len < stem_len || memcmp(term, stem, stem_len) != 0)
            break;
        if (was_found(a, term, len)) {
            words->found = 1;
        } else if (len <= stem_len + ENDING_MAX && len < ALN_TRANSLIT_WORD) {
            float score = score_of(a, term, len);
            words->best = score > words->best ? score : words->best;
            words->others = 1;
        }
        code = v->next(v->ctx, &term, &len, NULL);
    }
    return code;
}

/* The score of a stem by the words that have it. 0 or the vocabulary's code. */
static int attest(attestation *a, const aln_candidate *stem, float *score)
{
    stem_words words = {0, 0, 0, stem->score - ENDING_COST};
    int code = look_at_words(a, stem->text, stem->len, 1, &words);
    if (!code && !words.stands && stem->len > 1 && stem->text[stem->len - 1] == 'i') {
        /* English stems have i for a final y: dancy, danci */
        char word[ALN_TRANSLIT_WORD];
        memcpy(word, stem->text, stem->len);
        word[stem->len - 1] = 'y';
        code = look_at_words(a, word, stem->len, 0, &words);
        words.stands = 0;
    }
    *score = words.stands ? stem->score : words.found && !words.others ? NOTHING : words.best;
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

/* Cursors of an engine go forward: to seek a word behind the last one is half the work. */
static void sort_by_text(const aln_candidate *found, size_t count, uint8_t *order)
{
    for (size_t i = 0; i < count; i++) {
        size_t k = i;
        for (; k && strcmp(found[order[k - 1]].text, found[i].text) > 0; k--)
            order[k] = order[k - 1];
        order[k] = (uint8_t)i;
    }
}

int aln_query_attest(const aln_model *model, const char *word, size_t len, const aln_vocabulary *vocabulary,
                     aln_translit_scratch *scratch, size_t *left, aln_candidate *found, size_t count)
{
    attestation a = {vocabulary, model, 0, word, len, scratch, left, found, count};
    uint8_t order[ALN_STEMS_MAX];
    double sum = 1;
    int code = 0;
    sort_by_text(found, count, order);
    for (size_t i = 0; i < count && !code; i++) {
        aln_candidate *c = &found[order[i]];
        float score;
        code = attest(&a, c, &score);
        double grown = exp((double)(score - c->score)), before = (double)c->confidence;
        c->score = score;
        c->confidence = (float)(before * grown);
        sum += before * (grown - 1);
    }
    for (size_t i = 0; i < count; i++)
        found[i].confidence = (float)((double)found[i].confidence / sum);
    sort(found, count);
    return code;
}
