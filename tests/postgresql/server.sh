# A PostgreSQL server of one's own, to be sourced: pg_begin LIBDIR SCRIPTS starts one, psql_ asks it. It lives in a
# temporary directory, listens on a socket there and nowhere else, and goes when the shell exits, whatever happens.
#
# A server finds its modules and scripts by where its own program lies. So the programs are copied into a tree of the
# same shape under the temporary directory, where all else is links to the system's files, and the extension is put
# beside them. Nothing outside that directory is touched.
#
# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034

# A server refuses to run as root: then all is done as the user that Debian's package made, or nobody.
pg_as() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u "$pg_user" -- "$@"
    else
        "$@"
    fi
}

pg_end() {
    [ ! -s "$pg_dir/data/postmaster.pid" ] || pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$pg_dir" ${pg_cleanup:+"$pg_cleanup"}
}

# BINDIR: the server's programs. LIBDIR, SCRIPTS: folders with allonym.so and with the extension's scripts. pg_cleanup may
# name another folder to remove at the end, pg_settings has lines for postgresql.conf.
pg_begin() {
    pg_system=$1 pg_lib=$2 pg_scripts=$3
    pg_user=postgres
    id "$pg_user" >/dev/null 2>&1 || pg_user=nobody
    [ -x "$pg_system/postgres" ] && [ -x "$pg_system/initdb" ] || {
        echo "SKIPPED: no PostgreSQL server in $pg_system" >&2
        exit 77
    }
    pg_dir=$(mktemp -d /tmp/allonym-pg.XXXXXX) || exit 3
    trap pg_end EXIT
    trap 'exit 130' INT TERM HUP
    share=$("$pg_system/pg_config" --sharedir) lib=$("$pg_system/pg_config" --pkglibdir)
    # The same relations between folders as in the system, under the temporary directory; programs are copied since a
    # link would be followed to the system's.
    pg_root=$pg_dir/root
    pg_bin=$pg_root$pg_system
    mkdir -p "$pg_bin" "$pg_root$share" "$pg_root$lib" || exit 3
    cp "$pg_system/postgres" "$pg_system/initdb" "$pg_system/pg_ctl" "$pg_bin/" || exit 3
    ln -s "$lib"/* "$pg_root$lib/"
    rm -f "$pg_root$lib/allonym.so"
    for f in "$share"/*; do
        [ "$(basename "$f")" = extension ] || ln -s "$f" "$pg_root$share/"
    done
    mkdir "$pg_root$share/extension"
    ln -s "$share/extension"/* "$pg_root$share/extension/"
    rm -f "$pg_root$share/extension"/allonym*
    cp "$pg_scripts"/allonym.control "$pg_scripts"/allonym--*.sql "$pg_root$share/extension/" || exit 3
    cp "$pg_lib/allonym.so" "$pg_root$lib/" || exit 3
    [ "$(id -u)" != 0 ] || chown -R "$pg_user" "$pg_dir"
    chmod 755 "$pg_dir"
    pg_as "$pg_bin/initdb" -D "$pg_dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$pg_dir/initdb.log" 2>&1 || { cat "$pg_dir/initdb.log"; exit 3; }
    cat >>"$pg_dir/data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$pg_dir'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_connections = 20
timezone = 'UTC'
${pg_settings-}
EOF
    pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/server.log" -w -t 60 start >/dev/null 2>&1 || {
        cat "$pg_dir/server.log"
        exit 3
    }
}

psql_() { # as psql
    PGOPTIONS='-c client_min_messages=notice' psql -X -q -h "$pg_dir" -U postgres -d "${pg_database:-postgres}" "$@"
}
