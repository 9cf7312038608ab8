/*
 * Word boundaries. The rules are applied forward from a known boundary, so that no state has to be kept between
 * segments: the longest context any rule wants to the left begins inside of the segment itself. Rule numbers are those
 * of UAX #29 revision 41 (Unicode 15.0).
 *
 * Runs of letters that nothing can join are by far the most common; runs.h has the way through them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "segment.h"
#include "runs.h"

/* One code point ahead. */
typedef struct peeked {
    uint16_t cell;
    aln_wb wb;
    size_t bytes; /* 0 at the end of the text */
} peeked;

static peeked peek(const unsigned char *at, const unsigned char *end)
{
    peeked p = {0, ALN_WB_NEWLINE, 0};
    if (at < end) {
        p.cell = aln_cell_at(at, end, &p.bytes);
        p.wb = aln_cell_wb(p.cell);
    }
    return p;
}

static int is_midnumletq(aln_wb wb)
{
    return wb == ALN_WB_MIDNUMLET || wb == ALN_WB_SINGLE_QUOTE;
}

/* WB4: skips what attaches to the character before; says whether the last one was a ZWJ, which WB3c asks. */
static const unsigned char *skip_extend(const unsigned char *at, const unsigned char *end, int *zwj)
{
    for (;;) {
        peeked p = peek(at, end);
        if (!p.bytes || !aln_is_extend(p.wb))
            return at;
        *zwj = p.wb == ALN_WB_ZWJ;
        at += p.bytes;
    }
}

/* The character after the one at `at` and all that attaches to it: the right context of WB6, WB7b and WB12. */
static aln_wb wb_after(const unsigned char *at, const unsigned char *end)
{
    int zwj = 0;
    peeked p = peek(skip_extend(at, end, &zwj), end);
    return p.bytes ? p.wb : ALN_WB_NEWLINE;
}

/* What folding knows of the character at `at`; 0 at the end and of what is not simple. */
static unsigned fold_of(const unsigned char **at, const unsigned char *end)
{
    uint32_t cp = ALN_FOLDS;
    if (*at < end)
        *at += aln_utf8_next(*at, end, &cp);
    return cp < ALN_FOLDS ? aln_unicode_folds[cp] : 0;
}

/* Whether a capital and a small letter stand behind a full stop between letters: a sentence or a name begins there and
 * the space was left out (В.Путин, Қ.Тоқаев; "said AFP.Yesterday"). A tailoring of WB6: host names (lenta.ru, Leave.EU)
 * and abbreviations (U.S., e.g.) stay whole. */
static int begins_behind_stop(const unsigned char *stop, const unsigned char *end)
{
    const unsigned char *at = stop + 1;
    unsigned first = *stop == '.' ? fold_of(&at, end) : 0;
    if (!(first & ALN_FOLDS_CAPITAL))
        return 0;
    unsigned second = fold_of(&at, end);
    return (second & (ALN_FOLDS_LETTER | ALN_FOLDS_CAPITAL)) == ALN_FOLDS_LETTER;
}

/* Whether there is no boundary between a character of class a and the next one, and no rule needs more than that. */
static int joins(aln_wb a, aln_wb b)
{
    switch (a) {
    case ALN_WB_ALETTER:
    case ALN_WB_HEBREW_LETTER:
    case ALN_WB_NUMERIC: /* WB5, WB8, WB9, WB10, WB13a */
        return aln_is_letter(b) || b == ALN_WB_NUMERIC || b == ALN_WB_EXTENDNUMLET;
    case ALN_WB_KATAKANA: /* WB13, WB13a */
        return b == ALN_WB_KATAKANA || b == ALN_WB_EXTENDNUMLET;
    case ALN_WB_EXTENDNUMLET: /* WB13a, WB13b */
        return aln_is_letter(b) || b == ALN_WB_NUMERIC || b == ALN_WB_KATAKANA || b == ALN_WB_EXTENDNUMLET;
    default:
        return 0;
    }
}

/* The script of a word that begins with letters of none (modifier letters, digits). */
static aln_script first_script(const unsigned char *at, const unsigned char *end)
{
    aln_script script = ALN_SCRIPT_ZYYY;
    while (at < end && script == ALN_SCRIPT_ZYYY) {
        peeked p = peek(at, end);
        script = aln_cell_script(p.cell);
        at += p.bytes;
    }
    return script;
}

aln_segment aln_segment_next(const char *text, size_t len, size_t pos)
{
    const unsigned char *base = (const unsigned char *)text, *end = base + len, *at = base + pos;
    aln_segment seg = {pos, pos, ALN_SEGMENT_NONE, ALN_SCRIPT_ZYYY};
    peeked p = peek(at, end);
    if (p.bytes) {
        const unsigned char *behind = aln_plain_segment(at, end, p.cell, p.bytes, &seg.kind, &seg.script);
        if (behind) {
            seg.end = (size_t)(behind - base);
            return seg;
        }
        seg.kind = ALN_SEGMENT_NONE;
        seg.script = ALN_SCRIPT_ZYYY;
    }
    aln_wb last = p.wb;
    at += p.bytes;
    if (last == ALN_WB_CR || last == ALN_WB_LF || last == ALN_WB_NEWLINE) { /* WB3, WB3a, WB3b */
        if (last == ALN_WB_CR && at < end && *at == '\n')
            at++;
        seg.end = (size_t)(at - base);
        return seg;
    }
    if (aln_is_letter(last) || last == ALN_WB_NUMERIC || last == ALN_WB_KATAKANA) {
        seg.kind = ALN_SEGMENT_WORD;
        seg.script = aln_cell_script(p.cell);
    } else if (last == ALN_WB_OTHER && aln_written_without_spaces(aln_cell_script(p.cell))) {
        seg.kind = ALN_SEGMENT_CHAR;
        seg.script = aln_cell_script(p.cell);
    }
    unsigned indicators = last == ALN_WB_REGIONAL_INDICATOR;
    if (last == ALN_WB_WSEGSPACE) { /* WB3d: only where nothing stands between */
        for (p = peek(at, end); p.bytes && p.wb == ALN_WB_WSEGSPACE; p = peek(at, end))
            at += p.bytes;
    }
    int zwj = last == ALN_WB_ZWJ;
    for (;;) {
        p = peek(at, end);
        if (p.bytes && aln_is_extend(p.wb)) { /* WB4 */
            at = skip_extend(at, end, &zwj);
            p = peek(at, end);
        }
        if (!p.bytes)
            break;
        aln_wb next = p.wb;
        int join = joins(last, next) || (zwj && aln_cell_pictographic(p.cell)); /* WB3c */
        if (!join && aln_is_letter(last) && (next == ALN_WB_MIDLETTER || is_midnumletq(next))) {
            if (aln_is_letter(wb_after(at + p.bytes, end)))
                join = !begins_behind_stop(at, end); /* WB6, WB7 */
            else if (last == ALN_WB_HEBREW_LETTER && next == ALN_WB_SINGLE_QUOTE)
                join = 1; /* WB7a */
        }
        if (!join && last == ALN_WB_HEBREW_LETTER && next == ALN_WB_DOUBLE_QUOTE)
            join = wb_after(at + p.bytes, end) == ALN_WB_HEBREW_LETTER; /* WB7b, WB7c */
        if (!join && last == ALN_WB_NUMERIC && (next == ALN_WB_MIDNUM || is_midnumletq(next)))
            join = wb_after(at + p.bytes, end) == ALN_WB_NUMERIC; /* WB11, WB12 */
        if (!join && next == ALN_WB_REGIONAL_INDICATOR && last == ALN_WB_REGIONAL_INDICATOR)
            join = indicators++ % 2 == 1; /* WB15, WB16 */
        if (!join)
            break;
        at += p.bytes;
        zwj = 0;
        if (next == ALN_WB_MIDLETTER || is_midnumletq(next) || next == ALN_WB_DOUBLE_QUOTE || next == ALN_WB_MIDNUM) {
            /* A joint between letters or digits: its right side was seen to join, or it ends the segment (WB7a). */
            at = skip_extend(at, end, &zwj);
            p = peek(at, end);
            if (!p.bytes || (last == ALN_WB_NUMERIC ? p.wb != ALN_WB_NUMERIC : !aln_is_letter(p.wb)))
                break;
            at += p.bytes;
            next = p.wb;
            zwj = 0;
        } else if (seg.kind == ALN_SEGMENT_NONE &&
                   (aln_is_letter(next) || next == ALN_WB_NUMERIC || next == ALN_WB_KATAKANA)) {
            seg.kind = ALN_SEGMENT_WORD; /* begins with a connector: _name */
        }
        if (seg.script == ALN_SCRIPT_ZYYY)
            seg.script = aln_cell_script(p.cell);
        last = next;
    }
    seg.end = (size_t)(at - base);
    if (seg.kind == ALN_SEGMENT_WORD && seg.script == ALN_SCRIPT_ZYYY)
        seg.script = first_script(base + pos, at);
    return seg;
}
