#!/bin/sh
# Where the preload library is not wanted it does nothing: guard.sh ALLONYM_RUN LIBRARY GUEST
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
runner=$1 library=$2 guest=$3 failed=0
is() { # WHAT GOT WANTED
    [ "$2" = "$3" ] || { echo "$1: got '$2', wanted '$3'" && failed=1; }
}
has() { # WHAT TEXT PART
    case $2 in *"$3"*) ;; *) echo "$1: no '$3' in: $2" && failed=1 ;; esac
}

# It comes into programs without libxapian, and must not need it.
is "functions of libxapian's that it needs" "$(nm -DCu "$library" | grep -c Xapian)" 0
is "a program without libxapian" "$("$runner" -a sh -c 'echo same | cat' 2>&1)" same

# A libxapian of another series is left alone, aloud.
out=$("$runner" "$guest" 2>&1)
has "unknown libxapian" "$out" "steps aside: it knows libxapian 1.4, this is 9.0.0"
has "unknown libxapian" "$out" "stranger's kazakh"

# Python's Stem tells whether it is at work; it is off but for programs that are named.
stem="import xapian
try: print(xapian.Stem('kazakh')('тоқаевтың').decode())
except xapian.InvalidArgumentError: print('unknown')"
if /usr/bin/python3 -c 'import xapian' 2>/dev/null; then
    is "no program named" "$(LD_PRELOAD=$library /usr/bin/python3 -c "$stem" 2>&1)" unknown
    is "another named" "$(LD_PRELOAD=$library ALLONYM_PROGRAMS=omega:notmuch /usr/bin/python3 -c "$stem" 2>&1)" unknown
    is "named" "$(LD_PRELOAD=$library ALLONYM_PROGRAMS=omega:python3 /usr/bin/python3 -c "$stem" 2>&1)" тоқаев
    is "allonym-run" "$("$runner" /usr/bin/python3 -c "$stem" 2>&1)" тоқаев
    is "its child" "$("$runner" sh -c "/usr/bin/python3 -c \"$stem\"" 2>&1)" unknown
    is "its child, named" "$("$runner" -p python3 sh -c "/usr/bin/python3 -c \"$stem\"" 2>&1)" тоқаев
    is "all children" "$("$runner" -a sh -c "/usr/bin/python3 -c \"$stem\"" 2>&1)" тоқаев
    # the file, and what it says wrongly
    config=$(mktemp)
    printf '# settings\nprograms = python3\nverbose = on\n' >"$config"
    has "settings in a file" "$(LD_PRELOAD=$library ALLONYM_CONFIG=$config /usr/bin/python3 -c "$stem" 2>&1)" тоқаев
    has "settings in a file" "$(LD_PRELOAD=$library ALLONYM_CONFIG=$config /usr/bin/python3 -c "$stem" 2>&1)" "at work in libxapian 1.4"
    printf 'programs = python3\nnames = some\n' >"$config"
    has "wrong setting" "$(LD_PRELOAD=$library ALLONYM_CONFIG=$config /usr/bin/python3 -c "$stem" 2>&1)" "$config:2: not understood: names = some"
    rm -f "$config"
    has "names that do not open" "$(ALLONYM_NAMES_FILE=/nonexistent "$runner" /usr/bin/python3 -c "
import xapian
tg = xapian.TermGenerator(); tg.index_text('Toqaev')
print([t.term for t in tg.get_document()])" 2>&1)" "[b'toqaev']"
fi
"$runner" >/dev/null 2>&1
is "no program to run" $? 2
"$runner" -h | grep -q 'PROGRAM' || { echo "no help" && failed=1; }
exit $failed
