/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.c - waits for several open files at once: see poll.h. The system calls are in
 * kernel/linux/wait.
 *
 * The first pass over the descriptors puts the task on the wait queues of each file. After that,
 * every wake-up leads to a pass that only asks the files.
 */
#include "poll.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/time.h>

#include "file.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

#define MORE 60 /* entries that are allocated together: a kmalloc() of some 4 KiB */

struct poll_more {
	struct poll_more *next;
	struct poll_entry entry[MORE];
};

/* ---- waiters ---- */

/* Entry N of T: one of the first few, or one of the newest block. */
static struct poll_entry *poll_entry_of(struct poll_waits *t, unsigned n)
{
	const unsigned few = sizeof(t->few) / sizeof(t->few[0]);

	return n < few ? &t->few[n] : &t->more->entry[(n - few) % MORE];
}

static void add_queue(struct poll_table *table, struct waitq *q)
{
	struct poll_waits *t = container_of(table, struct poll_waits, table);
	const unsigned few = sizeof(t->few) / sizeof(t->few[0]);
	struct poll_entry *e;

	if (t->used >= few && (t->used - few) % MORE == 0) {
		struct poll_more *more = kmalloc(sizeof(*more));

		if (more == NULL) {
			t->failed = true;
			return;
		}
		more->next = t->more;
		t->more = more;
	}
	e = poll_entry_of(t, t->used++);
	e->file = file_get(t->file);
	wait_begin(q, &e->waiter);
}

void poll_begin(struct poll_waits *t)
{
	t->table.add = add_queue;
	t->failed = false;
	t->used = 0;
	t->more = NULL;
}

void poll_end(struct poll_waits *t)
{
	uint32_t worked = 0;

	while (t->used > 0) {
		const unsigned few = sizeof(t->few) / sizeof(t->few[0]);
		struct poll_entry *e = poll_entry_of(t, --t->used);
		struct poll_more *more = t->more;

		wait_end(&e->waiter);
		file_put(e->file);
		if (t->used >= few && (t->used - few) % MORE == 0) {
			t->more = more->next;
			kfree(more);
		}
		(void)sched_worked(&worked, 4UL * SCHED_STEP);
	}
}

uint32_t poll_steps;

uint32_t poll_file(struct file *f, struct poll_waits *t)
{
	uint32_t events;

	if (f->ops->poll == NULL)
		return POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
	if (t != NULL)
		t->file = f;
	events = f->ops->poll(f, t != NULL ? &t->table : NULL);
	while (events == POLL_UNFINISHED)
		events = sched_give_way() ? 0 : f->ops->poll(f, NULL);
	return events;
}

/* Stores the time at user address UTS (0: none) in *NS; NSEC_MAX: none, or never. */
static int get_timeout(uint64_t uts, uint64_t *ns)
{
	struct __kernel_timespec ts;

	*ns = NSEC_MAX;
	if (uts == 0)
		return 0;
	if (copy_from_user(&ts, uts, sizeof(ts)) != 0)
		return -EFAULT;
	if (!timespec_is_valid(&ts))
		return -EINVAL;
	*ns = timespec_to_ns(&ts);
	return 0;
}

int poll_deadline(uint64_t uts, uint64_t *deadline)
{
	const uint64_t now = time_now();
	uint64_t ns;
	const int err = get_timeout(uts, &ns);

	*deadline = ns == 0 ? 0 : ns < NSEC_MAX ? now + ns : TIME_NEVER;
	return err;
}

int poll_deadline_at(uint64_t uts, bool realtime, uint64_t *deadline)
{
	const uint64_t began = realtime ? time_realtime() - time_now() : 0;
	uint64_t ns;
	const int err = get_timeout(uts, &ns);

	*deadline = ns == NSEC_MAX ? TIME_NEVER : ns > began ? ns - began : 0;
	return err;
}
