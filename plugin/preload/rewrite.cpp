/*
 * A parsed query gains the alternatives of its words.
 *
 * The parser's tree is taken apart and put together again with the same operators. A node's parameters (the window of
 * a phrase) cannot be asked for, so a node is first put together from its old children: only where that gives the same
 * serialised query is it touched. All that is not words is handed on as it is: filters, wildcards, ranges, scaled
 * parts.
 *
 * A unit is what stands for one word of the text: a term, several terms that differ in their prefixes, a word with
 * hyphens that the parser made a phrase of. Neighbouring units of an AND are planned as one text, so that names of
 * several words are seen; each unit has the bytes of the query that it comes from, found by walking both in order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "plan.h"

#include <algorithm>
#include <map>

namespace aln_preload
{

using Xapian::Query;

namespace
{

constexpr size_t nowhere = static_cast<size_t>(-1);
// Windows up to this are found again; Xapian's own NEAR has 10 beside its words.
constexpr Xapian::termcount most_window = 100;

struct leaf {
    Xapian::termpos position = 0; // 0 = not a word: a filter's term
    std::string prefix, word;     // without Z and prefix
};

bool read_leaf(const Query &q, leaf &out)
{
    if (q.get_type() != Query::LEAF_TERM)
        return false;
    const std::string term = *q.get_terms_begin(), shown = q.get_description();
    const size_t behind = 6 + term.size(); // "Query(" term [#wqf] [@position] ")"
    const size_t at = shown.find('@', behind);
    out.position = 0;
    for (size_t i = at == std::string::npos ? shown.size() : at + 1; i < shown.size() && shown[i] != ')'; i++)
        out.position = out.position * 10 + static_cast<Xapian::termpos>(shown[i] - '0');
    const size_t start = term[0] == 'Z' ? 1 : 0;
    size_t end = start;
    while (end < term.size() && term[end] >= 'A' && term[end] <= 'Z')
        end++;
    if (end > start && end < term.size() && term[end] == ':')
        end++;
    out.prefix = term.substr(start, end - start);
    out.word = term.substr(end);
    return out.position != 0;
}

struct unit {
    Query query;
    Xapian::termpos first = 0, last = 0;
    std::vector<std::string> prefixes;
};

struct place {
    size_t start = nowhere, end = nowhere;
    std::string word;
};

class rewriter
{
  public:
    rewriter(const Xapian::QueryParser &parser, const std::string &text)
        : parser_(parser), text_(text), planner_(database_of(&parser))
    {
    }

    Query run(const Query &query)
    {
        locate(query);
        Query out = rewrite(query);
        remember(std::move(planner_.gained));
        return out;
    }

  private:
    const Xapian::QueryParser &parser_;
    const std::string &text_;
    planner planner_;
    std::map<Xapian::termpos, place> places_;

    static std::vector<Query> children_of(const Query &q)
    {
        std::vector<Query> out;
        for (size_t i = 0; i < q.get_num_subqueries(); i++)
            out.push_back(q.get_subquery(i));
        return out;
    }

    // Whether a node is its operator over its children, and with which window.
    static bool can_be_made(const Query &q, const std::vector<Query> &children, Xapian::termcount &window)
    {
        const Query::op op = q.get_type();
        const std::string wanted = q.serialise();
        const bool has_window = op == Query::OP_PHRASE || op == Query::OP_NEAR;
        const Xapian::termcount least = static_cast<Xapian::termcount>(children.size());
        for (window = has_window ? least : 0; window <= most_window; window++) {
            if (Query(op, children.begin(), children.end(), window).serialise() == wanted)
                return true;
            if (!has_window)
                break;
        }
        return false;
    }

    void collect(const Query &q, std::map<Xapian::termpos, std::vector<std::string>> &words) const
    {
        leaf l;
        if (read_leaf(q, l)) {
            std::vector<std::string> &list = words[l.position];
            const std::string term = *q.get_terms_begin();
            for (auto t = parser_.unstem_begin(term); t != parser_.unstem_end(term); ++t)
                list.push_back(Xapian::Unicode::tolower(*t));
            list.push_back(l.word);
            return;
        }
        for (size_t i = 0; i < q.get_num_subqueries(); i++)
            collect(q.get_subquery(i), words);
    }

    static bool is_one_of(const std::string &word, const std::vector<std::string> &candidates)
    {
        for (const std::string &candidate : candidates)
            if (word == candidate ||
                (is_unspaced(candidate.data(), candidate.size()) && word.compare(0, candidate.size(), candidate) == 0))
                return true;
        return false;
    }

    // Finds the bytes of the query for each position of the parsed one.
    void locate(const Query &query)
    {
        std::map<Xapian::termpos, std::vector<std::string>> words;
        collect(query, words);
        const std::vector<xapian_word> tokens = xapian_words(text_.data(), text_.size(), false);
        size_t next = 0;
        for (const auto &[position, candidates] : words) {
            place &p = places_[position];
            p.word = candidates.front();
            for (size_t i = next; i < tokens.size(); i++)
                if (is_one_of(tokens[i].lower, candidates)) {
                    p = {tokens[i].start, tokens[i].end, tokens[i].lower};
                    next = i + 1;
                    break;
                }
        }
    }

    bool in_quotes(const place &p) const
    {
        return p.start != nowhere &&
               std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(p.start), '"') % 2 == 1;
    }

    // Nur-Sultan is a phrase to the parser, and a word to the one who typed it.
    bool is_one_word(const place &a, const place &b) const
    {
        return !in_quotes(a) &&
               (a.start == nowhere || b.start == nowhere || text_.find_first_of(" \t\r\n\"", a.start) >= b.end);
    }

    // The text that positions first to last were typed as.
    std::string typed(Xapian::termpos first, Xapian::termpos last) const
    {
        const place &a = places_.at(first), &b = places_.at(last);
        if (a.start != nowhere && b.start != nowhere && a.start <= b.start)
            return text_.substr(a.start, b.end - a.start);
        std::string out;
        for (auto p = places_.find(first); p != places_.end() && p->first <= last; ++p)
            out += (out.empty() ? "" : " ") + p->second.word;
        return out;
    }

    static bool read_run(const Query &q, unit &out)
    {
        for (size_t i = 0; i < q.get_num_subqueries(); i++) {
            leaf l;
            if (!read_leaf(q.get_subquery(i), l) || !is_unspaced(l.word.data(), l.word.size()))
                return false;
            if (!i)
                out = {q, l.position, l.position, {l.prefix}};
            else if (l.position != out.first || l.prefix != out.prefixes[0])
                return false;
        }
        return q.get_num_subqueries() > 0;
    }

    bool read_unit(const Query &q, unit &out) const
    {
        leaf l;
        if (read_leaf(q, l)) {
            out = {q, l.position, l.position, {l.prefix}};
            return true;
        }
        const Query::op op = q.get_type();
        const size_t count = q.get_num_subqueries();
        if (op == Query::OP_PHRASE) {
            for (size_t i = 0; i < count; i++) {
                if (!read_leaf(q.get_subquery(i), l))
                    return false;
                if (!i)
                    out = {q, l.position, l.position, {l.prefix}};
                out.last = l.position;
            }
            return count && is_one_word(places_.at(out.first), places_.at(out.last));
        }
        if (op == Query::OP_AND) // FLAG_CJK_NGRAM: characters and pairs of a run, all at its position
            return read_run(q, out);
        if ((op != Query::OP_OR && op != Query::OP_SYNONYM) || !count)
            return false;
        for (size_t i = 0; i < count; i++) {
            unit one;
            if (!read_unit(q.get_subquery(i), one))
                return false;
            if (!i) {
                out = one;
            } else if (one.first != out.first || one.last != out.last) {
                return false;
            } else {
                out.prefixes.insert(out.prefixes.end(), one.prefixes.begin(), one.prefixes.end());
            }
        }
        std::sort(out.prefixes.begin(), out.prefixes.end());
        out.prefixes.erase(std::unique(out.prefixes.begin(), out.prefixes.end()), out.prefixes.end());
        out.query = q;
        return true;
    }

    // Whether two units stand side by side in the text, with no operator between.
    bool are_neighbours(const unit &a, const unit &b) const
    {
        if (a.prefixes != b.prefixes || b.first != a.last + 1 || is_exact(a) || is_exact(b))
            return false;
        const place &x = places_.at(a.last), &y = places_.at(b.first);
        if (x.start == nowhere || y.start == nowhere)
            return true;
        const std::string gap = text_.substr(x.end, y.start - x.end);
        if (gap.find_first_of("()+\":") != std::string::npos)
            return false;
        for (const char *op : {"AND", "OR", "XOR", "NOT", "NEAR", "ADJ"})
            if (gap.find(op) != std::string::npos)
                return false;
        return true;
    }

    // =word is asked for in this spelling only.
    bool is_exact(const unit &u) const
    {
        const place &p = places_.at(u.first);
        return p.start != nowhere && p.start > 0 && text_[p.start - 1] == '=';
    }

    Query gain(const std::vector<unit> &units)
    {
        std::vector<Query> old;
        for (const unit &u : units)
            old.push_back(u.query);
        if (is_exact(units.front()))
            return old[0];
        Query base = old.size() == 1 ? old[0] : Query(Query::OP_AND, old.begin(), old.end());
        Query more = planner_.text(typed(units.front().first, units.back().last), false, units.front().prefixes);
        return more.empty() ? base : Query(Query::OP_MAX, base, more);
    }

    // AND: neighbours together, since together they may be a name.
    Query rewrite_and(const std::vector<Query> &children)
    {
        std::vector<Query> out;
        std::vector<unit> run;
        for (const Query &child : children) {
            unit u;
            const bool is_unit = read_unit(child, u);
            if (!run.empty() && (!is_unit || !are_neighbours(run.back(), u))) {
                out.push_back(gain(run));
                run.clear();
            }
            if (is_unit)
                run.push_back(u);
            else
                out.push_back(rewrite(child));
        }
        if (!run.empty())
            out.push_back(gain(run));
        return Query(Query::OP_AND, out.begin(), out.end());
    }

    // OR: each word by itself, and neighbours together as one more way.
    Query rewrite_or(const std::vector<Query> &children)
    {
        std::vector<Query> out;
        std::vector<unit> run;
        auto flush = [&] {
            if (run.size() > 1) {
                Query more = planner_.text(typed(run.front().first, run.back().last), false, run.front().prefixes);
                if (!more.empty())
                    out.push_back(more);
            }
            run.clear();
        };
        for (const Query &child : children) {
            unit u;
            const bool is_unit = read_unit(child, u);
            if (!run.empty() && (!is_unit || !are_neighbours(run.back(), u)))
                flush();
            if (is_unit)
                run.push_back(u);
            out.push_back(rewrite(child));
        }
        flush();
        return Query(Query::OP_OR, out.begin(), out.end());
    }

    // A phrase in quotes: its own words, or the core's phrase of the same.
    Query rewrite_phrase(const Query &q, const std::vector<Query> &children)
    {
        leaf first, last;
        if (!read_leaf(children.front(), first) || !read_leaf(children.back(), last))
            return q;
        const std::string words = typed(first.position, last.position);
        if (words.find('"') != std::string::npos)
            return q;
        Query more = planner_.text(words, true, {first.prefix});
        return more.empty() ? q : Query(Query::OP_MAX, q, more);
    }

    // NEAR, and ADJ, which is a phrase with a window of its own: places keep theirs.
    Query rewrite_near(const Query &q, const std::vector<Query> &children, Xapian::termcount window)
    {
        std::vector<Query> out;
        for (const Query &child : children) {
            leaf l;
            if (!read_leaf(child, l))
                return q;
            std::vector<Query> ways = planner_.places(typed(l.position, l.position), l.prefix);
            ways.insert(ways.begin(), child);
            out.push_back(ways.size() == 1 ? child : Query(Query::OP_OR, ways.begin(), ways.end()));
        }
        return Query(q.get_type(), out.begin(), out.end(), window);
    }

    Query rewrite(const Query &q)
    {
        unit u;
        if (read_unit(q, u))
            return gain({u});
        const std::vector<Query> children = children_of(q);
        Xapian::termcount window = 0;
        const Query::op op = q.get_type();
        switch (op) {
        case Query::OP_AND:
        case Query::OP_OR:
        case Query::OP_XOR:
        case Query::OP_AND_NOT:
        case Query::OP_AND_MAYBE:
        case Query::OP_FILTER:
        case Query::OP_PHRASE:
        case Query::OP_NEAR:
            if (children.size() < 2 || !can_be_made(q, children, window))
                return q;
            break;
        default:
            return q;
        }
        if (op == Query::OP_AND)
            return rewrite_and(children);
        if (op == Query::OP_OR)
            return rewrite_or(children);
        if (op == Query::OP_PHRASE && window == children.size())
            return rewrite_phrase(q, children);
        if (op == Query::OP_PHRASE || op == Query::OP_NEAR)
            return rewrite_near(q, children, window);
        std::vector<Query> out;
        for (const Query &child : children)
            out.push_back(rewrite(child));
        return Query(op, out.begin(), out.end());
    }
};

} // namespace

void expand_query(const Xapian::QueryParser *parser, const std::string &text, Xapian::Query &query) noexcept
{
    if (!chosen().query)
        return;
    try {
        const auto db = database_of(parser);
        if (query.empty() || (db && !db->usable))
            return;
        query = rewriter(*parser, text).run(query);
        if (chosen().verbose)
            warn(text + ": " + query.get_description());
    } catch (const Xapian::Error &e) {
        warn("a query is left as it was: " + e.get_msg());
    } catch (const std::exception &e) {
        warn(std::string("a query is left as it was: ") + e.what());
    } catch (...) {
        warn("a query is left as it was");
    }
}

} // namespace aln_preload
