#!/bin/bash
# An index is the same with any number of threads, by bulk load or in place, in one run or several: jobs.sh PROGRAM NEWS DUMP
#
# NEWS is repeated until it fills some parts of a bulk load. DUMP prints a database.
# SPDX-License-Identifier: MIT
set -u
program=$(realpath "$1")
news=$(realpath "$2")
dump=$(realpath "$3")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}
same() { # WHAT DUMP DUMP
    cmp -s "$2" "$3" || fail "$1: $(diff <(head -c 20000000 "$2") <(head -c 20000000 "$3") | head -5)"
}

# Each round has ids of its own, but every third document of the last rounds is a new version of an older one. Bad
# lines stand between.
for round in $(seq 12); do
    if [ $round -gt 9 ]; then
        awk -v r=$round 'NR % 3 { sub(/"id": *"/, "&r" r "-") } NR % 3 == 0 { sub(/"id": *"/, "&r" (r - 9) "-"); sub(/"text": *"/, "&Version " r ". ") } { print }' "$news"
    else
        sed "s/\"id\": *\"/&r$round-/" "$news"
        [ $((round % 4)) = 0 ] && echo "no JSON in round $round"
    fi
done >all.jsonl
[ "$(wc -c <all.jsonl)" -gt 2300000 ] || { echo "the input is too short to be loaded in bulk"; exit 1; }

"$program" index --jobs 1 one all.jsonl >out.1 2>err.1
[ $? = 2 ] || fail "exit status with bad lines"
"$program" index --jobs 3 three all.jsonl >out.3 2>err.3
"$dump" --numbers one >dump.1
"$dump" --numbers three >dump.3
same 'threads' dump.1 dump.3
grep -q '^the lexicon lacks' dump.1 && fail "a lexicon that is not complete: $(grep -m1 '^the lexicon lacks' dump.1)"
same 'messages of threads' err.1 err.3
[ "$(grep -c 'not JSON' err.1)" = 2 ] || fail "bad lines are not all named"
[ -e one.load ] || [ -e three.load ] && fail "parts are left behind"

# In place: the index is not empty, and each document is written by itself.
head -1 "$news" | sed 's/"id": *"/&r1-/' | "$program" index place - >/dev/null
"$program" index --jobs 3 place all.jsonl >/dev/null 2>err.place
"$dump" place >dump.place
"$dump" one >dump.1n
same 'in place' dump.1n dump.place
same 'messages in place' err.1 err.place

# Killed on the way, a bulk load goes on from what was done.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    "$program" index --jobs 2 killed all.jsonl >/dev/null 2>&1 &
    pid=$!
    while kill -0 $pid 2>/dev/null && [ ! -e killed.load/00000000-00000000 ]; do sleep 0.02; done
    kill -9 $pid 2>/dev/null && wait $pid 2>/dev/null
    [ -e killed.load/00000000-00000000 ] && break
    rm -rf killed killed.load # it was done sooner than it was seen
done
[ -d killed.load ] || fail "a killed load has left no part"
"$program" index --jobs 2 killed all.jsonl >/dev/null 2>err.killed
grep -q 'an earlier run came so far' err.killed || fail "a killed load begins anew"
"$dump" killed >dump.killed
same 'killed and gone on' dump.1n dump.killed
[ -e killed.load ] && fail "parts are left behind"

# Stopped by a bad line: what came before it is there, and the next run goes on behind it.
"$program" index --jobs 2 --strict strict all.jsonl >out.strict 2>err.strict
[ $? = 2 ] || fail "exit status of --strict"
grep -q "^1192 documents indexed" out.strict || fail "--strict: $(cat out.strict)"
"$program" index --jobs 2 strict all.jsonl >/dev/null 2>err.strict2
grep -q 'all.jsonl:1192: an earlier run came so far' err.strict2 || fail "--strict: the next run: $(cat err.strict2)"
"$dump" strict >dump.strict
same 'stopped and gone on' dump.1n dump.strict

# A disk that is full while parts are written is one message, and status 3.
(
    trap "" XFSZ
    ulimit -f 300
    "$program" index --jobs 2 full all.jsonl >/dev/null 2>err.full
    [ $? = 3 ]
) || fail "exit status with a full disk"
[ "$(grep -c '^allonym: full' err.full)" = 1 ] || fail "messages of a full disk: $(cat err.full)"

[ $failures = 0 ]
