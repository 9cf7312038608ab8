/*
 * The name lexicon of an index: its words, packed, in the database itself. See wordlist.cpp.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_XAPIAN_WORDLIST_H
#define ALN_XAPIAN_WORDLIST_H

#include <allonym/packed_words.h>
#include <string>
#include <unordered_set>
#include <vector>
#include <xapian.h>

namespace aln
{

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
    // The first block whose last word, or what stands for it, is not below the text; see aln_vocabulary.part. NULL past
    // the last. The cursor stays where it is.
    const std::string *part(const std::string &text, const std::string *&last);
    bool past_end() const
    {
        return block_ == blocks_.size();
    }
    const char *word() const // not NUL-terminated
    {
        return at_.word;
    }
    size_t length() const
    {
        return at_.len;
    }

  private:
    struct block {
        std::string last, bytes; // last: nothing in the block is above it
        bool read;
    };
    Xapian::Database db_;
    std::vector<block> blocks_;
    bool begun_ = false;
    size_t block_ = 0, found_ = 0; // the cursor's; the one that find() gave last
    aln_packed_reader at_ = {};

    void begin();
    size_t find(const std::string &text); // the block
    const std::string &read(size_t n);
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
    // As word_list::part(), where there is one list only.
    bool is_one() const
    {
        return lists_.size() == 1;
    }
    const std::string *part(const std::string &text, const std::string *&last)
    {
        return lists_[0].part(text, last);
    }
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
