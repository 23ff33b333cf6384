/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-of-a-kind-give-way - what goes through as many things as a program has made lets others run:
 * closing a chain of sockets that hold each other, and a file with thousands of locks; exit with
 * thousands of mappings; signals to everybody and to a process group, priorities of all of a
 * user, a list of all processes.
 */
#include "rights.h"

static void pair(int *s, int type)
{
	CHECK(syscall(SYS_socketpair, AF_UNIX, type, 0, s) == 0);
}

static void close_chain(void)
{
	int s[200][2];
	for (int i = 0; i < 200; i++) {
		pair(s[i], SOCK_STREAM);
		if (i) {
			send_fd(s[i][0], s[i - 1][0]);
			send_fd(s[i][0], s[i - 1][1]);
			close(s[i - 1][0]);
			close(s[i - 1][1]);
		}
	}
}

static void many_locks(void)
{
	int f = open("locks", O_RDWR | O_CREAT, 0600);
	for (int i = 0; i < 6000; i++) {
		struct flock k = { .l_type = F_WRLCK, .l_start = 2 * i, .l_len = 1 };
		if (syscall(SYS_fcntl, f, F_SETLK, &k) != 0) {
			CHECK(errno == ENOLCK);
			break;
		}
	}
	unlink("locks");
}

static void signal_group(void)
{
	int p[2];
	pid_t g = 0;
	CHECK(syscall(SYS_pipe2, p, 0) == 0);
	for (int i = 0; i < 300; i++) {
		pid_t c = fork();
		CHECK(c >= 0);
		if (c == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
			syscall(SYS_setpgid, 0, g);
			signal(SIGIO, SIG_IGN);
			for (;;)
				sleep_ms(1000);
		}
		if (!g)
			g = c;
		syscall(SYS_setpgid, c, g);
	}
	CHECK(fcntl(p[0], 8 /* F_SETOWN */, -g) == 0 && fcntl(p[0], F_SETFL, O_NONBLOCK | 020000) == 0);
	for (int i = 0; i < 200; i++)
		CHECK(write(p[1], "x", 1) == 1);
	kill(-g, SIGKILL);
	while (wait(NULL) > 0)
		;
}

static void signal_everybody(void)
{
	CHECK(signal(SIGUSR2, SIG_DFL) != SIG_ERR);
	for (int i = 0; i < 1500; i++) {
		pid_t c = fork();
		CHECK(c >= 0);
		if (c == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
			for (;;)
				sleep_ms(100000);
		}
	}
	char buf[32768];
	int d = open("/proc", O_RDONLY | O_DIRECTORY);
	while (syscall(SYS_getdents64, d, buf, sizeof(buf)) > 0)
		;
	syscall(SYS_setpriority, 2, 0, 5);
	syscall(SYS_getpriority, 2, 0);
	syscall(SYS_setpriority, 1, 0, 6);
	kill(-1, SIGUSR2);
	while (wait(NULL) > 0)
		;
}

static void map_often(void)
{
	int f = (int)syscall(SYS_memfd_create, "s", 2);
	CHECK(syscall(SYS_ftruncate, f, 4096) == 0);
	for (int i = 0; i < 3000; i++)
		CHECK(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, f, 0) != MAP_FAILED);
}

int main(void)
{
	static void (*const all[])(void) = { close_chain, many_locks, signal_group, map_often, signal_everybody };

	CHECK(syscall(SYS_chdir, "/tmp") == 0 && signal(SIGUSR2, SIG_IGN) != SIG_ERR);
	CHECK(syscall(SYS_setgid, 54326) == 0 && syscall(SYS_setuid, 54326) == 0);
	for (unsigned i = 0; i < COUNT_OF(all); i++)
		CHECK(status_of(all[i]) == 0);
	return 0;
}
