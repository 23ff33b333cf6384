/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timers.c - the kernel's heap of timers, compiled here: random operations, each compared with an
 * array that is searched from one end to the other.
 */
#include "rows.h"
#include "generate.h"

#include "../../kernel/core/machine/kassert.h"
#include "../../kernel/core/machine/time.h"

#define STEPS 15000U
#define TIMERS 400U

static uint64_t seed = 7;

void kassert_failed(const char *file, unsigned line, const char *what)
{
	fprintf(stderr, "%s:%u: %s\n", file, line, what);
	abort();
}

static struct alarm {
	struct timer timer;
	uint64_t deadline, started; /* as the array has them; not started: it does not run */
} alarms[TIMERS];

/* The alarm that is due first; of two the one that was started first. NULL: none runs. */
static struct alarm *first_alarm(void)
{
	struct alarm *first = NULL;

	for (struct alarm *a = alarms; a < alarms + TIMERS; a++)
		if (a->started != 0 && (first == NULL || a->deadline < first->deadline ||
					(a->deadline == first->deadline && a->started < first->started)))
			first = a;
	return first;
}

/* T and what hangs below it: how many these are. */
static uint32_t check_heap(const struct timer *t)
{
	const struct timer *below[] = { t->left, t->right };
	uint32_t rank[2] = { 0, 0 }, n = 1;

	for (int side = 0; side < 2; side++) {
		if (below[side] == NULL)
			continue;
		assert_ptr_equal(below[side]->up, t);
		assert_true(below[side]->deadline >= t->deadline);
		rank[side] = below[side]->rank;
		n += check_heap(below[side]);
	}
	assert_true(rank[0] >= rank[1]);
	assert_int_equal(t->rank, rank[1] + 1);
	return n;
}

static void check_alarms(uint32_t count)
{
	const struct alarm *first = first_alarm();

	assert_int_equal(timer_count(), count);
	assert_int_equal(timer_next(), first != NULL ? first->deadline : TIME_NEVER);
	if (first == NULL)
		return;
	assert_ptr_equal(first->timer.up, NULL);
	assert_int_equal(check_heap(&first->timer), count);
	for (const struct alarm *a = alarms; a < alarms + TIMERS; a++)
		assert_int_equal(timer_pending(&a->timer), a->started != 0);
}

static void heap_gives_the_earliest(void **state)
{
	uint32_t count = 0;

	(void)state;
	for (uint32_t i = 0; i < TIMERS; i++)
		timer_init(&alarms[i].timer, NULL);
	for (uint32_t step = 1; step <= STEPS; step++) {
		struct alarm *a = &alarms[chance(&seed, TIMERS)];
		const uint64_t now = chance(&seed, TIMERS / 2);

		if (chance(&seed, 4) < (step < STEPS / 2 ? 3U : 1U)) { /* also what runs already */
			count += a->started == 0;
			a->deadline = 100 + chance(&seed, TIMERS); /* some twice */
			a->started = step;
			timer_put(&a->timer, a->deadline);
		} else if (chance(&seed, 2) != 0) {
			count -= a->started != 0;
			a->started = 0;
			timer_stop(&a->timer);
		} else {
			a = first_alarm();
			if (a != NULL && a->deadline > now)
				a = NULL;
			assert_ptr_equal(timer_take(now), a != NULL ? &a->timer : NULL);
			count -= a != NULL;
			if (a != NULL)
				a->started = 0;
		}
		check_alarms(count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(heap_gives_the_earliest) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
