/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_names.c - `portcullis names`: numbers and names of calls, and values of constants.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "command.h"
#include "constants.h"
#include "foreign.h"
#include "systemd.h"

static void print_call(FILE *to, const struct call *c)
{
	fprintf(to, "%3" PRIu32 " %s(", c->nr, c->name);
	for (unsigned int i = 0; i < c->nargs; i++)
		fprintf(to, "%s%s", i > 0 ? ", " : "", c->args[i].name);
	fprintf(to, ")%s%s\n", c->since != NULL ? "  since Linux " : "", c->since != NULL ? c->since : "");
}

/* What riscv64 has in place of a call that it has not, or what is most like the name. */
static void print_unknown(struct invocation *in, uint32_t arch, const char *word)
{
	const size_t n = strlen(word);
	const char *instead = call_instead(word, n), *advice = call_advice(&in->arena, word, n);

	if (arch != AUDIT_ARCH_RISCV64)
		fprintf(in->out, "%s: no call of %s, and no constant\n", word, seccomp_arch_name(arch));
	else if (instead != NULL)
		fprintf(in->out, "%s: riscv64 has no such call%s%s\n", word,
			*instead != '\0' ? "; C libraries call in its place: " : "", instead);
	else
		fprintf(in->out, "%s: no such call or constant%s%s\n", word, advice != NULL ? "; " : "",
			advice != NULL ? advice : "");
}

static void print_member(void *arg, const struct call *call)
{
	print_call(arg, call);
}

/* Names or numbers; false if there is no such thing. */
static bool look_up(struct invocation *in, uint32_t arch, const char *word)
{
	const struct call *call;
	size_t bad, length;
	uint64_t value;

	word += call_prefix(word, strlen(word));
	call = arch_call_by_name(arch, word, strlen(word));
	if (call == NULL && isdigit((unsigned char)*word)) {
		if (constant_evaluate(word, strlen(word), &value, &bad, &length) == NULL && value <= UINT32_MAX)
			call = arch_call(arch, (uint32_t)value);
		if (call == NULL)
			fprintf(in->out, "%s: %s has no call of that number\n", word, seccomp_arch_name(arch));
	}
	if (call != NULL) {
		print_call(in->out, call);
		return true;
	}
	if (arch == AUDIT_ARCH_RISCV64 && systemd_is_group(word, strlen(word))) {
		fprintf(in->out, "%s, as systemd %d has it:\n", word, SYSTEMD_FIRST);
		systemd_each_call(SYSTEMD_FIRST, word, strlen(word), print_member, in->out);
		return true;
	}
	if (!isdigit((unsigned char)*word) && constant_evaluate(word, strlen(word), &value, &bad, &length) == NULL) {
		fprintf(in->out, "%s = 0x%" PRIx64 " (%" PRId64 ")\n", word, value, (int64_t)value);
		return true;
	}
	if (!isdigit((unsigned char)*word))
		print_unknown(in, arch, word);
	return false;
}

static enum status run_names(struct invocation *in)
{
	const char *name = option(in, "arch") != NULL ? option(in, "arch") : "riscv64";
	const uint32_t arch = arch_by_name(name, strlen(name));
	enum status status = STATUS_YES;
	size_t n;
	const struct call *calls = arch_calls(arch, &n);

	if (arch == 0)
		return bad_usage(in, "--arch %s: riscv64, x86_64, i386 or aarch64", name);

	for (size_t i = 0; in->n_operands == 0 && i < n; i++)
		print_call(in->out, &calls[i]);
	for (int i = 0; i < in->n_operands; i++)
		if (!look_up(in, arch, source_shown_text(&in->arena, in->operands[i])))
			status = STATUS_NO;
	return status;
}

static const struct option_row names_options[] = {
	{ 'a', "arch", "NAME", "calls of riscv64, x86_64, i386 or aarch64 (riscv64)" },
	{ 0 },
};

const struct command command_names = {
	.name = "names",
	.operands = "[NAME | NUMBER | CONSTANT | @GROUP...]",
	.summary = "numbers and arguments of calls, values of constants",
	.details = "Prints the calls of those names or numbers with their arguments, and since which\n"
		   "Linux they exist if that is newer than 6.1; for a constant (also several with |\n"
		   "between them) its value; for a group of systemd's, as @clock, its calls. Alone:\n"
		   "all calls.\n",
	.options = names_options,
	.run = run_names,
};
