/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-files-agree-with-what-is-so - maps has a mapping with its permissions and its file,
 * auxv what the program got, comm is the thread's name and can be set, stat and status
 * name ids, group and state, exe, cwd and root lead where they should, task/ lists the
 * threads, cmdline the arguments.
 */
#include "files.h"

static char text[65536];

static void read_all(const char *path)
{
	read_text(path, text, sizeof(text));
}

/* The line of maps for the mapping at ADDRESS of SIZE bytes; NULL: there is none. */
static char *line_of(const void *address, size_t size)
{
	char begin[64];
	char *line, *end;

	read_all("/proc/self/maps");
	snprintf(begin, sizeof(begin), "%08lx-%08lx ", (unsigned long)address,
		 (unsigned long)address + (unsigned long)size);
	line = strstr(text, begin);
	if (line == NULL)
		return NULL;
	end = strchr(line, '\n');
	CHECK(end != NULL);
	*end = '\0';
	return line + strlen(begin);
}

static int ends_with(const char *s, const char *end)
{
	return strlen(s) >= strlen(end) && strcmp(s + strlen(s) - strlen(end), end) == 0;
}

static void check_maps(void)
{
	char folder[64], path[96];
	const char *line;
	char *at;
	int fd;

	enter_new_folder();
	CHECK(syscall(SYS_getcwd, folder, sizeof(folder)) > 0);
	snprintf(path, sizeof(path), "%s/mapped", folder);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && write(fd, text, 12288) == 12288);
	at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 8192);
	line = line_of(at, 4096);
	CHECK(line != NULL && strncmp(line, "r--p 00002000 ", 14) == 0 && ends_with(line, path));
	CHECK(mprotect(at, 4096, PROT_READ | PROT_WRITE) == 0);
	line = line_of(at, 4096);
	CHECK(line != NULL && strncmp(line, "rw-p 00002000 ", 14) == 0);
	CHECK(munmap(at, 4096) == 0 && line_of(at, 4096) == NULL);
	at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	line = line_of(at, 4096);
	CHECK(line != NULL && strncmp(line, "rw-s 00000000 ", 14) == 0);
	CHECK(unlink(path) == 0);
	strcat(path, " (deleted)");
	CHECK(ends_with(line_of(at, 4096), path));
	leave_folder();
	read_all("/proc/self/maps");
	CHECK(strstr(text, " [stack]\n") != NULL);
}

/* What the auxiliary vector that was read has for KEY. */
static unsigned long in_auxv(unsigned long key)
{
	unsigned long pair[2];

	for (const char *at = text; at < text + sizeof(text); at += sizeof(pair)) {
		memcpy(pair, at, sizeof(pair));
		if (pair[0] == key || pair[0] == 0)
			return pair[1];
	}
	return 0;
}

static void check_names(const char *program)
{
	char link[256], own[64];
	long n;

	CHECK(prctl(PR_SET_NAME, "0123456789abcdefgh") == 0);
	read_all("/proc/self/comm");
	CHECK(strcmp(text, "0123456789abcde\n") == 0);
	n = open("/proc/self/comm", O_WRONLY);
	CHECK(write((int)n, "renamed", 7) == 7 && close((int)n) == 0);
	CHECK(prctl(PR_GET_NAME, own) == 0 && strcmp(own, "renamed") == 0);
	n = open("/proc/self/comm", O_WRONLY);
	CHECK(write((int)n, "one longer than it may be", 25) == 25 && close((int)n) == 0);
	CHECK(prctl(PR_GET_NAME, own) == 0 && strcmp(own, "one longer than") == 0);
	n = open("/proc/self/comm", O_WRONLY);
	CHECK(write((int)n, "line\n", 5) == 5 && close((int)n) == 0);
	CHECK(prctl(PR_GET_NAME, own) == 0 && strcmp(own, "line\n") == 0);
	CHECK(prctl(PR_SET_NAME, "renamed") == 0);

	n = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", link, sizeof(link) - 1);
	CHECK(n > 0);
	link[n] = '\0';
	CHECK(ends_with(link, "/proc-files-agree-with-what-is-so"));
	read_all("/proc/self/cmdline");
	CHECK(strcmp(text, program) == 0);
	read_all("/proc/self/auxv");
	CHECK(in_auxv(AT_PAGESZ) == 4096 && in_auxv(AT_RANDOM) == getauxval(AT_RANDOM) &&
	      in_auxv(AT_PHDR) == getauxval(AT_PHDR));
	CHECK(syscall(SYS_chdir, "/proc") == 0);
	n = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/cwd", link, sizeof(link));
	CHECK(n == 5 && memcmp(link, "/proc", 5) == 0);
	CHECK(open("self/root/proc/self/status", O_RDONLY) >= 0);
	n = syscall(SYS_readlinkat, AT_FDCWD, "self", link, sizeof(link) - 1);
	link[n] = '\0';
	CHECK(atoi(link) == getpid());
}

/* The word after NAME and a tab in status. */
static long field(const char *name)
{
	const char *at = strstr(text, name);

	CHECK(at != NULL);
	return atol(at + strlen(name));
}

static void check_ids(const char *path, pid_t pid, char state)
{
	char full[64], line[64];
	const char *at;

	snprintf(full, sizeof(full), "%s/stat", path);
	read_all(full);
	snprintf(line, sizeof(line), ") %c %d %d %d ", state, (int)getpid(), (int)getpgid(pid), (int)getsid(pid));
	CHECK(atoi(text) == pid);
	at = strrchr(text, ')');
	CHECK(at != NULL && strncmp(at, line, strlen(line)) == 0);
	snprintf(full, sizeof(full), "%s/status", path);
	read_all(full);
	CHECK(field("\nPid:\t") == pid && field("\nTgid:\t") == pid && field("\nPPid:\t") == getpid());
	at = strstr(text, "\nState:\t");
	CHECK(at != NULL && at[8] == state);
}

static void check_states(void)
{
	char path[64];
	pid_t child = fork();
	siginfo_t info;

	if (child == 0) {
		setpgid(0, 0);
		for (;;)
			pause();
	}
	until_asleep(child);
	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	check_ids(path, child, 'S');
	CHECK(kill(child, SIGSTOP) == 0 && waitpid(child, NULL, WUNTRACED) == child);
	check_ids(path, child, 'T');
	CHECK(kill(child, SIGKILL) == 0 && waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	check_ids(path, child, 'Z');
	CHECK(waitpid(child, NULL, 0) == child);
	REFUSED(open(path, O_RDONLY), ENOENT);
}

static struct thread thread;

static int waits(void *unused)
{
	(void)unused;
	raw(SYS_prctl, PR_SET_NAME, (long)"other", 0, 0, 0, 0);
	for (;;)
		raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
	return 0;
}

static void check_threads(void)
{
	char path[64];

	thread_start(&thread, waits, NULL);
	until_asleep(thread.tid);
	snprintf(path, sizeof(path), "/proc/self/task/%d/comm", (int)thread.tid);
	read_all(path);
	CHECK(strcmp(text, "other\n") == 0);
	read_all("/proc/self/comm");
	CHECK(strcmp(text, "renamed\n") == 0);
	read_all("/proc/self/status");
	CHECK(field("\nThreads:\t") == 2 && field("\nPid:\t") == getpid());
	read_all("/proc/thread-self/status");
	CHECK(field("\nPid:\t") == getpid());
	snprintf(path, sizeof(path), "/proc/self/task/%d/status", (int)thread.tid);
	read_all(path);
	CHECK(field("\nTgid:\t") == getpid() && field("\nPid:\t") == thread.tid);
	snprintf(path, sizeof(path), "/proc/self/task/%d", (int)getppid());
	REFUSED(open(path, O_RDONLY), ENOENT);
}

int main(int argc, char **argv)
{
	(void)argc;
	check_maps();
	check_states();
	check_names(argv[0]);
	check_threads();
	return 0;
}
