#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# uboot.t - a packed image has a boot loader that is not OpenSBI's hand-over alone: U-Boot loads it
# anywhere, moves it where its header asks to be, and starts it with nothing else.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
uboot=/usr/lib/u-boot/qemu-riscv64_smode/u-boot.bin
if [[ ! -e $uboot ]]; then
	echo "1..0 # SKIP no $uboot (package u-boot-qemu)"
	exit
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

./qemu.sh pack -o "$tmp/hello.Image" hello >/dev/null || exit 1
mkfifo "$tmp/keys"
# What a person would type, when U-Boot asks for it.
timeout 60 qemu-system-riscv64 -machine virt -m 256M -bios default -nodefaults -display none -no-reboot -serial stdio \
	-kernel "$uboot" -device loader,file="$tmp/hello.Image",addr=0x84000000 <"$tmp/keys" >"$tmp/out" 2>&1 &
exec 3>"$tmp/keys"
for _ in {1..300}; do
	if grep -aq 'autoboot' "$tmp/out" 2>/dev/null; then
		break
	fi
	sleep 0.1
done
printf '\n' >&3
for _ in {1..100}; do
	if grep -aq '^=> ' "$tmp/out"; then
		break
	fi
	sleep 0.1
done
# shellcheck disable=SC2016
printf 'booti 0x84000000 - ${fdtcontroladdr}\n' >&3
wait $!
status=$?
exec 3>&-

if [[ $status == 0 ]] && grep -aq 'Moving Image' "$tmp/out" && grep -aq 'hello: hello, world' "$tmp/out"; then
	echo "ok 1 - U-Boot's booti starts a packed image, and its status is the program's"
else
	echo "not ok 1 - U-Boot's booti starts a packed image, and its status is the program's"
	tail -n 12 "$tmp/out" | sed 's/^/# /'
fi
echo 1..1
