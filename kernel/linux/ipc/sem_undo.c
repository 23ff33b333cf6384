/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sem_undo.c - the semaphore operations that are taken back when a process ends (SEM_UNDO). Tasks
 * that were cloned with CLONE_SYSVSEM share a list; it is applied when the last one ends.
 */
#include <abi/errno.h>
#include <string.h>

#include "ipc.h"
#include "page.h"
#include "task.h"

struct sem_undos {
	uint32_t refs;	  /* tasks */
	struct list list; /* linked by sem_undo.of_process */
};

static struct sem_undos *undos_create(void)
{
	struct sem_undos *u = kmalloc(sizeof(*u));

	if (u != NULL) {
		u->refs = 1;
		list_init(&u->list);
	}
	return u;
}

struct sem_undo *sem_undo_of(struct sem_set *set)
{
	struct sem_undo *undo;

	if (current->sem_undos == NULL)
		current->sem_undos = undos_create();
	if (current->sem_undos == NULL)
		return NULL;
	list_for_each(link, &current->sem_undos->list) {
		undo = container_of(link, struct sem_undo, of_process);
		if (undo->set == set)
			return undo;
	}
	undo = kmalloc(sizeof(*undo) + set->count * sizeof(undo->adjust[0]));
	if (undo == NULL)
		return NULL;
	undo->set = set;
	undo->clears = set->clears;
	list_add_tail(&undo->of_process, &current->sem_undos->list);
	list_add_tail(&undo->of_set, &set->undos);
	return undo;
}

static void undo_free(struct sem_undo *undo)
{
	list_del(&undo->of_process);
	list_del(&undo->of_set);
	kfree(undo);
}

void sem_undo_drop(struct sem_set *set)
{
	while (!list_empty(&set->undos))
		undo_free(container_of(set->undos.next, struct sem_undo, of_set));
}

void sem_undo_clear(struct sem_set *set, uint32_t number)
{
	list_for_each(link, &set->undos)
		container_of(link, struct sem_undo, of_set)->adjust[number] = 0;
}

void sem_undo_clear_all(struct sem_set *set)
{
	set->clears++;
}

void sem_undo_refresh(struct sem_undo *undo)
{
	if (undo->clears == undo->set->clears)
		return;
	undo->clears = undo->set->clears;
	memset(undo->adjust, 0, undo->set->count * sizeof(undo->adjust[0]));
}

int sem_undo_fork(struct task *child, bool share)
{
	child->sem_undos = NULL;
	if (!share)
		return 0;
	if (current->sem_undos == NULL)
		current->sem_undos = undos_create();
	if (current->sem_undos == NULL)
		return -ENOMEM;
	child->sem_undos = current->sem_undos;
	child->sem_undos->refs++;
	return 0;
}

/* Undoes the operations that UNDO records, keeping values within 0 and SEMVMX, and frees it. */
static void take_undo_back(struct sem_undo *undo)
{
	struct sem_set *set = undo->set;

	sem_undo_refresh(undo);
	for (uint32_t n = 0; n < set->count; n++) {
		const int32_t value = set->sem[n].value + undo->adjust[n];

		if (undo->adjust[n] == 0)
			continue;
		set->sem[n].value = (uint16_t)(value < 0 ? 0 : value > SEMVMX ? SEMVMX : value);
		set->sem[n].pid = (uint32_t)ipc_pid();
	}
	undo_free(undo);
	set->otime = ipc_time();
	sem_wake(set);
}

void sem_undo_exit(struct task *t)
{
	struct sem_undos *u = t->sem_undos;
	uint32_t worked = 0;

	t->sem_undos = NULL;
	if (u == NULL || --u->refs != 0)
		return;
	while (!list_empty(&u->list)) {
		struct sem_undo *undo = container_of(u->list.next, struct sem_undo, of_process);
		const uint64_t work = 16 * SCHED_STEP + undo->set->count * sizeof(undo->adjust[0]);

		take_undo_back(undo);
		(void)sched_worked(&worked, work);
	}
	kfree(u);
}
