/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * task.c - tasks (threads) and groups (processes) as objects: makes them, finds them by id, frees
 * them. Called by clone, exit, wait and init.c; task.h has the contracts.
 */
#include "task.h"

#include <string.h>

#include "console.h"
#include "kassert.h"
#include "page.h"
#include "part.h"
#include "pgrp.h"
#include "pidns.h"
#include "tracer.h"
#include "vm.h"
#include "words.h"

/* boot/switch.S */
void context_start(void);

#define BUCKETS 256
#define TIMER_SLACK_NSEC 50000

struct list task_all = LIST_INIT(task_all);
struct group *group_init;
const struct pgrp_ops *pgrp_ops;

static struct list buckets[BUCKETS]; /* a hash table of all tasks, by id */
static uint64_t last_serial;
static uint32_t last_id; /* the id that was given last */
static bool wrapped;	 /* ids have come to their end, and are reused since */
static uint32_t count;	 /* how many tasks there are */

static struct list *task_bucket(uint32_t tid)
{
	struct list *b = &buckets[tid % BUCKETS];

	if (b->next == NULL)
		list_init(b);
	return b;
}

struct task *task_find(uint32_t tid)
{
	list_for_each(link, task_bucket(tid)) {
		struct task *t = container_of(link, struct task, hash);

		if (t->tid == tid)
			return t;
	}
	return NULL;
}

struct group *group_find(uint32_t tgid)
{
	struct task *t = task_find(tgid);

	return t != NULL && t->group->id == tgid ? t->group : NULL;
}

#define TASK_WORK 2048U /* what a loop does with one task, as work for sched_worked() */

struct task *task_next(uint32_t min)
{
	static uint32_t worked; /* static, because one loop makes many calls */

	for (uint32_t tid = min; tid <= (wrapped ? TASK_ID_MAX : last_id); tid++) {
		struct task *t = task_find(tid);

		if (sched_worked(&worked, t != NULL ? TASK_WORK : SCHED_STEP))
			return NULL;
		if (t != NULL && task_find(tid) == t)
			return t;
	}
	return NULL;
}

uint32_t task_id_max = TASK_ID_MAX;

/*
 * A free id, or 0. Ids grow until task_id_max, and only then are reused, from 300 on; those that
 * are in use are skipped. [alloc_pid]
 */
static uint32_t new_id(void)
{
	uint32_t worked = 0;

	for (uint32_t tries = 0; tries < TASK_ID_MAX; tries++) {
		if (++last_id >= task_id_max) {
			last_id = 300; /* [RESERVED_PIDS] */
			wrapped = true;
		}
		if (!wrapped || !pgrp_id_in_use(last_id))
			return last_id;
		(void)sched_worked(&worked, 4UL * SCHED_STEP);
	}
	return 0;
}

/* Makes a process with LEADER as its first thread; NULL: no memory. */
static struct group *group_create(struct task *leader)
{
	struct group *g = kmalloc(sizeof(*g));

	if (g == NULL)
		return NULL;
	g->id = leader->tid;
	g->serial = leader->serial;
	g->leader = leader;
	list_init(&g->threads);
	list_init(&g->children);
	list_init(&g->sibling);
	list_init(&g->by_pgid.link);
	list_init(&g->by_sid.link);
	waitq_init(&g->child_event);
	waitq_init(&g->exec_event);
	mutex_init(&g->threads_lock);
	sigpending_init(&g->pending);
	timer_init(&g->real_timer, NULL);
	return g;
}

/* The first function that runs on a new kernel stack. */
static void task_begin(void *arg)
{
	struct task *t = arg;

	sched_begin();
	t->start(t->start_arg);
}

struct task *task_create(struct group *g, void (*fn)(void *arg), void *arg)
{
	struct task *t = count < TASKS_MAX ? kmalloc(sizeof(*t)) : NULL;

	if (t == NULL)
		return NULL;
	t->serial = ++last_serial;
	t->timer_slack = t->default_timer_slack = TIMER_SLACK_NSEC;
	t->stack = kstack_alloc();
	t->tid = t->stack != NULL ? new_id() : 0;
	if (t->tid != 0)
		t->group = g != NULL ? g : group_create(t);
	if (t->group == NULL) {
		if (t->stack != NULL)
			kstack_free(t->stack);
		kfree(t);
		return NULL;
	}
	KASSERT(task_find(t->tid) == NULL);
	t->frame = (struct trapframe *)(t->stack + TASK_STACK_SIZE) - 1;
	memset(t->frame, 0, sizeof(*t->frame)); /* the stack was another task's before */
	t->context.ra = (uint64_t)context_start;
	t->context.sp = (uint64_t)t->frame;
	t->context.s[1] = (uint64_t)task_begin;
	t->context.s[2] = (uint64_t)t;
	t->parent_tid = current != NULL ? current->tid : 0;
	t->share = current->share;
	t->start = fn;
	t->start_arg = arg;
	t->state = TASK_SLEEPING; /* until sched_wake() */
	list_init(&t->run);
	list_init(&t->all);
	list_init(&t->hash);
	list_init(&t->thread);
	sigpending_init(&t->pending);
	return t;
}

void task_add(struct task *t, struct group *parent)
{
	struct group *g = t->group;

	KASSERT(list_empty(&t->all) && t->state == TASK_SLEEPING);
	KASSERT(g->leader == t || g->live != 0); /* no thread joins a process that has ended */
	list_add(&t->hash, task_bucket(t->tid));
	list_add_tail(&t->all, &task_all);
	list_add_tail(&t->thread, &g->threads);
	g->live++;
	count++;
	if (g->leader == t && parent != NULL) {
		g->parent = parent;
		list_add_tail(&g->sibling, &parent->children);
	}
}

void task_remove(struct task *t)
{
	KASSERT(t->state == TASK_ZOMBIE && list_empty(&t->run));
	KASSERT(task_find(t->tid) == t);
	if (t->tracer != NULL)
		t->tracer->ops->forget(t);
	list_del(&t->hash);
	list_del(&t->all);
	list_del(&t->thread);
	count--;
}

void task_free(struct task *t)
{
	KASSERT(t != current);
	KASSERT(list_empty(&t->all) && list_empty(&t->hash) && list_empty(&t->thread) && list_empty(&t->run));
	task_parts_free(t);
	if (t->stack != NULL)
		kstack_free(t->stack);
	kfree(t);
}

void group_free(struct group *g)
{
	KASSERT(g->live == 0 && list_empty(&g->threads) && list_empty(&g->children));
	KASSERT(list_empty(&g->exec_event.waiters) && list_empty(&g->pending.infos));
	list_del(&g->sibling);
	if (pgrp_ops != NULL)
		pgrp_ops->leave(g);
	task_parts_group(g, GROUP_FREE);
	kfree(g);
}

void task_take_leader_id(struct task *t)
{
	struct group *g = t->group;

	KASSERT(t == current && g->leader != t && task_find(g->id) == NULL);
	t->tid = g->id;
	t->serial = g->serial;
	g->leader = t;
	list_del(&t->hash);
	list_add(&t->hash, task_bucket(t->tid));
}

uint32_t *task_last_id(bool change)
{
	wrapped = wrapped || change; /* the next ids may have been given before */
	return &last_id;
}

uint32_t task_count(void)
{
	return count;
}

void task_publish_shown(void)
{
	const struct group *g = current->group;

	hart.tgid = pidns_show(g->id);
	hart.tid = pidns_show(current->tid);
	hart.ppid = g->parent != NULL ? pidns_show(g->parent->id) : 0;
}

bool task_capable(unsigned cap)
{
	return current->userns == NULL && current->cred.cap_effective >> cap & 1;
}

void task_describe(void)
{
	const struct task *t = current;

	if (t == NULL) {
		printk("panic: no task runs yet\n");
		return;
	}

	const uint64_t nr = t->frame != NULL ? t->frame->a[7] : 0;
	const char *name = nr <= INT32_MAX ? words_call((int)nr, NULL) : NULL;

	printk("panic: task pid=%u tid=%u comm=\"%s\", last call %s (%ld) from pc 0x%lx\n",
	       t->group != NULL ? t->group->id : 0, t->tid, t->comm, name != NULL ? name : "?", (long)nr,
	       t->frame != NULL ? (unsigned long)t->frame->pc : 0);
}

static uint64_t (*terminal_of)(const struct group *g, int *pgrp);

void session_on_terminal(uint64_t (*fn)(const struct group *g, int *pgrp))
{
	terminal_of = fn;
}

uint64_t session_terminal(const struct group *g, int *pgrp)
{
	*pgrp = -1;
	return terminal_of != NULL ? terminal_of(g, pgrp) : 0;
}
