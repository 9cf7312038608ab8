#!/usr/bin/python3
"""Omega end to end over its CGI: test_omega.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import sys

from check import check, equal, run_test
from engines import Omega, read_corpus

RUNNER, CORPUS = sys.argv[1:3]

# What a program that is not preloaded has to find as before: words, phrases, NEAR, fields, filters, operators.
PLAIN = ["toqaev", "Toqaev", "tokayev", "Астана", '"касым-жомарт токаев"', "президент", "president NEAR summit",
         "title:Astana", "tokayev lang:en", "china OR russia", "china NOT russia", "+china russia", "Nur-Sultan",
         "U.N.", "托卡耶夫", "the", "EU", "xn0tkf", "XEtokayev", "XNtokaiv", "astan", "tokaiv", "w-president"]


def ids(omega, query, **parameters):
    return set(omega.search(query, **parameters))


def main(folder):
    corpus = read_corpus(CORPUS)
    docs = {doc["id"]: doc for doc in corpus}
    os.makedirs(f"{folder}/with")
    os.makedirs(f"{folder}/without")
    omega = Omega(f"{folder}/with", RUNNER, corpus)
    before = Omega(f"{folder}/without", RUNNER, corpus, preload_index=False)

    # one name in every spelling, with and without a capital
    wanted = {"astana-summit-kk", "astana-summit-ru", "tokayev-elected-pl", "tokayev-elected-ja",
              "middle-corridor-kk-latn", "kazakhstan-january-hy"}
    lower = ids(omega, "toqaev")
    check(wanted <= lower, "toqaev: missing", wanted - lower)
    equal("Toqaev", ids(omega, "Toqaev"), lower)
    phrase = ids(omega, '"касым-жомарт токаев"')
    check({"astana-summit-kk", "tokayev-elected-pl", "middle-corridor-kk-latn"} <= phrase, "phrase: missing", phrase)
    check("un-assembly-ru" in phrase and "brexit-day-ru" not in phrase, "phrase", phrase)

    # a boolean filter, in the query and beside it; a date range; both
    kazakh = {i for i in lower if docs[i]["lang"] == "kk"}
    check(kazakh, "Kazakh documents")
    equal("lang:kk", ids(omega, "toqaev lang:kk"), kazakh)
    equal("B=Lkk", ids(omega, "toqaev", B="Lkk"), kazakh)
    year = {i for i in lower if docs[i]["date"].startswith("2019")}
    check(year and year != lower, "documents of 2019", year)
    equal("a date range", ids(omega, "toqaev", START="20190101", END="20191231"), year)
    equal("filter and range", ids(omega, "toqaev", B="Lru", START="20190101", END="20191231"),
          {i for i in year if docs[i]["lang"] == "ru"})
    equal("a filter alone", ids(omega, "", B="Lkk"), {i for i in docs if docs[i]["lang"] == "kk"})

    # operators hold across spellings
    both = ids(omega, "toqaev AND putin")
    check(both == lower & ids(omega, "putin"), "AND", both)
    equal("NOT", ids(omega, "toqaev NOT putin"), lower - ids(omega, "putin"))
    equal("OR", ids(omega, "toqaev OR putin"), lower | ids(omega, "putin"))
    check(ids(omega, "title:Tokajew") < lower, "title:", "")
    check("nur-sultan-rename-en" in ids(omega, "Астана") and "astana-again-ru" in ids(omega, "Nur-Sultan"),
          "a renamed capital")

    # the snippet marks the word that matched, in its own script, and what it quotes is escaped
    snippets = dict(omega.hits("toqaev"))
    for name, marked in [("astana-summit-kk", "Тоқаев"), ("tokayev-elected-ja", "トカエフ"),
                         ("middle-corridor-kk-latn", "Toqaev")]:
        inside = "".join(part.partition("</strong>")[0] for part in snippets[name].split("<strong>")[1:])
        check(marked in inside, f"snippet of {name}", snippets[name])

    # The same database answers the unmodified program as it did before.
    for query in PLAIN:
        equal(f"not preloaded: {query}", ids(omega, query, preload=False), ids(before, query, preload=False))
    check(len(ids(before, "toqaev", preload=False)) < len(lower), "the plain program finds less")

    # A database that was indexed without: its words alone are searched, by the learned models.
    old = ids(before, "toqaev")
    check({"astana-summit-kk", "middle-corridor-kk-latn"} <= old, "an index without name terms", old)
    check(ids(before, "toqaev", preload=False) <= old, "nothing is lost")


run_test(main)
