/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pgrp.h - process groups and sessions: which processes belong to one.
 */
#pragma once

#include "hash.h"
#include "task.h"

/* At boot. */
void pgrp_init(void);
/* G belongs to process group PGID from now on; until then, if it was in one, to that. */
void pgrp_join(struct group *g, uint32_t pgid);
/* G belongs to session SID from now on. */
void session_join(struct group *g, uint32_t sid);
/* It belongs to neither any more, because it is freed. */
void pgrp_leave(struct group *g);
/* Is ID one of a task, a process group or a session? */
bool pgrp_id_in_use(uint32_t id);
/* Where the members of process group PGID are, among others. */
struct list *pgrp_bucket(uint32_t pgid);

/* A loop over the members of a process group, those that have ended too, that does not give way. */
#define pgrp_for_each(g, id)                                                                                    \
	list_for_each(g##_link, pgrp_bucket(id))                                                                \
		for (struct group *g = container_of(g##_link, struct group, by_pgid.link); g != NULL; g = NULL) \
			if (g->pgid == (id))
