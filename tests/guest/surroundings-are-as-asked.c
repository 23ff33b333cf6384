/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * surroundings-are-as-asked.c - prints what the program finds: ids, rights, limits, directory,
 * name, environment, descriptors 0, 1 and 2. tests/surroundings.t compares it with what Linux's
 * setpriv, prlimit, env and unshare make of the same.
 */
#include "guest.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <termios.h>

struct limit {
	uint64_t soft, hard;
};

/* The lines of /proc/self/status about rights. */
static void print_rights(void)
{
	char text[8192];
	const int fd = open("/proc/self/status", O_RDONLY);
	ssize_t n = 0, got;

	while (fd >= 0 && (got = read(fd, text + n, sizeof(text) - 1 - (size_t)n)) > 0)
		n += got;
	text[n > 0 ? n : 0] = '\0';
	for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
		if (strncmp(line, "Cap", 3) == 0 || strncmp(line, "NoNew", 5) == 0)
			dprintf(1, "%s\n", line);
}

int main(int argc, char **argv, char **envp)
{
	uint32_t r, e, s, groups[64] = { 0 };
	struct utsname name;
	char cwd[256];
	long n;

	(void)argc, (void)argv;
	CHECK(syscall(__NR_getresuid, &r, &e, &s) == 0);
	dprintf(1, "uid %u %u %u\n", r, e, s);
	CHECK(syscall(__NR_getresgid, &r, &e, &s) == 0);
	dprintf(1, "gid %u %u %u\n", r, e, s);
	n = syscall(__NR_getgroups, 64, groups);
	for (long i = 0; i < n; i++)
		dprintf(1, "group %u\n", groups[i]);
	print_rights();
	CHECK(syscall(__NR_getcwd, cwd, sizeof(cwd)) > 0);
	CHECK(syscall(__NR_uname, &name) == 0);
	dprintf(1, "in %s on %s\n", cwd, name.nodename);
	for (unsigned i = 0; i < 16; i++) {
		struct limit l;

		CHECK(syscall(__NR_prlimit64, 0, i, NULL, &l) == 0);
		dprintf(1, "limit %u %lu %lu\n", i, (unsigned long)l.soft, (unsigned long)l.hard);
	}
	for (char **v = envp; *v != NULL; v++)
		dprintf(1, "env %s\n", *v);
	for (int fd = 0; fd < 3; fd++) {
		struct stat st;
		char settings[128];

		CHECK(fstat(fd, &st) == 0);
		dprintf(1, "fd %d kind %o terminal %d\n", fd, st.st_mode & 0170000,
			syscall(__NR_ioctl, fd, TCGETS, settings) == 0);
	}
	while ((n = read(0, cwd, 100)) > 0)
		CHECK(write(1, cwd, (size_t)n) == n);
	dprintf(2, "the end\n");
	return 0;
}
