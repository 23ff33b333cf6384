/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h - sending signals and delivering them.
 *
 * Send is called from anywhere in the kernel; delivery happens in one place only, on the way back
 * to user mode (trap_work), where the trapframe is complete. task.signal_work says that a task must
 * go there: it is sticky, so that a handler which returned a restart code always reaches
 * signal_deliver(); who switches tasks copies it into hart.work.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/signal.h>

#include "sigpending.h"

struct task;
struct group;
struct trapframe;

#define SIG_DFL 0UL
#define SIG_IGN 1UL

/* What default actions do [linux/signal.h]. */
#define SIGNALS_NEVER_BLOCKED (SIGMASK(SIGKILL) | SIGMASK(SIGSTOP))
#define SIGNALS_STOP (SIGMASK(SIGSTOP) | SIGMASK(SIGTSTP) | SIGMASK(SIGTTIN) | SIGMASK(SIGTTOU))
#define SIGNALS_IGNORE (SIGMASK(SIGCONT) | SIGMASK(SIGCHLD) | SIGMASK(SIGWINCH) | SIGMASK(SIGURG))
#define SIGNALS_CORE                                                                                  \
	(SIGMASK(SIGQUIT) | SIGMASK(SIGILL) | SIGMASK(SIGTRAP) | SIGMASK(SIGABRT) | SIGMASK(SIGFPE) | \
	 SIGMASK(SIGSEGV) | SIGMASK(SIGBUS) | SIGMASK(SIGSYS) | SIGMASK(SIGXCPU) | SIGMASK(SIGXFSZ))
/*
 * Caused by an instruction: taken before all others, so that the first handler's frame shows that
 * instruction.
 */
#define SIGNALS_SYNCHRONOUS \
	(SIGMASK(SIGSEGV) | SIGMASK(SIGBUS) | SIGMASK(SIGILL) | SIGMASK(SIGTRAP) | SIGMASK(SIGFPE) | SIGMASK(SIGSYS))

static inline bool signal_is(int sig, uint64_t set)
{
	return (SIGMASK(sig) & set) != 0;
}

/*
 * Dispositions, shared by CLONE_SIGHAND: `refs` counts the tasks. One that has ended has none, so
 * nothing is delivered to it.
 */
struct sighand {
	uint32_t refs;
	struct kernel_sigaction action[_NSIG]; /* of signal n at n - 1 */
	uint64_t immutable;		       /* SA_IMMUTABLE: forced, and no handler may be set any more */
};

/* ---- sigqueue.c: what is pending, and what is done about it ---- */

void sigpending_flush(struct sigpending *p);
/* Forgets the signals in MASK. */
void sigpending_flush_mask(struct sigpending *p, uint64_t mask);
/*
 * Queues *INFO, charged to T's user against T's RLIMIT_SIGPENDING (OVERRIDE: whatever the limit),
 * and marks the signal pending. False when there is no room: then nothing is marked.
 */
bool sigpending_add(struct sigpending *p, const struct task *t, const struct siginfo *info, bool override);
/*
 * A place among the queued signals of user UID, for what may send one later: NULL when LIMIT are
 * taken, or there is no memory. sigowner_release: it is free again; NULL is fine.
 */
[[nodiscard]] struct sigowner *sigowner_charge(uint32_t uid, uint64_t limit);
void sigowner_release(struct sigowner *o);
/*
 * Takes the most urgent signal that is not in BLOCKED into *INFO: its
 * number, or 0 when there is none.
 */
[[nodiscard]] int sigpending_take(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/* Takes the first signal that an instruction caused and BLOCKED lets through: its number, or 0. */
[[nodiscard]] int sigpending_take_synchronous(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/* The info that was queued as number INDEX, or NULL. */
const struct siginfo *sigpending_peek(const struct sigpending *p, uint64_t index);

[[nodiscard]] struct sighand *sighand_create(void); /* all default; NULL when no memory */
[[nodiscard]] struct sighand *sighand_copy(const struct sighand *s);
struct sighand *sighand_get(struct sighand *s);
void sighand_put(struct sighand *s);   /* NULL is fine */
void sighand_reset(struct sighand *s); /* handlers become default, ignored ones stay */
/*
 * execve: handlers become default, ignored ones stay; unshares first. The alternate stack and what
 * restart_syscall would continue are gone too. Returns 0 or -ENOMEM.
 */
[[nodiscard]] int sighand_exec(struct task *t);

/* ---- signal.c: sending ---- */

/* Woken when a signal has become pending, whoever's. */
extern struct waitq signal_event;

/*
 * INFO is copied; si_signo names the signal. To a thread, to a process. 0 or -EAGAIN (queue full,
 * real-time signals). Who may send is the caller's to check.
 */
[[nodiscard]] int signal_send_task(struct task *t, const struct siginfo *info);
[[nodiscard]] int signal_send_group(struct group *g, const struct siginfo *info);

/* The kernel's own, without more to tell (SI_KERNEL); to a thread, to a process. */
void signal_send_kernel(struct task *t, int sig);
void signal_send_kernel_group(struct group *g, int sig);

/* An info that names no sender, as a timer's: an interrupt may make it, whoever is current. */
struct siginfo signal_info(int sig, int code);
/* An info as kill(2) makes it: SIG with CODE (SI_USER, SI_TKILL) from the current process. */
struct siginfo signal_info_user(int sig, int code);

/*
 * A signal that the current task cannot refuse: when it is blocked or ignored its
 * disposition becomes default. With FATAL even a handler does not save it, and no tracer
 * sees it. [force_sig_info_to_task]
 */
void signal_force(const struct siginfo *info, bool fatal);
/*
 * SIG (SI_KERNEL) in the same way; DEFAULT_ACTION: past any handler. [force_sig, force_fatal_sig]
 */
void signal_force_kernel(int sig, bool default_action);

/*
 * Ends thread T with SIGKILL, whatever state it is in. Its group's
 * exit_status says with which status.
 */
void signal_kill_thread(struct task *t);

/* Is T's the first process of a pid namespace, whom default actions spare? [SIGNAL_UNKILLABLE] */
bool signal_is_unkillable(const struct task *t);

/*
 * Takes a signal of the current task, or of its process, that BLOCKED lets through: its
 * number, or 0. [dequeue_signal]
 */
[[nodiscard]] int signal_take(uint64_t blocked, struct siginfo *info);

/*
 * Recomputes T's signal_work after a change of its mask or pending set, HART_SIGNAL
 * with it when T is current; wakes T when it sleeps interruptibly, or when SIGKILL is
 * pending and it sleeps or is stopped.
 */
void signal_recalc(struct task *t);
/*
 * The same, but leaves signal_work alone when there is nothing: false. In the middle of a call
 * that may return a restart code.
 */
bool signal_note(struct task *t);
/*
 * T must look at its signals: as signal_recalc() when there is one. FATAL
 * wakes it from whatever it does.
 */
void signal_wake(struct task *t, bool fatal);

/* ---- sigmask.c ---- */

/*
 * The current task's mask becomes MASK (SIGKILL and SIGSTOP are left out);
 * others take what it now refuses.
 */
void signal_set_blocked(uint64_t mask);
/*
 * The same for the time of one call: the old mask comes back when signal_deliver() has run, or
 * is what a handler's frame saves.
 */
void signal_set_blocked_for_call(uint64_t mask);

/*
 * The current thread ends: signals meant for its process and its part in a stop go to others. Sets
 * task.exiting. [exit_signals]
 */
void signal_task_exits(void);

/* ---- jobctl.c: stopping and continuing ---- */

/* Bits of task.jobctl, Linux's [linux/sched/jobctl.h]. */
#define JOBCTL_STOP_SIGMASK 0xffffU	/* number of the stop signal */
#define JOBCTL_STOP_DEQUEUED (1U << 16) /* a stop signal was taken, and no SIGCONT came since */
#define JOBCTL_STOP_PENDING (1U << 17)	/* must take part in a group stop */
#define JOBCTL_STOP_CONSUME (1U << 18)	/* and is counted in group->stop.count */
#define JOBCTL_TRAP_STOP (1U << 19)	/* must stop for its tracer */
#define JOBCTL_TRAP_NOTIFY (1U << 20)	/* must tell a tracer that seized it of a change in job control */
#define JOBCTL_TRAPPING (1U << 21)	/* goes from stopped to traced */
#define JOBCTL_LISTENING (1U << 22)	/* PTRACE_LISTEN */
#define JOBCTL_STOPPED (1U << 26)	/* sleeps in a group stop */
#define JOBCTL_TRACED (1U << 27)	/* sleeps in a stop for its tracer */
#define JOBCTL_TRAP_MASK (JOBCTL_TRAP_STOP | JOBCTL_TRAP_NOTIFY)
#define JOBCTL_PENDING_MASK (JOBCTL_STOP_PENDING | JOBCTL_TRAP_MASK)

/*
 * Sets bits; false when T is ending and nothing was set. Clears bits, and
 * those that depend on them.
 */
bool jobctl_set(struct task *t, uint32_t bits);
void jobctl_clear(struct task *t, uint32_t bits);
/*
 * A stop signal, SIGCONT, was sent to G: undoes what the other kind left pending.
 * SIGCONT continues a stopped group.
 */
void jobctl_cancel_continue(struct group *g);
void jobctl_continue(struct group *g);
/*
 * The current task acts on stop signal SIG (0: on one that another thread took). True: it
 * slept, look at everything again.
 */
bool jobctl_stop(int sig);
/* T takes part in its group's stop; true when it is the one who completes it. */
bool jobctl_participate(struct task *t);
/*
 * Tells the parent of a completed stop or continuation that is still to be
 * told; true when there was one.
 */
bool jobctl_tell_parent(void);
/*
 * Is there no member of process group PGID whose parent, in another group of its session, could
 * continue it? [is_current_pgrp_orphaned]
 */
bool jobctl_orphaned(uint32_t pgid);
/*
 * G ends; its children have not been given away yet. Process groups that this leaves orphaned, with
 * members that are stopped, are sent SIGHUP and SIGCONT. [kill_orphaned_pgrp]
 */
void jobctl_group_exits(struct group *g);

/* ---- sigchld.c: what parents and tracers are told ---- */

/*
 * SIGCHLD with WHY (CLD_STOPPED, CLD_CONTINUED, CLD_TRAPPED) about T: to its tracer, or
 * about its process to its parent.
 */
void sigchld_notify(struct task *t, bool for_tracer, int why);
/*
 * G has ended (exit_status): tells its parent by G's exit_signal. True when the parent wants to
 * know nothing (it ignores SIGCHLD, or SA_NOCLDWAIT): then nobody will wait for it, and the
 * caller reaps. [do_notify_parent]
 */
bool signal_group_ended(struct group *g);
/* Does G want no zombies? */
bool sigchld_is_ignored(const struct group *g);
/* T, which is traced, has ended: tells its tracer, who will wait for it. */
void sigchld_tracee_ended(struct task *t);

/* ---- exit.c ---- */

/*
 * Ends the current thread; STATUS is a wait status word (code << 8, or a
 * signal, |0x80 with a core).
 */
_Noreturn void task_exit(uint32_t status);
/* Ends the current process: every thread. */
_Noreturn void group_exit(uint32_t status);
/* Tells every other thread of the current group to end (exec, group_exit). */
void group_kill_others(struct group *g);

/* ---- deliver.c ---- */

/*
 * Boot: FN is called for each signal that its task has taken, *INFO;
 * OF_GROUP: it was sent to the process.
 */
void signal_on_taken(void (*fn)(struct siginfo *info, bool of_group));

/*
 * From trap_work: takes signals until none is left: handlers get their frame, fatal
 * ones end the group, stops stop.
 */
void signal_deliver(struct trapframe *frame);

/* ---- sigframe.c: what a handler sees ---- */

/*
 * Makes the frame of a handler for INFO and points FRAME at it; OLD is the mask that the frame
 * keeps. 0, or -EFAULT with FRAME as it was.
 */
[[nodiscard]] int sigframe_setup(struct trapframe *frame, const struct siginfo *info,
				 const struct kernel_sigaction *action, uint64_t old);
/*
 * sys_rt_sigreturn's body: restores what sigframe_setup saved; a bad frame is
 * SIGSEGV. Returns what a0 gets.
 */
[[nodiscard]] long signal_return(struct trapframe *frame);
/*
 * sigaltstack(2), with SP the user's stack pointer: 0, -EPERM, -EINVAL, -ENOMEM. NEW may be NULL.
 */
[[nodiscard]] int altstack_set(const struct sigaltstack *new, uint64_t sp);
/* What sigaltstack(2) reports. */
struct sigaltstack altstack_get(uint64_t sp);

/*
 * Internal error numbers a handler in C may return when signal_pending(); never seen by programs.
 * [linux/errno.h]
 */
#define ERESTARTSYS 512		  /* restart if SA_RESTART or no handler; else EINTR */
#define ERESTARTNOINTR 513	  /* always restart */
#define ERESTARTNOHAND 514	  /* restart if no handler; else EINTR */
#define ERESTART_RESTARTBLOCK 516 /* restart_syscall if no handler; else EINTR */
