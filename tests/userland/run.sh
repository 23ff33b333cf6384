#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - Debian 13's own programs for riscv64, as its packages hold them, on
# Portcullis: `make userland`. Each script of scripts/ runs in a root of these packages that can
# be written; its status is 0, and its output is what Linux gives: NAME.out, which LINUX=1
# compares with the same scripts and packages for this machine, on its own Linux. Speaks TAP; not
# part of `make test`. What this machine's mirror does not have is a SKIP.
#
#   O=DIR     where the build is (build)      LINUX=1   on this machine's Linux

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
here=tests/userland
path=/usr/sbin:/usr/bin:/sbin:/bin
cache=.cache/userland${LINUX:+-linux}
[[ ${LINUX-} ]] && ARCH=$(dpkg --print-architecture) && export ARCH
packages=(base-files base-passwd bash bsdutils bubblewrap coreutils curl dash dbus diffutils expect findutils git grep gzip hostname
	libc-bin login mawk ncurses-base ncurses-bin nginx openssh-client openssh-server passwd perl php-cli procps python3
	python3-venv redis-server ruby sed sqlite3 strace tar tmux util-linux)

# What the packages' own scripts would do.
prepare() {
	local root=$cache/root
	[[ -e $cache/ready ]] && return
	tools/debian13.sh --with-dependencies "$cache" "${packages[@]}" || return
	rm -rf "${root:?}"/{usr/share/{doc,man,locale,info},boot}
	ln -sf dash "$root/usr/bin/sh"
	ln -sf mawk "$root/usr/bin/awk"
	ln -sf php8.4 "$root/usr/bin/php"
	mkdir -p "$root"/{root,run/sshd,var/log/nginx,var/lib/nginx}
	cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
	cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
	echo 'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin' >>"$root/etc/passwd"
	echo 'messagebus:x:101:65534::/nonexistent:/usr/sbin/nologin' >>"$root/etc/passwd"
	printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
	: >"$cache/ready"
}

# on_linux NAME: with processes, mounts and a loopback of its own.
on_linux() {
	local root=$PWD/$cache/root
	# shellcheck disable=SC2016 # for the shell inside
	unshare --mount --pid --net --uts --ipc --fork bash -c '
		mount -t proc proc "$1/proc" && mount -t tmpfs none "$1/tmp" && mount --rbind /dev "$1/dev" &&
			ip link set lo up && exec timeout 300 env -i PATH=$2 /usr/sbin/chroot "$1" /bin/bash "/userland/$3.sh"' \
		on_linux "$root" "$path" "$1"
}

# run_script NAME: its output, without the kernel's own lines.
run_script() {
	if [[ ${LINUX-} ]]; then
		on_linux "$1"
	else
		./qemu.sh run --rw -m 1G --timeout 300 --env "PATH=$path" --root "$cache/root" /bin/bash "/userland/$1.sh"
	fi </dev/null 2>&1 | tr -d '\r' | grep -avE '^(syscall|seccomp|exec|fault|init|audit): '
	return "${PIPESTATUS[0]}"
}

[[ ${PORTCULLIS_BUILT-} ]] || make -s O="${O:-build}" run >&2 || exit 1
(($#)) || mapfile -t names < <(cd $here/scripts && printf '%s\n' *.sh | sed 's/\.sh$//')
(($#)) && names=("$@")
reason=$(prepare 2>&1) || {
	echo "1..0 # SKIP ${reason##*$'\n'}"
	exit 0
}
mkdir -p "$cache/root/userland" && cp $here/scripts/*.sh "$cache/root/userland" || exit 1
echo "1..${#names[@]}"
failed=0
for name in "${names[@]}"; do
	n=$((${n:-0} + 1))
	got=$(run_script "$name")
	status=$?
	if ((status == 0)) && [[ $got == "$(<"$here/scripts/$name.out")" ]]; then
		echo "ok $n - $name"
		continue
	fi
	failed=1
	echo "not ok $n - $name"
	{
		echo "status $status"
		diff -u --label wanted --label got "$here/scripts/$name.out" - <<<"$got"
	} | sed 's/^/# /'
done
exit $failed
