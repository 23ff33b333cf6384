/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigframe.c - the signal frame: writes it to the stack on which a handler runs, and restores it
 * for rt_sigreturn; the alternate signal stack. Called from deliver.c and sys_signal.c.
 *
 * The frame is Linux's struct rt_sigframe of riscv64, byte for byte. A handler returns to the vDSO,
 * which calls rt_sigreturn. The registers that the program hands back need no checks, because they
 * are its own; everything else is masked. [arch/riscv/kernel/signal.c]
 */
#include "signal.h"

#include <string.h>

#include <abi/errno.h>

#include "fp.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

_Static_assert(offsetof(struct trapframe, t6) + sizeof(uint64_t) == sizeof(struct user_regs_struct),
	       "a trapframe begins with Linux's user_regs_struct, so that it is copied whole");

/* ---- the alternate stack ---- */

/* Is SP on the alternate stack? One with SS_AUTODISARM never counts as in use. */
static bool on_altstack(const struct sigaltstack *s, uint64_t sp)
{
	if (((uint32_t)s->ss_flags & SS_AUTODISARM) != 0)
		return false;
	return sp > s->ss_sp && sp - s->ss_sp <= s->ss_size;
}

/* SS_DISABLE, SS_ONSTACK or 0. [sas_ss_flags] */
static int altstack_state(uint64_t sp)
{
	const struct sigaltstack *s = &current->altstack;

	if (s->ss_size == 0)
		return SS_DISABLE;
	return on_altstack(s, sp) ? SS_ONSTACK : 0;
}

static void altstack_disarm(void)
{
	current->altstack = (struct sigaltstack){ .ss_flags = SS_DISABLE };
}

struct sigaltstack altstack_get(uint64_t sp)
{
	struct sigaltstack s = current->altstack;

	s.ss_flags = altstack_state(sp) | (int32_t)((uint32_t)s.ss_flags & SS_AUTODISARM);
	return s;
}

int altstack_set(const struct sigaltstack *new, uint64_t sp)
{
	const uint32_t mode = (uint32_t) new->ss_flags & ~SS_AUTODISARM;
	struct sigaltstack *s = &current->altstack;

	if (on_altstack(s, sp))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0)
		return -EINVAL;
	if (mode != SS_DISABLE && new->ss_size < MINSIGSTKSZ)
		return -ENOMEM;
	*s = (struct sigaltstack){ .ss_flags = new->ss_flags };
	if (mode != SS_DISABLE) {
		s->ss_sp = new->ss_sp;
		s->ss_size = new->ss_size;
	}
	return 0;
}

/* ---- the frame ---- */

/*
 * The address of the frame for a handler with SA_FLAGS, where SP is the program's stack pointer; or
 * an address that cannot be written to. [get_sigframe]
 */
static uint64_t frame_address(uint64_t sp, uint64_t sa_flags)
{
	const struct sigaltstack *s = &current->altstack;

	/*
	 * The frame does not fit on the alternate stack that is in use. The program gets SIGSEGV,
	 * instead of overwriting what lies below the stack.
	 */
	if (on_altstack(s, sp) && !on_altstack(s, sp - sizeof(struct rt_sigframe)))
		return ~0UL;
	if ((sa_flags & SA_ONSTACK) != 0 && altstack_state(sp) == 0)
		sp = s->ss_sp + s->ss_size;
	return (sp - sizeof(struct rt_sigframe)) & ~15UL;
}

/*
 * The beginning of a ucontext, up to the mask. Behind it is room for longer masks, then the
 * registers.
 */
struct context_head {
	uint64_t flags, link;
	struct sigaltstack stack;
	uint64_t mask;
};

_Static_assert(sizeof(struct context_head) == offsetof(struct ucontext, __unused_mask), "the head of a ucontext");
_Static_assert(sizeof(struct fp_state) == sizeof(struct __riscv_d_ext_state), "it is copied whole");

#define AT_CONTEXT offsetof(struct rt_sigframe, uc)
#define AT_REGS offsetof(struct rt_sigframe, uc.uc_mcontext.sc_regs)
#define AT_FP offsetof(struct rt_sigframe, uc.uc_mcontext.sc_fpregs)
#define AT_FP_END offsetof(struct rt_sigframe, uc.uc_mcontext.sc_fpregs.q.fcsr)

/*
 * The last 16 bytes of the floating-point state, which is the Q extension's and longer than this
 * hart's.
 */
struct fp_end {
	uint32_t fcsr, reserved[3];
};

/*
 * Writes the parts of the frame at AT. The bytes between them stay as they are, as on Linux. 0 or
 * -EFAULT.
 */
static int write_frame(uint64_t at, const struct trapframe *frame, const struct siginfo *info, uint64_t mask)
{
	const struct context_head head = { .stack = current->altstack, .mask = mask };
	const struct fp_end end = { 0 };
	int err = siginfo_to_user(at, info);

	fp_save();
	if (err == 0)
		err = copy_to_user(at + AT_CONTEXT, &head, sizeof(head));
	if (err == 0)
		err = copy_to_user(at + AT_REGS, frame, sizeof(struct user_regs_struct));
	if (err == 0)
		err = copy_to_user(at + AT_FP, &current->fp, sizeof(current->fp));
	return err != 0 ? err : copy_to_user(at + AT_FP_END, &end, sizeof(end));
}

int sigframe_setup(struct trapframe *frame, const struct siginfo *info, const struct kernel_sigaction *action,
		   uint64_t old)
{
	const uint64_t at = frame_address(frame->sp, action->sa_flags);

	if (write_frame(at, frame, info, old) != 0)
		return -EFAULT;

	frame->ra = current->mm->sigreturn;
	frame->pc = action->sa_handler;
	frame->sp = at;
	frame->a[0] = (uint64_t)info->si_signo;
	frame->a[1] = at + offsetof(struct rt_sigframe, info);
	frame->a[2] = at + offsetof(struct rt_sigframe, uc);
	if (((uint32_t)current->altstack.ss_flags & SS_AUTODISARM) != 0)
		altstack_disarm();
	return 0;
}

/*
 * Restores the floating-point registers from the frame at AT: they are loaded when the program next
 * uses one. 0, -EFAULT, or -EINVAL: a reserved word is not 0, which stands for the state of an
 * extension that this kernel cannot restore.
 */
static int restore_fp(uint64_t at)
{
	struct fp_end end;

	/*
	 * The end is read first: it can hardly be readable if the rest is not, and no registers are
	 * lost yet.
	 */
	if (copy_from_user(&end, at + AT_FP_END, sizeof(end)) != 0)
		return -EFAULT;
	fp_off();
	if (copy_from_user(&current->fp, at + AT_FP, sizeof(current->fp)) != 0)
		return -EFAULT;
	current->fp.fcsr &= UINT32_MAX; /* the other half is padding */
	return (end.reserved[0] | end.reserved[1] | end.reserved[2]) != 0 ? -EINVAL : 0;
}

long signal_return(struct trapframe *frame)
{
	const uint64_t at = frame->sp;
	struct context_head head;

	current->restart.fn = NULL; /* a restart that was prepared is not for the call that this frame restores */
	frame->in_call = 0;
	if (copy_from_user(&head, at + AT_CONTEXT, sizeof(head)) == 0) {
		signal_set_blocked(head.mask);
		if (copy_from_user(frame, at + AT_REGS, sizeof(struct user_regs_struct)) == 0 && restore_fp(at) == 0) {
			(void)altstack_set(&head.stack, frame->sp); /* errors are ignored, as by [restore_altstack] */
			return (long)frame->a[0];
		}
	}
	signal_force_kernel(SIGSEGV, false);
	return 0;
}
