/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.c - from a path to an inode, name by name, through symbolic links. Called
 * by every call that takes a path.
 *
 * The strings that are walked (the path, and the targets of links, which stay in their inodes)
 * cannot change meanwhile, because nothing here sleeps. The order of refusals is Linux's
 * link_path_walk.
 */
#include "fs.h"

#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "task.h"

#define LINKS_MAX 40 /* [MAXSYMLINKS] */

struct walker {
	struct inode *at; /* the directory to look in; a reference */
	struct inode *root;
	const char *path;	      /* what is still to be walked */
	const char *outer[LINKS_MAX]; /* what is to be walked after each link that was entered; never empty strings */
	unsigned depth, links, flags;
};

/* May the walk go from where it is to NEXT, by openat2's rules? */
static int check_step(const struct walker *s, const struct inode *next)
{
	return (s->flags & WALK_NO_XDEV) != 0 && next->volume != s->at->volume ? -EXDEV : 0;
}

/* May it follow a link whose text begins with FIRST, or which is a jump (JUMP)? */
static int check_link(const struct walker *s, bool jump, char first)
{
	if ((s->flags & WALK_NO_LINKS) != 0 || (jump && (s->flags & WALK_NO_JUMPS) != 0))
		return -ELOOP;
	if (jump && (s->flags & (WALK_BENEATH | WALK_IN_ROOT)) != 0)
		return -EXDEV;
	return !jump && first == '/' && (s->flags & WALK_BENEATH) != 0 ? -EXDEV : 0;
}

static void step_to(struct walker *s, struct inode *next)
{
	inode_put(s->at);
	s->at = next;
}

static int look_up(const struct walker *s, const char *name, size_t len, struct inode **out)
{
	struct inode *dir = s->at, *child;

	if (len > NAME_MAX)
		return -ENAMETOOLONG;
	if (dir->iops != NULL && dir->iops->lookup != NULL)
		return dir->iops->lookup(dir, name, len, out);
	child = tree_find(dir, name, len);
	if (child == NULL)
		return -ENOENT;
	*out = inode_get(inode_target(child));
	return 0;
}

/* Finds the inode that the name leads to from here, and what kind of name it is. */
static int find_child(const struct walker *s, const char *name, size_t len, struct inode **out, enum walk_last *kind)
{
	*kind = WALK_NAME;
	if (len == 1 && name[0] == '.') {
		*kind = WALK_DOT;
		*out = inode_get(s->at);
		return 0;
	}
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		*kind = WALK_DOTDOT;
		if (s->at == s->root && (s->flags & WALK_BENEATH) != 0)
			return -EXDEV;
		*out = inode_get(s->at == s->root || s->at->parent == NULL ? s->at : s->at->parent);
		return 0;
	}
	return look_up(s, name, len, out);
}

/*
 * Enters LINK, whose reference is taken over; REST is what is to be walked after it. A jump sets
 * *JUMPED to where it led; otherwise the walk goes on in the link's text.
 */
static int enter_link(struct walker *s, struct inode *link, const char *rest, struct inode **jumped)
{
	const char *text = (const char *)link->data;
	const bool follows = link->iops != NULL && link->iops->follow != NULL;
	int err = check_link(s, follows && (link->iops->jumps == NULL || link->iops->jumps(link)),
			     text != NULL ? text[0] : '\0');

	*jumped = NULL;
	if (err == 0 && ++s->links > LINKS_MAX)
		err = -ELOOP;
	else if (err == 0 && follows)
		err = link->iops->follow(link, jumped);
	else if (err == 0 && (text == NULL || text[0] == '\0'))
		err = -ENOENT;
	if (err == 0 && *jumped == NULL) {
		if (*rest != '\0')
			s->outer[s->depth++] = rest;
		if (text[0] == '/') {
			err = check_step(s, s->root);
			step_to(s, inode_get(s->root));
		}
		s->path = text;
	}
	inode_put(link);
	return err;
}

static void finish_walk(struct walker *s, struct inode *inode, struct walk *w)
{
	w->dir = s->at;
	w->inode = inode;
}

/* Walks one name of the path. 0: go on; 1: it was the last, and W is filled in; or -errno. */
static int walk_name(struct walker *s, struct walk *w)
{
	const char *name = s->path, *rest;
	struct inode *child = NULL, *jumped;
	bool last, slash, follow;
	size_t len = 0;
	int err;

	while (name[len] != '\0' && name[len] != '/')
		len++;
	slash = name[len] == '/';
	for (rest = name + len; *rest == '/'; rest++)
		;
	last = *rest == '\0' && s->depth == 0;
	if ((s->flags & WALK_KERNEL) == 0 && (err = inode_permission(s->at, MAY_EXEC)) != 0)
		return err;
	err = find_child(s, name, len, &child, &w->last);
	if (last) {
		w->name = name;
		w->name_len = len;
		w->slash |= slash;
		if (err == -ENOENT && (s->flags & WALK_MISSING) != 0) {
			finish_walk(s, NULL, w);
			return 1;
		}
	}
	if (err != 0)
		return err;
	follow = !last || (s->flags & WALK_FOLLOW) != 0 || (w->slash && (s->flags & WALK_MISSING) == 0);
	if (inode_is(child, S_IFLNK) && follow) {
		err = enter_link(s, child, rest, &jumped);
		if (err != 0 || jumped == NULL)
			return err;
		child = jumped;
		w->last = WALK_JUMP;
	}
	err = check_step(s, child);
	if (err != 0) {
		inode_put(child);
		return err;
	}
	if ((!last || (w->slash && (s->flags & WALK_MISSING) == 0)) && !inode_is(child, S_IFDIR)) {
		inode_put(child);
		return -ENOTDIR;
	}
	if (last) {
		finish_walk(s, child, w);
		return 1;
	}
	step_to(s, child);
	s->path = *rest != '\0' ? rest : s->outer[--s->depth];
	return 0;
}

/* The directory where a relative path starts: 0 and a new reference, or -EBADF, -ENOTDIR. */
static int find_start(int dirfd, struct inode **out)
{
	struct file *f;

	if (dirfd == AT_FDCWD) {
		*out = inode_get(current->fs->cwd);
		return 0;
	}
	f = fd_get_any((uint32_t)dirfd);
	if (f == NULL)
		return -EBADF;
	*out = inode_get(f->inode);
	file_put(f);
	return 0;
}

int path_walk(int dirfd, const char *path, unsigned flags, struct walk *w)
{
	struct walker s = { .path = path, .flags = flags };
	int err = 0;

	memset(w, 0, sizeof(*w));
	s.root = (flags & WALK_KERNEL) != 0 ? inode_root : current->fs->root;
	if (path[0] == '/' && (flags & WALK_BENEATH) != 0)
		return -EXDEV;
	if ((path[0] == '/' && (flags & WALK_IN_ROOT) == 0) || (flags & WALK_KERNEL) != 0)
		s.at = inode_get(s.root);
	else
		err = find_start(dirfd, &s.at);
	if (err == 0 && (flags & (WALK_BENEATH | WALK_IN_ROOT)) != 0)
		s.root = s.at;
	if (err == 0 && !inode_is(s.at, S_IFDIR))
		err = -ENOTDIR;
	while (err == 0) {
		while (*s.path == '/')
			s.path++;
		if (*s.path != '\0') {
			err = walk_name(&s, w);
		} else if (s.depth > 0) {
			s.path = s.outer[--s.depth];
		} else {
			w->last = WALK_ROOT;
			finish_walk(&s, inode_get(s.at), w);
			err = 1;
		}
	}
	if (err > 0)
		return 0;
	inode_put(s.at);
	return err;
}

void walk_end(struct walk *w)
{
	inode_put(w->dir);
	inode_put(w->inode);
}

int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out)
{
	struct walk w;
	int err = path_walk(dirfd, path, follow ? WALK_FOLLOW : 0, &w);

	if (err != 0)
		return err;
	*out = inode_get(w.inode);
	walk_end(&w);
	return 0;
}

int fs_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct inode **out)
{
	char *path;
	int err = path_copy(upath, (flags & AT_EMPTY_PATH) != 0, &path);

	if (err != 0)
		return err;
	if (path[0] == '\0')
		err = find_start(dirfd, out);
	else
		err = fs_resolve(dirfd, path, (flags & AT_SYMLINK_NOFOLLOW) == 0, out);
	path_free(path);
	return err;
}

struct inode *fs_lookup(const char *path)
{
	struct walk w;
	struct inode *i;

	if (path_walk(AT_FDCWD, path, WALK_FOLLOW | WALK_KERNEL, &w) != 0)
		return NULL;
	i = inode_get(w.inode);
	walk_end(&w);
	return i;
}

int path_make(int dirfd, const char *path, uint32_t mode, struct inode **out)
{
	struct walk w;
	int err = path_walk(dirfd, path, WALK_MISSING, &w);

	if (err != 0)
		return err;
	if (w.inode != NULL)
		err = -EEXIST;
	else if (w.slash && !((mode & S_IFMT) == S_IFDIR))
		err = -ENOENT;
	else
		err = tree_may_add(w.dir);
	if (err == 0 && ((mode & S_IFMT) == S_IFCHR || (mode & S_IFMT) == S_IFBLK) && !task_capable(CAP_MKNOD))
		err = -EPERM;
	if (err == 0)
		err = tree_create(w.dir, w.name, w.name_len, mode, out);
	walk_end(&w);
	return err;
}
