#!/usr/bin/python3
"""Recoll, which splits words itself and asks for stems only: test_recoll.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import re
import sys

from check import check, equal, run_test
from engines import need, read_corpus, run

RUNNER, CORPUS = sys.argv[1:3]


def main(folder):
    need("recollindex", "recollq")
    os.makedirs(f"{folder}/files")
    os.makedirs(f"{folder}/conf")
    for doc in read_corpus(CORPUS):
        if doc["lang"] in ("kk", "ru", "en", "pl"):
            with open(f"{folder}/files/{doc['id']}.txt", "w", encoding="utf-8") as out:
                out.write(f"{doc['title']}\n\n{doc['text']}\n")
    with open(f"{folder}/conf/recoll.conf", "w", encoding="utf-8") as conf:
        conf.write(f"topdirs = {folder}/files\nindexstemminglanguages = allonym\nloglevel = 1\n"
                   "defaultcharset = utf-8\n")
    # HOME, since it keeps something there whatever its configuration says
    env = {"RECOLL_CONFDIR": f"{folder}/conf", "HOME": folder, "LC_ALL": "C.UTF-8"}
    run([RUNNER, "recollindex", "-z"], env=env)

    def recollq(*arguments, preload=True):
        answer = run(([RUNNER] if preload else []) + ["recollq", "-n", "0", *arguments], env=env, check=False)
        return set(re.findall(r"/files/(\S+)\.txt", answer))

    found = recollq("-s", "allonym", "toqaev")
    check({"astana-summit-kk", "astana-summit-ru"} <= found, "toqaev", found)
    equal("not preloaded", recollq("toqaev", preload=False), recollq("-s", "english", "toqaev", preload=False))
    check(recollq("toqaev", preload=False) < found, "the plain program finds less")


run_test(main)
