/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.c - path resolution: from a path to an inode, name by name, through symbolic links. Called
 * by every system call that takes a path. The order of refusals is Linux's. [link_path_walk]
 *
 * A path of 40 links may lead through some 80,000 names, so a walk gives way between two names.
 * Meanwhile it holds references to the directory where it is, and to the links whose text it
 * follows. It does not give way once the last name was found, so nothing can change between that
 * and what the caller does with it (TOCTOU).
 */
#include "fs.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "task.h"

#define LINKS_MAX 40 /* [MAXSYMLINKS] */

struct walker {
	struct path at;			     /* the directory where the walk is, with references */
	struct path root;		     /* where "/" leads, and ".." ends; with references if root_held */
	const char *path;		     /* the rest of the path, or of the text of the link that is followed */
	const char *outer[LINKS_MAX];	     /* what is to be walked behind each link that was entered; none is empty */
	struct inode *held[LINKS_MAX];	     /* the links that were entered, a reference each */
	unsigned depth, links, flags, holds; /* entries of outer; links that were followed; WALK_*; entries of held */
	bool root_held;
	uint32_t worked; /* for sched_worked() */
};

#define NAME_WORK (2 * SCHED_STEP)   /* the work of walking a name */
#define CROSS_WORK (32 * SCHED_STEP) /* and where something is mounted */

/*
 * Called between two names: lets other tasks run now and then. 0, or -EINTR: a fatal signal came.
 */
static int walk_gives_way(struct walker *s)
{
	s->worked += s->at.inode->mounts_here != 0 ? CROSS_WORK : NAME_WORK;
	if (s->worked < SCHED_STINT)
		return 0;
	if (!s->root_held)
		(void)path_get(s->root); /* another thread may change the task's root meanwhile */
	s->root_held = true;
	return sched_worked(&s->worked, 0) ? -EINTR : 0;
}

/* May the walk go on to a place in the mount NEXT? 0, or -EXDEV: RESOLVE_NO_XDEV. [openat2(2)] */
static int check_step(const struct walker *s, const struct mount *next)
{
	return (s->flags & WALK_NO_XDEV) != 0 && next != s->at.mount ? -EXDEV : 0;
}

/*
 * May the walk follow a link that is a magic link (JUMP), or whose text begins with FIRST? 0, or
 * -ELOOP or -EXDEV, as openat2's flags say.
 */
static int check_link(const struct walker *s, bool jump, char first)
{
	if ((s->flags & WALK_NO_LINKS) != 0 || (jump && (s->flags & WALK_NO_JUMPS) != 0))
		return -ELOOP;
	if (jump && (s->flags & (WALK_BENEATH | WALK_IN_ROOT)) != 0)
		return -EXDEV;
	return !jump && first == '/' && (s->flags & WALK_BENEATH) != 0 ? -EXDEV : 0;
}

/* The walk goes on at NEXT, whose references are taken over. */
static void step_to(struct walker *s, struct path next)
{
	const struct path old = s->at;

	s->at = next;
	path_put(old);
}

/* Looks NAME, which is neither "." nor "..", up where the walk is: 0 and a reference, or -errno. */
static int look_up(const struct walker *s, const char *name, size_t len, struct inode **out)
{
	struct inode *dir = s->at.inode, *child;

	if (len > NAME_MAX)
		return -ENAMETOOLONG;
	if (dir->iops != NULL && dir->iops->lookup != NULL) {
		const int err = dir->iops->lookup(dir, name, len, out);

		if (err == 0 && s->at.mount != NULL && (*out)->iops != NULL && (*out)->iops->same != NULL)
			mount_place_of(s->at.mount, out);
		return err;
	}
	child = tree_find(dir, name, len);
	if (child == NULL)
		return -ENOENT;
	*out = inode_get(inode_target(child));
	return 0;
}

/*
 * Where ".." leads, with references: from the walk's root to that itself; from the root of a mount
 * to the directory above its mount point. [handle_dots]
 */
static struct path find_above(const struct walker *s)
{
	struct path p = path_get(s->at);

	path_uncross(&p, s->root);
	if (!path_same(p, s->root) && p.inode->parent != NULL) {
		struct inode *up = inode_get(p.inode->parent);

		inode_put(p.inode);
		p.inode = up;
	}
	path_cross(&p);
	return p;
}

/* Stores what NAME leads to, with references, and the kind of name that it is: 0 or -errno. */
static int find_child(const struct walker *s, const char *name, size_t len, struct path *out, enum walk_last *kind)
{
	int err;

	*kind = WALK_NAME;
	if (len == 1 && name[0] == '.') {
		*kind = WALK_DOT;
		*out = path_get(s->at);
		return 0;
	}
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		*kind = WALK_DOTDOT;
		if (path_same(s->at, s->root) && (s->flags & WALK_BENEATH) != 0)
			return -EXDEV;
		*out = find_above(s);
		return 0;
	}
	err = look_up(s, name, len, &out->inode);
	if (err != 0)
		return err;
	out->mount = s->at.mount != NULL ? mount_get(s->at.mount) : NULL;
	path_cross(out);
	return 0;
}

/*
 * Follows the symbolic link AT, whose references are taken over; REST is what is to be walked after
 * it. A magic link sets *JUMPED to where it leads. Otherwise the walk goes on in the link's text.
 */
static int enter_link(struct walker *s, struct path at, const char *rest, struct path *jumped)
{
	struct inode *link = at.inode;
	const char *text = (const char *)link->data;
	const bool follows = link->iops != NULL && link->iops->follow != NULL &&
			     (link->iops->jumps == NULL || link->iops->jumps(link));
	int err = check_link(s, follows, text != NULL ? text[0] : '\0');

	*jumped = (struct path){ NULL, NULL };
	if (err == 0 && ++s->links > LINKS_MAX)
		err = -ELOOP;
	else if (err == 0 && follows)
		err = link->iops->follow(link, jumped);
	else if (err == 0 && (text == NULL || text[0] == '\0'))
		err = -ENOENT;
	if (err == 0 && jumped->inode == NULL) {
		if (*rest != '\0')
			s->outer[s->depth++] = rest;
		if (text[0] == '/') {
			err = check_step(s, s->root.mount);
			step_to(s, path_get(s->root));
		}
		s->path = text;
		s->held[s->holds++] = inode_get(link);
	}
	path_put(at);
	return err;
}

/* The walk ends at TO: gives the references of both places to W. */
static void finish_walk(struct walker *s, struct path to, struct walk *w)
{
	w->mount = s->at.mount;
	w->dir = s->at.inode;
	w->to = to.mount;
	w->inode = to.inode;
}

/*
 * May the walk come to CHILD? DIRECTORY: it must be one. 0; or -errno, and its references are given
 * up.
 */
static int check_child(const struct walker *s, struct path child, bool directory)
{
	int err = check_step(s, child.mount);

	if (err == 0 && directory && !inode_is(child.inode, S_IFDIR))
		err = -ENOTDIR;
	if (err != 0)
		path_put(child);
	return err;
}

/* Walks one name of the path. 0: go on; 1: it was the last, and W is filled in; or -errno. */
static int walk_name(struct walker *s, struct walk *w)
{
	const char *name = s->path, *rest;
	struct path child = { NULL, NULL }, jumped;
	bool last, directory;
	size_t len = 0;
	int err;

	while (name[len] != '\0' && name[len] != '/')
		len++;
	for (rest = name + len; *rest == '/'; rest++)
		;
	last = *rest == '\0' && s->depth == 0;
	if ((s->flags & WALK_KERNEL) == 0 && (err = inode_permission(s->at.inode, MAY_EXEC)) != 0)
		return err;
	err = find_child(s, name, len, &child, &w->last);
	if (last) {
		w->name = name;
		w->name_len = len;
		w->slash |= name[len] == '/';
		if (err == -ENOENT && (s->flags & WALK_MISSING) != 0) {
			finish_walk(s, child, w);
			return 1;
		}
	}
	if (err != 0)
		return err;
	directory = !last || (w->slash && (s->flags & WALK_MISSING) == 0);
	if (inode_is(child.inode, S_IFLNK) && (directory || (s->flags & WALK_FOLLOW) != 0)) {
		err = enter_link(s, child, rest, &jumped);
		if (err != 0 || jumped.inode == NULL)
			return err;
		child = jumped;
		w->last = WALK_JUMP;
	}
	err = check_child(s, child, directory);
	if (err != 0)
		return err;
	if (last) {
		finish_walk(s, child, w);
		return 1;
	}
	step_to(s, child);
	s->path = *rest != '\0' ? rest : s->outer[--s->depth];
	return 0;
}

int path_walk(int dirfd, const char *path, unsigned flags, struct walk *w)
{
	struct walker s;
	int err = 0;

	memset(w, 0, sizeof(*w));
	s.path = path;
	s.flags = flags;
	s.depth = s.links = s.holds = s.worked = 0;
	s.root_held = false;
	s.root = (flags & WALK_KERNEL) != 0 ? path_initial : current->fs->root;
	if (path[0] == '/' && (flags & WALK_BENEATH) != 0)
		return -EXDEV;
	if ((path[0] == '/' && (flags & WALK_IN_ROOT) == 0) || (flags & WALK_KERNEL) != 0)
		s.at = path_get(s.root);
	else
		err = path_find_start(dirfd, &s.at);
	if (err != 0)
		return err;
	if ((flags & (WALK_BENEATH | WALK_IN_ROOT)) != 0)
		s.root = s.at;
	if (!inode_is(s.at.inode, S_IFDIR))
		err = -ENOTDIR;
	while (err == 0) {
		while (*s.path == '/')
			s.path++;
		if (*s.path != '\0') {
			err = walk_gives_way(&s);
			if (err == 0)
				err = walk_name(&s, w);
		} else if (s.depth > 0) {
			s.path = s.outer[--s.depth];
		} else {
			w->last = WALK_ROOT;
			finish_walk(&s, path_get(s.at), w);
			err = 1;
		}
	}
	while (s.holds > 0)
		inode_put(s.held[--s.holds]);
	if (s.root_held)
		path_put(s.root);
	if (err > 0)
		return 0;
	path_put(s.at);
	return err;
}

void walk_end(struct walk *w)
{
	path_put((struct path){ w->mount, w->dir });
	path_put((struct path){ w->to, w->inode });
}
