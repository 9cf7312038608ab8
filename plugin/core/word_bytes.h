/*
 * The bytes of a word, to hash and to compare: its first 32 at once, whatever its length, since the length of the next
 * word is what a processor guesses worst, and few words are longer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_WORD_BYTES_H
#define ALN_CORE_WORD_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* So many bytes from a word's beginning on are read, which must be there. */
#define ALN_HEAD_BYTES 32

/* Ones for a word's bytes, from ALN_HEAD_BYTES - length on. */
static const uint8_t aln_head_masks[2 * ALN_HEAD_BYTES] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                           255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                           255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

static inline uint64_t aln_eight_bytes(const void *s)
{
    uint64_t w;
    memcpy(&w, s, sizeof w);
    return w;
}

/* A word near the end of what can be read, in a place where more can be; longer ones stay where they are. */
static inline const char *aln_word_with_room(const char *raw, size_t len, size_t room, char place[ALN_HEAD_BYTES])
{
    if (room >= ALN_HEAD_BYTES)
        return raw;
    memcpy(place, raw, len);
    return place;
}

/* A hash of a word and of how it was read; never 0. Four parts of its head are multiplied side by side, then folded. */
static inline uint64_t aln_word_hash(const char *raw, size_t len, uint32_t reading)
{
    const uint8_t *mask = aln_head_masks + ALN_HEAD_BYTES - (len < ALN_HEAD_BYTES ? len : ALN_HEAD_BYTES);
    uint64_t h = ((uint64_t)reading << 32 | (uint32_t)len) * 0x9E3779B97F4A7C15u;
    h += (aln_eight_bytes(raw) & aln_eight_bytes(mask)) * 0xD6E8FEB86659FD93u;
    h += (aln_eight_bytes(raw + 8) & aln_eight_bytes(mask + 8)) * 0xA0761D6478BD642Fu;
    h += (aln_eight_bytes(raw + 16) & aln_eight_bytes(mask + 16)) * 0xE7037ED1A0B428DBu;
    h += (aln_eight_bytes(raw + 24) & aln_eight_bytes(mask + 24)) * 0x8EBC6AF09C88C6E3u;
    for (size_t i = ALN_HEAD_BYTES; i < len; i += 8) { /* the last eight overlap those before */
        h = (h ^ h >> 32) * 0x9E3779B97F4A7C15u;
        h ^= aln_eight_bytes(raw + (i + 8 < len ? i : len - 8));
    }
    h = (h ^ h >> 32) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    return h ? h : 1;
}

/* Whether two words of one length (len > 0) are the same. */
static inline int aln_word_same(const char *a, const char *b, size_t len)
{
    size_t head = len < ALN_HEAD_BYTES ? len : ALN_HEAD_BYTES;
#if defined(__SSE2__)
    __m128i first = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                   _mm_loadu_si128((const __m128i *)(const void *)b));
    __m128i second = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(a + 16)),
                                    _mm_loadu_si128((const __m128i *)(const void *)(b + 16)));
    uint32_t same = (uint32_t)_mm_movemask_epi8(first) | (uint32_t)_mm_movemask_epi8(second) << 16;
    uint32_t differs = ~same << (ALN_HEAD_BYTES - head);
#else
    const uint8_t *mask = aln_head_masks + ALN_HEAD_BYTES - head;
    uint64_t differs = 0;
    for (size_t i = 0; i < ALN_HEAD_BYTES; i += 8)
        differs |= (aln_eight_bytes(a + i) ^ aln_eight_bytes(b + i)) & aln_eight_bytes(mask + i);
#endif
    return !differs && (len == head || memcmp(a + head, b + head, len - head) == 0);
}

#endif
