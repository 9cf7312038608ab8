/*
 * Searching: a plan in, ranked results out; and passages of the documents found.
 *
 * BM25 with k1 .5 and b .25 instead of libxapian's 1 and .5: names are said once or twice in a text that is about them,
 * and long texts name more. The other constants are libxapian's defaults.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

using namespace aln;

struct aln_xapian_results {
    std::vector<aln_xapian_hit> hits;
    uint32_t total = 0;
    bool exact = true;
};

// Counting all matches costs a pass over the postings; to this many it is exact.
static const Xapian::doccount counted_at_least = 1000;

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
        const Xapian::Query query = translate(db, plan, options->fields, options->field_count);
        Xapian::Enquire enquire(db->db);
        enquire.set_query(query);
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(options->k1 < 0 ? .5 : options->k1, 0, 1, options->b < 0 ? .25 : options->b, .5));
        const Xapian::doccount all = db->db.get_doccount();
        const Xapian::doccount limit = options->limit ? options->limit : all;
        const Xapian::MSet found =
            enquire.get_mset(options->offset, limit, limit < counted_at_least ? counted_at_least : limit);
        results->hits.clear();
        results->hits.reserve(found.size());
        for (Xapian::MSetIterator i = found.begin(); i != found.end(); ++i) {
            aln_xapian_hit hit;
            hit.docid = *i;
            hit.rank = i.get_rank() + 1;
            hit.weight = i.get_weight();
            hit.percent = i.get_percent();
            results->hits.push_back(hit);
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
