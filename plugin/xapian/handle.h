/*
 * What the files of this wrapper share: the handles, and the one place where exceptions become statuses.
 *
 * Every exported function runs its body through guard(), so that no exception crosses into C. Handles keep scratch
 * strings, as their pointers are handed out "valid until the next call".
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_XAPIAN_HANDLE_H
#define ALN_XAPIAN_HANDLE_H

#include "wordlist.h"

#include <allonym/xapian.h>

#include <new>
#include <set>
#include <string>
#include <vector>
#include <xapian.h>

namespace aln
{

// What an upgrade has made of an index that another program wrote.
struct upgraded {
    bool lexicon = false, terms = false;
    std::string prefix = "X"; // of its documents' name terms: what stands before N (keys) and E (entities)

    std::string of(unsigned kind) const // before terms of a kind
    {
        return kind == ALN_TERM_EXACT ? "" : kind == ALN_TERM_STEM ? "Z" : prefix + (kind == ALN_TERM_KEY ? "N" : "E");
    }
    // Whether terms of a kind are asked of the lexicon: stems of the documents are the other program's.
    bool in_lexicon(unsigned kind) const
    {
        return lexicon && kind != ALN_TERM_EXACT && (kind == ALN_TERM_STEM || !terms);
    }
};

// A database of several that are read as one.
struct shard {
    std::string location; // its line in the stub file
    size_t line = 0;      // and the line's number; 0 = there is no stub file
    bool present = false, remote = false;
    std::string stand_in; // the replica that is read in its place
    std::string message;  // why it, or the original, is not there
    Xapian::Database db;
    upgraded upgrade;
};

// A list of terms that was fetched from all shards.
struct fetched_terms {
    bool fetched = false;
    std::string text; // one after the other
    std::vector<size_t> start;
    std::vector<uint32_t> freq;
    size_t at = 0;   // cursor
    std::string now; // the term there
};

} // namespace aln

struct aln_xapian {
    Xapian::Database db; // writing: the same database as writer, seen as a reader
    Xapian::WritableDatabase writer;
    bool writable = false;
    bool languages_changed = false;
    std::set<std::string> languages;
    std::string fingerprint;      // to be written with the first commit; empty = nothing to write
    std::string scratch;          // what the last call gave out
    std::vector<std::string> ids; // by docid: a batch of queries asks for the same ids again and again
    // the vocabulary's cursor
    Xapian::TermIterator term, term_end;
    std::string prefix, term_now, wanted;
    bool term_exact = false, past_end = true, in_lexicon = false;
    // the name lexicon: to be read (none: libxapian's terms are walked), and to be written
    aln::word_lists words;
    bool in_words = false; // the cursor is there
    aln::word_keeper keeper;
    // of another program's index: of the one that is written; whether any shard has a lexicon
    aln::upgraded upgrade;
    bool has_lexicon = false;
    // reading: what it was opened from (shards.cpp), and the vocabulary where it has to be fetched (fetched_terms.cpp)
    std::vector<aln::shard> shards;
    std::string path, stub, stub_identity; // stub: empty = none
    bool partial = false;
    std::string fits; // reading: the fingerprint that it was found to have
    aln::fetched_terms fetched[ALN_TERM_KINDS];
    int fetched_kind = 0;
};

struct aln_xapian_doc {
    Xapian::Document doc;
    std::string term;  // scratch, so that a posting allocates only inside libxapian
    std::string field; // prefix of the field, "" = none
    std::string error; // a hook cannot throw: what it caught
};

namespace aln
{

// Fills *err and returns its code.
aln_status fail(aln_error *err, aln_status code, const std::string &message);
// The status of an exception of libxapian.
aln_status status_of(const Xapian::Error &error);
// What it says, with the system's reason where it has one.
std::string message_of(const Xapian::Error &error);
// The term of an id, hashed as Omega does where it is too long.
std::string id_term(const char *id, size_t len);
// Prefix and value as a filter term, hashed where it is too long.
std::string boolean_term(const std::string &prefix, const char *value, size_t len);
// The term of a plan's node in a field with this prefix ("" = whole text).
std::string plan_term(const aln_query_node *node, const std::string &prefix);
// Which terms of an index stand for one of a plan: the term, or the words that the lexicon of an upgraded index has.
std::vector<std::string> index_terms(const aln_xapian *db, const aln_query_node *node, const std::string &prefix);
// The query that a plan stands for; db may be NULL. Throws bad_field. guard_max: for several databases of which one is
// local (query.cpp).
Xapian::Query translate(const aln_xapian *db, const aln_query_node *plan, const aln_xapian_field *fields,
                        size_t field_count, bool guard_max = false);
// Whether a term is the key of the consonants of a word that has vowels. Fields go without.
inline bool is_skeleton(const char *term, size_t len)
{
    return len > 2 && term[0] == 'X' && term[1] == 'N' && term[2] == '0';
}
// Calls fn for each database that is read, with what an upgrade has made of it.
template <typename Fn> void each_database(const aln_xapian *db, Fn fn)
{
    if (db->shards.empty())
        fn(db->db, db->upgrade);
    for (const shard &s : db->shards)
        if (s.present)
            fn(s.db, s.upgrade);
}
// Notes what upgrades have made of the databases: at their opening, and when they move to another revision.
void read_upgrade(aln_xapian *db);
// Metadata of an upgraded index whose name terms have another prefix than "X".
constexpr char upgrade_prefix[] = "allonym.upgrade.prefix";
// Notes whether the name lexicons of all shards that are read can be believed; likewise.
void read_words(aln_xapian *db);
// Before a term in the keys of metadata: lexicon.cpp.
constexpr char lexicon_prefix[] = "allonym.lex:";
std::vector<std::string> lexicon_words(const Xapian::Database &db, const std::string &term);
// The value of ALN_XAPIAN_LANGUAGES, and back.
std::string join_languages(const std::set<std::string> &languages);
void read_languages(const std::string &list, std::set<std::string> &languages);
// Writes what waits for the next commit: fingerprint and languages.
void write_pending(aln_xapian *db);
// Reads a field of data (JSON object or name=value lines); false if it is not there.
bool data_field(const std::string &data, const char *field, std::string &value);

// Opens a path, a stub file line by line. partial: shards that cannot be reached are left out.
aln_status open_for_reading(aln_xapian *db, const std::string &path, bool partial, aln_error *err);
// Reads what the other one has opened.
void take_shards(aln_xapian *db, aln_xapian &from);
// Forgets what belongs to the revision that was read until now.
void forget_revision(aln_xapian *db);
// Opens the shards of a stub file anew, after one of them was lost. False where that cannot help.
bool reconnect(aln_xapian *db);
// Whether another stub file has taken the place of the one that was opened.
bool stub_changed(const aln_xapian *db);
// Whether several databases are read, and one of them is here.
bool has_local_shards(const aln_xapian *db);
// Whether terms have to be fetched from all shards; and the cursor over those that were.
bool must_fetch(const aln_xapian *db);
void fetched_seek(aln_xapian *db, unsigned kind, const std::string &wanted, const char **term, size_t *len,
                  uint32_t *freq);
void fetched_next(aln_xapian *db, const char **term, size_t *len, uint32_t *freq);

struct bad_field {
    std::string name;
};

// Inside a catch block: the status of the exception in hand.
aln_status caught(aln_error *err) noexcept;

template <typename Body> aln_status guard(aln_error *err, Body body) noexcept
{
    try {
        return body();
    } catch (...) {
        return caught(err);
    }
}

// How often a reader runs after a writer that commits faster than it reads.
constexpr int max_reopenings = 5;

// As guard(), for bodies that only read: where a writer has discarded the revision that is read, moves to the last
// commit and begins again. libxapian keeps two revisions, so this takes a writer that commits twice meanwhile. Where a
// shard is lost on the way, its replica is tried.
template <typename Body> aln_status guard_reading(aln_xapian *db, aln_error *err, Body body) noexcept
{
    for (int attempt = 0;; attempt++) {
        try {
            try {
                return body();
            } catch (const Xapian::DatabaseModifiedError &) {
                if (attempt == max_reopenings)
                    throw;
                forget_revision(db);
                db->db.reopen();
                read_upgrade(db);
                read_words(db);
            } catch (const Xapian::NetworkError &) {
                // Once: its replica may answer, or the others do without it.
                if (attempt || !reconnect(db))
                    throw;
            }
        } catch (...) {
            return caught(err);
        }
    }
}

} // namespace aln

#endif
