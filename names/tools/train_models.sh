#!/bin/sh
# Trains every transliteration model anew: docs/transliteration.md says where the pairs come from.
#
# usage: train_models.sh TRAINER PAIRS_DIR MODELS_DIR [EXTRA TRAINER OPTIONS]
# PAIRS_DIR holds tokens-LANG.tsv (name tokens, unpacked), places-LANG.tsv (pairs_places.py) and latin-tokens.tsv
# (pairs_latin.py), letters-cyrillic.tsv (pairs_letters.py), schemes-LANG.tsv (pairs_schemes.py), stems-LANG.tsv
# (pairs_stems.py); places-kana.tsv is the part of places-ja.tsv in katakana. The same pairs give the committed tables to the byte. Then run pack_models.py.
# SPDX-License-Identifier: MIT
set -eu
trainer=$1 pairs=$2 models=$3
shift 3
ONLY_PLACES=${ONLY:-}
TOKENS='name tokens of Merhav and Ash (COLING 2018) from Wikidata labels'
PLACES='libgeonames-common 0.3.0-1 and unicode-cldr-core 41-0.1'
mkdir -p "$models/bigrams"
work=$(mktemp)
trap 'rm -f "$work"' EXIT

# model NAME SCRIPT KIND LANGS MARKS NONE SOURCE LICENCE FILES...
model() {
    name=$1 script=$2 kind=$3 langs=$4 marks=$5 none=$6 source=$7 licence=$8
    shift 8
    # ONLY=1 in the environment: tables of which all pairs come from the packages
    [ -z "${ONLY_PLACES}" ] || [ "$source" = "$PLACES" ] || return 0
    for file; do cat "$pairs/$file.tsv"; done >"$work"
    # what follows what, where it measures better: the sixteenths of a cost that are taken from there
    share=
    case $name in
    arabic | chinese | hebrew | katakana | korean) share=6 ;;
    esac
    set --
    [ -z "$share" ] || set -- --bigrams "$models/bigrams/$name.tsv" --share "$share"
    case $source in
    *"$SCHEMES"*) set -- --systems "$@" ;;
    esac
    # shellcheck disable=SC2086
    "$trainer" --name "$name" --script "$script" --kind "$kind" --langs "$langs" --marks "$marks" --none "$none" --clean 3 \
        --source "$source" --licence "$licence" --date 2026-11-24 $EXTRA "$@" "$work" "$models/$name.tsv"
}
EXTRA=$*
SCHEMES='published systems (pairs_schemes.py)'
BOTH='CC0-1.0; CC BY 4.0 (geonames.org), Unicode-DFS-2016'
ONLY='CC BY 4.0 (geonames.org), Unicode-DFS-2016'

model amharic Ethi ethiopic 'am,ti,*' 20 '7 0.5' "$PLACES; $SCHEMES" "$ONLY" places-am places-ti \
    places-am places-ti places-am places-ti schemes-am
model arabic Arab arabic 'ar,*' 20 '5 1.0625' "$TOKENS (en-arabic); $PLACES" "$BOTH" tokens-arabic places-ar
model armenian Armn letters 'hy,*' 20 '5.5 0.5' "$PLACES" "$ONLY" places-hy
model chinese Hani pinyin 'zh,*' 20 '8 0.625' "$TOKENS (en-chinese); $PLACES" "$BOTH" tokens-chinese places-zh
model cyrillic Cyrl letters 'ru,uk,be,bg,sr,mk,kk,ky,tg,mn,uz-Cyrl,*' 20 '5 1.25' "$TOKENS (en-russian); $PLACES" "$BOTH" \
    places-uk places-be places-bg places-sr places-mk places-kk places-ky places-tg places-mn places-ru tokens-russian letters-cyrillic
model georgian Geor letters 'ka,*' 20 '5.5 0.5' "$PLACES" "$ONLY" places-ka
model greek Grek letters 'el,*' 20 '4.5 0.75' "$PLACES; $SCHEMES" "$ONLY" places-el schemes-el stems-el
model hebrew Hebr hebrew 'he,yi,*' 20 '7.5 0.75' "$TOKENS (en-hebrew); $PLACES" "$BOTH" tokens-hebrew places-he places-yi
model indic Deva,Beng,Guru,Gujr,Orya,Telu,Knda,Mlym indic 'hi,mr,ne,bn,as,pa,gu,or,te,kn,ml,*' 20 '7 0.5' "$PLACES" "$ONLY" \
    places-hi places-mr places-ne places-bn places-as places-pa places-gu places-or places-te places-kn places-ml
model katakana Kana kana 'ja,*' 20 '6.5 1.1875' "$TOKENS (en-katakana); $PLACES" "$BOTH" tokens-katakana places-kana
model korean Hang hangul 'ko,*' 20 '5 1.125' "$TOKENS (en-korean); $PLACES" "$BOTH" tokens-korean places-ko
EXTRA="$EXTRA --max-rows 40000"
model latin Latn latin '*' 200 '3 1.5' "$TOKENS (en-russian: spellings of one word); $PLACES" "$BOTH" latin-tokens places-latin
EXTRA=$*
model mongolian Mong letters '*' 20 '6 0.5' "$SCHEMES" 'MIT' schemes-mn
model persian Arab arabic 'fa,ur,ps,ckb,ug,sd' 20 '5 0.9375' "$PLACES" "$ONLY" places-fa places-ur places-ps places-ckb places-ug \
    places-sd
model sinhala Sinh letters 'si,*' 20 '7 0.5' "$PLACES" "$ONLY" places-si
model tamil Taml letters 'ta,*' 20 '7.5 0.375' "$PLACES" "$ONLY" places-ta
model thai Thai letters 'th,*' 20 '6.5 0.5' "$PLACES" "$ONLY" places-th
model thaana Thaa letters 'dv,*' 20 '6 0.5' "$SCHEMES" 'MIT' schemes-dv
