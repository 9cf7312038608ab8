#!/bin/sh
# Tables trained again from their pairs are the committed ones to the byte.
#
# usage: retrain.sh TRAIN_TRANSLIT SOURCE_DIR
# Tables of place names are trained on pairs that are made here from Debian's libgeonames-common and unicode-cldr-core, in /usr/share or,
# unpacked, in $ALLONYM_PLACES. All tables are compared where $ALLONYM_PAIRS is the folder of pairs that
# docs/transliteration.md describes, as some pairs do not ship. Without either nothing is tested (status 77).
# SPDX-License-Identifier: MIT
set -eu
trainer=$1 top=$2 share=${ALLONYM_PLACES:-/usr/share}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/pairs" "$work/models"
if [ -n "${ALLONYM_PAIRS:-}" ]; then
    sh "$top/names/tools/train_models.sh" "$trainer" "$ALLONYM_PAIRS" "$work/models" 2>/dev/null
    names=$(cd "$top/names/models" && ls *.tsv bigrams/*.tsv)
elif [ -e "$share/locale/ru/LC_MESSAGES/geonames.mo" ] && [ -d "$share/unicode/cldr/common/subdivisions" ]; then
    for lang in am ti hy ka el hi mr ne bn as pa gu or te kn ml si ta th fa ur ps ckb ug sd; do
        PYTHONDONTWRITEBYTECODE=1 python3 "$top/names/tools/pairs_places.py" "$share" $lang "$work/pairs/places-$lang.tsv" 2>/dev/null
    done
    ONLY=1 sh "$top/names/tools/train_models.sh" "$trainer" "$work/pairs" "$work/models" 2>/dev/null
    names="amharic.tsv armenian.tsv georgian.tsv greek.tsv indic.tsv persian.tsv sinhala.tsv tamil.tsv thai.tsv"
else
    echo "SKIPPED: neither ALLONYM_PAIRS nor libgeonames-common and unicode-cldr-core are here" >&2
    exit 77
fi
for name in $names; do
    cmp "$top/names/models/$name" "$work/models/$name"
done
