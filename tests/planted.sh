# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# planted.sh - for tests that show that they notice a fault: builds kernels that have one. The build
# is in O, and up to date.

planted_link='' # what make would do to link the kernel anew

# plant DIR FILE CHANGE: a kernel whose FILE was changed by the sed script CHANGE, in DIR, which may
# be O for qemu.sh. False: nothing was changed, or it does not build; DIR/said tells why.
plant() {
	local changed=$1/${2##*/} object=$O/${2%.c}.o compile link entry
	mkdir -p "$1"
	for entry in initrd.cpio tools tests root user; do
		ln -sfn "$(realpath "$O")/$entry" "$1/$entry"
	done
	sed "$3" "$2" >"$changed"
	! cmp -s "$2" "$changed" || return
	# What make would do if FILE had changed: the commands that compile it and link.
	compile=$(env -u MAKEFLAGS -u MAKELEVEL make -n V=1 O="$O" -W "$2" "$object" 2>/dev/null | grep -- " -c $2 ")
	[[ -n $planted_link ]] ||
		planted_link=$(env -u MAKEFLAGS -u MAKELEVEL make -n V=1 O="$O" -W boot/kernel.lds "$O/portcullis.elf" 2>/dev/null |
			grep -- '-T boot/kernel.lds')
	compile=${compile/ -c $2 -o $object/ -c $changed -o $1/changed.o}
	link=${planted_link/ $object / $1/changed.o }
	link=${link/ -o $O\/portcullis.elf/ -o $1/portcullis.elf}
	(eval "$compile" && eval "$link") >"$1/said" 2>&1 &&
		riscv64-unknown-elf-objcopy -O binary "$1/portcullis.elf" "$1/portcullis.Image"
}
