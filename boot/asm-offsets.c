/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm-offsets.c - the numbers that the assembly needs from C. Compiled to text, never linked:
 * the Makefile cuts the marked lines out into asm-offsets.h.
 */
#include <stddef.h>

#include "count.h"
#include "gate.h"
#include "pte.h"
#include "riscv.h"
#include "task.h"
#include "trap.h"

#define DEFINE(name, value) __asm__ volatile("\n#@ " #name " %0" : : "i"(value))
#define TF(name, field) DEFINE(TF_##name, offsetof(struct trapframe, field))
/* The hart page is addressed from x0: its fields lie below address zero. */
#define HART(name, field) DEFINE(HART_##name, (long)offsetof(struct hart, field) - 2048)

void asm_offsets(void);

void asm_offsets(void)
{
	DEFINE(TF_SIZE, sizeof(struct trapframe));
	TF(PC, pc);
	TF(RA, ra);
	TF(SP, sp);
	TF(GP, gp);
	TF(TP, tp);
	TF(T0, t0);
	TF(T1, t1);
	TF(T2, t2);
	TF(S0, s0);
	TF(S1, s1);
	TF(A0, a[0]);
	TF(A1, a[1]);
	TF(A7, a[7]);
	TF(S2, s2);
	TF(T3, t3);
	TF(ORIG_A0, orig_a0);
	TF(IN_CALL, in_call);
	TF(STATUS, status);
	TF(CAUSE, cause);
	TF(TVAL, tval);

	HART(T0, spill[0]);
	HART(T1, spill[1]);
	HART(GATE, gate);
	HART(FRAME, frame);
	HART(WORK, work);
	HART(TGID, tgid);
	HART(TID, tid);
	HART(PPID, ppid);
	HART(COUNT_T2, count.spill);
	HART(COUNT_FACTOR, count.factor);
	HART(COUNT_WAYS, count.ways);
	HART(COUNT_ROWS, count.rows);

	DEFINE(CAUSE_USER_ECALL, CAUSE_USER_ECALL);
	DEFINE(SSTATUS_SPIE, SSTATUS_SPIE);
	DEFINE(SSTATUS_SPP, SSTATUS_SPP);
	DEFINE(SSTATUS_SUM, SSTATUS_SUM);
	DEFINE(SATP_SV39, SATP_SV39);
	DEFINE(PAGE_SHIFT, PAGE_SHIFT);
	DEFINE(PAGE_SIZE, PAGE_SIZE);
	DEFINE(PTE_PPN_SHIFT, PTE_PPN_SHIFT);
	DEFINE(PTE_COUNT, PTE_COUNT);
	/*
	 * Page-table entries: one that leads to a table, and those of the kernel's own pages. A and
	 * D are set from the start, so that no hart has to set them. [priv 4.3.1]
	 */
	DEFINE(PTE_TABLE, PTE_V);
	DEFINE(PTE_RX, PTE_V | PTE_R | PTE_X | PTE_A | PTE_D);
	DEFINE(PTE_RO, PTE_V | PTE_R | PTE_A | PTE_D);
	DEFINE(PTE_RW, PTE_V | PTE_R | PTE_W | PTE_A | PTE_D);

	DEFINE(CTX_RA, offsetof(struct task, context.ra));
	DEFINE(CTX_SP, offsetof(struct task, context.sp));
	DEFINE(CTX_GP, offsetof(struct task, context.gp));
	DEFINE(CTX_TP, offsetof(struct task, context.tp));
	DEFINE(CTX_S, offsetof(struct task, context.s));
	DEFINE(FP_CSR, offsetof(struct fp_state, fcsr));
	DEFINE(STACK_ROOM, TASK_STACK_SIZE - sizeof(struct trapframe));
	DEFINE(GATE_NRS, SECCOMP_GATE_NRS);
	DEFINE(GATE_COUNTS, (long)sizeof(struct gate_page) - (long)offsetof(struct gate_page, entries));
	DEFINE(COUNT_WAY_SHIFT, COUNT_WAY_SHIFT);
	DEFINE(COUNT_WAY_SIZE, COUNT_WAY_SIZE);
	DEFINE(COUNT_ROWS_SHIFT, COUNT_ROWS_SHIFT);
	DEFINE(COUNT_ROW_SHIFT, COUNT_ROW_SHIFT);
	DEFINE(COUNT_OF, offsetof(struct count_row, of));
	DEFINE(COUNT_ARGS, offsetof(struct count_row, is.data.args));
	DEFINE(COUNT_IP, offsetof(struct count_row, is.data.instruction_pointer));
	DEFINE(COUNT_CALLS, offsetof(struct count_row, is.calls));
	DEFINE(GATE_RET, (long)offsetof(struct gate_page, ret) - (long)offsetof(struct gate_page, entries));
}
