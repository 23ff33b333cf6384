/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_explain.c - `portcullis explain`: what lines of logs tell afterwards,
 * and with -f which rule it was.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include <abi/audit.h>
#include <abi/errno.h>
#include "disasm.h"
#include "foreign.h"
#include "log_halves.h"
#include "logline.h"
#include "names.h"
#include "say.h"
#include "show.h"

/* What the answer did to the program. */
static const char *effect_of(uint32_t answer)
{
	switch (seccomp_decide(answer, false).todo) {
	case SECCOMP_DO_KILL_PROCESS:
		return "the process was killed (SIGSYS)";
	case SECCOMP_DO_KILL_THREAD:
		return "the thread was killed";
	case SECCOMP_DO_SIGNAL:
		return "the thread got SIGSYS";
	case SECCOMP_DO_RETURN:
		return "the call failed";
	case SECCOMP_DO_NOTIFY:
		return "a listener was asked";
	case SECCOMP_DO_TRACE:
		return "the tracer was asked";
	case SECCOMP_DO_RUN:
		break;
	}
	return "the call ran";
}

/* The call, as far as it is known. */
static const char *call_text(struct arena *arena, const struct log_line *e)
{
	const struct seccomp_data *data = &e->query.data;
	const struct call *call = call_by_number((uint32_t)data->nr);

	if (data->arch != AUDIT_ARCH_RISCV64) {
		const char *name = foreign_call_name(data->arch, (uint32_t)data->nr);

		return arena_print(arena, "%s%snumber %d of %s%s", name != NULL ? name : "", name != NULL ? " (" : "",
				   data->nr, say_arch(arena, data->arch), name != NULL ? ")" : "");
	}
	if (e->kind == LOG_AUDIT)
		return arena_print(arena, "%s (%d%s%s)", say_call_name(arena, (uint32_t)data->nr), data->nr,
				   call != NULL && call->since != NULL ? ", since Linux " : "",
				   call != NULL && call->since != NULL ? call->since : "");
	return query_text(arena, &e->query);
}

static void print_line(FILE *to, struct arena *arena, const struct log_line *e)
{
	const char *who = e->comm != NULL ? e->comm : e->pid != NULL ? "" : NULL;

	if (who != NULL)
		fprintf(to, "%s%s%s%s: ", who, e->pid != NULL ? *who != '\0' ? " (pid " : "pid " : "",
			e->pid != NULL ? e->pid : "", e->pid != NULL && *who != '\0' ? ")" : "");
	fputs(call_text(arena, e), to);
	/* An audit record has no data: ERRNO's number is not in it. */
	if (e->answered)
		fprintf(to, " -> %s: %s",
			e->kind == LOG_AUDIT ? seccomp_action_name(e->answer & SECCOMP_RET_ACTION_FULL) != NULL
						       ? seccomp_action_name(e->answer & SECCOMP_RET_ACTION_FULL)
						       : "an unknown action"
					     : say_answer(arena, e->answer),
			effect_of(e->answer));
	else if (e->failed != NULL)
		fprintf(to, " failed with %s", e->failed);
	fputc('\n', to);
	if (e->exe != NULL || e->ip != 0)
		fprintf(to, "    %s%s%s0x%" PRIx64 "\n", e->exe != NULL ? "in " : "", e->exe != NULL ? e->exe : "",
			e->exe != NULL ? ", at " : "at ", e->ip);
	if (e->of_any_machine && foreign_call_name(AUDIT_ARCH_X86_64, (uint32_t)e->query.data.nr) != NULL)
		fprintf(to, "    if it was on riscv64, which the line does not tell: on x86_64, %d is %s\n",
			e->query.data.nr, foreign_call_name(AUDIT_ARCH_X86_64, (uint32_t)e->query.data.nr));
	if (e->kind == LOG_AUDIT)
		fputs("    not in the record: the arguments, the errno or other data, and which filter it was\n", to);
}

/*
 * Of one policy, what may have answered so: the rules and defaults that
 * give this action to this call. Is there any?
 */
static bool print_candidates(FILE *to, struct arena *arena, struct asker *asker, const struct subject *s,
			     const struct log_line *e)
{
	const struct outcomes o = show_outcomes(asker, s, e->query.data.arch, (uint32_t)e->query.data.nr);
	bool any = false;

	for (size_t i = 0; i < o.n; i++) {
		const struct outcome *x = &o.list[i];
		const char *when = x->rule != NULL ? say_conditions(arena, x->rule) : "";

		if (x->ret.term != NULL || ((x->ret.k ^ e->answer) & SECCOMP_RET_ACTION_FULL) != 0)
			continue;
		any = true;
		fprintf(to, "    %s: %s%s%s\n", show_reason(arena, s->policy, x), say_answer(arena, x->ret.k),
			*when != '\0' ? " when " : "", when);
	}
	return any;
}

static void print_all_candidates(FILE *to, struct arena *arena, struct asker *asker, const struct run_stack *run,
				 const struct log_line *e)
{
	bool any = false;

	for (size_t i = 0; i < run->side.n; i++)
		any |= print_candidates(to, arena, asker, &run->side.subjects[i], e);
	if (any)
		return;
	fprintf(to, "    not by this policy, which answers %s: by another filter, or one made of another policy\n",
		show_depends(asker, arena, run, &e->query)
			? "by the arguments"
			: say_answer(arena, seccomp_evaluate(run->newest, 0, &e->query.data).ret));
}

/*
 * A call of another architecture. Policies in words, which are compiled for riscv64, may have rules
 * for the call of that name.
 */
static void print_foreign_rule(FILE *to, struct arena *arena, struct asker *asker, const struct run_stack *run,
			       const struct log_line *e)
{
	const struct seccomp_data *data = &e->query.data;
	const char *name = foreign_call_name(data->arch, (uint32_t)data->nr);
	const struct call *call = name != NULL ? call_by_name(name, strlen(name)) : NULL;
	struct log_line here = *e;

	fprintf(to, "    the policy answers %s to another architecture\n",
		say_answer(arena, seccomp_evaluate(run->newest, 0, data).ret));
	for (size_t i = 0; i < run->side.n; i++)
		if (run->side.subjects[i].policy->program != NULL)
			return;
	if (call == NULL)
		return;
	here.query.data.arch = AUDIT_ARCH_RISCV64;
	here.query.data.nr = (int)call->nr;
	fprintf(to, "    compiled for riscv64, as it is here; to %s of riscv64:\n", name);
	print_all_candidates(to, arena, asker, run, &here);
}

static void print_rule(FILE *to, struct arena *arena, struct asker *asker, const struct run_stack *run,
		       const struct log_line *e)
{
	const char *answer;
	enum status status;

	if (e->query.data.arch != AUDIT_ARCH_RISCV64) {
		print_foreign_rule(to, arena, asker, run, e);
		return;
	}
	if (e->kind == LOG_AUDIT) {
		print_all_candidates(to, arena, asker, run, e);
		return;
	}
	if (e->kind == LOG_VERDICT && e->filter > run->side.n) {
		fprintf(to, "    by filter %" PRIu32 ", which the program installed itself\n", e->filter);
		return;
	}
	status = show_call(to, asker, arena, run, &e->query, e->kind != LOG_VERDICT, false);
	if (e->failed == NULL || show_depends(asker, arena, run, &e->query))
		return;
	answer = say_answer(arena, seccomp_evaluate(run->newest, 0, &e->query.data).ret);
	if (status == STATUS_YES)
		fprintf(to, "    so it was not the policy: the call itself failed with %s\n", e->failed);
	else if (strcmp(answer, arena_print(arena, "ERRNO(%s)", e->failed)) != 0)
		fprintf(to, "    so it was not this policy, or not as it is now: the call failed with %s\n", e->failed);
}

/* One line of a log; returns whether it told of a call. */
static bool explain_line(struct invocation *in, struct asker *asker, const struct run_stack *run, const char *line)
{
	const struct log_line e = log_line_parse(&in->arena, line);

	if (e.kind == LOG_NONE)
		return false;
	if (e.wrong != NULL) {
		fprintf(in->out, "%s\n", e.wrong);
		return true;
	}
	print_line(in->out, &in->arena, &e);
	if (e.failed != NULL)
		show_failed(in->out, &e.query, e.failed);
	if (e.failed != NULL && strcmp(e.failed, "EPERM") == 0 && run->side.n == 0)
		show_hint(in->out, &e.query, SECCOMP_RET_ERRNO | EPERM);
	if (run->side.n > 0)
		print_rule(in->out, &in->arena, asker, run, &e);
	return true;
}

/* Has the same line been explained before? */
static bool is_repeated(const char **lines, size_t n, const char *line)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lines[i], line) == 0)
			return true;
	return false;
}

static size_t explain_text(struct invocation *in, struct asker *asker, const struct run_stack *run, const char *text)
{
	const char **lines = NULL;
	struct log_halves halves = { NULL, 0, 0 };
	size_t explained = 0, n = 0, room = 0;
	const char *call;

	while (*text != '\0') {
		const size_t length = strcspn(text, "\n");

		call = log_join(&in->arena, &halves, arena_copy(&in->arena, text, length));
		if (call == NULL) {
			explained++;
		} else if (!is_repeated(lines, n, call)) {
			lines = arena_grow(&in->arena, lines, n, 1, sizeof(*lines), &room);
			lines[n++] = call;
			explained += explain_line(in, asker, run, call) ? 1 : 0;
		}
		text += length + (text[length] == '\n' ? 1 : 0);
	}
	while ((call = log_left(&in->arena, &halves)) != NULL)
		explain_line(in, asker, run, call);
	return explained;
}

/* Nothing was explained: what would have been. */
static void tell_nothing(bool ended)
{
	fputs(ended ? "portcullis: SIGSYS is what a filter ends a program with; at which call, these lines do not tell. Linux's own\n"
		      "line does: `journalctl -k --grep=type=1326` or `ausearch -m SECCOMP`; and `./qemu.sh run --explain -f POLICY PROGRAM`\n"
		    : "portcullis: no line tells of a call: lines of audit (type=1326), of strace, and the kernel's verdict lines do\n",
	      stderr);
}

static enum status run_explain(struct invocation *in)
{
	struct stack stack = new_stack(in);
	size_t explained = 0;
	bool ended = false;
	struct run_stack run;
	struct asker asker;
	enum status status;

	if (in->n_operands == 0)
		return bad_usage(in, "a LINE or a LOG is wanted");
	if (!read_stack(in, &stack, 0, 0))
		return STATUS_BAD;
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &stack, &asker, &run);
	for (int i = 0; i < in->n_operands && status == STATUS_YES; i++) {
		const char *operand = in->operands[i];
		/* A line has several words. */
		const bool is_file =
			strcmp(operand, "-") == 0 || access(operand, F_OK) == 0 || strpbrk(operand, " \t(") == NULL;
		const struct source *log = is_file ? source_read(&in->arena, &in->notes, operand) : NULL;

		if (is_file && log == NULL) {
			notes_print(stderr, &in->notes, NOTE_ERROR);
			status = STATUS_BAD;
			break;
		}
		explained += explain_text(in, &asker, &run, is_file ? log->text : operand);
		ended |= log_tells_end(is_file ? log->text : operand);
	}
	if (status == STATUS_YES && explained == 0) {
		tell_nothing(ended);
		status = STATUS_BAD;
	}
	return ask_end(&asker, status, &stack, NULL);
}

const struct command command_explain = {
	.name = "explain",
	.operands = "[-f POLICY] LINE | LOG...",
	.summary = "what a line of a log tells: audit, journal, strace, verdict",
	.details = "Explains lines of logs from a board or a server: audit records (type=1326), with\n"
		   "or without what the journal puts before them, strace's lines, the kernel's\n"
		   "verdict lines, what Android, Chromium, Firefox, OpenSSH, Firecracker, Tor and\n"
		   "minijail say, what gdb prints of the signal, and /proc/PID/syscall. With -f also\n"
		   "which rule of the POLICY that was, or may have been.\n",
	.reads = true,
	.run = run_explain,
};
