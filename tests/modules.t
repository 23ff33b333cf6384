#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# modules.t - images without some of the folders of kernel/linux/: the core, which has none, and one
# more. Each is built, runs the tour and those programs of guest/ that need nothing that it lacks.
# Every image that lacks just one is linked, if ALL is set.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/objects.sh
. tests/objects.sh
# shellcheck source=tests/build.sh
. tests/build.sh
O=${O:-build}
tmp=$(mktemp -d) || exit 1
guest=$PWD/$O/tests/guest
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/out")
unset MAKEFLAGS MAKELEVEL MODULES KASSERTS

# image NAME MODULES: a folder, $image, with this image and what else a run needs; the
# objects are in $O/modules.d/NAME. Those of an image with modules are the same as without.
image() {
	local objects=$O/modules.d/$1 entry
	image=$tmp/$1
	mkdir -p "$image" "$objects"
	[[ -z $2 ]] || copy_objects "$objects" || return
	make -s -j2 O="$objects" MODULES="$2" "$objects/portcullis.Image" >"$tmp/out" 2>&1 || return
	cp "$objects/portcullis.Image" "$objects/portcullis.elf" "$objects/modules" "$image"
	for entry in initrd.cpio tools tests root user; do
		ln -s "$PWD/$O/$entry" "$image/$entry"
	done
}

# fits MODULE...: the programs of guest/ that need no others.
fits() {
	awk -v have=" $* " 'FNR == 1 { fits[FILENAME] = 1 }
		/^needs:/ { for (i = 2; i <= NF; i++) if (!index(have, " " $i " ")) fits[FILENAME] = 0 }
		END { for (f in fits) if (fits[f]) print f }' tests/guest/*.expect | sed 's|.*/||; s|\.expect$||' | LC_ALL=C sort
}

# on_image NAME PROGRAM...: the tour, and these programs of guest/, all of which run.
on_image() {
	O=$image PORTCULLIS_BUILT=1 ./qemu.sh run --icount --timeout 120 --append leakcheck </dev/null >"$tmp/out" 2>&1
	status=$?
	grep -q 'none lost$' "$tmp/out" && ((status == 0))
	ok "$1: the tour, whose stops that need what is absent are skipped"
	O=$image PORTCULLIS_BUILT=1 tests/guest/run.sh "${@:2}" >"$tmp/out" 2>&1
	status=$?
	ran=$(grep -v '# SKIP' "$tmp/out" | grep -c '^ok ')
	grep '^not ok\|^#' "$tmp/out" >"$tmp/failed"
	evidence=("$tmp/failed")
	((status == 0 && ran == $# - 1))
	ok "$1: $ran programs that need nothing that is absent"
	evidence=("$tmp/out")
}

mapfile -t programs < <(fits)
image core ''
ok "the core is built"
build_guests "${programs[@]}" eventfd-counts
on_image core "${programs[@]}"

# eventfd2, 19, which the core does not have: no such call, and the kernel says so; but a filter
# that kills for it comes first.
printf '\40\0\0\0\0\0\0\0\25\0\0\1\23\0\0\0\6\0\0\0\0\0\0\200\6\0\0\0\0\0\377\177' >"$tmp/kill.bpf"
O=$image PORTCULLIS_BUILT=1 ./qemu.sh run --icount --timeout 60 "$guest/eventfd-counts" </dev/null >"$tmp/out" 2>&1
status=$?
((status == 1)) && grep -q '^syscall: 19 does not exist here: ENOSYS' "$tmp/out"
ok "an absent call is ENOSYS, with a line"
O=$image PORTCULLIS_BUILT=1 ./qemu.sh run --icount --timeout 60 -f "$tmp/kill.bpf" "$guest/eventfd-counts" </dev/null >"$tmp/out" 2>&1
status=$?
((status == 159))
ok "an absent call is filtered first"

# What the command line asks for is not left out in silence.
refused=0
for asked in 'ids --uid 1000' 'words --explain' "trace --at main -f $tmp/kill.bpf"; do
	read -r module words <<<"$asked"
	# shellcheck disable=SC2086 # it is words
	O=$image PORTCULLIS_BUILT=1 ./qemu.sh run --icount --timeout 60 $words hello </dev/null >"$tmp/out" 2>&1
	[[ $? == 251 ]] && grep -q "the module $module does, which this image lacks: nothing runs" "$tmp/out" || break
	refused=$((refused + 1))
done
((refused == 3))
ok "what only an absent module can give is refused: other users, the verdict line, filters from main on"

# As it is measured: without the checks of invariants. The goal is 96 KiB.
make -s -j2 O="$O/modules.d/measured" MODULES= KASSERTS=0 "$O/modules.d/measured/portcullis.Image" >"$tmp/out" 2>&1 &&
	size=$(stat -c %s "$O/modules.d/measured/portcullis.Image") && echo "$size bytes" >>"$tmp/out" && ((size <= 98304))
ok "the core, as it is measured, has at most 96 KiB"

subset=(wait timer proc)
image some "${subset[*]}"
ok "an image with ${subset[*]} alone is built"
mapfile -t wanted < <(comm -23 <(fits "${subset[@]}") <(fits))
build_guests "${wanted[@]}"
on_image some "${wanted[@]}"

if [[ ${ALL-} ]]; then
	mapfile -t all < <(sed -n 's/^MODULE(\(.*\))/\1/p' kernel/modules.def)
	for absent in "${all[@]}"; do
		rest=" ${all[*]} "
		make -s -j2 O="$O/modules.d/rest" MODULES="${rest/ $absent / }" "$O/modules.d/rest/portcullis.elf" >"$tmp/out" 2>&1
		ok "an image without $absent is linked"
	done
fi
tap_end
