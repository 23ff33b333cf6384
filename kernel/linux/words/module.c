/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for the names of system calls, and the versions of Linux that brought them.
 * Without it the console says numbers.
 */
#include "module.h"

#include <stddef.h>

#include "call_names.h"
#include "words.h"

/* The version that brought call NR, if it came after 6.1, as text to put behind its number. */
static const char *words_find_since(uint64_t nr)
{
	static const struct {
		uint16_t nr;
		char text[20];
	} newer[] = {
#define NEWER(number, name, nargs, version) { number, ", since Linux " version },
#include <abi/syscall-newer.def>
#undef NEWER
	};

	for (unsigned i = 0; i < sizeof(newer) / sizeof(newer[0]); i++)
		if (newer[i].nr == nr)
			return newer[i].text;
	return "";
}

static void init_words(void)
{
	static const struct words all = {
		.call = seccomp_syscall_name,
		.since = words_find_since,
	};

	words = &all;
}

const struct module words_module = { .name = "words", .init = init_words };
