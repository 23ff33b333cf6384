/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.h - the parts of `portcullis check`: a catalogue of checks (checks.def), families of
 * functions that find (check_*.c, one a family), and how what they found is told (check_say.c).
 *
 * What is claimed for all inputs comes from the outcomes of symbolic.c and from z3; an answer that
 * is shown has been computed.
 */
#pragma once

#include "action_words.h"
#include "check_target.h"
#include "names.h"
#include "run_stack.h"

enum severity {
	SEVERITY_ERROR,	  /* it cannot work, or does not protect */
	SEVERITY_WARNING, /* it is hardly meant */
	SEVERITY_NOTE,	  /* it should be known; the status does not count it */
};

enum check_id {
#define CHECK(name, id, severity, what, why, todo) CHECK_##name,
#include "checks.def"
#undef CHECK
	CHECKS,
};

struct check {
	const char *id;
	enum severity severity;
	const char *what; /* one line for the catalogue */
	const char *why;
	const char *todo; /* for findings that have no advice of their own */
};

extern const struct check checks[CHECKS];

struct finding {
	const struct check *check;
	enum severity severity;
	const struct policy *policy; /* NULL: about the stack, or the program */
	struct place at;
	const char *text; /* what is wrong, without a full stop */
	const char *todo;
	const char *call; /* a call that shows it, or NULL */
};

/* What a policy answers to a call of riscv64. */
struct checked_call {
	const struct call *call;
	struct outcomes outcomes; /* only those that some arguments reach */
	bool constant;		  /* the same answer, whatever the arguments */
	uint32_t ret;		  /* if so */
	bool may_run, may_fail;	  /* for some arguments */
};

struct checker {
	struct arena *arena;
	struct asker *asker;
	const struct run_stack *run;
	struct target target;		       /* all zero: none was named */
	const struct checked_program *program; /* NULL: none was named */

	/* The policy at hand. */
	const struct policy *policy;
	const struct subject *subject;
	uint32_t arch; /* whose calls are asked about: riscv64's, or those that a filter is made for */
	struct checked_call *calls;
	size_t n_calls;
	struct checked_call above; /* numbers above all calls */
	struct asked_last {
		struct outcomes outcomes;
		bool *possible, decided;
	} last; /* of which outcomes the solver was asked last: many calls have the same */

	struct finding *findings;
	size_t n_findings, room_findings;
	bool trivial; /* it allows nothing, or refuses nothing: that is said, and most checks have nothing to add */
};

/* Families of checks of one policy, C->policy, in the order in which they run. */
void check_arch(struct checker *c);
void check_whole(struct checker *c);
void check_answers(struct checker *c);
void check_x32(struct checker *c);
void check_rules(struct checker *c);
void check_names(struct checker *c);
void check_args(struct checker *c);
void check_flags(struct checker *c);
void check_siblings(struct checker *c);
void check_libc(struct checker *c);
void check_target(struct checker *c);

/* Families of checks of the whole stack. NOTES: what the readers said. */
void check_notes(struct checker *c, const struct notes *notes);
void check_stack(struct checker *c);
void check_start_of_programs(struct checker *c);

/* Adds a finding. TODO of NULL: what the catalogue says. */
void check_found(struct checker *c, enum check_id id, struct place at, const char *todo, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same with another severity, and a call that shows it (or NULL). */
void check_found_call(struct checker *c, enum check_id id, enum severity severity, struct place at, const char *todo,
		      const char *call, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* ---- check_facts.c ---- */

/* Fills in what policy P, which is SUBJECT, answers to each call of ARCH. */
void check_facts(struct checker *c, const struct policy *p, const struct subject *subject, uint32_t arch);

/*
 * What the policy at hand answers to the call of that name, to that number; NULL: the architecture
 * has no such call.
 */
const struct checked_call *checked(const struct checker *c, const char *name);
const struct checked_call *checked_number(const struct checker *c, uint32_t nr);

/* Those outcomes for the call NR that some arguments reach. */
struct outcomes check_outcomes(struct checker *c, const struct subject *subject, uint32_t nr);

/* Does another filter of the stack refuse the call, whatever its arguments? */
bool fails_elsewhere(struct checker *c, uint32_t nr);

/* Is the call refused, whatever its arguments? Allowed, whatever they are? */
bool always_fails(const struct checked_call *k);
bool always_runs(const struct checked_call *k);

/* Where P says what outcome O is; and where the policy at hand says the first answer to call K. */
struct place outcome_place(const struct policy *p, const struct outcome *o);
struct place answer_place(const struct checker *c, const struct checked_call *k);

/* Appends WORD to a list with blanks between. */
const char *append_word(struct arena *arena, const char *list, const char *word);

/* Are there arguments of number NR for which CLAIM holds? Then *EXAMPLE has some. */
bool shown(struct checker *c, uint32_t nr, Z3_ast claim, struct seccomp_data *example);

/* The same; yes, too, where the solver gives up. */
bool possible(struct checker *c, uint32_t nr, Z3_ast claim, struct seccomp_data *example);

/* Is the time used up? What is not looked at then is left open. */
bool is_out_of_time(struct checker *c);

/*
 * Did the solver give up on the answers to that number? Then its arguments are not asked about,
 * either.
 */
bool is_left_open(const struct checker *c, uint32_t nr);

/* check_say.c */
void check_print_text(FILE *to, const struct checker *c);
void check_print_json(FILE *to, const struct checker *c);
void check_print_sarif(FILE *to, const struct checker *c);
void check_print_list(FILE *to);

/* ---- check_advice.c: what to write, in the words of the policy's form ---- */

/* To answer ENOSYS to the calls NAMES, with blanks between. */
const char *advise_enosys(struct checker *c, const char *names);

/* To compare the lower half of argument I of CALL alone; CONDITION looks at it, or is NULL. */
const char *advise_lower_half(struct checker *c, const struct call *call, unsigned int i,
			      const struct condition *condition);

/* To refuse calls of other architectures; NULL: as the catalogue says. */
const char *advise_foreign(const struct policy *p);
