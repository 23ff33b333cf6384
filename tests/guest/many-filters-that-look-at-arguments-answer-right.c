/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-filters-that-look-at-arguments-answer-right - what a kernel makes of filters to be quicker,
 * it makes of so many only as it has room for; each process gets the answers of its own filter,
 * also when others have come and gone.
 */
#include "guest.h"

#define PROCESSES 40
#define FIRST_NR 470 /* of numbers that are no calls */
#define NUMBERS 40
#define VALUES 40

struct shared {
	volatile int phase;
	volatile int ready; /* processes that have done what the phase wants */
};

static struct shared *shared;

/* The I-th of the values, from low to high, that filter K refuses of number FIRST_NR + N. */
static uint32_t value(int k, int n, int i)
{
	return (uint32_t)i * 0x01234567 + (uint32_t)(k * NUMBERS + n);
}

/*
 * Filters of different lengths, so that what is made of them fills no place of another's exactly.
 */
static int numbers_of(int k)
{
	return 3 + k * 7 % (NUMBERS - 3);
}

static void install(int k)
{
	static struct sock_filter filter[4096];
	unsigned short length = 0;

	filter[length++] = (struct sock_filter)LOAD_NR;
	for (int n = 0; n < numbers_of(k); n++) {
		filter[length++] = (struct sock_filter)SKIP_UNLESS(FIRST_NR + (unsigned)n, VALUES + 3);
		filter[length++] = (struct sock_filter)LOAD(ARG_LOW(0));
		for (int i = 0; i < VALUES; i++)
			filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value(k, n, i),
									(unsigned char)(VALUES - i), 0);
		filter[length++] = (struct sock_filter)ALLOW;
		filter[length++] = (struct sock_filter)RETURN(ERRNO((unsigned)n + 1));
	}
	filter[length++] = (struct sock_filter)ALLOW;
	CHECK(install_filter(0, filter, length) == 0);
}

static void ask(int k)
{
	for (int n = 0; n < NUMBERS; n++)
		for (int i = 0; i < VALUES; i += 7) {
			const uint32_t v = value(k, n, i);

			CHECK(raw1(FIRST_NR + n, v) == (n < numbers_of(k) ? -n - 1 : -ENOSYS));
			CHECK(raw1(FIRST_NR + n, v + 0x10000000) == -ENOSYS);
		}
}

static void wait_for_phase(int phase)
{
	__atomic_add_fetch(&shared->ready, 1, __ATOMIC_SEQ_CST);
	UNTIL(shared->phase >= phase);
}

/* Half of the first ones leave before the second ones come. */
static void process(int k, int first)
{
	install(k);
	ask(k);
	wait_for_phase(first + 1);
	if (k % 2 == first)
		return;
	ask(k);
}

static void start(int from, int phase)
{
	for (int k = from; k < from + PROCESSES / 2; k++) {
		const pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			process(k, phase);
			_exit(0);
		}
	}
	UNTIL(shared->ready == PROCESSES / 2);
	shared->ready = 0;
	shared->phase = phase + 1;
}

int main(void)
{
	int status;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	set_no_new_privs();
	start(0, 0);
	start(PROCESSES / 2, 1);
	for (int k = 0; k < PROCESSES; k++) {
		CHECK(wait(&status) > 0);
		CHECK(exited_with(status, 0));
	}
	return 0;
}
