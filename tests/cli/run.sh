#!/bin/bash
# Runs one case file of tests/cli against the allonym program: run.sh PROGRAM CASE
#
# A case is lines of:
#   file NAME          the lines up to one that is "." are written to NAME
#   need PROGRAM       the case is skipped, aloud, where it is not installed
#   $ COMMAND          runs in a fresh directory with `allonym` in PATH; what follows is about it
#   > REGEX            its standard output has a line that matches this extended regular expression
#   >! REGEX           it has none
#   ! REGEX            its standard error has such a line
#   !! REGEX           it has none
#   = N                its exit status (0 where it is not said)
#   # COMMENT
# SPDX-License-Identifier: MIT
set -u
program=$(realpath "$1")
case_file=$(realpath "$2")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin" "$dir/work"
ln -s "$program" "$dir/bin/allonym"
PATH=$dir/bin:$PATH
export PATH LC_ALL=C.UTF-8 NO_COLOR=1
cd "$dir/work" || exit 1

failures=0 number=0 command= command_line=0 status=0 expected=0

fail() {
    echo "$case_file:$1: $2"
    echo "    \$ $command"
    sed 's/^/    out: /' "$dir/out"
    sed 's/^/    err: /' "$dir/err"
    failures=$((failures + 1))
}

finish() { # of the command before
    [ -z "$command" ] && return
    [ "$status" = "$expected" ] || fail "$command_line" "exit status $status, not $expected"
}

target=
while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    if [ -n "$target" ]; then
        if [ "$line" = . ]; then target=; else printf '%s\n' "$line" >>"$target"; fi
        continue
    fi
    case $line in
    '' | '#'*) ;;
    'file '*)
        target=${line#file }
        : >"$target"
        ;;
    'need '*)
        if ! command -v "${line#need }" >/dev/null; then
            echo "SKIPPED: ${line#need } is not installed"
            exit 77
        fi
        ;;
    '$ '*)
        finish
        command=${line#??} command_line=$number expected=0
        timeout 300 bash -c "$command" >"$dir/out" 2>"$dir/err" </dev/null
        status=$?
        ;;
    '>! '*) ! grep -qE -- "${line#???}" "$dir/out" || fail "$number" "in standard output: ${line#???}" ;;
    '> '*) grep -qE -- "${line#??}" "$dir/out" || fail "$number" "not in standard output: ${line#??}" ;;
    '!! '*) ! grep -qE -- "${line#???}" "$dir/err" || fail "$number" "in standard error: ${line#???}" ;;
    '! '*) grep -qE -- "${line#??}" "$dir/err" || fail "$number" "not in standard error: ${line#??}" ;;
    '= '*) expected=${line#??} ;;
    *)
        echo "$case_file:$number: not a line of a case: $line"
        failures=$((failures + 1))
        ;;
    esac
done <"$case_file"
finish
[ "$failures" = 0 ] || { echo "$failures failures"; exit 1; }
