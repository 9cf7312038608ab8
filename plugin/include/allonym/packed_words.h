/**
 * @file packed_words.h
 * @brief Words in packed form, as an engine may hand its vocabulary to the core: see aln_vocabulary.part.
 *
 * Words stand in the order of their bytes, each as the number of bytes that it shares with the word before, the number of those
 * that follow, and these (front coding: Witten, Moffat and Bell, Managing Gigabytes, section 4.1). The two numbers are the upper
 * and the lower four bits of a byte, where the first is below 15 and the second below 16; else that byte is F0, and they are the
 * two bytes behind it. The first word shares nothing. A word has at most 510 bytes.
 *
 * Words stand in groups, ALN_PACKED_GROUP in each but the last, so that a reader passes those that all begin alike without
 * reading each. Before a group stand the least number of bytes that one of its words shares with the word before it, and the
 * number of bytes of the group's words, the lower one first, in two bytes.
 *
 * All is inline: no function of the library is needed to write or read the form.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_PACKED_WORDS_H
#define ALLONYM_PACKED_WORDS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Memory for any word. @since 0.1.0 */
#define ALN_PACKED_WORD 512
/** Words of a group. @since 0.1.0 */
#define ALN_PACKED_GROUP 16
/** Bytes that aln_packed_head() writes at most, and those that stand before a group. @since 0.1.0 */
#define ALN_PACKED_HEAD 3

/** Writes the numbers of a word, each at most 255, to head, behind which its bytes are to stand. @return bytes written @since 0.1.0 */
static inline size_t aln_packed_head(size_t same, size_t more, unsigned char head[ALN_PACKED_HEAD])
{
    if (same < 15 && more < 16) {
        head[0] = (unsigned char)(same << 4 | more);
        return 1;
    }
    head[0] = 0xF0;
    head[1] = (unsigned char)same;
    head[2] = (unsigned char)more;
    return 3;
}

/** Writes what stands before a group: see aln_packed_words.same, and the bytes of its words, below 65,536. @since 0.1.0 */
static inline void aln_packed_group(size_t same, size_t bytes, unsigned char head[ALN_PACKED_HEAD])
{
    head[0] = (unsigned char)same;
    head[1] = (unsigned char)(bytes & 0xFF);
    head[2] = (unsigned char)(bytes >> 8);
}

/** A place in packed words. Set up by aln_packed_begin(); the memory that is read stays the caller's. @since 0.1.0 */
typedef struct aln_packed_reader {
    size_t len;                 /**< of the word */
    size_t same;                /**< bytes that it shares with the one at which the reader was before */
    char word[ALN_PACKED_WORD]; /**< not NUL-terminated */
    const unsigned char *at, *group_end, *end; /**< behind the word, its group and all */
} aln_packed_reader;

/** Before the first of packed words, of so many bytes. @since 0.1.0 */
static inline void aln_packed_begin(aln_packed_reader *r, const unsigned char *packed, size_t size)
{
    r->len = r->same = 0;
    r->at = r->group_end = packed;
    r->end = packed + size;
}

/**
 * To the next word that shares less than so many bytes with the one before it: with a number of bytes of the reader's word, behind
 * all that begin as it does; with SIZE_MAX to the next. @return 0 where there is none, or what is read is not packed words; the reader's
 * word stays. @since 0.1.0
 */
static inline int aln_packed_pass(aln_packed_reader *r, size_t bytes)
{
    for (;;) {
        const unsigned char *at = r->at, *const group_end = r->group_end, *from = at;
        size_t same = bytes, more = 0;
        while (same >= bytes && at < group_end) {
            from = at + 1;
            same = *at >> 4;
            more = *at & 15u;
            if (same == 15) {
                if (group_end - at < ALN_PACKED_HEAD)
                    return 0;
                same = at[1];
                more = at[2];
                from = at + ALN_PACKED_HEAD;
            }
            at = from + more;
        }
        if (at > group_end)
            return 0;
        r->at = at;
        if (same < bytes) {
            if (same > r->len)
                return 0;
            /* most are short, and a copy of a fixed size is an instruction or two; the word has room for it */
            if (r->end - from >= 16 && more <= 16)
                memcpy(r->word + same, from, 16);
            else
                memcpy(r->word + same, from, more);
            r->same = same;
            r->len = same + more;
            return 1;
        }
        do {
            const unsigned char *head = r->group_end;
            if (r->end - head < ALN_PACKED_HEAD)
                return 0;
            size_t size = (size_t)head[1] | (size_t)head[2] << 8;
            r->at = head + ALN_PACKED_HEAD;
            if (size > (size_t)(r->end - r->at))
                return 0;
            r->group_end = r->at + size;
            if (head[0] < bytes)
                break;
        } while (1);
    }
}

/** From a word below the text, or from the beginning, to the first one that is not below it. @return as above @since 0.1.0 */
static inline int aln_packed_seek(aln_packed_reader *r, const char *text, size_t len)
{
    size_t matched = 0;
    while (matched < r->len && matched < len && r->word[matched] == text[matched])
        matched++;
    /* what shares more with the word before than the text does is below the text as that is */
    while (aln_packed_pass(r, matched + 1)) {
        for (matched = r->same; matched < r->len && matched < len && r->word[matched] == text[matched];)
            matched++;
        if (matched == len || (matched < r->len && (unsigned char)r->word[matched] > (unsigned char)text[matched]))
            return 1;
    }
    return 0;
}

#ifdef __cplusplus
}
#endif

#endif
