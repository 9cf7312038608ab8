// The inner parts of the preload library: test_preload ROWS
//
// ROWS are words.tsv: a text, and its words, one blank between. Each is compared with what libxapian's TermGenerator
// makes of it here, with and without FLAG_CJK_NGRAM, so that the rows are Xapian's own.
// SPDX-License-Identifier: GPL-2.0-or-later
#include "terms.h"

#include <cstdio>
#include <fstream>
#include <map>

using namespace aln_preload;

extern "C" const engine *aln_preload_engine(const settings *settings);

static int failed, rows;

static void check(bool ok, const std::string &what, const std::string &got)
{
    rows++;
    if (!ok) {
        failed++;
        printf("%s: got %s\n", what.c_str(), got.c_str());
    }
}

static std::string joined(const std::vector<xapian_word> &words)
{
    std::string out;
    for (const xapian_word &w : words)
        out += (out.empty() ? "" : " ") + w.lower;
    return out;
}

// What stands at TermGenerator's positions.
static std::string by_xapian(const std::string &text, bool characters)
{
    Xapian::TermGenerator generator;
    if (characters)
        generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator.index_text(text);
    const Xapian::Document doc = generator.get_document();
    std::map<Xapian::termpos, std::string> at;
    for (auto t = doc.termlist_begin(); t != doc.termlist_end(); ++t)
        for (auto p = t.positionlist_begin(); p != t.positionlist_end(); ++p)
            at[*p] = *t;
    std::string out;
    for (const auto &[position, term] : at)
        out += (out.empty() ? "" : " ") + term;
    return out;
}

static std::string terms_of(const Xapian::TermGenerator &generator)
{
    std::string out;
    const Xapian::Document doc = generator.get_document();
    for (auto t = doc.termlist_begin(); t != doc.termlist_end(); ++t) {
        out += " " + *t;
        for (auto p = t.positionlist_begin(); p != t.positionlist_end(); ++p)
            out += "@" + std::to_string(*p);
    }
    return out + " ";
}

// The engine's table, called as the front calls it.
static void test_engine(const engine &e)
{
    auto has = [](const std::string &what, const std::string &text, const std::string &part) {
        check(text.find(part) != std::string::npos, what + ": no \"" + part + "\"", text);
    };
    const std::string text = "Toqaev met Токаев in Nur-Sultan";
    Xapian::TermGenerator generator;
    generator.index_text(text);
    e.index(generator, text.data(), text.size(), 1, "", 0, true);
    std::string terms = terms_of(generator);
    has("index", terms, " XNtokaiv@1@3 ");
    has("index", terms, " XEastana~f ");
    has("index", terms, " toqaev@1 ");

    Xapian::WritableDatabase db("", Xapian::DB_BACKEND_INMEMORY);
    e.written(db);
    Xapian::Document doc = generator.get_document();
    doc.set_data(text);
    db.add_document(doc);
    check(db.get_metadata(ALN_PRELOAD_FINGERPRINT) == fingerprint(), "fingerprint",
          db.get_metadata(ALN_PRELOAD_FINGERPRINT));

    Xapian::QueryParser parser;
    parser.set_database(db);
    e.set_database(&parser, db);
    const unsigned flags = Xapian::QueryParser::FLAG_DEFAULT | Xapian::QueryParser::FLAG_WILDCARD;
    auto expanded = [&](const std::string &query, unsigned more = 0) {
        Xapian::Query q = parser.parse_query(query, flags | more);
        e.expand(&parser, query, q);
        return q;
    };
    has("a word", expanded("tokayev").get_description(), "(tokayev@1 MAX ");
    has("a word", expanded("tokayev").get_description(), "XEtokayev");
    has("a name of two words", expanded("nur sultan").get_description(), "XEastana");
    has("a run of characters", expanded("托卡耶夫", Xapian::QueryParser::FLAG_CJK_NGRAM).get_description(),
        "XEtokayev");
    check(expanded("tok*").serialise() == parser.parse_query("tok*", flags).serialise(), "a wildcard", "another");
    has("=word", "(" + expanded("=tokayev").get_description(), "Query(tokayev@1)");

    Xapian::Enquire enquire(db);
    enquire.set_query(expanded("tokayev"));
    const Xapian::MSet mset = enquire.get_mset(0, 10);
    check(mset.size() == 1, "found", std::to_string(mset.size()));
    std::string marked;
    check(e.snippet(mset, text + " <&>", 200, "[", "]", "...", marked), "snippet", "none");
    check(marked == "[Toqaev] met [Токаев] in Nur-Sultan &lt;&amp;&gt;", "snippet", marked);
    enquire.set_query(Xapian::Query("met"));
    check(!e.snippet(enquire.get_mset(0, 10), text, 200, "[", "]", "...", marked), "a query that gained nothing",
          marked);

    // Junk: whatever bytes, the program's terms stay and nothing is thrown.
    unsigned state = 1;
    for (unsigned round = 0; round < 300; round++) {
        std::string junk;
        for (unsigned i = 0; i < 60; i++) {
            state = state * 1103515245u + 12345u;
            const unsigned ch = state >> 16;
            if (ch % 7 == 0)
                junk += " \"(+-:*"[ch / 7 % 7];
            else if (ch % 7 == 1)
                junk += static_cast<char>(ch >> 3);
            else if (ch % 7 < 4)
                junk += text.substr(ch / 7 % text.size(), 5);
            else
                Xapian::Unicode::append_utf8(junk, ch % 0x3000 + 0x20);
        }
        Xapian::TermGenerator plain, ours;
        plain.index_text(junk);
        ours.index_text(junk);
        e.index(ours, junk.data(), junk.size(), 1, "", 0, true);
        terms = terms_of(ours);
        const Xapian::Document before = plain.get_document();
        bool kept = true;
        for (auto t = before.termlist_begin(); t != before.termlist_end(); ++t)
            kept = kept && terms.find(" " + *t) != std::string::npos;
        check(kept, "junk " + std::to_string(round), terms);
        try {
            enquire.set_query(expanded(junk, round % 2 ? Xapian::QueryParser::FLAG_CJK_NGRAM : 0));
            enquire.get_mset(0, 10);
        } catch (const Xapian::QueryParserError &) {
            continue; // Xapian's own
        }
    }
    e.forget(&parser);
}

static const char *variable(const char *name)
{
    static const std::map<std::string, const char *> set = {
        {"ALLONYM_PROGRAMS", "omega:quest"}, {"ALLONYM_NAMES", "current"}, {"ALLONYM_INDEX", "maybe"}};
    const auto found = set.find(name);
    return found == set.end() ? nullptr : found->second;
}

int main(int argc, char **argv)
{
    std::ifstream in(argc > 1 ? argv[1] : "");
    std::string line;
    for (unsigned number = 1; std::getline(in, line); number++) {
        const size_t tab = line.find('\t');
        if (tab == std::string::npos || line.compare(0, 2, "# ") == 0)
            continue;
        const std::string text = line.substr(0, tab), wanted = line.substr(tab + 1);
        const std::vector<xapian_word> words = xapian_words(text.data(), text.size(), false);
        const std::string where = "words.tsv:" + std::to_string(number) + ": " + text;
        check(joined(words) == wanted, where, joined(words));
        check(by_xapian(text, false) == wanted, where + " (libxapian)", by_xapian(text, false));
        const std::string single = joined(xapian_words(text.data(), text.size(), true));
        check(single == by_xapian(text, true), where + " (characters: " + by_xapian(text, true) + ")", single);
        for (const xapian_word &w : words)
            check(w.start < w.end && w.end <= text.size(), where + " (bytes)", std::to_string(w.end));
    }
    check(rows > 50, "rows read", std::to_string(rows));

    // Every character of the basic plane between letters, between digits, and behind a word.
    for (unsigned ch = 0x20; ch < 0xfffe; ch++) {
        if (ch >= 0xd800 && ch < 0xe000)
            continue;
        std::string c, text;
        Xapian::Unicode::append_utf8(c, ch);
        text = "a" + c + "b 1" + c + "2 c" + c;
        const std::string ours = joined(xapian_words(text.data(), text.size(), false));
        char name[16];
        snprintf(name, sizeof name, "U+%04X", ch);
        if (ours != by_xapian(text, false))
            check(false, name, ours + ", Xapian: " + by_xapian(text, false));
    }

    const std::string han = "托卡", thai = "ไทย", latin = "toqaev", kazakh = "тоқаев";
    check(is_unspaced(han.data(), han.size()) && is_unspaced(thai.data(), thai.size()), "unspaced", "spaced");
    check(!is_unspaced(latin.data(), latin.size()) && !is_unspaced(kazakh.data(), kazakh.size()) && !is_unspaced("", 0),
          "spaced", "unspaced");
    check(term_of(ALN_TERM_KEY, "S", "tokaiv", 6) == "SXNtokaiv", "a key in the title",
          term_of(ALN_TERM_KEY, "S", "tokaiv", 6));
    check(term_of(ALN_TERM_STEM, "", "toqaev", 6) == "XZtoqaev", "a stem", term_of(ALN_TERM_STEM, "", "toqaev", 6));

    std::string problem;
    const settings s = read_settings(variable, problem);
    check(s.names == "current" && s.index && s.query && !s.verbose, "settings", s.names);
    check(problem == "ALLONYM_INDEX: not understood: maybe", "a value that is none", problem);
    check(is_named(s.programs, "quest") && is_named("*", "quest") && is_named("a, quest", "quest"), "named", "not");
    check(!is_named(s.programs, "que") && !is_named("", "quest") && !is_named("", "") && !is_named(":", ""),
          "not named", "named");
    static const settings plain_settings;
    test_engine(*aln_preload_engine(&plain_settings));
    printf("%d checks, %d failed\n", rows, failed);
    return failed != 0;
}
