/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * message-queues-give-by-type - msgget, msgsnd, msgrcv, msgctl: messages are taken by their type,
 * in order; a full queue makes who sends wait, an empty one who receives; removing it ends both.
 */
#include "sysv.h"

#define KEY 0x0ddba11

static struct {
	long type;
	char text[8200];
} m;

static long put(long id, long type, const char *text, int flags)
{
	m.type = type;
	strcpy(m.text, text);
	return syscall(SYS_msgsnd, id, &m, strlen(text), flags);
}

static int gives(long id, long type, int flags, long wanted, const char *text)
{
	const long n = syscall(SYS_msgrcv, id, &m, sizeof(m.text), type, flags | IPC_NOWAIT);

	return n == (long)strlen(text) && m.type == wanted && memcmp(m.text, text, (size_t)n) == 0;
}

static void by_type(void)
{
	const long id = syscall(SYS_msgget, IPC_PRIVATE, 0600);
	msg_ds ds;

	CHECK(id >= 0);
	CHECK(put(id, 5, "five", 0) == 0 && put(id, 3, "three", 0) == 0 && put(id, 5, "again", 0) == 0);
	CHECK(put(id, 2, "two", 0) == 0 && put(id, 7, "", 0) == 0);
	CHECK(msg_ctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 5 && ds.msg_qbytes == 16384);
	CHECK(ds.msg_lspid == getpid() && ds.msg_lrpid == 0 && ds.msg_stime != 0 && ds.msg_rtime == 0);
	CHECK(gives(id, -4, 0, 2, "two"));
	CHECK(gives(id, 5, MSG_EXCEPT, 3, "three"));
	REFUSED(syscall(SYS_msgrcv, id, &m, 2, 5, IPC_NOWAIT), E2BIG);
	CHECK(syscall(SYS_msgrcv, id, &m, 2, 5, IPC_NOWAIT | MSG_NOERROR) == 2 && memcmp(m.text, "fi", 2) == 0);
	CHECK(gives(id, 0, 0, 5, "again"));
	REFUSED(syscall(SYS_msgrcv, id, &m, 8, 4, IPC_NOWAIT), ENOMSG);
	REFUSED(syscall(SYS_msgrcv, id, &m, 8, -6, IPC_NOWAIT), ENOMSG);
	CHECK(gives(id, 7, 0, 7, ""));
	CHECK(msg_ctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 0 && ds.msg_lrpid == getpid());
	/* Refusals. */
	REFUSED(put(id, 0, "x", 0), EINVAL);
	REFUSED(put(id, -1, "x", 0), EINVAL);
	REFUSED(put(-1, 1, "x", 0), EINVAL);
	REFUSED(syscall(SYS_msgsnd, id, NULL, 1, 0), EFAULT);
	REFUSED(syscall(SYS_msgsnd, id, &m, -1L, 0), EINVAL);
	m.type = 1;
	REFUSED(syscall(SYS_msgsnd, id, &m, 8193, 0), EINVAL);
	REFUSED(syscall(SYS_msgrcv, id, &m, -1L, 0, IPC_NOWAIT), EINVAL);
	REFUSED(syscall(SYS_msgrcv, id, &m, 1, 0, MSG_COPY), EINVAL);
	REFUSED(msg_ctl(id, 99, NULL), EINVAL);
	REFUSED(msg_ctl(id, IPC_STAT, NULL), EFAULT);
	CHECK(put(id, 1, "lost", 0) == 0);
	REFUSED(syscall(SYS_msgrcv, id, NULL, 8, 0, IPC_NOWAIT), EFAULT);
	REFUSED(syscall(SYS_msgrcv, id, &m, 8, 0, IPC_NOWAIT), ENOMSG);
	CHECK(msg_ctl(id, IPC_RMID, NULL) == 0);
	REFUSED(put(id, 1, "x", 0), EINVAL);
}

static void keys(void)
{
	long id;

	REFUSED(syscall(SYS_msgget, KEY, 0600), ENOENT);
	id = syscall(SYS_msgget, KEY, IPC_CREAT | 0600);
	CHECK(id >= 0 && syscall(SYS_msgget, KEY, 0) == id);
	REFUSED(syscall(SYS_msgget, KEY, IPC_CREAT | IPC_EXCL), EEXIST);
	CHECK(msg_ctl(id, IPC_RMID, NULL) == 0);
}

static void nothing(int signal)
{
	(void)signal;
}

static void waiting(void)
{
	const long id = syscall(SYS_msgget, IPC_PRIVATE, 0600);
	const struct sigaction action = { .sa_handler = nothing };
	msg_ds ds;
	pid_t child;

	/* Full: two of the largest. */
	memset(m.text, 'a', 8192);
	m.type = 1;
	CHECK(syscall(SYS_msgsnd, id, &m, 8192, 0) == 0 && syscall(SYS_msgsnd, id, &m, 8192, IPC_NOWAIT) == 0);
	REFUSED(put(id, 1, "x", IPC_NOWAIT), EAGAIN);
	CHECK(put(id, 1, "", IPC_NOWAIT) == 0);
	child = fork();
	if (child == 0)
		_exit(put(id, 2, "last", 0) == 0 ? 0 : errno);
	CHECK(syscall(SYS_msgrcv, id, &m, 8192, 2, IPC_NOWAIT) == -1 && errno == ENOMSG);
	CHECK(syscall(SYS_msgrcv, id, &m, 8192, 1, 0) == 8192);
	CHECK(syscall(SYS_msgrcv, id, &m, 8192, 2, 0) == 4 && memcmp(m.text, "last", 4) == 0);
	ends_well(child);
	/* A limit that is lowered, and raised again, lets who waits look again. */
	CHECK(msg_ctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 2);
	ds.msg_qbytes = 100;
	CHECK(msg_ctl(id, IPC_SET, &ds) == 0);
	REFUSED(put(id, 1, "x", IPC_NOWAIT), EAGAIN);
	child = fork();
	if (child == 0) {
		CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
		REFUSED(syscall(SYS_msgrcv, id, &m, 8, 99, 0), EINTR);
		CHECK(put(id, 98, "here", 0) == 0);
		REFUSED(syscall(SYS_msgrcv, id, &m, 8, 99, 0), EIDRM);
		_exit(0);
	}
	sleep_ms(20);
	CHECK(kill(child, SIGUSR1) == 0);
	ds.msg_qbytes = 16384;
	CHECK(msg_ctl(id, IPC_SET, &ds) == 0);
	CHECK(syscall(SYS_msgrcv, id, &m, 8, 98, 0) == 4);
	sleep_ms(20);
	CHECK(msg_ctl(id, IPC_RMID, NULL) == 0);
	ends_well(child);
}

int main(void)
{
	by_type();
	keys();
	waiting();
	return 0;
}
