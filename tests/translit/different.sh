#!/bin/sh
# Names that are near and different must not be found by one another: different.sh PROGRAM ROWS [KNOWN]
#
# ROWS (tests/rows/translit/different.tsv): name, its language, other name, its language. Every name is a document of one index, and is
# searched for in the default mode: it must find its own document and not the other of its line, both ways. KNOWN lists lines that are
# known to fail, and why (name, other name, reason): they are counted apart, and one that passes fails the run.
# SPDX-License-Identifier: MIT
set -u
program=$1 rows=$2 known=${3:-/dev/null}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# shellcheck source=tests/translit/judge.sh
. "$(dirname "$0")/judge.sh"
awk -F'\t' -v OFS='\t' '!/^#/ { print $1, $2; print $3, $4 }' "$rows" | LC_ALL=C sort -u >"$dir/names"
awk -F'\t' '{ gsub(/["\\]/, "\\\\&", $1); printf "{\"id\":\"%d\",\"lang\":\"%s\",\"text\":\"%s\"}\n", NR, $2, $1 }' "$dir/names" >"$dir/docs.jsonl"
cut -f1 "$dir/names" >"$dir/queries"
search_all
awk -F'\t' -v OFS='\t' -v rows="$rows" '
    function finds(a, b) { return index(" " found[a] " ", " " id[b] " ") > 0 }
    FILENAME ~ /names$/ { id[$1] = FNR; name[FNR] = $1; next }
    FILENAME ~ /found$/ { found[name[FNR]] = $0; next }
    /^#/ || NF == 0 { next }
    {
        what = ""
        pair[1] = $1
        pair[2] = $3
        for (i = 1; i <= 2; i++) {
            if (!finds(pair[i], pair[i]))
                what = what "; " pair[i] " does not find itself"
            if (finds(pair[i], pair[3 - i]))
                what = what "; " pair[i] " finds " pair[3 - i]
        }
        print $1, $3, what == "" ? "" : rows ":" FNR ": " substr(what, 3)
    }' "$dir/names" "$dir/found" "$rows" | judge "$known"
