/*
 * Writing documents: the hook that takes allonym's terms into a Xapian document, and add, replace and delete.
 *
 * A field's terms stand beside the text's under Omega's scheme: "S" before a word or one of our prefixed terms, and
 * "ZS" before a stem, as Xapian's QueryParser builds it for a prefixed stem. One analysis of a title gives both.
 *
 * Long ids: Omega's hash_long_term() (omega/hashterm.cc describes it) keeps the head of the term and puts six
 * characters in place of the tail, 32 bits of a multiplicative hash (h = 33 h + byte, from 1) written in base 64 from
 * "!" on, low digits first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <algorithm>
#include <cstring>

namespace aln
{

static const size_t hash_length = 6;

// Where a term has no position in a document, OP_PHRASE and OP_NEAR of libxapian 1.4 take it to stand at position 0.
// Some ids and keys have positions in some documents only, so the first word stands farther behind than NEAR reaches.
static const uint32_t places_before = 15;

static std::string hash_long(const std::string &term)
{
    if (term.size() <= ALN_XAPIAN_MAX_TERM)
        return term;
    const size_t keep = ALN_XAPIAN_MAX_TERM - hash_length;
    uint32_t h = 1;
    for (size_t i = keep; i < term.size(); i++)
        h = h * 33 + static_cast<unsigned char>(term[i]);
    std::string out(term, 0, keep);
    for (size_t i = 0; i < hash_length; i++) {
        out += h ? static_cast<char>((h & 63) + 33) : ' ';
        h >>= 6;
    }
    return out;
}

std::string id_term(const char *id, size_t len)
{
    return hash_long("Q" + std::string(id, len));
}

std::string boolean_term(const std::string &prefix, const char *value, size_t len)
{
    return hash_long(prefix + std::string(value, len));
}

} // namespace aln

using namespace aln;

aln_status aln_xapian_doc_new(aln_xapian_doc **out, aln_error *err)
{
    *out = nullptr;
    return guard(err, [&] {
        *out = new aln_xapian_doc;
        return ALN_OK;
    });
}

void aln_xapian_doc_free(aln_xapian_doc *doc)
{
    delete doc;
}

aln_status aln_xapian_doc_clear(aln_xapian_doc *doc, aln_error *err)
{
    return guard(err, [&] {
        doc->doc = Xapian::Document();
        return ALN_OK;
    });
}

aln_status aln_xapian_doc_set_data(aln_xapian_doc *doc, const char *data, size_t len, aln_error *err)
{
    return guard(err, [&] {
        doc->doc.set_data(std::string(data, len));
        return ALN_OK;
    });
}

aln_status aln_xapian_doc_set_value(aln_xapian_doc *doc, uint32_t slot, const char *value, size_t len, aln_error *err)
{
    return guard(err, [&] {
        doc->doc.add_value(slot, std::string(value, len));
        return ALN_OK;
    });
}

aln_status aln_xapian_doc_add_boolean(aln_xapian_doc *doc, const char *prefix, const char *value, size_t len,
                                      aln_error *err)
{
    return guard(err, [&] {
        doc->doc.add_boolean_term(boolean_term(prefix, value, len));
        return ALN_OK;
    });
}

aln_status aln_xapian_doc_add_term(aln_xapian_doc *doc, const char *term, size_t len, uint32_t position, aln_error *err)
{
    if (len > ALN_XAPIAN_MAX_TERM)
        return fail(err, ALN_ELIMIT, "the term is longer than 245 bytes");
    return guard(err, [&] {
        doc->term.assign(term, len);
        if (position)
            doc->doc.add_posting(doc->term, position);
        else
            doc->doc.add_term(doc->term);
        return ALN_OK;
    });
}

static void add_posting(aln_xapian_doc *doc, uint32_t position)
{
    if (position)
        doc->doc.add_posting(doc->term, position);
    else
        doc->doc.add_term(doc->term);
}

static int hook_posting(void *ctx, const char *term, size_t len, uint32_t position)
{
    aln_xapian_doc *doc = static_cast<aln_xapian_doc *>(ctx);
    try {
        doc->term.assign(term, len);
        add_posting(doc, position);
        if (!doc->field.empty() && !is_skeleton(term, len) && len + doc->field.size() <= ALN_XAPIAN_MAX_TERM) {
            doc->term.insert(len && term[0] == 'Z' ? 1 : 0, doc->field);
            // Words have positions in fields as other programs expect; keys and ids need them once, in the whole text.
            add_posting(doc, len && term[0] == 'X' ? 0 : position);
        }
        return ALN_OK;
    } catch (const std::bad_alloc &) {
        return ALN_ENOMEM;
    } catch (const Xapian::Error &e) {
        try {
            doc->error = message_of(e);
        } catch (...) {
            return ALN_ENOMEM;
        }
        return status_of(e);
    } catch (...) {
        return ALN_EENGINE;
    }
}

void aln_xapian_doc_hook(aln_xapian_doc *doc, const char *field, aln_hook *hook)
{
    aln_hook made = ALN_HOOK_INIT;
    made.ctx = doc;
    made.posting = hook_posting;
    made.max_term_bytes = ALN_XAPIAN_MAX_TERM;
    made.flags = ALN_HOOK_FEW_SKELETONS | (field && *field ? ALN_HOOK_PART : 0);
    // Prefixes are a few bytes, which std::string keeps in itself: this does not throw.
    doc->field = field ? field : "";
    doc->error.clear();
    *hook = made;
}

aln_status aln_xapian_doc_add_text(aln_xapian_doc *doc, aln_analyzer *analyzer, const char *language, const char *field,
                                   const char *text, size_t len, uint32_t *position, aln_error *err)
{
    return guard(err, [&] {
        aln_hook hook;
        aln_xapian_doc_hook(doc, field, &hook);
        uint32_t own = 0, *at = position ? position : &own;
        if (!*at)
            *at = places_before;
        if (*at > places_before)
            hook.flags |= ALN_HOOK_PART;
        int code = aln_index_text(analyzer, &hook, language, text, len, at);
        if (code != ALN_OK)
            return fail(err, static_cast<aln_status>(code), doc->error.empty() ? aln_strerror(code) : doc->error);
        return ALN_OK;
    });
}

aln_status aln_xapian_note_language(aln_xapian *db, const char *language, aln_error *err)
{
    return guard(err, [&] {
        if (!db->writable)
            return fail(err, ALN_EINVAL, "the database is open for reading only");
        if (db->languages.insert(language).second)
            db->languages_changed = true;
        return ALN_OK;
    });
}

aln_status aln_xapian_add(aln_xapian *db, const aln_xapian_doc *doc, aln_docid *docid, aln_error *err)
{
    return guard(err, [&] {
        if (!db->writable)
            return fail(err, ALN_EINVAL, "the database is open for reading only");
        Xapian::docid added = db->writer.add_document(doc->doc);
        db->keeper.note(doc->doc);
        if (docid)
            *docid = added;
        return ALN_OK;
    });
}

// A document that is replaced keeps its place in the order of all shards, as it keeps its number.
static void keep_order(const Xapian::WritableDatabase &db, const std::string &term, Xapian::Document &doc)
{
    if (doc.get_value(ALN_XAPIAN_ORDER_SLOT).empty())
        return;
    Xapian::PostingIterator old = db.postlist_begin(term);
    if (old == db.postlist_end(term))
        return;
    const std::string order = db.get_document(*old).get_value(ALN_XAPIAN_ORDER_SLOT);
    if (!order.empty())
        doc.add_value(ALN_XAPIAN_ORDER_SLOT, order);
}

aln_status aln_xapian_replace(aln_xapian *db, const char *id, size_t id_len, aln_xapian_doc *doc, aln_docid *docid,
                              aln_error *err)
{
    return guard(err, [&] {
        if (!db->writable)
            return fail(err, ALN_EINVAL, "the database is open for reading only");
        const std::string term = id_term(id, id_len);
        doc->doc.add_boolean_term(term);
        keep_order(db->writer, term, doc->doc);
        Xapian::docid replaced = db->writer.replace_document(term, doc->doc);
        db->keeper.note(doc->doc);
        if (replaced < db->ids.size())
            db->ids[replaced].clear();
        if (docid)
            *docid = replaced;
        return ALN_OK;
    });
}

aln_status aln_xapian_delete(aln_xapian *db, const char *id, size_t id_len, aln_error *err)
{
    return guard(err, [&] {
        if (!db->writable)
            return fail(err, ALN_EINVAL, "the database is open for reading only");
        const std::string term = id_term(id, id_len);
        if (!db->writer.term_exists(term))
            return fail(err, ALN_ENOTFOUND, "no document has this id");
        db->writer.delete_document(term);
        db->ids.clear();
        return ALN_OK;
    });
}
