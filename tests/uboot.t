#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# uboot.t - a packed image has a boot loader that is not OpenSBI's hand-over alone: U-Boot loads it
# anywhere, moves it where its header asks to be, and starts it with nothing else.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
uboot=/usr/lib/u-boot/qemu-riscv64_smode/u-boot.bin
if [[ ! -e $uboot ]]; then
	echo "1..0 # SKIP no $uboot (package u-boot-qemu)"
	exit
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/out")

./qemu.sh pack -o "$tmp/hello.Image" hello >/dev/null || exit 1
mkfifo "$tmp/keys"
# What a person would type, when U-Boot asks for it.
timeout 300 qemu-system-riscv64 -machine virt -m 256M -bios default -nodefaults -display none -no-reboot -serial stdio \
	-kernel "$uboot" -device loader,file="$tmp/hello.Image",addr=0x84000000 <"$tmp/keys" >"$tmp/out" 2>&1 &
exec 3>"$tmp/keys"
wait_until grep -aq 'autoboot' "$tmp/out"
printf '\n' >&3
wait_until grep -aq '^=> ' "$tmp/out"
# shellcheck disable=SC2016
printf 'booti 0x84000000 - ${fdtcontroladdr}\n' >&3
wait $!
status=$?
exec 3>&-

[[ $status == 0 ]] && grep -aq 'Moving Image' "$tmp/out" && grep -aq 'hello: hello, world' "$tmp/out"
ok "U-Boot's booti starts a packed image, and its status is the program's"
tap_end
