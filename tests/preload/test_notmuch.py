#!/usr/bin/python3
"""notmuch on a mail store: test_notmuch.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import sys

from check import check, equal, run_test
from engines import Notmuch, read_corpus

RUNNER, CORPUS = sys.argv[1:3]
PLAIN = ["toqaev", "Токаев", "subject:Astana", "tag:kk", "president and summit", "president or summit",
         "china and not russia", '"Kassym-Jomart Tokayev"', "from:desk", "tok*", "date:2019-01-01..2019-12-31",
         "tokayev tag:en", "xntokaiv", "*"]


def main(folder):
    corpus = read_corpus(CORPUS)
    docs = {doc["id"]: doc for doc in corpus}
    os.makedirs(f"{folder}/with")
    os.makedirs(f"{folder}/without")
    mail = Notmuch(f"{folder}/with", RUNNER, corpus)
    before = Notmuch(f"{folder}/without", RUNNER, corpus, preload_index=False)

    lower = set(mail.search("toqaev"))
    check({"astana-summit-kk", "astana-summit-ru", "tokayev-elected-pl", "tokayev-elected-ja"} <= lower, "toqaev",
          lower)
    equal("Toqaev", set(mail.search("Toqaev")), lower)
    equal("a tag", set(mail.search("toqaev tag:kk")), {i for i in lower if docs[i]["lang"] == "kk"})
    equal("a tag excluded", set(mail.search("toqaev and not tag:kk")), {i for i in lower if docs[i]["lang"] != "kk"})
    equal("dates", set(mail.search("toqaev date:2019-01-01..2019-12-31")),
          {i for i in lower if docs[i]["date"].startswith("2019")})
    subject = set(mail.search("subject:Астана"))
    check("astana-again-en" in subject and subject < set(mail.search("Астана")), "subject:", subject)
    phrase = set(mail.search('"касым-жомарт токаев"'))
    check("astana-summit-kk" in phrase and "brexit-day-ru" not in phrase, "phrase", phrase)
    equal("all", set(mail.search("*")), set(docs))
    equal("a message", mail.search("id:astana-summit-kk@example.org"), ["astana-summit-kk"])
    for query in PLAIN:
        equal(f"not preloaded: {query}", set(mail.search(query, preload=False)),
              set(before.search(query, preload=False)))
    check(len(before.search("toqaev", preload=False)) < len(lower), "the plain program finds less")


run_test(main)
