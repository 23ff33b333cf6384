/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace.h - tracing: which task traces which, and the stops of a traced task. What the rest of the
 * kernel asks of a tracer is in tracer.h.
 *
 * A traced task has a struct tracer, whatever was asked for, and goes through the gate whose every
 * entry is the judge. So untraced calls test nothing about tracing. A traced task stops only where
 * its trapframe is complete.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ptrace.h>

#include "list.h"
#include "signal.h"
#include "tracer.h"

struct child_event;
struct child_query;
struct group;
struct task;
struct trapframe;

extern struct list ptrace_all; /* every struct tracer */

/* ---- ptrace.c: who traces whom ---- */

/* PTRACE_TRACEME, PTRACE_ATTACH and PTRACE_SEIZE: 0, -EPERM, -EIO, -EINVAL, -ENOMEM. */
[[nodiscard]] long ptrace_traceme(void);
[[nodiscard]] long ptrace_attach(struct task *t);
[[nodiscard]] long ptrace_seize(struct task *t, uint64_t addr, uint64_t options);
/* May the current task ask for OPTIONS? 0, -EINVAL, -EPERM. [check_ptrace_options] */
[[nodiscard]] int ptrace_check_options(uint64_t options);

/*
 * Ends the tracing of T, which goes on; with signal SIG if it was in a stop, or in its process's
 * group stop.
 */
void ptrace_detach(struct task *t, int sig);
/*
 * Called from exit.c when thread T, which is current, ends: kills its tracees (PTRACE_O_EXITKILL),
 * or lets them go.
 */
void ptrace_tracer_exits(struct task *t);
/* Called from task_remove(): T, which has ended, is about to be freed. */
void ptrace_forget(struct task *t);

/* The PTRACE_EVENT_* with which the tracer wants to see a clone with FLAGS, or 0. */
[[nodiscard]] int ptrace_clone_event(uint64_t flags);
/*
 * Makes the new task CHILD, which does not run yet, traced like the current one if EVENT or
 * CLONE_PTRACE says so: 0 or -ENOMEM.
 */
[[nodiscard]] int ptrace_inherit(struct task *child, uint64_t flags, int event);

/* Has T stopped for the current task, so that requests may look at it? [ptrace_freeze_traced] */
bool ptrace_has_stopped(const struct task *t);
/* PTRACE_INTERRUPT: makes T stop soon, if it is not in a stop; ends its stop if it only listens. */
void ptrace_interrupt(struct task *t);
/* Lets T go on after its stop, with signal SIG; SYSCALLS: until its next call begins or ends. */
void ptrace_resume(struct task *t, bool syscalls, int sig);
/* PTRACE_LISTEN: 0 or -EIO. */
[[nodiscard]] int ptrace_listen(struct task *t);
/* Tells the tracer of T, which was seized, of a change in job control. */
void ptrace_trap_notify(struct task *t);

/* ---- ptrace_stop.c: the tracee stops ---- */

/*
 * For deliver.c: SIG is about to be delivered. Returns the signal that the tracer makes of it, or
 * 0, with its info in *INFO. [ptrace_signal]
 */
[[nodiscard]] int ptrace_signal_stop(int sig, struct siginfo *info);
/*
 * For deliver.c, when JOBCTL_TRAP_* is set: for a group stop, PTRACE_INTERRUPT, or a change in job
 * control. [do_jobctl_trap]
 */
void ptrace_jobctl_stop(void);
/*
 * Stops with EVENT and MESSAGE if the tracer wants to see it. An execve that it does not want to
 * see sends SIGTRAP, unless it attached by PTRACE_SEIZE.
 */
void ptrace_event(int event, uint64_t message);
/*
 * The same with a task's ID as the message, which becomes the number by which the tracer knows the
 * task.
 */
void ptrace_event_id(int event, uint32_t id);

/*
 * Stops at a system call's entry if the tracer wants it. After PTRACE_SKIP the filters still judge
 * the number -1, as on Linux; if they let it run, it is skipped.
 */
enum ptrace_answer ptrace_syscall_enter(struct trapframe *frame);
/*
 * Stops because a filter answered TRACE with DATA. PTRACE_RUN: judge the call again. PTRACE_SKIP,
 * with -ENOSYS: no tracer wants it.
 */
enum ptrace_answer ptrace_seccomp(struct trapframe *frame, uint16_t data);
/* Stops at the end of a system call, also of one that was refused or skipped. */
void ptrace_syscall_exit(void);

/* ---- ptrace_wait.c: what wait4 sees (sys_wait.c) ---- */

/* As look_at_children(), over the tracees of the current process. */
void ptrace_look(const struct child_query *q, struct child_event *e, bool *any);
/*
 * Called when T, which has ended, is not traced any more: frees it or, if its process's parent
 * waited for that, tells the parent.
 */
void ptrace_untrace_ended(struct task *t);

/* ---- ptrace_regs.c, ptrace_seccomp.c: requests that look at one part ---- */

/*
 * PTRACE_GETREGSET, PTRACE_SETREGSET: TYPE is NT_*, UIOV a user's struct
 * iovec. 0, -EINVAL, -EFAULT.
 */
[[nodiscard]] long ptrace_regset(struct task *t, bool set, uint64_t type, uint64_t uiov);
/*
 * PTRACE_GET_SYSCALL_INFO: how many bytes there are, of which up to SIZE were written; or -EFAULT.
 */
[[nodiscard]] long ptrace_syscall_info(struct task *t, uint64_t size, uint64_t to);
/*
 * PTRACE_SET_SYSCALL_INFO: changes what the GET request reports of the stop: 0, -EINVAL, -EFAULT,
 * -ERANGE.
 */
[[nodiscard]] long ptrace_set_syscall_info(struct task *t, uint64_t size, uint64_t from);
/*
 * PTRACE_SECCOMP_GET_FILTER: the length of filter INDEX (0: the oldest); -EACCES, -EINVAL, -ENOENT,
 * -EFAULT.
 */
[[nodiscard]] long ptrace_get_filter(struct task *t, uint64_t index, uint64_t to);
/* PTRACE_SECCOMP_GET_METADATA: how many bytes were written; -EACCES, -EINVAL, -EFAULT, -ENOENT. */
[[nodiscard]] long ptrace_get_metadata(struct task *t, uint64_t size, uint64_t data);
