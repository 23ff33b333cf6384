/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-scratch-rule-is-linuxs - dead code after JA may read an unwritten word, after RET it may
 * not; a join keeps only what both paths wrote, and RET counts as falling through.
 */
#include "guest.h"

#define LOAD_WORD(k) BPF_STMT(BPF_LD | BPF_MEM, k)
#define STORE_WORD(k) BPF_STMT(BPF_ST, k)

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, BPF_STMT(BPF_JMP | BPF_JA, 1), LOAD_WORD(3), ALLOW) == 0);
	REFUSED(INSTALL(0, ALLOW, LOAD_WORD(3), ALLOW), EINVAL);
	REFUSED(INSTALL(0, SKIP_UNLESS(0, 2), STORE_WORD(0), BPF_STMT(BPF_JMP | BPF_JA, 1), ALLOW, LOAD_WORD(0), ALLOW),
		EINVAL);
	REFUSED(INSTALL(0, SKIP_UNLESS(0, 1), STORE_WORD(0), LOAD_WORD(0), ALLOW), EINVAL);
	CHECK(INSTALL(0, STORE_WORD(15), SKIP_UNLESS(0, 0), LOAD_WORD(15), ALLOW) == 0);
	return 0;
}
