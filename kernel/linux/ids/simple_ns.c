/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * simple_ns.c - namespaces of the machine's names (uts.h), and of control groups, of which there
 * are none: such a namespace has a number, and nothing in it.
 */
#include <abi/errno.h>
#include <abi/sched.h>

#include "namespace.h"
#include "ns.h"
#include "page.h"
#include "task.h"
#include "uts.h"

static void free_whole(struct ns *ns)
{
	kfree(ns);
}

static int create_uts(struct task *t, struct ns **out)
{
	struct utsns *new = kmalloc(sizeof(*new));

	if (new == NULL)
		return -ENOMEM;
	new->names = *uts_current();
	ns_init(&new->ns, t);
	*out = &new->ns;
	return 0;
}

const struct ns_kind uts_kind = {
	.name = "uts", .flag = CLONE_NEWUTS, .initial = 4026531838U, .create = create_uts, .free = free_whole
};

static int create_cgroup(struct task *t, struct ns **out)
{
	struct ns *new = kmalloc(sizeof(*new));

	if (new == NULL)
		return -ENOMEM;
	ns_init(new, t);
	*out = new;
	return 0;
}

const struct ns_kind cgroup_kind = {
	.name = "cgroup", .flag = CLONE_NEWCGROUP, .initial = 4026531835U, .create = create_cgroup, .free = free_whole
};
