#!/bin/bash
# All comparisons with one command, side by side on the same texts, as a table for docs/performance.md:
#
#     bench/run.sh BUILD [MB]        runs them and writes the table between the marks in docs/performance.md
#     bench/run.sh --quick BUILD     two minutes at most: compares the number of instructions that analysis takes with
#                                    bench/instructions.tsv, and fails if it has grown by more than a tenth
#
# Each engine is given the same items of news and does what it does when it indexes: Xapian's TermGenerator with the
# Russian stemmer, SQLite's FTS5 with unicode61, PostgreSQL's to_tsvector('russian'), ICU's word break iterator with the
# Any-Latin transliterator (bench/icu), and allonym. What is not installed is left out, aloud.
#
# Instructions are counted by callgrind, for allonym's analyzer and for TermGenerator in the same way, less those of a
# run that only reads the items. What counts is the ratio of the two: compilers and libraries change both.
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
news=$root/examples/news/news.jsonl
quick=
[ "${1:-}" = --quick ] && quick=1 && shift
build=${1:?usage: bench/run.sh [--quick] BUILD [MB]}
mb=${2:-8}

instructions() { # WAYS
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$build/bench/analysis" --mb 1 --rounds 1 --only "$1" "$news" 2>&1 |
        sed -n 's/.*Collected : *//p'
}

if [ -n "$quick" ]; then
    command -v valgrind >/dev/null || { echo "SKIPPED: valgrind is not installed"; exit 77; }
    base=$(instructions '') plain=$(instructions A) ours=$(instructions B)
    limit=$(awk '$1 == "analysis" { print $2 }' "$here/instructions.tsv")
    awk -v base="$base" -v plain="$plain" -v ours="$ours" -v limit="$limit" 'BEGIN {
        if (!(base > 0 && plain > base && ours > base && limit > 0)) { print "nothing was counted"; exit 3 }
        ratio = (ours - base) / (plain - base)
        printf "instructions of analysis: %.3f of TermGenerator (%.0f and %.0f million); noted: %.3f\n", ratio, (ours - base) / 1e6, (plain - base) / 1e6, limit
        if (ratio > 1.1 * limit) { print "more than a tenth above what is noted in bench/instructions.tsv"; exit 1 }
        if (ratio < 0.9 * limit) print "less than nine tenths of it: note the new ratio, so that it is kept"
    }'
    exit
fi

dir=$(mktemp -d)
server=
cleanup() {
    if [ -n "$server" ]; then as_postgres "$server/pg_ctl" -D "$dir/pg/data" -m immediate stop >/dev/null 2>&1 || true; fi
    rm -rf "$dir"
}
trap cleanup EXIT
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

"$build/bench/analysis" --mb "$mb" --new-words --only '' --rounds 1 --write "$dir/texts" "$news" >/dev/null
bytes=$(/usr/bin/python3 - "$dir/texts" "$dir/plain" <<'PY'
import json, sys
total = 0
with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in source:
        text = json.loads(line)["text"].replace("\n", " ").replace("\t", " ").replace("\\", " ")
        total += len(text.encode())
        out.write(text + "\n")
print(total)
PY
)
rows=$dir/rows
row() { # NAME SECONDS WHAT
    awk -v n="$1" -v s="$2" -v b="$bytes" -v w="$3" 'BEGIN { printf "%s\t%.6f\t%s\n", n, b / s / 1e6, w }' >>"$rows"
}

# Analysis alone: processor time within one process.
"$build/bench/analysis" --mb "$mb" --new-words --rounds 3 --only ABC "$news" >"$dir/analysis"
way() { sed -n "s/^ *$1 .* \([0-9.]*\) MB\/s.*/\1/p" "$dir/analysis" | head -1; }
printf 'TermGenerator, Russian stemmer, into a document\t%s\tXapian %s\n' "$(way A)" "$(xapian-config --version | sed 's/.* //')" >"$rows"
printf 'allonym, all on, postings counted\t%s\t%s\n' "$(way B)" "$("$build/bin/allonym" --version)" >>"$rows"
printf 'allonym, all on, into a document\t%s\t\n' "$(way C)" >>"$rows"

/usr/bin/python3 - "$dir/plain" >"$dir/fts5" <<'PY' && row 'FTS5 unicode61, into a table in memory' "$(cut -d' ' -f1 "$dir/fts5")" "SQLite $(cut -d' ' -f2 "$dir/fts5")" || echo "left out: FTS5" >&2
import sqlite3, sys, time
texts = [(line.rstrip("\n"),) for line in open(sys.argv[1], encoding="utf-8")]
db = sqlite3.connect(":memory:")
db.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='unicode61')")
begin = time.process_time()
db.executemany("INSERT INTO t(text) VALUES (?)", texts)
db.commit()
print(time.process_time() - begin, sqlite3.sqlite_version)
PY

if [ -x "$build/bench/icu" ]; then
    "$build/bench/icu" "$dir/plain" >"$dir/icu" && row 'ICU word breaks and Any-Latin' "$(cut -d' ' -f1 "$dir/icu")" "ICU $(cut -d' ' -f2 "$dir/icu")"
else
    echo "left out: ICU (bench/icu is not built)" >&2
fi

for bin in /usr/lib/postgresql/*/bin; do
    [ -x "$bin/initdb" ] || continue
    mkdir "$dir/pg"
    chmod 755 "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir/pg"
    as_postgres "$bin/initdb" -D "$dir/pg/data" -A trust -U postgres --locale=C.UTF-8 >/dev/null 2>&1 || continue
    as_postgres "$bin/pg_ctl" -D "$dir/pg/data" -o "-k $dir/pg -h ''" -w -l "$dir/pg/log" start >/dev/null || continue
    server=$bin
    sql() { "$bin/psql" -h "$dir/pg" -U postgres -qAt "$@"; }
    sql -c 'CREATE UNLOGGED TABLE t (text text)' -c "\\copy t FROM '$dir/plain'"
    sql -c '\timing on' -c "SELECT sum(length(to_tsvector('russian', text))) FROM t" >"$dir/pgtime"
    row "PostgreSQL to_tsvector('russian')" "$(sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' "$dir/pgtime" | awk '{ print $1 / 1000 }')" "$("$bin/postgres" --version | sed 's/.*(PostgreSQL) /PostgreSQL /; s/ .Debian.*//')"
    break
done
[ -n "$server" ] || echo "left out: PostgreSQL" >&2

"$here/indexing.sh" "$build" "$mb" >"$dir/indexing" 2>&1 || cat "$dir/indexing" >&2

{
    echo '<!-- begin: bench/run.sh -->'
    echo
    printf '%s MB of bundled news with invented words; %s, %s cores; %s; %s.\n\n' "$mb" \
        "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" "$(. /etc/os-release && echo "$PRETTY_NAME")" "$(cc --version | head -1)"
    echo '| | MB/s | TermGenerator = 1 | |'
    echo '|---|---|---|---|'
    awk -F'\t' 'NR == 1 { first = $2 } { printf "| %s | %.1f | %.2f | %s |\n", $1, $2, $2 / first, $3 }' "$rows"
    echo
    sed '1d; s/^/    /' "$dir/indexing"
    echo
    echo '<!-- end: bench/run.sh -->'
} >"$dir/table"
awk -v table="$dir/table" '/<!-- begin: bench\/run.sh -->/ { while ((getline line < table) > 0) print line; skip = 1 }
    !skip { print } /<!-- end: bench\/run.sh -->/ { skip = 0 }' "$root/docs/performance.md" >"$dir/page"
grep -q 'end: bench/run.sh' "$dir/page" || { echo "docs/performance.md has no marks for the table" >&2; exit 3; }
cat "$dir/page" >"$root/docs/performance.md"
cat "$dir/table"
