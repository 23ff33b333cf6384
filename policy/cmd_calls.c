/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_calls.c - `portcullis calls`: the calls of a run, a line each, as strace -f prints them.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <abi/syscall.h>

#include "command.h"
#include "events.h"
#include "pointee.h"
#include "say.h"
#include "seccomp.h"

/* A call whose result is not there yet. */
struct open_call {
	uint64_t seq;
	uint32_t tid;
	struct arena text;
	const char *call, *answer;
	int nr;
	struct open_call *next;
};

/* Where CALLS has the call of record SEQ; or, SEQ being 0, a call of TID. */
static struct open_call **find_open(struct open_call **calls, uint32_t tid, uint64_t seq)
{
	while (*calls != NULL && (seq != 0 ? (*calls)->seq != seq : (*calls)->tid != tid))
		calls = &(*calls)->next;
	return calls;
}

static void begin_call(struct open_call **calls, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct arena arena = { 0 };
	struct open_call *new = arena_zalloc(&arena, sizeof(*new));

	*new = (struct open_call){ .seq = e->seq, .tid = e->tid, .nr = call->data.nr, .answer = "", .next = *calls };
	new->call = pointee_call(&arena, e);
	if (call->ret != SECCOMP_RET_ALLOW || e->flags & EVENT_CALL_STRICT)
		new->answer = arena_print(&arena, "  <- %s", say_answer(&arena, call->ret));
	new->text = arena;
	*calls = new;
}

static bool returns_address(int nr)
{
	return nr == __NR_brk || nr == __NR_mmap || nr == __NR_mremap || nr == __NR_shmat;
}

/* Linux's own errnos, which no program sees: the call is made again, or fails with EINTR. */
static const char *restart_text(int64_t result)
{
	switch (-result) {
	case 512:
		return "ERESTARTSYS (To be restarted if SA_RESTART is set)";
	case 513:
		return "ERESTARTNOINTR (To be restarted)";
	case 514:
		return "ERESTARTNOHAND (To be restarted if no handler)";
	case 516:
		return "ERESTART_RESTARTBLOCK (Interrupted by signal)";
	default:
		return NULL;
	}
}

static void print_result(FILE *to, int nr, int64_t result)
{
	const char *name = result < 0 && result >= -4095 ? strerrorname_np((int)-result) : NULL;

	if (restart_text(result) != NULL)
		fprintf(to, "? %s", restart_text(result));
	else if (name != NULL)
		fprintf(to, "-1 %s (%s)", name, strerror((int)-result));
	else if (returns_address(nr))
		fprintf(to, "%#" PRIx64, (uint64_t)result);
	else if (nr == __NR_umask)
		fprintf(to, "%03" PRIo64, (uint64_t)result);
	else
		fprintf(to, "%" PRId64, result);
}

/* Prints the call at *PLACE, if there is one, and takes it away. RESULT: NULL if it is not back. */
static void end_call(FILE *to, struct open_call **place, const int64_t *result)
{
	struct open_call *call = *place;
	struct arena arena;

	if (call == NULL)
		return;
	*place = call->next;
	fprintf(to, "%-5" PRIu32 " %s = ", call->tid, call->call);
	if (result == NULL)
		putc('?', to);
	else
		print_result(to, call->nr, *result);
	fprintf(to, "%s\n", call->answer);
	arena = call->text; /* CALL itself is in it */
	arena_free(&arena);
}

/* Did a filter answer with an errno? *RESULT is then what the call returned. */
static bool refuses_call(const struct event *e, int64_t *result)
{
	const struct event_call *call = event_body(e);
	const struct seccomp_decision d = seccomp_decide(call->ret, false);

	*result = -(int64_t)d.err;
	return d.todo == SECCOMP_DO_RETURN;
}

static void print_end(FILE *to, const struct event *e)
{
	const struct event_exit *exit = event_body(e);
	const char *signal = sigabbrev_np(WTERMSIG((int)exit->status));

	if (WIFEXITED((int)exit->status))
		fprintf(to, "%-5" PRIu32 " +++ exited with %d +++\n", e->tid, WEXITSTATUS((int)exit->status));
	else
		fprintf(to, "%-5" PRIu32 " +++ killed by SIG%s +++\n", e->tid, signal != NULL ? signal : "?");
}

static void print_event(FILE *to, struct open_call **calls, const struct event *e)
{
	int64_t error;

	switch (e->type) {
	case EVENT_CALL:
		end_call(to, find_open(calls, e->tid, 0), NULL);
		begin_call(calls, e);
		/* What failed by a filter has no record of its result. */
		if (refuses_call(e, &error))
			end_call(to, calls, &error);
		break;
	case EVENT_RESULT: {
		const struct event_result *result = event_body(e);

		end_call(to, find_open(calls, e->tid, result->call), &result->value);
		break;
	}
	case EVENT_EXIT:
		end_call(to, find_open(calls, e->tid, 0), NULL);
		print_end(to, e);
		break;
	default:
		break;
	}
}

static enum status run_calls(struct invocation *in)
{
	struct open_call *calls = NULL;
	struct events_log log;

	if (in->n_operands != 1)
		return bad_usage(in, "one FILE is wanted");
	if (!events_open(&log, &in->arena, in->operands[0])) {
		fprintf(stderr, "portcullis: %s\n", log.trouble);
		return STATUS_BAD;
	}
	for (const struct event *e; (e = events_next(&log)) != NULL;)
		print_event(in->out, &calls, e);
	while (calls != NULL)
		end_call(in->out, &calls, NULL);
	if (log.trouble != NULL) {
		fprintf(stderr, "portcullis: %s\n", log.trouble);
		return STATUS_UNDECIDED;
	}
	if (!log.complete)
		complain("portcullis: %s: the run did not end by itself; its last calls are not there\n", log.name);
	return log.complete ? STATUS_YES : STATUS_NO;
}

const struct command command_calls = {
	.name = "calls",
	.operands = "FILE",
	.summary = "the calls of a run, a line each, as strace -f prints them",
	.details = "FILE is what qemu.sh run --events or record wrote. A line has the thread, the\n"
		   "call with its arguments, and what it returned: ? if it did not return. Behind\n"
		   "what filters did not allow stands their answer. Lines come in the order in\n"
		   "which calls returned. Status 1: the run did not end by itself.\n",
	.run = run_calls,
};
