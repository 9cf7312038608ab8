/*
 * The name lexicon of an index: its words, packed, in the database itself. See wordlist.cpp.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_XAPIAN_WORDLIST_H
#define ALN_XAPIAN_WORDLIST_H

#include <string>
#include <unordered_set>
#include <vector>
#include <xapian.h>

namespace aln
{

// How a word is packed: what it shares with the word before, and where what follows stands. See wordlist.cpp.
struct word_head {
    size_t same, more;
    const unsigned char *more_at;

    // False at the end, or where bytes are missing.
    bool read(const unsigned char *at, const unsigned char *end)
    {
        if (at == end)
            return false;
        same = *at >> 4;
        more = *at & 15;
        more_at = at + 1;
        if (same == 15) {
            if (end - at < 3)
                return false;
            same = at[1];
            more = at[2];
            more_at = at + 3;
        }
        return more <= static_cast<size_t>(end - more_at);
    }
};

// A cursor over the words of one database. Blocks are read when they are first needed, and kept.
class word_list
{
  public:
    explicit word_list(const Xapian::Database &db) : db_(db)
    {
    }
    // To the first word that is not below the text; forward: that is above the word at the cursor. False past the last.
    bool seek(const std::string &text, bool forward);
    bool next();
    // Behind all that begin with so many bytes of the word at the cursor.
    bool skip(size_t bytes);
    bool past_end() const
    {
        return block_ == blocks_.size();
    }
    const char *word() const // not NUL-terminated
    {
        return word_;
    }
    size_t length() const
    {
        return length_;
    }

  private:
    struct block {
        std::string last, bytes; // last: nothing in the block is above it
        bool read;
    };
    Xapian::Database db_;
    std::vector<block> blocks_;
    bool begun_ = false;
    size_t block_ = 0, length_ = 0;
    const unsigned char *at_ = nullptr, *end_ = nullptr; // in the block's bytes
    char word_[512];                                     // two lengths of a byte each

    bool open(size_t n);
    bool scan(const std::string &text);
    size_t pass(size_t bytes);
};

// Several lists read as one.
class word_lists
{
  public:
    // Forgets all lists, but not the word at the cursor.
    void clear();
    bool empty() const
    {
        return lists_.empty();
    }
    void add(const Xapian::Database &db)
    {
        lists_.emplace_back(db);
    }
    void seek(const std::string &text);
    void next();
    // As word_list::skip(); the cursor stands at a word.
    void skip(size_t bytes);
    // Whether the cursor has been placed since clear().
    bool begun() const
    {
        return begun_;
    }
    bool past_end() const
    {
        return least_ == lists_.size();
    }
    const char *word() const
    {
        return lists_[least_].word();
    }
    size_t length() const
    {
        return lists_[least_].length();
    }
    const std::string &word_before() const // that of clear()
    {
        return before_;
    }

  private:
    std::vector<word_list> lists_;
    std::string before_;
    size_t least_ = 0; // the list with the least word
    bool begun_ = false;

    void settle();
};

// Keeps the list of a database that is written.
class word_keeper
{
  public:
    // Whether there is a list to be kept, as it is before the first change.
    void begin(const Xapian::WritableDatabase &db);
    void end()
    {
        keeps_ = false;
    }
    void note(const Xapian::Document &doc);
    // Before a commit.
    void write(Xapian::WritableDatabase &db);

  private:
    bool keeps_ = false, current_ = false;
    std::unordered_set<std::string> seen_;
    std::vector<std::string> fresh_;
};

// Whether the list has all words of the revision that is read.
bool has_word_list(const Xapian::Database &db);

} // namespace aln

#endif
