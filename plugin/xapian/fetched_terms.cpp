/*
 * The vocabulary of shards that cannot be walked as one: remote ones, and several of which some were upgraded.
 *
 * libxapian's remote backend answers "all terms with this prefix" with the whole list, each time that it is asked, and
 * a search for spellings asks for many places in it. And where an upgrade has made a lexicon, its words are in the
 * metadata of each shard by itself. So the list of a kind is fetched once, merged over all shards, and kept, in one
 * piece of memory, until the index is opened anew.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <algorithm>
#include <utility>

namespace aln
{

static std::string term_at(const fetched_terms &t, size_t n)
{
    const size_t end = n + 1 < t.start.size() ? t.start[n + 1] : t.text.size();
    return t.text.substr(t.start[n], end - t.start[n]);
}

static void append(fetched_terms &t, const std::string &term, uint32_t freq)
{
    t.start.push_back(t.text.size());
    t.freq.push_back(freq);
    t.text += term;
}

// Calls fn with each term of a kind, without its prefix, and in how many documents it is.
template <typename Fn> static void each_term(const Xapian::Database &db, const std::string &prefix, bool exact, Fn fn)
{
    for (Xapian::TermIterator i = db.allterms_begin(prefix), end = db.allterms_end(prefix); i != end; ++i) {
        const std::string term = *i;
        if (exact && term[0] >= 'A' && term[0] <= 'Z') // prefixed: another kind
            continue;
        fn(term.substr(prefix.size()), i.get_termfreq());
    }
}

// Likewise those of a lexicon, which does not say in how many.
template <typename Fn> static void each_lexicon_term(const Xapian::Database &db, const std::string &prefix, Fn fn)
{
    for (Xapian::TermIterator i = db.metadata_keys_begin(prefix), end = db.metadata_keys_end(prefix); i != end; ++i)
        fn((*i).substr(prefix.size()), 1);
}

static fetched_terms fetch(const aln_xapian *db, unsigned kind)
{
    fetched_terms made;
    made.fetched = true;
    const bool exact = kind == ALN_TERM_EXACT;
    if (!db->has_lexicon) { // libxapian merges them
        each_term(db->db, upgraded().of(kind), exact,
                  [&](const std::string &term, uint32_t freq) { append(made, term, freq); });
        return made;
    }
    std::vector<std::pair<std::string, uint32_t>> terms;
    auto keep = [&](const std::string &term, uint32_t freq) { terms.emplace_back(term, freq); };
    each_database(db, [&](const Xapian::Database &one, const upgraded &u) {
        if (u.in_lexicon(kind))
            each_lexicon_term(one, lexicon_prefix + upgraded().of(kind), keep);
        else
            each_term(one, u.of(kind), exact, keep);
    });
    std::sort(terms.begin(), terms.end());
    for (size_t i = 0; i < terms.size(); i++) {
        if (i && terms[i].first == terms[i - 1].first)
            made.freq.back() += terms[i].second;
        else
            append(made, terms[i].first, terms[i].second);
    }
    return made;
}

static void give(fetched_terms &t, const char **term, size_t *len, uint32_t *freq)
{
    *term = nullptr;
    *len = 0;
    if (t.at >= t.start.size())
        return;
    t.now = term_at(t, t.at);
    if (freq)
        *freq = t.freq[t.at];
    *term = t.now.c_str();
    *len = t.now.size();
}

void fetched_seek(aln_xapian *db, unsigned kind, const std::string &wanted, const char **term, size_t *len,
                  uint32_t *freq)
{
    fetched_terms &t = db->fetched[kind];
    if (!t.fetched)
        t = fetch(db, kind);
    size_t low = 0, high = t.start.size();
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const size_t end = middle + 1 < t.start.size() ? t.start[middle + 1] : t.text.size();
        if (t.text.compare(t.start[middle], end - t.start[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    t.at = low;
    db->fetched_kind = static_cast<int>(kind);
    give(t, term, len, freq);
}

void fetched_next(aln_xapian *db, const char **term, size_t *len, uint32_t *freq)
{
    fetched_terms &t = db->fetched[db->fetched_kind];
    if (t.at < t.start.size())
        t.at++;
    give(t, term, len, freq);
}

bool must_fetch(const aln_xapian *db)
{
    if (db->has_lexicon && db->shards.size() > 1)
        return true;
    for (const shard &s : db->shards)
        if (s.remote && s.present)
            return true;
    return false;
}

} // namespace aln
