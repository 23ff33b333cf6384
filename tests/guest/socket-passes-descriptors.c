/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-passes-descriptors - SCM_RIGHTS carries open files: they work at the other end after the
 * sender closed them, do not fit into too little room, and are closed when nobody takes them.
 */
#include "rights.h"

/* Room for two descriptors, as CMSG_SPACE(8) lays it out on every 64-bit machine. */
struct control {
	uint64_t length;
	int level, type;
	int fds[2];
};

static long transfer(long nr, int socket, struct control *control, size_t room, long flags)
{
	uint64_t told;
	const long n = transfer_control(nr, socket, control, room, flags, &told);

	return n < 0 ? n : (long)(told & (MSG_CTRUNC | MSG_TRUNC));
}

static void make_pipe_and_send(int socket)
{
	struct control control = { 24, SOL_SOCKET, SCM_RIGHTS, { -1, -1 } };
	int fds[2];

	CHECK(pipe2(fds, 0) == 0);
	memcpy(control.fds, fds, sizeof(fds));
	CHECK(transfer(SYS_sendmsg, socket, &control, sizeof(control), 0) == 0);
	close(fds[0]);
	close(fds[1]);
}

/* A number that cannot be stored is of a descriptor that is not there; the message has come. */
static void into_read_only_memory(const int *pair, int free_fd)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct control *control = (struct control *)(page + 4096 - 20); /* the second number is beyond */

	CHECK(page != MAP_FAILED && mprotect(page + 4096, 4096, PROT_READ) == 0);
	make_pipe_and_send(pair[0]);
	CHECK(transfer(SYS_recvmsg, pair[1], control, sizeof(*control), 0) == MSG_CTRUNC);
	CHECK(control->length == 20 && control->type == SCM_RIGHTS && control->fds[0] == free_fd);
	CHECK(fcntl(free_fd, F_GETFD) == 0 && close(free_fd) == 0);
	REFUSED(fcntl(free_fd + 1, F_GETFD), EBADF);
	make_pipe_and_send(pair[0]);
	CHECK(transfer(SYS_recvmsg, pair[1], (struct control *)(page + 4096), sizeof(*control), 0) == MSG_CTRUNC);
	REFUSED(fcntl(free_fd, F_GETFD), EBADF);
}

int main(void)
{
	struct control control = { 0, 0, 0, { -1, -1 } };
	int pair[2], lowest;
	char text[4];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	make_pipe_and_send(pair[0]);
	CHECK(transfer(SYS_recvmsg, pair[1], &control, sizeof(control), MSG_CMSG_CLOEXEC) == 0);
	CHECK(control.length == 24 && control.level == SOL_SOCKET && control.type == SCM_RIGHTS);
	CHECK(fcntl(control.fds[0], F_GETFD) == FD_CLOEXEC);
	CHECK(write(control.fds[1], "abc", 3) == 3 && read(control.fds[0], text, 4) == 3);
	lowest = control.fds[0];
	close(control.fds[0]);
	close(control.fds[1]);

	make_pipe_and_send(pair[0]);
	CHECK(transfer(SYS_recvmsg, pair[1], &control, 20, 0) == MSG_CTRUNC);
	CHECK(control.length == 20 && control.fds[0] == lowest);
	close(control.fds[0]);

	make_pipe_and_send(pair[0]);
	CHECK(read(pair[1], text, 4) == 1);
	CHECK(dup(0) == lowest);

	into_read_only_memory(pair, lowest + 1);

	control = (struct control){ 20, SOL_SOCKET, SCM_RIGHTS, { 99, 0 } };
	REFUSED(transfer(SYS_sendmsg, pair[0], &control, 20, 0), EBADF);
	control.length = 8;
	REFUSED(transfer(SYS_sendmsg, pair[0], &control, 20, 0), EINVAL);
	return 0;
}
