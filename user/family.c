/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * family - four generations: each adds a filter of its own and inherits those of its ancestors.
 *
 * Generation n's filter forbids one call, with errno n. Look for: the youngest asks for all
 * four calls, and each is refused by the filter (see its id) of the ancestor who forbade
 * it; the eldest is bound by one.
 */
#include "toy.h"

#define GENERATIONS 4

static const struct {
	int nr;
	const char *name;
} forbids[GENERATIONS + 1] = {
	{ 0, NULL },
	{ SYS_getpgid, "getpgid" },
	{ SYS_geteuid, "geteuid" },
	{ SYS_getuid, "getuid" },
	{ SYS_getgid, "getgid" },
};

/* How many filters bind this process, as /proc says. */
static int filter_count(void)
{
	static const char key[] = "Seccomp_filters:";
	char line[128];
	int count = -1;
	FILE *status = fopen("/proc/self/status", "r");

	while (status != NULL && fgets(line, sizeof(line), status) != NULL)
		if (strncmp(line, key, strlen(key)) == 0)
			count = atoi(line + strlen(key));
	if (status != NULL)
		fclose(status);
	return count;
}

/*
 * A call that the filter of generation n forbids must be refused with errno n, any other must work.
 */
static void ask_for_all(int generation)
{
	char refused[64] = "";

	for (int n = 1; n <= GENERATIONS; n++) {
		const long result = syscall(forbids[n].nr, 0);

		EXPECT(n <= generation ? result == -1 && errno == n : result >= 0);
		if (result == -1)
			strcat(strcat(refused, " "), forbids[n].name);
	}
	say("family: generation %d is refused:%s\n", generation, refused);
}

/* The first generation has had filters when its parent had: only what it adds is counted. */
static void live(int generation, int before)
{
	pid_t child;
	int status;

	toy_answer(forbids[generation].nr, SECCOMP_RET_ERRNO | (unsigned)generation);
	EXPECT(filter_count() - before == generation);
	say("family: generation %d, pid %d, forbids %s: %d filter%s\n", generation, getpid(), forbids[generation].name,
	    generation, generation == 1 ? "" : "s");
	if (generation == GENERATIONS) {
		ask_for_all(generation);
		return;
	}

	child = fork();
	if (child == 0) {
		live(generation + 1, before);
		_exit(0);
	}
	EXPECT(waitpid(child, &status, 0) == child && status == 0);
	if (generation == 1)
		ask_for_all(generation);
}

int main(void)
{
	live(1, filter_count());
	return 0;
}
