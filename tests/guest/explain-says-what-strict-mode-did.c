/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-says-what-strict-mode-did - in mode strict there is no filter to name; the
 * line has the call and the signal.
 */
#include "guest.h"

int main(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw(SYS_write, 1, (long)"", 0, 0, 0, 0);
	raw(SYS_close, 7, 0, 0, 0, 0, 0);
	return 0;
}
