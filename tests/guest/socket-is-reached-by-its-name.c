/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-is-reached-by-its-name - unix sockets that are not a pair: a path or a name
 * without one, listening, connecting before anybody accepts, datagrams to and from
 * names; and every refusal on the way.
 */
#include "files.h"

#ifdef __riscv
#define socklen_of uint32_t
#else
#include <sys/un.h>
#define socklen_of socklen_t
#endif

static struct sockaddr_un address;
static socklen_of length;

/* A path; or, from a text that begins with @, a name without one. */
static void name(const char *text)
{
	memset(&address, 0, sizeof(address));
	address.sun_family = AF_UNIX;
	length = (socklen_of)(2 + strlen(text) + (text[0] != '@'));
	memcpy(address.sun_path, text, strlen(text));
	if (text[0] == '@')
		address.sun_path[0] = '\0';
}

static int make(int type)
{
	const int fd = (int)syscall(SYS_socket, AF_UNIX, type, 0);

	CHECK(fd >= 0);
	return fd;
}

static long call(long nr, int fd, const char *text)
{
	name(text);
	return syscall(nr, fd, &address, length);
}

/* What NR (getsockname, getpeername, accept) says is TEXT. */
static long says(long nr, int fd, const char *text)
{
	struct sockaddr_un got;
	socklen_of n = sizeof(got);
	const long result = syscall(nr, fd, &got, &n);

	if (result < 0)
		return result;
	name(text);
	if (text[0] == '\0')
		length = 2;
	CHECK(n == length && memcmp(&got, &address, n) == 0);
	return result;
}

static long receive_from(int fd, char *text, const char *wanted)
{
	struct sockaddr_un got;
	socklen_of n = sizeof(got);
	const long result = syscall(SYS_recvfrom, fd, text, 10, 0, &got, &n);

	if (result < 0)
		return result;
	name(wanted);
	if (wanted[0] == '\0')
		length = 0;
	CHECK(n == length && memcmp(&got, &address, n) == 0);
	return result;
}

static long send_to(int fd, const char *to)
{
	name(to);
	return syscall(SYS_sendto, fd, "hello", 5, MSG_NOSIGNAL, &address, length);
}

static long option(int fd, int which, void *value, socklen_of size)
{
	return syscall(SYS_getsockopt, fd, SOL_SOCKET, which, value, &size);
}

static void kinds(void)
{
	REFUSED(syscall(SYS_socket, AF_UNIX, 4, 0), ESOCKTNOSUPPORT);
	REFUSED(syscall(SYS_socket, AF_UNIX, 12, 0), EINVAL);
	REFUSED(syscall(SYS_socket, AF_UNIX, SOCK_STREAM | 0x100, 0), EINVAL);
	REFUSED(syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 7), EPROTONOSUPPORT);
	REFUSED(syscall(SYS_socket, 99, SOCK_STREAM, 0), EAFNOSUPPORT);
	REFUSED(syscall(SYS_socket, 45, 99, 0), EINVAL);
}

static void names(void)
{
	const int s = make(SOCK_STREAM), other = make(SOCK_STREAM), d = make(SOCK_DGRAM);
	struct sockaddr_un got;
	socklen_of n = sizeof(got);

	REFUSED(syscall(SYS_bind, 0, &address, 4), ENOTSOCK);
	REFUSED(syscall(SYS_bind, 99, &address, 4), EBADF);
	name("path");
	REFUSED(syscall(SYS_bind, s, &address, 1), EINVAL);
	REFUSED(syscall(SYS_bind, s, &address, 111), EINVAL);
	REFUSED(syscall(SYS_bind, s, &address, -1), EINVAL);
	REFUSED(syscall(SYS_bind, s, 8, 10), EFAULT);
	address.sun_family = 2;
	REFUSED(syscall(SYS_bind, s, &address, length), EINVAL);
	REFUSED(call(SYS_bind, s, "none/path"), ENOENT);
	REFUSED(call(SYS_connect, s, "path"), ENOENT);
	CHECK(call(SYS_bind, s, "path") == 0);
	REFUSED(call(SYS_bind, other, "path"), EADDRINUSE);
	REFUSED(call(SYS_bind, s, "path"), EADDRINUSE);
	REFUSED(call(SYS_bind, s, "again"), EINVAL);
	CHECK(syscall(SYS_faccessat, AT_FDCWD, "again", 0) == -1);
	REFUSED(open("path", O_RDWR), ENXIO);
	CHECK(says(SYS_getsockname, s, "path") == 0 && says(SYS_getsockname, other, "") == 0);
	REFUSED(says(SYS_getpeername, s, ""), ENOTCONN);
	REFUSED(call(SYS_connect, other, "path"), ECONNREFUSED);
	REFUSED(call(SYS_connect, d, "path"), EPROTOTYPE);
	CHECK(close(open("file", O_CREAT | O_RDWR, 0600)) == 0);
	REFUSED(call(SYS_connect, other, "file"), ECONNREFUSED);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "path", 0) == 0);

	CHECK(call(SYS_bind, other, "@guest-name") == 0 && says(SYS_getsockname, other, "@guest-name") == 0);
	REFUSED(call(SYS_bind, make(SOCK_STREAM), "@guest-name"), EADDRINUSE);
	REFUSED(call(SYS_connect, s, "@guest-nam"), ECONNREFUSED);
	CHECK(call(SYS_bind, d, "@guest-name") == 0);
	close(d);
	address.sun_family = AF_UNIX;
	{
		const int fd = make(SOCK_STREAM);

		CHECK(syscall(SYS_bind, fd, &address, 2) == 0);
		CHECK(syscall(SYS_getsockname, fd, &got, &n) == 0 && n == 8 && got.sun_path[0] == '\0');
		close(fd);
	}
	close(s);
	close(other);
}

static void unconnected(void)
{
	const int s = make(SOCK_STREAM), q = make(SOCK_SEQPACKET), d = make(SOCK_DGRAM);
	char text[10];

	CHECK(is_ready(s, POLLIN | POLLOUT) == (POLLOUT | POLLHUP));
	CHECK(is_ready(d, POLLIN | POLLOUT) == POLLOUT);
	REFUSED(syscall(SYS_listen, s, 1), EINVAL);
	REFUSED(syscall(SYS_listen, d, 1), EOPNOTSUPP);
	REFUSED(syscall(SYS_accept, s, 0, 0), EINVAL);
	REFUSED(syscall(SYS_accept, d, 0, 0), EOPNOTSUPP);
	REFUSED(syscall(SYS_accept4, s, 0, 0, 1), EINVAL);
	REFUSED(write(s, "x", 1), ENOTCONN);
	REFUSED(write(q, "x", 1), ENOTCONN);
	REFUSED(write(d, "x", 1), ENOTCONN);
	REFUSED(send_to(s, "@nobody"), EOPNOTSUPP);
	REFUSED(send_to(d, "@nobody"), ECONNREFUSED);
	REFUSED(read(s, text, 1), EINVAL);
	REFUSED(read(q, text, 1), ENOTCONN);
	close(s);
	close(q);
	close(d);
}

static void connections(int type)
{
	const int listener = make(type | SOCK_NONBLOCK), client = make(type), third = make(type | SOCK_NONBLOCK);
	struct {
		int pid;
		unsigned uid, gid;
	} who;
	char text[10];
	int end, value;

	CHECK(call(SYS_bind, listener, "door") == 0);
	CHECK(syscall(SYS_listen, listener, 0) == 0 && is_ready(listener, POLLIN | POLLOUT) == 0);
	CHECK(option(listener, SO_ACCEPTCONN, &value, 4) == 0 && value == 1);
	CHECK(option(client, SO_PEERCRED, &who, 12) == 0 && who.pid == 0 && who.uid == -1U);
	REFUSED(syscall(SYS_accept, listener, 0, 0), EAGAIN);
	REFUSED(call(SYS_connect, listener, "door"), EINVAL);
	CHECK(call(SYS_bind, client, "@client") == 0);
	CHECK(call(SYS_connect, client, "door") == 0);
	REFUSED(call(SYS_connect, third, "door"), EAGAIN); /* there is room for one */
	CHECK(is_ready(listener, POLLIN) == POLLIN && is_ready(client, POLLOUT) == POLLOUT);
	CHECK(write(client, "early", 5) == 5);
	end = (int)says(SYS_accept, listener, "@client");
	CHECK(end >= 0 && fcntl(end, F_GETFD) == 0 && fcntl(end, F_GETFL) == O_RDWR);
	CHECK(receive_from(end, text, "@client") == 5 && memcmp(text, "early", 5) == 0);
	CHECK(says(SYS_getsockname, end, "door") == 0 && says(SYS_getpeername, end, "@client") == 0);
	CHECK(says(SYS_getpeername, client, "door") == 0);
	CHECK(option(client, SO_PEERCRED, &who, 12) == 0 && who.pid == getpid() && who.uid == 0);
	REFUSED(call(SYS_connect, client, "door"), EISCONN);
	CHECK(write(end, "back", 4) == 4 && read(client, text, 10) == 4);
	close(end);
	CHECK(read(client, text, 10) == 0);
	REFUSED(syscall(SYS_sendto, client, "x", 1, MSG_NOSIGNAL, 0, 0), EPIPE);

	CHECK(call(SYS_connect, third, "door") == 0);
	close(listener); /* nobody accepted */
	REFUSED(read(third, text, 1), ECONNRESET);
	close(third);
	close(client);
	end = make(type);
	REFUSED(call(SYS_connect, end, "door"), ECONNREFUSED);
	close(end);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "door", 0) == 0);
}

static void waiting(void)
{
	const int listener = make(SOCK_STREAM);
	int end, status;
	pid_t child;
	char byte;

	CHECK(call(SYS_bind, listener, "@slow-door") == 0 && syscall(SYS_listen, listener, 0) == 0);
	child = fork();
	if (child == 0) {
		const int one = make(SOCK_STREAM), two = make(SOCK_STREAM);

		sleep_ms(30);
		CHECK(call(SYS_connect, one, "@slow-door") == 0);
		CHECK(call(SYS_connect, two, "@slow-door") == 0); /* waits for room */
		CHECK(read(two, &byte, 1) == 1 && byte == '2');
		_exit(0);
	}
	end = (int)syscall(SYS_accept4, listener, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
	CHECK(end >= 0 && fcntl(end, F_GETFD) == FD_CLOEXEC && fcntl(end, F_GETFL) == (O_RDWR | O_NONBLOCK));
	close(end);
	sleep_ms(30);
	end = (int)syscall(SYS_accept, listener, 0, 0);
	CHECK(end >= 0 && write(end, "2", 1) == 1);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	close(end);
	close(listener);
}

static void datagrams(void)
{
	const int a = make(SOCK_DGRAM), b = make(SOCK_DGRAM), c = make(SOCK_DGRAM);
	char text[10];

	CHECK(call(SYS_bind, a, "@a") == 0 && call(SYS_bind, b, "post") == 0);
	CHECK(send_to(a, "post") == 5 && receive_from(b, text, "@a") == 5 && memcmp(text, "hello", 5) == 0);
	CHECK(send_to(c, "@a") == 5 && receive_from(a, text, "") == 5);
	CHECK(call(SYS_connect, a, "post") == 0 && write(a, "x", 1) == 1 && read(b, text, 10) == 1);
	CHECK(says(SYS_getpeername, a, "post") == 0);
	CHECK(send_to(b, "@a") == 5 && read(a, text, 10) == 5);
	REFUSED(send_to(c, "@a"), EPERM); /* it talks to somebody else */
	REFUSED(call(SYS_connect, c, "@a"), EPERM);
	address.sun_family = 0;
	CHECK(syscall(SYS_connect, a, &address, 2) == 0);
	REFUSED(write(a, "x", 1), ENOTCONN);
	CHECK(send_to(c, "@a") == 5 && call(SYS_connect, a, "post") == 0);
	close(b);
	REFUSED(write(a, "x", 1), ECONNREFUSED);
	REFUSED(send_to(a, "post"), ECONNREFUSED);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "post", 0) == 0);
	close(a);
	close(c);
}

static void without_permission(void)
{
	const int s = make(SOCK_STREAM);

	drop_privileges();
	REFUSED(call(SYS_connect, s, "mine"), EACCES);
	REFUSED(call(SYS_bind, s, "yours"), EACCES);
}

int main(void)
{
	int s;

	enter_new_folder();
	kinds();
	names();
	unconnected();
	connections(SOCK_STREAM);
	connections(SOCK_SEQPACKET);
	waiting();
	datagrams();
	s = make(SOCK_STREAM);
	CHECK(call(SYS_bind, s, "mine") == 0 && syscall(SYS_listen, s, 5) == 0);
	CHECK(exited_with(status_of(without_permission), 0));
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "mine", 0) == 0);
	leave_folder();
	return 0;
}
