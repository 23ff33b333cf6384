/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_pidfd_signal.c - pidfd_send_signal: a signal to the process that a descriptor stands for.
 * [kernel/signal.c]
 */
#include <abi/errno.h>

#include "file.h"
#include "kill.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* A descriptor of /proc/PID stands for that process, too. [tgid_pidfd_to_pid] */
static bool by_folder(uint64_t fd, struct group **g)
{
	struct file *f = fd_get(fd);
	bool found;

	if (f == NULL)
		return false;
	found = f->inode->iops != NULL && f->inode->iops->process != NULL && f->inode->iops->process(f->inode, g);
	file_put(f);
	return found;
}

long sys_pidfd_send_signal(uint64_t pidfd, uint64_t sig, uint64_t uinfo, uint64_t flags)
{
	struct siginfo info = signal_info_user((int)sig, SI_USER);
	struct group *g;
	bool nonblock;
	int err;

	if ((uint32_t)flags != 0)
		return -EINVAL;
	err = fd_process(pidfd, &g, &nonblock);
	if (err == -EBADF && by_folder(pidfd, &g))
		err = 0;
	if (err != 0)
		return err;
	if (g != NULL && pidns_show(g->id) == 0)
		return -EINVAL;
	if (uinfo != 0) {
		int signo;

		if (copy_from_user(&signo, uinfo, sizeof(signo)) != 0)
			return -EFAULT;
		err = siginfo_from_user(&info, signo, uinfo);
		if (err != 0)
			return err;
		if (signo != (int)sig)
			return -EINVAL;
		if ((info.si_code >= 0 || info.si_code == SI_TKILL) && (g == NULL || g->id != current->tid))
			return -EPERM;
	}
	return g == NULL ? -ESRCH : kill_process(g->leader, &info);
}
