/*
 * The name lexicon of an index: its words, packed, in the database itself.
 *
 * Expansion looks at thousands of places of the vocabulary for each word of a query. libxapian's cursor over terms
 * takes a quarter of a microsecond for each, as it decodes a table made for other things. So the stems stand a second
 * time, in metadata, which libxapian copies, compacts, replicates and serves remotely with the rest: in blocks of some
 * kilobytes, packed as allonym/packed_words.h has it, so that the core reads them itself. A million words take 4 MB; a
 * block is read when a query first comes to it, and then kept in memory.
 *
 * "allonym.words:" and a word above which nothing stands in the block is its key, so that libxapian's skip_to() finds
 * the block of any word; the last block's key ends with a byte that UTF-8 has not. Each commit adds its new words to
 * the blocks they belong to, and splits those that grow too long; nothing else is written again. A word that no
 * document has any more stays listed, and finds nothing.
 *
 * "allonym.words" says for which state of the index the list is complete, and in which form. Where another program has
 * written since, or databases were merged, it is not believed: readers walk libxapian's terms instead, and the next
 * commit from here makes the list anew.
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
    return "3 " + std::to_string(db.get_doccount()) + " " + std::to_string(db.get_lastdocid()) + " " +
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

class packer
{
  public:
    void add(const std::string &word)
    {
        const size_t s = size() ? shared(last_.data(), last_.size(), word.data(), word.size()) : 0;
        unsigned char head[ALN_PACKED_HEAD];
        least_ = in_group_ ? std::min(least_, s) : s;
        group_.append(reinterpret_cast<const char *>(head), aln_packed_head(s, word.size() - s, head));
        group_.append(word, s, std::string::npos);
        last_ = word;
        if (++in_group_ == ALN_PACKED_GROUP)
            end_group();
    }
    size_t size() const
    {
        return bytes_.size() + group_.size();
    }
    const std::string &last() const
    {
        return last_;
    }
    std::string take()
    {
        end_group();
        std::string out;
        out.swap(bytes_);
        return out;
    }

  private:
    std::string bytes_, group_, last_;
    size_t least_ = 0, in_group_ = 0;

    void end_group()
    {
        if (!in_group_)
            return;
        unsigned char head[ALN_PACKED_HEAD];
        aln_packed_group(least_, group_.size(), head);
        bytes_.append(reinterpret_cast<const char *>(head), sizeof head);
        bytes_ += group_;
        group_.clear();
        in_group_ = 0;
    }
};

void begin_reading(aln_packed_reader &reader, const std::string &bytes)
{
    aln_packed_begin(&reader, reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
}

std::vector<std::string> unpack(const std::string &bytes)
{
    std::vector<std::string> words;
    aln_packed_reader reader;
    for (begin_reading(reader, bytes); aln_packed_pass(&reader, SIZE_MAX);)
        words.emplace_back(reader.word, reader.len);
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

void word_list::begin()
{
    if (begun_)
        return;
    blocks_.clear();
    for (std::string &key : block_keys(db_))
        blocks_.push_back({key, "", false});
    begun_ = true;
    block_ = blocks_.size();
}

const std::string &word_list::read(size_t n)
{
    block &b = blocks_[n];
    if (!b.read) {
        b.bytes = db_.get_metadata(block_prefix + b.last);
        b.read = true;
    }
    return b.bytes;
}

size_t word_list::find(const std::string &text)
{
    // mostly it is the block that was last found, or the next one
    for (size_t n = found_; n < blocks_.size() && n <= found_ + 1; n++)
        if (blocks_[n].last >= text && (n == 0 || blocks_[n - 1].last < text))
            return found_ = n;
    const auto found = std::lower_bound(blocks_.begin(), blocks_.end(), text,
                                        [](const block &b, const std::string &t) { return b.last < t; });
    return found_ = static_cast<size_t>(found - blocks_.begin());
}

const std::string *word_list::part(const std::string &text, const std::string *&last)
{
    begin();
    const size_t n = find(text);
    if (n == blocks_.size())
        return nullptr;
    last = &blocks_[n].last;
    return &read(n);
}

bool word_list::next()
{
    if (past_end())
        return false;
    while (!aln_packed_pass(&at_, SIZE_MAX)) {
        if (++block_ == blocks_.size())
            return false;
        begin_reading(at_, read(block_));
    }
    return true;
}

bool word_list::seek(const std::string &text, bool forward)
{
    begin();
    if (forward && past_end())
        return false;
    if (!forward || blocks_[block_].last < text) {
        block_ = find(text);
        if (past_end())
            return false;
        begin_reading(at_, read(block_));
    }
    while (!aln_packed_seek(&at_, text.data(), text.size())) {
        if (++block_ == blocks_.size())
            return false;
        begin_reading(at_, read(block_));
    }
    return true;
}

bool word_list::skip(size_t bytes)
{
    if (aln_packed_pass(&at_, bytes))
        return true;
    std::string behind(at_.word, bytes);
    behind.back()++; // a byte of UTF-8 is never FF
    return seek(behind, true);
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
