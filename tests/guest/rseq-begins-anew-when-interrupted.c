/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq-begins-anew-when-interrupted - restartable sequences: registering, every refusal, and a
 * sequence that a signal interrupts: it goes to its abort address, and what it would have committed
 * is not there. After execve nothing is registered.
 */
#include "guest.h"

#include <sys/time.h>

#define SIGNATURE 0x53053053U

struct area {
	uint32_t cpu_id_start, cpu_id;
	uint64_t cs;
	uint32_t flags, pad[3];
};

struct sequence {
	uint32_t version, flags;
	uint64_t start, length, abort;
};

static struct area area __attribute__((aligned(32)));
static struct area other __attribute__((aligned(32)));
static struct sequence sequence __attribute__((aligned(32)));
static volatile int ticks;

static long rseq(struct area *a, unsigned len, int flags, unsigned signature)
{
	return syscall(SYS_rseq, a, len, flags, signature);
}

static void tick(int sig)
{
	(void)sig;
	ticks++;
	CHECK(area.cs == 0); /* it is over before the handler runs */
}

/*
 * Spins inside the sequence until somebody interrupts it. 1: it was sent to its end by the kernel.
 */
static int spin(void)
{
#ifdef __riscv
	long aborted;

	__asm__ volatile("	la	t0, 1f\n"
			 "	sd	t0, 8(%2)\n"
			 "	la	t1, 2f\n"
			 "	sub	t1, t1, t0\n"
			 "	sd	t1, 16(%2)\n"
			 "	la	t1, 4f\n"
			 "	sd	t1, 24(%2)\n"
			 "	sd	%2, 8(%1)\n"
			 "1:	j	1b\n"
			 "2:	li	%0, 0\n"
			 "	j	5f\n"
			 "	.balign	4\n"
			 "	.word	0x53053053\n"
			 "4:	li	%0, 1\n"
			 "5:\n"
			 : "=&r"(aborted)
			 : "r"(&area), "r"(&sequence)
			 : "t0", "t1", "memory");
	return (int)aborted;
#else
	return (int)sequence.version + 1;
#endif
}

static void with_a_wrong_signature(void)
{
	const struct itimerval soon = { .it_value = { 0, 2000 } };

	CHECK(rseq(&area, 32, 1, SIGNATURE) == 0 && rseq(&area, 32, 0, SIGNATURE + 1) == 0);
	CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	spin();
}

static void from_a_child(void)
{
	REFUSED(rseq(&area, 32, 0, SIGNATURE), EBUSY); /* fork keeps it */
}

static char *self;

static void execs(void)
{
	char *const args[] = { self, (char *)"again", NULL };

	execv(self, args);
	_exit(2);
}

static int in_a_thread(void *unused)
{
	(void)unused;
	return raw(SYS_rseq, (long)&other, 32, 0, SIGNATURE, 0, 0) == 0 ? 0 : 1; /* a thread has none yet */
}

int main(int argc, char **argv)
{
	const struct itimerval soon = { .it_value = { 0, 2000 } };
	static struct thread thread;

	if (argc > 1)
		return rseq(&area, 32, 0, SIGNATURE) == 0 ? 0 : 1;
	self = argv[0];
	REFUSED(rseq(&area, 32, 2, SIGNATURE), EINVAL);
	REFUSED(rseq(&area, 32, 1, SIGNATURE), EINVAL); /* not registered */
	REFUSED(rseq(&area, 31, 0, SIGNATURE), EINVAL);
	REFUSED(rseq((struct area *)((char *)&area + 8), 32, 0, SIGNATURE), EINVAL);
	REFUSED(rseq((struct area *)KERNEL_ADDRESS, 32, 0, SIGNATURE), EFAULT);
	area.cpu_id = area.cpu_id_start = 77;
	CHECK(rseq(&area, 32, 0, SIGNATURE) == 0);
	CHECK(area.cpu_id == 0 && area.cpu_id_start == 0);
	REFUSED(rseq(&area, 32, 0, SIGNATURE), EBUSY);
	REFUSED(rseq(&area, 32, 0, SIGNATURE + 1), EPERM);
	REFUSED(rseq(&other, 32, 0, SIGNATURE), EINVAL);
	REFUSED(rseq(&area, 32, 1, SIGNATURE + 1), EPERM);
	REFUSED(rseq(&area, 32, 3, SIGNATURE), EINVAL);
	CHECK(signal(SIGALRM, tick) != SIG_ERR);
	for (int i = 1; i <= 3; i++) {
		CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
		/* Losing the processor to another task ends it, too. */
		do
			CHECK(spin() == 1 && area.cs == 0);
		while (ticks < i);
	}
	CHECK(exited_with(status_of(from_a_child), 0) && exited_with(status_of(execs), 0));
	other.cpu_id = 77;
	thread_start(&thread, in_a_thread, NULL);
	thread_join(&thread);
	CHECK(other.cpu_id == 0);
	/* A signature that is not the one before the abort address: no way to go on. */
	CHECK(killed_by(status_of(with_a_wrong_signature), SIGSEGV));
	CHECK(rseq(&area, 32, 1, SIGNATURE) == 0 && area.cpu_id == (uint32_t)-1);
	REFUSED(rseq(&area, 32, 1, SIGNATURE), EINVAL);
	return 0;
}
