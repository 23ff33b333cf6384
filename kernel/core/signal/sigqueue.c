/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigqueue.c - pending signals with their infos, and the actions of a process, as objects; signal.h
 * has the contracts. signal.c decides what is ignored and who is woken.
 *
 * Queued infos are charged to the receiver's user, up to the receiver's RLIMIT_SIGPENDING. Some
 * loops look at all infos that a process has, so there is a limit to all that there are, too.
 */
#include "signal.h"

#include <string.h>

#include <abi/errno.h>

#include "bits.h"
#include "kassert.h"
#include "page.h"
#include "task.h"

#define QUEUED_MAX 32768U

/* A user to whom infos are charged, and how many. */
struct sigowner {
	struct list link;
	uint32_t uid;
	uint32_t queued;
};

/* A queued info. */
struct sigqueue {
	struct list link; /* sigpending.infos */
	struct sigowner *owner;
	struct siginfo info;
};

static uint32_t infos;			       /* how many are queued */
static struct list owners = LIST_INIT(owners); /* all users with queued infos but the one in `only` */
static struct sigowner only;		       /* one such user, or the last one that it was; it needs no allocation */

/* The struct sigowner of user UID, made if need be; NULL: no memory. owner_put() must follow. */
static struct sigowner *owner_get(uint32_t uid)
{
	struct sigowner *o;

	if (only.uid == uid)
		return &only;
	list_for_each(pos, &owners) {
		o = container_of(pos, struct sigowner, link);
		if (o->uid == uid)
			return o;
	}
	o = only.queued == 0 ? &only : kmalloc(sizeof(*o));
	if (o == NULL)
		return NULL;
	o->uid = uid;
	if (o != &only)
		list_add(&o->link, &owners);
	return o;
}

/* Frees O if nothing is charged to it. */
static void owner_put(struct sigowner *o)
{
	if (o->queued != 0 || o == &only)
		return;
	KASSERT(!list_empty(&o->link));
	list_del(&o->link);
	kfree(o);
}

struct sigowner *sigowner_charge(uint32_t uid, uint64_t limit)
{
	struct sigowner *o = owner_get(uid);

	if (o == NULL)
		return NULL;
	if (o->queued >= limit) {
		owner_put(o);
		return NULL;
	}
	o->queued++;
	return o;
}

void sigowner_release(struct sigowner *o)
{
	if (o == NULL)
		return;
	KASSERT(o->queued != 0);
	o->queued--;
	owner_put(o);
}

static void sigqueue_free(struct sigqueue *q)
{
	KASSERT(q->owner->queued != 0);
	list_del(&q->link);
	q->owner->queued--;
	owner_put(q->owner);
	kfree(q);
	infos--;
}

static struct sigqueue *queue_entry(struct list *pos)
{
	return container_of(pos, struct sigqueue, link);
}

static struct list flushed = LIST_INIT(flushed); /* infos that are still to be freed: no signal is pending for them */

bool sigqueue_free_piece(void)
{
	if (list_empty(&flushed))
		return false;
	sigqueue_free(queue_entry(flushed.next));
	return true;
}

/* ---- what is pending ---- */

void sigpending_flush(struct sigpending *p)
{
	sigpending_flush_mask(p, ~0UL);
}

void sigpending_flush_mask(struct sigpending *p, uint64_t mask)
{
	if ((p->set & mask) == 0)
		return;
	p->set &= ~mask;
	list_for_each(pos, &p->infos) {
		if (signal_is(queue_entry(pos)->info.si_signo, mask)) {
			list_del(pos);
			list_add_tail(pos, &flushed);
		}
	}
	sched_put_off();
}

bool sigpending_add(struct sigpending *p, const struct task *t, const struct siginfo *info, bool override)
{
	struct sigowner *o = owner_get(t->cred.uid);
	struct sigqueue *q = NULL;

	KASSERT(info->si_signo >= 1 && info->si_signo <= _NSIG);
	if (o == NULL)
		return false;
	if (override || (o->queued < t->group->limits[RLIMIT_SIGPENDING].rlim_cur && infos < QUEUED_MAX))
		q = kmalloc_raw(sizeof(*q));
	if (q == NULL) {
		owner_put(o);
		return false;
	}
	q->owner = o;
	o->queued++;
	infos++;
	q->info = *info;
	list_add_tail(&q->link, &p->infos);
	p->set |= SIGMASK(info->si_signo);
	return true;
}

/*
 * Takes the oldest info of SIG into *INFO. The signal stays pending if another info of it is
 * queued. If it has no info, because there was no room for one, *INFO has no sender.
 * [collect_signal]
 */
static void sigqueue_collect(struct sigpending *p, int sig, struct siginfo *info)
{
	struct sigqueue *first = NULL;
	bool more = false;

	list_for_each(pos, &p->infos) {
		struct sigqueue *q = queue_entry(pos);

		if (q->info.si_signo != sig)
			continue;
		if (first == NULL)
			first = q;
		else
			more = true;
	}
	if (!more)
		p->set &= ~SIGMASK(sig);
	if (first == NULL) {
		memset(info, 0, sizeof(*info));
		info->si_signo = sig;
		info->si_code = SI_USER;
		return;
	}
	*info = first->info;
	sigqueue_free(first);
}

int sigpending_take(struct sigpending *p, uint64_t blocked, struct siginfo *info)
{
	uint64_t ready = p->set & ~blocked;
	int sig;

	if (ready == 0)
		return 0;
	if ((ready & SIGNALS_SYNCHRONOUS) != 0)
		ready &= SIGNALS_SYNCHRONOUS;
	sig = (int)bits_lowest(ready) + 1;
	KASSERT(signal_is(sig, p->set & ~blocked));
	sigqueue_collect(p, sig, info);
	return sig;
}

int sigpending_take_synchronous(struct sigpending *p, uint64_t blocked, struct siginfo *info)
{
	const uint64_t ready = p->set & ~blocked & SIGNALS_SYNCHRONOUS;

	if (ready == 0)
		return 0;
	list_for_each(pos, &p->infos) {
		const struct siginfo *i = &queue_entry(pos)->info;
		const int sig = i->si_signo;

		KASSERT(signal_is(sig, p->set)); /* every info in the queue has its signal's bit */
		/* Only the kernel sends positive codes; a signal from kill(2) may wait. */
		if (i->si_code > SI_USER && signal_is(sig, ready)) {
			sigqueue_collect(p, sig, info);
			return sig;
		}
	}
	return 0;
}

const struct siginfo *sigpending_peek(const struct sigpending *p, uint64_t index)
{
	list_for_each(pos, &p->infos) {
		if (index == 0)
			return &queue_entry(pos)->info;
		index--;
	}
	return NULL;
}

/* ---- actions ---- */

struct sighand *sighand_create(void)
{
	struct sighand *s = kmalloc(sizeof(*s));

	if (s != NULL)
		s->refs = 1;
	return s;
}

struct sighand *sighand_copy(const struct sighand *s)
{
	struct sighand *copy = kmalloc(sizeof(*copy));

	if (copy != NULL) {
		*copy = *s;
		copy->refs = 1;
	}
	return copy;
}

struct sighand *sighand_get(struct sighand *s)
{
	KASSERT(s->refs != 0);
	s->refs++;
	return s;
}

void sighand_put(struct sighand *s)
{
	KASSERT(s == NULL || s->refs != 0);
	if (s != NULL && --s->refs == 0)
		kfree(s);
}

void sighand_reset(struct sighand *s)
{
	for (int i = 0; i < _NSIG; i++) {
		struct kernel_sigaction *a = &s->action[i];

		if (a->sa_handler != SIG_IGN)
			a->sa_handler = SIG_DFL;
		a->sa_flags = 0;
		a->sa_mask = 0;
	}
	s->immutable = 0;
}

int sighand_exec(struct task *t)
{
	if (t->sighand->refs > 1) {
		struct sighand *own = sighand_copy(t->sighand);

		if (own == NULL)
			return -ENOMEM;
		sighand_put(t->sighand);
		t->sighand = own;
	}
	sighand_reset(t->sighand);
	t->altstack = (struct sigaltstack){ 0 };
	t->restart.fn = NULL;
	return 0;
}
