/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * the-end-is-seen-while-orphans-are-collected - a program leaves many processes behind, which all
 * end before the first process of all can collect them; it ends itself while they are collected,
 * and the run is over.
 */
#include "guest.h"

#define ORPHANS 1000

int main(void)
{
	const int priority = 50;
	int go[2], gone[2];
	char byte;

	CHECK(pipe(go) == 0 && pipe(gone) == 0);
	CHECK(raw(SYS_sched_setscheduler, 0, SCHED_FIFO, (long)&priority, 0, 0, 0) == 0);
	for (int i = 0; i < ORPHANS; i++) {
		const pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			if (fork() == 0) {
				close(go[1]);
				(void)!read(go[0], &byte, 1);
			}
			_exit(0);
		}
		CHECK(waitpid(child, NULL, 0) == child);
	}
	close(go[1]);
	close(gone[1]);
	CHECK(read(gone[0], &byte, 1) == 0); /* none of them has it any more */
	nanosleep(&(struct timespec){ .tv_nsec = 400000 }, NULL);
	return 0;
}
