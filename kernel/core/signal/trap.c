/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.c - traps that are no system calls: faults and interrupts; and what is due on the way back
 * to user mode. Called from boot/trap.S.
 *
 * A fault of a program becomes a signal and, if that ends the program, a line on the console. A
 * fault in the kernel is a page fault in boot/usercopy.S, which then returns -EFAULT, or a bug.
 */
#include "trap.h"

#include <abi/errno.h>
#include <abi/signal.h>
#include <stddef.h>
#include <string.h>

#include "console.h"
#include "fp.h"
#include "irq.h"
#include "panic.h"
#include "riscv.h"
#include "signal.h"
#include "task.h"
#include "vm.h"

extern char usercopy_start[], usercopy_end[], usercopy_fault[];

/* The signal of each fault of a program. [do_trap_*] */
static const struct fault {
	int sig, code;
} faults[] = {
	[CAUSE_FETCH_MISALIGNED] = { SIGBUS, BUS_ADRALN }, [CAUSE_FETCH_ACCESS] = { SIGSEGV, SEGV_ACCERR },
	[CAUSE_ILLEGAL] = { SIGILL, ILL_ILLOPC },	   [CAUSE_BREAKPOINT] = { SIGTRAP, TRAP_BRKPT },
	[CAUSE_LOAD_MISALIGNED] = { SIGBUS, BUS_ADRALN },  [CAUSE_LOAD_ACCESS] = { SIGSEGV, SEGV_ACCERR },
	[CAUSE_STORE_MISALIGNED] = { SIGBUS, BUS_ADRALN }, [CAUSE_STORE_ACCESS] = { SIGSEGV, SEGV_ACCERR },
	[CAUSE_FETCH_PAGE] = { SIGSEGV, SEGV_MAPERR },	   [CAUSE_LOAD_PAGE] = { SIGSEGV, SEGV_MAPERR },
	[CAUSE_STORE_PAGE] = { SIGSEGV, SEGV_MAPERR },
};

static bool is_page_fault(uint64_t cause)
{
	return cause == CAUSE_FETCH_PAGE || cause == CAUSE_LOAD_PAGE || cause == CAUSE_STORE_PAGE;
}

/* Brings in the page that FRAME's fault needs, and counts it: as vm_fault(). */
static int serve_page_fault(const struct trapframe *frame)
{
	const enum vm_access access = frame->cause == CAUSE_FETCH_PAGE	 ? VM_EXEC
				      : frame->cause == CAUSE_STORE_PAGE ? VM_WRITE
									 : VM_READ;

	const int err = vm_fault(current->mm, frame->tval, access);

	current->usage.faults += err == 0;
	return err;
}

/*
 * Prints a line: the fault in FRAME ends the current process by SIG. WHY: a text that begins with "
 * (", or "".
 */
static void trap_report(const struct trapframe *frame, int sig, const char *why)
{
	printk("fault: pid=%u tid=%u comm=", current->group->id, current->tid);
	console_untrusted(current->comm, strlen(current->comm));
	printk(": %s, address 0x%lx, pc 0x%lx%s: killed by signal %d\n", cause_text(frame->cause),
	       (unsigned long)frame->tval, (unsigned long)frame->pc, why, sig);
}

static void send_fault(const struct trapframe *frame, struct fault f, const char *why)
{
	const struct siginfo info = {
		.si_signo = f.sig,
		.si_code = f.code,
		.si_addr = is_page_fault(frame->cause) ? frame->tval : frame->pc,
	};
	const uint64_t handler = current->sighand->action[f.sig - 1].sa_handler;

	if (current->tracer == NULL && (handler <= SIG_IGN || current->blocked & SIGMASK(f.sig)))
		trap_report(frame, f.sig, why);
	signal_force(&info, false);
}

bool (*trap_breakpoint)(struct trapframe *frame);
void (*rseq_interrupted)(struct trapframe *frame);

static void user_fault(struct trapframe *frame)
{
	struct fault f;
	const char *why = "";

	if (frame->cause == CAUSE_BREAKPOINT && trap_breakpoint != NULL && trap_breakpoint(frame))
		return;

	if (frame->cause >= sizeof(faults) / sizeof(faults[0]) || faults[frame->cause].sig == 0)
		panic("trap: cause %lu from user mode", (unsigned long)frame->cause);
	if (frame->cause == CAUSE_ILLEGAL && (csr_read(sstatus) & SSTATUS_FS) == 0) {
		fp_load(); /* it may be a floating-point instruction: it is tried again with the unit on */
		return;
	}
	f = faults[frame->cause];
	if (is_page_fault(frame->cause)) {
		const int err = serve_page_fault(frame);

		switch (err) {
		case 0:
			return;
		case -EACCES:
			f.code = SEGV_ACCERR;
			why = " (not allowed there)";
			break;
		case -ENXIO:
			f.sig = SIGBUS;
			f.code = BUS_ADRERR;
			why = " (beyond the end of the file)";
			break;
		case -ENOMEM:
			why = " (out of memory)";
			trap_report(frame, SIGKILL, why);
			signal_kill_thread(current);
			return;
		default:
			why = frame->tval < USER_TOP ? " (nothing is there)" : " (no address that a program has)";
			break;
		}
	}
	send_fault(frame, f, why);
}

void trap_user(struct trapframe *frame)
{
	if (frame->cause & CAUSE_INTERRUPT)
		irq_serve();
	else
		user_fault(frame);
}

void trap_kernel(struct trapframe *frame)
{
	const bool copying = frame->pc >= (uint64_t)usercopy_start && frame->pc < (uint64_t)usercopy_end;

	if (!copying || frame->cause & CAUSE_INTERRUPT || current == NULL || current->mm == NULL ||
	    frame->tval >= USER_TOP)
		panic_trap(frame);
	if (!is_page_fault(frame->cause) || serve_page_fault(frame) != 0)
		frame->pc = (uint64_t)usercopy_fault;
}

void trap_work(struct trapframe *frame)
{
	if (current->rseq.area != 0 && hart.work & (HART_RESCHED | HART_SIGNAL))
		rseq_interrupted(frame);
	if (hart.work & HART_RESCHED)
		sched_preempt();
	if (hart.work & HART_FREE)
		sched_free();
	if (hart.work & HART_SIGNAL)
		signal_deliver(frame);
}
