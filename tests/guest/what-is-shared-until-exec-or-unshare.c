/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * what-is-shared-until-exec-or-unshare - what clone makes two processes share, each kind: what one
 * of them changes is seen by the other; after unshare, or after execve, it is or is not, kind by
 * kind; what cannot be unshared is refused, and stays shared. Without the flag nothing is shared.
 * The same between threads, whose execve ends the others and keeps what the caller had.
 */
#include "files.h"

#define UNDO 0x1000  /* SEM_UNDO */
#define GET_VALUE 12 /* GETVAL */
#define REMOVE 0     /* IPC_RMID */

static volatile int variable;
static long semaphore = -1;

static void change_directory(void)
{
	CHECK(syscall(SYS_chdir, "/tmp") == 0);
}

static int directory_changed(void)
{
	char path[64];

	CHECK(syscall(SYS_getcwd, path, sizeof(path)) > 0);
	return strcmp(path, "/tmp") == 0;
}

static void change_umask(void)
{
	(void)syscall(SYS_umask, 0123);
}

static int umask_changed(void)
{
	const long was = syscall(SYS_umask, 022);

	(void)syscall(SYS_umask, was);
	return was == 0123;
}

static void open_more(void)
{
	CHECK(syscall(SYS_dup3, 2, 200, 0) == 200);
}

static int more_is_open(void)
{
	return fcntl(200, F_GETFD) >= 0;
}

static void set_variable(void)
{
	variable = 1;
}

static int variable_is_set(void)
{
	return variable;
}

static void ignore_signal(void)
{
	CHECK(signal(SIGUSR2, SIG_IGN) != SIG_ERR);
}

static int signal_is_ignored(void)
{
	struct sigaction action;

	CHECK(sigaction(SIGUSR2, NULL, &action) == 0);
	return action.sa_handler == SIG_IGN;
}

/* What is undone when the last of those ends who share what they have to undo. */
static void raise_semaphore(void)
{
	const struct {
		unsigned short number;
		short by, flags;
	} operation = { 0, 1, UNDO };

	CHECK(syscall(SYS_semop, semaphore, &operation, 1) == 0);
}

static int semaphore_is_raised(void)
{
	const long value = syscall(SYS_semctl, semaphore, 0, GET_VALUE, 0);

	CHECK(value >= 0);
	return (int)value;
}

enum act { NOTHING, UNSHARE, EXECUTE, ACTS, THREAD_UNSHARE = ACTS, THREAD_EXECUTE, ALL_ACTS };

static const struct row {
	const char *name;
	unsigned long flags; /* of clone */
	unsigned long unshare;
	void (*change)(void);
	int (*changed)(void);
	int seen[ACTS];
	int refusal; /* of unshare */
} rows[] = {
	{ "CLONE_FS, the directory", CLONE_FS, CLONE_FS, change_directory, directory_changed, { 1, 0, 1 }, 0 },
	{ "CLONE_FS, the umask", CLONE_FS, CLONE_FS, change_umask, umask_changed, { 1, 0, 1 }, 0 },
	{ "no CLONE_FS", 0, CLONE_FS, change_directory, directory_changed, { 0, 0, 0 }, 0 },
	{ "CLONE_FILES", CLONE_FILES, CLONE_FILES, open_more, more_is_open, { 1, 0, 0 }, 0 },
	{ "no CLONE_FILES", 0, CLONE_FILES, open_more, more_is_open, { 0, 0, 0 }, 0 },
	{ "CLONE_VM", CLONE_VM, CLONE_VM, set_variable, variable_is_set, { 1, 1, 0 }, EINVAL },
	{ "no CLONE_VM", 0, CLONE_VM, set_variable, variable_is_set, { 0, 0, 0 }, 0 },
	{ "CLONE_SIGHAND",
	  CLONE_VM | CLONE_SIGHAND,
	  CLONE_SIGHAND,
	  ignore_signal,
	  signal_is_ignored,
	  { 1, 1, 0 },
	  EINVAL },
	{ "CLONE_VM alone", CLONE_VM, CLONE_SIGHAND, ignore_signal, signal_is_ignored, { 0, 0, 0 }, 0 },
	{ "no CLONE_SIGHAND", 0, CLONE_SIGHAND, ignore_signal, signal_is_ignored, { 0, 0, 0 }, 0 },
	{ "CLONE_SYSVSEM", CLONE_SYSVSEM, CLONE_SYSVSEM, raise_semaphore, semaphore_is_raised, { 1, 0, 1 }, 0 },
	{ "no CLONE_SYSVSEM", 0, CLONE_SYSVSEM, raise_semaphore, semaphore_is_raised, { 0, 0, 0 }, 0 },
	{ "CLONE_FS, files unshared",
	  CLONE_FS | CLONE_FILES,
	  CLONE_FILES,
	  change_directory,
	  directory_changed,
	  { 1, 1, 1 },
	  0 },
	{ "CLONE_FILES, the rest unshared", CLONE_FS | CLONE_FILES, CLONE_FS, open_more, more_is_open, { 1, 1, 0 }, 0 },
	{ "CLONE_FS, mounts unshared", CLONE_FS, CLONE_NEWNS, change_directory, directory_changed, { 1, 0, 1 }, 0 },
	{ "CLONE_FS, users unshared", CLONE_FS, CLONE_NEWUSER, change_directory, directory_changed, { 1, 0, 1 }, 0 },
	{ "CLONE_FS, names unshared", CLONE_FS, CLONE_NEWUTS, change_directory, directory_changed, { 1, 1, 1 }, 0 },
	{ "CLONE_VM, the rest unshared",
	  CLONE_VM | CLONE_FS | CLONE_FILES,
	  CLONE_FS | CLONE_FILES | CLONE_SYSVSEM,
	  set_variable,
	  variable_is_set,
	  { 1, 1, 0 },
	  0 },
	{ "CLONE_SIGHAND, threads unshared",
	  CLONE_VM | CLONE_SIGHAND,
	  CLONE_THREAD,
	  ignore_signal,
	  signal_is_ignored,
	  { 1, 1, 0 },
	  0 },
	{ "CLONE_SYSVSEM, the rest unshared",
	  CLONE_SYSVSEM,
	  CLONE_FS | CLONE_FILES,
	  raise_semaphore,
	  semaphore_is_raised,
	  { 1, 1, 1 },
	  0 },
	{ "CLONE_IO", CLONE_IO | CLONE_FS, CLONE_IO, change_directory, directory_changed, { 1, 1, 1 }, EINVAL },
};

struct task_of_row {
	const struct row *row;
	enum act act;
};

static char stack[65536] __attribute__((aligned(16)));
static struct thread thread;

static void execute(const struct row *r, const char *what)
{
	char number[12], id[24];
	char *const again[] = { (char *)(uintptr_t)what, number, id, NULL };

	snprintf(number, sizeof(number), "%d", (int)(r - rows));
	snprintf(id, sizeof(id), "%ld", semaphore);
	execve("/proc/self/exe", again, environ);
	CHECK(!"execve");
}

static int run_child(void *argument)
{
	const struct task_of_row *t = argument;

	if (t->act == UNSHARE)
		CHECK(raw1(SYS_unshare, (long)t->row->unshare) == -t->row->refusal);
	if (t->act == EXECUTE)
		execute(t->row, "change");
	t->row->change();
	CHECK(t->row->change == raise_semaphore || t->row->changed());
	return 0;
}

/* Can threads of a process with several not unshare that? */
static int is_of_all_threads(const struct row *r)
{
	return r->refusal != 0 || (r->unshare & (CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_NEWUSER)) != 0;
}

static pid_t thread_id;

static int run_thread(void *argument)
{
	const struct task_of_row *t = argument;

	thread_id = (pid_t)raw0(SYS_gettid);
	if (t->act == THREAD_UNSHARE)
		CHECK(raw1(SYS_unshare, (long)t->row->unshare) == (is_of_all_threads(t->row) ? -EINVAL : 0));
	t->row->change();
	if (t->act == THREAD_EXECUTE)
		execute(t->row, "look");
	return 0;
}

/* In a process whose first thread waits for the other one, for ever if that executes a program. */
static void try_thread(struct task_of_row *t)
{
	thread_start(&thread, run_thread, t);
	thread_join(&thread);
	CHECK(t->act == THREAD_UNSHARE);
	/* Linux takes its semaphores' changes back after it has told of its end. [do_exit] */
	UNTIL(raw(SYS_tgkill, getpid(), thread_id, 0, 0, 0, 0) == -ESRCH);
	CHECK(t->row->changed() == (is_of_all_threads(t->row) || t->row->seen[UNSHARE]));
}

static void try(const struct row *r, enum act act)
{
	struct task_of_row t = { r, act };
	pid_t child;
	int status;

	semaphore = syscall(SYS_semget, 0 /* IPC_PRIVATE */, 1, 0600);
	CHECK(semaphore >= 0 && !r->changed());
	if (act < ACTS) {
		child = clone(run_child, stack + sizeof(stack), (int)r->flags | SIGCHLD, &t);
	} else {
		child = fork();
		if (child == 0) {
			try_thread(&t);
			_exit(0);
		}
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	CHECK(act >= ACTS || r->changed() == r->seen[act]);
	CHECK(syscall(SYS_semctl, semaphore, 0, REMOVE, 0) == 0);
}

int main(int argc, char **argv)
{
	static const char *const acts[] = { "nothing", "unshare", "execve", "unshare by a thread",
					    "execve by a thread" };

	if (argc == 3) {
		const struct row *r = &rows[atoi(argv[1])];

		semaphore = atol(argv[2]);
		if (strcmp(argv[0], "look") == 0)
			return r->changed() != (r->change != set_variable);
		r->change();
		return 0;
	}
	CHECK(syscall(SYS_chdir, "/") == 0);
	for (unsigned i = 0; i < COUNT_OF(rows); i++) {
		for (enum act act = NOTHING; act < ALL_ACTS; act++) {
			pid_t child;
			int status;

			if (act >= ACTS && !rows[i].seen[NOTHING])
				continue;
			child = fork();
			CHECK(child >= 0);
			if (child == 0) {
				try(&rows[i], act);
				_exit(0);
			}
			CHECK(waitpid(child, &status, 0) == child);
			if (status != 0) {
				dprintf(2, "%s, %s: status 0x%x\n", rows[i].name, acts[act], status);
				return 1;
			}
		}
	}
	return 0;
}
