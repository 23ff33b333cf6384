#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# fresh.sh [DIR] - do the README's two commands really do all the set-up? Makes a bare
# Debian 12 in DIR (/tmp/fresh) with debootstrap, with nothing added but git and
# certificates, clones this repository into it, and runs both. Needs root, debootstrap and a
# Debian mirror; not part of make test.
# MIRROR=URL picks the mirror; a chroot that is already there is used again.

set -eu

dir=${1:-/tmp/fresh}
mirror=${MIRROR:-http://deb.debian.org/debian}
repo=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)

say() { printf '\n== %s\n' "$*"; }

inside() { chroot "$dir" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "${proxies[@]}" "$@"; }

mapfile -t proxies < <(env | grep -iE '^(https?|no)_proxy=' || true)

if [[ ! -e $dir/etc/debian_version ]]; then
	say "a bare bookworm in $dir"
	debootstrap --variant=minbase --include=git,ca-certificates bookworm "$dir" "$mirror"
fi
cp /etc/resolv.conf "$dir/etc/resolv.conf"
for f in /etc/apt/apt.conf.d/*[Pp]roxy*; do
	[[ ! -e $f ]] || cp "$f" "$dir/etc/apt/apt.conf.d/"
done

trap 'umount -l "$dir/proc" "$dir/dev"' EXIT
mount -t proc proc "$dir/proc"
mount --bind /dev "$dir/dev"

say "a clean clone"
rm -rf "$dir/root/portcullis"
git clone -q --no-hardlinks "$repo" "$dir/root/portcullis"

say "./qemu.sh run"
inside bash -c 'cd /root/portcullis && ./qemu.sh run </dev/null'
say "./qemu.sh run, the second time"
inside bash -c 'cd /root/portcullis && time ./qemu.sh run </dev/null >/dev/null'
say "./qemu.sh test"
inside bash -c 'cd /root/portcullis && ./qemu.sh test </dev/null'
say "both commands work on a bare Debian 12"
