/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * verdict_line.c - the verdict line, which --explain prints on the console: what the filters, or
 * mode strict, decided about a call.
 *
 * Called by the judge before it acts. The line needs no memory and is never lost: it goes to the
 * console piece by piece, and the kernel is not preempted between the pieces.
 */
#include <string.h>

#include <abi/seccomp.h>

#include "console.h"
#include "explain.h"
#include "filter.h"
#include "names.h"
#include "report.h"
#include "task.h"
#include "words.h"

static void write_piece(void *unused, const char *text, size_t n)
{
	(void)unused;
	console_write(text, n);
}

/* The rest of the line for a verdict of mode strict, which has no filters to name. */
static void explain_strict(const struct seccomp_data *data)
{
	uint32_t nargs;
	const char *name = words_call(data->nr, &nargs);

	if (name != NULL)
		printk("%s(", name);
	else
		printk("syscall_%d(", data->nr);
	for (uint32_t i = 0; i < nargs; i++)
		printk("%s0x%lx", i == 0 ? "" : ", ", (unsigned long)data->args[i]);
	printk(") nr=%d ip=0x%lx -> SIGKILL of this thread by mode strict\n", data->nr,
	       (unsigned long)data->instruction_pointer);
}

void words_explain(const struct seccomp_data *data)
{
	const struct filter *f = current->filter;

	printk("seccomp: pid=%u tid=%u comm=", current->group->id, current->tid);
	console_untrusted(current->comm, strlen(current->comm));
	printk(" ");
	if (current->seccomp_mode == SECCOMP_MODE_STRICT) {
		explain_strict(data);
		return;
	}
	seccomp_explain(write_piece, NULL, f == NULL ? NULL : &f->node, current->seccomp_self, data, words_call);
	printk("\n");
}

void words_not_installed(int err, const char *why, uint32_t pc)
{
	printk("seccomp: pid=%u tid=%u: a filter is not installed: errno %d: ", current->group->id, current->tid, err);
	if (pc != EVENT_NO_PC)
		printk("instruction %u: ", pc);
	printk("%s\n", why);
}
