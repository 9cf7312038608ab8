/*
 * The built-in gazetteer's image.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"

extern const aln_image aln_builtin_image_data;

const aln_image *aln_builtin_image(void)
{
    return &aln_builtin_image_data;
}
