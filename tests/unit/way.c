/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * way.c - what a gate's table may do by itself, with a constant answer and
 * with one more filter on a stack.
 */
#include "rows.h"
#include "way.h"

static const struct constant_row {
	const char *name;
	uint32_t ret;
	enum seccomp_way_kind kind;
} constants[] = {
	{ "ALLOW runs", SECCOMP_RET_ALLOW, SECCOMP_WAY_RUN },
	{ "ALLOW with data runs", SECCOMP_RET_ALLOW | 7, SECCOMP_WAY_RUN },
	{ "ERRNO is refused", SECCOMP_RET_ERRNO | 1, SECCOMP_WAY_ERRNO },
	{ "ERRNO of 0 is refused", SECCOMP_RET_ERRNO, SECCOMP_WAY_ERRNO },
	{ "ERRNO of 4095 is refused", SECCOMP_RET_ERRNO | 4095, SECCOMP_WAY_ERRNO },
	{ "ERRNO of 4096 is the judge's, who caps it", SECCOMP_RET_ERRNO | 4096, SECCOMP_WAY_JUDGE },
	{ "LOG is the judge's", SECCOMP_RET_LOG, SECCOMP_WAY_JUDGE },
	{ "TRACE is the judge's", SECCOMP_RET_TRACE, SECCOMP_WAY_JUDGE },
	{ "USER_NOTIF is the judge's", SECCOMP_RET_USER_NOTIF, SECCOMP_WAY_JUDGE },
	{ "TRAP is the judge's", SECCOMP_RET_TRAP, SECCOMP_WAY_JUDGE },
	{ "KILL_THREAD is the judge's", SECCOMP_RET_KILL_THREAD, SECCOMP_WAY_JUDGE },
	{ "KILL_PROCESS is the judge's", SECCOMP_RET_KILL_PROCESS, SECCOMP_WAY_JUDGE },
	{ "what is not known is the judge's", 0x7ffe0000, SECCOMP_WAY_JUDGE },
	{ "what is not constant is the judge's", 0, SECCOMP_WAY_JUDGE },
};

static void constant_row(void **state)
{
	const struct constant_row *row = *state;

	assert_int_equal(seccomp_way_constant(row->ret), row->kind);
}

#define NR 70
#define ASKS (-1L) /* no constant answer */

static const struct plan_row {
	const char *name;
	long stack, own;
	enum seccomp_way_kind below;
	enum seccomp_plan plan;
} plans[] = {
	{ "a stack's constant answer is the plan", SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, SECCOMP_WAY_RUN, SECCOMP_PLAN_CONSTANT },
	{ "so is one that is the judge's below", SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_PROCESS, SECCOMP_WAY_JUDGE,
	  SECCOMP_PLAN_CONSTANT },
	{ "what is the judge's below stays that", ASKS, SECCOMP_RET_ALLOW, SECCOMP_WAY_JUDGE, SECCOMP_PLAN_JUDGE },
	{ "also where the filter asks for arguments", ASKS, ASKS, SECCOMP_WAY_JUDGE, SECCOMP_PLAN_JUDGE },
	{ "who allows leaves it to those below", ASKS, SECCOMP_RET_ALLOW, SECCOMP_WAY_CODE, SECCOMP_PLAN_BELOW },
	{ "so does who allows with data", ASKS, SECCOMP_RET_ALLOW | 1, SECCOMP_WAY_CODE, SECCOMP_PLAN_BELOW },
	{ "who logs does not", ASKS, SECCOMP_RET_LOG, SECCOMP_WAY_CODE, SECCOMP_PLAN_CODE },
	{ "who refuses does not", ASKS, SECCOMP_RET_ERRNO, SECCOMP_WAY_CODE, SECCOMP_PLAN_CODE },
	{ "who asks for arguments gets code on a call", ASKS, ASKS, SECCOMP_WAY_RUN, SECCOMP_PLAN_CODE },
	{ "on an errno", ASKS, ASKS, SECCOMP_WAY_ERRNO, SECCOMP_PLAN_CODE },
	{ "and on code", ASKS, ASKS, SECCOMP_WAY_CODE, SECCOMP_PLAN_CODE },
};

static void set(struct seccomp_answers *a, long ret)
{
	memset(a, 0, sizeof(*a));
	if (ret == ASKS)
		return;
	a->constant[NR / 64] = 1UL << NR % 64;
	a->ret[NR] = (uint32_t)ret;
}

static void plan_row(void **state)
{
	const struct plan_row *row = *state;
	struct seccomp_answers stack, own;

	set(&stack, row->stack);
	set(&own, row->own);
	assert_int_equal(seccomp_way_plan(&stack, &own, NR, row->below), row->plan);
}

/*
 * Who leaves it to those below goes their way; what has no code is the judge's, who is told what
 * may be stricter.
 */
static void without_code(void **state)
{
	static const struct seccomp_program program = {
		.len = 4,
		.insns = { LD_ABS(16), JEQ(1, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1)) },
	};
	static const struct seccomp_rv64_exits exits = { .run = 1, .refuse = 2, .judge = 3 };
	static struct seccomp_work work;
	const struct seccomp_way below = { .kind = SECCOMP_WAY_CODE, .ret = 7, .to = 70, .stricter = true };
	struct seccomp_answers stack, own;
	const struct seccomp_newer newer = { .program = &program, .own = &own, .stack = &stack };
	struct seccomp_way way;

	(void)state;
	set(&stack, ASKS);
	set(&own, SECCOMP_RET_ALLOW);
	assert_int_equal(seccomp_way_on(&work, &newer, NR, &below, &exits, &way, NULL, 0), 0);
	assert_int_equal(way.kind, SECCOMP_WAY_CODE);
	assert_int_equal(way.ret, 7);
	assert_int_equal(way.to, 70);
	assert_true(way.stricter);
	set(&own, ASKS);
	assert_int_equal(seccomp_way_on(&work, &newer, NR, &below, &exits, &way, NULL, 0), 0);
	assert_int_equal(way.kind, SECCOMP_WAY_JUDGE);
	assert_true(way.stricter);
}

/* One number is enough, be it the first or the last. */
static void all_allowed(void **state)
{
	static const uint32_t numbers[] = { 0, 63, 64, 511 };
	struct seccomp_answers a;

	(void)state;
	seccomp_answers_init(&a);
	assert_true(seccomp_answers_allow(&a));
	for (size_t i = 0; i < COUNT(numbers); i++) {
		const uint32_t nr = numbers[i];

		a.ret[nr] = SECCOMP_RET_ALLOW | 9;
		assert_true(seccomp_answers_allow(&a));
		a.ret[nr] = SECCOMP_RET_LOG;
		assert_false(seccomp_answers_allow(&a));
		a.ret[nr] = SECCOMP_RET_ALLOW;
		a.constant[nr / 64] ^= 1UL << nr % 64;
		assert_false(seccomp_answers_allow(&a));
		a.constant[nr / 64] ^= 1UL << nr % 64;
	}
}

static void repeats(void **state)
{
	static const struct seccomp_program one, other;
	struct seccomp_filter below = { .program = &one };
	struct seccomp_filter f = { .prev = &below, .program = &one };

	(void)state;
	assert_true(seccomp_filter_repeats(&f));
	assert_false(seccomp_filter_repeats(&below));
	f.log = true;
	assert_false(seccomp_filter_repeats(&f));
	below.log = true;
	assert_true(seccomp_filter_repeats(&f));
	f.owner = 5;
	assert_false(seccomp_filter_repeats(&f));
	f.owner = 0;
	f.program = &other;
	assert_false(seccomp_filter_repeats(&f));
}

int main(void)
{
	ROWS_ADD(constant_row, constants);
	ROWS_ADD(plan_row, plans);
	row_add(all_allowed, NULL, "answers allow everything only if each does");
	row_add(without_code, NULL, "who allows goes the way of those below; without code the judge is told of them");
	row_add(repeats, NULL, "a filter repeats the one below it by program, flag and owner");
	return rows_run("way");
}
