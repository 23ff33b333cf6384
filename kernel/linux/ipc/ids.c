/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ids.c - the tables of System V objects, who may use an object, and how programs see it.
 * [ipc/util.c]
 */
#include "ipc.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <string.h>

#include "cred.h"
#include "page.h"
#include "pidns.h"
#include "task.h"
#include "timespec.h"
#include "userns.h"

/* An id is a sequence number times PLACES, plus a place in the table. [ipc_idr_alloc] */
#define PLACES 32768

struct ipcns ipc_initial;

struct ipcns *ipc_namespace(void)
{
	struct ns *ns = current->ns[NS_IPC];

	return ns != NULL ? container_of(ns, struct ipcns, ns) : &ipc_initial;
}

struct ipc_object *ipc_find_place(enum ipc_kind kind, int32_t place)
{
	const struct ipc_table *t = &ipc_namespace()->table[kind];
	const uint32_t n = (uint32_t)place % PLACES;

	return place >= 0 && n < t->size ? t->slot[n] : NULL;
}

struct ipc_object *ipc_find(enum ipc_kind kind, int32_t id)
{
	struct ipc_object *o = ipc_find_place(kind, id);

	return o != NULL && o->id == id ? o : NULL;
}

long ipc_highest(enum ipc_kind kind)
{
	const struct ipc_table *t = &ipc_namespace()->table[kind];
	uint32_t n = t->size;

	while (n > 0 && t->slot[n - 1] == NULL)
		n--;
	return n > 0 ? n - 1 : 0;
}

static struct ipc_object *find_key(const struct ipc_table *t, int32_t key)
{
	struct ipc_object *o = t->bucket[(uint32_t)key % IPC_BUCKETS];

	while (o != NULL && o->key != key)
		o = o->same_bucket;
	return o;
}

void ipc_forget_key(enum ipc_kind kind, struct ipc_object *o)
{
	struct ipc_object **at = &o->ns->table[kind].bucket[(uint32_t)o->key % IPC_BUCKETS];

	if (o->key == IPC_PRIVATE)
		return;
	while (*at != o)
		at = &(*at)->same_bucket;
	*at = o->same_bucket;
	o->key = IPC_PRIVATE;
}

/* Makes room for place N of T, which an object gets next. False: no memory, and T is as before. */
static bool table_grow(struct ipc_table *t, uint32_t n)
{
	uint32_t size = t->size == 0 ? 16 : t->size;
	struct ipc_object **slot;

	if (n < t->size)
		return true;
	while (size <= n)
		size *= 2;
	slot = kmalloc(size * sizeof(struct ipc_object *));
	if (slot == NULL)
		return false;
	if (t->size != 0)
		memcpy(slot, t->slot, t->size * sizeof(struct ipc_object *));
	kfree(t->slot);
	t->slot = slot;
	t->size = size;
	return true;
}

/*
 * Finds the next free place after the one that was given last, so that the id of a removed object
 * does not come back soon: 0 and the id in *ID, or -ENOMEM. [ipc_idr_alloc]
 */
static int find_any_id(struct ipc_table *t, int32_t *id)
{
	uint32_t n;

	if (!table_grow(t, t->used))
		return -ENOMEM;
	for (n = t->used == 0 ? 0 : t->next % t->size; t->slot[n] != NULL; n = (n + 1) % t->size)
		;
	if (n < t->next)
		t->seq = (t->seq + 1) % (INT32_MAX / PLACES);
	t->next = n + 1;
	*id = (int32_t)(t->seq * PLACES + n);
	return 0;
}

/* The same for WANTED or, if its place is not free, the next free place: or -ENOSPC, too. */
static int find_wanted_id(struct ipc_table *t, uint32_t wanted, int32_t *id)
{
	uint32_t n = wanted % PLACES;

	while (n < t->size && t->slot[n] != NULL)
		n++;
	if (n == PLACES)
		return -ENOSPC;
	if (!table_grow(t, n))
		return -ENOMEM;
	*id = (int32_t)(wanted / PLACES * PLACES + n);
	return 0;
}

/* Puts O into a place of NS's table: 0, -ENOSPC (the limit is reached) or -ENOMEM. [ipc_addid] */
static int table_add(struct ipcns *ns, const struct ipc_maker *m, struct ipc_object *o)
{
	struct ipc_table *t = &ns->table[m->kind];
	const int32_t wanted = ns->next_id[m->kind];
	int err;

	if (t->used >= ns->limit[m->most])
		return -ENOSPC;
	ns->next_id[m->kind] = -1;
	err = wanted < 0 ? find_any_id(t, &o->id) : find_wanted_id(t, (uint32_t)wanted, &o->id);
	if (err != 0)
		return err;
	t->slot[o->id % PLACES] = o;
	t->used++;
	if (o->key != IPC_PRIVATE) {
		o->same_bucket = t->bucket[(uint32_t)o->key % IPC_BUCKETS];
		t->bucket[(uint32_t)o->key % IPC_BUCKETS] = o;
	}
	return 0;
}

void ipc_remove(enum ipc_kind kind, struct ipc_object *o)
{
	struct ipc_table *t = &o->ns->table[kind];

	ipc_forget_key(kind, o);
	KASSERT(t->slot[o->id % PLACES] == o);
	t->slot[o->id % PLACES] = NULL;
	if (--t->used == 0) {
		kfree(t->slot);
		t->slot = NULL;
		t->size = 0;
	}
}

/* Makes an object: its id, -ENOSPC (the namespace has as many as it may), or -errno. [newque] */
static long ipc_make(const struct ipc_maker *m, int32_t key, uint32_t flags, uint64_t arg)
{
	struct ipcns *ns = ipc_namespace();
	struct ipc_object *o;
	int err;

	o = m->make(ns, arg, flags, &err);
	if (o == NULL)
		return err;
	o->key = key;
	o->mode = flags & 0777;
	o->uid = o->cuid = current->cred.euid;
	o->gid = o->cgid = current->cred.egid;
	o->ns = ns;
	err = table_add(ns, m, o);
	if (err == 0)
		return o->id;
	m->discard(o);
	return err;
}

long ipc_get(const struct ipc_maker *m, int32_t key, uint32_t flags, uint64_t arg)
{
	const struct ipc_object *o = key == IPC_PRIVATE ? NULL : find_key(&ipc_namespace()->table[m->kind], key);
	int err;

	if (o == NULL)
		return key == IPC_PRIVATE || (flags & IPC_CREAT) != 0 ? ipc_make(m, key, flags, arg) : -ENOENT;
	if ((flags & IPC_CREAT) != 0 && (flags & IPC_EXCL) != 0)
		return -EEXIST;
	if (!m->fits(o, arg))
		return -EINVAL;
	err = ipc_may(o, flags);
	return err != 0 ? err : o->id;
}

int ipc_may(const struct ipc_object *o, uint32_t wanted)
{
	const struct cred *c = &current->cred;
	uint32_t granted = o->mode;

	wanted = wanted >> 6 | wanted >> 3 | wanted;
	if (c->euid == o->cuid || c->euid == o->uid)
		granted >>= 6;
	else if (cred_in_group(o->cgid) || cred_in_group(o->gid))
		granted >>= 3;
	return (wanted & ~granted & 7) == 0 || userns_capable(CAP_IPC_OWNER) ? 0 : -EACCES;
}

int ipc_owns(const struct ipc_object *o)
{
	const uint32_t euid = current->cred.euid;

	return euid == o->cuid || euid == o->uid || userns_capable(CAP_SYS_ADMIN) ? 0 : -EPERM;
}

void ipc_show(const struct ipc_object *o, struct ipc64_perm *p)
{
	*p = (struct ipc64_perm){
		.key = o->key,
		.uid = userns_show_uid(o->uid),
		.gid = userns_show_gid(o->gid),
		.cuid = userns_show_uid(o->cuid),
		.cgid = userns_show_gid(o->cgid),
		.mode = o->mode,
		.seq = (uint16_t)(o->id / PLACES),
	};
}

int ipc_set(struct ipc_object *o, const struct ipc64_perm *p)
{
	const uint32_t uid = userns_uid(p->uid), gid = userns_gid(p->gid);

	if (uid == USERNS_INVALID || gid == USERNS_INVALID)
		return -EINVAL;
	o->uid = uid;
	o->gid = gid;
	o->mode = (o->mode & ~0777U) | (p->mode & 0777);
	return 0;
}

int64_t ipc_time(void)
{
	return (int64_t)(time_realtime() / NSEC_PER_SEC);
}

int32_t ipc_pid(void)
{
	return (int32_t)current->group->id;
}
