/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet-streams-connect-over-the-loopback - a stream goes from a client to a server by address and
 * port, both ends know both names, and each hears what the other does.
 */
#include "inet.h"

static void handler(int sig)
{
	(void)sig;
}

/* Both ends of a new connection to AT: *CLIENT, and the server's. */
static int accept_one(int listener, union address at, int *client)
{
	union address from;
	unsigned len = sizeof(from);
	union address own;
	int fd;

	*client = tcp(at.family);
	CHECK(connect_to(*client, at) == 0);
	fd = (int)syscall(SYS_accept4, listener, &from, &len, 0);
	CHECK(fd >= 0 && len == size_of(&from));
	own = name_of(*client, false);
	CHECK(port_of(&own) != 0 && memcmp(&own, &from, len) == 0);
	own = name_of(*client, true);
	CHECK(memcmp(&own, &at, len) == 0);
	own = name_of(fd, false);
	CHECK(memcmp(&own, &at, len) == 0);
	own = name_of(fd, true);
	CHECK(memcmp(&own, &from, len) == 0);
	return fd;
}

static void carries_bytes(int server, int client)
{
	char got[16];

	CHECK(write(client, "ping", 4) == 4);
	CHECK(read(server, got, sizeof(got)) == 4 && memcmp(got, "ping", 4) == 0);
	CHECK(write(server, "po", 2) == 2 && write(server, "ng", 2) == 2);
	CHECK(syscall(SYS_recvfrom, client, got, 4, MSG_WAITALL, 0, 0) == 4 && memcmp(got, "pong", 4) == 0);
	/* A name does not matter on a stream. */
	CHECK(send_to(client, "x", 1, v4(V4(1, 2, 3, 4), 5)) == 1);
	CHECK(read(server, got, 1) == 1 && got[0] == 'x');
	REFUSED(connect_to(client, name_of(client, true)), EISCONN);
}

static void ends_one_way(int server, int client)
{
	char c;

	CHECK(syscall(SYS_shutdown, client, SHUT_WR) == 0);
	CHECK(read(server, &c, 1) == 0);
	CHECK(write(server, "y", 1) == 1);
	CHECK(read(client, &c, 1) == 1 && c == 'y');
	REFUSED(write(client, "z", 1), EPIPE);
}

/* Nobody hears that the other end is closed before the answer to the first bytes. */
static void closed_peer(int listener, union address at)
{
	char c;
	int client, server = accept_one(listener, at, &client);

	close(server);
	CHECK(read(client, &c, 1) == 0);
	CHECK(name_of(client, true).family == at.family);
	CHECK(write(client, "a", 1) == 1);
	sleep_ms(20);
	REFUSED(write(client, "b", 1), EPIPE);
	close(client);

	/* What was not read is a reset. */
	server = accept_one(listener, at, &client);
	CHECK(write(client, "unread", 6) == 6);
	sleep_ms(20);
	close(server);
	sleep_ms(20);
	REFUSED(read(client, &c, 1), ECONNRESET);
	close(client);

	/* So is a close that does not linger. */
	server = accept_one(listener, at, &client);
	CHECK(syscall(SYS_setsockopt, server, SOL_SOCKET, SO_LINGER, (int[2]){ 1, 0 }, 8) == 0);
	close(server);
	sleep_ms(20);
	REFUSED(read(client, &c, 1), ECONNRESET);
	close(client);
}

static void both_families(void)
{
	union address any = v6(0, 0), from;
	unsigned len = sizeof(from);
	const int listener = listen_at(&any), client = tcp(AF_INET);
	int server;

	CHECK(connect_to(client, v4(LOCAL, port_of(&any))) == 0);
	server = (int)syscall(SYS_accept4, listener, &from, &len, 0);
	CHECK(server >= 0 && len == sizeof(from.v6) && from.family == AF_INET6);
	CHECK(from.v6.ip[10] == 0xff && from.v6.ip[11] == 0xff && from.v6.ip[12] == 127 && from.v6.ip[15] == 1);
	close(server);
	close(client);
	close(listener);
}

int main(void)
{
	union address at = v4(LOCAL, 0), at6 = v6(1, 0);
	int listener, client, server;

	CHECK(signal(SIGPIPE, handler) != SIG_ERR);
	listener = listen_at(&at);
	server = accept_one(listener, at, &client);
	carries_bytes(server, client);
	ends_one_way(server, client);
	close(server);
	close(client);
	closed_peer(listener, at);
	close(listener);

	listener = listen_at(&at6);
	server = accept_one(listener, at6, &client);
	carries_bytes(server, client);
	ends_one_way(server, client);
	both_families();
	return 0;
}
