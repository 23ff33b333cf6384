#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - runs every instruction form of the model (rv64.py) on QEMU beside it, then breaks each
# clause: `make prove-isa`. As TAP.
#
#   O=DIR   where the build is (build)      N=N   steps (1,000,000)

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
out=${O:-build}/isa

tools/setup.sh boot run prove-path || exit 2
mkdir -p "$out"
riscv64-unknown-elf-gcc -march=rv64imac -misa-spec=2.2 -mabi=lp64 -nostdlib -nostartfiles -static \
	-Wl,-Ttext=0x80000000,--build-id=none -o "$out/steps.elf" tests/isa/steps.S &&
	riscv64-unknown-elf-objcopy -O binary "$out/steps.elf" "$out/steps.bin" &&
	/usr/bin/python3 tests/isa/agree.py "$out/steps.bin" "$out" "${N:-1000000}"
ok "the model and QEMU agree, and each broken clause is noticed"
tap_end
