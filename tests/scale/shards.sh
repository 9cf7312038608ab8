#!/bin/bash
# An index in four shards answers as one database, here and over four loopback ports, with a shard down, with a replica
# in its place, and while its stub file is replaced: shards.sh PROGRAM NEWS QUERIES DUMP
#
# Skipped where xapian-tools are not installed.
# SPDX-License-Identifier: MIT
set -u
program=$(realpath "$1")
news=$(realpath "$2")
queries=$(realpath "$3")
dump=$(realpath "$4")
for tool in xapian-tcpsrv xapian-replicate xapian-replicate-server; do
    command -v $tool >/dev/null || { echo "SKIPPED: $tool is not installed"; exit 77; }
done
dir=$(mktemp -d)
servers=()
cleanup() {
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
    rm -rf "$dir"
}
trap cleanup EXIT
cd "$dir" || exit 1
failures=0
fail() { # lines of ids can be long
    echo "FAILED: $*" | cut -c1-400
    failures=$((failures + 1))
}
same() { # WHAT FILE FILE
    [ -s "$2" ] || fail "$1: $2 is empty"
    cmp -s "$2" "$3" || fail "$1: $(diff "$2" "$3" | head -6)"
}
serve() { # PROGRAM ARGUMENT…: on a free port of the loopback interface; sets port and pid
    local name=$1 attempt
    shift
    for attempt in $(seq 50); do
        port=$((20000 + RANDOM % 12000))
        # In a session of its own: a Xapian server that is told to end tells its whole process group.
        setsid $name --interface=127.0.0.1 --port=$port "$@" >server.$port 2>&1 &
        pid=$!
        servers+=("$pid")
        for _ in $(seq 100); do
            kill -0 $pid 2>/dev/null || break
            (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && return
            sleep 0.05
        done
        kill $pid 2>/dev/null
    done
    echo "no free port for $name: $(cat server.$port)"
    exit 1
}
stop() { kill "$1" && wait "$1" 2>/dev/null; }

# Names in several scripts, words, phrases, filters. Each document is there three times, so that many weigh the same.
grep -v '^#' "$queries" | cut -f1 | sort -u | head -60 >q
for copy in a b c; do sed "s/\"id\": *\"/&$copy-/" "$news"; done >all.jsonl
half=$(($(wc -l <all.jsonl) / 2))
search() { # STUB [OPTION…]: the answers to all queries
    "$program" search --batch --ids "${@:2}" "$1" <q
}

"$program" index whole all.jsonl >/dev/null
"$program" index --jobs 2 --shards s1,s2,s3,s4 --stub local all.jsonl >out
grep -q '^894 documents indexed, 894 in 4 shards$' out || fail "summary: $(cat out)"
[ "$(grep -c '^auto /' local)" = 4 ] || fail "stub: $(cat local)"
search whole --limit 0 >all.whole
search whole --limit 7 >top.whole
search local --limit 0 >all.local 2>err
same 'all results of local shards' all.whole all.local
[ -s err ] && fail "messages: $(cat err)"
search local --limit 7 >top.local
same 'best results of local shards' top.whole top.local

# In two runs, the second through the stub file, which replaces some documents and adds others.
head -$half all.jsonl | "$program" index --shards t1,t2,t3,t4 --stub twice - >/dev/null
(tail -n +$half all.jsonl; head -50 all.jsonl) | "$program" index --jobs 2 twice - >out
grep -q ' 894 in 4 shards$' out || fail "summary of the second run: $(cat out)"
search twice --limit 7 >top.twice
same 'shards written in two runs' top.whole top.twice

# As a bulk load: the same documents as one database has, each in the shard that its id leads to.
for round in $(seq 4); do sed "s/\"id\": *\"/&r$round-/" all.jsonl; done >long.jsonl
"$program" index --jobs 2 --shards b1,b2,b3,b4 --stub bulk long.jsonl >/dev/null
"$program" index wholelong long.jsonl >/dev/null
search wholelong --limit 20 >top.wholelong
search bulk --limit 20 >top.bulk
same 'shards loaded in bulk' top.wholelong top.bulk
for i in 1 2 3 4; do "$dump" b$i | grep -c '^document '; done >sizes
[ "$(awk '{ n += $1 } END { print n }' sizes)" = 3576 ] || fail "documents of the shards: $(tr '\n' ' ' <sizes)"
awk '$1 < 700 || $1 > 1100 { exit 1 }' sizes || fail "the shards are of unlike sizes: $(tr '\n' ' ' <sizes)"
"$program" index --shards s2,s1,s3,s4 all.jsonl >/dev/null 2>err
[ $? = 2 ] && grep -q 's2: was written as shard 2 of 4' err || fail "shards in another order: $(cat err)"

# Four ports.
pids=() ports=()
for i in 1 2 3 4; do
    serve xapian-tcpsrv --timeout=60000 s$i
    pids+=("$pid") ports+=("$port")
    echo "remote 127.0.0.1:$port" >>far
done
search far --limit 0 >all.far
same 'all results of remote shards' all.whole all.far
search far --limit 7 >top.far
same 'best results of remote shards' top.whole top.far
"$program" search far --json Tokayev >out
grep -q '"snippet"' out || fail "no snippet from remote shards"
"$program" check far >out
grep -q "^shard  *remote 127.0.0.1:${ports[3]}$" out || fail "check does not show the shards"

# Shard 2 goes down: while a program runs, and before it starts.
sed '2a\
# the next line stands in for the one above\
# replica auto '"$dir/s2" far >guarded
mkfifo ask
"$program" search --batch --ids --partial --limit 0 far <ask >answers 2>err.while &
searcher=$!
exec 4>ask
head -1 q >&4
for _ in $(seq 200); do [ -s answers ] && break; sleep 0.05; done
stop "${pids[1]}"
tail -n +2 q >&4
exec 4>&-
wait $searcher || fail "status of a search that goes on without a shard: $?"
search far --limit 0 >/dev/null 2>err
[ $? = 3 ] || fail "status with a shard down"
grep -q "^allonym: far: line 2, remote 127.0.0.1:${ports[1]}: .*Connection refused" err || fail "message: $(cat err)"
search far --limit 0 --partial >all.partial 2>err.partial || fail "status of --partial"
grep -q "^allonym: far:2: remote 127.0.0.1:${ports[1]}: .*Connection refused" err.partial &&
    grep -q '^allonym: far: 1 of 4 shards are left out' err.partial || fail "--partial: $(cat err.partial)"
[ "$(wc -l <err.partial)" = 2 ] || fail "--partial says it again and again"
hit=$("$program" search far --partial --ids --limit 1 Tokayev 2>/dev/null)
"$program" explain far --partial Tokayev "$hit" >out 2>err.partial2 || fail "status of explain --partial"
grep -q Tokayev out && grep -q '1 of 4 shards are left out' err.partial2 || fail "explain --partial: $(cat out err.partial2)"
# What is left stands in the order that the three shards have together, and nothing of the second is there.
printf 'auto %s\n' "$dir"/s[134] >three
search three --limit 0 >all.three
same 'the shards that are left' all.three all.partial
grep -q '1 of 4 shards are left out' err.while || fail "a shard lost while searching: $(cat err.while)"
tail -n +3 all.three >rest.three
tail -n +3 answers >rest.while
same 'after a shard was lost' rest.three rest.while

# A replica takes over, without a change of the stub file and with one.
search guarded --limit 0 >all.guarded 2>err
same 'with a replica' all.whole all.guarded
grep -q "its replica auto $dir/s2 answers" err || fail "the replica is not named: $(cat err)"
serve xapian-replicate-server "$dir"
replicator=$port
xapian-replicate --host=127.0.0.1 --port="$port" --master=s2 --one-shot --quiet copy2 >/dev/null 2>&1 ||
    fail "xapian-replicate"
serve xapian-tcpsrv --timeout=60000 copy2
sed "2s/.*/remote 127.0.0.1:$port/" far >far.new && mv far.new far
search far --limit 7 >top.replica 2>err
same 'a replicated shard' top.whole top.replica
[ -s err ] && fail "messages: $(cat err)"

# The master gets new documents, is copied again, and goes down in the middle of a batch: the copy answers in its place.
for i in 1 2 3 4; do cp -r s$i m$i; done
printf 'auto %s\n' "$dir"/m[1234] >four
xapian-replicate --host=127.0.0.1 --port="$replicator" --master=m2 --one-shot --quiet copy2m >/dev/null 2>&1 ||
    fail "xapian-replicate of another master"
for i in $(seq 40); do echo "{\"id\":\"new$i\",\"text\":\"Nachtrag $i\"}"; done | "$program" index four - >/dev/null
xapian-replicate --host=127.0.0.1 --port="$replicator" --master=m2 --one-shot --quiet copy2m >/dev/null 2>&1 ||
    fail "xapian-replicate, again"
{ head -1 q; echo nachtrag; tail -n +2 q; } >q.four
"$program" search --batch --ids --limit 0 four <q.four >all.four
[ "$(sed -n 2p all.four | wc -w)" = 40 ] || fail "new documents: $(sed -n 2p all.four)"
for i in 1 3 4 2; do
    serve xapian-tcpsrv --timeout=60000 m$i
    eval "master$i=$port"
done
master=$pid
serve xapian-tcpsrv --timeout=60000 copy2m
copy=$port
printf 'remote 127.0.0.1:%s\n' "$master1" "$master2" "$master3" "$master4" |
    sed "2s/\$/\n# replica remote 127.0.0.1:$copy/" >watched
mkfifo ask.watched
"$program" search --batch --ids --limit 0 watched <ask.watched >answers.watched 2>err.watched &
searcher=$!
exec 4>ask.watched
head -1 q.four >&4
for _ in $(seq 200); do [ -s answers.watched ] && break; sleep 0.05; done
[ -s err.watched ] && fail "messages with the master up: $(cat err.watched)"
stop "$master"
tail -n +2 q.four >&4
exec 4>&-
wait $searcher || fail "status of a search whose master goes down: $?"
same 'a replica takes over in a batch' all.four answers.watched
[ "$(grep -c "its replica remote 127.0.0.1:$copy answers" err.watched)" = 1 ] ||
    fail "the replica that takes over is not named once: $(cat err.watched)"
"$program" search --batch --ids --limit 0 watched <q.four >answers.watched 2>err.watched
same 'a replica answers from the start' all.four answers.watched
grep -q "its replica remote 127.0.0.1:$copy answers" err.watched || fail "not named: $(cat err.watched)"

# The index is written anew, from the old one, and the stub file replaced, while others search, some that start and one
# that stays: no query is lost, none finds less.
head -4 all.whole >expected
touch go
mkfifo stay.ask stay.answer
"$program" search --batch --ids --limit 0 local <stay.ask >stay.answer 2>stay.err &
stayer=$!
exec 5>stay.ask 6<stay.answer
(
    n=0
    while [ -e go ]; do
        head -4 q >&5
        for _ in 1 2 3 4; do
            IFS= read -r -t 60 line <&6 || { echo "no answer" >>stay.err && break 2; }
            printf '%s\n' "$line"
        done >stay.now
        cmp -s stay.now expected || diff expected stay.now >>stay.err
        n=$((n + 4))
        echo $n >stay.count
    done
) &
asker=$!
for reader in 1 2; do
    (
        n=0
        while [ -e go ]; do
            head -4 q | "$program" search --batch --ids --limit 0 local >reader.$reader.now 2>>reader.$reader.err ||
                echo "status $?" >>reader.$reader.err
            cmp -s reader.$reader.now expected || diff expected reader.$reader.now >>reader.$reader.err
            n=$((n + 1))
            echo $n >reader.$reader.count
        done
    ) &
    eval "reader$reader=$!"
done
for generation in u v w; do
    "$program" index --from-db local --shards ${generation}1,${generation}2,${generation}3 --stub local >/dev/null ||
        fail "written anew: $generation"
    # Who stays has moved over with its next query, so that the old shards are free to go.
    before=$(cat stay.count)
    for _ in $(seq 200); do
        [ "$(cat stay.count)" -gt $((before + 4)) ] && break
        sleep 0.05
    done
    [ -z "${old:-}" ] || rm -rf "${old}"[123]
    old=$generation
done
sleep 1
rm go
wait "$reader1" "$reader2" "$asker"
[ "$(cat stay.count)" -ge 40 ] || fail "who stays was hardly asked: $(cat stay.count)"
[ -s stay.err ] && fail "who stays: $(head -5 stay.err)"
# It reads the new shards: what comes into them now is found.
echo '{"id":"late","text":"Latecomer Quasimodo"}' | "$program" index local - >/dev/null
echo quasimodo >&5
IFS= read -r -t 60 line <&6
[ "$line" = late ] || fail "who stays does not see a new document: $line"
# What was made by other rules is not moved to, and said once.
"$program" index --names off other all.jsonl >/dev/null
cp local local.kept
printf 'auto %s\n' "$dir/other" >local.new && mv local.new local
for _ in 1 2; do
    head -4 q >&5
    for _ in 1 2 3 4; do
        IFS= read -r -t 60 line <&6
        printf '%s\n' "$line"
    done >stay.now
    cmp -s stay.now expected || fail "who stays answers from another index: $(diff expected stay.now)"
done
[ "$(grep -c 'another fingerprint' stay.err)" = 1 ] || fail "an index by other rules: $(cat stay.err)"
mv local.kept local
exec 5>&- 6<&-
wait $stayer || fail "status of who stays: $?"
for reader in 1 2; do
    [ "$(cat reader.$reader.count)" -ge 3 ] || fail "reader $reader hardly read"
    [ -s reader.$reader.err ] && fail "reader $reader: $(head -5 reader.$reader.err)"
done
grep -q w3 local || fail "the stub file does not name the new shards"

# A shard that was made by other rules is found out, whichever it is.
"$program" index --names off odd all.jsonl >/dev/null
printf 'auto %s\n' "$dir/s1" "$dir/odd" >mixed
"$program" search mixed Tokayev >/dev/null 2>err
[ $? = 3 ] && grep -q 'odd: .*another fingerprint' err || fail "another fingerprint: $(cat err)"

[ $failures = 0 ]
