#!/usr/bin/python3
"""Python's binding, and what happens to queries and positions: test_python.py ALLONYM_RUN CORPUS

Runs itself once more under allonym-run, and compares.
SPDX-License-Identifier: GPL-2.0-or-later
"""
import json
import sys

from check import check, equal, run_test
from engines import Skip, run

RUNNER = sys.argv[1]
WORDS = "Президент Тоқаев, Toqaev and O'Brien met in Nur-Sultan; U.N. said"
# Queries in which there is no word: they must come out as they were.
SAME = ["", "lang:kk", "tok*", "2019..2020", "lang:kk OR lang:ru", "title:tok*", "=Toqaev"]
# The words of these gain; what they were must still stand in them.
GAIN = {
    "toqaev": "Ztoqaev@1",
    "toqaev lang:kk": "FILTER Lkk",
    "tok* toqaev": "WILDCARD SYNONYM tok",
    "2019..2020 toqaev": "VALUE_RANGE 0 2019 2020",
    '"president toqaev"': "(president@1 PHRASE 2 toqaev@2)",
    "president NEAR/3 toqaev": "NEAR 4 (toqaev@2 OR ",
    "president ADJ/3 toqaev": "PHRASE 4 (toqaev@2 OR ",
    "toqaev NOT putin": "AND_NOT",
    "toqaev XOR putin": "XOR",
    "+toqaev putin": "AND_MAYBE",
    "toqaev OR putin": ") OR (Zputin@2 MAX ",
    "title:toqaev": "ZStoqaev@1",
    "(putin OR toqaev) AND summit": ") AND ",
    "Nur-Sultan Toqaev": "(nur@1 PHRASE 2 sultan@2) AND toqaev@3",
}


def child():
    """What the binding does here, as JSON."""
    import xapian
    out = {"stems": {}, "queries": {}, "positions": {}}
    for language, word in [("kazakh", "тоқаевтың"), ("ukrainian", "токаєва"), ("uz-Cyrl", "тошкентда"),
                           ("russian", "токаевым"), ("allonym", "toqaev"), ("allonym", "тоқаев"), ("klingon", "x")]:
        try:
            out["stems"][f"{language} {word}"] = xapian.Stem(language)(word).decode()
        except xapian.InvalidArgumentError:
            out["stems"][f"{language} {word}"] = None

    db = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
    parser = xapian.QueryParser()
    parser.set_database(db)
    parser.set_stemmer(xapian.Stem("english"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    parser.add_prefix("title", "S")
    parser.add_boolean_prefix("lang", "L")
    parser.add_rangeprocessor(xapian.RangeProcessor(0))
    for query in SAME + list(GAIN):
        out["queries"][query] = str(parser.parse_query(query, parser.FLAG_DEFAULT | parser.FLAG_WILDCARD))

    class NoVowels(xapian.Stopper):
        def __call__(self, term):
            return term in (b"and", b"in")

    def index(name, prepare=lambda tg: None, text=WORDS, prefix="", bare=False):
        generator = xapian.TermGenerator()
        prepare(generator)
        generator.index_text("ahead of it")
        generator.increase_termpos(10)
        (generator.index_text_without_positions if bare else generator.index_text)(text, 1, prefix)
        out["positions"][name] = {item.term.decode(): [list(item.positer), item.wdf]
                                  for item in generator.get_document()}

    stopper = NoVowels()

    def stop(generator):
        generator.set_stopper(stopper)
        generator.set_stopper_strategy(generator.STOP_ALL)

    def all_stems(generator):
        generator.set_stemmer(xapian.Stem("english"))
        generator.set_stemming_strategy(generator.STEM_ALL)

    index("plain")
    index("prefix", prefix="S")
    index("stopped", stop)
    index("stems", all_stems)
    index("long", text="w" * 80 + " Toqaev " + "w" * 80 + " Astana")
    index("characters", lambda tg: tg.set_flags(tg.FLAG_CJK_NGRAM), text="Toqaev 托卡耶夫 Toqaev")
    index("run", text="Toqaev 托卡耶夫 Toqaev")
    index("bare", bare=True)
    index("bytes", text=b"Toqaev \xff\xfe Astana \xd0")
    print(json.dumps(out))


def main(folder):
    try:
        import xapian
    except ImportError as why:
        raise Skip("python3-xapian is not installed") from why
    command = ["/usr/bin/python3", __file__, "child"]
    plain = json.loads(run(command))
    with_it = json.loads(run([RUNNER, *command]))

    stems = with_it["stems"]
    equal("kazakh", stems["kazakh тоқаевтың"], "тоқаев")
    check(stems["ukrainian токаєва"] and stems["uz-Cyrl тошкентда"] == "тошкент", "our stemmers", stems)
    check(stems["allonym toqaev"] == stems["allonym тоқаев"], "one key", stems)
    equal("a language that nobody knows", stems["klingon x"], None)
    equal("Xapian's own", stems["russian токаевым"], plain["stems"]["russian токаевым"])
    equal("without", plain["stems"]["kazakh тоқаевтың"], None)

    for query in SAME:
        equal(f"query {query!r}", with_it["queries"][query], plain["queries"][query])
    for query, part in GAIN.items():
        got = with_it["queries"][query]
        check(part in got and got != plain["queries"][query] and "XNtokaiv" in got, f"query {query!r}", got)

    for name, terms in plain["positions"].items():
        ours = with_it["positions"][name]
        for term, posting in terms.items():
            equal(f"{name}: the program's own term {term}", ours.get(term), posting)
        added = {term: posting for term, posting in ours.items() if term not in terms}
        check(all(term.lstrip("S").startswith("X") for term in added), f"{name}: all that is added has our prefixes",
              sorted(added))
        check(len(added) > 4, f"{name}: name terms", added)

    def at(name, term):
        return with_it["positions"][name].get(term, [None])[0]

    equal("both spellings have their key", at("plain", "XNtokaiv"), sorted(at("plain", "тоқаев") +
                                                                          at("plain", "toqaev")))
    equal("an entity whose words have keys", at("plain", "XEastana~f"), [])
    equal("and these keys", at("plain", "XNnur") + at("plain", "XNsultan"), at("plain", "nur") + at("plain", "sultan"))
    equal("a field", at("prefix", "SXNtokaiv"), sorted(at("prefix", "Sтоқаев") + at("prefix", "Stoqaev")))
    equal("words that a stop list took", at("stopped", "XNnur") + at("stopped", "XNsultan"),
          at("stopped", "nur") + at("stopped", "sultan"))
    check(set(at("stopped", "toqaev")) <= set(at("stopped", "XNtokaiv")), "and before them",
          at("stopped", "XNtokaiv"))
    check(set(at("stems", "toqaev")) <= set(at("stems", "XNtokaiv")), "stems only", at("stems", "XNtokaiv"))
    equal("words too long", at("long", "XNtokaiv"), at("long", "toqaev"))
    check(set(at("characters", "toqaev")) <= set(at("characters", "XNtokaiv")), "characters",
          at("characters", "XNtokaiv"))
    check(set(at("run", "toqaev")) <= set(at("run", "XNtokaiv")), "a run of characters", at("run", "XNtokaiv"))
    equal("no positions asked for", at("bare", "XNtokaiv"), [])
    equal("bytes that are no text", at("bytes", "XNtokaiv"), at("bytes", "toqaev"))


if sys.argv[1:] == ["child"]:
    child()
else:
    run_test(main)
