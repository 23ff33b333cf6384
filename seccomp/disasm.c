/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disasm.c - instructions to text and back; disasm.h describes the language.
 *
 * One table of the 41 opcodes serves both ways, so whatever is written can be read back.
 */
#include "disasm.h"

#include <abi/errno.h>

#include "put.h"

/*
 * In a form, %d and %x stand for k, %j and %f for the two jumps, %c for the code, and %r for k as
 * an answer; all other characters stand for themselves. A field that the form does not show is
 * ignored by the opcode, or is 0.
 */
struct form {
	uint16_t code;
	const char *form;
};

#define ALU(op, name)                             \
	{ BPF_ALU | (op) | BPF_K, name " #%x" },  \
	{                                         \
		BPF_ALU | (op) | BPF_X, name " x" \
	}
#define JCC(op, name)                                     \
	{ BPF_JMP | (op) | BPF_K, name " #%x, %j, %f" },  \
	{                                                 \
		BPF_JMP | (op) | BPF_X, name " x, %j, %f" \
	}

static const struct form forms[] = {
	{ BPF_LD | BPF_W | BPF_ABS, "ld [%d]" },
	{ BPF_LD | BPF_IMM, "ld #%x" },
	{ BPF_LD | BPF_MEM, "ld M[%d]" },
	{ BPF_LD | BPF_W | BPF_LEN, "ld len" },
	{ BPF_LDX | BPF_IMM, "ldx #%x" },
	{ BPF_LDX | BPF_MEM, "ldx M[%d]" },
	{ BPF_LDX | BPF_W | BPF_LEN, "ldx len" },
	{ BPF_ST, "st M[%d]" },
	{ BPF_STX, "stx M[%d]" },
	ALU(BPF_ADD, "add"),
	ALU(BPF_SUB, "sub"),
	ALU(BPF_MUL, "mul"),
	ALU(BPF_DIV, "div"),
	ALU(BPF_OR, "or"),
	ALU(BPF_AND, "and"),
	ALU(BPF_XOR, "xor"),
	ALU(BPF_LSH, "lsh"),
	ALU(BPF_RSH, "rsh"),
	{ BPF_ALU | BPF_NEG, "neg" },
	{ BPF_JMP | BPF_JA, "ja %d" },
	JCC(BPF_JEQ, "jeq"),
	JCC(BPF_JGT, "jgt"),
	JCC(BPF_JGE, "jge"),
	JCC(BPF_JSET, "jset"),
	{ BPF_RET | BPF_K, "ret %r" },
	{ BPF_RET | BPF_A, "ret a" },
	{ BPF_MISC | BPF_TAX, "tax" },
	{ BPF_MISC | BPF_TXA, "txa" },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

static const struct form raw = { 0, ".insn %c, %j, %f, %x" };

/* ---- to text ---- */

static char *put_field(char *to, char field, const struct sock_filter *insn)
{
	switch (field) {
	case 'c':
		return put_hex(to, insn->code);
	case 'j':
		return put_decimal(to, insn->jt);
	case 'f':
		return put_decimal(to, insn->jf);
	case 'd':
		return put_decimal(to, insn->k);
	case 'x':
		return put_hex(to, insn->k);
	default: /* 'r' */
		if (seccomp_action_name(insn->k & SECCOMP_RET_ACTION_FULL) == NULL)
			to = put_text(to, "#");
		return to + seccomp_answer_text(to, insn->k);
	}
}

static char *put_form(char *to, const char *form, const struct sock_filter *insn)
{
	for (; *form != '\0'; form++) {
		if (*form == '%')
			to = put_field(to, *++form, insn);
		else
			*to++ = *form;
	}
	*to = '\0';
	return to;
}

static bool shows_field(const char *form, char field)
{
	for (; *form != '\0'; form++) {
		if (form[0] == '%' && form[1] == field)
			return true;
	}
	return false;
}

/* Are all fields of INSN that are not 0 shown by FORM? */
static bool shows_all(const char *form, const struct sock_filter *insn)
{
	if ((insn->jt | insn->jf) != 0 && !shows_field(form, 'j'))
		return false;
	return insn->k == 0 || shows_field(form, 'd') || shows_field(form, 'x') || shows_field(form, 'r');
}

size_t seccomp_disasm(char text[SECCOMP_TEXT_MAX], const struct sock_filter *insn)
{
	const struct form *f = forms;
	char *to = text;

	while (f < &forms[FORMS] && f->code != insn->code)
		f++;
	if (f == &forms[FORMS])
		to = put_form(to, raw.form, insn);
	else if (shows_all(f->form, insn))
		to = put_form(to, f->form, insn);
	else
		to = put_form(put_text(put_form(to, raw.form, insn), " ; "), f->form, insn);
	return (size_t)(to - text);
}

/*
 * ---- from text: every take_x() returns where the text goes on, or NULL when X is not there ----
 */

static const char *take_text(const char *s, const char *word)
{
	for (; *word != '\0'; word++) {
		if (*s++ != *word)
			return NULL;
	}
	return s;
}

static const char *take_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static uint32_t digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (uint32_t)(c - 'a') + 10;
	return 16;
}

/* A number of at most MAX. */
static const char *take_digits(const char *s, uint32_t max, uint32_t *n)
{
	const char *hex = take_text(s, "0x");
	const uint32_t base = hex != NULL ? 16 : 10;
	uint64_t value = 0;

	if (hex != NULL)
		s = hex;
	if (digit_value(*s) >= base)
		return NULL;
	for (; digit_value(*s) < base; s++) {
		value = value * base + digit_value(*s);
		if (value > max)
			return NULL;
	}
	*n = (uint32_t)value;
	return s;
}

static const char *take_answer(const char *s, uint32_t *ret)
{
	const char *after = take_text(s, "#");
	uint32_t data = 0;

	if (after != NULL)
		return take_digits(after, UINT32_MAX, ret);
	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		after = take_text(s, seccomp_actions[i].name);
		if (after == NULL)
			continue;
		if (*after == '(') {
			after = take_digits(after + 1, SECCOMP_RET_DATA, &data);
			after = after != NULL ? take_text(after, ")") : NULL;
		}
		*ret = seccomp_actions[i].ret | data;
		return after;
	}
	return NULL;
}

static const char *take_field(const char *s, char field, struct sock_filter *insn)
{
	uint32_t n = 0;

	switch (field) {
	case 'c':
		s = take_digits(s, UINT16_MAX, &n);
		insn->code = (uint16_t)n;
		return s;
	case 'j':
		s = take_digits(s, UINT8_MAX, &n);
		insn->jt = (uint8_t)n;
		return s;
	case 'f':
		s = take_digits(s, UINT8_MAX, &n);
		insn->jf = (uint8_t)n;
		return s;
	case 'd':
	case 'x':
		return take_digits(s, UINT32_MAX, &insn->k);
	default: /* 'r' */
		return take_answer(s, &insn->k);
	}
}

/* Blanks are optional behind a comma, and required elsewhere. */
static bool take_form(const char *s, const struct form *f, struct sock_filter *insn)
{
	*insn = (struct sock_filter){ f->code, 0, 0, 0 };
	s = take_blanks(s);
	for (const char *at = f->form; *at != '\0' && s != NULL; at++) {
		if (*at == '%')
			s = take_field(s, *++at, insn);
		else if (*at == ' ')
			s = at[-1] != ',' && take_blanks(s) == s ? NULL : take_blanks(s);
		else
			s = *s == *at ? s + 1 : NULL;
	}
	if (s == NULL)
		return false;
	s = take_blanks(s);
	return *s == '\0' || *s == '\n' || *s == ';';
}

int seccomp_assemble(struct sock_filter *insn, const char *text)
{
	struct sock_filter read;

	for (size_t i = 0; i <= FORMS; i++) {
		if (take_form(text, i < FORMS ? &forms[i] : &raw, &read)) {
			*insn = read;
			return 0;
		}
	}
	return -EINVAL;
}
