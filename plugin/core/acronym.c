/*
 * First letters of the names of bodies. See acronym.h.
 *
 * A word gives its first letter, an acronym among the words all of its own (АО НИИ СВТ). Russian compounds may give
 * that of their second part as well: Кизлярский электромеханический завод is КЭМЗ. A legal form gives none, but what
 * is written out behind the name may (Военно-Промышленная Компания is ВПК). A name in Latin letters may be a
 * translation of a Russian one, so generic words give those of their Russian names, too.
 *
 * SPDX-License-Identifier: MIT
 */
#include "acronym.h"
#include "lexicon.h"
#include "utf8.h"
#include <string.h>

#define LETTERS_MAX 24
#define WRITTEN_OUT 5 /* letters of a legal form that is no abbreviation, at least */

/* How letters are read. */
enum { RUSSIAN = 1, COMPOUNDS = 2, FORMS = 4, WAYS = 8 };

typedef struct letters {
    char text[LETTERS_MAX];
    uint8_t first[LETTERS_MAX], last[LETTERS_MAX]; /* the units that a letter is of */
    uint8_t written[LETTERS_MAX];                  /* whether it is one of an acronym */
    size_t count;
} letters;

/* One letter for both alphabets: а to я. */
static const char cyrillic[] = "abvgdejziyklmnoprstufhcqww?y?eyy";
/* Ukrainian and Belarusian letters. */
static const uint32_t others[][2] = {{0x451, 'e'}, {0x454, 'e'}, {0x456, 'i'},
                                     {0x457, 'i'}, {0x45E, 'u'}, {0x491, 'g'}};
/* How Latin letters have them at the head of a word. */
static const char *const digraphs[][2] = {{"shch", "w"}, {"sch", "w"}, {"sh", "w"}, {"zh", "j"}, {"ch", "q"},
                                          {"kh", "h"},   {"ts", "c"},  {"ya", "y"}, {"yu", "y"}, {"ye", "e"}};
/* First parts of compounds. */
static const char *const combining[] = {"электро", "радио", "авиа",  "авто",   "гидро", "приборо", "машино",  "судо",
                                        "мото",    "метео", "тепло", "энерго", "микро", "хим",     "био",     "гео",
                                        "elektro", "radio", "avia",  "avto",   "gidro", "priboro", "mashino", "sudo",
                                        "moto",    "meteo", "teplo", "energo", "mikro", "bio",     "geo",     NULL};

/* The letter at the head of a text, of which it takes *taken bytes; 0 = none. */
static char letter_at(const char *text, size_t len, int russian, size_t *taken)
{
    uint32_t cp;
    *taken = len ? (size_t)aln_utf8_next((const unsigned char *)text, (const unsigned char *)text + len, &cp) : 0;
    if (!len)
        return 0;
    if (cp >= 'a' && cp <= 'z') {
        for (size_t i = 0; russian && i < sizeof digraphs / sizeof *digraphs; i++) {
            size_t n = strlen(digraphs[i][0]);
            if (n <= len && memcmp(text, digraphs[i][0], n) == 0) {
                *taken = n;
                return *digraphs[i][1];
            }
        }
        return (char)cp;
    }
    if (cp >= 0x430 && cp < 0x450 && cyrillic[cp - 0x430] != '?')
        return cyrillic[cp - 0x430];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i][0] == cp)
            return (char)others[i][1];
    return 0;
}

static void add(letters *l, char letter, int written, size_t first, size_t last)
{
    if (!letter || l->count == LETTERS_MAX)
        return;
    l->text[l->count] = letter;
    l->written[l->count] = (uint8_t)written;
    l->first[l->count] = (uint8_t)first;
    l->last[l->count++] = (uint8_t)last;
}

/* The letters of one word: its first, and its second part's. */
static void add_word(letters *l, const char *text, size_t len, int way, size_t first, size_t last)
{
    size_t taken;
    add(l, letter_at(text, len, way & RUSSIAN, &taken), 0, first, last);
    for (const char *const *c = combining; (way & COMPOUNDS) && *c; c++) {
        size_t n = strlen(*c);
        if (len > n + 3 && memcmp(text, *c, n) == 0) {
            add(l, letter_at(text + n, len - n, way & RUSSIAN, &taken), 0, first, last);
            return;
        }
    }
}

static void add_acronym(letters *l, const char *text, size_t len, int russian, size_t unit)
{
    for (size_t i = 0, taken; i < len; i += taken)
        add(l, letter_at(text + i, len - i, russian, &taken), 1, unit, unit + 1);
}

int aln_is_acronym(const aln_word *word)
{
    size_t count = aln_utf8_count(word->exact, word->exact_len);
    return (word->flags & ALN_FOLD_ALL_CAPITALS) && !(word->flags & ALN_FOLD_DIGIT) &&
           aln_script_has_case((aln_script)word->script) && count >= 2 && count <= 5;
}

/* The Russian name of a generic word; NULL if it has none. */
static const char *russian_name(const aln_lexicon *lexicon, uint32_t entity)
{
    aln_entity_name name;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++)
        if (strcmp(name.language, "ru") == 0 && !(name.flags & ALN_NAME_ABBREVIATION))
            return name.text;
    return NULL;
}

/* Adds the letters of all words of a generic one's Russian name. */
static void add_russian(letters *l, const char *name, int way, size_t first, size_t last)
{
    while (*name) {
        size_t n = strcspn(name, " -");
        add_word(l, name, n, way, first, last);
        name += n + (name[n] != 0);
    }
}

static const aln_found *generic_at(const aln_window *window, size_t unit)
{
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].first == unit && aln_is_generic_word(window->found[i].flags))
            return &window->found[i];
    return NULL;
}

/* A small word that joins others, which acronyms leave out. */
static int is_left_out(const aln_unit *unit)
{
    return !(unit->word->flags & (ALN_FOLD_CAPITAL | ALN_FOLD_ALL_CAPITALS)) &&
           aln_utf8_count(unit->word->exact, unit->word->exact_len) <= 3;
}

/* Whether a unit belongs to a legal form that is no abbreviation: Company, and neither JSC nor Ltd. */
static int is_written_out(const aln_window *window, size_t unit)
{
    const aln_word *w = window->units[unit].word;
    if (aln_is_acronym(w) || aln_utf8_count(w->exact, w->exact_len) < WRITTEN_OUT)
        return 0;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        if ((f->flags & ALN_NAME_OPTIONAL) && unit >= f->first && unit < f->first + f->span)
            return 1;
    }
    return 0;
}

/* Whether a body is named after somebody from here on. */
static int is_after(const aln_lexicon *lexicon, const aln_window *window, size_t unit)
{
    const aln_word *w = window->units[unit].word;
    for (size_t i = 0; i < window->found_count; i++)
        if (window->found[i].first == unit &&
            strcmp(aln_entity_id(lexicon, window->found[i].entity), "w-named-after") == 0)
            return 1;
    return w->exact_len == 4 && memcmp(w->exact, "им", 4) == 0;
}

/* The letters of a window, read in one way. 0 = it has words of other scripts, or none that may be written so. */
static int read_letters(const aln_lexicon *lexicon, const aln_window *window, const uint8_t *optional, int way,
                        letters *l)
{
    l->count = 0;
    for (size_t i = 0, end; i < window->unit_count; i = end) {
        const aln_unit *unit = &window->units[i];
        const aln_word *word = unit->word;
        const aln_found *generic = generic_at(window, i);
        const char *russian;
        end = i + 1;
        if (optional[i] && !((way & FORMS) && l->count && is_written_out(window, i)))
            continue;
        if (word->script != ALN_SCRIPT_LATN && word->script != ALN_SCRIPT_CYRL)
            return 0;
        if (is_after(lexicon, window, i))
            break;
        if (aln_is_acronym(word)) {
            add_acronym(l, word->exact, word->exact_len, way & RUSSIAN, i);
        } else if ((way & RUSSIAN) && generic && word->script == ALN_SCRIPT_LATN &&
                   (russian = russian_name(lexicon, generic->entity)) != NULL) {
            end = i + generic->span;
            add_russian(l, russian, way, i, end);
        } else if (!is_left_out(unit)) {
            add_word(l, word->exact, word->exact_len, way, i, i + 1);
        }
    }
    return l->count >= ALN_ACRONYM_PART_LEAST;
}

static size_t keep(aln_acronym *out, size_t count, const letters *l, size_t from, size_t to, int whole)
{
    aln_acronym a;
    int written = 1;
    for (size_t i = from; i < to; i++)
        written &= l->written[i];
    a.key[0] = whole ? (written ? ALN_KEY_ACRONYM : ALN_KEY_INITIALS)
                     : (written ? ALN_KEY_ACRONYM_PART : ALN_KEY_INITIALS_PART);
    memcpy(a.key + 1, l->text + from, to - from);
    a.len = (uint8_t)(to - from + 1);
    a.first = l->first[from];
    a.last = l->last[to - 1];
    for (size_t i = 0; i < count; i++)
        if (out[i].len == a.len && memcmp(out[i].key, a.key, a.len) == 0 && out[i].first == a.first)
            return count;
    if (count < ALN_ACRONYMS)
        out[count++] = a;
    return count;
}

/* Whether a window may be the name of a body, by an acronym, a generic word or a legal form. */
static int may_be_body(const aln_window *window)
{
    for (size_t i = 0; i < window->unit_count; i++)
        if (aln_is_acronym(window->units[i].word))
            return 1;
    for (size_t i = 0; i < window->found_count; i++)
        if (aln_is_generic_word(window->found[i].flags) || (window->found[i].flags & ALN_NAME_OPTIONAL))
            return 1;
    return 0;
}

size_t aln_acronyms(const aln_lexicon *lexicon, const aln_window *window, const uint8_t *optional,
                    aln_acronym out[ALN_ACRONYMS])
{
    size_t count = 0;
    if (!window->unit_count || window->unit_count > ALN_ACRONYM_UNITS || !may_be_body(window))
        return 0;
    for (int way = 0; way < WAYS; way++) {
        letters l;
        if (!read_letters(lexicon, window, optional, way, &l))
            continue;
        if (l.count >= ALN_ACRONYM_LEAST && l.count <= ALN_ACRONYM_MOST)
            count = keep(out, count, &l, 0, l.count, 1);
        /* neighbours: between two words, of which none is cut */
        for (size_t from = 0; from < l.count; from++) {
            if (from && l.first[from] == l.first[from - 1])
                continue;
            for (size_t to = from + ALN_ACRONYM_PART_LEAST; to <= l.count && to - from <= ALN_ACRONYM_MOST; to++)
                if ((to == l.count || l.first[to] != l.first[to - 1]) && (from || to < l.count))
                    count = keep(out, count, &l, from, to, 0);
        }
    }
    return count;
}
