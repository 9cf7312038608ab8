#!/bin/sh
# Time and size of an index: `allonym index` beside a program of Xapian's TermGenerator alone, on the same texts.
#
#     bench/indexing.sh BUILD [MB] [FILE]
#
# BUILD is the build folder; FILE (examples/news/news.jsonl) is repeated to MB megabytes (16), with new words at the rate
# of news. Sizes are of compacted databases, so that unused blocks do not count.
#
# SPDX-License-Identifier: MIT
set -eu
build=${1:?usage: bench/indexing.sh BUILD [MB] [FILE]}
mb=${2:-16}
file=${3:-$(dirname "$0")/../examples/news/news.jsonl}
for tool in /usr/bin/time /usr/bin/xapian-compact; do
    [ -x "$tool" ] || { echo "indexing.sh: needs $tool (Debian: time, xapian-tools)" >&2; exit 2; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$build/bench/analysis" --mb "$mb" --new-words --only '' --rounds 1 --write "$dir/texts" "$file" | sed -n 2p

measure() { # NAME DATABASE COMMAND…
    name=$1 db=$2
    shift 2
    /usr/bin/time -f '%e %U %S %M' -o "$dir/time" "$@" >/dev/null 2>"$dir/errors" || {
        cat "$dir/errors" >&2
        exit 3
    }
    xapian-compact --quiet "$db" "$dir/compact" >/dev/null 2>&1
    read -r wall user system memory <"$dir/time"
    size=$(du -sk "$dir/compact" | cut -f1)
    rm -rf "$dir/compact"
    awk -v n="$name" -v w="$wall" -v u="$user" -v s="$system" -v m="$memory" -v k="$size" \
        'BEGIN { printf "%-32s %6.1f s (%.1f s of processor), %5.0f MB of memory, index %6.1f MB\n", n, w, u + s, m / 1024, k / 1024 }'
}

measure 'TermGenerator, Russian stemmer' "$dir/plain" "$build/bench/plain_indexer" "$dir/plain" "$dir/texts"
measure 'allonym index' "$dir/allonym" "$build/bin/allonym" index "$dir/allonym" "$dir/texts"
