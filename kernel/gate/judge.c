/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * judge.c - judges the calls that the gate does not decide by itself.
 *
 * Called from boot/trap.S (gate_judge) with every register of the program in the frame. Calls whose
 * answer is the same whatever the arguments do not come here: the gate has sent them on already. It
 * reads top down from judge(): the thread's own wish to take its calls, a tracer's stop, then the
 * mode, then the filters, and whatever is not allowed by name is refused.
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

static void return_value(struct trapframe *frame, long value)
{
	frame->a[0] = (uint64_t)value;
}

/*
 * Sends SIGSYS about the current call. The handler finds the registers as they were before the
 * call, which nobody has changed yet. [force_sig_seccomp]
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

/* From here on the task makes no call any more, whatever happens. */
static void condemn_task(void)
{
	current->seccomp_mode = SECCOMP_MODE_DEAD;
	filter_update_gate(current);
}

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

/* Asks the listener of the filter that answered. True: the call is to be run. */
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
 * The filter that gives the constant USER_NOTIF answer of the stack; NULL when the gate does not
 * know which one does. Where the same filter is installed twice in a row, both share a gate, and
 * the newer one is asked.
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
 * Does the gate of STACK know the answer to number NR, whatever the arguments? Then it is in *RET.
 */
static bool is_constant(const struct filter *stack, uint32_t nr, uint32_t *ret)
{
	return stack != NULL && stack->gate != NULL && gate_knows(stack->gate, nr, ret);
}

/*
 * Fills *V with the answer of the stack. *CONSTANT: the gate knew the answer, V->ret. It stays true
 * where that is all that is needed, so that no filter has to run. It becomes false, and the filters
 * have run, where somebody is to hear which instruction refused the call, or where the gate does
 * not know which listener to ask.
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
	JUDGED_AGAIN, /* the registers may hold another call now, which is still to be judged */
};

/*
 * Does what D says about the call, which V answers. The verdict is recorded before anything
 * irreversible is done; a question to a listener or a tracer afterwards, if the answer is no.
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
			return JUDGED_AGAIN; /* the tracer may have made another call of it */
		break;
	}
	record_verdict(data, d, 0);
	return JUDGED_REFUSED;
}

/*
 * Judges the call that is in the registers now. AGAIN: the tracer was asked before and agreed, so
 * it is not asked again. [__seccomp_filter]
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

/* True: the filters let the call run. */
static bool judge_by_filters(struct trapframe *frame)
{
	enum judged judged = judge_once(frame, false);

	while (judged == JUDGED_AGAIN)
		judged = judge_once(frame, true);
	return judged == JUDGED_RUN;
}

/*
 * Mode strict allows four calls, by the number that filters would see. True: run the call.
 * [__secure_computing_strict]
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

/* Lets the call run unjudged, and reports it with FLAGS, which say why. */
static bool judge_pass(const struct trapframe *frame, unsigned flags)
{
	const struct seccomp_data data = call_data(frame);

	current->reported = report_call(&data, SECCOMP_RET_ALLOW, NULL, 0, flags);
	return true;
}

static bool judge_by_mode(struct trapframe *frame)
{
	/*
	 * PTRACE_O_SUSPEND_SECCOMP: the tracer has suspended this task's filters. Only a tracer
	 * with CAP_SYS_ADMIN and without filters may do so: no task under a filter can free another
	 * one.
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
		value = syscall_run(frame); /* by all 64 bits of a7: 2^32 + 172 is judged as 172, and is no call */
		if (current->reported != 0)
			report_result(current->reported, value);
		return_value(frame, value);
	}
	tracer_syscall_exit();
}
