/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core-pattern-names-the-core-file - /proc/sys/kernel/core_pattern says where a core goes: ids,
 * signal, names of machine, thread and program, with no slash of theirs; core_uses_pid adds the id
 * to a pattern without one.
 */
#include "files.h"

#include <sys/resource.h>

#define PATTERN "/proc/sys/kernel/core_pattern"

static void set(const char *path, const char *value)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value) && close(fd) == 0);
}

static const char *name;

static void crash(void)
{
	const struct rlimit all = { 1 << 24, 1 << 24 };

	CHECK(syscall(SYS_prlimit64, 0, RLIMIT_CORE, &all, NULL) == 0);
	CHECK(prctl(PR_SET_NAME, name, 0, 0, 0) == 0);
	raise(SIGABRT);
}

/* A process named NAME leaves its core at WANTED, where %d is its id; or, NULL, no core. */
static void leaves(const char *comm, const char *wanted)
{
	char path[256];
	int status;
	pid_t child;

	name = comm;
	child = child_of(crash);
	status = end_of(child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && !!(status & 0x80) == (wanted != NULL));
	if (wanted == NULL)
		return;
	snprintf(path, sizeof(path), wanted, (int)child);
	if (unlink(path) != 0) {
		dprintf(2, "no core at %s\n", path);
		exit(1);
	}
}

int main(void)
{
	char before[256], text[256], folder[128], wanted[256];
	const long length = syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", text, sizeof(text) - 1);
	const char *self;

	CHECK(length > 0);
	text[length] = '\0';
	self = strrchr(text, '/');
	CHECK(self != NULL);
	read_text(PATTERN, before, sizeof(before));
	enter_new_folder();
	CHECK(syscall(SYS_getcwd, folder, sizeof(folder)) > 0);
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "sub", 0755) == 0);

	set(PATTERN, "sub/c-%p-%s-%e\n");
	leaves("abc", "sub/c-%d-6-abc");
	leaves("a/b", "sub/c-%d-6-a!b");
	set(PATTERN, "%e");
	leaves("..", "!.");
	leaves(".", "!");
	leaves("", "!");
	set(PATTERN, "u%u g%g d%d c%c %%x%");
	leaves("x", "u0 g0 d1 c16777216 %%x");
	set(PATTERN, "%q%f.core");
	snprintf(wanted, sizeof(wanted), "%s.core", self + 1);
	leaves("x", wanted);
	snprintf(wanted, sizeof(wanted), "%s/abs.%%P", folder);
	set(PATTERN, wanted);
	leaves("x", "abs.%d");
	set(PATTERN, "no-such-folder/core");
	leaves("x", NULL);
	set(PATTERN, "");
	leaves("x", NULL);

	set("/proc/sys/kernel/core_uses_pid", "1");
	set(PATTERN, "core");
	leaves("x", "core.%d");
	set(PATTERN, "p%p");
	leaves("x", "p%d");
	set("/proc/sys/kernel/core_uses_pid", "0");

	/* 127 bytes of a line are taken. */
	memset(wanted, 'a', 200);
	wanted[200] = '\0';
	set(PATTERN, wanted);
	read_text(PATTERN, text, sizeof(text));
	CHECK(strlen(text) == 128 && text[127] == '\n');
	set(PATTERN, before);
	CHECK(unlink("sub") != 0 && syscall(SYS_unlinkat, AT_FDCWD, "sub", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
