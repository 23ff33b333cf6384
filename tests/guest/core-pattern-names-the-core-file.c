/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core-pattern-names-the-core-file - /proc/sys/kernel/core_pattern says where a core goes: ids,
 * signal, names of machine, thread and program, with no slash of theirs; core_uses_pid adds the id
 * to a pattern without one.
 */
#include "files.h"

#include <sys/resource.h>

#define PATTERN "/proc/sys/kernel/core_pattern"

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

	write_setting(PATTERN, "sub/c-%p-%s-%e\n", 0);
	leaves("abc", "sub/c-%d-6-abc");
	leaves("a/b", "sub/c-%d-6-a!b");
	write_setting(PATTERN, "%e", 0);
	leaves("..", "!.");
	leaves(".", "!");
	leaves("", "!");
	write_setting(PATTERN, "u%u g%g d%d c%c %%x%", 0);
	leaves("x", "u0 g0 d1 c16777216 %%x");
	write_setting(PATTERN, "%q%f.core", 0);
	snprintf(wanted, sizeof(wanted), "%s.core", self + 1);
	leaves("x", wanted);
	snprintf(wanted, sizeof(wanted), "%s/abs.%%P", folder);
	write_setting(PATTERN, wanted, 0);
	leaves("x", "abs.%d");
	write_setting(PATTERN, "no-such-folder/core", 0);
	leaves("x", NULL);
	write_setting(PATTERN, "", 0);
	leaves("x", NULL);

	write_setting("/proc/sys/kernel/core_uses_pid", "1", 0);
	write_setting(PATTERN, "core", 0);
	leaves("x", "core.%d");
	write_setting(PATTERN, "p%p", 0);
	leaves("x", "p%d");
	write_setting("/proc/sys/kernel/core_uses_pid", "0", 0);

	/* 127 bytes of a line are taken. */
	memset(wanted, 'a', 200);
	wanted[200] = '\0';
	write_setting(PATTERN, wanted, 0);
	read_text(PATTERN, text, sizeof(text));
	CHECK(strlen(text) == 128 && text[127] == '\n');
	write_setting(PATTERN, before, 0);
	CHECK(unlink("sub") != 0 && syscall(SYS_unlinkat, AT_FDCWD, "sub", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
