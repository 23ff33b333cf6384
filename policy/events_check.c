/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events_check.c - is what a run tells of a call what its filters give, or its mode? Called by
 * events.c for each call.
 */
#include "events_check.h"

#include <abi/ptrace.h>
#include <abi/syscall.h>

/* Mode strict allows four calls, and a task in it has no filter. */
static bool check_strict(struct events_log *log, const struct event_call *call, const struct events_task *t)
{
	const int nr = call->data.nr;
	const bool allowed = nr == __NR_read || nr == __NR_write || nr == __NR_exit || nr == __NR_rt_sigreturn;

	if (t->newest != NULL)
		return events_trouble(log, "a call in mode strict, and its task has filters");
	return call->ret == (allowed ? SECCOMP_RET_ALLOW : SECCOMP_RET_KILL_THREAD) ||
	       events_trouble(log, "not what mode strict answers");
}

/* A call that no filter has judged. */
static bool check_unjudged(struct events_log *log, const struct event *e, const struct events_task *t)
{
	const struct event_call *call = event_body(e);

	if (call->id != 0 || call->answers != 0)
		return events_trouble(log, "a filter answers, and none was run");
	if (e->flags & EVENT_CALL_STRICT)
		return check_strict(log, call, t);
	if (call->ret != SECCOMP_RET_ALLOW)
		return events_trouble(log, "a call is refused, and no filter was run");
	if (e->flags & EVENT_CALL_SUSPENDED)
		return !(log->asked & EVENTS_ALL) || log->may_suspend ||
		       events_trouble(log, "filters are suspended, and no tracer asked for that");
	return t->newest == NULL || events_trouble(log, "a call ran unfiltered, and its task has filters");
}

bool events_check_call(struct events_log *log, const struct event *e, const struct events_task *t)
{
	const struct event_call *call = event_body(e);
	const struct event_answer *a = event_answers(e);
	const struct seccomp_filter *newest = t->newest == NULL ? NULL : &t->newest->node;
	struct seccomp_verdict v;

	if (e->size < sizeof(*e) + sizeof(*call) ||
	    (e->size - sizeof(*e) - sizeof(*call)) / sizeof(*a) < call->answers ||
	    (e->size - sizeof(*e) - sizeof(*call) - call->answers * sizeof(*a)) / sizeof(struct event_memory) <
		    call->memories ||
	    (e->flags & EVENT_FRAME && e->size < sizeof(*e) + sizeof(*call) + call->answers * sizeof(*a) +
							 call->memories * sizeof(struct event_memory) +
							 sizeof(struct event_frame)))
		return events_trouble(log, "a call that is longer than its record");
	log->may_suspend |= call->data.nr == __NR_ptrace && (call->data.args[3] & PTRACE_O_SUSPEND_SECCOMP) != 0;
	if (e->flags & (EVENT_CALL_STRICT | EVENT_CALL_SUSPENDED | EVENT_CALL_UNFILTERED))
		return check_unjudged(log, e, t);
	v = seccomp_evaluate(newest, e->tid, &call->data);
	if (v.ret != call->ret || v.pc != call->pc || (v.match == NULL ? 0 : v.match->id) != call->id)
		return events_trouble(
			log, arena_print(log->arena,
					 "the kernel's verdict is 0x%x by filter %llu at %u; the filters give 0x%x by "
					 "filter %llu at %u",
					 call->ret, (unsigned long long)call->id, call->pc, v.ret,
					 (unsigned long long)(v.match == NULL ? 0 : v.match->id), v.pc));
	if (e->flags & EVENT_CALL_CONSTANT)
		return true;
	for (uint32_t i = 0; i < call->answers; i++, newest = newest->prev) {
		struct seccomp_result r;

		if (newest == NULL || newest->id != a[i].id)
			return events_trouble(log, "a call was judged by a stack that its task does not have");
		if (!seccomp_filter_binds(newest, e->tid))
			continue;
		r = seccomp_run(newest->program->insns, newest->program->len, &call->data);
		if (r.ret != a[i].ret || r.pc != a[i].pc)
			return events_trouble(log, "a filter's own answer is not what its program gives");
	}
	return newest == NULL || events_trouble(log, "a call was judged by a part of its task's stack");
}
