/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reboot-turns-the-machine-off - with its magic numbers and the right to; and nothing runs any
 * more. Linux does the same, which is why it is not asked.
 */
#include "guest.h"

#include <sys/utsname.h>

#define MAGIC1 0xfee1deadL
#define MAGIC2 672274793L
#define POWER_OFF 0x4321fedcL

static void as_nobody(void)
{
	drop_privileges();
	CHECK(raw(SYS_reboot, MAGIC1, MAGIC2, POWER_OFF, 0, 0, 0) == -EPERM);
}

int main(void)
{
	struct utsname name;

	/* Never on somebody's own machine. */
	CHECK(uname(&name) == 0 && strstr(name.release, "portcullis") != NULL);
	CHECK(exited_with(status_of(as_nobody), 0));
	CHECK(raw(SYS_reboot, MAGIC1 + 1, MAGIC2, POWER_OFF, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_reboot, MAGIC1, MAGIC2 + 1, POWER_OFF, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_reboot, MAGIC1, MAGIC2, 77, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_reboot, MAGIC1, MAGIC2, 0, 0, 0, 0) == 0);
	raw(SYS_reboot, MAGIC1, MAGIC2, POWER_OFF, 0, 0, 0);
	return 1;
}
