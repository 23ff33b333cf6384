/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants.c - constants by name, and values in the words of an argument's kind; see constants.h.
 */
#include "constants.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "depends.h"
#include "names.h"

static const struct constant constants[] = {
#define C(name, value) { #name, value, NULL },
#define LIBC(name, value) { #name, value, NULL },
#define NEWER(name, value, since) { #name, value, since },
#define GONE(name, value) { #name, value, NULL },
#include "constants.def"
#undef GONE
#undef NEWER
#undef LIBC
#undef C
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum base { DEC, HEX, OCT };

#define NEGATIVE (uint64_t) - 4095 /* and what is above */

#define FLAG 0
#define WHOLE UINT64_MAX

struct word {
	const char *name;
	uint64_t mask; /* FLAG, WHOLE, or that of a field */
};

#define EMPTY
#define V(name, mask) { #name, mask },
#define KIND(kind, base, words) static const struct word words_##kind[] = { words{ NULL, 0 } };
#include "kinds.def"
#undef KIND

static const struct {
	enum base base;
	const struct word *words;
} kinds[KINDS] = {
#define KIND(kind, base, words) [KIND_##kind] = { base, words_##kind },
#include "kinds.def"
#undef KIND
};

const struct constant *constant_all(size_t *n)
{
	*n = COUNT(constants);
	return constants;
}

const struct constant *constant_find(const char *name, size_t n)
{
	size_t low = 0, high = COUNT(constants);

	while (low < high) {
		const size_t middle = (low + high) / 2;
		int order = strncmp(constants[middle].name, name, n);

		if (order == 0)
			order = (unsigned char)constants[middle].name[n];
		if (order == 0)
			return &constants[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *constant_nearest(const char *name, size_t n)
{
	const char *best = NULL;
	unsigned int least = 0;

	for (size_t i = 0; i < COUNT(constants); i++)
		if (name_is_nearer(name, n, constants[i].name, &least))
			best = constants[i].name;
	return best;
}

/* One name or number at TEXT, N bytes without blanks around them. */
static const char *evaluate_one(const char *text, size_t n, uint64_t *value)
{
	const bool minus = n > 1 && text[0] == '-';
	const struct constant *c;
	char digits[32], family[32], *end;

	if (n == 0)
		return "a constant or a number is missing";
	if (!isdigit((unsigned char)text[minus])) {
		c = constant_find(text, n);
		if (c == NULL && n > 3 && n < sizeof(family) && memcmp(text, "PF_", 3) == 0) {
			memcpy(family, text, n);
			family[0] = 'A'; /* PF_INET is AF_INET, and so on */
			c = constant_find(family, n);
		}
		if (c == NULL)
			return "no such constant";
		*value = c->value;
		return NULL;
	}
	if (n >= sizeof(digits))
		return "no number is as long";
	memcpy(digits, text, n);
	digits[n] = '\0';
	errno = 0;
	*value = strtoull(digits + minus, &end, 0);
	if (*end != '\0')
		return "this is no number";
	if (errno == ERANGE)
		return "is more than 64 bits hold";
	if (minus)
		*value = -*value;
	return NULL;
}

const char *constant_evaluate(const char *text, size_t n, uint64_t *value, size_t *bad, size_t *bad_length)
{
	uint64_t sum = 0, one = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t from, end;
		const char *wrong;

		while (i < n && isspace((unsigned char)text[i]))
			i++;
		from = i;
		while (i < n && text[i] != '|')
			i++;
		for (end = i; end > from && isspace((unsigned char)text[end - 1]);)
			end--;
		wrong = evaluate_one(text + from, end - from, &one);
		if (wrong != NULL) {
			*bad = from;
			*bad_length = end - from;
			return wrong;
		}
		sum |= one;
	}
	*value = sum;
	return NULL;
}

static const char *print_number(struct arena *arena, enum base base, uint64_t value, bool negative)
{
	if (base == OCT)
		return arena_print(arena, "%#03" PRIo64, value);
	if (negative)
		return arena_print(arena, "%" PRId64, (int64_t)value);
	return arena_print(arena, base == HEX ? "%#" PRIx64 : "%" PRIu64, value);
}

/*
 * Words for flags, and for fields that lie in MASK; *REST is what none of them tells. NULL if there
 * is not one.
 */
static const char *print_words(struct arena *arena, const struct word *w, uint64_t mask, uint64_t *rest)
{
	const uint64_t whole = *rest;
	uint64_t told = 0; /* fields */
	const char *text = NULL;

	for (; w->name != NULL; w++) {
		const uint64_t value = constant_find(w->name, strlen(w->name))->value;
		const bool field = w->mask != FLAG && (w->mask & (~mask | told)) == 0 && (whole & w->mask) == value;
		const bool flag = w->mask == FLAG && value != 0;

		if ((!field && !flag) || (*rest & value) != value || w->mask == WHOLE)
			continue;
		*rest &= ~value;
		told |= w->mask;
		text = text == NULL ? w->name : arena_print(arena, "%s|%s", text, w->name);
	}
	return text;
}

const char *constant_print(struct arena *arena, enum argument_type type, enum argument_kind kind, uint64_t value)
{
	return constant_print_bits(arena, type, kind, value, UINT64_MAX);
}

const char *constant_print_bits(struct arena *arena, enum argument_type type, enum argument_kind kind, uint64_t value,
				uint64_t mask)
{
	const bool is_fd = kind == KIND_FD || kind == KIND_DIRFD;
	const bool is_signed = type == ARG_INT || type == ARG_LONG || is_fd;
	const unsigned int bits = is_fd ? 32 : argument_bits(type);
	const uint64_t low = bits == 64 ? value : value & ((1ULL << bits) - 1);
	const uint64_t extended = bits == 64 || !(low >> (bits - 1)) ? low : low | UINT64_MAX << bits;
	uint64_t rest = low;
	const char *text;

	if (value != low && value != extended)
		return arena_print(arena, "%#" PRIx64, value);
	for (const struct word *w = kinds[kind].words; w->name != NULL; w++) {
		const uint64_t named = constant_find(w->name, strlen(w->name))->value;

		if (w->mask == WHOLE && (named == low || (bits == 32 && (uint32_t)named == low)))
			return w->name;
	}
	if (low == 0 && (type == ARG_PTR || kind == KIND_POINTER))
		return "NULL";
	/* No word of a call's own is so large; but a number below 0 may be in it. */
	if (type == ARG_ULONG && (kind == KIND_POINTER || kind == KIND_BITS) && low >= NEGATIVE)
		return print_number(arena, DEC, low, true);
	text = print_words(arena, kinds[kind].words, mask, &rest);
	if (text == NULL)
		return print_number(arena, kinds[kind].base, is_signed && kinds[kind].base == DEC ? extended : low,
				    is_signed && kinds[kind].base == DEC && (int64_t)extended < 0);
	return rest == 0 ? text : arena_print(arena, "%s|%s", text, print_number(arena, kinds[kind].base, rest, false));
}

bool constant_is(const struct argument *a, const char *name, uint64_t value)
{
	const uint64_t low = argument_bits(a->type) == 32 ? (uint32_t)value : value;

	for (const struct word *w = kinds[a->kind].words; w->name != NULL; w++) {
		const uint64_t named = constant_find(w->name, strlen(w->name))->value;

		if (strcmp(w->name, name) == 0)
			return w->mask == WHOLE ? named == low : w->mask != FLAG && (low & w->mask) == named;
	}
	return false;
}

/* Of a call that opens without making a file, the mode is not looked at. */
static bool has_no_mode(const struct call *call, const uint64_t args[6])
{
	const uint64_t creates = constant_find("O_CREAT", 7)->value, unnamed = constant_find("O_TMPFILE", 9)->value;

	return call->nargs == 4 && call->args[2].kind == KIND_OPEN && call->args[3].kind == KIND_MODE &&
	       (args[2] & creates) == 0 && (args[2] & unnamed) != unnamed && args[3] == 0;
}

const char *constant_print_call_shown(struct arena *arena, const struct call *call, uint32_t nr, const uint64_t args[6],
				      const char *const shown[6])
{
	struct call meant;
	unsigned int n = 6;
	const char *text, *value;

	if (call == NULL) {
		text = arena_print(arena, "syscall_%" PRIu32 "(", nr);
	} else {
		text = arena_print(arena, "%s(", call->name);
		meant = call_meant(call, args, UINT32_MAX);
		n = has_no_mode(call, args) ? 3 : call_uses(call, args);
	}
	for (unsigned int i = 0; i < n; i++) {
		value = shown[i];
		if (value == NULL && call == NULL)
			value = arena_print(arena, "%#" PRIx64, args[i]);
		else if (value == NULL)
			value = constant_print(arena, meant.args[i].type, meant.args[i].kind, args[i]);
		text = arena_print(arena, "%s%s%s", text, i == 0 ? "" : ", ", value);
	}
	return arena_print(arena, "%s)", text);
}

const char *constant_print_call(struct arena *arena, uint32_t nr, const uint64_t args[6])
{
	static const char *const none[6];

	return constant_print_call_shown(arena, call_by_number(nr), nr, args, none);
}

bool constant_is_octal(enum argument_kind kind)
{
	return kinds[kind].base == OCT;
}

uint64_t constant_choice(enum argument_kind kind)
{
	switch (kind) {
	case KIND_SOCKTYPE:
		return 0xf; /* SOCK_TYPE_MASK */
	case KIND_FUTEX:
		return 0x7f; /* FUTEX_CMD_MASK, of those that there are */
	case KIND_MPOL:
		return 0xfff; /* what is no MPOL_MODE_FLAGS */
	default:
		return 0;
	}
}

enum shape constant_shape(enum argument_kind kind)
{
	switch (kind) {
	case KIND_POINTER:
	case KIND_PATH:
	case KIND_STRING:
	case KIND_SIZE:
	case KIND_OFFSET:
	case KIND_BITS:
		return SHAPE_ADDRESS;
	case KIND_DIRFD: /* AT_FDCWD is its one name */
	case KIND_FD:
		return SHAPE_NUMBER;
	case KIND_MODE:
		return SHAPE_FLAGS;
	default:
		break;
	}
	for (const struct word *w = kinds[kind].words; w->name != NULL; w++)
		if (w->mask != WHOLE)
			return SHAPE_FLAGS;
	return kinds[kind].words->name != NULL ? SHAPE_VALUES : SHAPE_NUMBER;
}
