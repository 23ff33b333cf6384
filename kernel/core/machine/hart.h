/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hart.h - the trapframe, the hart page, and the size of a kernel stack. boot/trap.S knows the
 * layouts (boot/asm-offsets.c).
 *
 * A trapframe holds a program's registers while the kernel works for it. Its first 32 words are
 * Linux's struct user_regs_struct, so that signal frames and ptrace copy them as they are.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct trapframe {
	uint64_t pc; /* where the program goes on: after a system call, the instruction behind the ecall */
	uint64_t ra, sp, gp, tp;
	uint64_t t0, t1, t2;
	uint64_t s0, s1;
	uint64_t a[8];
	uint64_t s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
	uint64_t t3, t4, t5, t6;

	uint64_t orig_a0; /* the call's first argument; a0 is overwritten with the result */
	uint64_t in_call; /* 1 while a system call is under way, which may have to be restarted after a signal */
	uint64_t status;  /* sstatus, for traps from the kernel */
	uint64_t cause, tval;
	uint64_t pad;
};

_Static_assert(sizeof(struct trapframe) % 16 == 0, "psABI: sp stays 16-byte aligned below a frame");

/*
 * The hart page: what trap.S needs while all registers are still the program's. It is mapped at the
 * very top of every address space, where a 12-bit offset from x0 reaches it. There is one, for the
 * one hart.
 */
struct gate_entries;
struct task;

struct hart {
	uint64_t spill[2];		 /* t0 and t1, which trap.S puts here to have two registers */
	const struct gate_entries *gate; /* the current task's gate: see kernel/gate/gate.h */
	uint64_t frame;			 /* the current task's trapframe, at the top of its kernel stack */
	uint64_t work;			 /* HART_* bits: what must be done before going back to user mode */
	struct task *current;
	uint64_t tgid, tid, ppid; /* what quick handlers return: see task_publish() */
	struct {		  /* of boot/count.S */
		uint64_t spill;	  /* t2 */
		const void *ways;
		void *rows;
		uint64_t factor;
	} count;
};

/* Bits of hart.work. */
#define HART_RESCHED 1 /* another task is to run: sched_preempt() */
#define HART_SIGNAL 2  /* the current task has a signal, a stop or the end of its process to look at */
#define HART_FREE 4    /* work was put off: sched_free() */

/*
 * The bits that hart.work has whichever task runs: HART_FREE; and HART_RESCHED while tasks that
 * were woken wait to be put on the run queue (sched.c).
 */
extern uint64_t hart_work_of_all;

/* Placed by boot/kernel.lds at the start of the hart page. */
extern struct hart hart;

#define current (hart.current)

/* A kernel stack; the trapframe lies at its top. */
#define TASK_STACK_SIZE 16384UL

/* boot/trap.S: does what is due (trap_work()), restores FRAME and goes to user mode. */
_Noreturn void trap_return(struct trapframe *frame);
