/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * system-v-limits-are-a-namespaces - /proc/sysvipc lists what the reader's namespace has, and
 * /proc/sys/kernel sets the limits of that namespace alone.
 */
#include "sysv.h"

#include "files.h"

static void put_limit(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (long)strlen(text) && close(fd) == 0);
}

static int has_limit(const char *path, const char *wanted)
{
	char text[128];

	read_text(path, text, sizeof(text));
	return strcmp(text, wanted) == 0;
}

/* Has FILE a line with these numbers at its begin? */
static int lists(const char *file, long key, long id, unsigned mode)
{
	static char text[16384];
	char wanted[64];

	read_text(file, text, sizeof(text));
	snprintf(wanted, sizeof(wanted), "\n%10ld %10ld  %4o ", key, id, mode);
	return strstr(text, wanted) != NULL;
}

static void child(void)
{
	long sem, shm, msg;
	char text[16384];
	int fd;

	CHECK(syscall(SYS_unshare, CLONE_NEWIPC) == 0);
	CHECK(has_limit("/proc/sys/kernel/sem", "32000\t1024000000\t500\t32000\n"));
	CHECK(has_limit("/proc/sys/kernel/msgmax", "8192\n") && has_limit("/proc/sys/kernel/shmmni", "4096\n"));
	sem = syscall(SYS_semget, 4711, 3, IPC_CREAT | 0640);
	shm = syscall(SYS_shmget, 4712, 5000, IPC_CREAT | 0600);
	msg = syscall(SYS_msgget, 4713, IPC_CREAT | 0604);
	CHECK(lists("/proc/sysvipc/sem", 4711, sem, 0640) && lists("/proc/sysvipc/shm", 4712, shm, 0600));
	CHECK(lists("/proc/sysvipc/msg", 4713, msg, 0604));
	read_text("/proc/sysvipc/sem", text, sizeof(text));
	CHECK(strncmp(text, "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n",
		      84) == 0);
	CHECK(strstr(text, "          3     0     0     0     0          0 ") != NULL);
	read_text("/proc/sysvipc/shm", text, sizeof(text));
	CHECK(strstr(text, "                  5000 ") != NULL);
	/* Limits hold at once. */
	put_limit("/proc/sys/kernel/shmmax", "8192\n");
	put_limit("/proc/sys/kernel/msgmax", "10");
	put_limit("/proc/sys/kernel/sem", "4 8 2 2\n");
	put_limit("/proc/sys/kernel/shmmni", "1");
	CHECK(has_limit("/proc/sys/kernel/sem", "4\t8\t2\t2\n"));
	REFUSED(syscall(SYS_shmget, IPC_PRIVATE, 8193, 0600), EINVAL);
	REFUSED(syscall(SYS_shmget, IPC_PRIVATE, 8192, 0600), ENOSPC);
	REFUSED(syscall(SYS_semget, IPC_PRIVATE, 5, 0600), EINVAL);
	CHECK(syscall(SYS_semget, IPC_PRIVATE, 1, 0600) >= 0);
	REFUSED(syscall(SYS_semget, IPC_PRIVATE, 1, 0600), ENOSPC);
	REFUSED(sem_op(sem, (struct sembuf[3]){ { 0, 1, 0 } }, 3), E2BIG);
	REFUSED(syscall(SYS_msgsnd, msg, (long[3]){ 1 }, 11, 0), EINVAL);
	CHECK(syscall(SYS_msgsnd, msg, (long[3]){ 1 }, 10, 0) == 0);
	fd = open("/proc/sys/kernel/msgmax", O_WRONLY);
	REFUSED(write(fd, "nonsense", 8), EINVAL);
	REFUSED(write(fd, "-1", 2), EINVAL);
	_exit(0);
}

int main(void)
{
	static char before[4096], after[4096];
	const pid_t pid = fork();

	read_text("/proc/sysvipc/sem", before, sizeof(before));
	CHECK(pid >= 0);
	if (pid == 0)
		child();
	ends_well(pid);
	read_text("/proc/sysvipc/sem", after, sizeof(after));
	CHECK(strcmp(before, after) == 0 && has_limit("/proc/sys/kernel/msgmax", "8192\n"));
	return 0;
}
