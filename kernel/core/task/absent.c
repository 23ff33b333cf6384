/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.c - see absent.h. Called by the calls that take one of many families, options or requests.
 */
#include "absent.h"

#include <stddef.h>

#include <string.h>

#include "console.h"
#include "task.h"

#define SAID_MAX 64 /* how many different ones are told of; there are not many more */

static struct {
	const char *call;
	uint64_t number;
} said[SAID_MAX];

void absent_say(const char *call, const char *what, uint64_t number, const char *name, const char *error)
{
	static unsigned count;

	for (unsigned i = 0; i < count; i++)
		if (said[i].call == call && said[i].number == number)
			return;
	if (count == SAID_MAX)
		return;
	said[count].call = call;
	said[count++].number = number;
	printk("syscall: %s: %s %s%s0x%lx%s does not exist here: %s to ", call, what, name != NULL ? name : "",
	       name != NULL ? " (" : "", (unsigned long)number, name != NULL ? ")" : "", error);
	console_untrusted(current->comm, strlen(current->comm));
	printk(", pid %u\n", current->group->id);
}

const char *absent_name(const struct absent_name *table, uint32_t count, uint64_t number)
{
	for (uint32_t i = 0; i < count; i++)
		if (table[i].number == number)
			return table[i].name;
	return NULL;
}
