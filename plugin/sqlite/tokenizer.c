/*
 * The tokenizer "allonym".
 *
 * A document's words stand at their positions, and beside each (colocated) its stems, name keys and entities under
 * prefixes that no word can begin with. A query's words have beside them whatever the planner says that they may be in
 * a document. FTS5 gives the tokenizer one string of a query at a time and takes all its tokens as a phrase, so that
 * alternatives of several words cannot be said, but one: a known name of several words becomes a single position with
 * its ids, since the index has them at the first and the last word of every form of that name. What needs AND and OR
 * is allonym_expand()'s to write (match.c), in strings that begin with "==" and hold terms as they are stored.
 *
 * The first word of a text also has the mark of the version that indexed it, for allonym_check(), and the language of
 * the text, for allonym_expand() to read queries in the languages that there are.
 *
 * Since 3.47 FTS5 tells a tokenizer the locale that a row or a query was given (fts5_tokenizer_v2, fts5_locale()).
 * Where the headers have that it is compiled, and where the library at hand has it, it is what is registered.
 *
 * SPDX-License-Identifier: MIT
 */
#include "../core/language.h"
#include "module.h"
#include <stdlib.h>
#include <string.h>

SQLITE_EXTENSION_INIT3

/* Bytes of a term with its prefix. FTS5 takes more; words are cut at 64 in terms anyway. */
#define TERM_BYTES 320
/* Terms of one position that are looked through for repetitions. */
#define POSITION_TERMS 32
#define POSITION_BYTES 2048

typedef int (*token_fn)(void *ctx, int flags, const char *token, int len, int start, int end);

/* A word of a query and a term of its plan. */
typedef struct query_word {
    size_t start, end;
    int character; /* of a script without spaces: pairs of them are searched */
} query_word;

typedef struct query_term {
    const aln_query_node *node;
    size_t order;
} query_term;

typedef struct tokenizer {
    aln_sqlite *state;
    aln_analyzer *analyzer;
    char *language; /* the one that all texts are in; NULL = identified */
    int other;      /* the table was made by another version */
    char mark[ALN_SQLITE_MARK_BYTES];
    query_word *words;
    size_t word_count, word_room;
    query_term *terms;
    size_t term_count, term_room;
} tokenizer;

/* Gives the tokens of one position, each once: the index counts one that is given twice as two. */
typedef struct position {
    token_fn fn;
    void *ctx;
    int started;
    size_t count, used;
    struct {
        size_t at, len;
    } seen[POSITION_TERMS];
    char bytes[POSITION_BYTES + TERM_BYTES];
} position;

static int give(position *p, const char *prefix, const char *text, size_t len, size_t start, size_t end)
{
    size_t n = strlen(prefix);
    if (!len || n + len > TERM_BYTES)
        return SQLITE_OK;
    /* Written where it is kept; where there is no more room for that, behind, and forgotten. */
    char *term = p->bytes + p->used;
    memcpy(term, prefix, n);
    memcpy(term + n, text, len);
    len += n;
    for (size_t i = 0; i < p->count; i++)
        if (p->seen[i].len == len && memcmp(p->bytes + p->seen[i].at, term, len) == 0)
            return SQLITE_OK;
    if (p->count < POSITION_TERMS && p->used + len <= POSITION_BYTES) {
        p->seen[p->count].at = p->used;
        p->seen[p->count++].len = len;
        p->used += len;
    }
    int flags = p->started ? FTS5_TOKEN_COLOCATED : 0;
    p->started = 1;
    return p->fn(p->ctx, flags, term, (int)len, (int)start, (int)end);
}

/* The word itself, the first at its position: there is nothing yet that it could repeat. */
static int give_word(position *p, const char *text, size_t len, size_t start, size_t end)
{
    if (!len || len > TERM_BYTES)
        return SQLITE_OK;
    p->started = 1;
    return p->fn(p->ctx, 0, text, (int)len, (int)start, (int)end);
}

static void next_position(position *p)
{
    p->count = p->used = 0;
    p->started = 0;
}

typedef struct document {
    position at;
    const char *mark;      /* still to be given */
    char word[TERM_BYTES]; /* at this position */
    size_t word_len;
    int key_seen;
    /* ids of the name of several words that goes on: its inner words have them as well, to be marked */
    size_t name_end, name_count;
    struct {
        char text[64];
        size_t len;
    } names[3];
} document;

static void keep_name(document *d, const aln_token *token)
{
    if (token->end != d->name_end)
        d->name_count = 0;
    if (d->name_count == sizeof d->names / sizeof *d->names || token->text_len > sizeof d->names->text)
        return;
    memcpy(d->names[d->name_count].text, token->text, token->text_len);
    d->names[d->name_count++].len = token->text_len;
    d->name_end = token->end;
}

static int take_document(void *ctx, const aln_token *token)
{
    document *d = ctx;
    int rc;
    if (token->flags & ALN_TOKEN_COLOCATED) {
        /* A stem that is the word itself says nothing new, and a query that has a stem asks for the word as well: that
         * is one term in seven. With a name it stays: the planner looks for spellings among the stems. */
        if (token->kind == ALN_TERM_STEM && !d->key_seen && token->text_len == d->word_len &&
            memcmp(token->text, d->word, d->word_len) == 0)
            return SQLITE_OK;
        d->key_seen |= token->kind == ALN_TERM_KEY;
        /* allonym_expand() finds such spellings in the vocabulary, and better; these are one term in thirty. */
        if (token->flags & ALN_TOKEN_SKELETON)
            return SQLITE_OK;
        rc = give(&d->at, aln_sqlite_prefix[token->kind], token->text, token->text_len, token->start, token->end);
        if (token->kind == ALN_TERM_ENTITY && token->span > 2)
            keep_name(d, token);
    } else {
        next_position(&d->at);
        d->key_seen = 0;
        d->word_len = token->text_len <= sizeof d->word ? token->text_len : 0;
        memcpy(d->word, token->text, d->word_len);
        rc = give_word(&d->at, token->text, token->text_len, token->start, token->end);
        for (size_t i = 0; !rc && token->end <= d->name_end && i < d->name_count; i++)
            rc = give(&d->at, aln_sqlite_prefix[ALN_TERM_ENTITY], d->names[i].text, d->names[i].len, token->start,
                      token->end);
    }
    if (rc || !d->mark)
        return rc;
    rc = give(&d->at, ALN_SQLITE_MARK, d->mark, strlen(d->mark), token->start, token->end);
    if (!rc)
        rc = give(&d->at, ALN_SQLITE_LANGUAGE, token->language, strlen(token->language), token->start, token->end);
    d->mark = NULL;
    return rc;
}

/* The words alone: what highlight() and snippet() ask for. */
static int take_word(void *ctx, const aln_token *token)
{
    document *d = ctx;
    if (token->flags & ALN_TOKEN_COLOCATED)
        return SQLITE_OK;
    return give_word(&d->at, token->text, token->text_len, token->start, token->end);
}

static int grow(void **items, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return SQLITE_OK;
    size_t wanted = *room ? 2 * *room : 32;
    void *fresh = sqlite3_realloc64(*items, wanted * size);
    if (!fresh)
        return SQLITE_NOMEM;
    *items = fresh;
    *room = wanted;
    return SQLITE_OK;
}

static int take_query_word(void *ctx, const aln_token *token)
{
    tokenizer *t = ctx;
    if (token->flags & ALN_TOKEN_COLOCATED) {
        if (token->kind == ALN_TERM_EXACT && t->word_count)
            t->words[t->word_count - 1].character = 1;
        return SQLITE_OK;
    }
    int rc = grow((void **)&t->words, &t->word_room, t->word_count, sizeof *t->words);
    if (!rc) {
        query_word w = {token->start, token->end, 0};
        t->words[t->word_count++] = w;
    }
    return rc;
}

/* Terms of the plan. What only adds to a score is not needed, and would widen the match here. */
static int collect(tokenizer *t, const aln_query_node *node)
{
    int rc = SQLITE_OK;
    for (uint32_t i = 0; !rc && i < (node->op == ALN_Q_AND_MAYBE ? 1 : node->count); i++)
        rc = collect(t, node->children[i]);
    if (rc || node->op != ALN_Q_TERM)
        return rc;
    rc = grow((void **)&t->terms, &t->term_room, t->term_count, sizeof *t->terms);
    if (!rc) {
        query_term term = {node, t->term_count};
        t->terms[t->term_count++] = term;
    }
    return rc;
}

static int by_place(const void *a, const void *b)
{
    const query_term *x = a, *y = b;
    if (x->node->start != y->node->start)
        return x->node->start < y->node->start ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int give_exact(position *p, const char *text, const query_word *w)
{
    char folded[256];
    size_t n = aln_fold(text + w->start, w->end - w->start, folded, sizeof folded);
    return give(p, "", folded, n < sizeof folded ? n : sizeof folded, w->start, w->end);
}

/* Whether a stem is half as long as the longest of its word, or less: Maas is hardly Polish "ma". One position cannot
 * say that a stem weighs less. */
static int is_stub(const tokenizer *t, size_t at, size_t from, size_t stop)
{
    const aln_query_node *n = t->terms[at].node;
    size_t longest = 0;
    for (size_t i = from; i < stop && n->kind == ALN_TERM_STEM; i++) {
        const aln_query_node *other = t->terms[i].node;
        if (other->kind == ALN_TERM_STEM && other->end == n->end && other->text_len > longest)
            longest = other->text_len;
    }
    return n->kind == ALN_TERM_STEM && 2 * n->text_len <= longest;
}

/* Gives each word of a query with all that it may be in a document. */
static int give_plan(tokenizer *t, position *p, const char *text, size_t count)
{
    size_t at = 0;
    int rc = SQLITE_OK;
    for (size_t i = 0, last; i < count && !rc; i = last + 1) {
        const query_word *w = &t->words[i];
        size_t end = w->end, stop;
        last = i;
        while (at < t->term_count && t->terms[at].node->start < w->start)
            at++;
        for (stop = at; stop < t->term_count && t->terms[stop].node->start == w->start; stop++)
            if (t->terms[stop].node->kind == ALN_TERM_ENTITY && t->terms[stop].node->end > end)
                end = t->terms[stop].node->end;
        while (last + 1 < count && t->words[last + 1].end <= end)
            last++;
        next_position(p);
        for (const size_t from = at; at < stop && !rc; at++) {
            const aln_query_node *n = t->terms[at].node;
            if (is_stub(t, at, from, stop))
                continue;
            if (last > i ? n->end == end && !n->window : n->end <= w->end || n->window)
                rc = give(p, aln_sqlite_prefix[n->kind], n->text, n->text_len, w->start, end);
            if (!rc && n->kind == ALN_TERM_STEM &&
                last == i) /* of a word that is its own stem there is the word only */
                rc = give(p, "", n->text, n->text_len, w->start, end);
        }
        if (!rc && !p->started)
            rc = give_exact(p, text, w);
    }
    return rc;
}

/* Terms as they are stored, at one position. */
static int give_raw(position *p, const char *text, size_t len)
{
    int rc = SQLITE_OK;
    next_position(p);
    for (size_t i = 0; i < len && !rc;) {
        size_t begin = i;
        while (i < len && text[i] != ' ')
            i++;
        rc = give(p, "", text + begin, i - begin, begin, i);
        i += i < len;
    }
    return rc;
}

typedef struct prefix_key {
    position *p;
    size_t start, end;
} prefix_key;

static int take_prefix_key(void *ctx, const aln_token *token)
{
    prefix_key *k = ctx;
    /* the last letter is the one put behind; three sounds and fewer say nothing, nor do skeletons of consonants */
    if (token->kind != ALN_TERM_KEY || token->text_len < 5 || token->text[0] <= '9' ||
        (token->flags & ALN_TOKEN_JOINED))
        return SQLITE_OK;
    return give(k->p, aln_sqlite_prefix[ALN_TERM_KEY], token->text, token->text_len - 1, k->start, k->end);
}

/* The beginning of a word, and of its key: what follows is not known, so that no ending may be taken off. A letter that
 * no ending has is put behind while the key is made, and its own sound is taken off again. */
static int give_prefix(tokenizer *t, position *p, const char *language, const char *text, const query_word *w)
{
    char word[80];
    size_t n = w->end - w->start;
    prefix_key key = {p, w->start, w->end};
    next_position(p);
    int rc = give_exact(p, text, w);
    if (rc || n + 3 > sizeof word)
        return rc;
    memcpy(word, text + w->start, n);
    unsigned char lead = (unsigned char)word[n > 1 ? n - 2 : 0];
    if (lead >= 0xD0 && lead <= 0xD3) {  /* U+0400 to U+04FF */
        memcpy(word + n, "\xD1\x84", 2); /* CYRILLIC SMALL LETTER EF */
        n += 2;
    } else if ((unsigned char)word[n - 1] < 0x80) {
        word[n++] = 'f';
    } else {
        return SQLITE_OK;
    }
    return aln_analyze(t->analyzer, language, word, n, take_prefix_key, &key);
}

static int tokenize_query(tokenizer *t, position *p, const char *language, int prefix, const char *text, size_t len)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan = NULL;
    aln_error err = {ALN_OK, 0, ""};
    size_t raw = strlen(ALN_SQLITE_RAW);

    if (len > raw && memcmp(text, ALN_SQLITE_RAW, raw) == 0)
        return give_raw(p, text + raw, len - raw);
    t->word_count = t->term_count = 0;
    int rc = aln_analyze(t->analyzer, language, text, len, take_query_word, t);
    if (rc || !t->word_count)
        return rc;
    if (text[0] == '=') { /* as in the query language: the typed spelling only */
        for (size_t i = 0; i < t->word_count && !rc; i++) {
            next_position(p);
            rc = give_exact(p, text, &t->words[i]);
        }
        return rc;
    }
    size_t count = t->word_count - (prefix != 0), end = count ? t->words[count - 1].end : 0;
    if (count) {
        options.flags = ALN_QUERY_PLAIN;
        options.language = language;
        rc = aln_query_plan(t->analyzer, &options, text, end, &plan, &err);
        if (!rc)
            rc = collect(t, plan);
        if (!rc && t->term_count)
            qsort(t->terms, t->term_count, sizeof *t->terms, by_place);
        if (!rc)
            rc = give_plan(t, p, text, count);
    }
    if (!rc && prefix)
        rc = give_prefix(t, p, language, text, &t->words[count]);
    return rc;
}

/* language: of the text, or NULL: the one that all are in, or the one that its beginning shows. */
static int tokenize(tokenizer *t, void *ctx, int flags, const char *language, const char *text, int len, token_fn fn)
{
    document d;
    size_t n = len > 0 ? (size_t)len : 0;
    int rc;
    d.mark = NULL;
    d.name_end = d.name_count = 0;
    next_position(&d.at);
    d.at.fn = fn;
    d.at.ctx = ctx;
    if (t->other && !(flags & FTS5_TOKENIZE_AUX)) {
        sqlite3_log(SQLITE_MISMATCH,
                    "allonym: a table was indexed by another version than this one, %s; "
                    "allonym_check() says which",
                    t->mark);
        return SQLITE_MISMATCH;
    }
    if (!n)
        return SQLITE_OK;
    if (!language)
        language = t->language;
    if (flags & FTS5_TOKENIZE_QUERY) {
        rc = tokenize_query(t, &d.at, language, flags & FTS5_TOKENIZE_PREFIX, text, n);
    } else {
        if (!language)
            language = aln_identify_start(t->analyzer, text, n);
        d.mark = t->mark;
        d.word_len = 0;
        d.key_seen = 0;
        rc = aln_analyze(t->analyzer, language, text, n, flags & FTS5_TOKENIZE_AUX ? take_word : take_document, &d);
    }
    return rc == SQLITE_DONE ? SQLITE_OK : rc == ALN_ENOMEM ? SQLITE_NOMEM : rc < 0 ? SQLITE_ERROR : rc;
}

static void delete_tokenizer(Fts5Tokenizer *instance)
{
    tokenizer *t = (tokenizer *)instance;
    if (!t)
        return;
    aln_analyzer_free(t->analyzer);
    sqlite3_free(t->language);
    sqlite3_free(t->words);
    sqlite3_free(t->terms);
    sqlite3_free(t);
}

static int create_tokenizer(void *state, const char **words, int count, Fts5Tokenizer **out)
{
    aln_sqlite_options options;
    aln_error err = {ALN_OK, 0, ""};
    *out = NULL;
    if (aln_sqlite_read_options(words, count, &options)) {
        sqlite3_log(SQLITE_ERROR, "allonym: \"%s\" is no option of the tokenizer", options.wrong);
        return SQLITE_ERROR;
    }
    tokenizer *t = sqlite3_malloc64(sizeof *t);
    if (!t)
        return SQLITE_NOMEM;
    memset(t, 0, sizeof *t);
    t->state = state;
    int code = aln_analyzer_new(t->state->lexicon, &options.analyzer, &t->analyzer, &err);
    if (!code && options.analyzer.languages && !strchr(options.analyzer.languages, ',') &&
        !(t->language = sqlite3_mprintf("%s", options.analyzer.languages)))
        code = ALN_ENOMEM;
    if (code) {
        sqlite3_log(SQLITE_ERROR, "allonym: %s", err.message);
        delete_tokenizer((Fts5Tokenizer *)t);
        return code == ALN_ENOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    aln_sqlite_mark(t->analyzer, t->mark);
    t->other = options.fingerprint && strcmp(options.fingerprint, t->mark) != 0;
    *out = (Fts5Tokenizer *)t;
    return SQLITE_OK;
}

static int tokenize_v1(Fts5Tokenizer *instance, void *ctx, int flags, const char *text, int len, token_fn fn)
{
    return tokenize((tokenizer *)instance, ctx, flags, NULL, text, len, fn);
}

#if SQLITE_VERSION_NUMBER >= 3047000
/* A locale that is no language of ours says nothing. */
static int tokenize_v2(Fts5Tokenizer *instance, void *ctx, int flags, const char *text, int len, const char *locale,
                       int locale_len, token_fn fn)
{
    unsigned language = locale && locale_len > 0 ? aln_language_find(locale, (size_t)locale_len) : ALN_NO_LANGUAGE;
    return tokenize((tokenizer *)instance, ctx, flags, language == ALN_NO_LANGUAGE ? NULL : aln_languages[language].tag,
                    text, len, fn);
}
#endif

static int create_in(fts5_api *api, aln_sqlite *state)
{
#if SQLITE_VERSION_NUMBER >= 3047000
    if (api->iVersion >= 3) {
        fts5_tokenizer_v2 v2 = {2, create_tokenizer, delete_tokenizer, tokenize_v2};
        return api->xCreateTokenizer_v2(api, ALN_SQLITE_TOKENIZER, state, &v2, aln_sqlite_release);
    }
#endif
    fts5_tokenizer v1 = {create_tokenizer, delete_tokenizer, tokenize_v1};
    return api->xCreateTokenizer(api, ALN_SQLITE_TOKENIZER, state, &v1, aln_sqlite_release);
}

/* FTS5's interface to its extensions, by the query that its documentation gives. */
static fts5_api *find_fts5(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

int aln_sqlite_register_tokenizer(aln_sqlite *state, char **message)
{
    fts5_api *api = find_fts5(state->db);
    if (!api) {
        if (message)
            *message = sqlite3_mprintf("allonym: this SQLite has no FTS5");
        return SQLITE_ERROR;
    }
    state->references++;
    int rc = create_in(api, state);
    if (rc)
        aln_sqlite_release(state);
    return rc ? rc : aln_sqlite_register_rank(state, api);
}
