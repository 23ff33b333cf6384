/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sigqueue.c - signals with an info of the sender's own. Checks are in Linux's order
 * [kernel/signal.c].
 */
#include <abi/errno.h>

#include "kill.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"

/*
 * Does INFO pretend to come from the kernel, or from kill or tgkill? A thread may do that only to
 * itself, by its own id PID.
 */
static bool pretends_sender(const struct siginfo *info, int pid)
{
	return (info->si_code >= 0 || info->si_code == SI_TKILL) && pidns_show(current->tid) != (uint32_t)pid;
}

long sys_rt_sigqueueinfo(uint64_t tgid, uint64_t sig, uint64_t uinfo)
{
	struct siginfo info;
	const int err = siginfo_from_user(&info, (int)sig, uinfo);

	if (err != 0)
		return err;
	if (pretends_sender(&info, (int)tgid))
		return -EPERM;
	return kill_id((int)tgid, &info);
}

long sys_rt_tgsigqueueinfo(uint64_t tgid, uint64_t tid, uint64_t sig, uint64_t uinfo)
{
	struct siginfo info;
	const int err = siginfo_from_user(&info, (int)sig, uinfo);

	if (err != 0)
		return err;
	if ((int)tid <= 0 || (int)tgid <= 0)
		return -EINVAL;
	if (pretends_sender(&info, (int)tid))
		return -EPERM;
	return kill_thread((int)tgid, (int)tid, &info);
}
