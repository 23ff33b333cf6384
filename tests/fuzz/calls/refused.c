/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refused.c - a filter whose refusals leave a trace when they do not hold: files with names that
 * no other call makes. It refuses by number, and by an argument: with an error, a signal and the
 * process's death. None is TRACE or USER_NOTIF, which somebody may overrule.
 */
#include "calls.h"

#define BY_ERRNO 0701
#define BY_TRAP 0702
#define BY_DEATH 0703

bool refuse(void)
{
	const struct sock_filter filter[] = {
		LOAD_NR,
		SKIP_UNLESS(SYS_symlinkat, 1),
		RETURN(ERRNO(78)),
		SKIP_UNLESS(SYS_mkdirat, 7),
		LOAD(ARG_LOW(2)),
		SKIP_UNLESS(BY_ERRNO, 1),
		RETURN(ERRNO(79)),
		SKIP_UNLESS(BY_TRAP, 1),
		RETURN(SECCOMP_RET_TRAP),
		SKIP_UNLESS(BY_DEATH, 1),
		RETURN(SECCOMP_RET_KILL_PROCESS),
		ALLOW,
	};
	const struct sock_fprog program = { COUNT_OF(filter), (struct sock_filter *)(uintptr_t)filter };

	return raw(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0) == 0 &&
	       raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (long)&program, 0, 0, 0) == 0;
}

static const char *const names[] = { FOLDER_OF_ROUNDS "/ran-number", FOLDER_OF_ROUNDS "/ran-errno",
				     FOLDER_OF_ROUNDS "/ran-trap", FOLDER_OF_ROUNDS "/ran-death" };

void try_refused(unsigned which)
{
	if (which == 0)
		raw(SYS_symlinkat, (long)"x", AT_FDCWD, (long)names[which], 0, 0, 0);
	else
		raw(SYS_mkdirat, AT_FDCWD, (long)names[which], BY_ERRNO + which - 1, 0, 0, 0);
}

const char *has_run(void)
{
	char stat[256];

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (raw(SYS_newfstatat, AT_FDCWD, (long)names[i], (long)stat, AT_SYMLINK_NOFOLLOW, 0, 0) == 0)
			return names[i];
	return NULL;
}
