/*
 * Compiling the gazetteer: from the TSV files that people edit (names/README.md) to an image (image.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_IMAGE_BUILD_H
#define ALN_CORE_IMAGE_BUILD_H

#include "image.h"
#include <allonym/allonym.h>

/* Words of a name at most, in scripts without spaces characters; a longer name is an error of its line. */
#define ALN_NAME_WORDS 64

/*
 * Reads the files in order and makes one image, to be freed with its own size. An entity may go on in a later file; its
 * kind must be the same, and that of the entity with its id in the image below (a user's file over the built-in names;
 * may be NULL), unless it replaces that. ALN_EDATA names file and line; ALN_EIO the file; ALN_ELIMIT when the image
 * would be too large for its numbers.
 */
aln_status aln_image_build(const aln_alloc *alloc, const char *const *paths, size_t count, const aln_image *below,
                           aln_image **out, aln_error *err);

#endif
