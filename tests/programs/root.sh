#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# root.sh - lays out, in .cache/programs/root, the file system that run.sh packs: busybox under all
# its names, dash as the shell, the other programs, glibc's loader and library for the dynamic one,
# and the scripts of test/. Prints the folder.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

cache=.cache/programs
root=$cache/root
cross=/usr/riscv64-linux-gnu

# It takes its place when it is complete.
whole=$root
root=$root.$$
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/bin" "$root/lib" "$root/test"
for name in busybox dash lua bzip2 bzip2-dynamic esbuild stages; do
	[[ ! -e $cache/bin/$name ]] || cp "$cache/bin/$name" "$root/bin"
done
while read -r name; do
	[[ -e $root/bin/${name##*/} ]] || ln -s busybox "$root/bin/${name##*/}"
done <"$cache/busybox/busybox.links"
ln -sf dash "$root/bin/sh"
cp "$cross/lib/ld-linux-riscv64-lp64d.so.1" "$cross/lib/libc.so.6" "$root/lib"
cp tests/programs/test/* "$root/test"
rm -rf "$whole"
mv "$root" "$whole"
echo "$whole"
