/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tell.h - what happens to inodes, for whoever watches them:
 * kernel/linux/wait's inotify. [linux/fsnotify.h]
 *
 * While nobody watches any, telling costs a look at a number.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/inotify.h>

struct inode;

/* Of one inode, who watches it. Its memory is the watcher's. */
struct inode_mark {
	struct inode *inode; /* no reference; NULL: it is gone */
	struct inode_mark *next;
};

/* Marks that there are. */
extern uint32_t inode_marks;

/* Boot: TELLER hears what inode_say() and its kin say, of a mark's inode that M is of. */
void inode_tell_to(void (*teller)(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name));

void inode_mark_add(struct inode *i, struct inode_mark *m);
void inode_mark_remove(struct inode_mark *m);

/* For the functions below. */
void inode_say_all(struct inode *i, uint32_t event);
void inode_say_entry_all(struct inode *dir, const struct inode *i, uint32_t event, uint32_t cookie, const char *name);

/* EVENT happened to I: those hear it who watch I, or the directory that it has its name in. */
static inline void inode_say(struct inode *i, uint32_t event)
{
	if (inode_marks != 0)
		inode_say_all(i, event);
}

/* EVENT happened to the entry NAME of DIR, which leads to I. */
static inline void inode_say_entry(struct inode *dir, const struct inode *i, uint32_t event, uint32_t cookie,
				   const char *name)
{
	if (inode_marks != 0)
		inode_say_entry_all(dir, i, event, cookie, name);
}

/* EVENT happened to I itself; GONE: its marks are gone then, too. */
void inode_say_self(struct inode *i, uint32_t event, bool gone);
