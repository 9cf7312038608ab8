/*
 * From allonym's query plan to a Xapian::Query.
 *
 * Most operators have their like in libxapian. Where they have not:
 *  - Keys and ids of a field have no positions of their own: the field has the words, and the text, of which it is a
 * part, has them in order. Pairs of characters have none either: the characters have.
 *  - OP_PHRASE and OP_NEAR take terms, or OP_OR of terms, only (OP_SYNONYM inside throws UnimplementedError), so
 * whatever stands as a child of them becomes the OR of its terms; stems are left out there, as they carry no position.
 *  - A filter must not add to the score: boolean terms are scaled to 0.
 *  - OP_VALUE_LE also matches documents that have no value, so every range is closed, from "0".
 * Dates are compared as text: a partial date (2025, 2025-06) is a prefix, padded with 9 at the upper end, which no date
 * exceeds.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "handle.h"

#include <algorithm>
#include <cstring>

static const aln_xapian_field standard_fields[] = {
    {{"title", aln_query_field::ALN_FIELD_TEXT}, "S", 0},
    {{"lang", aln_query_field::ALN_FIELD_FILTER}, "L", 0},
    {{"date", aln_query_field::ALN_FIELD_DATE}, "D", ALN_XAPIAN_DATE_SLOT},
    {{"id", aln_query_field::ALN_FIELD_FILTER}, "Q", 0},
};

const aln_xapian_field *aln_xapian_fields(size_t *count)
{
    if (count)
        *count = sizeof standard_fields / sizeof *standard_fields;
    return standard_fields;
}

namespace aln
{

std::string plan_term(const aln_query_node *node, const std::string &prefix)
{
    static const char *const prefixes[ALN_TERM_KINDS] = {"", "Z", "XN", "XE"};
    std::string term;
    // The order of both prefixes follows hook_posting(): "ZS" for a stem of the title, "SXN" for its key.
    if (node->kind == ALN_TERM_STEM) {
        term = "Z" + prefix;
    } else {
        term = prefix;
        term += prefixes[node->kind < ALN_TERM_KINDS ? node->kind : 0];
    }
    term.append(node->text, node->text_len);
    return term;
}

std::vector<std::string> index_terms(const aln_xapian *db, const aln_query_node *node, const std::string &prefix)
{
    const std::string term = plan_term(node, prefix);
    std::vector<std::string> terms;
    auto add = [&terms](const std::string &t) {
        // The index has no term so long, and libxapian refuses to be asked.
        if (!t.empty() && t.size() <= ALN_XAPIAN_MAX_TERM && std::find(terms.begin(), terms.end(), t) == terms.end())
            terms.push_back(t);
    };
    if (!db || !db->has_lexicon || !prefix.empty() || node->kind == ALN_TERM_EXACT) {
        add(term);
        return terms;
    }
    each_database(db, [&](const Xapian::Database &one, const upgraded &u) {
        if (!u.in_lexicon(node->kind))
            return add(u.of(node->kind).append(node->text, node->text_len));
        for (const std::string &word : lexicon_words(one, term))
            add(word);
    });
    return terms;
}

namespace
{

class translator
{
  public:
    translator(const aln_xapian *db, const aln_xapian_field *fields, size_t count, bool guard_max)
        : db_(db), fields_(fields), count_(count), guard_max_(guard_max)
    {
    }

    Xapian::Query node(const aln_query_node *n) const
    {
        switch (n->op) {
        case ALN_Q_NOTHING:
            return Xapian::Query();
        case ALN_Q_ALL:
            return Xapian::Query::MatchAll;
        case ALN_Q_TERM:
            return term(n);
        case ALN_Q_AND:
            return combine(Xapian::Query::OP_AND, n);
        case ALN_Q_OR:
            return combine(Xapian::Query::OP_OR, n);
        case ALN_Q_MAX:
            return guard_max_ ? guarded_max(n) : combine(Xapian::Query::OP_MAX, n);
        case ALN_Q_SYNONYM:
            return synonym(n);
        case ALN_Q_AND_NOT:
            return first_and_rest(Xapian::Query::OP_AND_NOT, n);
        case ALN_Q_AND_MAYBE:
            return first_and_rest(Xapian::Query::OP_AND_MAYBE, n);
        case ALN_Q_PHRASE:
            return positional(Xapian::Query::OP_PHRASE, n);
        case ALN_Q_NEAR:
            return positional(Xapian::Query::OP_NEAR, n);
        case ALN_Q_SCALE: {
            if (!n->count)
                return Xapian::Query();
            Xapian::Query child = node(n->children[0]);
            return n->weight == 1.0
                       ? child
                       : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, child, n->weight < 0.0 ? 0.0 : n->weight);
        }
        case ALN_Q_FILTER:
            return filter(n);
        case ALN_Q_RANGE:
            return range(n, n->text ? n->text : "", n->text2 ? n->text2 : "");
        }
        throw Xapian::InvalidArgumentError("a plan with an operator that this version does not know");
    }

  private:
    const aln_xapian *db_;
    const aln_xapian_field *fields_;
    size_t count_;
    bool guard_max_;

    const aln_xapian_field &field(const char *name) const
    {
        for (size_t i = 0; name && i < count_; i++)
            if (strcmp(fields_[i].query.name, name) == 0)
                return fields_[i];
        throw bad_field{name ? name : ""};
    }

    Xapian::Query term(const aln_query_node *n) const
    {
        const std::vector<std::string> terms = index_terms(db_, n, n->field ? field(n->field).prefix : "");
        return terms.size() == 1 ? Xapian::Query(terms[0])
                                 : Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
    }

    Xapian::Query combine(Xapian::Query::op op, const aln_query_node *n) const
    {
        std::vector<Xapian::Query> children;
        children.reserve(n->count);
        for (uint32_t i = 0; i < n->count; i++) {
            Xapian::Query child = node(n->children[i]);
            if (child.empty() && op != Xapian::Query::OP_AND)
                continue;
            children.push_back(child);
        }
        if (children.size() == 1)
            return children[0];
        return Xapian::Query(op, children.begin(), children.end());
    }

    // Two by two: libxapian estimates how many documents a union has by adding its parts in an order that depends on
    // their sizes in the shard, and rounds at each step; so weights would differ from shard to shard. Of two it cannot.
    Xapian::Query synonym(const aln_query_node *n) const
    {
        Xapian::Query all;
        for (uint32_t i = 0; i < n->count; i++) {
            const Xapian::Query child = node(n->children[i]);
            if (child.empty())
                continue;
            all = all.empty() ? child : Xapian::Query(Xapian::Query::OP_SYNONYM, all, child);
        }
        return all;
    }

    // What has no weight: the documents of a MAX.
    Xapian::Query documents_of(const aln_query_node *n) const
    {
        translator plain(db_, fields_, count_, false);
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, plain.combine(Xapian::Query::OP_OR, n), 0.0);
    }

    // Where all parts of an OP_MAX end at once in one local database, and the next one is searched, libxapian 1.4.22
    // asks the first part, which it has freed, for its greatest weight (a crash). On the right of OP_AND_MAYBE it is
    // never moved past its last document: the left side, which has the same documents, ends first.
    Xapian::Query guarded_max(const aln_query_node *n) const
    {
        const Xapian::Query max = combine(Xapian::Query::OP_MAX, n);
        if (max.empty() || n->count < 2)
            return max;
        return Xapian::Query(Xapian::Query::OP_AND_MAYBE, documents_of(n), max);
    }

    Xapian::Query first_and_rest(Xapian::Query::op op, const aln_query_node *n) const
    {
        if (!n->count)
            return Xapian::Query();
        Xapian::Query left = node(n->children[0]);
        std::vector<Xapian::Query> rest;
        for (uint32_t i = 1; i < n->count; i++)
            rest.push_back(node(n->children[i]));
        if (rest.empty())
            return left;
        return Xapian::Query(op, left, Xapian::Query(Xapian::Query::OP_OR, rest.begin(), rest.end()));
    }

    void leaves(const aln_query_node *n, const std::string &prefix, std::vector<Xapian::Query> &out) const
    {
        if (n->op == ALN_Q_TERM) {
            if (n->kind != ALN_TERM_STEM) {
                for (const std::string &t : index_terms(db_, n, prefix))
                    out.emplace_back(t);
            }
            return;
        }
        for (uint32_t i = 0; i < n->count; i++)
            leaves(n->children[i], prefix, out);
    }

    // One query for each place; none if there is a place where nothing can stand.
    std::vector<Xapian::Query> places(const aln_query_node *n, const std::string &prefix) const
    {
        std::vector<Xapian::Query> out, terms;
        for (uint32_t i = 0; i < n->count; i++) {
            terms.clear();
            leaves(n->children[i], prefix, terms);
            if (terms.empty())
                return {};
            out.push_back(terms.size() == 1 ? terms[0]
                                            : Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()));
        }
        return out;
    }

    static const char *field_of(const aln_query_node *n)
    {
        for (; n->op != ALN_Q_TERM; n = n->children[0])
            if (!n->count)
                return nullptr;
        return n->field;
    }

    static bool all_exact(const aln_query_node *n)
    {
        if (n->op == ALN_Q_TERM)
            return n->kind == ALN_TERM_EXACT;
        for (uint32_t i = 0; i < n->count; i++)
            if (!all_exact(n->children[i]))
                return false;
        return true;
    }

    static bool all_pairs(const aln_query_node *n)
    {
        for (uint32_t i = 0; i < n->count; i++)
            if (n->children[i]->op != ALN_Q_TERM || !n->children[i]->window || !n->children[i]->text2)
                return false;
        return n->count > 0;
    }

    // The characters of a run from its pairs: the first of each, and the second of the last.
    static Xapian::Query characters(const aln_query_node *n, const std::string &prefix)
    {
        std::vector<Xapian::Query> all;
        for (uint32_t i = 0; i < n->count; i++) {
            const aln_query_node *pair = n->children[i];
            all.emplace_back(prefix + std::string(pair->text, static_cast<size_t>(pair->text2 - pair->text)));
        }
        all.emplace_back(prefix + n->children[n->count - 1]->text2);
        return Xapian::Query(Xapian::Query::OP_PHRASE, all.begin(), all.end());
    }

    Xapian::Query positional(Xapian::Query::op op, const aln_query_node *n) const
    {
        const char *const name = field_of(n);
        const std::string prefix = name ? field(name).prefix : "";
        const std::vector<Xapian::Query> children = places(n, prefix);
        if (children.empty())
            return Xapian::Query();
        if (children.size() == 1)
            return children[0];
        Xapian::Query all(Xapian::Query::OP_AND, children.begin(), children.end());
        if (all_pairs(n))
            return Xapian::Query(Xapian::Query::OP_FILTER, all, characters(n, prefix));
        const Xapian::termcount window =
            n->window > children.size() ? n->window : static_cast<Xapian::termcount>(children.size());
        if (prefix.empty() || all_exact(n))
            return Xapian::Query(op, children.begin(), children.end(), window);
        const std::vector<Xapian::Query> text = places(n, "");
        return Xapian::Query(Xapian::Query::OP_FILTER, all, Xapian::Query(op, text.begin(), text.end(), window));
    }

    Xapian::Query filter(const aln_query_node *n) const
    {
        const aln_xapian_field &f = field(n->field);
        if (f.query.type == aln_query_field::ALN_FIELD_DATE)
            return range(n, n->text, n->text);
        std::string value(n->text, n->text_len);
        // Language tags are case-insensitive (RFC 5646 section 2.1.1) and kept in lower case.
        if (strcmp(f.query.name, "lang") == 0)
            for (char &c : value)
                if (c >= 'A' && c <= 'Z')
                    c = static_cast<char>(c - 'A' + 'a');
        return Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT,
                             Xapian::Query(boolean_term(f.prefix, value.data(), value.size())), 0.0);
    }

    static std::string digits(const char *text)
    {
        std::string out;
        for (; *text && out.size() < 8; text++)
            if (*text >= '0' && *text <= '9')
                out += *text;
        return out;
    }

    Xapian::Query range(const aln_query_node *n, const char *from, const char *to) const
    {
        const aln_xapian_field &f = field(n->field);
        if (f.query.type != aln_query_field::ALN_FIELD_DATE)
            throw bad_field{n->field};
        std::string low = digits(from), high = digits(to);
        high.resize(8, '9');
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, f.slot, low.empty() ? "0" : low, high);
    }
};

} // namespace

Xapian::Query translate(const aln_xapian *db, const aln_query_node *plan, const aln_xapian_field *fields,
                        size_t field_count, bool guard_max)
{
    if (!fields)
        fields = aln_xapian_fields(&field_count);
    const Xapian::Query query = translator(db, fields, field_count, guard_max).node(plan);
    // libxapian 1.4.22 asks an OP_MAX whose last two parts ended with the same document for its greatest weight, from
    // memory that it has freed, where an operator above it gives way at that moment (a crash; it takes more matches
    // than are wanted, so that small indexes never show it). An operator that always stays, on top of all, keeps the
    // question from being asked: all documents are none the fewer and weigh nothing.
    return query.empty() ? query : Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query::MatchAll);
}

} // namespace aln

size_t aln_xapian_describe(const aln_query_node *plan, const aln_xapian_search_options *options, char *buf, size_t cap)
{
    std::string text;
    aln_error err;
    aln_status status = aln::guard(&err, [&] {
        text = aln::translate(nullptr, plan, options ? options->fields : nullptr, options ? options->field_count : 0)
                   .get_description();
        return ALN_OK;
    });
    const char *shown = status == ALN_OK ? text.c_str() : err.message;
    const size_t len = strlen(shown), n = len < cap ? len : cap ? cap - 1 : 0;
    if (cap) {
        memcpy(buf, shown, n);
        buf[n] = '\0';
    }
    return len;
}
