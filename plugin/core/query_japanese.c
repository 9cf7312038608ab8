/*
 * The names of Japanese firms, by how their characters are read: see japanese.h. A Latin word of a firm's name has the
 * key that such a record has of a word; a run of characters beside a Japanese legal form is looked for as the Latin
 * words that its readings are.
 *
 * SPDX-License-Identifier: MIT
 */
#include "japanese.h"
#include "query_evidence.h"
#include "query_plan.h"
#include <string.h>

#define WEIGHT_READING 0.5
/* Another firm's word reads so one time in some. */
#define READING_CONFIDENCE 0.05
/* Ways of cutting a run into words of two characters, of which one may have one or three. */
#define CUTS 4

int aln_plan_japanese_key(aln_planner *p, const aln_unit *unit, size_t offset, const char *field,
                          aln_node_list *alternatives)
{
    char key[1 + ALN_JAPANESE_MAX] = {ALN_KEY_JAPANESE};
    const aln_word *word = unit->word;
    size_t len =
        p->firm && word->script == ALN_SCRIPT_LATN ? aln_japanese_word(word->exact, word->exact_len, key + 1) : 0;
    if (len < 2)
        return 1;
    aln_term_origin o = {offset + unit->start, offset + unit->end, field, "Japanese", READING_CONFIDENCE, UINT32_MAX};
    const aln_query_node *term = aln_node_term(p->arena, ALN_TERM_KEY, key, len + 1, &o);
    return term && aln_list_add(p->arena, alternatives, aln_node_scale(p->arena, WEIGHT_READING, term));
}

/* The Latin words that characters, units first to last - 1, may be. NULL if there are none. */
static const aln_query_node *plan_word(aln_planner *p, const aln_window *window, size_t first, size_t last,
                                       size_t offset, const char *field)
{
    const aln_unit *u = window->units;
    aln_japanese_reading readings[ALN_JAPANESE_READINGS];
    const char *text = p->query + offset + u[first].start;
    size_t count = aln_japanese_readings(text, u[last - 1].end - u[first].start, readings);
    aln_node_list words = {NULL, 0, 0};
    aln_term_origin o = {
        offset + u[first].start, offset + u[last - 1].end, field, "Japanese", READING_CONFIDENCE, UINT32_MAX};
    for (size_t i = 0; i < count; i++)
        if (readings[i].len > 1 &&
            !aln_list_add_term(p->arena, &words, ALN_TERM_EXACT, readings[i].text, readings[i].len, &o))
            return aln_plan_fail(p, ALN_ENOMEM);
    return aln_node_group(p->arena, ALN_Q_SYNONYM, &words);
}

/* One way of cutting a run: words of two characters, but for one of `odd` characters at the head or at the end. Into
 * the list of words that must match; 0 if a word has no reading. */
static int plan_cut(aln_planner *p, const aln_window *window, size_t first, size_t last, size_t odd, int at_head,
                    size_t offset, const char *field, aln_node_list *words)
{
    for (size_t i = first, n; i < last; i += n) {
        n = (at_head ? i == first : i + odd == last) && odd ? odd : 2;
        if (n > last - i)
            return 0;
        const aln_query_node *word = plan_word(p, window, i, i + n, offset, field);
        if (!word)
            return 0;
        if (!aln_list_add(p->arena, words, word)) {
            aln_plan_fail(p, ALN_ENOMEM);
            return 0;
        }
    }
    return 1;
}

const aln_query_node *aln_plan_japanese_run(aln_planner *p, const aln_window *window, size_t first, size_t last,
                                            size_t offset, const char *field)
{
    static const struct cut {
        size_t odd;
        int at_head;
    } even[] = {{0, 0}}, uneven[] = {{3, 1}, {3, 0}, {1, 1}, {1, 0}};
    size_t count = last - first;
    const struct cut *cuts = count % 2 ? uneven : even;
    aln_node_list ways = {NULL, 0, 0};
    for (size_t i = 0; i < (count % 2 ? sizeof uneven / sizeof *uneven : 1); i++) {
        aln_node_list words = {NULL, 0, 0};
        if ((cuts[i].odd < count || i == 0 || (count == 1 && i == 2)) && cuts[i].odd <= count &&
            plan_cut(p, window, first, last, cuts[i].odd, cuts[i].at_head, offset, field, &words) &&
            !aln_list_add(p->arena, &ways, aln_node_group(p->arena, ALN_Q_AND, &words)))
            return aln_plan_fail(p, ALN_ENOMEM);
        if (p->code)
            return NULL;
    }
    return aln_node_scale(p->arena, WEIGHT_READING, aln_node_group(p->arena, ALN_Q_MAX, &ways));
}

const aln_query_node *aln_plan_japanese_firm(aln_planner *p, const aln_window *window, const uint8_t *optional,
                                             size_t offset, const char *field)
{
    aln_node_list parts = {NULL, 0, 0};
    size_t form;
    if (!aln_is_japanese_firm(window, &form))
        return NULL;
    for (size_t i = 0, end; i < window->unit_count; i = end) {
        const aln_unit *unit = &window->units[i];
        const aln_query_node *part;
        end = i + 1;
        if (optional[i] || (i >= form && i < form + 4))
            continue;
        if (unit->flags & ALN_UNIT_CHAR) {
            while (end < window->unit_count && !optional[end] && end != form && aln_unit_goes_on(&window->units[end]))
                end++;
            part =
                unit->word->script == ALN_SCRIPT_HANI ? aln_plan_japanese_run(p, window, i, end, offset, field) : NULL;
        } else {
            aln_term_origin o = {offset + unit->start, offset + unit->end, field, "exact", 1.0, UINT32_MAX};
            part = aln_node_term(p->arena, ALN_TERM_EXACT, unit->word->exact, unit->word->exact_len, &o);
        }
        if (!part)
            return NULL;
        if (!aln_list_add(p->arena, &parts, part))
            return aln_plan_fail(p, ALN_ENOMEM);
    }
    return aln_plan_together(p, &parts);
}
