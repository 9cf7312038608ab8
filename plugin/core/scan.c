/*
 * Scanning text. See scan.h.
 *
 * A word is read in the language of the document where its script is the language's; a word of another script (a Latin
 * name in a Russian text) is read as the script's own default. In a query each word is read in all languages that may
 * be meant.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scan.h"
#include "language.h"
#include "unicode.h"
#include "utf8.h"
#include <string.h>

/* What a word of this script is read as when the text's language does not write it. */
static uint8_t default_language(aln_script script)
{
    static const struct {
        aln_script script;
        const char *tag;
    } defaults[] = {{ALN_SCRIPT_LATN, "und-Latn"}, {ALN_SCRIPT_CYRL, "und-Cyrl"}, {ALN_SCRIPT_ARAB, "und-Arab"},
                    {ALN_SCRIPT_HANI, "zh"},       {ALN_SCRIPT_HIRA, "ja"},       {ALN_SCRIPT_KANA, "ja"}};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (defaults[i].script == script)
            return (uint8_t)aln_language_find(defaults[i].tag, strlen(defaults[i].tag));
    for (unsigned i = 0; i < aln_language_count; i++)
        if (aln_languages[i].script == script)
            return (uint8_t)i;
    return ALN_NO_LANGUAGE;
}

size_t aln_query_languages(const aln_scan_options *options, aln_script script, uint8_t out[ALN_LANGUAGES_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < options->language_count; i++)
        if (aln_language_writes(options->languages[i], script))
            out[n++] = options->languages[i];
    if (!n) {
        uint8_t fallback = default_language(script);
        if (fallback != ALN_NO_LANGUAGE)
            out[n++] = fallback;
    }
    return n;
}

/* What may stand between two words of one name: a space, a hyphen or dash, a middle dot, an apostrophe; a full stop
 * behind an initial. Anything else parts them. */
static uint32_t between(const char *text, size_t from, size_t to, size_t last_word_len)
{
    if (from == to)
        return ALN_UNIT_JOINED | ALN_UNIT_TOUCHES;
    const unsigned char *s = (const unsigned char *)text + from, *end = (const unsigned char *)text + to;
    unsigned count = 0, hyphens = 0;
    while (s < end) {
        uint32_t cp;
        s += aln_utf8_next(s, end, &cp);
        if (++count > 3)
            return 0;
        if (cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == 0x2013)
            hyphens++;
        else if (cp == '.') {
            if (last_word_len > 4)
                return 0;
        } else if (cp != ' ' && cp != 0xA0 && cp != 0x202F && cp != 0xB7 && cp != 0x30FB && cp != 0x2022 && cp != '=' &&
                   cp != '\'' && cp != 0x2019 && cp != 0x200C && cp != 0x200D && cp != '\n')
            return 0;
    }
    return ALN_UNIT_JOINED | (count == 1 && hyphens == 1 ? ALN_UNIT_HYPHEN : 0);
}

/* Arabic, Hebrew, Hangul, Devanagari and kana have none, but a word may begin with their digits and go on in another
 * script. */
static int may_have_capitals(aln_script script, const char *word, size_t len)
{
    uint32_t cp;
    (void)aln_utf8_next((const unsigned char *)word, (const unsigned char *)word + len, &cp);
    if (cp == ALN_BAD_CP || aln_cell_wb(aln_unicode_cell(cp)) == ALN_WB_NUMERIC)
        return 1;
    return script != ALN_SCRIPT_ARAB && script != ALN_SCRIPT_HEBR && script != ALN_SCRIPT_HANG &&
           script != ALN_SCRIPT_DEVA && script != ALN_SCRIPT_KANA;
}

/* Capitals cannot tell the names of a text that is hardly more than a name itself, nor those of a paragraph that has
 * none at all. */
#define NAME_BYTES 64
#define PARAGRAPH_BYTES 512
static int tells_names_by_capitals(const char *text, size_t len)
{
    if (len <= NAME_BYTES || len > PARAGRAPH_BYTES)
        return len > NAME_BYTES;
    /* Most texts begin with one: Latin, or Cyrillic (U+0410 to U+042F) */
    const unsigned char *s = (const unsigned char *)text;
    if ((*s >= 'A' && *s <= 'Z') || (*s == 0xD0 && s[1] >= 0x90 && s[1] <= 0xAF))
        return 1;
    for (size_t pos = 0; pos < len;) {
        aln_segment seg = aln_segment_next(text, len, pos);
        char folded[ALN_WORD_BYTES];
        unsigned flags = 0;
        pos = seg.end;
        if (seg.kind == ALN_SEGMENT_WORD && may_have_capitals(seg.script, text + seg.start, seg.end - seg.start))
            (void)aln_fold_exact(text + seg.start, seg.end - seg.start, folded, sizeof folded, &flags);
        if (flags & ALN_FOLD_CAPITAL)
            return 1;
    }
    return 0;
}

/* Words that are looked up together. */
#define BATCH 16

typedef struct scanner {
    aln_memo *memo;
    const char *text;
    const aln_scan_options *options;
    aln_window *window;
    size_t last_end, last_len; /* of the last word of the window */
    int keys;
    uint32_t by_script[ALN_SCRIPTS]; /* document: the reading of a script's words, once asked for; 0 = not yet */
    struct {
        aln_segment seg;
        uint64_t hash;
        uint32_t reading;
    } batch[BATCH];
    size_t batched;
} scanner;

#define READING_GUESSED (1u << 20)

/* What tells readings of the same bytes apart. */
static uint32_t reading_of(scanner *s, aln_script script)
{
    if (s->options->query)
        return (uint32_t)script;
    if (!s->by_script[script]) { /* runs of one script are the rule */
        unsigned own = aln_language_in_script(s->options->language, script);
        uint32_t guessed = own == ALN_NO_LANGUAGE ? READING_GUESSED : 0;
        s->by_script[script] = guessed | (uint32_t)s->keys << 16 |
                               (uint32_t)(guessed ? default_language(script) : own) << 8 | (uint32_t)script;
    }
    return s->by_script[script];
}

static void add_segment(scanner *s, aln_segment seg)
{
    uint32_t reading = reading_of(s, seg.script);
    uint64_t hash = aln_memo_hash(s->text + seg.start, seg.end - seg.start, reading);
    aln_memo_fetch_slot(s->memo, hash);
    s->batch[s->batched].seg = seg;
    s->batch[s->batched].hash = hash;
    s->batch[s->batched++].reading = reading;
}

static aln_status add_unit(scanner *s, const aln_word *word, aln_segment seg)
{
    aln_window *window = s->window;
    if (window->unit_count == window->unit_cap && !aln_grow(&window->alloc, (void **)&window->units, &window->unit_cap,
                                                            window->unit_count + 1, sizeof *window->units))
        return ALN_ENOMEM;
    uint32_t flags = seg.kind == ALN_SEGMENT_CHAR ? ALN_UNIT_CHAR : 0;
    if (window->unit_count) {
        size_t gap = seg.start - s->last_end;
        flags |= gap == 1 && s->text[s->last_end] == ' ' ? ALN_UNIT_JOINED
                 : gap <= 12                             ? between(s->text, s->last_end, seg.start, s->last_len)
                                                         : 0;
    }
    window->units[window->unit_count++] = (aln_unit){word, seg.start, seg.end, flags};
    s->last_end = seg.end;
    s->last_len = seg.end - seg.start;
    return ALN_OK;
}

/* The first time that a word is met. */
static const aln_word *make_word(scanner *s, size_t i)
{
    uint8_t languages[ALN_LANGUAGES_MAX];
    aln_segment seg = s->batch[i].seg;
    aln_reading_in in = {languages, 1, s->options->query, 0, seg.kind == ALN_SEGMENT_WORD ? s->keys : 0};
    if (s->options->query) {
        in.count = aln_query_languages(s->options, seg.script, languages);
    } else {
        languages[0] = (uint8_t)(s->batch[i].reading >> 8);
        in.guessed = (s->batch[i].reading & READING_GUESSED) != 0;
        in.count = languages[0] != ALN_NO_LANGUAGE;
    }
    return aln_memo_hashed(s->memo, s->batch[i].hash, s->text + seg.start, seg.end - seg.start, seg.script, &in,
                           s->batch[i].reading);
}

/* Looks up the batch. */
static aln_status look_up(scanner *s)
{
    for (size_t i = 0; i < s->batched; i++)
        aln_memo_fetch_entry(s->memo, s->batch[i].hash);
    for (size_t i = 0; i < s->batched; i++) {
        aln_segment seg = s->batch[i].seg;
        const aln_word *word =
            aln_memo_find(s->memo, s->batch[i].hash, s->text + seg.start, seg.end - seg.start, s->batch[i].reading);
        if (!word)
            word = make_word(s, i);
        if (!word)
            return ALN_ENOMEM;
        if (!word->exact_len)
            continue; /* only marks and format characters */
        if (add_unit(s, word, seg) != ALN_OK)
            return ALN_ENOMEM;
    }
    s->batched = 0;
    return ALN_OK;
}

aln_status aln_scan(aln_memo *memo, const char *text, size_t len, size_t *pos, const aln_scan_options *options,
                    aln_window *window)
{
    scanner s;
    s.memo = memo;
    s.text = text;
    s.options = options;
    s.window = window;
    s.last_end = s.last_len = s.batched = 0;
    s.keys = tells_names_by_capitals(text, len) ? 1 : 2;
    memset(s.by_script, 0, sizeof s.by_script);
    window->unit_count = window->found_count = window->inner_count = 0;
    size_t at = *pos;
    if (!options->query)
        aln_memo_rest(memo);
    const unsigned char *bytes = (const unsigned char *)text;
    while (at < len) {
        if (bytes[at] != '\n' && aln_stands_alone(bytes[at]) && aln_nothing_attaches(bytes + at + 1, bytes + len)) {
            at++; /* spaces and commas are half of all segments */
            continue;
        }
        aln_segment seg = aln_segment_next(text, len, at);
        at = seg.end;
        size_t words = window->unit_count + s.batched;
        if (seg.kind == ALN_SEGMENT_NONE) {
            if (words >= ALN_WINDOW_WORDS && text[seg.start] == '\n')
                break;
            continue;
        }
        if (words >= 4 * ALN_WINDOW_WORDS) { /* no line break for very long */
            at = seg.start;
            break;
        }
        add_segment(&s, seg);
        if (s.batched == BATCH && look_up(&s) != ALN_OK)
            return ALN_ENOMEM;
    }
    *pos = at;
    return look_up(&s);
}

void aln_window_free(aln_window *window)
{
    aln_mem_free(&window->alloc, window->units, window->unit_cap * sizeof *window->units);
    aln_mem_free(&window->alloc, window->found, window->found_cap * sizeof *window->found);
    window->units = NULL;
    aln_mem_free(&window->alloc, window->inner, window->inner_cap * sizeof *window->inner);
    window->found = window->inner = NULL;
    window->unit_cap = window->found_cap = window->inner_cap = 0;
}
