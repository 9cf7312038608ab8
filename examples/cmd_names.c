/*
 * allonym names: what the gazetteer knows of a name, or of an entity's id.
 *
 * A name stands for the entities that a search for it would look for, so the query's plan is asked; names that differ
 * in language alone are shown as one.
 *
 * SPDX-License-Identifier: MIT
 */
#include "command.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ENTITIES 256

static void help(FILE *out)
{
    fputs("allonym names [--json] [--names all|current|FILE] [--as-of YEAR] NAME-OR-ID...\n"
          "\n"
          "Prints the entities of the gazetteer that a name stands for, each with id, kind, Wikidata number, and all "
          "its\n"
          "names: languages, years of official use, flags, and the file and line that say so.\n",
          out);
}

typedef struct entity_list {
    uint32_t numbers[MAX_ENTITIES];
    size_t count;
} entity_list;

static void add(entity_list *list, uint32_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->numbers[i] == number)
            return;
    if (number != UINT32_MAX && list->count < MAX_ENTITIES)
        list->numbers[list->count++] = number;
}

static void gather(const aln_query_node *node, entity_list *list)
{
    if (node->op == ALN_Q_TERM && node->kind == ALN_TERM_ENTITY)
        add(list, node->entity);
    for (uint32_t i = 0; i < node->count; i++)
        gather(node->children[i], list);
}

static const struct {
    uint32_t flag;
    const char *name;
} flags[] = {{ALN_NAME_ABBREVIATION, "abbr"},     {ALN_NAME_DEMONYM, "demonym"},
             {ALN_NAME_PEOPLE, "people"},         {ALN_NAME_HISTORIC, "historic"},
             {ALN_NAME_COLLOQUIAL, "colloquial"}, {ALN_NAME_COMMON, "common"},
             {ALN_NAME_OPTIONAL, "optional"},     {ALN_NAME_TITLE, "title"}};

/* Whether two names are one in several languages. */
static bool same_name(const aln_entity_name *a, const aln_entity_name *b)
{
    return a->text == b->text && a->flags == b->flags && a->periods == b->periods;
}

static void print_years(const aln_entity_name *name)
{
    for (uint32_t i = 0; i < name->period_count; i++) {
        const aln_period *p = &name->periods[i];
        fputs(i ? ";" : "  ", stdout);
        if (p->from)
            printf("%d", p->from);
        if (p->from != p->to)
            putchar('-');
        if (p->to && p->from != p->to)
            printf("%d", p->to);
    }
}

static void show_text(const aln_lexicon *lexicon, uint32_t entity)
{
    printf("%s  %s", aln_entity_id(lexicon, entity), aln_entity_kind(lexicon, entity));
    if (aln_entity_wikidata(lexicon, entity))
        printf("  Q%lu", (unsigned long)aln_entity_wikidata(lexicon, entity));
    putchar('\n');
    aln_entity_name name, next;
    uint32_t n = 0;
    aln_status got = aln_entity_name_at(lexicon, entity, n, &name);
    while (got == ALN_OK) {
        printf("  %s  [%s", name.text, name.language);
        while ((got = aln_entity_name_at(lexicon, entity, ++n, &next)) == ALN_OK && same_name(&name, &next))
            printf(" %s", next.language);
        putchar(']');
        print_years(&name);
        const char *before = "  ";
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
            if (name.flags & flags[i].flag) {
                printf("%s%s", before, flags[i].name);
                before = ",";
            }
        }
        printf("  (%s:%lu%s%s)\n", name.file, (unsigned long)name.line, *name.note ? ": " : "", name.note);
        name = next;
    }
}

static json_t *json_name(const aln_entity_name *name)
{
    json_t *years = json_array(), *list = json_array();
    for (uint32_t i = 0; i < name->period_count; i++) {
        json_t *period = json_object();
        if (name->periods[i].from)
            json_object_set_new(period, "from", json_integer(name->periods[i].from));
        if (name->periods[i].to)
            json_object_set_new(period, "to", json_integer(name->periods[i].to));
        json_array_append_new(years, period);
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (name->flags & flags[i].flag)
            json_array_append_new(list, json_string(flags[i].name));
    json_t *one = json_pack("{s:s,s:[],s:o,s:o,s:s,s:I}", "name", name->text, "languages", "dates", years, "flags",
                            list, "file", name->file, "line", (json_int_t)name->line);
    if (one && *name->note)
        json_object_set_new(one, "note", json_string(name->note));
    return one;
}

/* False without memory, or if standard output fails. */
static bool show_json(const aln_lexicon *lexicon, uint32_t entity)
{
    json_t *names = json_array(), *last = NULL;
    aln_entity_name name, before = {0};
    for (uint32_t n = 0; aln_entity_name_at(lexicon, entity, n, &name) == ALN_OK; n++) {
        if (!n || !same_name(&before, &name)) {
            last = json_name(&name);
            json_array_append_new(names, last);
        }
        json_array_append_new(json_object_get(last, "languages"), json_string(name.language));
        before = name;
    }
    json_t *object =
        json_pack("{s:s,s:s}", "id", aln_entity_id(lexicon, entity), "kind", aln_entity_kind(lexicon, entity));
    if (aln_entity_wikidata(lexicon, entity))
        json_object_set_new(object, "wikidata",
                            json_sprintf("Q%lu", (unsigned long)aln_entity_wikidata(lexicon, entity)));
    bool done = json_object_set_new(object, "names", names) == 0 && json_dumpf(object, stdout, JSON_COMPACT) == 0;
    json_decref(object);
    putchar('\n');
    return done;
}

/* The entities of a query: the one whose id it is, then those of its plan. Returns an exit status. */
static int find(aln_analyzer *analyzer, const char *query, entity_list *list)
{
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    const aln_query_node *plan;
    aln_error err = {ALN_OK, 0, ""};
    add(list, aln_lexicon_find(aln_analyzer_lexicon(analyzer), query, strlen(query)));
    options.flags = ALN_QUERY_PLAIN;
    int code = aln_query_plan(analyzer, &options, query, strlen(query), &plan, &err);
    if (code != ALN_OK) {
        complain("names: %s", *err.message ? err.message : aln_strerror(code));
        return exit_of(code);
    }
    gather(plan, list);
    return list->count ? DONE : NOTHING_FOUND;
}

int command_names(int argc, char **argv)
{
    enum { JSON = 256, NAMES, AS_OF };
    static const struct option table[] = {{"json", no_argument, NULL, JSON},
                                          {"names", required_argument, NULL, NAMES},
                                          {"as-of", required_argument, NULL, AS_OF},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    name_options names = {.names = ALN_NAMES_ALL};
    bool json = false;
    for (int c; (c = getopt_long(argc, argv, "h", table, NULL)) != -1;) {
        switch (c) {
        case JSON:
            json = true;
            break;
        case NAMES:
            if (!read_names(optarg, &names))
                return usage_error("names");
            if (names.names == ALN_NAMES_OFF) {
                complain("names: --names is all, current or a file, not off");
                return usage_error("names");
            }
            break;
        case AS_OF:
            if (!read_as_of(optarg, &names))
                return usage_error("names");
            break;
        case 'h':
            help(stdout);
            return DONE;
        default:
            return usage_error("names");
        }
    }
    if (optind == argc) {
        complain("names: a name or an id is needed");
        return usage_error("names");
    }
    aln_analyzer *analyzer = make_analyzer(&names);
    free_names(&names);
    char *query = join_arguments(argc - optind, argv + optind);
    entity_list *list = calloc(1, sizeof *list);
    int status = FAILED;
    if (analyzer && query && list)
        status = find(analyzer, query, list);
    else if (analyzer)
        complain("out of memory");
    for (size_t i = 0; status == DONE && i < list->count; i++) {
        const aln_lexicon *lexicon = aln_analyzer_lexicon(analyzer);
        if (!json)
            show_text(lexicon, list->numbers[i]);
        else if (!show_json(lexicon, list->numbers[i]))
            status = FAILED;
    }
    free(list);
    free(query);
    aln_analyzer_free(analyzer);
    return status;
}
