/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-second-listener-is-ebusy - while an older filter's listener is open; after the program was
 * checked, before it is asked whether there is room for it on the stack.
 */
#include "notify.h"

#define SECOND(...) INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, __VA_ARGS__)

static struct sock_filter longest[4096];

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	int other;

	REFUSED(SECOND(ALLOW), EBUSY);
	REFUSED(SECOND({ 0x9999, 0, 0, 0 }), EINVAL);
	CHECK(INSTALL(0, ALLOW) == 0);
	for (int i = 0; i < 4096; i++)
		longest[i] = (struct sock_filter)ALLOW;
	for (int i = 0; i < 3; i++)
		CHECK(install_filter(0, longest, 4096) == 0);
	REFUSED(install_filter(0, longest, 4096), ENOMEM);
	REFUSED(install_filter(SECCOMP_FILTER_FLAG_NEW_LISTENER, longest, 4096), EBUSY);
	close(listener);
	REFUSED(install_filter(SECCOMP_FILTER_FLAG_NEW_LISTENER, longest, 4096), ENOMEM);
	CHECK(dup(0) == listener);
	close(listener);
	other = (int)SECOND(ALLOW);
	CHECK(other == listener);
	CHECK(fcntl(other, F_GETFD) == FD_CLOEXEC);
	CHECK((fcntl(other, F_GETFL) & O_ACCMODE) == O_RDWR);
	return 0;
}
