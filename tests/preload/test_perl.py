#!/usr/bin/python3
"""Perl's binding: test_perl.py ALLONYM_RUN CORPUS

SPDX-License-Identifier: GPL-2.0-or-later
"""
import subprocess
import sys

from check import check, equal, run_test
from engines import Skip, need, run

RUNNER = sys.argv[1]
PROGRAM = r"""
use strict; use warnings; use utf8; use Search::Xapian qw(:all);
binmode STDOUT, ':utf8';
my ($path) = @ARGV;
my $db = Search::Xapian::WritableDatabase->new($path, DB_CREATE_OR_OVERWRITE);
for my $text ('Qasym-Jomart Toqaev', 'Касым-Жомарт Токаев', 'Vladimir Putin') {
    my $doc = Search::Xapian::Document->new();
    my $generator = Search::Xapian::TermGenerator->new();
    my $bytes = $text; utf8::encode($bytes);
    $generator->set_document($doc);
    $generator->index_text($bytes);
    $doc->set_data($bytes);
    $db->add_document($doc);
}
my $parser = Search::Xapian::QueryParser->new($db);
my $stem = eval { Search::Xapian::Stem->new('kazakh') } ? 'kazakh' : 'none';
my $enquire = $db->enquire($parser->parse_query('toqaev'));
my $mset = $enquire->get_mset(0, 10);
print "$stem ", $mset->size(), "\n";
"""


def main(folder):
    need("perl")
    if subprocess.run(["perl", "-MSearch::Xapian", "-e", "1"], stderr=subprocess.DEVNULL, check=False).returncode:
        raise Skip("libsearch-xapian-perl is not installed")
    path = f"{folder}/program.pl"
    with open(path, "w", encoding="utf-8") as out:
        out.write(PROGRAM)
    equal("without", run(["perl", path, f"{folder}/plain"]), "none 1\n")
    equal("preloaded", run([RUNNER, "perl", path, f"{folder}/with"]), "kazakh 2\n")
    check(b"XNtokaiv" in b"".join(open(f"{folder}/with/{table}.glass", "rb").read()
                                  for table in ("postlist", "termlist", "position")), "keys in the database")


run_test(main)
