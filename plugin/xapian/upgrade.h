/*
 * What the two halves of an upgrade in place share: the lexicon (lexicon.cpp) and the documents' terms (upgrade.cpp).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_XAPIAN_UPGRADE_H
#define ALN_XAPIAN_UPGRADE_H

#include "handle.h"

namespace aln
{

constexpr char lexicon_at[] = "allonym.upgrade.at"; // the last word done

struct upgrade_run {
    const aln_xapian_upgrade_options *options;
    std::string fingerprint;
    size_t words = 50000, documents = 2000; // of a transaction

    // Within a transaction: notes that the database is one that allonym may search.
    void begin(aln_xapian *db) const
    {
        if (db->writer.get_metadata(ALN_XAPIAN_UPGRADE).empty())
            db->writer.set_metadata(ALN_XAPIAN_UPGRADE, "lexicon");
        if (db->writer.get_metadata(ALN_XAPIAN_FINGERPRINT) != fingerprint)
            db->writer.set_metadata(ALN_XAPIAN_FINGERPRINT, fingerprint);
    }

    void tell(const char *what, uint64_t done, uint64_t all) const
    {
        if (options->progress)
            options->progress(options->ctx, what, done, all);
    }
};

// A word as it would begin a sentence: the texts' capitals are lost.
std::string capitalised(const std::string &word);
void make_lexicon(aln_xapian *db, aln_analyzer *analyzer, upgrade_run &run);
void remove_lexicon(aln_xapian *db, upgrade_run &run);

} // namespace aln

#endif
