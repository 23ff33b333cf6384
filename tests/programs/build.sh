#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# build.sh [NAME...] - the real programs that run.sh runs, in .cache/programs: shells, an
# interpreter, compressors, built static for riscv64 from Debian's source packages, unmodified; a Go
# program from npm; and test/stages.c with the libseccomp of Debian 13. All, or those that are
# named. Everything that is there already stays. Status 2, with a line that says why, when something
# cannot be had.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

root=$PWD
cache=$root/.cache/programs
sources=(busybox dash lua5.4 bzip2)
cross=riscv64-linux-gnu-

fail() {
	printf 'programs: %s\n' "$1" >&2
	exit 2
}

# source_of PACKAGE: the folder with its unpacked source.
source_of() {
	local found=("$cache/src/$1"-[0-9]*/)
	[[ -d ${found[0]} ]] || fail "no source of $1"
	echo "${found[0]}"
}

build_busybox() {
	local source
	source=$(source_of busybox)
	mkdir -p "$cache/busybox"
	# Debian's own configuration for its package busybox-static, without tc, which needs what
	# newer headers of Linux lack.
	sed 's/^CONFIG_TC=y/# CONFIG_TC is not set/' "$source/debian/config/pkg/static" >"$cache/busybox/.config"
	yes '' | make -s -C "$source" O="$cache/busybox" ARCH=riscv CROSS_COMPILE=$cross oldconfig
	make -s -j2 -C "$cache/busybox" ARCH=riscv CROSS_COMPILE=$cross busybox busybox.links
	cp "$cache/busybox/busybox" "$cache/bin/busybox"
}

build_dash() {
	mkdir -p "$cache/dash"
	# Debian's changes add a source file, so what configure is made from is newer than it.
	(cd "$(source_of dash)" && autoreconf -fi >/dev/null)
	(cd "$cache/dash" && "$(source_of dash)configure" -q --host=riscv64-linux-gnu --enable-static LDFLAGS=-static)
	make -s -C "$cache/dash" CC_FOR_BUILD=cc
	cp "$cache/dash/src/dash" "$cache/bin/dash"
}

build_lua() {
	local source parts
	source=$(source_of lua5.4)src
	mkdir -p "$cache/lua"
	# The header that Debian's build makes.
	echo '#define DEB_HOST_MULTIARCH "riscv64-linux-gnu"' >"$cache/lua/lua5.4-deb-multiarch.h"
	parts=("$source"/l[!u]*.c "$source"/lu[!a]*.c "$source"/lua.c)
	${cross}gcc -O2 -static -DLUA_USE_POSIX "-I$cache/lua" "${parts[@]}" -o "$cache/bin/lua" -lm
}

# Once static, and once on the libraries that its root will hold.
build_bzip2() {
	local source parts=(bzip2 blocksort huffman crctable randtable compress decompress bzlib)
	source=$(source_of bzip2)
	(cd "$source" && ${cross}gcc -O2 -static -D_FILE_OFFSET_BITS=64 "${parts[@]/%/.c}" -o "$cache/bin/bzip2")
	(cd "$source" && ${cross}gcc -O2 -D_FILE_OFFSET_BITS=64 "${parts[@]/%/.c}" -o "$cache/bin/bzip2-dynamic")
}

# npm would refuse a package for another machine; its archive is all that is needed.
get_esbuild() {
	(cd "$cache" && npm pack --silent @esbuild/linux-riscv64@0.25.0 >/dev/null) || fail "npm has no esbuild for us"
	tar -xzf "$cache"/esbuild-linux-riscv64-*.tgz -C "$cache" package/bin/esbuild
	cp "$cache/package/bin/esbuild" "$cache/bin/esbuild"
}

build_stages() {
	local debian=$cache/debian13/root/usr
	tools/debian13.sh "$cache/debian13" libseccomp-dev
	mkdir -p "$cache/seccomp"
	cp "$debian"/include/seccomp*.h "$cache/seccomp"
	${cross}gcc -O2 -static "-I$cache/seccomp" tests/programs/test/stages.c "$debian/lib/riscv64-linux-gnu/libseccomp.a" -o "$cache/bin/stages"
}

# want FILE COMMAND: runs COMMAND unless it has made FILE before, or FILE is not among those named.
named=" $* "
want() {
	[[ $named != *[a-z]* || $named == *" $1 "* ]] || return 0
	[[ -x $cache/bin/$1 ]] || "$2" >&2 || fail "cannot make $1"
}

tools/setup.sh cross programs
mkdir -p "$cache/bin"
[[ -d $cache/src ]] || tools/debian-source.sh "$cache/src" "${sources[@]}" >&2
want busybox build_busybox
want dash build_dash
want lua build_lua
want bzip2 build_bzip2
want esbuild get_esbuild
want stages build_stages
