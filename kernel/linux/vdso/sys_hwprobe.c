/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_hwprobe.c - riscv_hwprobe: what the harts can do. The vDSO answers most of it itself.
 * [arch/riscv/kernel/sys_hwprobe.c of Linux 6.12]
 */
#include <stdbool.h>

#include <abi/errno.h>
#include <abi/hwprobe.h>

#include "hwprobe.h"
#include "sys.h"
#include "usercopy.h"

#define HART_MASK 1UL /* the kernel runs on one hart, number 0 */

static bool is_key(int64_t key)
{
	return key >= 0 && key <= RISCV_HWPROBE_MAX_KEY;
}

/*
 * Does VALUE of KEY meet ASKED? It must have all bits of ASKED where KEY is a set of bits, and
 * equal it otherwise. [riscv_hwprobe_pair_cmp]
 */
static bool value_satisfies(int64_t key, uint64_t value, uint64_t asked)
{
	switch (key) {
	case RISCV_HWPROBE_KEY_BASE_BEHAVIOR:
	case RISCV_HWPROBE_KEY_IMA_EXT_0:
	case RISCV_HWPROBE_KEY_CPUPERF_0:
		return (value & asked) == asked;
	default:
		return value == asked;
	}
}

/*
 * Stores the mask of harts, a cpu_set_t of SIZE bytes at user address FROM, in *HARTS: 0 or
 * -EFAULT. Harts above 63 are ignored.
 */
static int read_harts(uint64_t from, uint64_t size, uint64_t *harts)
{
	*harts = 0;
	return copy_from_user(harts, from, size < sizeof(*harts) ? size : sizeof(*harts));
}

/*
 * Stores the value of each key in the COUNT pairs at PAIRS; an unknown key becomes -1. The values
 * are those of the harts in the mask CPUS; 0 bytes at NULL mean all harts. 0, -EFAULT, or -EINVAL:
 * no hart of the mask exists. [hwprobe_get_values]
 */
static long get_values(uint64_t pairs, uint64_t count, uint64_t size, uint64_t cpus)
{
	uint64_t harts;

	if (size != 0 || cpus != 0) {
		if (read_harts(cpus, size, &harts) != 0)
			return -EFAULT;
		if ((harts & HART_MASK) == 0)
			return -EINVAL;
	}
	for (; count > 0; count--, pairs += sizeof(struct riscv_hwprobe)) {
		struct riscv_hwprobe p = { 0 };

		if (copy_from_user(&p.key, pairs, sizeof(p.key)) != 0)
			return -EFAULT;
		if (is_key(p.key))
			p.value = hwprobe_value(p.key);
		else
			p.key = -1;
		if (copy_to_user(pairs, &p, sizeof(p)) != 0)
			return -EFAULT;
	}
	return 0;
}

/*
 * RISCV_HWPROBE_WHICH_CPUS: reduces the mask CPUS to the harts that have the pairs' values. An
 * empty mask stands for all harts; an unknown key becomes -1, and empties the mask. 0, -EINVAL or
 * -EFAULT. [hwprobe_get_cpus]
 */
static long get_harts(uint64_t pairs, uint64_t count, uint64_t size, uint64_t cpus)
{
	uint64_t harts;
	bool unknown = false;

	if (size == 0 || cpus == 0)
		return -EINVAL;
	if (read_harts(cpus, size, &harts) != 0)
		return -EFAULT;
	harts = harts == 0 ? HART_MASK : harts & HART_MASK;
	for (; count > 0; count--, pairs += sizeof(struct riscv_hwprobe)) {
		struct riscv_hwprobe p;

		if (copy_from_user(&p, pairs, sizeof(p)) != 0)
			return -EFAULT;
		if (!is_key(p.key)) {
			unknown = true;
			p = (struct riscv_hwprobe){ .key = -1 };
			if (copy_to_user(pairs, &p, sizeof(p)) != 0)
				return -EFAULT;
		} else if (!value_satisfies(p.key, hwprobe_value(p.key), p.value)) {
			harts = 0;
		}
	}
	if (unknown)
		harts = 0;
	return copy_to_user(cpus, &harts, size < sizeof(harts) ? size : sizeof(harts));
}

long sys_riscv_hwprobe(uint64_t pairs, uint64_t count, uint64_t size, uint64_t cpus, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;

	if (flags & ~RISCV_HWPROBE_WHICH_CPUS)
		return -EINVAL;
	return flags == 0 ? get_values(pairs, count, size, cpus) : get_harts(pairs, count, size, cpus);
}
