#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - what the checks of invariants (KASSERT) cost: the instructions of each program
# of tests/guest, its kernel's start included, on an image with them and on one without. As TAP: no
# program takes a quarter more.
#
#   O=DIR     where the build is (build); the kernel without is built in O/measured, as bench/ has
#             it

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
export O=${O:-build} PORTCULLIS_BUILT=1
folder=tests/guest
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"
guest=$PWD/$O/tests/guest
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/out")
unset MAKEFLAGS MAKELEVEL MODULES KASSERTS

# The programs of one machine come one after the other, as they are run. Words that are for tests
# are left out: the image without checks does not take them.
(($#)) || mapfile -t all < <(all_names)
for name in "${@:-${all[@]}}"; do
	read_expectation "$name"
	[[ $options != *fail-nth* ]] || continue
	options=${options//--append leakcheck/}
	[[ $options =~ -m\ [0-9]+M ]] || options+=' -m 256M'
	echo "${options#*-m }|$name|$options $guest/$name => status $wanted"
done | LC_ALL=C sort -s -t '|' -k 1,1 >"$tmp/programs"
cut -d '|' -f 2 "$tmp/programs" >"$tmp/names"
cut -d '|' -f 3 "$tmp/programs" >"$tmp/list"
many=$(wc -l <"$tmp/names")

# count_all IMAGE COUNTS: runs the list on the kernel in the folder IMAGE.
count_all() {
	local at bin=$tmp/$2.bin
	# Where the kernel begins anew, while the MMU is off.
	at=$(riscv64-unknown-elf-nm "$1/portcullis.elf" | sed -n 's/^ffffffff800\([0-9a-f]*\) T entry_row$/802\1/p')
	mkdir "$bin"
	printf '#!/bin/sh\nexec %q "$@" -plugin %q\n' "$(command -v qemu-system-riscv64)" "$tmp/count.so,at=$at,to=$tmp/$2" \
		>"$bin/qemu-system-riscv64"
	chmod +x "$bin/qemu-system-riscv64"
	PATH=$bin:$PATH O=$1 ./qemu.sh run --icount --timeout $PATIENCE --each "$tmp/list" >"$tmp/out" 2>&1 &&
		(($(wc -l <"$tmp/$2") == many))
}

cc -O2 -shared -fPIC -o "$tmp/count.so" tests/kasserts/count.c &&
	make -s -j2 O="$O/measured" KASSERTS=0 run >"$tmp/out" 2>&1
ok "there are the plugin that counts, and a kernel without checks"
count_all "$O/measured" without
ok "$many programs end on it as they should"
count_all "$O" with
ok "so they do on the kernel with checks"
# Which takes how many times as much, without and with them.
paste "$tmp/without" "$tmp/with" "$tmp/names" | awk '{ printf "%.3f %.0f %.0f %s\n", $2 / $1, $1, $2, $3; a += $1; b += $2 }
	END { printf "%.3f %.0f %.0f all\n", b / a, a, b }' | sort -rn >"$tmp/ratios"
grep ' all$' "$tmp/ratios" >"$tmp/out"
head -n 10 "$tmp/ratios" >>"$tmp/out"
awk -v all=$((many + 1)) '$1 > 1.25 { bad = 1 } END { exit bad || NR != all }' "$tmp/ratios"
ok "no program takes a quarter more"
((tap_failed)) || sed 's/^/# /' "$tmp/out"
tap_end
