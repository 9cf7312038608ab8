#!/bin/bash
# Upgrade in place of indexes that another program made: upgrade.sh ALLONYM NEWS DUMP FOREIGN
#
# With and without stemming: names are found afterwards, a reader that holds the index open goes on, --remove gives back
# what was there, term for term. Then both ways under kill -9 at random moments: what the interrupted runs make in the
# end is what one run makes.
# SPDX-License-Identifier: MIT
set -u
allonym=$1 news=$2 dump=$3 foreign=$4
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
failures=0
seed=${SEED:-$RANDOM}
RANDOM=$seed

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

found() { # DB QUERY: how many
    "$allonym" search "$1" --ids --limit 0 "$2" 2>>errors | wc -l
}

at_least() { # N DB QUERY
    local n
    n=$(found "$2" "$3")
    [ "$n" -ge "$1" ] || fail "$2: '$3' finds $n documents, not $1"
}

for stemmer in none russian english; do
    "$foreign" index plain "$news" "$stemmer" || exit 1
    "$dump" --numbers plain >before
    "$allonym" search plain --ids токаев >/dev/null 2>&1
    [ $? = 3 ] || fail "$stemmer: an index without names is searched"

    coproc HOLD { "$foreign" hold plain президент; }
    read -r first <&"${HOLD[0]}"

    "$allonym" upgrade --quiet plain || fail "$stemmer: upgrade"
    at_least 5 plain Tokayev
    at_least 5 plain токаев
    at_least 3 plain Астана
    number=$("$allonym" search plain --ids --limit 1 Tokayev)
    [[ $number =~ ^[0-9]+$ ]] || fail "$stemmer: a document without an id has its number, not '$number'"
    "$allonym" explain plain Tokayev "$number" >/dev/null || fail "$stemmer: explain of number $number"
    "$allonym" search plain --json Tokayev >/dev/null || fail "$stemmer: --json"
    [ "$(found plain Ъыъыщщ)" = 0 ] || fail "$stemmer: a word of no language is found"
    # Documents are as they were.
    "$dump" --numbers plain | sed -n '/^documents [0-9]/,$p' >lexicon
    sed -n '/^documents [0-9]/,$p' before | cmp -s - lexicon || fail "$stemmer: the lexicon changes documents"

    "$allonym" upgrade --quiet --terms --batch 100 plain || fail "$stemmer: upgrade --terms"
    at_least 5 plain Tokayev
    at_least 3 plain Nur-Sultan
    at_least 3 plain '"Qasym-Jomart Toqaev"'
    "$dump" --numbers plain >after
    "$allonym" upgrade --quiet plain || fail "$stemmer: a second upgrade"
    "$dump" --numbers plain | cmp -s after - || fail "$stemmer: a second upgrade changes something"

    eval "exec ${HOLD[1]}>&-"
    read -r second <&"${HOLD[0]}"
    wait "$HOLD_PID" 2>/dev/null
    [ "$first" = "$second" ] && [ "$first" -gt 0 ] || fail "$stemmer: the reader found $first, then $second"

    "$allonym" upgrade --quiet --remove plain || fail "$stemmer: --remove"
    "$dump" --numbers plain | cmp -s before - || fail "$stemmer: --remove leaves a difference"
    "$allonym" upgrade --remove plain 2>/dev/null
    [ $? = 2 ] || fail "$stemmer: nothing to remove, and no word of it"
    [ "$stemmer" = english ] || rm -rf plain
done

# kill -9: `english` of the last round, and what one run makes of it in `after`.
killed=0
interrupted() { # OPTION...: until a run is done
    local pid
    for _ in $(seq 60); do
        "$allonym" upgrade --quiet "$@" plain 2>>errors &
        pid=$!
        sleep "0.$(printf %03d $((RANDOM % 400 + 20)))"
        kill -9 $pid 2>/dev/null
        wait $pid 2>/dev/null
        [ $? = 137 ] || return 0
        killed=$((killed + 1))
        "$dump" plain >/dev/null || fail "after kill -9 the index cannot be read (seed $seed)"
    done
    "$allonym" upgrade --quiet "$@" plain
}
interrupted --terms --batch 25
"$dump" --numbers plain | cmp -s after - || fail "interrupted upgrades differ from one upgrade (seed $seed)"
interrupted --remove --batch 25
"$dump" --numbers plain | cmp -s before - || fail "interrupted removals leave a difference (seed $seed)"
[ "$killed" -gt 0 ] || fail "no run was killed (seed $seed)"

# What is not to be upgraded.
"$allonym" index own "$news" >/dev/null 2>&1
"$allonym" upgrade own 2>/dev/null
[ $? = 2 ] || fail "an index of allonym's own is upgraded"

[ "$failures" = 0 ] || { sed 's/^/    /' errors | tail -20; exit 1; }
echo "upgraded, removed, killed $killed times: sound"
