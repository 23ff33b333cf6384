/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll_chain.c - epoll files that watch other epoll files: how many in a row, and none itself.
 * Called by epoll.c. [fs/eventpoll.c]
 */
#include <abi/errno.h>

#include "epoll_watch.h"

#define CHAIN_MAX 5	/* epoll files in a row [EP_MAX_NESTS] */
#define LINKS_MAX 1000U /* watches that are followed; Linux limits how many ways there are, too */

struct chain {
	const struct epoll *target; /* that must not be met */
	bool down;		    /* from who watches to what is watched; else the other way */
	bool met;
	unsigned followed;
};

/* How many epoll files are in the longest row from E on; more than CHAIN_MAX: too many. */
static unsigned chain_length(struct chain *c, const struct epoll *e, unsigned depth)
{
	const struct list *links = c->down ? &e->inner : &e->file->watches;
	unsigned longest = 0;

	c->met = c->met || e == c->target;
	if (depth > CHAIN_MAX)
		return CHAIN_MAX + 1;
	list_for_each(link, links) {
		const struct epoll *next = c->down ? container_of(link, struct watch, inner)->file->data
						   : container_of(link, struct watch, of_file)->epoll;
		const unsigned length = ++c->followed > LINKS_MAX ? CHAIN_MAX : chain_length(c, next, depth + 1);

		if (length > longest)
			longest = length;
		if (c->met || longest >= CHAIN_MAX)
			break;
	}
	return longest + 1;
}

int epoll_check_chain(const struct epoll *e, const struct file *f)
{
	struct chain down = { .target = e, .down = true }, up = { .target = NULL };
	unsigned length;

	if (f->ops != &epoll_ops)
		return 0;
	length = chain_length(&down, f->data, 1);
	return down.met || length + chain_length(&up, e, 1) > CHAIN_MAX ? -ELOOP : 0;
}
