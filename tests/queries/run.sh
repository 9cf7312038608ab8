#!/bin/sh
# Runs each row of a file of queries through the allonym program: run.sh PROGRAM CORPUS QUERIES [KNOWN]
#
# QUERIES is examples/news/queries.tsv or a file like it: query, options, must, must_not, why. A row fails if an id of `must` is
# not among the results or one of `must_not` is; each such row is printed with its line and those ids. KNOWN (query, options,
# reason) lists rows that are known to fail, and why: they are counted apart, and one that passes fails the run.
# SPDX-License-Identifier: MIT
set -u
program=$1 corpus=$2 queries=$3 known=${4:-/dev/null}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$program" index "$dir/db" "$corpus" >"$dir/log" 2>&1 || {
    cat "$dir/log"
    exit 1
}

# Tabs next to each other are one separator to `read`, U+001F are not.
awk -F'\t' -v OFS='\037' -v known="$known" '
    FILENAME == known { if ($0 !~ /^#/ && $1 FS $2 != "query" FS "options" && NF >= 3) reason[$1 FS $2] = $3; next }
    /^#( |$)/ || NF == 0 || /^query\toptions\t/ { next }
    {
        row = $1 FS $2
        why = row in reason ? reason[row] : ""
        delete reason[row]
        print FNR, $1, $2, $3, $4, why
    }
    END { for (row in reason) if (reason[row] != "") { split(row, c); print "STALE", c[1], c[2], "", "", "" } }
' "$known" "$queries" >"$dir/rows"

total=0 failed=0 expected=0
while IFS="$(printf '\037')" read -r line query options must must_not reason; do
    if [ "$line" = STALE ]; then
        echo "$known: no such row in $queries: $query"
        failed=$((failed + 1))
        continue
    fi
    total=$((total + 1))
    # shellcheck disable=SC2086 # options are words
    "$program" search --ids --limit 0 $options -- "$dir/db" "$query" >"$dir/out" 2>"$dir/err"
    status=$?
    missing= forbidden=
    for id in $must; do
        grep -qxF -e "$id" "$dir/out" || missing="$missing $id"
    done
    for id in $must_not; do
        ! grep -qxF -e "$id" "$dir/out" || forbidden="$forbidden $id"
    done
    problem=
    [ -z "$missing" ] || problem="$problem
    missing:$missing"
    [ -z "$forbidden" ] || problem="$problem
    must not:$forbidden"
    [ $status -le 1 ] || problem="$problem
    exit status $status: $(cat "$dir/err")"
    if [ -n "$reason" ]; then
        expected=$((expected + 1))
        if [ -z "$problem" ]; then
            echo "$queries:$line: $query${options:+ ($options)}
    passes, though it is listed in $known: $reason"
            failed=$((failed + 1))
        fi
    elif [ -n "$problem" ]; then
        echo "$queries:$line: $query${options:+ ($options)}$problem"
        failed=$((failed + 1))
    fi
done <"$dir/rows"
echo "$total rows, $failed failed, $expected known to fail"
[ "$total" -gt 0 ] && [ $failed = 0 ]
