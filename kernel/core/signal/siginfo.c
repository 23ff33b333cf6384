/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * siginfo.c - what is known of a signal, in the memory of programs: SI_MAX_SIZE bytes, of which
 * struct siginfo is the beginning.
 */
#include <stdbool.h>

#include "signal.h"
#include "usercopy.h"

#define SI_REST (SI_MAX_SIZE - sizeof(struct siginfo))

int siginfo_to_user(uint64_t to, const struct siginfo *info)
{
	return copy_to_user(to, info, sizeof(*info)) != 0 ? -EFAULT : clear_user(to + sizeof(*info), SI_REST);
}

/* The highest si_code that has a meaning for SIG. [sig_sicodes] */
static int code_limit(int sig)
{
	switch (sig) {
	case SIGILL:
		return 11;
	case SIGFPE:
		return 15;
	case SIGSEGV:
		return 10;
	case SIGBUS:
		return 5;
	case SIGSYS:
		return 2;
	default: /* SIGTRAP, SIGCHLD, SIGPOLL, and POLL_* for all others */
		return 6;
	}
}

/* [known_siginfo_layout] */
static bool layout_known(int sig, int code)
{
	if (code == SI_KERNEL)
		return true;
	if (code > SI_USER)
		return code <= code_limit(sig);
	return code >= SI_DETHREAD || code == -60 /* SI_ASYNCNL */;
}

int siginfo_from_user(struct siginfo *info, int sig, uint64_t from)
{
	uint8_t rest[SI_REST];

	if (copy_from_user(info, from, sizeof(*info)) != 0)
		return -EFAULT;
	info->si_signo = sig;
	if (layout_known(sig, info->si_code))
		return 0;
	if (copy_from_user(rest, from + sizeof(*info), sizeof(rest)) != 0)
		return -EFAULT;
	for (unsigned i = 0; i < sizeof(rest); i++)
		if (rest[i] != 0)
			return -E2BIG;
	return 0;
}
