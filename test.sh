#!/bin/sh
# All tests on a bare Debian 12: the optimized build with warnings as errors, the same rows under AddressSanitizer and
# UndefinedBehaviorSanitizer, and the check that generated tables are those of their sources. Exit status 0 if all passed.
# SPDX-License-Identifier: MIT
set -u
cd "$(dirname "$0")" || exit 3
sh .ci/packages.sh build-essential cmake ninja-build pkg-config libxapian-dev libstemmer-dev libutf8proc-dev libcld2-dev \
    libjansson-dev zlib1g-dev libcmocka-dev unicode-data xapian-tools xapian-omega python3 python3-xapian bzip2 valgrind || exit 3
# The engines that the plugins are tested in. Where one cannot be had, its tests say that they are skipped.
for engine in 'sqlite3 libsqlite3-dev libdbd-sqlite3-perl' 'postgresql-15 postgresql-server-dev-15' notmuch recollcmd \
    libsearch-xapian-perl groonga-bin; do
    # shellcheck disable=SC2086 # a list of packages
    sh .ci/packages.sh $engine || echo "tests are skipped for want of: $engine" >&2
done

jobs=$(nproc 2>/dev/null || echo 2)
failed=
step() { # NAME COMMAND…: runs it and remembers whether it failed
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed, $name"
}

suite() { # PRESET
    cmake --preset "$1" >/dev/null && cmake --build --preset "$1" && ctest --preset "$1" -j "$jobs"
}

step 'release' suite ci
step 'instructions of analysis' bench/run.sh --quick build/ci
step 'asan and ubsan' suite asan
step 'generated tables' names/tools/regenerate.sh --check

if [ -n "$failed" ]; then
    printf '\nFAILED: %s\n' "${failed#, }"
    exit 1
fi
printf '\nAll tests passed.\n'
