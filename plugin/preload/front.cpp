/*
 * The functions of libxapian that LD_PRELOAD puts ours before.
 *
 * Each does what libxapian's does, by calling it, and lets the engine add to it. They are named by their mangled names
 * (Itanium C++ ABI, the same on all of Debian's architectures), since a constructor written as such would run its
 * members' own constructors, too. A member function is called as a function whose first argument is the object, which
 * that ABI makes the same.
 *
 * Nothing of libxapian's may be used here but types: see engine.h. Where the program is not one that is named, its
 * libxapian is of another series, or the engine does not load, every function is libxapian's alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "engine.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <stdexcept>
#include <unistd.h>

#define STRING "RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"
#define HOOK(symbol) __asm__(symbol) __attribute__((visibility("default")))

namespace aln_preload
{

namespace
{

using Xapian::Database;
using Xapian::docid;
using Xapian::Document;
using Xapian::MSet;
using Xapian::Query;
using Xapian::QueryParser;
using Xapian::Stem;
using Xapian::StemImplementation;
using Xapian::termcount;
using Xapian::TermGenerator;
using Xapian::Utf8Iterator;
using Xapian::WritableDatabase;

int find_xapian(dl_phdr_info *info, size_t, void *name)
{
    const char *base = info->dlpi_name ? strrchr(info->dlpi_name, '/') : nullptr;
    if (!base || strncmp(base, "/libxapian.so", 13) != 0)
        return 0;
    *static_cast<const char **>(name) = info->dlpi_name;
    return 1;
}

// libxapian's own function. Languages' bindings load libxapian out of the global scope, where RTLD_NEXT does not look.
void *original(const char *symbol)
{
    if (void *found = dlsym(RTLD_NEXT, symbol))
        return found;
    const char *name = nullptr;
    dl_iterate_phdr(find_xapian, &name);
    if (void *handle = name ? dlopen(name, RTLD_LAZY | RTLD_NOLOAD) : nullptr)
        return dlsym(handle, symbol);
    return nullptr;
}

template <typename Function> Function require(const char *symbol)
{
    void *found = original(symbol);
    // Only a program that links a libxapian without the function that it calls comes here.
    if (!found)
        throw std::runtime_error(std::string("allonym: there is no libxapian that has ") + symbol);
    return reinterpret_cast<Function>(found);
}

void say(const char *text, const char *more = "")
{
    fprintf(stderr, "%s: allonym: %s%s\n", program_invocation_short_name, text, more);
}

const char *environment(const char *name)
{
    return secure_getenv(name);
}

bool program_is_named(const std::string &programs)
{
    if (is_named(programs, program_invocation_short_name))
        return true;
    char path[4096];
    const ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    const std::string exe = len > 0 ? std::string(path, static_cast<size_t>(len)) : std::string();
    return is_named(programs, exe.substr(exe.rfind('/') + 1));
}

// The engine's file stands beside this one.
std::string engine_path()
{
    Dl_info info;
    if (!dladdr(reinterpret_cast<void *>(engine_path), &info) || !info.dli_fname)
        return ALN_PRELOAD_ENGINE;
    const std::string front = info.dli_fname;
    const size_t slash = front.rfind('/');
    return slash == std::string::npos ? ALN_PRELOAD_ENGINE : front.substr(0, slash + 1) + ALN_PRELOAD_ENGINE;
}

const engine *load()
{
    const char *named = environment("ALLONYM_PROGRAMS"), *file = environment("ALLONYM_CONFIG");
    if ((!named || !*named) && (!file || !*file))
        return nullptr;
    std::string problem;
    static const settings chosen = read_settings(environment, problem);
    if (!program_is_named(chosen.programs))
        return nullptr;
    if (!problem.empty())
        say(problem.c_str());
    // Where the headers' own version_string() looks.
    using info_function = const Xapian::Internal::constinfo *(*)();
    const auto info = reinterpret_cast<info_function>(original("_ZN6Xapian8Internal14get_constinfo_Ev"));
    const std::string found = info ? std::string(info()->str, strnlen(info()->str, sizeof info()->str)) : "unknown";
    if (found.compare(0, 4, "1.4.") != 0) {
        say("steps aside: it knows libxapian 1.4, this is ", found.c_str());
        return nullptr;
    }
    void *handle = dlopen(engine_path().c_str(), RTLD_NOW | RTLD_LOCAL);
    auto start = handle ? reinterpret_cast<engine_start>(dlsym(handle, "aln_preload_engine")) : nullptr;
    const engine *made = start ? start(&chosen) : nullptr;
    if (!made || made->abi != engine_abi) {
        const char *why = handle ? nullptr : dlerror();
        say("steps aside: ", why ? why : "its engine does not start");
        return nullptr;
    }
    if (chosen.verbose)
        say("at work in libxapian ", found.c_str());
    return made;
}

// The engine's own calls of libxapian come through here as well, and are not to be added to.
thread_local bool inside = false;

const engine *active()
{
    if (inside)
        return nullptr;
    try {
        inside = true;
        static const engine *const loaded = load();
        inside = false;
        return loaded;
    } catch (...) {
        inside = false;
        return nullptr;
    }
}

struct enter {
    enter()
    {
        inside = true;
    }
    ~enter()
    {
        inside = false;
    }
    enter(const enter &) = delete;
    enter &operator=(const enter &) = delete;
};

using stem_name_function = void (*)(Stem *, const std::string &);
using stem_fallback_function = void (*)(Stem *, const std::string &, bool);
using stem_own_function = void (*)(Stem *, StemImplementation *);
using index_function = void (*)(TermGenerator *, const Utf8Iterator &, termcount, const std::string &);
using parse_function = Query (*)(QueryParser *, const std::string &, unsigned, const std::string &);
using set_database_function = void (*)(QueryParser *, const Database &);
using destroy_function = void (*)(QueryParser *);
using snippet_function = std::string (*)(const MSet *, const std::string &, size_t, const Stem &, unsigned,
                                         const std::string &, const std::string &, const std::string &);
using add_function = docid (*)(WritableDatabase *, const Document &);
using replace_number_function = void (*)(WritableDatabase *, docid, const Document &);
using replace_term_function = docid (*)(WritableDatabase *, const std::string &, const Document &);

#define STEM_NAME "_ZN6Xapian4StemC1E" STRING
#define STEM_NAME_BASE "_ZN6Xapian4StemC2E" STRING
#define STEM_FALLBACK "_ZN6Xapian4StemC1E" STRING "b"
#define STEM_FALLBACK_BASE "_ZN6Xapian4StemC2E" STRING "b"
#define STEM_OWN "_ZN6Xapian4StemC1EPNS_18StemImplementationE"
#define INDEX "_ZN6Xapian13TermGenerator10index_textERKNS_12Utf8IteratorEj" STRING
#define INDEX_BARE "_ZN6Xapian13TermGenerator28index_text_without_positionsERKNS_12Utf8IteratorEj" STRING
#define PARSE "_ZN6Xapian11QueryParser11parse_queryE" STRING "jS8_"
#define SET_DATABASE "_ZN6Xapian11QueryParser12set_databaseERKNS_8DatabaseE"
#define DESTROY "_ZN6Xapian11QueryParserD1Ev"
#define DESTROY_BASE "_ZN6Xapian11QueryParserD2Ev"
#define SNIPPET "_ZNK6Xapian4MSet7snippetE" STRING "mRKNS_4StemEjS8_S8_S8_"
#define ADD_DOCUMENT "_ZN6Xapian16WritableDatabase12add_documentERKNS_8DocumentE"
#define REPLACE_NUMBER "_ZN6Xapian16WritableDatabase16replace_documentEjRKNS_8DocumentE"
#define REPLACE_TERM "_ZN6Xapian16WritableDatabase16replace_documentE" STRING "RKNS_8DocumentE"

// A stemmer of ours for a name that Xapian does not know, in the place of the Stem at `self`.
bool stem_of_ours(const engine *e, Stem *self, const std::string &language)
{
    enter here;
    StemImplementation *ours = e->stem(language);
    if (!ours)
        return false;
    require<stem_own_function>(STEM_OWN)(self, ours);
    return true;
}

} // namespace

void stem_by_name(Stem *self, const std::string &language) HOOK(STEM_NAME);
void stem_by_name_base(Stem *self, const std::string &language) HOOK(STEM_NAME_BASE);
void stem_or_none(Stem *self, const std::string &language, bool fallback) HOOK(STEM_FALLBACK);
void stem_or_none_base(Stem *self, const std::string &language, bool fallback) HOOK(STEM_FALLBACK_BASE);
void index_text(TermGenerator *self, const Utf8Iterator &text, termcount wdf, const std::string &prefix) HOOK(INDEX);
void index_bare(TermGenerator *self, const Utf8Iterator &text, termcount wdf, const std::string &prefix)
    HOOK(INDEX_BARE);
Query parse_query(QueryParser *self, const std::string &text, unsigned flags, const std::string &prefix) HOOK(PARSE);
void set_database(QueryParser *self, const Database &db) HOOK(SET_DATABASE);
void destroy(QueryParser *self) HOOK(DESTROY);
void destroy_base(QueryParser *self) HOOK(DESTROY_BASE);
std::string snippet(const MSet *self, const std::string &text, size_t length, const Stem &stemmer, unsigned flags,
                    const std::string &mark_start, const std::string &mark_end, const std::string &omit) HOOK(SNIPPET);
docid add_document(WritableDatabase *self, const Document &doc) HOOK(ADD_DOCUMENT);
void replace_number(WritableDatabase *self, docid did, const Document &doc) HOOK(REPLACE_NUMBER);
docid replace_term(WritableDatabase *self, const std::string &term, const Document &doc) HOOK(REPLACE_TERM);

void stem_by_name(Stem *self, const std::string &language)
{
    static const auto real = require<stem_name_function>(STEM_NAME);
    const engine *e = active();
    try {
        real(self, language);
    } catch (...) {
        if (!e || !stem_of_ours(e, self, language))
            throw;
    }
}

void stem_by_name_base(Stem *self, const std::string &language)
{
    stem_by_name(self, language);
}

void stem_or_none(Stem *self, const std::string &language, bool fallback)
{
    static const auto real = require<stem_fallback_function>(STEM_FALLBACK);
    const engine *e = active();
    try {
        real(self, language, e ? false : fallback);
    } catch (...) {
        if (!e || !stem_of_ours(e, self, language)) {
            if (!e || !fallback)
                throw;
            real(self, language, true);
        }
    }
}

void stem_or_none_base(Stem *self, const std::string &language, bool fallback)
{
    stem_or_none(self, language, fallback);
}

static void index_with(index_function real, TermGenerator *self, const Utf8Iterator &text, termcount wdf,
                       const std::string &prefix, bool positions)
{
    const engine *e = active();
    if (!e)
        return real(self, text, wdf, prefix);
    enter here;
    const char *bytes = text.raw();
    const size_t len = text.left();
    const Xapian::termpos before = e->position(*self);
    real(self, text, wdf, prefix);
    if (bytes && len)
        e->index(*self, bytes, len, wdf, prefix, before, positions);
}

void index_text(TermGenerator *self, const Utf8Iterator &text, termcount wdf, const std::string &prefix)
{
    static const auto real = require<index_function>(INDEX);
    index_with(real, self, text, wdf, prefix, true);
}

void index_bare(TermGenerator *self, const Utf8Iterator &text, termcount wdf, const std::string &prefix)
{
    static const auto real = require<index_function>(INDEX_BARE);
    index_with(real, self, text, wdf, prefix, false);
}

Query parse_query(QueryParser *self, const std::string &text, unsigned flags, const std::string &prefix)
{
    static const auto real = require<parse_function>(PARSE);
    Query query = real(self, text, flags, prefix);
    if (const engine *e = active()) {
        // Not around real(): a FieldProcessor of the program's may parse a query of its own in it.
        enter here;
        e->expand(self, text, query);
    }
    return query;
}

void set_database(QueryParser *self, const Database &db)
{
    static const auto real = require<set_database_function>(SET_DATABASE);
    real(self, db);
    if (const engine *e = active()) {
        enter here;
        e->set_database(self, db);
    }
}

void destroy(QueryParser *self)
{
    static const auto real = require<destroy_function>(DESTROY);
    if (const engine *e = active()) {
        enter here;
        e->forget(self);
    }
    real(self);
}

void destroy_base(QueryParser *self)
{
    destroy(self);
}

std::string snippet(const MSet *self, const std::string &text, size_t length, const Stem &stemmer, unsigned flags,
                    const std::string &mark_start, const std::string &mark_end, const std::string &omit)
{
    static const auto real = require<snippet_function>(SNIPPET);
    if (const engine *e = active()) {
        enter here;
        std::string ours;
        if (e->snippet(*self, text, length, mark_start, mark_end, omit, ours))
            return ours;
    }
    return real(self, text, length, stemmer, flags, mark_start, mark_end, omit);
}

static void note_write(WritableDatabase *db)
{
    if (const engine *e = active()) {
        enter here;
        e->written(*db);
    }
}

docid add_document(WritableDatabase *self, const Document &doc)
{
    static const auto real = require<add_function>(ADD_DOCUMENT);
    note_write(self);
    return real(self, doc);
}

void replace_number(WritableDatabase *self, docid did, const Document &doc)
{
    static const auto real = require<replace_number_function>(REPLACE_NUMBER);
    note_write(self);
    real(self, did, doc);
}

docid replace_term(WritableDatabase *self, const std::string &term, const Document &doc)
{
    static const auto real = require<replace_term_function>(REPLACE_TERM);
    note_write(self);
    return real(self, term, doc);
}

} // namespace aln_preload
