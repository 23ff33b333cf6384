#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# boot.sh KERNEL-ARGS PROGRAM [ARG...] - runs a static riscv64 program on Linux 6.1, on the machine
# that Portcullis gets from qemu.sh; with its output and its exit status, as `qemu.sh run` has them.
# KERNEL-ARGS are words for Linux's command line ('' for none). With --list FOLDER instead of
# PROGRAM: the programs of FOLDER, one after the other, with the marks of init.c around each one's
# output. With --init PROGRAM: as Linux's first program, with all that the console says. With
# --root FOLDER before PROGRAM: what FOLDER holds is the root, and PROGRAM a path in it.
#
#   PEER_OPTIONS   options for qemu.sh that shape the machine: '-m 1G', '--icount' ...

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

kernel_args=$1
shift
tests/peer/build.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

mkdir -p "$tree/root/peer" "$tree/root/bin" "$tree/root/dev"
cp .cache/peer-init "$tree/root/init"
if [[ $1 == --list ]]; then
	cp "$2"/* "$tree/root/bin"
	for program in "$tree"/root/bin/*; do printf '%s\0' "/bin/${program##*/}" ''; done
elif [[ $1 == --init ]]; then
	cp "$2" "$tree/root/init"
elif [[ $1 == --root ]]; then
	cp -a "$2/." "$tree/root"
	printf '%s\0' "${@:3}" ''
else
	cp "$1" "$tree/root/bin/${1##*/}"
	printf '%s\0' "/bin/${1##*/}" "${@:2}" ''
fi >"$tree/root/peer/list"
(cd "$tree/root" && find . -mindepth 1 | LC_ALL=C sort | cpio -o -H newc --reproducible -R 0:0 --quiet) >"$tree/initrd"

# The same machine, with another kernel and other files.
read -ra options <<<"${PEER_OPTIONS-}"
eval "qemu=($(./qemu.sh run --dry-run "${options[@]}" tour </dev/null))"
for i in "${!qemu[@]}"; do
	case ${qemu[i]} in
	-kernel) qemu[i + 1]=.cache/linux/arch/riscv/boot/Image ;;
	-initrd) qemu[i + 1]=$tree/initrd ;;
	-append) qemu[i + 1]="console=ttyS0 earlycon=sbi quiet audit_backlog_limit=0 $kernel_args" ;;
	esac
done
"${qemu[@]}" </dev/null | tr -d '\r' >"$tree/log"

if [[ $1 == --init ]]; then
	cat "$tree/log"
	exit 0
fi
if [[ $1 == --list ]]; then
	sed -n '/^peer: begin /,$p' "$tree/log"
	exit 0
fi
status=$(sed -n 's/^peer: end //p' "$tree/log")
sed '1,/^peer: begin /d; /^peer: end /,$d' "$tree/log" | sed '$d'
exit "${status:-125}"
