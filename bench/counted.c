/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * counted.c - what counting (`run --count`) adds to a call: the same calls are run with it and
 * without. The answer is constant, or depends on up to six arguments, also with the instruction
 * pointer.
 */
#include "program.h"

static void word(uint32_t offset, uint32_t value)
{
	load(offset);
	jeq(value, 1, 0);
	ret(DENY);
}

/* The arguments in the set ARGUMENTS must be 1; IP: the instruction pointer is looked at, too. */
static void looks_at(unsigned arguments, int ip)
{
	load(NR);
	jeq(SYS_getppid, 1, 0);
	ret(SECCOMP_RET_ALLOW);
	for (unsigned i = 0; i < 6; i++)
		if (arguments >> i & 1)
			word(ARG(i), 1);
	if (ip)
		word(offsetof(struct seccomp_data, instruction_pointer) + 4, 0);
	finish(SECCOMP_RET_ALLOW);
}

/* A row of the table is for one value: each of these calls needs a new one. */
static uint64_t time_values(void)
{
	const uint64_t begin = now();

	for (long i = 0; i < FEW; i++)
		(void)call6(SYS_getppid, i, 0, 0, 0, 0, 0);
	return (now() - begin + FEW / 2) / FEW;
}

#define ONES time_calls6(SYS_getppid, 1, 1, 1, 1, 1, 1)
#define LOOKS(name, arguments, ip) CASE(name, looks_at(arguments, ip), ONES)

int main(void)
{
	CASE("no filter", , ONES)
	LOOKS("0 words", 0, 0)
	LOOKS("1 word", 1, 0)
	LOOKS("2 words", 3, 0)
	LOOKS("3 words", 7, 0)
	LOOKS("words 1, 3, 5", 42, 0)
	LOOKS("4 words", 15, 0)
	LOOKS("5 words", 31, 0)
	LOOKS("6 words", 63, 0)
	LOOKS("the ip", 0, 1)
	LOOKS("the ip and 1 word", 32, 1)
	LOOKS("the ip and 3 words", 7, 1)
	LOOKS("the ip and 5 words", 62, 1)
	LOOKS("the ip and 6 words", 63, 1)
	CASE("another value each time", looks_at(1, 0), time_values())
	return 0;
}
