/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.c - see absent.h. Called by the calls that take one of many families, options or requests.
 */
#include "absent.h"

#include <stddef.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "events.h"
#include "task.h"

#define SAID_MAX 64 /* how many different ones are told of; there are not many more */
#define WHAT_MAX 96 /* bytes of what one is called */

static struct {
	const char *call;
	uint64_t number;
} said[SAID_MAX];

void absent_tell(const char *what, const char *error)
{
	if (events != 0)
		event_ops->absent(what);
	printk("syscall: %s does not exist here: %s to ", what, error);
	console_untrusted(current->comm, strlen(current->comm));
	printk(", pid %u\n", current->group->id);
}

void absent_say(const char *call, const char *what, uint64_t number, const char *name, const char *error)
{
	static unsigned count;
	char text[WHAT_MAX];

	for (unsigned i = 0; i < count; i++)
		if (said[i].call == call && said[i].number == number)
			return;
	if (count == SAID_MAX)
		return;
	said[count].call = call;
	said[count++].number = number;
	if (name != NULL)
		snprintf(text, sizeof(text), "%s: %s %s (0x%lx)", call, what, name, (unsigned long)number);
	else
		snprintf(text, sizeof(text), "%s: %s 0x%lx", call, what, (unsigned long)number);
	absent_tell(text, error);
}

const char *absent_name(const struct absent_name *table, uint32_t count, uint64_t number)
{
	for (uint32_t i = 0; i < count; i++)
		if (table[i].number == number)
			return table[i].name;
	return NULL;
}

void absent_say_of(const char *call, const char *what, uint64_t number, const struct absent_name *table, uint32_t count,
		   const char *error)
{
	const char *name = absent_name(table, count, number);

	if (name != NULL)
		absent_say(call, what, number, name, error);
}
