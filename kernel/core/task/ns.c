/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns.c - makes a task's namespaces, shares them and gives them up: see ns.h. Called by clone,
 * unshare, setns, exit. [kernel/nsproxy.c]
 */
#include "ns.h"

#include <abi/errno.h>
#include <abi/sched.h>
#include <stddef.h>

#include "kassert.h"
#include "task.h"
#include "userns.h"

#define OF_KINDS (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME)
#define FIRST_NUMBER 4026532000U /* above those of the initial namespaces [PROC_DYNAMIC_FIRST] */

const struct ns_kind *ns_kinds[NS_KINDS];

void ns_register(enum ns_which which, const struct ns_kind *kind)
{
	ns_kinds[which] = kind;
}

uint32_t ns_number(void)
{
	static uint32_t last = FIRST_NUMBER;

	return ++last;
}

void ns_init(struct ns *ns, struct task *t)
{
	ns->refs = 1;
	ns->ino = ns_number();
	ns->owner = userns_get(t->userns);
}

struct ns *ns_get(struct ns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	if (ns != NULL)
		ns->refs++;
	return ns;
}

void ns_put(enum ns_which which, struct ns *ns)
{
	KASSERT(ns == NULL || ns->refs != 0);
	if (ns == NULL || --ns->refs != 0)
		return;
	userns_put(ns->owner);
	ns_kinds[which]->free(ns);
}

uint64_t ns_missing(uint64_t flags)
{
	uint64_t missing = flags & OF_KINDS;

	for (unsigned n = 0; n < NS_KINDS; n++)
		if (ns_kinds[n] != NULL)
			missing &= ~ns_kinds[n]->flag;
	return missing;
}

/*
 * Makes new namespaces of the kinds in FLAGS for T, in NEW; NULL there for the other kinds. 0, or
 * -errno and nothing was made.
 */
static int create_all(struct task *t, uint64_t flags, struct ns *new[NS_KINDS])
{
	int err = 0;

	for (unsigned n = 0; n < NS_KINDS; n++) {
		new[n] = NULL;
		if (err == 0 && ns_kinds[n] != NULL && (flags & ns_kinds[n]->flag) != 0)
			err = ns_kinds[n]->create(t, &new[n]);
	}
	for (unsigned n = 0; err != 0 && n < NS_KINDS; n++)
		ns_put(n, new[n]);
	return err;
}

int ns_fork(struct task *t, uint64_t flags)
{
	struct ns *new[NS_KINDS];
	const int err = create_all(t, flags, new);

	for (unsigned n = 0; err == 0 && n < NS_KINDS; n++)
		t->ns[n] = new[n] != NULL ? new[n] : ns_get(current->ns[n]);
	return err;
}

int ns_unshare(uint64_t flags)
{
	struct ns *new[NS_KINDS];
	const int err = create_all(current, flags, new);

	for (unsigned n = 0; err == 0 && n < NS_KINDS; n++) {
		if (new[n] == NULL)
			continue;
		ns_put(n, current->ns[n]);
		current->ns[n] = new[n];
	}
	return err;
}

int ns_enter(enum ns_which which, struct ns *ns)
{
	const int err = ns_kinds[which]->enter != NULL ? ns_kinds[which]->enter(ns) : 0;

	if (err == 0) {
		ns_put(which, current->ns[which]);
		current->ns[which] = ns;
	}
	return err;
}

void ns_release(struct task *t)
{
	for (unsigned n = 0; n < NS_KINDS; n++) {
		ns_put(n, t->ns[n]);
		t->ns[n] = NULL;
	}
}
