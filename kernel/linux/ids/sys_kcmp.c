/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_kcmp.c - kcmp(2): do two processes share a kernel object? [kernel/kcmp.c of Linux]
 */
#include <abi/errno.h>
#include <abi/kcmp.h>

#include "absent.h"
#include "cred.h"
#include "file.h"
#include "pidns.h"
#include "random.h"
#include "sys.h"
#include "task.h"

/*
 * 0: equal, 1: less, 2: greater. Programs must not learn addresses, so the order is that of the
 * addresses mixed with a key of this boot.
 */
static long compare_pointers(const void *a, const void *b)
{
	static uint64_t mix;
	uint64_t x, y;

	if (mix == 0) {
		random_bytes(&mix, sizeof(mix));
		mix |= 1;
	}
	x = (uint64_t)a * mix;
	y = (uint64_t)b * mix;
	return x < y ? 1 : x > y ? 2 : 0;
}

static long compare_files(struct task *t1, struct task *t2, uint64_t fd1, uint64_t fd2)
{
	/* Looked up without a reference: nothing sleeps between here and the answer. */
	const struct file *f1 = t1->files != NULL ? files_lookup(t1->files, (uint32_t)fd1) : NULL;
	const struct file *f2 = t2->files != NULL ? files_lookup(t2->files, (uint32_t)fd2) : NULL;

	return f1 != NULL && f2 != NULL ? compare_pointers(f1, f2) : -EBADF;
}

long sys_kcmp(uint64_t pid1, uint64_t pid2, uint64_t type, uint64_t idx1, uint64_t idx2)
{
	struct task *t1 = task_find(pidns_id((uint32_t)pid1));
	struct task *t2 = task_find(pidns_id((uint32_t)pid2));

	if (t1 == NULL || t2 == NULL)
		return -ESRCH;
	if (!ptrace_may_access(t1, false) || !ptrace_may_access(t2, false))
		return -EPERM;
	switch ((int)type) {
	case KCMP_FILE:
		return compare_files(t1, t2, idx1, idx2);
	case KCMP_VM:
		return compare_pointers(t1->mm, t2->mm);
	case KCMP_FILES:
		return compare_pointers(t1->files, t2->files);
	case KCMP_FS:
		return compare_pointers(t1->fs, t2->fs);
	case KCMP_SIGHAND:
		return compare_pointers(t1->sighand, t2->sighand);
	case KCMP_IO:
		return 0; /* no process has any */
	case KCMP_SYSVSEM:
		return compare_pointers(t1->sem_undos, t2->sem_undos);
	case KCMP_EPOLL_TFD:
		absent_say("kcmp", "type", type, "EOPNOTSUPP");
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}
