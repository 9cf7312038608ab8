#!/usr/bin/python3
"""quest on a database of scriptindex's: test_quest.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import re
import sys

from check import check, equal, run_test
from engines import Omega, need, read_corpus, run

RUNNER, CORPUS = sys.argv[1:3]


def main(folder):
    need("quest")
    Omega(folder, RUNNER, read_corpus(CORPUS))

    def quest(*arguments, preload=True):
        answer = run(([RUNNER] if preload else []) + ["quest", "-d", f"{folder}/data/default", "-m", "1000",
                                                      *arguments])
        return set(re.findall(r"id=(\S+)", answer))

    found = quest("toqaev")
    check({"astana-summit-kk", "tokayev-elected-pl", "tokayev-elected-ja"} <= found, "toqaev", found)
    equal("Toqaev", quest("Toqaev"), found)
    equal("a prefix and a filter", quest("-p", "title:S", "-b", "lang:L", "title:Tokajew lang:pl"),
          {"tokayev-elected-pl"} | quest("-p", "title:S", "-b", "lang:L", "title:Tokayev lang:pl"))
    # a stemmer that only allonym has
    check(quest("-s", "kazakh", "тоқаевтың") >= {"astana-summit-kk"}, "-s kazakh")
    check(quest("-s", "ukrainian", "Токаєва"), "-s ukrainian")


run_test(main)
