#!/bin/sh
# Golden tests in a real server, as pg_regress does them: run.sh BINDIR LIBDIR SCRIPTDIR [--accept] [NAME…]
# Each sql/NAME.sql is run in a database of its own and compared with expected/NAME.out; --accept writes that file.
# SPDX-License-Identifier: MIT
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/postgresql/server.sh
. "$here/server.sh"
pg_begin "$1" "$2" "$3"
shift 3
accept=
[ "${1-}" != --accept ] || {
    accept=yes
    shift
}
[ $# -gt 0 ] || {
    cd "$here/sql" || exit 3
    set -- *.sql
}
failed=0
for name; do
    name=${name%.sql}
    psql_ -c "CREATE DATABASE test_$name" || exit 3
    pg_database=test_$name psql_ -a -f "$here/sql/$name.sql" 2>&1 | sed "s|$here/||" >"$pg_dir/$name.out"
    if [ -n "$accept" ]; then
        cp "$pg_dir/$name.out" "$here/expected/$name.out"
    elif diff -u "$here/expected/$name.out" "$pg_dir/$name.out"; then
        echo "ok   $name"
    else
        echo "FAIL $name"
        failed=$((failed + 1))
    fi
done
if grep -E 'PANIC|terminated by signal' "$pg_dir/server.log"; then
    echo "the server crashed"
    failed=$((failed + 1))
fi
[ $failed = 0 ]
