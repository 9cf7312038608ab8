/*
 * The name lexicon of an index: its words, packed, in the database itself.
 *
 * Expansion looks at thousands of places of the vocabulary for each word of a query. libxapian's cursor over terms
 * takes a quarter of a microsecond for each, as it decodes a table made for other things. So the stems stand a second
 * time, in metadata, which libxapian copies, compacts, replicates and serves remotely with the rest: in blocks of some
 * kilobytes, each word as the number of bytes that it shares with the word before, the number of those that follow, and
 * these (front coding: Witten, Moffat and Bell, Managing Gigabytes, section 4.1). The two numbers are a byte, and three
 * where one is larger than four bits hold. A million words take 5 MB; a block is read when a query first comes to it,
 * and then kept in memory.
 *
 * "allonym.words:" and a word above which nothing stands in the block is its key, so that libxapian's skip_to() finds
 * the block of any word; the last block's key ends with a byte that UTF-8 has not. Each commit adds its new words to
 * the blocks they belong to, and splits those that grow too long; nothing else is written again. A word that no
 * document has any more stays listed, and finds nothing.
 *
 * "allonym.words" says for which state of the index the list is complete. Where another program has written since, or
 * databases were merged, it is not believed: readers walk libxapian's terms instead, and the next commit from here
 * makes the list anew.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wordlist.h"

#include <algorithm>
#include <cstring>

namespace aln
{

namespace
{

const char state_key[] = "allonym.words";
const std::string block_prefix = "allonym.words:";
const std::string last_key = "\xFF";
// Blocks are split when they are longer than the one, into parts of the other, in bytes. Each costs a read of some
// microseconds, and to add a word to it means to write it again.
const size_t longest_block = 6000, new_block = 4000;
const size_t longest_word = 200; // metadata keys are limited as terms are
// Words that a writer remembers to have seen, so that it does not look them up for each document.
const size_t most_seen = 200000;

// Digits, and terms of fields, which begin with a capital, are no names.
bool is_listed(const char *word, size_t len)
{
    return len && len <= longest_word && static_cast<unsigned char>(word[0]) >= 'a';
}

std::string state_of(const Xapian::Database &db)
{
    return "2 " + std::to_string(db.get_doccount()) + " " + std::to_string(db.get_lastdocid()) + " " +
           std::to_string(db.get_total_length());
}

size_t shared(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const size_t n = std::min(a_len, b_len);
    size_t i = 0;
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

const unsigned long_head = 0xF0; // the numbers are in the next two bytes

void add_head(std::string &bytes, size_t same, size_t more)
{
    if (same < 15 && more < 16) {
        bytes += static_cast<char>(same << 4 | more);
        return;
    }
    bytes += static_cast<char>(long_head);
    bytes += static_cast<char>(same);
    bytes += static_cast<char>(more);
}

class packer
{
  public:
    void add(const std::string &word)
    {
        const size_t s = bytes_.empty() ? 0 : shared(last_.data(), last_.size(), word.data(), word.size());
        add_head(bytes_, s, word.size() - s);
        bytes_.append(word, s, std::string::npos);
        last_ = word;
    }
    size_t size() const
    {
        return bytes_.size();
    }
    const std::string &last() const
    {
        return last_;
    }
    std::string take()
    {
        std::string out;
        out.swap(bytes_);
        return out;
    }

  private:
    std::string bytes_, last_;
};

std::vector<std::string> unpack(const std::string &bytes)
{
    std::vector<std::string> words;
    std::string word;
    const unsigned char *at = reinterpret_cast<const unsigned char *>(bytes.data()), *end = at + bytes.size();
    for (word_head h; h.read(at, end) && h.same <= word.size(); at = h.more_at + h.more) {
        word.resize(h.same);
        word.append(reinterpret_cast<const char *>(h.more_at), h.more);
        words.push_back(word);
    }
    return words;
}

std::vector<std::string> block_keys(const Xapian::Database &db)
{
    std::vector<std::string> keys;
    for (Xapian::TermIterator i = db.metadata_keys_begin(block_prefix), end = db.metadata_keys_end(block_prefix);
         i != end; ++i)
        keys.push_back((*i).substr(block_prefix.size()));
    return keys;
}

// Writes the words of one block, under its key, and as many new ones before it as they need.
void write_block(Xapian::WritableDatabase &db, const std::vector<std::string> &words, const std::string &key)
{
    packer p;
    for (const std::string &word : words) {
        if (p.size() >= new_block) {
            const std::string last = p.last();
            db.set_metadata(block_prefix + last, p.take());
        }
        p.add(word);
    }
    db.set_metadata(block_prefix + key, p.take());
}

void write_all(Xapian::WritableDatabase &db)
{
    // Blocks are gathered first: a cursor does not outlive writes to its table.
    std::vector<std::pair<std::string, std::string>> blocks;
    packer p;
    for (Xapian::TermIterator i = db.allterms_begin("Z"), end = db.allterms_end("Z"); i != end; ++i) {
        const std::string term = *i;
        if (!is_listed(term.data() + 1, term.size() - 1))
            continue;
        if (p.size() >= new_block) {
            const std::string last = p.last();
            blocks.emplace_back(last, p.take());
        }
        p.add(term.substr(1));
    }
    if (p.size())
        blocks.emplace_back(last_key, p.take());
    for (const std::string &key : block_keys(db))
        db.set_metadata(block_prefix + key, "");
    for (const auto &b : blocks)
        db.set_metadata(block_prefix + b.first, b.second);
}

// Adds words, which are sorted.
void add_words(Xapian::WritableDatabase &db, const std::vector<std::string> &fresh)
{
    const std::vector<std::string> keys = block_keys(db);
    for (auto from = fresh.begin(); from != fresh.end();) {
        const auto found = std::lower_bound(keys.begin(), keys.end(), *from);
        const std::string key = found == keys.end() ? last_key : *found;
        auto to = from;
        while (to != fresh.end() && (key == last_key || *to <= key))
            ++to;
        const std::string bytes = db.get_metadata(block_prefix + key);
        const std::vector<std::string> old = unpack(bytes);
        std::vector<std::string> words;
        words.reserve(old.size() + static_cast<size_t>(to - from));
        std::set_union(old.begin(), old.end(), from, to, std::back_inserter(words));
        if (words.size() != old.size()) {
            packer whole;
            for (const std::string &word : words)
                whole.add(word);
            if (whole.size() > longest_block)
                write_block(db, words, key);
            else
                db.set_metadata(block_prefix + key, whole.take());
        }
        from = to;
    }
}

} // namespace

bool has_word_list(const Xapian::Database &db)
{
    return db.get_metadata(state_key) == state_of(db);
}

/* ----------------------------------------------------------------- reading */

bool word_list::open(size_t n)
{
    length_ = 0;
    for (block_ = n; block_ < blocks_.size(); block_++) {
        block &b = blocks_[block_];
        if (!b.read) {
            b.bytes = db_.get_metadata(block_prefix + b.last);
            b.read = true;
        }
        at_ = reinterpret_cast<const unsigned char *>(b.bytes.data());
        end_ = at_ + b.bytes.size();
        if (next())
            return true;
    }
    return false;
}

bool word_list::next()
{
    if (past_end())
        return false;
    word_head h;
    if (!h.read(at_, end_)) {
        if (!length_) // an empty block: open() goes on
            return false;
        return open(block_ + 1);
    }
    memcpy(word_ + h.same, h.more_at, h.more);
    length_ = h.same + h.more;
    at_ = h.more_at + h.more;
    return true;
}

// Passes the words that share so many bytes, or more, with the one before. Returns how many the next one shares.
size_t word_list::pass(size_t bytes)
{
    word_head h;
    while (h.read(at_, end_)) {
        if (h.same < bytes)
            return h.same;
        at_ = h.more_at + h.more;
    }
    return 0;
}

// From a word that is below the text on. What shares more with that word than the text does is below it as well.
bool word_list::scan(const std::string &text)
{
    size_t same = shared(word_, length_, text.data(), text.size());
    for (;;) {
        if (same == text.size() ||
            (same<length_ &&static_cast<unsigned char>(word_[same])> static_cast<unsigned char>(text[same])))
            return true;
        const size_t begin = pass(same + 1);
        if (!next())
            return false;
        const size_t from = std::min(std::min(begin, same), length_);
        same = from + shared(word_ + from, length_ - from, text.data() + from, text.size() - from);
    }
}

bool word_list::seek(const std::string &text, bool forward)
{
    if (!begun_) {
        blocks_.clear();
        for (std::string &key : block_keys(db_))
            blocks_.push_back({key, "", false});
        begun_ = true;
        forward = false;
    }
    if (forward && past_end())
        return false;
    if (!forward || blocks_[block_].last < text) {
        const auto from = blocks_.begin() + (forward ? static_cast<std::ptrdiff_t>(block_) : 0);
        const auto found = std::lower_bound(from, blocks_.end(), text,
                                            [](const block &b, const std::string &t) { return b.last < t; });
        if (!open(static_cast<size_t>(found - blocks_.begin())))
            return false;
    }
    return scan(text);
}

bool word_list::skip(size_t bytes)
{
    const std::string &last = blocks_[block_].last;
    if (last.size() >= bytes && memcmp(last.data(), word_, bytes) == 0) { // so do all to the end of the block
        std::string behind(word_, bytes);
        behind.back()++; // a byte of UTF-8 is never FF
        return seek(behind, true);
    }
    pass(bytes);
    return next();
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    const int order = memcmp(a, b, std::min(a_len, b_len));
    return order ? order : a_len < b_len ? -1 : a_len > b_len;
}

void word_lists::clear()
{
    if (begun_)
        before_ = past_end() ? last_key : std::string(word(), length());
    lists_.clear();
    least_ = 0;
    begun_ = false;
}

void word_lists::settle()
{
    least_ = lists_.size();
    for (size_t i = 0; i < lists_.size(); i++)
        if (!lists_[i].past_end() &&
            (past_end() || compare(lists_[i].word(), lists_[i].length(), word(), length()) < 0))
            least_ = i;
}

void word_lists::seek(const std::string &text)
{
    const bool forward = begun_ && !past_end() && compare(text.data(), text.size(), word(), length()) > 0;
    for (word_list &l : lists_)
        if (!forward || (!l.past_end() && compare(text.data(), text.size(), l.word(), l.length()) > 0))
            l.seek(text, forward);
    begun_ = true;
    settle();
}

void word_lists::skip(size_t bytes)
{
    if (lists_.size() == 1) {
        lists_[0].skip(bytes);
        settle();
        return;
    }
    const std::string head(word(), bytes);
    for (word_list &l : lists_)
        if (!l.past_end() && l.length() >= bytes && memcmp(l.word(), head.data(), bytes) == 0)
            l.skip(bytes);
    settle();
}

void word_lists::next()
{
    if (!begun_) { // the lists are those of another revision: find the place again
        seek(before_);
        if (past_end() || compare(word(), length(), before_.data(), before_.size()) != 0)
            return;
    }
    if (past_end())
        return;
    for (size_t i = 0; i < lists_.size(); i++)
        if (i != least_ && !lists_[i].past_end() &&
            compare(lists_[i].word(), lists_[i].length(), word(), length()) == 0)
            lists_[i].next();
    lists_[least_].next();
    settle();
}

/* ----------------------------------------------------------------- writing */

void word_keeper::begin(const Xapian::WritableDatabase &db)
{
    keeps_ = true;
    current_ = db.get_doccount() == 0 || has_word_list(db);
}

void word_keeper::note(const Xapian::Document &doc)
{
    if (!keeps_)
        return;
    Xapian::TermIterator i = doc.termlist_begin(), end = doc.termlist_end();
    for (i.skip_to("Z"); i != end; ++i) {
        const std::string term = *i;
        if (term[0] != 'Z')
            break;
        if (!is_listed(term.data() + 1, term.size() - 1))
            continue;
        if (seen_.size() >= most_seen)
            seen_.clear();
        if (seen_.insert(term).second)
            fresh_.push_back(term.substr(1));
    }
}

void word_keeper::write(Xapian::WritableDatabase &db)
{
    if (!keeps_)
        return;
    if (!current_) {
        write_all(db);
    } else if (!fresh_.empty()) {
        std::sort(fresh_.begin(), fresh_.end());
        fresh_.erase(std::unique(fresh_.begin(), fresh_.end()), fresh_.end());
        add_words(db, fresh_);
    }
    fresh_.clear();
    current_ = true;
    const std::string state = state_of(db);
    if (db.get_metadata(state_key) != state)
        db.set_metadata(state_key, state);
}

} // namespace aln
