/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decide.c - which of two answers is stricter, and what is to be done about one.
 */
#include "rows.h"

/* Strictest first; the unknown ones stand where the signed order puts them. */
static const struct {
	const char *name;
	uint32_t action;
	bool known;
} order[] = {
	{ "KILL_PROCESS", 0x80000000, true },
	{ "0x80010000", 0x80010000, false },
	{ "0xaaaa0000", 0xaaaa0000, false },
	{ "0xffff0000", 0xffff0000, false },
	{ "KILL_THREAD", 0x00000000, true },
	{ "0x00010000", 0x00010000, false },
	{ "TRAP", 0x00030000, true },
	{ "0x00040000", 0x00040000, false },
	{ "ERRNO", 0x00050000, true },
	{ "0x00060000", 0x00060000, false },
	{ "USER_NOTIF", 0x7fc00000, true },
	{ "TRACE", 0x7ff00000, true },
	{ "LOG", 0x7ffc0000, true },
	{ "0x7ffe0000", 0x7ffe0000, false },
	{ "ALLOW", 0x7fff0000, true },
};

struct pair {
	size_t a, b;
};

static struct pair pairs[COUNT(order) * COUNT(order)];

/* Data bits never weigh in, whichever side has them. */
static void pair_row(void **state)
{
	const struct pair *p = *state;
	const uint32_t a = order[p->a].action, b = order[p->b].action;

	assert_int_equal(seccomp_stricter(a, b), p->a < p->b);
	assert_int_equal(seccomp_stricter(a | 0xffff, b), p->a < p->b);
	assert_int_equal(seccomp_stricter(a, b | 0xffff), p->a < p->b);
	assert_int_equal(seccomp_stricter(a | 1, b | 1), p->a < p->b);
}

static void known_row(void **state)
{
	const size_t i = *(const size_t *)*state;

	assert_int_equal(seccomp_action_known(order[i].action), order[i].known);
	assert_false(seccomp_action_known(order[i].action | 1));
	assert_false(seccomp_action_known(order[i].action | 0x8000));
}

static void eight_known(void **state)
{
	uint32_t known = 0;

	(void)state;
	for (uint32_t action = 0; action <= UINT16_MAX; action++)
		known += seccomp_action_known(action << 16);
	assert_int_equal(known, 8);
}

/* What is logged: never, always, or if the filter has the flag. */
enum logs { NEVER, ALWAYS, FLAGGED };

static const struct decide_row {
	const char *name;
	uint32_t ret;
	enum seccomp_do todo;
	uint32_t action;
	uint16_t data, err;
	enum logs logs;
} decisions[] = {
	{ "KILL_PROCESS", 0x80000000, SECCOMP_DO_KILL_PROCESS, 0x80000000, 0, 0, ALWAYS },
	{ "KILL_PROCESS with data", 0x80001234, SECCOMP_DO_KILL_PROCESS, 0x80000000, 0x1234, 0, ALWAYS },
	{ "KILL_THREAD", 0, SECCOMP_DO_KILL_THREAD, 0, 0, 0, ALWAYS },
	{ "KILL_THREAD with data", 0xffff, SECCOMP_DO_KILL_THREAD, 0, 0xffff, 0, ALWAYS },
	{ "TRAP carries its data", 0x00031234, SECCOMP_DO_SIGNAL, 0x00030000, 0x1234, 0, FLAGGED },
	{ "ERRNO 0", 0x00050000, SECCOMP_DO_RETURN, 0x00050000, 0, 0, FLAGGED },
	{ "ERRNO 13", 0x0005000d, SECCOMP_DO_RETURN, 0x00050000, 13, 13, FLAGGED },
	{ "ERRNO 4094", 0x00050ffe, SECCOMP_DO_RETURN, 0x00050000, 4094, 4094, FLAGGED },
	{ "ERRNO 4095", 0x00050fff, SECCOMP_DO_RETURN, 0x00050000, 4095, 4095, FLAGGED },
	{ "ERRNO 4096 is 4095", 0x00051000, SECCOMP_DO_RETURN, 0x00050000, 4096, 4095, FLAGGED },
	{ "ERRNO 65535 is 4095", 0x0005ffff, SECCOMP_DO_RETURN, 0x00050000, 65535, 4095, FLAGGED },
	{ "USER_NOTIF", 0x7fc00007, SECCOMP_DO_NOTIFY, 0x7fc00000, 7, 0, FLAGGED },
	{ "TRACE carries its data", 0x7ff01234, SECCOMP_DO_TRACE, 0x7ff00000, 0x1234, 0, FLAGGED },
	{ "LOG", 0x7ffc0000, SECCOMP_DO_RUN, 0x7ffc0000, 0, 0, ALWAYS },
	{ "ALLOW", 0x7fff0000, SECCOMP_DO_RUN, 0x7fff0000, 0, 0, NEVER },
	{ "ALLOW with data is ALLOW", 0x7fff1234, SECCOMP_DO_RUN, 0x7fff0000, 0x1234, 0, NEVER },
	{ "unknown 0x00010000 kills the process", 0x00010000, SECCOMP_DO_KILL_PROCESS, 0x00010000, 0, 0, ALWAYS },
	{ "unknown 0x00040000 kills the process", 0x00040000, SECCOMP_DO_KILL_PROCESS, 0x00040000, 0, 0, ALWAYS },
	{ "unknown 0x7ffe0000 kills the process", 0x7ffe0000, SECCOMP_DO_KILL_PROCESS, 0x7ffe0000, 0, 0, ALWAYS },
	{ "unknown 0xaaaaaaaa kills the process", 0xaaaaaaaa, SECCOMP_DO_KILL_PROCESS, 0xaaaa0000, 0xaaaa, 0, ALWAYS },
	{ "unknown 0xffff0000 kills the process", 0xffff0000, SECCOMP_DO_KILL_PROCESS, 0xffff0000, 0, 0, ALWAYS },
	{ "the old mask's 0xffff.... is not ALLOW", 0xffff0001, SECCOMP_DO_KILL_PROCESS, 0xffff0000, 1, 0, ALWAYS },
};

static void decide_row(void **state)
{
	const struct decide_row *row = *state;

	for (int flag = 0; flag < 2; flag++) {
		const struct seccomp_decision d = seccomp_decide(row->ret, flag);

		assert_int_equal(d.todo, row->todo);
		assert_int_equal(d.action, row->action);
		assert_int_equal(d.data, row->data);
		assert_int_equal(d.err, row->err);
		assert_int_equal(d.log, row->logs == ALWAYS || (row->logs == FLAGGED && flag));
	}
}

static void unknown_kills(void **state)
{
	(void)state;
	for (uint32_t action = 0; action <= UINT16_MAX; action++) {
		const struct seccomp_decision d = seccomp_decide(action << 16, false);

		if (!seccomp_action_known(action << 16)) {
			assert_int_equal(d.todo, SECCOMP_DO_KILL_PROCESS);
			assert_true(d.log);
		}
	}
}

static void zero_refuses(void **state)
{
	(void)state;
	assert_int_equal(SECCOMP_DO_KILL_PROCESS, 0);
}

int main(void)
{
	static size_t index[COUNT(order)];

	for (size_t a = 0; a < COUNT(order); a++) {
		for (size_t b = 0; b < COUNT(order); b++) {
			struct pair *p = &pairs[a * COUNT(order) + b];

			*p = (struct pair){ a, b };
			row_add(pair_row, p, "%s is %sstricter than %s", order[a].name, a < b ? "" : "not ", order[b].name);
		}
	}
	for (size_t i = 0; i < COUNT(order); i++) {
		index[i] = i;
		row_add(known_row, &index[i], "%s is %san action", order[i].name, order[i].known ? "" : "not ");
	}
	row_add(eight_known, NULL, "of all 65536 actions eight are known");
	ROWS_ADD(decide_row, decisions);
	row_add(unknown_kills, NULL, "each of the others kills the process, and is logged");
	row_add(zero_refuses, NULL, "a decision of all zeros refuses");
	return rows_run("decide");
}
