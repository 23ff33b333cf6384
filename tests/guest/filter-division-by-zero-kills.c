/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-division-by-zero-kills - DIV by X = 0 ends the program with 0, which is RET_KILL_THREAD.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 2), BPF_STMT(BPF_LDX | BPF_IMM, 0),
		      BPF_STMT(BPF_ALU | BPF_DIV | BPF_X, 0), ALLOW) == 0);
	getppid();
	return 1;
}
