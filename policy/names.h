/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.h - the system calls of riscv64 on the newest Linux: numbers, names, since when, and their
 * arguments; and the calls that only other architectures have.
 *
 * The tables are include/abi/syscall.def, syscall-newer.def, and here args.def and absent.def.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/*
 * What Linux declares an argument as: how much of the register it looks at, and how that is read.
 */
enum argument_type {
	ARG_INT,   /* 32 bits, signed */
	ARG_UINT,  /* 32 bits */
	ARG_SHORT, /* 16 bits: umode_t */
	ARG_LONG,  /* 64 bits, signed */
	ARG_ULONG, /* 64 bits */
	ARG_PTR,   /* 64 bits, an address */
};

/* What an argument means: see kinds.def and constants.h. */
enum argument_kind {
#define KIND(name, base, ...) KIND_##name,
#include "kinds.def"
#undef KIND
	KINDS,
};

struct argument {
	const char *name; /* as in Linux's SYSCALL_DEFINE */
	enum argument_type type;
	enum argument_kind kind;
};

struct call {
	const char *name;
	uint32_t nr;
	const char *since; /* "6.6", or NULL for a call that Linux 6.1 has */
	unsigned int nargs;
	struct argument args[6];
};

/* Every call in the order of numbers; *N is how many there are. */
const struct call *call_all(size_t *n);

/* The call of that number, or of the N bytes of that name; NULL if riscv64 has none. */
const struct call *call_by_number(uint32_t nr);
const struct call *call_by_name(const char *name, size_t n);

/* Which argument of the call has that name? 0 to 5, or -1. */
int call_argument(const struct call *call, const char *name, size_t n);

/*
 * Of a call that only other architectures have: what C libraries on riscv64 call in its place, ""
 * for nothing. NULL: no such call anywhere.
 */
const char *call_instead(const char *name, size_t n);

/* How many of the N bytes of a name are what C puts before a call's: "__NR_", "SYS_". */
size_t call_prefix(const char *name, size_t n);

/*
 * Is CANDIDATE more like NAME than those that were asked of before? *LEAST, first 0, is kept from
 * one to the next: how many letters differ.
 */
bool name_is_nearer(const char *name, size_t n, const char *candidate, unsigned int *least);

/* The call's name that is most like NAME, for "did you mean"; NULL if none is alike. */
const char *call_nearest(const char *name, size_t n);

/*
 * What to write for a name that no call has: what a C library's function of that name calls, or the
 * name that is most like it; NULL: nothing is.
 */
const char *call_advice(struct arena *arena, const char *name, size_t n);

/* How many of the 64 bits Linux looks at: 16, 32 or 64. */
unsigned int argument_bits(enum argument_type type);
