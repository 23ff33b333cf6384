/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain-says-what-strict-mode-did - in mode strict there is no filter to name; the
 * line has the call, or its number where it has no name, and the signal.
 */
#include "guest.h"

static void call_what_is_no_call(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw(300, 1, 2, 3, 4, 5, 6);
}

int main(void)
{
	CHECK(killed_by(status_of(call_what_is_no_call), SIGKILL));
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw(SYS_write, 1, (long)"", 0, 0, 0, 0);
	raw(SYS_close, 7, 0, 0, 0, 0, 0);
	return 0;
}
