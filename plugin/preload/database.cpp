/*
 * The databases of query parsers, and their words for the learned models.
 *
 * QueryParser does not say which database it was given, so set_database() is noted here, until the parser ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terms.h"

#include <map>

namespace aln_preload
{

namespace
{

std::mutex &parsers_mutex()
{
    static auto *const mutex = new std::mutex;
    return *mutex;
}

// By the parser's internals, which copies of a parser share.
std::map<const void *, std::shared_ptr<known_database>> &parsers()
{
    static auto *const map = new std::map<const void *, std::shared_ptr<known_database>>;
    return *map;
}

bool has_terms(const Xapian::Database &db, const std::string &prefix)
{
    return db.allterms_begin(prefix) != db.allterms_end(prefix);
}

std::shared_ptr<known_database> look_at(const Xapian::Database &db)
{
    auto made = std::make_shared<known_database>();
    made->db = db;
    made->stem_prefix = has_terms(db, "XZ") ? "XZ" : "Z";
    made->languages = db.get_metadata("allonym.languages");
    const std::string ours = db.get_metadata(ALN_PRELOAD_FINGERPRINT);
    const std::string native = db.get_metadata("allonym.fingerprint");
    if (!ours.empty() ? ours != fingerprint() : !native.empty() && native != aln_analyzer_fingerprint(analyzer())) {
        made->usable = false;
        warn("queries are left as they are: the database's name terms were made by other rules, index it anew");
    }
    return made;
}

} // namespace

void note_database(const Xapian::QueryParser *parser, const Xapian::Database &db) noexcept
{
    try {
        auto made = look_at(db);
        const std::lock_guard<std::mutex> lock(parsers_mutex());
        parsers()[parser->internal.get()] = made;
    } catch (const Xapian::Error &e) {
        warn("a database's words cannot be read: " + e.get_msg());
    } catch (...) {
        warn("a database's words cannot be read");
    }
}

void forget_parser(const Xapian::QueryParser *parser) noexcept
{
    try {
        std::shared_ptr<known_database> last; // goes after the lock
        const std::lock_guard<std::mutex> lock(parsers_mutex());
        // A copy of the parser, which shares its internals, has its rules alone from now on.
        const auto found = parsers().find(parser->internal.get());
        if (found != parsers().end()) {
            last = found->second;
            parsers().erase(found);
        }
    } catch (...) {
        return; // a lock that cannot be had: the note stays
    }
}

std::shared_ptr<known_database> database_of(const Xapian::QueryParser *parser)
{
    const std::lock_guard<std::mutex> lock(parsers_mutex());
    const auto found = parsers().find(parser->internal.get());
    return found == parsers().end() ? nullptr : found->second;
}

} // namespace aln_preload
