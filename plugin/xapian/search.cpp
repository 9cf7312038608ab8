/*
 * Searching: a plan in, ranked results out; and passages of the documents found.
 *
 * BM25 with k1 .5 and b .25 instead of libxapian's 1 and .5: names are said once or twice in a text that is about them,
 * and long texts name more. The other constants are libxapian's defaults.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <algorithm>

using namespace aln;

struct aln_xapian_results {
    std::vector<aln_xapian_hit> hits;
    uint32_t total = 0;
    bool exact = true;
};

// Counting all matches costs a pass over the postings; to this many it is exact.
static const Xapian::doccount counted_at_least = 1000;

// Two ways to add the same numbers differ by some units of the last of 53 bits.
static const double same_weight = 1e-12;
// Results looked at behind the last one that is wanted: some that have its weight may stand before it. More are asked
// for while the last one of these still has it.
static const Xapian::doccount look_behind = 32, look_behind_most = 1024;

namespace
{
struct found_hit {
    aln_xapian_hit hit;
    std::string order; // shards: of the documents' arrival
};
} // namespace

static void take_hits(const Xapian::MSet &found, std::vector<found_hit> &hits)
{
    hits.clear();
    hits.reserve(found.size());
    for (Xapian::MSetIterator i = found.begin(); i != found.end(); ++i) {
        found_hit one;
        one.hit.docid = *i;
        one.hit.rank = 0;
        one.hit.weight = i.get_weight();
        one.hit.percent = i.get_percent();
        hits.push_back(one);
    }
}

// The least weight that counts as more.
static double ties_with(const found_hit &one)
{
    return one.hit.weight * (1 + same_weight);
}

static bool comes_first(const found_hit &a, const found_hit &b)
{
    return a.order != b.order ? a.order < b.order : a.hit.docid < b.hit.docid;
}

// The weight of a document is a sum whose order libxapian chooses for each shard, and anew while it searches; so of
// documents that weigh the same one may come out greater by the last bits. They are put in the order of arrival.
static void settle_ties(const Xapian::Database &db, bool sharded, std::vector<found_hit> &hits)
{
    for (size_t first = 0; first < hits.size();) {
        size_t end = first + 1;
        while (end < hits.size() && hits[first].hit.weight <= ties_with(hits[end]))
            end++;
        for (size_t i = first; sharded && end - first > 1 && i < end; i++)
            hits[i].order = db.get_document(hits[i].hit.docid).get_value(ALN_XAPIAN_ORDER_SLOT);
        std::sort(hits.begin() + static_cast<std::ptrdiff_t>(first), hits.begin() + static_cast<std::ptrdiff_t>(end),
                  comes_first);
        first = end;
    }
}

aln_status aln_xapian_search(aln_xapian *db, const aln_query_node *plan, const aln_xapian_search_options *options,
                             aln_xapian_results **out, aln_error *err)
{
    static const aln_xapian_search_options defaults = ALN_XAPIAN_SEARCH_OPTIONS_INIT;
    if (!options)
        options = &defaults;
    *out = nullptr;
    aln_xapian_results *results = nullptr;
    aln_status status = guard_reading(db, err, [&] {
        if (!results)
            results = new aln_xapian_results;
        const Xapian::Query query = translate(db, plan, options->fields, options->field_count, has_local_shards(db));
        Xapian::Enquire enquire(db->db);
        enquire.set_query(query);
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(options->k1 < 0 ? .5 : options->k1, 0, 1, options->b < 0 ? .25 : options->b, .5));
        const Xapian::doccount all = db->db.get_doccount();
        const Xapian::doccount limit = options->limit ? options->limit : all;
        const bool sharded = db->shards.size() > 1;
        std::vector<found_hit> hits;
        Xapian::MSet found;
        for (Xapian::doccount behind = look_behind;; behind *= 2) {
            const Xapian::doccount wanted = limit < all - std::min(all, behind) ? limit + behind : limit;
            found = enquire.get_mset(options->offset, wanted, wanted < counted_at_least ? counted_at_least : wanted);
            take_hits(found, hits);
            if (wanted == limit || hits.size() < wanted || hits[limit - 1].hit.weight > ties_with(hits.back()) ||
                behind >= look_behind_most)
                break;
        }
        settle_ties(db->db, sharded, hits);
        results->hits.clear();
        for (size_t i = 0; i < hits.size() && i < limit; i++) {
            results->hits.push_back(hits[i].hit);
            results->hits.back().rank = static_cast<uint32_t>(options->offset + i + 1);
        }
        results->total = found.get_matches_estimated();
        results->exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
        return ALN_OK;
    });
    if (status != ALN_OK) {
        delete results;
        return status;
    }
    *out = results;
    return ALN_OK;
}

void aln_xapian_results_free(aln_xapian_results *results)
{
    delete results;
}

uint32_t aln_xapian_results_count(const aln_xapian_results *results)
{
    return static_cast<uint32_t>(results->hits.size());
}

uint32_t aln_xapian_results_total(const aln_xapian_results *results, int *exact)
{
    if (exact)
        *exact = results->exact;
    return results->total;
}

aln_status aln_xapian_result(const aln_xapian_results *results, uint32_t n, aln_xapian_hit *hit)
{
    if (n >= results->hits.size()) {
        *hit = aln_xapian_hit{};
        return ALN_ENOTFOUND;
    }
    *hit = results->hits[n];
    return ALN_OK;
}

aln_status aln_xapian_snippet(aln_xapian *db, aln_docid docid, const char *field, aln_analyzer *analyzer,
                              const aln_query_node *plan, const char *language, size_t bytes, const char *mark_start,
                              const char *mark_end, const char *omit, char **out, aln_error *err)
{
    *out = nullptr;
    return guard_reading(db, err, [&] {
        const std::string data = db->db.get_document(docid).get_data();
        std::string text;
        if (!field)
            text = data;
        else if (!data_field(data, field, text))
            return fail(err, ALN_ENOTFOUND, std::string("the document's data has no field ") + field);
        aln_status s =
            aln_snippet(analyzer, plan, language, text.data(), text.size(), bytes, mark_start, mark_end, omit, out);
        return s == ALN_OK ? s : fail(err, s, aln_strerror(s));
    });
}
