/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rights.c - open files that were sent through a socket and not received yet (SCM_RIGHTS), and the
 * garbage collector for sockets among them. Called when messages are queued and received, and when
 * descriptors are closed. [net/unix/garbage.c]
 *
 * A socket may be sent through itself, or two sockets through each other. Then each queue holds a
 * reference, and reference counts never free them. So rights_collect() looks for sockets in flight
 * that no descriptor leads to, not even through the queues of other sockets.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/resource.h>

#include "file.h"
#include "page.h"
#include "socket.h"
#include "task.h"
#include "user.h"

uint32_t rights_in_flight;
struct list socket_all = LIST_INIT(socket_all);
static struct list flying = LIST_INIT(flying); /* sockets that are in queues, linked by socket.flying */

/*
 * How many files may be in flight, a quarter of them a user's without rights. rights_collect()
 * looks at all sockets among them in one step, because it must find them as they are at one moment.
 */
#define SENT_MAX 4608U
static uint32_t sent;

static struct list doomed = LIST_INIT(doomed); /* of struct rights */
static bool freeing, collecting, again;	       /* again: rights_collect() was called meanwhile */

/*
 * Set when a socket in flight has lost a reference, and not because it was received. Only then can
 * there be garbage. One case goes unnoticed: a call still held a reference when the last descriptor
 * was closed. So every CLOSED_UNSEENth close looks for garbage, too.
 */
static bool lost;
static uint32_t closed;

#define CLOSED_UNSEEN 64

#define FREE_WORK 1024U /* what closing a file counts for in sched_worked() */

int rights_charge(struct rights *r)
{
	const bool may = task_capable(CAP_SYS_RESOURCE) || task_capable(CAP_SYS_ADMIN);
	struct user *u;

	if (sent + r->count > SENT_MAX)
		return -ETOOMANYREFS;
	u = user_get(current->cred.uid);
	if (u == NULL)
		return -ENOMEM;
	if (!may && (u->files_in_flight > current->group->limits[RLIMIT_NOFILE].rlim_cur ||
		     u->files_in_flight >= SENT_MAX / 4)) {
		user_put(u);
		return -ETOOMANYREFS;
	}
	sent += r->count;
	u->files_in_flight += r->count;
	r->by = u;
	return 0;
}

static void discharge_rights(struct rights *r)
{
	if (r->by == NULL)
		return;
	sent -= r->count;
	r->by->files_in_flight -= r->count;
	user_put(r->by);
	r->by = NULL;
}

/*
 * Closing the last reference of a socket frees the files in its queue, which calls this again. The
 * inner call only puts them on the list, and the outermost one closes them. So a chain of sockets
 * does not make the stack deep.
 */
void rights_free(struct rights *r)
{
	uint32_t worked = 0;

	if (r == NULL)
		return;
	discharge_rights(r);
	list_add_tail(&r->link, &doomed);
	if (freeing)
		return;
	freeing = true;
	while (!list_empty(&doomed)) {
		r = container_of(doomed.next, struct rights, link);
		list_del(&r->link);
		for (uint32_t n = 0; n < r->count; n++) {
			/* The last reference releases it: much work, if it is a namespace. */
			(void)sched_worked(&worked, r->file[n]->refs == 1 ? SCHED_STINT : FREE_WORK);
			rights_closing(NULL, r->file[n]);
			file_put(r->file[n]);
		}
		kfree(r);
	}
	freeing = false;
	if (again)
		rights_collect();
}

/* Adds BY, 1 or (UINT32_MAX) -1, to in_flight of each socket in R. */
static void rights_count(const struct rights *r, uint32_t by)
{
	for (uint32_t n = 0; n < r->count; n++) {
		struct socket *s = socket_of(r->file[n]);

		if (s == NULL)
			continue;
		s->file->closing_matters = true;
		if (s->in_flight == 0)
			list_add_tail(&s->flying, &flying);
		s->in_flight += by;
		rights_in_flight += by;
		if (s->in_flight == 0)
			list_del(&s->flying);
	}
}

void rights_sent(struct socket *s, struct message *m)
{
	if (m->rights == NULL)
		return;
	m->rights->in = m;
	list_add_tail(&m->rights->queued, &s->rights);
	if (s->listener != NULL && list_empty(&s->loading))
		list_add_tail(&s->loading, &s->listener->loaded);
	rights_count(m->rights, 1);
}

void rights_received(struct rights *r)
{
	if (r == NULL)
		return;
	list_del(&r->queued);
	rights_count(r, UINT32_MAX);
	discharge_rights(r);
}

void rights_add_socket(struct socket *s, struct file *f)
{
	s->file = f;
	list_init(&s->rights);
	list_init(&s->pending);
	list_init(&s->loaded);
	list_init(&s->loading);
	list_add_tail(&s->all, &socket_all);
}

void rights_remove_socket(struct socket *s)
{
	list_del(&s->all);
}

static void each_in_queue(const struct socket *s, void (*fn)(struct socket *s))
{
	list_for_each(link, &s->rights) {
		const struct rights *r = container_of(link, struct rights, queued);

		for (uint32_t n = 0; n < r->count; n++) {
			struct socket *in = socket_of(r->file[n]);

			if (in != NULL && in->candidate)
				fn(in);
		}
	}
}

/* Calls FN for each candidate that can be received, or accepted, from S, as often as it can. */
static void each_held(const struct socket *s, void (*fn)(struct socket *s))
{
	each_in_queue(s, fn);
	list_for_each(link, &s->loaded)
		each_in_queue(container_of(link, struct socket, loading), fn);
}

static void count_held(struct socket *s)
{
	s->held++;
}

static struct list pending = LIST_INIT(pending);

static void reach_socket(struct socket *s)
{
	s->candidate = false;
	list_add_tail(&s->pending, &pending);
}

/*
 * Leaves `candidate` set for those sockets in flight that are garbage. At first the candidates are
 * all sockets whose references are all held by queues. If one of these queues is not a candidate's,
 * the socket can be received. So can, then, what is in its own queue, and so on.
 */
static void find_garbage(void)
{
	list_for_each(link, &flying) {
		struct socket *s = container_of(link, struct socket, flying);

		s->held = 0;
		s->candidate = s->file->refs == s->in_flight;
	}
	list_for_each(link, &flying) {
		struct socket *s = container_of(link, struct socket, flying);

		if (s->candidate)
			each_held(s, count_held);
	}
	list_for_each(link, &flying) {
		struct socket *s = container_of(link, struct socket, flying);

		if (s->candidate && s->held < s->in_flight)
			reach_socket(s);
	}
	while (!list_empty(&pending)) {
		struct socket *s = container_of(pending.next, struct socket, pending);

		list_del(&s->pending);
		each_held(s, reach_socket);
	}
}

/* Moves the files that were sent to S from its queue to GARBAGE. */
static void empty_queue(struct socket *s, struct list *garbage)
{
	while (!list_empty(&s->rights)) {
		struct rights *r = container_of(s->rights.next, struct rights, queued);

		list_del(&r->queued); /* S may be gone when R is freed */
		list_init(&r->queued);
		list_add_tail(&r->link, garbage);
		r->in->rights = NULL;
	}
}

/* Moves the files in the queues of sockets that nobody can reach to GARBAGE. */
static void take_garbage(struct list *garbage)
{
	find_garbage();
	list_for_each(link, &flying) {
		struct socket *s = container_of(link, struct socket, flying);

		if (!s->candidate)
			continue;
		empty_queue(s, garbage);
		list_for_each(end, &s->loaded)
			empty_queue(container_of(end, struct socket, loading), garbage);
	}
}

void rights_collect(void)
{
	struct list garbage = LIST_INIT(garbage);

	if (collecting || freeing) {
		again = true;
		return;
	}
	collecting = true;
	do {
		again = lost = false;
		take_garbage(&garbage);
		/* Freed only now, because that changes `flying`. */
		while (!list_empty(&garbage)) {
			struct rights *r = container_of(garbage.next, struct rights, link);

			list_del(&r->link);
			rights_received(r);
			rights_free(r);
		}
	} while (again);
	collecting = false;
}

void rights_closing(struct files *files, struct file *f)
{
	const struct socket *s = socket_of(f);

	(void)files;
	lost |= s != NULL && s->in_flight != 0;
}

void rights_closed(void)
{
	if (rights_in_flight != 0 && (lost || ++closed % CLOSED_UNSEEN == 0))
		rights_collect();
}
