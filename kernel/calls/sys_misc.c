/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_misc.c - uname, getrandom, personality.
 * [kernel/sys.c, drivers/char/random.c]
 */
#include <abi/errno.h>

#include "netlink_tell.h"
#include "page.h"
#include "random.h"
#include "signal.h"
#include "sys.h"
#include "sysv.h"
#include "task.h"
#include "usercopy.h"
#include "uts.h"

#define GRND_NONBLOCK 1
#define GRND_RANDOM 2
#define GRND_INSECURE 4

const struct sysv_report *sysv_report;
int (*netlink_tell)(struct file *f, const void *bytes, uint32_t n);

struct new_utsname uts = {
	.sysname = "Linux", /* some programs refuse to run on anything else */
	.nodename = "portcullis",
	.release = "6.1.0-portcullis",
	.version = "#1 Portcullis",
	.machine = "riscv64",
	.domainname = "(none)",
};

struct new_utsname *uts_current(void)
{
	struct ns *ns = current->ns[NS_UTS];

	return ns != NULL ? &container_of(ns, struct utsns, ns)->names : &uts;
}

long sys_uname(uint64_t name)
{
	return copy_to_user(name, uts_current(), sizeof(uts)) != 0 ? -EFAULT : 0;
}

long sys_getrandom(uint64_t buf, uint64_t n, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	uint64_t done = 0;

	if (flags & ~(uint32_t)(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if ((flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if (!random_ready() && (flags & GRND_INSECURE) == 0) {
		if ((flags & GRND_NONBLOCK) != 0)
			return -EAGAIN;
		random_wait();
	}
	if (n > INT32_MAX)
		n = INT32_MAX;
	while (done < n) {
		uint8_t part[256];
		const size_t size = n - done < sizeof(part) ? n - done : sizeof(part);

		random_bytes(part, size);
		if (copy_to_user(buf + done, part, size) != 0)
			return done > 0 ? (long)done : -EFAULT;
		done += size;
		/* A long request lets other tasks run, and ends early for a signal. */
		if (done % PAGE_SIZE == 0 && done < n) {
			(void)sched_give_way();
			if (signal_pending())
				break;
		}
	}
	return (long)done;
}

long sys_personality(uint64_t persona)
{
	const uint32_t old = current->personality;

	if ((uint32_t)persona != UINT32_MAX)
		current->personality = (uint32_t)persona;
	return old;
}
