#!/bin/sh
# From a checkout to answers, on a bare Debian 12: installs what is missing, builds, indexes the bundled news and searches it.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")"
sh .ci/packages.sh build-essential cmake ninja-build pkg-config libxapian-dev libstemmer-dev libutf8proc-dev libcld2-dev \
    libjansson-dev zlib1g-dev

# In a build that has tests they are left as they are.
tests=-DALLONYM_TESTS=OFF
[ ! -f build/CMakeCache.txt ] || tests=
cmake --preset release $tests ${tests:+-DALLONYM_BENCH=OFF} >/dev/null
cmake --build build

db=$(mktemp -d)
trap 'rm -rf "$db"' EXIT
started=$(date +%s)
build/bin/allonym index "$db/news" examples/news/news.jsonl
for query in Токаев Tokayev 托卡耶夫 Astana Нұр-Сұлтан '"Xi Jinping"'; do
    printf '\n=== %s\n' "$query"
    build/bin/allonym search --limit 8 "$db/news" "$query"
done
printf '\nIndexed and answered in %s s. To go on:\n' $(($(date +%s) - started))
echo '    build/bin/allonym index news.db examples/news/news.jsonl'
echo '    build/bin/allonym search news.db QUERY'
