/*
 * Indexes in several shards: stub files read line by line, so that each shard is known by itself.
 *
 * libxapian opens a stub file as one database, and then metadata is the first shard's, and a shard that is down makes
 * all of it unreachable. Here each line is opened alone and added to one Xapian::Database: the fingerprint can be asked
 * of each, a shard that is down is named, and can be left out (ALN_XAPIAN_PARTIAL) or replaced by its replica. A shard
 * that is left out is an empty database in memory, so that documents keep their numbers, which interleave by shard.
 *
 * Lines are Xapian's: "auto PATH", "glass PATH", "remote HOST:PORT", "remote :PROGRAM ARGUMENTS". To libxapian a line
 * that begins with # is a comment; to us "# replica remote HOST:PORT" names what stands in for the shard of the line
 * before when that cannot be reached. So one file serves both.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "handle.h"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sys/stat.h>

namespace aln
{

namespace
{

const int max_depth = 8;    // stub files that name stub files
const int max_attempts = 5; // a stub file may be replaced while its databases are opened
const useconds_t answer_timeout = 10000, connect_timeout = 5000; // milliseconds; the first is libxapian's default

struct stub_line {
    size_t number;
    std::string type, location;
    bool replica;
};

struct stub_error {
    std::string message;
    aln_status status = ALN_EIO;
};

// Size and time of a stub file; empty for what is none.
std::string identity_of(const std::string &path)
{
    struct stat info;
    if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return "";
    return std::to_string(info.st_ino) + " " + std::to_string(info.st_size) + " " +
           std::to_string(info.st_mtim.tv_sec) + "." + std::to_string(info.st_mtim.tv_nsec);
}

// A database in a single file begins with this.
bool is_single_file(const std::string &path)
{
    static const char magic[] = "\x0f\x0dXapian Glass";
    char head[sizeof magic - 1];
    std::ifstream in(path, std::ios::binary);
    return in.read(head, sizeof head) && memcmp(head, magic, sizeof head) == 0;
}

// The stub file that a path is, or that lies in it; empty where it is a database.
std::string stub_of(const std::string &path)
{
    struct stat info;
    if (stat(path.c_str(), &info) != 0)
        return "";
    if (S_ISDIR(info.st_mode)) {
        const std::string inside = path + "/XAPIANDB";
        return stat(inside.c_str(), &info) == 0 && S_ISREG(info.st_mode) ? inside : "";
    }
    return S_ISREG(info.st_mode) && !is_single_file(path) ? path : "";
}

std::string beside(const std::string &stub, const std::string &path)
{
    const size_t slash = stub.rfind('/');
    return path[0] == '/' || slash == std::string::npos ? path : stub.substr(0, slash + 1) + path;
}

std::vector<stub_line> read_stub(const std::string &stub)
{
    std::vector<stub_line> lines;
    std::ifstream in(stub);
    std::string text;
    for (size_t number = 1; std::getline(in, text); number++) {
        if (!text.empty() && text.back() == '\r')
            text.pop_back();
        bool replica = false;
        if (!text.empty() && text[0] == '#') {
            const size_t word = text.find_first_not_of(' ', 1);
            replica = word != std::string::npos && text.compare(word, 8, "replica ") == 0 && !lines.empty();
            if (!replica)
                continue;
            text.erase(0, word + 8);
        }
        if (text.empty())
            continue;
        const size_t space = text.find(' ');
        if (space == std::string::npos || space == 0 || space + 1 == text.size())
            throw stub_error{stub + ":" + std::to_string(number) + ": not a line of a stub file"};
        stub_line line{number, text.substr(0, space), text.substr(space + 1), replica};
        if (line.type != "remote")
            line.location = beside(stub, line.location);
        lines.push_back(line);
    }
    if (in.bad())
        throw stub_error{stub + ": cannot be read"};
    return lines;
}

Xapian::Database open_remote(const std::string &location)
{
    if (location[0] == ':') { // PROGRAM ARGUMENTS
        const size_t space = location.find(' ');
        return Xapian::Remote::open(location.substr(1, space == std::string::npos ? space : space - 1),
                                    space == std::string::npos ? "" : location.substr(space + 1), answer_timeout);
    }
    const size_t colon = location.rfind(':');
    char *end = nullptr;
    const unsigned long port = colon == std::string::npos ? 0 : strtoul(location.c_str() + colon + 1, &end, 10);
    if (!port || port > 65535 || *end)
        throw stub_error{"remote " + location + ": not HOST:PORT"};
    return Xapian::Remote::open(location.substr(0, colon), static_cast<unsigned>(port), answer_timeout,
                                connect_timeout);
}

Xapian::Database open_line(const stub_line &line)
{
    if (line.type == "remote")
        return open_remote(line.location);
    if (line.type != "auto" && line.type != "glass")
        throw stub_error{"unknown type of database: " + line.type};
    return Xapian::Database(line.location, line.type == "glass" ? Xapian::DB_BACKEND_GLASS : 0);
}

stub_error what_failed()
{
    try {
        throw;
    } catch (const Xapian::Error &e) {
        return {message_of(e), status_of(e)};
    } catch (const stub_error &e) {
        return e;
    }
}

// The shard of a line, or of the first of its replicas that answers.
void open_shard(const std::vector<stub_line> &lines, size_t first, size_t end, bool partial, aln_xapian &out)
{
    shard made;
    made.line = lines[first].number;
    made.location = lines[first].type + " " + lines[first].location;
    made.remote = lines[first].type == "remote";
    for (size_t i = first; i < end; i++) {
        try {
            made.db = open_line(lines[i]);
            made.remote = lines[i].type == "remote";
            made.present = true;
            if (i > first)
                made.stand_in = lines[i].type + " " + lines[i].location;
            break;
        } catch (...) {
            const stub_error why = what_failed();
            if (made.message.empty())
                made.message = why.message;
            if (i + 1 == end && !partial)
                throw stub_error{"line " + std::to_string(made.line) + ", " + made.location + ": " + made.message,
                                 why.status};
        }
    }
    if (!made.present)
        made.db = Xapian::Database(std::string(), Xapian::DB_BACKEND_INMEMORY);
    out.shards.push_back(made);
}

void open_lines(const std::string &stub, bool partial, int depth, aln_xapian &out)
{
    if (depth == max_depth)
        throw stub_error{stub + ": stub files name one another without end"};
    const std::vector<stub_line> lines = read_stub(stub);
    for (size_t i = 0; i < lines.size();) {
        size_t end = i + 1;
        while (end < lines.size() && lines[end].replica)
            end++;
        const std::string inner = lines[i].type == "auto" ? stub_of(lines[i].location) : "";
        if (!inner.empty())
            open_lines(inner, partial, depth + 1, out);
        else
            open_shard(lines, i, end, partial, out);
        i = end;
    }
}

} // namespace

aln_status open_for_reading(aln_xapian *db, const std::string &path, bool partial, aln_error *err)
{
    for (int attempt = 1;; attempt++) {
        const std::string stub = stub_of(path), before = identity_of(stub);
        aln_xapian made;
        try {
            if (stub.empty()) {
                shard whole;
                whole.location = path;
                whole.present = true;
                whole.db = Xapian::Database(path);
                made.shards.push_back(whole);
            } else {
                open_lines(stub, partial, 0, made);
            }
        } catch (const stub_error &e) {
            // The databases of a stub file that was replaced meanwhile may be gone.
            if (attempt < max_attempts && identity_of(stub) != before)
                continue;
            return fail(err, e.status, e.message);
        }
        size_t present = 0;
        Xapian::Database all;
        for (const shard &s : made.shards) {
            all.add_database(s.db);
            present += s.present;
        }
        if (!made.shards.empty() && !present)
            return fail(err, ALN_EIO,
                        "none of its shards can be reached; " + made.shards[0].location + ": " +
                            made.shards[0].message);
        made.db = all;
        made.path = path;
        made.stub = stub;
        made.stub_identity = before;
        made.partial = partial;
        take_shards(db, made);
        return ALN_OK;
    }
}

void take_shards(aln_xapian *db, aln_xapian &from)
{
    db->db = from.db;
    db->shards.swap(from.shards);
    db->path = from.path;
    db->stub = from.stub;
    db->stub_identity = from.stub_identity;
    db->partial = from.partial;
    forget_revision(db);
}

void forget_revision(aln_xapian *db)
{
    db->term = db->term_end = Xapian::TermIterator();
    db->past_end = true;
    db->words.clear();
    db->ids.clear();
    for (fetched_terms &t : db->fetched)
        t = fetched_terms();
}

bool has_local_shards(const aln_xapian *db)
{
    size_t local = 0;
    for (const shard &s : db->shards)
        local += !s.remote || !s.present;
    return local && db->shards.size() > 1;
}

bool reconnect(aln_xapian *db)
{
    if (db->stub.empty() || db->writable)
        return false;
    if (open_for_reading(db, db->path, db->partial, nullptr) != ALN_OK)
        return false;
    read_upgrade(db);
    read_words(db);
    return true;
}

bool stub_changed(const aln_xapian *db)
{
    return !db->stub.empty() && identity_of(db->stub) != db->stub_identity;
}

} // namespace aln

using namespace aln;

int aln_xapian_each_shard(const char *path, int (*fn)(void *ctx, size_t line, const char *type, const char *location),
                          void *ctx, aln_error *err)
{
    int result = 0;
    aln_status status = guard(err, [&] {
        const std::string stub = stub_of(path);
        if (stub.empty()) {
            result = fn(ctx, 0, "auto", path);
            return ALN_OK;
        }
        try {
            for (const stub_line &line : read_stub(stub))
                if (!result && !line.replica)
                    result = fn(ctx, line.number, line.type.c_str(), line.location.c_str());
        } catch (const stub_error &e) {
            return fail(err, ALN_EIO, e.message);
        }
        return ALN_OK;
    });
    return status ? status : result;
}

size_t aln_xapian_shards(const aln_xapian *db)
{
    return db->shards.empty() ? 1 : db->shards.size();
}

aln_status aln_xapian_shard_at(const aln_xapian *db, size_t n, aln_xapian_shard *out)
{
    *out = aln_xapian_shard{};
    if (n >= db->shards.size())
        return ALN_ENOTFOUND;
    const shard &s = db->shards[n];
    out->location = s.location.c_str();
    out->line = s.line;
    out->present = s.present;
    out->replica = s.stand_in.empty() ? nullptr : s.stand_in.c_str();
    out->message = s.message.c_str();
    return ALN_OK;
}
