/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * no-new-privs-checks-its-arguments - setting needs 1, 0, 0, 0 and asking needs four zeros;
 * anything else is EINVAL and changes nothing.
 */
#include "guest.h"

int main(void)
{
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), EINVAL);
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 2, 0, 0, 0), EINVAL);
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0), EINVAL);
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 1, 0), EINVAL);
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 1), EINVAL);
	REFUSED(prctl(PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0), EINVAL);
	REFUSED(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 1), EINVAL);
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
	return 0;
}
