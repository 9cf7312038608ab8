/*
 * What the two halves of the preload library share.
 *
 * The front (liballonym-xapian-preload.so) is what LD_PRELOAD names. It comes into every child of a program, most of
 * which have no libxapian, so it uses nothing of libxapian's: it finds the functions that it stands before when they
 * are called. The engine does the work; it is loaded into programs that are named and have a libxapian of a series
 * that is known. Its functions do not throw.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_PRELOAD_ENGINE_H
#define ALN_PRELOAD_ENGINE_H

#include "settings.h"

#include <xapian.h>

namespace aln_preload
{

// Grows with every change of the table below; front and engine are installed together.
constexpr unsigned engine_abi = 1;

struct engine {
    unsigned abi;
    // A stemmer that Xapian does not have; NULL if allonym has none of this name either.
    Xapian::StemImplementation *(*stem)(const std::string &language) noexcept;
    Xapian::termpos (*position)(const Xapian::TermGenerator &generator) noexcept;
    // After a text was indexed: adds its name terms to the same document. before = the position at its beginning.
    void (*index)(const Xapian::TermGenerator &generator, const char *text, size_t len, Xapian::termcount wdf_inc,
                  const std::string &prefix, Xapian::termpos before, bool positions) noexcept;
    // Before a document is written: notes in the database what made its name terms.
    void (*written)(Xapian::WritableDatabase &db) noexcept;
    void (*set_database)(const Xapian::QueryParser *parser, const Xapian::Database &db) noexcept;
    void (*forget)(const Xapian::QueryParser *parser) noexcept;
    // Adds alternatives to a parsed query, in place; leaves it as it is if anything goes wrong.
    void (*expand)(const Xapian::QueryParser *parser, const std::string &text, Xapian::Query &query) noexcept;
    // A snippet with alternatives marked; false if the query has none, or none stands in the text.
    bool (*snippet)(const Xapian::MSet &mset, const std::string &text, size_t length, const std::string &mark_start,
                    const std::string &mark_end, const std::string &omit, std::string &out) noexcept;
};

// The one symbol of the engine.
using engine_start = const engine *(*)(const settings *settings);

} // namespace aln_preload

#endif
