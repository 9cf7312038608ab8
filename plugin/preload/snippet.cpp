/*
 * Snippets that mark what an alternative matched.
 *
 * MSet::snippet() marks words of the query; ours stand in the text in another spelling. So the terms that a query
 * gained are kept when it is parsed, and those that an MSet was asked for (it knows their weights) are looked for in
 * the text. Like Xapian's, the snippet is HTML: & < > are escaped.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terms.h"

#include <deque>

namespace aln_preload
{

namespace
{

using gained_terms = std::shared_ptr<const std::vector<gained_term>>;
// A program parses a query, searches, and shows; it hardly parses more in between.
constexpr size_t most_remembered = 64;
constexpr char mark_in = '\x02', mark_out = '\x03'; // STX, ETX: in no text that is shown

std::mutex &recent_mutex()
{
    static auto *const mutex = new std::mutex;
    return *mutex;
}

std::deque<gained_terms> &recent()
{
    static auto *const queries = new std::deque<gained_terms>;
    return *queries;
}

bool is_asked(const Xapian::MSet &mset, const std::string &term)
{
    try {
        mset.get_termweight(term);
        return true;
    } catch (const Xapian::InvalidArgumentError &) {
        return false; // not in the query
    }
}

std::string escaped(const std::string &text, const std::string &start, const std::string &end)
{
    std::string out;
    for (char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case mark_in:
            out += start;
            break;
        case mark_out:
            out += end;
            break;
        default:
            out += c;
        }
    return out;
}

} // namespace

void remember(std::vector<gained_term> &&terms)
{
    if (terms.empty())
        return;
    auto kept = std::make_shared<const std::vector<gained_term>>(std::move(terms));
    const std::lock_guard<std::mutex> lock(recent_mutex());
    recent().push_front(kept);
    if (recent().size() > most_remembered)
        recent().pop_back();
}

bool make_snippet(const Xapian::MSet &mset, const std::string &text, size_t length, const std::string &mark_start,
                  const std::string &mark_end, const std::string &omit, std::string &out) noexcept
{
    if (!chosen().snippet)
        return false;
    try {
        std::deque<gained_terms> queries;
        {
            const std::lock_guard<std::mutex> lock(recent_mutex());
            queries = recent();
        }
        std::vector<aln_query_node> nodes;
        for (const gained_terms &terms : queries)
            for (const gained_term &g : *terms) {
                if (!is_asked(mset, g.term))
                    continue;
                aln_query_node n = {};
                n.op = ALN_Q_TERM;
                n.kind = g.kind;
                n.text = g.text.c_str();
                n.text_len = g.text.size();
                n.rule = "preload";
                n.confidence = 1.0;
                n.entity = g.entity;
                nodes.push_back(n);
            }
        if (nodes.empty())
            return false;
        std::vector<const aln_query_node *> children;
        for (const aln_query_node &n : nodes)
            children.push_back(&n);
        aln_query_node plan = {};
        plan.op = ALN_Q_OR;
        plan.count = static_cast<uint32_t>(children.size());
        plan.children = children.data();
        plan.entity = UINT32_MAX;
        std::string clean = text;
        for (char &c : clean)
            if (c == mark_in || c == mark_out)
                c = ' ';
        const char start[] = {mark_in, 0}, end[] = {mark_out, 0};
        char *made = nullptr;
        if (aln_snippet(analyzer(), &plan, nullptr, clean.data(), clean.size(), length, start, end, "\x01", &made) !=
            ALN_OK)
            return false;
        std::string snippet = made;
        aln_string_free(analyzer(), made);
        if (snippet.find(mark_in) == std::string::npos)
            return false;
        snippet = escaped(snippet, mark_start, mark_end);
        for (size_t at; (at = snippet.find('\x01')) != std::string::npos;)
            snippet.replace(at, 1, omit);
        out = snippet;
        return true;
    } catch (...) {
        return false; // then it is Xapian's
    }
}

} // namespace aln_preload
