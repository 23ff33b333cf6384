/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * programs-of-equal-hash-are-told-apart - Portcullis finds equal programs by a hash; here are two
 * whose hashes are the same, one installed while the other is in use: each has its own answer.
 * (With another hash they are just two programs.)
 */
#include "guest.h"

#define MULTIPLIER 0x9e3779b97f4a7c15U /* of kernel/gate/program.c */
#define LENGTH 5

static uint64_t whole(struct sock_filter i)
{
	uint64_t word;

	memcpy(&word, &i, sizeof(word));
	return word;
}

/*
 * getppid answers ERRNO(err). The instruction behind that is never reached: its k may be anything.
 */
static void write_program(struct sock_filter *p, int err, uint32_t unreached)
{
	const struct sock_filter program[LENGTH] = {
		LOAD_NR, SKIP_UNLESS(SYS_getppid, 2), RETURN(ERRNO(err)), BPF_STMT(BPF_LD | BPF_IMM, unreached), ALLOW,
	};

	memcpy(p, program, sizeof(program));
}

static uint64_t hash_of(const struct sock_filter *p, unsigned n)
{
	uint64_t hash = LENGTH;

	for (unsigned i = 0; i < n; i++)
		hash = (hash ^ whole(p[i])) * MULTIPLIER;
	return hash;
}

/*
 * Two programs of one instruction, also of equal hash: one allows everything, the other refuses it.
 * What a return has as jumps means nothing.
 */
static void check_first_instruction(void)
{
	const struct sock_filter allow = { BPF_RET | BPF_K, 0xac, 0x66, SECCOMP_RET_ALLOW | 0x775 },
				 refuse = RETURN(ERRNO(1));
	volatile long *const seen = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child;

	CHECK(seen != MAP_FAILED);
	CHECK((uint32_t)((1 ^ whole(allow)) * MULTIPLIER >> 32) == (uint32_t)((1 ^ whole(refuse)) * MULTIPLIER >> 32));
	CHECK(install_filter(0, &allow, 1) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		if (install_filter(0, &refuse, 1) != 0)
			_exit(1);
		*seen = raw0(SYS_getppid);
		for (;;)
			compute();
	}
	UNTIL(*seen != 0);
	CHECK(*seen == -1 && kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
}

int main(void)
{
	struct sock_filter one[LENGTH], other[LENGTH];
	uint64_t difference;
	int go[2], status;
	char byte;
	pid_t pid;

	write_program(one, 1, 0);
	write_program(other, 2, 0);
	/*
	 * They differ in the upper half of an instruction, and so do the hashes up to it; the
	 * next one's upper half undoes that.
	 */
	difference = hash_of(one, 3) ^ hash_of(other, 3);
	CHECK((uint32_t)difference == 0 && difference != 0);
	write_program(other, 2, (uint32_t)(difference >> 32));
	CHECK(hash_of(one, LENGTH) == hash_of(other, LENGTH));

	set_no_new_privs();
	CHECK(exited_with(status_of(check_first_instruction), 0));
	CHECK(pipe(go) == 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		close(go[1]);
		CHECK(install_filter(0, one, LENGTH) == 0);
		CHECK(raw0(SYS_getppid) == -1);
		CHECK(read(go[0], &byte, 1) == 1);
		CHECK(raw0(SYS_getppid) == -1);
		return 0;
	}
	sleep_ms(20);
	CHECK(install_filter(0, other, LENGTH) == 0);
	CHECK(raw0(SYS_getppid) == -2 && raw0(SYS_getpid) > 0);
	CHECK(write(go[1], "", 1) == 1);
	CHECK(waitpid(pid, &status, 0) == pid && exited_with(status, 0));
	return 0;
}
