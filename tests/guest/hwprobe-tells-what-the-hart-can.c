/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hwprobe-tells-what-the-hart-can - riscv_hwprobe, as the vDSO's function and as the
 * call, which filters see: values of known keys, -1 for unknown ones, which harts have
 * what is asked, and every refusal.
 */
#include "vdso.h"

#include <abi/hwprobe.h>

#define HARTS_LEN 8
#ifndef __riscv
#define SYS_riscv_hwprobe 258 /* only there */
#endif

typedef long (*probe_function)(struct riscv_hwprobe *pairs, size_t n, size_t len, uint64_t *harts, uint32_t flags);

static probe_function vdso_probe;

static long probe(struct riscv_hwprobe *pairs, size_t n, size_t len, uint64_t *harts, uint32_t flags)
{
	return raw(SYS_riscv_hwprobe, (long)pairs, (long)n, (long)len, (long)harts, flags, 0);
}

static void check_values(probe_function f)
{
	struct riscv_hwprobe p[] = {
		{ RISCV_HWPROBE_KEY_BASE_BEHAVIOR, 77 },
		{ 1000, 77 },
		{ -5, 77 },
		{ RISCV_HWPROBE_KEY_IMA_EXT_0, 77 },
		{ RISCV_HWPROBE_KEY_TIME_CSR_FREQ, 77 },
		{ RISCV_HWPROBE_KEY_HIGHEST_VIRT_ADDRESS, 77 },
	};
	uint64_t harts = ~0UL;

	CHECK(f(p, 6, 0, NULL, 0) == 0);
	CHECK(p[0].key == RISCV_HWPROBE_KEY_BASE_BEHAVIOR && p[0].value == RISCV_HWPROBE_BASE_BEHAVIOR_IMA);
	CHECK(p[1].key == -1 && p[1].value == 0 && p[2].key == -1 && p[2].value == 0);
	CHECK((p[3].value & 3) == (RISCV_HWPROBE_IMA_FD | RISCV_HWPROBE_IMA_C));
	CHECK((p[3].value & 1 << 2) == 0); /* vectors: they are not kept for programs */
	CHECK(p[4].value >= 1000000 && p[4].value < 1UL << 32);
	CHECK(p[5].value >= 1UL << 38 && (uint64_t)&harts < p[5].value);
	CHECK(f(p, 0, 0, NULL, 0) == 0);
	CHECK(f(p, 1, HARTS_LEN, &harts, 0) == 0 && harts == ~0UL);
	CHECK(f(p, 1, 0, NULL, 2) == -EINVAL);
	CHECK(f((void *)16, 1, HARTS_LEN, &harts, 2) == -EINVAL);
}

static void check_harts(probe_function f)
{
	struct riscv_hwprobe p[] = {
		{ RISCV_HWPROBE_KEY_BASE_BEHAVIOR, RISCV_HWPROBE_BASE_BEHAVIOR_IMA },
		{ RISCV_HWPROBE_KEY_IMA_EXT_0, RISCV_HWPROBE_IMA_C }, /* and whatever else */
	};
	struct riscv_hwprobe wrong[] = { { RISCV_HWPROBE_KEY_TIME_CSR_FREQ, 1 }, { 1000, 5 } };
	uint64_t harts = 0;

	CHECK(f(p, 2, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 1);
	harts = 7;
	CHECK(f(p, 2, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 1);
	harts = 6;
	CHECK(f(p, 2, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 0);
	CHECK(f(wrong, 1, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 0);
	CHECK(f(wrong, 2, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 0);
	CHECK(wrong[1].key == -1 && wrong[1].value == 0);
	p[1].value = 1UL << 60;
	CHECK(f(p, 2, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == 0 && harts == 0);
	CHECK(f(p, 2, 0, &harts, RISCV_HWPROBE_WHICH_CPUS) == -EINVAL);
	CHECK(f(p, 2, HARTS_LEN, NULL, RISCV_HWPROBE_WHICH_CPUS) == -EINVAL);
	CHECK(f(p, 2, HARTS_LEN, (void *)8, RISCV_HWPROBE_WHICH_CPUS) == -EFAULT);
}

int main(void)
{
	struct riscv_hwprobe a = { RISCV_HWPROBE_KEY_IMA_EXT_0, 0 }, b = a;
	struct riscv_hwprobe ids[] = { { RISCV_HWPROBE_KEY_MVENDORID, 0 },
				       { RISCV_HWPROBE_KEY_MARCHID, 0 },
				       { RISCV_HWPROBE_KEY_MIMPID, 0 } };
	uint64_t harts = 2;

	vdso_probe = (probe_function)vdso_find("__vdso_riscv_hwprobe");
	check_values(probe);
	check_values(vdso_probe);
	check_harts(probe);
	check_harts(vdso_probe);
	CHECK(probe((void *)KERNEL_ADDRESS, 1, 0, NULL, 0) == -EFAULT);
	CHECK(probe(&a, 1, HARTS_LEN, &harts, 0) == -EINVAL); /* no such hart */
	CHECK(probe(&a, 1, 0, &harts, 0) == -EINVAL && probe(&a, 1, HARTS_LEN, NULL, 0) == -EFAULT);
	for (a.key = 0; a.key <= RISCV_HWPROBE_MAX_KEY; a.key++) {
		b = a;
		CHECK(probe(&a, 1, 0, NULL, 0) == 0 && vdso_probe(&b, 1, 0, NULL, 0) == 0 && a.value == b.value);
	}
	/* The vDSO's answers are no calls; where it asks the kernel, the filter is asked. */
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_riscv_hwprobe, ERRNO(99))) == 0);
	a.key = RISCV_HWPROBE_KEY_IMA_EXT_0;
	CHECK(probe(&a, 1, 0, NULL, 0) == -99 && vdso_probe(&a, 1, 0, NULL, 0) == 0);
	/* Harts that say who made them are alike, and each can what all can. */
	CHECK(vdso_probe(ids, 3, 0, NULL, 0) == 0);
	harts = 1;
	CHECK(vdso_probe(&a, 1, HARTS_LEN, &harts, 0) == ((ids[0].value | ids[1].value | ids[2].value) != 0 ? 0 : -99));
	CHECK(vdso_probe(&a, 1, HARTS_LEN, &harts, RISCV_HWPROBE_WHICH_CPUS) == -99);
	return 0;
}
