/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals-are-queued-up-to-each-users-limit - RLIMIT_SIGPENDING counts what is queued for all
 * processes of a user, and for each user apart; what was taken counts no more.
 */
#include "files.h"

#include <sys/resource.h>

#define USERS 6 /* of which the last two come late */
#define EARLY 4
#define LIMIT 3

/* A process of user UID that does what it is told by a byte, and answers with one. */
static struct child {
	int to[2], from[2];
} children[USERS + 1];

static char queue_one(void)
{
	return sigqueue(getpid(), SIGRTMIN, (union sigval){ 0 }) == 0 ? 'y' : errno == EAGAIN ? 'n' : '?';
}

static char take_one(void)
{
	const struct timespec none = { 0, 0 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	return sigtimedwait(&set, NULL, &none) == SIGRTMIN ? 'y' : 'n';
}

static void obey(struct child *c, uid_t uid)
{
	const struct rlimit limit = { LIMIT, LIMIT };
	sigset_t set;
	char what, answer;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	CHECK(syscall(SYS_setresuid, uid, uid, uid) == 0);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	while (read(c->to[0], &what, 1) == 1) {
		answer = what == 'q' ? queue_one() : take_one();
		CHECK(write(c->from[1], &answer, 1) == 1);
	}
	_exit(0);
}

static void start(struct child *c, uid_t uid)
{
	pid_t child;

	CHECK(pipe(c->to) == 0 && pipe(c->from) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		for (struct child *other = children; other <= c; other++)
			close(other->to[1]);
		obey(c, uid);
	}
}

static char ask(int i, char what)
{
	char answer = '?';

	CHECK(write(children[i].to[1], &what, 1) == 1 && read(children[i].from[0], &answer, 1) == 1);
	return answer;
}

int main(void)
{
	for (int i = 0; i < USERS; i++)
		start(&children[i], 40001 + (uid_t)i);
	start(&children[USERS], 40002); /* another process of the second user */
	for (int n = 0; n < LIMIT; n++)
		for (int i = 0; i < EARLY; i++)
			CHECK(ask(i, 'q') == 'y');
	for (int i = 0; i < EARLY; i++)
		CHECK(ask(i, 'q') == 'n');
	CHECK(ask(USERS, 'q') == 'n');
	CHECK(ask(1, 't') == 'y' && ask(USERS, 'q') == 'y' && ask(1, 'q') == 'n' && ask(2, 'q') == 'n');
	for (int n = 0; n < LIMIT; n++)
		CHECK(ask(0, 't') == 'y');
	CHECK(ask(0, 't') == 'n' && ask(3, 't') == 'y' && ask(3, 'q') == 'y' && ask(3, 'q') == 'n');
	for (int i = EARLY; i < USERS; i++)
		CHECK(ask(i, 'q') == 'y' && ask(i, 'q') == 'y' && ask(i, 'q') == 'y' && ask(i, 'q') == 'n');
	for (int n = 0; n < LIMIT; n++)
		CHECK(ask(0, 'q') == 'y' && ask(2, 't') == 'y');
	CHECK(ask(0, 'q') == 'n' && ask(2, 'q') == 'y' && ask(1, 'q') == 'n');
	for (int i = 0; i <= USERS; i++)
		close(children[i].to[1]);
	while (waitpid(-1, NULL, 0) > 0)
		;
	return 0;
}
