/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace.h - tracing: which task traces which, and the stops of a traced task. What the rest of the
 * kernel asks of a tracer is in tracer.h.
 *
 * Every traced task has a struct tracer, and a gate that sends every system call to the judge. So
 * the calls of a task that is not traced need no test for it. A traced task stops only where its
 * trapframe is complete.
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

/*
 * PTRACE_TRACEME: the current task's parent traces it. PTRACE_ATTACH, PTRACE_SEIZE: the current
 * task traces T. 0; -ENOMEM; or -EPERM: the task is traced already, T is of the same process, has
 * ended or is the kernel's own, or the current task may not trace T or use OPTIONS. PTRACE_SEIZE
 * also -EIO: ADDR is not 0, or OPTIONS has unknown bits. [ptrace_traceme, ptrace_attach]
 */
[[nodiscard]] long ptrace_traceme(void);
[[nodiscard]] long ptrace_attach(struct task *t);
[[nodiscard]] long ptrace_seize(struct task *t, uint64_t addr, uint64_t options);
/*
 * May the current task ask for OPTIONS, PTRACE_O_*? 0; -EINVAL: some are unknown; -EPERM: it may
 * not suspend filters (PTRACE_O_SUSPEND_SECCOMP). [check_ptrace_options]
 */
[[nodiscard]] int ptrace_check_options(uint64_t options);

/*
 * Ends the tracing of T. If T is in a stop for its tracer, it takes signal SIG (0: none) and goes
 * on, or joins its process's group stop. If T has ended, ptrace_untrace_ended(). [ptrace_detach]
 */
void ptrace_detach(struct task *t, int sig);
/*
 * Called through trace_part when thread T, which is current, ends: kills those of its tracees that
 * have PTRACE_O_EXITKILL, and ends the tracing of all. [exit_ptrace]
 */
void ptrace_tracer_exits(struct task *t);
/*
 * Frees T's struct tracer, if it has one. Called by task_remove(), when T, which has ended, is
 * about to be freed, and by ptrace_wait.c.
 */
void ptrace_forget(struct task *t);

/*
 * The PTRACE_EVENT_* with which the current task's tracer wants to see a clone with FLAGS, or 0: it
 * does not want to. [kernel_clone]
 */
[[nodiscard]] int ptrace_clone_event(uint64_t flags);
/*
 * Makes the new task CHILD, which does not run yet, traced by the current task's tracer, if there
 * is one and EVENT is not 0 or FLAGS has CLONE_PTRACE: 0 or -ENOMEM. [ptrace_init_task]
 */
[[nodiscard]] int ptrace_inherit(struct task *child, uint64_t flags, int event);

/*
 * Is T in a stop for its tracer, in which requests may look at it? Not in one after PTRACE_LISTEN,
 * nor when SIGKILL is pending. [ptrace_freeze_traced]
 */
bool ptrace_has_stopped(const struct task *t);
/*
 * PTRACE_INTERRUPT: makes T, which was seized, stop soon. A stop that T is in goes on undisturbed,
 * except after PTRACE_LISTEN: then T ends it, and stops again. [ptrace_request]
 */
void ptrace_interrupt(struct task *t);
/*
 * PTRACE_CONT; with SYSCALLS, PTRACE_SYSCALL: T, which is in a stop, takes signal SIG (0: none) and
 * goes on; with SYSCALLS, until its next system call begins or ends. [ptrace_resume]
 */
void ptrace_resume(struct task *t, bool syscalls, int sig);
/*
 * PTRACE_LISTEN: T stays in its stop, and stops anew when job control changes. 0; -EIO: T was not
 * seized, or its stop is no PTRACE_EVENT_STOP. [ptrace_request]
 */
[[nodiscard]] int ptrace_listen(struct task *t);
/* Makes T, which was seized, stop to tell its tracer of a change in job control. */
void ptrace_trap_notify(struct task *t);

/* ---- ptrace_stop.c: the tracee stops ---- */

/*
 * For deliver.c: stops because SIG, with INFO, is about to be delivered. Returns the signal that
 * the tracer wants delivered instead, with its info in *INFO; 0: none. [ptrace_signal]
 */
[[nodiscard]] int ptrace_signal_stop(int sig, struct siginfo *info);
/*
 * For deliver.c, when JOBCTL_TRAP_* is set: stops because of a group stop, PTRACE_INTERRUPT, or a
 * change in job control. [do_jobctl_trap]
 */
void ptrace_jobctl_stop(void);
/*
 * Stops with EVENT, a PTRACE_EVENT_*, and MESSAGE, for PTRACE_GETEVENTMSG, if the tracer's options
 * ask for it. If they do not ask for an execve, it sends SIGTRAP, unless the tracer has seized the
 * task. [ptrace_event]
 */
void ptrace_event(int event, uint64_t message);
/*
 * The same for an event of another task. The message is that task's ID, as the tracer's pid
 * namespace numbers it. [ptrace_event_pid]
 */
void ptrace_event_id(int event, uint32_t id);

/*
 * Stops at a system call's entry if the tracer wants it. After PTRACE_SKIP the filters still judge
 * the number -1, as on Linux; if they let it run, it is skipped.
 */
enum ptrace_answer ptrace_syscall_enter(struct trapframe *frame);
/*
 * Stops because a filter answered TRACE with DATA. PTRACE_RUN: judge the call again. A tracer
 * without PTRACE_O_TRACESECCOMP is not asked: PTRACE_SKIP, with the result -ENOSYS.
 */
enum ptrace_answer ptrace_seccomp(struct trapframe *frame, uint16_t data);
/* Stops at the end of a system call, also of one that was refused or skipped. */
void ptrace_syscall_exit(void);

/* ---- ptrace_wait.c: what wait4 sees (sys_wait.c) ---- */

/*
 * For child_also_look(): looks at the tracees of the current process, and fills in *E with an event
 * that Q asks for; code 0: there is none. Sets *ANY if some tracee matches Q. An event is shown
 * once, unless Q has WNOWAIT. [wait_consider_task]
 */
void ptrace_look(const struct child_query *q, struct child_event *e, bool *any);
/*
 * Ends the tracing of T, which has ended. Frees T if it is not its process's leader. Tells the
 * parent of the process's end, if that was put off until the tracer had seen it. [__ptrace_detach]
 */
void ptrace_untrace_ended(struct task *t);

/* ---- ptrace_regs.c, ptrace_seccomp.c: requests that look at one part ---- */

/*
 * PTRACE_GETREGSET, PTRACE_SETREGSET: copies the registers TYPE, NT_*, to or from the user's struct
 * iovec at UIOV, and stores in its length how many bytes that were. 0; -EFAULT; -EINVAL: an unknown
 * TYPE, or a length that is no multiple of 8. [ptrace_regset]
 */
[[nodiscard]] long ptrace_regset(struct task *t, bool set, uint64_t type, uint64_t uiov);
/*
 * PTRACE_GET_SYSCALL_INFO: writes up to SIZE bytes to user address TO. Returns how many bytes there
 * are, which may be more than SIZE; or -EFAULT. [ptrace_get_syscall_info]
 */
[[nodiscard]] long ptrace_syscall_info(struct task *t, uint64_t size, uint64_t to);
/*
 * PTRACE_SET_SYSCALL_INFO: changes what the GET request reports of T's stop to the SIZE bytes at
 * user address FROM. 0; -EFAULT; -EINVAL: SIZE is too small, padding is not 0, or the stop is of
 * another kind; -ERANGE: the number of the call is no int. [ptrace_set_syscall_info]
 */
[[nodiscard]] long ptrace_set_syscall_info(struct task *t, uint64_t size, uint64_t from);
/*
 * PTRACE_SECCOMP_GET_FILTER: writes T's filter INDEX (0: the oldest) to user address TO, unless
 * that is 0. Returns how many instructions it has; -EACCES: the current task lacks CAP_SYS_ADMIN or
 * has filters; -EINVAL: T has none; -ENOENT: T has fewer; or -EFAULT. [seccomp_get_filter]
 */
[[nodiscard]] long ptrace_get_filter(struct task *t, uint64_t index, uint64_t to);
/*
 * PTRACE_SECCOMP_GET_METADATA: tells of the filter whose index stands in the struct
 * seccomp_metadata, of SIZE bytes, at user address DATA. Returns how many bytes were written; or
 * the same errors, with -EINVAL also if SIZE is too small. [seccomp_get_metadata]
 */
[[nodiscard]] long ptrace_get_metadata(struct task *t, uint64_t size, uint64_t data);
