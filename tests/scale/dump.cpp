/*
 * Prints all of a Xapian database, so that two can be compared: dump [--numbers] [--no-order] DB
 *
 * Documents come in the order of their numbers, which are printed with --numbers only: documents that were replaced
 * leave gaps in one way of indexing and none in another. --no-order leaves out what only an index in shards has.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later (links libxapian)
 */
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <set>
#include <string>
#include <xapian.h>

static void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

// Words of the blocks "allonym.words:", read as packed_words.h describes them, without its code: groups of a byte,
// their size in two and their words; each is how much it shares with the one before, how much follows, and that.
static std::set<std::string> read_lexicon(const Xapian::Database &db)
{
    std::set<std::string> words;
    const std::string prefix = "allonym.words:";
    for (auto key = db.metadata_keys_begin(prefix); key != db.metadata_keys_end(prefix); ++key) {
        const std::string block = db.get_metadata(*key);
        const auto byte = [&](size_t at) { return at < block.size() ? static_cast<unsigned char>(block[at]) : 0u; };
        std::string word;
        for (size_t at = 0, end = 0; at < block.size();) {
            if (at == end) {
                end = at + 3 + byte(at + 1) + 256 * byte(at + 2);
                at += 3;
                continue;
            }
            size_t same = byte(at) >> 4, more = byte(at) & 15;
            at++;
            if (same == 15) { // two numbers of four bits, or 240 and a byte for each
                same = byte(at);
                more = byte(at + 1);
                at += 2;
            }
            word.resize(same);
            word.append(block, std::min(at, block.size()), more);
            words.insert(word);
            at += more;
        }
    }
    return words;
}

int main(int argc, char **argv)
{
    bool numbers = false, order = true;
    for (int i = 1; i < argc - 1; i++) {
        numbers |= std::strcmp(argv[i], "--numbers") == 0;
        order &= std::strcmp(argv[i], "--no-order") != 0;
    }
    if (argc < 2) {
        std::fprintf(stderr, "usage: dump [--numbers] [--no-order] DB\n");
        return 2;
    }
    try {
        Xapian::Database db(argv[argc - 1]);
        for (auto key = db.metadata_keys_begin(); key != db.metadata_keys_end(); ++key)
            if ((order || *key != "allonym.batches") && (*key).compare(0, 13, "allonym.words") != 0)
                print("metadata " + *key + " " + db.get_metadata(*key) + "\n");
        std::printf("documents %u, %.9g\n", db.get_doccount(), db.get_avlength());
        for (auto i = db.postlist_begin(""); i != db.postlist_end(""); ++i) {
            Xapian::Document document = db.get_document(*i);
            std::printf("document %u\n", numbers ? *i : 0);
            print(document.get_data());
            for (auto value = document.values_begin(); value != document.values_end(); ++value)
                if (order || value.get_valueno() != 1) {
                    std::printf("\n value %u ", value.get_valueno());
                    print(*value);
                }
            for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
                print("\n " + *term);
                std::printf(" %u", term.get_wdf());
                for (auto p = term.positionlist_begin(); p != term.positionlist_end(); ++p)
                    std::printf(" %u", *p);
            }
            print("\n");
        }
        // The lexicon may have words of documents that were replaced, and be cut into other blocks: only what it lacks
        // is a difference.
        const std::set<std::string> listed = read_lexicon(db);
        for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
            const std::string text = *term;
            if (text[0] == 'Z' && text.size() > 1 && static_cast<unsigned char>(text[1]) >= 'a' &&
                !listed.count(text.substr(1)))
                print("the lexicon lacks " + text + "\n");
            print("term " + text);
            std::printf(" %u %u\n", term.get_termfreq(), static_cast<unsigned>(db.get_collection_freq(*term)));
        }
    } catch (const Xapian::Error &e) {
        std::fprintf(stderr, "dump: %s: %s\n", argv[argc - 1], e.get_description().c_str());
        return 3;
    }
    return 0;
}
