/*
 * The common way through text: runs of letters and digits, and what ends them, without the rules of UAX #29. What is
 * said here to be a word is one by those rules (segment.c has all of them); what is not that simple is left to them.
 *
 * Letters of one and two bytes are told sixteen bytes at a time where the machine has SSE2.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_RUNS_H
#define ALN_CORE_RUNS_H

#include "segment.h"
#include "unicode.h"
#include "utf8.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* What an ASCII character is to the word boundaries around it. */
enum {
    ALN_BYTE_ALONE,   /* a segment by itself unless something attaches to it; ends letters and digits */
    ALN_BYTE_LETTER,  /* ALetter */
    ALN_BYTE_DIGIT,   /* Numeric */
    ALN_BYTE_MID,     /* . and ': go on with letters before letters, with digits before digits (WB6, WB7, WB11, WB12) */
    ALN_BYTE_COLON,   /* the same for letters only */
    ALN_BYTE_COMMA,   /* , and ;: the same for digits only */
    ALN_BYTE_QUOTE,   /* goes on between Hebrew letters (WB7b, WB7c) */
    ALN_BYTE_CONNECT, /* _ (WB13a, WB13b) */
    ALN_BYTE_BREAK,   /* LF, VT, FF: nothing attaches to them (WB3a) */
    ALN_BYTE_CR       /* may go on with LF (WB3) */
};

static const uint8_t aln_byte_kinds[128] = {
    ['\n'] = ALN_BYTE_BREAK, ['\v'] = ALN_BYTE_BREAK, ['\f'] = ALN_BYTE_BREAK, ['\r'] = ALN_BYTE_CR,
    ['\''] = ALN_BYTE_MID,   ['.'] = ALN_BYTE_MID,    [':'] = ALN_BYTE_COLON,  [','] = ALN_BYTE_COMMA,
    [';'] = ALN_BYTE_COMMA,  ['"'] = ALN_BYTE_QUOTE,  ['_'] = ALN_BYTE_CONNECT,
    ['0'] = ALN_BYTE_DIGIT,  ['1'] = ALN_BYTE_DIGIT,  ['2'] = ALN_BYTE_DIGIT,  ['3'] = ALN_BYTE_DIGIT,
    ['4'] = ALN_BYTE_DIGIT,  ['5'] = ALN_BYTE_DIGIT,  ['6'] = ALN_BYTE_DIGIT,  ['7'] = ALN_BYTE_DIGIT,
    ['8'] = ALN_BYTE_DIGIT,  ['9'] = ALN_BYTE_DIGIT,
    ['A'] = ALN_BYTE_LETTER, ['B'] = ALN_BYTE_LETTER, ['C'] = ALN_BYTE_LETTER, ['D'] = ALN_BYTE_LETTER,
    ['E'] = ALN_BYTE_LETTER, ['F'] = ALN_BYTE_LETTER, ['G'] = ALN_BYTE_LETTER, ['H'] = ALN_BYTE_LETTER,
    ['I'] = ALN_BYTE_LETTER, ['J'] = ALN_BYTE_LETTER, ['K'] = ALN_BYTE_LETTER, ['L'] = ALN_BYTE_LETTER,
    ['M'] = ALN_BYTE_LETTER, ['N'] = ALN_BYTE_LETTER, ['O'] = ALN_BYTE_LETTER, ['P'] = ALN_BYTE_LETTER,
    ['Q'] = ALN_BYTE_LETTER, ['R'] = ALN_BYTE_LETTER, ['S'] = ALN_BYTE_LETTER, ['T'] = ALN_BYTE_LETTER,
    ['U'] = ALN_BYTE_LETTER, ['V'] = ALN_BYTE_LETTER, ['W'] = ALN_BYTE_LETTER, ['X'] = ALN_BYTE_LETTER,
    ['Y'] = ALN_BYTE_LETTER, ['Z'] = ALN_BYTE_LETTER,
    ['a'] = ALN_BYTE_LETTER, ['b'] = ALN_BYTE_LETTER, ['c'] = ALN_BYTE_LETTER, ['d'] = ALN_BYTE_LETTER,
    ['e'] = ALN_BYTE_LETTER, ['f'] = ALN_BYTE_LETTER, ['g'] = ALN_BYTE_LETTER, ['h'] = ALN_BYTE_LETTER,
    ['i'] = ALN_BYTE_LETTER, ['j'] = ALN_BYTE_LETTER, ['k'] = ALN_BYTE_LETTER, ['l'] = ALN_BYTE_LETTER,
    ['m'] = ALN_BYTE_LETTER, ['n'] = ALN_BYTE_LETTER, ['o'] = ALN_BYTE_LETTER, ['p'] = ALN_BYTE_LETTER,
    ['q'] = ALN_BYTE_LETTER, ['r'] = ALN_BYTE_LETTER, ['s'] = ALN_BYTE_LETTER, ['t'] = ALN_BYTE_LETTER,
    ['u'] = ALN_BYTE_LETTER, ['v'] = ALN_BYTE_LETTER, ['w'] = ALN_BYTE_LETTER, ['x'] = ALN_BYTE_LETTER,
    ['y'] = ALN_BYTE_LETTER, ['z'] = ALN_BYTE_LETTER,
};

static inline int aln_is_extend(aln_wb wb) /* WB4 */
{
    return wb == ALN_WB_EXTEND || wb == ALN_WB_FORMAT || wb == ALN_WB_ZWJ;
}

static inline int aln_is_letter(aln_wb wb) /* AHLetter */
{
    return wb == ALN_WB_ALETTER || wb == ALN_WB_HEBREW_LETTER;
}

/* The cell of the character at `at` (at < end) and its bytes; ill-formed bytes are as a line break, as nothing attaches
 * to them. */
static inline uint16_t aln_cell_at(const unsigned char *at, const unsigned char *end, size_t *bytes)
{
    uint32_t cp;
    *bytes = aln_utf8_next(at, end, &cp);
    return cp == ALN_BAD_CP ? (uint16_t)ALN_WB_NEWLINE : aln_unicode_cell(cp);
}

/* Behind the run of letters (AHLetter) that begins at `at`: character by character. */
static inline const unsigned char *aln_letters_by_one(const unsigned char *at, const unsigned char *end)
{
    while (at < end) {
        unsigned c = *at;
        if (c < 0x80) {
            if ((c | 32u) - 'a' > 25u)
                break;
            at++;
        } else if (c >= 0xC0 && c < 0xE0) {
            if (end - at < 2 || (at[1] & 0xC0) != 0x80 || !(aln_unicode_letters[c & 31] >> (at[1] & 63) & 1))
                break;
            at += 2;
        } else {
            size_t bytes;
            if (!aln_is_letter(aln_cell_wb(aln_cell_at(at, end, &bytes))))
                break;
            at += bytes;
        }
    }
    return at;
}

#if defined(__SSE2__)
/* How many of the sixteen bytes at `at`, a character's beginning, are whole letters of ASCII or of the blocks whose lead
 * bytes are C3 to CA (Latin) and D0 to D3 (Cyrillic), which are letters but for × and ÷ (C3 97, C3 B7) and U+0482 to
 * U+0489 (D2 82 to D2 89). */
static inline unsigned aln_letters_in_sixteen(const unsigned char *at)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_or_si128(v, _mm_set1_epi8(32));
    /* a <= x < b, unsigned, as (x - a) - 128 < (b - a) - 128, signed */
    __m128i ascii = _mm_cmplt_epi8(_mm_add_epi8(low, _mm_set1_epi8(128 - 'a')), _mm_set1_epi8(-128 + 26));
    __m128i latin = _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x180 - 0xC3))), _mm_set1_epi8(-128 + 8));
    __m128i cyrillic = _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x180 - 0xD0))), _mm_set1_epi8(-128 + 4));
    unsigned leads = (unsigned)_mm_movemask_epi8(_mm_or_si128(latin, cyrillic));
    unsigned follow = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8(-64))); /* 80 to BF */
    unsigned good = (unsigned)_mm_movemask_epi8(ascii) | leads | follow;
    unsigned bad = (~good | (leads << 1 ^ follow)) & 0xFFFF;
    __m128i c3 = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xC3)), d2 = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xD2));
    unsigned special = (unsigned)_mm_movemask_epi8(_mm_or_si128(c3, d2));
    if (special) {
        unsigned sign = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(low, _mm_set1_epi8((char)0xB7)));
        unsigned mark = (unsigned)_mm_movemask_epi8(
            _mm_cmplt_epi8(_mm_add_epi8(v, _mm_set1_epi8((char)(0x180 - 0x82))), _mm_set1_epi8(-128 + 8)));
        bad |= ((unsigned)_mm_movemask_epi8(c3) << 1 & sign) | ((unsigned)_mm_movemask_epi8(d2) << 1 & mark);
    }
    unsigned n = (unsigned)__builtin_ctz(bad | 1u << 16);
    return n - (leads << 1 >> n & 1); /* not half a character */
}
#endif

/* Behind the run of letters (AHLetter) that begins at `at`. */
static inline const unsigned char *aln_letters_end(const unsigned char *at, const unsigned char *end)
{
#if defined(__SSE2__)
    while (end - at >= 16) {
        unsigned n = aln_letters_in_sixteen(at);
        at += n;
        if (n < 15) {
            if (*at < 0x80)
                return at;
            break;
        }
    }
#endif
    return aln_letters_by_one(at, end);
}

/* Whether a character that is no ASCII ends the letters or digits before it, whatever stands behind; `other` does, too. */
static inline int aln_ends_run(const unsigned char *at, const unsigned char *end, aln_wb other)
{
    size_t bytes;
    aln_wb wb = aln_cell_wb(aln_cell_at(at, end, &bytes));
    return wb == ALN_WB_OTHER || wb == ALN_WB_NEWLINE || wb == ALN_WB_WSEGSPACE || wb == other;
}

/* Whether what stands at `at`, behind a run of letters, ends the word by what one or two characters tell. */
static inline int aln_ends_letters(const unsigned char *at, const unsigned char *end)
{
    if (at >= end)
        return 1;
    if (*at >= 0x80)
        return aln_ends_run(at, end, ALN_WB_MIDNUM);
    unsigned kind = aln_byte_kinds[*at];
    if (kind == ALN_BYTE_ALONE || kind == ALN_BYTE_COMMA || kind == ALN_BYTE_BREAK || kind == ALN_BYTE_CR)
        return 1;
    if (kind == ALN_BYTE_LETTER || kind == ALN_BYTE_DIGIT || kind == ALN_BYTE_CONNECT)
        return 0;
    /* WB7a to WB7c: Hebrew, which is D7 and a byte; or EF and two, as others are that nobody minds */
    if (at[-1] >= 0x80 && (at[-2] == 0xD7 || (at[-2] < 0xC0 && (at[-3] < 0xE0 || at[-3] == 0xEF))))
        return 0;
    return kind == ALN_BYTE_QUOTE || at + 1 >= end || (at[1] < 0x80 && aln_byte_kinds[at[1]] != ALN_BYTE_LETTER);
}

/* The same behind ASCII digits. */
static inline int aln_ends_digits(const unsigned char *at, const unsigned char *end)
{
    if (at >= end)
        return 1;
    if (*at >= 0x80)
        return aln_ends_run(at, end, ALN_WB_MIDLETTER);
    unsigned kind = aln_byte_kinds[*at];
    if (kind == ALN_BYTE_LETTER || kind == ALN_BYTE_DIGIT || kind == ALN_BYTE_CONNECT)
        return 0;
    if (kind != ALN_BYTE_MID && kind != ALN_BYTE_COMMA)
        return 1;
    return at + 1 >= end || (at[1] < 0x80 && aln_byte_kinds[at[1]] != ALN_BYTE_DIGIT);
}

/* Whether a character that begins a segment ends it, too, unless something attaches to it. */
static inline int aln_is_alone(aln_wb wb)
{
    const uint32_t alone = 1u << ALN_WB_OTHER | 1u << ALN_WB_SINGLE_QUOTE | 1u << ALN_WB_DOUBLE_QUOTE |
                           1u << ALN_WB_MIDNUMLET | 1u << ALN_WB_MIDLETTER | 1u << ALN_WB_MIDNUM |
                           1u << ALN_WB_WSEGSPACE;
    return alone >> wb & 1;
}

static inline int aln_written_without_spaces(aln_script script)
{
    const uint64_t scripts = (uint64_t)1 << ALN_SCRIPT_HANI | (uint64_t)1 << ALN_SCRIPT_HIRA |
                             (uint64_t)1 << ALN_SCRIPT_KANA | (uint64_t)1 << ALN_SCRIPT_BOPO |
                             (uint64_t)1 << ALN_SCRIPT_THAI | (uint64_t)1 << ALN_SCRIPT_LAOO |
                             (uint64_t)1 << ALN_SCRIPT_KHMR | (uint64_t)1 << ALN_SCRIPT_MYMR;
    return scripts >> script & 1;
}

/*
 * Behind the word or the character at `at` (at < end), which must begin a segment, with its script and kind; NULL where
 * it takes the rules to tell, or where it is no word. `bytes` and `cell` are the first character's.
 */
static inline const unsigned char *aln_plain_segment(const unsigned char *at, const unsigned char *end, uint16_t cell,
                                                     size_t bytes, aln_segment_kind *kind, aln_script *script)
{
    *script = aln_cell_script(cell);
    if (aln_is_letter(aln_cell_wb(cell))) {
        *kind = ALN_SEGMENT_WORD;
        at = *at < 0xCB || (*at & 0xFC) == 0xD0 ? aln_letters_end(at + bytes, end) : aln_letters_by_one(at + bytes, end);
        return *script != ALN_SCRIPT_ZYYY && aln_ends_letters(at, end) ? at : NULL;
    }
    if (aln_cell_wb(cell) == ALN_WB_OTHER && aln_written_without_spaces(*script)) {
        *kind = ALN_SEGMENT_CHAR;
        at += bytes;
        return at >= end || *at < 0x80 || !aln_is_extend(aln_cell_wb(aln_cell_at(at, end, &bytes))) ? at : NULL;
    }
    return NULL;
}

#endif
