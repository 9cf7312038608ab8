/*
 * Bulk loading: databases that several threads write at once are put together by Xapian's own compaction.
 *
 * Compaction copies the sorted tables of its sources one behind the other, so that the whole is written in one pass,
 * dense, and documents come in the order of the sources. What it does not know is that an id may occur in two sources;
 * aln_xapian_unite_ids() sets that right afterwards: a term "Q…" that has more than one document is such an id.
 *
 * libxapian's compaction leaves its output to the kernel. Whoever deletes the sources needs to know that it is on disk:
 * aln_xapian_sync().
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "handle.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

using namespace aln;

static aln_status system_failed(aln_error *err, const std::string &path)
{
    const int reason = errno;
    return fail(err, ALN_EIO, path + ": " + strerror(reason));
}

static aln_status sync_one(const std::string &path, aln_error *err)
{
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return system_failed(err, path);
    const aln_status status = fsync(fd) == 0 ? ALN_OK : system_failed(err, path);
    close(fd);
    return status;
}

aln_status aln_xapian_sync(const char *path, aln_error *err)
{
    return guard(err, [&] {
        std::vector<std::string> files;
        DIR *dir = opendir(path);
        if (!dir)
            return system_failed(err, path);
        while (const dirent *e = readdir(dir))
            if (e->d_name[0] != '.')
                files.push_back(std::string(path) + "/" + e->d_name);
        closedir(dir);
        for (const std::string &file : files)
            if (aln_status s = sync_one(file, err))
                return s;
        return sync_one(path, err); // the directory: names of files are its content
    });
}

namespace
{

// Which metadata a database of several has: the languages of all, else the value with the greatest number at its
// beginning. The last source's would not do: libxapian gives the values in no order that can be relied upon.
class merger : public Xapian::Compactor
{
  public:
    std::string resolve_duplicate_metadata(const std::string &key, size_t count, const std::string tags[]) override
    {
        // libxapian 1.4 gives the key as its table has it, with two bytes before the name.
        const std::string name = key.size() > 2 && key[0] == '\0' ? key.substr(2) : key;
        if (name != ALN_XAPIAN_LANGUAGES)
            return *std::max_element(tags, tags + count, [](const std::string &a, const std::string &b) {
                const unsigned long long x = strtoull(a.c_str(), nullptr, 10), y = strtoull(b.c_str(), nullptr, 10);
                return x != y ? x < y : a < b;
            });
        std::set<std::string> languages;
        for (size_t i = 0; i < count; i++)
            read_languages(tags[i], languages);
        return join_languages(languages);
    }
};

} // namespace

aln_status aln_xapian_merge(const char *const *sources, size_t count, const char *target, aln_error *err)
{
    return guard(err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < count; i++)
            all.add_database(Xapian::Database(sources[i]));
        merger how;
        all.compact(target, 0, 0, how);
        return ALN_OK;
    });
}

// The document that came last takes the place of the first.
static void unite(Xapian::WritableDatabase &db, const std::string &term)
{
    std::vector<Xapian::docid> all;
    for (Xapian::PostingIterator i = db.postlist_begin(term), end = db.postlist_end(term); i != end; ++i)
        all.push_back(*i);
    Xapian::Document last = db.get_document(all.back());
    const std::string order = db.get_document(all.front()).get_value(ALN_XAPIAN_ORDER_SLOT);
    if (!order.empty())
        last.add_value(ALN_XAPIAN_ORDER_SLOT, order);
    db.replace_document(all.front(), last);
    for (size_t i = 1; i < all.size(); i++)
        db.delete_document(all[i]);
}

aln_status aln_xapian_unite_ids(aln_xapian *db, uint32_t *replaced, aln_error *err)
{
    *replaced = 0;
    return guard(err, [&] {
        if (!db->writable)
            return fail(err, ALN_EINVAL, "the database is open for reading only");
        std::vector<std::string> twice; // gathered first: a cursor does not outlive the writes
        for (Xapian::TermIterator i = db->db.allterms_begin("Q"), end = db->db.allterms_end("Q"); i != end; ++i) {
            const Xapian::doccount documents = i.get_termfreq();
            if (documents > 1) {
                twice.push_back(*i);
                *replaced += documents - 1;
            }
        }
        for (const std::string &term : twice)
            unite(db->writer, term);
        if (!twice.empty())
            db->ids.clear();
        return ALN_OK;
    });
}
