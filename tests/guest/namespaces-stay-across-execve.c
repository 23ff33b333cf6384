/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespaces-stay-across-execve - each kind of namespace, by clone and by unshare: without its flag
 * a child is in its parent's; with it in another one, which the parent does not enter; and there
 * it stays when it executes a program. unshare of pids is for children only.
 */
#include "files.h"

enum way { NOTHING, CLONE, UNSHARE, WAYS };

static const struct row {
	const char *name;
	unsigned long flag;
} rows[] = {
	{ "uts", CLONE_NEWUTS },       { "mnt", CLONE_NEWNS },	  { "ipc", CLONE_NEWIPC }, { "net", CLONE_NEWNET },
	{ "cgroup", CLONE_NEWCGROUP }, { "user", CLONE_NEWUSER }, { "pid", CLONE_NEWPID },
};

static char stack[65536] __attribute__((aligned(16)));
static const char *program;

/* What names the caller's namespace of that kind. */
static void name_of(const struct row *r, char *text)
{
	char path[64];
	long n;

	snprintf(path, sizeof(path), "/proc/self/ns/%s", r->name);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, text, 63L);
	CHECK(n > 0);
	text[n] = '\0';
}

struct child {
	const struct row *row;
	enum way way;
	const char *parents;
};

static int run_child(void *argument)
{
	const struct child *c = argument;
	const int other = c->way == CLONE || (c->way == UNSHARE && c->row->flag != CLONE_NEWPID);
	char mine[64], number[12];
	char *const again[] = { (char *)"again", number, mine, NULL };

	if (c->way == UNSHARE)
		CHECK(raw1(SYS_unshare, (long)c->row->flag) == 0);
	name_of(c->row, mine);
	CHECK((strcmp(mine, c->parents) != 0) == other);
	snprintf(number, sizeof(number), "%d", (int)(c->row - rows));
	execve(program, again, environ);
	CHECK(!"execve");
	return 1;
}

int main(int argc, char **argv)
{
	char before[64], after[64];

	if (strcmp(argv[0], "again") == 0 && argc == 3) {
		name_of(&rows[atoi(argv[1])], after);
		return strcmp(argv[2], after) != 0;
	}
	program = (const char *)getauxval(AT_EXECFN);
	for (unsigned i = 0; i < COUNT_OF(rows); i++) {
		for (enum way way = NOTHING; way < WAYS; way++) {
			struct child c = { &rows[i], way, before };
			const unsigned long flag = way == CLONE ? rows[i].flag : 0;
			int status;
			pid_t child;

			name_of(&rows[i], before);
			child = clone(run_child, stack + sizeof(stack), (int)(flag | SIGCHLD), &c);
			CHECK(child > 0 && waitpid(child, &status, 0) == child);
			name_of(&rows[i], after);
			if (status != 0 || strcmp(before, after) != 0) {
				dprintf(2, "%s, %d: status 0x%x\n", rows[i].name, (int)way, (unsigned)status);
				return 1;
			}
		}
	}
	return 0;
}
