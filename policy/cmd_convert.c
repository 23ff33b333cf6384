/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_convert.c - `portcullis convert`: a policy as a filter, or in another form. Nothing is
 * written that is not proved equal to the policy.
 */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "convert.h"
#include "run_stack.h"
#include "say.h"

bool is_proved(struct stack *stack, struct asker *asker, const struct policy *p, const struct sock_filter *insns,
	       uint32_t len)
{
	struct seccomp_data example = { 0 };

	switch (ask_compiled(asker, p, insns, len, &example)) {
	case ASK_YES:
		return true;
	case ASK_NO:
		complain("portcullis: %s: the compiled filter is WRONG, and is not used; please report this\n",
			 p->name);
		complain("    %s: the policy says %s, the filter %s\n", say_call(stack->arena, &example),
			 say_answer(stack->arena, policy_meaning(p, &example, NULL)),
			 say_answer(stack->arena, seccomp_run(insns, len, &example).ret));
		return false;
	case ASK_UNDECIDED:
		break;
	}
	complain("portcullis: %s: the solver could not prove the filter equal to the policy; it is not used\n",
		 p->name);
	return false;
}

const struct sock_filter *compile_proved(struct invocation *in, struct stack *stack, struct asker *asker,
					 const struct policy *p, uint32_t *len)
{
	const struct sock_filter *insns = compile_policy(stack, p, len);

	if (insns == NULL)
		notes_print(stderr, &in->notes, NOTE_ERROR);
	else if (asker != NULL && !is_proved(stack, asker, p, insns, *len))
		return NULL;
	return insns;
}

static const struct {
	const char *name;
	bool (*write)(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns,
		      uint32_t len);
	bool several; /* a file may hold several filters */
} forms[] = {
	{ "raw", convert_raw, false },	 /* an array of struct sock_filter */
	{ "c", convert_c, true },	 /* a C program's array and sock_fprog */
	{ "h", convert_h, false },	 /* the same as a header with an include guard */
	{ "asm", convert_asm, false },	 /* assembler text */
	{ "json", convert_json, false }, /* an OCI profile */
	{ "pfc", convert_pfc, true },	 /* pseudo filter code, for people */
};

static bool find_form(const char *name, size_t *form)
{
	for (*form = 0; *form < sizeof(forms) / sizeof(forms[0]); (*form)++)
		if (strcmp(forms[*form].name, name) == 0)
			return true;
	return false;
}

/* Compiles, proves and writes one policy. */
static enum status convert_one(struct invocation *in, struct stack *stack, struct asker *asker, const struct policy *p,
			       size_t form)
{
	uint32_t len;
	const struct sock_filter *insns = compile_proved(in, stack, asker, p, &len);

	if (insns == NULL)
		return in->notes.errors > 0 ? STATUS_BAD : STATUS_UNDECIDED;
	if (!forms[form].write(in->out, stack, p, insns, len)) {
		notes_print(stderr, &in->notes, NOTE_ERROR);
		return STATUS_BAD;
	}
	if (option(in, "quiet") == NULL && p->program == NULL)
		complain("%s: %" PRIu32 " instructions, proved equal to the policy for every call\n", p->name, len);
	return STATUS_YES;
}

static enum status unknown_form(const struct invocation *in, const char *to)
{
	return bad_usage(in, "--to %s: no such form; there are raw, c, h, asm, json, pfc", to);
}

enum status convert_policy(struct invocation *in, struct stack *stack, const struct policy *p, const char *to)
{
	enum status status;
	struct asker asker;
	size_t form;

	if (!find_form(to, &form))
		return unknown_form(in, to);
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = convert_one(in, stack, &asker, p, form);
	return ask_end(&asker, status, stack, NULL);
}

static enum status convert_to(struct invocation *in, const char *to)
{
	struct stack stack = new_stack(in);
	enum status status;
	struct asker asker;
	size_t form;

	if (!find_form(to, &form))
		return unknown_form(in, to);
	if (in->n_operands == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a POLICY is wanted");
	if (!read_stack(in, &stack, 0, in->n_operands))
		return STATUS_BAD;
	if (forms[form].write == convert_raw && option(in, "output") == NULL && isatty(STDOUT_FILENO))
		return bad_usage(in, "-o FILE is wanted, or --to=asm: bytes are not for a terminal");
	if (stack.depth > 1 && !forms[form].several)
		return bad_usage(
			in, "these are %u filters, one installed after the other; --select=NAME picks one of a file",
			stack.depth);
	status = ask_begin(in, &asker);
	for (const struct policy *p = stack.oldest; p != NULL && status == STATUS_YES; p = p->newer)
		status = convert_one(in, &stack, &asker, p, form);
	return ask_end(&asker, status, &stack, NULL);
}

static enum status run_convert(struct invocation *in)
{
	return convert_to(in, option(in, "to") != NULL ? option(in, "to") : "raw");
}

static enum status run_asm(struct invocation *in)
{
	return convert_to(in, "raw");
}

static const struct option_row convert_options[] = {
	{ 't', "to", "FORM", "raw, c, h, asm, json or pfc (raw)" },
	{ 0 },
};

const struct command command_convert = {
	.name = "convert",
	.operands = "POLICY [-o FILE]",
	.summary = "a policy as a filter, or in another form",
	.details = "Compiles POLICY for riscv64 and writes it as FORM: raw (an array of struct\n"
		   "sock_filter, as -f takes it), c, h (arrays of C), asm (assembler text), json (an\n"
		   "OCI profile), pfc (pseudo filter code, for people). What is written has been\n"
		   "proved equal to the policy for all numbers, architectures and arguments; else\n"
		   "nothing is written, and the status is 3.\n",
	.options = convert_options,
	.reads = true,
	.run = run_convert,
};

const struct command command_asm = {
	.name = "asm",
	.operands = "TEXT [-o FILE]",
	.summary = "assembler text as a raw filter; disasm --text writes such text",
	.details = "Assembles TEXT, checks it as Linux would, and writes the instructions as an\n"
		   "array of struct sock_filter. The same as convert. TEXT is one instruction a\n"
		   "line, with LABEL: before it where one jumps to; comments are ; // and /* */\n"
		   "    ld [nr]                   what is judged: [arch] [ip.lo] [args[0].lo] ...\n"
		   "    ld #5, ldx #5, tax, txa   numbers: also #openat, #O_RDWR, #EPERM\n"
		   "    st M[0], ld M[0]          sixteen words of memory\n"
		   "    jeq #write, yes, no       also jgt jge jset; where A goes on: `next` is the\n"
		   "    ja end                    line that follows, `ja` goes always\n"
		   "    and #0xff, add x          add sub mul div or and xor lsh rsh neg\n"
		   "    ret ALLOW                 ERRNO(EPERM) KILL_PROCESS KILL_THREAD TRAP LOG\n"
		   "                              TRACE USER_NOTIF; ret a\n"
		   "`show TEXT CALL --path` steps through it; -f TEXT runs a program under it.\n",
	.reads = true,
	.run = run_asm,
};
