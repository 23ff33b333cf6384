/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fifo.c - opening FIFOs: a pipe with a name. [fs/pipe.c]
 */
#include "fifo.h"

#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "inode.h"
#include "pipe.h"
#include "task.h"
#include "wait.h"

int fifo_open(struct inode *i, struct file *f)
{
	struct pipe *p = pipe_of(i);
	uint32_t readers, writers;
	int err = 0;

	if (p == NULL)
		return -ENOMEM;
	if (f->writable && !f->readable && p->readers == 0 && (f->flags & O_NONBLOCK))
		return -ENXIO;
	readers = p->readers_ever;
	writers = p->writers_ever;
	pipe_join(p, f);
	if (i->linked && (f->flags & O_NONBLOCK) == 0) {
		/*
		 * Waits for the count of all openings to grow: the one that came may be gone again
		 * when this task runs.
		 */
		if (!f->writable && p->writers == 0)
			err = wait_event(&p->bytes, p->writers_ever != writers, WAIT_INTERRUPTIBLE, TIME_NEVER);
		else if (!f->readable && p->readers == 0)
			err = wait_event(&p->space, p->readers_ever != readers, WAIT_INTERRUPTIBLE, TIME_NEVER);
	}
	if (err != 0)
		pipe_release(f);
	return err != 0 ? -ERESTARTSYS : 0;
}
