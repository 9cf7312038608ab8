/*
 * The engine's start, its analyzers, and the stemmers by name.
 *
 * What is shared is made once and never destroyed: a host may end in any order of destructors.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terms.h"

#include <allonym/xapian_stem.hpp>

#include <cerrno>
#include <cstdio>
#include <set>
#include <stdexcept>

namespace aln_preload
{

static const settings *settings_now;

const settings &chosen()
{
    return *settings_now;
}

void warn(const std::string &message) noexcept
{
    try {
        static std::mutex mutex;
        static auto *const said = new std::set<std::string>;
        const std::lock_guard<std::mutex> lock(mutex);
        if (said->size() < 100 && said->insert(message).second)
            fprintf(stderr, "%s: allonym: %s\n", program_invocation_short_name, message.c_str());
    } catch (...) {
        return; // no memory to say it with
    }
}

static aln_lexicon *lexicon()
{
    static aln_lexicon *const opened = [] {
        aln_lexicon *made = nullptr;
        aln_error err;
        const std::string &path = chosen().names_file;
        if (aln_lexicon_open(nullptr, path.empty() ? nullptr : path.c_str(), &made, &err) != ALN_OK)
            warn(err.message);
        return made;
    }();
    return opened;
}

namespace
{

struct freed {
    aln_analyzer *made = nullptr;
    bool tried = false;
    ~freed()
    {
        aln_analyzer_free(made);
    }
};

} // namespace

aln_analyzer *analyzer()
{
    thread_local freed own;
    if (!own.tried) {
        own.tried = true;
        aln_options options = ALN_OPTIONS_INIT;
        const settings &s = chosen();
        options.languages = s.languages.empty() ? nullptr : s.languages.c_str();
        options.names = s.names == "off" ? ALN_NAMES_OFF : s.names == "current" ? ALN_NAMES_CURRENT : ALN_NAMES_ALL;
        aln_error err;
        if (!lexicon() || aln_analyzer_new(lexicon(), &options, &own.made, &err) != ALN_OK) {
            own.made = nullptr;
            if (lexicon())
                warn(err.message);
        }
    }
    if (!own.made)
        throw std::runtime_error("no analyzer");
    return own.made;
}

std::string fingerprint()
{
    return ALN_PRELOAD_LAYOUT + std::string(aln_analyzer_fingerprint(analyzer()));
}

namespace
{

// "allonym": the name key, so that a program that knows only stems (Recoll) finds a name in other spellings.
class key_stem : public Xapian::StemImplementation
{
  public:
    std::string operator()(const std::string &word) override
    {
        try {
            aln_query_options options = ALN_QUERY_OPTIONS_INIT;
            options.flags = ALN_QUERY_PLAIN;
            const aln_query_node *plan = nullptr;
            if (aln_query_plan(analyzer(), &options, word.data(), word.size(), &plan, nullptr) != ALN_OK)
                return word;
            const aln_query_node *key = find(plan);
            return key ? std::string(key->text, key->text_len) : word;
        } catch (...) {
            return word;
        }
    }

    std::string get_description() const override
    {
        return "allonym::key_stem";
    }

  private:
    // The first key that has vowels: a skeleton says too little to stand for the word.
    static const aln_query_node *find(const aln_query_node *node)
    {
        if (node->op == ALN_Q_TERM && node->kind == ALN_TERM_KEY && node->text_len > 2 && node->text[0] > '9')
            return node;
        for (uint32_t i = 0; i < node->count; i++)
            if (const aln_query_node *found = find(node->children[i]))
                return found;
        return nullptr;
    }
};

} // namespace

Xapian::StemImplementation *make_stem(const std::string &language) noexcept
{
    try {
        if (language == "allonym")
            return new key_stem;
        return new allonym::Stem(language);
    } catch (...) {
        return nullptr;
    }
}

} // namespace aln_preload

extern "C" __attribute__((visibility("default"))) const aln_preload::engine *
aln_preload_engine(const aln_preload::settings *settings)
{
    using namespace aln_preload;
    static const engine table = {engine_abi,    make_stem,     position_of,  index_after, note_written,
                                 note_database, forget_parser, expand_query, make_snippet};
    settings_now = settings;
    return &table;
}
