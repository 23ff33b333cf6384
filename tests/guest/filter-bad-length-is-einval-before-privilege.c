/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-bad-length-is-einval-before-privilege - with no right to install, a length of 0 or
 * above 4096 is EINVAL, not EACCES.
 */
#include "guest.h"

int main(void)
{
	static const struct sock_filter filter[1] = { ALLOW };

	drop_privileges();
	REFUSED(install_filter(0, filter, 0), EINVAL);
	REFUSED(install_filter(0, filter, 4097), EINVAL);
	REFUSED(install_filter(0, filter, 65535), EINVAL);
	REFUSED(install_filter(0, NULL, 4097), EINVAL);
	return 0;
}
