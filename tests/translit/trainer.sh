#!/bin/sh
# The trainer gives the same bytes for the same pairs, learns a made-up script, and drops a pair that fits no other.
#
# usage: trainer.sh TRAIN_TRANSLIT
# SPDX-License-Identifier: MIT
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Georgian letters that stand for Latin ones, one for one, but for a digraph; words from a counter, so that nothing is random.
awk 'BEGIN {
    split("b d g k l m n p r s t v sh", c, " "); split("ბ დ გ კ ლ მ ნ პ რ ს ტ ვ შ", x, " ");
    split("a e i o u", v, " "); split("ა ე ი ო უ", y, " ");
    for (i = 0; i < 900; i++) {
        a = i % 13 + 1; p = int(i / 13) % 5 + 1; b = (i * 7 + int(i / 65)) % 13 + 1; q = (i * 3 + 1) % 5 + 1;
        print c[a] v[p] c[b] v[q] "\t" x[a] y[p] x[b] y[q] "\t" (i % 3 + 1);
    }
    print "marimekko\tშტგდბუპვვსს\t1";
}' >"$work/pairs.tsv"
for i in 1 2; do
    "$1" --name made-up --script Geor --kind letters --clean 3 --date 2026-01-01 --bigrams "$work/$i.bigrams.tsv" --share 4 \
        "$work/pairs.tsv" "$work/$i.tsv" 2>/dev/null
done
cmp "$work/1.tsv" "$work/2.tsv"
cmp "$work/1.bigrams.tsv" "$work/2.bigrams.tsv"
tab=$(printf '\t')
grep -q "^შ${tab}sh${tab}" "$work/1.tsv" || { echo "the digraph was not learned" >&2; exit 1; }
grep -q "^ბ${tab}b${tab}" "$work/1.tsv" || { echo "a letter was not learned" >&2; exit 1; }
# a word begins with a consonant, and a vowel follows: so the one is likely behind the boundary, the other never is
grep -q "^^${tab}^${tab}ბ${tab}b${tab}" "$work/1.bigrams.tsv" || { echo "what begins a word was not learned" >&2; exit 1; }
if grep -q "^^${tab}^${tab}ა${tab}" "$work/1.bigrams.tsv"; then echo "what begins no word was learned" >&2; exit 1; fi
grep -q "kept, 0 dropped" "$work/1.tsv" && { echo "the pair that fits no other was kept" >&2; exit 1; }
echo malformed >"$work/bad.tsv"
if "$1" "$work/bad.tsv" "$work/3.tsv" 2>/dev/null; then echo "a malformed line was accepted" >&2; exit 1; fi
