/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify - USER_NOTIF: a supervisor, an ordinary program, answers the calls of another one.
 *
 * Look for: the child asks three times for what it may not have. It gets a refusal, a
 * lie, and a descriptor that the supervisor opened for it. (The supervisor is bound by
 * its own filter, so it must not ask.)
 */
#include "toy.h"

#include <fcntl.h>
#include <sys/ioctl.h>

static int listener;

static void child(void)
{
	char text[16] = "";
	int fd;

	EXPECT(openat(AT_FDCWD, "/one", O_RDONLY) == -1 && errno == EACCES);
	say("notify: the child: my first openat: %s\n", strerror(EACCES));
	EXPECT(openat(AT_FDCWD, "/two", O_RDONLY) == 4711);
	say("notify: the child: my second returned descriptor 4711\n");
	fd = openat(AT_FDCWD, "/three", O_RDONLY);
	EXPECT(fd >= 0 && read(fd, text, sizeof(text) - 1) == 8);
	say("notify: the child: from my third I read \"%s\"\n", text);
}

/* Waits for the next call and says what is done with it: its id, by which it is answered. */
static __u64 next(const char *plan)
{
	struct seccomp_notif call;

	memset(&call, 0, sizeof(call));
	EXPECT(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) == 0);
	EXPECT(call.data.nr == SYS_openat);
	say("notify: the supervisor: an openat; %s\n", plan);
	return call.id;
}

static void send(struct seccomp_notif_resp answer)
{
	EXPECT(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) == 0);
}

static void inject(__u64 id, int fd)
{
	struct seccomp_notif_addfd add;

	memset(&add, 0, sizeof(add));
	add.id = id;
	add.flags = SECCOMP_ADDFD_FLAG_SEND; /* its number in the child is the call's result */
	add.srcfd = (__u32)fd;
	EXPECT(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add) >= 0);
}

int main(void)
{
	int secret[2], status;
	pid_t pid;

	EXPECT(pipe(secret) == 0 && write(secret[1], "a secret", 8) == 8);
	listener = (int)toy_filter(SECCOMP_FILTER_FLAG_NEW_LISTENER, SYS_openat, SECCOMP_RET_USER_NOTIF);
	EXPECT(listener >= 0);
	pid = fork();
	if (pid == 0) {
		child();
		_exit(0);
	}
	send((struct seccomp_notif_resp){ .id = next("I refuse"), .error = -EACCES });
	send((struct seccomp_notif_resp){ .id = next("I say 4711, though nothing is open"), .val = 4711 });
	inject(next("I pass a descriptor of mine"), secret[0]);
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
	return 0;
}
