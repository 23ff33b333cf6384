/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidns.c - pid namespaces. Called by clone, exit, unshare, and wherever a process's number comes
 * from a program or goes to one. [kernel/pid_namespace.c, kernel/pid.c]
 */
#include "pidns.h"

#include <string.h>

#include <abi/errno.h>

#include "kassert.h"
#include "ns.h"
#include "page.h"
#include "pgrp.h"
#include "task.h"
#include "text.h"
#include "userns.h"

#define LEVELS_MAX 32 /* [MAX_PID_NS_LEVEL] */

struct pidns {
	struct list link;     /* in `all` */
	uint32_t refs;	      /* tasks in it, tasks whose children will be in it, files, and namespaces below it */
	uint32_t ino;	      /* its number in /proc/PID/ns */
	uint32_t level;	      /* 1: right below the initial namespace */
	struct pidns *parent; /* NULL: the initial namespace; one reference */
	bool dead;	      /* its process 1 has ended: nobody can enter any more */
	uint32_t ended_by;    /* the signal by which that seems to have ended, or 0: pidns_end_by() */
	struct userns *owner; /* capabilities over it are those in this namespace; one reference */
	uint32_t last;	      /* the number that was given last */
	/*
	 * Numbers and ids find each other through three arrays of `size` entries (0 or a power of
	 * two), which are one object.
	 */
	uint32_t size;
	uint16_t *ids;	 /* by number: the id for which it stands, of a task that may have ended; 0: none */
	uint16_t *first; /* a hash table, by id modulo size: the first number of a chain; 0: it is empty */
	uint16_t *next;	 /* by number: the next number of its chain; 0: it is the last */
};

_Static_assert(TASK_ID_MAX <= UINT16_MAX, "ids and numbers are kept in 16 bits");

static struct list all = LIST_INIT(all);

struct pidns *pidns_get(struct pidns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	if (ns != NULL)
		ns->refs++;
	return ns;
}

void pidns_put(struct pidns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	while (ns != NULL && --ns->refs == 0) {
		struct pidns *parent = ns->parent;

		list_del(&ns->link);
		userns_put(ns->owner);
		kfree(ns->ids);
		kfree(ns);
		ns = parent;
	}
}

/* Makes a namespace below PARENT, for T. */
static struct pidns *pidns_create(struct pidns *parent, const struct task *t)
{
	struct pidns *ns = kmalloc(sizeof(*ns));

	if (ns == NULL)
		return NULL;
	ns->refs = 1;
	ns->parent = pidns_get(parent);
	ns->owner = userns_get(t->userns);
	ns->ino = ns_number();
	ns->level = parent == NULL ? 1 : parent->level + 1;
	list_add(&ns->link, &all);
	return ns;
}

uint32_t pidns_ino(const struct pidns *ns)
{
	return ns != NULL ? ns->ino : NS_PID_INITIAL;
}

struct userns *pidns_owner(const struct pidns *ns)
{
	return ns != NULL ? ns->owner : NULL;
}

int pidns_join(struct pidns *ns)
{
	struct pidns *old = current->pidns_children;

	if (current->pidns != NULL && !pidns_is_inside(ns, current->pidns))
		return -EINVAL;
	if (ns != NULL && ns->dead)
		return -ENOMEM;
	current->pidns_children = pidns_get(ns);
	pidns_put(old);
	return 0;
}

/* ---- numbers ---- */

/* The link in NS (whose size is not 0) that holds ID's number; a link that is 0: ID has none. */
static uint16_t *find_number(const struct pidns *ns, uint32_t id)
{
	uint16_t *at = &ns->first[id % ns->size];

	while (*at != 0 && ns->ids[*at] != id)
		at = &ns->next[*at];
	return at;
}

/* Takes ID's number in NS from it, if it has one. Id 0, which is no task's, has none. */
static void remove_number(struct pidns *ns, uint32_t id)
{
	uint16_t *const at = find_number(ns, id);
	const uint32_t number = *at;

	if (number == 0)
		return;
	*at = ns->next[number];
	ns->ids[number] = 0;
}

/* Gives ID, which has no number in NS, NUMBER, which stands for no id. */
static void add_number(struct pidns *ns, uint32_t number, uint32_t id)
{
	ns->ids[number] = (uint16_t)id;
	ns->next[number] = ns->first[id % ns->size];
	ns->first[id % ns->size] = (uint16_t)number;
}

uint32_t pidns_number(const struct pidns *ns, uint32_t id)
{
	if (ns == NULL || id == 0)
		return id;
	return ns->size != 0 ? *find_number(ns, id) : 0;
}

uint32_t pidns_show(uint32_t id)
{
	return pidns_number(current->pidns, id);
}

uint32_t pidns_show_to(const struct task *t, uint32_t id)
{
	return pidns_number(t->pidns, id);
}

static void show_from(struct text *to, const struct pidns *ns, uint32_t id)
{
	if (ns != to->ns && ns != NULL)
		show_from(to, ns->parent, id);
	text_add(to, "\t%u", pidns_number(ns, id));
}

void pidns_show_all(struct text *to, const struct task *t, uint32_t id)
{
	show_from(to, t->pidns, id);
}

uint32_t *pidns_last(bool change)
{
	return current->pidns != NULL ? &current->pidns->last : task_last_id(change);
}

uint32_t pidns_size(const struct pidns *ns)
{
	return ns->size;
}

uint32_t pidns_id(uint32_t number)
{
	return pidns_id_in(current->pidns, number);
}

uint32_t pidns_id_in(const struct pidns *ns, uint32_t number)
{
	if (ns == NULL)
		return number;
	return number < ns->size ? ns->ids[number] : 0;
}

/* Enlarges the arrays of NS, if need be, so that NUMBER has an entry: 0 or -ENOMEM. */
static int pidns_make_room(struct pidns *ns, uint32_t number)
{
	const struct pidns old = *ns;
	uint16_t *all_of_it;

	if (number < old.size)
		return 0;
	for (ns->size = 64; ns->size <= number; ns->size *= 2)
		;
	all_of_it = kmalloc(3UL * ns->size * sizeof(*all_of_it));
	if (all_of_it == NULL) {
		ns->size = old.size;
		return -ENOMEM;
	}
	ns->ids = all_of_it;
	ns->first = ns->ids + ns->size;
	ns->next = ns->first + ns->size;
	for (uint32_t n = 1; n < old.size; n++)
		if (old.ids[n] != 0)
			add_number(ns, n, old.ids[n]);
	kfree(old.ids);
	return 0;
}

/*
 * Gives ID the next free number in NS; after the highest comes 2. 0, -ENOMEM or -EAGAIN.
 * [alloc_pid]
 */
static int give_number(struct pidns *ns, uint32_t id)
{
	for (uint32_t tries = 0; tries < TASK_ID_MAX; tries++) {
		ns->last = ns->last + 1 < task_id_max ? ns->last + 1 : 2;
		if (pidns_make_room(ns, ns->last) != 0)
			return -ENOMEM;
		if (ns->ids[ns->last] == 0 || !pgrp_id_in_use(ns->ids[ns->last])) {
			remove_number(ns, ns->ids[ns->last]);
			add_number(ns, ns->last, id);
			return 0;
		}
	}
	return -EAGAIN;
}

/* ID is reused for a new task: takes its former owner's numbers from it, in all namespaces. */
static void pidns_forget(uint32_t id)
{
	list_for_each(link, &all) {
		struct pidns *ns = container_of(link, struct pidns, link);

		if (ns->size != 0)
			remove_number(ns, id);
	}
}

/* ---- entering and leaving ---- */

int pidns_unshare(void)
{
	struct pidns *ns;

	if (current->pidns != NULL && current->pidns->level >= LEVELS_MAX)
		return -ENOSPC;
	ns = pidns_create(current->pidns, current);
	if (ns == NULL)
		return -ENOMEM;
	pidns_put(current->pidns_children);
	current->pidns_children = ns;
	return 0;
}

/* The namespace that CHILD, which a clone makes, will live in; one reference. */
static int choose_pidns(const struct task *child, bool thread, bool new, struct pidns **out)
{
	struct pidns *ns = current->pidns_children;

	if (thread && (new || ns != current->pidns))
		return -EINVAL;
	if (ns != NULL && ns->dead)
		return -ENOMEM;
	if (!new) {
		*out = pidns_get(ns);
		return 0;
	}
	if (ns != current->pidns)
		return -EINVAL;
	if (ns != NULL && ns->level >= LEVELS_MAX)
		return -ENOSPC;
	*out = pidns_create(ns, child);
	return *out == NULL ? -ENOMEM : 0;
}

int pidns_enter(struct task *child, bool thread, bool new)
{
	struct pidns *ns;
	int err = choose_pidns(child, thread, new, &ns);

	if (err != 0)
		return err;
	child->pidns = ns;
	child->pidns_children = pidns_get(ns);
	pidns_forget(child->tid);
	for (struct pidns *above = ns; above != NULL && err == 0; above = above->parent)
		err = give_number(above, child->tid);
	if (err != 0)
		pidns_cancel(child);
	return err;
}

void pidns_cancel(struct task *child)
{
	/* If the child was to be the namespace's process 1, the next child is to be that. */
	if (child->pidns != NULL && child->pidns->last == 1)
		child->pidns->last = 0;
	pidns_forget(child->tid);
	pidns_release(child);
}

void pidns_release(struct task *t)
{
	pidns_put(t->pidns);
	pidns_put(t->pidns_children);
	t->pidns = t->pidns_children = NULL;
}

bool pidns_group_ends(const struct group *g)
{
	struct pidns *ns = g->leader->pidns;

	if (ns == NULL || ns->ids[1] != g->id)
		return false;
	ns->dead = true;
	return true;
}

void pidns_end_by(uint32_t sig)
{
	current->pidns->ended_by = sig;
}

uint32_t pidns_ended_by(const struct pidns *ns)
{
	return ns->ended_by;
}

struct pidns *pidns_above(const struct pidns *ns)
{
	return ns->parent;
}

bool pidns_is_inside(const struct pidns *ns, const struct pidns *outer)
{
	while (ns != NULL && ns != outer)
		ns = ns->parent;
	return ns != NULL;
}

struct group *pidns_reaper(const struct group *g)
{
	const struct pidns *ns = g->leader->pidns;

	struct group *first = ns == NULL || ns->dead ? NULL : group_find(ns->ids[1]);

	return first != NULL ? first : group_init;
}
