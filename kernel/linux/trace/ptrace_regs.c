/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace_regs.c - a stopped tracee's registers, and the system call that it is in.
 *
 * NT_PRSTATUS is the first part of a trapframe, NT_PRFPREG is struct fp_state.
 * [arch/riscv/kernel/ptrace.c, kernel/ptrace.c:ptrace_get_syscall_info]
 */
#include "ptrace.h"

#include <string.h>

#include <abi/audit.h>
#include <abi/errno.h>
#include <abi/uio.h>

#include "task.h"
#include "trap.h"
#include "usercopy.h"

/*
 * Stores in *N how many bytes of a register set of SIZE bytes go to or from IOV: 0; -EINVAL: its
 * length is not in whole words.
 */
static long clip_iovec(const struct iovec *iov, uint64_t size, uint64_t *n)
{
	if (iov->iov_len % sizeof(uint64_t) != 0)
		return -EINVAL;
	*n = iov->iov_len < size ? iov->iov_len : size;
	return 0;
}

static long regs_general(struct task *t, bool set, const struct iovec *iov, uint64_t *n)
{
	const long err = clip_iovec(iov, sizeof(struct user_regs_struct), n);

	if (err != 0)
		return err;
	return set ? copy_from_user(t->frame, iov->iov_base, *n) : copy_to_user(iov->iov_base, t->frame, *n);
}

/* The tracee does not run, so its floating-point registers are in memory. */
static long regs_fp(struct task *t, bool set, const struct iovec *iov, uint64_t *n)
{
	struct fp_state regs = t->fp;
	const long err = clip_iovec(iov, sizeof(regs), n);

	if (err != 0)
		return err;
	if (!set)
		return copy_to_user(iov->iov_base, &regs, *n);
	if (copy_from_user(&regs, iov->iov_base, *n) != 0)
		return -EFAULT;
	regs.fcsr &= UINT32_MAX;
	t->fp = regs;
	return 0;
}

long ptrace_regset(struct task *t, bool set, uint64_t type, uint64_t uiov)
{
	struct iovec iov;
	uint64_t n = 0;
	long err;

	if (copy_from_user(&iov, uiov, sizeof(iov)) != 0)
		return -EFAULT;
	switch ((uint32_t)type) {
	case NT_PRSTATUS:
		err = regs_general(t, set, &iov, &n);
		break;
	case NT_PRFPREG:
		err = regs_fp(t, set, &iov, &n);
		break;
	default:
		return -EINVAL;
	}
	return err != 0 ? err : copy_to_user(uiov + offsetof(struct iovec, iov_len), &n, sizeof(n));
}

/* ---- PTRACE_GET_SYSCALL_INFO ---- */

static void fill_call(const struct trapframe *f, uint64_t *nr, uint64_t args[6])
{
	*nr = (uint64_t)(int32_t)f->a[7];
	args[0] = f->orig_a0;
	for (int i = 1; i < 6; i++)
		args[i] = f->a[i];
}

/* Fills in *INFO as T's stop demands. Returns how many of its bytes have a meaning. */
static uint64_t fill_by_stop(const struct task *t, struct ptrace_syscall_info *info)
{
	const struct ptrace_stop *s = t->tracer->stop;
	const int code = s->info == NULL ? 0 : s->info->si_code;
	const int64_t a0 = (int64_t)t->frame->a[0];

	if (code == (SIGTRAP | 0x80) && s->message == PTRACE_EVENTMSG_SYSCALL_ENTRY) {
		info->op = PTRACE_SYSCALL_INFO_ENTRY;
		fill_call(t->frame, &info->entry.nr, info->entry.args);
		return offsetof(struct ptrace_syscall_info, entry) + sizeof(info->entry);
	}
	if (code == (SIGTRAP | 0x80) && s->message == PTRACE_EVENTMSG_SYSCALL_EXIT) {
		info->op = PTRACE_SYSCALL_INFO_EXIT;
		info->exit.rval = a0;
		info->exit.is_error = a0 < 0 && a0 >= -MAX_ERRNO;
		return offsetof(struct ptrace_syscall_info, exit.is_error) + sizeof(info->exit.is_error);
	}
	if (code == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)) {
		info->op = PTRACE_SYSCALL_INFO_SECCOMP;
		fill_call(t->frame, &info->seccomp.nr, info->seccomp.args);
		info->seccomp.ret_data = (uint32_t)s->message;
		return offsetof(struct ptrace_syscall_info, seccomp.ret_data) + sizeof(info->seccomp.ret_data);
	}
	info->op = PTRACE_SYSCALL_INFO_NONE;
	return offsetof(struct ptrace_syscall_info, entry);
}

long ptrace_syscall_info(struct task *t, uint64_t size, uint64_t to)
{
	struct ptrace_syscall_info info;
	uint64_t n;

	memset(&info, 0, sizeof(info));
	info.arch = AUDIT_ARCH_RISCV64;
	info.instruction_pointer = t->frame->pc;
	info.stack_pointer = t->frame->sp;
	n = fill_by_stop(t, &info);
	return copy_to_user(to, &info, n < size ? n : size) != 0 ? -EFAULT : (long)n;
}

/*
 * Replaces the call of an entry or seccomp stop. With number -1 there is no call any more, and the
 * arguments stay, because a0 is the result then. -ERANGE: NR is no int.
 * [ptrace_set_syscall_info_entry]
 */
static long set_call(struct trapframe *f, uint64_t nr, const uint64_t args[6])
{
	const int32_t number = (int32_t)nr;

	if ((uint64_t)(int64_t)number != nr)
		return -ERANGE;
	f->a[7] = nr;
	if (number == -1)
		return 0;
	f->orig_a0 = args[0];
	for (int i = 0; i < 6; i++)
		f->a[i] = args[i];
	return 0;
}

long ptrace_set_syscall_info(struct task *t, uint64_t size, uint64_t from)
{
	struct ptrace_syscall_info info, now;

	if (size < sizeof(info))
		return -EINVAL;
	if (copy_from_user(&info, from, sizeof(info)) != 0)
		return -EFAULT;
	if (info.pad[0] != 0 || info.pad[1] != 0 || info.pad[2] != 0)
		return -EINVAL;
	(void)fill_by_stop(t, &now);
	if (now.op != info.op)
		return -EINVAL;
	switch (info.op) {
	case PTRACE_SYSCALL_INFO_ENTRY:
		return set_call(t->frame, info.entry.nr, info.entry.args);
	case PTRACE_SYSCALL_INFO_SECCOMP:
		return set_call(t->frame, info.seccomp.nr, info.seccomp.args);
	case PTRACE_SYSCALL_INFO_EXIT:
		t->frame->a[0] = (uint64_t)info.exit.rval;
		return 0;
	default:
		return -EINVAL;
	}
}
