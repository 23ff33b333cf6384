/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * people-make-these-calls - calls that people wondered about when a policy refused them; each
 * works without one. Alone, the program makes all; tests/cases.t names one, and a policy, and
 * looks at what is told. A call that is refused is said, and the status is 1.
 */
#include "files.h"
#include "vdso.h"

#ifndef __riscv
#include <sys/un.h>
#endif
#include <sys/ioctl.h>
#include <termios.h>

#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

static long told(const char *what, long result)
{
	if (result < 0)
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: done\n", what);
	fflush(stdout);
	return result;
}

/* As C libraries start threads: the newer call, and the older one after ENOSYS alone. */
static int clones(void)
{
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
	} args = { .exit_signal = SIGCHLD };
	long child = syscall(SYS_clone3, &args, sizeof(args));

	if (child < 0 && errno == ENOSYS)
		child = fork();
	if (child == 0)
		_exit(0);
	return told("clone3", child) < 0 || waitpid((pid_t)child, NULL, 0) != child;
}

static int may_write(void)
{
	return told("faccessat2", syscall(SYS_faccessat2, AT_FDCWD, "/tmp", W_OK, AT_EACCESS)) < 0;
}

static int opens(void)
{
	return told("openat", open("/proc/self/comm", O_RDONLY)) < 0;
}

static int tells_the_time(void)
{
	long (*clock)(int, struct timespec *) = vdso_find("__vdso_clock_gettime");
	struct timespec t;

	CHECK(clock != NULL);
	return told("time", clock(CLOCK_REALTIME, &t)) < 0;
}

/* A clock that no vDSO has: the call is made, from within the vDSO. */
static int tells_cpu_time(void)
{
	long (*clock)(int, struct timespec *) = vdso_find("__vdso_clock_gettime");
	struct timespec t;

	CHECK(clock != NULL);
	return told("cpu time", clock(CLOCK_PROCESS_CPUTIME_ID, &t)) < 0;
}

/* Writes code, and makes it executable. */
static int compiles(void)
{
	void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(code != MAP_FAILED);
#ifdef __riscv
	const long probed = syscall(258, (uint64_t[]){ 4, 0 }, 1, 0, 0, 0);

	/* Linux has it since 6.4. */
	if ((probed < 0 && errno != ENOSYS && told("riscv_hwprobe", probed) < 0) |
	    (told("riscv_flush_icache", syscall(259, code, (char *)code + 8, 0)) < 0))
		return 1;
#endif
	return told("mprotect", mprotect(code, 4096, PROT_READ | PROT_EXEC)) < 0;
}

static int changes_mode(void)
{
	long result;

	enter_new_folder();
	close(open("mode", O_RDWR | O_CREAT, 0600));
	result = syscall(SYS_fchmodat2, AT_FDCWD, "mode", 0755, AT_SYMLINK_NOFOLLOW);

	if (result < 0 && errno == ENOSYS)
		result = syscall(SYS_fchmodat, AT_FDCWD, "mode", 0755);
	syscall(SYS_unlinkat, AT_FDCWD, "mode", 0);
	leave_folder();
	return told("fchmodat2", result) < 0;
}

/* The flags are 32 bits: what lies above them is nobody's business. */
static int copies(void)
{
	long zero = 0, result;
	int a, b;

	enter_new_folder();
	a = open("from", O_RDWR | O_CREAT, 0600);
	b = open("to", O_RDWR | O_CREAT, 0600);
	CHECK(a >= 0 && b >= 0 && write(a, "data", 4) == 4);
	result = syscall(SYS_copy_file_range, a, &zero, b, 0L, 4L, 0x7f00000000L);
	syscall(SYS_unlinkat, AT_FDCWD, "from", 0);
	syscall(SYS_unlinkat, AT_FDCWD, "to", 0);
	leave_folder();
	return told("copy_file_range", result) < 0;
}

static int changes_files(void)
{
	int failed;

	enter_new_folder();
	close(open("file", O_RDWR | O_CREAT, 0600));
	failed = (told("chmod", syscall(SYS_fchmodat, AT_FDCWD, "file", 0700)) < 0) +
		 (told("mkdir", syscall(SYS_mkdirat, AT_FDCWD, "folder", 0700)) < 0) +
		 (told("unlink", syscall(SYS_unlinkat, AT_FDCWD, "file", 0)) < 0) +
		 (told("rmdir", syscall(SYS_unlinkat, AT_FDCWD, "folder", AT_REMOVEDIR)) < 0);
	leave_folder();
	return failed;
}

/*
 * The first filter allows reads of one file by its address, a second one was meant to add another.
 */
static void open_only(const char *path, int error)
{
	const uintptr_t p = (uintptr_t)path;

	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_openat, 5), LOAD(ARG_LOW(1)), SKIP_UNLESS((uint32_t)p, 2),
		      LOAD(ARG_HIGH(1)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(p >> 32), 1, 0),
		      RETURN(ERRNO(error)), ALLOW) == 0);
}

static int adds_a_file(void)
{
	static const char one[] = "/proc/self/comm", two[] = "/proc/self/status";

	open_only(one, EACCES);
	open_only(two, EIO);
	return told("one", open(one, O_RDONLY)) < 0 && told("two", open(two, O_RDONLY)) < 0;
}

/* A supervised program supervises another one: the second listener. */
static int listens_twice(void)
{
	set_no_new_privs();
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF)) >= 0);
	told("listener", INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ON(SYS_getpgid, SECCOMP_RET_USER_NOTIF)));
	CHECK(INSTALL(0, ON(SYS_getpgid, SECCOMP_RET_USER_NOTIF)) == 0);
	return told("getpgid", syscall(SYS_getpgid, 0)) < 0;
}

/*
 * Of threads, and with a listener: Linux wants a third flag, so that a thread's id can be told from
 * a descriptor.
 */
static int listens_for_threads(void)
{
	const unsigned int both = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_TSYNC;

	set_no_new_privs();
	told("both", INSTALL(both, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF)));
	return told("esrch", INSTALL(both | SECCOMP_FILTER_FLAG_TSYNC_ESRCH, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF))) <
	       0;
}

/* The first stage allows what the program needs, but for what installs the second. */
static int locks_twice(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_prctl, 1), RETURN(ERRNO(EPERM)), SKIP_UNLESS(SYS_seccomp, 1),
		      RETURN(ERRNO(EPERM)), ALLOW) == 0);
	told("no_new_privs", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	told("stage 2", INSTALL(0, ON(SYS_openat, ERRNO(EACCES))));
	return told("openat", open("/proc/self/comm", O_RDONLY)) < 0;
}

/* As C libraries ask who a user is: a daemon of names, then a file. */
static int asks_who(void)
{
	struct sockaddr_un daemon = { .sun_family = AF_UNIX, .sun_path = "/var/run/nscd/socket" };
	const int s = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (s >= 0 && syscall(SYS_connect, s, &daemon, sizeof(daemon)) < 0)
		close(s);
	return told("who", open("/proc/self/status", O_RDONLY)) < 0;
}

/* A server that idles, answers, and is told to end. */
static int serves(void)
{
	struct timespec t = { 0, 1000000 };
	struct pollfd p = { .events = POLLIN };
	char b[16];
	int s[2];

	CHECK(signal(SIGTERM, SIG_IGN) != SIG_ERR && syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s) == 0);
	CHECK(write(s[0], "GET /", 5) == 5);
	p.fd = s[1];
	CHECK(syscall(SYS_ppoll, &p, 1, &t, NULL, 8) == 1 &&
	      syscall(SYS_recvfrom, s[1], b, sizeof(b), 0, NULL, NULL) == 5);
	CHECK(syscall(SYS_sendto, s[1], "ok", 2, 0, NULL, 0) == 2 && kill(getpid(), SIGTERM) == 0);
	nanosleep(&t, NULL);
	return told("serves", syscall(SYS_shutdown, s[1], SHUT_RDWR)) < 0;
}

/* What a library does before it answers. */
static int looks(void)
{
	return syscall(SYS_semtimedop, 7, NULL, 0, NULL) < 0 && errno == EINVAL ? 0 : (int)told("semtimedop", -1);
}

static int prints_to_a_terminal(void)
{
	struct termios t;

	told("TCGETS", ioctl(1, TCGETS, &t));
	return 0;
}

static int looks_for_networks(void)
{
	static const int families[] = { 2, 10, 16, 17 };

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		printf("family %d: %s\n", families[i],
		       syscall(SYS_socket, families[i], i < 2 ? 2 : 3, 0) < 0 ? strerror(errno) : "there");
	return 0;
}

static const struct part {
	const char *name;
	int (*run)(void);
	bool special; /* it fails without a policy, too: not part of all */
} parts[] = {
	{ "clones", clones, false },
	{ "may-write", may_write, false },
	{ "opens", opens, false },
	{ "time", tells_the_time, false },
	{ "cpu-time", tells_cpu_time, false },
	{ "compiles", compiles, false },
	{ "changes-mode", changes_mode, false },
	{ "copies", copies, false },
	{ "changes-files", changes_files, false },
	{ "adds-a-file", adds_a_file, true },
	{ "listens-twice", listens_twice, true },
	{ "listens-for-threads", listens_for_threads, true },
	{ "locks-twice", locks_twice, true },
	{ "asks-who", asks_who, true },
	{ "serves", serves, true },
	{ "looks", looks, true },
	{ "prints", prints_to_a_terminal, true },
	{ "networks", looks_for_networks, true },
};

int main(int argc, char **argv)
{
	int failed = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (argc > 1 ? strcmp(argv[1], parts[i].name) == 0 : !parts[i].special)
			failed |= parts[i].run();
	return failed != 0;
}
