/*
 * Fuzzer: any bytes as a word, in every stemmer of the manifest, with every size of the output from 0 on that matters.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/stemmer.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static aln_stemmer *stemmers[128];
    static size_t count;
    if (!count) {
        const aln_stemmer_info *list = aln_stemmer_list(&count);
        if (!count || count > sizeof stemmers / sizeof *stemmers)
            abort();
        for (size_t i = 0; i < count; i++)
            if (aln_stemmer_new(list[i].name, &stemmers[i]) != ALN_OK)
                abort();
    }
    if (size > 4096)
        size = 4096;
    for (size_t i = 0; i < count; i++) {
        size_t caps[] = {0, 1, size / 2, size + ALN_STEM_SLACK}, whole = 0;
        for (size_t c = 4; c-- > 0;) {
            char *out = malloc(caps[c] ? caps[c] : 1); /* on the heap, so that a sanitizer sees each byte too many */
            if (!out)
                abort();
            size_t n = aln_stemmer_stem(stemmers[i], (const char *)data, size, out, caps[c]);
            if (n > caps[c])
                abort();
            if (c == 3)
                whole = n;
            if (c == 3 && (whole == 0) != (size == 0))
                abort();
            free(out);
        }
    }
    return 0;
}
