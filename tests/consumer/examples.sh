#!/bin/sh
# The two smallest examples: examples.sh MINIMAL LIBRARY SOURCE
# SPDX-License-Identifier: MIT
set -u
minimal=$1 library=$2 source=$3 failed=0 tab=$(printf '\t')
is() { # WHAT GOT WANTED
    [ "$2" = "$3" ] || { printf '%s: got\n%s\nwanted\n%s\n' "$1" "$2" "$3" && failed=1; }
}
is minimal "$("$minimal" Токаева 'Kassym-Jomart Tokayev met him' | cut -f 1,2)" "0${tab}Kassym-Jomart Tokayev"
is "minimal, absent" "$("$minimal" Токаев 'Nobody met him')" ""
"$minimal" >/dev/null 2>&1
is "minimal, wrong usage" $? 2
[ "$(wc -l <"$source/examples/minimal.c")" -le 40 ] || { echo "minimal.c is no longer minimal" && failed=1; }

[ "$(wc -l <"$source/examples/ctypes_entities.py")" -le 30 ] || { echo "ctypes_entities.py is longer than 30 lines" && failed=1; }
[ -n "$library" ] || { echo "ctypes: SKIPPED, Python cannot load a library that wants a sanitizer's runtime" && exit $failed; }
is ctypes "$(python3 "$source/examples/ctypes_entities.py" 'Tokayev flew to Astana' "$library")" "Tokayev${tab}tokayev
Astana${tab}astana"
exit $failed
