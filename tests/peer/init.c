/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * init.c - the first program on the Linux that Portcullis is compared with: runs other programs,
 * one after the other, and switches the machine off. Built static and started by boot.sh.
 *
 * /peer/list holds, for each, its arguments as NUL-terminated strings and an empty string. On the
 * console every program's output stands between "peer: begin NAME" and "peer: end STATUS", where
 * STATUS is 128 + signal for one that was killed. Each runs as Portcullis starts its program: no
 * environment, a session of its own on the console, a read-only root, an empty /tmp, the settings
 * of a system that has just started.
 */
#include <fcntl.h>
#include <linux/random.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define LIMIT 300 /* seconds for one program */
#define LIST_MAX (1 << 16)
#define ARGS_MAX 64

static void put(const char *file, const char *text)
{
	const int fd = open(file, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		perror(file);
	close(fd);
}

static void become_console(void)
{
	struct termios t;
	const int fd = open("/dev/ttyS0", O_RDWR | O_NOCTTY);

	for (int to = 0; to <= 2; to++)
		dup2(fd, to);
	if (fd > 2)
		close(fd);
	if (tcgetattr(0, &t) == 0) {
		t.c_oflag &= ~(tcflag_t)ONLCR;
		tcsetattr(0, TCSANOW, &t);
	}
}

/* On a machine that counts instructions nothing is random, and getrandom would wait for ever. */
static void believe_in_chance(void)
{
	struct {
		struct rand_pool_info info;
		char bytes[64];
	} seed = { { .entropy_count = 512, .buf_size = 64 }, "as good as any" };
	const int fd = open("/dev/urandom", O_WRONLY);

	if (ioctl(fd, RNDADDENTROPY, &seed) != 0)
		perror("/dev/urandom");
	close(fd);
}

/* Its addresses, 127.0.0.1 and ::1, come with it. */
static void turn_loopback_on(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	const int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo) != 0)
		perror("lo");
	close(fd);
}

/* A root that pivot_root takes, which Linux's first one is not. */
static void take_root(void)
{
	if (mount("/", "/root", NULL, MS_BIND, NULL) != 0 || chdir("/root") != 0 ||
	    mount(".", "/", NULL, MS_MOVE, NULL) != 0 || chroot(".") != 0)
		perror("/root");
}

static void prepare(void)
{
	mkdir("/root", 0700);
	take_root();
	mkdir("/proc", 0555);
	mkdir("/dev", 0755);
	mkdir("/tmp", 01777);
	mkdir("/sys", 0555);
	mount("none", "/proc", "proc", 0, NULL);
	mount("none", "/sys", "sysfs", 0, NULL);
	mount("none", "/dev", "devtmpfs", 0, NULL);
	mkdir("/dev/shm", 01777);
	mount("none", "/dev/shm", "tmpfs", 0, NULL);
	mkdir("/dev/pts", 0755);
	mount("none", "/dev/pts", "devpts", 0, "mode=620,ptmxmode=666");
	turn_loopback_on();
	become_console();
	believe_in_chance();
	/* Every audit record, and nothing that is less than that, on the console. */
	put("/proc/sys/kernel/printk_ratelimit", "0");
	put("/proc/sys/kernel/printk", "6 4 1 7");
	put("/proc/sys/debug/exception-trace", "0");
}

/* The time as if nobody had set it: it begins in 2000, as Portcullis' does with --icount. */
static void reset_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_sec += 946684800;
	if (clock_settime(CLOCK_REALTIME, &now) != 0)
		perror("clock");
}

static _Noreturn void become(char **argv)
{
	static char *const no_environment[] = { NULL };

	setsid();
	ioctl(0, TIOCSCTTY, 1);
	execve(argv[0], argv, no_environment);
	perror(argv[0]);
	_exit(127);
}

/* Has CHILD ended, with *STATUS? Orphans that have are collected meanwhile. */
static int has_ended(pid_t child, int *status)
{
	pid_t ended;

	do
		ended = waitpid(-1, status, WNOHANG);
	while (ended > 0 && ended != child);
	return ended == child;
}

/* The status of CHILD, which is killed when its time is up: 124. */
static int wait_for(pid_t child)
{
	int status = 0;

	for (int ms = 0; !has_ended(child, &status); ms++) {
		if (ms >= LIMIT * 1000) {
			kill(child, SIGKILL);
			waitpid(child, &status, 0);
			return 124;
		}
		usleep(1000);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void run(char **argv)
{
	pid_t child;
	int status;

	mount("none", "/tmp", "tmpfs", 0, NULL);
	put("/proc/sys/kernel/seccomp/actions_logged", "kill_process kill_thread trap errno user_notif trace log");
	reset_clock();
	printf("peer: begin %s\n", argv[0]);
	fflush(stdout);
	child = fork();
	if (child == 0)
		become(argv);
	status = wait_for(child);
	kill(-1, SIGKILL);
	while (wait(NULL) > 0)
		;
	umount2("/tmp", MNT_DETACH);
	become_console(); /* the end of the session that had it has hung it up */
	printf("\npeer: end %d\n", status);
	fflush(stdout);
	tcdrain(1);
}

int main(void)
{
	static char list[LIST_MAX + 1];
	char *argv[ARGS_MAX + 1], *at = list;
	ssize_t size;
	int fd;

	prepare();
	fd = open("/peer/list", O_RDONLY);
	size = read(fd, list, LIST_MAX);
	close(fd);
	mount("none", "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL);
	while (at < list + size) {
		int argc = 0;

		for (; *at != 0; at += strlen(at) + 1)
			if (argc < ARGS_MAX)
				argv[argc++] = at;
		at++;
		argv[argc] = NULL;
		run(argv);
	}
	reboot(RB_POWER_OFF);
	return 0;
}
