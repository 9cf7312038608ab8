/*
 * Records in a query: a name that is only guessed to be meant is not to be found as a part of a longer one. Two wild
 * guesses for Eileen Bell are somewhere among the words of Ruth Ellen Brosseau, so the plan asks of a record how many
 * words it has.
 *
 * SPDX-License-Identifier: MIT
 */
#include "key.h"
#include "query_plan.h"
#include "record.h"
#include "same.h"
#include <string.h>

/* What words of two may be in doubt together, and each further one more (query_evidence.c), where the record is longer.
 * A run of characters is seldom the family name alone, and a word that it reads like is in every list. */
#define NAME_DOUBT 4
#define RUN_DOUBT 2

/* Whether a text is one run of characters that is no name of a body: a whole name, of which nothing says how many words
 * it has elsewhere. */
static int is_run(const char *text, const aln_window *window)
{
    for (size_t i = 0; i < window->found_count; i++)
        if (aln_is_generic_word(window->found[i].flags))
            return 0;
    return aln_record_words(text, window, 1) == 1 &&
           (window->units[0].word->script == ALN_SCRIPT_HANI || window->units[0].word->script == ALN_SCRIPT_HANG);
}

/* Whether a text is two Latin words, of which one may be a family name of China or Korea: the other is a given name in
 * one word or two (Chen Shuyi, Chen Shu Yi). */
static int may_be_three(const aln_window *window)
{
    const aln_unit *u = window->units;
    return window->unit_count == 2 && u[0].word->script == ALN_SCRIPT_LATN && u[1].word->script == ALN_SCRIPT_LATN &&
           (aln_is_family_name(u[0].word->exact, u[0].word->exact_len) ||
            aln_is_family_name(u[1].word->exact, u[1].word->exact_len));
}

/* Which numbers of words the index has records of, a bit each. 0 = failure, recorded. */
static int find_lengths(aln_planner *p, unsigned *lengths)
{
    const aln_vocabulary *v = p->options->vocabulary;
    char key[2] = {ALN_KEY_WORDS};
    const char *term;
    size_t len;
    uint32_t documents;
    *lengths = 0;
    for (unsigned n = ALN_KEY_WORDS_FIRST; n <= ALN_KEY_WORDS_LAST; n++) {
        key[1] = (char)('0' + n);
        int code = v->seek(v->ctx, ALN_TERM_KEY, key, sizeof key, &term, &len, &documents);
        if (code) {
            aln_plan_fail(p, code);
            return 0;
        }
        if (!term || !len || *term != ALN_KEY_WORDS)
            return 1;
        if (len == sizeof key && term[1] == key[1])
            *lengths |= 1u << n;
    }
    return 1;
}

/* What records of so many words have; NULL where the index has none, or on failure, which is recorded. */
static const aln_query_node *between(aln_planner *p, size_t words, size_t most, unsigned lengths)
{
    const aln_term_origin o = {0, 0, NULL, "words", 1.0, UINT32_MAX};
    aln_node_list keys = {NULL, 0, 0};
    char key[2] = {ALN_KEY_WORDS};
    for (size_t n = words; n <= most; n++) {
        key[1] = (char)('0' + n);
        if ((lengths >> n & 1) && !aln_list_add_term(p->arena, &keys, ALN_TERM_KEY, key, sizeof key, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    const aln_query_node *node = aln_node_group(p->arena, ALN_Q_OR, &keys);
    return node || !keys.count ? node : aln_plan_fail(p, ALN_ENOMEM);
}

int aln_plan_records(aln_planner *p, const char *text, const aln_window *window)
{
    const int run = is_run(text, window);
    const size_t words = run ? 1 : aln_record_words(text, window, 0);
    unsigned lengths;
    memset(&p->records, 0, sizeof p->records);
    p->records.longer_doubt = run ? RUN_DOUBT : NAME_DOUBT;
    if (!p->options->vocabulary || (p->options->flags & ALN_QUERY_TEXTS))
        return 1;
    if (!find_lengths(p, &lengths))
        return 0;
    p->records.several = between(p, ALN_KEY_WORDS_FIRST, ALN_KEY_WORDS_LAST, lengths);
    p->records.two = between(p, 2, 2, lengths);
    p->records.as_long = between(p, words, ALN_KEY_WORDS_LAST, lengths);
    p->records.longer = between(p, words + 1 + (size_t)may_be_three(window), ALN_KEY_WORDS_LAST, lengths);
    return !p->code;
}
