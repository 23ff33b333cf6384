/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-users-many-things-give-way - a user without rights makes thousands of something, and a call
 * that has to do with all of them: others run meanwhile. Each was once a panic of a kernel that may
 * be busy for no longer than a millisecond.
 */
#include "files.h"
#include "rows.h"

#ifdef __riscv
#define THREADS 4000
#else
#define THREADS 700 /* elsewhere it only has to work */
#endif
#define THREAD_STACK 512
#define CHILDREN 1200

/* --- threads -------------------------------------------------------------------------- */

static int reading, writing, word;

static int sleep_in_read(void *unused)
{
	char byte;

	(void)unused;
	return (int)raw(SYS_read, reading, (long)&byte, 1, 0, 0, 0);
}

static int sleep_on_word(void *unused)
{
	(void)unused;
	return (int)raw(SYS_futex, (long)&word, FUTEX_WAIT, 0, 0, 0, 0);
}

static int sleep_for_ever(void *unused)
{
	(void)unused;
	for (;;)
		raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
	return 0;
}

static void start_threads(int (*body)(void *))
{
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	char *stacks = mmap(NULL, THREADS * THREAD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(stacks != MAP_FAILED);
	for (long i = 1; i <= THREADS; i++)
		CHECK(clone(body, stacks + i * THREAD_STACK, flags, NULL) > 0);
	sleep_ms(100);
}

static void wake_readers(void)
{
	int ends[2];

	CHECK(syscall(SYS_pipe2, ends, 0) == 0);
	reading = ends[0];
	writing = ends[1];
	start_threads(sleep_in_read);
	close(writing);
	sleep_ms(50);
}

static void wake_word(void)
{
	start_threads(sleep_on_word);
	CHECK(syscall(SYS_futex, &word, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0) == THREADS);
}

static void end_threads(void)
{
	start_threads(sleep_for_ever);
}

static void list_threads(void)
{
	static char names[32768];
	int fd;

	start_threads(sleep_for_ever);
	fd = open("/proc/self/task", O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	while (syscall(SYS_getdents64, fd, names, sizeof(names)) > 0)
		;
}

static void stop_and_kill_threads(void)
{
	const pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		start_threads(sleep_for_ever);
		raise(SIGSTOP);
		sleep_for_ever(NULL);
	}
	CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0 && kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child && kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
}

/* --- processes ------------------------------------------------------------------------ */

/* Each in a process group of its own, or all in one, whose id is the result. */
static pid_t start_children(int together)
{
	pid_t group = 0;

	for (int i = 0; i < CHILDREN; i++) {
		const pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
			syscall(SYS_setpgid, 0, group);
			sleep_for_ever(NULL);
		}
		syscall(SYS_setpgid, child, group);
		if (together && group == 0)
			group = child;
	}
	return group;
}

static void leave_groups_behind(void)
{
	start_children(0);
}

static void leave_one_group_behind(void)
{
	start_children(1);
}

#define SETOWN 8 /* F_SETOWN */

static void tell_group(void)
{
	pid_t group;
	int ends[2];

	CHECK(syscall(SYS_pipe2, ends, 0) == 0);
	group = start_children(1);
	CHECK(fcntl(ends[0], SETOWN, -group) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK | FASYNC) == 0);
	CHECK(write(ends[1], "x", 1) == 1);
	for (int i = 0; i < CHILDREN; i++) {
		int status;

		CHECK(waitpid(-group, &status, 0) > 0);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGIO);
	}
}

/* --- files and memory ----------------------------------------------------------------- */

/* A path whose every name is a link to such a path: 80,000 names. */
static void walk_far(void)
{
	char text[4096];

	enter_new_folder();
	for (int i = 0; i < 2047; i++)
		memcpy(text + 2 * i, "./", 2);
	text[4095] = '\0';
	for (char name = 'A'; name < 'A' + 39; name++) {
		text[4094] = (char)(name + 1);
		CHECK(syscall(SYS_symlinkat, text, AT_FDCWD, (char[]){ name, '\0' }) == 0);
	}
	REFUSED(open("A", O_RDONLY), ENOENT);
	for (char name = 'A'; name < 'A' + 39; name++)
		CHECK(unlink((char[]){ name, '\0' }) == 0);
	leave_folder();
}

static void pass_many_arguments(void)
{
	static char *argv[80000];

	argv[0] = (char *)"again";
	for (int i = 1; i < 79999; i++)
		argv[i] = (char *)"a word";
	execve("/proc/self/exe", argv, environ);
	CHECK(!"execve");
}

static void lock_many_ranges(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_len = 1 };
	const int fd = (int)syscall(SYS_memfd_create, "locks", 0);

	CHECK(fd >= 0);
	for (int i = 0; i < 12000; i++) {
		lock.l_start = 2 * (i * 7919L % 12000);
		CHECK(syscall(SYS_fcntl, fd, F_SETLK, &lock) == 0);
	}
	lock = (struct flock){ .l_type = F_RDLCK };
	CHECK(syscall(SYS_fcntl, fd, F_SETLK, &lock) == 0);
	CHECK(close(fd) == 0);
}

static void have_many_mappings(void)
{
	char *area = mmap(NULL, 1UL << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	const int fd = (int)syscall(SYS_memfd_create, "sealed", MFD_ALLOW_SEALING);
	static char text[4096];

	CHECK(area != MAP_FAILED && fd >= 0);
	for (long i = 0; i < 25000; i++)
		CHECK(mprotect(area + i * 8192, 4096, PROT_READ) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	CHECK(syscall(SYS_msync, area, 1UL << 30, MS_INVALIDATE) == 0);
	CHECK(read_text("/proc/self/status", text, sizeof(text)) > 0 &&
	      read_text("/proc/self/statm", text, sizeof(text)) > 0);
	CHECK(syscall(SYS_mlock2, area, 1UL << 20, 1L) == 0 && syscall(SYS_munlockall) == 0);
	CHECK(madvise(area, 1UL << 30, MADV_NORMAL) == 0 && mprotect(area, 1UL << 30, PROT_READ) == 0);
}

/* A page in each of many tables. */
static void touch_here_and_there(void)
{
	char *area = mmap(NULL, 14UL << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(area != MAP_FAILED);
	for (long i = 0; i < 7000; i++)
		area[i << 21] = 1;
}

static void watch_many_files(void)
{
	const int watcher = (int)syscall(SYS_inotify_init1, 0);

	enter_new_folder();
	for (int again = 0; again < 2; again++) {
		for (int i = 0; i < 3000; i++) {
			char name[24];

			snprintf(name, sizeof(name), "%d", i);
			if (again) {
				CHECK(unlink(name) == 0);
				continue;
			}
			CHECK(close(open(name, O_CREAT | O_RDWR, 0600)) == 0);
			CHECK(syscall(SYS_inotify_add_watch, watcher, name, 0xfffL) > 0);
		}
		if (!again)
			CHECK(close(watcher) == 0);
	}
	leave_folder();
}

/* --- System V ------------------------------------------------------------------------- */

#define REMOVE 0 /* IPC_RMID */
#define GETALL 13
#define SETALL 17
#define NOWAIT 04000 /* IPC_NOWAIT */

static void set_many_semaphores(void)
{
	static unsigned short values[32000];
	const long id = syscall(SYS_semget, 0L, 32000L, 0600L);

	CHECK(id >= 0 && syscall(SYS_semctl, id, 0L, GETALL, values) == 0);
	values[31999] = 7;
	CHECK(syscall(SYS_semctl, id, 0L, SETALL, values) == 0 && syscall(SYS_semctl, id, 0L, GETALL, values) == 0);
	CHECK(values[31999] == 7 && syscall(SYS_semctl, id, 0L, REMOVE, NULL) == 0);
}

static void forget_many_messages(void)
{
	const struct {
		long type;
		char text[1];
	} message = { 1, "" };
	const long id = syscall(SYS_msgget, 0L, 0600L);

	CHECK(id >= 0);
	for (int i = 0; i < 16384; i++)
		CHECK(syscall(SYS_msgsnd, id, &message, 1L, NOWAIT) == 0);
	CHECK(syscall(SYS_msgctl, id, REMOVE, NULL) == 0);
}

int main(int argc, char **argv)
{
	static const struct body all[] = {
		{ "readers", wake_readers },
		{ "word", wake_word },
		{ "threads", end_threads },
		{ "list", list_threads },
		{ "stop", stop_and_kill_threads },
		{ "groups", leave_groups_behind },
		{ "group", leave_one_group_behind },
		{ "signal", tell_group },
		{ "walk", walk_far },
		{ "arguments", pass_many_arguments },
		{ "locks", lock_many_ranges },
		{ "mappings", have_many_mappings },
		{ "tables", touch_here_and_there },
		{ "watches", watch_many_files },
		{ "semaphores", set_many_semaphores },
		{ "messages", forget_many_messages },
	};

	if (strcmp(argv[0], "again") == 0)
		return argc == 79999 ? 0 : 1;
	CHECK(syscall(SYS_setgid, 54321) == 0 && syscall(SYS_setuid, 54321) == 0);
	return run_rows(all, COUNT_OF(all));
}
