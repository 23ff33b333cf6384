/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-files-in-flight-give-way - root has as many sockets in messages as may be, and listeners
 * with all the connections that they can have: nobody is held up while they are looked through for
 * those that nobody can receive any more, nor while they are closed.
 */
#include "rights.h"
#include "rows.h"

#define PER_MESSAGE 253
#define QUEUES 6
#ifdef __riscv
#define BACKLOG 4096
#define MANY 4000
#else
#define BACKLOG 100 /* elsewhere it only has to work */
#define MANY 200
#endif

/* PER_MESSAGE descriptors, as CMSG_SPACE() lays them out. */
struct many_rights {
	uint64_t length;
	int level, type;
	int fd[PER_MESSAGE + 1];
};

static int queue[QUEUES][2], through;

static void new_pair(int *pair)
{
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, pair) == 0);
}

static void send_one_message(void)
{
	struct many_rights rights = { 16 + 4 * PER_MESSAGE, SOL_SOCKET, SCM_RIGHTS, { 0 } };

	for (int i = 0; i < PER_MESSAGE; i += 2)
		new_pair(&rights.fd[i]);
	if (transfer_control(SYS_sendmsg, through, &rights, sizeof(rights), MSG_DONTWAIT, NULL) < 0) {
		CHECK(errno == ETOOMANYREFS);
		_exit(1);
	}
}

/* Sends sockets that are nowhere else then, until no more may be sent. Returns how many. */
static int send_until_full(void)
{
	int n = 0;

	for (int q = 0; q < QUEUES; q++) {
		through = queue[q][0];
		for (int messages = 0; messages < 8; messages++) {
			if (status_of(send_one_message) != 0)
				return n;
			n += PER_MESSAGE;
		}
	}
	return n;
}

static void new_queues(void)
{
	for (int q = 0; q < QUEUES; q++)
		new_pair(queue[q]);
}

static void close_queues(void)
{
	for (int q = 0; q < QUEUES; q++) {
		close(queue[q][0]);
		close(queue[q][1]);
	}
}

/* The queues are sent through one another, in a ring, so that nobody can receive any of it. */
static void forget_all(void)
{
	new_queues();
	for (int q = 0; q < QUEUES; q++)
		send_fd(queue[q][0], queue[(q + 1) % QUEUES][1]);
	CHECK(send_until_full() > MANY);
	close_queues();
	new_queues();
	CHECK(send_until_full() > MANY); /* there is room again */
}

static void keep_all(void)
{
	int other[2];

	new_queues();
	CHECK(send_until_full() > MANY);
	for (int i = 0; i < 200; i++) {
		new_pair(other);
		close(other[0]);
		close(other[1]);
	}
	close_queues();
}

/* A listener with as many connections as it can have, whose clients are gone. */
static int full_listener(void)
{
	static struct {
		unsigned short family;
		char path[8];
	} name = { AF_UNIX, "" };
	const int listener = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

	name.path[1]++;
	CHECK(listener >= 0 && syscall(SYS_bind, listener, &name, sizeof(name)) == 0);
	CHECK(syscall(SYS_listen, listener, BACKLOG) == 0);
	for (int i = 0; i < BACKLOG; i++) {
		const int client = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

		CHECK(client >= 0 && syscall(SYS_connect, client, &name, sizeof(name)) == 0);
		close(client);
	}
	return listener;
}

static void send_listeners(void)
{
	new_queues();
	for (int i = 0; i < 6; i++) {
		const int listener = full_listener();

		send_fd(queue[0][0], listener);
		close(listener);
	}
	close_queues();
}

int main(void)
{
	static const struct body all[] = {
		{ "forget", forget_all },
		{ "keep", keep_all },
		{ "listeners", send_listeners },
	};

	return run_rows(all, COUNT_OF(all));
}
