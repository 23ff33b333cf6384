/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.c - open files that were sent through a socket and not received yet. Called from
 * socket*.c, and when descriptors are closed.
 *
 * A socket may be sent through itself, or two through each other. Counting references
 * does not free them then; so it is looked for those that no descriptor leads to, not
 * even through the queues of others.
 */
#include "file.h"
#include "page.h"
#include "socket.h"

uint32_t rights_in_flight;
struct list socket_all = LIST_INIT(socket_all);

static struct list doomed = LIST_INIT(doomed); /* struct rights */
static bool freeing, collecting;

/*
 * Freeing one file may free others that wait in its queue: these are listed, so that
 * no chain of them gets too deep.
 */
void rights_free(struct rights *r)
{
	if (r == NULL)
		return;
	list_add_tail(&r->link, &doomed);
	if (freeing)
		return;
	freeing = true;
	while (!list_empty(&doomed)) {
		r = container_of(doomed.next, struct rights, link);
		list_del(&r->link);
		for (uint32_t n = 0; n < r->count; n++)
			file_put(r->file[n]);
		kfree(r);
	}
	freeing = false;
}

static void count(const struct rights *r, uint32_t by)
{
	for (uint32_t n = 0; r != NULL && n < r->count; n++) {
		struct socket *s = socket_of(r->file[n]);

		if (s != NULL) {
			s->in_flight += by;
			rights_in_flight += by;
		}
	}
}

void rights_sent(const struct rights *r)
{
	count(r, 1);
}

void rights_received(const struct rights *r)
{
	count(r, UINT32_MAX);
}

void rights_add_socket(struct socket *s, struct file *f)
{
	s->file = f;
	list_init(&s->pending);
	list_add_tail(&s->all, &socket_all);
}

void rights_remove_socket(struct socket *s)
{
	list_del(&s->all);
}

static void reach(struct socket *s, struct list *pending)
{
	if (s == NULL || s->reachable)
		return;
	s->reachable = true;
	list_add_tail(&s->pending, pending);
}

/* What can be received or accepted from S. */
static void look_into(const struct socket *s, struct list *pending)
{
	list_for_each(link, &s->queue) {
		const struct rights *r = container_of(link, struct message, link)->rights;

		for (uint32_t n = 0; r != NULL && n < r->count; n++)
			reach(socket_of(r->file[n]), pending);
	}
	list_for_each(link, &s->backlog)
		reach(container_of(link, struct socket, waiting), pending);
}

static void find_reachable(void)
{
	struct list pending = LIST_INIT(pending);

	list_for_each(link, &socket_all)
		container_of(link, struct socket, all)->reachable = false;
	list_for_each(link, &socket_all) {
		struct socket *s = container_of(link, struct socket, all);

		/* What nobody has accepted is held by its listener alone. */
		if (s->file->refs > s->in_flight && list_empty(&s->waiting))
			reach(s, &pending);
	}
	while (!list_empty(&pending)) {
		struct socket *s = container_of(pending.next, struct socket, pending);

		list_del(&s->pending);
		look_into(s, &pending);
	}
}

void rights_collect(void)
{
	struct list garbage = LIST_INIT(garbage);

	if (collecting || freeing)
		return;
	collecting = true;
	find_reachable();
	list_for_each(link, &socket_all) {
		struct socket *s = container_of(link, struct socket, all);

		list_for_each(queued, &s->queue) {
			struct message *m = container_of(queued, struct message, link);

			if (s->reachable || m->rights == NULL)
				continue;
			rights_received(m->rights);
			list_add_tail(&m->rights->link, &garbage);
			m->rights = NULL;
		}
	}
	/* Only now: freeing them changes the list of sockets. */
	while (!list_empty(&garbage)) {
		struct rights *r = container_of(garbage.next, struct rights, link);

		list_del(&r->link);
		rights_free(r);
	}
	collecting = false;
}
