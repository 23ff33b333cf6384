#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# walk.t - the instructions of a getppid that docs/performance.md lists are those of
# the kernel: they are assembled, with the kernel's names and at the kernel's
# addresses, and compared byte by byte.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
out=${O:-build}
cross=riscv64-unknown-elf-
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/said")

mapfile -t listed < <(sed -n '/^## A getppid/,/^## /s/^| `\([^`]*\)` |.*/\1/p' docs/performance.md)

address_of() { ${cross}nm "$out/portcullis.elf" | awk -v name="$1" '$3 == name { print "0x" $1 }'; }

# same FIRST COUNT SYMBOL: are COUNT lines from FIRST on what stands at SYMBOL? Where they branch to
# lies as far away as in the kernel.
same() {
	local address size target
	address=$(address_of "$3")
	{
		printf '#include "asm-offsets.h"\n.globl walked\n'
		printf '%s\n' "${listed[@]:$1:$2}" walked:
		for target in gate_judge trap_other; do
			printf '.org %d\n%s:\n' $(($(address_of "$target") - address)) "$target"
		done
	} >"$tmp/walk.S"
	${cross}gcc -march=rv64imac_zicsr -mabi=lp64 -I"$out" -nostdlib -Wl,-Ttext=0 -Wl,-e,0 -Wl,--build-id=none \
		-o "$tmp/walk" "$tmp/walk.S" >"$tmp/said" 2>&1 &&
		${cross}objcopy -O binary -j .text "$tmp/walk" "$tmp/listed" || return
	size=$((0x$(${cross}nm "$tmp/walk" | awk '$3 == "walked" { print $1 }')))
	${cross}objdump -d --start-address="$address" --stop-address=$((address + size)) "$out/portcullis.elf" >"$tmp/said"
	tail -c +$((address - $(address_of kernel_start) + 1)) "$out/portcullis.Image" | cmp -n "$size" - "$tmp/listed"
}

jump=-1
for i in "${!listed[@]}"; do [[ ${listed[i]} != jr* ]] || jump=$i; done
((jump > 0)) && same 0 $((jump + 1)) trap_entry
ok "the way in, $((jump + 1)) instructions"
same $((jump + 1)) $((${#listed[@]} - jump - 1)) quick_getppid
ok "getppid and the way out, $((${#listed[@]} - jump - 1)) instructions"
tap_end
