/*
 * Which parts of a name need not match. "Pashinyan, Nikol Vladimirovich" is Nikol Pashinyan in every language that has
 * no patronymics; "V. Putin" is met as Vladimir Putin; "JSC Hydromash" is Gidromash, AO, elsewhere; "Paris, Texas" is
 * Paris in a Texan paper.
 *
 * They still count where they stand, so that the father's name tells namesakes apart.
 *
 * SPDX-License-Identifier: MIT
 */
#include "optional.h"
#include "han.h"
#include "lexicon.h"
#include "patronymic.h"
#include "same.h"
#include "utf8.h"
#include <string.h>

static int is_word(const aln_unit *unit)
{
    return !(unit->flags & ALN_UNIT_CHAR);
}

/* 1 = a patronymic by its ending, 2 = a word that makes one of the word before, 0 = neither. */
static int patronymic(const aln_unit *unit)
{
    const aln_word *w = unit->word;
    if (!is_word(unit))
        return 0;
    return aln_is_patronymic((aln_script)w->script, w->exact, w->exact_len)      ? 1
           : aln_makes_patronymic((aln_script)w->script, w->exact, w->exact_len) ? 2
                                                                                 : 0;
}

int aln_is_initial(const aln_unit *unit)
{
    const aln_word *w = unit->word;
    return is_word(unit) && aln_script_has_case((aln_script)w->script) && (w->flags & ALN_FOLD_CAPITAL) &&
           aln_utf8_count(w->exact, w->exact_len) == 1;
}

static int compare_words(const char *word, const char *text, size_t len)
{
    int order = strncmp(word, text, len);
    return order ? order : word[len] != 0;
}

static int is_among(const aln_optional_words *words, const char *text, size_t len)
{
    unsigned lo = 0, hi = words->count;
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        int order = compare_words(words->words[mid], text, len);
        if (!order)
            return 1;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

/* Whether a unit is one of these words, in Latin letters with a capital. */
static int is_marked(const aln_unit *unit, const aln_optional_words *words)
{
    const aln_word *w = unit->word;
    return is_word(unit) && w->script == ALN_SCRIPT_LATN && (w->flags & ALN_FOLD_CAPITAL) &&
           is_among(words, w->exact, w->exact_len);
}

/* A number of a family's generations, or what stands for it: Azar II, Downey Jr. */
static int is_generation(const aln_unit *unit)
{
    return is_marked(unit, &aln_words_behind);
}

/* What stands before a person's name and is none of it: Colonel Baudoin Ngaruye, Haji Abdul Satar. */
static int is_honorific(const aln_unit *unit, int behind_another)
{
    return is_marked(unit, &aln_words_before) || (behind_another && is_marked(unit, &aln_words_second));
}

/* Whether a unit belongs to a known name of this many units or more. */
static int is_known(const aln_window *window, size_t unit, uint32_t least)
{
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].span >= least && unit >= window->found[i].first &&
            unit - window->found[i].first < window->found[i].span)
            return 1;
    return 0;
}

/* Whether a word is a family name of China in one of its spellings. */
static int is_chinese_family(const aln_word *word)
{
    size_t count, first = aln_same_find(word->exact, word->exact_len, &count);
    for (size_t i = first; i < first + count; i++) {
        unsigned row = aln_same_forms[i].row;
        for (unsigned m = aln_same_rows[row]; row >= aln_same_first_family && m < aln_same_rows[row + 1u]; m++) {
            const char *text;
            (void)aln_same_member(m, &text);
            if ((unsigned char)text[0] >= 0xE4 && (unsigned char)text[0] < 0xEA) /* of UTF-8: Han from U+4E00 */
                return 1;
        }
    }
    return 0;
}

/* Whether a text is a name of China behind a given name of another language: Miles Yu Maochun, Robert Hsing-cheng Tsao.
 * The family name stands before or behind the given one of two syllables, which tells that the text is such a name. */
static int has_given_before(const aln_window *window)
{
    size_t count = window->unit_count;
    const aln_unit *u = window->units;
    if (count < 3 || count > 4)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (!is_word(&u[i]) || u[i].word->script != ALN_SCRIPT_LATN || !(u[i].word->flags & ALN_FOLD_CAPITAL))
            if (count == 3 || !(u[i].flags & ALN_UNIT_HYPHEN)) /* Hsing-cheng */
                return 0;
    if ((u[1].flags & ALN_UNIT_HYPHEN) || is_chinese_family(u[0].word) ||
        aln_is_pinyin(u[0].word->exact, u[0].word->exact_len, 1))
        return 0;
    if (count == 4)
        return ((u[3].flags & ALN_UNIT_HYPHEN) && is_chinese_family(u[1].word)) ||
               ((u[2].flags & ALN_UNIT_HYPHEN) && !(u[3].flags & ALN_UNIT_HYPHEN) && is_chinese_family(u[3].word));
    return !(u[2].flags & ALN_UNIT_HYPHEN) &&
           ((is_chinese_family(u[1].word) && aln_is_pinyin(u[2].word->exact, u[2].word->exact_len, 2)) ||
            (is_chinese_family(u[2].word) && aln_is_pinyin(u[1].word->exact, u[1].word->exact_len, 2)));
}

/* Marks units first to last - 1 if more than `least` are left unmarked. */
static void mark(uint8_t *optional, size_t first, size_t last, size_t *left, size_t least, int as)
{
    if (*left < last - first + least)
        return;
    memset(optional + first, as, last - first);
    *left -= last - first;
}

/* The Arabic article as BGN/PCGN 1956 writes it before a sun letter, by the sound of which it ends: As Sūdān, Ash
 * Sharq. In Arabic letters it is joined to the word. An alone is a Chinese family name as well. */
static int is_sun_article(const aln_unit *unit, const aln_unit *next)
{
    const aln_word *w = unit->word, *n = next->word;
    return is_word(unit) && is_word(next) && w->script == ALN_SCRIPT_LATN && n->script == ALN_SCRIPT_LATN &&
           w->exact_len > 1 && w->exact_len <= 4 && w->exact[0] == 'a' && w->exact[1] != 'l' &&
           n->exact_len > w->exact_len && memcmp(w->exact + 1, n->exact, w->exact_len - 1) == 0 &&
           !(w->exact_len == 2 && w->exact[1] == 'n' && !(next->flags & ALN_UNIT_HYPHEN)) &&
           !strchr("aeiou", w->exact[1]) && aln_utf8_count(w->exact, w->exact_len) <= 3;
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
            mark(optional, f->first, f->first + f->span, &left, 1, ALN_OPTIONAL);
    }
    for (size_t i = 0; i < count; i++)
        if (!optional[i] && aln_is_initial(&window->units[i]))
            mark(optional, i, i + 1, &left, 1, ALN_OPTIONAL);
    for (size_t i = 0; i + 1 < count; i++)
        if (!optional[i] && is_sun_article(&window->units[i], &window->units[i + 1]))
            mark(optional, i, i + 1, &left, 1, ALN_OPTIONAL);
    if (is_generation(&window->units[count - 1]) && !optional[count - 1] && !is_known(window, count - 1, 1))
        mark(optional, count - 1, count, &left, 2, ALN_OPTIONAL);
    for (size_t i = 0; i < count && !optional[i] && is_honorific(&window->units[i], i > 0); i++)
        if (!is_known(window, i, 2))
            mark(optional, i, i + 1, &left, 2, ALN_OPTIONAL);
    if (has_given_before(window) && !optional[0] && !is_known(window, 0, 2))
        mark(optional, 0, 1, &left, 2, ALN_OPTIONAL);
    /* Behind the given name, or behind family and given name; a family name in -ovich stands behind the patronymic. */
    for (size_t i = 1; i < count; i++) {
        int kind = optional[i] ? 0 : patronymic(&window->units[i]);
        if (!kind || (kind == 2 && (i < 2 || optional[i - 1])))
            continue;
        mark(optional, kind == 2 ? i - 1 : i, i + 1, &left, 2, ALN_FATHERS);
        break;
    }
}

/* ------------------------------------------------------------- countries of firms */

/* Whether a known name is a country in a run of Han, at one end of which it stands or before a legal form. */
static int is_country_at(const aln_lexicon *lexicon, const aln_window *window, const aln_found *f)
{
    const aln_unit *u = &window->units[f->first];
    return (u->flags & ALN_UNIT_CHAR) && u->word->script == ALN_SCRIPT_HANI && !(f->flags & ALN_FOUND_INNER) &&
           strcmp(aln_entity_kind(lexicon, f->entity), "country") == 0;
}

/* Whether a unit belongs to the name of a known body. */
static int is_body_at(const aln_lexicon *lexicon, const aln_window *window, size_t unit)
{
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if (unit >= f->first && unit - f->first < f->span &&
            strcmp(aln_entity_kind(lexicon, f->entity), "organisation") == 0)
            return 1;
    }
    return 0;
}

void aln_mark_country(const aln_lexicon *lexicon, const aln_window *window, uint8_t *optional)
{
    size_t own = 0, forms = 0; /* characters; a word is more than one */
    for (size_t i = 0; i < window->unit_count; i++) {
        if (!optional[i] && (!is_known(window, i, 1) || is_body_at(lexicon, window, i)))
            own += is_word(&window->units[i]) ? 2 : 1;
        forms += optional[i];
    }
    if (!forms || own < 2)
        return;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        size_t end = f->first + f->span;
        if (is_country_at(lexicon, window, f) && (f->first == 0 || (end < window->unit_count && optional[end])))
            memset(optional + f->first, 1, f->span);
    }
}

/* ------------------------------------------------------ administrative divisions */

/* Whether a word, or the neighbours in a run of characters, units first to last - 1, are a word for a division. */
static int is_division_at(const aln_window *window, const char *text, size_t first, size_t last)
{
    const aln_unit *u = &window->units[first];
    return last - first == 1 && is_word(u)
               ? is_among(&aln_words_division, u->word->exact, u->word->exact_len)
               : is_among(&aln_words_division, text + u->start, window->units[last - 1].end - u->start);
}

/* Whether a unit may begin what ends a name: a word may; a character of a run behind another script (アーントーン県),
 * or behind two others of its own (明古魯省). */
static int may_follow_name(const aln_window *window, size_t at)
{
    const aln_unit *u = &window->units[at];
    return at && (!aln_unit_goes_on(u) || u[-1].word->script != u->word->script || aln_unit_goes_on(u - 1));
}

/* Whether what is left beside the marked units may be a name: where a script has capitals, with one. */
static int may_be_name(const aln_window *window, const uint8_t *optional, size_t first, size_t last)
{
    for (size_t i = 0; i < window->unit_count; i++) {
        const aln_word *w = window->units[i].word;
        if (optional[i] || (i >= first && i < last) || (w->flags & ALN_FOLD_DIGIT))
            continue;
        if (!aln_script_has_case((aln_script)w->script) || (w->flags & ALN_FOLD_CAPITAL))
            return 1;
    }
    return 0;
}

void aln_mark_division(const aln_window *window, const char *text, uint8_t *optional)
{
    size_t count = window->unit_count, from = 0, to = 0;
    if (count < 2 || window->found_count)
        return;
    /* 地区 before 区 */
    if (aln_unit_goes_on(&window->units[count - 1]) && may_follow_name(window, count - 2) &&
        is_division_at(window, text, count - 2, count)) {
        from = count - 2;
        to = count;
    } else if (may_follow_name(window, count - 1) && is_division_at(window, text, count - 1, count)) {
        from = count - 1;
        to = count;
    } else if (!aln_unit_goes_on(&window->units[1]) && is_division_at(window, text, 0, 1)) {
        to = 1;
    }
    if (to && !optional[from] && may_be_name(window, optional, from, to))
        memset(optional + from, 1, to - from);
}

/* ---------------------------------------------------------------- qualifiers */

int aln_opens_bracket(const char *text, size_t from, size_t to)
{
    const unsigned char *s = (const unsigned char *)text + from, *end = (const unsigned char *)text + to;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == '(' || cp == '[' || cp == 0xFF08) /* FULLWIDTH LEFT PARENTHESIS */
            return 1;
    }
    return 0;
}

/* What begins between two words. */
typedef enum opening { OPENS_NOTHING, OPENS_BRACKET, OPENS_COMMA, OPENS_ARABIC_COMMA } opening;

static opening opens(const char *text, size_t from, size_t to)
{
    const unsigned char *s = (const unsigned char *)text + from, *end = (const unsigned char *)text + to;
    opening what = OPENS_NOTHING;
    if (aln_opens_bracket(text, from, to))
        return OPENS_BRACKET;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == 0x60C || cp == 0x66C) /* ARABIC COMMA, ARABIC THOUSANDS SEPARATOR as some type it */
            what = OPENS_ARABIC_COMMA;
        else if (cp == ',' || cp == 0x3001 || cp == 0xFF0C) /* IDEOGRAPHIC COMMA, FULLWIDTH COMMA */
            what = OPENS_COMMA;
    }
    return what;
}

/* Whether units first to last - 1 are names of countries and regions, or, if `towns`, of towns. */
static int all_places(const aln_lexicon *lexicon, const aln_window *window, size_t first, size_t last, int towns)
{
    for (size_t i = 0; i < window->found_count && first < last; i++) {
        const aln_found *f = &window->found[i];
        const char *kind = aln_entity_kind(lexicon, f->entity);
        if (f->first == first && f->first + f->span <= last &&
            (strcmp(kind, "country") == 0 || strcmp(kind, "region") == 0 || (towns && strcmp(kind, "city") == 0)))
            first += f->span;
    }
    return first >= last;
}

void aln_mark_qualifier(const aln_lexicon *lexicon, const aln_window *window, const char *text, uint8_t *optional)
{
    size_t count = window->unit_count, i = 1;
    opening what = OPENS_NOTHING;
    while (i < count && (what = opens(text, window->units[i - 1].end, window->units[i].start)) == OPENS_NOTHING)
        i++;
    if (i >= count)
        return;
    /* "Smith, Chelsea" and "Martinez, Mel" are persons: there must be a country or a region, and no given name (Доминик
     * is also Dominica's genitive). Persian and Arabic put no family name first, and many of their provinces go by the
     * name of the town alone (فوکویاما، هیروشیما). A title behind a comma begins another name of the same person: Des
     * Browne, Baron Browne of Ladyton. */
    if (what == OPENS_BRACKET || optional[i] ||
        (!aln_is_given_name(window->units[i].word->exact, window->units[i].word->exact_len) &&
         all_places(lexicon, window, i, count, what == OPENS_ARABIC_COMMA))) {
        size_t left = i;
        for (size_t k = 0; k < i; k++)
            left -= optional[k];
        if (left)
            memset(optional + i, 1, count - i);
    }
}

/* Quotation marks between two words: 1 = one that opens, -1 = one that closes, as far as they tell; 0 = none. */
static int quotation(const char *text, size_t from, size_t to)
{
    const unsigned char *s = (const unsigned char *)text + from, *end = (const unsigned char *)text + to;
    int what = 0;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (cp == 0xAB || cp == 0x2018 || cp == 0x201C || cp == 0x201E || cp == 0x300C || cp == 0x300E)
            what = 1;
        else if ((cp == 0xBB || cp == 0x2019 || cp == 0x201D || cp == 0x300D || cp == 0x300F) && !what)
            what = -1;
    }
    return what;
}

void aln_mark_outside_quotes(const aln_window *window, const char *text, size_t len, uint8_t *optional)
{
    size_t count = window->unit_count, first = 0, wanted = 0;
    int open = 0;
    for (size_t i = 1; i < count; i++) {
        int what = quotation(text, window->units[i - 1].end, window->units[i].start);
        if (what > 0)
            first = i;
        if (what)
            open = what > 0;
    }
    /* what is quoted in the middle is a nickname, and a mark that nothing closes is an ayn */
    if (!first || !open || quotation(text, window->units[count - 1].end, len) != -1)
        return;
    for (size_t i = first; i < count; i++)
        wanted += !optional[i];
    if (wanted)
        memset(optional, 1, first);
}
