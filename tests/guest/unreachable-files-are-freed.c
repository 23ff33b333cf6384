/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unreachable-files-are-freed - files of every kind are sent through sockets that nobody can reach
 * any more: listeners of filters and of sockets, epoll files that watch each other, terminals,
 * fifos and files without a name, with locks and timers. All are closed, and who waits for an
 * answer gets ENOSYS.
 */
#include "inet.h"
#include "notify.h"
#include "rights.h"

#include <sys/ioctl.h>
#ifdef __riscv
#include <abi/ioctl.h>
#endif

static void pair(int *s, int type)
{
	CHECK(syscall(SYS_socketpair, AF_UNIX, type, 0, s) == 0);
}

/* FD goes into a cycle that nobody can reach. */
static void lose(int fd)
{
	int s[2];

	CHECK(fd >= 0);
	pair(s, SOCK_STREAM);
	send_fd(s[0], fd);
	send_fd(s[0], s[0]);
	send_fd(s[0], s[1]);
	send_fd(s[1], s[0]);
	close(s[0]);
	close(s[1]);
	close(fd);
}

static void lose_listener(void)
{
	int s[2];
	pair(s, SOCK_STREAM);
	const int l = listen_for(SYS_getsid, 0);
	send_fd(s[0], l);
	close(l);
	if (fork() == 0) {
		close(s[0]);
		close(s[1]);
		_exit(raw0(SYS_getsid) != -ENOSYS);
	}
	sleep_ms(5);
	send_fd(s[0], s[1]);
	send_fd(s[0], s[0]);
	close(s[0]);
	close(s[1]);
	/* Linux looks for what nobody can reach when some socket is released. */
	int status;
	while (waitpid(-1, &status, WNOHANG) == 0) {
		pair(s, SOCK_STREAM);
		close(s[0]);
		close(s[1]);
		sleep_ms(1);
	}
	CHECK(status == 0);
}

static void lose_epolls(void)
{
	int a = (int)syscall(SYS_epoll_create1, 0), b = (int)syscall(SYS_epoll_create1, 0), s[2];
	struct epoll_event e = { .events = POLLIN };
	pair(s, SOCK_STREAM);
	CHECK(syscall(SYS_epoll_ctl, a, EPOLL_CTL_ADD, b, &e) == 0);
	CHECK(syscall(SYS_epoll_ctl, b, EPOLL_CTL_ADD, s[0], &e) == 0);
	send_fd(s[0], a);
	send_fd(s[0], b);
	send_fd(s[1], a);
	send_fd(s[1], s[0]);
	send_fd(s[0], s[1]);
	close(a);
	close(b);
	close(s[0]);
	close(s[1]);
}

static void lose_listening(void)
{
	int l = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0), c[8];
	struct {
		uint16_t f;
		char p[108];
	} a = { AF_UNIX, "" };
	unsigned len = sizeof(a);
	CHECK(syscall(SYS_bind, l, &a, 2) == 0 && syscall(SYS_listen, l, 16) == 0 &&
	      syscall(SYS_getsockname, l, &a, &len) == 0);
	for (int i = 0; i < 8; i++) {
		c[i] = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
		CHECK(syscall(SYS_connect, c[i], &a, len) == 0);
		send_fd(c[i], l);
		send_fd(c[i], c[i]);
		if (i)
			send_fd(c[i], c[i - 1]);
	}
	lose(l);
	for (int i = 0; i < 8; i++)
		close(c[i]);
}

static void lose_other_kinds(void)
{
	int fds[2], zero = 0;
	lose((int)syscall(SYS_pidfd_open, getpid(), 0));
	lose(open("/dev/ptmx", O_RDWR | O_NOCTTY));
	int m = open("/dev/ptmx", O_RDWR | O_NOCTTY), n;
	char path[32];
	CHECK(ioctl(m, TIOCGPTN, &n) == 0 && ioctl(m, TIOCSPTLCK, &zero) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	int s = open(path, O_RDWR | O_NOCTTY);
	CHECK(write(m, "abc\n", 4) == 4);
	lose(s);
	lose(m);
	CHECK(syscall(SYS_mknodat, AT_FDCWD, "fifo", S_IFIFO | 0600, 0) == 0);
	int r = open("fifo", O_RDWR);
	CHECK(r >= 0 && write(r, "xx", 2) == 2);
	unlink("fifo");
	lose(r);
	int i = (int)syscall(SYS_inotify_init1, 0), f = open("gone", O_RDWR | O_CREAT, 0600);
	CHECK(syscall(SYS_inotify_add_watch, i, "gone", 0xfff) > 0);
	unlink("gone");
	lose(f);
	lose(i);
	i = (int)syscall(SYS_inotify_init1, 0);
	CHECK(close(open("gone", O_RDWR | O_CREAT, 0600)) == 0);
	CHECK(syscall(SYS_inotify_add_watch, i, "gone", 0xfff) > 0);
	lose(i);
	unlink("gone");
	CHECK(syscall(SYS_pipe2, fds, 0) == 0 && write(fds[1], "x", 1) == 1);
	lose(fds[0]);
	lose(fds[1]);
	f = (int)syscall(SYS_memfd_create, "m", 2);
	CHECK(syscall(SYS_ftruncate, f, 1L << 40) == 0);
	CHECK(syscall(SYS_flock, f, LOCK_EX) == 0);
	struct flock k = { .l_type = F_WRLCK, .l_len = 5 };
	CHECK(syscall(SYS_fcntl, f, F_OFD_SETLK, &k) == 0);
	lose(f);
	f = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
	const struct timespec w[2] = { { 0, 1000000 }, { 0, 1000000 } };
	CHECK(syscall(SYS_timerfd_settime, f, 0, w, NULL) == 0);
	lose(f);
	union address a = v4(LOCAL, 0);
	int l = listen_at(&a), c = tcp(AF_INET);
	CHECK(connect_to(c, a) == 0);
	CHECK(write(c, "abc", 3) == 3);
	lose(l);
	lose(c);
	int u = udp(AF_INET), v = udp(AF_INET);
	CHECK(bind_to(u, v4(LOCAL, 0)) == 0 && connect_to(v, name_of(u, false)) == 0 && write(v, "x", 1) == 1);
	lose(u);
	lose(v);
	f = open("/proc/self/status", O_RDONLY);
	lose(f);
	f = open("/proc/self", O_RDONLY);
	lose(f);
}

int main(void)
{
	static void (*const all[])(void) = { lose_listener, lose_epolls, lose_listening, lose_other_kinds };

	enter_new_folder();
	set_no_new_privs();
	for (unsigned i = 0; i < COUNT_OF(all); i++)
		CHECK(status_of(all[i]) == 0);
	leave_folder();
	return 0;
}
