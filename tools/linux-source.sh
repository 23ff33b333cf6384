#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# linux-source.sh - prints the folder of Linux 6.1's source; unpacks it first, from Debian's
# package, into the cache folder, where it stays. Called by what compares Portcullis with Linux:
# tests/conformance and tests/peer.

set -eu

root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
source=$root/.cache/linux-source-6.1

"$root/tools/setup.sh" linux
if [[ ! -e $source/.unpacked ]]; then
	mkdir -p "$root/.cache"
	exec 9>"$root/.cache/linux-source.lock"
	flock 9
	[[ -e $source/.unpacked ]] || tar -xf /usr/src/linux-source-6.1.tar.xz -C "$root/.cache"
	: >"$source/.unpacked"
fi
echo "$source"
