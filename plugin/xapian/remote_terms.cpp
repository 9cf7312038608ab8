/*
 * The vocabulary of remote shards.
 *
 * libxapian's remote backend answers "all terms with this prefix" with the whole list, each time that it is asked, and
 * a search for spellings asks for many places in it. So the list of a kind is fetched once, merged over all shards, and
 * kept, in one piece of memory, until the index is opened anew.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

namespace aln
{

static std::string term_at(const remote_terms &t, size_t n)
{
    const size_t end = n + 1 < t.start.size() ? t.start[n + 1] : t.text.size();
    return t.text.substr(t.start[n], end - t.start[n]);
}

static void fetch(const Xapian::Database &db, const std::string &prefix, bool exact, remote_terms &out)
{
    remote_terms made;
    for (Xapian::TermIterator i = db.allterms_begin(prefix), end = db.allterms_end(prefix); i != end; ++i) {
        const std::string term = *i;
        if (exact && term[0] >= 'A' && term[0] <= 'Z') // prefixed: another kind
            continue;
        made.start.push_back(made.text.size());
        made.freq.push_back(i.get_termfreq());
        made.text.append(term, prefix.size(), std::string::npos);
    }
    made.fetched = true;
    out = std::move(made);
}

static void give(remote_terms &t, const char **term, size_t *len, uint32_t *freq)
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

void remote_seek(aln_xapian *db, unsigned kind, const std::string &prefix, const std::string &wanted, const char **term,
                 size_t *len, uint32_t *freq)
{
    remote_terms &t = db->remote_vocabulary[kind];
    if (!t.fetched)
        fetch(db->db, prefix, kind == ALN_TERM_EXACT, t);
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
    db->remote_kind = static_cast<int>(kind);
    give(t, term, len, freq);
}

void remote_next(aln_xapian *db, const char **term, size_t *len, uint32_t *freq)
{
    remote_terms &t = db->remote_vocabulary[db->remote_kind];
    if (t.at < t.start.size())
        t.at++;
    give(t, term, len, freq);
}

bool has_remote(const aln_xapian *db)
{
    for (const shard &s : db->shards)
        if (s.remote && s.present)
            return true;
    return false;
}

} // namespace aln
