/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long-filters-give-way - filters of thousands of instructions that take long to look at, in as
 * many ways as there are to look: comparisons of many values for many numbers, a ladder of returns
 * that parts the numbers, returns that every number may come to. Then thousands of short ones on
 * one another, thousands of threads that get them at once, and thousands that look at an argument.
 * Others run meanwhile.
 */
#include "files.h"
#include "rows.h"

static struct sock_filter filter[4096];
static int length;

static void put(uint16_t code, uint32_t k, uint8_t jt, uint8_t jf)
{
	filter[length++] = (struct sock_filter){ code, jt, jf, k };
}

static void load(uint32_t offset)
{
	put(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void answer(uint32_t ret)
{
	put(BPF_RET | BPF_K, ret, 0, 0);
}

/* Twice, the second time on a stack, behind an ALLOW at its end. */
static void install_it(void)
{
	struct sock_fprog p = { .filter = filter };

	answer(SECCOMP_RET_ALLOW);
	p.len = (unsigned short)length;
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &p) == 0);
	(void)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &p); /* on a stack */
	raw(SYS_exit_group, 0, 0, 0, 0, 0, 0);
}

/* VALUES of the first argument are allowed, for each of NUMBERS. */
static void compare(uint32_t numbers, uint32_t values)
{
	for (uint32_t i = 0; i < numbers; i++) {
		load(0);
		put(BPF_JMP | BPF_JEQ | BPF_K, 300 + i, 1, 0);
		put(BPF_JMP | BPF_JA, values + 3, 0, 0);
		load(16);
		for (uint32_t v = 0; v < values; v++)
			put(BPF_JMP | BPF_JEQ | BPF_K, v * 7 + i, (uint8_t)(values - v), 0);
		answer(ERRNO(1));
		answer(SECCOMP_RET_ALLOW);
	}
}

static void many_values(void)
{
	compare(40, 60);
	install_it();
}

static void more_values(void)
{
	compare(16, 240);
	install_it();
}

static void ladder(void)
{
	load(0);
	for (uint32_t i = 0; i < 2040; i++) {
		put(BPF_JMP | BPF_JGT | BPF_K, 100000 - i, 0, 1);
		answer(ERRNO(i & 0xff));
	}
	install_it();
}

static void diamonds(void)
{
	load(0);
	put(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1);
	answer(SECCOMP_RET_ALLOW);
	for (uint32_t i = 0; i < 500; i++) {
		load(0);
		put(BPF_JMP | BPF_JSET | BPF_K, 1U << i % 9, 0, 2);
		load(16 + 8 * (i % 6));
		put(BPF_ST, i % 16, 0, 0);
		load(16 + 8 * (i % 5));
		put(BPF_JMP | BPF_JGE | BPF_K, (i + 1) * 99, 0, 1);
		answer(ERRNO(i));
	}
	install_it();
}

/* All numbers come to each return, and each return answers the same. */
static void the_same_again(void)
{
	for (uint32_t i = 0; i < 1360; i++) {
		load(16 + 4 * (i % 12));
		put(BPF_JMP | BPF_JEQ | BPF_K, 0xdeadbeef - i, 0, 1);
		answer(SECCOMP_RET_ALLOW);
	}
	install_it();
}

#ifdef __riscv
#define THREADS 3000
#define DEEP 3000
#define DEEP_BY_ARGUMENT 2100
#else
#define THREADS 50 /* elsewhere it only has to work */
#define DEEP 300
#define DEEP_BY_ARGUMENT 300
#endif
#define THREAD_STACK 512

static int sleep_for_ever(void *unused)
{
	(void)unused;
	for (;;)
		raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
	return 0;
}

/* The threads have the oldest filter, the caller all. */
static void share_a_deep_stack(void)
{
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	char *stacks = mmap(NULL, THREADS * THREAD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(stacks != MAP_FAILED);
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && INSTALL(0, ALLOW) == 0);
	for (long i = 1; i <= THREADS; i++)
		CHECK(clone(sleep_for_ever, stacks + i * THREAD_STACK, flags, NULL) > 0);
	for (int i = 0; i < DEEP; i++)
		CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	raw(SYS_exit_group, 0, 0, 0, 0, 0, 0);
}

/*
 * Each filter needs a piece of machine code that jumps to the one below. All of them are given up
 * together at the end. The second time, there is room only where those of the first were.
 */
static void look_at_arguments(void)
{
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	for (unsigned i = 0; i < DEEP_BY_ARGUMENT; i++)
		CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(i + 1, 1),
			      RETURN(ERRNO(1 + i % 100)), ALLOW) == 0);
	CHECK(raw1(SYS_getppid, 1) == -1 && raw1(SYS_getppid, DEEP_BY_ARGUMENT) == -1 - (DEEP_BY_ARGUMENT - 1) % 100);
	raw(SYS_exit_group, 0, 0, 0, 0, 0, 0);
}

int main(void)
{
	static const struct body all[] = {
		{ "values", many_values },
		{ "more", more_values },
		{ "ladder", ladder },
		{ "diamonds", diamonds },
		{ "same", the_same_again },
		{ "deep", share_a_deep_stack },
		{ "arguments", look_at_arguments },
		{ "arguments again", look_at_arguments },
	};

	return run_rows(all, COUNT_OF(all));
}
