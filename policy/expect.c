/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expect.c - see expect.h: asking the solver. A call that shows that a line
 * does not hold was run on the filters first.
 */
#include "expect.h"

#include <abi/audit.h>
#include <string.h>

#include "action_words.h"
#include "say.h"

struct question {
	const struct expect *e;
	struct seccomp_data example;
	enum ask_answer answer;
};

static bool answer_holds(const struct expect *e, uint32_t ret)
{
	if (e->kind == EXPECT_NEVER)
		return !action_runs(ret);
	return (ret & SECCOMP_RET_ACTION_FULL) == e->action && (e->any_data || (ret & SECCOMP_RET_DATA) == e->data);
}

static Z3_ast action_is(struct asker *a, Z3_ast answer, uint32_t action, uint32_t mask)
{
	Z3_context z3 = a->sym.z3;

	return Z3_mk_eq(z3, Z3_mk_bvand(z3, answer, symbol_constant(&a->sym, mask)), symbol_constant(&a->sym, action));
}

/* That the answer is not as E has it. */
static Z3_ast violated_term(struct asker *a, const struct expect *e, Z3_ast answer)
{
	if (e->kind == EXPECT_NEVER)
		return runs_term(&a->sym, answer);
	return Z3_mk_not(a->sym.z3, e->any_data ? action_is(a, answer, e->action, SECCOMP_RET_ACTION_FULL)
						: action_is(a, answer, e->action | e->data, UINT32_MAX));
}

static bool visit_expectation(void *arg, struct asker *a, const struct box_view *view)
{
	struct question *question = arg;
	const struct query *q = &question->e->call;
	const uint32_t nr = (uint32_t)q->data.nr;
	struct box box = { { nr, nr }, { AUDIT_ARCH_RISCV64, AUDIT_ARCH_RISCV64 } };
	Z3_ast claim, known;

	if (nr < view->box->nr[0] || nr > view->box->nr[1] || !box_has_arch(view->box, AUDIT_ARCH_RISCV64))
		return true;
	if (view->constant[0]) {
		question->answer = answer_holds(question->e, view->ret[0]) ? ASK_YES : ASK_NO;
		question->example = q->data;
		return false;
	}
	/* A program may put anything where Linux does not look, and the call is made. */
	known = query_term(&a->sym, q, question->e->kind == EXPECT_NEVER);
	claim = violated_term(a, question->e, view->term[0]);
	if (known != NULL)
		claim = Z3_mk_and(a->sym.z3, 2, (Z3_ast[]){ known, claim });
	switch (ask_example(a, &box, claim, &question->example)) {
	case ASK_YES:
		question->answer = ASK_NO;
		break;
	case ASK_NO:
		question->answer = ASK_YES;
		break;
	case ASK_UNDECIDED:
		question->answer = ASK_UNDECIDED;
		break;
	}
	return false;
}

/* That a value of the call that shows it is the one asked about to Linux, and not to a filter. */
static const char *tell_halves(struct arena *arena, const struct query *q, const struct seccomp_data *data)
{
	for (unsigned int i = 0; i < 6; i++)
		if (q->known[i] && q->data.args[i] != data->args[i])
			return arena_print(arena, "; Linux takes the lower 32 bits of %s alone",
					   query_call(q)->args[i].name);
	return "";
}

static const char undecided[] = "undecided: the solver gave up; --patience=SECONDS gives it more time";

/* What the stack answers to the call that shows it, and why. */
static const char *tell_call(struct arena *arena, const struct run_stack *run, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(run->newest, 0, data);

	/* Where all allow, the newest one's reason is told. */
	const struct policy *p = run->policies[v.match == NULL ? run->side.n - 1 : v.match->id - 1];

	return arena_print(arena, "%s is answered %s: %s", say_call(arena, data), say_answer(arena, v.ret),
			   run_stack_why(arena, p, data));
}

/* The first error is why. */
static struct verdict_of_test cannot_read(const struct notes *notes)
{
	const struct note *n = notes->first;

	while (n != NULL && n->kind != NOTE_ERROR)
		n = n->next;
	if (n == NULL)
		return (struct verdict_of_test){ ASK_NO, "it cannot be read", true };
	return (struct verdict_of_test){
		ASK_NO,
		n->at.source == NULL ? note_text(notes->arena, n)
				     : arena_print(notes->arena, "%s: %s", source_where(notes->arena, n->at),
						   note_text(notes->arena, n)),
		true,
	};
}

static struct verdict_of_test check_call(struct invocation *in, struct asker *asker, const struct run_stack *run,
					 const struct expect *e)
{
	struct question question = { .e = e, .answer = ASK_UNDECIDED };

	if (ask_boxes(asker, &run->side, &run->side, visit_expectation, &question) == ASK_UNDECIDED)
		question.answer = ASK_UNDECIDED;
	/* The solver is not believed: the call that it found is run. */
	if (question.answer == ASK_NO && answer_holds(e, seccomp_evaluate(run->newest, 0, &question.example).ret))
		question.answer = ASK_UNDECIDED;
	switch (question.answer) {
	case ASK_YES:
		return (struct verdict_of_test){ ASK_YES, NULL, false };
	case ASK_NO:
		return (struct verdict_of_test){ ASK_NO,
						 arena_print(&in->arena, "%s%s",
							     tell_call(&in->arena, run, &question.example),
							     tell_halves(&in->arena, &e->call, &question.example)),
						 false };
	default:
		return (struct verdict_of_test){ ASK_UNDECIDED, undecided, false };
	}
}

/* ---- other policies ---- */

struct comparison {
	const struct run_stack *base, *run;
	struct seccomp_data example;
	enum ask_answer answer;
};

static bool visit_weaker(void *arg, struct asker *a, const struct box_view *view)
{
	struct comparison *c = arg;
	Z3_ast terms[2];

	if (view->constant[0] && view->constant[1]) {
		if (!seccomp_stricter(view->ret[0], view->ret[1]))
			return true;
		c->example = (struct seccomp_data){ .nr = (int)view->box->nr[0], .arch = view->box->arch[0] };
		c->answer = ASK_NO;
		return false;
	}
	for (unsigned int i = 0; i < 2; i++)
		terms[i] = view->constant[i] ? symbol_constant(&a->sym, view->ret[i]) : view->term[i];
	switch (ask_example(a, view->box, stricter_term(a, terms[0], terms[1]), &c->example)) {
	case ASK_YES:
		c->answer = ASK_NO;
		return false;
	case ASK_UNDECIDED:
		c->answer = ASK_UNDECIDED;
		return true;
	case ASK_NO:
		break;
	}
	return true;
}

static struct verdict_of_test compare_stacks(struct invocation *in, struct asker *asker, const struct run_stack *run,
					     const struct test_file *file, const struct expect *e)
{
	struct notes notes = { .arena = &in->arena };
	struct stack stack = { .arena = &in->arena, .notes = &notes };
	struct run_stack base;
	struct comparison c = { .base = &base, .run = run, .answer = ASK_YES };
	enum ask_answer asked;

	if (!expect_read_files(in, &stack, file->folder, e->words) ||
	    run_stack_make(in, &stack, asker, &base) != STATUS_YES)
		return cannot_read(&notes);
	if (e->kind == EXPECT_SAME) {
		c.answer = ask_equal(asker, &base.side, &run->side, &c.example);
	} else {
		asked = ask_boxes(asker, &base.side, &run->side, visit_weaker, &c);
		if (asked == ASK_UNDECIDED && c.answer == ASK_YES)
			c.answer = ASK_UNDECIDED;
	}
	if (c.answer == ASK_NO)
		return (struct verdict_of_test){
			ASK_NO,
			arena_print(&in->arena, "%s; there: %s", tell_call(&in->arena, run, &c.example),
				    say_answer(&in->arena, seccomp_evaluate(base.newest, 0, &c.example).ret)),
			false,
		};
	return (struct verdict_of_test){ c.answer, c.answer == ASK_YES ? NULL : undecided, false };
}

struct verdict_of_test expect_check(struct invocation *in, struct asker *asker, const struct run_stack *run,
				    const struct test_file *file, const struct expect *e)
{
	switch (e->kind) {
	case EXPECT_ANSWER:
	case EXPECT_NEVER:
		return check_call(in, asker, run, e);
	case EXPECT_SAME:
	case EXPECT_NEVER_WEAKER:
		return compare_stacks(in, asker, run, file, e);
	case EXPECT_RUN:
		return expect_run(in, file, e);
	}
	return (struct verdict_of_test){ ASK_UNDECIDED, "", false };
}
