#!/bin/sh
# Installs allonym into a folder of its own and builds programs against it, by CMake and by pkg-config: run.sh BUILD SOURCE
# The folder is then moved, since packages are.
# SPDX-License-Identifier: MIT
set -eu
build=$1 source=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cmake --install "$build" --prefix "$dir/first" >"$dir/log"
mv "$dir/first" "$dir/prefix"
libdir=$(dirname "$(find "$dir/prefix" -name 'liballonym.so' | head -n 1)")

cmake -S "$source" -B "$dir/build" -G Ninja -DCMAKE_PREFIX_PATH="$dir/prefix" >>"$dir/log" 2>&1 && cmake --build "$dir/build" >>"$dir/log" 2>&1 || {
    cat "$dir/log"
    exit 1
}
check() { # PROGRAM: names what the text names
    LD_LIBRARY_PATH=$libdir "$1" >"$dir/out" || { echo "$1 failed"; exit 1; }
    grep -q ': astana$' "$dir/out" && grep -q '^Tokayev: tokayev$' "$dir/out" || {
        echo "$1 printed:"
        cat "$dir/out"
        exit 1
    }
}
check "$dir/build/consumer"
check "$dir/build/consumer-static"
LD_LIBRARY_PATH=$libdir "$dir/build/consumer-cxx"
[ ! -x "$dir/build/consumer-xapian" ] || LD_LIBRARY_PATH=$libdir "$dir/build/consumer-xapian"

# The prefix in a .pc file is the one at configuration; it is told the new place.
export PKG_CONFIG_PATH="$libdir/pkgconfig"
flags=$(pkg-config --define-variable=prefix="$dir/prefix" --cflags --libs allonym)
case $flags in *UTF8PROC*) echo "allonym.pc leaks: $flags"; exit 1 ;; esac
# shellcheck disable=SC2086 # flags are words
cc -std=c99 -Wall -Wextra -pedantic -Werror "$source/consumer.c" -o "$dir/by-pkg-config" $flags
check "$dir/by-pkg-config"

# The example that README shows is built the same way.
# shellcheck disable=SC2086
cc -std=c11 -Wall -Wextra -pedantic -Werror "$source/../../examples/minimal.c" -o "$dir/minimal" $flags
LD_LIBRARY_PATH=$libdir "$dir/minimal" Токаева 'Tokayev' | grep -q Tokayev || { echo "minimal finds nothing" && exit 1; }

# The ABI's number is its own: a program asks for that, whatever the version.
abi=$(sed -n 's/^#define ALN_ABI_VERSION \([0-9]*\).*/\1/p' "$dir"/prefix/include/allonym/*.h)
for library in liballonym liballonym-xapian; do
    [ ! -e "$libdir/$library.so" ] || readelf -d "$libdir/$library.so" | grep -q "SONAME.*\[$library\.so\.$abi\]" || {
        echo "$library.so is not of ABI $abi" && exit 1
    }
done

# The preload library finds its engine where both were moved to, and exports nothing but libxapian's functions.
if [ -e "$dir/prefix/bin/allonym-run" ] && /usr/bin/python3 -c 'import xapian' 2>/dev/null; then
    stem=$(LD_LIBRARY_PATH='' "$dir/prefix/bin/allonym-run" /usr/bin/python3 -c 'import xapian
print(xapian.Stem("kazakh")("тоқаевтың").decode())')
    [ "$stem" = тоқаев ] || { echo "allonym-run, installed: got '$stem'" && exit 1; }
    if nm -D --defined-only "$libdir/liballonym-xapian-preload.so" | awk '$2 ~ /[TDBRV]/ { print $3 }' |
        grep -v '^_ZNK\?6Xapian'; then
        echo "exported by liballonym-xapian-preload.so" && exit 1
    fi
fi

# Nothing else is exported but what begins with aln_.
if nm -D --defined-only "$libdir/liballonym.so" | awk '$2 ~ /[TDBRV]/ { print $3 }' | grep -v '^aln_' >"$dir/out"; then
    echo "liballonym.so exports:"
    cat "$dir/out"
    exit 1
fi
"$dir/prefix/bin/allonym" --help >/dev/null 2>&1 || LD_LIBRARY_PATH=$libdir "$dir/prefix/bin/allonym" --help >/dev/null
echo "installed, found by CMake and by pkg-config, built and run"
