/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * siginfo.c - copies a signal's info to and from user memory. There it has SI_MAX_SIZE bytes, of
 * which struct siginfo is the beginning. Called by the calls that take or give an info, and for
 * signal frames.
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
	default: /* of SIGTRAP, SIGCHLD, SIGPOLL; other signals may have the codes of SIGPOLL */
		return 6;
	}
}

/* Does the kernel know all bytes of an info with CODE for SIG? [known_siginfo_layout] */
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
