/*
 * Opening, fingerprint, metadata and transactions of the C wrapper over libxapian.
 *
 * A handle that writes is also read through: libxapian's WritableDatabase is a Database that sees its own changes.
 * Fingerprint and languages are written by the commit that first needs them, inside the same transaction as the
 * documents, so that no index exists whose documents and fingerprint disagree.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <cstdio>
#include <cstring>

namespace aln
{

aln_status fail(aln_error *err, aln_status code, const std::string &message)
{
    if (err) {
        err->code = code;
        err->line = 0;
        size_t n = message.size() < sizeof err->message - 1 ? message.size() : sizeof err->message - 1;
        // Never cut inside a character: step back over UTF-8 continuation bytes.
        if (n < message.size())
            while (n && (static_cast<unsigned char>(message[n]) & 0xC0) == 0x80)
                n--;
        memcpy(err->message, message.data(), n);
        err->message[n] = '\0';
    }
    return code;
}

// The classes of libxapian's errors have no virtual function; their names tell them apart.
aln_status status_of(const Xapian::Error &error)
{
    const std::string type = error.get_type();
    if (type == "DatabaseLockError")
        return ALN_ELOCKED;
    if (type == "DatabaseNotFoundError" || type == "DocNotFoundError")
        return ALN_ENOTFOUND;
    if (type == "InvalidArgumentError")
        return ALN_EINVAL;
    if (type.compare(0, 8, "Database") == 0 || type.compare(0, 7, "Network") == 0)
        return ALN_EIO;
    return ALN_EENGINE;
}

std::string message_of(const Xapian::Error &error)
{
    std::string message = error.get_msg().empty() ? error.get_type() : error.get_msg();
    if (const char *reason = error.get_error_string())
        message.append(": ").append(reason);
    return message;
}

aln_status caught(aln_error *err) noexcept
{
    try {
        try {
            throw;
        } catch (const Xapian::Error &e) {
            return fail(err, status_of(e), message_of(e));
        } catch (const bad_field &e) {
            return fail(err, ALN_EUNKNOWN, "no such field: " + e.name);
        } catch (const std::bad_alloc &) {
            throw;
        } catch (const std::exception &e) {
            return fail(err, ALN_EENGINE, e.what());
        } catch (...) {
            return fail(err, ALN_EENGINE, "unknown exception");
        }
    } catch (...) { // no memory, or none for the message
        if (err) {
            err->code = ALN_ENOMEM;
            err->line = 0;
            strcpy(err->message, "out of memory");
        }
        return ALN_ENOMEM;
    }
}

std::string join_languages(const std::set<std::string> &languages)
{
    std::string list;
    for (const std::string &language : languages) {
        if (!list.empty())
            list += ',';
        list += language;
    }
    return list;
}

void read_languages(const std::string &list, std::set<std::string> &languages)
{
    for (size_t at = 0; at < list.size();) {
        size_t comma = list.find(',', at);
        if (comma == std::string::npos)
            comma = list.size();
        languages.insert(list.substr(at, comma - at));
        at = comma + 1;
    }
}

static upgraded upgrade_of(const Xapian::Database &db)
{
    upgraded u;
    const std::string state = db.get_metadata(ALN_XAPIAN_UPGRADE), prefix = db.get_metadata(upgrade_prefix);
    u.lexicon = !state.empty();
    u.terms = state == "terms";
    if (!prefix.empty())
        u.prefix = prefix;
    return u;
}

void read_upgrade(aln_xapian *db)
{
    // libxapian reads the metadata of the first shard only.
    if (db->shards.empty())
        db->upgrade = upgrade_of(db->db);
    for (shard &s : db->shards)
        s.upgrade = upgrade_of(s.db);
    db->has_lexicon = false;
    each_database(db, [&](const Xapian::Database &, const upgraded &u) { db->has_lexicon |= u.lexicon; });
}

void read_words(aln_xapian *db)
{
    db->words.clear();
    if (db->has_lexicon || db->writable)
        return;
    for (const shard &s : db->shards) {
        if (!s.present)
            continue;
        if (!has_word_list(s.db)) {
            db->words.clear();
            return;
        }
        db->words.add(s.db);
    }
}

void write_pending(aln_xapian *db)
{
    // Only indexes of ours have a lexicon: what another program wrote is not changed unasked.
    if ((!db->fingerprint.empty() || !db->writer.get_metadata(ALN_XAPIAN_FINGERPRINT).empty()) &&
        db->writer.get_metadata(ALN_XAPIAN_UPGRADE).empty())
        db->keeper.write(db->writer);
    if (!db->fingerprint.empty()) {
        db->writer.set_metadata(ALN_XAPIAN_FINGERPRINT, db->fingerprint);
        db->fingerprint.clear();
    }
    if (db->languages_changed) {
        db->writer.set_metadata(ALN_XAPIAN_LANGUAGES, join_languages(db->languages));
        db->languages_changed = false;
    }
}

} // namespace aln

using namespace aln;

static aln_status need_writer(const aln_xapian *db, aln_error *err)
{
    return db->writable ? ALN_OK : fail(err, ALN_EINVAL, "the database is open for reading only");
}

aln_status aln_xapian_open(const char *path, aln_xapian_mode mode, const char *fingerprint, aln_xapian **out,
                           aln_error *err)
{
    if (!out)
        return fail(err, ALN_EINVAL, "no place for the result");
    *out = nullptr;
    if (!path)
        return fail(err, ALN_EINVAL, "no path");
    aln_xapian *db = nullptr;
    aln_status status = guard(err, [&] {
        db = new aln_xapian;
        if (mode == ALN_XAPIAN_READ || mode == ALN_XAPIAN_PARTIAL) {
            if (aln_status s = open_for_reading(db, path, mode == ALN_XAPIAN_PARTIAL, err))
                return s;
        } else {
            int action = mode == ALN_XAPIAN_UPDATE   ? Xapian::DB_OPEN
                         : mode == ALN_XAPIAN_CREATE ? Xapian::DB_CREATE
                         : mode == ALN_XAPIAN_LOAD   ? Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS
                                                     : Xapian::DB_CREATE_OR_OPEN;
            db->writer = Xapian::WritableDatabase(path, action);
            db->db = db->writer;
            db->writable = true;
            read_languages(db->db.get_metadata(ALN_XAPIAN_LANGUAGES), db->languages);
        }
        read_upgrade(db);
        read_words(db);
        // What is loaded in parts gets its lexicon when these are one.
        if (db->writable && mode != ALN_XAPIAN_LOAD && !db->has_lexicon)
            db->keeper.begin(db->writer);
        return fingerprint ? aln_xapian_check_fingerprint(db, fingerprint, err) : ALN_OK;
    });
    // libxapian says that a database to be created exists with DatabaseCreateError, of the family of input and output
    // errors.
    if (status == ALN_EIO && (mode == ALN_XAPIAN_CREATE || mode == ALN_XAPIAN_LOAD) && !(db && db->writable)) {
        bool exists = false;
        guard(nullptr, [&] {
            Xapian::Database probe(path);
            exists = true;
            return ALN_OK;
        });
        if (exists)
            status = fail(err, ALN_EINVAL, std::string(path) + ": the database exists");
    }
    if (status != ALN_OK) {
        aln_xapian_close(db);
        return status;
    }
    *out = db;
    return ALN_OK;
}

void aln_xapian_close(aln_xapian *db)
{
    if (!db)
        return;
    guard(nullptr, [&] {
        if (db->writable)
            db->writer.close();
        return ALN_OK;
    });
    delete db;
}

static aln_status check_one(aln_xapian *db, const Xapian::Database &one, const std::string &mine,
                            const std::string &where, aln_error *err)
{
    const std::string kept = one.get_metadata(ALN_XAPIAN_FINGERPRINT);
    if (kept == mine)
        return ALN_OK;
    if (kept.empty() && one.get_doccount() == 0) {
        if (db->writable)
            db->fingerprint = mine;
        return ALN_OK;
    }
    if (kept.empty())
        return fail(err, ALN_EMISMATCH,
                    where + "the index has no fingerprint, so allonym did not write it; here: " + mine);
    return fail(err, ALN_EMISMATCH, where + "the index has another fingerprint: " + kept + "; here: " + mine);
}

aln_status aln_xapian_check_fingerprint(aln_xapian *db, const char *fingerprint, aln_error *err)
{
    return guard(err, [&] {
        // libxapian reads the metadata of the first shard only.
        for (const shard &s : db->shards)
            if (aln_status status =
                    check_one(db, s.db, fingerprint, db->shards.size() > 1 ? s.location + ": " : "", err))
                return status;
        if (db->shards.empty())
            return check_one(db, db->db, fingerprint, "", err);
        db->fits = fingerprint;
        return ALN_OK;
    });
}

aln_status aln_xapian_reopen(aln_xapian *db, int *changed, aln_error *err)
{
    if (changed)
        *changed = 0;
    return guard(err, [&] {
        bool moved = false;
        if (stub_changed(db)) {
            aln_xapian next;
            if (aln_status s = open_for_reading(&next, db->path, db->partial, err))
                return s;
            db->stub_identity = next.stub_identity; // what does not fit is looked at once
            if (!db->fits.empty())
                if (aln_status s = aln_xapian_check_fingerprint(&next, db->fits.c_str(), err))
                    return s;
            take_shards(db, next);
            moved = true;
        } else {
            moved = db->db.reopen();
            if (moved)
                forget_revision(db);
        }
        if (moved) {
            read_upgrade(db);
            read_words(db);
        }
        if (changed)
            *changed = moved;
        // A directory may have been replaced as a whole: there is no way back to the one that was read.
        return moved && !db->fits.empty() ? aln_xapian_check_fingerprint(db, db->fits.c_str(), err) : ALN_OK;
    });
}

aln_status aln_xapian_count(aln_xapian *db, aln_xapian_counts *out, aln_error *err)
{
    *out = aln_xapian_counts{};
    return guard(err, [&] {
        out->documents = db->db.get_doccount();
        out->last = db->db.get_lastdocid();
        out->average_length = db->db.get_avlength();
        return ALN_OK;
    });
}

aln_status aln_xapian_get_metadata(aln_xapian *db, const char *key, const char **value, size_t *len, aln_error *err)
{
    *value = nullptr;
    *len = 0;
    return guard(err, [&] {
        // libxapian reads the metadata of the first shard only; the languages of one are not those of all.
        if (db->shards.size() > 1 && strcmp(key, ALN_XAPIAN_LANGUAGES) == 0) {
            std::set<std::string> languages;
            for (const shard &s : db->shards)
                read_languages(s.db.get_metadata(key), languages);
            db->scratch = join_languages(languages);
        } else {
            db->scratch = db->db.get_metadata(key);
        }
        *value = db->scratch.c_str();
        *len = db->scratch.size();
        return ALN_OK;
    });
}

aln_status aln_xapian_set_metadata(aln_xapian *db, const char *key, const char *value, size_t len, aln_error *err)
{
    return guard(err, [&] {
        if (aln_status s = need_writer(db, err))
            return s;
        db->writer.set_metadata(key, std::string(value, len));
        return ALN_OK;
    });
}

int aln_xapian_each_metadata(aln_xapian *db, const char *prefix,
                             int (*fn)(void *ctx, const char *key, const char *value, size_t len), void *ctx,
                             aln_error *err)
{
    int result = 0;
    aln_status status = guard(err, [&] {
        std::vector<std::string> keys; // gathered first, so that fn may change metadata
        for (Xapian::TermIterator i = db->db.metadata_keys_begin(prefix); i != db->db.metadata_keys_end(prefix); ++i)
            keys.push_back(*i);
        for (const std::string &key : keys) {
            const std::string value = db->db.get_metadata(key);
            result = fn(ctx, key.c_str(), value.c_str(), value.size());
            if (result)
                break;
        }
        return ALN_OK;
    });
    return status ? status : result;
}

aln_status aln_xapian_verify(const char *path, size_t *faults, aln_error *err)
{
    *faults = 0;
    return guard(err, [&] {
        *faults = Xapian::Database::check(path, 0, nullptr);
        return ALN_OK;
    });
}

aln_status aln_xapian_begin(aln_xapian *db, aln_error *err)
{
    return guard(err, [&] {
        if (aln_status s = need_writer(db, err))
            return s;
        db->writer.begin_transaction();
        return ALN_OK;
    });
}

aln_status aln_xapian_commit_transaction(aln_xapian *db, aln_error *err)
{
    return guard(err, [&] {
        if (aln_status s = need_writer(db, err))
            return s;
        write_pending(db);
        db->writer.commit_transaction();
        return ALN_OK;
    });
}

aln_status aln_xapian_cancel(aln_xapian *db, aln_error *err)
{
    return guard(err, [&] {
        if (aln_status s = need_writer(db, err))
            return s;
        db->writer.cancel_transaction();
        db->ids.clear();
        // What was noted stays noted: too many languages are harmless, too few would lose results.
        db->languages_changed = !db->languages.empty();
        return ALN_OK;
    });
}

aln_status aln_xapian_commit(aln_xapian *db, aln_error *err)
{
    return guard(err, [&] {
        if (aln_status s = need_writer(db, err))
            return s;
        write_pending(db);
        db->writer.commit();
        return ALN_OK;
    });
}
