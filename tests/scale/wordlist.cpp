/*
 * The name lexicon that an index carries: after any history of commits, its words are those of the terms, and the
 * cursor over it moves as one over a sorted set does.
 *
 *     wordlist FOLDER [SEED]
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <algorithm>
#include <allonym/packed_words.h>
#include <allonym/xapian.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>
#include <xapian.h>

static int failures;
static std::mt19937 chance;

static void check(bool good, const std::string &what)
{
    if (good)
        return;
    std::printf("FAILED: %s\n", what.c_str());
    failures++;
}

// Few letters, of one to four bytes, so that words share much.
static std::string make_word()
{
    static const char *const letters[] = {
        "a", "b", "z", "\xC3\xA4", "\xD0\xB0", "\xD1\x8F", "\xE6\x9D\x8E", "\xF0\xA0\x80\x80"};
    std::string word;
    for (unsigned n = 1 + chance() % 9; n; n--)
        word += letters[chance() % 8];
    return word;
}

struct writer {
    aln_xapian *db = nullptr;
    aln_xapian_doc *doc = nullptr;
    unsigned next = 0;

    explicit writer(const std::string &path)
    {
        check(aln_xapian_open(path.c_str(), ALN_XAPIAN_OPEN_CREATE, "wordlist-1", &db, nullptr) == ALN_OK,
              "open " + path);
        aln_xapian_doc_new(&doc, nullptr);
    }
    ~writer()
    {
        aln_xapian_doc_free(doc);
        aln_xapian_close(db);
    }
    void add(const std::vector<std::string> &words)
    {
        const std::string id = std::to_string(next++);
        aln_xapian_doc_clear(doc, nullptr);
        for (const std::string &w : words)
            aln_xapian_doc_add_term(doc, ("Z" + w).data(), w.size() + 1, 0, nullptr);
        aln_xapian_doc_add_term(doc, "ZSab", 4, 0, nullptr); // of a field
        aln_xapian_doc_add_term(doc, "Z1999", 5, 0, nullptr);
        check(aln_xapian_replace(db, id.data(), id.size(), doc, nullptr, nullptr) == ALN_OK, "document " + id);
    }
    void commit()
    {
        check(aln_xapian_commit(db, nullptr) == ALN_OK, "commit");
    }
};

static std::map<std::string, std::string> blocks_of(const std::string &path)
{
    const Xapian::Database db(path);
    std::map<std::string, std::string> blocks;
    for (auto i = db.metadata_keys_begin("allonym.words:"); i != db.metadata_keys_end("allonym.words:"); ++i)
        blocks[*i] = db.get_metadata(*i);
    return blocks;
}

// One more word in a group of its own, as packed_words.h has it.
static const std::string a_group("\0\4\0\3\xF1\x80\x80", 7);

// The packed parts beside a set. False where there are none.
static bool compare_parts(const aln_vocabulary &v, const std::set<std::string> &expected, const std::string &what)
{
    const unsigned char *packed;
    const char *limit;
    size_t size, limit_len;
    std::string from = "a";
    auto e = expected.begin();
    for (;;) {
        const int code = v.part(v.ctx, ALN_TERM_STEM, from.data(), from.size(), &packed, &size, &limit, &limit_len);
        if (code == ALN_ENOTFOUND)
            return false;
        check(code == 0, what + ": part");
        if (!packed)
            break;
        aln_packed_reader r;
        for (aln_packed_begin(&r, packed, size); aln_packed_pass(&r, SIZE_MAX); ++e)
            if (e == expected.end() || std::string(r.word, r.len) != *e || *e > std::string(limit, limit_len)) {
                check(false, what + ": packed word " + std::string(r.word, r.len));
                return true;
            }
        from.assign(limit, limit_len).push_back(0);
    }
    check(e == expected.end(), what + ": packed words end before " + (e == expected.end() ? "" : *e));
    return true;
}

// The cursor beside a set.
static void compare(const std::string &path, const std::set<std::string> &expected, const std::string &what,
                    bool packed = true)
{
    aln_xapian *db = nullptr;
    aln_vocabulary v;
    const char *term;
    size_t len, n = 0;
    uint32_t freq;
    check(aln_xapian_open(path.c_str(), ALN_XAPIAN_READ, nullptr, &db, nullptr) == ALN_OK, what + ": open");
    aln_xapian_vocabulary(db, &v);
    check(compare_parts(v, expected, what) == packed, what + (packed ? ": not packed" : ": packed"));
    auto e = expected.begin();
    check(v.seek(v.ctx, ALN_TERM_STEM, "a", 1, &term, &len, nullptr) == 0, what + ": seek");
    for (; term && e != expected.end() && std::string(term, len) == *e; ++e, n++)
        v.next(v.ctx, &term, &len, nullptr);
    check(!term && e == expected.end(),
          what + ": word " + std::to_string(n) + " of " + std::to_string(expected.size()) + " is " +
              (term ? std::string(term, len) : "missing") + ", not " + (e == expected.end() ? "the end" : *e));
    for (int round = 0; round < 3000; round++) {
        std::string goal = make_word();
        if (round % 3 == 0)
            goal.back() = static_cast<char>(goal.back() + 1); // behind all that begin so
        e = expected.lower_bound(goal);
        v.seek(v.ctx, ALN_TERM_STEM, goal.data(), goal.size(), &term, &len, &freq);
        bool good = (e == expected.end()) == !term && (!term || std::string(term, len) == *e);
        for (unsigned steps = chance() % 4; good && term && steps; steps--) {
            ++e;
            v.next(v.ctx, &term, &len, nullptr);
            good = (e == expected.end()) == !term && (!term || std::string(term, len) == *e);
        }
        if (good && term && round % 2) {
            std::string behind(term, 1 + chance() % len);
            behind.back() = static_cast<char>(behind.back() + 1);
            e = expected.lower_bound(behind);
            v.skip(v.ctx, ALN_TERM_STEM, term, behind.size(), &term, &len, nullptr);
            good = (e == expected.end()) == !term && (!term || std::string(term, len) == *e);
        }
        check(good, what + ": seek " + goal);
        if (!good)
            break;
    }
    aln_xapian_close(db);
}

static std::vector<std::string> some_words(size_t count, std::set<std::string> &all)
{
    std::vector<std::string> words;
    while (words.size() < count) {
        words.push_back(make_word());
        all.insert(words.back());
    }
    return words;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    const std::string dir = argv[1], path = dir + "/one", other = dir + "/two";
    const unsigned seed = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)) : 1;
    std::printf("seed %u\n", seed);
    chance.seed(seed);
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir);
    std::set<std::string> words;

    for (int run = 0; run < 3; run++) {
        writer w(path);
        w.next = static_cast<unsigned>(run) * 100;
        for (int commits = 0; commits < 8; commits++) {
            for (int documents = 0; documents < 5; documents++)
                w.add(some_words(200, words));
            w.commit();
        }
        compare(path, words, "run " + std::to_string(run));
    }
    auto blocks = blocks_of(path);
    check(blocks.size() > 20, "blocks");
    for (const auto &b : blocks)
        check(b.second.size() < 6500, "a block of " + std::to_string(b.second.size()) + " bytes");

    // A small commit writes the blocks of its words and no others.
    {
        writer w(path);
        w.next = 1000;
        w.add(some_words(1, words));
        w.commit();
    }
    size_t changed = 0;
    for (const auto &b : blocks_of(path))
        changed += blocks.count(b.first) == 0 || blocks[b.first] != b.second;
    check(changed <= 2, std::to_string(changed) + " blocks changed by one word");
    compare(path, words, "one word more");

    // It is the list that is read: a word that stands only there is found.
    {
        Xapian::WritableDatabase db(path);
        const auto last = std::prev(blocks.end())->first;
        db.set_metadata(last, db.get_metadata(last) + a_group);
        db.commit();
    }
    std::set<std::string> more = words;
    more.insert("\xF1\x80\x80");
    compare(path, more, "a word in the list only");

    // What another program adds is found as well, and a commit from here makes the list anew.
    {
        Xapian::WritableDatabase db(path);
        Xapian::Document doc;
        words.insert("foreign");
        doc.add_term("Zforeign");
        db.add_document(doc);
        db.commit();
    }
    compare(path, words, "another program's word", false);
    {
        writer w(path);
        w.next = 2000;
        w.add({"azzz"});
        words.insert("azzz");
        w.commit();
    }
    compare(path, words, "made anew");
    {
        Xapian::WritableDatabase db(path);
        const auto last = std::prev(blocks.end())->first;
        db.set_metadata(last, db.get_metadata(last) + a_group);
        db.commit();
    }
    more = words;
    more.insert("\xF1\x80\x80");
    compare(path, more, "the new list is read");

    // Two databases: read as one, and merged into one.
    std::set<std::string> both = words;
    {
        writer w(other);
        w.next = 5000;
        w.add(some_words(3000, both));
        w.commit();
    }
    std::ofstream(dir + "/stub") << "auto one\nauto two\n";
    both.insert("\xF1\x80\x80");
    compare(dir + "/stub", both, "two shards", false);
    both.erase("\xF1\x80\x80");
    const char *sources[] = {path.c_str(), other.c_str()};
    check(aln_xapian_merge(sources, 2, (dir + "/merged").c_str(), nullptr) == ALN_OK, "merge");
    compare(dir + "/merged", both, "merged", false);
    {
        writer w(dir + "/merged");
        w.commit();
    }
    compare(dir + "/merged", both, "merged and made anew");

    // Of metadata that differ, the greatest number counts, however many sources there are and in whatever order;
    // languages are those of all.
    std::vector<std::string> parts;
    std::vector<const char *> part_paths;
    for (unsigned n = 0; n < 40; n++) {
        parts.push_back(dir + "/part" + std::to_string(n));
        writer w(parts.back());
        const std::string value = std::to_string((n * 7 + 9) % 40 + 80) + " lines";
        aln_xapian_set_metadata(w.db, "lines", value.data(), value.size(), nullptr);
        const char *const languages[] = {"bg", "pl", "cs"};
        aln_xapian_note_language(w.db, languages[n % 3], nullptr);
        w.add({"part"});
        w.commit();
    }
    for (const std::string &part : parts)
        part_paths.push_back(part.c_str());
    check(aln_xapian_merge(part_paths.data(), part_paths.size(), (dir + "/all").c_str(), nullptr) == ALN_OK,
          "merge 40");
    check(Xapian::Database(dir + "/all").get_metadata("lines") == "119 lines",
          "metadata: " + Xapian::Database(dir + "/all").get_metadata("lines"));
    check(Xapian::Database(dir + "/all").get_metadata(ALN_XAPIAN_LANGUAGES) == "bg,cs,pl",
          "languages: " + Xapian::Database(dir + "/all").get_metadata(ALN_XAPIAN_LANGUAGES));

    // A reader goes on while a writer overtakes it.
    aln_xapian *reader = nullptr;
    aln_vocabulary v;
    const char *term;
    size_t len, n = 0;
    aln_xapian_open(path.c_str(), ALN_XAPIAN_READ, nullptr, &reader, nullptr);
    aln_xapian_vocabulary(reader, &v);
    v.seek(v.ctx, ALN_TERM_STEM, "a", 1, &term, &len, nullptr);
    {
        writer w(path);
        w.next = 3000;
        for (; term; n++) {
            if (n % 1000 == 500)
                for (int commits = 0; commits < 4; commits++) {
                    w.add({"azzz"});
                    w.commit();
                }
            check(v.next(v.ctx, &term, &len, nullptr) == 0, "next while overtaken");
        }
    }
    check(n >= words.size() && n <= words.size() + 1,
          "overtaken: " + std::to_string(n) + " words of " + std::to_string(words.size()));
    aln_xapian_close(reader);
    std::filesystem::remove_all(dir);
    return failures != 0;
}
