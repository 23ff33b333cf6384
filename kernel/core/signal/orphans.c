/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * orphans.c - process groups that nobody outside of them, in their session, could continue; and
 * the beginning of all that is kept of process groups. [kill_orphaned_pgrp]
 */
#include "pgrp.h"
#include "signal.h"

/* Is it a process that can be sent signals? */
static bool takes_signals(const struct group *g)
{
	return g != group_init && g->live != 0;
}

/*
 * Is process group PGID orphaned if GONE (may be NULL) counts as ended, and its children as pid
 * 1's?
 */
static bool orphaned_without(uint32_t pgid, const struct group *gone)
{
	pgrp_for_each(g, pgid)
	{
		if (!takes_signals(g) || g == gone || g->parent == NULL || g->parent == group_init || g->parent == gone)
			continue;
		if (g->parent->pgid != pgid && g->parent->sid == g->sid)
			return false;
	}
	return true;
}

static bool is_orphaned(uint32_t pgid)
{
	return orphaned_without(pgid, NULL);
}

static bool has_stopped_members(uint32_t pgid)
{
	pgrp_for_each(g, pgid) if (g != group_init && g->stop.signal != 0) return true;
	return false;
}

/*
 * CHILD and PARENT are parted because GONE ends. If they connected CHILD's process group with its
 * session, that may be orphaned now.
 */
static void jobctl_disconnect(const struct group *child, const struct group *parent, const struct group *gone)
{
	const uint32_t pgid = child->pgid;

	if (parent == NULL || parent->pgid == pgid || parent->sid != child->sid)
		return;
	if (!orphaned_without(pgid, gone) || !has_stopped_members(pgid))
		return;
	signal_send_kernel_pgrp(pgid, SIGHUP);
	signal_send_kernel_pgrp(pgid, SIGCONT);
}

#define CHILD_WORK (8 * SCHED_STEP)

static void orphan_children(struct group *g)
{
	static uint64_t last;
	const uint64_t look = ++last;
	uint32_t worked = 0;
	struct list *next;

	jobctl_disconnect(g, g->parent, g);
	for (struct list *link = g->children.next; link != &g->children; link = next) {
		struct group *c = container_of(link, struct group, sibling);

		next = link->next;
		if (c->checked == look)
			continue;
		jobctl_disconnect(c, g, g);
		/* For others of that process group it is the same. */
		pgrp_for_each(other, c->pgid) other->checked = look;
		(void)sched_worked(&worked, CHILD_WORK);
		if (worked == 0)
			next = g->children.next; /* others ran: the list may be another */
	}
}

void pgrp_begin(void)
{
	static const struct pgrp_ops ops = {
		.set = pgrp_table_set,
		.leave = pgrp_table_leave,
		.has_id = pgrp_table_has_id,
		.group_exits = orphan_children,
		.orphaned = is_orphaned,
		.piece = signal_pgrp_piece,
	};

	if (pgrp_ops != NULL)
		return;
	pgrp_table_init();
	pgrp_ops = &ops;
}
