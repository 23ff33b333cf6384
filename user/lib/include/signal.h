/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h - signals under POSIX's names; numbers and bytes are
 * abi/signal.h's, which signal.c asserts.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include <abi/signal.h>

#define NSIG (_NSIG + 1)

typedef int sig_atomic_t;
typedef unsigned long sigset_t;
#define _SIGSET_T_DECLARED

union sigval {
	int sival_int;
	void *sival_ptr;
};
typedef union sigval sigval_t;

typedef struct {
	int si_signo;
	int si_errno;
	int si_code;
	int __pad;
	union {
		struct {
			union {
				pid_t si_pid;
				int si_tid;
			};
			union {
				unsigned si_uid;
				int si_overrun;
			};
			union {
				union sigval si_value;
				int si_int;
				void *si_ptr;
				int si_status;
			};
			long si_utime;
			long si_stime;
		};
		void *si_addr;
		struct {
			long si_band;
			int si_fd;
		};
		struct {
			void *si_call_addr;
			int si_syscall;
			unsigned si_arch;
		};
		char __bytes[SI_MAX_SIZE - 16];
	};
} siginfo_t;

typedef struct {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;

typedef void (*sighandler_t)(int);

struct sigaction {
	union {
		sighandler_t sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *);
	};
	sigset_t sa_mask;
	int sa_flags;
};

#define SIG_DFL ((sighandler_t)0)
#define SIG_IGN ((sighandler_t)1)
#define SIG_ERR ((sighandler_t)-1)

struct timespec;

int kill(pid_t pid, int number);
int tgkill(pid_t group, pid_t thread, int number);
int raise(int number);
sighandler_t signal(int number, sighandler_t handler);
int sigaction(int number, const struct sigaction *new_action, struct sigaction *old_action);
int sigprocmask(int how, const sigset_t *new_set, sigset_t *old_set);
int sigpending(sigset_t *set);
int sigsuspend(const sigset_t *mask);
int sigwaitinfo(const sigset_t *set, siginfo_t *info);
int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout);
int sigqueue(pid_t pid, int number, const union sigval value);
int sigaltstack(const stack_t *new_stack, stack_t *old_stack);
void psignal(int number, const char *what);

static inline int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

static inline int sigfillset(sigset_t *set)
{
	*set = ~0UL;
	return 0;
}

static inline int sigaddset(sigset_t *set, int number)
{
	*set |= 1UL << (number - 1);
	return 0;
}

static inline int sigdelset(sigset_t *set, int number)
{
	*set &= ~(1UL << (number - 1));
	return 0;
}

static inline int sigismember(const sigset_t *set, int number)
{
	return (*set >> (number - 1)) & 1;
}
