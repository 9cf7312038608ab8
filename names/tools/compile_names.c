/*
 * Compiles the gazetteer's TSV files into the image that the library carries.
 *
 * usage: compile_names OUTPUT FILE.tsv ...
 *
 * A bad line ends it with "FILE:LINE: what" and exit status 2. Deterministic.
 *
 * SPDX-License-Identifier: MIT
 */
#include "image_build.h"
#include "lexicon.h"
#include <stdio.h>

/* This program makes the built-in image, so it has none. */
const aln_image *aln_builtin_image(void)
{
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s OUTPUT FILE.tsv ...\n", argv[0]);
        return 2;
    }
    aln_image *image = NULL;
    aln_error err = {ALN_OK, 0, ""};
    if (aln_image_build(NULL, (const char *const *)(argv + 2), (size_t)(argc - 2), NULL, &image, &err) != ALN_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 2;
    }
    FILE *out = fopen(argv[1], "wb");
    if (!out || fwrite(image, 1, image->size, out) != image->size || fclose(out) != 0) {
        fprintf(stderr, "%s: cannot be written\n", argv[1]);
        return 3;
    }
    aln_alloc alloc = aln_alloc_or_default(NULL);
    aln_mem_free(&alloc, image, image->size);
    return 0;
}
