/*
 * What a search for a name costs with all its spellings, beside the plain query on the same database, and what it
 * finds of the known answers: on an index of the corpus that bench/corpus makes. docs/scaling.md tells what came out.
 *
 *     search [--queries N] [--budget N] [--slow N] DB ANSWERS
 *
 * ANSWERS is the folder that bench/corpus --answers wrote. For each name, in turns: the plan with expansion and the
 * search for the best ten; and the words as they stand, all of them (OP_AND), with libxapian's own weights. Processor
 * time of one core. A first round, which is not counted, brings the tables into memory. Recall is among the best
 * thousand, of names with at most as many answers. --slow prints the slowest queries and what their parts took.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later (links libxapian)
 */
#include <algorithm>
#include <allonym/xapian.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>
#include <xapian.h>

static double now()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

static double at(std::vector<double> v, double share)
{
    std::sort(v.begin(), v.end());
    return v.empty() ? 0 : v[static_cast<size_t>(share * static_cast<double>(v.size() - 1))];
}

struct engine {
    aln_xapian *db = nullptr;
    aln_analyzer *analyzer = nullptr;
    aln_vocabulary vocabulary = {};
    std::string languages;
    uint32_t budget = 0;
    bool cut = false;
    double lookups = 0;

    const aln_query_node *plan(const std::string &text)
    {
        aln_query_options o = ALN_QUERY_OPTIONS_INIT;
        aln_query_report report = {sizeof report, 0, 0};
        const aln_query_node *out = nullptr;
        o.flags = ALN_QUERY_PLAIN;
        o.vocabulary = &vocabulary;
        o.index_languages = languages.c_str();
        o.lookups = budget;
        o.report = &report;
        if (aln_query_plan(analyzer, &o, text.data(), text.size(), &out, nullptr))
            exit(3);
        cut = report.cut != 0;
        lookups = report.lookups;
        return out;
    }
    aln_xapian_results *search(const aln_query_node *plan, uint32_t limit)
    {
        aln_xapian_search_options o = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
        aln_xapian_results *results = nullptr;
        o.limit = limit;
        if (aln_xapian_search(db, plan, &o, &results, nullptr))
            exit(3);
        return results;
    }
};

// The words of a name as TermGenerator has them.
static Xapian::Query plain_query(const std::string &text)
{
    Xapian::Document doc;
    Xapian::TermGenerator words;
    std::vector<std::string> terms;
    words.set_document(doc);
    words.index_text(text);
    for (auto i = doc.termlist_begin(); i != doc.termlist_end(); ++i)
        terms.push_back(*i);
    return Xapian::Query(Xapian::Query::OP_AND, terms.begin(), terms.end());
}

int main(int argc, char **argv)
{
    size_t wanted = 500, slow = 0;
    engine e;
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        const unsigned long n = strtoul(argv[i + 1], nullptr, 10);
        if (!strcmp(argv[i], "--queries"))
            wanted = n;
        else if (!strcmp(argv[i], "--budget"))
            e.budget = static_cast<uint32_t>(n);
        else if (!strcmp(argv[i], "--slow"))
            slow = n;
        else
            i = argc;
    }
    if (argc - i != 2) {
        fprintf(stderr, "usage: search [--queries N] [--budget N] [--slow N] DB ANSWERS\n");
        return 2;
    }
    aln_lexicon *lexicon = nullptr;
    const char *kept;
    size_t len;
    if (aln_lexicon_open(nullptr, nullptr, &lexicon, nullptr) ||
        aln_analyzer_new(lexicon, nullptr, &e.analyzer, nullptr) ||
        aln_xapian_open(argv[i], ALN_XAPIAN_READ, aln_analyzer_fingerprint(e.analyzer), &e.db, nullptr)) {
        fprintf(stderr, "search: %s cannot be opened\n", argv[i]);
        return 3;
    }
    aln_xapian_vocabulary(e.db, &e.vocabulary);
    if (aln_xapian_get_metadata(e.db, ALN_XAPIAN_LANGUAGES, &kept, &len, nullptr) == ALN_OK)
        e.languages.assign(kept, len);
    const Xapian::Database plain(argv[i]);
    std::vector<std::string> queries, answers;
    std::string line;
    for (std::ifstream in(std::string(argv[i + 1]) + "/queries"); queries.size() < wanted && std::getline(in, line);)
        queries.push_back(line);
    for (std::ifstream in(std::string(argv[i + 1]) + "/answers"); std::getline(in, line);)
        answers.push_back(line);

    struct cost {
        double plan, search, plain;
        size_t n;
    };
    std::vector<cost> costs;
    std::vector<double> plans, searches, whole, without, lookups;
    size_t cut = 0;
    for (int round = 0; round < 2; round++) {
        costs.clear();
        lookups.clear();
        cut = 0;
        for (size_t q = 0; q < queries.size(); q++) {
            cost c = {0, 0, 0, q};
            double start = now();
            const aln_query_node *plan = e.plan(queries[q]);
            c.plan = now() - start;
            cut += e.cut;
            lookups.push_back(e.lookups);
            aln_xapian_results_free(e.search(plan, 10));
            c.search = now() - start - c.plan;
            start = now();
            Xapian::Enquire enquire(plain);
            enquire.set_query(plain_query(queries[q]));
            enquire.get_mset(0, 10);
            c.plain = now() - start;
            costs.push_back(c);
        }
    }
    double found = 0, found_plain = 0;
    size_t judged = 0;
    for (size_t q = 0; q < queries.size() && q < answers.size(); q++) {
        std::istringstream in(answers[q]);
        std::set<std::string> right;
        for (std::string id; in >> id;)
            right.insert(id);
        if (right.empty() || right.size() > 1000)
            continue;
        judged++;
        aln_xapian_results *results = e.search(e.plan(queries[q]), 1000);
        aln_xapian_hit hit;
        size_t hits = 0;
        for (uint32_t n = 0; aln_xapian_result(results, n, &hit) == ALN_OK; n++) {
            const char *id;
            if (aln_xapian_id(e.db, hit.docid, &id, &len, nullptr) == ALN_OK)
                hits += right.count(std::string(id, len));
        }
        aln_xapian_results_free(results);
        found += static_cast<double>(hits) / static_cast<double>(right.size());
        Xapian::Enquire enquire(plain);
        enquire.set_query(plain_query(queries[q]));
        hits = 0;
        const Xapian::MSet all = enquire.get_mset(0, 1000);
        for (auto m = all.begin(); m != all.end(); ++m) {
            auto t = plain.termlist_begin(*m);
            t.skip_to("Q");
            hits += t != plain.termlist_end(*m) && right.count((*t).substr(1));
        }
        found_plain += static_cast<double>(hits) / static_cast<double>(right.size());
    }
    for (const cost &c : costs) {
        plans.push_back(c.plan);
        searches.push_back(c.search);
        whole.push_back(c.plan + c.search);
        without.push_back(c.plain);
    }
    printf("%u documents, %zu queries: %.2f ms median, %.2f ms at 99 %%; of these expansion %.2f and %.2f, search %.2f "
           "and %.2f; %.0f and %.0f look-ups; cut %zu\n",
           plain.get_doccount(), queries.size(), at(whole, .5), at(whole, .99), at(plans, .5), at(plans, .99),
           at(searches, .5), at(searches, .99), at(lookups, .5), at(lookups, .99), cut);
    printf("plain AND: %.3f ms median, %.2f ms at 99 %%\n", at(without, .5), at(without, .99));
    printf("recall among the best 1000 of %zu queries: %.3f, plain %.3f\n", judged,
           judged ? found / static_cast<double>(judged) : 0, judged ? found_plain / static_cast<double>(judged) : 0);
    std::sort(costs.begin(), costs.end(),
              [](const cost &a, const cost &b) { return a.plan + a.search > b.plan + b.search; });
    for (size_t n = 0; n < slow && n < costs.size(); n++)
        printf("%s\texpansion %.2f ms\tsearch %.2f ms\tplain %.2f ms\n", queries[costs[n].n].c_str(), costs[n].plan,
               costs[n].search, costs[n].plain);
    aln_analyzer_free(e.analyzer);
    aln_lexicon_unref(lexicon);
    aln_xapian_close(e.db);
    return 0;
}
