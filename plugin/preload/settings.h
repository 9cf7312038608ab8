/*
 * Which programs the preload library works in, and how: from the environment, or from a file that it names.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_PRELOAD_SETTINGS_H
#define ALN_PRELOAD_SETTINGS_H

#include <string>

namespace aln_preload
{

struct settings {
    std::string programs;   // "omega:scriptindex", "*" = all; empty = none
    std::string languages;  // as aln_options.languages; empty = all
    std::string names;      // "all", "current", "off"
    std::string names_file; // as aln_lexicon_open()
    bool index = true;      // name terms in documents
    bool query = true;      // alternatives in queries
    bool snippet = true;    // marks in snippets
    bool verbose = false;   // says on standard error what it does
};

// Reads ALLONYM_PROGRAMS and the rest, over the file that ALLONYM_CONFIG names. `problem` gets what was not understood.
settings read_settings(const char *(*environment)(const char *name), std::string &problem);
// Whether a list of programs has this one.
bool is_named(const std::string &programs, const std::string &program);

} // namespace aln_preload

#endif
