/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * judge.c - judges the calls that the gate does not decide by itself.
 *
 * Called from boot/trap.S (gate_judge) with every register of the program in the frame. Most calls
 * whose answer is the same whatever the arguments do not come here: the gate has sent them on
 * already.
 *
 * Read it from judge(), at the end, upward. The order is Linux's: syscall user dispatch, the
 * tracer's stop, then the mode, and in mode filter the filters. A call runs only if one of these
 * says so; zero of each enum here refuses. [syscall_trace_enter]
 */
#include "filter.h"

#include <string.h>

#include <abi/audit.h>
#include <abi/errno.h>
#include <abi/syscall.h>

#include "audit.h"
#include "events.h"
#include "gate.h"
#include "kassert.h"
#include "options.h"
#include "report.h"
#include "signal.h"
#include "syscall.h"
#include "tracer.h"
#include "words.h"

bool (*user_dispatch_takes)(struct trapframe *frame);

/* The only code that maps registers to what filters see. [populate_seccomp_data] */
static struct seccomp_data call_data(const struct trapframe *frame)
{
	return (struct seccomp_data){
		.nr = (int)frame->a[7],
		.arch = AUDIT_ARCH_RISCV64,
		.instruction_pointer = frame->pc,
		.args = { frame->orig_a0, frame->a[1], frame->a[2], frame->a[3], frame->a[4], frame->a[5] },
	};
}

/* Makes VALUE the result of the call. */
static void return_value(struct trapframe *frame, long value)
{
	frame->a[0] = (uint64_t)value;
}

/*
 * Sends SIGSYS about the current call: REASON becomes si_errno; FATAL: no handler is run. A handler
 * finds the registers as they were before the call: nothing has changed them yet.
 * [force_sig_seccomp]
 */
static void send_sigsys(const struct seccomp_data *data, uint16_t reason, bool fatal)
{
	const struct siginfo info = {
		.si_signo = SIGSYS,
		.si_errno = reason,
		.si_code = SYS_SECCOMP,
		.si_call_addr = data->instruction_pointer,
		.si_syscall = data->nr,
		.si_arch = data->arch,
	};

	KASSERT(current->frame->a[0] == current->frame->orig_a0);
	signal_force(&info, fatal);
}

/* From here on the current task makes no call any more, whatever its filters say. */
static void condemn_task(void)
{
	current->seccomp_mode = SECCOMP_MODE_DEAD;
	filter_update_gate(current);
}

/*
 * Prints the audit record of the verdict, if it is to be logged. SIG: the signal that the task
 * gets.
 */
static void record_verdict(const struct seccomp_data *data, const struct seccomp_decision *d, int sig)
{
	if (d->log && audit_wants(d->action))
		audit_seccomp(data, sig, d->action);
}

static void kill_thread_or_process(const struct seccomp_data *data, const struct seccomp_decision *d)
{
	condemn_task();
	if (d->todo == SECCOMP_DO_KILL_THREAD && current->group->live > 1)
		task_exit(SIGSYS);
	send_sigsys(data, d->data, true);
}

/*
 * Asks the listener of the filter that answered USER_NOTIF, and sleeps until it answers. True: the
 * call is to be run. False: its result is in the frame.
 */
static bool ask_listener(struct trapframe *frame, const struct seccomp_data *data, const struct seccomp_verdict *v)
{
	struct listener *l = filter_of(v->match)->listener;
	const struct notify_answer answer = l != NULL ? l->ops->ask(l, data) : (struct notify_answer){ .ret = -ENOSYS };

	if (answer.run)
		return true;
	report_result(current->reported, answer.ret);
	frame->in_call = answer.interrupted; /* a restart asks again */
	return_value(frame, answer.ret);
	return false;
}

/*
 * The filter that gives the stack's constant USER_NOTIF answer; NULL: the gate does not know which
 * one. Where filters repeat each other, they share a gate, which knows only the oldest of them; the
 * newest one counts, as on any tie.
 */
static const struct seccomp_filter *judge_find_notifier(const struct filter *stack)
{
	const uint32_t place = stack->gate->notifier;
	const struct seccomp_filter *newest_alike = &stack->node;

	for (const struct seccomp_filter *f = newest_alike; place != 0 && f->depth >= place; f = f->prev) {
		if (f->depth == place)
			return newest_alike;
		if (!seccomp_filter_repeats(f))
			newest_alike = f->prev;
	}
	return NULL;
}

/*
 * Does the gate of STACK know the answer to number NR, whatever the arguments? Then stores it in
 * *RET.
 */
static bool is_constant(const struct filter *stack, uint32_t nr, uint32_t *ret)
{
	return stack != NULL && stack->gate != NULL && gate_knows(stack->gate, nr, ret);
}

/*
 * Fills *V with the answer of STACK to the call in DATA. If *CONSTANT, the gate knows the answer,
 * which is V->ret already, and no filter need run. They are run all the same, and *CONSTANT becomes
 * false, if the report of a refusal needs the instruction that refused, or if the gate does not
 * know which listener to ask.
 */
static void evaluate_stack(const struct filter *stack, const struct seccomp_data *data, bool *constant,
			   struct seccomp_verdict *v)
{
	const uint32_t action = v->ret & SECCOMP_RET_ACTION_FULL;

	if (*constant && action == SECCOMP_RET_USER_NOTIF)
		v->match = judge_find_notifier(stack);
	if (*constant && action != SECCOMP_RET_ALLOW)
		*constant = !report_refusals() && (action != SECCOMP_RET_USER_NOTIF || v->match != NULL);
	if (!*constant)
		*v = seccomp_evaluate(stack == NULL ? NULL : &stack->node, current->seccomp_self, data);
}

enum judged {
	JUDGED_REFUSED = 0,
	JUDGED_RUN,
	JUDGED_AGAIN, /* the tracer may have changed the registers: what they hold now is to be judged */
};

/*
 * Carries out decision D about the call in DATA, which follows from verdict V. The audit record is
 * printed before anything irreversible is done. For USER_NOTIF and TRACE it is printed afterwards,
 * and only if the listener or tracer does not let the call run.
 */
static enum judged carry_out(struct trapframe *frame, const struct seccomp_data *data, const struct seccomp_verdict *v,
			     const struct seccomp_decision *d)
{
	const bool kills = d->todo == SECCOMP_DO_KILL_PROCESS || d->todo == SECCOMP_DO_KILL_THREAD;

	if (d->todo != SECCOMP_DO_NOTIFY && d->todo != SECCOMP_DO_TRACE)
		record_verdict(data, d, kills ? SIGSYS : 0);
	if (options.explain)
		words->explain(data);

	switch (d->todo) {
	case SECCOMP_DO_RUN:
		return JUDGED_RUN;
	case SECCOMP_DO_KILL_PROCESS:
	case SECCOMP_DO_KILL_THREAD:
		kill_thread_or_process(data, d);
		return JUDGED_REFUSED;
	case SECCOMP_DO_SIGNAL:
		send_sigsys(data, d->data, false);
		return JUDGED_REFUSED;
	case SECCOMP_DO_RETURN:
		return_value(frame, -(long)d->err);
		return JUDGED_REFUSED;
	case SECCOMP_DO_NOTIFY:
		if (ask_listener(frame, data, v))
			return JUDGED_RUN;
		break;
	case SECCOMP_DO_TRACE:
		if (tracer_seccomp(frame, d->data) == PTRACE_RUN)
			return JUDGED_AGAIN;
		break;
	}
	record_verdict(data, d, 0);
	return JUDGED_REFUSED;
}

/*
 * Judges by the filters the call that is in the registers now. AGAIN: the tracer was asked about it
 * and let it go on, so TRACE does not ask again. [__seccomp_filter]
 */
static enum judged judge_once(struct trapframe *frame, bool again)
{
	const struct filter *stack = current->filter;
	struct seccomp_verdict v = { .match = NULL };
	bool constant = is_constant(stack, (uint32_t)frame->a[7], &v.ret);

	if (constant && v.ret == SECCOMP_RET_ALLOW && events == 0)
		return JUDGED_RUN;

	const struct seccomp_data data = call_data(frame);

	evaluate_stack(stack, &data, &constant, &v);
	if (events != 0)
		current->reported = report_call(&data, v.ret, v.match, v.pc,
						(constant ? EVENT_CALL_CONSTANT : 0) | (again ? EVENT_CALL_AGAIN : 0));
	if (v.ret == SECCOMP_RET_ALLOW)
		return JUDGED_RUN;

	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);

	if (again && d.todo == SECCOMP_DO_TRACE)
		return JUDGED_RUN;
	return carry_out(frame, &data, &v, &d);
}

/* Judges the call by the filters until the registers stay as they are. True: it is to be run. */
static bool judge_by_filters(struct trapframe *frame)
{
	enum judged judged = judge_once(frame, false);

	while (judged == JUDGED_AGAIN)
		judged = judge_once(frame, true);
	return judged == JUDGED_RUN;
}

/*
 * Mode strict allows four calls, by the low 32 bits of the number, as filters see it. True: the
 * call is to be run. Otherwise the thread ends. [__secure_computing_strict]
 */
static bool judge_strictly(const struct trapframe *frame)
{
	const struct seccomp_data data = call_data(frame);

	switch (data.nr) {
	case __NR_read:
	case __NR_write:
	case __NR_exit:
	case __NR_rt_sigreturn:
		current->reported = report_call(&data, SECCOMP_RET_ALLOW, NULL, 0, EVENT_CALL_STRICT);
		return true;
	}
	(void)report_call(&data, SECCOMP_RET_KILL_THREAD, NULL, 0, EVENT_CALL_STRICT);
	if (audit_wants(SECCOMP_RET_KILL_THREAD))
		audit_seccomp(&data, SIGKILL, SECCOMP_RET_KILL_THREAD);
	if (options.explain)
		words->explain(&data);
	condemn_task();
	task_exit(SIGKILL);
}

/* Reports the call with FLAGS, which say why no filter judges it. True: it is to be run. */
static bool judge_pass(const struct trapframe *frame, unsigned flags)
{
	const struct seccomp_data data = call_data(frame);

	current->reported = report_call(&data, SECCOMP_RET_ALLOW, NULL, 0, flags);
	return true;
}

/* Judges the call as the current task's mode says. True: it is to be run. [__secure_computing] */
static bool judge_by_mode(struct trapframe *frame)
{
	/*
	 * PTRACE_O_SUSPEND_SECCOMP: the tracer has suspended this task's filters. Only a tracer
	 * with CAP_SYS_ADMIN and without filters of its own may do so. So a task under a filter
	 * cannot suspend another task's filters.
	 */
	if (ptrace_suspends_seccomp())
		return judge_pass(frame, EVENT_CALL_SUSPENDED);
	switch (current->seccomp_mode) {
	case SECCOMP_MODE_DISABLED:
		return judge_pass(frame, EVENT_CALL_UNFILTERED);
	case SECCOMP_MODE_STRICT:
		return judge_strictly(frame);
	case SECCOMP_MODE_FILTER:
		KASSERT(current->filter != NULL);
		return judge_by_filters(frame);
	default: /* SECCOMP_MODE_DEAD: a condemned task must not come here again */
		task_exit(SIGKILL);
	}
}

bool judge_launch(struct trapframe *frame)
{
	return judge_by_mode(frame);
}

void judge(struct trapframe *frame)
{
	enum ptrace_answer tracer;

	KASSERT(frame == current->frame && hart.gate == current->gate->entries);
	if (current->dispatch.on && user_dispatch_takes(frame))
		return; /* the frame's a0 still holds the first argument */
	tracer = tracer_syscall_enter(frame);
	if (tracer != PTRACE_DIE && judge_by_mode(frame) && tracer == PTRACE_RUN) {
		long value;

		frame->in_call = 1;
		/* By all 64 bits of a7: filters judge 2^32 + 172 as 172, but it is no call. */
		value = syscall_run(frame);
		if (current->reported != 0)
			report_result(current->reported, value);
		return_value(frame, value);
	}
	tracer_syscall_exit();
}
