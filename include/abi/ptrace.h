/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace.h - ptrace's requests, options and events, and riscv64's register sets.
 *
 * struct user_regs_struct is also the integer half of a signal frame; pc stands
 * where x0 would. [linux/ptrace.h, asm/ptrace.h, linux/elf.h]
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define PTRACE_TRACEME			0
#define PTRACE_PEEKTEXT			1
#define PTRACE_PEEKDATA			2
#define PTRACE_PEEKUSR			3
#define PTRACE_POKETEXT			4
#define PTRACE_POKEDATA			5
#define PTRACE_POKEUSR			6
#define PTRACE_CONT			7
#define PTRACE_KILL			8
#define PTRACE_SINGLESTEP		9
#define PTRACE_ATTACH			16
#define PTRACE_DETACH			17
#define PTRACE_SYSCALL			24
#define PTRACE_SETOPTIONS		0x4200
#define PTRACE_GETEVENTMSG		0x4201
#define PTRACE_GETSIGINFO		0x4202
#define PTRACE_SETSIGINFO		0x4203
#define PTRACE_GETREGSET		0x4204
#define PTRACE_SETREGSET		0x4205
#define PTRACE_SEIZE			0x4206
#define PTRACE_INTERRUPT		0x4207
#define PTRACE_LISTEN			0x4208
#define PTRACE_PEEKSIGINFO		0x4209
#define PTRACE_GETSIGMASK		0x420a
#define PTRACE_SETSIGMASK		0x420b
#define PTRACE_SECCOMP_GET_FILTER	0x420c
#define PTRACE_SECCOMP_GET_METADATA	0x420d
#define PTRACE_GET_SYSCALL_INFO		0x420e
#define PTRACE_GET_RSEQ_CONFIGURATION	0x420f
#define PTRACE_SET_SYSCALL_INFO		0x4212 /* since Linux 6.16 */

#define PTRACE_SYSCALL_INFO_NONE	0
#define PTRACE_SYSCALL_INFO_ENTRY	1
#define PTRACE_SYSCALL_INFO_EXIT	2
#define PTRACE_SYSCALL_INFO_SECCOMP	3

#define PTRACE_EVENTMSG_SYSCALL_ENTRY	1
#define PTRACE_EVENTMSG_SYSCALL_EXIT	2

#define PTRACE_PEEKSIGINFO_SHARED	(1 << 0)

#define PTRACE_EVENT_FORK	1
#define PTRACE_EVENT_VFORK	2
#define PTRACE_EVENT_CLONE	3
#define PTRACE_EVENT_EXEC	4
#define PTRACE_EVENT_VFORK_DONE	5
#define PTRACE_EVENT_EXIT	6
#define PTRACE_EVENT_SECCOMP	7
#define PTRACE_EVENT_STOP	128

#define PTRACE_O_TRACESYSGOOD		1
#define PTRACE_O_TRACEFORK		(1 << PTRACE_EVENT_FORK)
#define PTRACE_O_TRACEVFORK		(1 << PTRACE_EVENT_VFORK)
#define PTRACE_O_TRACECLONE		(1 << PTRACE_EVENT_CLONE)
#define PTRACE_O_TRACEEXEC		(1 << PTRACE_EVENT_EXEC)
#define PTRACE_O_TRACEVFORKDONE		(1 << PTRACE_EVENT_VFORK_DONE)
#define PTRACE_O_TRACEEXIT		(1 << PTRACE_EVENT_EXIT)
#define PTRACE_O_TRACESECCOMP		(1 << PTRACE_EVENT_SECCOMP)
#define PTRACE_O_EXITKILL		(1 << 20)
#define PTRACE_O_SUSPEND_SECCOMP	(1 << 21)
#define PTRACE_O_MASK			(0x000000ff | PTRACE_O_EXITKILL | PTRACE_O_SUSPEND_SECCOMP)

/* Register sets of PTRACE_GETREGSET. */
#define NT_PRSTATUS	1
#define NT_PRFPREG	2

struct ptrace_peeksiginfo_args {
	uint64_t off;
	uint32_t flags;
	int32_t	 nr;
};

struct seccomp_metadata {
	uint64_t filter_off;
	uint64_t flags;
};

struct ptrace_syscall_info {
	uint8_t	 op;			/* PTRACE_SYSCALL_INFO_* */
	uint8_t	 pad[3];
	uint32_t arch;
	uint64_t instruction_pointer;
	uint64_t stack_pointer;
	union {
		struct {
			uint64_t nr;
			uint64_t args[6];
		} entry;
		struct {
			int64_t rval;
			uint8_t is_error;
		} exit;
		struct {
			uint64_t nr;
			uint64_t args[6];
			uint32_t ret_data;
		} seccomp;
	};
};

struct ptrace_rseq_configuration {
	uint64_t rseq_abi_pointer;
	uint32_t rseq_abi_size;
	uint32_t signature;
	uint32_t flags;
	uint32_t pad;
};

struct user_regs_struct {
	uint64_t pc;
	uint64_t ra;
	uint64_t sp;
	uint64_t gp;
	uint64_t tp;
	uint64_t t0;
	uint64_t t1;
	uint64_t t2;
	uint64_t s0;
	uint64_t s1;
	uint64_t a0;
	uint64_t a1;
	uint64_t a2;
	uint64_t a3;
	uint64_t a4;
	uint64_t a5;
	uint64_t a6;
	uint64_t a7;
	uint64_t s2;
	uint64_t s3;
	uint64_t s4;
	uint64_t s5;
	uint64_t s6;
	uint64_t s7;
	uint64_t s8;
	uint64_t s9;
	uint64_t s10;
	uint64_t s11;
	uint64_t t3;
	uint64_t t4;
	uint64_t t5;
	uint64_t t6;
};

struct __riscv_f_ext_state {
	uint32_t f[32];
	uint32_t fcsr;
};

struct __riscv_d_ext_state {
	uint64_t f[32];
	uint32_t fcsr;
};

/* Its reserved words must be 0 at rt_sigreturn (Linux refuses the frame otherwise). */
struct __riscv_q_ext_state {
	uint64_t f[64] __attribute__((aligned(16)));
	uint32_t fcsr;
	uint32_t reserved[3];
};

union __riscv_fp_state {
	struct __riscv_f_ext_state f;
	struct __riscv_d_ext_state d;
	struct __riscv_q_ext_state q;
};

_Static_assert(sizeof(struct user_regs_struct) == 256, "uapi layout");
_Static_assert(sizeof(union __riscv_fp_state) == 528, "uapi layout");
_Static_assert(sizeof(struct ptrace_syscall_info) == 88, "uapi layout");
