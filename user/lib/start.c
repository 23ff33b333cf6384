/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * start.c - from the kernel's first stack to main(), and out again.
 *
 * Called by _start in crt0.S. Sets up the one thread-local block before
 * anything may touch errno. Threads made with clone() share that block, as
 * they do on glibc without CLONE_SETTLS.
 */
#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "numbers.h"

_Static_assert(NR_EXIT == SYS_exit && NR_CLONE == SYS_clone, "crt0.S uses these");

/* From user.ld: the initialised part, and the block that tp points at. */
extern char __tdata_start[], __tdata_end[], __tls_block[];

int main(int argc, char **argv, char **envp);
void __libc_init_array(void);
_Noreturn void __start(uint64_t *stack);
long __syscall_failed(long error);

static Elf64_auxv_t *auxv;

_Noreturn void __start(uint64_t *stack)
{
	const int argc = (int)stack[0];
	char **argv = (char **)(stack + 1);
	char **end;

	/* By hand: a library memcpy may be called only once tp is set. */
	for (char *from = __tdata_start, *to = __tls_block; from < __tdata_end;)
		*to++ = *from++;
	__asm__ volatile("mv tp, %0" : : "r"(__tls_block) : "memory");

	environ = argv + argc + 1;
	for (end = environ; *end != NULL; end++)
		;
	auxv = (Elf64_auxv_t *)(end + 1);
	__libc_init_array();
	exit(main(argc, argv, environ));
}

/* Tail-called by crt0.S with the kernel's negative answer: sets errno, returns -1. */
long __syscall_failed(long error)
{
	errno = (int)-error;
	return -1;
}

unsigned long getauxval(unsigned long type)
{
	for (const Elf64_auxv_t *a = auxv; a->a_type != AT_NULL; a++)
		if (a->a_type == type)
			return a->a_un.a_val;
	errno = ENOENT;
	return 0;
}

_Noreturn void _exit(int status)
{
	for (;;)
		syscall(SYS_exit_group, status);
}
