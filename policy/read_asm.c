/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_asm.c - assembler text: one instruction a line, as disasm.h has them, and beside that
 *
 *	label:		before an instruction, or a line of its own; `next` is the line that follows
 *	1:, 0001:	a number in front of a listing's line, which must be its own
 *	[nr] [arch] [ip.lo] [args[2].hi] [args[2]]	for what is loaded
 *	#openat #AUDIT_ARCH_RISCV64 #O_RDWR|O_CREAT	for numbers
 *	jeq #1, yes	with one target: else the next line; jne, jlt and jle; jmp for ja
 *	ret errno(EPERM), ret #SECCOMP_RET_ALLOW
 *	; // #		comments to the end of the line (# at its start only)
 * and comments as C has them.
 */
#include <ctype.h>
#include <string.h>

#include "asm.h"
#include "disasm.h"
#include "read.h"

bool asm_same(struct place a, struct place b)
{
	return a.length == b.length && memcmp(a.source->text + a.offset, b.source->text + b.offset, a.length) == 0;
}

static bool at_comment(const struct scan *s)
{
	const char c = scan_peek(s, 0);

	return c == ';' || (c == '/' && scan_peek(s, 1) == '/');
}

/* To behind a comment of several lines, if one begins here and ends. */
static bool skip_comment(struct scan *s)
{
	const char *text = s->source->text, *end;

	if (scan_peek(s, 0) != '/' || scan_peek(s, 1) != '*')
		return false;
	end = memmem(text + s->at + 2, s->end - s->at - 2, "*/", 2);
	if (end == NULL)
		return false;
	s->at = (size_t)(end - text) + 2;
	return true;
}

/* The source with blanks for such comments. */
static const struct source *without_comments(struct arena *arena, const struct source *source)
{
	struct source *blank = arena_zalloc(arena, sizeof(*blank));
	char *text = arena_copy(arena, source->text, source->size);
	struct scan s = { NULL, source, 0, source->size };
	bool begins = true; /* only blanks have been on the line */

	while (s.at < s.end) {
		const size_t from = s.at;

		if (skip_comment(&s)) {
			for (size_t i = from; i < s.at; i++)
				text[i] = text[i] == '\n' ? '\n' : ' ';
		} else if (at_comment(&s) || (begins && scan_peek(&s, 0) == '#')) {
			scan_skip_line(&s);
			begins = true;
		} else {
			begins = text[from] == '\n' || (begins && isspace((unsigned char)text[from]));
			s.at++;
		}
	}
	*blank = *source;
	blank->text = text;
	return blank;
}

static bool at_end(const struct scan *s)
{
	return scan_peek(s, 0) == '\n' || scan_peek(s, 0) == '\0' || at_comment(s);
}

/* An operand ends at a comma outside brackets. */
static struct place take_operand(struct scan *s)
{
	const size_t from = s->at;
	unsigned int depth = 0;

	while (!at_end(s) && (depth > 0 || scan_peek(s, 0) != ',')) {
		depth += scan_peek(s, 0) == '(' || scan_peek(s, 0) == '[';
		depth -= depth > 0 && (scan_peek(s, 0) == ')' || scan_peek(s, 0) == ']');
		s->at++;
	}
	return place_trimmed(source_place(s->source, from, s->at - from));
}

static bool add_label(struct assembler *a, struct place name)
{
	const char *text = name.source->text + name.offset;
	struct asm_label *l;

	if (isdigit((unsigned char)*text)) {
		uint64_t number = 0;

		if (strspn(text, "0123456789") != name.length)
			return note_error(a->scan.stack->notes, name, "a letter first", "a label is no number");
		for (size_t i = 0; i < name.length && number < BPF_MAXINSNS; i++)
			number = number * 10 + (uint64_t)(text[i] - '0');
		if (number == a->n)
			return true;
		return note_error(a->scan.stack->notes, name, "drop the numbers, or list every instruction",
				  "this is instruction %zu", a->n);
	}
	for (size_t i = 0; i < a->n_labels; i++)
		if (asm_same(a->labels[i].name, name))
			return note_error(a->scan.stack->notes, name, "give one of them another name",
					  "the label %.*s is there twice", (int)name.length, text);
	a->labels = arena_grow(a->scan.stack->arena, a->labels, a->n_labels, 1, sizeof(*l), &a->room_labels);
	a->labels[a->n_labels++] = (struct asm_label){ name, (uint32_t)a->n };
	return true;
}

/* Splits one line into labels, mnemonic and operands. */
static bool split_line(struct assembler *a)
{
	struct scan *s = &a->scan;
	struct asm_line line = { .n = 0 };
	size_t from;

	scan_skip_blanks(s);
	if (scan_peek(s, 0) == '#') {
		scan_skip_line(s);
		return true;
	}
	for (;;) {
		from = s->at;
		if (at_end(s)) {
			scan_skip_line(s);
			return true;
		}
		if (scan_take(s, "/*"))
			return note_error(s->stack->notes, source_place(s->source, from, 2), "*/",
					  "the comment does not end");
		if (scan_take_name(s, ".") == 0)
			return scan_error(s, "an instruction as `ld [nr]`, or a label as `deny:`",
					  "no instruction begins so");
		line.mnemonic = scan_place(s, from);
		scan_skip_blanks(s);
		if (!scan_take(s, ":"))
			break;
		if (!add_label(a, line.mnemonic))
			return false;
		scan_skip_blanks(s);
	}
	while (!at_end(s)) {
		if (line.n == 4)
			return scan_error(s, "", "no instruction has as many operands");
		line.operands[line.n++] = take_operand(s);
		if (scan_take(s, ","))
			scan_skip_blanks(s);
	}
	a->lines = arena_grow(s->stack->arena, a->lines, a->n, 1, sizeof(line), &a->room);
	a->places = arena_grow(s->stack->arena, a->places, a->n, 1, sizeof(*a->places), &a->room_places);
	a->places[a->n] = source_place(s->source, line.mnemonic.offset,
				       line.n > 0 ? line.operands[line.n - 1].offset +
							    line.operands[line.n - 1].length - line.mnemonic.offset
						  : line.mnemonic.length);
	a->lines[a->n++] = line;
	scan_skip_line(s);
	return true;
}

/* Lines that are instructions, and lines that are not. Looks no further than 64 lines. */
static unsigned int recognise_asm(const struct source *source)
{
	static const char *const mnemonics[] = { "ld",	"ldx", "ldh",  "ldb", "st",  "stx", "jeq", "jne", "jgt",  "jge",
						 "jlt", "jle", "jset", "ja",  "jmp", "ret", "add", "sub", "mul",  "div",
						 "and", "or",  "xor",  "lsh", "rsh", "neg", "tax", "txa", ".insn" };
	struct scan s = { NULL, source, 0, source->size };
	unsigned int good = 0, lines = 0;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	while (s.at < s.end && lines < 64) {
		size_t from;

		do
			scan_skip_blanks(&s);
		while (skip_comment(&s));
		for (from = s.at; scan_take_name(&s, ".") > 0 && scan_take(&s, ":"); from = s.at)
			scan_skip_space(&s);
		if (s.at > from)
			lines++;
		else if (scan_peek(&s, 0) != '\n' && scan_peek(&s, 0) != '#' && !at_comment(&s) && s.at < s.end)
			lines++;
		for (size_t i = 0; s.at > from && i < sizeof(mnemonics) / sizeof(mnemonics[0]); i++)
			if (place_is_caseless(source_place(source, from, s.at - from), mnemonics[i])) {
				good++;
				break;
			}
		scan_skip_line(&s);
	}
	return good * 2 > lines ? good * 85 / lines : 0;
}

static bool read_asm_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct assembler a = { .scan = scan_source(stack, without_comments(stack->arena, source)) };
	struct sock_filter *insns;
	bool good = true;

	(void)options;
	while (a.scan.at < a.scan.end)
		if (!split_line(&a))
			return false;
	for (size_t i = 0; i < a.n_labels; i++)
		if (a.labels[i].pc == a.n)
			return note_error(stack->notes, a.labels[i].name, "let a `ret` follow",
					  "no instruction follows this label");
	insns = arena_zalloc(stack->arena, (a.n + 1) * sizeof(*insns));
	for (size_t pc = 0; pc < a.n; pc++)
		good &= asm_insn(&a, pc, &insns[pc]);
	return good && push_program(stack, source->name, "assembler text", source, insns, a.n, a.places);
}

const struct reader read_asm = {
	.name = "asm",
	.what = "assembler text, with names and labels",
	.recognise = recognise_asm,
	.read = read_asm_file,
};
