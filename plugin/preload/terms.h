/*
 * What the parts of the engine share: an analyzer per thread, the words as Xapian cuts them, the layout of terms.
 *
 * A program's own terms stay as they are, and what it asks for without this library must find what it found before.
 * So all of ours stand under prefixes of our own, behind the program's prefix for the field:
 *   XN…  name keys, at the word's position      XE…  entities, at the first and the last word of the name
 *   XZ…  stems, without position                XC…  pairs of characters in scripts without spaces
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_PRELOAD_TERMS_H
#define ALN_PRELOAD_TERMS_H

#include "engine.h"

#include <allonym/allonym.h>

#include <memory>
#include <mutex>
#include <vector>

namespace aln_preload
{

// Terms made by other rules have another number here.
#define ALN_PRELOAD_LAYOUT "preload 1; "
// Metadata of a database that has such terms: what made them.
#define ALN_PRELOAD_FINGERPRINT "allonym.preload"
constexpr size_t max_term = 245;

const settings &chosen();
// A message on standard error, once for each text.
void warn(const std::string &message) noexcept;

// This thread's analyzer; throws std::runtime_error where there is none.
aln_analyzer *analyzer();
// Layout and fingerprint together.
std::string fingerprint();

// Whether a word is of a script that is written without spaces, so that Xapian's words are not ours.
bool is_unspaced(const char *text, size_t len);
// The term of a kind in a field.
std::string term_of(aln_term_kind kind, const std::string &field, const char *text, size_t len);

// A word as TermGenerator cuts it.
struct xapian_word {
    size_t start, end; // bytes
    std::string lower;
};
// All words; `characters` = each ideogram is one, as with FLAG_CJK_NGRAM.
std::vector<xapian_word> xapian_words(const char *text, size_t len, bool characters);

// What a query gained, for marking it in snippets.
struct gained_term {
    aln_term_kind kind;
    std::string text;
    uint32_t entity;
    std::string term; // as the database has it
};
void remember(std::vector<gained_term> &&terms);

Xapian::StemImplementation *make_stem(const std::string &language) noexcept;
Xapian::termpos position_of(const Xapian::TermGenerator &generator) noexcept;
void index_after(const Xapian::TermGenerator &generator, const char *text, size_t len, Xapian::termcount wdf_inc,
                 const std::string &prefix, Xapian::termpos before, bool positions) noexcept;
void note_written(Xapian::WritableDatabase &db) noexcept;
void note_database(const Xapian::QueryParser *parser, const Xapian::Database &db) noexcept;
void forget_parser(const Xapian::QueryParser *parser) noexcept;
void expand_query(const Xapian::QueryParser *parser, const std::string &text, Xapian::Query &query) noexcept;
bool make_snippet(const Xapian::MSet &mset, const std::string &text, size_t length, const std::string &mark_start,
                  const std::string &mark_end, const std::string &omit, std::string &out) noexcept;

// A database of a parser's and what is known of it. Shared, since a parser may be used long after set_database().
struct known_database {
    Xapian::Database db;
    std::string stem_prefix; // "XZ", or "Z" where no stems of ours are
    std::string languages;   // as aln_query_options.index_languages; "" = not known
    bool usable = true;      // false: its name terms were made by other rules
};
std::shared_ptr<known_database> database_of(const Xapian::QueryParser *parser);

} // namespace aln_preload

#endif
