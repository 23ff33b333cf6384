/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h - signals: sending and delivering them, job control, and the end of tasks.
 *
 * Signals are sent from anywhere in the kernel. They are delivered in one place only, on the way
 * back to user mode (trap_work()), where the trapframe is complete. task.signal_work says that a
 * task must go there; a switch to the task copies it to hart.work. It stays set until
 * signal_deliver() has run, because a system call that has returned a restart code must get there.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/errno.h> /* ERESTARTSYS and its like, which system calls may return when signal_pending() */
#include <abi/signal.h>

#include "sigpending.h"

struct task;
struct group;
struct trapframe;

#define SIG_DFL 0UL
#define SIG_IGN 1UL

/* Sets of signals by their default actions [linux/signal.h]. */
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
 * What a process does about each signal: the actions, which tasks share by CLONE_SIGHAND. `refs`
 * counts these tasks. A task that has ended has no struct sighand.
 */
struct sighand {
	uint32_t refs;
	struct kernel_sigaction action[_NSIG]; /* the action of signal n is at n - 1 */
	uint64_t immutable;		       /* SA_IMMUTABLE: these were forced, and get no handler any more */
};

/* ---- sigqueue.c: pending signals, and actions ---- */

/* Removes all pending signals; those in MASK. */
void sigpending_flush(struct sigpending *p);
void sigpending_flush_mask(struct sigpending *p, uint64_t mask);
/* Frees an info that was flushed; false: there is none. */
bool sigqueue_free_piece(void);
/*
 * Queues *INFO in P, and marks its signal as pending. It is charged to T's user, up to T's
 * RLIMIT_SIGPENDING or, OVERRIDE, without a limit. False: there is no room, and nothing has
 * changed.
 */
bool sigpending_add(struct sigpending *p, const struct task *t, const struct siginfo *info, bool override);
/*
 * Charges user UID for a signal that may be queued later, until sigowner_release(). NULL: LIMIT are
 * charged already, or there is no memory. sigowner_release() of NULL is fine.
 */
[[nodiscard]] struct sigowner *sigowner_charge(uint32_t uid, uint64_t limit);
void sigowner_release(struct sigowner *o);
/*
 * Takes the signal with the lowest number that is not in BLOCKED, but those that an instruction may
 * cause first. Returns its number, with its info in *INFO; 0: there is none. [next_signal]
 */
[[nodiscard]] int sigpending_take(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/*
 * Takes the oldest signal that an instruction has caused and that is not in BLOCKED. Returns its
 * number, with its info in *INFO; 0: there is none. [dequeue_synchronous_signal]
 */
[[nodiscard]] int sigpending_take_synchronous(struct sigpending *p, uint64_t blocked, struct siginfo *info);
/* The info at place INDEX of the queue, from 0 on; NULL: there are not so many. */
const struct siginfo *sigpending_peek(const struct sigpending *p, uint64_t index);

/* Makes a struct sighand with default actions, with those of S: one reference; NULL: no memory. */
[[nodiscard]] struct sighand *sighand_create(void);
[[nodiscard]] struct sighand *sighand_copy(const struct sighand *s);
/* Take a reference, and give one up. */
struct sighand *sighand_get(struct sighand *s);
void sighand_put(struct sighand *s);   /* NULL is fine */
void sighand_reset(struct sighand *s); /* handlers become the default, ignored signals stay ignored */
/*
 * For execve: gives T actions that it shares with nobody, and resets them. The alternate stack, and
 * what restart_syscall would continue, are forgotten, too. 0, or -ENOMEM and no change.
 */
[[nodiscard]] int sighand_exec(struct task *t);

/* ---- signal.c: sending ---- */

/* Woken when a signal has become pending for any task. */
extern struct waitq signal_event;

/*
 * Send the signal INFO->si_signo to a thread; to a process. INFO is copied. 0, or -EAGAIN: it is a
 * real-time signal, and the queue is full. The caller has checked that the sender may send it.
 */
[[nodiscard]] int signal_send_task(struct task *t, const struct siginfo *info);
[[nodiscard]] int signal_send_group(struct group *g, const struct siginfo *info);

/* Send SIG from the kernel (SI_KERNEL) to a thread; to a process. */
void signal_send_kernel(struct task *t, int sig);
void signal_send_kernel_group(struct group *g, int sig);

/*
 * An info without a sender. Interrupt handlers may make it: which task is current does not matter.
 */
struct siginfo signal_info(int sig, int code);
/* An info with the current process as the sender, as of kill(2). CODE: SI_USER, SI_TKILL. */
struct siginfo signal_info_user(int sig, int code);

/*
 * Sends the current task a signal that it cannot refuse: if it is blocked or ignored, it is
 * unblocked and its action becomes the default. FATAL: that happens even if it has a handler, and
 * no tracer sees it. [force_sig_info_to_task]
 */
void signal_force(const struct siginfo *info, bool fatal);
/*
 * The same for SIG from the kernel (SI_KERNEL). DEFAULT_ACTION: even if it has a handler; but a
 * tracer sees it. [force_sig, force_fatal_sig]
 */
void signal_force_kernel(int sig, bool default_action);

/* Makes thread T end, whatever it does now. Its status is its group's exit_status. */
void signal_kill_thread(struct task *t);

/*
 * Is T's process the first one of a pid namespace, on which default actions have no effect?
 * [SIGNAL_UNKILLABLE]
 */
bool signal_is_unkillable(const struct task *t);

/*
 * Takes a signal that is pending for the current task or its process and is not in BLOCKED. Returns
 * its number, with its info in *INFO; 0: there is none. [dequeue_signal]
 */
[[nodiscard]] int signal_take(uint64_t blocked, struct siginfo *info);

/*
 * Recomputes T's signal_work, and HART_SIGNAL if T is current, after a change of T's mask or
 * pending signals. If there is a signal to take, wakes T as signal_wake() does. [recalc_sigpending]
 */
void signal_recalc(struct task *t);
/*
 * The same in the middle of a system call that may return a restart code: if there is no signal,
 * signal_work stays as it is. Is there one?
 */
bool signal_note(struct task *t);
/*
 * Makes T look at its signals: wakes it if it sleeps interruptibly; FATAL: also if it sleeps in
 * another way or is stopped. [signal_wake_up]
 */
void signal_wake(struct task *t, bool fatal);

/* ---- sigmask.c ---- */

/*
 * Makes MASK, without SIGKILL and SIGSTOP, the set of signals that the current task blocks. Other
 * threads take signals for the process that it does not take any more. [set_current_blocked]
 */
void signal_set_blocked(uint64_t mask);
/*
 * The same for the time of one system call: signal_deliver() restores the old mask, or puts it into
 * the frame of the handler, which restores it.
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
#define JOBCTL_STOP_CONSUME (1U << 18)	/* is counted in group->stop.count */
#define JOBCTL_TRAP_STOP (1U << 19)	/* must stop for its tracer */
#define JOBCTL_TRAP_NOTIFY (1U << 20)	/* must tell a tracer that seized it of a change in job control */
#define JOBCTL_TRAPPING (1U << 21)	/* is changing from stopped to traced */
#define JOBCTL_LISTENING (1U << 22)	/* PTRACE_LISTEN */
#define JOBCTL_STOPPED (1U << 26)	/* sleeps in a group stop */
#define JOBCTL_TRACED (1U << 27)	/* sleeps in a stop for its tracer */
#define JOBCTL_TRAP_MASK (JOBCTL_TRAP_STOP | JOBCTL_TRAP_NOTIFY)
#define JOBCTL_PENDING_MASK (JOBCTL_STOP_PENDING | JOBCTL_TRAP_MASK)

/*
 * jobctl_set() sets BITS; false: T is ending, and nothing was set. jobctl_clear() clears BITS, and
 * those that depend on them. [task_set_jobctl_pending, task_clear_jobctl_pending]
 */
bool jobctl_set(struct task *t, uint32_t bits);
void jobctl_clear(struct task *t, uint32_t bits);
/*
 * jobctl_cancel_continue(): a stop signal was sent to G, so pending SIGCONT is removed.
 * jobctl_continue(): SIGCONT was sent to G, so pending stop signals are removed, and G continues.
 */
void jobctl_cancel_continue(struct group *g);
void jobctl_continue(struct group *g);
/*
 * The current task stops because of SIG or, with 0, because another thread has taken a stop signal.
 * True: it has slept, so everything must be looked at again. [do_signal_stop]
 */
bool jobctl_stop(int sig);
/*
 * T takes part in its group's stop. True: it was the last one, so the stop is complete.
 * [task_participate_group_stop]
 */
bool jobctl_participate(struct task *t);
/*
 * Tells the parent of the current process that the process has continued or stopped, if it has not
 * been told. True: it was told now.
 */
bool jobctl_tell_parent(void);
/*
 * Is process group PGID orphaned: has no member a parent in another group of the same session, who
 * could continue it? [is_current_pgrp_orphaned]
 */
bool jobctl_orphaned(uint32_t pgid);
/*
 * Called when G ends, before its children are given away. Sends SIGHUP and SIGCONT to those process
 * groups that become orphaned by it and have stopped members. [kill_orphaned_pgrp]
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
 * for G (it ignores SIGCHLD, or has SA_NOCLDWAIT), so the caller frees G. [do_notify_parent]
 */
bool signal_group_ended(struct group *g);
/* Does G not want to wait for its children, so that they do not become zombies? */
bool sigchld_is_ignored(const struct group *g);
/* Tells T's tracer that T has ended. */
void sigchld_tracee_ended(struct task *t);

/* ---- exit.c ---- */

/*
 * Ends the current thread. STATUS is a wait status: an exit code << 8, or the number of a signal,
 * with WCOREFLAG if there is a core file. [do_exit]
 */
_Noreturn void task_exit(uint32_t status);
/*
 * Ends the current process with STATUS, unless it is ending already. CORE: the info of a signal
 * that leaves a core file, or NULL. [do_group_exit]
 */
_Noreturn void group_exit(uint32_t status, const struct siginfo *core);
/* The name of a core file [kernel.core_pattern]; is ".PID" added to it? [kernel.core_uses_pid] */
#define CORE_PATTERN_SIZE 128
extern char core_pattern[CORE_PATTERN_SIZE];
extern uint32_t core_uses_pid;
/*
 * At boot: FN writes a core file of the current process, which is ending; it kills the other
 * threads by group_kill() itself, when it has seen them. True: there is a core file.
 */
void signal_on_core(bool (*fn)(const struct siginfo *info));
/*
 * Kills every thread of G but BUT: some at once; each of these kills others when it ends
 * (group.to_kill), so that no call takes long.
 */
void group_kill(struct group *g, const struct task *but);

/* ---- signal_pgrp.c ---- */

/* The ids by which it is decided whether a signal may be sent. */
struct signal_sender {
	uint32_t uid, euid;
};
/* May S send signals to T? [sigio_perm] */
bool signal_sender_may(const struct signal_sender *s, const struct task *t);
/*
 * signal_send_pgrp() sends INFO to each process of group PGID to which FROM may send signals; in a
 * large group, to most of them later. signal_send_kernel_pgrp() sends SIG as the kernel.
 * signal_pgrp_piece() does a piece of what is left to do, without giving way; false: nothing is
 * left.
 */
void signal_send_pgrp(uint32_t pgid, const struct siginfo *info, struct signal_sender from);
void signal_send_kernel_pgrp(uint32_t pgid, int sig);
bool signal_pgrp_piece(void);

/* ---- deliver.c ---- */

/*
 * At boot: FN is called for each signal that the current task takes, and may change its info.
 * OF_GROUP: it was sent to the process.
 */
void signal_on_taken(void (*fn)(struct siginfo *info, bool of_group));

/*
 * Takes the current task's signals until none is left: makes FRAME run their handlers, stops, or
 * ends the process. Called from trap_work().
 */
void signal_deliver(struct trapframe *frame);

/* ---- siginfo.c: infos in user memory ---- */

/* Writes INFO to TO, with zeroes up to SI_MAX_SIZE: 0 or -EFAULT. [copy_siginfo_to_user] */
[[nodiscard]] int siginfo_to_user(uint64_t to, const struct siginfo *info);
/*
 * Reads the info at FROM, which a program has made for signal SIG: 0, -EFAULT, or -E2BIG (bytes
 * that the kernel does not know are not zero). [copy_siginfo_from_user]
 */
[[nodiscard]] int siginfo_from_user(struct siginfo *info, int sig, uint64_t from);

/* ---- sigframe.c: what a handler sees ---- */

/*
 * Writes a signal frame for INFO to the program's stack, and makes FRAME run the handler of ACTION.
 * OLD: the mask that rt_sigreturn is to restore. 0, or -EFAULT and FRAME is unchanged.
 */
[[nodiscard]] int sigframe_setup(struct trapframe *frame, const struct siginfo *info,
				 const struct kernel_sigaction *action, uint64_t old);
/*
 * rt_sigreturn(2): restores from the stack what sigframe_setup() has saved there, into FRAME. If
 * that cannot be read, SIGSEGV is sent. Returns what a0 gets.
 */
[[nodiscard]] long signal_return(struct trapframe *frame);
/*
 * sigaltstack(2): makes NEW the alternate stack. SP: the program's stack pointer. 0, -EPERM (the
 * present one is in use), -EINVAL (flags) or -ENOMEM (too small). [do_sigaltstack]
 */
[[nodiscard]] int altstack_set(const struct sigaltstack *new, uint64_t sp);
/* The present alternate stack as sigaltstack(2) reports it. SP: the program's stack pointer. */
struct sigaltstack altstack_get(uint64_t sp);
