/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module trace: ptrace, process_vm_readv, process_vm_writev, process_madvise,
 * syscall user dispatch, and filters that are installed at main.
 */
#include <abi/sched.h>

#include "at_main.h"
#include "child.h"
#include "filter.h"
#include "module.h"
#include "prctl.h"
#include "ptrace.h"
#include "task.h"
#include "user_dispatch.h"

static int fork_traced(struct task *child, struct fork *f)
{
	return ptrace_inherit(child, f->args->flags, f->event);
}

static void exit_tracer(struct task *t, bool last)
{
	(void)last;
	ptrace_tracer_exits(t);
}

const struct task_part trace_part = { .fork = fork_traced, .exec = user_dispatch_off, .exit = exit_tracer };

static void trace_module_init(void)
{
	static struct prctl_options options = { .control = user_dispatch_prctl };

	child_also_look(ptrace_look);
	prctl_also(&options);
	user_dispatch_takes = user_dispatch_take;
	bootfilter_at_main = at_main_wait;
}

const struct module trace_module = { .name = "trace", .init = trace_module_init };
