/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-answer-beside-a-gift-is-the-answer - a descriptor that was given, but not taken yet when
 * the answer comes, changes nothing about the answer: the call returns what SEND said, whether the
 * descriptor can be taken or not.
 */
#include "notify.h"

#define RUNS 8

static int listener;
static uint64_t id;

/* Whose call it is runs only when nobody else does. */
static void ask(void)
{
	const struct sched_param none = { 0 };

	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_IDLE, &none) == 0);
	for (int i = 0; i < RUNS; i++)
		CHECK(raw0(SYS_getppid) == 1000 + i);
}

static void give(void)
{
	const struct seccomp_notif_addfd gift = { .id = id, .srcfd = 2 };

	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &gift) > 2);
}

static void give_in_vain(void)
{
	const struct seccomp_notif_addfd gift = { id, SECCOMP_ADDFD_FLAG_SETFD, 2, 0x7fffffff, 0 };

	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &gift), EBADF);
}

/* Does the process wait, or has it ended? Asks without a pause, in which another one could run. */
static int waits(pid_t pid)
{
	char path[32], text[256];
	const char *state;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY);
	memset(text, 0, sizeof(text));
	CHECK(read(fd, text, sizeof(text) - 1) > 0 && close(fd) == 0);
	state = strrchr(text, ')');
	return state != NULL && (state[2] == 'S' || state[2] == 'Z');
}

int main(void)
{
	pid_t child;

	set_no_new_privs();
	listener = listen_for(SYS_getppid, 0);
	child = child_of(ask);
	for (int i = 0; i < RUNS; i++) {
		pid_t giver;

		id = receive(listener).id;
		giver = child_of(i % 2 == 0 ? give : give_in_vain);
		while (!waits(giver))
			;
		CHECK(answer(listener, id, 0, 1000 + i, 0) == 0);
		CHECK(exited_with(end_of(giver), 0));
	}
	CHECK(exited_with(end_of(child), 0));
	return 0;
}
