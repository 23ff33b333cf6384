/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_sim.c - `portcullis sim`: a stack's verdict on calls, as the kernel's verdict line has it.
 */
#include "explain.h"
#include "action_words.h"
#include "call_names.h"
#include "show.h"

static void put_stream(void *arg, const char *text, size_t n)
{
	fwrite(text, 1, n, arg);
}

static enum status simulate_call(struct invocation *in, const struct run_stack *run, struct asker *asker, uint32_t arch,
				 const char *text)
{
	struct query q;
	struct seccomp_verdict v;

	if (!query_parse_of(&in->arena, &in->notes, text, arch, &q)) {
		notes_print(stderr, &in->notes, NOTE_ERROR);
		return STATUS_BAD;
	}
	v = seccomp_evaluate(run->newest, 0, &q.data);
	seccomp_explain(put_stream, in->out, run->newest, 0, &q.data, seccomp_syscall_name);
	fputc('\n', in->out);
	if (show_depends(asker, &in->arena, run, &q))
		fputs("    depends on arguments that were not given: this is the answer where they are 0\n", in->out);
	return action_runs(v.ret) ? STATUS_YES : STATUS_NO;
}

static enum status run_sim(struct invocation *in)
{
	struct stack stack = new_stack(in);
	int calls = in->n_operands;
	struct run_stack run;
	struct asker asker;
	enum status status, one;
	uint32_t arch;

	while (calls > 0 && query_likely(in->operands[calls - 1]))
		calls--;
	if (calls == in->n_operands)
		return bad_usage(in, "a CALL is wanted");
	if (!read_stack(in, &stack, 0, calls))
		return STATUS_BAD;
	arch = show_arch(in, &stack);
	if (arch == 0)
		return bad_usage(in, "--arch %s: riscv64, x86_64, i386 or aarch64", option(in, "arch"));
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &stack, &asker, &run);
	for (int i = calls; i < in->n_operands && status != STATUS_BAD && status != STATUS_UNDECIDED; i++) {
		one = simulate_call(in, &run, &asker, arch, in->operands[i]);
		status = one > status ? one : status;
	}
	return ask_end(&asker, status, &stack, NULL);
}

static const struct option_row sim_options[] = {
	{ 0, "arch", "NAME", "a call of riscv64, x86_64, i386 or aarch64 (that for which a filter is made)" },
	{ 0 },
};

const struct command command_sim = {
	.name = "sim",
	.operands = "POLICY... CALL...",
	.summary = "the verdict line that the kernel would write for a call",
	.details = "Compiles the POLICYs, oldest first, and prints for each CALL what the kernel's\n"
		   "verdict line would say: the answer, the filter and instruction that gave it, and\n"
		   "what every filter said, newest first. Arguments that are not given are 0; where\n"
		   "the answer depends on them, that is told. Status 0 if all calls run, else 1.\n",
	.options = sim_options,
	.reads = true,
	.run = run_sim,
};
