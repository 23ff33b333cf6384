/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-of-nobody-is-freed - sockets that only each other's queues hold go away: one in its own
 * queue, two in each other's, a listener in the queue of a connection that it has not accepted. One
 * that can still be received stays.
 */
#include "rights.h"

static struct any_name name;

/* The other end of what is sent through P hears its end when the pipe's last writer has gone. */
static void held_by(int through)
{
	int p[2];

	CHECK(pipe2(p, 0) == 0);
	send_fd(through, p[1]);
	close(p[1]);
	CHECK(is_ready(p[0], POLLIN) == 0);
	CHECK(dup3(p[0], 100, 0) == 100);
	close(p[0]);
}

/* Then Linux looks for what nobody holds. */
static void close_another(void)
{
	CHECK(close((int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0)) == 0);
}

static void all_gone(void)
{
	struct pollfd p = { 100, POLLIN, 0 };

	close_another();
	CHECK(poll(&p, 1, 5000) == 1 && p.revents == POLLHUP);
}

int main(void)
{
	int a[2], b[2], l, k;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, a) == 0);
	send_fd(a[0], a[1]);
	held_by(a[0]);
	close(a[0]);
	close(a[1]);
	all_gone();

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, a) == 0 &&
	      syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, b) == 0);
	send_fd(a[0], b[1]);
	send_fd(b[0], a[1]);
	held_by(a[0]);
	close(a[0]);
	close(a[1]);
	close(b[0]);
	close(b[1]);
	all_gone();

	l = new_listener(&name);
	k = connect_by_name(&name);
	send_fd(k, l);
	held_by(k);
	close(k);
	close(l);
	all_gone();

	/* The same, and it can be received: through the listener that it came with. */
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, a) == 0);
	l = new_listener(&name);
	k = connect_by_name(&name);
	send_fd(k, l);
	held_by(k);
	send_fd(a[0], l);
	close(k);
	close(l);
	close_another();
	sleep_ms(100);
	CHECK(is_ready(100, POLLIN) == 0);
	l = receive_fd(a[1]);
	k = (int)syscall(SYS_accept, l, NULL, NULL);
	CHECK(k >= 0);
	close(l);
	l = receive_fd(k);
	CHECK(is_ready(100, POLLIN) == 0);
	close(receive_fd(k));
	all_gone();
	return 0;
}
