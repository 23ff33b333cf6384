#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# setup.sh GROUP... - installs what is missing on a Debian or Ubuntu machine, and nothing else.
# Groups: boot (QEMU), run (what ./qemu.sh run builds), test (./qemu.sh test), main (--at main),
# policy (./qemu.sh policy), draw (its pictures), gdb, prove, prove-code, prove-path, fuzz,
# coverage, linux (6.1's source), ltp, cross (glibc and its compiler), peer, programs, bench, source
# (source packages). Called by qemu.sh and by the scripts that need a group. Silent when all is
# there. Status 2, with what to type, when it cannot install.

set -u

# group, what must exist (a command, or a file), the package that brings it
needs='
boot  qemu-system-riscv64 qemu-system-misc
boot  /usr/share/qemu/opensbi-riscv64-generic-fw_dynamic.bin opensbi
run   riscv64-unknown-elf-gcc gcc-riscv64-unknown-elf
run   /usr/lib/picolibc/riscv64-unknown-elf/include/stdio.h picolibc-riscv64-unknown-elf
run   perl perl-base
run   make make
run   cpio cpio
run   cc gcc
run   /usr/include/stdio.h libc6-dev
test  prove perl
test  /usr/include/cmocka.h libcmocka-dev
test  strace strace
test  /usr/riscv64-linux-gnu/include/linux/seccomp.h linux-libc-dev-riscv64-cross
test  /usr/riscv64-linux-gnu/include/sys/socket.h libc6-dev-riscv64-cross
test  clang-format clang-format
test  cppcheck cppcheck
test  shellcheck shellcheck
test  xxd xxd
test  jq jq
test  firejail firejail
test  crun crun
test  /usr/include/seccomp.h libseccomp-dev
test  /usr/include/z3.h libz3-dev
test  /usr/include/elfutils/libdwfl.h libdw-dev
test  /usr/include/libiberty/demangle.h libiberty-dev
test  gdb-multiarch gdb-multiarch
test  dot graphviz
test  chromium chromium
test  /usr/lib/u-boot/qemu-riscv64_smode/u-boot.bin u-boot-qemu
policy /usr/include/z3.h libz3-dev
policy /usr/include/elfutils/libdwfl.h libdw-dev
policy /usr/include/libiberty/demangle.h libiberty-dev
policy make make
policy cc gcc
policy /usr/include/stdio.h libc6-dev
test  /usr/share/doc/python3-z3 python3-z3
draw  dot graphviz
gdb   gdb-multiarch gdb-multiarch
main  riscv64-unknown-elf-nm binutils-riscv64-unknown-elf
prove frama-c frama-c-base
prove z3 z3
prove cvc4 cvc4
prove why3 why3
prove-code /usr/share/doc/python3-z3 python3-z3
prove-code cvc5 cvc5
prove-code /usr/share/doc/python3-seccomp python3-seccomp
prove-code systemd-analyze systemd
prove-code /usr/include/seccomp.h libseccomp-dev
prove-code /usr/include/jansson.h libjansson-dev
prove-code /usr/share/containers/seccomp.json golang-github-containers-common
prove-path /usr/share/doc/python3-z3 python3-z3
prove-path cvc5 cvc5
fuzz  clang-14 clang-14
fuzz  clang-query-14 clang-tools-14
fuzz  /usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a libclang-rt-14-dev
fuzz  afl-fuzz afl++
fuzz  llvm-cov-14 llvm-14
coverage clang-19 clang-19
coverage llvm-cov-19 llvm-19
coverage /usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.profile-x86_64.a libclang-rt-19-dev
bench riscv64-linux-gnu-gcc gcc-riscv64-linux-gnu
bench /usr/riscv64-linux-gnu/lib/libc.a libc6-dev-riscv64-cross
bench /usr/include/seccomp.h libseccomp-dev
bench /usr/include/jansson.h libjansson-dev
bench mawk mawk
linux /usr/src/linux-source-6.1.tar.xz linux-source-6.1
linux xz xz-utils
cross riscv64-linux-gnu-gcc gcc-riscv64-linux-gnu
cross /usr/riscv64-linux-gnu/lib/libc.a libc6-dev-riscv64-cross
cross /usr/riscv64-linux-gnu/include/linux/seccomp.h linux-libc-dev-riscv64-cross
ltp   autoconf autoconf
ltp   automake automake
ltp   m4 m4
ltp   pkg-config pkg-config
ltp   make make
peer  flex flex
peer  bison bison
peer  bc bc
source dpkg-source dpkg-dev
programs autoreconf autoconf
programs automake automake
programs npm npm
programs /usr/include/seccomp.h libseccomp-dev
programs /usr/include/jansson.h libjansson-dev
programs /usr/share/containers/seccomp.json golang-github-containers-common
'

fail() {
	printf 'setup: %s\n' "$@" >&2
	exit 2
}

missing=()
for group in "$@"; do
	while read -r which what package; do
		[[ $which == "$group" ]] || continue
		case $what in
		/*) [[ -e $what ]] ;;
		*) command -v "$what" >/dev/null ;;
		esac || missing+=("$package")
	done <<<"$needs"
done
((${#missing[@]})) || exit 0

command -v apt-get >/dev/null ||
	fail "missing: ${missing[*]}" "this machine has no apt-get: please install them (Debian's package names)"

# From Ubuntu 24.10 and Debian 13 on, QEMU's RISC-V machines have a package of their own.
pick_packages() {
	local i
	for i in "${!missing[@]}"; do
		if [[ ${missing[i]} == qemu-system-misc ]] && apt-cache show qemu-system-riscv >/dev/null 2>&1; then
			missing[i]=qemu-system-riscv
		fi
	done
	install=(apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}")
}

pick_packages
as_root=()
if ((EUID != 0)); then
	command -v sudo >/dev/null || fail "missing: ${missing[*]}" "run as root: ${install[*]}"
	as_root=(sudo)
	[[ -t 0 ]] || as_root=(sudo -n)
	"${as_root[@]}" true || fail "missing: ${missing[*]}" "run: sudo ${install[*]}"
fi

printf 'setup: installing %s\n' "${missing[*]}" >&2
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >"$log" 2>&1; }

# shellcheck source=tools/progress.sh
. "${BASH_SOURCE[0]%/*}/progress.sh"

# Reads what apt-get says: its status lines are shown as progress, all others go into the log. A
# half of the work is fetching.
show_apt() {
	local line kind name percent what ready=0
	progress_begin setup
	while IFS= read -r line; do
		IFS=: read -r kind name percent what <<<"$line"
		percent=${percent%%.*}
		if [[ $kind != @(dlstatus|pmstatus) || ! $percent =~ ^[0-9]+$ ]]; then
			printf '%s\n' "$line" >>"$log"
			continue
		fi
		[[ $kind == dlstatus ]] || percent=$((50 + percent / 2))
		[[ $kind == pmstatus ]] || percent=$((percent / 2))
		[[ $what != Installed* || " ${missing[*]} " != *" ${name%:*} "* ]] || ready=$((ready + 1))
		progress_show "$ready" "${#missing[@]}" "$percent"
	done
	progress_end
}

# The package lists of a machine that never ran apt-get are empty, so look first.
apt apt-get update
pick_packages
# Of a descriptor for status lines, apt-get's children have nothing: it may not be standard output.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c 'exec "$@" 3>&1' sh "${install[@]}" \
	-o APT::Status-Fd=3 </dev/null 2>&1 | show_apt
((PIPESTATUS[0] == 0)) || {
	tail -n 5 "$log" >&2
	fail "could not install ${missing[*]} (is the network reachable?)" "the command was: ${as_root[*]:+sudo }${install[*]}"
}
