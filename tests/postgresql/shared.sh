#!/bin/sh
# Backends that share their words give what backends give that do not, at the same time, where the memory is too small,
# and after one was killed: shared.sh BINDIR LIBDIR SCRIPTDIR NEWS
# SPDX-License-Identifier: MIT
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/postgresql/server.sh
. "$here/server.sh"

vectors="SELECT md5(string_agg(to_tsvector('allonym', line)::text || allonym_vector(line, 'ru')::text, '|' ORDER BY id)) FROM news"
answer() { # MEMORY of the backend's own
    psql_ -At -c "SET allonym.memory = '$1'" -c "$vectors"
}
fail() {
    echo "$*"
    cat "$pg_dir/server.log"
    exit 1
}

measure() { # SHARED LOADED BINDIR LIBDIR SCRIPTDIR NEWS
    shared=$1
    pg_settings=${2:+"shared_preload_libraries = 'allonym'
allonym.shared_memory = '$shared'"}
    pg_begin "$3" "$4" "$5"
    cp "$6" "$pg_dir/news"
    psql_ -c 'CREATE EXTENSION allonym' -c 'CREATE TABLE news (id serial, line text)' \
        -c "\\copy news (line) FROM '$pg_dir/news' (FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02')" || exit 1
    if [ -z "$2" ]; then
        answer 16MB
        exit
    fi
    [ "$(psql_ -At -c 'SHOW allonym.shared_memory')" = "$shared" ] || fail "allonym.shared_memory is not $shared"
    for i in 1 2 3 4; do
        answer 128kB >"$pg_dir/answer.$i" &
    done
    wait
    for i in 1 2 3 4; do
        [ "$(cat "$pg_dir/answer.$i")" = "$expected" ] || fail "$shared: backend $i gives other lexemes"
    done
    # a backend dies in the middle; the server then ends all others and begins with new memory
    {
        echo "SELECT pg_backend_pid();"
        echo "SELECT count(to_tsvector('allonym', line || i)) FROM news, generate_series(1, 100000) i;"
    } | psql_ -At >"$pg_dir/killed" 2>&1 &
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s "$pg_dir/killed" ] && break
        sleep .5
    done
    sleep 1
    pg_as kill -9 "$(head -n 1 "$pg_dir/killed")" || fail "no backend to kill"
    wait
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        psql_ -c 'SELECT 1' >"$pg_dir/up" 2>&1 && break
        sleep .5
    done
    grep -q 'was terminated by signal 9' "$pg_dir/server.log" || fail "no backend was killed"
    for i in 1 2; do
        [ "$(answer 128kB)" = "$expected" ] || fail "$shared: other lexemes after a backend was killed"
    done
    echo "ok   allonym.shared_memory = $shared"
}
expected=$(measure 0 "" "$@") || {
    code=$?
    echo "$expected"
    exit "$code"
}
for shared in 0 256kB 32MB; do
    (measure $shared loaded "$@") || exit
done
