/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pgrp.c - the tables of process groups and sessions: see pgrp.h. Called through pgrp_ops by clone,
 * setpgid, setsid and group_free().
 */
#include "pgrp.h"

static struct hash members, of_session; /* all processes, by process group and by session */

void pgrp_table_init(void)
{
	hash_init(&members);
	hash_init(&of_session);
}

struct list *pgrp_bucket(uint32_t pgid)
{
	return hash_bucket(&members, hash_words(pgid, 0));
}

void pgrp_table_leave(struct group *g)
{
	hash_remove(&members, &g->by_pgid);
	hash_remove(&of_session, &g->by_sid);
}

void pgrp_table_set(struct group *g, uint32_t pgid, uint32_t sid)
{
	pgrp_table_leave(g);
	g->pgid = pgid;
	g->sid = sid;
	hash_add(&members, &g->by_pgid, hash_words(pgid, 0));
	hash_add(&of_session, &g->by_sid, hash_words(sid, 0));
}

bool pgrp_table_has_id(uint32_t id)
{
	pgrp_for_each(g, id) return true;
	list_for_each(link, hash_bucket(&of_session, hash_words(id, 0)))
		if (container_of(link, struct group, by_sid.link)->sid == id)
			return true;
	return false;
}
