/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-has-what-programs-look-for - fdinfo, smaps, oom_score_adj, settings below
 * /proc/sys, /proc/mounts in poll, a descriptor of /proc/PID for pidfd_send_signal,
 * and the processors below /sys.
 */
#include "files.h"

#include <stdbool.h>

static long number_behind(const char *path, const char *name, int base)
{
	char text[8192], *at;

	read_text(path, text, sizeof(text));
	at = strstr(text, name);
	CHECK(at != NULL);
	return strtol(at + strlen(name), NULL, base);
}

static void is(const char *path, const char *wanted)
{
	char text[256];

	read_text(path, text, sizeof(text));
	CHECK(strcmp(text, wanted) == 0);
}

static void descriptors(void)
{
	const int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	uint64_t x[32]; /* struct statx; the mount's id is at 144 */
	char path[64];
	struct stat s;

	CHECK(fd >= 0 && lseek(fd, 7, SEEK_SET) == 7 && fstat(fd, &s) == 0);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	CHECK(number_behind(path, "pos:\t", 10) == 7);
	CHECK((number_behind(path, "flags:\t", 8) & (O_CLOEXEC | O_ACCMODE)) == O_CLOEXEC);
	CHECK(number_behind(path, "mnt_id:\t", 10) > 0);
	CHECK(syscall(SYS_statx, fd, "", 0x1000, 0x1fff, x) == 0); /* AT_EMPTY_PATH */
	CHECK((uint64_t)number_behind(path, "mnt_id:\t", 10) == x[18]);
	CHECK(close(fd) == 0 && open(path, O_RDONLY) == -1 && errno == ENOENT);
}

static void memory(void)
{
	char text[32768], *at, path[32];
	long kib = 0, all = 0;

	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)getpid());
	read_text(path, text, sizeof(text));
	for (at = text; (at = strstr(at, "\nRss:")) != NULL; at++)
		kib += strtol(at + 5, NULL, 10);
	for (at = text; (at = strstr(at, "\nSize:")) != NULL; at++)
		all += strtol(at + 6, NULL, 10);
	CHECK(kib > 0 && kib <= all && strstr(text, "[stack]\nSize:") != NULL && strstr(text, "\nVmFlags: rd") != NULL);
}

/* False: this machine does not give root the right. */
static bool oom(void)
{
	const int fd = open("/proc/self/oom_score_adj", O_RDWR);

	CHECK(fd >= 0);
	if (write(fd, "-500", 4) != 4) {
		CHECK(errno == EACCES);
		return false;
	}
	is("/proc/self/oom_score_adj", "-500\n");
	REFUSED(write(fd, "1001", 4), EINVAL);
	REFUSED(write(fd, "x", 1), EINVAL);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "300", 3) == 3);
	is("/proc/self/oom_score_adj", "300\n");
	return true;
}

static void lower(void)
{
	const int fd = open("/proc/self/oom_score_adj", O_RDWR);

	is("/proc/self/oom_score_adj", "300\n");
	CHECK(fd >= 0);
	drop_privileges();
	REFUSED(write(fd, "299", 3), EACCES);
	CHECK(write(fd, "400", 3) == 3 && write(fd, "300", 3) == 3);
}

static void sends(void)
{
	char path[32];
	int folder, other, status;
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		pause();
		_exit(1);
	}
	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	folder = open(path, O_RDONLY | O_DIRECTORY);
	other = open("/proc", O_RDONLY | O_DIRECTORY);
	CHECK(folder >= 0 && other >= 0);
	REFUSED(syscall(SYS_pidfd_send_signal, other, SIGTERM, NULL, 0), EBADF);
	CHECK(syscall(SYS_pidfd_send_signal, folder, 0, NULL, 0) == 0);
	CHECK(syscall(SYS_pidfd_send_signal, folder, SIGTERM, NULL, 0) == 0);
	CHECK(waitpid(child, &status, 0) == child && killed_by(status, SIGTERM));
	REFUSED(syscall(SYS_pidfd_send_signal, folder, SIGTERM, NULL, 0), ESRCH);
}

static void identifiers(void)
{
	char boot[2][64], other[2][64];

	for (int n = 0; n < 2; n++) {
		read_text("/proc/sys/kernel/random/boot_id", boot[n], sizeof(boot[n]));
		read_text("/proc/sys/kernel/random/uuid", other[n], sizeof(other[n]));
		CHECK(strlen(boot[n]) == 37 && strlen(other[n]) == 37 && other[n][14] == '4' && other[n][23] == '-');
	}
	CHECK(strcmp(boot[0], boot[1]) == 0 && strcmp(other[0], other[1]) != 0 && strcmp(boot[0], other[0]) != 0);
	CHECK(number_behind("/proc/sys/kernel/random/entropy_avail", "", 10) > 0);
}

int main(void)
{
	char text[128], names[6][65];
	int fd;

	descriptors();
	memory();
	if (oom())
		CHECK(exited_with(status_of(lower), 0));
	sends();
	is("/proc/sys/kernel/overflowuid", "65534\n");
	is("/proc/sys/kernel/overflowgid", "65534\n");
	read_text("/proc/sys/kernel/tainted", text, sizeof(text));
	CHECK(text[0] >= '0' && text[0] <= '9');
	read_text("/proc/sys/kernel/core_pattern", text, sizeof(text));
	CHECK(strlen(text) >= 1);
	is("/proc/sys/fs/nr_open", "1048576\n");
	CHECK(syscall(SYS_uname, names) == 0);
	read_text("/proc/sys/kernel/version", text, sizeof(text));
	CHECK(strncmp(text, names[3], strlen(text) - 1) == 0);
	read_text("/proc/sys/kernel/domainname", text, sizeof(text));
	CHECK(strlen(text) == strlen(names[5]) + 1 && strncmp(text, names[5], strlen(names[5])) == 0);
	CHECK(number_behind("/proc/self/status", "VmSwap:", 10) >= 0);
	identifiers();
	CHECK(number_behind("/proc/sys/fs/pipe-max-size", "", 10) >= 65536);
	CHECK(number_behind("/proc/sys/vm/max_map_count", "", 10) >= 65530);
	fd = open("/proc/mounts", O_RDONLY);
	CHECK(fd >= 0 && is_ready(fd, POLLIN | POLLPRI) == POLLIN);
	CHECK(syscall(SYS_epoll_ctl, syscall(SYS_epoll_create1, 0), 1, fd, &(struct epoll_event){ .events = POLLIN }) ==
	      0);
	read_text("/sys/devices/system/cpu/online", text, sizeof(text));
	CHECK(text[0] == '0');
	read_text("/sys/devices/system/cpu/possible", text, sizeof(text));
	CHECK(text[0] == '0' && access("/sys/devices/system/cpu/cpu0", F_OK) == 0);
	return 0;
}
