/*
 * Adapter to libstemmer (https://snowballstem.org, BSD): the same contract as our own engines.
 *
 * libstemmer walks well-formed UTF-8 only, so a word that is not is left alone here. Its result lies in its own buffer,
 * is copied out at once, and is refused when it does not fit: some algorithms (German, Dutch in old versions) may
 * lengthen a word.
 *
 * SPDX-License-Identifier: MIT
 */
#include "snowball.h"

#include <libstemmer.h>
#include <stdint.h>
#include <string.h>

struct sb_stemmer *aln_snowball_new(const char *algorithm)
{
    return sb_stemmer_new(algorithm, "UTF_8");
}

void aln_snowball_free(struct sb_stemmer *stemmer)
{
    sb_stemmer_delete(stemmer);
}

/* Well-formed by The Unicode Standard, table 3-7, and without NUL. */
static int is_plain_utf8(const char *word, size_t len)
{
    const unsigned char *s = (const unsigned char *)word;
    size_t i = 0;

    while (i < len) {
        unsigned char b = s[i++];
        unsigned more, low = 0x80, high = 0xbf;
        if (b == 0)
            return 0;
        if (b < 0x80)
            continue;
        if (b < 0xc2 || b > 0xf4)
            return 0;
        more = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        if (b == 0xe0)
            low = 0xa0;
        else if (b == 0xed)
            high = 0x9f;
        else if (b == 0xf0)
            low = 0x90;
        else if (b == 0xf4)
            high = 0x8f;
        for (; more > 0; more--, i++) {
            if (i >= len || s[i] < low || s[i] > high)
                return 0;
            low = 0x80;
            high = 0xbf;
        }
    }
    return 1;
}

size_t aln_snowball_stem(struct sb_stemmer *stemmer, char *word, size_t len, size_t cap)
{
    const sb_symbol *stem;
    size_t n;

    if (len > ALN_SNOWBALL_MAX_BYTES || !is_plain_utf8(word, len))
        return len;
    stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word, (int)len);
    if (stem == NULL)
        return len;
    n = (size_t)sb_stemmer_length(stemmer);
    if (n == 0 || n > cap || n > len + 16)
        return len;
    memcpy(word, stem, n);
    return n;
}
