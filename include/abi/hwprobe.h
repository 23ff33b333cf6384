/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hwprobe.h - what riscv_hwprobe(2) is asked and answers. [asm/hwprobe.h of Linux 6.12]
 */
#pragma once

#include <stdint.h>

struct riscv_hwprobe {
	int64_t key;
	uint64_t value;
};

#define RISCV_HWPROBE_KEY_MVENDORID		0
#define RISCV_HWPROBE_KEY_MARCHID		1
#define RISCV_HWPROBE_KEY_MIMPID		2
#define RISCV_HWPROBE_KEY_BASE_BEHAVIOR		3
#define RISCV_HWPROBE_BASE_BEHAVIOR_IMA		(1UL << 0)
#define RISCV_HWPROBE_KEY_IMA_EXT_0		4
#define RISCV_HWPROBE_IMA_FD			(1UL << 0)
#define RISCV_HWPROBE_IMA_C			(1UL << 1)
#define RISCV_HWPROBE_EXT_ZBA			(1UL << 3)
#define RISCV_HWPROBE_EXT_ZBB			(1UL << 4)
#define RISCV_HWPROBE_EXT_ZBS			(1UL << 5)
#define RISCV_HWPROBE_EXT_ZBC			(1UL << 7)
#define RISCV_HWPROBE_EXT_ZBKB			(1UL << 8)
#define RISCV_HWPROBE_EXT_ZBKC			(1UL << 9)
#define RISCV_HWPROBE_EXT_ZBKX			(1UL << 10)
#define RISCV_HWPROBE_EXT_ZKND			(1UL << 11)
#define RISCV_HWPROBE_EXT_ZKNE			(1UL << 12)
#define RISCV_HWPROBE_EXT_ZKNH			(1UL << 13)
#define RISCV_HWPROBE_EXT_ZKSED			(1UL << 14)
#define RISCV_HWPROBE_EXT_ZKSH			(1UL << 15)
#define RISCV_HWPROBE_EXT_ZKT			(1UL << 16)
#define RISCV_HWPROBE_EXT_ZFH			(1UL << 27)
#define RISCV_HWPROBE_EXT_ZFHMIN		(1UL << 28)
#define RISCV_HWPROBE_EXT_ZIHINTNTL		(1UL << 29)
#define RISCV_HWPROBE_EXT_ZFA			(1UL << 32)
#define RISCV_HWPROBE_EXT_ZACAS			(1UL << 34)
#define RISCV_HWPROBE_EXT_ZICOND		(1UL << 35)
#define RISCV_HWPROBE_EXT_ZIHINTPAUSE		(1UL << 36)
#define RISCV_HWPROBE_EXT_ZAWRS			(1UL << 48)
#define RISCV_HWPROBE_KEY_CPUPERF_0		5
#define RISCV_HWPROBE_MISALIGNED_UNKNOWN	0
#define RISCV_HWPROBE_KEY_ZICBOZ_BLOCK_SIZE	6
#define RISCV_HWPROBE_KEY_HIGHEST_VIRT_ADDRESS	7
#define RISCV_HWPROBE_KEY_TIME_CSR_FREQ		8
#define RISCV_HWPROBE_KEY_MISALIGNED_SCALAR_PERF 9
#define RISCV_HWPROBE_MAX_KEY			9

#define RISCV_HWPROBE_WHICH_CPUS		(1U << 0) /* a flag: not what the harts can, but which can that */
