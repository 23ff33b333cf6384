/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree.c - directories in memory, and the names in them; inode.h has the contracts. Called by path
 * resolution and the calls that change names.
 *
 * Each child holds a reference to its directory, and the tree holds one to each child. The callers
 * check permissions and read-only volumes: tree_may_add(), tree_may_remove().
 */
#include "inode.h"

#include <string.h>

#include <abi/errno.h>

#include "dir.h"
#include "page.h"
#include "tell.h"

static struct hash names; /* the entries of all directories, by directory and name */

void tree_init(void)
{
	hash_init(&names);
}

void tree_trim(void)
{
	hash_trim(&names);
}

static struct inode *tree_entry(const struct avl_node *n)
{
	return n != NULL ? container_of(n, struct inode, sibling) : NULL;
}

struct inode *tree_first(const struct inode *dir)
{
	return tree_entry(avl_end(dir->children.root, false));
}

struct inode *tree_next(const struct inode *i)
{
	return tree_entry(avl_step(&i->sibling, true));
}

static uint32_t name_hash(const struct inode *dir, const char *name, size_t len)
{
	return hash_bytes((uint64_t)dir, name, len);
}

struct inode *tree_find(const struct inode *dir, const char *name, size_t len)
{
	const uint32_t hash = name_hash(dir, name, len);

	list_for_each(link, hash_bucket(&names, hash)) {
		struct inode *i = container_of(link, struct inode, hashed.link);

		if (i->hashed.hash == hash && i->parent == dir && i->name_len == len && memcmp(i->name, name, len) == 0)
			return i;
	}
	return NULL;
}

static char *copy_name(const char *name, size_t len)
{
	char *copy = kmalloc(len + 1);

	if (copy != NULL)
		memcpy(copy, name, len);
	return copy;
}

/* Puts I into DIR as NAME, of LEN bytes, which is allocated, and I's from now on. */
static void tree_attach(struct inode *dir, struct inode *i, char *name, size_t len)
{
	struct avl_node *last;

	i->name = name;
	i->name_len = (uint32_t)len;
	i->parent = inode_get(dir);
	i->linked = true;
	i->cookie = dir->next_cookie++;
	hash_add(&names, &i->hashed, name_hash(dir, name, len));
	last = avl_end(dir->children.root, true);
	avl_insert(&dir->children, &i->sibling, last, last != NULL ? &last->child[1] : &dir->children.root);
	if (inode_is(i, S_IFDIR))
		dir->nlink++;
	inode_touch(dir);
}

/* Takes I, which keeps its name and its reference to the directory, out of its directory. */
static void detach_inode(struct inode *i)
{
	avl_remove(&i->parent->children, &i->sibling);
	hash_remove(&names, &i->hashed);
	i->linked = false;
	if (inode_is(i, S_IFDIR))
		i->parent->nlink--;
	inode_touch(i->parent);
}

int tree_link(struct inode *dir, struct inode *i, const char *name, size_t len)
{
	char *copy = copy_name(name, len);

	if (copy == NULL)
		return -ENOMEM;
	tree_attach(dir, inode_get(i), copy, len);
	inode_say_entry(dir, i, IN_CREATE, 0, i->name);
	return 0;
}

void tree_unlink(struct inode *i)
{
	struct inode *target = inode_target(i);

	detach_inode(i);
	target->nlink = inode_is(i, S_IFDIR) ? 0 : target->nlink - 1;
	target->ctime = i->parent->ctime;
	inode_say_self(target, inode_is(i, S_IFDIR) ? 0 : IN_ATTRIB, false);
	inode_say_entry(i->parent, i, IN_DELETE, 0, i->name);
	inode_put(i);
}

int tree_link_hard(struct inode *dir, struct inode *i, const char *name, size_t len)
{
	struct inode *link = inode_create(dir->volume, i->mode & S_IFMT);
	int err = link != NULL ? tree_link(dir, link, name, len) : -ENOMEM;

	if (err == 0) {
		link->target = inode_get(i);
		i->nlink++;
		i->ctime = dir->ctime;
		inode_say_self(i, IN_ATTRIB, false);
	}
	inode_put(link);
	return err;
}

int tree_create(struct inode *dir, const char *name, size_t len, uint32_t mode, struct inode **out)
{
	struct inode *i = inode_create(dir->volume, mode);

	if (i == NULL)
		return -ENOMEM;
	if (inode_is(i, S_IFDIR))
		i->nlink = 2;
	if (dir->mode & S_ISGID) {
		i->gid = dir->gid;
		if (inode_is(i, S_IFDIR))
			i->mode |= S_ISGID;
	}
	if (tree_link(dir, i, name, len) != 0) {
		inode_put(i);
		return -ENOMEM;
	}
	if (out != NULL)
		*out = i;
	else
		inode_put(i);
	return 0;
}

/* The last cookie, by which watchers see that the two events of a rename belong together. */
static uint32_t last_move;

static void tell_moved(struct inode *i, uint32_t event, uint32_t cookie)
{
	inode_say_entry(i->parent, i, event, cookie, i->name);
}

int tree_move(struct inode *i, struct inode *dir, const char *name, size_t len)
{
	char *copy = copy_name(name, len);
	struct inode *old = i->parent;

	if (copy == NULL)
		return -ENOMEM;
	tell_moved(i, IN_MOVED_FROM, ++last_move);
	detach_inode(i);
	kfree(i->name);
	tree_attach(dir, i, copy, len);
	tell_moved(i, IN_MOVED_TO, last_move);
	inode_say_self(inode_target(i), IN_MOVE_SELF, false);
	inode_put(old);
	return 0;
}

void tree_exchange(struct inode *a, struct inode *b)
{
	struct inode *const from[2] = { a->parent, b->parent };
	char *const name[2] = { a->name, b->name };
	const size_t len[2] = { a->name_len, b->name_len };

	tell_moved(a, IN_MOVED_FROM, ++last_move);
	tell_moved(b, IN_MOVED_FROM, ++last_move);
	detach_inode(a);
	detach_inode(b);
	tree_attach(from[1], a, name[1], len[1]);
	tree_attach(from[0], b, name[0], len[0]);
	tell_moved(a, IN_MOVED_TO, last_move - 1);
	tell_moved(b, IN_MOVED_TO, last_move);
	inode_say_self(inode_target(a), IN_MOVE_SELF, false);
	inode_say_self(inode_target(b), IN_MOVE_SELF, false);
	inode_put(from[0]);
	inode_put(from[1]);
}

int tree_may_add(const struct inode *dir)
{
	if (dir->volume->readonly)
		return -EROFS;
	if (dir->volume->fixed || (dir->parent != NULL && !dir->linked))
		return -ENOENT;
	return inode_permission(dir, MAY_WRITE | MAY_EXEC);
}

int tree_may_remove(const struct inode *i)
{
	const struct inode *dir = i->parent;
	int err;

	if (dir->volume->readonly)
		return -EROFS;
	if (dir->volume->fixed)
		return -EPERM;
	err = inode_permission(dir, MAY_WRITE | MAY_EXEC);
	if (err != 0)
		return err;
	if ((dir->mode & S_ISVTX) != 0 && !inode_owned(inode_target(i)) && !inode_owned(dir))
		return -EPERM;
	return inode_target(i)->mounts_here != 0 ? -EBUSY : 0;
}

/* The first entry of DIR at position POS or after it; NULL: there is none. */
static struct inode *tree_from(const struct inode *dir, uint64_t pos)
{
	struct inode *best = NULL;

	for (const struct avl_node *n = dir->children.root; n != NULL;) {
		struct inode *i = tree_entry(n);

		if (i->cookie >= pos)
			best = i;
		n = n->child[i->cookie < pos];
	}
	return best;
}

#define ENTRIES_AT_ONCE 512U

void tree_list(struct inode *dir, struct dir_sink *sink)
{
	const struct inode *i = tree_from(dir, sink->pos);

	for (uint32_t n = 0; i != NULL; i = tree_next(i)) {
		if (n++ == ENTRIES_AT_ONCE) /* the rest is for the next call */
			return;
		if (!dir_emit(sink, i->name, i->name_len, inode_target(i)->ino, i->mode, i->cookie + 1))
			return;
	}
}
