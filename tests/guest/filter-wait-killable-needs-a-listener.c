/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-wait-killable-needs-a-listener - WAIT_KILLABLE_RECV without NEW_LISTENER is
 * EINVAL, before the pointer is read.
 */
#include "guest.h"

int main(void)
{
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, NULL), EINVAL);
	return 0;
}
