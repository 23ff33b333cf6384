/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm_insn.c - one line of assembler text to an instruction: names become numbers, labels
 * distances, and seccomp_assemble() reads the rest.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "action_words.h"
#include "asm.h"
#include "build.h"
#include "disasm.h"

/* The distance of a jump, by a label or a number; at most MAX. */
static bool jump_distance(struct assembler *a, struct place to, size_t pc, uint32_t max, uint32_t *skip)
{
	struct notes *notes = a->scan.stack->notes;
	const char *text = to.source->text + to.offset;
	uint64_t value = 0;
	const char *hint = "";

	if (place_is_caseless(to, "next")) {
		value = 0;
	} else if (isdigit((unsigned char)*text)) {
		if (!scan_value(a->scan.stack, to, &value))
			return false;
	} else {
		size_t i = 0;

		while (i < a->n_labels && !asm_same(a->labels[i].name, to))
			i++;
		if (i == a->n_labels)
			return note_error(notes, to, "write it in front of the instruction meant, with a colon",
					  "there is no label %.*s", (int)to.length, text);
		if (a->labels[i].pc <= pc)
			return note_error(notes, to, "put the target below",
					  "a filter only jumps forward, and %.*s is above", (int)to.length, text);
		value = a->labels[i].pc - pc - 1;
		hint = "let it jump to a nearer `ja`";
	}
	if (value > max)
		return note_error(notes, to, hint, "skips %llu instructions, and a jump as this one skips at most %u",
				  (unsigned long long)value, (unsigned int)max);
	*skip = (uint32_t)value;
	return true;
}

/* A number, or names of constants: "#openat|3", or without the #. */
static bool take_asm_number(struct assembler *a, struct place at, uint32_t *value)
{
	const char *text = at.source->text + at.offset;
	const struct call *call;
	uint64_t wide = 0;
	size_t prefix;

	if (*text == '#' && at.length > 1) {
		at.offset++;
		at.length--;
		text++;
	}
	prefix = call_prefix(text, at.length);
	at.offset += (uint32_t)prefix;
	at.length -= (uint32_t)prefix;
	text += prefix;
	call = call_by_name(text, at.length);
	if (call != NULL) {
		*value = call->nr;
		return true;
	}
	if (call_instead(text, at.length) != NULL)
		return note_error(
			a->scan.stack->notes, at,
			arena_print(a->scan.stack->arena, "C libraries call %s",
				    call_instead(arena_copy(a->scan.stack->arena, text, at.length), at.length)),
			"riscv64 has no call %.*s", (int)at.length, text);
	if (!scan_value(a->scan.stack, at, &wide))
		return false;
	if (wide > UINT32_MAX && wide < (uint64_t)INT32_MIN)
		return note_error(a->scan.stack->notes, at, "compare the halves of an argument one after the other",
				  "a number in a filter has 32 bits");
	*value = (uint32_t)wide;
	return true;
}

/* "[args[1].hi]" as a byte of seccomp_data. */
static bool offset_of(struct assembler *a, struct place at, uint32_t *k)
{
	const char *text = arena_copy(a->scan.stack->arena, at.source->text + at.offset, at.length);
	unsigned int arg = 0;
	int n = 0;

	if (place_is_caseless(at, "[nr]") || place_is_caseless(at, "[arch]")) {
		*k = place_is_caseless(at, "[nr]") ? SECCOMP_NR : SECCOMP_ARCH;
		return true;
	}
	if (place_is_caseless(at, "[ip]") || place_is_caseless(at, "[ip.lo]") || place_is_caseless(at, "[ip.hi]")) {
		*k = place_is_caseless(at, "[ip.hi]") ? SECCOMP_IP_HI : SECCOMP_IP_LO;
		return true;
	}
	if (sscanf(text, "[args[%1u]%n", &arg, &n) == 1 && n > 0 && arg < 6) {
		*k = SECCOMP_ARG0_LO + 8 * arg + (strcmp(text + n, ".hi]") == 0 ? 4 : 0);
		if (strcmp(text + n, ".hi]") == 0 || strcmp(text + n, ".lo]") == 0 || strcmp(text + n, "]") == 0)
			return true;
	}
	if (isdigit((unsigned char)text[1]) && text[strlen(text) - 1] == ']') {
		struct place digits = source_place(at.source, at.offset + 1, at.length - 2);

		return take_asm_number(a, digits, k);
	}
	return note_error(a->scan.stack->notes, at, "[nr], [arch], [ip.lo], [ip.hi], [args[0].lo] to [args[5].hi]",
			  "nothing of seccomp_data is called %s", text);
}

static const char *answers_hint(struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const uint32_t ret = action_words[i].ret;

		text = arena_print(arena, "%s%s%s, ", text, seccomp_action_name(ret),
				   ret == SECCOMP_RET_ERRNO ? "(EPERM)" : "");
	}
	return arena_print(arena, "%sa or #0x7fff0000", text);
}

/* "ERRNO(EPERM)", "allow", "a", "#0x7fff0000" as seccomp_assemble() has it. */
static const char *take_ret_operand(struct assembler *a, struct place at)
{
	struct arena *arena = a->scan.stack->arena;
	const char *text = arena_copy(arena, at.source->text + at.offset, at.length);
	const char *paren = strchr(text, '(');
	uint32_t value;

	if (place_is_caseless(at, "a"))
		return "a";
	/* As <linux/seccomp.h> has it. */
	if (place_is_caseless(at, "kill"))
		return "KILL_THREAD";
	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const char *name = seccomp_actions[i].name;
		const size_t n = strlen(name);
		uint32_t data = 0;

		if (strncasecmp(text, name, n) != 0 || (text[n] != '\0' && text[n] != '('))
			continue;
		if (paren != NULL && text[at.length - 1] != ')') {
			note_error(a->scan.stack->notes, at, "ERRNO(EPERM)", "a bracket is not closed");
			return NULL;
		}
		if (paren != NULL &&
		    !scan_errno(a->scan.stack, source_place(at.source, at.offset + n + 1, at.length - n - 2),
				SECCOMP_RET_DATA, &data))
			return NULL;
		return arena_print(arena, "%s(%u)", name, (unsigned int)data);
	}
	if (text[0] != '#' && strncmp(text, "SECCOMP_RET_", 12) != 0 && !isdigit((unsigned char)text[0])) {
		note_error(a->scan.stack->notes, at, answers_hint(arena), "no such answer: %s", text);
		return NULL;
	}
	return take_asm_number(a, at, &value) ? arena_print(arena, "#%#x", (unsigned int)value) : NULL;
}

/* An operand of anything but jumps and returns. */
static const char *take_operand(struct assembler *a, struct place at)
{
	const char *text = arena_copy(a->scan.stack->arena, at.source->text + at.offset, at.length);
	uint32_t value;

	if (text[0] == '[')
		return offset_of(a, at, &value) ? arena_print(a->scan.stack->arena, "[%u]", (unsigned int)value) : NULL;
	if (text[0] == '#')
		return take_asm_number(a, at, &value) ? arena_print(a->scan.stack->arena, "#%#x", (unsigned int)value)
						      : NULL;
	return text;
}

/* jne, jlt and jle are jeq, jge and jgt with the targets exchanged. */
static const struct {
	const char *name, *is;
	bool swapped;
} jumps[] = {
	{ "jeq", "jeq", false }, { "jgt", "jgt", false }, { "jge", "jge", false }, { "jset", "jset", false },
	{ "jne", "jeq", true },	 { "jneq", "jeq", true }, { "jlt", "jge", true },  { "jle", "jgt", true },
};

static const char *assemble_jump(struct assembler *a, size_t pc, const struct asm_line *l, size_t kind)
{
	struct arena *arena = a->scan.stack->arena;
	uint32_t yes, no = 0, value = 0;
	const char *with = "x";

	if (l->n < 2 || l->n > 3) {
		note_error(a->scan.stack->notes, l->mnemonic, "jeq #1, target if so, target if not",
			   "a jump compares with one value and has one or two targets");
		return NULL;
	}
	if (!place_is_caseless(l->operands[0], "x") && !place_is_caseless(l->operands[0], "%x")) {
		if (!take_asm_number(a, l->operands[0], &value))
			return NULL;
		with = arena_print(arena, "#%#x", (unsigned int)value);
	}
	if (!jump_distance(a, l->operands[1], pc, UINT8_MAX, &yes) ||
	    (l->n == 3 && !jump_distance(a, l->operands[2], pc, UINT8_MAX, &no)))
		return NULL;
	return arena_print(arena, "%s %s, %u, %u", jumps[kind].is, with, (unsigned int)(jumps[kind].swapped ? no : yes),
			   (unsigned int)(jumps[kind].swapped ? yes : no));
}

static const char *assemble_plain(struct assembler *a, size_t pc, const struct asm_line *l)
{
	struct arena *arena = a->scan.stack->arena;
	const char *text = "";
	uint32_t skip;

	if ((place_is_caseless(l->mnemonic, "ja") || place_is_caseless(l->mnemonic, "jmp")) && l->n == 1)
		return jump_distance(a, l->operands[0], pc, UINT32_MAX, &skip)
			       ? arena_print(arena, "ja %u", (unsigned int)skip)
			       : NULL;
	if (place_is_caseless(l->mnemonic, "ret") && l->n == 1) {
		text = take_ret_operand(a, l->operands[0]);
		return text != NULL ? arena_print(arena, "ret %s", text) : NULL;
	}
	for (unsigned int i = 0; i < l->n; i++) {
		const char *one = take_operand(a, l->operands[i]);

		if (one == NULL)
			return NULL;
		text = arena_print(arena, "%s%s %s", text, i > 0 ? "," : "", one);
	}
	text = arena_print(arena, "%.*s%s", (int)l->mnemonic.length, l->mnemonic.source->text + l->mnemonic.offset,
			   text);
	return text;
}

bool asm_insn(struct assembler *a, size_t pc, struct sock_filter *insn)
{
	const struct asm_line *l = &a->lines[pc];
	const char *text = NULL;
	bool is_jump = false;

	for (size_t i = 0; i < sizeof(jumps) / sizeof(jumps[0]); i++) {
		if (!place_is_caseless(l->mnemonic, jumps[i].name))
			continue;
		text = assemble_jump(a, pc, l, i);
		is_jump = true;
	}
	if (!is_jump)
		text = assemble_plain(a, pc, l);
	if (text == NULL)
		return false;
	if (seccomp_assemble(insn, text) != 0)
		return note_error(
			a->scan.stack->notes, a->places[pc],
			"as in: ld [nr]; ld [args[0].lo]; ld #1; ld M[0]; st M[0]; add #1; jeq #openat, yes, no; ja end; ret ALLOW",
			"this is no instruction");
	return true;
}
