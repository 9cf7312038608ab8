#!/usr/bin/python3
"""The stemmers from Xapian's Python binding: test_xapian_stem.py LIBRARY EXAMPLES. Exit status 77 = skipped.
SPDX-License-Identifier: GPL-2.0-or-later"""
import os, sys

try:
    import xapian
except ImportError:
    print("SKIPPED: python3-xapian is not installed", file=sys.stderr)
    sys.exit(77)
os.environ["ALLONYM_STEMMER"] = sys.argv[1]
sys.path.insert(0, sys.argv[2])
sys.dont_write_bytecode = True
import xapian_stem

stem = xapian.Stem(xapian_stem.Stem("kk"))
db = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
generator = xapian.TermGenerator()
generator.set_stemmer(stem)
for text in ("Тоқаевтың айтуынша", "Бұл Тоқаевқа ұнады", "Тоқаевпен кездесті", "Назарбаевқа хат"):
    document = xapian.Document()
    generator.set_document(document)
    generator.index_text(text)
    db.add_document(document)
parser = xapian.QueryParser()
parser.set_stemmer(stem)
enquire = xapian.Enquire(db)
enquire.set_query(parser.parse_query("тоқаев"))
ids = sorted(match.docid for match in enquire.get_mset(0, 10))
assert ids == [1, 2, 3], ids
assert stem("") == b"" and stem("2025") == b"2025"
try:
    xapian_stem.Stem("klingon")
except ValueError:
    pass
else:
    raise AssertionError("an unknown language was taken")
print("ok")
