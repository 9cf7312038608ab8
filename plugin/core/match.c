/*
 * Finding the gazetteer's names in a row of words: leftmost, longest. A word may stand for several tokens (its exact
 * form, its stem, the word behind a proclitic), so the trie is walked depth first over all of them; names are short, so
 * the walk is.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image_build.h"
#include "language.h"
#include "scan.h"
#include "utf8.h"
#include <string.h>

/* Comes behind names found by their stems. */
#define TITLE_ONLY 2

typedef struct search {
    const aln_lexicon *lexicon;
    const aln_scan_options *options;
    const aln_window *window;
    unsigned layer;
    size_t first, limit; /* units: where a name has to begin, and where it must have ended */
    size_t most;         /* units that a name may have */
    size_t looked_at;    /* units behind the first that decided what was found */
    size_t best;         /* units of the longest name so far */
    int inflected;       /* whether it was found by a stem only: a name that stands as it is comes first (Niger before
                            Nigerian); TITLE_ONLY */
    uint32_t names[ALN_LAYERS * 16];
    uint8_t layers[ALN_LAYERS * 16];
    size_t name_count;
    uint32_t formed[ALN_FOUND_PER_NAME]; /* places, in the lexicon's numbers, of which one word may be a form */
    size_t formed_count;
    uint32_t asked;   /* the options, as aln_word_starts has them */
    int title;        /* the text is hardly more than a name; a part of `asked` */
    int any_language; /* generic words count in whatever language they are; likewise */
} search;

/* A text of unknown language that is hardly more than a name is read in any language, as a query is. */
#define NAME_UNITS 16
#define NAME_BYTES 256 /* the end of a long text has few words as well, but stands far behind its beginning */

static int hardly_more_than_a_name(const aln_window *window)
{
    return window->unit_count && window->unit_count <= NAME_UNITS &&
           window->units[window->unit_count - 1].end <= NAME_BYTES;
}

/* Whether a generic word is of the text's language: the war of English is no war in German. Chinese and Japanese are
 * not told apart by a few characters, and each writes the companies of the other as these do. */
static int is_of_language(const search *s, const aln_image_name *name)
{
    const aln_image *image = s->lexicon->layer[s->layer];
    if (s->window->units[s->first].word->script == ALN_SCRIPT_HANI)
        return aln_image_name_has_language(image, name, "zh") || aln_image_name_has_language(image, name, "ja");
    if (s->options->language == ALN_NO_LANGUAGE)
        return s->any_language;
    return aln_image_name_has_language(image, name, aln_languages[s->options->language].tag);
}

/* Whether a name may be meant by the words at this place. */
static int allowed(const search *s, const aln_image_name *name)
{
    const aln_word *word = s->window->units[s->first].word;
    const aln_image *image = s->lexicon->layer[s->layer];
    if (s->options->names == ALN_NAMES_CURRENT && !aln_image_name_in_use(image, name, ALN_YEAR_NOW))
        return 0;
    if (s->options->as_of && !aln_image_name_in_use(image, name, s->options->as_of))
        return 0;
    if (s->options->query) /* people type queries in lower case, and in any language */
        return 1;
    if ((name->flags & ALN_NAME_TITLE) && !s->title)
        return 0;
    if ((name->flags & (ALN_NAME_GENERIC | ALN_NAME_CAPITAL)) == ALN_NAME_GENERIC && !is_of_language(s, name))
        return 0;
    if (!aln_script_has_case((aln_script)word->script))
        return 1;
    if (name->flags & ALN_NAME_ABBREVIATION)
        return (word->flags & (ALN_FOLD_ALL_CAPITALS | ALN_FOLD_INNER_CAPITAL)) != 0 || /* AfD */
               (word->flags & (ALN_FOLD_DIGIT | ALN_FOLD_CAPITAL)) == (ALN_FOLD_DIGIT | ALN_FOLD_CAPITAL);
    if (name->flags & ALN_NAME_CAPITAL)
        return (word->flags & ALN_FOLD_CAPITAL) != 0;
    return 1;
}

/* Words that are a name as they stand are not found by another name's stem: Niger is no form of Nigerian, New York none
 * of New Yorker. What stands between the words is left out on both sides. */
static int compare_as_it_is(const search *s, const aln_image_name *name, size_t length)
{
    const char *text = aln_image_string(s->lexicon->layer[s->layer], name->text);
    char exact[ALN_WORD_BYTES];
    unsigned flags;
    size_t len = aln_fold_exact(text, strlen(text), exact, sizeof exact, &flags), at = 0;
    for (size_t i = 0; i < length; i++) {
        const aln_word *word = s->window->units[s->first + i].word;
        while (at < len && i && (exact[at] == ' ' || exact[at] == '-'))
            at++;
        if (len - at < word->exact_len || memcmp(exact + at, word->exact, word->exact_len) != 0)
            return 0;
        at += word->exact_len;
    }
    return at == len;
}

/* The same, for a name found by exact forms alone: its state tells the words, so the answer is remembered. */
static int stands_as_it_is(const search *s, uint32_t state, uint32_t number, size_t length)
{
    const aln_image_name *name = aln_image_names(s->lexicon->layer[s->layer]) + number;
    uint64_t *known = s->window->as_it_is;
    /* Han tokens are simplified characters, so that a state does not tell which were written */
    if (!known || number >> 24 || s->window->units[s->first].word->script == ALN_SCRIPT_HANI)
        return compare_as_it_is(s, name, length);
    uint64_t key = (uint64_t)state << 32 | (uint64_t)number << 8 | (uint64_t)s->layer << 2 | 2;
    known += (key * 0x9E3779B97F4A7C15u) >> (64 - ALN_AS_IT_IS_BITS);
    if ((*known & ~(uint64_t)1) != key)
        *known = key | (compare_as_it_is(s, name, length) ? 1 : 0);
    return *known & 1;
}

/* Whether other forms of a name may lack this end of it: vowels, signs, and the s and j of some languages. */
static int may_be_missing(const char *text, size_t len)
{
    static const char letters[] = "aeiouyąęéáíóúäöüâîăейуеыаоэяиюіїєьъйsš'";
    const unsigned char *s = (const unsigned char *)text, *end = s + len;
    while (s < end) {
        uint32_t cp;
        size_t n = aln_utf8_next(s, end, &cp);
        char letter[5] = {0};
        memcpy(letter, s, n < 4 ? n : 4);
        if (!strstr(letters, letter))
            return 0;
        s += n;
    }
    return 1;
}

/* Letters that take each other's place in the forms of one word: Kijów, Kijowa; Київ, Києва; Рига, Ризі; Łódź, Łodzi;
 * Włochy, Włoszech. */
static int may_alternate(uint32_t a, uint32_t b)
{
    static const uint32_t classes[][4] = {{0xF3, 0x16F, 'o', 'u'},                                 /* ó ů o u */
                                          {0x456, 0x43E, 0x435, 0x457},                            /* і о е ї */
                                          {0x457, 0x454, 0x439, 0x456},                            /* ї є й і */
                                          {0x433, 0x437, 0x436, 0x433},                            /* г з ж */
                                          {0x43A, 0x446, 0x447, 0x43A},                            /* к ц ч */
                                          {0x445, 0x441, 0x448, 0x445},                            /* х с ш */
                                          {'c', 's', 'c', 's'},                                    /* ch sz */
                                          {'g', 'z', 0x17E, 'h'},                                  /* g z ž h */
                                          {'k', 'c', 0x10D, 'k'},                                  /* k c č */
                                          {'z', 0x17A, 0x17C, 'z'},                                /* z ź ż */
                                          {'n', 0x144, 0x148, 'n'},                                /* n ń ň */
                                          {'s', 0x15B, 0x161, 's'},                                /* s ś š */
                                          {'t', 'c', 0x107, 0x165},                                /* t c ć ť */
                                          {'r', 0x159, 'r', 'r'},                                  /* r ř */
                                          {'d', 0x10F, 'd', 'd'},                                  /* d ď */
                                          {'e', 0x11B, 'i', 0xED},                                 /* e ě i í */
                                          {'a', 0xE1, 'a', 'a'},        {0x105, 0x119, 'a', 'e'}}; /* ą ę a e */
    if (a == b)
        return 1;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        const uint32_t *c = classes[i];
        if ((a == c[0] || a == c[1] || a == c[2] || a == c[3]) && (b == c[0] || b == c[1] || b == c[2] || b == c[3]))
            return 1;
    }
    return 0;
}

/* Whether a form is too far from the name by which its stem was found. They share their first three letters (all but
 * one of a shorter name): Mniejsza is no Mali, whose stems are one. Where they share no more than these, the rest of
 * the word is an ending in place of the name's, which has two letters at most, and hardly longer: Kuba and Kuboj, Kijów
 * and Kijowa, not Sulu and Sultan, nor Milano and miliony. */
#define SHORT_STEM 3
#define ARTICLE 8 /* bytes in which an elided article ends: dell'Unione */
static int too_far(const search *s, const aln_image_name *name)
{
    const aln_word *word = s->window->units[s->first].word;
    const char *text = aln_image_string(s->lexicon->layer[s->layer], name->text);
    char exact[ALN_WORD_BYTES];
    unsigned flags;
    size_t len = aln_fold_exact(text, strlen(text), exact, sizeof exact, &flags), same = 0, other = 0, shared = 0;
    if (!aln_script_has_case((aln_script)word->script))
        return 0;
    if (!s->options->query && aln_language_frequent(s->options->language, word->exact, word->exact_len))
        return 1;
    const char *elided = memchr(word->exact, '\'', word->exact_len < ARTICLE ? word->exact_len : ARTICLE);
    if (elided && word->exact[0] != exact[0]) /* l'OTAN */
        other = (size_t)(elided - word->exact) + 1;
    while (same < len && other < word->exact_len) {
        uint32_t a, b;
        size_t n = aln_utf8_next((const unsigned char *)exact + same, (const unsigned char *)exact + len, &a);
        size_t m = aln_utf8_next((const unsigned char *)word->exact + other,
                                 (const unsigned char *)word->exact + word->exact_len, &b);
        if (!may_alternate(a, b))
            break;
        same += n;
        other += m;
        shared++;
    }
    size_t rest = aln_utf8_count(exact + same, len - same);
    size_t ending = aln_utf8_count(word->exact + other, word->exact_len - other);
    /* endings follow an abbreviation of three letters and more (МИДа), which stay: Aso is no form of ASV, nor of AS */
    if ((name->flags & ALN_NAME_ABBREVIATION) && (rest || (ending && shared < SHORT_STEM)))
        return 1;
    if (shared < SHORT_STEM && rest > 1)
        return 1;
    /* no ending of any language closes with a labial stop or f: Tulip is no form of Tula */
    const char *last = word->exact + word->exact_len - 1;
    if (ending && ending > rest && strchr("pbf", *last))
        return 1;
    /* nor does a form of a name lack a consonant of it at the end: Boris is none of Borisov, Demir none of Demirel */
    if (!ending && rest && !may_be_missing(exact + same, len - same))
        return 1;
    return rest && shared == SHORT_STEM && (rest > 2 || ending > rest + 1);
}

/* Any sentence may begin with an article, so that its capital tells nothing: The times are hard, Le monde change. There
 * the word behind it needs the capital. */
static int behind_article(const search *s)
{
    const aln_word *article = s->window->units[s->first].word, *next = s->window->units[s->first + 1].word;
    return s->options->query || s->options->language == ALN_NO_LANGUAGE ||
           !aln_script_has_case((aln_script)next->script) || (next->flags & (ALN_FOLD_CAPITAL | ALN_FOLD_DIGIT)) ||
           !aln_language_particle(s->options->language, article->exact, article->exact_len);
}

/* Whether a word, which may be an adjective as it stands, is also a form of a place's name: in prezydent Polski,
 * predsednik Hrvaške the cases of an adjective that is a country's name are those of the adjective. Only its capital
 * tells. */
static int may_be_form_beside_adjective(const search *s, const aln_image_name *name)
{
    const aln_word *word = s->window->units[s->first].word;
    const aln_image *image = s->lexicon->layer[s->layer];
    return !s->options->query && s->formed_count < ALN_FOUND_PER_NAME &&
           (name->flags & (ALN_NAME_CAPITAL | ALN_NAME_DEMONYM | ALN_NAME_ABBREVIATION)) == ALN_NAME_CAPITAL &&
           (word->flags & ALN_FOLD_CAPITAL) && s->options->language != ALN_NO_LANGUAGE &&
           aln_image_name_in_use(image, name, ALN_YEAR_NOW) &&
           aln_image_name_has_language(image, name, aln_languages[s->options->language].tag);
}

static void take_outputs(search *s, uint32_t state, size_t length, int by_stem)
{
    const aln_image *image = s->lexicon->layer[s->layer];
    uint32_t count;
    const uint32_t *outputs = aln_image_outputs_of(image, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = outputs[i];
        const aln_image_name *name = aln_image_names(image) + number;
        if (length < s->best || length > s->most || aln_lexicon_hides(s->lexicon, s->layer, name->entity) ||
            !allowed(s, name))
            continue;
        if (length > 1 && (name->flags & ALN_NAME_CAPITAL) && !behind_article(s))
            continue;
        int inflected = by_stem || !stands_as_it_is(s, state, number, length);
        if (inflected && length == 1 && may_be_form_beside_adjective(s, name) && !too_far(s, name))
            s->formed[s->formed_count++] = aln_lexicon_number(s->lexicon, s->layer, name->entity);
        if (inflected && length == 1 && too_far(s, name))
            continue;
        if (name->flags & ALN_NAME_TITLE) /* any other name comes first: رئیسی is Raisi before it is chief */
            inflected = TITLE_ONLY;
        if (length == s->best && inflected > s->inflected)
            continue;
        if (length > s->best || inflected < s->inflected) {
            s->best = length;
            s->inflected = inflected;
            s->name_count = 0;
        }
        if (s->name_count < sizeof s->names / sizeof *s->names) {
            s->layers[s->name_count] = (uint8_t)s->layer;
            s->names[s->name_count++] = number;
        }
    }
}

static void walk(search *s, uint32_t state, size_t depth, int inflected)
{
    const aln_image *image = s->lexicon->layer[s->layer];
    size_t at = s->first + depth;
    if (depth == ALN_NAME_WORDS || !aln_image_goes_on(image, state))
        return;
    if (s->looked_at < depth)
        s->looked_at = depth;
    const aln_word *word = at < s->limit ? aln_unit_joined_word(s->window, at) : NULL;
    if (!word)
        return;
    for (unsigned i = 0; i < word->token_count[s->layer]; i++) {
        uint32_t next = aln_image_step_of(image, state, aln_word_tokens(word, s->layer)[i]);
        if (!next)
            continue;
        int by_stem = inflected || i > 0 || !(word->exact_tokens >> s->layer & 1);
        take_outputs(s, next, depth + 1, by_stem);
        walk(s, next, depth + 1, by_stem);
    }
}

#define LEFT_OUT 3 /* farther than any */

/* How far a name is from the usual one: a name in force before an inhabitant's, that before a historic one. */
static int distance_of(const aln_image *image, const aln_image_name *name)
{
    return !aln_image_name_in_use(image, name, ALN_YEAR_NOW) ? 2 : name->flags & ALN_NAME_DEMONYM ? 1 : 0;
}

/* Whether a query's name is of a body of the country that speaks the name's language: who types MSZ reads Polish. Not
 * so of places: Georgia is Georgia in many languages. */
static int is_at_home(const aln_image *image, const aln_image_name *name)
{
    const aln_image_entity *entity = aln_image_entities(image) + name->entity;
    if (!entity->country || strcmp(aln_image_string(image, entity->kind), "organisation") != 0)
        return 0;
    const char *tag;
    for (uint32_t i = 0; (tag = aln_image_name_language(image, name, i)) != NULL; i++) {
        unsigned language = aln_language_find(tag, strlen(tag));
        if (language != ALN_NO_LANGUAGE && aln_languages[language].home[0] &&
            aln_image_country(aln_languages[language].home) == entity->country)
            return 1;
    }
    return 0;
}

/* Whether the word found is an abbreviation rather than a word in capitals: МИД is no Мид (Meath). */
static int is_abbreviation(const search *s)
{
    const aln_word *word = s->window->units[s->first].word;
    int any = 0;
    for (size_t i = 0; i < s->name_count; i++) {
        const aln_image_name *name = aln_image_names(s->lexicon->layer[s->layers[i]]) + s->names[i];
        any |= (name->flags & ALN_NAME_ABBREVIATION) != 0;
    }
    return any && s->best == 1 && aln_script_has_case((aln_script)word->script) &&
           (word->flags & ALN_FOLD_ALL_CAPITALS);
}

/* Whether a word is a form of a name that the text's language, as far as is known, does not have. */
static int is_form_abroad(const search *s, const aln_image *image, const aln_image_name *name)
{
    return s->inflected && s->best == 1 && !s->options->query && s->options->language != ALN_NO_LANGUAGE &&
           aln_script_has_case((aln_script)s->window->units[s->first].word->script) &&
           !aln_image_name_has_language(image, name, aln_languages[s->options->language].tag);
}

/* The entities of the names found at one place, each once, the nearest first. */
static size_t choose(const search *s, aln_found_entity out[ALN_FOUND_PER_NAME])
{
    int distances[sizeof s->names / sizeof *s->names], next = LEFT_OUT, abbreviation = is_abbreviation(s);
    for (size_t i = 0; i < s->name_count; i++) {
        const aln_image *image = s->lexicon->layer[s->layers[i]];
        const aln_image_name *name = aln_image_names(image) + s->names[i];
        distances[i] = abbreviation && !(name->flags & ALN_NAME_ABBREVIATION) ? LEFT_OUT : distance_of(image, name);
        next = distances[i] < next ? distances[i] : next;
    }
    size_t n = 0;
    for (int distance = next; distance <= 2; distance++) {
        for (size_t i = 0; i < s->name_count && n < ALN_FOUND_PER_NAME; i++) {
            if (distances[i] != distance)
                continue;
            const aln_image *image = s->lexicon->layer[s->layers[i]];
            const aln_image_name *name = aln_image_names(image) + s->names[i];
            uint32_t entity = aln_lexicon_number(s->lexicon, s->layers[i], name->entity);
            uint32_t abroad = is_form_abroad(s, image, name) ? ALN_FOUND_ABROAD : 0u;
            int known = 0;
            for (size_t j = 0; j < n; j++)
                if (out[j].entity == entity) {
                    known = 1;
                    out[j].flags &= abroad | ~ALN_FOUND_ABROAD; /* another name of it is the language's */
                }
            if (known)
                continue;
            const char *id = aln_entity_id(s->lexicon, entity);
            out[n++] = (aln_found_entity){.id = id,
                                          .entity = entity,
                                          .flags = name->flags | (distance == 2 ? ALN_FOUND_FORMER : 0u) | abroad |
                                                   (s->options->query && is_at_home(image, name) ? ALN_FOUND_HOME : 0u),
                                          .id_len = (uint8_t)strlen(id)};
        }
    }
    return n;
}

/* What a word means alone. */
static void ask_alone(search *s, aln_word_starts *starts)
{
    if (starts->asked == s->asked)
        return;
    s->best = 0;
    s->most = 1;
    s->inflected = 1;
    s->name_count = s->formed_count = 0;
    for (unsigned i = 0; i < starts->count; i++) {
        s->layer = starts->start[i].layer;
        take_outputs(s, starts->start[i].state, 1, starts->start[i].by_stem);
    }
    starts->found_count = (uint8_t)choose(s, starts->found);
    for (size_t k = 0; k < starts->found_count; k++)
        for (size_t i = 0; i < s->formed_count; i++)
            if (starts->found[k].entity == s->formed[i])
                starts->found[k].flags |= ALN_FOUND_FORM;
    starts->asked = s->asked;
    if (starts->shared)
        aln_shared_memo_answer(starts);
}

/* The word after this unit, where a name of several words may begin with the two; or NULL. */
static inline const aln_word *goes_on(const aln_word_starts *starts, const aln_window *window, size_t unit)
{
    const aln_word *next = starts->deep ? aln_unit_joined_word(window, unit + 1) : NULL;
    return next && aln_word_leads_to(starts, next) ? next : NULL;
}

size_t aln_entity_mark(uint32_t flags, char *out)
{
    size_t len = 0;
    if (flags & (ALN_NAME_DEMONYM | ALN_FOUND_FORMER | ALN_FOUND_INNER | ALN_FOUND_OTHER))
        out[len++] = '~';
    if (flags & ALN_FOUND_INNER)
        out[len++] = 'i';
    else if (flags & ALN_NAME_PEOPLE)
        out[len++] = 'p';
    else if ((flags & (ALN_NAME_DEMONYM | ALN_FOUND_FORMER)) == ALN_FOUND_FORMER)
        out[len++] = 'f';
    else if (!(flags & ALN_NAME_DEMONYM) && (flags & ALN_FOUND_OTHER))
        out[len++] = 'a';
    return len;
}

size_t aln_entity_term(const aln_lexicon *lexicon, uint32_t entity, uint32_t flags, char out[ALN_ENTITY_TERM])
{
    const char *id = aln_entity_id(lexicon, entity);
    size_t len = 0;
    for (; id[len]; len++) /* at most 40, as the reader of names sees to */
        out[len] = id[len];
    return len + aln_entity_mark(flags, out + len);
}

/* The entities of the longest name that begins at s->first and ends at s->limit at the latest. Returns how many;
 * *found is theirs. */
static size_t find_at(search *s, aln_word_starts *starts, aln_found_entity longer[ALN_FOUND_PER_NAME],
                      const aln_found_entity **found, size_t *span)
{
    size_t most = s->most;
    ask_alone(s, starts);
    *found = starts->found;
    *span = 1;
    if (most == 1 || !goes_on(starts, s->window, s->first))
        return starts->found_count;
    s->best = 1; /* what is no longer than that was asked */
    s->most = most;
    s->looked_at = 1;
    s->inflected = 0;
    s->name_count = 0;
    for (unsigned k = 0; k < starts->count; k++) {
        s->layer = starts->start[k].layer;
        walk(s, starts->start[k].state, 1, starts->start[k].by_stem);
    }
    if (s->best == 1)
        return starts->found_count;
    *found = longer;
    *span = s->best;
    return choose(s, longer);
}

static aln_found found_at(size_t first, size_t span, const aln_found_entity *entity, uint32_t flags)
{
    return (aln_found){.id = entity->id,
                       .entity = entity->entity,
                       .flags = entity->flags | flags,
                       .id_len = entity->id_len,
                       .first = (uint32_t)first,
                       .span = (uint32_t)span};
}

/* Adds the entities of a name to the window's. */
static aln_status add_found(aln_window *window, size_t first, size_t span, const aln_found_entity *entities,
                            size_t count)
{
    if (!aln_grow(&window->alloc, (void **)&window->found, &window->found_cap, window->found_count + count,
                  sizeof *window->found))
        return ALN_ENOMEM;
    for (size_t k = 0; k < count; k++) {
        aln_found *one = &window->found[window->found_count++];
        *one = found_at(first, span, &entities[k], 0);
        if ((one->flags & ALN_FOUND_ABROAD) && !(window->units[first].flags & ALN_UNIT_WITHIN)) {
            window->found_count--; /* where any word has a capital: "Без", which is no form of Bez */
            continue;
        }
        if ((one->flags & ALN_FOUND_FORM) && (window->units[first].flags & ALN_UNIT_WITHIN))
            one->flags &= ~(uint32_t)(ALN_NAME_DEMONYM | ALN_NAME_PEOPLE); /* within a sentence */
    }
    return ALN_OK;
}

/* Whether the word before a unit says "with": a nuclear deal with Iran is a name, but Iran is one of its parties. */
static int is_with(const aln_window *window, size_t unit)
{
    static const char *const with[] = {"with", "mit", "avec", "con", "com", "met", "med", "s", "se",
                                       "z",    "ze",  "с",    "со",  "зі",  "із",  "з",   "cu"};
    const aln_word *before = window->units[unit - 1].word;
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        if (strlen(with[i]) == before->exact_len && memcmp(with[i], before->exact, before->exact_len) == 0)
            return 1;
    return 0;
}

/* Names inside of the longer one at units first to last - 1, which has these entities; generic words are left out. */
static aln_status find_inner(search *s, aln_window *window, size_t first, size_t last, const aln_found_entity *outer,
                             size_t outer_count)
{
    aln_found_entity longer[ALN_FOUND_PER_NAME];
    const aln_found_entity *found;
    size_t span;
    const char *kind = outer_count ? aln_entity_kind(s->lexicon, outer[0].entity) : "";
    int person = strcmp(kind, "person") == 0;
    /* a deputy of the European Parliament is a generic word: what it names stands for itself */
    uint32_t mark = strcmp(kind, "word") == 0 ? 0 : ALN_FOUND_INNER;
    for (size_t i = first; i < last; i++) { /* the New York(er) and New York may both be meant */
        aln_word_starts *starts = window->units[i].word->starts;
        s->first = i;
        s->limit = last;
        s->most = i == first ? last - first - 1 : last - i;
        size_t news = 0;
        for (; starts && s->most && !news;
             s->most = span - 1) { /* "New York Times" is "The New York Times": shorter, then */
            size_t count = find_at(s, starts, longer, &found, &span);
            if (!aln_grow(&window->alloc, (void **)&window->inner, &window->inner_cap, window->inner_count + count,
                          sizeof *window->inner))
                return ALN_ENOMEM;
            for (size_t k = 0; k < count; k++) {
                int known = aln_is_generic_word(found[k].flags);
                for (size_t j = 0; j < outer_count; j++)
                    known |= outer[j].entity == found[k].entity;
                /* the family name Perry is no town */
                known |= person && aln_kind_is_place(aln_entity_kind(s->lexicon, found[k].entity));
                if (known)
                    continue;
                window->inner[window->inner_count++] =
                    found_at(i, span, &found[k], i > first && is_with(window, i) ? 0 : mark);
                news++;
            }
        }
    }
    return ALN_OK;
}

/* Finds the longest name that begins at a unit, and those inside of it. */
static aln_status search_at(search *s, aln_window *window, size_t unit, size_t *span)
{
    aln_word_starts *starts = window->units[unit].word->starts;
    aln_found_entity longer[ALN_FOUND_PER_NAME];
    const aln_found_entity *entities;
    size_t found = window->found_count, inner = window->inner_count;
    s->first = unit;
    s->limit = window->unit_count;
    s->most = ALN_NAME_WORDS;
    s->looked_at = 0;
    size_t count = find_at(s, starts, longer, &entities, span), looked_at = s->looked_at;
    if (add_found(window, unit, *span, entities, count) != ALN_OK)
        return ALN_ENOMEM;
    if (*span > 1 && !s->options->query && find_inner(s, window, unit, unit + *span, entities, count) != ALN_OK)
        return ALN_ENOMEM;
    if (looked_at) /* the names inside are told by the words of the longest */
        aln_phrase_keep(window, unit, s->asked, looked_at, *span, found, inner);
    return ALN_OK;
}

/* The longest name that begins at a unit whose word begins names, and those inside of it. */
static inline aln_status find_name(search *s, aln_window *window, size_t unit, size_t *span)
{
    const aln_word_starts *starts = window->units[unit].word->starts;
    if (starts->asked != s->asked)
        return search_at(s, window, unit, span);
    /* Most words that begin names are none by themselves, and no other word of one follows. */
    const aln_word *next = goes_on(starts, window, unit);
    const aln_phrase *phrase = next ? aln_phrase_find(window, unit, s->asked) : NULL;
    if (next && !phrase)
        return search_at(s, window, unit, span);
    if (phrase && phrase->span > 1) {
        *span = phrase->span;
        return aln_phrase_take(phrase, unit, window);
    }
    return starts->found_count ? add_found(window, unit, 1, starts->found, starts->found_count) : ALN_OK;
}

/* The units, of so many from `from` on, whose words begin names. Every other one does, and which is what a processor
 * cannot guess, so it is not asked to. */
#define BEGINNINGS 64
static size_t beginnings(const aln_window *window, size_t from, uint32_t list[BEGINNINGS])
{
    size_t count = 0, end = window->unit_count - from < BEGINNINGS ? window->unit_count : from + BEGINNINGS;
    for (size_t i = from; i < end; i++) {
        list[count] = (uint32_t)i;
        count += window->units[i].word->starts != NULL;
    }
    return count;
}

/* Words that count in names of bodies only are none of a person's, nor of a town's: a word of institutions must stand
 * beside them, a known body, or two of them beside a legal form. Christian Bataille is no Christian battle and Drake
 * LLC no dragon, but Combat Navigation LLC is 战斗导航公司, and Rapid Flight LLC 快速飞行公司. */
static void leave_out_titles(const aln_lexicon *lexicon, aln_window *window)
{
    size_t kept = 0, titles = 0, forms = 0, bodies = 0;
    for (size_t i = 0; i < window->found_count; i++) {
        const aln_found *f = &window->found[i];
        int first = !i || f[-1].first != f->first; /* of the ids that a word has */
        if (f->flags & ALN_NAME_TITLE)
            titles += (size_t)first;
        else if (f->flags & ALN_NAME_OPTIONAL)
            forms++;
        else
            bodies += (size_t)aln_is_generic_word(f->flags);
    }
    if (!titles || bodies || (forms && titles > 1))
        return;
    for (size_t i = 0; i < window->found_count; i++)
        if (!(window->found[i].flags & ALN_NAME_TITLE) &&
            strcmp(aln_entity_kind(lexicon, window->found[i].entity), "organisation") == 0)
            return;
    for (size_t i = 0; i < window->found_count; i++)
        if (!(window->found[i].flags & ALN_NAME_TITLE))
            window->found[kept++] = window->found[i];
    window->found_count = kept;
}

aln_status aln_find_names(const aln_lexicon *lexicon, const aln_scan_options *options, aln_window *window)
{
    search s = {.lexicon = lexicon, .options = options, .window = window};
    window->found_count = window->inner_count = 0;
    if (!lexicon || options->names == ALN_NAMES_OFF)
        return ALN_OK;
    if (!window->as_it_is)
        window->as_it_is = aln_mem_zero(&window->alloc, sizeof(uint64_t) << ALN_AS_IT_IS_BITS);
    s.title = hardly_more_than_a_name(window);
    s.any_language = options->language == ALN_NO_LANGUAGE && s.title;
    s.asked = 1u | (uint32_t)options->language << 8 | (uint32_t)options->names << 16 |
              (uint32_t)(options->query != 0) << 24 | (uint32_t)s.any_language << 25 | (uint32_t)s.title << 26;
    size_t behind = 0; /* the last name found */
    for (size_t from = 0; from < window->unit_count; from += BEGINNINGS) {
        uint32_t list[BEGINNINGS];
        size_t count = beginnings(window, from, list);
        for (size_t k = 0; k < count; k++) {
            size_t i = list[k], span = 1;
            if (i >= behind && find_name(&s, window, i, &span) != ALN_OK)
                return ALN_ENOMEM;
            behind = i >= behind ? i + span : behind;
        }
    }
    if (s.title || options->query)
        leave_out_titles(lexicon, window);
    aln_mark_given_names(lexicon, options, window);
    return ALN_OK;
}
