#!/usr/bin/perl
# The module in Perl's DBD::SQLite: bindings.pl MODULE. It carries an SQLite of its own or the system's.
# SPDX-License-Identifier: MIT
use strict;
use warnings;
use utf8;
if (!eval { require DBI; require DBD::SQLite; 1 }) {
    print "skipped: no DBD::SQLite (Debian: libdbd-sqlite3-perl)\n";
    exit 77;
}
my $db = DBI->connect('dbi:SQLite:dbname=:memory:', '', '', { RaiseError => 1, PrintError => 0, sqlite_unicode => 1 });
$db->sqlite_enable_load_extension(1);
$db->do('SELECT load_extension(?)', undef, $ARGV[0]);
$db->do(q{CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'allonym lang kk ru en')});
$db->do('INSERT INTO t VALUES (?)', undef, $_) for 'Тоқаев Астанада', 'President Tokaev', 'Снег';
my $expanded = $db->selectcol_arrayref(q{SELECT rowid FROM t WHERE t MATCH allonym_expand('t', ?) ORDER BY rowid}, undef, 'Tokajew');
my $marked = $db->selectcol_arrayref(q{SELECT highlight(t, 0, '[', ']') FROM t WHERE t MATCH ? ORDER BY rowid}, undef, 'Tokajew');
die "expand: @$expanded\n" if "@$expanded" ne '1 2';
die "highlight: $marked->[0]\n" if $marked->[0] ne '[Тоқаев] Астанада';
$db->do(q{DELETE FROM t WHERE rowid = 1});
$db->do(q{INSERT INTO t(t) VALUES ('integrity-check')});
print "ok\n";
