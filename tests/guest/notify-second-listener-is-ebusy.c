/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-second-listener-is-ebusy - while an older filter's listener is open; after the program was
 * checked; not for children's filters.
 */
#include "notify.h"

#define SECOND(...) INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, __VA_ARGS__)

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	int other;

	REFUSED(SECOND(ALLOW), EBUSY);
	REFUSED(SECOND({ 0x9999, 0, 0, 0 }), EINVAL);
	CHECK(INSTALL(0, ALLOW) == 0);
	close(listener);
	other = (int)SECOND(ALLOW);
	CHECK(other == listener);
	CHECK(fcntl(other, F_GETFD) == FD_CLOEXEC);
	CHECK((fcntl(other, F_GETFL) & O_ACCMODE) == O_RDWR);
	return 0;
}
