/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_policy.c - `portcullis policy`: a policy made of what runs did.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "constants.h"
#include "convert.h"
#include "profile.h"

/*
 * What C libraries call at start and end, whatever the program does, as bench/ and tests/ recorded
 * it; and what only some runs need.
 */
static const struct {
	const char *name;
	const char *calls; /* names with blanks between them */
} bases[] = {
	{ "glibc-static",
	  "set_tid_address set_robust_list rseq prlimit64 readlinkat getrandom brk mprotect newfstatat fstat ioctl "
	  "write writev exit exit_group rt_sigreturn restart_syscall riscv_hwprobe" },
	{ "glibc",
	  "execve openat read pread64 close mmap munmap newfstatat fstat faccessat set_tid_address set_robust_list rseq "
	  "prlimit64 readlinkat getrandom brk mprotect ioctl write writev exit exit_group rt_sigreturn restart_syscall "
	  "riscv_hwprobe" },
	{ NULL, NULL },
};

static bool add_base(struct profile *p, const char *name)
{
	for (size_t i = 0; bases[i].name != NULL; i++) {
		if (strcmp(bases[i].name, name) != 0)
			continue;
		for (const char *s = bases[i].calls; *s != '\0'; s += strspn(s, " ")) {
			const size_t n = strcspn(s, " ");
			const struct call *call = call_by_name(s, n);

			if (call != NULL)
				profile_base(p, call->nr);
			s += n;
		}
		return true;
	}
	return false;
}

/* Reads one recorded run. False after a line on stderr. */
static bool take_run(struct invocation *in, struct profile *p, const char *file, unsigned int run)
{
	struct events_log log;

	if (events_open(&log, &in->arena, file)) {
		if (!(log.asked & EVENTS_ALL)) {
			fprintf(stderr, "portcullis: %s: only refusals were recorded there; record the run anew\n",
				file);
			return false;
		}
		for (const struct event *e; (e = events_next(&log)) != NULL;)
			profile_take(p, e, run);
	}
	if (log.trouble != NULL)
		fprintf(stderr, "portcullis: %s\n", log.trouble);
	else if (!log.complete)
		fprintf(stderr,
			"portcullis: %s: the run did not end by itself; what it did later is not in the policy\n",
			file);
	return log.trouble == NULL;
}

/* Does the policy allow each call of the run? That is what it was made for. */
static bool allows_run(struct invocation *in, const struct policy *policy, const char *file)
{
	struct events_log log;

	if (!events_open(&log, &in->arena, file))
		return false;
	for (const struct event *e; (e = events_next(&log)) != NULL;) {
		const struct event_call *call = event_body(e);

		if (e->type == EVENT_CALL && policy_meaning(policy, &call->data, NULL) != SECCOMP_RET_ALLOW)
			return false;
	}
	return log.trouble == NULL;
}

/* errno:EPERM, errno:1, kill-process, kill-thread, trap, log. */
static bool parse_default(const char *text, uint32_t *ret)
{
	static const struct {
		const char *name;
		uint32_t ret;
	} names[] = {
		{ "kill-process", SECCOMP_RET_KILL_PROCESS },
		{ "kill-thread", SECCOMP_RET_KILL_THREAD },
		{ "trap", SECCOMP_RET_TRAP },
		{ "log", SECCOMP_RET_LOG },
	};
	uint64_t value;
	size_t bad, bad_length;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, text) == 0) {
			*ret = names[i].ret;
			return true;
		}
	if (strncmp(text, "errno:", 6) != 0 ||
	    constant_evaluate(text + 6, strlen(text + 6), &value, &bad, &bad_length) != NULL || value == 0 ||
	    value > 4095)
		return false;
	*ret = SECCOMP_RET_ERRNO | (uint32_t)value;
	return true;
}

static bool parse_args(const char *text, enum profile_args *args)
{
	static const char *const names[] = {
		[PROFILE_NONE] = "none", [PROFILE_FLAGS] = "flags", [PROFILE_EXACT] = "exact"
	};

	for (unsigned int i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], text) == 0) {
			*args = (enum profile_args)i;
			return true;
		}
	return false;
}

static enum status run_policy(struct invocation *in)
{
	struct stack stack = new_stack(in);
	struct profile *profile = profile_create(&in->arena);
	const char *to = option(in, "to") != NULL ? option(in, "to") : "json";
	enum profile_args args = PROFILE_FLAGS;
	uint32_t otherwise = SECCOMP_RET_ERRNO | EPERM;
	struct policy *policy;
	unsigned int numbers;
	enum status status;
	uint64_t calls;

	if (in->n_operands == 0)
		return bad_usage(in, "EVENTS are wanted: those of a run (record -o)");
	if (option(in, "args") != NULL && !parse_args(option(in, "args"), &args))
		return bad_usage(in, "--args %s: none, flags or exact", option(in, "args"));
	if (option(in, "default") != NULL && !parse_default(option(in, "default"), &otherwise))
		return bad_usage(in, "--default %s: errno:NAME, kill-process, kill-thread, trap or log",
				 option(in, "default"));
	if (option(in, "base") != NULL && !add_base(profile, option(in, "base")))
		return bad_usage(in, "--base %s: glibc-static or glibc", option(in, "base"));
	/*
	 * Launchers install a filter before the execve that starts the program,
	 * which no record of the program has.
	 */
	if (option(in, "no-exec") == NULL)
		profile_base(profile, call_by_name("execve", 6)->nr);
	for (int i = 0; i < in->n_operands; i++)
		if (!take_run(in, profile, in->operands[i], (unsigned int)i + 1))
			return STATUS_BAD;
	policy = stack_push(&stack, in->operands[0], "recorded runs", (struct place){ 0 });
	policy->otherwise = otherwise;
	profile_rules(profile, args, &stack, policy);
	for (int i = 0; i < in->n_operands; i++)
		if (!allows_run(in, policy, in->operands[i])) {
			fprintf(stderr,
				"portcullis: the policy does not allow all that %s recorded: please report this\n",
				in->operands[i]);
			return STATUS_UNDECIDED;
		}
	status = convert_policy(in, &stack, policy, to);
	calls = profile_calls(profile, &numbers);
	if (status == STATUS_YES && option(in, "quiet") == NULL)
		fprintf(stderr, "%" PRIu64 " calls of %u kinds in %d run%s; the policy allows each of them\n", calls,
			numbers, in->n_operands, in->n_operands == 1 ? "" : "s");
	return status;
}

static const struct option_row policy_options[] = {
	{ 0, "args", "HOW", "none (names alone), flags (no others than seen) or exact (flags)" },
	{ 0, "base", "LIBRARY", "allow what it may call at start and end, too: glibc-static, glibc" },
	{ 0, "no-exec", NULL, "do not allow the execve that starts the program (for filters that it installs itself)" },
	{ 0, "default", "ACTION", "for everything else: errno:EPERM, kill-process, log ... (errno:EPERM)" },
	{ 't', "to", "FORM", "json, raw, c, h, asm or pfc (json)" },
	{ 0 },
};

const struct command command_policy = {
	.name = "policy",
	.operands = "EVENTS...",
	.summary = "a policy made of what recorded runs did",
	.details = "Adds up the calls of all runs, and allows them: flags by the bits that were\n"
		   "seen, families and operations by the values seen; descriptors, pointers and\n"
		   "sizes may be any. Each rule says how often its call was seen. Nothing is written\n"
		   "unless the policy allows every call of the runs, and the form is proved equal\n"
		   "to it.\n",
	.options = policy_options,
	.run = run_policy,
};
