/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe_size.c - how large pipes are, and how many pages those of a user may have together.
 * [fs/pipe.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "file.h"
#include "pipe.h"
#include "pipes.h"
#include "task.h"
#include "user.h"

#define FEW_PAGES 2U /* of a new pipe of a user who has too many [PIPE_MIN_DEF_BUFFERS] */

/* Is the current task bound by LIMIT, which U has passed? [pipe_is_unprivileged_user] */
static bool has_too_many(const struct user *u, uint32_t limit)
{
	return limit != 0 && u->pipe_pages > limit && !task_capable(CAP_SYS_RESOURCE) && !task_capable(CAP_SYS_ADMIN);
}

/* P counts for PAGES pages from now on. */
static void pipe_count_for(struct pipe *p, uint64_t pages)
{
	p->user->pipe_pages += pages - p->counted;
	p->counted = pages;
}

bool pipe_count(struct pipe *p, uint64_t *pages)
{
	if (*pages * PAGE_SIZE > pipe_max_size && !task_capable(CAP_SYS_RESOURCE))
		*pages = pipe_max_size / PAGE_SIZE;
	p->user = user_get(current->cred.uid);
	if (p->user == NULL)
		return false;
	pipe_count_for(p, *pages);
	if (has_too_many(p->user, pipe_user_pages_soft)) {
		*pages = FEW_PAGES;
		pipe_count_for(p, *pages);
	}
	return !has_too_many(p->user, pipe_user_pages_hard);
}

void pipe_uncount(struct pipe *p)
{
	if (p->user == NULL)
		return;
	pipe_count_for(p, 0);
	user_put(p->user);
	p->user = NULL;
}

long pipe_size(struct file *f)
{
	const struct pipe *p = f->data;

	return pipe_is(f, NULL) ? (long)(p->ring.pages * PAGE_SIZE) : -EBADF;
}

/* May P get so many PAGES, which are counted? [pipe_set_size] */
static bool may_resize(const struct pipe *p, uint64_t pages)
{
	if (pages <= p->ring.pages)
		return true;
	return (pages * PAGE_SIZE <= pipe_max_size || task_capable(CAP_SYS_RESOURCE)) &&
	       !has_too_many(p->user, pipe_user_pages_hard) && !has_too_many(p->user, pipe_user_pages_soft);
}

long pipe_set_size(struct file *f, uint64_t size)
{
	struct pipe *p = f->data;
	uint64_t pages = 1, before;
	int err;

	if (!pipe_is(f, NULL))
		return -EBADF;
	if (size > 1UL << 31)
		return -EINVAL;
	while (pages * PAGE_SIZE < size)
		pages *= 2;
	before = p->counted;
	pipe_count_for(p, pages);
	if (!may_resize(p, pages))
		err = -EPERM;
	else if (ring_used(&p->ring) + p->reserved > pages * PAGE_SIZE)
		err = -EBUSY;
	else
		err = ring_resize(&p->ring, pages);
	if (err == 0)
		return (long)(pages * PAGE_SIZE);
	pipe_count_for(p, before);
	return err;
}
