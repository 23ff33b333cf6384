/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * semaphores-are-operated-all-or-none - semget, semop, semtimedop, semctl: operations of one call
 * are done together or wait together, in order of arrival; what SEM_UNDO takes back when a process
 * ends; who is refused, and how.
 */
#include "sysv.h"

#define KEY 0x50c0ffee

static void values_and_refusals(void)
{
	const long id = syscall(SYS_semget, IPC_PRIVATE, 3, 0600);
	struct sembuf two[2] = { { 0, 5, 0 }, { 1, -1, IPC_NOWAIT } };
	unsigned short all[3] = { 1, 2, 3 };
	struct timespec ts = { 0, 1000000 };
	struct sembuf one = { 2, -9, 0 };

	CHECK(id >= 0);
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 0 && sem_ctl(id, 0, GETPID, 0) == 0);
	REFUSED(sem_op(id, two, 2), EAGAIN);
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 0); /* neither was done */
	CHECK(sem_ctl(id, 0, SETALL, (long)all) == 0 && sem_ctl(id, 2, GETVAL, 0) == 3);
	CHECK(sem_op(id, two, 2) == 0 && sem_ctl(id, 0, GETVAL, 0) == 6 && sem_ctl(id, 1, GETVAL, 0) == 1);
	CHECK(sem_ctl(id, 0, GETPID, 0) == getpid());
	memset(all, 0, sizeof(all));
	CHECK(sem_ctl(id, 0, GETALL, (long)all) == 0 && all[0] == 6 && all[1] == 1 && all[2] == 3);
	CHECK(sem_one(id, 2, -3, 0) == 0 && sem_one(id, 2, 0, 0) == 0);
	/* Refusals. */
	REFUSED(syscall(SYS_semtimedop, id, &one, 1, &ts), EAGAIN);
	ts.tv_nsec = -1;
	REFUSED(syscall(SYS_semtimedop, id, &one, 1, &ts), EINVAL);
	REFUSED(syscall(SYS_semtimedop, id, &one, 1, 1), EFAULT);
	REFUSED(sem_op(id, &one, 0), EINVAL);
	REFUSED(sem_op(id, &one, 501), E2BIG);
	REFUSED(sem_op(id, NULL, 1), EFAULT);
	REFUSED(sem_op(-1, &one, 1), EINVAL);
	REFUSED(sem_op(id + 1, &one, 1), EINVAL);
	REFUSED(sem_one(id, 3, 1, 0), EFBIG);
	REFUSED(sem_one(id, 0, 32767, 0), ERANGE);
	REFUSED(sem_ctl(id, 0, SETVAL, 32768), ERANGE);
	REFUSED(sem_ctl(id, 0, SETVAL, -1), ERANGE);
	REFUSED(sem_ctl(id, 3, SETVAL, 1), EINVAL);
	REFUSED(sem_ctl(id, -1, GETVAL, 0), EINVAL);
	REFUSED(sem_ctl(id, 0, 99, 0), EINVAL);
	REFUSED(sem_ctl(id, 0, GETALL, 0), EFAULT);
	REFUSED(sem_ctl(id, 0, IPC_STAT, 0), EFAULT);
	all[0] = 40000;
	REFUSED(sem_ctl(id, 0, SETALL, (long)all), ERANGE);
	CHECK(sem_ctl(id, 0, IPC_RMID, 0) == 0);
	REFUSED(sem_ctl(id, 0, IPC_RMID, 0), EINVAL);
	REFUSED(syscall(SYS_semget, IPC_PRIVATE, 0, 0600), EINVAL);
	REFUSED(syscall(SYS_semget, IPC_PRIVATE, -1, 0600), EINVAL);
	REFUSED(syscall(SYS_semget, IPC_PRIVATE, 32001, 0600), EINVAL);
}

static void keys_and_what_is_known(void)
{
	long id, again;
	sem_ds ds;

	REFUSED(syscall(SYS_semget, KEY, 2, 0600), ENOENT);
	id = syscall(SYS_semget, KEY, 2, IPC_CREAT | 0640);
	CHECK(id >= 0);
	CHECK(syscall(SYS_semget, KEY, 0, 0) == id && syscall(SYS_semget, KEY, 1, IPC_CREAT | 0600) == id);
	REFUSED(syscall(SYS_semget, KEY, 2, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
	REFUSED(syscall(SYS_semget, KEY, 3, 0), EINVAL);
	CHECK(sem_ctl(id, 0, IPC_STAT, (long)&ds) == 0);
	CHECK(ds.sem_nsems == 2 && ds.sem_otime == 0 && ds.sem_ctime != 0 && (ds.sem_perm.mode & 0777) == 0640);
	CHECK(ds.sem_perm.uid == getuid() && ds.sem_perm.cuid == getuid());
	CHECK(sem_one(id, 0, 1, 0) == 0 && sem_ctl(id, 0, IPC_STAT, (long)&ds) == 0 && ds.sem_otime != 0);
	ds.sem_perm.mode = 0606;
	CHECK(sem_ctl(id, 0, IPC_SET, (long)&ds) == 0 && sem_ctl(id % 32768, 0, SEM_STAT_ANY, (long)&ds) == id);
	CHECK((ds.sem_perm.mode & 0777) == 0606);
	CHECK(sem_ctl(id, 0, IPC_RMID, 0) == 0);
	again = syscall(SYS_semget, KEY, 2, IPC_CREAT | 0640);
	CHECK(again >= 0 && again != id); /* an id does not come back at once */
	CHECK(sem_ctl(again, 0, IPC_RMID, 0) == 0);
}

static pid_t start(long id, int number, int op, int flags)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		_exit(sem_one(id, number, op, flags) == 0 ? 0 : errno);
	return child;
}

static void nothing(int signal)
{
	(void)signal;
}

static void sleepers(void)
{
	const long id = syscall(SYS_semget, IPC_PRIVATE, 2, 0600);
	pid_t first, second;
	int status;

	/* The first one that can go on does, although one that came before cannot. */
	first = start(id, 0, -3, 0);
	UNTIL(sem_ctl(id, 0, GETNCNT, 0) == 1);
	second = start(id, 0, -1, 0);
	UNTIL(sem_ctl(id, 0, GETNCNT, 0) == 2);
	CHECK(sem_ctl(id, 0, GETZCNT, 0) == 0);
	CHECK(sem_one(id, 0, 2, 0) == 0);
	ends_well(second);
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 1 && sem_ctl(id, 0, GETPID, 0) == second);
	/* Values that are set count as well; and who waits for zero. */
	second = start(id, 0, 0, 0);
	UNTIL(sem_ctl(id, 0, GETZCNT, 0) == 1);
	CHECK(sem_ctl(id, 0, SETVAL, 3) == 0);
	ends_well(first);
	ends_well(second);
	/* A signal ends a sleep for good, removing the set too. */
	first = fork();
	CHECK(first >= 0);
	if (first == 0) {
		const struct sigaction action = { .sa_handler = nothing, .sa_flags = SA_RESTART };

		CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
		REFUSED(sem_one(id, 1, -1, 0), EINTR);
		REFUSED(sem_one(id, 0, -1, 0), EIDRM);
		_exit(0);
	}
	UNTIL(sem_ctl(id, 1, GETNCNT, 0) == 1);
	CHECK(kill(first, SIGUSR1) == 0);
	UNTIL(sem_ctl(id, 0, GETNCNT, 0) == 1);
	CHECK(sem_ctl(id, 1, GETNCNT, 0) == 0);
	second = start(id, 1, -1, 0); /* and one that is killed is forgotten */
	UNTIL(sem_ctl(id, 1, GETNCNT, 0) == 1);
	CHECK(kill(second, SIGKILL) == 0 && waitpid(second, &status, 0) == second);
	CHECK(sem_ctl(id, 1, GETNCNT, 0) == 0);
	CHECK(sem_ctl(id, 0, IPC_RMID, 0) == 0);
	ends_well(first);
}

static void undo(void)
{
	const long id = syscall(SYS_semget, IPC_PRIVATE, 2, 0600);
	pid_t child;

	CHECK(sem_ctl(id, 0, SETVAL, 5) == 0);
	ends_well(start(id, 0, -2, SEM_UNDO));
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 5);
	ends_well(start(id, 0, 3, SEM_UNDO));
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 5);
	/* Setting a value forgets what was to be taken back; a value does not fall below zero. */
	child = fork();
	if (child == 0) {
		CHECK(sem_one(id, 0, 4, SEM_UNDO) == 0 && sem_one(id, 1, 4, SEM_UNDO) == 0);
		CHECK(sem_ctl(id, 0, SETVAL, 7) == 0 && sem_one(id, 1, -3, 0) == 0);
		REFUSED(sem_one(id, 1, 32766, SEM_UNDO), ERANGE);
		/*
		 * A child of fork takes nothing back; a thread that shares it neither, while others
		 * live.
		 */
		child = fork();
		if (child == 0)
			_exit(0);
		ends_well(child);
		CHECK(sem_ctl(id, 1, GETVAL, 0) == 1);
		CHECK(syscall(SYS_unshare, 0x40000) == 0); /* CLONE_SYSVSEM: at once, not at the end */
		CHECK(sem_ctl(id, 1, GETVAL, 0) == 0);
		CHECK(sem_one(id, 1, 1, 0) == 0);
		_exit(0);
	}
	ends_well(child);
	CHECK(sem_ctl(id, 0, GETVAL, 0) == 7 && sem_ctl(id, 1, GETVAL, 0) == 1);
	/* Taking back wakes who waits for it, even if it was killed. */
	CHECK(sem_ctl(id, 0, SETVAL, 1) == 0);
	child = fork();
	if (child == 0) {
		CHECK(sem_one(id, 0, -1, SEM_UNDO) == 0);
		raise(SIGKILL);
	}
	UNTIL(sem_ctl(id, 0, GETVAL, 0) == 0 || waitpid(child, NULL, WNOHANG) == child);
	CHECK(sem_one(id, 0, -1, 0) == 0);
	(void)waitpid(child, NULL, 0);
	CHECK(sem_ctl(id, 0, IPC_RMID, 0) == 0);
}

int main(void)
{
	values_and_refusals();
	keys_and_what_is_known();
	sleepers();
	undo();
	return 0;
}
