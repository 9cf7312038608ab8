/*
 * Arabic names in a query.
 *
 * Names of two words are written as one word or as two: عبد الرحمن is Abd al-Rahman, Abdul Rahman, Abdulrahman,
 * Abdurrahman, Абдурахман; جمال الدين is Jamal al-Din, Jamaluddin, Cemalettin; حبيب الله is Habibullah. Such a name
 * begins with "servant of" or ends with "of the faith" or "of God". Written as one, the article between them takes the
 * vowel of a case and, before letters of the tongue's tip, their sound (Caetani and Gabrieli, Onomasticon arabicum,
 * 1915; Beeston, Arabic Nomenclature, 1971). The other way of writing is another text of the query.
 *
 * The article as a word of its own need not match: الحوثي has it in the word, and the press leaves it out (Houthi).
 * What it becomes before some letters (Ash Sharq) is marked by aln_mark_optional() already, for records as well.
 *
 * SPDX-License-Identifier: MIT
 */
#include "optional.h"
#include "query_plan.h"
#include "symbols.h"
#include "utf8.h"
#include <string.h>

#define WORD_BYTES 96
/* What is left of a word must be a name: characters. */
#define REST_CHARS 3
#define ARTICLE_BYTES 6

typedef struct compound {
    uint8_t script;
    uint8_t at_end;      /* the constant word is the second one */
    const char *joined;  /* what it is in one word, longer ones first */
    const char *apart;   /* what it is as a word of its own */
    const char *as_part; /* of these the usual ones */
    const char *as_word;
} compound;

/* The first row that fits a word counts: Abdallah ends with God, and begins with no servant of the "lah". */
static const compound compounds[] = {
    {ALN_SCRIPT_LATN, 1, "oullah ollah ullah allah oulla olla ulla", "allah ullah ollah oullah", "ullah", "allah"},
    {ALN_SCRIPT_LATN, 1,
     "ouddine ouddin uddine uddeen uddin eddine eddin oddine oddin addine addin iddin ettin ittin utdin",
     "din deen dine eddine eddin uddin addin", "uddin", "din"},
    {ALN_SCRIPT_LATN, 0, "abdoul abdul abdel abdal abdol abdou abdu abde abda",
     "abd abdul abdel abdal abdol abdoul abdou abdu abdur abder", "abdul", "abd"},
    {ALN_SCRIPT_CYRL, 1, "уллах оллах аллах улла олла", "аллах алла уллах улла", "улла", "аллах"},
    {ALN_SCRIPT_CYRL, 1, "уддин еддин эддин аддин иддин оддин утдин етдин", "дин эддин уддин аддин", "уддин", "дин"},
    {ALN_SCRIPT_CYRL, 0, "абдель абдул абдал абду абде", "абд абдул абдель абдал абдур", "абдул", "абдул"},
    {ALN_SCRIPT_ARAB, 1, "الله", "الله", "الله", "الله"},
    {ALN_SCRIPT_ARAB, 1, "الدين", "الدين", "الدين", "الدين"},
    {ALN_SCRIPT_ARAB, 0, "عبد", "عبد", "عبد", "عبد"},
};

/* The article as a word between the two. */
static const char articles[] =
    " al el ul ol ad ed ud ar er ur as es us an en un az ez ash аль эль ад эд уд ар эр ур ас эс ";
static const char arabic_article[] = "\xD8\xA7\xD9\x84";

/* A word without marks and quotes of its letters; 0 where it is too long. */
static size_t bare(const aln_word *word, char *out)
{
    size_t len = 0;
    for (size_t at = 0; at < word->exact_len;) {
        uint32_t cp;
        const unsigned char *s = (const unsigned char *)word->exact;
        size_t bytes = aln_utf8_next(s + at, s + word->exact_len, &cp);
        const char *base = cp >= 0xC0 && cp < 0x1F00 ? aln_symbols_latin_base(cp) : NULL;
        const char *text = base ? base : word->exact + at;
        size_t size = base ? strlen(base) : bytes;
        at += bytes;
        if (cp == '\'' || (cp >= 0x2B0 && cp < 0x300) || cp == 0x2018 || cp == 0x2019)
            continue;
        if (len + size >= WORD_BYTES)
            return 0;
        memcpy(out + len, text, size);
        len += size;
    }
    out[len] = 0;
    return len;
}

/* Whether a list of words between spaces has one. */
static int lists(const char *list, const char *word, size_t len)
{
    for (const char *s = list; *s;) {
        size_t n = strcspn(s, " ");
        if (n && n == len && memcmp(s, word, len) == 0)
            return 1;
        s += n + (s[n] == ' ');
    }
    return 0;
}

/* What stands behind the servant in one word: the article may have become the letter behind it (Abdurrahman); in Arabic
 * it is always there. Returns its length, 0 where that is no name. */
static size_t behind_article(const compound *c, const char **rest, size_t len)
{
    const size_t letter = c->script == ALN_SCRIPT_LATN ? 1 : 2; /* bytes */
    if (c->script == ALN_SCRIPT_ARAB)
        return len > sizeof arabic_article - 1 && memcmp(*rest, arabic_article, sizeof arabic_article - 1) == 0 ? len
                                                                                                                : 0;
    if (len > 2 * letter && memcmp(*rest, *rest + letter, letter) == 0) {
        *rest += letter;
        len -= letter;
    }
    return len;
}

/* The rest of a word beside the constant one; its length, 0 where the word is no such name. */
static size_t cut(const compound *c, const char *word, size_t len, const char **rest)
{
    for (const char *s = c->joined; *s;) {
        size_t n = strcspn(s, " "), left;
        if (n < len && memcmp(c->at_end ? word + len - n : word, s, n) == 0) {
            *rest = c->at_end ? word : word + n;
            left = c->at_end ? len - n : behind_article(c, rest, len - n);
            return aln_utf8_count(*rest, left) >= REST_CHARS ? left : 0;
        }
        s += n + (s[n] == ' ');
    }
    return 0;
}

/* ----------------------------------------------------------- the other text */

/* Writes what stands for bytes start to end - 1 of the query. 0 = no room. */
static int put(aln_other_text *t, const char *text, size_t len, size_t start, size_t end)
{
    if (t->len + len > t->room)
        return 0;
    for (size_t i = 0; i < len; i++) {
        t->text[t->len] = text[i];
        t->from[t->len] = start;
        t->to[t->len++] = end;
    }
    return 1;
}

/* As it stands. */
static int copy(aln_other_text *t, const char *query, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (!put(t, query + i, 1, i, i + 1))
            return 0;
    return 1;
}

static int has_compounds(unsigned script)
{
    return script == ALN_SCRIPT_LATN || script == ALN_SCRIPT_CYRL || script == ALN_SCRIPT_ARAB;
}

/* The row that a word has the constant word of. */
static const compound *find_joined(const aln_unit *unit, const char *word, size_t len, const char **rest, size_t *left)
{
    for (size_t k = 0; k < sizeof compounds / sizeof *compounds; k++)
        if (compounds[k].script == unit->word->script && (*left = cut(&compounds[k], word, len, rest)) > 0)
            return &compounds[k];
    return NULL;
}

/* The unit behind a word and an article, if there is one; 0 where something else stands between (Hassan, Din). */
static size_t behind(const aln_window *window, size_t unit)
{
    const aln_word *next = aln_unit_joined_word(window, ++unit);
    if (next && lists(articles, next->exact, next->exact_len))
        next = aln_unit_joined_word(window, ++unit);
    return next ? unit : 0;
}

/* The row that has one of two words for its constant one. */
static const compound *find_apart(const aln_word *first, const char *a, size_t a_len, const char *b, size_t b_len)
{
    for (size_t k = 0; k < sizeof compounds / sizeof *compounds; k++) {
        const compound *c = &compounds[k];
        if (c->script == first->script && lists(c->apart, c->at_end ? b : a, c->at_end ? b_len : a_len) &&
            aln_utf8_count(c->at_end ? a : b, c->at_end ? a_len : b_len) >= REST_CHARS)
            return c;
    }
    return NULL;
}

/* A compound at a unit: its two words, of which one is the row's constant one. */
typedef struct compound_at {
    const compound *row;
    char first[WORD_BYTES], second[WORD_BYTES];
    const char *rest; /* the name's own word, in one of these */
    size_t rest_len, units;
} compound_at;

/* Whether a compound stands at a unit: one word that is to be taken apart, or two with an article or none. */
static int find_compound(const aln_window *window, size_t unit, int apart, compound_at *found)
{
    const aln_unit *u = &window->units[unit];
    size_t len, second_len, next;
    if ((u->flags & ALN_UNIT_CHAR) || !has_compounds(u->word->script) || !(len = bare(u->word, found->first)))
        return 0;
    found->units = 1;
    if (apart)
        return (found->row = find_joined(u, found->first, len, &found->rest, &found->rest_len)) != NULL;
    next = behind(window, unit);
    if (!next || (window->units[next].flags & ALN_UNIT_CHAR) || window->units[next].word->script != u->word->script ||
        !(second_len = bare(window->units[next].word, found->second)) ||
        !(found->row = find_apart(u->word, found->first, len, found->second, second_len)))
        return 0;
    found->rest = found->row->at_end ? found->first : found->second;
    found->rest_len = found->row->at_end ? len : second_len;
    found->units = next - unit + 1;
    return 1;
}

/* Writes a compound the other way, for bytes start to end - 1 of the query. */
static int put_compound(aln_other_text *t, const compound_at *found, int apart, size_t start, size_t end)
{
    const compound *c = found->row;
    const char *word = apart ? c->as_word : c->as_part;
    return (!c->at_end || put(t, found->rest, found->rest_len, start, end)) &&
           (!c->at_end || !apart || put(t, " ", 1, start, end)) && put(t, word, strlen(word), start, end) &&
           (c->at_end || !apart || put(t, " ", 1, start, end)) &&
           (c->at_end || put(t, found->rest, found->rest_len, start, end));
}

int aln_plan_other_text(aln_planner *p, const aln_window *window, size_t start, size_t end, int apart,
                        aln_other_text *out)
{
    compound_at found;
    size_t room = (end - start) * 2 + WORD_BYTES, at = start, first = 0;
    int ok = 1;
    memset(out, 0, sizeof *out);
    while (first < window->unit_count && !find_compound(window, first, apart, &found))
        first++;
    if (first == window->unit_count)
        return 1;
    *out = (aln_other_text){.room = room,
                            .text = aln_arena_new(p->arena, room),
                            .from = aln_arena_new(p->arena, room * sizeof(size_t)),
                            .to = aln_arena_new(p->arena, room * sizeof(size_t))};
    if (!out->text || !out->from || !out->to) {
        aln_plan_fail(p, ALN_ENOMEM);
        return 0;
    }
    for (size_t i = first; ok && i < window->unit_count;) {
        if (!find_compound(window, i, apart, &found)) {
            i++;
            continue;
        }
        size_t from = start + window->units[i].start, to = start + window->units[i + found.units - 1].end;
        ok = copy(out, p->query, at, from) && put_compound(out, &found, apart, from, to);
        at = to;
        i += found.units;
    }
    if (!ok || !copy(out, p->query, at, end))
        out->len = 0; /* no room: so long a text is no name */
    return 1;
}

/* ------------------------------------------------------------------ article */

/* Whether a word is what the article becomes before another: el, or with a hyphen a vowel and how that one begins
 * (ash-Shams, but us senate). */
static int is_article(const char *word, size_t len, const char *next, size_t next_len, int hyphen)
{
    static const char *const vowels[] = {"a", "e", "u", "а", "э", "у"}, *const ells[] = {"l",  "l",  "l",
                                                                                         "ль", "ль", "ль"};
    for (size_t v = 0; v < sizeof vowels / sizeof *vowels; v++) {
        const size_t n = strlen(vowels[v]), letters = len - n;
        if (len <= n || memcmp(word, vowels[v], n) != 0)
            continue;
        if (letters == strlen(ells[v]) && memcmp(word + n, ells[v], letters) == 0)
            return 1;
        return hyphen && letters <= 2 * n && letters < next_len && memcmp(word + n, next, letters) == 0 &&
               !strchr("aeiouy", word[n]);
    }
    return 0;
}

void aln_mark_articles(const aln_window *window, uint8_t *optional)
{
    char word[WORD_BYTES], next[WORD_BYTES];
    for (size_t i = 0; i + 1 < window->unit_count; i++) {
        const aln_unit *u = &window->units[i];
        const int hyphen = (u[1].flags & ALN_UNIT_HYPHEN) != 0, capital = (u->word->flags & ALN_FOLD_CAPITAL) != 0;
        if ((u->flags & ALN_UNIT_CHAR) || !(u[1].flags & ALN_UNIT_JOINED) || u->word->script != u[1].word->script ||
            (u->word->script != ALN_SCRIPT_LATN && u->word->script != ALN_SCRIPT_CYRL) ||
            u->word->exact_len > ARTICLE_BYTES || (capital && !hyphen)) /* Al Gore */
            continue;
        const size_t len = bare(u->word, word), next_len = bare(u[1].word, next);
        if (len && aln_utf8_count(next, next_len) >= REST_CHARS && is_article(word, len, next, next_len, hyphen) &&
            !optional[i])
            optional[i] = ALN_OPTIONAL;
    }
}
