#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# debian13.sh FOLDER PACKAGE... - unpacks packages of Debian 13 for riscv64 (ARCH: for another
# machine) into FOLDER/root: files only, without their scripts. With --with-dependencies before
# FOLDER also what they need. Package lists are its own, in the cache folder: this machine's stay as
# they are. Status 2, with a line that says why, when they cannot be had. Called by
# tests/conformance and tests/userland.

set -eu

command=download
[[ $1 != --with-dependencies ]] || { command='-y --download-only install' && shift; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
apt=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)/.cache/debian13-${ARCH:-riscv64}

fail() {
	printf 'debian13: %s\n' "$1" >&2
	exit 2
}

mirror=$(apt-cache policy | sed -n 's|.* \(https\?://[^ ]*/debian\) [a-z]*/main .*|\1|p' | head -n 1)
mkdir -p "$apt"/{apt.conf.d,preferences.d,state/lists/partial} "$folder/archives/partial"
: >>"$apt/state/status"
cat >"$apt/apt.conf" <<-END
	APT::Architecture "${ARCH:-riscv64}";
	APT::Architectures { "${ARCH:-riscv64}"; };
	APT::Install-Recommends "false";
	APT::Sandbox::User "root";
	Acquire::Languages "none";
	Dir::Etc "$apt";
	Dir::State "$apt/state";
	Dir::State::status "$apt/state/status";
	Dir::Cache "$folder";
END
printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' \
	"${mirror:-http://deb.debian.org/debian}" >"$apt/sources.list"
export APT_CONFIG=$apt/apt.conf
apt-get -qq update || fail "${mirror:-the mirror} has no Debian 13 for ${ARCH:-riscv64}"
# shellcheck disable=SC2086 # it is words
(cd "$folder/archives" && apt-get -qq $command "$@") || fail "not every package can be had: $*"
rm -rf "$folder/root"
for package in "$folder"/archives/*.deb; do
	dpkg-deb -x "$package" "$folder/root" || fail "$package cannot be unpacked"
done
