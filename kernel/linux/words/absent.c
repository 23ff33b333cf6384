/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.c - finds names in absent.def, the table of what Linux has and this kernel lacks.
 */
#include <stddef.h>
#include <string.h>

#include <abi/fs.h>
#include <abi/in.h>
#include <abi/kcmp.h>
#include <abi/memfd.h>
#include <abi/mman.h>
#include <abi/mount.h>
#include <abi/prctl.h>
#include <abi/sched.h>
#include <abi/socket.h>
#include <abi/time.h>

#include "names.h"

const char *absent_find_name(const char *call, const char *what, uint64_t number)
{
	static const struct {
		const char *call, *what;
		uint64_t number;
		const char *name;
	} names[] = {
#define ABSENT(call, what, number, name) { call, what, number, name },
#include "absent.def"
#undef ABSENT
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].number == number && strcmp(names[i].what, what) == 0 &&
		    strstr(call, names[i].call) != NULL)
			return names[i].name;
	return NULL;
}
