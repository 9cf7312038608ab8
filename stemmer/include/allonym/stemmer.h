/**
 * @file stemmer.h
 * @brief Stemmers by language: Snowball's through libstemmer, and allonym's own where Snowball has none.
 *
 * Usable alone: this header and liballonym-stemmer need nothing else of allonym.
 *
 * Text is UTF-8; lengths are in bytes; nothing is NUL-terminated unless said. A word is expected folded: lower case, NFC.
 * A word that is not (upper case, invalid UTF-8, digits) is never an error: what no rule fits comes back unchanged.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALLONYM_STEMMER_H
#define ALLONYM_STEMMER_H

#include <allonym/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A stem is at most this many bytes longer than its word. @since 0.1.0 */
#define ALN_STEM_SLACK 16

/** A stemmer for one language. One thread at a time; as many stemmers as one likes. @since 0.1.0 */
typedef struct aln_stemmer aln_stemmer;

/**
 * Makes a stemmer.
 * @param language  BCP 47 tag ("kk", "kk-Latn", "uz-Cyrl") or a name of the manifest ("kazakh", "russian"); NUL-terminated ASCII,
 *                  any case; not kept.
 * @param[out] out  the stemmer, to be freed with aln_stemmer_free(); NULL on failure.
 * @return ALN_OK, ALN_EUNKNOWN (no stemmer of that language), ALN_ENOMEM, ALN_EINVAL (NULL argument).
 * @since 0.1.0
 */
ALN_API aln_status aln_stemmer_new(const char *language, aln_stemmer **out);

/** Frees a stemmer; NULL is fine. @since 0.1.0 */
ALN_API void aln_stemmer_free(aln_stemmer *stemmer);

/**
 * Stems one word.
 * @param word      the word; need not be terminated; NUL bytes are letters that no rule knows.
 * @param len       its length in bytes.
 * @param[out] out  the stem, not terminated; must not overlap the word.
 * @param cap       bytes at out; len + ALN_STEM_SLACK is always enough.
 * @return the length of the stem in bytes; len with the word copied where nothing is to be removed; 0 only for the empty word. When cap is too small
 *         the word is cut at a character border to fit.
 * @since 0.1.0
 */
ALN_API size_t aln_stemmer_stem(aln_stemmer *stemmer, const char *word, size_t len, char *out, size_t cap);

/** The name in the manifest ("kazakh"); static storage. @since 0.1.0 */
ALN_API const char *aln_stemmer_name(const aln_stemmer *stemmer);

/** Grows whenever any stem of this stemmer may have changed; part of the analyzer's fingerprint. @since 0.1.0 */
ALN_API uint32_t aln_stemmer_version(const aln_stemmer *stemmer);

/** One row of the manifest. All strings are static. @since 0.1.0 */
typedef struct aln_stemmer_info {
    const char *name;     /**< "kazakh" */
    const char *language; /**< BCP 47: "kk" */
    const char *script;   /**< ISO 15924: "Cyrl" */
    const char *engine;   /**< "snowball" or the name of one of our own engines */
    uint32_t version;     /**< see aln_stemmer_version() */
} aln_stemmer_info;

/** All stemmers, in the manifest's order. @param[out] count how many. Static storage, never NULL. @since 0.1.0 */
ALN_API const aln_stemmer_info *aln_stemmer_list(size_t *count);

#ifdef __cplusplus
}
#endif
#endif
