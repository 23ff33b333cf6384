/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_whole.c - checks: what a policy is as a whole, and whether a program under it can go on and
 * end.
 */
#include <string.h>

#include <abi/audit.h>
#include <abi/sched.h>
#include "check.h"
#include "names.h"
#include "say.h"
#include "show.h"

/*
 * What C libraries call in place of the names for which riscv64 has no call: "fchmodat, mkdirat".
 */
static const char *instead_of_missing(struct checker *c)
{
	const struct policy *p = c->policy;
	const char *text = "";

	for (size_t i = 0; i < p->n_missing; i++) {
		const char *instead = call_instead(p->missing[i].name, strlen(p->missing[i].name));

		if (instead != NULL && *instead != '\0' && strstr(text, instead) == NULL)
			text = arena_print(c->arena, "%s%s%s", text, *text != '\0' ? ", " : "", instead);
	}
	return text;
}

/* Is the filter one of several that one file makes? Then others of them may refuse calls. */
static bool is_one_of_file(const struct checker *c)
{
	for (const struct policy *p = c->run->stack->oldest; p != NULL; p = p->newer)
		if (p != c->policy && p->at.source == c->policy->at.source && !c->run->stack->apart)
			return true;
	return false;
}

static void check_refuses_nothing(struct checker *c)
{
	const char *instead = instead_of_missing(c);

	if (*instead != '\0')
		check_found(c, CHECK_REFUSES_NOTHING, c->policy->missing[0].at,
			    arena_print(c->arena, "name what C libraries call on riscv64: %s", instead),
			    "refuses no call: none of the calls that it names is one of riscv64");
	else
		check_found_call(c, CHECK_REFUSES_NOTHING, is_one_of_file(c) ? SEVERITY_NOTE : SEVERITY_ERROR,
				 c->policy->at,
				 c->policy->program == NULL || c->arch != AUDIT_ARCH_RISCV64
					 ? NULL
					 : "libseccomp leaves out names that riscv64 has not, without a word: "
					   "name openat, fchmodat, mkdirat, unlinkat for open, chmod, mkdir, unlink",
				 NULL, "refuses no call of %s", say_arch(c->arena, c->arch));
}

/* Is any of these calls allowed for some arguments? */
static const char *first_allowed(const struct checker *c, const char *const *names)
{
	for (; *names != NULL; names++)
		if (checked(c, *names) != NULL && checked(c, *names)->may_run)
			return *names;
	return NULL;
}

/* May the call make a thread? clone() tells by a flag; of clone3() the flags are in memory. */
static bool may_make_thread(struct checker *c, const char *name)
{
	const struct checked_call *k = checked(c, name);
	struct condition thread = condition_on(FIELD_ARG0, TEST_EQ, CLONE_THREAD, (struct place){ 0 });
	struct symbols *sym = &c->asker->sym;
	struct seccomp_data example;

	if (!k->may_run || !k->may_fail || strcmp(name, "clone3") == 0)
		return k->may_run;
	thread.mask = CLONE_THREAD;
	return shown(c, k->call->nr,
		     both_terms(sym, condition_term(sym, &thread), runs_term(sym, outcomes_term(sym, &k->outcomes))),
		     &example);
}

static void check_end(struct checker *c)
{
	static const char *const sleepers[] = { "nanosleep", "clock_nanosleep", "ppoll", "futex", NULL };
	const struct checked_call *exit_group = checked(c, "exit_group"), *exit = checked(c, "exit"),
				  *sigreturn = checked(c, "rt_sigreturn"), *restart = checked(c, "restart_syscall");
	const char *sleeper = first_allowed(c, sleepers);

	if (always_fails(exit_group) && always_fails(exit))
		check_found(c, CHECK_NO_WAY_OUT, answer_place(c, exit_group), NULL,
			    "no way to end: exit_group and exit are answered %s",
			    show_answers(c->arena, &exit_group->outcomes));
	else if (always_fails(exit_group) && !c->run->stack->apart)
		check_found(c, CHECK_NO_EXIT_GROUP, answer_place(c, exit_group), NULL,
			    "exit_group, with which C libraries end a program, is answered %s",
			    show_answers(c->arena, &exit_group->outcomes));
	else if (always_fails(exit) && (may_make_thread(c, "clone") || may_make_thread(c, "clone3")))
		check_found(c, CHECK_NO_THREAD_EXIT, answer_place(c, exit), NULL,
			    "threads may begin and cannot end: exit is answered %s",
			    show_answers(c->arena, &exit->outcomes));
	if (always_fails(sigreturn) && checked(c, "rt_sigaction")->may_run)
		check_found(c, CHECK_NO_SIGRETURN, answer_place(c, sigreturn), NULL,
			    "handlers may be set and cannot return: rt_sigreturn is answered %s",
			    show_answers(c->arena, &sigreturn->outcomes));
	if (always_fails(restart) && sleeper != NULL)
		check_found(c, CHECK_NO_RESTART, answer_place(c, restart), NULL,
			    "%s is allowed, and restart_syscall is answered %s", sleeper,
			    show_answers(c->arena, &restart->outcomes));
}

static void check_start(struct checker *c)
{
	const struct checked_call *execve = checked(c, "execve");

	/* A policy for one thread is installed by the program itself, after the execve. */
	if (always_fails(execve) && !c->run->stack->apart)
		check_found(c, CHECK_REFUSES_EXECVE, answer_place(c, execve), NULL, "execve is answered %s",
			    show_answers(c->arena, &execve->outcomes));
}

/* Calls of which a recording on another machine, or under a vDSO, shows nothing. */
static void check_unseen(struct checker *c)
{
	static const char *const clocks[] = { "clock_gettime", "gettimeofday", "clock_getres", "getcpu" };
	static const char *const own[] = { "riscv_flush_icache", "riscv_hwprobe" };
	const char *unseen = "";
	const struct checked_call *first = NULL;

	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		const struct checked_call *k = checked(c, clocks[i]);

		if (always_fails(k)) {
			unseen = append_word(c->arena, unseen, clocks[i]);
			first = first != NULL ? first : k;
		}
	}
	if (first != NULL && always_fails(checked(c, "clock_gettime")))
		check_found(c, CHECK_VDSO_HIDES, answer_place(c, first), NULL, "%s: %s", unseen,
			    show_answers(c->arena, &first->outcomes));
	unseen = "";
	first = NULL;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		const struct checked_call *k = checked(c, own[i]);

		if (k != NULL && always_fails(k)) {
			unseen = append_word(c->arena, unseen, own[i]);
			first = first != NULL ? first : k;
		}
	}
	if (first != NULL && checked(c, "mmap")->may_run)
		check_found(c, CHECK_RISCV_OWN, answer_place(c, first), NULL, "%s: %s", unseen,
			    show_answers(c->arena, &first->outcomes));
}

void check_whole(struct checker *c)
{
	bool run = c->above.may_run, fail = c->above.may_fail, log = false;

	for (size_t i = 0; i < c->n_calls; i++) {
		run |= c->calls[i].may_run;
		fail |= c->calls[i].may_fail;
		log |= c->calls[i].constant && c->calls[i].ret == SECCOMP_RET_LOG;
	}
	c->trivial = !run || !fail;
	if (!run)
		check_found(c, CHECK_ALLOWS_NOTHING, c->policy->at, NULL, "allows no call of %s",
			    say_arch(c->arena, c->arch));
	else if (!fail && log)
		check_found(c, CHECK_ONLY_LOGS,
			    c->above.ret == SECCOMP_RET_LOG ? answer_place(c, &c->above) : c->policy->at, NULL,
			    "refuses no call: it only logs");
	else if (!fail)
		check_refuses_nothing(c);
	if (c->trivial)
		return;
	if (c->above.constant && c->above.ret == SECCOMP_RET_LOG)
		check_found(c, CHECK_ONLY_LOGS, answer_place(c, &c->above), NULL,
			    "what no rule names is only logged, and runs");
	else if (always_runs(&c->above) && (c->run->stack->depth == 1 || c->run->stack->apart))
		check_found(c, CHECK_DEFAULT_ALLOWS, answer_place(c, &c->above), NULL,
			    "calls that it does not name are allowed, also those of kernels to come");
	check_end(c);
	check_start(c);
	if (!c->above.may_run)
		check_unseen(c);
}
