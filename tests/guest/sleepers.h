/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleepers.h - calls that sleep, what makes them sleep, and what wakes them: a row for each.
 */
#pragma once

#include "inet.h"
#include "notify.h"
#include "sysv.h"

#include <sys/ioctl.h>
#ifdef __riscv
#include <abi/ioctl.h>
#else
#include <sys/un.h>
#include <termios.h>
#endif

#define LISTENED SYS_getsid
#define WAIT_NS 200000000L

/* What the call sleeps on, and what stays open. */
static int fd, other, third;
static char bytes[4096];

/* --- descriptors that make a call sleep --------------------------------------------- */

static void make_pipe(int *reading, int *writing)
{
	int p[2];

	CHECK(syscall(SYS_pipe2, p, 0) == 0);
	*reading = p[0];
	*writing = p[1];
}

static void make_pair(int type)
{
	int s[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, type, 0, s) == 0);
	fd = s[0];
	other = s[1];
}

/* Writes until there is no room, not even for a byte. */
static void fill(int to)
{
	const int flags = fcntl(to, F_GETFL);

	CHECK(fcntl(to, F_SETFL, flags | O_NONBLOCK) == 0);
	for (size_t n = sizeof(bytes); n > 0; n = n > 1 ? 1 : 0)
		while (write(to, bytes, n) > 0)
			;
	CHECK(fcntl(to, F_SETFL, flags) == 0);
}

/* A process that does BODY and is told to end by a byte into THIRD. */
static pid_t helper(void (*body)(void))
{
	int reading, said, say;
	char byte;
	pid_t pid;

	make_pipe(&reading, &third);
	make_pipe(&said, &say);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		close(third);
		if (body != NULL)
			body();
		CHECK(write(say, "", 1) == 1);
		(void)!read(reading, &byte, 1);
		_exit(0);
	}
	CHECK(read(said, &byte, 1) == 1);
	close(reading);
	close(said);
	close(say);
	return pid;
}

static void pipe_to_read(void)
{
	make_pipe(&fd, &other);
}

static void pipe_to_write(void)
{
	make_pipe(&other, &fd);
	fill(fd);
}

static void file_and_full_pipe(void)
{
	pipe_to_write();
	third = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(write(third, "x", 1) == 1);
}

static void two_pipes(void)
{
	int unread;

	make_pipe(&fd, &other);
	make_pipe(&unread, &third);
}

static void stream(void)
{
	make_pair(SOCK_STREAM);
}

static void full_stream(void)
{
	make_pair(SOCK_STREAM);
	fill(fd);
}

static void datagrams(void)
{
	make_pair(SOCK_DGRAM);
}

static void full_datagrams(void)
{
	make_pair(SOCK_DGRAM);
	fill(fd);
}

static struct sockaddr_un address;
static unsigned length;

static void listener(void)
{
	fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	other = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	address.sun_family = AF_UNIX;
	CHECK(syscall(SYS_bind, fd, &address, 2) == 0 && syscall(SYS_listen, fd, 0) == 0);
	length = sizeof(address);
	CHECK(syscall(SYS_getsockname, fd, &address, &length) == 0);
}

/* Another has connected, and there is no room for FD's. */
static void full_listener(void)
{
	listener();
	third = other;
	other = fd;
	fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	CHECK(syscall(SYS_connect, third, &address, length) == 0);
}

static union address inet_place;

static void inet_listener(void)
{
	inet_place = v4(LOCAL, 0);
	fd = listen_at(&inet_place);
	other = tcp(AF_INET);
}

static void inet_stream(void)
{
	union address a = v4(LOCAL, 0);
	const int l = listen_at(&a);

	other = tcp(AF_INET);
	CHECK(connect_to(other, a) == 0);
	fd = (int)syscall(SYS_accept4, l, NULL, NULL, 0);
	CHECK(fd >= 0 && close(l) == 0);
}

static void inet_datagrams(void)
{
	fd = udp(AF_INET);
	other = udp(AF_INET);
	CHECK(bind_to(fd, v4(LOCAL, 0)) == 0 && connect_to(other, name_of(fd, false)) == 0);
}

static void counter(void)
{
	fd = (int)syscall(SYS_eventfd2, 0, 0);
	other = dup(fd);
}

static void full_counter(void)
{
	const uint64_t most = UINT64_MAX - 1;

	counter();
	CHECK(write(fd, &most, sizeof(most)) == sizeof(most));
}

static void clock_file(void)
{
	const struct timespec when[2] = { { 0, 0 }, { 0, WAIT_NS } };

	fd = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
	CHECK(syscall(SYS_timerfd_settime, fd, 0, when, NULL) == 0);
}

static void signals(void)
{
	const uint64_t set = 1UL << (SIGUSR1 - 1);

	CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, sizeof(set)) == 0);
	fd = (int)syscall(SYS_signalfd4, -1, &set, sizeof(set), 0);
}

static void watcher(void)
{
	fd = (int)syscall(SYS_inotify_init1, 0);
	CHECK(syscall(SYS_inotify_add_watch, fd, ".", 0x100 /* IN_CREATE */) > 0);
}

static void terminal(void)
{
	char path[32];
	int zero = 0, n;

	fd = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CHECK(fd >= 0 && ioctl(fd, TIOCGPTN, &n) == 0 && ioctl(fd, TIOCSPTLCK, &zero) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	other = open(path, O_RDWR | O_NOCTTY);
	CHECK(other >= 0);
}

static void terminals_other_side(void)
{
	const int master = (terminal(), fd);

	fd = other;
	other = master;
}

static void watch(int epoll, int target)
{
	struct epoll_event event = { .events = POLLIN };

	CHECK(syscall(SYS_epoll_ctl, epoll, EPOLL_CTL_ADD, target, &event) == 0);
}

static void epoll_of_pipe(void)
{
	int reading;

	make_pipe(&reading, &other);
	fd = (int)syscall(SYS_epoll_create1, 0);
	watch(fd, reading);
}

static void pipe_of_epoll(void)
{
	make_pipe(&fd, &other);
	third = (int)syscall(SYS_epoll_create1, 0);
	watch(third, fd);
}

static void open_twice(void)
{
	fd = open("locked", O_RDWR | O_CREAT, 0600);
	other = open("locked", O_RDWR);
	CHECK(fd >= 0 && other >= 0);
}

static void flocked(void)
{
	open_twice();
	CHECK(syscall(SYS_flock, other, LOCK_EX) == 0);
}

static struct flock all_of_it;

static void lock_all(int command, short type)
{
	all_of_it = (struct flock){ .l_type = type };
	CHECK(syscall(SYS_fcntl, other, command, &all_of_it) == 0);
	all_of_it.l_type = F_WRLCK;
}

static void lock_as_process(void)
{
	lock_all(F_SETLK, F_WRLCK);
}

static void locked_by_a_process(void)
{
	open_twice();
	helper(lock_as_process);
	lock_all(F_GETLK, F_WRLCK);
	all_of_it = (struct flock){ .l_type = F_WRLCK };
}

static void locked_by_an_opening(void)
{
	open_twice();
	lock_all(F_OFD_SETLK, F_WRLCK);
}

static void fifo(void)
{
	CHECK(syscall(SYS_mknodat, AT_FDCWD, "fifo", S_IFIFO | 0600, 0) == 0);
	make_pipe(&fd, &other);
}

static void process(void)
{
	fd = (int)syscall(SYS_pidfd_open, helper(NULL), 0);
	CHECK(fd >= 0);
}

static void supervisor(void)
{
	fd = listen_for(LISTENED, 0);
}

static uint64_t notified;
static pid_t notifier, in_the_way;

static void make_call(void)
{
	notifier = fork();
	CHECK(notifier >= 0);
	if (notifier == 0) {
		(void)raw0(LISTENED);
		_exit(0);
	}
}

static void set_priority(int priority)
{
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
}

/*
 * Somebody waits for an answer, but does not get to the processor, and so takes no descriptor: in
 * its way is a real-time process that computes, which does not keep the sleeper from its turn.
 */
static void supervisor_of_one_held_up(void)
{
	const unsigned long first = 1;

	supervisor();
	make_call();
	notified = receive(fd).id;
	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first), &first) == 0);
	CHECK(syscall(SYS_sched_setaffinity, notifier, sizeof(first), &first) == 0);
	set_priority(2);
	in_the_way = fork();
	CHECK(in_the_way >= 0);
	if (in_the_way == 0) {
		CHECK(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0);
		set_priority(1);
		for (;;)
			compute();
	}
}

/* Of System V, which no descriptor leads to; FD is a pipe. */
static long semaphore = -1, queue = -1;
static struct {
	long type;
	char text[1000];
} a_message = { 1, "" };

static void semaphores(void)
{
	make_pipe(&fd, &other);
	semaphore = syscall(SYS_semget, IPC_PRIVATE, 1, 0600);
	CHECK(semaphore >= 0);
}

static void messages(void)
{
	make_pipe(&fd, &other);
	queue = syscall(SYS_msgget, IPC_PRIVATE, 0600);
	CHECK(queue >= 0);
}

static void full_messages(void)
{
	messages();
	while (syscall(SYS_msgsnd, queue, &a_message, sizeof(a_message.text), IPC_NOWAIT) == 0)
		;
	CHECK(errno == EAGAIN);
}

/* Removes what stays when its processes are gone. */
static void remove_lasting(void)
{
	if (semaphore >= 0)
		CHECK(sem_ctl(semaphore, 0, IPC_RMID, 0) == 0);
	if (queue >= 0)
		CHECK(msg_ctl(queue, IPC_RMID, NULL) == 0);
}

/* --- calls that sleep ----------------------------------------------------------------- */

static long do_read(void)
{
	return raw(SYS_read, fd, (long)bytes, sizeof(bytes), 0, 0, 0);
}

static long do_readv(void)
{
	const struct iovec v = { bytes, sizeof(bytes) };

	return raw(SYS_readv, fd, (long)&v, 1, 0, 0, 0);
}

static long do_write(void)
{
	return raw(SYS_write, fd, (long)bytes, 1, 0, 0, 0);
}

static long do_writev(void)
{
	const struct iovec v = { bytes, 1 };

	return raw(SYS_writev, fd, (long)&v, 1, 0, 0, 0);
}

static long do_count(void)
{
	uint64_t value = 1;

	return raw(SYS_write, fd, (long)&value, sizeof(value), 0, 0, 0);
}

static long do_splice(void)
{
	return raw(SYS_splice, fd, 0, third, 0, 10, 0);
}

static long do_tee(void)
{
	return raw(SYS_tee, fd, third, 10, 0, 0, 0);
}

static long do_vmsplice(void)
{
	const struct iovec v = { bytes, 1 };

	return raw(SYS_vmsplice, fd, (long)&v, 1, 0, 0, 0);
}

static long do_sendfile(void)
{
	long at = 0;

	return raw(SYS_sendfile, fd, third, (long)&at, 1, 0, 0);
}

static long do_recvfrom(void)
{
	return raw(SYS_recvfrom, fd, (long)bytes, sizeof(bytes), 0, 0, 0);
}

static long do_sendto(void)
{
	return raw(SYS_sendto, fd, (long)bytes, 1, 0, 0, 0);
}

struct many {
	struct message_header message;
	unsigned n;
};

static long message_call(long nr, size_t size)
{
	struct iovec v = { bytes, size };
	struct many m = { .message = { .pieces = &v, .count = 1 } };

	return nr == SYS_recvmmsg || nr == SYS_sendmmsg ? raw(nr, fd, (long)&m, 1, 0, 0, 0)
							: raw(nr, fd, (long)&m.message, 0, 0, 0, 0);
}

static long do_recvmsg(void)
{
	return message_call(SYS_recvmsg, sizeof(bytes));
}

static long do_recvmmsg(void)
{
	return message_call(SYS_recvmmsg, sizeof(bytes));
}

static long do_sendmsg(void)
{
	return message_call(SYS_sendmsg, 1);
}

static long do_sendmmsg(void)
{
	return message_call(SYS_sendmmsg, 1);
}

static long do_accept(void)
{
	return raw(SYS_accept4, fd, 0, 0, 0, 0, 0) >= 0;
}

static long do_connect(void)
{
	return raw(SYS_connect, fd, (long)&address, length, 0, 0, 0);
}

static long do_poll(void)
{
	struct pollfd p = { fd, POLLIN, 0 };

	return raw(SYS_ppoll, (long)&p, 1, 0, 0, 0, 0);
}

static long do_poll_for_room(void)
{
	struct pollfd p = { fd, POLLOUT, 0 };

	return raw(SYS_ppoll, (long)&p, 1, 0, 0, 0, 0);
}

static long do_select(void)
{
	uint64_t set[16] = { 0 };

	set[fd / 64] = 1UL << fd % 64;
	return raw(SYS_pselect6, fd + 1, (long)set, 0, 0, (long)&(struct timespec){ 1, 0 }, 0);
}

static long do_epoll_pwait(void)
{
	struct epoll_event event;

	return raw(SYS_epoll_pwait, fd, (long)&event, 1, -1, 0, 0);
}

static long do_epoll_pwait2(void)
{
	struct epoll_event event;

	return raw(441, fd, (long)&event, 1, 0, 0, 0);
}

static long do_wait_on_third(void)
{
	struct epoll_event event;

	return raw(SYS_epoll_pwait, third, (long)&event, 1, WAIT_NS / 1000000, 0, 0);
}

static long do_flock(void)
{
	return raw(SYS_flock, fd, LOCK_EX, 0, 0, 0, 0);
}

static long do_setlkw(void)
{
	return raw(SYS_fcntl, fd, F_SETLKW, (long)&all_of_it, 0, 0, 0);
}

static long do_ofd_setlkw(void)
{
	return raw(SYS_fcntl, fd, F_OFD_SETLKW, (long)&all_of_it, 0, 0, 0);
}

static long do_open_fifo(void)
{
	return raw(SYS_openat, AT_FDCWD, (long)"fifo", O_RDONLY, 0, 0, 0) >= 0;
}

static long do_waitid(void)
{
	return raw(SYS_waitid, 3 /* P_PIDFD */, fd, 0, WEXITED, 0, 0);
}

static long do_receive(void)
{
	static struct seccomp_notif n;

	return raw(SYS_ioctl, fd, (long)SECCOMP_IOCTL_NOTIF_RECV, (long)&n, 0, 0, 0);
}

#define GIVEN 70

static long do_add(void)
{
	struct seccomp_notif_addfd a = { .id = notified, .flags = SECCOMP_ADDFD_FLAG_SETFD, .newfd = GIVEN };

	return raw(SYS_ioctl, fd, (long)SECCOMP_IOCTL_NOTIF_ADDFD, (long)&a, 0, 0, 0);
}

static long do_semop(void)
{
	struct sembuf down = { 0, -1, SEM_UNDO };

	return raw(SYS_semop, semaphore, (long)&down, 1, 0, 0, 0);
}

static long do_semtimedop(void)
{
	struct sembuf down = { 0, -1, 0 };
	const struct timespec patience = { 10, 0 };

	return raw(SYS_semtimedop, semaphore, (long)&down, 1, (long)&patience, 0, 0);
}

static long do_msgrcv(void)
{
	char text[sizeof(a_message)];

	return raw(SYS_msgrcv, queue, (long)text, sizeof(a_message.text), 0, 0, 0);
}

static long do_msgsnd(void)
{
	return raw(SYS_msgsnd, queue, (long)&a_message, sizeof(a_message.text), 0, 0, 0);
}

/* --- what wakes them ------------------------------------------------------------------- */

static void put(void)
{
	CHECK(write(other, "x", 1) == 1);
}

static void put_line(void)
{
	CHECK(write(other, "x\n", 2) == 2);
}

static void count(void)
{
	const uint64_t one = 1;

	CHECK(write(other, &one, sizeof(one)) == sizeof(one));
}

static void drain(void)
{
	const int flags = fcntl(other, F_GETFL);

	CHECK(fcntl(other, F_SETFL, flags | O_NONBLOCK) == 0);
	while (read(other, bytes, sizeof(bytes)) > 0)
		;
	CHECK(fcntl(other, F_SETFL, flags) == 0);
}

static void connect_other(void)
{
	CHECK(syscall(SYS_connect, other, &address, length) == 0);
}

static void inet_connect_other(void)
{
	CHECK(connect_to(other, inet_place) == 0);
}

static void accept_one(void)
{
	CHECK(syscall(SYS_accept4, other, NULL, NULL, 0) >= 0);
}

static void signal_self(void)
{
	CHECK(syscall(SYS_kill, getpid(), SIGUSR1) == 0);
}

static void create(void)
{
	CHECK(close(open("new", O_CREAT | O_RDWR, 0600)) == 0);
}

static void unlock(void)
{
	CHECK(syscall(SYS_flock, other, LOCK_UN) == 0);
}

static void unlock_opening(void)
{
	lock_all(F_OFD_SETLK, F_UNLCK);
}

static void end_helper(void)
{
	CHECK(write(third, "x", 1) == 1);
}

static void open_fifo(void)
{
	CHECK(open("fifo", O_WRONLY) >= 0);
}

static void make_way(void)
{
	CHECK(kill(in_the_way, SIGKILL) == 0);
}

static void raise_semaphore(void)
{
	CHECK(sem_one(semaphore, 0, 1, 0) == 0);
}

static void send_message(void)
{
	CHECK(syscall(SYS_msgsnd, queue, &a_message, sizeof(a_message.text), 0) == 0);
}

static void take_message(void)
{
	CHECK(syscall(SYS_msgrcv, queue, &a_message, sizeof(a_message.text), 0, 0) == sizeof(a_message.text));
}

static void nothing(void)
{
}

/* --- the table -------------------------------------------------------------------------- */

static const struct row {
	const char *name;
	void (*make)(void);
	long (*call)(void);
	void (*wake)(void);
	long result;
	/* POLLERR or POLLHUP, of OTHER, once nobody has what FD led to; 0: it does not hear. */
	short hears;
	int at_once;   /* it is closed though the call sleeps */
	int no_others; /* only the process that made FD may make the call */
} rows[] = {
	{ "read of a pipe", pipe_to_read, do_read, put, 1, POLLERR, 0, 0 },
	{ "readv of a pipe", pipe_to_read, do_readv, put, 1, POLLERR, 0, 0 },
	{ "write of a pipe", pipe_to_write, do_write, drain, 1, POLLHUP, 0, 0 },
	{ "writev of a pipe", pipe_to_write, do_writev, drain, 1, POLLHUP, 0, 0 },
	{ "vmsplice into a pipe", pipe_to_write, do_vmsplice, drain, 1, POLLHUP, 0, 0 },
	{ "splice between pipes", two_pipes, do_splice, put, 1, POLLERR, 0, 0 },
	{ "tee between pipes", two_pipes, do_tee, put, 1, POLLERR, 0, 0 },
	{ "sendfile into a pipe", file_and_full_pipe, do_sendfile, drain, 1, POLLHUP, 0, 0 },
	{ "read of a stream", stream, do_read, put, 1, POLLHUP, 0, 0 },
	{ "write of a stream", full_stream, do_write, drain, 1, POLLHUP, 0, 0 },
	{ "recvfrom of a stream", stream, do_recvfrom, put, 1, POLLHUP, 0, 0 },
	{ "sendto of a stream", full_stream, do_sendto, drain, 1, POLLHUP, 0, 0 },
	{ "recvmsg of a stream", stream, do_recvmsg, put, 1, POLLHUP, 0, 0 },
	{ "sendmsg of a stream", full_stream, do_sendmsg, drain, 1, POLLHUP, 0, 0 },
	{ "recvmmsg of a stream", stream, do_recvmmsg, put, 1, POLLHUP, 0, 0 },
	{ "sendmmsg of a stream", full_stream, do_sendmmsg, drain, 1, POLLHUP, 0, 0 },
	{ "recvmsg of datagrams", datagrams, do_recvmsg, put, 1, 0, 0, 0 },
	{ "sendmsg of datagrams", full_datagrams, do_sendmsg, drain, 1, 0, 0, 0 },
	{ "accept", listener, do_accept, connect_other, 1, 0, 0, 0 },
	{ "connect", full_listener, do_connect, accept_one, 0, 0, 0, 0 },
	{ "accept of the internet", inet_listener, do_accept, inet_connect_other, 1, 0, 0, 0 },
	{ "read of an internet stream", inet_stream, do_read, put, 1, 0, 0, 0 },
	{ "recvfrom of the internet", inet_datagrams, do_recvfrom, put, 1, 0, 0, 0 },
	{ "read of an eventfd", counter, do_read, count, 8, 0, 0, 0 },
	{ "write of an eventfd", full_counter, do_count, drain, 8, 0, 0, 0 },
	{ "read of a timerfd", clock_file, do_read, nothing, 8, 0, 0, 0 },
	{ "read of a signalfd", signals, do_read, signal_self, 128, 0, 0, 0 },
	{ "read of an inotify file", watcher, do_read, create, 32, 0, 0, 0 },
	{ "read of a terminal's master", terminal, do_read, put, 1, POLLHUP, 0, 0 },
	{ "read of a terminal", terminals_other_side, do_read, put_line, 2, POLLHUP, 0, 0 },
	{ "poll", pipe_to_read, do_poll, put, 1, POLLERR, 0, 0 },
	{ "poll for room", full_stream, do_poll_for_room, drain, 1, POLLHUP, 0, 0 },
	{ "select", stream, do_select, put, 1, POLLHUP, 0, 0 },
	{ "poll of an epoll file", epoll_of_pipe, do_poll, put, 1, 0, 0, 0 },
	{ "epoll_pwait", epoll_of_pipe, do_epoll_pwait, put, 1, 0, 0, 0 },
	{ "epoll_pwait2", epoll_of_pipe, do_epoll_pwait2, put, 1, 0, 0, 0 },
	{ "epoll_pwait for it", pipe_of_epoll, do_wait_on_third, nothing, 0, POLLERR, 1, 0 },
	{ "flock", flocked, do_flock, unlock, 0, 0, 0, 0 },
	{ "fcntl F_SETLKW", locked_by_a_process, do_setlkw, end_helper, -EBADF, 0, 0, 0 },
	{ "fcntl F_OFD_SETLKW", locked_by_an_opening, do_ofd_setlkw, unlock_opening, 0, 0, 0, 0 },
	{ "open of a fifo", fifo, do_open_fifo, open_fifo, 1, POLLERR, 1, 0 },
	{ "poll of a pidfd", process, do_poll, end_helper, 1, 0, 0, 0 },
	{ "waitid of a pidfd", process, do_waitid, end_helper, 0, 0, 0, 1 },
	{ "NOTIF_RECV", supervisor, do_receive, make_call, 0, 0, 0, 0 },
	{ "NOTIF_ADDFD", supervisor_of_one_held_up, do_add, make_way, GIVEN, 0, 0, 0 },
	{ "semop", semaphores, do_semop, raise_semaphore, 0, POLLERR, 1, 0 },
	{ "semtimedop", semaphores, do_semtimedop, raise_semaphore, 0, POLLERR, 1, 0 },
	{ "msgrcv", messages, do_msgrcv, send_message, sizeof(a_message.text), POLLERR, 1, 0 },
	{ "msgsnd", full_messages, do_msgsnd, take_message, 0, POLLERR, 1, 0 },
};
