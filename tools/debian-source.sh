#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# debian-source.sh FOLDER PACKAGE... - unpacks Debian's source packages, unmodified, into FOLDER.
# With package lists of its own, in the cache folder: this machine's stay as they are. Called by
# tests/programs and tests/prove-code.

set -eu

lists=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)/.cache/apt
folder=$1
shift
options=(-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$lists" -o "Dir::State::Lists=$lists/lists"
	-o Acquire::Languages=none -o APT::Sandbox::User=root)

"${BASH_SOURCE[0]%/*}/setup.sh" source
mirror=$(apt-cache policy | sed -n 's|.* \(https\?://[^ ]*/debian\) bookworm/main .*|\1|p' | head -n 1)
mkdir -p "$lists/lists/partial"
printf '%s\n' 'Types: deb-src' "URIs: ${mirror:-http://deb.debian.org/debian}" 'Suites: bookworm' 'Components: main' \
	'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg' >"$lists/source.sources"
apt-get "${options[@]}" -qq update
mkdir -p "$folder"
cd "$folder" && apt-get "${options[@]}" -qq source "$@"
