/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.c - the caller's side of USER_NOTIF: the current task's call waits until a listener has
 * answered.
 *
 * Called by the judge. [seccomp_do_user_notification]
 */
#include "notify.h"

#include <abi/errno.h>

#include "file.h"
#include "kassert.h"
#include "listener.h"
#include "signal.h"
#include "task.h"

/*
 * Can only a fatal signal end the wait? It is so from RECV on, if the filter was installed with
 * SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV.
 */
static bool sleeps_killable(const struct notify_listener *l, const struct notif *n)
{
	return l->killable && n->state != NOTIF_INIT;
}

/*
 * Puts the newest gift into the current task's descriptor table, and wakes the giver. This task
 * does it, not the giver, so that this task's limits count. [seccomp_handle_addfd]
 */
static void take_gift(struct notif *n)
{
	struct gift *g = container_of(n->gifts.next, struct gift, link);
	long fd;

	list_del(&g->link);
	file_get(g->file);
	fd = g->at_fd ? fd_replace(current->files, g->file, g->fd, g->cloexec)
		      : fd_install(current->files, g->file, 0, g->cloexec);
	if (g->reply && fd < 0)
		n->state = NOTIF_SENT;
	else if (g->reply)
		n->val = fd;
	g->result = fd;
	g->done = true;
	waitq_wake(&g->ready);
}

/* Takes all gifts, and waits for the answer: 0, or -EINTR (a signal came first). */
static int wait_for_answer(const struct notify_listener *l, struct notif *n)
{
	for (;;) {
		const bool killable = sleeps_killable(l, n);
		const int err = wait_event(&n->ready,
					   !list_empty(&n->gifts) || n->state == NOTIF_REPLIED ||
						   killable != sleeps_killable(l, n),
					   killable ? WAIT_KILLABLE : WAIT_INTERRUPTIBLE, TIME_NEVER);

		if (err != 0)
			return err;
		if (!list_empty(&n->gifts))
			take_gift(n);
		else if (n->state == NOTIF_REPLIED)
			return 0;
	}
}

struct notify_answer notify_ask(struct listener *listener, const struct seccomp_data *data)
{
	struct notify_listener *l = container_of(listener, struct notify_listener, base);
	struct notif n = { .state = NOTIF_INIT, .tid = current->tid, .data = data };
	int err;

	if (l->closed)
		return (struct notify_answer){ .ret = -ENOSYS };
	list_init(&n.gifts);
	waitq_init(&n.ready);
	n.id = l->next_id++;
	list_add_tail(&n.link, &l->notifs);
	l->requests++;
	waitq_wake(&l->event);

	err = wait_for_answer(l, &n);
	KASSERT(list_empty(&n.gifts));
	list_del(&n.link);
	if (err != 0)
		return (struct notify_answer){ .interrupted = true, .ret = -ERESTARTSYS };
	return (struct notify_answer){
		.run = n.flags & SECCOMP_USER_NOTIF_FLAG_CONTINUE,
		.ret = n.error != 0 ? n.error : n.val,
	};
}
