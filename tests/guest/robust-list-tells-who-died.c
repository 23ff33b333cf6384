/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * robust-list-tells-who-died - the words of a dead thread's robust list say FUTEX_OWNER_DIED, if
 * they were its own, and who waited for them is woken; the same for the word that it was about to
 * take, and for one that it had just given up. So does an execve.
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
	volatile unsigned pending[2];
	volatile int ready;
};

static struct shared *shared;
static char *hole; /* a page that is shared, and one that cannot be touched */

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

static void executes_a_program(void)
{
	char *const argv[] = { "robust", "again", NULL };

	prepare();
	holds(&shared->locks[3], 0);
	shared->ready = 1;
	UNTIL(shared->ready == 2);
	execve("/proc/self/exe", argv, (char *const[]){ NULL });
	_exit(1);
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

/* The list is broken at its first lock, whose word lies in front of memory that cannot be read. */
static void dies_before_a_hole(void)
{
	prepare();
	shared->head.futex_offset = -(long)sizeof(unsigned);
	shared->head.list.next = (struct link *)(hole + 4096);
	shared->head.list_op_pending = (struct link *)&shared->pending[1];
	shared->pending[0] = *(volatile unsigned *)(hole + 4092) = (unsigned)raw0(SYS_gettid);
	_exit(0);
}

/* The first lock's word is at an odd place. */
static void dies_with_an_odd_lock(void)
{
	const struct link *next = &shared->locks[1].link;

	prepare();
	holds(&shared->locks[3], 0);
	shared->head.list.next = (struct link *)((char *)&shared->locks[0].link + 2);
	memcpy((char *)&shared->locks[0].link + 2, &next, sizeof(next));
	_exit(0);
}

/* What is broken ends the list, and what the thread was about to take is not looked at either. */
static void check_broken_lists(void)
{
	const pid_t first = fork();
	pid_t second;

	if (first == 0)
		dies_before_a_hole();
	CHECK(waitpid(first, NULL, 0) == first);
	CHECK(*(volatile unsigned *)(hole + 4092) == FUTEX_OWNER_DIED);
	CHECK(shared->pending[0] == (unsigned)first);
	second = fork();
	if (second == 0)
		dies_with_an_odd_lock();
	CHECK(waitpid(second, NULL, 0) == second);
	CHECK(shared->locks[1].word == ((unsigned)second | FUTEX_WAITERS));
	CHECK(shared->locks[3].word == (unsigned)second);
}

static void check_in_namespace(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	check(dies_holding, &shared->locks[1], FUTEX_OWNER_DIED);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return 0;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	hole = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED && hole != MAP_FAILED && mprotect(hole + 4096, 4096, PROT_NONE) == 0);
	check(dies_holding, &shared->locks[1], FUTEX_OWNER_DIED);
	check(dies_having_given_up, &shared->locks[3], 0); /* woken though nobody had said so */
	check(executes_a_program, &shared->locks[1], FUTEX_OWNER_DIED);
	check_broken_lists();
	/* It goes by the number that the thread has for itself. */
	CHECK(exited_with(status_of(check_in_namespace), 0));
	return 0;
}
