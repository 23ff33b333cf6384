/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tell.c - tells of what happens to inodes: see tell.h. Called where files are opened, read,
 * written, changed, named and freed.
 */
#include "tell.h"

#include <stddef.h>

#include "inode.h"

/* [inotify_user_setup: 8192 is the least that Linux allows, with little memory] */
struct inotify_limits inotify_limits = { 16384, 128, 8192 };
uint32_t inode_marks;

void inode_mark_add(struct inode *i, struct inode_mark *m)
{
	m->inode = i;
	m->next = i->marks;
	i->marks = m;
	inode_marks++;
}

void inode_mark_remove(struct inode_mark *m)
{
	struct inode_mark **at = &m->inode->marks;

	while (*at != m)
		at = &(*at)->next;
	*at = m->next;
	m->inode = NULL;
	inode_marks--;
}

/* Tells each mark of I. The function that is told may remove the mark. */
static void tell_marks(struct inode *i, uint32_t event, uint32_t cookie, const char *name)
{
	struct inode_mark *next;

	for (struct inode_mark *m = i->marks; m != NULL; m = next) {
		next = m->next;
		m->tell(m, event, cookie, name);
	}
}

/* EVENT with IN_ISDIR, if I is a directory. */
static uint32_t of_kind(const struct inode *i, uint32_t event)
{
	return inode_is(i, S_IFDIR) ? event | IN_ISDIR : event;
}

void inode_say_all(struct inode *i, uint32_t event)
{
	if (i->parent != NULL && i->name != NULL)
		tell_marks(i->parent, of_kind(i, event) | (i->linked ? 0 : IN_EXCL_UNLINK), 0, i->name);
	tell_marks(i, of_kind(i, event), 0, NULL);
}

void inode_say_entry_all(struct inode *dir, const struct inode *i, uint32_t event, uint32_t cookie, const char *name)
{
	tell_marks(dir, of_kind(i, event), cookie, name);
}

void inode_say_self(struct inode *i, uint32_t event, bool gone)
{
	if (i->marks == NULL)
		return;
	if (event != 0)
		tell_marks(i, event, 0, NULL);
	if (gone)
		tell_marks(i, IN_IGNORED, 0, NULL);
}
