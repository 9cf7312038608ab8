#!/bin/sh
# A name must find its Latin spelling, through index and search in the default mode: same.sh PROGRAM ROWS_DIR KNOWN
#
# The rows are those of the unit test: ROWS_DIR/LANGUAGE.tsv, a name and its Latin spelling. All Latin spellings are documents of one
# index; each name is searched for. KNOWN lists rows that are known to fail (name, Latin spelling, reason); one that passes fails the run.
# SPDX-License-Identifier: MIT
set -u
program=$1 rows=$2 known=$3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# shellcheck source=tests/translit/judge.sh
. "$(dirname "$0")/judge.sh"
for file in "$rows"/*.tsv; do
    case $file in */apart.tsv | */different.tsv | */segmentations.tsv) continue ;; esac
    grep -v '^#' "$file"
done | LC_ALL=C sort -u >"$dir/pairs"
cut -f2 "$dir/pairs" | LC_ALL=C sort -u >"$dir/latin"
awk '{ printf "{\"id\":\"%d\",\"lang\":\"en\",\"text\":\"%s\"}\n", NR, toupper(substr($0, 1, 1)) substr($0, 2) }' "$dir/latin" >"$dir/docs.jsonl"
cut -f1 "$dir/pairs" >"$dir/queries"
search_all
paste "$dir/pairs" "$dir/found" | awk -F'\t' -v OFS='\t' '
    FILENAME ~ /latin$/ { id[$0] = FNR; next }
    { print $1, $2, index(" " $3 " ", " " id[$2] " ") ? "" : $1 " does not find " $2 }' "$dir/latin" - | judge "$known"
