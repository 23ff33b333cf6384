/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_raw.c - programs as bytes: arrays of struct sock_filter as seccomp_export_bpf(3) writes
 * them, of either byte order; the same in base64; and snap's .bin2, which holds two of them.
 */
#include "read.h"

#include <string.h>

#include "seccomp.h"

struct sock_filter insn_of_bytes(const unsigned char *b, bool big)
{
	struct sock_filter i = { .jt = b[2], .jf = b[3] };

	if (big) {
		i.code = (uint16_t)(b[0] << 8 | b[1]);
		i.k = (uint32_t)b[4] << 24 | (uint32_t)b[5] << 16 | (uint32_t)b[6] << 8 | b[7];
	} else {
		i.code = (uint16_t)(b[1] << 8 | b[0]);
		i.k = (uint32_t)b[7] << 24 | (uint32_t)b[6] << 16 | (uint32_t)b[5] << 8 | b[4];
	}
	return i;
}

/*
 * Is every 8 bytes an opcode that Linux takes in a filter? No opcode of classic BPF is above 0xff.
 */
static bool looks_like_code(const unsigned char *bytes, size_t n, bool big)
{
	if (n < 8 || n % 8 != 0)
		return false;
	for (size_t i = 0; i < n; i += 8) {
		const struct sock_filter insn = insn_of_bytes(bytes + i, big);

		if (insn.code > 0xff || (i == 0 && insn.code == 0 && insn.k == 0))
			return false;
	}
	return (insn_of_bytes(bytes + n - 8, big).code & 7) == BPF_RET;
}

static bool push_bytes(struct stack *stack, const char *name, const char *form, const struct source *source,
		       const unsigned char *bytes, size_t n, bool big)
{
	struct sock_filter *insns = arena_zalloc(stack->arena, n + 1);

	if (n % 8 != 0)
		return note_error(stack->notes, source_whole(source), "",
				  "is not a filter: its size is not a multiple of 8 bytes");
	for (size_t i = 0; i < n / 8; i++)
		insns[i] = insn_of_bytes(bytes + 8 * i, big);
	return push_program(stack, name, form, source, insns, n / 8, NULL);
}

/* Are the bytes a filter of a big-endian machine? Then that is told. */
static bool is_big(struct stack *stack, const struct source *s, const unsigned char *bytes, size_t n)
{
	if (looks_like_code(bytes, n, false) || !looks_like_code(bytes, n, true))
		return false;
	note_warning(stack->notes, source_whole(s),
		     "riscv64 is little-endian: `portcullis convert --to raw` turns it round",
		     "the filter is big-endian: made for or on another machine; read as such");
	return true;
}

static unsigned int recognise_raw(const struct source *s)
{
	const unsigned char *bytes = (const unsigned char *)s->text;

	if (looks_like_code(bytes, s->size, false))
		return 90;
	return looks_like_code(bytes, s->size, true) ? 80 : 0;
}

static bool read_raw_file(struct stack *stack, const struct source *s, const struct read_options *options)
{
	const unsigned char *bytes = (const unsigned char *)s->text;

	(void)options;
	return push_bytes(stack, s->name, "raw BPF", s, bytes, s->size, is_big(stack, s, bytes, s->size));
}

const struct reader read_raw = {
	.name = "raw",
	.what = "raw array of struct sock_filter",
	.recognise = recognise_raw,
	.read = read_raw_file,
};

/*
 * ---- snap's .bin2: "SC", version 1, is it unrestricted, 4 bytes, two lengths, 112 bytes; the
 * filters [snapd: snap-confine/seccomp-support.c] ----
 */

#define BIN2_HEADER 128U

static uint32_t word_at(const struct source *s, size_t offset)
{
	const unsigned char *b = (const unsigned char *)s->text + offset;

	return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static unsigned int recognise_bin2(const struct source *s)
{
	return s->size >= BIN2_HEADER && memcmp(s->text, "SC\1", 3) == 0 ? 95 : 0;
}

static bool read_bin2_file(struct stack *stack, const struct source *s, const struct read_options *options)
{
	const unsigned char *bytes = (const unsigned char *)s->text + BIN2_HEADER;
	size_t allow, deny;

	(void)options;
	if (recognise_bin2(s) == 0)
		return note_error(stack->notes, source_whole(s), "",
				  "is no snap profile: it does not start with \"SC\" and version 1");
	if (s->text[3] == 1) {
		stack_push(stack, s->name, "snap profile (.bin2)", source_whole(s));
		note_note(stack->notes, source_whole(s), "", "the profile is unrestricted: it allows every call");
		return true;
	}
	allow = word_at(s, 8);
	deny = word_at(s, 12);
	if (allow + deny + BIN2_HEADER != s->size)
		return note_error(stack->notes, source_whole(s), "",
				  "is cut short: its header promises %zu bytes of filters, %zu are there", allow + deny,
				  (size_t)s->size - BIN2_HEADER);
	return (deny == 0 || push_bytes(stack, arena_print(stack->arena, "%s (deny)", s->name), "snap profile (.bin2)",
					s, bytes + allow, deny, false)) &&
	       (allow == 0 || push_bytes(stack, arena_print(stack->arena, "%s (allow)", s->name),
					 "snap profile (.bin2)", s, bytes, allow, false));
}

const struct reader read_bin2 = {
	.name = "bin2",
	.what = "snap's compiled profile (.bin2)",
	.recognise = recognise_bin2,
	.read = read_bin2_file,
};

/* ---- base64, as in the annotation of an OCI bundle ---- */

static int digit_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/*
 * Decodes into OUT, which has room for 3/4 of the source's size; blanks and quotes count for
 * nothing. Returns the bytes, or -1 at the
 * first byte that is none of base64's, *BAD.
 */
static ptrdiff_t decode_base64(const struct source *s, unsigned char *out, size_t *bad)
{
	uint32_t word = 0;
	unsigned int digits = 0;
	ptrdiff_t n = 0;
	size_t i;

	for (i = 0; i < s->size && s->text[i] != '='; i++) {
		const int d = digit_of((unsigned char)s->text[i]);

		if (strchr(" \t\r\n\"'", s->text[i]) != NULL && s->text[i] != '\0')
			continue;
		*bad = i;
		if (d < 0)
			return -1;
		word = word << 6 | (uint32_t)d;
		if (++digits % 4 == 0) {
			out[n++] = (unsigned char)(word >> 16);
			out[n++] = (unsigned char)(word >> 8);
			out[n++] = (unsigned char)word;
		}
	}
	for (; i < s->size; i++) {
		*bad = i;
		if (s->text[i] == '\0' || strchr("= \t\r\n\"'", s->text[i]) == NULL)
			return -1;
	}
	if (digits % 4 == 1)
		return -1;
	if (digits % 4 >= 2)
		out[n++] = (unsigned char)(word >> (digits % 4 == 2 ? 4 : 10));
	if (digits % 4 == 3)
		out[n++] = (unsigned char)(word >> 2);
	return n;
}

static unsigned int recognise_base64(const struct source *s)
{
	struct arena scratch = { 0 };
	unsigned char *bytes = arena_zalloc(&scratch, s->size + 3);
	size_t bad;
	const ptrdiff_t n = decode_base64(s, bytes, &bad);
	const unsigned int sure =
		n > 0 && (looks_like_code(bytes, (size_t)n, false) || looks_like_code(bytes, (size_t)n, true)) ? 85 : 0;

	arena_free(&scratch);
	return sure;
}

static bool read_base64_file(struct stack *stack, const struct source *s, const struct read_options *options)
{
	unsigned char *bytes = arena_zalloc(stack->arena, s->size + 3);
	size_t bad = 0;
	const ptrdiff_t n = decode_base64(s, bytes, &bad);

	(void)options;
	if (n < 0)
		return note_error(stack->notes, source_place(s, bad, 1), "", "no digit of base64");
	return push_bytes(stack, s->name, "raw BPF in base64", s, bytes, (size_t)n, is_big(stack, s, bytes, (size_t)n));
}

const struct reader read_base64 = {
	.name = "base64",
	.what = "raw array of struct sock_filter in base64",
	.recognise = recognise_base64,
	.read = read_base64_file,
};
