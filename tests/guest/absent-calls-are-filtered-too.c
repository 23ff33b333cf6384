/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-calls-are-filtered-too - a number beyond every table meets the filter before ENOSYS, and
 * is a number of the machine's own architecture.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, LOAD(offsetof(struct seccomp_data, arch)),
		      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0), RETURN(SECCOMP_RET_KILL_PROCESS),
		      ALLOW) == 0);
	CHECK(raw0(600) == -ENOSYS && raw0(-1) == -ENOSYS);
	CHECK(INSTALL(0, ON(1000, ERRNO(9))) == 0);
	CHECK(INSTALL(0, ON(0x7fffffff, ERRNO(10))) == 0);
	CHECK(INSTALL(0, ON(511, ERRNO(11))) == 0);
	CHECK(INSTALL(0, ON(512, ERRNO(12))) == 0);
	CHECK(raw0(1000) == -9);
	CHECK(raw0(0x7fffffff) == -10);
	CHECK(raw0(511) == -11);
	CHECK(raw0(512) == -12);
	CHECK(raw0(1001) == -ENOSYS && raw0(600) == -ENOSYS && raw0(-1) == -ENOSYS);
	return 0;
}
