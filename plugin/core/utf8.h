/*
 * Reading and writing UTF-8. An ill-formed sequence is read as one step over its maximal subpart (Unicode 15,
 * section 3.9, "U+FFFD Substitution of Maximal Subparts"), so that indexing and querying see the same separators.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_UTF8_H
#define ALN_CORE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* What aln_utf8_next() gives for an ill-formed sequence: no code point. */
#define ALN_BAD_CP 0xFFFFFFFFu

/* The code point at s (s < end) into *cp; returns the bytes it takes, at least 1. */
static inline size_t aln_utf8_next(const unsigned char *s, const unsigned char *end, uint32_t *cp)
{
    uint32_t c = s[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    size_t left = (size_t)(end - s);
    if (c >= 0xC2 && c <= 0xDF) {
        if (left > 1 && (s[1] & 0xC0) == 0x80) {
            *cp = (c & 0x1F) << 6 | (s[1] & 0x3Fu);
            return 2;
        }
    } else if ((c & 0xF0) == 0xE0) {
        /* E0 excludes overlong forms, ED the surrogates */
        unsigned lo = c == 0xE0 ? 0xA0 : 0x80, hi = c == 0xED ? 0x9F : 0xBF;
        if (left > 1 && s[1] >= lo && s[1] <= hi) {
            if (left > 2 && (s[2] & 0xC0) == 0x80) {
                *cp = (c & 0x0F) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
                return 3;
            }
            *cp = ALN_BAD_CP;
            return 2;
        }
    } else if (c >= 0xF0 && c <= 0xF4) {
        unsigned lo = c == 0xF0 ? 0x90 : 0x80, hi = c == 0xF4 ? 0x8F : 0xBF;
        if (left > 1 && s[1] >= lo && s[1] <= hi) {
            if (left > 2 && (s[2] & 0xC0) == 0x80) {
                if (left > 3 && (s[3] & 0xC0) == 0x80) {
                    *cp = (c & 0x07) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
                    return 4;
                }
                *cp = ALN_BAD_CP;
                return 3;
            }
            *cp = ALN_BAD_CP;
            return 2;
        }
    }
    *cp = ALN_BAD_CP;
    return 1;
}

/* Writes a code point; out has room for 4 bytes. Returns the bytes written. */
static inline size_t aln_utf8_put(uint32_t cp, char *out)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* How many code points a text has; an ill-formed sequence counts as one. */
static inline size_t aln_utf8_count(const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text, *end = s + len;
    size_t n = 0;
    uint32_t cp;
    while (s < end) {
        s += aln_utf8_next(s, end, &cp);
        n++;
    }
    return n;
}

#endif
