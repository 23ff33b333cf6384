/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for the verdict line and for names: of system calls, and the versions of
 * Linux that brought them; of what Linux has and this kernel lacks; of the kernel's functions.
 * Without it the console says numbers.
 */
#include "module.h"

#include <stddef.h>

#include "call_names.h"
#include "names.h"
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

const struct words words_all = {
	.call = seccomp_syscall_name,
	.since = words_find_since,
	.option = absent_find_name,
	.function = symbol_name,
	.explain = words_explain,
	.not_installed = words_not_installed,
};

const struct module words_module = { .name = "words" };
