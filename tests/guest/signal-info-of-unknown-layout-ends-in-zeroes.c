/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-info-of-unknown-layout-ends-in-zeroes - what rt_sigqueueinfo is given has 48 bytes where
 * signal and code are known; of other codes all 128 are read, and those behind must be zero.
 */
#include "guest.h"

#define WHOLE 128
#define KNOWN 48

static union {
	int word[WHOLE / 4];
	char byte[WHOLE];
} * info;

/*
 * The errno with which the signal NUMBER with CODE is refused when there is something behind; 0: it
 * is not.
 */
static int refused(int number, int code)
{
	const struct timespec now = { 0, 0 };
	uint64_t all = ~0UL;
	long result;

	info->word[0] = number;
	info->word[2] = code;
	result = raw(SYS_rt_sigqueueinfo, getpid(), number, (long)info, 0, 0, 0);
	if (result == 0)
		CHECK(raw(SYS_rt_sigtimedwait, (long)&all, 0, (long)&now, sizeof(all), 0, 0) == number);
	return (int)-result;
}

/* Codes 1 to LIMIT of the signal are known, those behind are not. */
static int known_up_to(int number, int limit)
{
	return refused(number, 1) == 0 && refused(number, limit) == 0 && refused(number, limit + 1) == E2BIG;
}

int main(void)
{
	char *const pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const uint64_t all = ~0UL;

	CHECK(pages != MAP_FAILED && munmap(pages + 4096, 4096) == 0);
	CHECK(raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&all, 0, sizeof(all), 0, 0) == 0);
	for (int at = KNOWN; at < WHOLE; at += WHOLE - 1 - KNOWN) {
		info = (void *)(pages + 1024);
		memset(info, 0, WHOLE);
		info->byte[at] = 1;
		CHECK(known_up_to(SIGILL, 11) && known_up_to(SIGFPE, 15) && known_up_to(SIGBUS, 5));
		CHECK(known_up_to(SIGTRAP, 6) && known_up_to(SIGCHLD, 6) && known_up_to(SIGSYS, 2));
		CHECK(known_up_to(SIGUSR1, 6) && known_up_to(SIGRTMIN + 2, 6)); /* as of SIGPOLL */
		CHECK(refused(SIGSEGV, 9) == 0 && refused(SIGSEGV, 11) == E2BIG);
		CHECK(refused(SIGUSR1, 0x80) == 0); /* SI_KERNEL */
		CHECK(refused(SIGUSR1, SI_USER) == 0 && refused(SIGUSR1, SI_QUEUE) == 0);
		CHECK(refused(SIGUSR1, -7) == 0 && refused(SIGUSR1, -8) == E2BIG); /* SI_DETHREAD */
		CHECK(refused(SIGUSR1, -60) == 0 && refused(SIGUSR1, -61) == E2BIG && refused(SIGUSR1, -59) == E2BIG);
		info->byte[at] = 0;
		CHECK(refused(SIGUSR1, 7) == 0 && refused(SIGUSR1, -8) == 0);
	}
	info = (void *)(pages + 4096 - KNOWN);
	memset(info, 0, KNOWN);
	CHECK(refused(SIGUSR1, SI_QUEUE) == 0);
	CHECK(refused(SIGUSR1, -8) == EFAULT);
	info = (void *)(pages + 4096 - KNOWN + 4);
	CHECK(raw(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, (long)info, 0, 0, 0) == -EFAULT);
	return 0;
}
