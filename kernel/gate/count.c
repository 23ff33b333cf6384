/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.c - see count.h.
 */
#include "count.h"

#include <string.h>

#include <abi/audit.h>

#include "events.h"
#include "filter.h"
#include "page.h"
#include "riscv.h"
#include "task.h"

#define ROWS_ORDER 3
#define ROWS ((PAGE_SIZE << ROWS_ORDER) / sizeof(struct event_count))
#define IP_BIT 64U

static struct event_count *rows; /* by hash of the call; calls == 0: a free row. NULL: nothing is counted */

bool counting(void)
{
	return rows != NULL;
}

const char *count_init(void)
{
	rows = page_alloc(ROWS_ORDER);
	if (rows == NULL || !gate_make_room())
		return "no memory";
	memset(rows, 0, PAGE_SIZE << ROWS_ORDER);
	csr_write(stvec, trap_entry_counting);
	return NULL;
}

static void report_row(const struct event_count *row, unsigned flags)
{
	event_begin(EVENT_COUNT, flags, sizeof(*row));
	event_put(row, sizeof(*row));
	event_end();
}

uint8_t count_words(const struct filter *f)
{
	const struct seccomp_program *p = f->node.program;
	const struct filter *below = filter_of(f->node.prev);
	uint8_t words = below == NULL ? 0 : below->words;

	for (uint32_t i = 0; i < p->len; i++) {
		const uint32_t at = p->insns[i].k;

		if (p->insns[i].code != (BPF_LD | BPF_W | BPF_ABS))
			continue;
		if (at >= offsetof(struct seccomp_data, args))
			words |= (uint8_t)(1U << (at - offsetof(struct seccomp_data, args)) / 8);
		else if (at >= offsetof(struct seccomp_data, instruction_pointer))
			words |= IP_BIT;
	}
	return words;
}

void count_judged(const struct seccomp_data *data)
{
	const struct filter *stack = current->filter;
	const uint8_t words = stack == NULL ? 0 : stack->words;
	struct event_count call = {
		.data = { .nr = data->nr, .arch = data->arch },
		.stack = stack == NULL ? 0 : stack->node.id,
	};
	uint64_t hash = call.stack << 9 ^ (uint64_t)data->nr;
	struct event_count *row;

	for (unsigned i = 0; i < 6; i++)
		if (words >> i & 1) {
			call.data.args[i] = data->args[i];
			hash = hash * 31 + data->args[i];
		}
	if (words & IP_BIT)
		call.data.instruction_pointer = data->instruction_pointer;
	row = &rows[(hash ^ hash >> 16) % ROWS];
	if (row->stack != call.stack || memcmp(&row->data, &call.data, sizeof(call.data)) != 0) {
		if (row->calls != 0)
			report_row(row, 0);
		*row = call;
	}
	row->calls++;
}

void count_gate(struct gate *g)
{
	uint64_t *counts = gate_counts(g);
	struct event_count row = { .data.arch = AUDIT_ARCH_RISCV64, .stack = g->stack };

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		/* Calls that came to the judge are counted in rows. */
		if (counts[nr] != 0 && gate_entry(g, nr) != gate_judge) {
			row.data.nr = (int)nr;
			row.calls = counts[nr];
			report_row(&row, EVENT_CALL_CONSTANT | (g == &gate_strict ? EVENT_CALL_STRICT : 0));
		}
		counts[nr] = 0;
	}
}

void count_end(unsigned status)
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
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].calls != 0)
			report_row(&rows[i], 0);
	events_end(status);
}
