/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace_stop.c - the tracee stops for its tracer: before a signal, for job control, at
 * an event, around a system call.
 *
 * Everything here runs in the tracee. While it sleeps, the tracer may do anything with it, even end
 * the tracing: so after a stop, whatever was read from current->tracer before it is stale.
 * [kernel/signal.c, linux/ptrace.h]
 */
#include "ptrace.h"

#include <string.h>

#include <abi/errno.h>

#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "trap.h"

/*
 * Stops the current task. Its tracer sees CODE in the wait status, MESSAGE, and INFO (NULL: none),
 * until it lets the task go on. Returns the signal that the task is to take, or 0. Without a
 * tracer, or with a fatal signal pending, does not stop and returns CODE. If a fatal signal ends
 * the stop, the result has no meaning. WHY: CLD_TRAPPED; or CLD_STOPPED, if the task also takes
 * part in a group stop by it. [ptrace_stop]
 */
static int stop_task(int code, int why, uint64_t message, struct siginfo *info)
{
	struct ptrace_stop s = { .code = (uint32_t)code, .message = message, .info = info };
	struct task *t = current;
	bool last = false;

	if (t->tracer == NULL || signal_pending_fatal())
		return code;
	t->tracer->stop = &s;
	if (why == CLD_STOPPED && (t->jobctl & JOBCTL_STOP_PENDING) != 0)
		last = jobctl_participate(t);
	jobctl_clear(t, JOBCTL_TRAP_STOP);
	if (info != NULL && info->si_code >> 8 == PTRACE_EVENT_STOP)
		jobctl_clear(t, JOBCTL_TRAP_NOTIFY);
	t->jobctl = (t->jobctl & ~JOBCTL_TRAPPING) | JOBCTL_TRACED;
	sigchld_notify(t, true, why);
	if (last && ptrace_is_reparented(t))
		sigchld_notify(t, false, why);
	do {
		t->state = TASK_TRACED;
		sched_switch_away();
	} while ((t->jobctl & JOBCTL_TRACED) != 0);
	if (t->tracer != NULL)
		t->tracer->stop = NULL;
	t->jobctl &= ~JOBCTL_LISTENING;
	(void)signal_note(t); /* signals that came during the stop did not wake it */
	return (int)s.code;
}

/* The same with an info of signal SIG and si_code CODE, which names the current task as sender. */
static int stop_with_info(int sig, int code, int why, uint64_t message)
{
	struct siginfo info = signal_info_user(sig, code);

	info.si_pid = (int32_t)pidns_show(current->tid);
	return stop_task(code, why, message, &info);
}

static int ptrace_stop_notify(int code, uint64_t message)
{
	return stop_with_info(SIGTRAP, code, CLD_TRAPPED, message);
}

int ptrace_signal_stop(int sig, struct siginfo *info)
{
	struct task *t = current;

	t->jobctl |= JOBCTL_STOP_DEQUEUED; /* the tracer may turn the signal into a stop signal */
	sig = stop_task(sig, CLD_TRAPPED, 0, info);
	if (sig == 0)
		return 0;
	if (sig != info->si_signo) {
		memset(info, 0, sizeof(*info));
		info->si_signo = sig;
		info->si_code = SI_USER;
		if (t->tracer != NULL) {
			info->si_pid = (int32_t)pidns_show(t->tracer->by->group->id);
			info->si_uid = t->tracer->by->cred.uid;
		}
	}
	if (!signal_is(sig, t->blocked) && !signal_pending_fatal())
		return sig;
	(void)signal_send_task(t, info); /* it is blocked now, and is taken later */
	return 0;
}

void ptrace_jobctl_stop(void)
{
	struct task *t = current;
	int sig = (int)(t->jobctl & JOBCTL_STOP_SIGMASK);

	if (!t->tracer->seized) {
		(void)stop_task(sig, CLD_STOPPED, 0, NULL);
		return;
	}
	if (t->group->stop.count == 0 && t->group->stop.signal == 0)
		sig = SIGTRAP;
	(void)stop_with_info(sig, sig | PTRACE_EVENT_STOP << 8, CLD_STOPPED, 0);
}

void ptrace_event(int event, uint64_t message)
{
	const struct tracer *tr = current->tracer;

	if ((tr->options & 1U << event) != 0)
		(void)ptrace_stop_notify(event << 8 | SIGTRAP, message);
	else if (event == PTRACE_EVENT_EXEC && !tr->seized)
		(void)signal_send_task(current, &(struct siginfo){ .si_signo = SIGTRAP, .si_code = SI_USER });
}

void ptrace_event_id(int event, uint32_t id)
{
	ptrace_event(event, pidns_show_to(current->tracer->by, id));
}

/* ---- system calls ---- */

/*
 * Stops before or after a system call, as MESSAGE (PTRACE_EVENTMSG_*) says. A signal that the
 * tracer wants taken is sent. False: a fatal signal is pending. [ptrace_report_syscall]
 */
static bool report_call(uint64_t message)
{
	const int good = (current->tracer->options & PTRACE_O_TRACESYSGOOD) != 0 ? 0x80 : 0;
	const int sig = ptrace_stop_notify(SIGTRAP | good, message);

	if (sig > 0 && sig <= _NSIG)
		signal_send_kernel(current, sig);
	return !signal_pending_fatal();
}

/*
 * Called after a stop at a call, in which the tracer may have changed FRAME's registers. Is there
 * still a call? If so, takes its first argument from a0; else a0 is the result. See enum
 * ptrace_answer.
 */
static enum ptrace_answer settle_registers(struct trapframe *frame)
{
	if ((int32_t)frame->a[7] < 0) {
		if (frame->a[0] == frame->orig_a0)
			frame->a[0] = (uint64_t)-ENOSYS;
		return PTRACE_SKIP;
	}
	frame->orig_a0 = frame->a[0];
	return PTRACE_RUN;
}

enum ptrace_answer ptrace_syscall_enter(struct trapframe *frame)
{
	if (!current->tracer->syscalls)
		return PTRACE_RUN;
	if (!report_call(PTRACE_EVENTMSG_SYSCALL_ENTRY))
		return PTRACE_DIE;
	return settle_registers(frame);
}

void ptrace_syscall_exit(void)
{
	if (current->tracer != NULL && current->tracer->syscalls)
		(void)report_call(PTRACE_EVENTMSG_SYSCALL_EXIT);
}

enum ptrace_answer ptrace_seccomp(struct trapframe *frame, uint16_t data)
{
	if ((current->tracer->options & PTRACE_O_TRACESECCOMP) == 0) {
		frame->a[0] = (uint64_t)-ENOSYS;
		return PTRACE_SKIP;
	}
	ptrace_event(PTRACE_EVENT_SECCOMP, data);
	if (signal_pending_fatal())
		return PTRACE_DIE;
	return settle_registers(frame);
}
