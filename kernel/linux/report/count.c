/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.c - counts calls by their arguments, and reports all counts: see count.h. Called for each
 * judged call, for gates that are made and freed, and at the end of the run.
 *
 * The rows are a hash table without chains: a new row reports and replaces the one at its place.
 */
#include "counts.h"

#include <string.h>

#include <abi/audit.h>

#include "filter.h"
#include "page.h"
#include "report.h"
#include "riscv.h"
#include "task.h"

#define ROWS_ORDER 3
#define IP_BIT 64U
#define FACTOR 0x9e3779b97f4a7c15 /* 2^64 divided by the golden ratio: spreads what differs in any bits */

_Static_assert(COUNT_ROWS * sizeof(struct count_row) == PAGE_SIZE << ROWS_ORDER, "the rows fill their pages");

static struct count_row *rows;

/* boot/count.S: the trap vector that counts a call, and then goes on as the other one does. */
void trap_entry_counting(void);
extern const char count_ways[];

static void report_count(const struct event_count *is, unsigned flags)
{
	report_ops->count(is, flags);
}

/* Reports what ROW has counted, and empties it. */
static void report_row(struct count_row *row)
{
	if (row->is.calls != 0)
		report_count(&row->is, 0);
	memset(row, 0, sizeof(*row));
}

/*
 * Which word of struct seccomp_data the instruction I loads, as a bit: an argument or the
 * instruction pointer. 0: neither.
 */
static uint8_t word_loaded(struct sock_filter i)
{
	if (i.code != (BPF_LD | BPF_W | BPF_ABS) || i.k < offsetof(struct seccomp_data, instruction_pointer))
		return 0;
	if (i.k < offsetof(struct seccomp_data, args))
		return IP_BIT;
	return (uint8_t)(1U << (i.k - offsetof(struct seccomp_data, args)) / 8);
}

/* gate_counter->words() */
static uint8_t count_words(const struct filter *f)
{
	const struct seccomp_program *p = f->node.program;
	const struct filter *below = filter_of(f->node.prev);
	uint8_t words = below == NULL ? 0 : below->words;

	for (uint32_t i = 0; i < p->len; i++)
		words |= word_loaded(p->insns[i]);
	return words;
}

/* Where in count_ways the code for the set WORDS begins. */
static uint64_t count_way(uint64_t words)
{
	return words % IP_BIT * COUNT_WAY_SIZE + (words & IP_BIT ? COUNT_WAY_IP : 0);
}

/* gate_counter->made() */
static void count_set_words(struct gate *g, const struct gate *below, const struct seccomp_program *program,
			    const struct seccomp_point *points)
{
	uint64_t *counts = gate_counts(g);
	uint32_t worked = 0;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		counts[nr] = gate_counts(below)[nr] & COUNT_WORDS_ALL;
	for (uint32_t pc = 0; pc < program->len; pc++) {
		const uint64_t word = (uint64_t)word_loaded(program->insns[pc]) << COUNT_WORDS_SHIFT;

		for (uint32_t nr = 0; word != 0 && nr < SECCOMP_GATE_NRS; nr++)
			if (points[pc].reach[nr / 64] >> nr % 64 & 1)
				counts[nr] |= word;
		(void)sched_worked(&worked, word != 0 ? PAGE_SIZE : 1);
	}
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const uint64_t words = counts[nr] >> COUNT_WORDS_SHIFT;
		const bool constant = g->constant[nr / 64] >> nr % 64 & 1;

		if (!constant && words != 0)
			counts[nr] |= count_way(words) << COUNT_WAY_SHIFT;
	}
}

/*
 * The row for calls of which BEGINS says what they are, and which have the values in DATA of the
 * words in the set WORDS. boot/count.S computes the same.
 */
static struct count_row *find_row(uint64_t begins, const struct seccomp_data *data, uint64_t words)
{
	uint64_t hash = begins;

	if (words & IP_BIT)
		hash += data->instruction_pointer;
	for (unsigned i = 0; i < 6; i++)
		if (words >> i & 1)
			hash = (hash << 3) + data->args[i];
	return &rows[hash * FACTOR >> (64 - COUNT_ROWS_SHIFT)];
}

/* Stores in *MATTERS the words of DATA that are in the set WORDS; 0 for the others. */
static void set_what_matters(struct seccomp_data *matters, const struct seccomp_data *data, uint64_t words)
{
	matters->nr = data->nr;
	matters->arch = data->arch;
	matters->instruction_pointer = words & IP_BIT ? data->instruction_pointer : 0;
	for (unsigned i = 0; i < 6; i++)
		matters->args[i] = words >> i & 1 ? data->args[i] : 0;
}

/* Memory is compared word by word: calls come here often. */
static bool is_same_call(const struct seccomp_data *a, const struct seccomp_data *b)
{
	uint64_t differs = (uint64_t)(a->nr ^ b->nr) | (a->arch ^ b->arch);

	differs |= a->instruction_pointer ^ b->instruction_pointer;
	for (unsigned i = 0; i < 6; i++)
		differs |= a->args[i] ^ b->args[i];
	return differs == 0;
}

void count_judged(const struct seccomp_data *data)
{
	const struct filter *stack = current->filter;
	const uint32_t nr = (uint32_t)data->nr;
	const uint64_t *of = NULL;
	uint64_t id = 0, words = 0;
	struct seccomp_data matters;
	struct count_row *row;

	if (stack != NULL) {
		id = stack->node.id;
		words = stack->words;
	}
	if (nr < SECCOMP_GATE_NRS && count_by_words(current->gate, nr)) {
		of = &gate_counts(current->gate)[nr];
		words = *of >> COUNT_WORDS_SHIFT & (2 * IP_BIT - 1);
	}
	set_what_matters(&matters, data, words);
	row = find_row(of != NULL ? (uint64_t)of : (id << 9) + nr, &matters, words);
	if (row->of != of || row->is.stack != id || !is_same_call(&row->is.data, &matters)) {
		report_row(row);
		row->of = of;
		row->is.stack = id;
		row->is.data = matters;
	} else if (of != NULL) {
		return; /* boot/count.S has counted it already */
	}
	row->is.calls++;
}

/* Reports what was counted through G, and sets those counts to 0. */
static void count_gate(struct gate *g)
{
	uint64_t *counts = gate_counts(g);
	struct event_count row = { .data.arch = AUDIT_ARCH_RISCV64, .stack = g->stack };

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		/* Calls that came to the judge, or whose arguments matter, are counted in rows. */
		if ((counts[nr] & COUNT_MASK) != 0 && gate_entry(g, nr) != gate_judge && !count_by_words(g, nr)) {
			row.data.nr = (int)nr;
			row.calls = counts[nr] & COUNT_MASK;
			report_count(&row, EVENT_CALL_CONSTANT | (g == &gate_strict ? EVENT_CALL_STRICT : 0));
		}
		counts[nr] &= ~COUNT_MASK;
	}
	for (size_t i = 0; i < COUNT_ROWS; i++)
		if (rows[i].of >= counts && rows[i].of < counts + SECCOMP_GATE_NRS)
			report_row(&rows[i]);
}

void count_end(void)
{
	count_gate(&gate_default);
	count_gate(&gate_strict);
	list_for_each(link, &task_all) {
		const struct task *t = container_of(link, struct task, all);

		if (t->gate != NULL)
			count_gate(t->gate);
		for (struct filter *f = t->filter; f != NULL; f = filter_of(f->node.prev))
			if (f->gate != NULL)
				count_gate(f->gate);
	}
	for (size_t i = 0; i < COUNT_ROWS; i++)
		report_row(&rows[i]);
}

const char *count_init(void)
{
	static const struct gate_counter counter = {
		.words = count_words,
		.made = count_set_words,
		.freed = count_gate,
	};

	rows = page_alloc(ROWS_ORDER);
	if (rows == NULL || !gate_make_room())
		return "no memory";
	memset(rows, 0, PAGE_SIZE << ROWS_ORDER);
	hart.count.rows = rows;
	hart.count.ways = count_ways;
	hart.count.factor = FACTOR;
	csr_write(stvec, trap_entry_counting);
	gate_counter = &counter;
	return NULL;
}
