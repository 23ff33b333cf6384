/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal_pgrp.c - sends signals to all processes of a process group, for callers that cannot give
 * way: interrupt handlers, and code that wakes those who wait for a file.
 *
 * TOLD_AT_ONCE members get a signal at once. The others get it from sched_free(); if there is no
 * memory to note the signal, they get it at once, too. Every member gets the signals in the order
 * in which they were sent.
 */
#include "signal.h"

#include "page.h"
#include "pgrp.h"

#define TOLD_AT_ONCE 64U

/* A signal that was sent to a process group. */
struct message {
	struct list link;
	uint64_t number; /* they are numbered; a member has got it if its group.told is at least this */
	uint32_t pgid;
	struct signal_sender from;
	struct siginfo info;
};

static struct list waiting = LIST_INIT(waiting); /* messages that some members still lack */

bool signal_sender_may(const struct signal_sender *s, const struct task *t)
{
	return s->euid == 0 || s->euid == t->cred.suid || s->euid == t->cred.uid || s->uid == t->cred.suid ||
	       s->uid == t->cred.uid;
}

/* Sends M to at most MOST members that lack it. False: some still lack it. */
static bool tell_some(const struct message *m, uint32_t most)
{
	uint32_t told = 0;

	pgrp_for_each(g, m->pgid)
	{
		if (g->told >= m->number || g == group_init)
			continue;
		if (told++ == most)
			return false;
		g->told = m->number;
		if (signal_sender_may(&m->from, g->leader))
			(void)signal_send_group(g, &m->info);
	}
	return true;
}

void signal_send_pgrp(uint32_t pgid, const struct siginfo *info, struct signal_sender from)
{
	static uint64_t last;
	const struct message m = { .number = ++last, .pgid = pgid, .from = from, .info = *info };
	struct message *later;

	if (list_empty(&waiting) && tell_some(&m, TOLD_AT_ONCE))
		return;
	later = kmalloc_raw(sizeof(*later));
	if (later == NULL) {
		(void)tell_some(&m, UINT32_MAX);
		return;
	}
	*later = m;
	list_add_tail(&later->link, &waiting);
	sched_put_off();
}

void signal_send_kernel_pgrp(uint32_t pgid, int sig)
{
	const struct siginfo info = signal_info(sig, SI_KERNEL);

	signal_send_pgrp(pgid, &info, (struct signal_sender){ 0, 0 });
}

bool signal_pgrp_piece(void)
{
	struct message *m = container_of(waiting.next, struct message, link);

	if (list_empty(&waiting))
		return false;
	if (tell_some(m, TOLD_AT_ONCE)) {
		list_del(&m->link);
		kfree(m);
	}
	return true;
}
