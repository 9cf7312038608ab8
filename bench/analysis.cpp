/*
 * Bytes of text per second: Xapian's TermGenerator with the Russian stemmer, and allonym's analyzer, on the same texts
 * in one run on one core. docs/performance.md tells what came out.
 *
 *     analysis [--mb N] [--rounds N] [--new-words | --both] [--identify] [--once] [--only WAYS]
 *              [--write FILE] [FILE]
 *
 * A  Xapian::TermGenerator and Xapian::Stem("russian") into a Xapian::Document per item: what an application does
 * today. B  aln_index_text() with a hook that counts the postings: analysis alone. C  aln_index_text() with the Xapian
 * hook into a document per item: what takes the place of A. D  words cut and looked up in the memo only: what B could
 * come to at best.
 *
 * Rounds alternate A B C D, so that a busy machine slows all of them; what counts is processor time: the median of each
 * way, and the median of its ratios to the A of the same round. Each round of B, C and D begins with a new analyzer,
 * whose memo is empty.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later (links libxapian)
 */
#include "items.hpp"
#include "memo_loop.h"

#include <algorithm>
#include <allonym/xapian.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <vector>
#include <xapian.h>

struct settings {
    const char *file = "examples/news/news.jsonl";
    const char *write = nullptr;
    const char *only = "ABCD"; /* ways to run; for profilers */
    size_t mb = 16;
    int rounds = 7;
    bool new_words = false, both = false;
    bool identify = false; /* let the analyzer tell the language, although the item names it */
    bool once = false;     /* the file as it is, not repeated */
};

static double seconds()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

static void check(int status, const char *what)
{
    if (status != ALN_OK) {
        std::fprintf(stderr, "analysis: %s: %s\n", what, aln_strerror(status));
        std::exit(3);
    }
}

static const char *language_of(const item &i, const settings &s)
{
    return s.identify || i.language.empty() ? nullptr : i.language.c_str();
}

static size_t by_termgenerator(const std::vector<item> &items)
{
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("russian"));
    size_t terms = 0;
    for (const item &i : items) {
        Xapian::Document doc;
        generator.set_document(doc);
        generator.set_termpos(0);
        generator.index_text(i.text);
        terms += doc.termlist_count();
    }
    return terms;
}

static int count_posting(void *ctx, const char *, size_t, uint32_t)
{
    ++*static_cast<size_t *>(ctx);
    return 0;
}

static size_t by_counting(aln_analyzer *analyzer, const std::vector<item> &items, const settings &s)
{
    size_t postings = 0;
    aln_hook hook = ALN_HOOK_INIT;
    hook.ctx = &postings;
    hook.posting = count_posting;
    for (const item &i : items)
        check(aln_index_text(analyzer, &hook, language_of(i, s), i.text.data(), i.text.size(), nullptr), "indexing");
    return postings;
}

static size_t by_documents(aln_analyzer *analyzer, const std::vector<item> &items, const settings &s)
{
    aln_xapian_doc *doc;
    check(aln_xapian_doc_new(&doc, nullptr), "a document");
    for (const item &i : items) {
        uint32_t position = 0;
        check(aln_xapian_doc_clear(doc, nullptr), "a document");
        check(aln_xapian_doc_add_text(doc, analyzer, language_of(i, s), nullptr, i.text.data(), i.text.size(),
                                      &position, nullptr),
              "indexing");
    }
    aln_xapian_doc_free(doc);
    return items.size();
}

static size_t by_memo(aln_analyzer *analyzer, const std::vector<item> &items, const settings &s)
{
    size_t words = 0;
    for (const item &i : items)
        check(memo_loop(analyzer, language_of(i, s), i.text.data(), i.text.size(), &words), "words");
    return words;
}

using work = std::function<size_t(aln_analyzer *)>;

static double time_of(aln_lexicon *lexicon, bool wants_analyzer, const work &fn, size_t &result)
{
    aln_analyzer *analyzer = nullptr;
    if (wants_analyzer)
        check(aln_analyzer_new(lexicon, nullptr, &analyzer, nullptr), "analyzer");
    double begin = seconds();
    result = fn(analyzer);
    double took = seconds() - begin;
    aln_analyzer_free(analyzer);
    return took;
}

static double median(std::vector<double> v)
{
    std::sort(v.begin(), v.end());
    size_t n = v.size();
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static std::vector<double> ratios(const std::vector<double> &a, const std::vector<double> &b)
{
    std::vector<double> out;
    for (size_t i = 0; i < a.size(); i++)
        out.push_back(a[i] / b[i]);
    return out;
}

static void run(aln_lexicon *lexicon, const std::vector<item> &source, const settings &s, bool new_words)
{
    std::vector<item> items = s.once ? source : repeat_items(source, s.mb << 20, new_words);
    vocabulary_size size = count_words(items);
    double mb = static_cast<double>(bytes_of(items)) / 1e6;
    std::printf("%s: %zu items, %.1f MB, %zu words, %zu distinct; language %s\n",
                s.once      ? "as it is"
                : new_words ? "with new words"
                            : "repeated",
                items.size(), mb, size.words, size.distinct, s.identify ? "identified" : "given");
    if (s.write)
        write_items(s.write, items);
    struct {
        const char *name;
        bool wants_analyzer;
        work fn;
        std::vector<double> times;
        size_t result;
    } ways[] = {
        {"A TermGenerator, Russian stemmer, Document",
         false,
         [&](aln_analyzer *) { return by_termgenerator(items); },
         {},
         0},
        {"B allonym, postings counted", true, [&](aln_analyzer *a) { return by_counting(a, items, s); }, {}, 0},
        {"C allonym, Document", true, [&](aln_analyzer *a) { return by_documents(a, items, s); }, {}, 0},
        {"D words and memo only", true, [&](aln_analyzer *a) { return by_memo(a, items, s); }, {}, 0},
    };
    for (int round = 0; round < s.rounds; round++)
        for (auto &w : ways)
            if (std::strchr(s.only, w.name[0]))
                w.times.push_back(time_of(lexicon, w.wants_analyzer, w.fn, w.result));
    for (auto &w : ways) {
        if (w.times.empty())
            continue;
        double t = median(w.times);
        std::printf("  %-44s %7.1f MB/s", w.name, mb / t);
        if (!ways[0].times.empty())
            std::printf("  %5.2f x", median(ratios(ways[0].times, w.times)));
        std::printf("\n");
    }
    if (ways[1].times.empty() || ways[3].times.empty())
        return;
    std::printf("  postings of B: %.2f a word\n",
                static_cast<double>(ways[1].result) / static_cast<double>(ways[3].result));
    std::fflush(stdout);
}

static settings read_arguments(int argc, char **argv)
{
    settings s;
    for (int i = 1; i < argc; i++) {
        const std::string a = argv[i];
        if (a == "--mb" && i + 1 < argc)
            s.mb = std::strtoul(argv[++i], nullptr, 10);
        else if (a == "--rounds" && i + 1 < argc)
            s.rounds = std::max(1, std::atoi(argv[++i]));
        else if (a == "--write" && i + 1 < argc)
            s.write = argv[++i];
        else if (a == "--only" && i + 1 < argc)
            s.only = argv[++i];
        else if (a == "--new-words")
            s.new_words = true;
        else if (a == "--both")
            s.both = true;
        else if (a == "--identify")
            s.identify = true;
        else if (a == "--once")
            s.once = true;
        else if (a[0] != '-')
            s.file = argv[i];
        else {
            std::fprintf(stderr, "usage: analysis [--mb N] [--rounds N] [--new-words | --both] [--identify] [--once] "
                                 "[--only WAYS] [--write FILE] [FILE]\n");
            std::exit(2);
        }
    }
    return s;
}

int main(int argc, char **argv)
{
    settings s = read_arguments(argc, argv);
    std::vector<item> source = read_items(s.file);
    aln_lexicon *lexicon;
    check(aln_lexicon_open(nullptr, nullptr, &lexicon, nullptr), "lexicon");
    std::printf("Xapian %s, allonym %s\n", Xapian::version_string(), aln_version());
    if (s.both)
        run(lexicon, source, s, false);
    run(lexicon, source, s, s.new_words || s.both);
    aln_lexicon_unref(lexicon);
}
