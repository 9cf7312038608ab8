/*
 * What it costs to expand a word of a query to the spellings that an index has, by the size of its vocabulary: beside a
 * plain prefix query on the same database, in one run on one core. docs/performance.md tells what came out.
 *
 *     expansion [--terms N] [--queries N] [--budget N] [--list] FOLDER NAMES.tsv…
 *
 * The vocabulary is made, in FOLDER, of words that look like the names in the files (names/persons.tsv,
 * names/places.tsv): a chain of characters, three behind each, for every script, which is what the columns of the walk
 * share prefixes by. The names themselves are in it too, and every third of them is asked for; so recall can be
 * compared from size to size. --list prints what each query became, for comparisons of two builds.
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
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>
#include <xapian.h>

static double now()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

using word = std::vector<unsigned>;

static std::string text_of(const word &w)
{
    std::string out;
    for (unsigned c : w)
        Xapian::Unicode::append_utf8(out, c);
    return out;
}

// Scripts are told apart by blocks: it is enough that a chain does not mix them.
static unsigned block_of(unsigned c)
{
    return c < 0x250 ? 0 : c < 0x1100 ? c >> 8 : c < 0x3100 ? 0x30 : c < 0xA000 ? 0x4E : c >> 12;
}

static std::vector<word> read_names(const char *file)
{
    std::vector<word> out;
    std::ifstream in(file);
    std::string line;
    while (std::getline(in, line)) {
        size_t at = 0;
        for (int tab = 0; tab < 3 && at != std::string::npos; tab++)
            at = line.find('\t', at ? at + 1 : 0);
        if (line.empty() || line[0] == '#' || at == std::string::npos)
            continue;
        const std::string names = line.substr(at + 1, line.find('\t', at + 1) - at - 1);
        word w;
        for (Xapian::Utf8Iterator i(names); i != Xapian::Utf8Iterator(); ++i) {
            if (Xapian::Unicode::is_wordchar(*i) && (w.empty() || block_of(*i) == block_of(w[0]))) {
                w.push_back(Xapian::Unicode::tolower(*i));
                continue;
            }
            if (w.size() > 3)
                out.push_back(w);
            w.clear();
        }
        if (w.size() > 3)
            out.push_back(w);
    }
    return out;
}

static void make_database(const std::string &path, const std::vector<word> &names, size_t terms,
                          const std::string &fingerprint)
{
    std::map<word, std::vector<unsigned>> after;
    for (const word &w : names)
        for (size_t i = 0; i <= w.size(); i++)
            after[word(w.begin() + (i > 3 ? static_cast<std::ptrdiff_t>(i) - 3 : 0),
                       w.begin() + static_cast<std::ptrdiff_t>(i))]
                .push_back(i < w.size() ? w[i] : 0);
    std::mt19937 random(1);
    std::set<std::string> all;
    for (const word &w : names)
        all.insert(text_of(w));
    for (size_t tried = 0; all.size() < terms && tried < terms * 100; tried++) {
        word w;
        while (w.size() < 24) {
            const auto &next = after[word(w.size() > 3 ? w.end() - 3 : w.begin(), w.end())];
            const unsigned c = next[random() % next.size()];
            if (!c)
                break;
            w.push_back(c);
        }
        if (w.size() > 2 && w.size() < 24)
            all.insert(text_of(w));
    }
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
    Xapian::Document doc;
    size_t n = 0;
    for (const std::string &t : all) {
        doc.add_term(t);
        doc.add_term("Z" + t);
        if (++n % 1000 == 0) {
            db.add_document(doc);
            doc = Xapian::Document();
        }
    }
    db.add_document(doc);
    db.set_metadata(ALN_XAPIAN_FINGERPRINT, fingerprint);
    db.commit();
}

static double at(std::vector<double> v, double share)
{
    std::sort(v.begin(), v.end());
    return v[static_cast<size_t>(share * static_cast<double>(v.size() - 1))];
}

int main(int argc, char **argv)
{
    size_t terms = 1000000, queries = 200, budget = 0;
    bool list = false;
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (!strcmp(argv[i], "--terms") && i + 1 < argc)
            terms = strtoul(argv[++i], nullptr, 10);
        else if (!strcmp(argv[i], "--queries") && i + 1 < argc)
            queries = strtoul(argv[++i], nullptr, 10);
        else if (!strcmp(argv[i], "--budget") && i + 1 < argc)
            budget = strtoul(argv[++i], nullptr, 10);
        else if (!strcmp(argv[i], "--list"))
            list = true;
        else
            return 2;
    }
    if (argc - i < 2) {
        fprintf(stderr, "usage: expansion [--terms N] [--queries N] [--budget N] [--list] FOLDER NAMES.tsv...\n");
        return 2;
    }
    const std::string path = std::string(argv[i]) + "/vocabulary-" + std::to_string(terms);
    std::vector<word> names;
    for (int f = i + 1; f < argc; f++)
        for (const word &w : read_names(argv[f]))
            names.push_back(w);
    if (names.empty())
        return 3;
    aln_xapian *db = nullptr;
    aln_lexicon *lexicon = nullptr;
    aln_analyzer *analyzer = nullptr;
    aln_options options = ALN_OPTIONS_INIT;
    options.names = ALN_NAMES_OFF;
    if (aln_lexicon_open(nullptr, nullptr, &lexicon, nullptr) ||
        aln_analyzer_new(lexicon, &options, &analyzer, nullptr))
        return 3;
    const char *fingerprint = aln_analyzer_fingerprint(analyzer);
    try {
        Xapian::Database probe(path);
    } catch (const Xapian::Error &) {
        make_database(path, names, terms, fingerprint);
        // A commit from here gives the index its lexicon.
        if (aln_xapian_open(path.c_str(), ALN_XAPIAN_UPDATE, fingerprint, &db, nullptr) ||
            aln_xapian_commit(db, nullptr))
            return 3;
        aln_xapian_close(db);
    }
    if (aln_xapian_open(path.c_str(), ALN_XAPIAN_READ, fingerprint, &db, nullptr))
        return 3;
    Xapian::Database plain(path);
    aln_vocabulary vocabulary;
    aln_xapian_vocabulary(db, &vocabulary);
    std::vector<double> with, without, prefix;
    size_t cut = 0, found = 0;
    aln_query_report report = {sizeof report, 0, 0};
    std::mt19937 random(2);
    for (size_t q = 0; q < queries; q++) {
        const word &w = names[random() % names.size()];
        const std::string text = text_of(w);
        for (int round = 0; round < 2; round++) {
            aln_query_options o = ALN_QUERY_OPTIONS_INIT;
            o.flags = ALN_QUERY_PLAIN;
            o.vocabulary = round ? &vocabulary : nullptr;
            o.lookups = static_cast<uint32_t>(budget);
            o.report = &report;
            const aln_query_node *plan;
            const double start = now();
            if (aln_query_plan(analyzer, &o, text.data(), text.size(), &plan, nullptr))
                return 3;
            (round ? with : without).push_back(now() - start);
            if (!round)
                continue;
            cut += report.cut != 0;
            found += static_cast<size_t>(report.lookups);
            if (list) {
                std::vector<char> out(aln_query_describe(plan, nullptr, 0) + 1);
                aln_query_describe(plan, out.data(), out.size());
                printf("%s\t%s\n", text.c_str(), out.data());
            }
        }
        // The first three characters, as someone types who hopes that the name's beginning is spelled in one way.
        const std::string head = text_of(word(w.begin(), w.begin() + 3));
        const double start = now();
        Xapian::Enquire enquire(plain);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_WILDCARD, head));
        enquire.get_mset(0, 10);
        prefix.push_back(now() - start);
    }
    std::vector<double> expansion;
    for (size_t q = 0; q < with.size(); q++)
        expansion.push_back(with[q] - without[q]);
    printf("%zu terms, %zu queries: expansion %.2f ms median, %.2f ms at 99 %%, %zu look-ups on average, cut %zu; "
           "prefix query of three characters %.2f ms median, %.2f ms at 99 %%\n",
           terms, with.size(), at(expansion, .5), at(expansion, .99), found / with.size(), cut, at(prefix, .5),
           at(prefix, .99));
    aln_analyzer_free(analyzer);
    aln_lexicon_unref(lexicon);
    aln_xapian_close(db);
    return 0;
}
