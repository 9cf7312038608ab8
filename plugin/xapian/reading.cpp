/*
 * Reading documents and the vocabulary back.
 *
 * Ids are read from the "Q" term of a document rather than from its data: the term list is short to reach, while data
 * holds the whole text; and they are remembered by number, as a batch of queries names the same documents again and
 * again.
 *
 * The vocabulary of exact words has no prefix, so that all prefixed terms (which begin with A to Z) lie in the middle
 * of its order of bytes; the cursor jumps over them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <cstdlib>
#include <cstring>

using namespace aln;

static const size_t max_remembered_ids = 4u << 20;

static const std::string &id_of(aln_xapian *db, Xapian::docid docid)
{
    if (docid < db->ids.size() && !db->ids[docid].empty())
        return db->ids[docid];
    Xapian::TermIterator i = db->db.termlist_begin(docid), end = db->db.termlist_end(docid);
    db->scratch.clear();
    i.skip_to("Q");
    if (i != end) {
        const std::string term = *i;
        if (term[0] == 'Q')
            db->scratch.assign(term, 1, std::string::npos);
    }
    if (db->scratch.empty()) // a document of another program: its number
        db->scratch = std::to_string(docid);
    if (docid >= max_remembered_ids)
        return db->scratch;
    if (docid >= db->ids.size())
        db->ids.resize(docid + docid / 2 + 1);
    db->ids[docid] = db->scratch;
    return db->ids[docid];
}

aln_status aln_xapian_find(aln_xapian *db, const char *id, size_t id_len, aln_docid *docid, aln_error *err)
{
    *docid = 0;
    return guard_reading(db, err, [&] {
        const std::string term = id_term(id, id_len);
        Xapian::PostingIterator i = db->db.postlist_begin(term);
        if (i != db->db.postlist_end(term)) {
            *docid = *i;
            return ALN_OK;
        }
        const std::string number(id, id_len);
        const unsigned long n = number.size() < 10 ? strtoul(number.c_str(), nullptr, 10) : 0;
        const Xapian::docid wanted = static_cast<Xapian::docid>(n);
        Xapian::PostingIterator all = db->db.postlist_begin(std::string()), end = db->db.postlist_end(std::string());
        if (n && all != end && *all < wanted)
            all.skip_to(wanted);
        if (!n || all == end || *all != wanted || id_of(db, wanted) != number)
            return fail(err, ALN_ENOTFOUND, "no document has this id");
        *docid = wanted;
        return ALN_OK;
    });
}

aln_status aln_xapian_data(aln_xapian *db, aln_docid docid, const char **data, size_t *len, aln_error *err)
{
    *data = nullptr;
    *len = 0;
    return guard_reading(db, err, [&] {
        db->scratch = db->db.get_document(docid).get_data();
        *data = db->scratch.c_str();
        *len = db->scratch.size();
        return ALN_OK;
    });
}

aln_status aln_xapian_id(aln_xapian *db, aln_docid docid, const char **id, size_t *len, aln_error *err)
{
    *id = nullptr;
    *len = 0;
    return guard_reading(db, err, [&] {
        const std::string &found = id_of(db, docid);
        *id = found.c_str();
        *len = found.size();
        return ALN_OK;
    });
}

aln_status aln_xapian_has_term(aln_xapian *db, aln_docid docid, const aln_query_node *term, int *has, aln_error *err)
{
    *has = 0;
    return guard_reading(db, err, [&] {
        if (term->op != ALN_Q_TERM)
            return fail(err, ALN_EINVAL, "not a term of a plan");
        std::string prefix;
        if (term->field) {
            size_t count;
            const aln_xapian_field *fields = aln_xapian_fields(&count), *end = fields + count;
            while (fields != end && strcmp(fields->query.name, term->field) != 0)
                fields++;
            if (fields == end)
                throw bad_field{term->field};
            prefix = fields->prefix;
        }
        for (const std::string &wanted : index_terms(db, term, prefix)) {
            Xapian::TermIterator i = db->db.termlist_begin(docid);
            i.skip_to(wanted);
            if (i != db->db.termlist_end(docid) && *i == wanted)
                *has = 1;
        }
        return ALN_OK;
    });
}

int aln_xapian_each(aln_xapian *db, aln_docid first,
                    int (*fn)(void *ctx, aln_docid docid, const char *data, size_t len), void *ctx, aln_error *err)
{
    int result = 0;
    aln_docid next = first ? first : 1;
    aln_status status;
    aln_docid tried;
    do { // a writer may overtake many times on a long way, as long as there is progress between
        tried = next;
        status = guard_reading(db, err, [&] {
            Xapian::PostingIterator i = db->db.postlist_begin(std::string()), end = db->db.postlist_end(std::string());
            if (next > 1)
                i.skip_to(next);
            for (; i != end && result == 0; ++i) {
                const std::string data = db->db.get_document(*i).get_data();
                next = *i + 1;
                result = fn(ctx, *i, data.c_str(), data.size());
            }
            return ALN_OK;
        });
    } while (status == ALN_EIO && result == 0 && next > tried);
    return status ? status : result;
}

int aln_xapian_each_term(aln_xapian *db, aln_docid docid, int (*fn)(void *ctx, const char *term, size_t len), void *ctx,
                         aln_error *err)
{
    int result = 0;
    aln_status status = guard(err, [&] {
        for (Xapian::TermIterator i = db->db.termlist_begin(docid), end = db->db.termlist_end(docid);
             i != end && result == 0; ++i) {
            const std::string term = *i;
            result = fn(ctx, term.c_str(), term.size());
        }
        return ALN_OK;
    });
    return status ? status : result;
}

/* -------------------------------------------------------------- vocabulary */

// The term under the cursor, or none past the last.
static aln_status give_term(aln_xapian *db, const char **term, size_t *len, uint32_t *freq)
{
    *term = nullptr;
    *len = 0;
    db->past_end = db->term == db->term_end;
    if (db->past_end)
        return ALN_OK;
    db->term_now = *db->term;
    if (db->term_exact && db->term_now[0] >= 'A' && db->term_now[0] <= 'Z') {
        db->term.skip_to("[");
        db->past_end = db->term == db->term_end;
        if (db->past_end)
            return ALN_OK;
        db->term_now = *db->term;
    }
    // A frequency is in the posting list, which is another record to decode for every term that is passed.
    if (freq)
        *freq = db->in_lexicon ? 1 : db->term.get_termfreq();
    *term = db->term_now.c_str() + db->prefix.size();
    *len = db->term_now.size() - db->prefix.size();
    return ALN_OK;
}

// Puts the cursor before the first term of the vocabulary that db->prefix names.
static void begin_vocabulary(aln_xapian *db)
{
    db->term = db->in_lexicon ? db->db.metadata_keys_begin(db->prefix) : db->db.allterms_begin(db->prefix);
    db->term_end = db->in_lexicon ? db->db.metadata_keys_end(db->prefix) : db->db.allterms_end(db->prefix);
}

// The word under the cursor of the name lexicon.
static aln_status give_word(aln_xapian *db, const char **term, size_t *len, uint32_t *freq)
{
    *term = nullptr;
    *len = 0;
    if (db->words.past_end())
        return ALN_OK;
    *term = db->words.word();
    *len = db->words.length();
    if (freq)
        *freq = db->db.get_termfreq("Z" + std::string(*term, *len));
    return ALN_OK;
}

static int vocabulary_seek(void *ctx, aln_term_kind kind, const char *text, size_t text_len, const char **term,
                           size_t *len, uint32_t *freq)
{
    aln_xapian *db = static_cast<aln_xapian *>(ctx);
    *term = nullptr;
    *len = 0;
    if (kind >= ALN_TERM_KINDS)
        return ALN_EINVAL;
    return guard_reading(db, nullptr, [&] {
        // The lexicon has no words of digits.
        db->in_words =
            kind == ALN_TERM_STEM && text_len && static_cast<unsigned char>(text[0]) >= 'a' && !db->words.empty();
        if (db->in_words) {
            db->wanted.assign(text, text_len);
            db->words.seek(db->wanted);
            return give_word(db, term, len, freq);
        }
        if (must_fetch(db)) {
            fetched_seek(db, kind, std::string(text, text_len), term, len, freq);
            return ALN_OK;
        }
        std::string &wanted = db->wanted;
        const upgraded &upgrade = db->shards.size() == 1 ? db->shards[0].upgrade : db->upgrade;
        const bool in_lexicon = upgrade.in_lexicon(kind);
        wanted = in_lexicon ? lexicon_prefix + upgraded().of(kind) : upgrade.of(kind);
        const bool same = db->prefix == wanted && db->term != db->term_end;
        wanted.append(text, text_len);
        // A cursor of libxapian goes forward only; one that stands below the goal is used again.
        if (!same || db->term_now > wanted) {
            db->prefix.assign(wanted, 0, wanted.size() - text_len);
            db->in_lexicon = in_lexicon;
            db->term_exact = kind == ALN_TERM_EXACT;
            begin_vocabulary(db);
            // skip_to("") would stand before the first term, on nothing.
            if (db->term != db->term_end && *db->term < wanted)
                db->term.skip_to(wanted);
        } else if (db->term_now < wanted) {
            db->term.skip_to(wanted);
        }
        return give_term(db, term, len, freq);
    });
}

static int vocabulary_skip(void *ctx, aln_term_kind kind, const char *last, size_t bytes, const char **term,
                           size_t *len, uint32_t *freq)
{
    aln_xapian *db = static_cast<aln_xapian *>(ctx);
    *len = 0;
    if (!db->in_words || !db->words.begun()) {
        // A byte of UTF-8 is never FF, so that one more is the first string behind all with this beginning.
        std::string behind;
        const aln_status status = guard(nullptr, [&] {
            behind.assign(last, bytes);
            behind.back()++;
            return ALN_OK;
        });
        *term = nullptr;
        return status ? status : vocabulary_seek(ctx, kind, behind.data(), bytes, term, len, freq);
    }
    *term = nullptr;
    return guard_reading(db, nullptr, [&] {
        if (db->words.begun())
            db->words.skip(bytes);
        else // another revision's words: the one that was given is not known to be there
            db->words.seek(std::string(db->words.word_before(), 0, bytes) + "\xFF");
        return give_word(db, term, len, freq);
    });
}

static int vocabulary_next(void *ctx, const char **term, size_t *len, uint32_t *freq)
{
    aln_xapian *db = static_cast<aln_xapian *>(ctx);
    *term = nullptr;
    *len = 0;
    return guard_reading(db, nullptr, [&] {
        if (db->in_words && !db->words.empty()) {
            db->words.next();
            return give_word(db, term, len, freq);
        }
        if (db->in_words) { // the revision that is read now has no lexicon: go on among the terms
            db->in_words = db->in_lexicon = db->term_exact = db->past_end = false;
            db->prefix = "Z";
            db->term_now = "Z" + db->words.word_before();
            db->term = db->term_end = Xapian::TermIterator();
        }
        if (must_fetch(db)) {
            fetched_next(db, term, len, freq);
            return ALN_OK;
        }
        if (db->past_end)
            return ALN_OK;
        if (db->term == db->term_end) { // lost with the revision: find the place again
            begin_vocabulary(db);
            if (db->term != db->term_end && *db->term < db->term_now)
                db->term.skip_to(db->term_now);
            if (db->term != db->term_end && *db->term == db->term_now)
                ++db->term;
        } else {
            ++db->term;
        }
        return give_term(db, term, len, freq);
    });
}

static int vocabulary_part(void *ctx, aln_term_kind kind, const char *text, size_t text_len,
                           const unsigned char **bytes, size_t *size, const char **limit, size_t *limit_len)
{
    aln_xapian *db = static_cast<aln_xapian *>(ctx);
    return guard_reading(db, nullptr, [&] {
        // The lexicon has no words of digits.
        if (kind != ALN_TERM_STEM || !text_len || static_cast<unsigned char>(text[0]) < 'a' || !db->words.is_one())
            return ALN_ENOTFOUND;
        const std::string *last = nullptr;
        db->wanted.assign(text, text_len);
        const std::string *part = db->words.part(db->wanted, last);
        *bytes = part ? reinterpret_cast<const unsigned char *>(part->data()) : nullptr;
        *size = part ? part->size() : 0;
        *limit = part ? last->data() : nullptr;
        *limit_len = part ? last->size() : 0;
        return ALN_OK;
    });
}

void aln_xapian_vocabulary(aln_xapian *db, aln_vocabulary *out)
{
    out->ctx = db;
    out->seek = vocabulary_seek;
    out->next = vocabulary_next;
    out->skip = vocabulary_skip;
    out->part = vocabulary_part;
}
