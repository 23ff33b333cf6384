/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * what-has-no-limit-gives-way - thousands of objects of System V, of message queues, of names below
 * a mount, of messages of a byte, of timers and of mappings, of folders in one another, of
 * descriptors that are not there, long strings for a program: others run while they are listed,
 * received, given up, copied, or told of in a core file.
 */
#include "files.h"
#include "rows.h"

#include <sys/resource.h>

#define REMOVE 0 /* IPC_RMID */
#define UNDO 0x1000

/* As many sets of one semaphore as there may be, at most N. Stores their ids; returns how many. */
static int new_sets(long *ids, int n)
{
	for (int i = 0; i < n; i++) {
		ids[i] = syscall(SYS_semget, 0L, 1L, 0600L);
		if (ids[i] < 0)
			return i;
	}
	return n;
}

static long ids[7000];

static void end_sets(int n)
{
	while (n-- > 0)
		CHECK(syscall(SYS_semctl, ids[n], 0L, REMOVE, NULL) == 0);
}

static void list_sets(void)
{
	const int n = new_sets(ids, 3000), fd = open("/proc/sysvipc/sem", O_RDONLY);
	static char text[1 << 16];
	int lines = 0;

	for (long got; (got = read(fd, text, sizeof(text))) > 0;)
		for (long i = 0; i < got; i++)
			lines += text[i] == '\n';
	CHECK(n > 0 && lines > n);
	end_sets(n);
}

static void take_up(int n)
{
	const struct {
		unsigned short number;
		short by, flags;
	} up = { 0, 1, UNDO };
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		for (int i = 0; i < n; i++)
			if (syscall(SYS_semop, ids[i], &up, 1L) != 0)
				_exit(1);
		_exit(0);
	}
	CHECK(end_of(child) == 0);
}

#define GETVAL 12

static void undo_many(void)
{
	const int n = new_sets(ids, 7000);

	CHECK(n > 0);
	take_up(n);
	CHECK(syscall(SYS_semctl, ids[n - 1], 0L, GETVAL, NULL) == 0);
	end_sets(n);
}

/* Message queues that end with their namespace. */
static void leave_queues(void)
{
	const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	const long one[8] = { 0, 1, 1 }; /* struct mq_attr: a message of a byte */
	char name[24];
	long q;

	if (syscall(SYS_unshare, CLONE_NEWIPC) != 0 || setrlimit(12, &none) != 0) /* RLIMIT_MSGQUEUE */
		return;
	for (int i = 0; i < 1500; i++) {
		snprintf(name, sizeof(name), "queue-%d", i);
		q = syscall(SYS_mq_open, name, O_CREAT | O_RDWR, 0600L, one);
		CHECK(q >= 0 && close((int)q) == 0);
	}
}

static void remove_names(void)
{
	char name[24];

	/* Private, and all below. That takes a right, and / must be a mount. */
	if (syscall(SYS_unshare, CLONE_NEWNS) != 0 || syscall(SYS_mount, "none", "/", NULL, 1 << 18 | 16384, NULL) != 0)
		return;
	CHECK(syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL) == 0);
	for (int i = 0; i < 4000; i++) {
		snprintf(name, sizeof(name), "/tmp/%d", i);
		CHECK(close(open(name, O_CREAT | O_RDWR, 0600)) == 0);
	}
	CHECK(syscall(SYS_umount2, "/tmp", 0L) == 0);
}

#define FORCE_SEND 32 /* SO_SNDBUFFORCE */
#define FORCE_RECEIVE 33
#define MESSAGES 40000

static int fill(int to)
{
	int n = 0;

	while (n < MESSAGES && syscall(SYS_sendto, to, "x", 1L, MSG_DONTWAIT, NULL, 0L) == 1)
		n++;
	return n;
}

static void queue_bytes(void)
{
	static char text[MESSAGES];
	int pair[2], room = 64 << 20, n;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	for (int i = 0; i < 2; i++) { /* if it may */
		syscall(SYS_setsockopt, pair[i], SOL_SOCKET, FORCE_SEND, &room, 4L);
		syscall(SYS_setsockopt, pair[i], SOL_SOCKET, FORCE_RECEIVE, &room, 4L);
	}
	n = fill(pair[0]);
	CHECK(syscall(SYS_recvfrom, pair[1], text, sizeof(text), MSG_PEEK, NULL, NULL) > 0);
	CHECK(syscall(SYS_recvfrom, pair[1], text, sizeof(text), 0L, NULL, NULL) == n);
	CHECK(fill(pair[0]) == n);
	close(pair[1]);
	close(pair[0]);
}

static void forget_timers(void)
{
	const struct rlimit most = { 20000, 20000 };
	int id;

	(void)setrlimit((__typeof__(RLIMIT_NOFILE))11, &most); /* RLIMIT_SIGPENDING */
	for (int i = 0; i < 8000 && syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &id) == 0; i++)
		;
	execve("/proc/self/exe", (char *[]){ (char *)"again", NULL }, environ);
	CHECK(!"execve");
}

static void leave_a_core(void)
{
	const struct rlimit most = { RLIM_INFINITY, RLIM_INFINITY };
	char *area = mmap(NULL, 1UL << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(area != MAP_FAILED);
	for (long i = 0; i < 30000; i++)
		if (mprotect(area + i * 8192, 4096, PROT_READ) != 0)
			break;
#ifdef __riscv
	(void)setrlimit(RLIMIT_CORE, &most); /* elsewhere no file is wanted */
#else
	(void)most;
#endif
	kill(getpid(), SIGABRT);
}

static void one_leaves_a_core(void)
{
	CHECK(WIFSIGNALED(status_of(leave_a_core)));
}

#ifdef __riscv
#define DEPTH 50000
#else
#define DEPTH 300 /* elsewhere it only has to work */
#endif

/* Folders in one another, which are asked for their path, and moved. */
static void nest_folders(void)
{
	char path[4096];
	int depth = 0;

	enter_new_folder();
	while (depth < DEPTH && syscall(SYS_mkdirat, AT_FDCWD, "in", 0700L) == 0 && syscall(SYS_chdir, "in") == 0)
		depth++;
	CHECK(depth == DEPTH);
	if (depth > 4096)
		REFUSED(syscall(SYS_getcwd, path, sizeof(path)), ENAMETOOLONG);
	CHECK(close(open("file", O_CREAT | O_RDWR, 0600)) == 0);
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "file", AT_FDCWD, "other", 0L) == 0 && unlink("other") == 0);
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "a", 0700L) == 0);
	(void)syscall(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", 0L); /* here it is refused so deep */
	(void)syscall(SYS_unlinkat, AT_FDCWD, "a", AT_REMOVEDIR);
	(void)syscall(SYS_unlinkat, AT_FDCWD, "b", AT_REMOVEDIR);
	while (depth-- > 0)
		CHECK(syscall(SYS_chdir, "..") == 0 && syscall(SYS_unlinkat, AT_FDCWD, "in", AT_REMOVEDIR) == 0);
	leave_folder();
}

static void pass_long_strings(void)
{
	static char text[131000], *strings[8];

	memset(text, 'x', sizeof(text) - 1);
	for (int i = 0; i < 7; i++)
		strings[i] = text;
	execve("/proc/self/exe", (char *[]){ (char *)"again", NULL }, strings);
	CHECK(!"execve");
}

/* One descriptor far behind the others. */
static void have_gaps(void)
{
	struct rlimit limit = { 200000, 200000 };
	static char names[4096];
	int fd;

	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	fd = (int)limit.rlim_cur - 1;
	if (dup2(0, fd) != fd)
		CHECK(fd > 65535 && dup2(0, 65535) == 65535);
	fd = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	while (syscall(SYS_getdents64, fd, names, sizeof(names)) > 0)
		;
#ifdef __riscv
	CHECK(syscall(SYS_close_range, 3L, ~0L, 0L) == 0);
#endif
}

/* As many mappings of one file side by side as there may be, which are one mapping then. */
static void join_mappings(void)
{
	enum { PAGES = 60000 };
	const int fd = (int)syscall(SYS_memfd_create, "file", 0L);
	char *at;

	CHECK(fd >= 0 && syscall(SYS_ftruncate, fd, PAGES * 4096L) == 0);
	at = mmap(NULL, PAGES * 4096L, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(at != MAP_FAILED);
	for (long i = 0; i < PAGES; i++)
		CHECK(mmap(at + i * 4096, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, fd, (PAGES - 1 - i) * 4096) !=
		      MAP_FAILED);
	CHECK(syscall(SYS_remap_file_pages, at, PAGES * 4096L, 0L, 0L, 0L) == 0);
}

int main(int argc, char **argv)
{
	static const struct body all[] = {
		{ "sets", list_sets },	     { "undo", undo_many },
		{ "names", remove_names },   { "bytes", queue_bytes },
		{ "timers", forget_timers }, { "core", one_leaves_a_core },
		{ "deep", nest_folders },    { "strings", pass_long_strings },
		{ "gaps", have_gaps },	     { "queues", leave_queues },
		{ "join", join_mappings },
	};

	(void)argc;
	return strcmp(argv[0], "again") == 0 ? 0 : run_rows(all, COUNT_OF(all));
}
