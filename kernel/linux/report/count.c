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
		const uint64_t words = counts[nr] >> COUNT_WORDS_SHIFT, more = words & (words - 1);
		const bool constant = g->constant[nr / 64] >> nr % 64 & 1;

		/* Only one or two arguments decide: boot/count.S can count by itself. */
		if (!constant && words != 0 && words < IP_BIT && (more & (more - 1)) == 0)
			counts[nr] |= words * 16 << COUNT_WAY_SHIFT;
	}
}

/* The row for calls that have all of these in common. boot/count.S computes the same. */
static struct count_row *find_row(uint64_t gate, uint64_t nr, uint64_t word0, uint64_t word1)
{
	const uint64_t hash = (((gate >> (PAGE_SHIFT + 1)) + nr) << 3) + word0 + (word1 << 4);

	return &rows[(hash ^ hash >> 11) % COUNT_ROWS];
}

/*
 * Makes ROW a row for calls like DATA; WORDS are the words of DATA that matter. Calls that ROW has
 * counted so far are reported first.
 */
static void begin_row(struct count_row *row, const struct seccomp_data *data, uint64_t words)
{
	report_row(row);
	row->is.data.nr = data->nr;
	row->is.data.arch = data->arch;
	row->is.stack = current->filter == NULL ? 0 : current->filter->node.id;
	for (unsigned i = 0; i < 6; i++)
		if (words >> i & 1)
			row->is.data.args[i] = data->args[i];
	if (words & IP_BIT)
		row->is.data.instruction_pointer = data->instruction_pointer;
}

/*
 * Counts a call whose answer depends on one or two arguments. If it has a row, boot/count.S has
 * counted it already.
 */
static void count_by_row(const struct seccomp_data *data, uint64_t words)
{
	const uint64_t gate = (uint64_t)current->gate->entries, nr = (uint64_t)(uint32_t)data->nr;
	uint64_t word[2] = { 0 };
	struct count_row *row;
	unsigned n = 0;

	for (unsigned i = 0; i < 6; i++)
		if (words >> i & 1)
			word[n++] = data->args[i];
	row = find_row(gate, nr, word[0], word[1]);
	if (row->gate == gate && row->nr == nr && memcmp(row->word, word, sizeof(word)) == 0)
		return;
	begin_row(row, data, words);
	row->gate = gate;
	row->nr = nr;
	memcpy(row->word, word, sizeof(word));
	row->is.calls = 1;
}

void count_judged(const struct seccomp_data *data)
{
	const struct filter *stack = current->filter;
	const uint64_t words = stack == NULL ? 0 : stack->words;
	const uint32_t nr = (uint32_t)data->nr;
	struct count_row call = { 0 };
	uint64_t hash = 0;
	struct count_row *row;

	if (nr < SECCOMP_GATE_NRS && count_by_words(current->gate, nr)) {
		count_by_row(data, gate_counts(current->gate)[nr] >> COUNT_WORDS_SHIFT & 63);
		return;
	}
	/* boot/count.S cannot count this call: its row is found by all words that matter. */
	begin_row(&call, data, words);
	for (unsigned i = 0; i < 6; i++)
		hash = hash * 31 + call.is.data.args[i];
	row = find_row(0, nr, call.is.stack, hash);
	if (row->gate != 0 || row->is.stack != call.is.stack ||
	    memcmp(&row->is.data, &call.is.data, sizeof(call.is.data)) != 0)
		begin_row(row, data, words);
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
		if (rows[i].gate == (uint64_t)g->entries)
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
	csr_write(stvec, trap_entry_counting);
	gate_counter = &counter;
	return NULL;
}
