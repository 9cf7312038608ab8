#!/bin/sh
# Makes every generated table anew from its source: regenerate.sh [--check]
#
# With --check nothing is written: the tables are made beside, and any that differs from the one in the tree is shown (exit
# status 1). names/places-generated.tsv is not among them: gen_places.py reads packages that a build does not need.
# Needs python3 and Debian's unicode-data (or the UCD folder in $UCD).
# SPDX-License-Identifier: MIT
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
ucd=${UCD:-/usr/share/unicode}
tools=$top/names/tools
export PYTHONDONTWRITEBYTECODE=1

make_tables() { # STEMMER_DIR CORE_GEN_DIR NAMES_DIR
    python3 "$tools/gen_titles.py" "$3/titles-generated.tsv" "$top/names/words.tsv" "$top/names/trades.tsv" "$top/names/titles.tsv"
    python3 "$tools/gen_unicode.py" "$ucd" "$2/unicode_tables.c"
    python3 "$tools/gen_languages.py" "$top/names/languages.tsv" "$2/languages.c"
    python3 "$tools/gen_same.py" "$top/names/given.tsv" "$top/names/fathers.tsv" "$top/names/families.tsv" "$2/same_names.c"
    python3 "$tools/gen_patronymics.py" "$top/names/patronymics.tsv" "$2/patronymics.c"
    python3 "$tools/gen_foreign.py" "$top/names/foreign.tsv" "$2/foreign.c"
    python3 "$tools/gen_optional.py" "$top/names/divisions.tsv" "$top/names/honorifics.tsv" "$2/optional_words.c"
    python3 "$tools/gen_romanize.py" "$top/names/schemes" "$ucd/UnicodeData.txt" "$2/romanize_tables.c"
    python3 "$tools/gen_han.py" "$ucd/Unihan_Readings.txt.bz2" "$2/han_readings.c"
    python3 "$tools/gen_japanese.py" "$ucd" "$2/japanese_readings.c"
    python3 "$tools/gen_variants.py" "$ucd/Unihan_Variants.txt.bz2" "$2/han_variants.c"
    python3 "$tools/gen_symbols.py" "$ucd" "$2/translit_symbols.c"
    set -- "$1" "$2" "$top"/names/models/*.tsv
    [ ! -e "$3" ] || python3 "$tools/pack_models.py" "$top/names/models" "$2/translit_models.c"
    python3 "$tools/gen_stemmers.py" "$1"
    python3 "$tools/gen_turkic.py" "$1"
}

case ${1:-} in
'')
    make_tables "$top/stemmer" "$top/plugin/core/gen" "$top/names"
    ;;
--check)
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
    mkdir -p "$dir/core"
    cp -R "$top/stemmer" "$dir/stemmer"
    cp "$top"/plugin/core/gen/* "$dir/core"
    make_tables "$dir/stemmer" "$dir/core" "$dir"
    status=0
    diff -r -q "$top/plugin/core/gen" "$dir/core" || status=1
    diff -r -q "$top/stemmer/gen" "$dir/stemmer/gen" || status=1
    diff -q "$top/names/titles-generated.tsv" "$dir/titles-generated.tsv" || status=1
    if [ $status = 0 ]; then
        echo "all tables are those of their sources"
    else
        echo "run names/tools/regenerate.sh and commit what it changes" >&2
    fi
    exit $status
    ;;
*)
    echo "usage: regenerate.sh [--check]" >&2
    exit 2
    ;;
esac
