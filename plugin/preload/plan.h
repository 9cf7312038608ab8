/*
 * The core's plan of a few words as a Xapian::Query over a program's fields.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef ALN_PRELOAD_PLAN_H
#define ALN_PRELOAD_PLAN_H

#include "terms.h"

namespace aln_preload
{

class planner
{
  public:
    explicit planner(std::shared_ptr<known_database> db) : db_(std::move(db))
    {
    }

    // Everything that a text may be: empty where that is nothing. `phrase` = the words in their order.
    Xapian::Query text(const std::string &words, bool phrase, const std::vector<std::string> &fields);
    // What may stand at the place of one word in a phrase or NEAR: terms that have positions.
    std::vector<Xapian::Query> places(const std::string &word, const std::string &field);

    // What the queries made so far ask for.
    std::vector<gained_term> gained;

  private:
    std::shared_ptr<known_database> db_;

    const aln_query_node *plan(const std::string &words, bool phrase);
    Xapian::Query node(const aln_query_node *n, const std::vector<std::string> &fields);
    Xapian::Query term(const aln_query_node *n, const std::vector<std::string> &fields);
    Xapian::Query combine(Xapian::Query::op op, const aln_query_node *n, const std::vector<std::string> &fields);
    Xapian::Query positional(Xapian::Query::op op, const aln_query_node *n, const std::vector<std::string> &fields);
    void leaves(const aln_query_node *n, const std::string &field, std::vector<Xapian::Query> &out);
    void add_names(const aln_query_node *n, const std::string &field, std::vector<std::string> &names);
};

} // namespace aln_preload

#endif
