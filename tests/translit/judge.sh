# What same.sh and different.sh have in common: names are documents of one index, are searched for in the default mode, and each row is
# judged. Sourced; $program and $dir are the caller's.
# SPDX-License-Identifier: MIT

# Indexes $dir/docs.jsonl and searches for each line of $dir/queries: $dir/found has a line of ids for each.
search_all() {
    "$program" index "$dir/db" "$dir/docs.jsonl" >"$dir/log" 2>&1 &&
        "$program" search --batch --ids --limit 0 "$dir/db" <"$dir/queries" >"$dir/found" 2>"$dir/log" || {
        cat "$dir/log"
        exit 1
    }
}

# Reads rows from standard input: two names, and what is wrong with them, "" = nothing. Those of the file $1 (two names, reason) are known to
# fail: they are counted apart, and one that passes fails the run.
judge() {
    awk -F'\t' -v known="$1" '
        FILENAME == known { if (!/^#/ && NF) reason[$1 FS $2] = $3; next }
        {
            total++
            expected = ($1 FS $2) in reason
            delete reason[$1 FS $2]
            if ($3 != "" && expected)
                excused++
            else if ($3 != "" || expected) {
                failed++
                print expected ? $1 " and " $2 " pass, though they are listed in " known : $3
            }
        }
        END {
            for (row in reason) {
                failed++
                print known ": no such row: " row
            }
            printf "%d pairs, %d failed, %d known to fail\n", total, failed, excused
            exit total == 0 || failed > 0
        }' "$1" -
}
