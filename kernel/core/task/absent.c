/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.c - tells of what Linux has and this kernel lacks: see absent.h. Called by system calls
 * that take one of many families, options or requests, and by sys_none.
 */
#include "absent.h"

#include <stddef.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "events.h"
#include "task.h"
#include "words.h"

#define SAID_MAX 64 /* how many different numbers are told of */
#define WHAT_MAX 96 /* bytes of the text that says what is lacking */

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

void absent_say(const char *call, const char *what, uint64_t number, const char *error)
{
	const char *name = words_option(call, what, number);
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

void absent_say_known(const char *call, const char *what, uint64_t number, const char *error)
{
	if (words == NULL || words_option(call, what, number) != NULL)
		absent_say(call, what, number, error);
}
