/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-hangs-up-when-nobody-is-left - poll says HUP, and RECV ENOENT, once no task has the
 * filter; already when the last is a zombie. Who polls is woken by it.
 */
#include "notify.h"

int main(void)
{
	struct pollfd p = { 3, POLLIN, 0 };
	struct seccomp_notif n;
	siginfo_t info;
	/*
	 * It shares its descriptors, so that its parent, which has no filter, holds the listener;
	 * and it ends without a signal, which would wake its parent.
	 */
	const pid_t child = (pid_t)raw(SYS_clone, CLONE_FILES, 0, 0, 0, 0, 0);
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(listen_for(SYS_getsid, 0) == p.fd);
		sleep_ms(30);
		until_asleep(getppid()); /* in poll */
		_exit(0);
	}
	UNTIL(fcntl(p.fd, F_GETFD) != -1);
	CHECK(poll(&p, 1, 10000) == 1 && p.revents == POLLHUP);
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT | __WALL) == 0);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLHUP);
	memset(&n, 0, sizeof(n));
	REFUSED(ioctl(p.fd, SECCOMP_IOCTL_NOTIF_RECV, &n), ENOENT);
	CHECK(waitpid(child, &status, __WALL) == child && status == 0);
	return 0;
}
