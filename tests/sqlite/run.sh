#!/bin/sh
# Golden tests in the sqlite3 shell: run.sh MODULE [--accept] [NAME…]
# Each sql/NAME.sql is run in a database of its own and compared with expected/NAME.out; --accept writes that file.
# SPDX-License-Identifier: MIT
set -u
here=$(cd "$(dirname "$0")" && pwd)
module=${1%.so}
shift
accept=
[ "${1-}" != --accept ] || {
    accept=yes
    shift
}
command -v sqlite3 >/dev/null || {
    echo "skipped: no sqlite3 shell (Debian: sqlite3)"
    exit 77
}
sqlite3 :memory: "SELECT fts5_source_id()" >/dev/null 2>&1 || {
    echo "skipped: this sqlite3 has no FTS5"
    exit 77
}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
[ $# -gt 0 ] || {
    cd "$here/sql" || exit 3
    set -- *.sql
}
failed=0
for name; do
    name=${name%.sql}
    # the numbers of lines would change with every line that is added
    sqlite3 -init /dev/null -cmd ".load $module" -cmd '.echo on' "$dir/$name.db" <"$here/sql/$name.sql" 2>&1 |
        sed -e 's/ near line [0-9]*:/:/' -e 's/0_1_0_[0-9A-F]\{8\}/VERSION/g' >"$dir/$name.out"
    if [ -n "$accept" ]; then
        cp "$dir/$name.out" "$here/expected/$name.out"
    elif diff -u "$here/expected/$name.out" "$dir/$name.out"; then
        echo "ok   $name"
    else
        echo "FAIL $name"
        failed=$((failed + 1))
    fi
done
[ $failed = 0 ]
