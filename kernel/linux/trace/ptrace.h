/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace.h - tracing: who traces whom, and the stops of a traced task. What the rest of the kernel
 * asks of a tracer is in tracer.h.
 *
 * A traced task has a struct tracer, whatever it asked for, and goes through the gate whose every
 * entry is the judge: nothing about tracing is tested on the way of untraced calls. It stops only
 * where its trapframe is complete.
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
 * T is no longer traced; it goes on, with signal SIG if it was in a stop,
 * or in its process's group stop.
 */
void ptrace_detach(struct task *t, int sig);
/*
 * Thread T, which is current, ends: its tracees are killed
 * (PTRACE_O_EXITKILL) or let go. From exit.c.
 */
void ptrace_tracer_exits(struct task *t);
/* T, which has ended, is about to be freed. From task_remove(). */
void ptrace_forget(struct task *t);

/* clone with FLAGS: the PTRACE_EVENT_* that the tracer wants to see, or 0. */
[[nodiscard]] int ptrace_clone_event(uint64_t flags);
/*
 * The new task CHILD, not yet running, is traced as the current one if EVENT or
 * CLONE_PTRACE say so: 0 or -ENOMEM.
 */
[[nodiscard]] int ptrace_inherit(struct task *child, uint64_t flags, int event);

/* Has T stopped for the current task, so that requests may look at it? [ptrace_freeze_traced] */
bool ptrace_has_stopped(const struct task *t);
/* T stops soon, if it is not in a stop (PTRACE_INTERRUPT); its stop is over if it only listens. */
void ptrace_interrupt(struct task *t);
/* Goes on after its stop, with signal SIG. */
void ptrace_resume(struct task *t, bool syscalls, int sig);
/* PTRACE_LISTEN: 0 or -EIO. */
[[nodiscard]] int ptrace_listen(struct task *t);
/* A change in job control that seized tracee T must show. */
void ptrace_trap_notify(struct task *t);

/* ---- ptrace_stop.c: the tracee stops ---- */

/*
 * In deliver.c: SIG is about to be delivered; what the tracer makes of it, or 0. *INFO follows.
 * [ptrace_signal]
 */
[[nodiscard]] int ptrace_signal_stop(int sig, struct siginfo *info);
/*
 * In deliver.c: JOBCTL_TRAP_* is set: a group stop, PTRACE_INTERRUPT, or news of job control.
 * [do_jobctl_trap]
 */
void ptrace_jobctl_stop(void);
/*
 * Stops with EVENT and MESSAGE when the tracer wants to see it; an execve that nobody wants to
 * see sends SIGTRAP, unless seized.
 */
void ptrace_event(int event, uint64_t message);
/*
 * The same with a task's ID as the message: the tracer gets the number that it knows the task by.
 */
void ptrace_event_id(int event, uint32_t id);

/*
 * The stop at a system call's entry, if the tracer wants it. After PTRACE_SKIP the filters still
 * judge number -1, as on Linux, and only what they would run is skipped.
 */
enum ptrace_answer ptrace_syscall_enter(struct trapframe *frame);
/*
 * A filter answered TRACE with DATA: PTRACE_RUN means judge again. Without a tracer that wants it,
 * PTRACE_SKIP with -ENOSYS.
 */
enum ptrace_answer ptrace_seccomp(struct trapframe *frame, uint16_t data);
/* The stop at the end, also of calls that were refused or skipped. */
void ptrace_syscall_exit(void);

/* ---- ptrace_wait.c: what wait4 sees (sys_wait.c) ---- */

/* As look_at_children() over children, over the tracees of the current process. */
void ptrace_look(const struct child_query *q, struct child_event *e, bool *any);
/*
 * Ended thread T is not traced any more: frees it, or tells the parent of its
 * process, as what has waited for that.
 */
void ptrace_untrace_ended(struct task *t);

/* ---- ptrace_regs.c, ptrace_seccomp.c: requests that look at one part ---- */

/*
 * PTRACE_GETREGSET, PTRACE_SETREGSET: TYPE is NT_*, UIOV a user's struct
 * iovec. 0, -EINVAL, -EFAULT.
 */
[[nodiscard]] long ptrace_regset(struct task *t, bool set, uint64_t type, uint64_t uiov);
/* PTRACE_GET_SYSCALL_INFO: bytes there are, of which up to SIZE were written; or -EFAULT. */
[[nodiscard]] long ptrace_syscall_info(struct task *t, uint64_t size, uint64_t to);
/* PTRACE_SET_SYSCALL_INFO: what GET told of the stop, changed: 0, -EINVAL, -EFAULT, -ERANGE. */
[[nodiscard]] long ptrace_set_syscall_info(struct task *t, uint64_t size, uint64_t from);
/*
 * PTRACE_SECCOMP_GET_FILTER: length of filter INDEX (0: oldest); -EACCES,
 * -EINVAL, -ENOENT, -EFAULT.
 */
[[nodiscard]] long ptrace_get_filter(struct task *t, uint64_t index, uint64_t to);
/* PTRACE_SECCOMP_GET_METADATA: bytes written; -EACCES, -EINVAL, -EFAULT, -ENOENT. */
[[nodiscard]] long ptrace_get_metadata(struct task *t, uint64_t size, uint64_t data);
