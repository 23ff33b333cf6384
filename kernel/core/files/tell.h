/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tell.h - tells of what happens to inodes: kernel/linux/wait's inotify listens. [linux/fsnotify.h]
 *
 * While no inode is watched, telling costs one look at a number.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/inotify.h>

struct inode;

/* One watcher of an inode. The memory is the watcher's. */
struct inode_mark {
	struct inode *inode; /* without a reference; NULL: it is gone */
	struct inode_mark *next;
};

/* How many marks there are. */
extern uint32_t inode_marks;

/*
 * At boot: TELLER is called for each mark M of an inode that inode_say() and the like tell of.
 * IN_EXCL_UNLINK beside the EVENT: it is of a file in M's directory that has lost its name.
 */
void inode_tell_to(void (*teller)(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name));

void inode_mark_add(struct inode *i, struct inode_mark *m);
void inode_mark_remove(struct inode_mark *m);

/* The functions below, when there are marks. */
void inode_say_all(struct inode *i, uint32_t event);
void inode_say_entry_all(struct inode *dir, const struct inode *i, uint32_t event, uint32_t cookie, const char *name);

/*
 * Tells that EVENT happened to I: to those who watch I, or the directory that it has its name in.
 */
static inline void inode_say(struct inode *i, uint32_t event)
{
	if (inode_marks != 0)
		inode_say_all(i, event);
}

/* Tells that EVENT happened to the entry NAME of DIR, which leads to I. */
static inline void inode_say_entry(struct inode *dir, const struct inode *i, uint32_t event, uint32_t cookie,
				   const char *name)
{
	if (inode_marks != 0)
		inode_say_entry_all(dir, i, event, cookie, name);
}

/* Tells that EVENT happened to I itself. GONE: its marks end then. */
void inode_say_self(struct inode *i, uint32_t event, bool gone);
