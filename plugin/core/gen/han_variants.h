/*
 * Layout of the table that names/tools/gen_variants.py makes for image.c: Han characters with their simplified forms.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_GEN_HAN_VARIANTS_H
#define ALN_GEN_HAN_VARIANTS_H

#include <stdint.h>

extern const uint16_t aln_han_variants[][2]; /* sorted by the first, the traditional character */
extern const unsigned aln_han_variant_count;
extern const uint32_t aln_han_variants_hash;

#endif
