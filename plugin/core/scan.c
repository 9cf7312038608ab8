/*
 * Scanning text. See scan.h.
 *
 * A word is read in the language of the document where its script is the language's; a word of another script (a Latin name in a
 * Russian text) is read as the script's own default. In a query each word is read in all languages that may be meant.
 *
 * SPDX-License-Identifier: MIT
 */
#include "scan.h"
#include "language.h"
#include "utf8.h"
#include <string.h>

/* What a word of this script is read as when the text's language does not write it. */
static uint8_t default_language(aln_script script)
{
    static const struct {
        aln_script script;
        const char *tag;
    } defaults[] = {{ALN_SCRIPT_LATN, "und-Latn"}, {ALN_SCRIPT_CYRL, "und-Cyrl"}, {ALN_SCRIPT_ARAB, "und-Arab"}, {ALN_SCRIPT_HANI, "zh"},
                    {ALN_SCRIPT_HIRA, "ja"},       {ALN_SCRIPT_KANA, "ja"}};
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (defaults[i].script == script)
            return (uint8_t)aln_language_find(defaults[i].tag, strlen(defaults[i].tag));
    for (unsigned i = 0; i < aln_language_count; i++)
        if (aln_languages[i].script == script)
            return (uint8_t)i;
    return ALN_NO_LANGUAGE;
}

/* The languages of a query word: those asked for that write the script, else the script's default. */
static size_t query_languages(const aln_scan_options *options, aln_script script, uint8_t *out)
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

/* What may stand between two words of one name: a space, a hyphen or dash, a middle dot, an apostrophe; a full stop behind an
 * initial. Anything else parts them. */
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
        } else if (cp != ' ' && cp != 0xA0 && cp != 0x202F && cp != 0xB7 && cp != 0x30FB && cp != 0x2022 && cp != '=' && cp != '\'' &&
                   cp != 0x2019 && cp != 0x200C && cp != 0x200D && cp != '\n')
            return 0;
    }
    return ALN_UNIT_JOINED | (count == 1 && hyphens == 1 ? ALN_UNIT_HYPHEN : 0);
}

/* Capitals cannot tell the names of a text that is hardly more than a name itself, nor those of a paragraph that has none at all. */
#define NAME_BYTES 64
#define PARAGRAPH_BYTES 512
static int tells_names_by_capitals(const char *text, size_t len)
{
    if (len <= NAME_BYTES || len > PARAGRAPH_BYTES)
        return len > NAME_BYTES;
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

aln_status aln_scan(aln_memo *memo, const char *text, size_t len, size_t *pos, const aln_scan_options *options, aln_window *window)
{
    uint8_t by_script[ALN_SCRIPTS];
    memset(by_script, ALN_NO_LANGUAGE, sizeof by_script);
    window->unit_count = window->found_count = 0;
    size_t at = *pos, last_end = 0, last_len = 0;
    aln_script last_script = ALN_SCRIPTS;
    uint8_t languages[128];
    aln_reading_in in = {languages, 0, options->query, 0, 1};
    uint32_t reading = 0;
    int keys = tells_names_by_capitals(text, len) ? 1 : 2;
    if (!options->query)
        aln_memo_rest(memo);
    while (at < len) {
        aln_segment seg = aln_segment_next(text, len, at);
        at = seg.end;
        if (seg.kind == ALN_SEGMENT_NONE) {
            if (window->unit_count >= ALN_WINDOW_WORDS && text[seg.start] == '\n')
                break;
            continue;
        }
        if (seg.script != last_script) { /* runs of one script are the rule */
            last_script = seg.script;
            if (options->query) {
                in.count = query_languages(options, seg.script, languages);
                reading = (uint32_t)seg.script;
            } else {
                if (by_script[seg.script] == ALN_NO_LANGUAGE) {
                    unsigned own = aln_language_in_script(options->language, seg.script);
                    by_script[seg.script] = own != ALN_NO_LANGUAGE ? (uint8_t)own : default_language(seg.script);
                }
                languages[0] = by_script[seg.script];
                in.guessed = aln_language_in_script(options->language, seg.script) == ALN_NO_LANGUAGE;
                in.count = languages[0] != ALN_NO_LANGUAGE;
                reading = (uint32_t)in.guessed << 20 | (uint32_t)keys << 16 | (uint32_t)languages[0] << 8 | (uint32_t)seg.script;
            }
        }
        if (window->unit_count >= 4 * ALN_WINDOW_WORDS) { /* no line break for very long */
            at = seg.start;
            break;
        }
        in.keys = seg.kind == ALN_SEGMENT_WORD ? keys : 0;
        const aln_word *word = aln_memo_word(memo, text + seg.start, seg.end - seg.start, seg.script, &in, reading);
        if (!word)
            return ALN_ENOMEM;
        if (!word->exact_len)
            continue; /* only marks and format characters */
        if (window->unit_count == window->unit_cap &&
            !aln_grow(&window->alloc, (void **)&window->units, &window->unit_cap, window->unit_count + 1, sizeof *window->units))
            return ALN_ENOMEM;
        uint32_t flags = seg.kind == ALN_SEGMENT_CHAR ? ALN_UNIT_CHAR : 0;
        if (window->unit_count) {
            size_t gap = seg.start - last_end;
            flags |= gap == 1 && text[last_end] == ' ' ? ALN_UNIT_JOINED
                     : gap <= 12                       ? between(text, last_end, seg.start, last_len)
                                                       : 0;
        }
        window->units[window->unit_count++] = (aln_unit){word, seg.start, seg.end, flags};
        last_end = seg.end;
        last_len = seg.end - seg.start;
    }
    *pos = at;
    return ALN_OK;
}

void aln_window_free(aln_window *window)
{
    aln_mem_free(&window->alloc, window->units, window->unit_cap * sizeof *window->units);
    aln_mem_free(&window->alloc, window->found, window->found_cap * sizeof *window->found);
    window->units = NULL;
    window->found = NULL;
    window->unit_cap = window->found_cap = 0;
}
