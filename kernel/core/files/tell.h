/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tell.h - tells of what happens to inodes, for inotify and directory notices (kernel/linux/wait).
 * [linux/fsnotify.h]
 *
 * While no inode is watched, telling costs one look at inode_marks.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/inotify.h>

struct inode;

/* A watch on an inode; it lies in an object of the watcher. */
struct inode_mark {
	struct inode *inode; /* without a reference; NULL: it is gone */
	struct inode_mark *next;
	/*
	 * Called when inode_say() and the like tell of the inode. EVENT: IN_*. COOKIE: equal for
	 * the two events of a rename, else 0. NAME: of the entry in the inode, a directory; NULL:
	 * the event is the inode's own. EVENT has IN_EXCL_UNLINK, too, if the file in the directory
	 * has lost its name.
	 */
	void (*tell)(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name);
};

/* What inotify allows; /proc/sys/fs/inotify shows it, and sets it. */
struct inotify_limits {
	uint32_t queued_events;	 /* of an inotify file that is made from now on */
	uint32_t user_instances; /* files and watches of all processes of a user */
	uint32_t user_watches;
};
extern struct inotify_limits inotify_limits;

/* How many marks there are. */
extern uint32_t inode_marks;

/* Adds mark M, whose `tell` is set, to I; removes M from its inode. */
void inode_mark_add(struct inode *i, struct inode_mark *m);
void inode_mark_remove(struct inode_mark *m);

/* inode_say() and inode_say_entry(), if there are marks. */
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

/*
 * Tells those who watch I that EVENT (0: none) happened to it. GONE: I is freed, so its marks end.
 */
void inode_say_self(struct inode *i, uint32_t event, bool gone);
