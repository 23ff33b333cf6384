/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace_seccomp.c - lets a tracer read the filters of its tracee, for checkpoint and restore
 * (CRIU). The tracer must have CAP_SYS_ADMIN, and no filter itself. [seccomp_get_filter,
 * seccomp_get_metadata]
 */
#include "ptrace.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/seccomp.h>

#include "filter.h"
#include "kassert.h"
#include "task.h"
#include "usercopy.h"

static bool may_read(void)
{
	return task_capable(CAP_SYS_ADMIN) && current->seccomp_mode == SECCOMP_MODE_DISABLED;
}

/* Stores T's filter INDEX (0: the oldest) in *OUT: 0, -EINVAL (T has none) or -ENOENT. */
static int nth_filter(const struct task *t, uint64_t index, const struct seccomp_filter **out)
{
	const struct seccomp_filter *f;

	if (t->seccomp_mode != SECCOMP_MODE_FILTER)
		return -EINVAL;
	KASSERT(t->filter != NULL); /* a task gives up its filters after its last stop */
	f = &t->filter->node;
	if (index >= f->depth)
		return -ENOENT;
	while (f->depth != index + 1)
		f = f->prev;
	*out = f;
	return 0;
}

long ptrace_get_filter(struct task *t, uint64_t index, uint64_t to)
{
	const struct seccomp_filter *f;
	int err;

	if (!may_read())
		return -EACCES;
	err = nth_filter(t, index, &f);
	if (err != 0)
		return err;
	if (to != 0 && copy_to_user(to, f->program->insns, f->program->len * sizeof(f->program->insns[0])) != 0)
		return -EFAULT;
	return (long)f->program->len;
}

long ptrace_get_metadata(struct task *t, uint64_t size, uint64_t data)
{
	struct seccomp_metadata m = { 0, 0 };
	const struct seccomp_filter *f;
	int err;

	if (!may_read())
		return -EACCES;
	if (size > sizeof(m))
		size = sizeof(m);
	if (size < sizeof(m.filter_off))
		return -EINVAL;
	if (copy_from_user(&m.filter_off, data, sizeof(m.filter_off)) != 0)
		return -EFAULT;
	err = nth_filter(t, m.filter_off, &f);
	if (err != 0)
		return err;
	if (f->log)
		m.flags |= SECCOMP_FILTER_FLAG_LOG;
	return copy_to_user(data, &m, size) != 0 ? -EFAULT : (long)size;
}
