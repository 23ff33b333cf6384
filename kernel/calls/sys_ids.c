/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_ids.c - a process's ids, user and group. More about them, and what changes them, is in
 * kernel/linux/ids. [kernel/sys.c]
 *
 * getpid, gettid and getppid have a second form in boot/trap.S, which reads the hart page.
 */
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "userns.h"

long sys_getpid(void)
{
	return pidns_show(current->group->id);
}

long sys_getppid(void)
{
	return current->group->parent == NULL ? 0 : pidns_show(current->group->parent->id);
}

long sys_gettid(void)
{
	return pidns_show(current->tid);
}

long sys_getuid(void)
{
	return userns_show_uid(current->cred.uid);
}

long sys_geteuid(void)
{
	return userns_show_uid(current->cred.euid);
}

long sys_getgid(void)
{
	return userns_show_gid(current->cred.gid);
}

long sys_getegid(void)
{
	return userns_show_gid(current->cred.egid);
}
