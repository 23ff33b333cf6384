#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# fresh.sh [DIR] - do the README's commands really do all the set-up? Makes bare Debians below DIR
# (/tmp/fresh) with debootstrap, with nothing added but git, certificates and sudo; and in each, as
# root with a clone and as an ordinary user who has sudo with an archive without .git, runs
# ./qemu.sh run, ./qemu.sh policy and ./qemu.sh test. Needs root, debootstrap and a Debian mirror;
# not part of make test.
#
#   SUITES='NAME ...'  (bookworm trixie)      WHO='root user'
#   MIRROR=URL         picks the mirror       T='NAME ...'   the tests (all; none)

set -eu

dir=${1:-/tmp/fresh}
mirror=${MIRROR:-http://deb.debian.org/debian}
repo=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
mounted=()
mkdir -p "$dir"
exec 9>"$dir/lock"
flock -n 9 || { echo "fresh.sh: another one works in $dir" >&2 && exit 1; }

say() { printf '\n== %s\n' "$*"; }

leave() {
	for m in "${mounted[@]}"; do umount -l "$m"; done
	mounted=()
}
trap leave EXIT

mapfile -t proxies < <(env | grep -iE '^(https?|no)_proxy=' || true)

# bare SUITE: a Debian in $dir/SUITE, made once.
bare() {
	local f
	[[ ! -e $dir/$1/etc/debian_version ]] || return 0
	say "a bare $1 in $dir/$1"
	debootstrap --variant=minbase --include=git,ca-certificates,sudo "$1" "$dir/$1" "$mirror" >"$dir/$1.log"
	cp /etc/resolv.conf "$dir/$1/etc/resolv.conf"
	# Nothing of it is to last.
	echo force-unsafe-io >"$dir/$1/etc/dpkg/dpkg.cfg.d/fresh"
	for f in /etc/apt/apt.conf.d/*[Pp]roxy*; do
		[[ ! -e $f ]] || cp "$f" "$dir/$1/etc/apt/apt.conf.d/"
	done
}

# A /dev of its own, which is not this machine's.
devices() {
	local node
	mount -t tmpfs tmpfs "$here/dev"
	mounted+=("$here/dev")
	for node in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
		# shellcheck disable=SC2086 # three words
		mknod -m 666 "$here"/dev/${node/ / c }
	done
	ln -s /proc/self/fd "$here/dev/fd"
	ln -s fd/0 "$here/dev/stdin"
	ln -s fd/1 "$here/dev/stdout"
	ln -s fd/2 "$here/dev/stderr"
	mkdir -m 1777 "$here/dev/shm"
	mkdir "$here/dev/pts"
	mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$here/dev/pts"
	mounted=("$here/dev/pts" "${mounted[@]}")
	ln -s pts/ptmx "$here/dev/ptmx"
}

# as WHO COMMAND: in $here, in the folder with the sources.
as() {
	local run=(chroot "$here" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "${proxies[@]}")
	say "$name, $1: $2"
	if [[ $1 == root ]]; then
		"${run[@]}" HOME=/root bash -c "cd /root/portcullis && $2" </dev/null
	else
		"${run[@]}" HOME=/home/user setpriv --reuid user --regid user --init-groups --inh-caps=-all \
			bash -c "cd /home/user/portcullis && $2" </dev/null
	fi
}

try() {
	here=$dir/$name.$1
	rm -rf --one-file-system "$here"
	cp -a "$dir/$name" "$here"
	mount -t proc proc "$here/proc"
	mounted=("$here/proc")
	devices
	if [[ $1 == root ]]; then
		git clone -q --no-hardlinks "$repo" "$here/root/portcullis"
	else
		chroot "$here" useradd -m user
		echo 'user ALL=(ALL) NOPASSWD: ALL' >"$here/etc/sudoers.d/user"
		git -C "$repo" archive --prefix=portcullis/ HEAD | tar x -C "$here/home/user"
		chroot "$here" chown -R user: /home/user
	fi
	as "$1" './qemu.sh run'
	as "$1" 'time ./qemu.sh run hello'
	as "$1" "./qemu.sh policy show docs/policies/app.json 'socket(AF_INET, *)' || test \$? = 1"
	as "$1" "./qemu.sh policy check docs/policies/app.json build/user/hello || test \$? = 1"
	as "$1" "./qemu.sh policy test docs/policies/sandboxes.pt"
	as "$1" "./qemu.sh run -f docs/policies/sandboxes.json hello"
	[[ ${T:-} == none ]] || as "$1" "./qemu.sh test ${T:-}"
	leave
	rm -rf --one-file-system "$here"
}

for name in ${SUITES:-bookworm trixie}; do
	bare "$name"
	for who in ${WHO:-root user}; do try "$who"; done
done
say "the commands work on a bare ${SUITES:-bookworm and trixie}, as ${WHO:-root and as user}"
