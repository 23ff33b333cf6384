/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-flag-is-unknown-to-linux - bit 24 of the install flags is EINVAL unless Portcullis was
 * booted with private extensions.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	REFUSED(seccomp(SECCOMP_SET_MODE_FILTER, FLAG_PRIVATE_SELF, NULL), EINVAL);
	REFUSED(INSTALL(FLAG_PRIVATE_SELF, ALLOW), EINVAL);
	REFUSED(seccomp(0x100, 0, NULL), EINVAL);
	return 0;
}
