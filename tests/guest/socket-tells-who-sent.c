/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-tells-who-sent - with SO_PASSCRED each message names its sender by the real ids,
 * SO_PEERCRED the other end by the effective ones; who is privileged may name another process, if
 * there is one; and who is told of a process sees its own number for it.
 */
#include "rights.h"

#ifndef SCM_CREDENTIALS
#define SCM_CREDENTIALS 2
#endif

struct who {
	unsigned pid, uid, gid;
};

struct control {
	uint64_t length;
	int level, type;
	struct who who;
};

static int pair[2];

/* 0, or -1 and errno. CLAIM: who it is said to be, or NULL. */
static long say(const struct who *claim)
{
	struct control control = { 28, SOL_SOCKET, SCM_CREDENTIALS, claim != NULL ? *claim : (struct who){ 0, 0, 0 } };

	const size_t room = claim != NULL ? 28 : 0;

	return transfer_control(SYS_sendmsg, pair[0], room != 0 ? &control : NULL, room, 0, NULL) == 1 ? 0 : -1;
}

static struct who heard(void)
{
	struct control control;

	CHECK(transfer_control(SYS_recvmsg, pair[1], &control, sizeof(control), 0, NULL) == 1);
	CHECK(control.length == 28 && control.type == SCM_CREDENTIALS);
	return control.who;
}

static int is(struct who a, unsigned pid, unsigned uid, unsigned gid)
{
	return a.pid == pid && a.uid == uid && a.gid == gid;
}

static void open_pair(void)
{
	const int on = 1;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair) == 0);
	CHECK(syscall(SYS_setsockopt, pair[1], SOL_SOCKET, SO_PASSCRED, &on, 4) == 0);
}

static void say_as_another(void)
{
	struct who other = { (unsigned)getpid(), 5, 6 }, peer;
	unsigned size = sizeof(peer);

	CHECK(syscall(SYS_setresgid, 1001, 1002, 1003) == 0 && syscall(SYS_setresuid, 1001, 1002, 1003) == 0);
	open_pair();
	CHECK(say(NULL) == 0 && is(heard(), (unsigned)getpid(), 1001, 1001));
	CHECK(syscall(SYS_getsockopt, pair[0], SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0);
	CHECK(is(peer, (unsigned)getpid(), 1002, 1002));
	REFUSED(say(&other), EPERM);
	other = (struct who){ 1, 1001, 1001 };
	REFUSED(say(&other), EPERM);
	other = (struct who){ (unsigned)getpid(), 1003, 1002 };
	CHECK(say(&other) == 0 && is(heard(), (unsigned)getpid(), 1003, 1002));
}

int main(void)
{
	struct who other = { 1, 5, 6 };
	pid_t child;

	open_pair();
	CHECK(say(&other) == 0 && is(heard(), other.pid, 5, 6));
	other.pid = 0x3fffff0;
	REFUSED(say(&other), ESRCH);
	CHECK(exited_with(status_of(say_as_another), 0));

	child = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);
	if (child == 0) {
		CHECK(getpid() == 1 && say(NULL) == 0 && is(heard(), 1, 0, 0));
		_exit(0);
	}
	CHECK(child > 0 && waitpid(child, NULL, 0) == child);
	return 0;
}
