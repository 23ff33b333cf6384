/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pgrp.h - process groups and sessions: which processes belong to them. A module with calls that
 * need to know calls pgrp_begin() at boot. In an image without such a module all processes are in
 * the first program's process group, and no tables are kept.
 */
#pragma once

#include "hash.h"
#include "task.h"

struct pgrp_ops {
	/* G belongs to process group PGID and session SID from now on. */
	void (*set)(struct group *g, uint32_t pgid, uint32_t sid);
	/* G is freed: it leaves its process group and its session. */
	void (*leave)(struct group *g);
	/* Is ID the id of a process group or of a session? */
	bool (*has_id)(uint32_t id);
	/* What jobctl_group_exits(), jobctl_orphaned() and signal_pgrp_piece() do. */
	void (*group_exits)(struct group *g);
	bool (*orphaned)(uint32_t pgid);
	bool (*piece)(void);
};

extern const struct pgrp_ops *pgrp_ops; /* NULL: pgrp_begin() was not called */
/* Called at boot by modules, any number of times. It is in signal/orphans.c. */
void pgrp_begin(void);

/* Puts G into process group PGID and session SID. */
static inline void pgrp_set(struct group *g, uint32_t pgid, uint32_t sid)
{
	if (pgrp_ops != NULL) {
		pgrp_ops->set(g, pgid, sid);
		return;
	}
	g->pgid = pgid;
	g->sid = sid;
}

/* Is ID the id of a task, of a process group or of a session? */
static inline bool pgrp_id_in_use(uint32_t id)
{
	return task_find(id) != NULL || (pgrp_ops != NULL && pgrp_ops->has_id(id));
}

/* ---- pgrp.c: the functions of pgrp_ops, once pgrp_begin() was called ---- */

void pgrp_table_init(void);
void pgrp_table_set(struct group *g, uint32_t pgid, uint32_t sid);
void pgrp_table_leave(struct group *g);
bool pgrp_table_has_id(uint32_t id);
/* The bucket with the members of process group PGID. Other processes may be in it, too. */
struct list *pgrp_bucket(uint32_t pgid);

/*
 * A loop over the members of process group ID, including those that have ended. Its body must not
 * give way.
 */
#define pgrp_for_each(g, id)                                                                                    \
	list_for_each(g##_link, pgrp_bucket(id))                                                                \
		for (struct group *g = container_of(g##_link, struct group, by_pgid.link); g != NULL; g = NULL) \
			if (g->pgid == (id))
