/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-tsync-with-listener-is-einval - TSYNC and NEW_LISTENER both want the result, so need
 * TSYNC_ESRCH; checked after the flag mask and before the pointer.
 */
#include "guest.h"

int main(void)
{
	const unsigned both = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_NEW_LISTENER;

	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, both, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, both | 0x80, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, both | SECCOMP_FILTER_FLAG_TSYNC_ESRCH, NULL), EFAULT);
	return 0;
}
