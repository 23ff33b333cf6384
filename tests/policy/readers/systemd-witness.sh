# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# systemd-witness.sh - systemd's own library, which makes systemd's filters. Sourced by
# ../systemd.sh and ../originals.sh.

# The witness: this machine's systemd, or that of a Debian in the folder SYSTEMD_ROOT
# (tools/debian13.sh FOLDER systemd, ARCH=amd64). Sets `version`, 252 or 257, and `library`.
usr=${SYSTEMD_ROOT:-}/usr
libraries=$usr/lib/$(uname -m)-linux-gnu
# theirs PROGRAM ARG...: runs it with the witness's C library.
theirs() {
	local loader=("$libraries"/ld-linux-*.so.*)
	if [[ -n ${SYSTEMD_ROOT:-} ]]; then
		"${loader[0]}" --library-path "$libraries:$libraries/systemd" "$@"
	else
		"$@"
	fi
}
for version in 252 257 ''; do
	library=$libraries/systemd/libsystemd-shared-$version.so
	[[ ! -e $library ]] || break
done

# build_systemd: builds readers/systemd.c and the comparison. Sets `systemd_how`, the comparison's
# options: systemd leaves out of its groups what its libseccomp does not know, which is
# riscv_hwprobe for 2.5.4, file_getattr and file_setattr for 2.6.0. And 257 knows no call of
# riscv64 alone where it runs on another machine: 258, 259. False: there is no such systemd.
build_systemd() {
	[[ -n $version ]] || return 1
	if [[ $version == 252 ]]; then systemd_how=(systemd=252 but=258); else systemd_how=(systemd=257 but={258,259,468,469}); fi
	builds compare "$top/tests/policy/readers/compare.c" &&
		"${CC:-cc}" -rdynamic -o "$tmp/systemd-filter" "$top/tests/policy/readers/systemd.c" -ldl 2>"$tmp/err"
	ok "the comparison with systemd $version is built"
}
