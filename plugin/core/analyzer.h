/*
 * The analyzer's insides, for the files that share them.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_ANALYZER_H
#define ALN_CORE_ANALYZER_H

#include "feed.h"
#include "language.h"
#include "scan.h"
#include "translit.h"
#include <allonym/allonym.h>

/* Raised when the code changes what terms a text gets; the tables have hashes of their own. */
#define ALN_TERM_VERSION 18

struct aln_analyzer {
    aln_alloc alloc;
    aln_lexicon *lexicon;
    aln_options options;
    char *languages_option;              /* owned; NULL = all */
    uint8_t expected[ALN_LANGUAGES_MAX]; /* languages of the option, or all */
    size_t expected_count;
    char fingerprint[256];
    aln_memo memo, query_memo;
    aln_window window;
    aln_arena plan;                /* of the last query */
    aln_translit_scratch *scratch; /* made when it is first needed: aln_analyzer_scratch() */
};

/* Working memory for the learned models; NULL = out of memory. */
aln_translit_scratch *aln_analyzer_scratch(aln_analyzer *analyzer);

/* The language to read a text in: the given tag, else what the text looks like; ALN_NO_LANGUAGE where it cannot be
 * told. */
uint8_t aln_text_language(const aln_analyzer *analyzer, const char *language, const char *text, size_t len);

/* Analyzes a text and gives its terms to a hook. The return value of aln_analyze(). */
int aln_feed_text(aln_analyzer *analyzer, aln_feed *feed, const char *language, const char *text, size_t len);

/* The keys of two neighbouring words written as one; NULL = there are none or no memory. */
const aln_word *aln_joined_word(aln_memo *memo, const char *text, const aln_unit *first, const aln_unit *second,
                                const aln_reading_in *in, uint32_t reading);

/* Whether a unit begins with a capital or its script has none. */
int aln_unit_is_name_like(const aln_unit *unit);

#endif
