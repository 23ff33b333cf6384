/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * robust-list-tells-who-died - the words of a dead thread's robust list say FUTEX_OWNER_DIED, if
 * they were its own, and who waited for them is woken; the same for the word that it was about to
 * take, and for one that it had just given up.
 */
#include "guest.h"

#define WORDS 4

/* As the kernel has them. */
struct link {
	struct link *next;
};

struct head {
	struct link list;
	long futex_offset;
	struct link *list_op_pending;
};

struct lock {
	struct link link;
	volatile unsigned word;
};

struct shared {
	struct head head;
	struct lock locks[WORDS];
	volatile int ready;
};

static struct shared *shared;

static void holds(struct lock *lock, unsigned extra)
{
	lock->word = (unsigned)raw0(SYS_gettid) | extra;
}

/* Holds 0 and 1, and somebody waits for 1; 2 is another's; was about to take, or to give up, 3. */
static void prepare(void)
{
	struct lock *l = shared->locks;

	l[0].link.next = &l[1].link;
	l[1].link.next = &l[2].link;
	l[2].link.next = &shared->head.list;
	shared->head.list.next = &l[0].link;
	shared->head.futex_offset = offsetof(struct lock, word) - offsetof(struct lock, link);
	shared->head.list_op_pending = &l[3].link;
	holds(&l[0], 0);
	holds(&l[1], FUTEX_WAITERS);
	l[2].word = 77;
	CHECK(raw(SYS_set_robust_list, (long)&shared->head, sizeof(shared->head), 0, 0, 0, 0) == 0);
}

static void dies_holding(void)
{
	prepare();
	holds(&shared->locks[3], 0);
	shared->ready = 1;
	UNTIL(shared->ready == 2);
	raw(SYS_kill, raw0(SYS_getpid), SIGKILL, 0, 0, 0, 0);
	_exit(0); /* the first process of a namespace cannot kill itself */
}

static void dies_having_given_up(void)
{
	prepare();
	shared->locks[3].word = 0;
	shared->ready = 1;
	UNTIL(shared->ready == 2);
	_exit(0);
}

/* The dying process goes on when its parent waits for the word LOCK. */
static void check(void (*dies)(void), const struct lock *lock, unsigned last)
{
	const struct timespec limit = { 60, 0 };
	const pid_t me = getpid();
	pid_t child, other;
	unsigned value;

	memset(shared, 0, sizeof(*shared));
	child = fork();
	if (child == 0)
		dies();
	UNTIL(shared->ready == 1);
	other = fork();
	if (other == 0) {
		until_asleep(me);
		shared->ready = 2;
		_exit(0);
	}
	value = lock->word;
	CHECK(raw(SYS_futex, (long)&lock->word, FUTEX_WAIT, value, (long)&limit, 0, 0) == 0);
	CHECK(waitpid(other, NULL, 0) == other && waitpid(child, NULL, 0) == child);
	CHECK(shared->locks[0].word == FUTEX_OWNER_DIED);
	CHECK(shared->locks[1].word == (FUTEX_OWNER_DIED | FUTEX_WAITERS));
	CHECK(shared->locks[2].word == 77);
	CHECK(shared->locks[3].word == last);
}

static void check_in_namespace(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	check(dies_holding, &shared->locks[1], FUTEX_OWNER_DIED);
}

int main(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	check(dies_holding, &shared->locks[1], FUTEX_OWNER_DIED);
	check(dies_having_given_up, &shared->locks[3], 0); /* woken though nobody had said so */
	/* It goes by the number that the thread has for itself. */
	CHECK(exited_with(status_of(check_in_namespace), 0));
	return 0;
}
