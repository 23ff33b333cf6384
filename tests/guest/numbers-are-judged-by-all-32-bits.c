/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * numbers-are-judged-by-all-32-bits - a number whose low bits are a call's is not that call to a
 * filter, whatever the filter knows it by.
 */
#include "guest.h"

#define FAR(bit) (1U << (bit) | SYS_getppid)

int main(void)
{
	for (unsigned bit = 9; bit < 32; bit++) {
		if (NATIVE_ARCH == AUDIT_ARCH_X86_64 && bit == 30) /* x32's */
			continue;
		CHECK(raw0(FAR(bit)) == -ENOSYS);
	}
	/* As policies begin: it says nothing of numbers, and is asked of all. */
	CHECK(INSTALL(0, LOAD(4), SKIP_UNLESS(NATIVE_ARCH, 1), ALLOW, RETURN(SECCOMP_RET_KILL_PROCESS)) == 0);
	CHECK(raw0(600) == -ENOSYS);
	/* By the number alone; and together with an argument, which has no constant answer. */
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(7))) == 0);
	CHECK(INSTALL(0, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, ~511U, 0, 3), LOAD(ARG_LOW(0)),
		      SKIP_UNLESS(5, 1), RETURN(ERRNO(8)), ALLOW) == 0);
	CHECK(raw0(SYS_getppid) == -7 && raw1(SYS_getppid, 5) == -7);
	for (unsigned bit = 9; bit < 32; bit++) {
		if (NATIVE_ARCH == AUDIT_ARCH_X86_64 && bit == 30)
			continue;
		CHECK(raw0(FAR(bit)) == -ENOSYS);
		CHECK(raw1(FAR(bit), 5) == -8);
	}
	return 0;
}
