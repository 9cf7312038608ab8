/*
 * The forms of one distinct word: exact form, stems, name keys, and its tokens in the gazetteer. They are made once and
 * remembered.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef ALN_CORE_WORD_H
#define ALN_CORE_WORD_H

#include "fold.h"
#include "lexicon.h"
#include "memory.h"
#include "romanize.h"
#include "segment.h"
#include <allonym/stemmer.h>

/* Bounds of one word's forms. */
#define ALN_WORD_STEMS 24
#define ALN_WORD_KEYS 20
#define ALN_WORD_TOKENS 16
#define ALN_WORD_BYTES 256 /* of any form */

typedef struct aln_form {
    const char *text;
    uint8_t len;
    uint8_t language; /* index of the language it was made in */
    uint8_t rank;     /* 0 = the likeliest */
    const char *rule; /* name of the stemmer or of the scheme; static */
} aln_form;

/* A name of the gazetteer that is one word. */
typedef struct aln_found_entity {
    const char *id;
    uint32_t entity;     /* number in the lexicon */
    uint32_t flags : 24; /* of the name */
    uint32_t id_len : 8;
} aln_found_entity;

/* A name found: units first to first + span - 1. */
typedef struct aln_found {
    const char *id;
    uint32_t entity;     /* number in the lexicon */
    uint32_t flags : 24; /* of the name */
    uint32_t id_len : 8;
    uint32_t first, span;
} aln_found;

/* Ids of one name at most (Georgia the state and the country). */
#define ALN_FOUND_PER_NAME 3

/* What a word means alone, as a process that shares its words first found it; see shared_memo.h. */
struct aln_shared_answer;

/* How names begin with a word. What the word means alone is found once and kept, for the options that it was last asked
 * with. */
typedef struct aln_word_starts {
    uint64_t *nexts;     /* a bit, of eight for each, for the words that go on with a name; most pairs of words are told
                            by it to be none */
    uint32_t nexts_mask; /* of the number of 64-bit words, a power of two */
    uint32_t asked;      /* the options, or 0 = not asked yet */
    uint8_t deep;        /* whether any longer name begins so */
    uint8_t found_count, count;
    struct aln_shared_answer *shared; /* NULL: the word is not shared */
    aln_found_entity found[ALN_FOUND_PER_NAME];
    struct {
        uint32_t state; /* of the trie */
        uint8_t layer, by_stem;
    } start[];
} aln_word_starts;

/* What indexing a known word needs is in one line of a processor's cache. */
typedef struct aln_word {
    const char *exact;
    const aln_form *stems, *keys;
    const uint32_t *tokens;  /* in the gazetteer, layer by layer; none twice in one */
    aln_word_starts *starts; /* NULL: no name begins with it */
    struct aln_ready *ready; /* its terms for hooks, see ready.h; NULL = not yet */
    uint16_t exact_len;
    uint8_t script;   /* aln_script */
    uint8_t flags;    /* ALN_FOLD_… */
    uint8_t language; /* of the first stem; ALN_NO_LANGUAGE */
    uint8_t stem_count, key_count;
    uint8_t exact_tokens; /* a bit for each layer: whether the first token is that of the exact form */
    uint8_t token_count[ALN_LAYERS];
    uint8_t has_place; /* aln_word_has_place() */
    uint8_t is_known;  /* whether it is a name by itself, and likely no person's, whose id a text has then */
} aln_word;

_Static_assert(sizeof(aln_word) <= 64, "see above");
_Static_assert(ALN_LAYERS == 2, "aln_word_tokens() knows two");

/* A word's tokens in a layer. */
static inline const uint32_t *aln_word_tokens(const aln_word *word, unsigned layer)
{
    return word->tokens + (layer ? word->token_count[0] : 0);
}

/* Whether a word is written as abbreviations are: two to four capitals. Its first key is the word marked with a star;
 * those of its sound follow, since a text may write names in capitals. */
#define ALN_ABBREVIATION_LETTERS 4
int aln_word_is_abbreviation(const aln_word *word);

static inline uint32_t aln_token_hash(uint32_t token)
{
    token *= 0x9E3779B1u;
    return token ^ token >> 15;
}

/* Whether a name may begin with a word and go on with another one; nearly sure. */
static inline int aln_word_leads_to(const aln_word_starts *starts, const aln_word *next)
{
    unsigned count = (unsigned)next->token_count[0] + next->token_count[1];
    for (unsigned i = 0; i < count; i++) {
        uint32_t h = aln_token_hash(next->tokens[i]);
        if (starts->nexts[h >> 6 & starts->nexts_mask] >> (h & 63) & 1)
            return 1;
    }
    return 0;
}

/*
 * Half of an index is positions, so only those are kept that phrases and NEAR need.
 *
 * A key may be asked for at a place unless it is a skeleton ("0...") of a word whose vowels are written, which words of
 * scripts without vowels seek, to find a document alone: it never has positions, and libxapian takes a term without any
 * in a document to stand before the first word.
 */
static inline int aln_key_tells_place(const aln_form *key)
{
    return key->len && key->text[0] != '0';
}

/* Whether an index whose words a query can look through does without a key: ALN_HOOK_FEW_SKELETONS tells why. */
static inline int aln_key_is_spare(const aln_word *word, const aln_form *key)
{
    return !aln_key_tells_place(key) &&
           (word->is_known || (word->script != ALN_SCRIPT_CYRL && word->script != ALN_SCRIPT_LATN));
}

/* Whether a document's key is indexed with its positions. The usual readings of a word are, and in Latin and Cyrillic
 * all: Kərimov is Керимов, Əliyev is Алиев. Elsewhere readings are many, and a query has them as well. */
static inline int aln_key_has_places(const aln_word *word, const aln_form *key)
{
    return aln_key_tells_place(key) &&
           (key->rank == 0 || word->script == ALN_SCRIPT_LATN || word->script == ALN_SCRIPT_CYRL);
}

/* Whether a place is told by one of the word's keys, so that what else stands there need not. */
static inline int aln_word_has_place(const aln_word *word)
{
    return word->has_place;
}

/* In which languages a word is to be read. */
typedef struct aln_reading_in {
    const uint8_t *languages; /* the likeliest first */
    size_t count;
    int query;   /* keys to look for rather than to file under */
    int guessed; /* the language is only the script's usual one */
    int keys;    /* 0: no name keys; 1: for words that look like names; 2: for all */
} aln_reading_in;

/* Makes words; holds a stemmer for each language that was needed. One thread. */
typedef struct aln_word_maker {
    aln_alloc alloc;
    const aln_lexicon *lexicon;        /* NULL: no gazetteer tokens */
    struct aln_word_stemmer *stemmers; /* by language */
    size_t max_word_bytes;
    uint32_t max_keys;
    int finds_names; /* whether a text has the ids of all names that it mentions, former ones too */
} aln_word_maker;

int aln_word_maker_init(aln_word_maker *maker, const aln_alloc *alloc,
                        const aln_lexicon *lexicon); /* 0 = out of memory */
void aln_word_maker_free(aln_word_maker *maker);

/* The forms of a word as it stands in a text, in the arena; raw must live as long. Forms may share their bytes with raw
 * and with one another, and are not NUL-terminated: a large memo is read at the speed of memory, so it is kept small.
 * NULL = out of memory. */
aln_word *aln_word_make(aln_word_maker *maker, const char *raw, size_t len, aln_script script, const aln_reading_in *in,
                        aln_arena *arena);

/* The stem of a base form in a language, for those who need no more; out has room for len + ALN_STEM_SLACK. */
size_t aln_word_stem(aln_word_maker *maker, unsigned language, const char *base, size_t len, char *out, size_t cap,
                     const char **rule);

#endif
