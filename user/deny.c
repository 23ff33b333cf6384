/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deny - ERRNO, with a filter written out in full: write() to descriptor
 * 1 is refused, all else runs.
 *
 * Look for: the kernel's line names the call with its arguments, the answer, the filter that gave
 * it, and which of its instructions did (pc=4). The program sees an ordinary error.
 */
#include "toy.h"

/* Jumps skip instructions: so many when the accumulator equals k, so many when not. */
static struct sock_filter code[] = {
	/* 0 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	/* 1 */ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 0, 3),
	/* 2 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
	/* 3 */ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, STDOUT_FILENO, 0, 1),
	/* 4 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
	/* 5 */ BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

int main(void)
{
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	EXPECT(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);

	if (write(STDOUT_FILENO, "hello\n", 6) >= 0 || errno != EACCES)
		return 1;
	say_to(STDERR_FILENO, "deny: write to 1: %s; to 2 it works\n", strerror(EACCES));
	return 0;
}
