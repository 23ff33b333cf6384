/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.c - mounts as objects, crossing them on the way along a path, and the text of a path.
 * Called by walk.c and kernel/linux/mount; mount.h has the contracts. [fs/namespace.c, fs/d_path.c]
 */
#include "mount.h"

#include <string.h>

#include "fs.h"
#include "kassert.h"
#include "page.h"
#include "task.h"

struct path path_initial;
struct mntns mntns_initial = { .mounts = LIST_INIT(mntns_initial.mounts) };
struct waitq mounts_changed = { LIST_INIT(mounts_changed.waiters) };

struct mntns *mntns_of(const struct task *t)
{
	struct ns *ns = t->ns[NS_MNT];

	return ns != NULL ? container_of(ns, struct mntns, ns) : &mntns_initial;
}

struct mntns *mntns_current(void)
{
	return mntns_of(current);
}

void mount_free(struct mount *m)
{
	struct mount *above;

	do {
		above = m->above;
		KASSERT(list_empty(&m->on_it) && m->ns == NULL);
		if (m->root->volume->mounted != NULL)
			m->root->volume->mounted(m->root->volume, false);
		inode_put(m->root);
		inode_put(m->at);
		kfree(m->source);
		kfree(m);
		m = above;
	} while (m != NULL && --m->refs == 0);
}

struct path path_get(struct path p)
{
	(void)inode_get(p.inode);
	if (p.mount != NULL)
		(void)mount_get(p.mount);
	return p;
}

void path_put(struct path p)
{
	inode_put(p.inode);
	mount_put(p.mount);
}

struct mount *mount_create(struct inode *root, const char *source, uint32_t flags)
{
	static uint32_t last;
	struct mount *m = kmalloc(sizeof(*m));

	if (m == NULL)
		return NULL;
	m->source = kmalloc(strlen(source) + 1);
	if (m->source == NULL) {
		kfree(m);
		return NULL;
	}
	strcpy(m->source, source);
	m->refs = 1;
	m->id = ++last;
	m->flags = flags;
	m->root = inode_get(root);
	root->roots_here++;
	if (root->volume->mounted != NULL)
		root->volume->mounted(root->volume, true);
	list_init(&m->on_it);
	list_init(&m->beside);
	list_init(&m->in_ns);
	return m;
}

void mount_attach(struct mount *m, struct mntns *ns, struct path at)
{
	KASSERT(m->above == NULL && m->at == NULL);
	if (list_empty(&m->in_ns)) {
		list_add_tail(&m->in_ns, &ns->mounts);
		ns->count++;
	}
	m->ns = ns;
	if (at.mount == NULL)
		return;
	m->above = mount_get(at.mount);
	m->at = inode_get(at.inode);
	at.inode->mounts_here++;
	list_add_tail(&m->beside, &at.mount->on_it);
}

void mount_detach(struct mount *m)
{
	if (m->above == NULL)
		return;
	list_del(&m->beside);
	m->at->mounts_here--;
	inode_put(m->at);
	mount_put(m->above);
	m->at = NULL;
	m->above = NULL;
}

void mount_leave(struct mount *m)
{
	list_del(&m->in_ns);
	m->ns->count--;
	m->ns = NULL;
	m->root->roots_here--;
	mount_put(m);
}

void mount_discard(struct mount *m)
{
	m->root->roots_here--;
	mount_put(m);
}

/* The mount whose mount point is P; NULL: there is none. */
static struct mount *mount_at(struct path p)
{
	list_for_each(link, &p.mount->on_it) {
		struct mount *m = container_of(link, struct mount, beside);

		if (m->at == p.inode)
			return m;
	}
	return NULL;
}

void path_cross_all(struct path *p)
{
	struct path on = *p;

	while (on.mount != NULL && on.inode->mounts_here != 0) {
		struct mount *m = mount_at(on);

		if (m == NULL)
			break;
		on = (struct path){ m, m->root };
	}
	if (path_same(on, *p))
		return;
	(void)path_get(on);
	path_put(*p);
	*p = on;
}

void mount_place_of(const struct mount *m, struct inode **i)
{
	list_for_each(link, &m->on_it) {
		struct inode *at = container_of(link, struct mount, beside)->at;

		if (at->iops != (*i)->iops || !at->iops->same(at, *i))
			continue;
		inode_put(*i);
		*i = inode_get(at);
		return;
	}
}

void path_uncross(struct path *p, struct path root)
{
	while (!path_same(*p, root) && p->mount != NULL && p->inode == p->mount->root && p->mount->above != NULL) {
		const struct path up = path_get((struct path){ p->mount->above, p->mount->at });

		path_put(*p);
		*p = up;
	}
}

/*
 * One step towards the top: from the root of a mount to its mount point, else to the directory
 * above. False: P is the top. References are neither taken nor given up.
 */
static bool path_up(struct path *p)
{
	if (p->mount != NULL && p->inode == p->mount->root) {
		if (p->mount->above == NULL)
			return false;
		*p = (struct path){ p->mount->above, p->mount->at };
		return true;
	}
	if (p->inode->parent == NULL)
		return false;
	p->inode = p->inode->parent;
	return true;
}

bool path_is_below(struct path p, struct path top, bool too_far)
{
	for (unsigned n = 0; n < PATH_STEPS; n++) {
		if (path_same(p, top))
			return true;
		if (!path_up(&p))
			return false;
	}
	return too_far;
}

/* The text is built from the end of the buffer, where the last name goes, to its beginning. */
const char *path_text_from(struct path p, struct path root, char *buf, size_t size)
{
	static const char gone[] = " (deleted)";
	size_t at = size;
	bool any = false;

	if (at == 0)
		return "?";
	buf[--at] = '\0';
	if (p.inode->parent != NULL && !p.inode->linked) {
		if (at < sizeof(gone) - 1)
			return "?";
		at -= sizeof(gone) - 1;
		memcpy(buf + at, gone, sizeof(gone) - 1);
	}
	while (!path_same(p, root)) {
		const struct inode *i = p.inode;
		const bool crossing = p.mount != NULL && i == p.mount->root;

		if (!path_up(&p))
			break;
		if (crossing)
			continue;
		if (at < i->name_len + 1U)
			return "?";
		at -= i->name_len;
		memcpy(buf + at, i->name, i->name_len);
		buf[--at] = '/';
		any = true;
	}
	if (!any && at > 0)
		buf[--at] = '/';
	memmove(buf, buf + at, size - at);
	return buf;
}

const char *path_text(struct path p, char *buf, size_t size)
{
	const struct path nowhere = { NULL, NULL };

	return path_text_from(p, current != NULL && current->fs != NULL ? current->fs->root : nowhere, buf, size);
}

/* A mount of the current namespace through which I can be seen, the lowest; NULL: there is none. */
static struct mount *find_mount_above(const struct inode *i)
{
	const struct mntns *ns = current != NULL ? mntns_current() : &mntns_initial;

	for (unsigned n = 0; i != NULL && n < PATH_STEPS; n++, i = i->parent) {
		if (i->roots_here == 0)
			continue;
		list_for_each(link, &ns->mounts) {
			struct mount *m = container_of(link, struct mount, in_ns);

			if (m->root == i && m->above != NULL)
				return m;
		}
	}
	return NULL;
}

const char *inode_path(const struct inode *i, char *buf, size_t size)
{
	return path_text((struct path){ find_mount_above(i), (struct inode *)i }, buf, size);
}
