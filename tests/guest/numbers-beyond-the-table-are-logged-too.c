/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * numbers-beyond-the-table-are-logged-too - a filter with FILTER_FLAG_LOG that refuses numbers of
 * which there is no call, small ones and the greatest: each refusal is logged.
 */
#include "guest.h"

/* Three ranges, each by a filter of its own. */
static void refuse(unsigned flags)
{
	CHECK(INSTALL(flags, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 1000, 0, 1), RETURN(ERRNO(13)), ALLOW) == 0);
	CHECK(INSTALL(flags, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 600, 0, 2),
		      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 1000, 1, 0), RETURN(ERRNO(14)), ALLOW) == 0);
	CHECK(INSTALL(flags, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 512, 0, 2),
		      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 600, 1, 0), RETURN(ERRNO(15)), ALLOW) == 0);
	CHECK(raw0(512) == -15);
	CHECK(raw0(599) == -15);
	CHECK(raw0(600) == -14);
	CHECK(raw0(999) == -14);
	CHECK(raw0(1000) == -13);
	CHECK(raw0(-1) == -13);
}

static void silently(void)
{
	refuse(0);
}

int main(void)
{
	CHECK(exited_with(status_of(silently), 0));
	refuse(SECCOMP_FILTER_FLAG_LOG);
	return 0;
}
