/*
 * allonym search: ranked results with passages, ids for programs, batches of queries.
 *
 * SPDX-License-Identifier: MIT
 */
#define _POSIX_C_SOURCE 200809L
#include "command.h"
#include "query.h"
#include "show.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CUT "the vocabulary is too large to look for all spellings; there may be more"

typedef struct {
    query_options query;
    name_options names;
    bool json, ids, batch;
    uint32_t limit;
    const char *db;
    char **words;
    int word_count;
} search_options;

static void help(FILE *out)
{
    fputs("allonym search [OPTION...] DB QUERY...\n"
          "\n"
          "  -n, --limit N                results at most (10; 0 = all)\n"
          "      --ids                    ids only, one a line\n"
          "      --json                   a JSON object a line\n"
          "      --batch                  a query a line on standard input, a line of ids a query\n"
          "      --lang L                 documents in this language\n"
          "      --since D, --until D     documents of these dates: YYYY, YYYY-MM or YYYY-MM-DD, both inclusive\n"
          "      --exact                  the typed spelling only\n"
          "      --broad                  also partial matches\n"
          "      --plain                  no query language: the words as they stand\n"
          "      --lookups N              look at N words of the index at most for the spellings of a word (60000)\n"
          "      --partial                answer without the shards that cannot be reached, and say "
          "which\n" NAME_OPTIONS_HELP "                               (else as in the index)\n"
          "\n"
          "Query language: words, \"phrases\", +must -not, AND OR NOT NEAR ( ), title: lang: date:, =word for the "
          "exact spelling.\n",
          out);
}

static int read_options(int argc, char **argv, search_options *o)
{
    enum { IDS = 256, JSON, BATCH, LANG, SINCE, UNTIL, EXACT, BROAD, PLAIN, PARTIAL, LOOKUPS, NAMES, AS_OF };
    static const struct option table[] = {{"limit", required_argument, NULL, 'n'},
                                          {"ids", no_argument, NULL, IDS},
                                          {"json", no_argument, NULL, JSON},
                                          {"batch", no_argument, NULL, BATCH},
                                          {"lang", required_argument, NULL, LANG},
                                          {"since", required_argument, NULL, SINCE},
                                          {"until", required_argument, NULL, UNTIL},
                                          {"exact", no_argument, NULL, EXACT},
                                          {"broad", no_argument, NULL, BROAD},
                                          {"plain", no_argument, NULL, PLAIN},
                                          {"lookups", required_argument, NULL, LOOKUPS},
                                          {"partial", no_argument, NULL, PARTIAL},
                                          {"names", required_argument, NULL, NAMES},
                                          {"as-of", required_argument, NULL, AS_OF},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    memset(o, 0, sizeof *o);
    o->limit = 10;
    for (int c; (c = getopt_long(argc, argv, "n:h", table, NULL)) != -1;) {
        switch (c) {
        case 'n':
            if (!parse_number(optarg, UINT32_MAX, &o->limit)) {
                complain("--limit is a number, not %s", optarg);
                return usage_error("search");
            }
            break;
        case IDS:
            o->ids = true;
            break;
        case JSON:
            o->json = true;
            break;
        case BATCH:
            o->batch = true;
            break;
        case LANG:
            if (!parse_language(optarg, strlen(optarg), o->query.language, sizeof o->query.language)) {
                complain("--lang is a language tag such as kk or uz-Cyrl, not %s", optarg);
                return usage_error("search");
            }
            break;
        case SINCE:
        case UNTIL:
            if (!parse_date(optarg, c == SINCE ? o->query.since : o->query.until)) {
                complain("--%s is YYYY, YYYY-MM or YYYY-MM-DD, not %s", c == SINCE ? "since" : "until", optarg);
                return usage_error("search");
            }
            break;
        case EXACT:
            o->query.flags |= ALN_QUERY_EXACT;
            break;
        case BROAD:
            o->query.flags |= ALN_QUERY_BROAD;
            break;
        case PLAIN:
            o->query.flags |= ALN_QUERY_PLAIN;
            break;
        case PARTIAL:
            o->query.partial = true;
            break;
        case LOOKUPS:
            if (!parse_number(optarg, UINT32_MAX, &o->query.lookups) || !o->query.lookups) {
                complain("--lookups is a number from 1 on, not %s", optarg);
                return usage_error("search");
            }
            break;
        case NAMES:
        case AS_OF:
            if (!(c == NAMES ? read_names(optarg, &o->names) : read_as_of(optarg, &o->names)))
                return usage_error("search");
            break;
        case 'h':
            help(stdout);
            return -1;
        default:
            return usage_error("search");
        }
    }
    const char *what = NULL;
    if (optind == argc)
        what = "no database named";
    else if (!o->batch && optind + 1 == argc)
        what = "no query";
    else if (o->batch && optind + 1 != argc)
        what = "with --batch queries come from standard input";
    else if (o->json && (o->batch || o->ids))
        what = "--json gives objects, --ids and --batch give ids";
    if (what) {
        complain("search: %s", what);
        return usage_error("search");
    }
    o->db = argv[optind];
    o->words = argv + optind + 1;
    o->word_count = argc - optind - 1;
    return 0;
}

/* Plans and searches; the message of a failure is in *err. */
static int find(query_context *q, const search_options *o, const char *text, size_t len, const aln_query_node **plan,
                aln_xapian_results **results, aln_error *err)
{
    const aln_query_node *filtered;
    aln_xapian_search_options options = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
    options.limit = o->limit;
    options.b = q->b;
    *results = NULL;
    int status = query_plan(q, text, len, plan, &filtered, err);
    if (status == ALN_OK)
        status = aln_xapian_search(q->db, filtered, &options, results, err);
    query_tell_shards(q);
    return status;
}

static int print_ids(query_context *q, const aln_xapian_results *results, const char *separator)
{
    aln_error err = {ALN_OK, 0, ""};
    aln_xapian_hit hit;
    for (uint32_t n = 0; aln_xapian_result(results, n, &hit) == ALN_OK; n++) {
        const char *id;
        size_t len;
        aln_status status = aln_xapian_id(q->db, hit.docid, &id, &len, &err);
        if (status == ALN_ENOTFOUND) /* deleted meanwhile */
            continue;
        if (status != ALN_OK) {
            complain("%s", err.message);
            return FAILED;
        }
        if (n)
            fputs(separator, stdout);
        fwrite(id, 1, len, stdout);
    }
    return DONE;
}

static int run_batch(query_context *q, const search_options *o)
{
    char *line = NULL;
    size_t cap = 0, number = 0;
    int status = DONE;
    for (ssize_t got; (got = getline(&line, &cap, stdin)) >= 0;) {
        size_t len = (size_t)got;
        aln_error err = {ALN_OK, 0, ""};
        const aln_query_node *plan;
        aln_xapian_results *results;
        number++;
        int follows = query_follow(q);
        if (follows != DONE) {
            status = follows;
            break;
        }
        while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            len--;
        int code = find(q, o, line, len, &plan, &results, &err);
        int one = DONE;
        if (code != ALN_OK) {
            complain_at("-", number, "%s", *err.message ? err.message : aln_strerror(code));
            one = exit_of(code);
        } else {
            if (q->report.cut)
                complain_at("-", number, CUT);
            one = print_ids(q, results, " ");
        }
        aln_xapian_results_free(results);
        putchar('\n');
        fflush(stdout); /* who asks may wait for the answer before the next query */
        if (one > status)
            status = one;
        /* A bad query does not spoil the others; a database that fails does. */
        if (one == FAILED)
            break;
    }
    free(line);
    return status;
}

static int run_one(query_context *q, const search_options *o)
{
    aln_error err = {ALN_OK, 0, ""};
    const aln_query_node *plan;
    aln_xapian_results *results = NULL;
    char *text = join_arguments(o->word_count, o->words);
    if (!text) {
        complain("out of memory");
        return FAILED;
    }
    int status = DONE, code = find(q, o, text, strlen(text), &plan, &results, &err);
    if (code != ALN_OK) {
        complain("query: %s", *err.message ? err.message : aln_strerror(code));
        free(text);
        return exit_of(code);
    }
    if (q->report.cut)
        complain("query: " CUT);
    uint32_t count = aln_xapian_results_count(results);
    if (o->ids) {
        status = print_ids(q, results, "\n");
        if (count)
            putchar('\n');
    } else {
        style s = style_of_output();
        aln_xapian_hit hit;
        for (uint32_t n = 0; status == DONE && aln_xapian_result(results, n, &hit) == ALN_OK; n++)
            status = o->json ? show_json(q, plan, &hit) : show_text(q, plan, &hit, &s);
        int exact;
        uint32_t total = aln_xapian_results_total(results, &exact);
        if (!o->json && total > count)
            printf("\n%u of %s%u results\n", (unsigned)count, exact ? "" : "about ", (unsigned)total);
    }
    aln_xapian_results_free(results);
    free(text);
    return status == DONE && !count ? NOTHING_FOUND : status;
}

int command_search(int argc, char **argv)
{
    search_options o;
    query_context q;
    int status = read_options(argc, argv, &o);
    if (status)
        return status < 0 ? DONE : status;
    status = query_open(&q, o.db, &o.names, &o.query);
    if (status != DONE)
        return status;
    status = o.batch ? run_batch(&q, &o) : run_one(&q, &o);
    query_close(&q);
    return status;
}
