/*
 * Moving among the words of an index. See vocabulary.h.
 *
 * SPDX-License-Identifier: MIT
 */
#include "vocabulary.h"

static size_t shared(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t i = 0, end = a_len < b_len ? a_len : b_len;
    while (i < end && a[i] == b[i])
        i++;
    return i;
}

/* The word that the engine gives. */
static int present(aln_word_cursor *c, int code, const char *term, size_t len)
{
    c->past_end = code || !term;
    if (c->past_end)
        return code;
    if (len > sizeof(c->at.word))
        len = sizeof(c->at.word);
    c->at.same = shared(c->at.word, c->at.len, term, len);
    memcpy(c->at.word + c->at.same, term + c->at.same, len - c->at.same);
    c->at.len = len;
    return 0;
}

/* The first string above the part's limit. */
static size_t behind_limit(const aln_word_cursor *c, char behind[ALN_PACKED_WORD + 1])
{
    size_t len = c->limit_len < ALN_PACKED_WORD ? c->limit_len : ALN_PACKED_WORD;
    memcpy(behind, c->limit, len);
    behind[len] = 0;
    return len + 1;
}

/* ALN_ENOTFOUND: the words are not packed. */
static int seek_in_parts(aln_word_cursor *c, const char *text, size_t len)
{
    const aln_vocabulary *v = c->vocabulary;
    char behind[ALN_PACKED_WORD + 1];
    for (;;) {
        const unsigned char *packed;
        size_t size;
        int code = v->part(v->ctx, c->kind, text, len, &packed, &size, &c->limit, &c->limit_len);
        c->past_end = code || !packed;
        if (c->past_end)
            return code;
        aln_packed_begin(&c->at, packed, size);
        if (aln_packed_seek(&c->at, text, len))
            return 0;
        len = behind_limit(c, behind);
        text = behind;
    }
}

int aln_cursor_seek(aln_word_cursor *c, const char *text, size_t len)
{
    const aln_vocabulary *v = c->vocabulary;
    const char *term;
    size_t term_len;
    if (v->part) {
        char before[ALN_PACKED_WORD];
        size_t before_len = c->at.len;
        memcpy(before, c->at.word, before_len);
        int code = seek_in_parts(c, text, len);
        c->packed = code != ALN_ENOTFOUND;
        if (c->packed) {
            c->at.same = code || c->past_end ? 0 : shared(before, before_len, c->at.word, c->at.len);
            return code;
        }
        memcpy(c->at.word, before, before_len);
        c->at.len = before_len;
    }
    int code = v->seek(v->ctx, c->kind, text, len, &term, &term_len, NULL);
    return present(c, code, term, term_len);
}

int aln_cursor_leave(aln_word_cursor *c)
{
    const char *term;
    size_t len;
    if (c->packed) {
        char behind[ALN_PACKED_WORD + 1];
        len = behind_limit(c, behind);
        return aln_cursor_seek(c, behind, len);
    }
    int code = c->vocabulary->next(c->vocabulary->ctx, &term, &len, NULL);
    return present(c, code, term, len);
}

int aln_cursor_leave_all(aln_word_cursor *c, size_t bytes)
{
    const aln_vocabulary *v = c->vocabulary;
    if (!c->packed && v->skip) {
        const char *term;
        size_t len;
        int code = v->skip(v->ctx, c->kind, c->at.word, bytes, &term, &len, NULL);
        return present(c, code, term, len);
    }
    char behind[ALN_PACKED_WORD];
    memcpy(behind, c->at.word, bytes);
    /* a byte of UTF-8 is never FF, so that one more is the first string behind all that begin so */
    behind[bytes - 1] = (char)((unsigned char)behind[bytes - 1] + 1);
    return aln_cursor_seek(c, behind, bytes);
}
