/*
 * Name terms beside those that TermGenerator made.
 *
 * TermGenerator says only at which position it began and ended, so its words are cut here once more by its rules
 * (xapian_words()). If their number is the number of positions, the n-th word has the n-th; else a stop list, long
 * words or FLAG_CJK_NGRAM were at work: then each ideogram is tried as a word, and at last what stands at each position
 * of the document decides. Each of our words gets the position of Xapian's word that begins it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terms.h"

#include <map>

namespace aln_preload
{

namespace
{

// TermGenerator's default, which Omega, notmuch and the bindings leave as it is.
constexpr size_t max_word_length = 64;
// A posting's first byte in the hook below, which takes the place of a prefix.
const char kind_marks[] = {'e', 's', 'k', 'n'};

// Whether this thread has added terms to a document that is not yet written.
thread_local bool terms_added = false;

struct placed {
    size_t start, end;
    Xapian::termpos position; // 0 = none
};

// Positions by what the document has there, for words that a stop list or a length let fall.
void place_by_document(const Xapian::Document &doc, const std::string &prefix, Xapian::termpos before,
                       Xapian::termpos after, const std::vector<xapian_word> &words, std::vector<placed> &out)
{
    std::map<Xapian::termpos, std::string> at;
    for (auto t = doc.termlist_begin(); t != doc.termlist_end(); ++t) {
        const std::string term = *t;
        if (term.compare(0, prefix.size(), prefix) != 0)
            continue;
        for (auto p = t.positionlist_begin(); p != t.positionlist_end(); ++p)
            if (*p > before && *p <= after)
                at.emplace(*p, term.substr(prefix.size()));
    }
    auto next = at.begin();
    for (const xapian_word &w : words) {
        placed one = {w.start, w.end, 0};
        if (next != at.end() && (next->second == w.lower || next->second == ":" + w.lower)) {
            one.position = next->first;
            ++next;
        }
        out.push_back(one);
    }
}

std::vector<placed> place(const Xapian::Document &doc, const std::string &prefix, Xapian::termpos before,
                          Xapian::termpos after, const char *text, size_t len)
{
    std::vector<placed> out;
    std::vector<xapian_word> words;
    for (bool characters : {false, true}) {
        words = xapian_words(text, len, characters);
        size_t kept = 0;
        for (const xapian_word &w : words)
            kept += w.lower.size() <= max_word_length;
        if (kept != after - before)
            continue;
        Xapian::termpos position = before;
        for (const xapian_word &w : words)
            out.push_back({w.start, w.end, w.lower.size() <= max_word_length ? ++position : 0});
        return out;
    }
    words = xapian_words(text, len, false);
    place_by_document(doc, prefix, before, after, words, out);
    return out;
}

struct adder {
    Xapian::Document doc;
    const std::string *prefix;
    Xapian::termcount wdf_inc;
    std::vector<placed> words;
    size_t next_word = 0;
    std::vector<Xapian::termpos> positions; // of our words, by their number
};

int hook_position(void *ctx, uint32_t position, size_t start, size_t) noexcept
{
    adder *a = static_cast<adder *>(ctx);
    try {
        while (a->next_word < a->words.size() && a->words[a->next_word].end <= start)
            a->next_word++;
        if (a->positions.size() <= position)
            a->positions.resize(position + 1, 0);
        a->positions[position] = a->next_word < a->words.size() ? a->words[a->next_word].position : 0;
        return 0;
    } catch (...) {
        return ALN_ENOMEM;
    }
}

int hook_posting(void *ctx, const char *term, size_t len, uint32_t position) noexcept
{
    adder *a = static_cast<adder *>(ctx);
    try {
        aln_term_kind kind = ALN_TERM_EXACT;
        while (kind_marks[kind] != term[0])
            kind = static_cast<aln_term_kind>(kind + 1);
        // The program has written the words; but where no spaces are, not as ours.
        if (kind == ALN_TERM_EXACT && !is_unspaced(term + 1, len - 1))
            return 0;
        const std::string name = term_of(kind, *a->prefix, term + 1, len - 1);
        if (name.size() > max_term)
            return 0;
        const Xapian::termpos at = position < a->positions.size() ? a->positions[position] : 0;
        if (at)
            a->doc.add_posting(name, at, a->wdf_inc);
        else
            a->doc.add_term(name, a->wdf_inc);
        return 0;
    } catch (...) {
        return ALN_EENGINE;
    }
}

// Omega's term for a document's language, if the program has already written it: L and two or three letters, perhaps
// with a script behind. L with anything else is of the program's own making.
std::string language_term(const Xapian::Document &doc)
{
    auto t = doc.termlist_begin();
    t.skip_to("La");
    const std::string term = t == doc.termlist_end() ? std::string() : *t;
    const size_t end = term.find('-');
    const size_t letters = (end == std::string::npos ? term.size() : end) - (term.empty() ? 0 : 1);
    return !term.empty() && term[0] == 'L' && (letters == 2 || letters == 3) ? term.substr(1) : std::string();
}

// A title is too short to tell its language; with the text behind it, it does, and so may the text. This keeps the
// beginning of what a thread indexes into one document.
struct told {
    const void *doc = nullptr;
    std::string text;
};

std::string language_of(const Xapian::Document &doc, Xapian::termpos before, const char *text, size_t len)
{
    thread_local told so_far;
    constexpr size_t enough = 4096;
    std::string language = language_term(doc);
    if (!language.empty() && language != "und")
        return language;
    if (so_far.doc != doc.internal.get() || !before) { // a new document may stand where the last one was
        so_far.doc = doc.internal.get();
        so_far.text.clear();
    }
    const bool is_first = so_far.text.empty();
    if (so_far.text.size() < enough) {
        so_far.text.append(text, len < enough ? len : enough);
        so_far.text += '\n';
    }
    language = aln_identify(analyzer(), text, len);
    if (language == "und" && !is_first)
        language = aln_identify(analyzer(), so_far.text.data(), so_far.text.size());
    return language;
}

} // namespace

Xapian::termpos position_of(const Xapian::TermGenerator &generator) noexcept
{
    try {
        return generator.get_termpos();
    } catch (...) {
        return 0;
    }
}

void index_after(const Xapian::TermGenerator &generator, const char *text, size_t len, Xapian::termcount wdf_inc,
                 const std::string &prefix, Xapian::termpos before, bool positions) noexcept
{
    if (!chosen().index)
        return;
    try {
        // A Document is a handle: terms added to the copy are in the generator's document.
        adder a = {generator.get_document(), &prefix, wdf_inc, {}, 0, {}};
        aln_hook hook = ALN_HOOK_INIT;
        const char *const marks[] = {"e", "s", "k", "n"};
        for (unsigned kind = 0; kind < ALN_TERM_KINDS; kind++)
            hook.prefix[kind] = marks[kind];
        hook.ctx = &a;
        hook.max_term_bytes = max_term;
        hook.posting = hook_posting;
        if (positions) {
            a.words = place(a.doc, prefix, before, generator.get_termpos(), text, len);
            hook.position = hook_position;
        }
        uint32_t position = 0;
        terms_added = true;
        const std::string language = language_of(a.doc, before, text, len);
        const int code = aln_index_text(analyzer(), &hook, language.c_str(), text, len, &position);
        if (code != ALN_OK)
            warn(std::string("a text has no name terms: ") + aln_strerror(code));
    } catch (const Xapian::Error &e) {
        warn("a text has no name terms: " + e.get_msg());
    } catch (const std::exception &e) {
        warn(std::string("a text has no name terms: ") + e.what());
    } catch (...) {
        warn("a text has no name terms");
    }
}

void note_written(Xapian::WritableDatabase &db) noexcept
{
    if (!terms_added)
        return;
    terms_added = false;
    try {
        const std::string ours = fingerprint(), theirs = db.get_metadata(ALN_PRELOAD_FINGERPRINT);
        if (theirs.empty())
            db.set_metadata(ALN_PRELOAD_FINGERPRINT, ours);
        else if (theirs != ours)
            warn("the database has name terms of other rules: index it anew (it has \"" + theirs + "\", this is \"" +
                 ours + "\")");
    } catch (const Xapian::Error &e) {
        warn("the rules of the name terms could not be noted: " + e.get_msg());
    } catch (...) {
        warn("the rules of the name terms could not be noted");
    }
}

} // namespace aln_preload
