/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-off-says-nothing-of-mode-strict - without --explain a kill by mode strict is an audit
 * record and no line more.
 */
#include "guest.h"

int main(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw0(SYS_getpid);
	return 0;
}
