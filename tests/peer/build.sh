#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# build.sh - builds the Linux that Portcullis is compared with: 6.1 for riscv64, from
# Debian's package, with the few parts that linux.config names, and init.c for it. Into
# .cache, where they stay: .cache/linux/arch/riscv/boot/Image and .cache/peer-init. Takes
# about three minutes the first time.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

here=tests/peer
out=$PWD/.cache/linux
image=$out/arch/riscv/boot/Image

tools/setup.sh linux cross peer
source=$(tools/linux-source.sh)
exec 9>.cache/linux.lock
flock 9
if [[ ! -e $image ]] || ! cmp -s $here/linux.config "$out/built-with"; then
	printf 'peer: building Linux 6.1 for riscv64\n' >&2
	mkdir -p "$out"
	kernel=(make -s -C "$source" O="$out" ARCH=riscv CROSS_COMPILE=riscv64-linux-gnu-)
	"${kernel[@]}" KCONFIG_ALLCONFIG="$PWD/$here/linux.config" allnoconfig >/dev/null
	"${kernel[@]}" -j"$(nproc)" Image >&2
	cp $here/linux.config "$out/built-with"
fi
if [[ $here/init.c -nt .cache/peer-init ]]; then
	riscv64-linux-gnu-gcc -O2 -Wall -static -o .cache/peer-init "$here/init.c"
fi
