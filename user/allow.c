/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * allow - ALLOW, by a list: a program that may write and end, and nothing else.
 *
 * Look for: only what is not on the list makes the kernel speak. The filter
 * begins with the architecture, because a number means another call on another
 * one; every filter that is to hold must.
 */
#include "toy.h"

#include <fcntl.h>

#ifdef __riscv
#define ARCH AUDIT_ARCH_RISCV64
#else
#define ARCH AUDIT_ARCH_X86_64
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_EQUAL(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, yes, no)
#define RETURN(answer) BPF_STMT(BPF_RET | BPF_K, answer)

static struct sock_filter code[] = {
	LOAD(arch),
	IF_EQUAL(ARCH, 1, 0),
	RETURN(SECCOMP_RET_KILL_PROCESS),
	LOAD(nr),
	IF_EQUAL(SYS_write, 2, 0),
	IF_EQUAL(SYS_exit_group, 1, 0),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	RETURN(SECCOMP_RET_ALLOW),
};

int main(void)
{
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	EXPECT(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);

	say("allow: write() is on the list, so you can read this\n");
	EXPECT(open("/etc/passwd", O_RDONLY) == -1 && errno == EPERM);
	say("allow: openat() is not: %s\n", strerror(EPERM));
	return 0;
}
