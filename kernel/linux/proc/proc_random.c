/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_random.c - /proc/sys/kernel/random: random identifiers, and how much randomness there is.
 */
#include "proc.h"
#include "random.h"

/* Makes the 16 random bytes at ID a UUID of version 4, and shows it. [proc_do_uuid] */
static void show_identifier(struct text *t, uint8_t *id)
{
	id[6] = (id[6] & 0x0f) | 0x40;
	id[8] = (id[8] & 0x3f) | 0x80;
	for (unsigned n = 0; n < 16; n++)
		text_add(t, n == 4 || n == 6 || n == 8 || n == 10 ? "-%02x" : "%02x", id[n]);
	text_add(t, "\n");
}

static int show_uuid(struct text *t, struct task *task)
{
	uint8_t id[16];

	(void)task;
	random_bytes(id, sizeof(id));
	show_identifier(t, id);
	return 0;
}

static int show_boot_id(struct text *t, struct task *task)
{
	static uint8_t id[16];

	(void)task;
	if (id[8] == 0)
		random_bytes(id, sizeof(id));
	show_identifier(t, id);
	return 0;
}

static int show_random_bits(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%u\n", (unsigned)random_bits());
	return 0;
}

static int show_poolsize(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "256\n");
	return 0;
}

const struct proc_entry proc_sys_random[] = {
	{ .name = "boot_id", .mode = S_IFREG | 0444, .show = show_boot_id },
	{ .name = "entropy_avail", .mode = S_IFREG | 0444, .show = show_random_bits },
	{ .name = "poolsize", .mode = S_IFREG | 0444, .show = show_poolsize },
	{ .name = "uuid", .mode = S_IFREG | 0444, .show = show_uuid },
	{ .name = NULL },
};
