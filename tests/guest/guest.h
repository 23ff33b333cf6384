/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest.h - what the programs of this folder share.
 *
 * Each program is one claim about Linux, checked on Portcullis and on the build
 * machine's own kernel; NAME.expect says how it must end. A program that finds
 * its claim false prints one line and exits with 1. What differs between
 * riscv64 and x86-64 is here, so that the claims need not know.
 */
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef SYS_SECCOMP
#define SYS_SECCOMP 1
#endif
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#define FLAG_PRIVATE_SELF (1UL << 24) /* Portcullis's own */

/* No user program may touch it: the kernel's half of the address space on both machines. */
#define KERNEL_ADDRESS 0xffffffff80200000UL

#define CHECK(condition)                                                                                     \
	do {                                                                                                 \
		if (!(condition)) {                                                                          \
			dprintf(2, "%s:%d: not so: %s (errno %d)\n", __FILE__, __LINE__, #condition, errno); \
			_exit(1);                                                                            \
		}                                                                                            \
	} while (0)

/* The call must fail with this errno. */
#define REFUSED(call, number)                                                                                          \
	do {                                                                                                           \
		errno = 0;                                                                                             \
		const long result_ = (long)(call);                                                                     \
		if (result_ != -1 || errno != (number)) {                                                              \
			dprintf(2, "%s:%d: not refused with %s: %s gave %ld, errno %d\n", __FILE__, __LINE__, #number, \
				#call, result_, errno);                                                                \
			_exit(1);                                                                                      \
		}                                                                                                      \
	} while (0)

/* --- the machine ------------------------------------------------------------------ */

#ifdef __riscv
#define NATIVE_ARCH AUDIT_ARCH_RISCV64
#define TRAP_RESULT(nr, arg0) ((void)(nr), (long)(arg0)) /* of a trapped call nobody answers */
#define UC_RESULT(uc) ((uc)->uc_mcontext.__gregs[REG_A0])
#define UC_PC(uc) ((uc)->uc_mcontext.__gregs[REG_PC])
#define UNDEFINED_INSTRUCTION ".word 0xffffffff"
#define BREAKPOINT "ebreak"

/* The kernel's own answer: a result, or -errno; all 64 bits of nr reach the register. */
static inline long raw(long nr, long a, long b, long c, long d, long e, long f)
{
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;
	register long a7 __asm__("a7") = nr;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7) : "memory");
	return a0;
}
#else
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#define TRAP_RESULT(nr, arg0) ((void)(arg0), (long)(nr))
#define UC_RESULT(uc) ((uc)->uc_mcontext.gregs[REG_RAX])
#define UC_PC(uc) ((uc)->uc_mcontext.gregs[REG_RIP])
#define UNDEFINED_INSTRUCTION "ud2"
#define BREAKPOINT "int3"

static inline long raw(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;

	__asm__ volatile("syscall"
			 : "+a"(nr)
			 : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return nr;
}
#endif

static inline long raw0(long nr)
{
	return raw(nr, 0, 0, 0, 0, 0, 0);
}

static inline long raw1(long nr, long a)
{
	return raw(nr, a, 0, 0, 0, 0, 0);
}

/* --- filters ---------------------------------------------------------------------- */

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)
#define LOAD_NR LOAD(offsetof(struct seccomp_data, nr))
#define ARG_LOW(i) (offsetof(struct seccomp_data, args) + 8 * (i))
#define ARG_HIGH(i) (ARG_LOW(i) + 4)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)
#define SKIP_UNLESS(value, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, n)
#define ALLOW RETURN(SECCOMP_RET_ALLOW)
#define ERRNO(number) (SECCOMP_RET_ERRNO | (number))
/* A whole program: this action for this call, ALLOW for all others. */
#define ON(number, action) LOAD_NR, SKIP_UNLESS(number, 1), RETURN(action), ALLOW

static inline long seccomp(unsigned operation, unsigned flags, const void *argument)
{
	return syscall(SYS_seccomp, operation, flags, argument);
}

static inline long install_filter(unsigned flags, const struct sock_filter *filter, size_t length)
{
	const struct sock_fprog program = { (unsigned short)length, (struct sock_filter *)(uintptr_t)filter };

	return seccomp(SECCOMP_SET_MODE_FILTER, flags, &program);
}

/* seccomp(2)'s result for a program written out as its instructions. */
#define INSTALL(flags, ...)                                                           \
	__extension__({                                                               \
		const struct sock_filter filter_[] = { __VA_ARGS__ };                 \
		install_filter(flags, filter_, sizeof(filter_) / sizeof(filter_[0])); \
	})

/* The same in a thread that should use raw(): the result, or -errno. */
#define INSTALL_RAW(flags, ...)                                                                  \
	__extension__({                                                                          \
		const struct sock_filter filter_[] = { __VA_ARGS__ };                            \
		const struct sock_fprog program_ = { sizeof(filter_) / sizeof(filter_[0]),       \
						     (struct sock_filter *)(uintptr_t)filter_ }; \
		raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, (long)&program_, 0, 0, 0);      \
	})

static inline void set_no_new_privs(void)
{
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
}

/* Gives up whatever a process without no_new_privs may install filters by. */
static inline void drop_privileges(void)
{
	CHECK(syscall(SYS_setgid, 65534) == 0);
	CHECK(syscall(SYS_setuid, 65534) == 0);
}

/* --- processes and threads -------------------------------------------------------- */

/* A child that runs body and exits with 0 if it returns. */
static inline pid_t child_of(void (*body)(void))
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		body();
		_exit(0);
	}
	return child;
}

/* The wait status of a child, when it has ended. */
static inline int end_of(pid_t child)
{
	int status;

	CHECK(waitpid(child, &status, 0) == child);
	return status;
}

/* How a child that runs body ends. */
static inline int status_of(void (*body)(void))
{
	return end_of(child_of(body));
}

static inline int exited_with(int status, int code)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

static inline int killed_by(int status, int number)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == number;
}

struct thread {
	volatile pid_t tid; /* the kernel clears it when the thread is gone */
	char stack[32768] __attribute__((aligned(16)));
};

#define THREAD_FLAGS                                                                                              \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_PARENT_SETTID | \
	 CLONE_CHILD_CLEARTID)

/* Starts function(argument) in a thread that shares errno with its maker: it should use raw(). */
static inline void thread_start(struct thread *thread, int (*function)(void *), void *argument)
{
	CHECK(clone(function, thread->stack + sizeof(thread->stack), THREAD_FLAGS, argument, &thread->tid, NULL,
		    &thread->tid) > 0);
}

static inline void thread_join(struct thread *thread)
{
	for (pid_t tid; (tid = thread->tid) != 0;)
		raw(SYS_futex, (long)&thread->tid, FUTEX_WAIT, tid, 0, 0, 0);
}

/* For threads, as raw() is; shorter than a second. */
static inline void pause_for(long ns)
{
	const struct timespec time = { 0, ns };

	raw(SYS_nanosleep, (long)&time, 0, 0, 0, 0, 0);
}

/* The caller runs as soon as it wakes, if it may, and others only while it sleeps. */
static inline void come_first(void)
{
	const struct sched_param most = { 1 };

	raw(SYS_sched_setscheduler, 0, SCHED_FIFO, (long)&most, 0, 0, 0);
}

/* Takes processor time. Under an emulator it passes faster in straight lines than in loops. */
static inline void compute(void)
{
	__asm__ volatile(".rept 4000\n\tnop\n\t.endr");
}

static inline void sleep_ms(long milliseconds)
{
	const struct timespec wanted = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&wanted, NULL);
}

/* Waits, however long it takes, until the thread sleeps in a call. */
static inline void until_asleep(pid_t tid)
{
	char path[32], text[256];
	const char *state;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)tid);
	do {
		sleep_ms(1);
		fd = open(path, O_RDONLY);
		n = read(fd, text, sizeof(text) - 1);
		CHECK(n > 0 && close(fd) == 0);
		text[n] = 0;
		state = strrchr(text, ')');
	} while (state == NULL || state[2] != 'S');
}

#define UNTIL(condition)     \
	while (!(condition)) \
	sleep_ms(1)
