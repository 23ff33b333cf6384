/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.h - signal numbers, flags, siginfo and the signal frame of riscv64.
 *
 * The kernel's view: user pointers are uint64_t. user/lib's <signal.h> gives
 * programs the same bytes under POSIX's names. riscv64 has no SA_RESTORER:
 * a handler returns into the vDSO, or, without one, into code the kernel
 * supplies. [asm-generic/signal.h, asm-generic/siginfo.h, asm/ucontext.h]
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <abi/ptrace.h>

#define _NSIG		64

#define SIGHUP		1
#define SIGINT		2
#define SIGQUIT		3
#define SIGILL		4
#define SIGTRAP		5
#define SIGABRT		6
#define SIGIOT		6
#define SIGBUS		7
#define SIGFPE		8
#define SIGKILL		9
#define SIGUSR1		10
#define SIGSEGV		11
#define SIGUSR2		12
#define SIGPIPE		13
#define SIGALRM		14
#define SIGTERM		15
#define SIGSTKFLT	16
#define SIGCHLD		17
#define SIGCONT		18
#define SIGSTOP		19
#define SIGTSTP		20
#define SIGTTIN		21
#define SIGTTOU		22
#define SIGURG		23
#define SIGXCPU		24
#define SIGXFSZ		25
#define SIGVTALRM	26
#define SIGPROF		27
#define SIGWINCH	28
#define SIGIO		29
#define SIGPOLL		SIGIO
#define SIGPWR		30
#define SIGSYS		31
#define SIGRTMIN	32
#define SIGRTMAX	_NSIG

#define SA_NOCLDSTOP		0x00000001
#define SA_NOCLDWAIT		0x00000002
#define SA_SIGINFO		0x00000004
#define SA_UNSUPPORTED		0x00000400
#define SA_EXPOSE_TAGBITS	0x00000800
#define SA_ONSTACK		0x08000000
#define SA_RESTART		0x10000000
#define SA_NODEFER		0x40000000
#define SA_RESETHAND		0x80000000

#define SIG_BLOCK	0
#define SIG_UNBLOCK	1
#define SIG_SETMASK	2

#define SS_ONSTACK	1
#define SS_DISABLE	2
#define SS_AUTODISARM	0x80000000

#define MINSIGSTKSZ	2048
#define SIGSTKSZ	8192

#define SI_USER		0
#define SI_KERNEL	0x80
#define SI_QUEUE	(-1)
#define SI_TIMER	(-2)
#define SI_MESGQ	(-3)
#define SI_ASYNCIO	(-4)
#define SI_SIGIO	(-5)
#define SI_TKILL	(-6)
#define SI_DETHREAD	(-7)

#define ILL_ILLOPC	1
#define ILL_ILLOPN	2
#define ILL_ILLADR	3
#define ILL_ILLTRP	4
#define ILL_PRVOPC	5
#define ILL_PRVREG	6
#define ILL_COPROC	7
#define ILL_BADSTK	8

#define FPE_INTDIV	1
#define FPE_INTOVF	2
#define FPE_FLTDIV	3
#define FPE_FLTOVF	4
#define FPE_FLTUND	5
#define FPE_FLTRES	6
#define FPE_FLTINV	7
#define FPE_FLTSUB	8

#define SEGV_MAPERR	1
#define SEGV_ACCERR	2

#define BUS_ADRALN	1
#define BUS_ADRERR	2
#define BUS_OBJERR	3

#define TRAP_BRKPT	1
#define TRAP_TRACE	2
#define TRAP_BRANCH	3
#define TRAP_HWBKPT	4
#define TRAP_UNK	5

#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_TRAPPED	4
#define CLD_STOPPED	5
#define CLD_CONTINUED	6

#define POLL_IN		1
#define POLL_OUT	2
#define POLL_MSG	3
#define POLL_ERR	4
#define POLL_PRI	5
#define POLL_HUP	6

#define SYS_SECCOMP		1
#define SYS_USER_DISPATCH	2
#define SYS_USER_DISPATCH	2

#define SIGEV_SIGNAL	0
#define SIGEV_NONE	1
#define SIGEV_THREAD	2
#define SIGEV_THREAD_ID	4

/* What rt_sigaction takes; the mask's size is its fourth argument, always 8. */
struct kernel_sigaction {
	uint64_t sa_handler;		/* 0 SIG_DFL, 1 SIG_IGN, else an address */
	uint64_t sa_flags;
	uint64_t sa_mask;		/* bit n - 1 is signal n */
};

/* Linux's stack_t. */
struct sigaltstack {
	uint64_t ss_sp;
	int32_t	 ss_flags;
	uint32_t __pad;
	uint64_t ss_size;
};

/*
 * What Linux's siginfo_t begins with; up to SI_MAX_SIZE bytes of zeroes follow in user memory. The
 * arms of the union are Linux's; bytes that an arm does not name must be 0. [kernel_siginfo]
 */
#define SI_MAX_SIZE	128

struct siginfo {
	int32_t	 si_signo;
	int32_t	 si_errno;
	int32_t	 si_code;
	uint32_t __pad;
	union {
		struct {			/* kill, tgkill, rt_sigqueueinfo */
			int32_t	 si_pid;
			uint32_t si_uid;
			uint64_t si_value;
		};
		struct {			/* POSIX timers */
			int32_t	 si_tid;
			int32_t	 si_overrun;
			uint64_t si_timer_value;
		};
		struct {			/* SIGCHLD */
			int32_t	 si_child_pid;
			uint32_t si_child_uid;
			int32_t	 si_status;
			int32_t	 __pad2;
			int64_t	 si_utime;
			int64_t	 si_stime;
		};
		struct {			/* SIGILL, SIGFPE, SIGSEGV, SIGBUS, SIGTRAP */
			uint64_t si_addr;
		};
		struct {			/* SIGPOLL */
			int64_t	 si_band;
			int32_t	 si_fd;
		};
		struct {			/* SIGSYS */
			uint64_t si_call_addr;
			int32_t	 si_syscall;
			uint32_t si_arch;
		};
		uint8_t _si_pad[32];
	};
};

/* What reading a signalfd gives. [linux/signalfd.h] */
struct signalfd_siginfo {
	uint32_t ssi_signo;
	int32_t	 ssi_errno;
	int32_t	 ssi_code;
	uint32_t ssi_pid;
	uint32_t ssi_uid;
	int32_t	 ssi_fd;
	uint32_t ssi_tid;
	uint32_t ssi_band;
	uint32_t ssi_overrun;
	uint32_t ssi_trapno;
	int32_t	 ssi_status;
	int32_t	 ssi_int;
	uint64_t ssi_ptr;
	uint64_t ssi_utime;
	uint64_t ssi_stime;
	uint64_t ssi_addr;
	uint16_t ssi_addr_lsb;
	uint16_t __pad2;
	int32_t	 ssi_syscall;
	uint64_t ssi_call_addr;
	uint32_t ssi_arch;
	uint8_t	 __pad[28];
};

struct sigevent {
	uint64_t sigev_value;
	int32_t	 sigev_signo;
	int32_t	 sigev_notify;
	union {
		int32_t sigev_notify_thread_id;
		uint8_t _sigev_pad[48];
	};
};

struct sigcontext {
	struct user_regs_struct sc_regs;
	union __riscv_fp_state	sc_fpregs;
};

struct ucontext {
	uint64_t	   uc_flags;
	uint64_t	   uc_link;
	struct sigaltstack uc_stack;
	uint64_t	   uc_sigmask;
	uint8_t		   __unused_mask[1024 / 8 - sizeof(uint64_t)];
	struct sigcontext  uc_mcontext;		/* 16-byte aligned, because of the fp state */
};

/* What lies at sp when a handler starts: a1 points at info, a2 at uc. */
struct rt_sigframe {
	struct siginfo	info;
	uint8_t		__info_rest[SI_MAX_SIZE - sizeof(struct siginfo)];
	struct ucontext uc;
};

_Static_assert(sizeof(struct kernel_sigaction) == 24, "uapi layout");
_Static_assert(sizeof(struct sigaltstack) == 24, "uapi layout");
_Static_assert(sizeof(struct siginfo) == 48, "the longest arm is the last child's");
_Static_assert(offsetof(struct siginfo, si_syscall) == 24, "uapi layout");
_Static_assert(sizeof(struct sigevent) == 64, "uapi layout");
_Static_assert(offsetof(struct ucontext, uc_mcontext) == 176, "uapi layout");
_Static_assert(sizeof(struct ucontext) == 960, "uapi layout");
_Static_assert(offsetof(struct rt_sigframe, uc) == 128, "Linux's signal frame: info, then uc");
