/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refusals_why.c - why a call was refused, and what is worth knowing about it; see refusals.h.
 */
#include "refusals.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/errno.h>
#include "action_words.h"
#include "names.h"
#include "show.h"

/* Prints which comparison of a filter it was, and whether nobody listens to its USER_NOTIF. */
static void print_filter(FILE *to, struct refusals *r, const struct refusal *row, const struct query *q)
{
	const struct events_filter *f = row->filter;

	fprintf(to, "  by %s\n", row->by);
	show_why(to, &r->in->arena, f->node.program->insns, f->node.program->len, q, "    ");
	if ((row->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_USER_NOTIF &&
	    (f->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) == 0)
		fprintf(to, "    filter %" PRIu64 " has no listener: the call fails with ENOSYS\n", f->node.id);
}

const char *refusal_reason(struct refusals *r, const struct refusal *row)
{
	const struct query q = { .text = row->calls[0],
				 .data = row->data,
				 .known = { true, true, true, true, true, true } };
	const char *reason;
	char *text = NULL;
	size_t size = 0;
	bool by_policy;
	FILE *to;

	if (row->install)
		return arena_print(&r->in->arena, "  %s\n", row->by);
	by_policy = row->boot && refusals_prove(r);
	if (!by_policy && row->filter == NULL)
		return NULL;
	to = open_memstream(&text, &size);
	if (to == NULL)
		return NULL;
	if (by_policy)
		(void)show_call(to, &r->asker, &r->in->arena, &r->run, &q, false, false);
	else
		print_filter(to, r, row, &q);
	fclose(to);
	reason = arena_copy(&r->in->arena, text, size);
	free(text);
	return reason;
}

const char *refusal_who(struct refusals *r, const struct refusal *row)
{
	const char *thread = row->tid == row->pid ? "" : arena_print(&r->in->arena, "thread %" PRIu32 " of ", row->tid);

	return r->has_children ? arena_print(&r->in->arena, "%sprocess %" PRIu32 "%s", thread, row->pid,
					     row->by_others ? " and others" : "")
			       : NULL;
}

/* Is it a call that a vDSO makes unnecessary, for most of its arguments? */
static bool is_of_vdso(const struct call *call)
{
	static const char *const names[] = { "clock_gettime", "clock_getres", "gettimeofday", "getcpu" };

	for (size_t i = 0; call != NULL && i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(call->name, names[i]) == 0)
			return true;
	return false;
}

const char *refusal_hint(const struct refusals *r, const struct refusal *row)
{
	const struct call *call = call_by_number((uint32_t)row->data.nr);
	/* Of filters that are policies, show_call() tells what others answer, and of fallbacks. */
	const bool shown = r->has_policies && row->boot;
	const char *others = row->others_allow && !shown
				     ? "the other filters of the stack allow it: the strictest answer counts"
				     : NULL;

	if (row->install)
		return row->asks ? "so libraries ask which flags there are" : NULL;
	if (row->at_launch)
		return "filters are installed before the execve that starts the program, as launchers do: allow execve, or run with --at start";
	if (is_of_vdso(call) && !action_runs(row->ret))
		return "C libraries ask the vDSO, which answers without a call; this comes of a clock that it does not have, or of a program without it";
	switch (row->ret & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_KILL_THREAD:
		return row->others_live ? "this ends the thread alone: others of its process go on, and may wait for it"
					: "this ends the thread, the only one of its process";
	case SECCOMP_RET_TRAP:
		return "this is a SIGSYS, which kills a program without a handler of it";
	case SECCOMP_RET_TRACE:
		return "without a tracer that asked for it, the call fails with ENOSYS";
	case SECCOMP_RET_USER_NOTIF:
		if (row->boot)
			return "nobody listens to a filter of the command line: the call fails with ENOSYS";
		break;
	case SECCOMP_RET_LOG:
		return "the call ran";
	case SECCOMP_RET_KILL_PROCESS:
	case SECCOMP_RET_ERRNO:
	case SECCOMP_RET_ALLOW:
		break;
	default:
		return "there is no such action: the process is killed";
	}
	if ((row->ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ERRNO || (row->ret & SECCOMP_RET_DATA) == ENOSYS ||
	    call == NULL)
		return others;
	if (strcmp(call->name, "restart_syscall") == 0)
		return "Linux makes this call itself when a sleep was interrupted: allow it wherever sleeps are allowed";
	if (!shown && show_fallback(call->name) != NULL)
		return "C libraries fall back on an older call only when this one fails with ENOSYS";
	return others;
}
