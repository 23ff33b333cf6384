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
 * Sleeps until the tracer lets it go on. Returns the signal to take, or CODE itself when there is
 * no tracer any more, or a fatal signal. WHY: CLD_TRAPPED, or CLD_STOPPED when it also is the
 * task's part in a group stop. [ptrace_stop]
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
	t->state = TASK_TRACED;
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
	(void)signal_note(t); /* signals that came during the stop woke no one */
	return (int)s.code;
}

/* Stops with an info made of SIG and CODE. */
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

/* Stops before or after a system call. False: a fatal signal came. [ptrace_report_syscall] */
static bool report_call(uint64_t message)
{
	const int good = (current->tracer->options & PTRACE_O_TRACESYSGOOD) != 0 ? 0x80 : 0;
	const int sig = ptrace_stop_notify(SIGTRAP | good, message);

	if (sig > 0 && sig <= _NSIG)
		signal_send_kernel(current, sig);
	return !signal_pending_fatal();
}

/*
 * The tracer may have changed the registers: is there still a call, and with which first argument?
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
