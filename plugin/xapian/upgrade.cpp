/*
 * Upgrade in place: name terms for the documents of an index that another program wrote, from the positions in the
 * index itself.
 *
 * The words of a document, put in the order of their positions, are its text again, but for capitals and punctuation:
 * every word gets its capital, and a gap between positions is the end of a sentence. Its name keys and entities are
 * added at the places of the words; stems are not, as the lexicon says which words have them, and a "Z" term of ours
 * could not be told from one of the other program's. Each upgraded document has the mark "XN!", which is no key, so
 * that an interrupted run, a later one, and the removal know without counting which are done.
 *
 * Where the other program has terms of its own under XN or XE (Recoll's XEpdf is a file name's extension), ours are
 * under XALNN and XALNE; the metadata say so.
 *
 * A transaction holds whole documents, and Xapian's commit is atomic: after a crash a document has all of its name
 * terms and the mark, or neither.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "upgrade.h"

#include <algorithm>
#include <utility>

using namespace aln;

// What name terms begin with before N or E, the first that is free.
static const char *const prefixes[] = {"X", "XALN"};

static std::string mark_of(const std::string &prefix)
{
    return prefix + "N!";
}

// Ours are the prefix with "N" or "E" before a key or an id; behind another program's prefix of more letters comes a
// capital.
static bool is_name_term(const std::string &term, const std::string &prefix)
{
    const size_t n = prefix.size();
    return term.size() > n + 1 && term.compare(0, n, prefix) == 0 && (term[n] == 'N' || term[n] == 'E') &&
           !(term[n + 1] >= 'A' && term[n + 1] <= 'Z');
}

static bool has_name_terms(const Xapian::Database &db, const std::string &prefix)
{
    for (const char *kind : {"N", "E"})
        for (Xapian::TermIterator i = db.allterms_begin(prefix + kind), end = db.allterms_end(prefix + kind); i != end;
             ++i)
            if (is_name_term(*i, prefix))
                return true;
    return false;
}

// The prefix of our name terms, those that are there or those to come; empty = all are taken.
static std::string prefix_of(const Xapian::Database &db)
{
    const std::string kept = db.get_metadata(upgrade_prefix);
    if (!kept.empty())
        return kept;
    if (db.get_metadata(ALN_XAPIAN_UPGRADE) == "terms" || db.term_exists(mark_of(prefixes[0])))
        return prefixes[0];
    for (const char *prefix : prefixes)
        if (!has_name_terms(db, prefix))
            return prefix;
    return "";
}

namespace
{

struct placed {
    std::string text;
    std::vector<std::pair<size_t, Xapian::termpos>> words; // where each begins in text, and its position
    std::vector<size_t> at;                                // by our positions: index of words
};

struct name_writer {
    placed *text;
    Xapian::Document *doc;
    bool failed;
};

int on_word(void *ctx, uint32_t position, size_t start, size_t)
{
    name_writer *w = static_cast<name_writer *>(ctx);
    try {
        const auto &words = w->text->words;
        auto i = std::upper_bound(words.begin(), words.end(), start,
                                  [](size_t s, const std::pair<size_t, Xapian::termpos> &p) { return s < p.first; });
        w->text->at.resize(position + 1u, 0);
        w->text->at[position] = i == words.begin() ? 0 : static_cast<size_t>(i - words.begin()) - 1;
        return ALN_OK;
    } catch (...) {
        w->failed = true;
        return ALN_ENOMEM;
    }
}

int on_term(void *ctx, const char *term, size_t len, uint32_t position)
{
    name_writer *w = static_cast<name_writer *>(ctx);
    try {
        if (position && position < w->text->at.size())
            w->doc->add_posting(std::string(term, len), w->text->words[w->text->at[position]].second);
        else
            w->doc->add_term(std::string(term, len));
        return ALN_OK;
    } catch (...) {
        w->failed = true;
        return ALN_ENOMEM;
    }
}

} // namespace

static void read_text(const Xapian::Database &db, Xapian::docid docid, placed &out)
{
    std::vector<std::pair<Xapian::termpos, std::string>> words;
    for (Xapian::TermIterator i = db.termlist_begin(docid), end = db.termlist_end(docid); i != end; ++i) {
        const std::string term = *i;
        if (term[0] >= 'A' && term[0] <= 'Z') {
            if (term[0] < 'Z')
                continue;
            i.skip_to("[");
            if (i == end)
                break;
        }
        const std::string word = *i;
        for (Xapian::PositionIterator p = i.positionlist_begin(), last = i.positionlist_end(); p != last; ++p)
            words.emplace_back(*p, word);
    }
    std::sort(words.begin(), words.end());
    Xapian::termpos before = 0;
    for (const auto &word : words) {
        if (before && word.first == before) // several words at one place: another program's synonyms
            continue;
        if (before)
            out.text += word.first == before + 1 ? " " : ". ";
        out.words.emplace_back(out.text.size(), word.first);
        out.text += capitalised(word.second);
        before = word.first;
    }
}

static void upgrade_document(aln_xapian *db, aln_analyzer *analyzer, const std::string &prefix, Xapian::docid docid)
{
    placed text;
    read_text(db->writer, docid, text);
    Xapian::Document doc = db->writer.get_document(docid);
    name_writer w{&text, &doc, false};
    aln_hook hook = ALN_HOOK_INIT;
    const std::string key = prefix + "N", entity = prefix + "E";
    hook.prefix[ALN_TERM_EXACT] = hook.prefix[ALN_TERM_STEM] = nullptr;
    hook.prefix[ALN_TERM_KEY] = key.c_str();
    hook.prefix[ALN_TERM_ENTITY] = entity.c_str();
    hook.ctx = &w;
    hook.posting = on_term;
    hook.position = on_word;
    hook.max_term_bytes = ALN_XAPIAN_MAX_TERM;
    hook.flags = ALN_HOOK_FEW_SKELETONS | ALN_HOOK_PART;
    uint32_t position = 0;
    const int code = aln_index_text(analyzer, &hook, nullptr, text.text.data(), text.text.size(), &position);
    if (w.failed)
        throw std::bad_alloc();
    if (code)
        throw Xapian::InternalError(aln_strerror(code));
    doc.add_boolean_term(mark_of(prefix));
    db->writer.replace_document(docid, doc);
}

// Documents without the mark (or with it), from `from` on, at most so many.
static std::vector<Xapian::docid> documents(const Xapian::Database &db, const std::string &mark, bool marked,
                                            Xapian::docid from, size_t count)
{
    std::vector<Xapian::docid> out;
    const std::string list = marked ? mark : "";
    Xapian::PostingIterator i = db.postlist_begin(list), end = db.postlist_end(list);
    Xapian::PostingIterator done = db.postlist_begin(mark), done_end = db.postlist_end(mark);
    if (i != end && *i < from)
        i.skip_to(from);
    for (; i != end && out.size() < count; ++i) {
        if (!marked) {
            if (done != done_end && *done < *i)
                done.skip_to(*i);
            if (done != done_end && *done == *i)
                continue;
        }
        out.push_back(*i);
    }
    return out;
}

static void add_terms(aln_xapian *db, aln_analyzer *analyzer, upgrade_run &run)
{
    const std::string prefix = prefix_of(db->writer), mark = mark_of(prefix);
    const uint64_t all = db->writer.get_doccount();
    uint64_t done = db->writer.get_termfreq(mark);
    if (prefix != prefixes[0] && db->writer.get_metadata(upgrade_prefix).empty()) {
        db->writer.begin_transaction();
        db->writer.set_metadata(upgrade_prefix, prefix);
        db->writer.commit_transaction();
    }
    for (Xapian::docid from = 1;;) {
        const std::vector<Xapian::docid> batch = documents(db->writer, mark, false, from, run.documents);
        if (batch.empty())
            break;
        db->writer.begin_transaction();
        for (Xapian::docid docid : batch)
            upgrade_document(db, analyzer, prefix, docid);
        db->writer.commit_transaction();
        from = batch.back() + 1;
        done += batch.size();
        run.tell("documents", done, all);
    }
    db->writer.begin_transaction();
    db->writer.set_metadata(ALN_XAPIAN_UPGRADE, "terms");
    db->writer.commit_transaction();
}

static void remove_terms(aln_xapian *db, upgrade_run &run)
{
    const std::string prefix = prefix_of(db->writer), mark = mark_of(prefix);
    if (prefix.empty()) // there are none
        return;
    const uint64_t all = db->writer.get_termfreq(mark);
    uint64_t done = 0;
    for (;;) {
        const std::vector<Xapian::docid> batch = documents(db->writer, mark, true, 1, run.documents);
        if (batch.empty())
            return;
        db->writer.begin_transaction();
        for (Xapian::docid docid : batch) {
            Xapian::Document doc = db->writer.get_document(docid);
            std::vector<std::string> ours;
            for (Xapian::TermIterator i = doc.termlist_begin(), end = doc.termlist_end(); i != end; ++i)
                if (is_name_term(*i, prefix))
                    ours.push_back(*i);
            for (const std::string &term : ours)
                doc.remove_term(term);
            db->writer.replace_document(docid, doc);
        }
        // From here on names are looked up in the lexicon again.
        db->writer.set_metadata(ALN_XAPIAN_UPGRADE, "lexicon");
        db->writer.commit_transaction();
        done += batch.size();
        run.tell("documents restored", done, all);
    }
}

static aln_status may_upgrade(aln_xapian *db, const std::string &fingerprint, bool terms, aln_error *err)
{
    if (!db->writable || db->db.size() != 1)
        return fail(err, ALN_EINVAL,
                    db->writable ? "several databases at once: upgrade each by itself" : "open for reading only");
    const std::string state = db->writer.get_metadata(ALN_XAPIAN_UPGRADE);
    const std::string kept = db->writer.get_metadata(ALN_XAPIAN_FINGERPRINT);
    if (state.empty() && !kept.empty())
        return fail(err, ALN_EINVAL, "allonym wrote this index: it has its names");
    if (terms && prefix_of(db->writer).empty())
        return fail(
            err, ALN_EINVAL,
            "another program has terms under XN or XE, and others under XALNN or XALNE: only the lexicon can be "
            "made");
    if (!state.empty() && kept != fingerprint)
        return fail(err, ALN_EMISMATCH, "upgraded by another version; remove that upgrade first");
    return ALN_OK;
}

aln_status aln_xapian_upgrade(aln_xapian *db, aln_analyzer *analyzer, const aln_xapian_upgrade_options *options,
                              aln_error *err)
{
    static const aln_xapian_upgrade_options defaults = ALN_XAPIAN_UPGRADE_OPTIONS_INIT;
    return guard(err, [&] {
        upgrade_run run{options ? options : &defaults, aln_analyzer_fingerprint(analyzer)};
        if (run.options->batch)
            run.words = run.documents = run.options->batch;
        if (aln_status s = may_upgrade(db, run.fingerprint, run.options->terms != 0, err))
            return s;
        make_lexicon(db, analyzer, run);
        if (run.options->terms || db->writer.get_metadata(ALN_XAPIAN_UPGRADE) == "terms")
            add_terms(db, analyzer, run);
        return ALN_OK;
    });
}

aln_status aln_xapian_upgrade_remove(aln_xapian *db, const aln_xapian_upgrade_options *options, aln_error *err)
{
    static const aln_xapian_upgrade_options defaults = ALN_XAPIAN_UPGRADE_OPTIONS_INIT;
    return guard(err, [&] {
        upgrade_run run{options ? options : &defaults, ""};
        if (run.options->batch)
            run.words = run.documents = run.options->batch;
        if (!db->writable || db->db.size() != 1)
            return fail(err, ALN_EINVAL, "one database that is open for writing is needed");
        if (db->writer.get_metadata(ALN_XAPIAN_UPGRADE).empty())
            return fail(err, ALN_ENOTFOUND, "this index was not upgraded");
        remove_terms(db, run);
        remove_lexicon(db, run);
        // Last of all: until here a second run finds that there is something left to remove.
        db->writer.begin_transaction();
        for (const char *key : {lexicon_at, upgrade_prefix, ALN_XAPIAN_FINGERPRINT, ALN_XAPIAN_UPGRADE})
            db->writer.set_metadata(key, "");
        db->writer.commit_transaction();
        return ALN_OK;
    });
}
