#!/bin/bash
# Upgrade of indexes that Debian's own programs made: stock.sh ALLONYM DUMP
#
# scriptindex, omindex, notmuch: names are found across scripts, and --remove gives back what was there. Recoll has terms
# of its own under XE (file name extensions), so that its index is refused and stays as it was. A stub file of two
# databases is refused, too; upgraded one by one they are searched together. Programs that are not there are named.
# SPDX-License-Identifier: MIT
set -u
allonym=$1 dump=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
export HOME=$dir
failures=0 tried=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

finds() { # DB QUERY N
    local n
    n=$("$allonym" search "$1" --ids --limit 0 "$2" 2>>errors | wc -l)
    [ "$n" = "$3" ] || fail "$1: '$2' finds $n documents, not $3"
}

has() {
    command -v "$1" >/dev/null && return 0
    echo "not tried: there is no $1 here"
    return 1
}

upgrade() { # DB: made by a program, of two documents
    tried=$((tried + 1))
    "$dump" --numbers "$1" >"$1.before"
    "$allonym" upgrade --quiet --terms "$1" || fail "$1: upgrade"
    finds "$1" Toqaev 2
    finds "$1" 'Qasym-Jomart Tokayev' 1
    "$dump" --numbers "$1" | cmp -s "$1.before" - && fail "$1: nothing was added"
    [ "${2-}" = keep ] && return
    "$allonym" upgrade --quiet --remove "$1" || fail "$1: --remove"
    "$dump" --numbers "$1" | cmp -s "$1.before" - || fail "$1: --remove leaves a difference"
}

one='Президент Касым-Жомарт Токаев прибыл' two='President Tokayev arrived'
if has scriptindex; then
    printf 'id : unique=Q boolean=Q field\ntext : index field\n' >script
    printf 'id=1\ntext=%s\n\nid=2\ntext=%s\n' "$one" "$two" >records
    scriptindex -s none scripted script records >/dev/null || fail "scriptindex"
    cp -r scripted scripted2
    upgrade scripted
    upgrade scripted2 keep
fi
if has omindex; then
    mkdir pages
    printf '<html><head><meta charset="utf-8"></head><body>%s</body></html>' "$one" >pages/1.html
    echo "$two" >pages/2.txt
    omindex --db pages.db --url / pages >/dev/null 2>errors || fail "omindex"
    upgrade pages.db keep
fi
if has notmuch; then
    mkdir -p mail/cur mail/new mail/tmp
    for n in one two; do
        printf 'From: a@b.example\nTo: c@d.example\nSubject: %s\nMessage-ID: <%s@b.example>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n' \
            "$n" "$n" >mail/cur/$n:2,
        printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n' "${!n}" >>mail/cur/$n:2,
    done
    printf '[database]\npath=%s/mail\n[user]\nname=a\nprimary_email=a@b.example\n[new]\ntags=new\n' "$dir" >notmuch.conf
    NOTMUCH_CONFIG=$dir/notmuch.conf notmuch new >/dev/null 2>errors || fail "notmuch new"
    cp -r mail/.notmuch/xapian mails
    upgrade mails
fi
if has recollindex; then
    mkdir -p recoll files
    echo "$one" >files/1.txt
    printf 'topdirs = %s/files\n' "$dir" >recoll/recoll.conf
    recollindex -c "$dir/recoll" >/dev/null 2>&1
    if [ -d recoll/xapiandb ]; then
        tried=$((tried + 1))
        "$dump" --numbers recoll/xapiandb >recoll.before
        "$allonym" upgrade --quiet recoll/xapiandb 2>said && fail "Recoll's index is not refused"
        grep -q 'another program uses the prefixes' said || fail "Recoll: $(cat said)"
        "$dump" --numbers recoll/xapiandb | cmp -s recoll.before - || fail "Recoll's index was changed"
    fi
fi
if [ -d scripted2 ] && [ -d pages.db ]; then
    printf 'auto scripted2\nauto pages.db\n' >stub
    "$allonym" upgrade --quiet stub 2>said && fail "a stub of two databases is not refused"
    grep -q 'each by itself' said || fail "stub: $(cat said)"
    finds stub Toqaev 4
    finds stub 'Qasym-Jomart Tokayev' 2
fi
echo "$tried indexes, $failures failures"
[ "$tried" -gt 0 ] || exit 77
[ $failures = 0 ]
