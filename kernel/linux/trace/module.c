/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for ptrace, process_vm_readv and process_vm_writev.
 */
#include <abi/sched.h>

#include "child.h"
#include "module.h"
#include "ptrace.h"
#include "task.h"

static int fork_traced(struct task *child, struct fork *f)
{
	return ptrace_inherit(child, f->args->flags, f->event);
}

static void exit_tracer(struct task *t, bool last)
{
	(void)last;
	ptrace_tracer_exits(t);
}

const struct task_part trace_part = { .fork = fork_traced, .exit = exit_tracer };

static void trace_module_init(void)
{
	child_also_look(ptrace_look);
}

const struct module trace_module = { .name = "trace", .init = trace_module_init };
