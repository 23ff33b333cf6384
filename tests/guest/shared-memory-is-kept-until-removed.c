/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shared-memory-is-kept-until-removed - shmget, shmat, shmdt, shmctl: a segment outlives who made
 * it, counts who has it mapped, and goes with the last mapping once it was removed.
 */
#include "sysv.h"

#define PAGE 4096
#define KEY 0x5eedf00d

static shm_ds told(long id)
{
	shm_ds ds;

	CHECK(shm_ctl(id, IPC_STAT, &ds) == 0);
	return ds;
}

static void refusals(void)
{
	const long id = syscall(SYS_shmget, IPC_PRIVATE, PAGE + 1, 0600);
	char *at;

	CHECK(id >= 0);
	REFUSED(syscall(SYS_shmget, IPC_PRIVATE, 0, 0600), EINVAL);
	REFUSED(syscall(SYS_shmget, IPC_PRIVATE, -1L, 0600), EINVAL);
	REFUSED(syscall(SYS_shmget, KEY, PAGE, 0600), ENOENT);
	REFUSED(shm_at(-1, NULL, 0), EINVAL);
	REFUSED(shm_at(id, (void *)0x10001, 0), EINVAL);
	REFUSED(shm_at(id, NULL, SHM_REMAP), EINVAL);
	REFUSED(shm_ctl(id, 99, NULL), EINVAL);
	REFUSED(shm_ctl(-1, IPC_STAT, NULL), EINVAL);
	REFUSED(shm_ctl(id, IPC_STAT, NULL), EFAULT);
	REFUSED(syscall(SYS_shmdt, 0x10001), EINVAL);
	REFUSED(syscall(SYS_shmdt, 0), EINVAL);
	at = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(at != MAP_FAILED);
	REFUSED(syscall(SYS_shmdt, at), EINVAL);
	REFUSED(shm_at(id, at, 0), EINVAL); /* something is there */
	REFUSED(shm_at(id, at + 5, SHM_RND), EINVAL);
	CHECK(shm_at(id, at + 5, SHM_RND | SHM_REMAP) == (long)at);
	CHECK(at[PAGE + 1] == 0 && told(id).shm_nattch == 1);
	CHECK(syscall(SYS_shmdt, at) == 0 && told(id).shm_nattch == 0);
	REFUSED(syscall(SYS_shmdt, at), EINVAL);
	CHECK(munmap(at, 4 * PAGE) == 0);
	CHECK(shm_ctl(id, IPC_RMID, NULL) == 0);
	REFUSED(shm_ctl(id, IPC_RMID, NULL), EINVAL);
}

static void between_processes(void)
{
	const long id = syscall(SYS_shmget, KEY, PAGE + 1, IPC_CREAT | IPC_EXCL | 0600);
	volatile int *word;
	pid_t child = fork();
	shm_ds ds;

	CHECK(id >= 0 && child >= 0);
	if (child == 0) {
		word = (int *)shm_at(id, NULL, 0);
		CHECK((long)word != -1);
		*word = 42;
		_exit(0);
	}
	ends_well(child);
	ds = told(id);
	CHECK(ds.shm_segsz == PAGE + 1 && ds.shm_nattch == 0 && ds.shm_cpid == getpid() && ds.shm_lpid == child);
	CHECK(ds.shm_atime != 0 && ds.shm_dtime != 0 && (ds.shm_perm.mode & 0777) == 0600);
	word = (int *)shm_at(id, NULL, 0);
	CHECK(*word == 42); /* whoever wrote it is gone */
	CHECK(syscall(SYS_shmget, KEY, 1, 0) == id);
	REFUSED(syscall(SYS_shmget, KEY, PAGE + 2, 0), EINVAL);
	REFUSED(syscall(SYS_shmget, KEY, PAGE, IPC_CREAT | IPC_EXCL), EEXIST);
	/* fork, exec and the end of a process count. */
	child = fork();
	if (child == 0) {
		CHECK(told(id).shm_nattch == 2);
		*word = 43;
		_exit(0);
	}
	ends_well(child);
	CHECK(*word == 43 && told(id).shm_nattch == 1);
	/*
	 * Removed, it has no key, but who has it mapped keeps it, and may map it again by its id.
	 */
	CHECK(shm_ctl(id, IPC_RMID, NULL) == 0 && *word == 43);
	REFUSED(syscall(SYS_shmget, KEY, 1, 0), ENOENT);
	ds = told(id);
	CHECK((ds.shm_perm.mode & 01000) != 0 && ds.shm_nattch == 1);
	CHECK(*(volatile int *)shm_at(id, NULL, SHM_RDONLY) == 43 && told(id).shm_nattch == 2);
	CHECK(syscall(SYS_shmdt, word) == 0);
	REFUSED(syscall(SYS_shmdt, word), EINVAL);
	CHECK(told(id).shm_nattch == 1);
}

/* Runs in a process of its own: its end takes the last mapping of the segment before along. */
static void mappings(void)
{
	const long id = syscall(SYS_shmget, IPC_PRIVATE, 4 * PAGE, 0600);
	char *at = (char *)shm_at(id, NULL, 0), *read_only = (char *)shm_at(id, NULL, SHM_RDONLY);
	char line[256], wanted[64];
	FILE *maps;
	int found = 0;

	CHECK((long)at != -1 && (long)read_only != -1 && told(id).shm_nattch == 2);
	at[3 * PAGE] = 'x';
	CHECK(read_only[3 * PAGE] == 'x');
	REFUSED(mprotect(read_only, 4 * PAGE, PROT_READ | PROT_WRITE), EACCES);
	REFUSED(syscall(SYS_read, -1, read_only, 1), EBADF);
	/* Parts count, and shmdt takes all that is left of a mapping. */
	CHECK(munmap(at + PAGE, PAGE) == 0 && told(id).shm_nattch == 3);
	snprintf(wanted, sizeof(wanted), "%lu ", (unsigned long)id);
	maps = fopen("/proc/self/maps", "r");
	CHECK(maps != NULL);
	while (fgets(line, sizeof(line), maps) != NULL)
		found += strstr(line, "/SYSV00000000 (deleted)") != NULL && strstr(line, wanted) != NULL;
	fclose(maps);
	CHECK(found == 3);
	CHECK(syscall(SYS_shmdt, at) == 0 && told(id).shm_nattch == 1);
	CHECK(syscall(SYS_shmdt, read_only) == 0 && told(id).shm_nattch == 0);
	CHECK(shm_ctl(id, IPC_RMID, NULL) == 0);
}

static void rights(void)
{
	const long id = syscall(SYS_shmget, KEY, PAGE, IPC_CREAT | 0604);
	const pid_t child = fork();
	shm_ds ds;

	if (child == 0) {
		CHECK(syscall(SYS_setgid, 12345) == 0 && syscall(SYS_setuid, 12345) == 0);
		REFUSED(shm_at(id, NULL, 0), EACCES);
		CHECK(shm_at(id, NULL, SHM_RDONLY) != -1);
		REFUSED(syscall(SYS_shmget, KEY, PAGE, 0606), EACCES);
		CHECK(syscall(SYS_shmget, KEY, PAGE, 0404) == id);
		CHECK(shm_ctl(id, IPC_STAT, &ds) == 0);
		REFUSED(shm_ctl(id, IPC_SET, &ds), EPERM);
		REFUSED(shm_ctl(id, IPC_RMID, NULL), EPERM);
		REFUSED(shm_ctl(id, SHM_LOCK, NULL), EPERM);
		_exit(0);
	}
	ends_well(child);
	ds = told(id);
	ds.shm_perm.mode = 0600;
	CHECK(shm_ctl(id, IPC_SET, &ds) == 0 && (told(id).shm_perm.mode & 0777) == 0600);
	CHECK(shm_ctl(id, SHM_LOCK, NULL) == 0 && (told(id).shm_perm.mode & 02000) != 0);
	CHECK(shm_ctl(id, SHM_UNLOCK, NULL) == 0 && (told(id).shm_perm.mode & 02000) == 0);
	CHECK(shm_ctl(id, IPC_RMID, NULL) == 0);
}

int main(void)
{
	void (*const parts[])(void) = { refusals, between_processes, mappings, rights };

	for (size_t n = 0; n < sizeof(parts) / sizeof(parts[0]); n++) {
		const pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			parts[n]();
			_exit(0);
		}
		ends_well(child);
	}
	/* What was removed while it was mapped is gone by now. */
	REFUSED(syscall(SYS_shmget, KEY, 1, 0), ENOENT);
	return 0;
}
