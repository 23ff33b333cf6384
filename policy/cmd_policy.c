/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_policy.c - `portcullis policy`: a policy made of what runs did.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "action_words.h"
#include "base.h"
#include "command.h"
#include "constants.h"
#include "convert.h"
#include "diff.h"
#include "profile.h"
#include "say.h"
#include "tighten.h"
#include "where_given.h"

/* Every call that the base makes by itself, at any start and end. */
static void add_base(struct profile *p, const char *base)
{
	for (uint32_t nr = 0; nr < 1024; nr++)
		if (base_has(base, nr))
			profile_base(p, nr);
}

/* Calls of the runs that whoever reads the policy should know of. */
struct odd {
	uint64_t unnamed;		/* of numbers that have no name */
	bool refused[SECCOMP_GATE_NRS]; /* what the run was refused, and the policy allows */
	bool placed;			/* of some it is known which line made them */
};

static void take_odd(struct odd *odd, const struct event *e)
{
	const struct event_call *call = event_body(e);

	if (!profile_counts(e))
		odd->unnamed++;
	else if (!action_runs(call->ret) && (uint32_t)call->data.nr < SECCOMP_GATE_NRS)
		odd->refused[call->data.nr] = true;
}

static void tell_odd(struct invocation *in, const struct odd *odd)
{
	const char *names = "";

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		if (odd->refused[nr])
			names = arena_print(&in->arena, "%s %s", names, say_call_name(&in->arena, nr));
	if (*names != '\0')
		complain("portcullis: warning: the runs were refused what the policy allows:%s\n", names);
	if (odd->unnamed > 0)
		complain("portcullis: warning: %" PRIu64
			 " call%s of numbers that have no name: the policy refuses %s\n",
			 odd->unnamed, odd->unnamed == 1 ? "" : "s", odd->unnamed == 1 ? "it" : "them");
}

#define CALLERS 8U

/*
 * The line of the program that made the call E: the nearest caller of whom a line is known, else
 * the function that has the ecall; NULL: not even that is known.
 */
static const char *place_of(struct invocation *in, struct where *w, const struct event *e)
{
	struct where_frame frames[CALLERS] = { 0 };
	const unsigned int n = where_look(w, e, frames, CALLERS);
	unsigned int i = 1;

	while (i < n && frames[i].source == NULL)
		i++;
	if (i >= n)
		i = 0;
	return frames[i].function == NULL ? NULL : where_text(&in->arena, &frames[i], NULL);
}

/* Reads one recorded run. False after a line on stderr. */
static bool take_run(struct invocation *in, struct profile *p, struct odd *odd, const struct where_options *files,
		     const char *file, unsigned int run)
{
	struct events_log log;

	if (events_open(&log, &in->arena, file)) {
		if (!(log.asked & EVENTS_ALL)) {
			complain("portcullis: %s: only refusals were recorded there; record the run anew\n", file);
			return false;
		}
		struct where *w = where_create(&in->arena, files);

		for (const struct event *e; (e = events_next(&log)) != NULL;) {
			where_take(w, e);
			profile_take(p, e, run);
			if (profile_lacks_place(p, e)) {
				const char *place = place_of(in, w, e);

				profile_place(p, e, place);
				odd->placed |= place != NULL;
			}
			if (e->type == EVENT_CALL)
				take_odd(odd, e);
		}
		where_free(w);
	}
	if (log.trouble != NULL)
		complain("portcullis: %s\n", log.trouble);
	else if (!log.complete)
		complain("portcullis: %s: the run did not end by itself; what it did later is not in the policy\n",
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

		if (profile_counts(e) && policy_meaning(policy, &call->data, NULL) != SECCOMP_RET_ALLOW)
			return false;
	}
	return log.trouble == NULL;
}

/* errno:EPERM, errno:1, kill-process, kill-thread, trap, log. */
static bool parse_default(const char *text, uint32_t *ret)
{
	uint64_t value;
	size_t bad, bad_length;
	bool number;

	if (action_find(ACTION_TEST, text, strlen(text), ret, &number))
		return action_kills(*ret) || *ret == SECCOMP_RET_LOG;
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

/* The policy is weaker than OLD for no call; it is proved. */
static bool is_no_weaker(struct invocation *in, struct stack *old, struct stack *new)
{
	struct run_stack runs[2];
	struct asker asker;
	struct diff d = { .arena = &in->arena, .old = &runs[0], .new = &runs[1] };
	bool good;

	good = ask_begin(in, &asker) == STATUS_YES && run_stack_make(in, old, &asker, &runs[0]) == STATUS_YES &&
	       run_stack_make(in, new, &asker, &runs[1]) == STATUS_YES;
	if (good)
		diff_find(&d, &asker);
	good = good && !d.undecided && !d.wrong;
	for (size_t i = 0; i < d.n; i++)
		good &= d.list[i].change != CHANGE_WEAKER;
	return ask_end(&asker, good ? STATUS_YES : STATUS_NO, old, new) == STATUS_YES;
}

/* Rules that stand, and that the policy has words of. */
static size_t count_rules(const struct policy *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_rules; i++)
		n += p->rules[i].inactive == NULL && !p->rules[i].implied;
	return n;
}

static enum status run_tighten(struct invocation *in, const char *to, enum profile_args args)
{
	struct stack old = new_stack(in), stack = new_stack(in);
	const struct read_options how = reading(in);
	struct policy *policy;
	bool read = read_file(&old, option(in, "tighten"), &how);

	if (read && (old.depth != 1 || old.oldest->program != NULL))
		read = note_error(old.notes, (struct place){ 0 }, "",
				  "%s: one policy that has rules is wanted, no filter", option(in, "tighten"));
	notes_print(stderr, &in->notes, NOTE_WARNING);
	if (!read)
		return STATUS_BAD;
	policy = tighten(in, &stack, old.oldest, in->operands, in->n_operands, args, option(in, "base"),
			 strcmp(to, "json") != 0);
	if (policy == NULL)
		return STATUS_BAD;
	if (!is_no_weaker(in, &old, &stack)) {
		complain("portcullis: that the new policy is not weaker is not proved: please report this\n");
		return STATUS_UNDECIDED;
	}
	if (option(in, "quiet") == NULL)
		complain("%zu of %zu rules are left; for no call is the policy weaker\n", count_rules(policy),
			 count_rules(old.oldest));
	return convert_policy(in, &stack, policy, to);
}

static void tell_made(struct invocation *in, const struct profile *p, bool placed, bool terminal)
{
	const char *unseen = "";
	unsigned int numbers;
	const uint64_t calls = profile_calls(p, &numbers);

	if (option(in, "quiet") != NULL)
		return;
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		if (profile_unseen(p, nr) != NULL)
			unseen = arena_print(&in->arena, "%s %s", unseen, say_call_name(&in->arena, nr));
	if (*unseen != '\0')
		complain("not seen, and allowed (each rule says why):%s\n", unseen);
	if (terminal)
		complain("ioctl(*, TCGETS) is allowed, too: of a terminal, which no run had, C libraries ask it\n");
	complain("%" PRIu64 " calls of %u kinds in %d run%s; the policy allows each of them\n", calls, numbers,
		 in->n_operands, in->n_operands == 1 ? "" : "s");
	if (!placed)
		complain("--program /bin/NAME=FILE adds which line of the program made each call first\n");
}

static enum status run_policy(struct invocation *in)
{
	struct stack stack = new_stack(in);
	struct profile *profile = profile_create(&in->arena);
	const struct where_options *files = where_given(in);
	const char *to = option(in, "to") != NULL ? option(in, "to") : "json";
	enum profile_args args = PROFILE_FLAGS;
	uint32_t otherwise = SECCOMP_RET_ERRNO | EPERM;
	struct odd odd = { 0 };
	struct policy *policy;
	enum status status;
	bool terminal;

	if (files == NULL)
		return STATUS_BAD;
	if (in->n_operands == 0)
		return bad_usage(in, "EVENTS are wanted: those of a run (record -o)");
	if (option(in, "file") != NULL)
		return bad_usage(in, "no -f: --tighten names the policy");
	if (option(in, "args") != NULL && !parse_args(option(in, "args"), &args))
		return bad_usage(in, "--args %s: none, flags or exact", option(in, "args"));
	if (option(in, "default") != NULL && !parse_default(option(in, "default"), &otherwise))
		return bad_usage(in, "--default %s: errno:NAME, kill-process, kill-thread, trap or log",
				 option(in, "default"));
	if (option(in, "base") != NULL && !base_known(option(in, "base")))
		return bad_usage(in, "--base %s: one of %s", option(in, "base"), base_names);
	if (option(in, "tighten") != NULL)
		return run_tighten(in, to, option(in, "args") == NULL ? PROFILE_NONE : args);
	if (option(in, "base") != NULL)
		add_base(profile, option(in, "base"));
	/*
	 * Launchers install a filter before the execve that starts the program,
	 * which no record of the program has.
	 */
	if (option(in, "no-exec") == NULL)
		profile_base(profile, call_by_name("execve", 6)->nr);
	for (int i = 0; i < in->n_operands; i++)
		if (!take_run(in, profile, &odd, files, in->operands[i], (unsigned int)i + 1))
			return STATUS_BAD;
	profile_find_unseen(profile);
	policy = stack_push(&stack, in->operands[0], "recorded runs", (struct place){ 0 });
	policy->otherwise = otherwise;
	profile_rules(profile, args, &stack, policy);
	terminal = option(in, "no-terminal") == NULL && profile_lacks_terminal(profile, args);
	if (terminal)
		profile_terminal(&stack, policy);
	if (!action_runs(otherwise) && otherwise != (SECCOMP_RET_ERRNO | ENOSYS))
		profile_fallbacks(&stack, policy, strcmp(to, "json") != 0);
	for (int i = 0; i < in->n_operands; i++)
		if (!allows_run(in, policy, in->operands[i])) {
			complain("portcullis: the policy does not allow all that %s recorded: please report this\n",
				 in->operands[i]);
			return STATUS_UNDECIDED;
		}
	status = convert_policy(in, &stack, policy, to);
	if (status == STATUS_YES) {
		tell_odd(in, &odd);
		tell_made(in, profile, odd.placed, terminal);
	}
	return status;
}

static const struct option_row policy_options[] = {
	{ 0, "args", "HOW", "none (names alone), flags (no others than seen) or exact (flags)" },
	{ 0, "base", "LIBRARY",
	  "allow what it may call at start and end, too: glibc-static, glibc, musl-static, musl, go" },
	{ 0, "tighten", "POLICY", "do not make a policy, but take from POLICY what the runs did not use" },
	{ 0, "no-exec", NULL, "do not allow the execve that starts the program (for filters that it installs itself)" },
	{ 0, "no-terminal", NULL,
	  "do not allow what C libraries ask of a terminal, if the runs wrote into files or pipes" },
	{ 0, "default", "ACTION", "for everything else: errno:EPERM, kill-process, log ... (errno:EPERM)" },
	WHERE_OPTION_ROWS,
	{ 't', "to", "FORM", "json, raw, c, h, asm or pfc (json)" },
	{ 0 },
};

const struct command command_policy = {
	.name = "policy",
	.operands = "EVENTS...",
	.summary = "a policy made of what recorded runs did",
	.details = "Adds up the calls of all runs, and allows them: flags by the bits that were\n"
		   "seen, families and operations by the values seen; descriptors, pointers and\n"
		   "sizes may be any. Each rule says how often its call was seen, and\n"
		   "by which line of the program first, if its file is named. What a run need not\n"
		   "show, as the return of a handler, is allowed, too; calls that C libraries try\n"
		   "before an older one are answered ENOSYS. Nothing is written unless the policy\n"
		   "allows every call of the runs, and the form is proved equal to it.\n\n"
		   "--tighten takes out of POLICY the rules that let calls run and were not used;\n"
		   "with --args also what of their arguments was not seen. Rules that refuse stay.\n"
		   "It is proved that the new policy is weaker for no call.\n",
	.reads = true,
	.options = policy_options,
	.run = run_policy,
};
