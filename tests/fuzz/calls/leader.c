/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leader.c - the first process of a round's name space of processes: it keeps some workers alive
 * until enough calls are made, and ends; whatever they made ends with it. The seed says who they
 * are (root, or nobody) and whether a filter refuses them something.
 */
#include "calls.h"

#define WORKERS 6
#define LOOKS_AT_MOST 150 /* of LOOK_NS each */
#define LOOK_NS 2000000

static void become_nobody(void)
{
	raw(SYS_setgroups, 0, 0, 0, 0, 0, 0);
	raw(SYS_setresgid, 65534, 65534, 65534, 0, 0, 0);
	raw(SYS_setresuid, 65534, 65534, 65534, 0, 0, 0);
	raw(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0, 0); /* /proc/self is its own again */
}

static void start_worker(void)
{
	const uint64_t seed = control()->seeds++;

	if (raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0) == 0)
		work(seed);
}

bool is_bound(uint64_t seed)
{
	struct fuzz f;

	fuzz_seed(&f, ~seed);
	return any(&f, 3) != 0;
}

_Noreturn void lead(uint64_t seed, long calls, int fd)
{
	const struct timespec look = { 0, LOOK_NS };
	long before = 0, still = 0;
	struct fuzz f;

	fuzz_seed(&f, seed);
	raw(SYS_mmap, (long)CONTROL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
	raw1(SYS_close, fd);
	control()->left = calls;
	control()->seeds = (uint32_t)seed * 10007;
	map_memory();
	for (int i = 0; i < 3; i++) /* the one open console of all: workers open their own, and its flags are theirs */
		raw1(SYS_close, i);
	/* a worker that follows its links, also one of root's, finds the round's processes only */
	raw(SYS_mount, (long)"proc", (long)"/proc", (long)"proc", 0, 0, 0);
	raw0(SYS_setsid); /* kill(0) stays inside */
	raw1(SYS_chdir, (long)FOLDER_OF_ROUNDS);
	put_first(0, LEADERS_PRIORITY);
	if (once_in(&f, 2))
		become_nobody();
	control()->bound = is_bound(seed);
	if (is_bound(seed) && !refuse())
		raw1(SYS_exit_group, 1);
	for (int i = 0; i < WORKERS; i++)
		start_worker();
	for (int looks = 0; control()->left > 0 && looks < LOOKS_AT_MOST; looks++) {
		raw(SYS_nanosleep, (long)&look, 0, 0, 0, 0, 0);
		while (raw(SYS_wait4, -1, 0, WNOHANG | __WALL, 0, 0, 0) > 0)
			start_worker();
		still = control()->made == before ? still + 1 : 0;
		before = control()->made;
		/* what waits, and what goes round in circles */
		if (still % 4 == 3 || looks % 16 == 15) {
			raw(SYS_kill, -1, SIGKILL, 0, 0, 0, 0);
			start_worker();
		}
	}
	raw1(SYS_exit_group, 0);
	for (;;)
		;
}
