/*
 * Fuzzer: any bytes as a user's file of names. It opens or is refused with a message and, for a fault in it, a line.
 *
 * SPDX-License-Identifier: MIT
 */
#include <allonym/allonym.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int count(void *ctx, const aln_token *t)
{
    *(size_t *)ctx += t->text_len;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char header[] = "id\tkind\tlang\tnames\tdates\tflags\tnote\n";
    char path[] = "/tmp/fuzz_names.XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    /* The first byte says whether the line of columns is there, so that the fuzzer gets behind it. */
    FILE *f = fdopen(fd, "wb");
    if (!f || (size && data[0] != '#' && fwrite(header, 1, sizeof header - 1, f) != sizeof header - 1) ||
        fwrite(data, 1, size, f) != size || fclose(f) != 0)
        abort();
    aln_lexicon *lexicon;
    aln_error err;
    aln_status status = aln_lexicon_open(NULL, path, &lexicon, &err);
    if (status == ALN_OK) {
        aln_analyzer *analyzer;
        size_t sum = 0;
        if (aln_analyzer_new(lexicon, NULL, &analyzer, NULL) != ALN_OK ||
            aln_analyze(analyzer, "en", (const char *)data, size, count, &sum) != ALN_OK)
            abort();
        aln_analyzer_free(analyzer);
    } else if (status != ALN_EDATA || err.code != status || strncmp(err.message, path, strlen(path)) != 0 ||
               !err.line) {
        abort();
    }
    aln_lexicon_unref(lexicon);
    unlink(path);
    return 0;
}
