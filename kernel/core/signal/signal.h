/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h - sending signals and delivering them.
 *
 * Signals are sent from anywhere in the kernel. They are delivered in one place only, on the way
 * back to user mode (trap_work()), where the trapframe is complete. task.signal_work says that a
 * task must go there. It stays set, so that a handler which returned a restart code always reaches
 * signal_deliver(). A switch copies it into hart.work.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/errno.h> /* ERESTARTSYS and its like, which handlers may return when signal_pending() */
#include <abi/signal.h>

#include "sigpending.h"

struct task;
struct group;
struct trapframe;

#define SIG_DFL 0UL
#define SIG_IGN 1UL

/* What the default actions of signals are [linux/signal.h]. */
#define SIGNALS_NEVER_BLOCKED (SIGMASK(SIGKILL) | SIGMASK(SIGSTOP))
#define SIGNALS_STOP (SIGMASK(SIGSTOP) | SIGMASK(SIGTSTP) | SIGMASK(SIGTTIN) | SIGMASK(SIGTTOU))
#define SIGNALS_IGNORE (SIGMASK(SIGCONT) | SIGMASK(SIGCHLD) | SIGMASK(SIGWINCH) | SIGMASK(SIGURG))
#define SIGNALS_CORE                                                                                  \
	(SIGMASK(SIGQUIT) | SIGMASK(SIGILL) | SIGMASK(SIGTRAP) | SIGMASK(SIGABRT) | SIGMASK(SIGFPE) | \
	 SIGMASK(SIGSEGV) | SIGMASK(SIGBUS) | SIGMASK(SIGSYS) | SIGMASK(SIGXCPU) | SIGMASK(SIGXFSZ))
/*
 * Signals that an instruction causes are taken before all others, so that the first handler's frame
 * shows that instruction.
 */
#define SIGNALS_SYNCHRONOUS \
	(SIGMASK(SIGSEGV) | SIGMASK(SIGBUS) | SIGMASK(SIGILL) | SIGMASK(SIGTRAP) | SIGMASK(SIGFPE) | SIGMASK(SIGSYS))

static inline bool signal_is(int sig, uint64_t set)
{
	return (SIGMASK(sig) & set) != 0;
}

/*
 * What a process does about each signal; shared by CLONE_SIGHAND. `refs` counts the tasks. A task
 * that has ended has none, so nothing is delivered to it.
 */
struct sighand {
	uint32_t refs;
	struct kernel_sigaction action[_NSIG]; /* the action of signal n is at n - 1 */
	uint64_t immutable;		       /* SA_IMMUTABLE: these were forced, and get no handler any more */
};

/* ---- sigqueue.c: what is pending, and what is done about it ---- */

void sigpending_flush(struct sigpending *p);
/* Forgets the signals in MASK. */
void sigpending_flush_mask(struct sigpending *p, uint64_t mask);
/*
 * Queues *INFO, charged to T's user against T's RLIMIT_SIGPENDING (OVERRIDE: without a limit), and
 * marks the signal pending. False when there is no room: then nothing is marked.
 */
bool sigpending_add(struct sigpending *p, const struct task *t, const struct siginfo *info, bool override);
/*
 * Charges user UID for a signal that may be queued later: NULL when LIMIT are charged already, or
 * there is no memory. sigowner_release() ends that; NULL is fine.
 */
[[nodiscard]] struct sigowner *sigowner_charge(uint32_t uid, uint64_t limit);
void sigowner_release(struct sigowner *o);
/* Takes the most urgent signal that is not in BLOCKED, with its info in *INFO: its number, or 0. */
[[nodiscard]] int sigpending_take(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/*
 * Takes the first signal that an instruction caused and that is not in BLOCKED: its number, or 0.
 */
[[nodiscard]] int sigpending_take_synchronous(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/* The info at place INDEX of the queue, or NULL. */
const struct siginfo *sigpending_peek(const struct sigpending *p, uint64_t index);

[[nodiscard]] struct sighand *sighand_create(void); /* all actions are the default; NULL when there is no memory */
[[nodiscard]] struct sighand *sighand_copy(const struct sighand *s);
struct sighand *sighand_get(struct sighand *s);
void sighand_put(struct sighand *s);   /* NULL is fine */
void sighand_reset(struct sighand *s); /* handlers become the default, ignored signals stay ignored */
/*
 * For execve: T's own copy of the actions, in which handlers become the default and ignored signals
 * stay ignored. The alternate stack and what restart_syscall would continue are dropped, too. 0 or
 * -ENOMEM.
 */
[[nodiscard]] int sighand_exec(struct task *t);

/* ---- signal.c: sending ---- */

/* Woken when a signal has become pending for any task. */
extern struct waitq signal_event;

/*
 * Send the signal INFO->si_signo to a thread; to a process. INFO is copied. 0, or -EAGAIN (a
 * real-time signal, and the queue is full). The caller has checked that the sender may do that.
 */
[[nodiscard]] int signal_send_task(struct task *t, const struct siginfo *info);
[[nodiscard]] int signal_send_group(struct group *g, const struct siginfo *info);

/* Send SIG from the kernel, without details (SI_KERNEL), to a thread; to a process. */
void signal_send_kernel(struct task *t, int sig);
void signal_send_kernel_group(struct group *g, int sig);

/* An info that names no sender, as a timer's: an interrupt may make it, whoever is current. */
struct siginfo signal_info(int sig, int code);
/* The info of a signal from the current process, as kill(2) makes it. CODE: SI_USER, SI_TKILL. */
struct siginfo signal_info_user(int sig, int code);

/*
 * Sends the current task a signal that it cannot refuse: if it is blocked or ignored, its action
 * becomes the default. FATAL: a handler is not run, either, and no tracer sees it.
 * [force_sig_info_to_task]
 */
void signal_force(const struct siginfo *info, bool fatal);
/*
 * The same for SIG, without details (SI_KERNEL). DEFAULT_ACTION: even if it has a handler.
 * [force_sig, force_fatal_sig]
 */
void signal_force_kernel(int sig, bool default_action);

/* Ends thread T by SIGKILL, whatever it does now. The status is its group's exit_status. */
void signal_kill_thread(struct task *t);

/*
 * Is T's process the first of a pid namespace, and spared by default actions? [SIGNAL_UNKILLABLE]
 */
bool signal_is_unkillable(const struct task *t);

/*
 * Takes a signal of the current task or of its process that is not in BLOCKED: its number, or 0.
 * [dequeue_signal]
 */
[[nodiscard]] int signal_take(uint64_t blocked, struct siginfo *info);

/*
 * Recomputes T's signal_work after a change of its mask or pending signals, and HART_SIGNAL if T is
 * current. Wakes T if it sleeps interruptibly, or if SIGKILL is pending and it sleeps or is
 * stopped.
 */
void signal_recalc(struct task *t);
/*
 * The same, in the middle of a call that may return a restart code: when there is no signal,
 * signal_work stays as it is. Returns whether there is one.
 */
bool signal_note(struct task *t);
/*
 * T must look at its signals: does what signal_recalc() does when there is one. FATAL: wakes it
 * whatever it does.
 */
void signal_wake(struct task *t, bool fatal);

/* ---- sigmask.c ---- */

/*
 * Makes MASK, without SIGKILL and SIGSTOP, the set of signals that the current task blocks. Other
 * threads take what it blocks now.
 */
void signal_set_blocked(uint64_t mask);
/*
 * The same for the time of one call. signal_deliver() restores the old mask, or a handler's frame
 * saves it.
 */
void signal_set_blocked_for_call(uint64_t mask);

/*
 * Called when the current thread ends: other threads take over the signals for its process and its
 * part in a stop. Sets task.exiting. [exit_signals]
 */
void signal_task_exits(void);

/* ---- jobctl.c: stopping and continuing ---- */

/* Bits of task.jobctl, Linux's [linux/sched/jobctl.h]. */
#define JOBCTL_STOP_SIGMASK 0xffffU	/* the stop signal's number */
#define JOBCTL_STOP_DEQUEUED (1U << 16) /* a stop signal was taken, and no SIGCONT came since */
#define JOBCTL_STOP_PENDING (1U << 17)	/* must take part in a group stop */
#define JOBCTL_STOP_CONSUME (1U << 18)	/* and is counted in group->stop.count */
#define JOBCTL_TRAP_STOP (1U << 19)	/* must stop for its tracer */
#define JOBCTL_TRAP_NOTIFY (1U << 20)	/* must tell a tracer that seized it of a change in job control */
#define JOBCTL_TRAPPING (1U << 21)	/* is changing from stopped to traced */
#define JOBCTL_LISTENING (1U << 22)	/* PTRACE_LISTEN */
#define JOBCTL_STOPPED (1U << 26)	/* sleeps in a group stop */
#define JOBCTL_TRACED (1U << 27)	/* sleeps in a stop for its tracer */
#define JOBCTL_TRAP_MASK (JOBCTL_TRAP_STOP | JOBCTL_TRAP_NOTIFY)
#define JOBCTL_PENDING_MASK (JOBCTL_STOP_PENDING | JOBCTL_TRAP_MASK)

/*
 * Sets bits; false: T is ending, and nothing was set. Clears bits, and those that depend on them.
 */
bool jobctl_set(struct task *t, uint32_t bits);
void jobctl_clear(struct task *t, uint32_t bits);
/*
 * Called when a stop signal, when SIGCONT, was sent to G: removes pending signals of the other
 * kind. SIGCONT continues a stopped group.
 */
void jobctl_cancel_continue(struct group *g);
void jobctl_continue(struct group *g);
/*
 * The current task acts on stop signal SIG, or, with 0, on one that another thread took. True: it
 * slept, so everything must be looked at again.
 */
bool jobctl_stop(int sig);
/* T takes part in its group's stop. True: the stop is complete now. */
bool jobctl_participate(struct task *t);
/*
 * Tells the parent of a completed stop or continuation, if it has not been told. True: there was
 * one.
 */
bool jobctl_tell_parent(void);
/*
 * Is process group PGID orphaned: has no member a parent that is in another group of its session,
 * and could continue it? [is_current_pgrp_orphaned]
 */
bool jobctl_orphaned(uint32_t pgid);
/*
 * Called when G ends, before its children are given away. If that leaves process groups orphaned
 * which have stopped members, sends them SIGHUP and SIGCONT. [kill_orphaned_pgrp]
 */
void jobctl_group_exits(struct group *g);

/* ---- sigchld.c: what parents and tracers are told ---- */

/*
 * Sends SIGCHLD with WHY (CLD_STOPPED, CLD_CONTINUED, CLD_TRAPPED) about T to its tracer, or about
 * T's process to its parent.
 */
void sigchld_notify(struct task *t, bool for_tracer, int why);
/*
 * Tells G's parent, by G's exit_signal, that G has ended. True: the parent does not want to wait
 * for it (it ignores SIGCHLD, or has SA_NOCLDWAIT), so the caller reaps. [do_notify_parent]
 */
bool signal_group_ended(struct group *g);
/* Do G's children become no zombies? */
bool sigchld_is_ignored(const struct group *g);
/* Tells T's tracer, who waits for it, that T has ended. */
void sigchld_tracee_ended(struct task *t);

/* ---- exit.c ---- */

/*
 * Ends the current thread; STATUS is a wait status word (code << 8, or a
 * signal, |0x80 with a core).
 */
_Noreturn void task_exit(uint32_t status);
/* Ends the current process: every thread. CORE: by a signal that leaves a core file, or NULL. */
_Noreturn void group_exit(uint32_t status, const struct siginfo *core);
/*
 * At boot: FN writes a core file of the current process, which is ending, and tells its other
 * threads by group_kill() when it has seen them. True: there is one.
 */
void signal_on_core(bool (*fn)(const struct siginfo *info));
/*
 * Tells every thread of G but BUT to end: some at once, and each of these tells others when it ends
 * (group.to_kill).
 */
void group_kill(struct group *g, const struct task *but);

/* ---- signal_pgrp.c ---- */

/* Whose right to send counts. [sigio_perm] */
struct signal_sender {
	uint32_t uid, euid;
};
bool signal_sender_may(const struct signal_sender *s, const struct task *t);
/*
 * Sends INFO to each process of group PGID that FROM may send signals to, to many of them later;
 * signal_send_kernel_pgrp(): as the kernel. signal_pgrp_piece() does a piece of what is left,
 * without giving way; false: nothing is.
 */
void signal_send_pgrp(uint32_t pgid, const struct siginfo *info, struct signal_sender from);
void signal_send_kernel_pgrp(uint32_t pgid, int sig);
bool signal_pgrp_piece(void);

/* ---- deliver.c ---- */

/* At boot: FN is called for each signal that a task takes; OF_GROUP: it was sent to the process. */
void signal_on_taken(void (*fn)(struct siginfo *info, bool of_group));

/*
 * Takes the current task's signals until none is left: prepares frames for handlers, ends the
 * group, or stops. Called from trap_work().
 */
void signal_deliver(struct trapframe *frame);

/* ---- siginfo.c: infos in user memory ---- */

/* Writes INFO to TO, with zeroes up to SI_MAX_SIZE: 0 or -EFAULT. [copy_siginfo_to_user] */
[[nodiscard]] int siginfo_to_user(uint64_t to, const struct siginfo *info);
/*
 * The info at FROM, which a program has made for signal SIG: 0, -EFAULT, or -E2BIG: it has bytes
 * that the kernel does not know. [copy_siginfo_from_user]
 */
[[nodiscard]] int siginfo_from_user(struct siginfo *info, int sig, uint64_t from);

/* ---- sigframe.c: what a handler sees ---- */

/*
 * Makes the stack frame for a handler of INFO, and FRAME run the handler. OLD: the mask that the
 * frame keeps. 0, or -EFAULT with FRAME unchanged.
 */
[[nodiscard]] int sigframe_setup(struct trapframe *frame, const struct siginfo *info,
				 const struct kernel_sigaction *action, uint64_t old);
/*
 * Does rt_sigreturn(2): restores what sigframe_setup() saved. A bad frame becomes SIGSEGV. Returns
 * what a0 gets.
 */
[[nodiscard]] long signal_return(struct trapframe *frame);
/*
 * sigaltstack(2), with SP the user's stack pointer: 0, -EPERM, -EINVAL, -ENOMEM. NEW may be NULL.
 */
[[nodiscard]] int altstack_set(const struct sigaltstack *new, uint64_t sp);
/* What sigaltstack(2) reports, with SP as above. */
struct sigaltstack altstack_get(uint64_t sp);
