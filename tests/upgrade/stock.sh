#!/bin/bash
# Upgrade of indexes that Debian's own programs made: stock.sh ALLONYM DUMP
#
# scriptindex, omindex, notmuch, Recoll: names are found across scripts, and --remove gives back what was there. Recoll has
# terms of its own under XE (file name extensions), so that ours get another prefix. Of a stub file all databases are
# upgraded; and what was upgraded is searched together with an index of allonym's own. Programs that are not there are named.
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
    echo "$two" >files/2.txt
    printf 'topdirs = %s/files\n' "$dir" >recoll/recoll.conf
    recollindex -c "$dir/recoll" >/dev/null 2>&1
    "$dump" recoll/xapiandb 2>/dev/null | grep -q XEtxt || fail "Recoll has no term XEtxt: what is this test for?"
    cp -r recoll/xapiandb recoll2
    upgrade recoll2
    recoll_answers() {
        for query in Токаев 'Tokayev arrived' ext:txt 'tok*'; do recollq -c "$dir/recoll" -n 0 "$query" 2>/dev/null; done
    }
    recoll_answers >was
    upgrade recoll/xapiandb keep
    recoll_answers | cmp -s was - || fail "Recoll itself answers otherwise"
    grep -q files/1.txt was || fail "Recoll: $(cat was)"
    "$dump" recoll/xapiandb | grep -q XALNEtokayev || fail "Recoll: no id"
    # what is added later is done by the next run, under the same prefix
    echo 'Tokajew kam' >files/3.txt
    recollindex -c "$dir/recoll" >/dev/null 2>&1
    finds recoll/xapiandb Toqaev 2
    "$allonym" upgrade --quiet recoll/xapiandb || fail "Recoll: a second upgrade"
    finds recoll/xapiandb Toqaev 3
    "$dump" recoll/xapiandb | grep -q '^ *XN' && fail "Recoll: name terms under XN"
fi
if [ -d scripted2 ] && [ -d pages.db ]; then
    for db in scripted2 pages.db; do
        "$allonym" upgrade --quiet --remove "$db"
    done
    mkdir sub
    printf 'auto ../scripted2\n' >sub/inner
    printf 'auto sub/inner\nauto pages.db\n' >stub
    "$allonym" upgrade --quiet stub || fail "stub: upgrade"
    finds stub Toqaev 4
    finds pages.db Toqaev 2
    "$allonym" upgrade --quiet --terms stub || fail "stub: upgrade --terms"
    finds stub 'Qasym-Jomart Tokayev' 2
    # a lexicon alone, name terms, another prefix, an index of allonym's own
    "$allonym" upgrade --quiet --remove pages.db
    "$allonym" upgrade --quiet pages.db
    printf '{"id":"own","lang":"ja","text":"トカエフ大統領"}\n' >own.jsonl
    "$allonym" index own own.jsonl >/dev/null 2>&1 || fail "index"
    shards=4
    printf 'auto own\nauto scripted2\nauto pages.db\n' >mixed
    [ ! -d recoll/xapiandb ] || { echo 'auto recoll/xapiandb' >>mixed && shards=7; }
    finds mixed Toqaev $((shards + 1))
    "$allonym" explain mixed Toqaev own >/dev/null || fail "mixed: explain"
    "$allonym" check mixed >/dev/null || fail "mixed: check"
    "$allonym" upgrade --quiet --remove stub || fail "stub: --remove"
    finds scripted2 Toqaev 0
    printf 'remote localhost:1\n' >far
    "$allonym" upgrade far 2>said
    [ $? = 2 ] && grep -q 'far:1: remote localhost:1: upgrade it where it is' said || fail "far: $(cat said)"
fi
echo "$tried indexes, $failures failures"
[ "$tried" -gt 0 ] || exit 77
[ $failures = 0 ]
