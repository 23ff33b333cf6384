/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants.h - the numbers behind O_RDONLY, SIGKILL or TIOCSTI, and back again, as an
 * argument of that kind is written.
 */
#pragma once

#include "arena.h"
#include "names.h"

struct constant {
	const char *name;
	uint64_t value;	   /* a negative one with all 64 bits */
	const char *since; /* "6.3", or NULL for one that Linux 6.1 has */
};

/* Every constant in the order of names; *N is how many there are. */
const struct constant *constant_all(size_t *n);

/* The constant of that name of N bytes, or NULL. */
const struct constant *constant_find(const char *name, size_t n);

/* The constant's name that is most like NAME, for "did you mean"; NULL if none is alike. */
const char *constant_nearest(const char *name, size_t n);

/*
 * The value of N bytes of text: names and numbers (0x hexadecimal, 0 octal, decimal, a - before it)
 * joined by `|`, blanks between them. Returns NULL and fills *VALUE, or what is wrong, a clause;
 * then *BAD and *BAD_LENGTH tell where in the text.
 */
const char *constant_evaluate(const char *text, size_t n, uint64_t *value, size_t *bad, size_t *bad_length);

/*
 * What a register holds for an argument of that type and kind, as strace would write it: AT_FDCWD,
 * O_RDONLY|O_CLOEXEC, 0644, -1, NULL. When there is something in the bits that Linux does not look
 * at, the register is written in hexadecimal.
 */
const char *constant_print(struct arena *arena, enum argument_type type, enum argument_kind kind, uint64_t value);

/* The same of the bits of MASK alone: what lies in the others is not known. */
const char *constant_print_bits(struct arena *arena, enum argument_type type, enum argument_kind kind, uint64_t value,
				uint64_t mask);

/*
 * Is VALUE, of the argument A, the constant NAME, or is that in the field where it belongs? NAME is
 * a word of A's kind, and no flag.
 */
bool constant_is(const struct argument *a, const char *name, uint64_t value);

/* What the values of a kind are like. */
enum shape {
	SHAPE_ADDRESS, /* a pointer, a size, an offset, an opaque word: its values have no meaning in common */
	SHAPE_NUMBER,  /* a descriptor, an id, a count */
	SHAPE_FLAGS,   /* bits that are set or not, and fields between them */
	SHAPE_VALUES,  /* one of some names */
};

enum shape constant_shape(enum argument_kind kind);

/* Of SHAPE_FLAGS: the field that says what is asked for, of which the flags are details; or 0. */
uint64_t constant_choice(enum argument_kind kind);

/* Are numbers of that kind written in octal? */
bool constant_is_octal(enum argument_kind kind);

/*
 * A whole call: openat(AT_FDCWD, 0x7f00, O_RDONLY|O_CLOEXEC). Of a number that riscv64 has not:
 * syscall_600(0x0, ...) with all six.
 */
const char *constant_print_call(struct arena *arena, uint32_t nr, const uint64_t args[6]);

/*
 * The same of CALL (NULL: nobody knows the number) with the text SHOWN[i] in the place of argument
 * i, unless that is NULL.
 */
const char *constant_print_call_shown(struct arena *arena, const struct call *call, uint32_t nr, const uint64_t args[6],
				      const char *const shown[6]);
