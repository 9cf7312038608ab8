/*
 * The language of a text where its letters alone tell it: a script that one language writes (Hangul, Georgian), or
 * letters that only one has (Ukrainian ї, Kazakh ұ). This takes a microsecond where CLD2 takes twenty, so it is asked
 * first; whatever is less than plain is left to CLD2.
 *
 * A language is named when its own letters come several times and those that it has not never do, so that a foreign
 * name does not decide, and texts of neighbours (Kyrgyz, Rusyn, Pashto) and mixed ones go on to CLD2. Alphabets are
 * those of CLDR's exemplar characters.
 *
 * SPDX-License-Identifier: MIT
 */
#include "language.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>
#include <utf8proc.h>

/* Of a long text its beginning tells. */
#define MOST_BYTES 2048
/* Bytes of letters: fewer are a name rather than a text. */
#define LEAST_BYTES 64

/* Languages that have letters of their own within a script. */
static const struct {
    aln_script script;
    const char *tag;
    const char *own[3]; /* of each set some must be there */
    unsigned least[3];
    const char *foreign; /* of these none */
} alphabets[] = {
    {ALN_SCRIPT_CYRL, "kk", {"ұ", "қ", "іәғңөү"}, {1, 1, 3}, "ҡҙҗҫҳҷӣӯўїєґћђљњ"},
    {ALN_SCRIPT_CYRL, "kk", {"і", "қ", "ұәғңөү"}, {3, 1, 2}, "ҡҙҗҫҳҷӣӯўїєґћђљњ"},
    {ALN_SCRIPT_CYRL, "uk", {"їє", "і", "и"}, {2, 2, 1}, "ыэёъўәғқңөұүһҳљњђћ"},
    {ALN_SCRIPT_CYRL, "be", {"ў", "і", "ы"}, {2, 2, 1}, "ищїєґәғқңөұүһҳљњђћ"},
    {ALN_SCRIPT_CYRL, "tg", {"ҷӣӯ", "ҳқғ", "и"}, {2, 2, 3}, "ыіўңөүұәҡїєґљњћђџ"},
    {ALN_SCRIPT_CYRL, "uz", {"ў", "қғҳ", "и"}, {2, 3, 3}, "ыіӣӯҷңөүұәҡїєґљњћђџ"},
    {ALN_SCRIPT_CYRL, "sr", {"ј", "љњћђџ", "и"}, {2, 2, 1}, "ыэёъьщїєґўяюйѓќѕәғқңөұүһ"},
    {ALN_SCRIPT_CYRL, "ru", {"ы", "эё", "и"}, {2, 1, 6}, "іїєґўәғқңөұүһҳҷӣӯјљњћђџѓќѕҗҡҙҫӧӝӟӥӵҥӈԥԛԝӀӑӗӳӹӱ"},
    /* without э the ъ, which languages of the Caucasus have in every line */
    {ALN_SCRIPT_CYRL, "ru", {"ы", "щцюф", "и"}, {2, 2, 6}, "ъіїєґўәғқңөұүһҳҷӣӯјљњћђџѓќѕҗҡҙҫӧӝӟӥӵҥӈԥԛԝӀӑӗӳӹӱ"},
    {ALN_SCRIPT_CYRL, "bg", {"ъ", "щчцюя", "и"}, {1, 3, 6}, "ыэёьіїєґўјљњћђџѓќѕәғқңөұүһҳҷӣӯӕҗҡҙҫӧӝӟӥӵҥӈԥԛԝӏӑӗӳӹӱ"},
    {ALN_SCRIPT_ARAB, "ar", {"ةإأ", "ي", "ال"}, {3, 3, 6}, "یکپچژگٹڈڑےںھہېۍڼښێۆەڭۇۈۋۅڤځڅډړږګڪۃ"},
    {ALN_SCRIPT_ARAB, "fa", {"ی", "پچژگ", "ک"}, {5, 2, 1}, "يكٹڈڑےںھہېۍڼښێۆەڭۇۈۋۅځڅډړږګڕڵۊ"},
    {ALN_SCRIPT_LATN, "pl", {"ł", "ąęśżźć", "y"}, {2, 3, 1}, "đěůřğışəőűāēīūčšžäöüñãëôò"},
    {ALN_SCRIPT_LATN, "cs", {"ř", "ě", "ůý"}, {1, 2, 1}, "łđğışəőűāēīūäöüñąęż"},
    {ALN_SCRIPT_LATN, "cs", {"ř", "ě", "čšž"}, {1, 3, 2}, "łđğışəőűāēīūäöüñąęż"},
    {ALN_SCRIPT_LATN, "hu", {"ő", "éá", "aeiou"}, {2, 3, 1}, "łđğışəřěůāēīūäñãõ"},
    {ALN_SCRIPT_LATN, "tr", {"ı", "ğş", "aei"}, {3, 3, 1}, "łđəőűřěůāēīūäñqwxýňžţșțéáíó"},
    {ALN_SCRIPT_LATN, "az", {"ə", "ıış", "x"}, {6, 3, 1}, "łđőűřěůāēīūäñýňžţáíó"},
};

/* Short words of languages that have no letter of their own: these make a tenth of a text, and no neighbour has as many
 * of them (Dutch has die and der, but no und; Catalan les and des, but no et). */
#define WORDS_OF_LANGUAGE 8
static const struct {
    const char *tag;
    char words[WORDS_OF_LANGUAGE][4];
    unsigned least; /* of them must be there */
} short_words[] = {
    {"en", {"the", "of", "and", "to", "for", "has", "was", "its"}, 3},
    {"de", {"der", "die", "und", "das", "den", "von", "mit", "ist"}, 4},
    {"fr", {"les", "des", "et", "du", "une", "est", "sur", "qui"}, 3},
    {"es", {"los", "las", "el", "y", "del", "que", "una", "por"}, 5},
    {"sl", {"je", "in", "ki", "so", "v", "pa", "ter", "kot"}, 4}, /* its neighbours have of these je, v, pa and so */
};
#define SHORT_LANGUAGES (sizeof short_words / sizeof *short_words)

#define SEEN_MAX 0x700 /* Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic */

typedef struct census {
    uint16_t seen[SEEN_MAX];
    unsigned script[ALN_SCRIPTS];
    unsigned letters, bytes, words, unusual; /* unusual: Latin letters beyond ASCII */
    uint16_t word[SHORT_LANGUAGES][WORDS_OF_LANGUAGE];
} census;

static void count_word(census *c, const unsigned char *word, size_t len)
{
    char low[4] = {0};
    c->words++;
    if (len > 3)
        return;
    for (size_t i = 0; i < len; i++)
        low[i] = (char)(word[i] | 32);
    for (size_t l = 0; l < SHORT_LANGUAGES; l++)
        for (size_t w = 0; w < WORDS_OF_LANGUAGE; w++)
            c->word[l][w] = (uint16_t)(c->word[l][w] + (memcmp(low, short_words[l].words[w], 4) == 0));
}

static int is_ascii_letter(unsigned char c)
{
    return (c | 32u) - 'a' <= 25u;
}

static void take_census(census *c, const unsigned char *s, const unsigned char *end)
{
    memset(c, 0, sizeof *c);
    while (s < end) {
        if (*s < 0x80) {
            const unsigned char *first = s;
            while (s < end && is_ascii_letter(*s))
                c->seen[*s++ | 32]++;
            if (s == first) {
                s++;
                continue;
            }
            c->script[ALN_SCRIPT_LATN] += (unsigned)(s - first);
            c->bytes += (unsigned)(s - first);
            if (s == end || *s < 0x80)
                count_word(c, first, (size_t)(s - first));
            continue;
        }
        uint32_t cp;
        size_t n = aln_utf8_next(s, end, &cp);
        s += n;
        if (cp == ALN_BAD_CP)
            continue;
        if (cp < SEEN_MAX)
            c->seen[cp]++;
        aln_script script = aln_cell_script(aln_unicode_cell(cp));
        if (script == ALN_SCRIPT_ZYYY)
            continue;
        c->script[script]++;
        c->unusual += script == ALN_SCRIPT_LATN;
        c->bytes += (unsigned)n;
    }
    for (size_t i = 0; i < ALN_SCRIPTS; i++)
        c->letters += c->script[i];
}

/* Scripts of one language among those that are told apart. Tags are CLD2's. */
static const char *language_of_script(aln_script script, const census *c)
{
    switch (script) {
    case ALN_SCRIPT_HANG:
        return "ko";
    case ALN_SCRIPT_THAI:
        return "th";
    case ALN_SCRIPT_GEOR:
        return "ka";
    case ALN_SCRIPT_ARMN:
        return "hy";
    case ALN_SCRIPT_GREK:
        return "el";
    case ALN_SCRIPT_HEBR: /* Yiddish: its ligatures; pointed alef */
        return c->seen[0x5F0] || c->seen[0x5F1] || c->seen[0x5F2] || c->seen[0x5B7] || c->seen[0x5B8] ? NULL : "iw";
    default:
        return NULL;
    }
}

static unsigned count_letters(const census *c, const char *set)
{
    unsigned n = 0;
    const unsigned char *s = (const unsigned char *)set, *end = s + strlen(set);
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        n += c->seen[cp];
        uint32_t capital = (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
        if (capital != cp && capital >= 0x80 && capital < SEEN_MAX)
            n += c->seen[capital];
    }
    return n;
}

static const char *by_alphabet(const census *c, aln_script script)
{
    for (size_t i = 0; i < sizeof alphabets / sizeof *alphabets; i++) {
        if (alphabets[i].script != script)
            continue;
        int fits = 1;
        for (size_t k = 0; k < 3 && fits; k++)
            fits = count_letters(c, alphabets[i].own[k]) >= alphabets[i].least[k];
        if (fits && !count_letters(c, alphabets[i].foreign))
            return alphabets[i].tag;
    }
    return NULL;
}

static const char *by_words(const census *c)
{
    unsigned best = 0, second = 0, kinds = 0;
    size_t which = 0;
    for (size_t l = 0; l < SHORT_LANGUAGES; l++) {
        unsigned n = 0, here = 0;
        for (size_t w = 0; w < WORDS_OF_LANGUAGE; w++) {
            n += c->word[l][w];
            here += c->word[l][w] > 0;
        }
        if (n > best) {
            second = best;
            best = n;
            which = l;
            kinds = here;
        } else if (n > second) {
            second = n;
        }
    }
    /* in is Slovene, too, and to and so are many languages' */
    if (best < 5 || best * 12 < c->words || second * 2 > best || kinds < short_words[which].least)
        return NULL;
    return which == 0 && c->unusual * 50 > c->letters ? NULL : short_words[which].tag;
}

/* Frequent characters in the form that China gave them, and in the one that Taiwan writes; Japan writes neither. */
static const char simplified[] = "们这说时对发经长为东车见马门问间关开业产实现动务",
                  traditional[] = "國們這說對發會來經與關產學實";
#define HAN_LEAST 3

static const char *by_han(const unsigned char *s, const unsigned char *end)
{
    unsigned plain = 0, full = 0;
    for (; end - s >= 3; s += (*s & 0xF0) == 0xE0 ? 3 : 1) {
        if (*s < 0xE4 || *s > 0xE9)
            continue;
        const char *const sets[] = {simplified, traditional};
        for (int k = 0; k < 2; k++)
            for (const char *c = sets[k]; *c; c += 3)
                if (memcmp(c, s, 3) == 0) {
                    plain += k == 0;
                    full += k == 1;
                }
    }
    return plain >= HAN_LEAST && !full ? "zh" : full >= HAN_LEAST && !plain ? "zh-Hant" : NULL;
}

const char *aln_identify_by_letters(const char *text, size_t len)
{
    census c;
    const unsigned char *s = (const unsigned char *)text;
    const unsigned char *end = s + (len < MOST_BYTES ? len : MOST_BYTES);
    take_census(&c, s, end);
    if (c.bytes < LEAST_BYTES)
        return NULL;
    unsigned kana = c.script[ALN_SCRIPT_HIRA] + c.script[ALN_SCRIPT_KANA];
    if ((kana + c.script[ALN_SCRIPT_HANI]) * 8 > c.letters * 7 && kana * 5 > c.letters)
        return "ja";
    if (!kana && c.script[ALN_SCRIPT_HANI] * 8 > c.letters * 7)
        return by_han(s, end);
    for (int script = ALN_SCRIPT_LATN; script < ALN_SCRIPTS; script++) {
        if (c.script[script] * 8 <= c.letters * 7)
            continue;
        const char *tag = language_of_script((aln_script)script, &c);
        if (!tag)
            tag = by_alphabet(&c, (aln_script)script);
        return tag || script != ALN_SCRIPT_LATN ? tag : by_words(&c);
    }
    return NULL;
}
