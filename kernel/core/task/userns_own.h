/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * userns_own.h - what a user namespace is made of: for userns.c and userns_map.c only.
 */
#pragma once

#include "userns.h"

/* Ranges of ids in the namespace, and the kernel's ids that they stand for. */
struct map {
	uint32_t n; /* number of ranges; 0: not written yet */
	struct userns_extent *e;
};

struct userns {
	uint32_t refs;	       /* tasks in it, namespaces of any kind that it owns, files, and namespaces below it */
	uint32_t level;	       /* 1: right below the initial namespace */
	uint32_t ino;	       /* its number in /proc/PID/ns */
	struct userns *parent; /* NULL: the initial one; one reference */
	uint32_t owner;	       /* the id of its maker, who has every capability over it from the parent namespace */
	bool setgroups;	       /* setgroups(2) is allowed */
	bool owner_setfcap;    /* its maker had CAP_SETFCAP, and may map the parent's root */
	struct map map[2];     /* of users, of groups */
};

/* The number in NS of the kernel's ID, of a group if GID, else of a user; USERNS_INVALID: none. */
uint32_t userns_show(const struct userns *ns, bool gid, uint32_t id);
/* The kernel's id for FIRST in NS; USERNS_INVALID: no range holds COUNT numbers from FIRST on. */
uint32_t userns_find(const struct userns *ns, bool gid, uint32_t first, uint32_t count);
