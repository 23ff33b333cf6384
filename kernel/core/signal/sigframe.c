/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigframe.c - what a signal handler finds on its stack, and how rt_sigreturn
 * puts it back; the alternate stack.
 *
 * The frame is Linux's struct rt_sigframe of riscv64, byte for byte. A handler returns into the
 * trampoline of the vDSO. What the program hands back needs no checks: registers are its own, and
 * everything else is masked. [arch/riscv/kernel/signal.c]
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

/* The address for the frame, or one that cannot be written to. [get_sigframe] */
static uint64_t frame_address(uint64_t sp, uint64_t sa_flags)
{
	const struct sigaltstack *s = &current->altstack;

	/*
	 * The frame would not fit on the alternate stack: the program dies, instead of overwriting
	 * what lies below.
	 */
	if (on_altstack(s, sp) && !on_altstack(s, sp - sizeof(struct rt_sigframe)))
		return ~0UL;
	if ((sa_flags & SA_ONSTACK) != 0 && altstack_state(sp) == 0)
		sp = s->ss_sp + s->ss_size;
	return (sp - sizeof(struct rt_sigframe)) & ~15UL;
}

static void save_fp(struct __riscv_d_ext_state *to)
{
	fp_save();
	memcpy(to->f, current->fp.f, sizeof(to->f));
	to->fcsr = (uint32_t)current->fp.fcsr;
}

int sigframe_setup(struct trapframe *frame, const struct siginfo *info, const struct kernel_sigaction *action,
		   uint64_t old)
{
	const uint64_t at = frame_address(frame->sp, action->sa_flags);
	struct rt_sigframe user;

	memset(&user, 0, sizeof(user));
	user.info = *info;
	user.uc.uc_stack = current->altstack;
	user.uc.uc_sigmask = old;
	memcpy(&user.uc.uc_mcontext.sc_regs, frame, sizeof(user.uc.uc_mcontext.sc_regs));
	save_fp(&user.uc.uc_mcontext.sc_fpregs.d);
	if (copy_to_user(at, &user, sizeof(user)) != 0)
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

static int restore_fp(const union __riscv_fp_state *from)
{
	memcpy(current->fp.f, from->d.f, sizeof(current->fp.f));
	current->fp.fcsr = from->d.fcsr;
	fp_load();
	/*
	 * There is room here for extensions that a newer kernel might have saved: this one could
	 * not restore them.
	 */
	for (unsigned i = 0; i < 3; i++)
		if (from->q.reserved[i] != 0)
			return -EINVAL;
	return 0;
}

long signal_return(struct trapframe *frame)
{
	struct ucontext uc;

	current->restart.fn = NULL; /* a restart that was prepared before is not for what this frame restores */
	frame->in_call = 0;
	if (copy_from_user(&uc, frame->sp + offsetof(struct rt_sigframe, uc), sizeof(uc)) != 0) {
		signal_force_kernel(SIGSEGV, false);
		return 0;
	}
	signal_set_blocked(uc.uc_sigmask);
	memcpy(frame, &uc.uc_mcontext.sc_regs, sizeof(uc.uc_mcontext.sc_regs));
	if (restore_fp(&uc.uc_mcontext.sc_fpregs) != 0) {
		signal_force_kernel(SIGSEGV, false);
		return 0;
	}
	(void)altstack_set(&uc.uc_stack, frame->sp); /* errors are ignored, as by [restore_altstack] */
	return (long)frame->a[0];
}
