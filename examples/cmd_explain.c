/*
 * allonym explain: why a document matches a query.
 *
 * For each word of the query: the terms that the plan has for it, which of them the document has, by which rule, how
 * sure, and the words of the document that they stand on.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"
#include "query.h"
#include "show.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TERMS 4096
#define MAX_PLACES 8

static void help(FILE *out)
{
    fputs(
        "allonym explain [--exact] [--broad] [--plain] [--partial] [--names all|current|off|FILE] [--as-of YEAR] "
        "[--all] DB QUERY ID\n"
        "\n"
        "Why that document matches: per word of the query its terms that the document has, with rule, confidence and\n"
        "gazetteer id, and the words of the document; for a spelling found by a learned model also the table, the\n"
        "segmentation, the score, and the confidence that was asked for. --all also lists the terms that it has not.\n"
        "--partial does without the shards that cannot be reached, and says which.\n",
        out);
}

typedef struct {
    const aln_query_node *terms[MAX_TERMS];
    size_t count;
} term_list;

static int by_place(const void *a, const void *b)
{
    const aln_query_node *x = *(const aln_query_node *const *)a, *y = *(const aln_query_node *const *)b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    size_t n = x->text_len < y->text_len ? x->text_len : y->text_len;
    int c = memcmp(x->text, y->text, n);
    if (c)
        return c;
    if (x->text_len != y->text_len)
        return x->text_len < y->text_len ? -1 : 1;
    return x->confidence > y->confidence ? -1 : x->confidence < y->confidence;
}

static bool same_term(const aln_query_node *x, const aln_query_node *y)
{
    return x->start == y->start && x->end == y->end && x->kind == y->kind && x->text_len == y->text_len &&
           memcmp(x->text, y->text, x->text_len) == 0;
}

static void gather(const aln_query_node *node, term_list *list)
{
    if (node->op == ALN_Q_TERM && list->count < MAX_TERMS)
        list->terms[list->count++] = node;
    for (uint32_t i = 0; i < node->count; i++)
        gather(node->children[i], list);
}

typedef struct {
    const aln_query_node *term;
    const char *text;
    size_t shown;
} places;

static int show_place(void *ctx, const aln_match *m)
{
    places *p = ctx;
    if (m->node->kind != p->term->kind || m->node->text_len != p->term->text_len ||
        memcmp(m->node->text, p->term->text, p->term->text_len) != 0)
        return 0;
    fputs(p->shown++ ? ", " : " in ", stdout);
    print_clean(p->text + m->start, m->end - m->start);
    return p->shown < MAX_PLACES ? 0 : ALN_STOP;
}

/* Folds words one by one; what is between them becomes a space. */
static size_t fold_words(const char *text, size_t len, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0, end; i < len && n < cap; i = end + 1) {
        for (end = i; end < len && text[end] != ' ' && text[end] != '-';)
            end++;
        if (n)
            out[n++] = ' ';
        size_t got = n < cap ? aln_fold(text + i, end - i, out + n, cap - n) : 0;
        n += got < cap - n ? got : cap - n;
    }
    return n;
}

/* The row of an entity that the words of a query stand for: the name itself, else the longest beginning in common,
 * since an inflected name differs at its end. */
static bool row_of(const aln_lexicon *lexicon, uint32_t entity, const char *words, size_t len, aln_entity_name *out)
{
    char query[256], text[256];
    aln_entity_name name;
    size_t best = 0, query_len = fold_words(words, len, query, sizeof query);
    bool any = false;
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        size_t text_len = fold_words(name.text, strlen(name.text), text, sizeof text), same = 0;
        while (same < query_len && same < text_len && query[same] == text[same])
            same++;
        size_t score = 2 * same + (same == query_len && same == text_len);
        if (!any || score > best) {
            *out = name;
            best = score;
        }
        any = true;
    }
    return any;
}

/* A line for each step from the word of the query to the term: one, or two by way of a Latin word. */
static void show_spelling(query_context *q, const aln_spelling *s)
{
    char segments[512];
    if (s->pivot)
        show_spelling(q, s->pivot);
    aln_spelling_segments(q->analyzer, s, segments, sizeof segments);
    printf("      table %s  ", s->model);
    print_clean(segments, strlen(segments));
    printf("  score %.2f  confidence %.3g  ", s->score, s->confidence);
    if (s->threshold > 0)
        printf("threshold %g\n", s->threshold);
    else
        puts("best reading");
}

static void show_term(query_context *q, const char *query, const aln_query_node *plan, const aln_query_node *t,
                      bool has, const json_t *document)
{
    static const char *const kinds[ALN_TERM_KINDS] = {"word", "stem", "key", "entity"};
    printf("  %c %-6s ", has ? '+' : '-', kinds[t->kind]);
    print_clean(t->text, t->text_len);
    if (t->kind == ALN_TERM_ENTITY) {
        const aln_lexicon *lexicon = aln_analyzer_lexicon(q->analyzer);
        const char *kind = aln_entity_kind(lexicon, t->entity);
        aln_entity_name name;
        if (kind)
            printf(" (%s", kind);
        if (kind && aln_entity_wikidata(lexicon, t->entity))
            printf(", Q%lu", (unsigned long)aln_entity_wikidata(lexicon, t->entity));
        if (kind && row_of(lexicon, t->entity, query + t->start, t->end - t->start, &name))
            printf(", %s, %s:%lu%s%s", name.text, name.file, (unsigned long)name.line, *name.note ? ": " : "",
                   name.note);
        if (kind)
            putchar(')');
    }
    printf("  rule %s  confidence %.2f", t->rule ? t->rule : "-", t->confidence);
    if (t->field)
        printf("  field %s", t->field);
    if (has) {
        static const char *const fields[] = {"title", "text"};
        const char *language = json_string_value(json_object_get(document, "lang"));
        places p = {t, NULL, 0};
        for (size_t i = 0; i < 2 && p.shown < MAX_PLACES; i++) {
            const json_t *field = json_object_get(document, fields[i]);
            p.text = json_string_value(field);
            if (p.text)
                aln_highlight(q->analyzer, plan, language && *language ? language : NULL, p.text,
                              json_string_length(field), show_place, &p);
        }
    }
    putchar('\n');
    if (t->spelling)
        show_spelling(q, t->spelling);
}

static int explain(query_context *q, const char *query, const char *id, bool all)
{
    aln_error err = {ALN_OK, 0, ""};
    const aln_query_node *plan, *filtered;
    aln_docid docid;
    int code = query_plan(q, query, strlen(query), &plan, &filtered, &err);
    if (code != ALN_OK) {
        complain("query: %s", *err.message ? err.message : aln_strerror(code));
        return exit_of(code);
    }
    aln_status found = aln_xapian_find(q->db, id, strlen(id), &docid, &err);
    if (found != ALN_OK) {
        complain("%s: %s", id, err.message);
        return found == ALN_ENOTFOUND ? NOTHING_FOUND : exit_of(found);
    }
    const char *data;
    size_t len;
    if (aln_xapian_data(q->db, docid, &data, &len, &err) != ALN_OK) {
        complain("%s: %s", id, err.message);
        return FAILED;
    }
    json_t *json = json_loadb(data, len, 0, NULL);

    /* The score, and whether the query as a whole matches, from a search in this document alone. */
    const aln_query_node only = {
        .op = ALN_Q_FILTER, .field = "id", .text = id, .text_len = strlen(id), .entity = UINT32_MAX};
    const aln_query_node *const both[] = {plan, &only};
    const aln_query_node node = {.op = ALN_Q_AND, .count = 2, .children = both, .entity = UINT32_MAX};
    aln_xapian_results *results = NULL;
    aln_xapian_hit hit;
    int status = DONE;
    aln_xapian_search_options same = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
    same.b = q->b;
    code = aln_xapian_search(q->db, &node, &same, &results, &err);
    bool matches = code == ALN_OK && aln_xapian_result(results, 0, &hit) == ALN_OK;
    if (code == ALN_OK && !matches) { /* a document of another program, which has a number and no id */
        aln_xapian_search_options every = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
        every.limit = 0;
        every.b = q->b;
        aln_xapian_results_free(results);
        code = aln_xapian_search(q->db, plan, &every, &results, &err);
        for (uint32_t n = 0; code == ALN_OK && !matches && aln_xapian_result(results, n, &hit) == ALN_OK; n++)
            matches = hit.docid == docid;
    }
    if (code != ALN_OK) {
        complain("query: %s", err.message);
        status = exit_of(code);
    } else if (matches) {
        printf("%s matches, score %.3f\n", id, hit.weight);
    } else {
        printf("%s does not match\n", id);
        status = NOTHING_FOUND;
    }
    aln_xapian_results_free(results);

    term_list *list = status == FAILED ? NULL : calloc(1, sizeof *list);
    if (list) {
        gather(plan, list);
        qsort(list->terms, list->count, sizeof *list->terms, by_place);
        size_t start = SIZE_MAX, end = SIZE_MAX;
        for (size_t i = 0; i < list->count; i++) {
            const aln_query_node *t = list->terms[i];
            int has = 0;
            if (i && same_term(t, list->terms[i - 1]))
                continue;
            if (t->start != start || t->end != end) {
                start = t->start;
                end = t->end;
                if (end <= strlen(query) && start <= end) {
                    print_clean(query + start, end - start);
                    putchar('\n');
                }
            }
            aln_xapian_has_term(q->db, docid, t, &has, NULL);
            if (has || all)
                show_term(q, query, plan, t, has, json);
        }
        free(list);
    }
    json_decref(json);
    return status;
}

int command_explain(int argc, char **argv)
{
    enum { EXACT = 256, BROAD, PLAIN, PARTIAL, NAMES, AS_OF, ALL };
    static const struct option table[] = {{"exact", no_argument, NULL, EXACT},
                                          {"broad", no_argument, NULL, BROAD},
                                          {"plain", no_argument, NULL, PLAIN},
                                          {"all", no_argument, NULL, ALL},
                                          {"names", required_argument, NULL, NAMES},
                                          {"as-of", required_argument, NULL, AS_OF},
                                          {"partial", no_argument, NULL, PARTIAL},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    query_options options = {0};
    name_options names = {.names = ALN_NAMES_ALL};
    bool all = false;
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        switch (c) {
        case EXACT:
            options.flags |= ALN_QUERY_EXACT;
            break;
        case BROAD:
            options.flags |= ALN_QUERY_BROAD;
            break;
        case PLAIN:
            options.flags |= ALN_QUERY_PLAIN;
            break;
        case PARTIAL:
            options.partial = true;
            break;
        case ALL:
            all = true;
            break;
        case NAMES:
        case AS_OF:
            if (!(c == NAMES ? read_names(optarg, &names) : read_as_of(optarg, &names)))
                return usage_error("explain");
            break;
        case 'h':
            help(stdout);
            return DONE;
        default:
            return usage_error("explain");
        }
    }
    if (argc - optind != 3) {
        complain("explain: a database, a query and an id are needed");
        return usage_error("explain");
    }
    query_context q;
    int status = query_open(&q, argv[optind], &names, &options);
    if (status != DONE)
        return status;
    status = explain(&q, argv[optind + 1], argv[optind + 2], all);
    query_close(&q);
    return status;
}
