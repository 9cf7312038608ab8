/*
 * From a text to the words that the parser gives and the terms that the dictionary gives for them.
 *
 * A document's words and terms are aln_analyze()'s. A query's words are cut the same way, but what a word may be in a
 * document is the planner's to say: the terms of its plan are put beside the words that they come from. One that covers
 * several words (an entity, two words written as one) is put beside each of them: (a | id) & (b | id) is what
 * (a & b) | id asks for, but for documents that have the id and one of the words, which are right as well.
 *
 * SPDX-License-Identifier: MIT
 */
#include "backend.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

static bool grow(MemoryContext context, void **items, uint32 *room, uint32 count, size_t add, size_t size)
{
    size_t wanted = *room ? *room : 64;
    void *fresh;
    while (wanted < (size_t)count + add)
        wanted *= 2;
    if (wanted > PG_UINT32_MAX)
        return false;
    fresh = aln_pg_try_alloc(context, wanted * size);
    if (!fresh)
        return false;
    if (*items) {
        memcpy(fresh, *items, count * size);
        pfree(*items);
    }
    *items = fresh;
    *room = (uint32)wanted;
    return true;
}

/* Makes room for more, of which there is hardly ever too little. false = no memory. */
static inline bool more(MemoryContext context, void **items, uint32 *room, uint32 count, size_t add, size_t size)
{
    return (size_t)count + add <= *room || grow(context, items, room, count, add, size);
}

static bool add_word(aln_pg_terms *t, size_t start, size_t end)
{
    aln_pg_word *w;
    if (!more(t->context, (void **)&t->words, &t->word_room, t->word_count, 1, sizeof *t->words))
        return false;
    w = &t->words[t->word_count++];
    w->start = (uint32)start;
    w->end = (uint32)end;
    w->first = t->term_count;
    w->count = 0;
    w->character = false;
    return true;
}

/* Adds a term to the last word, unless it has it. PostgreSQL's texts have no NUL byte, so that terms have none. */
static bool add_term(aln_pg_terms *t, const char *prefix, const char *text, size_t len)
{
    aln_pg_word *w = &t->words[t->word_count - 1];
    size_t n = strlen(prefix);
    char *at;
    if (!len || n + len >= MAXSTRLEN)
        return true; /* a lexeme has a bound */
    if (!more(t->context, (void **)&t->terms, &t->term_room, t->term_count, 1, sizeof *t->terms) ||
        !more(t->context, (void **)&t->bytes, &t->byte_room, t->byte_count, n + len + 1, 1))
        return false;
    at = t->bytes + t->byte_count;
    memcpy(at, prefix, n);
    memcpy(at + n, text, len);
    at[n + len] = 0;
    len += n + 1;
    for (uint32 i = w->first; i < t->term_count; i++)
        if (aln_pg_term_size(t, i) == len && memcmp(t->bytes + t->terms[i], at, len) == 0)
            return true;
    t->terms[t->term_count++] = t->byte_count;
    t->byte_count += (uint32)len;
    w->count++;
    return true;
}

/* Whether the last word's first term, the exact word, is this. */
static bool is_first_term(const aln_pg_terms *t, const char *text, size_t len)
{
    const aln_pg_word *w = &t->words[t->word_count - 1];
    return w->count && aln_pg_term_size(t, w->first) == len + 1 &&
           memcmp(t->bytes + t->terms[w->first], text, len) == 0;
}

static int take_token(void *ctx, const aln_token *token)
{
    aln_pg_terms *t = ctx;
    if (!(token->flags & ALN_TOKEN_COLOCATED)) {
        if (aln_pg_interrupted())
            return ALN_PG_INTERRUPTED;
        if (!add_word(t, token->start, token->end))
            return ALN_ENOMEM;
        t->key_seen = false;
        t->words[t->word_count - 1].character = t->pair_end && t->pair_end == token->end;
    } else if (token->kind == ALN_TERM_EXACT) { /* a pair of characters */
        t->words[t->word_count - 1].character = true;
        t->pair_end = (uint32)token->end;
    }
    /* A stem that is the word itself says nothing new, and a query that has a stem asks for the word as well. With a
     * name it stays: the planner looks for spellings among the stems. */
    if (token->kind == ALN_TERM_STEM && !t->key_seen && is_first_term(t, token->text, token->text_len))
        return 0;
    t->key_seen |= token->kind == ALN_TERM_KEY;
    if (token->flags & ALN_TOKEN_SKELETON) /* allonym_expand() finds such spellings in the vocabulary, and better */
        return 0;
    return add_term(t, aln_pg_prefix[token->kind], token->text, token->text_len) ? 0 : ALN_ENOMEM;
}

static int take_word(void *ctx, const aln_token *token)
{
    if (token->flags & ALN_TOKEN_COLOCATED)
        return 0;
    if (aln_pg_interrupted())
        return ALN_PG_INTERRUPTED;
    return add_word(ctx, token->start, token->end) ? 0 : ALN_ENOMEM;
}

const char *aln_pg_language(const char *text, size_t len)
{
    return aln_identify_start(aln_pg_analyzer(), text, len);
}

static void analyze(aln_analyzer *analyzer, aln_pg_terms *terms, const char *language, const char *text, size_t len,
                    aln_token_fn fn)
{
    int code;
    if (!language)
        language = aln_pg_language(text, len);
    do {
        CHECK_FOR_INTERRUPTS();
        terms->word_count = terms->term_count = terms->byte_count = 0;
        code = aln_analyze(analyzer, language, text, len, fn, terms);
    } while (code == ALN_PG_INTERRUPTED);
    if (code)
        aln_pg_fail(code, NULL);
}

void aln_pg_document_terms(aln_pg_terms *terms, const char *language, const char *text, size_t len)
{
    analyze(aln_pg_analyzer(), terms, language, text, len, take_token);
}

/* A term of the plan beside a word. */
typedef struct beside {
    uint32 word, order;
    const aln_query_node *node;
} beside;

typedef struct pairing {
    const aln_pg_terms *words;
    beside *list;
    size_t count, room;
    bool *first, *second; /* words at which a pair of characters begins, ends */
} pairing;

static void pair_up(pairing *p, const aln_query_node *node)
{
    uint32 low = 0, high = p->words->word_count;
    check_stack_depth();
    CHECK_FOR_INTERRUPTS();
    /* what only adds to a score is not needed, and would widen the match here */
    for (uint32 i = 0; i < (node->op == ALN_Q_AND_MAYBE ? 1 : node->count); i++)
        pair_up(p, node->children[i]);
    if (node->op != ALN_Q_TERM)
        return;
    while (low < high) {
        uint32 middle = low + (high - low) / 2;
        if (p->words->words[middle].start < node->start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < p->words->word_count && p->words->words[low].end <= node->end; low++) {
        beside b = {low, (uint32)p->count, node};
        if (node->window && p->words->words[low].start != node->start) {
            p->second[low] = true; /* a pair stands where its first character does */
            continue;
        }
        p->first[low] |= node->window != 0;
        if (p->count == p->room) {
            p->room = p->room ? 2 * p->room : 64;
            p->list = p->list ? repalloc_huge(p->list, p->room * sizeof *p->list)
                              : MemoryContextAllocHuge(p->words->context, p->room * sizeof *p->list);
        }
        p->list[p->count++] = b;
    }
}

static int by_word(const void *a, const void *b)
{
    const beside *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

void aln_pg_query_terms(aln_pg_terms *terms, const char *text, size_t len)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    aln_error err = {ALN_OK, 0, ""};
    const aln_query_node *plan = NULL;
    aln_pg_terms words = {0};
    pairing p = {0};
    MemoryContext caller = MemoryContextSwitchTo(terms->context);
    aln_analyzer *analyzer = aln_pg_query_analyzer(ALN_NAMES_ALL);
    size_t at = 0;
    int code;

    MemoryContextSwitchTo(caller);
    words.context = terms->context;
    analyze(analyzer, &words, "und", text, len, take_word);
    options.flags = ALN_QUERY_PLAIN;
    code = aln_query_plan(analyzer, &options, text, len, &plan, &err);
    if (code)
        aln_pg_fail(code, &err);
    p.words = &words;
    p.first = MemoryContextAllocZero(words.context, words.word_count + 1);
    p.second = MemoryContextAllocZero(words.context, words.word_count + 1);
    pair_up(&p, plan);
    if (p.count)
        qsort(p.list, p.count, sizeof *p.list, by_word);
    for (uint32 i = 0; i < words.word_count; i++) {
        /* the last character of a run is in a pair and needs no term of its own */
        bool wanted = p.first[i] || !p.second[i];
        if (!add_word(terms, words.words[i].start, words.words[i].end))
            aln_pg_fail(ALN_ENOMEM, NULL);
        terms->words[i].character = p.first[i] || p.second[i];
        for (; at < p.count && p.list[at].word == i; at++) {
            const aln_query_node *node = p.list[at].node;
            /* of a word that is its own stem a document has the word only */
            bool both = node->kind == ALN_TERM_STEM;
            if (wanted && (!add_term(terms, aln_pg_prefix[node->kind], node->text, node->text_len) ||
                           (both && !add_term(terms, "", node->text, node->text_len))))
                aln_pg_fail(ALN_ENOMEM, NULL);
        }
    }
}
