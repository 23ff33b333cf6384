/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * no-new-privs-cannot-be-cleared - once set it stays: 0 is EINVAL, and a child has it too.
 */
#include "guest.h"

static void look(void)
{
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
}

int main(void)
{
	set_no_new_privs();
	set_no_new_privs();
	REFUSED(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), EINVAL);
	look();
	CHECK(exited_with(status_of(look), 0));
	return 0;
}
