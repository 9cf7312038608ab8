/*
 * From the core's plan to a Xapian::Query, as plugin/xapian/query.cpp does it for allonym's own indexes; but a plan's
 * term may be several here: one for each field that the program searches, with the word as the program indexed it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "plan.h"

namespace aln_preload
{

using Xapian::Query;

namespace
{

// The vocabulary's cursor, for one plan.
struct cursor {
    Xapian::Database db;
    std::string prefix, now;
    Xapian::TermIterator it, end;

    int give(const char **term, size_t *len, uint32_t *freq)
    {
        *term = nullptr;
        *len = 0;
        if (it == end)
            return 0;
        now = *it;
        *term = now.data() + prefix.size();
        *len = now.size() - prefix.size();
        if (freq)
            *freq = it.get_termfreq();
        return 0;
    }
};

int vocabulary_seek(void *ctx, aln_term_kind kind, const char *text, size_t len, const char **term, size_t *term_len,
                    uint32_t *freq) noexcept
{
    cursor *c = static_cast<cursor *>(ctx);
    *term = nullptr;
    try {
        if (kind != ALN_TERM_STEM)
            return 0; // the models look among stems
        if (c->it == Xapian::TermIterator()) {
            c->it = c->db.allterms_begin(c->prefix);
            c->end = c->db.allterms_end(c->prefix);
        } else if (!c->now.empty() && c->now.compare(c->prefix.size(), std::string::npos, text, len) > 0) {
            c->it = c->db.allterms_begin(c->prefix); // it goes forward only
        }
        if (c->it != c->end)
            c->it.skip_to(c->prefix + std::string(text, len));
        return c->give(term, term_len, freq);
    } catch (...) {
        return ALN_EENGINE;
    }
}

int vocabulary_next(void *ctx, const char **term, size_t *term_len, uint32_t *freq) noexcept
{
    cursor *c = static_cast<cursor *>(ctx);
    *term = nullptr;
    try {
        if (c->it != c->end)
            ++c->it;
        return c->give(term, term_len, freq);
    } catch (...) {
        return ALN_EENGINE;
    }
}

Query any_of(Query::op op, const std::vector<Query> &children)
{
    return children.size() == 1 ? children[0] : Query(op, children.begin(), children.end());
}

} // namespace

const aln_query_node *planner::plan(const std::string &words, bool phrase)
{
    // Quotes cannot stand in the words: they come from between the query's own.
    const std::string query = phrase ? "\"" + words + "\"" : words;
    aln_query_options options = ALN_QUERY_OPTIONS_INIT;
    options.flags = phrase ? 0 : ALN_QUERY_PLAIN;
    aln_vocabulary vocabulary = {nullptr, vocabulary_seek, vocabulary_next, nullptr, nullptr};
    cursor at;
    const aln_query_node *out = nullptr;
    if (db_) {
        at.db = db_->db;
        at.prefix = db_->stem_prefix;
        vocabulary.ctx = &at;
        options.vocabulary = &vocabulary;
        if (!db_->languages.empty())
            options.index_languages = db_->languages.c_str();
        if (aln_query_plan(analyzer(), &options, query.data(), query.size(), &out, nullptr) == ALN_OK)
            return out;
        options.vocabulary = nullptr; // a writer overtook the reader, say: then by the rules alone
    }
    if (aln_query_plan(analyzer(), &options, query.data(), query.size(), &out, nullptr) != ALN_OK)
        return nullptr;
    return out;
}

// The names under which a term of the plan may stand in a field.
void planner::add_names(const aln_query_node *n, const std::string &field, std::vector<std::string> &names)
{
    const size_t before = names.size();
    if (n->kind == ALN_TERM_EXACT) {
        const std::string word(n->text, n->text_len);
        names.push_back(field + word);
        if (is_unspaced(n->text, n->text_len))
            names.push_back(term_of(ALN_TERM_EXACT, field, n->text, n->text_len));
    } else if (n->kind == ALN_TERM_STEM && db_ && db_->stem_prefix == "Z") {
        names.push_back("Z" + field + std::string(n->text, n->text_len));
    } else {
        names.push_back(term_of(n->kind, field, n->text, n->text_len));
    }
    for (size_t i = before; i < names.size();)
        if (names[i].size() > max_term)
            names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
        else
            i++;
    for (size_t i = before; i < names.size(); i++)
        gained.push_back({n->kind, std::string(n->text, n->text_len), n->entity, names[i]});
}

Query planner::term(const aln_query_node *n, const std::vector<std::string> &fields)
{
    std::vector<std::string> names;
    for (const std::string &field : fields)
        add_names(n, field, names);
    if (names.empty())
        return Query();
    return names.size() == 1 ? Query(names[0]) : Query(Query::OP_SYNONYM, names.begin(), names.end());
}

Query planner::combine(Query::op op, const aln_query_node *n, const std::vector<std::string> &fields)
{
    std::vector<Query> children;
    for (uint32_t i = 0; i < n->count; i++) {
        Query child = node(n->children[i], fields);
        if (!child.empty())
            children.push_back(child);
        else if (op == Query::OP_AND)
            return Query();
    }
    return children.empty() ? Query() : any_of(op, children);
}

void planner::leaves(const aln_query_node *n, const std::string &field, std::vector<Query> &out)
{
    if (n->op != ALN_Q_TERM) {
        uint32_t count = n->op == ALN_Q_AND_NOT && n->count ? 1 : n->count;
        for (uint32_t i = 0; i < count; i++)
            leaves(n->children[i], field, out);
        return;
    }
    if (n->kind == ALN_TERM_STEM)
        return; // no positions
    std::vector<std::string> names;
    add_names(n, field, names);
    for (const std::string &name : names)
        out.push_back(Query(name));
}

Query planner::positional(Query::op op, const aln_query_node *n, const std::vector<std::string> &fields)
{
    // Pairs of characters have the position of Xapian's word, the whole run, and so no order.
    bool pairs = n->count > 0;
    for (uint32_t i = 0; i < n->count; i++)
        pairs = pairs && n->children[i]->op == ALN_Q_TERM && n->children[i]->window;
    std::vector<Query> ways;
    for (const std::string &field : fields) {
        std::vector<Query> places;
        for (uint32_t i = 0; i < n->count; i++) {
            std::vector<Query> terms;
            leaves(n->children[i], field, terms);
            if (terms.empty())
                return Query();
            places.push_back(any_of(Query::OP_OR, terms));
        }
        if (places.empty())
            return Query();
        if (places.size() == 1) {
            ways.push_back(places[0]);
        } else if (pairs) {
            ways.push_back(Query(Query::OP_AND, places.begin(), places.end()));
        } else {
            const Xapian::termcount least = static_cast<Xapian::termcount>(places.size());
            ways.push_back(Query(op, places.begin(), places.end(), n->window > least ? n->window : least));
        }
    }
    return any_of(Query::OP_OR, ways);
}

Query planner::node(const aln_query_node *n, const std::vector<std::string> &fields)
{
    switch (n->op) {
    case ALN_Q_TERM:
        return term(n, fields);
    case ALN_Q_AND:
        return combine(Query::OP_AND, n, fields);
    case ALN_Q_OR:
        return combine(Query::OP_OR, n, fields);
    case ALN_Q_MAX:
        return combine(Query::OP_MAX, n, fields);
    case ALN_Q_SYNONYM:
        return combine(Query::OP_SYNONYM, n, fields);
    case ALN_Q_AND_MAYBE: {
        if (!n->count)
            return Query();
        Query both = node(n->children[0], fields);
        for (uint32_t i = 1; i < n->count && !both.empty(); i++) {
            Query more = node(n->children[i], fields);
            if (!more.empty())
                both = Query(Query::OP_AND_MAYBE, both, more);
        }
        return both;
    }
    case ALN_Q_AND_NOT: { // words that do not count inside of a longer name
        if (!n->count)
            return Query();
        Query rest = node(n->children[0], fields);
        for (uint32_t i = 1; i < n->count && !rest.empty(); i++) {
            Query out = node(n->children[i], fields);
            if (!out.empty())
                rest = Query(Query::OP_AND_NOT, rest, out);
        }
        return rest;
    }
    case ALN_Q_PHRASE:
        return positional(Query::OP_PHRASE, n, fields);
    case ALN_Q_NEAR:
        return positional(Query::OP_NEAR, n, fields);
    case ALN_Q_SCALE: {
        Query child = n->count ? node(n->children[0], fields) : Query();
        if (child.empty() || n->weight == 1.0)
            return child;
        return Query(Query::OP_SCALE_WEIGHT, child, n->weight < 0.0 ? 0.0 : n->weight);
    }
    default:
        return Query(); // plain words and phrases have no other operators
    }
}

Query planner::text(const std::string &words, bool phrase, const std::vector<std::string> &fields)
{
    const aln_query_node *made = plan(words, phrase);
    return made ? node(made, fields) : Query();
}

std::vector<Query> planner::places(const std::string &word, const std::string &field)
{
    std::vector<Query> out;
    // As a place of a phrase: there a known name has the keys of its other names, for its id may have no position.
    if (const aln_query_node *made = plan(word, true))
        leaves(made, field, out);
    return out;
}

} // namespace aln_preload
