/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigio-of-a-group-is-for-those-its-owner-may-signal - F_SETOWN with a process group: SIGIO goes to
 * the members whose real or saved user is the real or effective user of who set it; root's to all.
 * [sigio_perm]
 */
#include "files.h"

#define REAL 40001
#define EFFECTIVE 40002
#define OTHER 40003

static const struct member {
	uid_t real, effective, saved;
	int gets;
} members[] = {
	{ EFFECTIVE, OTHER, OTHER, 1 }, { OTHER, OTHER, EFFECTIVE, 1 },
	{ REAL, OTHER, OTHER, 1 },	{ OTHER, OTHER, REAL, 1 },
	{ OTHER, REAL, OTHER, 0 },	{ OTHER, EFFECTIVE, OTHER, 0 },
	{ OTHER, OTHER, OTHER, 0 },	{ 0, 0, 0, 0 },
};

#define MEMBERS COUNT_OF(members)

static struct shared {
	int ready;
	int got[COUNT_OF(members)];
} * shared;

static volatile int *mine;

static void note(int number)
{
	(void)number;
	*mine = 1;
}

static void be_member(unsigned i)
{
	const struct member *m = &members[i];

	mine = &shared->got[i];
	CHECK(signal(SIGIO, note) != SIG_ERR);
	CHECK(syscall(SYS_setresuid, m->real, m->effective, m->saved) == 0);
	__atomic_fetch_add(&shared->ready, 1, __ATOMIC_SEQ_CST);
	for (;;)
		pause();
}

static pid_t fork_as(uid_t real, uid_t effective)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		CHECK(syscall(SYS_setresuid, real, effective, effective) == 0);
	return child;
}

/* Who gets SIGIO when who set the owner has the users REAL and EFFECTIVE; ALL: everybody does. */
static void group(uid_t real, uid_t effective, int all)
{
	pid_t setter, pids[COUNT_OF(members)];
	int fds[2];

	memset(shared, 0, sizeof(*shared));
	for (unsigned i = 0; i < MEMBERS; i++) {
		pids[i] = fork();
		CHECK(pids[i] >= 0);
		if (pids[i] == 0) {
			setpgid(0, i == 0 ? 0 : pids[0]);
			be_member(i);
		}
		CHECK(setpgid(pids[i], pids[0]) == 0);
	}
	UNTIL(shared->ready == (int)MEMBERS);
	CHECK(pipe(fds) == 0);
	setter = fork_as(real, effective);
	if (setter == 0) {
		CHECK(fcntl(fds[0], F_SETOWN, -pids[0]) == 0);
		CHECK(fcntl(fds[0], F_SETFL, FASYNC) == 0);
		_exit(0);
	}
	CHECK(exited_with(end_of(setter), 0));
	CHECK(write(fds[1], "x", 1) == 1);
	sleep_ms(20);
	for (unsigned i = 0; i < MEMBERS; i++) {
		UNTIL(!(members[i].gets || all) || shared->got[i]);
		CHECK(shared->got[i] == (members[i].gets || all));
		kill(pids[i], SIGKILL);
		CHECK(waitpid(pids[i], NULL, 0) == pids[i]);
	}
	close(fds[0]);
	close(fds[1]);
}

int main(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	group(REAL, EFFECTIVE, 0);
	group(0, 0, 1);
	return 0;
}
