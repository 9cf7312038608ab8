/*
 * The name lexicon of an index that another program wrote: which of its words stand behind a stem, a name key or an
 * entity, so that a query finds them although no document has those terms.
 *
 * It is kept in the database's metadata, which Xapian copies, compacts, replicates and serves remotely with the rest:
 * under "allonym.lex:" and the term as allonym's own indexes have it ("allonym.lex:Zтокаев") stand the words, each
 * behind a byte with its length. Metadata keys are sorted, so that the stems are a vocabulary that expansion walks like
 * any other. A word that no document has any more stays listed, and finds nothing.
 *
 * Words are written again only where something is new, as many at a time as a transaction takes; the last one that is
 * done stands in the same transaction, so that an interrupted run goes on behind it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "upgrade.h"

#include <algorithm>
#include <map>

namespace aln
{

// Metadata keys are limited as terms are; what does not fit is no name.
static const size_t longest_key = 200;
static const size_t words_of_one_term = 64;

std::string capitalised(const std::string &word)
{
    Xapian::Utf8Iterator i(word);
    std::string out;
    if (i == Xapian::Utf8Iterator())
        return word;
    Xapian::Unicode::append_utf8(out, Xapian::Unicode::toupper(*i));
    ++i;
    for (; i != Xapian::Utf8Iterator(); ++i)
        Xapian::Unicode::append_utf8(out, *i);
    return out;
}

std::vector<std::string> lexicon_words(const Xapian::Database &db, const std::string &term)
{
    std::vector<std::string> words;
    if (term.size() > longest_key)
        return words;
    const std::string kept = db.get_metadata(lexicon_prefix + term);
    for (size_t at = 0; at < kept.size();) {
        const size_t len = static_cast<unsigned char>(kept[at]);
        if (len == 0 || len > kept.size() - at - 1)
            break;
        words.push_back(kept.substr(at + 1, len));
        at += 1 + len;
    }
    return words;
}

namespace
{

struct collector {
    std::map<std::string, std::vector<std::string>> terms;
    const std::string *word;
    bool failed;
};

int collect(void *ctx, const char *term, size_t len, uint32_t)
{
    collector *c = static_cast<collector *>(ctx);
    try {
        if (len <= longest_key)
            c->terms[std::string(term, len)].push_back(*c->word);
        return ALN_OK;
    } catch (...) {
        c->failed = true;
        return ALN_ENOMEM;
    }
}

// Adds what a batch of words found to what is kept. Returns how many entries changed.
size_t store(Xapian::WritableDatabase &db, const collector &c)
{
    size_t changed = 0;
    for (const auto &entry : c.terms) {
        std::vector<std::string> words = lexicon_words(db, entry.first);
        const size_t before = words.size();
        for (const std::string &word : entry.second)
            if (words.size() < words_of_one_term && std::find(words.begin(), words.end(), word) == words.end())
                words.push_back(word);
        if (words.size() == before)
            continue;
        std::string value;
        for (const std::string &word : words) {
            value += static_cast<char>(word.size());
            value += word;
        }
        db.set_metadata(lexicon_prefix + entry.first, value);
        changed++;
    }
    return changed;
}

} // namespace

// The words from `from` on (not itself), at most so many.
static std::vector<std::string> next_words(const Xapian::Database &db, const std::string &from, size_t count)
{
    std::vector<std::string> words;
    Xapian::TermIterator i = db.allterms_begin(), end = db.allterms_end();
    if (!from.empty() && i != end && *i < from)
        i.skip_to(from);
    while (i != end && words.size() < count) {
        const std::string word = *i;
        if (word[0] >= 'A' && word[0] <= 'Z') {
            i.skip_to("[");
            continue;
        }
        if (word != from)
            words.push_back(word);
        ++i;
    }
    return words;
}

void make_lexicon(aln_xapian *db, aln_analyzer *analyzer, upgrade_run &run)
{
    std::string at = db->writer.get_metadata(lexicon_at);
    uint64_t done = 0;
    for (;;) {
        const std::vector<std::string> words = next_words(db->writer, at, run.words);
        if (words.empty())
            break;
        collector c{{}, nullptr, false};
        aln_hook hook = ALN_HOOK_INIT;
        hook.prefix[ALN_TERM_EXACT] = nullptr;
        hook.ctx = &c;
        hook.posting = collect;
        hook.max_term_bytes = ALN_XAPIAN_MAX_TERM;
        for (const std::string &word : words) {
            if (word.size() > 64) // no name, and its length would not do as a byte
                continue;
            c.word = &word;
            const std::string text = capitalised(word);
            uint32_t position = 0;
            const int code = aln_index_text(analyzer, &hook, nullptr, text.data(), text.size(), &position);
            if (c.failed)
                throw std::bad_alloc();
            if (code)
                throw Xapian::InternalError(aln_strerror(code));
        }
        db->writer.begin_transaction();
        store(db->writer, c);
        at = words.back();
        db->writer.set_metadata(lexicon_at, at);
        run.begin(db);
        db->writer.commit_transaction();
        done += words.size();
        run.tell("words", done, 0);
    }
    db->writer.begin_transaction();
    db->writer.set_metadata(lexicon_at, ""); // the next run looks at all words again, for new ones
    run.begin(db);
    db->writer.commit_transaction();
}

void remove_lexicon(aln_xapian *db, upgrade_run &run)
{
    uint64_t done = 0;
    for (;;) {
        std::vector<std::string> keys;
        for (Xapian::TermIterator i = db->writer.metadata_keys_begin(lexicon_prefix),
                                  end = db->writer.metadata_keys_end(lexicon_prefix);
             i != end && keys.size() < run.words; ++i)
            keys.push_back(*i);
        if (keys.empty())
            return;
        db->writer.begin_transaction();
        for (const std::string &key : keys)
            db->writer.set_metadata(key, "");
        db->writer.commit_transaction();
        done += keys.size();
        run.tell("lexicon removed", done, 0);
    }
}

} // namespace aln
