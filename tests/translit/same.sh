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
for file in "$rows"/*.tsv; do
    case $file in */apart.tsv | */different.tsv | */segmentations.tsv) continue ;; esac
    grep -v '^#' "$file"
done | LC_ALL=C sort -u >"$dir/pairs"
cut -f2 "$dir/pairs" | LC_ALL=C sort -u >"$dir/latin"
awk '{ printf "{\"id\":\"%d\",\"lang\":\"en\",\"text\":\"%s\"}\n", NR, toupper(substr($0, 1, 1)) substr($0, 2) }' "$dir/latin" >"$dir/docs.jsonl"
"$program" index "$dir/db" "$dir/docs.jsonl" >"$dir/log" 2>&1 &&
    cut -f1 "$dir/pairs" | "$program" search --batch --ids --limit 0 "$dir/db" >"$dir/found" 2>"$dir/log" || {
    cat "$dir/log"
    exit 1
}
paste "$dir/pairs" "$dir/found" | awk -F'\t' -v known="$known" '
    FILENAME ~ /latin$/ { id[$0] = FNR; next }
    FILENAME == known { if (!/^#/) reason[$1 FS $2] = $3; next }
    {
        total++
        missing = index(" " $3 " ", " " id[$2] " ") == 0
        expected = ($1 FS $2) in reason
        delete reason[$1 FS $2]
        excused += missing && expected
        if (missing != expected) {
            failed++
            print $1 (missing ? " does not find " $2 : " finds " $2 ", though it is listed in " known)
        }
    }
    END {
        for (row in reason) {
            failed++
            print known ": no such row: " row
        }
        printf "%d pairs, %d failed, %d known to fail\n", total, failed, excused
        exit total == 0 || failed > 0
    }' "$dir/latin" "$known" -
