/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nothing-is-left-of-an-earlier-program - what a program leaves behind, another one in the same
 * boot (qemu.sh run --each) does not find. This one looks for each thing, then leaves it behind,
 * and looks again, so that it is seen to notice what is there. tests/each.t runs it several times.
 */
#include "files.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <sys/utsname.h>

#ifdef __riscv

#define MARK 0x6c656674206f7665UL /* "left ove" */
#define MUCH (48UL << 20)

static double seconds(clockid_t clock)
{
	struct timespec t;

	CHECK(clock_gettime(clock, &t) == 0);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- files ---- */

static int is_file_there(void)
{
	return access("/tmp/left", F_OK) == 0 || access("/dev/shm/left", F_OK) == 0;
}

static void leave_file(void)
{
	CHECK(open("/tmp/left", O_CREAT | O_WRONLY, 0600) >= 0);
	CHECK(open("/dev/shm/left", O_CREAT | O_WRONLY, 0600) >= 0);
}

/* /bin/hello comes out of the archive that all programs of a boot read. */
static int is_archive_changed(void)
{
	char text[4] = "";
	const int fd = open("/bin/hello", O_RDONLY);

	CHECK(fd >= 0 && read(fd, text, 4) == 4 && close(fd) == 0);
	return memcmp(text, "\177ELF", 4) != 0;
}

static void change_archive(void)
{
	const int fd = open("/bin/hello", O_WRONLY);

	CHECK(fd >= 0 && write(fd, "left", 4) == 4 && close(fd) == 0);
}

static int is_root_writable(void)
{
	return access("/bin", W_OK) == 0;
}

/* ---- processes ---- */

static pid_t left = 3; /* the first that a program starts */

static int is_process_there(void)
{
	return kill(left, 0) == 0;
}

static void leave_process(void)
{
	left = fork();
	CHECK(left >= 0);
	if (left == 0) {
		setsid();
		for (;;)
			compute();
	}
}

static volatile sig_atomic_t alarms;

static void count(int number)
{
	(void)number;
	alarms++;
}

static int is_timer_armed(void)
{
	struct itimerval t;

	signal(SIGALRM, count);
	CHECK(syscall(SYS_getitimer, ITIMER_REAL, &t) == 0);
	sleep_ms(50);
	return alarms > 0 || t.it_value.tv_sec != 0;
}

static void arm_timer(void)
{
	const struct itimerval t = { { 0, 20000 }, { 5000, 0 } };

	CHECK(syscall(SYS_setitimer, ITIMER_REAL, &t, NULL) == 0);
}

static int is_limit_changed(void)
{
	struct rlimit limit;

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	return limit.rlim_cur == 77 || syscall(SYS_getpriority, PRIO_PROCESS, 0) != 20;
}

static void change_limit(void)
{
	struct rlimit limit;

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	limit.rlim_cur = 77;
	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0 && syscall(SYS_setpriority, PRIO_PROCESS, 0, 5) == 0);
}

static int is_filter_there(void)
{
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 0;
}

static void leave_filter(void)
{
	CHECK(INSTALL(0, ALLOW) == 0);
}

/* ---- the clocks ---- */

/* A boot ends long before; each program begins within the first second. */
static int has_uptime(void)
{
	return seconds(CLOCK_MONOTONIC) > 1;
}

static void let_time_pass(void)
{
	sleep_ms(1200);
}

/* As the kernel tells it, and as the vDSO does. The year 2160 is nobody's. */
static int is_clock_set(void)
{
	struct timespec kernels;

	CHECK(raw(SYS_clock_gettime, CLOCK_REALTIME, (long)&kernels, 0, 0, 0, 0) == 0);
	return kernels.tv_sec > 6000000000 || seconds(CLOCK_REALTIME) > 6e9;
}

static void set_clock(void)
{
	CHECK(syscall(SYS_clock_settime, CLOCK_REALTIME, &(struct timespec){ 7000000000, 0 }) == 0);
}

/* ---- what the kernel has been told ---- */

static int is_logging_changed(void)
{
	char text[200];

	read_text("/proc/sys/kernel/seccomp/actions_logged", text, sizeof(text));
	return strcmp(text, "kill_process\n") == 0;
}

static void change_logging(void)
{
	const int fd = open("/proc/sys/kernel/seccomp/actions_logged", O_WRONLY);

	CHECK(fd >= 0 && write(fd, "kill_process", 12) == 12 && close(fd) == 0);
}

static int is_host_named(void)
{
	struct utsname names;

	CHECK(syscall(SYS_uname, &names) == 0);
	return strcmp(names.nodename, "left") == 0;
}

static void name_host(void)
{
	CHECK(syscall(SYS_sethostname, "left", 4) == 0);
}

static int is_message_there(void)
{
	static char text[20000];
	const long n = syscall(SYS_syslog, 3, text, sizeof(text) - 1);

	CHECK(n >= 0);
	return strstr(text, "fault: ") != NULL;
}

static void leave_message(void)
{
	const pid_t pid = fork();

	if (pid == 0)
		*(volatile int *)KERNEL_ADDRESS = 1;
	CHECK(waitpid(pid, NULL, 0) == pid);
}

static int bind_name(int fd)
{
	const struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "\0left" };

	return (int)syscall(SYS_bind, fd, &name, offsetof(struct sockaddr_un, sun_path) + 5);
}

static int is_name_taken(void)
{
	const int fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	const int err = bind_name(fd);

	CHECK(fd >= 0 && close(fd) == 0);
	return err != 0;
}

static void take_name(void)
{
	CHECK(bind_name((int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0)) == 0);
}

/* ---- registers and memory ---- */

static int has_float(void)
{
	unsigned long f18, fcsr;

	__asm__ volatile("fmv.x.d %0, fs2\n\tfrcsr %1" : "=r"(f18), "=r"(fcsr));
	return f18 == MARK || fcsr != 0;
}

static void leave_float(void)
{
	__asm__ volatile("fmv.d.x fs2, %0\n\tfscsr %1" : : "r"(MARK), "r"(1) : "fs2");
}

/* All that mmap, the heap and a new stack give. */
static int is_memory_marked(void)
{
	unsigned long *words = mmap(NULL, MUCH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int found = 0;

	CHECK(words != MAP_FAILED);
	for (size_t i = 0; i < MUCH / 4096; i++) {
		words[i * 512] |= 0; /* a page of its own, not the one of zeroes */
		for (size_t j = 0; j < 512; j += 32)
			found |= words[i * 512 + j] == MARK;
	}
	CHECK(munmap(words, MUCH) == 0);
	return found;
}

static void mark_memory(void)
{
	unsigned long *words = mmap(NULL, MUCH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(words != MAP_FAILED);
	for (size_t i = 0; i < MUCH / 8; i += 32)
		words[i] = MARK;
}

static const struct thing {
	const char *name;
	int (*is_there)(void);
	void (*leave)(void);
	int (*applies)(void); /* NULL: always */
	int never_seen;	      /* one program does not even find it again itself */
} things[] = {
	{ "a register", has_float, leave_float, NULL, 0 },
	{ "uptime", has_uptime, let_time_pass, NULL, 0 },
	{ "memory", is_memory_marked, mark_memory, NULL, 1 },
	{ "a file", is_file_there, leave_file, NULL, 0 },
	{ "a changed file of the archive", is_archive_changed, change_archive, is_root_writable, 0 },
	{ "a set clock", is_clock_set, set_clock, NULL, 0 },
	{ "a limit", is_limit_changed, change_limit, NULL, 0 },
	{ "a setting", is_logging_changed, change_logging, NULL, 0 },
	{ "a host's name", is_host_named, name_host, NULL, 0 },
	{ "a message", is_message_there, leave_message, NULL, 0 },
	{ "a socket's name", is_name_taken, take_name, NULL, 0 },
	{ "a timer", is_timer_armed, arm_timer, NULL, 0 },
	{ "a filter", is_filter_there, leave_filter, NULL, 0 },
	{ "a process", is_process_there, leave_process, NULL, 0 },
};

int main(void)
{
	unsigned long random[2];

	CHECK(getpid() == 2);
	for (size_t i = 0; i < COUNT_OF(things); i++) {
		const struct thing *t = &things[i];

		if (t->is_there()) {
			dprintf(2, "there is %s of another program\n", t->name);
			return 1;
		}
	}
	for (size_t i = 0; i < COUNT_OF(things); i++) {
		const struct thing *t = &things[i];

		if (t->applies != NULL && !t->applies())
			continue;
		t->leave();
		if (!t->never_seen && !t->is_there()) {
			dprintf(2, "%s that was left is not noticed\n", t->name);
			return 1;
		}
	}
	CHECK(syscall(SYS_getrandom, random, sizeof(random), 0) == sizeof(random));
	printf("random: %lx%lx\n", random[0], random[1]);
	return 0;
}

#else
int main(void)
{
	return 0;
}
#endif
