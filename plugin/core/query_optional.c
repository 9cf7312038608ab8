/*
 * Which parts of a name need not match. "Pashinyan, Nikol Vladimirovich" is Nikol Pashinyan in every language that has
 * no patronymics; "V. Putin" is met as Vladimir Putin; "JSC Hydromash" is Gidromash, AO, elsewhere.
 *
 * They still count where they stand, so that the father's name tells namesakes apart.
 *
 * SPDX-License-Identifier: MIT
 */
#include "query_optional.h"
#include "utf8.h"
#include <string.h>

/* Letters before a patronymic's ending: Ilyich has two. */
#define LETTERS_BEFORE 2

static int is_word(const aln_unit *unit)
{
    return !(unit->flags & ALN_UNIT_CHAR);
}

static int has_ending(const aln_word *w, const aln_patronymic *p)
{
    return w->exact_len > p->len && memcmp(w->exact + w->exact_len - p->len, p->text, p->len) == 0 &&
           aln_utf8_count(w->exact, (size_t)w->exact_len - p->len) >= LETTERS_BEFORE;
}

/* 1 = a patronymic by its ending, 2 = a word that makes one of the word before, 0 = neither. */
static int patronymic(const aln_unit *unit)
{
    const aln_word *w = unit->word;
    for (unsigned i = 0; is_word(unit) && i < aln_patronymic_count; i++) {
        const aln_patronymic *p = &aln_patronymics[i];
        if (p->script != w->script)
            continue;
        if (p->word ? w->exact_len == p->len && memcmp(w->exact, p->text, p->len) == 0 : has_ending(w, p))
            return p->word ? 2 : 1;
    }
    return 0;
}

/* A letter of a script that has capitals, alone. */
static int is_initial(const aln_unit *unit)
{
    const aln_word *w = unit->word;
    return is_word(unit) && aln_script_has_case((aln_script)w->script) && (w->flags & ALN_FOLD_CAPITAL) &&
           aln_utf8_count(w->exact, w->exact_len) == 1;
}

/* Marks units first to last - 1 if more than `least` are left unmarked. */
static void mark(uint8_t *optional, size_t first, size_t last, size_t *left, size_t least)
{
    if (*left < last - first + least)
        return;
    memset(optional + first, 1, last - first);
    *left -= last - first;
}

void aln_mark_optional(const aln_window *window, uint8_t *optional)
{
    size_t count = window->unit_count, left = count;
    if (!count)
        return;
    memset(optional, 0, count);
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if ((f->flags & ALN_NAME_OPTIONAL) && !optional[f->first])
            mark(optional, f->first, f->first + f->span, &left, 1);
    }
    for (size_t i = 0; i < count; i++)
        if (!optional[i] && is_initial(&window->units[i]))
            mark(optional, i, i + 1, &left, 1);
    /* Behind the given name, or behind family and given name; a family name in -ovich stands behind the patronymic. */
    for (size_t i = 1; i < count; i++) {
        int kind = optional[i] ? 0 : patronymic(&window->units[i]);
        if (!kind || (kind == 2 && (i < 2 || optional[i - 1])))
            continue;
        mark(optional, kind == 2 ? i - 1 : i, i + 1, &left, 2);
        break;
    }
}
