/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pgrp.h - process groups and sessions: which processes belong to one. Who has calls about them
 * calls pgrp_begin(); without it all are in the first program's group, and nothing is kept of it.
 */
#pragma once

#include "hash.h"
#include "task.h"

struct pgrp_ops {
	/* G belongs to process group PGID and session SID from now on. */
	void (*set)(struct group *g, uint32_t pgid, uint32_t sid);
	/* It belongs to none any more, because it is freed. */
	void (*leave)(struct group *g);
	/* Is ID one of a process group or a session? */
	bool (*has_id)(uint32_t id);
	/* jobctl_group_exits(), jobctl_orphaned(), signal_pgrp_piece() */
	void (*group_exits)(struct group *g);
	bool (*orphaned)(uint32_t pgid);
	bool (*piece)(void);
};

extern const struct pgrp_ops *pgrp_ops; /* or NULL */
/* At boot, by modules, in signal/orphans.c. */
void pgrp_begin(void);

static inline void pgrp_set(struct group *g, uint32_t pgid, uint32_t sid)
{
	if (pgrp_ops != NULL) {
		pgrp_ops->set(g, pgid, sid);
		return;
	}
	g->pgid = pgid;
	g->sid = sid;
}

/* Is ID one of a task, a process group or a session? */
static inline bool pgrp_id_in_use(uint32_t id)
{
	return task_find(id) != NULL || (pgrp_ops != NULL && pgrp_ops->has_id(id));
}

/* ---- pgrp.c: what pgrp_begin() begins ---- */

void pgrp_table_init(void);
void pgrp_table_set(struct group *g, uint32_t pgid, uint32_t sid);
void pgrp_table_leave(struct group *g);
bool pgrp_table_has_id(uint32_t id);
/* Where the members of process group PGID are, among others. */
struct list *pgrp_bucket(uint32_t pgid);

/* A loop over the members of a process group, those that have ended too, that does not give way. */
#define pgrp_for_each(g, id)                                                                                    \
	list_for_each(g##_link, pgrp_bucket(id))                                                                \
		for (struct group *g = container_of(g##_link, struct group, by_pgid.link); g != NULL; g = NULL) \
			if (g->pgid == (id))
