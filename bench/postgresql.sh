#!/bin/sh
# to_tsvector('allonym') beside to_tsvector('russian') in one backend of a server of its own: bench/postgresql.sh BUILD [FILE…]
# FILE has JSON lines with `text` (and `lang`); none = the bundled news, several times. The ways alternate; what is
# printed is the backend's processor time in 1/100 s per round, and the ratio of the medians.
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=tests/postgresql/server.sh
. "$here/tests/postgresql/server.sh"
build=$1
shift
bin=$(sed -n 's/^ALLONYM_PG_CONFIG:FILEPATH=//p' "$build/CMakeCache.txt")
pg_begin "$("$bin" --bindir)" "$build/lib/postgresql" "$here/plugin/postgresql"
if [ $# -gt 0 ]; then
    cat "$@" >"$pg_dir/corpus"
else
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do cat "$here/examples/news/news.jsonl"; done >"$pg_dir/corpus"
fi
{
    cat <<EOF
CREATE EXTENSION allonym;
CREATE TEMP TABLE lines (line jsonb);
\\copy lines FROM '$pg_dir/corpus' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')
CREATE TEMP TABLE d AS SELECT line->>'lang' AS lang, line->>'text' AS text FROM lines;
SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
EOF
    for memory in 256kB 64MB; do
        echo "SET allonym.memory = '$memory';"
        for round in 1 2 3 4 5; do
            for way in "to_tsvector('russian', text)" "to_tsvector('allonym', text)" 'allonym_vector(text, lang)'; do
                echo "SELECT sum(length($way)) FROM d;"
                echo "\\! awk -v w=\"$way, $memory\" '{ print \"t|\" w \"|\" \$14 }' /proc/\$PID/stat"
            done
        done
    done
} >"$pg_dir/run.sql"
psql_ -At -f "$pg_dir/run.sql" | awk -F'|' '$1 == "t" { if (seen++) { times[$2] = times[$2] " " $3 - last } last = $3 }
    END { for (w in times) print w ":" times[w] }' | sort
