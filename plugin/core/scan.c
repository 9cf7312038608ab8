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
#include "runs.h"
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

/* What may stand between two words of one name: a space, a hyphen or dash, a middle dot, an apostrophe, an ampersand
 * (Johnson & Johnson); a full stop behind an initial. Anything else parts them. */
static uint32_t between(const char *text, size_t from, size_t to, size_t last_word_len)
{
    if (from == to)
        return ALN_UNIT_WITHIN | ALN_UNIT_JOINED | ALN_UNIT_TOUCHES;
    const unsigned char *s = (const unsigned char *)text + from, *end = (const unsigned char *)text + to;
    unsigned count = 0, hyphens = 0;
    if (*s == ',' && (to - from == 1 || (to - from == 2 && s[1] == ' ')))
        return ALN_UNIT_WITHIN;
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
                   cp != '&' && cp != '\'' && cp != 0x2019 && cp != 0x200C && cp != 0x200D && cp != '\n')
            return 0;
    }
    return ALN_UNIT_WITHIN | ALN_UNIT_JOINED | (count == 1 && hyphens == 1 ? ALN_UNIT_HYPHEN : 0);
}

static int follows(const unsigned char *at, const unsigned char *end)
{
    return at < end && (*at & 0xC0) == 0x80;
}

/* Whether a text may have capitals: it has none where this says so. Arabic, Hebrew, Georgian, Hangul, Han, kana and the
 * scripts of India are told by their lead bytes. */
static int may_have_capitals(const unsigned char *s, const unsigned char *end)
{
    while (s < end) {
        unsigned c = *s;
        if (c < 0x80) {
            if (c - 'A' <= 25u)
                return 1;
            s++;
        } else if (c < 0xE0) {
            /* C2: signs, and ª, º, µ; behind D5: the last letters of Armenian, which are small; Hebrew, Arabic ... */
            if (c < 0xC2 || !follows(s + 1, end))
                return 1;
            if (c > 0xC2 && c < 0xD6) {
                unsigned fold = aln_unicode_folds[(c & 31) << 6 | (s[1] & 63u)];
                if (!fold || (fold & ALN_FOLDS_CAPITAL))
                    return 1;
            }
            s += 2;
        } else {
            if (c > 0xEF || !follows(s + 1, end) || !follows(s + 2, end) ||
                (c == 0xE1 && !(s[1] == 0x83 && s[2] >= 0x90)) || (c == 0xE2 && s[1] != 0x80) ||
                (c == 0xEA && s[1] < 0xB0) || (c == 0xEF && s[1] == 0xBC && s[2] > 0xA0))
                return 1;
            s += 3;
        }
    }
    return 0;
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
    if (!may_have_capitals(s, s + len))
        return 0;
    for (size_t pos = 0; pos < len;) {
        aln_segment seg = aln_segment_next(text, len, pos);
        char folded[ALN_WORD_BYTES];
        unsigned flags = 0;
        pos = seg.end;
        if (seg.kind == ALN_SEGMENT_WORD)
            (void)aln_fold_exact(text + seg.start, seg.end - seg.start, folded, sizeof folded, &flags);
        if (flags & ALN_FOLD_CAPITAL)
            return 1;
    }
    return 0;
}

/* Words that are looked up together, while the memory of the next ones is on its way. */
#define BATCH 16

typedef struct found_word {
    uint64_t hash;
    size_t start, len;
    uint32_t reading;
    uint8_t kind, script;
} found_word;

typedef struct scanner {
    aln_memo *memo;
    const char *text;
    size_t len;
    const aln_scan_options *options;
    aln_window *window;
    size_t last_end, last_len; /* of the last word of the window */
    int keys;
    uint32_t by_script[ALN_SCRIPTS]; /* document: the reading of a script's words, once asked for; 0 = not yet */
    found_word batch[2][BATCH];
    size_t batched[2];
    unsigned filling; /* which of them; the other one is to be looked up next */
} scanner;

#define READING_GUESSED (1u << 20)

/* What tells readings of the same bytes apart. Asked once for each script of a text. */
static uint32_t reading_of(scanner *s, aln_script script)
{
    if (s->options->query)
        return (uint32_t)script;
    unsigned own = aln_language_in_script(s->options->language, script);
    uint32_t guessed = own == ALN_NO_LANGUAGE ? READING_GUESSED : 0;
    s->by_script[script] = guessed | (uint32_t)s->keys << 16 |
                           (uint32_t)(guessed ? default_language(script) : own) << 8 | (uint32_t)script;
    return s->by_script[script];
}

static inline const char *with_room(const scanner *s, size_t start, size_t len, char place[ALN_HEAD_BYTES])
{
    return aln_word_with_room(s->text + start, len, s->len - start, place);
}

static inline void add_word(scanner *s, size_t start, size_t len, aln_segment_kind kind, aln_script script)
{
    uint32_t reading = s->by_script[script];
    if (!reading)
        reading = reading_of(s, script);
    char place[ALN_HEAD_BYTES];
    uint64_t hash = aln_word_hash(with_room(s, start, len, place), len, reading);
    aln_memo_fetch_slot(s->memo, hash);
    s->batch[s->filling][s->batched[s->filling]++] =
        (found_word){hash, start, len, reading, (uint8_t)kind, (uint8_t)script};
}

/* The first time that a word is met. */
static aln_word *make_word(scanner *s, const found_word *w)
{
    uint8_t languages[ALN_LANGUAGES_MAX];
    aln_script script = (aln_script)w->script;
    aln_reading_in in = {languages, 1, s->options->query, 0, w->kind == ALN_SEGMENT_WORD ? s->keys : 0};
    if (s->options->query) {
        in.count = aln_query_languages(s->options, script, languages);
    } else {
        languages[0] = (uint8_t)(w->reading >> 8);
        in.guessed = (w->reading & READING_GUESSED) != 0;
        in.count = languages[0] != ALN_NO_LANGUAGE;
    }
    return aln_memo_add(s->memo, w->hash, s->text + w->start, w->len, script, &in, w->reading);
}

/* Looks up the batch that is not being filled, and calls for the entries of the other one, which is the next. */
static aln_status look_up(scanner *s)
{
    aln_window *window = s->window;
    unsigned filled = s->filling, turn = 1 - filled;
    size_t wanted = window->unit_count + s->batched[turn];
    if (wanted > window->unit_cap &&
        !aln_grow(&window->alloc, (void **)&window->units, &window->unit_cap, wanted, sizeof *window->units))
        return ALN_ENOMEM;
    for (size_t i = 0; i < s->batched[filled]; i++)
        aln_memo_fetch_entry(s->memo, s->batch[filled][i].hash);
    aln_unit *unit = window->units + window->unit_count;
    for (const found_word *w = s->batch[turn], *end = w + s->batched[turn]; w < end; w++) {
        size_t start = w->start, len = w->len;
        char place[ALN_HEAD_BYTES];
        aln_word *word = aln_memo_find(s->memo, w->hash, with_room(s, start, len, place), len, w->reading);
        if (!word)
            word = make_word(s, w);
        if (!word)
            return ALN_ENOMEM;
        __builtin_prefetch(word->ready);
        __builtin_prefetch(word->starts);
        if (!word->exact_len)
            continue; /* only marks and format characters */
        uint32_t flags = w->kind == ALN_SEGMENT_CHAR ? ALN_UNIT_CHAR : 0;
        if (unit > window->units) {
            size_t gap = start - s->last_end;
            flags |= gap == 1 && s->text[s->last_end] == ' ' ? ALN_UNIT_JOINED | ALN_UNIT_WITHIN
                     : gap <= 12                             ? between(s->text, s->last_end, start, s->last_len)
                                                             : 0;
        }
        *unit++ = (aln_unit){word, start, start + len, flags};
        s->last_end = start + len;
        s->last_len = len;
    }
    window->unit_count = (size_t)(unit - window->units);
    s->batched[turn] = 0;
    s->filling = turn;
    return ALN_OK;
}

typedef struct found_segment {
    const unsigned char *start, *end;
    aln_segment_kind kind;
    aln_script script;
} found_segment;

static void by_rules(const unsigned char *text, const unsigned char *at, const unsigned char *end, found_segment *out)
{
    aln_segment seg = aln_segment_next((const char *)text, (size_t)(end - text), (size_t)(at - text));
    *out = (found_segment){text + seg.start, text + seg.end, seg.kind, seg.script};
}

/* Whether a Han character stands here (U+4000 to U+9FFF, but the signs of U+4DC0 to U+4DFF) that nothing attaches to:
 * behind it comes the next one, or ASCII, or the end. */
static inline int is_plain_han(const unsigned char *at, const unsigned char *end)
{
    return *at >= 0xE4 && *at <= 0xE9 && end - at >= 3 && follows(at + 1, end) && follows(at + 2, end) &&
           !(at[0] == 0xE4 && at[1] == 0xB7) && (end - at == 3 || at[3] < 0x80 || (at[3] >= 0xE4 && at[3] <= 0xE9));
}

/* The next word from `at` on, where a segment begins (at < end); or a line feed, or a segment that is no word. */
static inline void next_segment(const unsigned char *text, const unsigned char *at, const unsigned char *end,
                                found_segment *out)
{
    while (at < end) {
        size_t bytes;
        uint16_t cell;
        if (*at < 0x80) {
            unsigned kind = aln_byte_kinds[*at];
            if (kind == ALN_BYTE_LETTER) {
                out->start = at;
                out->end = aln_letters_end(at + 1, end);
                out->kind = ALN_SEGMENT_WORD;
                out->script = ALN_SCRIPT_LATN;
                if (aln_ends_letters(out->end, end))
                    return;
                break;
            }
            if (kind == ALN_BYTE_DIGIT) {
                out->start = out->end = at;
                while (out->end < end && *out->end < 0x80 && aln_byte_kinds[*out->end] == ALN_BYTE_DIGIT)
                    out->end++;
                out->kind = ALN_SEGMENT_WORD;
                out->script = ALN_SCRIPT_ZYYY;
                if (aln_ends_digits(out->end, end))
                    return;
                break;
            }
            if (kind >= ALN_BYTE_CONNECT)
                break;
            if (at + 1 >= end || at[1] < 0x80) {
                at++; /* spaces and commas are half of all segments */
                continue;
            }
            cell = aln_cell_at(at + 1, end, &bytes);
            if (aln_is_extend(aln_cell_wb(cell)))
                break;
            at++;
        } else {
            /* Latin (U+00C0 to U+027F) and Cyrillic letters: their script is told by their lead bytes */
            aln_script script = (*at & 0xFC) == 0xD0         ? ALN_SCRIPT_CYRL
                                : *at >= 0xC3 && *at <= 0xC9 ? ALN_SCRIPT_LATN
                                                             : ALN_SCRIPT_ZYYY;
            if (script != ALN_SCRIPT_ZYYY) {
                const unsigned char *behind = aln_letters_end(at, end);
                if (behind > at && aln_ends_letters(behind, end)) {
                    *out = (found_segment){at, behind, ALN_SEGMENT_WORD, script};
                    return;
                }
            }
            if (is_plain_han(at, end)) {
                *out = (found_segment){at, at + 3, ALN_SEGMENT_CHAR, ALN_SCRIPT_HANI};
                return;
            }
            cell = aln_cell_at(at, end, &bytes);
        }
        out->start = at;
        out->end = aln_plain_segment(at, end, cell, bytes, &out->kind, &out->script);
        if (out->end)
            return;
        /* Punctuation that nothing attaches to. */
        if (!aln_is_alone(aln_cell_wb(cell)))
            break;
        const unsigned char *behind = at + bytes;
        if (behind < end && *behind >= 0x80 && aln_is_extend(aln_cell_wb(aln_cell_at(behind, end, &bytes))))
            break;
        at = behind;
    }
    if (at < end)
        by_rules(text, at, end, out);
    else
        *out = (found_segment){end, end, ALN_SEGMENT_NONE, ALN_SCRIPT_ZYYY};
}

aln_status aln_scan(aln_memo *memo, const char *text, size_t len, size_t *pos, const aln_scan_options *options,
                    aln_window *window)
{
    scanner s;
    s.memo = memo;
    s.text = text;
    s.len = len;
    s.options = options;
    s.window = window;
    s.last_end = s.last_len = 0;
    s.batched[0] = s.batched[1] = s.filling = 0;
    s.keys = tells_names_by_capitals(text, len) ? 1 : 2;
    memset(s.by_script, 0, sizeof s.by_script);
    window->unit_count = window->found_count = window->inner_count = 0;
    window->phrases = NULL;
    if (!options->query) {
        aln_memo_rest(memo);
        if (!aln_memo_keep_phrases(memo))
            return ALN_ENOMEM;
        window->phrases = &memo->phrases;
    }
    const unsigned char *base = (const unsigned char *)text, *end = base + len, *at = base + *pos;
    while (at < end) {
        found_segment seg;
        next_segment(base, at, end, &seg);
        size_t words = window->unit_count + s.batched[0] + s.batched[1];
        if (seg.kind == ALN_SEGMENT_NONE) {
            at = seg.end;
            if (words >= ALN_WINDOW_WORDS && seg.start < end && *seg.start == '\n')
                break;
            continue;
        }
        if (words >= 4 * ALN_WINDOW_WORDS) { /* no line break for very long */
            at = seg.start;
            break;
        }
        at = seg.end;
        add_word(&s, (size_t)(seg.start - base), (size_t)(seg.end - seg.start), seg.kind, seg.script);
        if (s.batched[s.filling] == BATCH && look_up(&s) != ALN_OK)
            return ALN_ENOMEM;
    }
    *pos = (size_t)(at - base);
    aln_status status = look_up(&s);
    return status == ALN_OK ? look_up(&s) : status;
}

void aln_window_free(aln_window *window)
{
    aln_mem_free(&window->alloc, window->units, window->unit_cap * sizeof *window->units);
    aln_mem_free(&window->alloc, window->found, window->found_cap * sizeof *window->found);
    window->units = NULL;
    aln_mem_free(&window->alloc, window->inner, window->inner_cap * sizeof *window->inner);
    aln_mem_free(&window->alloc, window->as_it_is, sizeof(uint64_t) << ALN_AS_IT_IS_BITS);
    window->as_it_is = NULL;
    window->found = window->inner = NULL;
    window->unit_cap = window->found_cap = window->inner_cap = 0;
}
