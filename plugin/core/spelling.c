/*
 * Why a learned model takes two words for one name, for people: the record that a plan keeps with each term that a
 * model made, its segmentation, and the readings of a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_plan.h"
#include "utf8.h"
#include <string.h>

#define READINGS_MAX 16

aln_translit_scratch *aln_analyzer_scratch(aln_analyzer *analyzer)
{
    if (!analyzer->scratch) {
        analyzer->scratch = aln_mem_new(&analyzer->alloc, aln_translit_scratch_size());
        if (analyzer->scratch)
            aln_translit_scratch_init(analyzer->scratch);
    }
    return analyzer->scratch;
}

static aln_spelling *new_spelling(aln_planner *p, const aln_model *model, const char *other, size_t other_len,
                                  const char *latin, size_t latin_len)
{
    aln_spelling *s = aln_arena_new(p->arena, sizeof *s);
    if (!s)
        return NULL;
    memset(s, 0, sizeof *s);
    s->model = aln_model_name(model);
    s->other = aln_arena_text(p->arena, other, other_len);
    s->latin = aln_arena_text(p->arena, latin, latin_len);
    return s->other && s->latin ? s : NULL;
}

const aln_spelling *aln_plan_found(aln_planner *p, const aln_model *model, int to_latin, const char *word, size_t len,
                                   const aln_candidate *found, double threshold, const aln_spelling *pivot)
{
    aln_spelling *s = to_latin ? new_spelling(p, model, word, len, found->text, found->len)
                               : new_spelling(p, model, found->text, found->len, word, len);
    if (!s)
        return NULL;
    s->score = (double)found->score;
    s->confidence = (double)found->confidence;
    s->threshold = threshold;
    s->pivot = pivot;
    return s;
}

const aln_spelling *aln_plan_read(aln_planner *p, const aln_model *model, const char *word, size_t len,
                                  const aln_reading *reading)
{
    aln_spelling *s = new_spelling(p, model, word, len, reading->text, reading->len);
    if (!s)
        return NULL;
    s->score =
        (double)aln_translit_score(model, word, len, reading->text, reading->len, aln_analyzer_scratch(p->analyzer));
    s->confidence = (double)reading->confidence;
    return s;
}

/* The script of a word's first letter. */
static aln_script script_of(const char *word, size_t len)
{
    const unsigned char *at = (const unsigned char *)word, *end = at + len;
    while (at < end) {
        uint32_t cp;
        at += aln_utf8_next(at, end, &cp);
        aln_script script = aln_script_of(cp);
        if (script != ALN_SCRIPT_ZYYY)
            return script;
    }
    return ALN_SCRIPT_ZYYY;
}

/* The model of a name; of several scripts that share its table, that of the word's. */
static const aln_model *model_named(const char *name, aln_script script)
{
    const aln_model *model, *named = NULL;
    for (size_t i = 0; (model = aln_model_at(i)) != NULL; i++)
        if (strcmp(aln_model_name(model), name) == 0 && (!named || aln_model_script(model) == script))
            named = model;
    return named;
}

size_t aln_spelling_segments(aln_analyzer *analyzer, const aln_spelling *spelling, char *buf, size_t cap)
{
    size_t len = strlen(spelling->other);
    aln_translit_scratch *scratch = aln_analyzer_scratch(analyzer);
    const aln_model *model = model_named(spelling->model, script_of(spelling->other, len));
    if (cap)
        buf[0] = 0;
    return scratch && model ? aln_translit_explain(model, spelling->other, len, spelling->latin,
                                                   strlen(spelling->latin), scratch, buf, cap)
                            : 0;
}

int aln_latin_readings(aln_analyzer *analyzer, const char *language, const char *word, size_t len, uint32_t count,
                       aln_reading_fn fn, void *ctx)
{
    char folded[ALN_WORD_BYTES];
    aln_reading readings[READINGS_MAX];
    size_t n = aln_fold(word, len, folded, sizeof folded);
    const aln_model *model = aln_model_find(script_of(folded, n), language);
    if (!model)
        return ALN_OK;
    aln_translit_scratch *scratch = aln_analyzer_scratch(analyzer);
    if (!scratch)
        return ALN_ENOMEM;
    n = aln_translit_readings(model, folded, n, scratch, readings, count < READINGS_MAX ? count : READINGS_MAX);
    for (size_t i = 0; i < n; i++) {
        aln_latin_reading r = {readings[i].text, readings[i].len, aln_model_name(model),
                               (double)readings[i].confidence};
        int code = fn(ctx, &r);
        if (code)
            return code == ALN_STOP ? ALN_OK : code;
    }
    return ALN_OK;
}
