#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# docker-profile.sh - prints the path of Docker's default seccomp profile, as JSON; takes it first
# out of Debian's package, which is not installed, into the cache folder, where it stays. Called by
# bench/run.sh and tests/prove-code/run.sh.

set -eu

cache=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)/.cache
package=golang-github-docker-docker-dev
profile=$cache/docker-default.json

if [[ ! -s $profile ]]; then
	mkdir -p "$cache"
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	if ! (cd "$tmp" && apt-get -o APT::Sandbox::User=root download -qq "$package" 2>error && dpkg-deb --fsys-tarfile "$package"_*.deb |
		tar -xO ./usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json >part.json); then
		cat "$tmp/error" >&2
		echo "docker-profile: cannot get it from Debian's $package (is there a network? then run apt-get update)" >&2
		exit 2
	fi
	mv "$tmp/part.json" "$profile"
fi
echo "$profile"
