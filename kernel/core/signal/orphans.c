/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * orphans.c - orphaned process groups: those in which no member has a parent in another process
 * group of the same session, who could continue the member when it is stopped. Called when a
 * process ends. Also pgrp_begin(), which begins the bookkeeping of process groups.
 * [kill_orphaned_pgrp]
 */
#include "pgrp.h"
#include "signal.h"

/* Can G be sent signals? Not pid 1, and not a process that has ended. */
static bool takes_signals(const struct group *g)
{
	return g != group_init && g->live != 0;
}

/*
 * Is process group PGID orphaned? If GONE is not NULL, it counts as ended already, and its children
 * as pid 1's. [will_become_orphaned_pgrp]
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
 * CHILD loses its parent PARENT, or PARENT its child, because GONE ends. If that makes CHILD's
 * process group an orphaned one, and a member is stopped, the group gets SIGHUP and SIGCONT.
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

/* jobctl_group_exits(), when process groups are kept. */
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
		/* One look is enough for all children in the same process group. */
		pgrp_for_each(other, c->pgid) other->checked = look;
		(void)sched_worked(&worked, CHILD_WORK);
		if (worked == 0)
			next = g->children.next; /* others ran: the list may have changed */
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
