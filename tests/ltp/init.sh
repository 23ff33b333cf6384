#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# init.sh - the first program on the Linux that run.sh asks: runs the tests of /tests, one after the
# other, each with an empty /tmp, on the console, and says how each ended.

export LTPROOT=/ PATH=/testcases/bin:/bin
mkdir -p /proc /sys /dev
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mkdir -p /dev/shm /dev/pts /dev/mqueue
mount -t tmpfs none /dev/shm
mount -t devpts none /dev/pts

# The end of a session hangs up the terminal that it had.
become_console() { exec </dev/ttyS0 >/dev/ttyS0 2>&1; }

become_console
echo 'peer: begin ltp'
while read -r _ name test <&3; do
	mount -t tmpfs none /tmp
	echo "ltp: begin $name"
	# shellcheck disable=SC2086 # it is words
	setsid -c timeout -s KILL 120 $test 3<&-
	status=$?
	become_console
	kill -9 -1
	umount -l /tmp
	printf '\nltp: end %s %s\n' "$name" "$status"
done 3</tests
echo 'peer: end 0'
poweroff -f
