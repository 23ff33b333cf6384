/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for ids and rights: users and groups, namespaces, pidfds, kcmp,
 * capabilities, sessions, scheduling classes.
 */
#include <abi/errno.h>
#include <abi/sched.h>

#include "cred.h"
#include "family_prctl.h"
#include "file.h"
#include "irq.h"
#include "module.h"
#include "pgrp.h"
#include "namespace.h"
#include "pidfd.h"
#include "pidns.h"
#include "prctl.h"
#include "rights.h"
#include "signal.h"
#include "surroundings.h"
#include "task.h"

static int fork_ids(struct task *child, struct fork *f)
{
	const uint64_t flags = f->args->flags;
	const int err = namespace_enter(child, flags);

	if (err != 0 || (flags & CLONE_PIDFD) == 0)
		return err;
	f->pidfd = pidfd_create(child->group, f->args->pidfd);
	if (f->pidfd >= 0)
		return 0;
	namespace_cancel(child);
	return (int)f->pidfd;
}

static void cancel_ids(struct task *child, const struct fork *f)
{
	if (f->pidfd >= 0)
		(void)fd_close(current->files, (uint64_t)f->pidfd);
	namespace_cancel(child);
}

#define KILLED_AT_ONCE 32U /* after so many, pending interrupts are served */

/*
 * Kills all processes in NS but G. Does not give way meanwhile: a real-time task that has not been
 * killed yet might never let this one run again. False: there were none left.
 */
static bool kill_inside(const struct pidns *ns, const struct group *g)
{
	unsigned killed = 0;
	bool any = false;

	list_for_each(link, &task_all) {
		struct task *t = container_of(link, struct task, all);

		if (t->group == g || t->state == TASK_ZOMBIE || t->state == TASK_DEAD || !pidns_is_inside(t->pidns, ns))
			continue;
		any = true;
		if (signal_is(SIGKILL, t->pending.set))
			continue;
		signal_send_kernel(t, SIGKILL);
		if (++killed % KILLED_AT_ONCE == 0)
			irq_serve();
	}
	return any;
}

#define YIELDS 4
#define PAUSE 1000000UL /* ns */

/*
 * When the first process of a namespace ends, it ends all others there, and waits for them. They
 * may have a lower priority, so it must sleep for them to run.
 */
static void exit_namespace(struct task *t, bool last)
{
	if (!last || !pidns_group_ends(t->group))
		return;
	if (pidns_ended_by(t->pidns) != 0) {
		t->group->exiting = true;
		t->group->exit_status = pidns_ended_by(t->pidns);
	}
	for (int n = 0; kill_inside(t->pidns, t->group); n++) {
		if (n < YIELDS)
			sched_yield();
		else if (task_sleep(WAIT_KILLABLE, time_now() + PAUSE) == -EINTR)
			t->pending.set &= ~SIGMASK(SIGKILL); /* SIGKILL has had its effect: the task is ending */
	}
}

const struct task_part ids_part = {
	.clone_flags = CLONE_PIDFD | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC |
		       CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME,
	.fork = fork_ids,
	.fork_failed = cancel_ids,
	.exit = exit_namespace,
	.free = namespace_release,
	.group = { [GROUP_OVER] = pidfd_group_ended, [GROUP_FREE] = pidfd_group_gone },
};

static void ids_init(void)
{
	static struct prctl_options options = { .control = rights_prctl }, family = { .control = family_prctl };

	pgrp_begin();
	cred_exec = rights_exec;
	prctl_also(&options);
	prctl_also(&family);
	ns_register(NS_UTS, &uts_kind);
	ns_register(NS_CGROUP, &cgroup_kind);
}

const struct module ids_module = { .name = "ids", .init = ids_init, .begin = surroundings_apply };
